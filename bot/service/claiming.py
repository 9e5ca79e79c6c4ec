"""登记身份: somebody says who he is, an administrator approves it."""

from __future__ import annotations

from datetime import datetime

from bot.callback_data import new_id
from bot.render.admin import admin_message, claim_message
from bot.service.administering import Done, Reply, admins, held_by, may_administer, note, once
from bot.service.asking import Asker
from bot.service.inviting import grant
from bot.service.messages import Letter
from bot.service.service import Service
from plans.model import Plan
from storage import Writing
from storage.people import Claim, Person


async def claim(
    service: Service,
    person: Person,
    plan: Plan,
    role: str,
    unit: str | None,
    *,
    cause: str,
    asker: Asker,
    reply: Reply | None = None,
) -> Done | None:
    """Claim a role; the administrators are asked."""

    async def act(tx: Writing, now: datetime) -> Done:
        name = plan.jurisdiction.name
        waiting = [item for item in await tx.people.claims(name) if item.person_id == person.id]
        if any((item.plan_id, item.role, item.unit) == (plan.id, role, unit) for item in waiting):
            return Done(key="claimed_already", values=held_by(plan, role, unit))
        made = Claim(id=new_id(), person_id=person.id, jurisdiction=name, plan_id=plan.id, role=role, unit=unit, at=now)
        await tx.people.claim(made)
        await note(
            tx, name, "role-claimed", actor=person.id, cause=cause, at=now, name=person.name, plan=plan.id, role=role,
            unit=unit,
        )  # fmt: skip
        letters = tuple(_question(admin, plan, made, person) for admin in await admins(service, tx, plan))
        return Done(key="claimed" if letters else "claimed_no_admin", values=held_by(plan, role, unit), letters=letters)

    return await once(service, act, cause=cause, asker=asker, reply=reply)


def _question(admin: Person, plan: Plan, made: Claim, person: Person) -> Letter:
    words = claim_message(plan, made.id, person.name, held_by(plan, made.role, made.unit)["role"])
    return Letter(
        place_id=admin.place_id or "", message=words, notice="claim", audience=f"person:{admin.id}", person_id=admin.id,
        jurisdiction=plan.jurisdiction.name, ring=True,
    )  # fmt: skip


async def decide(
    service: Service,
    person: Person,
    claim_id: str,
    approved: bool,
    *,
    cause: str,
    asker: Asker,
    reply: Reply | None = None,
) -> Done | None:
    """Approve or refuse a claim; the claimant is told."""

    async def act(tx: Writing, now: datetime) -> Done:
        waiting = await _waiting(service, tx, claim_id)
        if waiting is None:
            return Done(key="claim_gone", ok=False)
        if not await may_administer(service, tx, person, waiting.jurisdiction):
            return Done(key="admin_only", ok=False)
        decided = await tx.people.decide_claim(claim_id, person.id, now, approved)
        claimant = await tx.people.get(waiting.person_id)
        if decided is None or claimant is None:
            return Done(key="claim_gone", ok=False)
        plan = service.shelf.current(waiting.plan_id)
        if approved:
            await grant(tx, claimant, plan, waiting.role, waiting.unit, by=person.id, cause=cause, now=now)
        else:
            await note(
                tx, waiting.jurisdiction, "claim-refused", actor=person.id, cause=cause, at=now, person=claimant.id,
                role=waiting.role, unit=waiting.unit,
            )  # fmt: skip
        values = {**held_by(plan, waiting.role, waiting.unit), "plan": plan.title}
        told = admin_message("joined" if approved else "claim_refused", **values)
        letters: tuple[Letter, ...] = ()
        if claimant.place_id:
            letters = (
                Letter(place_id=claimant.place_id, message=told, notice="claim", person_id=claimant.id, ring=True),
            )
        return Done(key="claim_approved" if approved else "claim_denied", values=values, letters=letters)

    return await once(service, act, cause=cause, asker=asker, reply=reply)


async def _waiting(service: Service, tx: Writing, claim_id: str) -> Claim | None:
    shelf = service.shelf
    for name in dict.fromkeys(shelf.current(plan_id).jurisdiction.name for plan_id in shelf.ids):
        for item in await tx.people.claims(name):
            if item.id == claim_id and item.plan_id in shelf.ids:
                return item
    return None
