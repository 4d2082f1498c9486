"""Careful arithmetic over plans: what the units below promise for a measure of an upper plan, and their sum.

Pure: it knows no corpus, page or file. Pages, JSON, Excel and the review take every computed figure from here, so a
figure is the same wherever it is shown. The rules, whose numbers the functions name:

1. A figure is a printed cell with a reading (`promises.py`). A cell without a certain reading is shown, never computed:
   a range, a cell with another unit than its measure's, thousands or a rate where single items are counted.
2. Only like is added to like: same unit of measure, same period, `aggregate: sum` of the upper measure, grade `same`.
   A link of grade `partly` is only shown beside, and so is any answer to a count that is not declared to be a sum.
3. A norm (a figure `per` unit) is never added. It is compared unit by unit, with a norm for the same units or with what
   such a unit promises for itself. It is multiplied only if the number of units follows from the same plan
   (`proof.py`).
4. Percentages are never added. They are compared unit by unit.
5. A sum with a figure "at least" is a lower bound, and says so (`totals.py`).
6. Three kinds of silence are kept apart: no plan, no such target in the plan, a target without a figure. None counts as
   zero, and no share is computed over silent units. A unit is asked only in years in which it exists.
7. The upper unit's own figure stays beside the sum; neither replaces the other. Other plans of the upper unit are not
   answers of a unit below.
8. A year is compared with the same year, the end with the end. If terms end in different years but share a year, the
   end is counted and marked as of another period. A plan that ends before the upper one is never called less: more may
   be promised by then.
9. Every total is shown with its terms.
10. A promise counts once (`counting.py`), also where units were merged or split, a unit has several plans, or a unit
    below another one answers too.
11. A total and a norm of one plan imply a number of units; two such numbers that disagree are a finding (`proof.py`).
"""
