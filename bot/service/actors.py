"""Who asks, with the roles held at this moment: read inside the transaction that decides."""

from __future__ import annotations

from dataclasses import replace

from bot.outgoing.addresses import ANY_PLAN
from bot.service.requests import Requester
from plans.core.command import LINE, PLATFORM, SYSTEM, Acting, Actor, platform_id
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
    if requester.platform:
        return await _platform(tx, requester.platform, jurisdiction, plan)
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


async def _platform(tx: Reading, token_id: str, jurisdiction: str, plan: Plan) -> Actor:
    """Return another system: it tells what was kept of it while its token held, and answers only while it holds."""
    if token_id.startswith(LINE):
        return await _below(tx, token_id.removeprefix(LINE), jurisdiction)
    token = await tx.api_tokens.get(token_id)
    actor = Actor(id=platform_id(token_id), via=PLATFORM)
    if token is None or token.jurisdiction != jurisdiction or not token.serves(plan.id):
        return actor
    tells = "report" in token.scopes or "warn" in token.scopes
    answers = "answer" in token.scopes and token.holds(tx.now)
    return replace(
        actor, name=token.name, confirmed=True, roles=frozenset({"reporter"} if tells else ()),
        units=frozenset(token.units if answers else ()),
    )  # fmt: skip


async def _below(tx: Reading, line_id: str, jurisdiction: str) -> Actor:
    """Return the office that reports by a line: it tells, as long as the line stands, and decides nothing."""
    line = await tx.lines.get(line_id)
    actor = Actor(id=platform_id(LINE + line_id), via=PLATFORM)
    if line is None or not line.holds or line.place != jurisdiction:
        return actor
    return replace(actor, name=line.jurisdiction, confirmed=True, roles=frozenset({"reporter"}))


async def _acting(tx: Reading, item: Holding) -> Acting:
    whose = await tx.people.get(item.acting_for) if item.acting_for else None
    return Acting(item.role, shown_name(whose) if whose is not None else "", item.until or item.granted_at)
