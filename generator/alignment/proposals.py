"""Proposals of alignment: for each undecided entry of a plan the entries that it may answer, with the reasons.

Words alone find most counterparts. Fields exclude others: a norm against a total, different units of measure, different
periods. The scores of right and wrong proposals overlap, so a person decides.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import Literal, NamedTuple

from generator.alignment.text_index import TextIndex, shared_phrases
from generator.check.pointed_at import (
    MeasureShape,
    has_other_unit,
    is_norm_for_total,
    is_share_for_count,
    measure_shape,
)
from generator.language.vietnamese import are_same_units
from generator.model.entities import Activity, Measure, Plan, Target

Subject = Literal["task", "target", "measure", "activity"]

MOST_CANDIDATES = 3
LEAST_SCORE = 0.06
"""Below this score the wordings agree only by chance."""

_UNLIKE_NORM, _UNLIKE_PERIOD = 0.6, 0.85
_SAME_UNIT, _UNDER_COUNTERPART = 1.15, 1.3


class Reason(NamedTuple):
    """Why an entry may answer another: a key of the catalogue's `suggest.reason`, and its values."""

    key: str
    value: str = ""


class Candidate(NamedTuple):
    """An entry that may be answered: `<plan>/<id>`, a measure `<plan>/<target>/<id>`; score from 0 to 1.

    `fields` are the reasons besides the wording; `texts` are our wording and the candidate's.
    """

    key: str
    title: str
    score: float
    fields: tuple[Reason, ...]
    texts: tuple[str, str]

    @property
    def reasons(self) -> list[Reason]:
        """All reasons. Shared words are looked for only when this is used."""
        return [*(Reason("words", phrase) for phrase in shared_phrases(*self.texts)), *self.fields]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An undecided entry of a plan (a measure as `<entry>/<id>`) and its candidates, best first."""

    subject: Subject
    id: str
    title: str
    candidates: tuple[Candidate, ...]


class _Figure(NamedTuple):
    """The fields of a measure besides its name."""

    shape: MeasureShape
    each_year: bool | None
    norm: bool


class _Entry(NamedTuple):
    """An entry for comparison: its words, its figures, the entry that it belongs to and that one's words."""

    key: str
    title: str
    words: str
    figures: tuple[_Figure, ...] = ()
    under: str = ""
    context: str = ""

    @property
    def text(self) -> str:
        """All its words."""
        return " · ".join(filter(None, (self.words, self.context)))


class _Pool:
    """The entries of one kind that may be answered."""

    def __init__(self, entries: Iterable[_Entry]) -> None:
        self.entries = list(entries)
        # A plan has few different figures, but many entries with each.
        self._weigh_all = lru_cache(maxsize=1024)(self._weights)

    @cached_property
    def index(self) -> TextIndex:
        return TextIndex([entry.text for entry in self.entries])

    def candidates(
        self, entry: _Entry, answered: Iterable[str] = (), without: Container[str] = ()
    ) -> tuple[Candidate, ...]:
        """Return the best candidates for an entry, except the keys in `without`.

        `answered` is what the entry's own parent entry answers.
        """
        weights, reasons = self._weigh_all(entry.figures, frozenset(answered))
        alike = self.index.compare(entry.words, entry.context, weights, LEAST_SCORE)
        allowed = ((index, score) for index, score in alike if self.entries[index].key not in without)
        return tuple(
            _candidate(entry, self.entries[index], score, reasons[index])
            for index, score in islice(allowed, MOST_CANDIDATES)
        )

    def _weights(
        self, figures: Sequence[_Figure], answered: Set[str]
    ) -> tuple[list[tuple[int, float]], dict[int, tuple[Reason, ...]]]:
        """Return the indexes of the entries that may be answered with their weights, and with the reasons."""
        weighed = ((index, _weigh(figures, upper, answered)) for index, upper in enumerate(self.entries))
        fitting = {index: weight for index, weight in weighed if weight}
        return (
            [(index, factor) for index, (factor, _) in fitting.items()],
            {index: reasons for index, (_, reasons) in fitting.items()},
        )


