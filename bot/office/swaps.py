"""替班、换班: somebody asks for a replacement on a shift of his, and the first colleague who says yes gets it.

What is decided is decided in the transaction: two who press at the same moment are one who is first and one who is told
so. One shift changes, or the rest of it; those whose shift it was or is are told, and who leads it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.callback_data import new_id
from bot.office.administration import AdminResult, Reply, admin_transaction, admins, append_admin_event, may_administer
from bot.office.seat import sitting_on
from bot.office.substitutes import fall, fits, reachable, roles_of, substitute
from bot.outgoing.messages import OutgoingMessage
from bot.outgoing.retraction import strip_guarded
from bot.outgoing.serving import Serving, key_of_row, server_of, serving, serving_at
from bot.render import Message
from bot.render import swaps as pages
from bot.render.swaps import ShiftLine
from bot.service.requests import Requester
from bot.service.service import Service
from plans.core import keys
from plans.model import Plan
from plans.roster import Turn
from plans.roster.duty import LEADER
from plans.roster.overrides import key_of
from plans.times.night import is_night, morning_of
from storage import Writing
from storage.outbox import OutboxRow
from storage.people import Person, shown_name
from storage.people.swaps import (
    AGREED,
    DONE,
    OPEN,
    REFUSED,
    RETURNED,
    WAITING,
    WITHDRAWN,
    OverrideRow,
    SwapRow,
)
from storage.transaction import Reading

SOON = timedelta(hours=12)
"""本地规定: who must answer before a shift that begins so soon is rung at night too; else in the morning."""

SWAP_AHEAD = timedelta(days=31)
"""So far ahead one's own shifts are listed, and those of others for which they could be exchanged."""

LONGEST_REASON = 100


def guard_of(request_id: str) -> str:
    """Return what the messages of a request hang on; it is also the stream under which they are found."""
    return f"swap:{request_id}"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which shift is to change.

    Attributes:
        plan_id: of the roster. turn: as the roster has it. other: for which shift of a colleague it is to be exchanged;
            None where any colleague may take it.
    """

    plan_id: str
    turn: Turn
    other: Turn | None = None
    reason: str = ""


async def own_shifts(
    rx: Reading, plans: Iterable[Plan], person_id: str, now: datetime, until: datetime
) -> list[tuple[Plan, Serving]]:
    """Return the shifts that somebody serves and that are not over, by their beginning."""
    found = [
        (plan, item)
        for plan in plans
        for item in await serving(rx, plan, now, until)
        if item.person is not None and item.person.id == person_id
    ]
    return sorted(found, key=lambda pair: (pair[1].turn.begins, pair[0].id))


async def colleagues(rx: Reading, person: Person, row: SwapRow) -> list[Person]:
    """Return who may take a shift of somebody's: whoever holds a role by which he serves it, and can be written to."""
    found: dict[str, Person] = {}
    for role in sorted(await roles_of(rx, person.id, row)):
        for one in await rx.people.holders(row.jurisdiction, row.plan_id, role):
            if one.id != person.id and reachable(one) and role in await roles_of(rx, one.id, row):
                found.setdefault(one.id, one)
    return [*found.values()]


async def leaders(
    service: Service, rx: Reading, plan: Plan, moment: datetime, without: Collection[str] = ()
) -> list[Person]:
    """Return who leads the shift at a moment (带班领导), else who administers; of those who can be written to."""
    leading = {
        item.person.id: item.person
        for item in await serving_at(rx, plan, moment)
        if item.turn.kind == LEADER and item.person is not None and reachable(item.person)
    }
    return [item for item in leading.values() if item.id not in without] or [
        item for item in await admins(service, rx, plan) if item.id not in without
    ]


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
        row = await _request(tx, plan, person, wanted, now)
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
        if (other := _other(row)) is not None:
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
        later = _not_before(now, row)
        messages = [await _question(tx, service, plan, row, person, one, now, later) for one in asked]
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


