"""It is confirmed who somebody is: by the invitation that he takes, by an administrator, or by asking him once.

What was written under an earlier name stays as it was written.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.callback_data import new_id
from bot.clock import SHANGHAI
from bot.office.administration import (
    AdminResult,
    Reply,
    admin_transaction,
    admins,
    may_administer,
)
from bot.office.claims import claim_role, questions, told
from bot.office.identity import (
    FORM,
    INVITATION,
    administered_places,
    change_phone,
    confirm,
    confirm_by,
    namesakes,
    plan_in,
    silently,
    state_name,
    who_of,
)
from bot.office.people import bound_plans
from bot.outgoing.messages import OutgoingMessage
from bot.render.identity import asked_once, by_invitation, who_is
from bot.service.requests import Requester
from bot.service.service import Service
from plans.identity import Who
from plans.model import Plan
from storage import Writing
from storage.forms import Form
from storage.people import Claim, Person, is_confirmed
from storage.transaction import Reading

DAY = (time(9), time(17))
"""本地规定: between these hours people are asked who they are; it is never urgent."""

MOST_ASKED = 20
"""People who are asked at one round."""


async def state(
    service: Service, person: Person, said: Who, *, cause: str, requester: Requester, reply: Reply, own: bool = False
) -> AdminResult | None:
    """Take what somebody says of himself, or an administrator of another: what was asked for says which.

    Args:
        said: where it names no telephone, the one that is known stays.
        own: it is about himself, whatever was asked for.
    """

    async def act(tx: Writing, now: datetime) -> AdminResult:
        me = await tx.people.get(person.id)
        if requester.via != "direct" or me is None:
            return AdminResult(key="name_directly", ok=False)
        form = await tx.forms.get(me.place_id or "", me.id)
        data = form.data if form is not None and form.kind == FORM else {}
        if data.get("plan") and data["plan"] not in service.registry.ids:  # it is not installed any more
            data = {}
        if form is not None and form.kind == FORM:
            await tx.forms.clear(form.place_id, me.id)
        if not own and data.get("person", me.id) != me.id:
            return await _correct(service, tx, me, data, said, cause, now)
        who = said.keeping(me.phone)
        if data.get("role"):
            return await claim_role(
                service, tx, me, service.registry.current(data["plan"]), data["role"], data.get("unit"), who,
                cause=cause, now=now,
            )  # fmt: skip
        if data.get("invitation") and not is_confirmed(me) and not await namesakes(tx, data["place"], who, me):
            new = await _claim(tx, me, service.registry.current(data["plan"]), who, now)
            await tx.people.decide_claim(new.id, INVITATION, now, True)
            await confirm(tx, me, who, by=me.id, how=INVITATION, cause=cause, now=now, place=data["place"])
            return AdminResult(key="name_confirmed", values={"who": who_is(who)})
        return await _of_himself(service, tx, me, who, cause, now)

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def _of_himself(service: Service, tx: Writing, me: Person, who: Who, cause: str, now: datetime) -> AdminResult:
    """Take somebody's own word: of his telephone it is enough, of his name and office an administrator is asked."""
    values = {"who": who_is(who)}
    if is_confirmed(me) and (me.real_name, me.office) == (who.name, who.office):
        if me.phone == who.phone:
            return AdminResult(key="name_same")
        plan = await _plan_of(service, tx, me)
        place = plan.jurisdiction.name if plan is not None else ""
        await change_phone(tx, me, who.phone, cause=cause, now=now, place=place)
        return AdminResult(key="name_phone" if who.phone else "name_phone_gone", values=values)
    plan = await _plan_of(service, tx, me)
    if plan is None:
        return AdminResult(key="name_no_role", ok=False)
    others = [item for item in await admins(service, tx, plan) if item.id != me.id]
    if not others and await may_administer(service, tx, me, plan.jurisdiction.name):  # somebody must be the first
        if any(item.office in ("", who.office) for item in await namesakes(tx, plan.jurisdiction.name, who, me)):
            return AdminResult(key="name_taken", ok=False)
        await confirm(tx, me, who, by=me.id, how="self", cause=cause, now=now, place=plan.jurisdiction.name)
        return AdminResult(key="name_confirmed", values=values)
    await _claim(tx, me, plan, who, now)
    await state_name(tx, me, who, plan.jurisdiction.name, cause=cause, now=now)
    messages = await questions(service, tx, plan, now)
    return AdminResult(key="name_stated" if others else "name_stated_no_admin", values=values, messages=messages)


