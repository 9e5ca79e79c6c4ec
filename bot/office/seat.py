"""「我接班」: a duty officer takes over the seat of every plan that he is duty officer of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.office.administration import AdminResult, admin_transaction, append_admin_event
from bot.service.requests import Requester
from bot.service.service import Service
from storage import Writing
from storage.people import Person, Seat, shown_name


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A seat that was offered by a message.

    Attributes:
        plan: whose seat. seen: who sat there then (:func:`sitting_on`). until: when the turn ends it was offered for.
    """

    plan: str
    seen: str
    until: datetime


def sitting_on(seat: Seat | None) -> str:
    """Return who sits on a seat, and since when, as an offer of it carries it."""
    return f"{seat.person_id} {seat.since.isoformat()}" if seat is not None else ""


async def take_seat(
    service: Service,
    person: Person,
    said: str = "",
    *,
    cause: str,
    requester: Requester,
    offered: Offered | None = None,
) -> AdminResult | None:
    """Take the seats; reminders follow.

    Args:
        said: who sits down, where that was said, since a duty room may share one account.
        offered: only this one, and only while it is as it was offered.
    """

    name = said or shown_name(person)

    async def act(tx: Writing, now: datetime) -> AdminResult:
        holdings = [
            item
            for item in await tx.people.holdings(person.id, lock=True)
            if item.role == "duty" and item.ended_at is None and (offered is None or item.plan_id == offered.plan)
        ]
        if not holdings or requester.via != "direct":
            return AdminResult(key="seat_not_yours", ok=False)
        if offered is not None:
            seat = await tx.people.seat(holdings[0].jurisdiction, offered.plan)
            if sitting_on(seat) != offered.seen:
                return AdminResult(key="seat_changed", ok=False, values={"name": seat.name if seat is not None else ""})
            if now >= offered.until:
                return AdminResult(key="seat_over", ok=False)
        before = ""
        for item in holdings:
            old = await tx.people.take_seat(
                item.jurisdiction, item.plan_id, person_id=person.id, name=name, since=now, said=bool(said)
            )
            before = old.name if old is not None and old.person_id != person.id else before
            await append_admin_event(
                tx, item.jurisdiction, "seat-taken", actor=person.id, cause=cause, at=now, own=("name", "before_name"),
                name=name, plan=item.plan_id, before=old.person_id if old is not None else "",
                before_name=old.name if old is not None else "", named=bool(said) or (old is not None and old.said),
            )  # fmt: skip
        return AdminResult(key="seat_taken" if before else "seat_taken_first", values={"before": before})

    return await admin_transaction(service, act, cause=cause, requester=requester)
