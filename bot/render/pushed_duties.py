"""What other systems are told of duties (推送): which begin, fall due, are settled, sent back or open again.

Bearers are roles, units and listed bodies; who it was that said something, and what he wrote, is told to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from bot.clock import SHANGHAI
from bot.render.pages.names import shown
from plans.core.event import Event, Recorded
from plans.duty.chasing import DailyAsked, EndReminded
from plans.duty.instances import PeriodsBegun
from plans.duty.recording import RecordObjected
from plans.duty.returning import DutyReturned
from plans.duty.settling import DutyReopened, DutySettled
from plans.duty.state import DutyBook, Instance
from plans.model import Plan

TYPES = ("duty.begun", "duty.due", "duty.settled", "duty.returned", "duty.reopened")
TELLING: tuple[type[Event], ...] = (
    PeriodsBegun, EndReminded, DailyAsked, DutySettled, DutyReturned, DutyReopened, RecordObjected,
)  # fmt: skip
"""Events of which something is told."""


def of_book(plan: Plan, book: DutyBook, recorded: Iterable[Recorded]) -> Iterator[tuple[str, Recorded, dict[str, Any]]]:
    """Yield kinds, each once with the last event that it tells, and what it says: the duties as they stand now."""
    found: dict[str, tuple[Recorded, dict[str, None]]] = {}
    for item in recorded:
        type_, keys = _told(item.event)
        if keys:
            found[type_] = (item, {**found.get(type_, (item, {}))[1], **dict.fromkeys(keys)})
    for type_, (last, about) in found.items():
        duties = [duty_data(plan, one, last.at) for key in about if (one := book.of(key)) is not None]
        if duties:
            yield type_, last, {"book": book_data(plan, book), "duties": duties}


def _told(event: Event) -> tuple[str, tuple[str, ...]]:
    """Return of which kind an event is, and which duties it is about."""
    if isinstance(event, PeriodsBegun):
        return "duty.begun", tuple(f"{item['duty']}|{item['period']}" for item in event.items)
    if isinstance(event, EndReminded | DailyAsked):
        return "duty.due", event.keys
    if isinstance(event, DutySettled):
        return "duty.settled", (event.key,)
    if isinstance(event, DutyReturned):
        return "duty.returned", (event.key,)
    if isinstance(event, DutyReopened | RecordObjected):
        return "duty.reopened", (event.key,)
    return "", ()


def book_data(plan: Plan, book: DutyBook) -> dict[str, Any]:
    """Return whose duties they are, as other systems know him."""
    return {
        "id": book.stream.partition(":")[2],
        "year": book.year,
        "plan": book.plan,
        "plan_title": plan.title,
        "jurisdiction": book.jurisdiction,
        "drill": book.drill,
        "bearer": shown(book.title) or book.bearer,
        "bearer_kind": book.bearer_kind,
    }


def duty_data(plan: Plan, duty: Instance, now: datetime) -> dict[str, Any]:
    """Return a duty in one of its periods as it stands at a moment, by the names that the API gives."""
    rule = next((item for item in plan.duties if item.id == duty.duty), None)
    return {
        "duty": duty.duty,
        "text": rule.text if rule is not None else None,
        "clause": rule.clause if rule is not None else None,
        "period": duty.period,
        "first": duty.first.isoformat(),
        "last": duty.last.isoformat(),
        "due": duty.due.astimezone(SHANGHAI).isoformat(timespec="seconds"),
        "status": duty.status(now),
        "settled_at": duty.at.astimezone(SHANGHAI).isoformat(timespec="seconds") if duty.at is not None else None,
        "evidence": len(duty.evidence),
    }