async def _request(rx: Reading, plan: Plan, person: Person, wanted: Wanted, now: datetime) -> SwapRow | None:
    """Return the request for what is wanted; None where nobody serves the other shift of an exchange."""
    turn, other = wanted.turn, wanted.other
    row = SwapRow(
        id=new_id(), jurisdiction=plan.jurisdiction.name, plan_id=plan.id, begins=turn.begins, ends=turn.ends,
        kind=turn.kind, name=turn.name, office=turn.office, person_id=person.id,
        reason=" ".join(wanted.reason.split())[:LONGEST_REASON], at=now,
    )  # fmt: skip
    if other is None:
        return row
    serving_other = await server_of(rx, plan, key_of(other), now)
    if serving_other is None or serving_other.person is None:
        return None
    return replace(
        row, partner_id=serving_other.person.id, other_begins=other.begins, other_ends=other.ends,
        other_kind=other.kind, other_name=other.name, other_office=other.office,
    )  # fmt: skip


async def exchangeable(
    rx: Reading, plan: Plan, turn: Turn, person: Person, now: datetime, until: datetime
) -> list[Serving]:
    """Return the later shifts of colleagues, of the same kind of role, for which somebody could exchange his own."""
    row = await _request(rx, plan, person, Wanted(plan_id=plan.id, turn=turn), now)
    others = {one.id for one in await colleagues(rx, person, row)} if row is not None else set[str]()
    return [
        item
        for item in await serving(rx, plan, now, until)
        if item.person is not None
        and item.person.id in others
        and item.written.begins > now
        and (item.turn.kind == LEADER) == (turn.kind == LEADER)
        and not max(item.written.begins, turn.begins) < min(item.written.ends, turn.ends)
    ]


def _other(row: SwapRow) -> SwapRow | None:
    """Return the partner's shift of an exchange, as a row like the asker's own."""
    if row.partner_id is None or row.other_begins is None or row.other_ends is None:
        return None
    return replace(
        row, begins=row.other_begins, ends=row.other_ends, kind=row.other_kind or "", name=row.other_name or "",
        office=row.other_office or "", person_id=row.partner_id,
    )  # fmt: skip


async def take(
    service: Service, person: Person, request_id: str, *, cause: str, requester: Requester
) -> AdminResult | None:
    """「我来替」: the first colleague who says yes serves the shift, or will where the leader approves it."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        row = await tx.people.swap(request_id)
        plan = plan_of(service, row.plan_id) if row is not None else None
        if row is None or plan is None:
            return AdminResult(key="gone", ok=False)
        asker = await tx.people.get(row.person_id)
        if problem := await _may_not_take(tx, plan, row, person, asker, requester, now):
            return problem
        approval = service.policy.swap_approval
        taken = await tx.people.take_swap(row.id, person.id, now, AGREED if approval else DONE)
        if taken is None or asker is None:
            return await _settled(tx, request_id)
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

    return await admin_transaction(service, act, cause=cause, requester=requester)


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
        return await _settled(tx, row.id)
    if row.closes <= now:
        return AdminResult(key="begun", ok=False)
    other = _other(row)
    gone = other is not None and (other.begins <= now or not await serves(tx, plan, other, person.id, now))
    if asker is None or gone or not await serves(tx, plan, row, row.person_id, now):
        return AdminResult(
            key="not_his_shift", ok=False, values={"name": shown_name(asker) if asker is not None else ""}
        )
    if not roles & await roles_of(tx, asker.id, row):
        return AdminResult(key="not_yours", ok=False)
    return None


async def _settled(tx: Reading, request_id: str) -> AdminResult:
    row = await tx.people.swap(request_id)
    taker = await tx.people.get(row.taken_by) if row is not None and row.taken_by is not None else None
    if row is not None and taker is not None and row.state in (DONE, AGREED):
        return AdminResult(key="taken", ok=False, values={"name": shown_name(taker)})
    return AdminResult(key="settled", ok=False)


async def _ask_leaders(
    service: Service, tx: Writing, plan: Plan, row: SwapRow, asker: Person, person: Person, now: datetime
) -> tuple[OutgoingMessage, ...]:
    told = await leaders(service, tx, plan, max(now, row.begins), {asker.id, person.id})
    await settle_messages(tx, row, AGREED, {"name": shown_name(person)}, now, keep={asker.id, person.id})
    later, lines = _not_before(now, row), changes(plan, row, asker, person)
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
    other = _other(row)
    if other is not None:
        await substitute(tx, other, asker.id, instead_of=person.id, request_id=row.id, by=by, cause=cause, now=now)
    await settle_messages(tx, row, DONE, {"name": shown_name(person)}, now, keep={asker.id, person.id})
    shift = ShiftLine.of_row(row, plan)
    taking = None
    if row.begins <= now and row.kind != LEADER:
        seat = await tx.people.seat(row.jurisdiction, row.plan_id)
        taking = pages.Seat(plan=plan.id, seen=sitting_on(seat), until=row.ends)
    told = {one.id: one for one in await leaders(service, tx, plan, max(now, row.begins), {asker.id, person.id})}
    if other is not None:
        to_asker = pages.exchanged(shown_name(person), ShiftLine.of_row(other, plan), shift, now, "", None)
        to_person = pages.exchanged(shown_name(asker), shift, ShiftLine.of_row(other, plan), now, row.id, taking)
        told |= {one.id: one for one in await leaders(service, tx, plan, other.begins, {asker.id, person.id})}
    else:
        clash = await _clash(tx, plan, person.id, row, now)
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
    service: Service, person: Person, request_id: str, approved: bool, *, cause: str, requester: Requester
) -> AdminResult | None:
    """「同意」「不同意」 of whoever leads the shift, where the office wants that asked first."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        row = await tx.people.swap(request_id)
        plan = plan_of(service, row.plan_id) if row is not None else None
        if row is None or plan is None or row.taken_by is None:
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
        other, shift = _other(row), ShiftLine.of_row(row, plan)
        stands = await serves(tx, plan, row, asker.id, now) and await fits(tx, taker.id, row)
        stands = stands and (other is None or (other.begins > now and await serves(tx, plan, other, taker.id, now)))
        if approved and not stands:
            return AdminResult(key="not_his_shift", ok=False, values={"name": shown_name(asker)})
        await tx.people.settle_swap(row.id, (AGREED,), DONE if approved else REFUSED, person.id, now)
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

    return await admin_transaction(service, act, cause=cause, requester=requester)


