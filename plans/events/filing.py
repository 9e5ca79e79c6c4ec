"""Events of reports made and owed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from plans.events.base import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class Filed(Event, name="filed", personal=("taker", "name")):
    """A report was made to one recipient over one channel. ``figures`` is what that recipient was told.

    Attributes:
        obligation: the instance that alone it was made for; empty for a report that serves every one of its kind.
    """

    report: str
    recipient: str
    channel: str
    called_at: datetime
    taker: str | None = None
    by: str
    name: str | None = None
    figures: dict[str, Any] = field(default_factory=dict)
    document: str = ""
    obligation: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RingFailed(Event, name="ring-failed"):
    """A recipient was rung in vain (占线, 没接通).

    Attributes:
        about: key of the obligation instance that it was rung about, or ``call:UNIT:ROUND``; empty in older logs.
    """

    recipient: str
    outcome: str
    about: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class VerificationRequested(Event, name="verification-requested", personal=("question",)):
    """A superior asked for something to be verified."""

    recipient: str
    requested_at: datetime
    question: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ObligationOpened(Event, name="obligation-opened"):
    """An instance of a rule arose.

    Attributes:
        possible: it holds only at some of the possible levels.
        raised: a clock that counts from before the level was raised (上调后补报).
        after: only what was recorded after this number in the log covers it: the lower level had been told before.
    """

    key: str
    rule: str
    clause: str
    report: str
    channel: str
    due: datetime
    to: tuple[str, ...]
    possible: bool = False
    raised: bool = False
    by_office: bool = True
    local: bool = False
    after: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class ObligationChanged(Event, name="obligation-changed"):
    """Due time, recipients or certainty of an instance changed; a filed one is late or not by the new due time."""

    key: str
    due: datetime
    to: tuple[str, ...]
    possible: bool
    raised: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ObligationSuperseded(Event, name="obligation-superseded"):
    """An open instance fell away; ``reason`` is a key of the texts."""

    key: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ObligationFiled(Event, name="obligation-filed"):
    """Every recipient of an instance is covered; ``filed_at`` is the last call's time."""

    key: str
    filed_at: datetime
    late: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ObligationWaived(Event, name="obligation-waived", personal=("reason", "name")):
    """A duty officer or above excused an instance, with a reason."""

    key: str
    by: str
    reason: str | None
    name: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminded(Event, name="reminded"):
    """One reminder went out for these instances to these steps of the ladder (0 = the duty seat).

    Attributes:
        beside: number of the incident that this one may be the same as and whose reminders are enough for the time.
        first: with ``beside``: nobody has been told so before.
        early: of the keys, those that were said before their moment, beside what was due in another incident.
    """

    keys: tuple[str, ...]
    audience: tuple[str, ...]
    overdue: tuple[str, ...] = ()
    beside: int = 0
    first: bool = False
    early: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReporterSentToPhone(Event, name="reporter-sent-to-phone"):
    """Nobody took the report in time: the reporter was given the duty line."""
