"""Careful arithmetic over plans: what the units below promise for a measure of an upper plan, and their sum.

Pure: it knows no corpus, page or file. Pages, JSON, Excel and the review take every computed figure from here, so a
figure is the same wherever it is shown. The rules, whose numbers the functions name:

1. A figure is a printed cell with a reading (`promises.py`). A cell without a certain reading is shown, never computed:
   a range, a cell with another unit than its measure's, thousands or a rate (in signs or words) where single items are
   counted. If the upper cell has no certain reading, the cells of the units below are shown beside it, not compared.
2. Only like is added to like: same unit of measure, same period, `aggregate: sum` of the upper measure, grade `same`.
   Figures that are compared also count the same. A measure without a unit counts what its cell prints. A link of grade
   `partly` is only shown beside, and so is any answer to a count that is not declared to be a sum.
3. A norm (a figure `per` unit) is never added. It is compared unit by unit, with a norm for the same units or with what
   such a unit promises for itself. It is multiplied only if the number of units follows from the same plan
   (`proof.py`).
4. Percentages are never added. They are compared unit by unit. "About 80%" never equals "80%" or "at least 80%".
5. A sum with a figure "at least" is a lower bound, and says so (`totals.py`). Floors and ceilings have no sum, and none
   of them counts.
6. Three kinds of silence are kept apart: no plan, no such target in the plan, a corresponding target without a figure
   for the measure. None counts as zero, and no share is computed over silent units. Only the units directly below are
   asked, in years in which they exist, and not for a norm of the issuer's own level; other units are shown where they
   answer. How many units have a figure is counted in the units of that year.
7. The upper unit's own figure stays beside the sum; neither replaces the other. Other plans of the upper unit are not
   answers of a unit below.
8. A year is compared with the same year, the end with the end. If terms end in different years but share a year, the
   end is counted and marked as of another period. A plan that ends before the upper one is never called less: more may
   be promised by then.
9. Every total is shown with its terms.
10. A promise counts once (`counting.py`), also where units were merged or split, a unit has several plans, a unit below
    another one answers too, or a group and its members do. If nothing tells which of a unit's plans counts, none does.
11. A total and a norm of one plan imply a number of units; two such numbers that disagree are a finding (`proof.py`).
"""
