"""Invitations: one-time links, of which only the digest is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.office.administration import (
    AdminResult,
    Reply,
    admin_transaction,
    append_admin_event,
    held_by,
    may_administer,
    role_name,
)
from bot.render.identity import who_is
from bot.render.inviting import sheet_title
from bot.service.requests import Requester
from bot.service.service import Service
from bot.texts.inviting import HEADS_NAMED
from plans.areas import Body
from plans.identity import Who, listed_head
from plans.model import Plan
from storage import Writing
from storage.people import Invitation, Person

LASTS = timedelta(days=7)

MOST_AT_ONCE = 200
"""Invitations of one sheet; the next sheet has the next ones."""

ASKED = "invitation_asked"
"""What a step came to that only asked: the question is a message of its own."""

SETTINGS = "settings"
"""Made an invitation that no person did."""


async def invite(
    service: Service,
    person: Person,
    plan: Plan,
    role: str,
    unit: str | None,
    username: str,
    who: Who | None = None,
    *,
    cause: str,
    requester: Requester,
    reply: Reply | None = None,
) -> AdminResult | None:
    """Make an invitation to a role (of a unit); the link goes to whoever asked.

    Args:
        username: of the bot, without @.
        who: whom the administrator means, where he says so, else the head as the list of bodies names him: that is
            confirmed when it is taken.
    """

    async def act(tx: Writing, now: datetime) -> AdminResult:
        name = plan.jurisdiction.name
        listed = await _listed_heads(tx, name, [unit]) if role == "head" and unit and who is None else {}
        meant = who or listed.get(unit or "") or Who("")
        if requester.via != "direct" or not await may_administer(service, tx, person, name):
            return AdminResult(key="admin_only", ok=False)
        number, kept = service.seal.new()
        await tx.people.invite(
            Invitation(
                digest=kept, jurisdiction=name, plan_id=plan.id, role=role, unit=unit, created_by=person.id,
                created_at=now, expires_at=now + LASTS, name=meant.name, office=meant.office, phone=meant.phone,
            )
        )  # fmt: skip
        await append_admin_event(
            tx,
            name,
            "invited",
            actor=person.id,
            cause=cause,
            at=now,
            plan=plan.id,
            role=role,
            unit=unit,
            digests=[kept],
            **({"name": meant.name, "office": meant.office} if meant.name else {}),
            own=("name", "office"),
        )
        link = f"https://t.me/{username}?start={number}"
        values = {**held_by(plan, role, unit), "link": link, "who": who_is(meant)}
        return AdminResult(key="invited_named" if meant.name else "invited", values=values, secrets=(number,))

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def invite_all(
    service: Service, person: Person, plan: Plan, username: str, *, cause: str, requester: Requester, reply: Reply,
    bodies: Sequence[Body] | None = None,
) -> AdminResult | None:  # fmt: skip
    """Make an invitation for the liaison of every member unit that has none, all in one.

    Args:
        bodies: for the head of each of these instead, of those that nobody answers for and nobody is invited to.
    """

    async def act(tx: Writing, now: datetime) -> AdminResult:
        name = plan.jurisdiction.name
        if requester.via != "direct" or not await may_administer(service, tx, person, name):
            return AdminResult(key="admin_only", ok=False)
        role = "liaison" if bodies is None else "head"
        wanted = await _unbound(tx, plan) if bodies is None else await _headless(tx, plan, bodies, now)
        if not wanted:
            return AdminResult(key="invited_nobody" if bodies is None else "invited_no_body")
        wanted, left = wanted[:MOST_AT_ONCE], len(wanted[MOST_AT_ONCE:])
        heads = await _listed_heads(tx, name, [unit for unit, _ in wanted]) if role == "head" else {}
        links: list[tuple[str, str]] = []
        numbers: list[str] = []
        digests: list[str] = []
        for unit, title in wanted:
            number, kept = service.seal.new()
            numbers.append(number)
            digests.append(kept)
            meant = heads.get(unit, Who(""))
            new = Invitation(
                digest=kept, jurisdiction=name, plan_id=plan.id, role=role, unit=unit, created_by=person.id,
                created_at=now, expires_at=now + LASTS, name=meant.name, office=meant.office, phone=meant.phone,
            )  # fmt: skip
            await tx.people.invite(new)
            links.append((sheet_title(title, meant.name), f"https://t.me/{username}?start={number}"))
        units = [unit for unit, _ in wanted]
        await append_admin_event(
            tx, name, "invited-all", actor=person.id, cause=cause, at=now, plan=plan.id, units=units, digests=digests
        )
        values = {"count": len(links), "links": links, "until": now + LASTS, "plan": plan.title, "left": left}
        values["role"] = role_name(plan, role)
        values["named"] = HEADS_NAMED.format(count=len(heads)) if heads else ""
        key = "invited_all" if bodies is None else "invited_bodies_more" if left else "invited_bodies"
        return AdminResult(key=key, values=values, secrets=tuple(numbers))

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def _listed_heads(tx: Writing, jurisdiction: str, units: Sequence[str]) -> dict[str, Who]:
    """Return the heads of bodies as the list names them; of whom it names nobody for sure nothing."""
    rows = await tx.bodies.of(jurisdiction, units)
    heads = {unit: listed_head(row.head, row.name, row.phones) for unit, row in rows.items() if row.head}
    return {unit: head for unit, head in heads.items() if head is not None}


async def _unbound(tx: Writing, plan: Plan) -> list[tuple[str, str]]:
    """Return id and name of the member units that nobody speaks for."""
    holdings = await tx.people.all_holdings(plan.jurisdiction.name)
    spoken = {item.unit for item in holdings if item.role == "liaison" and item.plan_id == plan.id}
    members = (unit for unit in plan.units if unit.member and not unit.place_bound)
    return [(unit.id, unit.name or unit.id) for unit in members if unit.id not in spoken]


async def _headless(tx: Writing, plan: Plan, bodies: Sequence[Body], now: datetime) -> list[tuple[str, str]]:
    """Return id and name of the bodies that nobody answers for, and for which no invitation is open."""
    name = plan.jurisdiction.name
    holdings = await tx.people.all_holdings(name)
    bound = {item.unit for item in holdings if item.role in ("liaison", "head") and item.plan_id == plan.id}
    waiting = {
        item.unit for item in await tx.people.invitations(name) if item.plan_id == plan.id and item.expires_at > now
    }
    return [(body.id, body.name) for body in bodies if body.id not in bound | waiting]
