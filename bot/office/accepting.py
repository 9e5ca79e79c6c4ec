"""An invitation is accepted, declined or void: what the one-time link gives, and to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.callback_data import new_id
from bot.office.administration import AdminResult, Reply, admin_transaction, append_admin_event, held_by, may_administer
from bot.office.identity import FORM, INVITATION, confirm, silently, who_of
from bot.office.inviting import ASKED, SETTINGS
from bot.office.newcomers import tell_open
from bot.outgoing.addresses import ANY_PLAN
from bot.outgoing.messages import OutgoingMessage
from bot.render.chat import text_message
from bot.render.identity import invited, who_is
from bot.render.text import written
from bot.sealed import opened
from bot.service.requests import Requester
from bot.service.service import Service
from bot.texts.identity import ASK
from plans.core import keys
from plans.identity import Who
from plans.model import Plan
from plans.roster.people import name_key
from storage import Writing
from storage.forms import Form
from storage.people import Holding, Invitation, Person, is_confirmed, is_erased, of_name, shown_name


async def accept(
    service: Service,
    person: Person,
    token: str,
    *,
    cause: str,
    requester: Requester,
    reply: Reply | None = None,
    seen: tuple[str, str] | None = None,
) -> AdminResult | None:
    """Take an invitation: one that names somebody only after he has said that it is he.

    Whoever takes one that names nobody is asked who he is.

    Args:
        token: what came with the link, or its digest.
        seen: the name and office that he was shown, and said are his own.
    """

    async def act(tx: Writing, now: datetime) -> AdminResult:
        link = await tx.people.invitation(opened(token)) if requester.via == "direct" else None
        if link is None or link.plan_id not in service.registry.ids or not await _stands(service, tx, link):
            return AdminResult(key="invitation_dead", ok=False)
        if link.taken_by == person.id:
            plan = service.registry.current(link.plan_id)
            roles = [item.role for item in await tx.people.holdings(person.id, link.jurisdiction)]
            if link.role in roles:
                return AdminResult(
                    key="joined_already", values={**held_by(plan, link.role, link.unit), "plan": plan.title}
                )
        me, plan = await tx.people.get(person.id) or person, service.registry.current(link.plan_id)
        if is_erased(me):
            return AdminResult(key="invitation_dead", ok=False)
        if link.name and (asked := await _asked(tx, me, link, plan, seen, now)) is not None:
            return asked
        invitation = await tx.people.take_invitation(link.digest, person.id, now)
        if invitation is None:
            return AdminResult(key="invitation_dead", ok=False)
        who = Who(invitation.name, invitation.office, invitation.phone)
        if invitation.name and not is_confirmed(me):
            me = await confirm(
                tx, me, who, by=invitation.created_by, how=INVITATION, cause=cause, now=now,
                place=invitation.jurisdiction,
            )  # fmt: skip
        await grant(
            service, tx, me, plan, invitation.role, invitation.unit, by=invitation.created_by, cause=cause, now=now
        )
        key, ask = "joined_duty" if invitation.role == "duty" else "joined", ""
        if not is_confirmed(me) and me.place_id is not None:
            data = {"invitation": link.digest, "place": link.jurisdiction, "plan": plan.id}
            await tx.forms.save(Form(place_id=me.place_id, person_id=me.id, kind=FORM, data=data, at=now))
            await tx.people.save(replace(me, asked_at=now))
            ask = f"\n\n{ASK}"
        values = {**held_by(plan, invitation.role, invitation.unit), "plan": plan.title, "ask": ask}
        return AdminResult(key=key, values=values)

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def _asked(
    tx: Writing, me: Person, link: Invitation, plan: Plan, seen: tuple[str, str] | None, now: datetime
) -> AdminResult | None:
    """Ask whether somebody is the one whom an invitation names; None where that is plain."""
    if link.taken_at is not None or link.revoked_at is not None or link.expires_at <= now:
        return AdminResult(key="invitation_dead", ok=False)
    who = Who(link.name, link.office)
    if is_confirmed(me):
        if not of_name([me], who.name):
            values = {"who": who_is(who), "mine": who_is(who_of(me)._replace(phone=""))}
            return AdminResult(key="invitation_others", ok=False, values=values)
        if not (who.office and me.office) or name_key(who.office) == name_key(me.office):
            return None  # one of his name at another office may be another person: he is asked
    if seen == (link.name, link.office):
        return None
    role = held_by(plan, link.role, link.unit)["role"]
    message = OutgoingMessage(
        place_id=me.place_id or "", message=invited(who, role, plan.title, link.digest), notice="name",
        audience=keys.to_person(me.id), person_id=me.id, priority=1, ring=True,
    )  # fmt: skip
    return AdminResult(key=ASKED, messages=(message,) if me.place_id is not None else ())


async def decline(
    service: Service, person: Person, digest: str, *, cause: str, requester: Requester
) -> AdminResult | None:
    """Whoever opened an invitation is not the one whom it names: it is void, and who made it is told."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        link = await tx.people.invitation(digest)
        if requester.via != "direct" or link is None or not link.name or not await _void(tx, link, now):
            return AdminResult(key="invitation_dead", ok=False)
        plan, me = service.registry.current(link.plan_id), await tx.people.get(person.id)
        await append_admin_event(
            tx, link.jurisdiction, "invitation-revoked", actor=person.id, cause=cause, at=now, plan=link.plan_id,
            role=link.role, unit=link.unit,
        )  # fmt: skip
        maker = await tx.people.get(link.created_by)
        message = text_message(
            "invitation_came_wrong", who=who_is(Who(link.name, link.office)),
            telegram=written(me.name if me else "", 40), **held_by(plan, link.role, link.unit),
        )  # fmt: skip
        return AdminResult(key="invitation_not_me", messages=silently(maker, message))

    return await admin_transaction(service, act, cause=cause, requester=requester)


async def _void(tx: Writing, link: Invitation, now: datetime) -> bool:
    return link.expires_at > now and await tx.people.revoke_invitation(link.digest, now)


async def _stands(service: Service, tx: Writing, invitation: Invitation) -> bool:
    """Return whether the one who made an invitation still administers there: his word is asked when it is used."""
    if invitation.created_by == SETTINGS:
        return True
    maker = await tx.people.get(invitation.created_by)
    return maker is not None and await may_administer(service, tx, maker, invitation.jurisdiction)


async def grant(
    service: Service,
    tx: Writing,
    person: Person,
    plan: Plan,
    role: str,
    unit: str | None,
    *,
    by: str,
    cause: str,
    now: datetime,
) -> None:
    """Give a role, unless it is held already; an administrator's holds for every plan of the jurisdiction.

    Who comes to stand for somebody who was told something is told of it.
    """
    name, plan_id = plan.jurisdiction.name, ANY_PLAN if role == "admin" else plan.id
    holdings = await tx.people.holdings(person.id, name, lock=True)
    if any((item.plan_id, item.role, item.unit, item.ended_at) == (plan_id, role, unit, None) for item in holdings):
        return
    await tx.people.grant(
        Holding(
            id=new_id(), person_id=person.id, jurisdiction=name, plan_id=plan_id, role=role, unit=unit, granted_by=by,
            granted_at=now,
        )
    )  # fmt: skip
    await append_admin_event(
        tx, name, "role-granted", actor=by, cause=cause, at=now, person=person.id, name=shown_name(person),
        plan=plan_id, role=role, unit=unit, account=person.telegram_id, own=("name", "account"),
    )  # fmt: skip
    await tell_open(service, tx, person, plan, role, unit, now)