async def _claim(tx: Writing, me: Person, plan: Plan, who: Who, now: datetime) -> Claim:
    """Put down who somebody says he is, in the place of what he said before."""
    name = plan.jurisdiction.name
    for item in await tx.people.claims(name):
        if item.person_id == me.id and not item.role:
            await tx.people.decide_claim(item.id, me.id, now, False)
    new = Claim(
        id=new_id(), person_id=me.id, jurisdiction=name, plan_id=plan.id, role="", at=now, name=who.name,
        office=who.office, phone=who.phone,
    )  # fmt: skip
    await tx.people.claim(new)
    return new


async def _plan_of(service: Service, tx: Reading, person: Person) -> Plan | None:
    """Return a plan of the jurisdiction whose administrators know somebody: where he first held something."""
    registry = service.registry
    for item in await tx.people.holdings(person.id):
        if item.plan_id in registry.ids:
            return registry.current(item.plan_id)
        if (plan := plan_in(service, item.jurisdiction)) is not None:
            return plan
    if person.telegram_id in service.admins:
        return next(iter(await bound_plans(tx, service)), None) or next(map(registry.current, registry.ids), None)
    return None


def fingerprint(person: Person) -> str:
    """Return what an administrator saw of somebody: changed since, his word is asked for anew."""
    words = "\0".join([*who_of(person), person.confirmed_at.isoformat() if person.confirmed_at else ""])
    return hashlib.sha256(words.encode()).hexdigest()[:16]


async def _correct(
    service: Service, tx: Writing, me: Person, data: dict[str, str], said: Who, cause: str, now: datetime
) -> AdminResult:
    """Take an administrator's word of who somebody is."""
    other = await tx.people.get(data["person"])
    administered = await administered_places(service, tx, me, other) if other is not None else []
    if other is None or not administered:
        return AdminResult(key="name_gone", ok=False)
    if fingerprint(other) != data["seen"]:
        return AdminResult(key="name_changed_since", ok=False)
    who = said.keeping(other.phone)
    other, same, messages = await confirm_by(
        service, tx, me, other, who, how="administrator", cause=cause, now=now, place=administered[0]
    )
    key = "name_corrected_same" if same else "name_corrected"
    return AdminResult(key=key, values={"who": who_is(who)}, messages=(*told(other, "name_you_are", who), *messages))


async def ask_everybody(service: Service, now: datetime) -> None:
    """Ask those who are there already who they are: once each, silently, in the daytime; then tell of invitations."""
    if not DAY[0] <= now.astimezone(SHANGHAI).time() < DAY[1]:
        return
    async with service.store.reading() as rx:
        people = await rx.people.unasked(MOST_ASKED)
    for person in people:
        await _ask(service, person)
    await _tell_of_invitations(service, now)


async def _ask(service: Service, person: Person) -> None:
    async def act(tx: Writing, now: datetime) -> AdminResult:
        fresh = await tx.people.get(person.id)
        if fresh is None or fresh.place_id is None or fresh.blocked_at or fresh.asked_at or is_confirmed(fresh):
            return AdminResult(key="name_same")
        await tx.people.save(replace(fresh, asked_at=now))
        if await tx.forms.get(fresh.place_id, fresh.id) is None:  # he answers something else now: he may send /name
            await tx.forms.save(Form(place_id=fresh.place_id, person_id=fresh.id, kind=FORM, data={}, at=now))
        message = OutgoingMessage(
            place_id=fresh.place_id, message=asked_once(), notice="name", person_id=fresh.id, priority=3
        )
        return AdminResult(key="name_asked", messages=(message,))

    await admin_transaction(service, act, cause=f"name-asked:{person.id}", requester=Requester())


async def _tell_of_invitations(service: Service, now: datetime) -> None:
    """Tell administrators once a day, silently, who was confirmed by an invitation: they alone know who it is."""
    today = datetime.combine(now.astimezone(SHANGHAI).date(), DAY[0], SHANGHAI)
    async with service.store.reading() as rx:
        plans = {plan.jurisdiction.name: plan for plan in await bound_plans(rx, service)}
        messages: dict[str, list[OutgoingMessage]] = {}
        for name, plan in plans.items():
            claims = await rx.people.claims_decided_by(INVITATION, name, today - timedelta(days=1), today)
            people = [(Who(item.name, item.office, item.phone), await rx.people.get(item.person_id)) for item in claims]
            lines = [(who, person.name if person is not None else "") for who, person in people if who.name]
            for admin in await admins(service, rx, plan) if lines else ():
                messages.setdefault(name, []).extend(silently(admin, by_invitation(lines)))
    for name, words in messages.items():
        cause = f"names-told:{name}:{today.date().isoformat()}"
        await service.say(words, cause=cause, requester=Requester())
