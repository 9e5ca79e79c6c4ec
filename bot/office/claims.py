"""登记身份: somebody says who he is, an administrator approves it."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.callback_data import new_id
from bot.office.accepting import grant
from bot.office.administration import (
    AdminResult,
    Reply,
    admin_transaction,
    admins,
    append_admin_event,
    held_by,
    may_administer,
)
from bot.office.identity import FORM, confirm_by, namesakes, silently, state_name, who_of
from bot.outgoing.messages import OutgoingMessage
from bot.render.chat import text_message
from bot.render.identity import claimant as claimant_words
from bot.render.identity import confirmed_as, namesake, who_is
from bot.render.inviting import ClaimLine, claim_message
from bot.service.requests import Requester
from bot.service.service import Service
from bot.texts.identity import ASK
from plans.core import keys
from plans.identity import Who
from plans.model import Plan
from plans.times.night import is_night
from storage import Writing
from storage.forms import Form
from storage.people import Claim, Person, is_confirmed, is_erased, shown_name

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
    """Claim a role: who is not confirmed is asked who he is, and then the administrators are asked about both."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        if requester.via != "direct":
            return AdminResult(key="claim_directly", ok=False)
        me = await tx.people.get(person.id)
        waiting = [item for item in await tx.people.claims(plan.jurisdiction.name) if item.person_id == person.id]
        said = next((Who(item.name, item.office, item.phone) for item in waiting if item.name), Who(""))
        who = who_of(me) if me is not None and is_confirmed(me) else said
        if me is None or not who.name:
            return await _ask_name(tx, me or person, plan, role, unit, now)
        return await claim_role(service, tx, me, plan, role, unit, who, cause=cause, now=now)

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def _ask_name(tx: Writing, person: Person, plan: Plan, role: str, unit: str | None, now: datetime) -> AdminResult:
    """Ask who somebody is before an administrator is asked about him."""
    if person.place_id is None:
        return AdminResult(key="start_first", ok=False)
    data = {"place": plan.jurisdiction.name, "plan": plan.id, "role": role, **({"unit": unit} if unit else {})}
    await tx.forms.save(Form(place_id=person.place_id, person_id=person.id, kind=FORM, data=data, at=now))
    return AdminResult(key="claim_who", values={**held_by(plan, role, unit), "ask": ASK})


async def claim_role(
    service: Service, tx: Writing, person: Person, plan: Plan, role: str, unit: str | None, who: Who, *, cause: str,
    now: datetime,
) -> AdminResult:  # fmt: skip
    """Put a claim down and ask the administrators.

    Args:
        who: as he says he is; whoever approves the claim confirms it.
    """
    name = plan.jurisdiction.name
    waiting = [item for item in await tx.people.claims(name) if item.person_id == person.id]
    if any((item.plan_id, item.role, item.unit) == (plan.id, role, unit) for item in waiting):
        return AdminResult(key="claimed_already", values=held_by(plan, role, unit))
    if len(waiting) >= MOST_OF_ONE:
        return AdminResult(key="claims_most", ok=False, values={"most": MOST_OF_ONE})
    new = Claim(
        id=new_id(),
        person_id=person.id,
        jurisdiction=name,
        plan_id=plan.id,
        role=role,
        unit=unit,
        at=now,
        name=who.name,
        office=who.office,
        phone=who.phone,
    )
    await tx.people.claim(new)
    await append_admin_event(
        tx, name, "role-claimed", actor=person.id, cause=cause, at=now, name=shown_name(person), plan=plan.id,
        role=role, unit=unit,
    )  # fmt: skip
    if who[:2] != who_of(person)[:2]:
        await state_name(tx, person, who, name, cause=cause, now=now)
    messages = await questions(service, tx, plan, now)
    return AdminResult(
        key="claimed" if messages else "claimed_no_admin", values=held_by(plan, role, unit), messages=messages
    )


async def questions(service: Service, tx: Writing, plan: Plan, now: datetime) -> tuple[OutgoingMessage, ...]:
    """Ask the administrators about all that waits: at once, and then at most every so often, joined into one.

    Where only names wait it is silent; nobody is asked who he is himself, where another can be.
    """
    name, registry = plan.jurisdiction.name, service.registry
    waiting = [item for item in await tx.people.claims(name) if item.plan_id in registry.ids]
    asked = await admins(service, tx, plan)
    messages = []
    for admin in asked:
        theirs = [item for item in waiting if item.role or item.person_id != admin.id or len(asked) == 1]
        if not theirs:
            continue
        lines = [await _line(tx, item, registry.current(item.plan_id)) for item in theirs[:MOST_ASKED]]
        words, ring = claim_message(lines, len(theirs) - len(lines)), any(item.role for item in theirs)
        last = await tx.outbox.last_begun(admin.place_id or "", NOTICE)
        due = last.claimed_at + PAUSE if last is not None and last.claimed_at is not None else now
        messages.append(
            OutgoingMessage(
                place_id=admin.place_id or "", message=words, notice=NOTICE, audience=keys.to_person(admin.id),
                person_id=admin.id, jurisdiction=name, ring=ring,
                priority=2 if ring else 3, coalesce=f"claims:{name}", not_before=max(now, due),
            )
        )  # fmt: skip
    return tuple(messages)


