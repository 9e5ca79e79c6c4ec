"""When the seat is reminded of what an entry waits for: before it is due, when it is, twice after; then no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from plans.core.command import ClockCommand
from plans.core.event import Event, Recorded
from plans.core.keys import ENTRY, REPLY, SEAT, Key
from plans.core.kind import WakePoint, slack_by_day, slack_of
from plans.core.notice import Notice, NoticeType, buttons, declare
from plans.core.outcome import Refusal
from plans.core.policy import Policy
from plans.core.registry import applies, decides, guards, tells
from plans.desk.case import Case, NoticeContext
from plans.desk.entry_state import KIND, Entry
from plans.times.night import morning_of

BEFORE = timedelta(minutes=30)
"""So long before something is due the seat is reminded (本地规定)."""

AFTER = (timedelta(minutes=15), timedelta(hours=1))
"""Pauses of the two reminders after it was due; none of them rings in the night, and no third follows."""


MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryWake(ClockCommand):
    """Remind of what is due."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryRung(Event, name="entry-rung"):
    """The seat was reminded; ``over`` = it had been due by then, a minute ago at least."""

    ordinal: int
    over: bool


# --- when


def rings_at(entry: Entry) -> datetime | None:
    """Return when the seat is reminded next of what waits first; None when that was the last time, or nothing waits."""
    point = _next(entry)
    return point.at if point is not None else None


def _next(entry: Entry) -> WakePoint | None:
    """Return that moment with how much earlier it may be said: what is due is said due at its minute."""
    want = entry.waits_for
    due = want.counted_from if want is not None else None
    if due is None or entry.since is None:
        return None
    moments = _until_due(due, entry.since)
    if entry.rung < len(moments):
        at = moments[entry.rung]
        return WakePoint("reply", at, "entry", slack_of(at - entry.since) if at < due else timedelta())
    late = entry.rung - len(moments)
    if late >= len(AFTER):
        return None
    since = max(entry.rung_at or due, due)
    at = morning_of(since + AFTER[late])
    return WakePoint("reply", at, "entry", slack_by_day(at, at - since))


def _until_due(due: datetime, since: datetime) -> list[datetime]:
    """Return the moments of the reminders until it is due, of those that lay ahead when it was set."""
    return [moment for moment in (due - BEFORE, due) if moment > since] or [max(due, since)]


def wakes(entry: Entry, policy: Policy) -> Sequence[WakePoint]:
    """Return the next moment at which something of an entry falls due."""
    point = _next(entry)
    return [point] if point is not None else []


@decides(EntryWake)
def wake(case: Case[Entry], command: EntryWake) -> Refusal | None:
    """Remind once of what is due, however many moments were missed."""
    entry, point = case.state, _next(case.state)
    want = entry.waits_for
    if point is None or want is None or want.counted_from is None or entry.since is None:
        return None
    if not point.falls_due(case.now, ahead=command.ahead):
        return None
    passed = sum(moment <= case.now for moment in _until_due(want.counted_from, entry.since))
    case.record(EntryRung(ordinal=max(entry.rung + 1, passed), over=case.now - want.counted_from >= MINUTE))
    return None


# --- what it does to the entry


@applies(EntryRung)
def _on_rung(entry: Entry, event: EntryRung, item: Recorded) -> None:
    entry.rung, entry.rung_at = event.ordinal, item.at


@guards(KIND)
def _waiting(entry: Entry) -> Iterator[Key]:
    if entry.waits_for is not None:
        yield _reply_of(entry)


def _reply_of(entry: Entry) -> Key:
    """Return the guard of reminders of what waits first: what is wanted next is another thing."""
    return Key.make("reply", len(entry.replies))


# --- who is told


declare(
    NoticeType("entry_due", stamps=True, fallback_to_group=True, joins_as="due"),
    NoticeType("entry_over", stamps=True, fallback_to_group=True, joins_as="due"),
)


@tells(EntryRung)
def _tell_rung(event: EntryRung, item: Recorded, context: NoticeContext[Entry]) -> Iterator[Notice]:
    entry = context.after
    want = entry.waits_for
    if want is None:
        return
    choices = [("entry_due_at", "entry_due_at", REPLY, {"at": moment.isoformat()}) for moment in want.options]
    yield Notice(
        kind="overdue" if event.over else "reminder", key="entry_over" if event.over else "entry_due", to=SEAT,
        priority=1, ring=True, guard=_reply_of(entry),
        buttons=buttons(
            *choices, ("entry_replied", "entry_replied", REPLY, {}), ("entry_waive", "entry_waive", REPLY, {}),
            ("entry_due", "entry_due", ENTRY, {}),
        ),
    )  # fmt: skip
