"""A figure as a question that can be asked of the rows: every number that is told opens to those that it counts.

``report:key=first,outcome=late`` are first reports that were told late; ``incident:state=rejected`` are mistakes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plans.statistics import rows as r
from plans.statistics.statistics import Answers, Duties, Part, Reports, Statistics

INCIDENT, WARNING, DUTY = "incident", "warning", "duty"

FIELDS: dict[str, tuple[str, ...]] = {
    INCIDENT: ("place", "plan", "sort", "level", "response", "state", "open"),
    WARNING: ("plan", "sort", "level", "state"),
    DUTY: ("plan", "duty", "bearer", "status"),
} | {topic: ("plan", "key", "outcome") for topic in r.TOPICS}
"""What each topic can be asked by. ``open``: ``yes``. ``outcome``: also ``overdue`` and ``pending``, at the moment."""

ANSWERED = "answered|declined"
"""Whoever declined has answered."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Which rows a number counts: those of a topic whose fields have these values; ``a|b`` is one or the other."""

    topic: str
    where: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Return it as it is written on the command line."""
        return f"{self.topic}:{','.join(f'{name}={value}' for name, value in self.where)}".rstrip(":")

    def value(self, name: str) -> str | None:
        """Return what a field is asked for, None where it is not asked."""
        return dict(self.where).get(name)


def figure(topic: str, **where: str) -> Figure:
    """Return a figure, its fields in the order in which they are written."""
    return Figure(topic, tuple((name, where[name]) for name in FIELDS[topic] if name in where))


def parse(text: str) -> Figure | None:
    """Return the figure that a text names, None where it names none."""
    topic, _, rest = text.partition(":")
    if topic not in FIELDS:
        return None
    where: dict[str, str] = {}
    for part in rest.split(",") if rest else ():
        name, sign, value = part.partition("=")
        if not sign or name not in FIELDS[topic] or name in where:
            return None
        where[name] = value
    return figure(topic, **where)


def figures(found: Statistics) -> Iterator[tuple[Figure, int]]:
    """Yield every figure of some statistics with its number: so many rows there are behind it."""
    yield from _of_cases(found)
    for topic, reports in ((r.REPORT, found.reports), (r.OTHERS, found.others)):
        yield from _of_reports(topic, reports)
    yield from _of_answers(r.ANSWER, found.answers, found.units)
    yield from _of_answers(r.WAKING, found.warnings.woken, found.warnings.units)
    for level in found.levels:
        yield figure(r.LEVEL, plan=level.plan, key=level.level), level.number
    yield figure(r.CORRECTION, key="figures"), found.corrections
    yield figure(r.WAIVER), found.waivers
    for part in found.warnings.measures:
        yield figure(r.MEASURE, outcome=part.key), part.number
    yield figure(r.SPOT), found.spot_checks.asked
    for outcome in ("in_time", "late", "silent"):
        yield figure(r.SPOT, outcome=outcome), getattr(found.spot_checks, outcome)
    if found.duties is not None:
        yield from _of_duties(found.duties, {})
    for item in found.by_duty:
        yield from _of_duties(item, {"plan": item.plan, "duty": item.key})
    for item in found.by_bearer:
        yield from _of_duties(item, {"plan": item.plan, "bearer": item.key})


OF_A_UNIT = (INCIDENT, r.ANSWER, r.ARRIVAL, WARNING, r.WAKING, r.MEASURE, DUTY)
"""Topics of which a unit sees its own rows; reports and levels are the office's."""


def figures_seen(found: Statistics) -> Iterator[tuple[Figure, int]]:
    """Yield the figures that whoever sees some statistics may open: of a unit's own those of its topics."""
    for item, number in figures(found):
        if not found.own or item.topic in OF_A_UNIT:
            yield item, number


def _of_cases(found: Statistics) -> Iterator[tuple[Figure, int]]:
    incidents, warnings = found.incidents, found.warnings
    yield figure(INCIDENT), incidents.number
    yield figure(INCIDENT, open="yes"), incidents.open
    yield figure(INCIDENT, state="rejected"), incidents.rejected
    yield figure(INCIDENT, state="merged"), incidents.merged
    if len(found.places) > 1:
        yield from _parts(INCIDENT, "place", found.places)
    for name, parts in (
        ("plan", incidents.by_plan), ("sort", incidents.by_kind), ("level", incidents.by_level),
        ("response", incidents.by_response),
    ):  # fmt: skip
        yield from _parts(INCIDENT, name, parts)
    yield figure(WARNING), warnings.number
    yield figure(WARNING, state="in_force"), warnings.in_force
    yield from _parts(WARNING, "level", warnings.by_colour)
    yield from _parts(WARNING, "sort", warnings.by_kind)


def _parts(topic: str, name: str, parts: Sequence[Part]) -> Iterator[tuple[Figure, int]]:
    for part in parts:
        yield figure(topic, **{name: part.key}), part.number


def _of_reports(topic: str, reports: Sequence[Reports]) -> Iterator[tuple[Figure, int]]:
    for item in reports:
        yield figure(topic, key=item.stage), item.owed
        for outcome in ("in_time", "late", "raised", "missed", "overdue", "pending", "waived"):
            yield figure(topic, key=item.stage, outcome=outcome), getattr(item, outcome)


def _of_answers(topic: str, together: Answers, units: Sequence[Answers]) -> Iterator[tuple[Figure, int]]:
    for item in (together, *units):
        where = {"plan": item.plan, "key": item.key} if item.key else {}
        yield figure(topic, **where), item.called
        yield figure(topic, **where, outcome=ANSWERED), item.answered
        yield figure(topic, **where, outcome="silent"), item.silent
        if topic == r.ANSWER:
            yield figure(topic, **where, outcome="declined"), item.declined
            yield figure(r.ARRIVAL, **where), item.arrival.count if item.arrival is not None else 0


def _of_duties(item: Duties, where: dict[str, str]) -> Iterator[tuple[Figure, int]]:
    yield figure(DUTY, **where), item.number
    for status in ("done", "late", "missed", "not_applicable", "returned", "open"):
        yield figure(DUTY, **where, status=status), getattr(item, status)
