"""登记身份: somebody says who he is, an administrator approves it."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.callback_data import new_id
from bot.office.administration import (
    AdminResult,
    Reply,
    admin_transaction,
    admins,
    append_admin_event,
    held_by,
    may_administer,
)
from bot.office.inviting import grant
from bot.outgoing.messages import OutgoingMessage
from bot.render.chat import text_message
from bot.render.inviting import ClaimLine, claim_message
from bot.service.requests import Requester
from bot.service.service import Service
from plans.core import keys
from plans.model import Plan
from storage import Writing
from storage.people import Claim, Person

NOTICE = "claim_asked"
PAUSE = timedelta(minutes=10)
"""Claims ring an administrator no oftener; what comes meanwhile is one message."""

MOST_OF_ONE = 3
"""Claims of one person that wait."""

MOST_ASKED = 10
"""Claims in one message, each with two buttons."""


async def claim(
    service: Service,
    person: Person,
    plan: Plan,
    role: str,
    unit: str | None,
    *,
    cause: str,
    requester: Requester,
    reply: Reply | None = None,
) -> AdminResult | None:
    """Claim a role; the administrators are asked."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        name = plan.jurisdiction.name
        if requester.via != "direct":
            return AdminResult(key="claim_directly", ok=False)
        waiting = [item for item in await tx.people.claims(name) if item.person_id == person.id]
        if any((item.plan_id, item.role, item.unit) == (plan.id, role, unit) for item in waiting):
            return AdminResult(key="claimed_already", values=held_by(plan, role, unit))
        if len(waiting) >= MOST_OF_ONE:
            return AdminResult(key="claims_most", ok=False, values={"most": MOST_OF_ONE})
        new = Claim(id=new_id(), person_id=person.id, jurisdiction=name, plan_id=plan.id, role=role, unit=unit, at=now)
        await tx.people.claim(new)
        await append_admin_event(
            tx, name, "role-claimed", actor=person.id, cause=cause, at=now, name=person.name, plan=plan.id, role=role,
            unit=unit,
        )  # fmt: skip
        messages = await _questions(service, tx, plan, now)
        return AdminResult(
            key="claimed" if messages else "claimed_no_admin", values=held_by(plan, role, unit), messages=messages
        )

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def _questions(service: Service, tx: Writing, plan: Plan, now: datetime) -> tuple[OutgoingMessage, ...]:
    """Ask the administrators about all that waits: at once, and then at most every so often, joined into one."""
    name, registry = plan.jurisdiction.name, service.registry
    waiting = [item for item in await tx.people.claims(name) if item.plan_id in registry.ids]
    lines = []
    for item in waiting[:MOST_ASKED]:
        claimant, of = await tx.people.get(item.person_id), registry.current(item.plan_id)
        role = held_by(of, item.role, item.unit)["role"]
        lines.append(ClaimLine(item.id, claimant.name if claimant is not None else "", role, of.title))
    if not lines:
        return ()
    words = claim_message(lines, len(waiting) - len(lines))
    messages = []
    for admin in await admins(service, tx, plan):
        last = await tx.outbox.last_begun(admin.place_id or "", NOTICE)
        due = last.claimed_at + PAUSE if last is not None and last.claimed_at is not None else now
        messages.append(
            OutgoingMessage(
                place_id=admin.place_id or "", message=words, notice=NOTICE, audience=keys.to_person(admin.id),
                person_id=admin.id, jurisdiction=name, ring=True, coalesce=f"claims:{name}", not_before=max(now, due),
            )
        )  # fmt: skip
    return tuple(messages)


async def _asked_anew(service: Service, tx: Writing, plan: Plan, now: datetime) -> tuple[OutgoingMessage, ...]:
    """After a decision bring what waits to be asked up to date, and ask about those that found no room before."""
    open_claims = await tx.people.claims(plan.jurisdiction.name)
    waiting = [row for admin in await admins(service, tx, plan)
               for row in await tx.outbox.not_begun(admin.place_id or "", NOTICE)]  # fmt: skip
    if not open_claims:
        for row in waiting:
            await tx.outbox.drop(row.id, "all is decided", now)
        return ()
    return await _questions(service, tx, plan, now) if waiting or len(open_claims) >= MOST_ASKED else ()


async def decide(
    service: Service,
    person: Person,
    claim_id: str,
    approved: bool,
    *,
    cause: str,
    requester: Requester,
    reply: Reply | None = None,
) -> AdminResult | None:
    """Approve or refuse a claim; the claimant is told."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        waiting = await _waiting(service, tx, claim_id)
        if waiting is None:
            return AdminResult(key="claim_gone", ok=False)
        if not await may_administer(service, tx, person, waiting.jurisdiction):
            return AdminResult(key="admin_only", ok=False)
        decided = await tx.people.decide_claim(claim_id, person.id, now, approved)
        claimant = await tx.people.get(waiting.person_id)
        if decided is None or claimant is None:
            return AdminResult(key="claim_gone", ok=False)
        plan = service.registry.current(waiting.plan_id)
        if approved:
            await grant(tx, claimant, plan, waiting.role, waiting.unit, by=person.id, cause=cause, now=now)
        else:
            await append_admin_event(
                tx, waiting.jurisdiction, "claim-refused", actor=person.id, cause=cause, at=now, person=claimant.id,
                role=waiting.role, unit=waiting.unit,
            )  # fmt: skip
        values = {**held_by(plan, waiting.role, waiting.unit), "plan": plan.title}
        joined = "joined_duty" if waiting.role == "duty" else "joined"
        message = text_message(joined if approved else "claim_refused", **values)
        messages: tuple[OutgoingMessage, ...] = ()
        if claimant.place_id:
            messages = (
                OutgoingMessage(
                    place_id=claimant.place_id, message=message, notice="claim", person_id=claimant.id, ring=True
                ),
            )
        messages += await _asked_anew(service, tx, plan, now)
        return AdminResult(key="claim_approved" if approved else "claim_denied", values=values, messages=messages)

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def _waiting(service: Service, tx: Writing, claim_id: str) -> Claim | None:
    registry = service.registry
    for name in dict.fromkeys(registry.current(plan_id).jurisdiction.name for plan_id in registry.ids):
        for item in await tx.people.claims(name):
            if item.id == claim_id and item.plan_id in registry.ids:
                return item
    return None
