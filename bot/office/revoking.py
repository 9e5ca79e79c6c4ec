"""Roles and invitations are taken back: at once, by an administrator, with an entry in the admin log."""

from __future__ import annotations

from datetime import datetime

from bot.office.administration import (
    AdminResult,
    Reply,
    admin_transaction,
    append_admin_event,
    held_by,
    may_administer,
    named_by_settings,
)
from bot.office.board import close_where_over
from bot.office.feeds import end_links_where_over
from bot.office.substitutes import ROLE, fall_of
from bot.outgoing.addresses import ANY_PLAN
from bot.outgoing.live import redraw
from bot.outgoing.messages import OutgoingMessage
from bot.render import Message
from bot.render.chat import text_message
from bot.render.delegating import result_message
from bot.service.requests import Requester
from bot.service.service import Service
from bot.texts.people import OWN_ROLES
from plans.model import Plan
from storage import Writing
from storage.people import Holding, Person, shown_name


async def revoke_role(
    service: Service, person: Person, holding_id: str, *, cause: str, requester: Requester, reply: Reply | None = None
) -> AdminResult | None:
    """Take a role away: whoever held it is refused from this moment, leaves the seat, and is told."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        holding = await tx.people.holding(holding_id)
        if holding is None:
            return AdminResult(key="revoke_gone", ok=False)
        if requester.via != "direct" or not await may_administer(service, tx, person, holding.jurisdiction):
            return AdminResult(key="admin_only", ok=False)
        holder = await tx.people.get(holding.person_id)
        if named_by_settings(service, holder, holding):
            return AdminResult(key="revoke_settings", ok=False, values={"name": shown_name(holder) if holder else ""})
        if holding.role == "admin" and not service.admins and await _is_last(tx, holding):
            return AdminResult(key="revoke_last_admin", ok=False)
        lent = await end(tx, holding, by=person.id, cause=cause, now=now)
        values = {**role_values(service, holding), "name": shown_name(holder) if holder is not None else ""}
        messages = [*to_person(holder, text_message("revoked_you", **values), "revoked")]
        for item in lent:
            message = result_message("lender_gone", {**role_values(service, item), "whose": values["name"]}, now)
            messages += to_person(await tx.people.get(item.person_id), message, "delegation", ring=True)
        return AdminResult(key="revoked", values=values, messages=tuple(messages))

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


def to_person(
    person: Person | None, message: Message, notice: str, *, ring: bool = False
) -> tuple[OutgoingMessage, ...]:
    """Return a message to a person, none where he cannot be written to."""
    if person is None or person.place_id is None or person.blocked_at is not None:
        return ()
    return (OutgoingMessage(place_id=person.place_id, message=message, notice=notice, person_id=person.id, ring=ring),)


async def end(tx: Writing, holding: Holding, *, by: str, cause: str, now: datetime) -> list[Holding]:
    """End a role and all that rests on it; return what was lent of it, and ends with it.

    A duty officer's seat is free from then on; what was lent or offered to others (代行) is so no more; the open links
    of an administrator open nothing any more; who holds nothing now sees nothing more by browser. What others see is
    drawn anew.
    """
    lent = (
        [item for item in await tx.people.lent_by(holding.person_id) if same(item, holding)]
        if holding.until is None
        else []
    )
    for item in (holding, *lent):
        await tx.people.revoke(item.id, now)
        await tx.people.withdraw_offers(item.id, now)
        if item.role == "duty" and not await _serves(tx, item):
            await tx.people.vacate(item.jurisdiction, item.plan_id, item.person_id)
        await fall_of(tx, item.person_id, item.jurisdiction, item.plan_id, ROLE, by=by, cause=cause, now=now)
        await append_admin_event(
            tx, item.jurisdiction, "role-revoked", actor=by, cause=cause, at=now, person=item.person_id,
            plan=item.plan_id, role=item.role, unit=item.unit,
        )  # fmt: skip
        await close_where_over(tx, item.person_id, by=by, cause=cause, now=now)
        await end_links_where_over(tx, item.person_id, by=by, cause=cause, now=now)
    links = 0
    if holding.role == "admin":
        links = await tx.people.revoke_invitations_of(holding.person_id, holding.jurisdiction, now)
    if links:
        await append_admin_event(
            tx, holding.jurisdiction, "invitations-revoked", actor=by, cause=cause, at=now, person=holding.person_id,
            count=links,
        )  # fmt: skip
    await redraw(tx, holding.jurisdiction, now)
    return lent


def same(one: Holding, other: Holding) -> bool:
    """Return whether two persons hold the same: one of them for the other."""
    return (one.jurisdiction, one.plan_id, one.role, one.unit) == (
        other.jurisdiction, other.plan_id, other.role, other.unit,
    )  # fmt: skip


async def _serves(tx: Writing, holding: Holding) -> bool:
    """Return whether the person is a duty officer there all the same, by another holding."""
    return any(same(item, holding) for item in await tx.people.holdings(holding.person_id, holding.jurisdiction))


async def _is_last(tx: Writing, holding: Holding) -> bool:
    people = await tx.people.holders(holding.jurisdiction, ANY_PLAN, "admin")
    return all(person.id == holding.person_id for person in people)


async def revoke_invitation(
    service: Service, person: Person, jurisdiction: str, digest: str, *, cause: str, requester: Requester,
    reply: Reply | None = None,
) -> AdminResult | None:  # fmt: skip
    """Withdraw an invitation that nobody has used."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        if requester.via != "direct" or not await may_administer(service, tx, person, jurisdiction):
            return AdminResult(key="admin_only", ok=False)
        mine = [item for item in await tx.people.invitations(jurisdiction) if item.digest == digest]
        if not mine or not await tx.people.revoke_invitation(digest, now):
            return AdminResult(key="revoke_gone", ok=False)
        invitation = mine[0]
        await append_admin_event(
            tx, jurisdiction, "invitation-revoked", actor=person.id, cause=cause, at=now, plan=invitation.plan_id,
            role=invitation.role, unit=invitation.unit,
        )  # fmt: skip
        plan = _plan(service, invitation.plan_id)
        values = held_by(plan, invitation.role, invitation.unit) if plan is not None else {"role": invitation.role}
        return AdminResult(key="uninvited", values=values)

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


def role_values(service: Service, holding: Holding) -> dict[str, str]:
    """Return a role as the texts name it, with its plan."""
    plan = _plan(service, holding.plan_id)
    if plan is None:
        return {"role": role_in_general(holding.role, holding.unit), "plan": holding.jurisdiction}
    return {**held_by(plan, holding.role, holding.unit, holding.until is not None), "plan": plan.title}


def role_in_general(role: str, unit: str | None) -> str:
    """Return a role that is held for every plan, or for one that is not installed any more."""
    title = OWN_ROLES.get(role, role)
    return f"{title} {unit}" if unit else title


def _plan(service: Service, plan_id: str) -> Plan | None:
    return service.registry.current(plan_id) if plan_id in service.registry.ids else None
