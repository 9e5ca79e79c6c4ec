"""What is counted: one row for each thing, read from a case's log alone; every figure is a number of such rows.

A row names no person and holds nobody's words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from plans.times import BEIJING

DEFINITIONS = 3
"""Raised whenever a case would give other rows than before: all are then counted anew."""

# Topics.
REPORT = "report"
"""A report that the office owes, to one recipient: ``key`` its stage, ``name`` as the plan calls it."""
OTHERS = "others"
"""The same, owed by somebody else: the office only confirms that it was made."""
ANSWER = "answer"
"""A call to a unit: ``key`` the unit, ``name`` what it answered last."""
ARRIVAL = "arrival"
"""A called unit that said 已到场: ``key`` the unit; time runs from the call."""
LEVEL = "level"
"""A response level that was declared, or to which it was raised: ``key`` the level."""
CORRECTION = "correction"
"""A correction that became owed: ``key`` why (``figures``, ``rejected``, ``merged``)."""
WAIVER = "waiver"
"""A report that was excused: ``key`` its stage."""
WAKING = "waking"
"""A warning that a unit or body had to acknowledge (叫应): ``key`` the recipient."""
MEASURE = "measure"
"""What a recipient of a warning said of its measures, all together: ``key`` the recipient."""

SPOT = "spot"
"""Somebody who was asked by a spot check (抽查) whether he is there: ``key`` as what he was on duty."""

TOPICS = (REPORT, OTHERS, ANSWER, ARRIVAL, LEVEL, CORRECTION, WAIVER, WAKING, MEASURE, SPOT)

# Outcomes that depend on the moment: an open row is one or the other.
OPEN, OVERDUE, PENDING = "open", "overdue", "pending"


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One thing that is counted.

    Attributes:
        subject: recipient of a report. channel: by which it was owed: 电话, 书面, or empty = by any.
        outcome: of a report ``in_time late raised missed waived open``; of a call ``answered declined silent``; of an
            arrival ``arrived``; of a
            level ``declared``; of a waiver ``in_time late``; of measures ``done part none``; of a correction ``owed``.
        since: from when it is counted: the call, the report of the incident.
        due: until when. at: when it was told, answered, declared.
        seconds: how late a report was, how long an answer or a declaration took; None where nothing came.
        clause: of the plan. local: the time is the installation's own.
    """

    topic: str
    key: str
    name: str = ""
    subject: str = ""
    channel: str = ""
    outcome: str
    since: datetime | None = None
    due: datetime | None = None
    at: datetime | None = None
    seconds: int | None = None
    clause: str = ""
    local: bool = False

    def outcome_at(self, now: datetime) -> str:
        """Return the outcome at a moment: what is open is overdue, or its time has not come."""
        if self.outcome != OPEN:
            return self.outcome
        return OVERDUE if self.due is not None and self.due < now else PENDING


@dataclass(frozen=True, kw_only=True, slots=True)
class CountedCase:
    """An incident or a warning as it is counted.

    Attributes:
        kind: ``incident``, ``warning`` or ``spotcheck``.
        at: when it was reported, or issued; None = a warning that was never issued, which is not counted.
        sort: class of event, or what is warned of. level: determined event level, or the highest colour.
        response: the highest response level that was declared.
        sequence: the last event that is counted.
    """

    stream: str
    kind: str
    jurisdiction: str
    plan_id: str
    drill: bool
    year: int
    number: int
    at: datetime | None
    sort: str
    level: str
    response: str
    state: str
    open: bool
    sequence: int
    rows: tuple[Row, ...]

    @property
    def day(self) -> date | None:
        """The day in Beijing by which it belongs to a period."""
        return self.at.astimezone(BEIJING).date() if self.at is not None else None


@dataclass(frozen=True, kw_only=True, slots=True)
class CountedDuty:
    """A duty of a bearer in a period, and how it stands: ``first`` and ``last`` are days in Beijing."""

    plan_id: str
    bearer_kind: str
    bearer: str
    duty: str
    period: str
    first: date
    last: date
    due: datetime
    name: str
    status: str
    settled_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """One of the things that a figure counts.

    Attributes:
        case: the incident or warning, without its rows; None = a duty. row: what is counted of it, None = itself.
    """

    case: CountedCase | None = None
    row: Row | None = None
    duty: CountedDuty | None = None


def seconds(since: datetime, at: datetime) -> int:
    """Return how long something took, in whole seconds; what was before it took none."""
    return max(0, int((at - since).total_seconds()))