async def withdraw(
    service: Service, person: Person, request_id: str, *, cause: str, requester: Requester
) -> AdminResult | None:
    """Withdraw what one asked for and what is not settled; a partner of an exchange says no to it the same way."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        row = await tx.people.swap(request_id)
        plan = plan_of(service, row.plan_id) if row is not None else None
        if row is None or plan is None:
            return AdminResult(key="gone", ok=False)
        declines = person.id == row.partner_id
        if requester.via != "direct" or not (person.id == row.person_id or declines):
            return AdminResult(key="not_yours", ok=False)
        settled = await tx.people.settle_swap(row.id, WAITING, REFUSED if declines else WITHDRAWN, person.id, now)
        if settled is None:
            return await _settled(tx, row.id)
        await append_admin_event(
            tx, row.jurisdiction, "swap-declined" if declines else "swap-withdrawn", actor=person.id, cause=cause,
            at=now, plan=row.plan_id, request=row.id, begins=row.begins.isoformat(), kind=row.kind, name=row.name,
            person=row.person_id,
        )  # fmt: skip
        await settle_messages(
            tx,
            row,
            REFUSED if declines else WITHDRAWN,
            {"asker": await _name(tx, row.person_id)},
            now,
            keep={person.id},
        )
        asker, shift = await tx.people.get(row.person_id), ShiftLine.of_row(row, plan)
        if not declines:
            told = pages.leader_withdrawn(shown_name(person), shift, now) if row.partner_id is None else None
            leading = await leaders(service, tx, plan, max(now, row.begins), {person.id}) if told is not None else []
            return AdminResult(
                key="withdrawn",
                messages=tuple(letter(row, one, told, "swap_settled") for one in leading if told is not None),
            )
        answer = pages.partner_refused(shown_name(person), shift, row, now)
        return AdminResult(key="declined", messages=letters(row, asker, answer, "swap_settled", ring=not is_night(now)))

    return await admin_transaction(service, act, cause=cause, requester=requester)


async def give_back(
    service: Service, person: Person, request_id: str, *, cause: str, requester: Requester
) -> AdminResult | None:
    """「按错了」: whoever took a shift gives it back within the time in which a press can be taken back."""

    async def act(tx: Writing, now: datetime) -> AdminResult:
        row = await tx.people.swap(request_id)
        if row is None or row.taken_by != person.id or requester.via != "direct":
            return AdminResult(key="gone", ok=False)
        since = row.decided_at or row.taken_at
        if since is None or now - since > service.policy.undo:
            return AdminResult(key="undo_over", ok=False)
        if await tx.people.settle_swap(row.id, (DONE,), RETURNED, person.id, now) is None:
            return AdminResult(key="settled", ok=False)
        for item in await tx.people.live_overrides(now):
            if item.request_id == row.id:
                await fall(tx, item, RETURNED, by=person.id, cause=cause, now=now)
        await settle_messages(tx, row, RETURNED, {}, now, keep={person.id, row.person_id})
        return AdminResult(key="returned", values={"name": await _name(tx, row.person_id)})

    return await admin_transaction(service, act, cause=cause, requester=requester)


async def settle_messages(
    tx: Writing, row: SwapRow, state: str, values: dict[str, str], now: datetime, keep: Collection[str] = ()
) -> None:
    """Say by an edit, which rings nobody, what became of a request where somebody was asked about it.

    Args:
        keep: who is told in words: from his messages only the buttons go.
    """
    guard = guard_of(row.id)
    await tx.outbox.withdraw({guard}, now)

    def stamp(sent: OutboxRow) -> str:
        return "" if sent.person_id in keep else pages.stamp(state, values)

    await strip_guarded(tx, guard, {guard}, now, stamp)


async def _question(
    tx: Writing, service: Service, plan: Plan, row: SwapRow, asker: Person, one: Person, now: datetime,
    later: datetime | None,
) -> OutgoingMessage:  # fmt: skip
    shift, other = ShiftLine.of_row(row, plan), _other(row)
    approval = service.policy.swap_approval
    if other is not None:
        his = ShiftLine.of_row(other, plan)
        message = pages.exchange_question(row.id, shown_name(asker), his, shift, row.reason, approval, now)
    else:
        clash = await _clash(tx, plan, one.id, row, now)
        message = pages.question(row.id, shown_name(asker), shift, row.reason, approval, clash, now)
    return letter(row, one, message, "swap_asked", ring=True, not_before=later)


async def _clash(rx: Reading, plan: Plan, person_id: str, row: SwapRow, now: datetime) -> list[ShiftLine]:
    """Return what else somebody serves while a shift lasts."""
    begins = max(row.begins, now)
    return [
        ShiftLine.of_turn(item.turn)
        for item in await serving(rx, plan, begins, row.ends)
        if item.person is not None and item.person.id == person_id and item.key != key_of_row(row)
    ]


async def serves(rx: Reading, plan: Plan, row: SwapRow, person_id: str, now: datetime) -> bool:
    """Return whether somebody serves a shift now, or from its beginning on."""
    item = await server_of(rx, plan, key_of_row(row), now)
    return item is not None and item.person is not None and item.person.id == person_id


def changes(plan: Plan, row: SwapRow, asker: Person, person: Person) -> list[tuple[ShiftLine, str, str]]:
    """Return each shift that changes, with who served it and who will."""
    lines = [(ShiftLine.of_row(row, plan), shown_name(asker), shown_name(person))]
    if (other := _other(row)) is not None:
        lines.append((ShiftLine.of_row(other, plan), shown_name(person), shown_name(asker)))
    return lines


def _not_before(now: datetime, row: SwapRow) -> datetime | None:
    """Return from when on others are rung about a request: in the morning, where that is early enough."""
    morning = morning_of(now)
    return morning if morning > now and row.closes - morning >= SOON else None


def letter(
    row: SwapRow | OverrideRow, person: Person, message: Message, notice: str, *, ring: bool = False,
    not_before: datetime | None = None,
) -> OutgoingMessage:  # fmt: skip
    """Return a message about a replacement, found again by its request."""
    request = row.id if isinstance(row, SwapRow) else row.request_id or row.id
    return OutgoingMessage(
        place_id=person.place_id or "", message=message, notice=notice, audience=keys.to_person(person.id),
        person_id=person.id, stream=guard_of(request), jurisdiction=row.jurisdiction, ring=ring,
        guard=guard_of(request) if message.rows else None, not_before=not_before,
    )  # fmt: skip


def letters(
    row: SwapRow | OverrideRow, person: Person | None, message: Message, notice: str, *, ring: bool = False
) -> tuple[OutgoingMessage, ...]:
    """Return a message to somebody, none where he cannot be written to."""
    return (letter(row, person, message, notice, ring=ring),) if person is not None and reachable(person) else ()


async def _name(rx: Reading, person_id: str) -> str:
    person = await rx.people.get(person_id)
    return shown_name(person) if person is not None else ""


def plan_of(service: Service, plan_id: str) -> Plan | None:
    """Return a plan that is installed."""
    return service.registry.current(plan_id) if plan_id in service.registry.ids else None
