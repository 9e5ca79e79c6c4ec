"""替班、换班: somebody asks for a replacement on a shift of his, and the first colleague who says yes gets it.

What is decided is decided in the transaction: two who press at the same moment are one who is first and one who is told
so. One shift changes, or the rest of it; those whose shift it was or is are told, and who leads it.
"""

from __future__ import annotations

from datetime import datetime

from bot.office.administration import AdminResult, Reply, admin_transaction, append_admin_event, may_administer
from bot.office.seat import sitting_on
from bot.office.substitutes import roles_of, substitute
from bot.office.swap_shifts import (
    TAKER_GONE,
    Wanted,
    changes,
    clash_of,
    colleagues,
    leaders,
    on_request,
    other_of,
    plan_of,
    request_of,
    serves,
    settled,
    stands,
    void,
)
from bot.office.swap_words import letter, not_before, question_to, settle_messages
from bot.outgoing.messages import OutgoingMessage
from bot.outgoing.serving import key_of_row
from bot.render import swap_shifts as shift_pages
from bot.render import swaps as pages
from bot.render.swap_shifts import ShiftLine
from bot.service.requests import Requester
from bot.service.service import Service
from bot.texts.swaps import ERASED
from plans.model import Plan
from plans.roster.duty import LEADER
from plans.times.night import is_night
from storage import Writing
from storage.people import Person, shown_name
from storage.people.swaps import (
    AGREED,
    DONE,
    OPEN,
    REFUSED,
    SwapRow,
)


