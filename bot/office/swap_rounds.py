"""What becomes of replacements by themselves: nobody says yes, nobody decides, the shift begins, or one falls through.

A round looks at them. Each is a transaction of its own, once for its cause.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.office.administration import AdminResult, admin_transaction_again, append_admin_event
from bot.office.substitutes import BLOCKED, ERASED, FELL, ROLE, ROSTER, TOLD, fall, on_roster, reachable, roles_of
from bot.office.swap_shifts import changes, leaders, plan_of, void
from bot.office.swap_words import letter, letters, settle_messages
from bot.outgoing.messages import OutgoingMessage
from bot.outgoing.serving import Serving, key_of_row, server_of, serving_at
from bot.render import swap_rounds as rounds
from bot.render import swap_shifts as shift_pages
from bot.render.swap_shifts import ShiftLine
from bot.service.service import Service
from bot.texts.swaps import ERASED as ERASED_NAME
from plans.model import Plan
from plans.times.night import evening_before, is_night, morning_of
from storage import Writing
from storage.people import Person, is_erased, shown_name
from storage.people.swaps import AGREED, FALLEN, LAPSED, WAITING, OverrideRow, SwapRow
from storage.transaction import Reading


async def keep_swaps(service: Service, now: datetime) -> None:
    """Look at all replacements that hold or wait."""
    async with service.store.reading() as rx:
        live = await rx.people.live_overrides(now)
        broken = [(row, why) for row in live if (why := await _broken(rx, row, now))]
        waiting = await rx.people.waiting_swaps()
    for row, why in broken:
        await _fall(service, row, why)
    await tell_fallen(service)
    for request in waiting:
        await _look_at(service, request, now)


async def _broken(rx: Reading, row: OverrideRow, now: datetime) -> str:
    """Return why a substitute can serve a shift no more, empty while he can.

    Who has blocked the bot cannot be reminded: what he agreed to before falls through. Within his shift he serves on.
    """
    person = await rx.people.get(row.person_id)
    if person is None or is_erased(person):
        return ERASED
    if not await roles_of(rx, row.person_id, row):
        return ROLE
    if await on_roster(rx, row) is None:  # written anew by another process at the moment of the agreement
        return ROSTER
    return BLOCKED if not reachable(person) and row.since > now else ""


async def _fall(service: Service, row: OverrideRow, why: str) -> None:
    cause = f"{FELL}:{row.id}"

    async def act(tx: Writing, now: datetime) -> AdminResult:
        if await _broken(tx, row, now):
            await fall(tx, row, why, by="", cause=cause, now=now)
        return AdminResult(key=why)

    await admin_transaction_again(service, act, cause=f"{cause}:{why}:{service.clock.now().isoformat()}")


async def tell_fallen(service: Service) -> None:
    """Tell of replacements that fell through those whose shift changed by it, and who leads it."""
    async with service.store.reading() as rx:
        untold = await rx.people.fallen_untold(TOLD)
    for row in untold:
        await _tell(service, row)


async def _tell(service: Service, row: OverrideRow) -> None:
    async def act(tx: Writing, now: datetime) -> AdminResult:
        plan = plan_of(service, row.plan_id)
        if not await tx.people.override_told(row.id, now) or plan is None or row.ends <= now:
            return AdminResult(key="told", ok=False)
        return AdminResult(key="told", messages=tuple(await fallen(service, tx, plan, row, now)))

    await admin_transaction_again(service, act, cause=f"swap-fallen:{row.id}")


async def fallen(service: Service, tx: Writing, plan: Plan, row: OverrideRow, now: datetime) -> list[OutgoingMessage]:
    """Return what is said of a shift that went back: to who serves it now, who does not any more, and who leads it."""
    substitute, shift = await tx.people.get(row.person_id), ShiftLine.of_row(row, plan)
    name = shown_name(substitute) if substitute is not None else ""
    why = (row.why or "") if name else ERASED
    item = await _server(tx, plan, row, now)
    serves_now = item.person if item is not None else None
    served_by = item.turn.name if item is not None else ""
    readers: dict[str, OutgoingMessage] = {}
    ring = not is_night(now) or row.begins - now <= service.policy.swap_chase
    later = None if ring else morning_of(now)
    if item is not None and serves_now is not None and reachable(serves_now):
        own, asking = ShiftLine.of_turn(item.turn, plan.title), shift_pages.ask_key(plan.id, item.written)
        words = rounds.fallen("serves", why, name, own, served_by, now, asking)
        readers[serves_now.id] = letter(row, serves_now, words, "swap_settled", ring=True, not_before=later)
    owner = await tx.people.get(row.instead_of) if row.instead_of else None
    for other in (substitute, owner):
        if other is not None and reachable(other) and other.id not in readers:
            words = rounds.fallen("not_you", why, name, shift, served_by, now)
            readers[other.id] = letter(row, other, words, "swap_settled", ring=True, not_before=later)
    told = rounds.fallen("", why, name, shift, served_by, now)
    for one in await leaders(service, tx, plan, max(now, row.begins), set(readers)):
        readers[one.id] = letter(row, one, told, "swap_settled", ring=serves_now is None, not_before=later)
    return [*readers.values()]


async def _server(tx: Writing, plan: Plan, row: OverrideRow, now: datetime) -> Serving | None:
    """Return who serves a shift now; where it is not on the roster any more, who serves instead at its beginning."""
    item = await server_of(tx, plan, key_of_row(row), now)
    if item is not None:
        return item
    there = await serving_at(tx, plan, max(now, row.begins))
    return next((one for one in there if one.turn.kind == row.kind), None)


async def _look_at(service: Service, request: SwapRow, now: datetime) -> None:
    """Settle a request whose time is over or whose shift changed; say in time that it waits."""
    plan = plan_of(service, request.plan_id)
    if plan is None:
        return
    if request.closes <= now:
        await _settle(service, plan, request, LAPSED)
        return
    async with service.store.reading() as rx:
        broken = await void(rx, plan, request, now)
    if broken:
        await _settle(service, plan, request, FALLEN)
    elif request.chased_at is None and now >= chased_at(request, service.policy.swap_chase):
        await _chase(service, plan, request)


def chased_at(request: SwapRow, ahead: timedelta) -> datetime:
    """Return when it is said that a request waits: so long before, never earlier than half of what was left.

    What would come in the night comes in the morning where that is early enough, else the evening before; of what was
    asked for only in the night it is said then.
    """
    begins = request.closes
    moment = max(begins - ahead, request.at + (begins - request.at) / 2)
    if not is_night(moment):
        return moment
    morning, evening = morning_of(moment), evening_before(moment)
    if begins - morning >= ahead / 2:
        return morning
    return evening if evening >= request.at else moment


async def _settle(service: Service, plan: Plan, request: SwapRow, state: str) -> None:
    cause = f"swap-{state}:{request.id}"

    async def act(tx: Writing, now: datetime) -> AdminResult:
        why = (await void(tx, plan, request, now) if state == FALLEN else "") or state
        settled = await tx.people.settle_swap(request.id, WAITING, state, "", now)
        if settled is None:
            return AdminResult(key=state, ok=False)
        await append_admin_event(
            tx, request.jurisdiction, f"swap-{state}", actor="", cause=cause, at=now, plan=plan.id, request=request.id,
            begins=request.begins.isoformat(), kind=request.kind, name=request.name, person=request.person_id,
        )  # fmt: skip
        asker, shift = await tx.people.get(request.person_id), ShiftLine.of_row(request, plan)
        taker = await tx.people.get(settled.taken_by) if settled.taken_by is not None else None
        keep = {request.person_id} if state == FALLEN else set[str]()
        name = (shown_name(taker) if taker is not None else "") or ERASED_NAME
        await settle_messages(tx, request, why, {"name": name}, now, keep=keep)
        words = (
            rounds.undecided(shift, now) if state == LAPSED else rounds.request_fallen(why, name, shift, request, now)
        )
        messages = letters(request, asker, words, "swap_settled") if state == FALLEN or taker is not None else ()
        over = rounds.taker_over(shown_name(asker) if asker is not None else "", why, shift, now)
        return AdminResult(key=state, messages=(*messages, *letters(request, taker, over, "swap_settled")))

    await admin_transaction_again(service, act, cause=cause)


async def _chase(service: Service, plan: Plan, request: SwapRow) -> None:
    async def act(tx: Writing, now: datetime) -> AdminResult:
        row = await tx.people.swap(request.id)
        if row is None or row.state not in WAITING or not await tx.people.swap_chased(row.id, now):
            return AdminResult(key="chased", ok=False)
        asker = await tx.people.get(row.person_id)
        if asker is None:
            return AdminResult(key="chased", ok=False)
        return AdminResult(key="chased", messages=tuple(await _chased(service, tx, plan, row, asker, now)))

    await admin_transaction_again(service, act, cause=f"swap-chased:{request.id}")


async def _chased(
    service: Service, tx: Writing, plan: Plan, row: SwapRow, asker: Person, now: datetime
) -> list[OutgoingMessage]:
    shift = ShiftLine.of_row(row, plan)
    taker = await tx.people.get(row.taken_by) if row.taken_by is not None else None
    parties = {asker.id} | ({taker.id} if taker is not None else set())
    told = await leaders(service, tx, plan, max(now, row.begins), parties)
    if row.state == AGREED and taker is not None:
        question = rounds.chased_undecided(row.id, changes(plan, row, asker, taker), now)
        return [letter(row, one, question, "swap_decide", ring=True) for one in told]
    to_leader = rounds.chased(shown_name(asker), shift, now)
    messages = [letter(row, one, to_leader, "swap_waits", ring=True) for one in told if row.partner_id is None]
    if reachable(asker):
        messages.append(letter(row, asker, rounds.chased("", shift, now), "swap_waits", ring=True))
    return messages
