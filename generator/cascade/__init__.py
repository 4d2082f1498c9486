"""Honest arithmetic over plans: what those below promise for a measure of an upper plan, and what that adds up to.

Pure: it knows no corpus, page or file. Pages, JSON, Excel and the review take every computed figure from here, so that
a figure is the same wherever it is shown. The rules, which its functions name by their numbers:

1. A figure is a printed cell with a reading (`promises.py`). What has no certain reading is shown, never computed: a
   range, a cell that prints another unit than its measure's, thousands or a rate, in signs or words, where ones are
   counted. Where the upper cell is such, what those below print stands beside it, and nothing is said of it.
2. Only like is added to like: same unit of measure, same period, `aggregate: sum` of the upper measure, grade `same`.
   What is compared counts the same, too. A measure without a unit counts what its cell prints.
   A link of grade `partly` is shown beside, and so is what answers a count that is not declared to be a sum.
3. A norm (a figure `per` unit) is never added. It is compared unit by unit, with a norm for the same units or with what
   such a unit promises for itself, and multiplied only where the number of units follows from the same plan
   (`proof.py`).
4. Percentages are never added. They are compared unit by unit. "About" is not as much as what is not about.
5. A sum with a figure "at least" is a lower bound, and says so (`totals.py`). Floors and ceilings have no sum, and none
   of them counts.
6. Three kinds of silence are kept apart: no plan, no such target in the plan, a target that corresponds without a
   figure for the measure. None counts as nought, and no share is computed over the silent. Asked are the units directly
   below, in the years in which there were such units, and not for what is a norm of the issuer's own level; other units
   are shown where they answer. Of how many units a figure is there, is told in the units of that year.
7. The upper unit's own figure stays beside the sum; neither replaces the other. So do its other plans: they are none of
   a unit below.
8. A year is compared with the same year, the end with the end. Terms end in different years: what is promised by the
   end of another term is counted where both share a year, and said to be of another period. Of a plan that ends before
   the upper one nobody says that it is less: it may promise more by then.
9. Every total has its terms.
10. A promise counts once (`counting.py`): of units merged or split later, of a unit with several plans, of a unit below
    another that answers, of a group and its members. Where nothing says which of a unit's plans counts, none does.
11. A total and a norm of one plan imply a number of units; two such numbers that disagree are a finding (`proof.py`).
"""