async def ask(
    service: Service, person: Person, wanted: Wanted, *, cause: str, requester: Requester, reply: Reply | None = None
) -> AdminResult | None:
    """Ask the colleagues of the same role, or one of them, to serve a shift of one's own."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        if requester.via != "direct":
            return AdminResult(key="directly", ok=False)
        if person.place_id is None:
            return AdminResult(key="no_private", ok=False)
        plan = plan_of(service, wanted.plan_id)
        if plan is None:
            return AdminResult(key="gone", ok=False)
        row = await request_of(tx, plan, person, wanted, now)
        if row is None:
            return AdminResult(
                key="not_his_shift", ok=False, values={"name": wanted.other.name if wanted.other else ""}
            )
        if row.closes <= now:
            return AdminResult(key="begun", ok=False)
        if not await serves(tx, plan, row, person.id, now):
            return AdminResult(key="not_your_shift", ok=False)
        waiting = await tx.people.waiting_swaps(row.jurisdiction)
        if any(item.plan_id == row.plan_id and key_of_row(item) == key_of_row(row) for item in waiting):
            return AdminResult(key="asked_already", ok=False)
        asked = await colleagues(tx, person, row)
        if (other := other_of(row)) is not None:
            asked = [one for one in asked if one.id == row.partner_id]
            if not asked or other.begins <= now:
                return AdminResult(key="not_his_shift", ok=False, values={"name": other.name})
            if max(row.begins, other.begins) < min(row.ends, other.ends):
                return AdminResult(key="same_shift", ok=False)
        if asked:
            await tx.people.ask_swap(row)
            await append_admin_event(
                tx, row.jurisdiction, "swap-asked", actor=person.id, cause=cause, at=now, plan=row.plan_id,
                request=row.id, begins=row.begins.isoformat(), kind=row.kind, name=row.name, person=person.id,
                partner=row.partner_id, text=row.reason, own=("name", "text"),
            )  # fmt: skip
        told = await leaders(service, tx, plan, max(now, row.begins), {person.id})
        later = not_before(now, row)
        messages = [await question_to(tx, service, plan, row, person, one, now, later) for one in asked]
        line = ShiftLine.of_row(row, plan)
        to_leader = pages.leader_asked(shown_name(person), line, row.reason, len(asked), now)
        if row.partner_id is None:
            messages += [
                letter(row, one, to_leader, "swap_asked", ring=not asked, not_before=None if not asked else later)
                for one in told
            ]
        values = {
            "count": len(asked),
            "shift": line,
            "leaders": [shown_name(one) for one in told],
            "morning": later,
            "request": row.id,
            "name": shown_name(asked[0]) if asked else "",
            "other": ShiftLine.of_row(other, plan) if other is not None else None,
        }
        messages.append(letter(row, person, pages.asked(values, now), "swap_asked"))
        return AdminResult(key="asked", values=values, messages=tuple(messages))

    return await admin_transaction(service, act, cause=cause, requester=requester, reply=reply)


async def take(
    service: Service, person: Person, request_id: str, *, cause: str, requester: Requester
) -> AdminResult | None:
    """「我来替」: the first colleague who says yes serves the shift, or will where the leader approves it."""

    async def act(tx: Writing, now: datetime, row: SwapRow, plan: Plan) -> AdminResult:
        asker = await tx.people.get(row.person_id)
        if problem := await _may_not_take(tx, plan, row, person, asker, requester, now):
            return problem
        approval = service.policy.swap_approval
        taken = await tx.people.take_swap(row.id, person.id, now, AGREED if approval else DONE)
        if taken is None or asker is None:
            return await settled(tx, request_id)
        await append_admin_event(
            tx, row.jurisdiction, "swap-agreed" if approval else "swap-taken", actor=person.id, cause=cause, at=now,
            plan=row.plan_id, request=row.id, begins=row.begins.isoformat(), kind=row.kind, name=row.name,
            person=row.person_id, substitute=person.id,
        )  # fmt: skip
        if approval:
            messages = await _ask_leaders(service, tx, plan, taken, asker, person, now)
            return AdminResult(key="agreed", messages=messages)
        messages = await _take_effect(service, tx, plan, taken, asker, person, by=person.id, cause=cause, now=now)
        return AdminResult(key="done", messages=messages)

    return await on_request(service, request_id, act, cause=cause, requester=requester)


async def _may_not_take(
    tx: Writing, plan: Plan, row: SwapRow, person: Person, asker: Person | None, requester: Requester, now: datetime
) -> AdminResult | None:
    """Return why somebody may not take a request, None where he may."""
    if requester.via != "direct":
        return AdminResult(key="directly", ok=False)
    if person.id == row.person_id:
        return AdminResult(key="yourself", ok=False)
    roles = await roles_of(tx, person.id, row, lock=True)
    if (row.partner_id is not None and row.partner_id != person.id) or not roles:
        return AdminResult(key="not_yours", ok=False)
    if row.state != OPEN:
        return await settled(tx, row.id)
    if row.closes <= now:
        return AdminResult(key="begun", ok=False)
    if asker is None or not await stands(tx, plan, row, now):
        return AdminResult(
            key="not_his_shift", ok=False, values={"name": shown_name(asker) if asker is not None else ""}
        )
    if not roles & await roles_of(tx, asker.id, row):
        return AdminResult(key="not_yours", ok=False)
    return None


async def _ask_leaders(
    service: Service, tx: Writing, plan: Plan, row: SwapRow, asker: Person, person: Person, now: datetime
) -> tuple[OutgoingMessage, ...]:
    told = await leaders(service, tx, plan, max(now, row.begins), {asker.id, person.id})
    await settle_messages(tx, row, AGREED, {"name": shown_name(person)}, now, keep={asker.id, person.id})
    later, lines = not_before(now, row), changes(plan, row, asker, person)
    names, shift = [shown_name(one) for one in told], ShiftLine.of_row(row, plan)
    question = pages.leader_decides(row.id, lines, row.reason, now)
    return (
        *(letter(row, one, question, "swap_decide", ring=True, not_before=later) for one in told),
        letter(row, asker, pages.agreed_asker(shown_name(person), names, shift, now), "swap_settled"),
        letter(row, person, pages.agreed_substitute(shown_name(asker), names, shift, now), "swap_settled"),
    )


async def _take_effect(
    service: Service, tx: Writing, plan: Plan, row: SwapRow, asker: Person, person: Person, *, by: str, cause: str,
    now: datetime,
) -> tuple[OutgoingMessage, ...]:  # fmt: skip
    """Let the substitute serve from now on, and tell those whose shift changed, and who leads it."""
    await substitute(tx, row, person.id, instead_of=asker.id, request_id=row.id, by=by, cause=cause, now=now)
    other = other_of(row)
    if other is not None:
        await substitute(tx, other, asker.id, instead_of=person.id, request_id=row.id, by=by, cause=cause, now=now)
    await settle_messages(tx, row, DONE, {"name": shown_name(person)}, now, keep={asker.id, person.id})
    shift = ShiftLine.of_row(row, plan)
    taking = None
    if row.begins <= now and row.kind != LEADER:
        seat = await tx.people.seat(row.jurisdiction, row.plan_id)
        taking = shift_pages.Seat(plan=plan.id, seen=sitting_on(seat), until=row.ends)
    told = {one.id: one for one in await leaders(service, tx, plan, max(now, row.begins), {asker.id, person.id})}
    if other is not None:
        to_asker = pages.exchanged(shown_name(person), ShiftLine.of_row(other, plan), shift, now, "", None)
        to_person = pages.exchanged(shown_name(asker), shift, ShiftLine.of_row(other, plan), now, row.id, taking)
        told |= {one.id: one for one in await leaders(service, tx, plan, other.begins, {asker.id, person.id})}
    else:
        clash = await clash_of(tx, plan, person.id, row, now)
        to_asker = pages.taken_asker(shown_name(person), shift, now)
        to_person = pages.taken_substitute(shown_name(asker), shift, clash, row.id, taking, now)
    news = pages.leader_told(changes(plan, row, asker, person), row.reason, now)
    silent = is_night(now)
    return (
        letter(row, asker, to_asker, "swap_settled", ring=not silent),
        letter(row, person, to_person, "swap_settled"),
        *(letter(row, one, news, "swap_settled", ring=False) for one in told.values()),
    )


async def decide(
    service: Service, person: Person, request_id: str, *, approved: bool, cause: str, requester: Requester
) -> AdminResult | None:
    """「同意」「不同意」 of whoever leads the shift, where the office wants that asked first."""

    async def act(tx: Writing, now: datetime, row: SwapRow, plan: Plan) -> AdminResult:
        if row.taken_by is None:
            return AdminResult(key="gone", ok=False)
        parties = {row.person_id, row.taken_by}
        leading = {one.id for one in await leaders(service, tx, plan, max(now, row.begins), parties)}
        administers = await may_administer(service, tx, person, row.jurisdiction)
        if requester.via != "direct" or person.id in parties or not (person.id in leading or administers):
            return AdminResult(key="may_not", ok=False)
        asker, taker = await tx.people.get(row.person_id), await tx.people.get(row.taken_by)
        if row.state != AGREED or asker is None or taker is None:
            return AdminResult(key="settled", ok=False)
        if row.closes <= now:
            return AdminResult(key="begun", ok=False)
        shift = ShiftLine.of_row(row, plan)
        why = await void(tx, plan, row, now) if approved else ""
        if why:
            key, whose = ("taker_gone", taker) if why == TAKER_GONE else ("not_his_shift", asker)
            return AdminResult(key=key, ok=False, values={"name": shown_name(whose) or ERASED})
        if await tx.people.settle_swap(row.id, (AGREED,), DONE if approved else REFUSED, person.id, now) is None:
            return AdminResult(key="settled", ok=False)  # withdrawn, or decided by another, since it was read
        await append_admin_event(
            tx, row.jurisdiction, "swap-approved" if approved else "swap-refused", actor=person.id, cause=cause, at=now,
            plan=row.plan_id, request=row.id, begins=row.begins.isoformat(), kind=row.kind, name=row.name,
            person=asker.id, substitute=taker.id,
        )  # fmt: skip
        if approved:
            messages = await _take_effect(service, tx, plan, row, asker, taker, by=person.id, cause=cause, now=now)
            return AdminResult(key="approved", messages=tuple(m for m in messages if m.person_id != person.id))
        await settle_messages(tx, row, REFUSED, {}, now, keep={person.id})
        to_asker = pages.refused_asker(shown_name(person), shift, row, now)
        to_taker = pages.refused_substitute(shown_name(person), shift, now)
        return AdminResult(
            key="refused",
            messages=(
                letter(row, asker, to_asker, "swap_settled", ring=not is_night(now)),
                letter(row, taker, to_taker, "swap_settled"),
            ),
        )

    return await on_request(service, request_id, act, cause=cause, requester=requester)
