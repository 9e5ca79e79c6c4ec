"""叫应测试: everybody who holds a role is asked for one tap, so that a dead binding shows before it is needed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.callback_data import new_id
from bot.cases.streams import admin_log
from bot.office.administration import (
    AdminResult,
    Reply,
    admin_transaction,
    append_admin_event,
    may_administer,
    role_name,
)
from bot.outgoing.addresses import ANY_PLAN
from bot.outgoing.messages import OutgoingMessage
from bot.outgoing.roll import ANSWERED, CALLED, last_roll, table_row
from bot.render.roll import question
from bot.service.requests import Requester
from bot.service.service import Service
from plans.core import keys
from plans.model import Plan
from storage import Writing
from storage.people import Holding, Person


async def call_roll(
    service: Service,
    person: Person,
    place_id: str,
    plans: Sequence[Plan],
    *,
    cause: str,
    requester: Requester,
    reply: Reply | None = None,
) -> AdminResult | None:
    """Ask everybody who holds a role under these plans, all of one jurisdiction, for one tap."""
    name = plans[0].jurisdiction.name

    async def act(tx: Writing, now: datetime) -> AdminResult:
        if requester.via != "direct" or not await _may_call(service, tx, person, plans):
            return AdminResult(key="roll_not_yours", ok=False)
        holdings = [item for item in await tx.people.all_holdings(name) if item.person_id != person.id]
        titles = _titles(holdings, plans)
        people = {key: await tx.people.get(key) for key in titles}
        reached = {key: one for key, one in people.items() if one is not None and _reachable(one)}
        if not titles:
            return AdminResult(key="roll_nobody")
        roll = new_id()
        missed = sorted(titles.keys() - reached.keys())
        await append_admin_event(
            tx, name, CALLED, actor=person.id, cause=cause, at=now, roll=roll, place=place_id, titles=titles,
            unreachable=missed,
        )  # fmt: skip
        await tx.outbox.enqueue([table_row(roll, name, place_id, now)])
        messages = tuple(
            OutgoingMessage(
                place_id=one.place_id or "", message=question(plans[0], roll, titles[key], now), notice="roll",
                audience=keys.to_person(key), person_id=key, jurisdiction=name, ring=True,
            )
            for key, one in reached.items()
        )  # fmt: skip
        return AdminResult(key="roll_called", messages=messages)

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def _may_call(service: Service, tx: Writing, person: Person, plans: Sequence[Plan]) -> bool:
    name = plans[0].jurisdiction.name
    holdings = await tx.people.holdings(person.id, name, lock=True)
    duty = {item.plan_id for item in holdings if item.role == "duty"}
    return all(duty & {plan.id, ANY_PLAN} for plan in plans) or await may_administer(service, tx, person, name)


def _titles(holdings: Sequence[Holding], plans: Sequence[Plan]) -> dict[str, str]:
    """Return for each person the first role that is held under one of the plans; a reporter is not called."""
    plan_by_id = {plan.id: plan for plan in plans}
    titles: dict[str, str] = {}
    for item in holdings:
        plan = plan_by_id.get(item.plan_id) or (plans[0] if item.plan_id == ANY_PLAN else None)
        if plan is not None and item.role != "reporter":
            title = role_name(plan, item.role)
            titles.setdefault(item.person_id, f"{title} {item.unit}" if item.unit else title)
    return titles


def _reachable(person: Person) -> bool:
    return person.place_id is not None and person.blocked_at is None


async def answer_roll(
    service: Service, person: Person, roll_id: str, *, cause: str, requester: Requester
) -> AdminResult | None:
    """Note one answer, once, to the last roll of a jurisdiction."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        holdings = await tx.people.holdings(person.id)
        for name in dict.fromkeys(item.jurisdiction for item in holdings):
            roll = last_roll(await tx.journal.load(admin_log(name)))
            if roll is None or roll.id != roll_id or person.id not in roll.titles:
                continue
            if person.id in roll.answers:
                return AdminResult(key="roll_answered_already")
            await append_admin_event(
                tx, name, ANSWERED, actor=person.id, cause=cause, at=now, roll=roll_id, person=person.id
            )
            await tx.outbox.enqueue([table_row(roll.id, name, roll.place_id, now)])
            return AdminResult(key="roll_answered")
        return AdminResult(key="roll_over", ok=False)

    return await admin_transaction(service, act, cause=cause, requester=requester)
