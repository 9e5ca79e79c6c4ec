"""The statistics of a period as chats, papers, pictures and the board read them: numbers and ids, hardly a word.

What is not known is None or is missing, never a zero. Spans are whole seconds. Units and duties are in their plan's
order; nobody is ranked, and no person is named.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from plans.times.calendar_periods import CalendarPeriod


@dataclass(frozen=True, kw_only=True, slots=True)
class Spread:
    """How long something took, in seconds: half took no longer than ``median``, a quarter no longer than ``lower``."""

    count: int
    median: int
    lower: int
    upper: int
    worst: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """So many of a whole. ``key``: as the figure is called, ``title``: as people call it; an empty key = not said."""

    key: str
    title: str
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """The clause of a plan from which a figure comes; ``local``: its time is the installation's own (本地规定)."""

    plan: str
    clause: str
    local: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Incidents:
    """Incidents that were reported in the period.

    Attributes:
        number: all of them; ``open`` of these still run. rejected: 误报, merged: 并案, both within ``number``.
        by_kind: by class of event. by_level: by determined event level. by_response: by the highest level declared.
    """

    number: int
    open: int
    rejected: int
    merged: int
    by_plan: tuple[Part, ...]
    by_kind: tuple[Part, ...]
    by_level: tuple[Part, ...]
    by_response: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Slice:
    """A part of the period: a day, or a month where it is longer than 62 days."""

    first: date
    last: date
    incidents: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Reports:
    """Reports of one kind, each recipient counted for itself.

    ``owed`` is the sum of the others, in which each stands once.

    Attributes:
        stage: ``first follow_up final correction other`` or ``task`` (what follows the end).
        names: what the plans call it (首报, 快报 …).
        in_time, late: told by the time, or after. raised: after, because the level came only then (上调后补报).
        missed: not told before it fell away or was waived after its time. overdue: past its time, and not told yet.
        pending: its time has not come. waived: excused in time, with a reason.
        lateness: of what was told late.
    """

    stage: str
    names: tuple[str, ...]
    owed: int
    in_time: int
    late: int
    raised: int
    missed: int
    overdue: int
    pending: int
    waived: int
    lateness: Spread | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """How a unit, or all of them, answered calls, or warnings.

    Attributes:
        key: id of the unit or body; empty = all. plan: whose order it stands in.
        called: calls that ask for an answer. answered: of these. silent: not answered so far.
        declined: answered that it cannot come (来不了), within ``answered``.
        time: from the call to the first answer. arrival: to 已到场, of those who said so; of warnings there is none.
    """

    key: str
    title: str
    plan: str
    called: int
    answered: int
    silent: int
    declined: int
    time: Spread | None
    arrival: Spread | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Declared:
    """A response level that was declared, and how long after the report; ``lowered`` ones are not counted."""

    plan: str
    level: str
    number: int
    time: Spread | None
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class Warnings:
    """Warnings that were issued or passed on in the period.

    Attributes:
        in_force: of these still hold.
        measures: recipients that have settled all measures (``done``), some (``part``), none so far (``none``).
        woken: all recipients together. units: each of them.
    """

    number: int
    in_force: int
    by_colour: tuple[Part, ...]
    by_kind: tuple[Part, ...]
    woken: Answers
    units: tuple[Answers, ...]
    measures: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SpotChecks:
    """Spot checks (抽查) that were held: how many were asked, in time, late, silent, and how long answers took."""

    asked: int
    in_time: int
    late: int
    silent: int
    time: Spread | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Duties:
    """Duties of every day in periods that end within the period: of one duty, one bearer, or all.

    Attributes:
        key: id of the duty, or kind and id of the bearer (``unit:区公安局``); empty = all.
        open: not settled, and its end has not come. returned: sent back, and nothing was said since.
    """

    key: str
    title: str
    plan: str
    number: int
    done: int
    late: int
    missed: int
    not_applicable: int
    returned: int
    open: int
    source: Source | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Statistics:
    """The statistics of a period in one jurisdiction, or of several together (合计).

    Attributes:
        jurisdiction: empty of several. places: each with the number of its incidents.
        plans: id and title of those that are counted.
        at: the moment at which was counted; what still ran then counts as far as it had come.
        own: units whose own rows alone these are; empty = all. Reports, levels and corrections are then not told.
        drills: so many drills were left out; with ``of_drills`` these are the figures of drills alone.
        behind: so many cases have changed and are not counted anew yet.
        course: incidents by day or by month.
        reports: what the office owed. others: what others owed, as far as the office confirmed it.
        corrections: of figures, owed to those who had been told wrong ones. waivers: reports that were excused.
        duties: all. by_duty, by_bearer: in the plan's order; None = no duties are chased.
    """

    jurisdiction: str
    places: tuple[Part, ...]
    plans: tuple[Part, ...]
    period: CalendarPeriod
    at: datetime
    own: tuple[str, ...]
    of_drills: bool
    drills: int
    behind: int
    incidents: Incidents
    course: tuple[Slice, ...]
    reports: tuple[Reports, ...]
    others: tuple[Reports, ...]
    answers: Answers
    units: tuple[Answers, ...]
    levels: tuple[Declared, ...]
    corrections: int
    waivers: int
    warnings: Warnings
    spot_checks: SpotChecks
    duties: Duties | None
    by_duty: tuple[Duties, ...]
    by_bearer: tuple[Duties, ...]

    def as_json(self) -> dict[str, Any]:
        """Return plain data, in the shape of docs/contract.md."""
        data: dict[str, Any] = plain(self)
        return {**data, "jurisdiction": self.jurisdiction or None}


def plain(value: Any) -> Any:
    """Return a dataclass as JSON has it, moments and days in ISO 8601."""
    if isinstance(value, Part):  # what was not said is no word
        return {"key": value.key or None, "title": value.title or None, "number": value.number}
    if dataclasses.is_dataclass(value):
        return {item.name: plain(getattr(value, item.name)) for item in dataclasses.fields(value)}
    if isinstance(value, date):  # a moment too
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return value
