"""Messages about a replacement: each is found again by its request, and says by an edit what became of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.office.substitutes import reachable
from bot.office.swap_shifts import clash_of, other_of
from bot.outgoing.messages import OutgoingMessage
from bot.outgoing.retraction import strip_guarded
from bot.render import Message
from bot.render import swaps as pages
from bot.render.swap_shifts import ShiftLine
from bot.service.service import Service
from plans.core import keys
from plans.model import Plan
from plans.times.night import morning_of
from storage import Writing
from storage.outbox import OutboxRow
from storage.people import Person, shown_name
from storage.people.swaps import (
    OverrideRow,
    SwapRow,
)

SOON = timedelta(hours=12)
"""本地规定: who must answer before a shift that begins so soon is rung at night too; else in the morning."""


def guard_of(request_id: str) -> str:
    """Return what the messages of a request hang on; it is also the stream under which they are found."""
    return f"swap:{request_id}"


async def settle_messages(
    tx: Writing, row: SwapRow, state: str, values: dict[str, str], now: datetime, keep: Collection[str] = ()
) -> None:
    """Say by an edit, which rings nobody, what became of a request where somebody was asked about it.

    Args:
        keep: who is told in words: from his messages only the buttons go.
    """
    guard = guard_of(row.id)
    await tx.outbox.withdraw({guard}, now)

    def stamp(sent: OutboxRow) -> str:
        return "" if sent.person_id in keep else pages.stamp(state, values)

    await strip_guarded(tx, guard, {guard}, now, stamp)


async def question_to(
    tx: Writing, service: Service, plan: Plan, row: SwapRow, asker: Person, one: Person, now: datetime,
    later: datetime | None,
) -> OutgoingMessage:  # fmt: skip
    """Return what a colleague, or the partner of an exchange, is asked."""
    shift, other = ShiftLine.of_row(row, plan), other_of(row)
    approval = service.policy.swap_approval
    if other is not None:
        his = ShiftLine.of_row(other, plan)
        message = pages.exchange_question(row.id, shown_name(asker), his, shift, row.reason, approval, now)
    else:
        clash = await clash_of(tx, plan, one.id, row, now)
        message = pages.question(row.id, shown_name(asker), shift, row.reason, approval, clash, now)
    return letter(row, one, message, "swap_asked", ring=True, not_before=later)


def not_before(now: datetime, row: SwapRow) -> datetime | None:
    """Return from when on others are rung about a request: in the morning, where that is early enough."""
    morning = morning_of(now)
    return morning if morning > now and row.closes - morning >= SOON else None


def letter(
    row: SwapRow | OverrideRow, person: Person, message: Message, notice: str, *, ring: bool = False,
    not_before: datetime | None = None,
) -> OutgoingMessage:  # fmt: skip
    """Return a message about a replacement, found again by its request."""
    request = row.id if isinstance(row, SwapRow) else row.request_id or row.id
    return OutgoingMessage(
        place_id=person.place_id or "", message=message, notice=notice, audience=keys.to_person(person.id),
        person_id=person.id, stream=guard_of(request), jurisdiction=row.jurisdiction, ring=ring,
        guard=guard_of(request) if message.rows else None, not_before=not_before,
    )  # fmt: skip


def letters(
    row: SwapRow | OverrideRow, person: Person | None, message: Message, notice: str, *, ring: bool = False
) -> tuple[OutgoingMessage, ...]:
    """Return a message to somebody, none where he cannot be written to."""
    return (letter(row, person, message, notice, ring=ring),) if person is not None and reachable(person) else ()
