"""Roles and invitations are taken back: at once, by an administrator, with an entry in the admin log."""

from __future__ import annotations

from datetime import datetime

from bot.render.admin import admin_message
from bot.service.addressing import ANY_PLAN
from bot.service.administering import Done, Reply, held_by, may_administer, note, once
from bot.service.asking import Asker
from bot.service.live import redraw
from bot.service.messages import Letter
from bot.service.service import Service
from bot.texts.admin import OWN_ROLES
from plans.model import Plan
from storage import Writing
from storage.people import Holding, Person


async def revoke_role(
    service: Service, person: Person, holding_id: str, *, cause: str, asker: Asker, reply: Reply | None = None
) -> Done | None:
    """Take a role away: whoever held it is refused from this moment, leaves the seat, and is told."""

    async def act(tx: Writing, now: datetime) -> Done:
        held = await tx.people.holding(holding_id)
        if held is None:
            return Done(key="revoke_gone", ok=False)
        if asker.via != "direct" or not await may_administer(service, tx, person, held.jurisdiction):
            return Done(key="admin_only", ok=False)
        if held.role == "admin" and not service.admins and await _is_last(tx, held):
            return Done(key="revoke_last_admin", ok=False)
        await end(tx, held, by=person.id, cause=cause, now=now)
        holder = await tx.people.get(held.person_id)
        values = {**named(service, held), "name": holder.name if holder is not None else ""}
        letters: tuple[Letter, ...] = ()
        if holder is not None and holder.place_id is not None and holder.blocked_at is None:
            told = admin_message("revoked_you", **values)
            letters = (Letter(place_id=holder.place_id, message=told, notice="revoked", person_id=holder.id),)
        return Done(key="revoked", values=values, letters=letters)

    return await once(service, act, cause=cause, asker=asker, reply=reply)


async def end(tx: Writing, held: Holding, *, by: str, cause: str, now: datetime) -> None:
    """End a role; a duty officer's seat is free from then on, and what others see is drawn anew."""
    await tx.people.revoke(held.id, now)
    if held.role == "duty":
        await tx.people.vacate(held.jurisdiction, held.plan_id, held.person_id)
    await note(
        tx, held.jurisdiction, "role-revoked", actor=by, cause=cause, at=now, person=held.person_id,
        plan=held.plan_id, role=held.role, unit=held.unit,
    )  # fmt: skip
    await redraw(tx, held.jurisdiction, now)


async def _is_last(tx: Writing, held: Holding) -> bool:
    people = await tx.people.holders(held.jurisdiction, ANY_PLAN, "admin")
    return all(person.id == held.person_id for person in people)


async def revoke_invitation(
    service: Service, person: Person, jurisdiction: str, digest: str, *, cause: str, asker: Asker,
    reply: Reply | None = None,
) -> Done | None:  # fmt: skip
    """Withdraw an invitation that nobody has used."""

    async def act(tx: Writing, now: datetime) -> Done:
        if asker.via != "direct" or not await may_administer(service, tx, person, jurisdiction):
            return Done(key="admin_only", ok=False)
        mine = [item for item in await tx.people.invitations(jurisdiction) if item.digest == digest]
        if not mine or not await tx.people.revoke_invitation(digest, now):
            return Done(key="revoke_gone", ok=False)
        made = mine[0]
        await note(
            tx, jurisdiction, "invitation-revoked", actor=person.id, cause=cause, at=now, plan=made.plan_id,
            role=made.role, unit=made.unit,
        )  # fmt: skip
        plan = _plan(service, made.plan_id)
        values = held_by(plan, made.role, made.unit) if plan is not None else {"role": made.role}
        return Done(key="uninvited", values=values)

    return await once(service, act, cause=cause, asker=asker, reply=reply)


def named(service: Service, held: Holding) -> dict[str, str]:
    """Return a role as the texts name it, with its plan."""
    plan = _plan(service, held.plan_id)
    if plan is None:
        return {"role": role_in_general(held.role, held.unit), "plan": held.jurisdiction}
    return {**held_by(plan, held.role, held.unit, held.until is not None), "plan": plan.title}


def role_in_general(role: str, unit: str | None) -> str:
    """Return a role that is held for every plan, or for one that is not installed any more."""
    title = OWN_ROLES.get(role, role)
    return f"{title} {unit}" if unit else title


def _plan(service: Service, plan_id: str) -> Plan | None:
    return service.shelf.current(plan_id) if plan_id in service.shelf.ids else None