class Suggester:
    """Proposes which entries of upper plans a plan's entries answer. One instance serves any number of plans."""

    def __init__(
        self,
        uppers: Sequence[Plan],
        summing: Sequence[Plan] | None = None,
        answering: Callable[[str], Container[str]] = lambda measure: (),
    ) -> None:
        """Prepare the upper plans.

        `summing` are those that add up the plans' figures (None: all). `answering` returns the measures that answer a
        measure: these are excluded, because a measure must not answer its own answers.
        """
        self.uppers = uppers
        self._answering = answering
        self._tasks = _Pool(_task_entries(uppers))
        self._targets = _Pool(_target_entries(uppers))
        self._measures = _Pool(
            _measure_entry(f"{target.key}/{measure.id}", measure, target, target.key)
            for plan in (uppers if summing is None else summing)
            for target in plan.targets
            for measure in target.measures
        )

    def suggest(self, plan: Plan) -> Iterator[Suggestion]:
        """Yield a suggestion for each undecided task, target, measure and activity of a plan, in order."""
        for entry, task in zip(_task_entries([plan]), plan.tasks, strict=True):
            if not task.aligned:
                yield Suggestion("task", task.id, task.full_title, self._tasks.candidates(entry))
        for entry, target in zip(_target_entries([plan]), plan.targets, strict=True):
            if not target.aligned:
                yield Suggestion("target", target.id, entry.title, self._targets.candidates(entry))
        yield from self.measures(plan)
        yield from self._suggest_activities(plan)

    def measures(self, plan: Plan) -> Iterator[Suggestion]:
        """Yield a suggestion for each undecided measure of a plan's targets and activities."""
        for target in plan.targets:
            yield from self._suggest_measures(target, target.measures, target.counterparts)
        for activity in plan.activities:
            yield from self._suggest_measures(activity, activity.measures, activity.serves or ())

    def _suggest_measures(
        self, owner: Target | Activity, measures: Iterable[Measure], answered: Sequence[str]
    ) -> Iterator[Suggestion]:
        for measure in measures:
            if not measure.aligned:
                entry = _measure_entry(f"{owner.id}/{measure.id}", measure, owner, owner.key)
                without = self._answering(f"{owner.key}/{measure.id}")
                candidates = self._measures.candidates(entry, answered, without)
                yield Suggestion("measure", entry.key, measure.name, candidates)

    def _suggest_activities(self, plan: Plan) -> Iterator[Suggestion]:
        if plan.serves is not None:
            return
        # A target of the plan that answers an upper target serves as the link to it.
        answered = {key for target in plan.targets for key in target.counterparts}
        uppers = [upper for upper in self.uppers if upper.id in plan.implements]
        open_targets = [entry for entry in _target_entries(uppers) if entry.key not in answered]
        pool = _Pool([*_target_entries([plan]), *open_targets])
        titles = {heading.id: heading.title for heading in plan.headings}
        for activity in plan.activities:
            if activity.serves is None:
                text = " · ".join(filter(None, (activity.title, activity.text, titles.get(activity.section))))
                entry = _Entry(activity.id, activity.title, text, tuple(map(_figure, activity.measures)))
                yield Suggestion("activity", activity.id, activity.full_title, pool.candidates(entry))


def _task_entries(plans: Iterable[Plan]) -> Iterator[_Entry]:
    for plan in plans:
        for task in plan.tasks:
            yield _Entry(task.key, task.full_title, task.title)


def _target_entries(plans: Iterable[Plan]) -> Iterator[_Entry]:
    for plan in plans:
        for target in plan.targets:
            text = " · ".join((target.title, target.statement))
            yield _Entry(target.key, target.full_title, text, tuple(map(_figure, target.measures)))


def _measure_entry(key: str, measure: Measure, owner: Target | Activity, under: str) -> _Entry:
    return _Entry(key, measure.name, measure.name, (_figure(measure),), under, owner.title)


def _figure(measure: Measure) -> _Figure:
    each_year = None if measure.period is None else measure.period == "each_year"
    name = f" {measure.name.casefold()} "
    shape = measure_shape(measure.unit, measure.value, measure.per, measure.aggregate)
    return _Figure(shape, each_year, shape.is_norm or " mỗi " in name or " từng " in name)


_Weight = tuple[float, tuple[Reason, ...]]
"""How much more alike two entries are by their fields than by their wording, and why."""


def _weigh(figures: Sequence[_Figure], upper: _Entry, answered: Set[str]) -> _Weight | None:
    """Return how well an upper entry fits; None if it counts something else: the check would refuse the link."""
    if len(upper.figures) == len(figures) == 1 and upper.under:
        weight = _compare_figures(figures[0], upper.figures[0])
        if weight is None:
            return None
        factor, reasons = weight
    else:
        unit = _shared_unit(figures, upper.figures)
        factor, reasons = (_SAME_UNIT, (Reason("unit", unit),)) if unit else (1.0, ())
    if upper.under and upper.under in answered:
        return factor * _UNDER_COUNTERPART, (Reason("under", upper.under), *reasons)
    return factor, reasons


def _compare_figures(ours: _Figure, theirs: _Figure) -> _Weight | None:
    """Return how much more alike two figures make their measures, and why; None if neither may answer the other."""
    if not _may_answer(ours.shape, theirs.shape):
        return None
    factor, reasons = 1.0, []
    if ours.norm != theirs.norm:
        factor *= _UNLIKE_NORM
        reasons.append(Reason("norm"))
    if ours.each_year is not None and theirs.each_year is not None:
        alike = ours.each_year == theirs.each_year
        factor *= 1 if alike else _UNLIKE_PERIOD
        reasons.append(Reason("same_period" if alike else "other_period"))
    if unit := _shared_unit((ours,), (theirs,)):
        factor *= _SAME_UNIT
        reasons.append(Reason("unit", unit))
    return factor, tuple(reasons)


def _shared_unit(ours: Sequence[_Figure], theirs: Sequence[_Figure]) -> str | None:
    """Return the first unit of measure that both have."""
    uppers = [figure.shape.unit for figure in theirs if figure.shape.unit]
    units = (figure.shape.unit for figure in ours if figure.shape.unit)
    return next((unit for unit in units if any(are_same_units(unit, upper) for upper in uppers)), None)


def _may_answer(ours: MeasureShape, theirs: MeasureShape) -> bool:
    """Return whether the check accepts that one measure answers the other."""
    return not (has_other_unit(ours, theirs) or is_share_for_count(ours, theirs) or is_norm_for_total(ours, theirs))


def _candidate(entry: _Entry, upper: _Entry, score: float, reasons: tuple[Reason, ...]) -> Candidate:
    return Candidate(upper.key, upper.title, round(min(score, 1.0), 3), reasons, (entry.text, upper.text))
