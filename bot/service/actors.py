"""Who asks, with the roles held at this moment: read inside the transaction that decides."""

from __future__ import annotations

from bot.outgoing.addresses import ANY_PLAN
from bot.service.requests import Requester
from plans.core.command import SYSTEM, Acting, Actor
from plans.model import Plan
from storage.people import Holding, is_confirmed, shown_name
from storage.transaction import Reading


async def actor_of(
    tx: Reading, requester: Requester, jurisdiction: str, plan: Plan, admins: frozenset[int], *, lock: bool = False
) -> Actor:
    """Return who asks.

    Args:
        admins: Telegram ids of the first administrators, from the settings.
        lock: nobody can take the roles away before the transaction ends.
    """
    if not requester.person_id:
        return SYSTEM
    person = await tx.people.get(requester.person_id)
    if person is None:
        return Actor(id=requester.person_id, via=requester.via)
    mine = [
        item
        for item in await tx.people.holdings(person.id, lock=lock)
        if item.ended_at is None
        and item.jurisdiction in (jurisdiction, ANY_PLAN)
        and item.plan_id in (plan.id, ANY_PLAN)
    ]
    roles = {item.role for item in mine}
    own = {item.role for item in mine if item.until is None}
    lent = {item.role: item for item in mine if item.until is not None and item.role not in own}
    if person.telegram_id in admins:
        roles.add("admin")
    return Actor(
        id=person.id,
        name=shown_name(person),
        confirmed=is_confirmed(person),
        roles=frozenset(roles),
        units=frozenset(item.unit for item in mine if item.unit and item.role in ("liaison", "head")),
        acting=tuple([await _acting(tx, item) for item in lent.values()]),
        via=requester.via,
    )


async def _acting(tx: Reading, item: Holding) -> Acting:
    whose = await tx.people.get(item.acting_for) if item.acting_for else None
    return Acting(item.role, shown_name(whose) if whose is not None else "", item.until or item.granted_at)
