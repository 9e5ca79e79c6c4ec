"""代行: a role is lent for a time. The holder asks, the other accepts, and it ends by itself or is taken back.

Nothing is lent that one does not hold in one's own right, so that it cannot be passed on.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.callback_data import new_id
from bot.office.administration import AdminResult, Reply, admin_transaction, append_admin_event
from bot.office.newcomers import tell_open
from bot.office.revoking import end, role_values, same, to_person
from bot.outgoing.messages import OutgoingMessage
from bot.render.delegating import offer, result_message
from bot.service.requests import Requester
from bot.service.service import Service
from plans.core import keys
from storage import Writing
from storage.people import Holding, Offer, Person, shown_name

LONGEST = timedelta(days=30)


async def ask(
    service: Service,
    person: Person,
    holding_id: str,
    other: Person,
    until: datetime,
    *,
    cause: str,
    requester: Requester,
    reply: Reply,
) -> AdminResult | None:
    """Ask somebody to act for oneself in a role, until a moment."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        holding = await tx.people.holding(holding_id)
        if requester.via != "direct":
            return AdminResult(key="directly", ok=False)
        if (
            holding is None
            or holding.person_id != person.id
            or holding.until is not None
            or not now < until <= now + LONGEST
        ):
            return AdminResult(key="stale", ok=False)
        if other.place_id is None or other.blocked_at is not None or other.id == person.id:
            return AdminResult(key="nobody", ok=False, values={"given": shown_name(other), "names": ""})
        new = Offer(id=new_id(), holding_id=holding.id, person_id=other.id, until=until, at=now)
        await tx.people.offer(new)
        await append_admin_event(
            tx, holding.jurisdiction, "delegation-offered", actor=person.id, cause=cause, at=now, to=other.id,
            plan=holding.plan_id, role=holding.role, unit=holding.unit, until=until.isoformat(),
        )  # fmt: skip
        values = {**role_values(service, holding), "whose": shown_name(person), "until": until}
        outgoing = OutgoingMessage(
            place_id=other.place_id, message=offer(new.id, values, now), notice="delegation",
            audience=keys.to_person(other.id), person_id=other.id, jurisdiction=holding.jurisdiction, ring=True,
        )  # fmt: skip
        return AdminResult(key="asked", values={"name": shown_name(other), "until": until}, messages=(outgoing,))

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def settle(
    service: Service, person: Person, offer_id: str, accepted: bool, *, cause: str, requester: Requester
) -> AdminResult | None:
    """Accept or refuse to act for somebody, once; what was asked for must still be theirs to lend."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        if requester.via != "direct":
            return AdminResult(key="stale", ok=False)
        offer_row = await tx.people.answer_offer(offer_id, person.id, now, accepted)
        holding = await tx.people.holding(offer_row.holding_id) if offer_row is not None else None
        if offer_row is None or holding is None or holding.until is not None or offer_row.until <= now:
            return AdminResult(key="stale", ok=False)
        whose, until = await tx.people.get(holding.person_id), offer_row.until
        values = {**role_values(service, holding), "name": shown_name(person), "until": until}
        values["whose"] = shown_name(whose) if whose is not None else ""
        if accepted:
            for item in await tx.people.holdings(person.id, lock=True):
                if item.acting_for == holding.person_id and same(item, holding):  # it ends at another moment now
                    await tx.people.revoke(item.id, now)
            lent = Holding(
                id=new_id(), person_id=person.id, jurisdiction=holding.jurisdiction, plan_id=holding.plan_id,
                role=holding.role, unit=holding.unit, granted_by=holding.person_id, granted_at=now, until=until,
                acting_for=holding.person_id,
            )  # fmt: skip
            await tx.people.grant(lent)
            if holding.plan_id in service.registry.ids:
                plan = service.registry.current(holding.plan_id)
                await tell_open(service, tx, person, plan, holding.role, holding.unit, now)
        await append_admin_event(
            tx, holding.jurisdiction, "role-delegated" if accepted else "delegation-refused", actor=person.id,
            cause=cause, at=now, person=person.id, name=shown_name(person), whose=holding.person_id,
            plan=holding.plan_id, role=holding.role, unit=holding.unit, until=until.isoformat(),
            account=person.telegram_id,
            own=("name", "account"),
        )  # fmt: skip
        key = "accepted_yours" if accepted else "refused_yours"
        messages = to_person(whose, result_message(key, values, now), "delegation", ring=True)
        return AdminResult(key="accepted" if accepted else "refused", values=values, messages=messages)

    return await admin_transaction(service, act, cause=cause, requester=requester)


async def take_back(
    service: Service, person: Person, holding_id: str, *, cause: str, requester: Requester
) -> AdminResult | None:
    """Take back what one has lent; whoever acted is told and decides nothing more from this moment."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        holding = await tx.people.holding(holding_id)
        if holding is None or holding.acting_for != person.id or requester.via != "direct":
            return AdminResult(key="stale", ok=False)
        await end(tx, holding, by=person.id, cause=cause, now=now)
        for item in await tx.people.holdings(person.id, holding.jurisdiction):
            if same(item, holding):
                await tx.people.withdraw_offers(item.id, now, holding.person_id)
        other = await tx.people.get(holding.person_id)
        values = {
            **role_values(service, holding),
            "whose": shown_name(person),
            "name": shown_name(other) if other is not None else "",
        }
        messages = to_person(other, result_message("taken_back_theirs", values, now), "delegation", ring=True)
        return AdminResult(key="taken_back", values=values, messages=messages)

    return await admin_transaction(service, act, cause=cause, requester=requester)


async def withdraw(
    service: Service, person: Person, offer_id: str, *, cause: str, requester: Requester
) -> AdminResult | None:
    """Withdraw what was offered and not answered yet."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        offer_row = await tx.people.offered(offer_id)
        holding = await tx.people.holding(offer_row.holding_id) if offer_row is not None else None
        if offer_row is None or holding is None or holding.person_id != person.id or requester.via != "direct":
            return AdminResult(key="stale", ok=False)
        if await tx.people.answer_offer(offer_row.id, offer_row.person_id, now, False) is None:
            return AdminResult(key="stale", ok=False)
        other = await tx.people.get(offer_row.person_id)
        values = {**role_values(service, holding), "name": shown_name(other) if other is not None else ""}
        await append_admin_event(
            tx, holding.jurisdiction, "delegation-withdrawn", actor=person.id, cause=cause, at=now,
            to=offer_row.person_id, plan=holding.plan_id, role=holding.role, unit=holding.unit,
        )  # fmt: skip
        return AdminResult(key="offer_withdrawn", values=values)

    return await admin_transaction(service, act, cause=cause, requester=requester)