async def _line(tx: Writing, item: Claim, plan: Plan) -> ClaimLine:
    """Return a claim as administrators read it: who it is as he says, and what Telegram calls him."""
    person = await tx.people.get(item.person_id)
    who = Who(item.name, item.office, item.phone)
    same = await namesakes(tx, item.jurisdiction, who, person) if person is not None and who.name else []
    known = who_of(person) if person is not None else Who("")
    other = confirmed_as(known) if known.name and who.name and known[:2] != who[:2] else ""
    return ClaimLine(
        id=item.id,
        name=claimant_words(who, person.name if person is not None else ""),
        role=held_by(plan, item.role, item.unit)["role"] if item.role else "",
        plan=plan.title,
        warning=other + "".join(namesake(who_of(one)) for one in same[:1]),
    )


async def _asked_anew(service: Service, tx: Writing, plan: Plan, now: datetime) -> tuple[OutgoingMessage, ...]:
    """After a decision bring what waits to be asked up to date, and ask about those that found no room before."""
    open_claims = await tx.people.claims(plan.jurisdiction.name)
    waiting = [row for admin in await admins(service, tx, plan)
               for row in await tx.outbox.not_begun(admin.place_id or "", NOTICE)]  # fmt: skip
    if not open_claims:
        for row in waiting:
            await tx.outbox.drop(row.id, "all is decided", now)
        return ()
    return await questions(service, tx, plan, now) if waiting or len(open_claims) >= MOST_ASKED else ()


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
        plan, claimant = service.registry.current(waiting.plan_id), await tx.people.get(waiting.person_id)
        if claimant is not None and await _own_name(service, tx, person, waiting, claimant, plan):
            return AdminResult(key="name_not_yourself", ok=False)
        gone = claimant is None or is_erased(claimant)
        decided = await tx.people.decide_claim(claim_id, person.id, now, approved and not gone)
        if decided is None or claimant is None or gone:
            return AdminResult(key="claim_gone", ok=False)
        if not waiting.role:
            return await _decide_name(service, tx, person, waiting, claimant, plan, approved, cause, now)
        same, elsewhere = False, tuple[OutgoingMessage, ...]()
        if approved:
            if waiting.name and (claimant.confirmed_at is None or claimant.confirmed_at < waiting.at):
                who = Who(waiting.name, waiting.office, waiting.phone)
                claimant, same, elsewhere = await confirm_by(
                    service, tx, person, claimant, who, how="claim", cause=cause, now=now, place=waiting.jurisdiction
                )
            await grant(service, tx, claimant, plan, waiting.role, waiting.unit, by=person.id, cause=cause, now=now)
        else:
            await append_admin_event(
                tx, waiting.jurisdiction, "claim-refused", actor=person.id, cause=cause, at=now, person=claimant.id,
                role=waiting.role, unit=waiting.unit,
            )  # fmt: skip
        values = {**held_by(plan, waiting.role, waiting.unit), "plan": plan.title, "ask": ""}
        joined = "joined_duty" if waiting.role == "duty" else "joined"
        message = text_message(joined if approved else "claim_refused", **values)
        messages: tuple[OutgoingMessage, ...] = ()
        if claimant.place_id:
            messages = (
                OutgoingMessage(
                    place_id=claimant.place_id,
                    message=message,
                    notice="claim",
                    person_id=claimant.id,
                    ring=not is_night(now),
                ),
            )
        messages += (*elsewhere, *await _asked_anew(service, tx, plan, now))
        key = "claim_approved_same" if same else "claim_approved" if approved else "claim_denied"
        return AdminResult(key=key, values=values, messages=messages)

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def _own_name(service: Service, tx: Writing, person: Person, claim: Claim, claimant: Person, plan: Plan) -> bool:
    """Return whether an administrator would confirm himself under a new name, where another could."""
    if claimant.id != person.id or not claim.name or claim.name == claimant.real_name:
        return False
    return any(item.id != person.id for item in await admins(service, tx, plan))


async def _decide_name(
    service: Service, tx: Writing, admin: Person, claim: Claim, claimant: Person, plan: Plan, approved: bool,
    cause: str, now: datetime,
) -> AdminResult:  # fmt: skip
    """Confirm who somebody says he is, or not; he is told silently."""
    who = Who(claim.name, claim.office, claim.phone)
    same, elsewhere = False, tuple[OutgoingMessage, ...]()
    if approved:
        _, same, elsewhere = await confirm_by(
            service, tx, admin, claimant, who, how="claim", cause=cause, now=now, place=claim.jurisdiction
        )
    else:
        await append_admin_event(
            tx, claim.jurisdiction, "name-refused", actor=admin.id, cause=cause, at=now, person=claimant.id
        )
    messages = told(claimant, "name_confirmed" if approved else "name_refused", who)
    messages += (*elsewhere, *await _asked_anew(service, tx, plan, now))
    key = "name_approved_same" if same else "name_approved" if approved else "name_denied"
    return AdminResult(key=key, values={"who": who_is(who)}, messages=messages)


def told(person: Person, key: str, who: Who) -> tuple[OutgoingMessage, ...]:
    """Return the silent word to somebody about his name."""
    return silently(person, text_message(key, who=who_is(who)))


async def _waiting(service: Service, tx: Writing, claim_id: str) -> Claim | None:
    registry = service.registry
    for name in dict.fromkeys(registry.current(plan_id).jurisdiction.name for plan_id in registry.ids):
        for item in await tx.people.claims(name):
            if item.id == claim_id and item.plan_id in registry.ids:
                return item
    return None
