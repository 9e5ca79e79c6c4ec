"""A group became a supergroup: it has another id, and the numbers of its earlier messages mean nothing there.

None of them is used again, to edit, pin, strip or answer: live messages are shown anew. What was bound in the new chat
before the news came goes over to the group, and is over where it is another jurisdiction's: each log tells it, and that
one's administrators are told.
"""

from __future__ import annotations

from datetime import datetime

from bot.cases.office_log import append_admin_event
from bot.outgoing.addresses import Target
from bot.outgoing.administrators import to_administrators
from bot.outgoing.live import CARD, WORKSHEET, row_of
from bot.outgoing.messages import write_all
from storage.incidents import CLOSED_STATES
from storage.places import Place
from storage.transaction import Writing


async def moved(
    tx: Writing, old_chat_id: int, new_chat_id: int, now: datetime, admins: frozenset[int] = frozenset()
) -> None:
    """Follow the group, once, whoever hears of it first.

    Args:
        admins: Telegram ids of those who administer every jurisdiction.
    """
    before, early = await tx.places.by_chat(old_chat_id), await tx.places.by_chat(new_chat_id)
    bound = await tx.places.plans_of(early.id) if early is not None else []
    place = await tx.places.migrate(old_chat_id, new_chat_id)
    if before is None or place is None or place.id != before.id:
        return
    if early is not None:
        await _handed_over(tx, early, place, bound, now, admins)
    cards = await tx.cards.forget_place(place.id)
    await tx.outbox.forget_numbers(place.id, now)
    rows = []
    for card in cards:
        line = await tx.incidents.get(card.stream) if card.kind in (CARD, WORKSHEET) else None
        if line is not None and line.state not in CLOSED_STATES:
            rows.append(row_of(card.kind, card.stream, Target(place), 2, now))
    await tx.outbox.enqueue(rows)


async def _handed_over(
    tx: Writing, early: Place, place: Place, bound: list[str], now: datetime, admins: frozenset[int]
) -> None:
    """Write down what became of the plans that the new chat served, in the log of whose they are."""
    if bound and early.jurisdiction and early.jurisdiction != place.jurisdiction:
        over = {"title": place.title, "other": place.jurisdiction or "", "count": len(bound)}
        await write_all(tx, await to_administrators(tx, early.jurisdiction, admins, "binding_over", **over), now)
    mine, cause = await tx.places.plans_of(place.id), f"migrated:{place.id}:{early.id}"
    for plan in bound:
        whose = early.jurisdiction or ""
        await append_admin_event(
            tx, whose, "place-unbound", actor="", cause=cause, at=now, place=early.id, plan=plan
        )  # fmt: skip
        if plan in mine and whose == place.jurisdiction:
            await append_admin_event(
                tx, whose, "place-bound", actor="", cause=cause, at=now, place=place.id, plan=plan, kind=early.kind
            )
