"""``/swap``: one's own shifts, 「请人替班」 and 「我来替」, exchanging two shifts, what the leader decides of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from functools import partial

from telegram import Update

from bot.office.administration import AdminResult
from bot.office.people import bound_plans
from bot.office.swap_returns import give_back, withdraw
from bot.office.swap_rounds import tell_fallen
from bot.office.swap_shifts import (
    LONGEST_REASON,
    SWAP_AHEAD,
    Wanted,
    changes,
    exchangeable,
    leaders,
    no_shift,
    own_shifts,
    plan_of,
)
from bot.office.swaps import ask, decide, take
from bot.outgoing.serving import key_of_row
from bot.render import Message
from bot.render import swap_shifts as shift_pages
from bot.render import swaps as pages
from bot.render.chat import text_message
from bot.render.swap_shifts import OwnShift, ShiftLine
from bot.service.service import Service
from handlers.buttons import ButtonPress, button
from handlers.commands import belongs, command
from handlers.context import Caller, Context, caller, tools_of
from handlers.replies import redraw, say, show
from handlers.which_incident import words
from plans.model import Plan
from plans.roster import Turn
from storage.people import shown_name
from storage.people.swaps import AGREED, SwapRow
from storage.transaction import Reading


@command("swap", help={"duty": 17, "leader": 18})
async def swap(update: Update, context: Context) -> None:
    """``/swap [理由]``: one's own shifts, each with its buttons; in private."""
    who = await caller(update, context)
    if who is None:
        return
    if not await belongs(context, who):
        return
    message = await _own(tools_of(context).service, who, " ".join(words(update)))
    if not await say(context, who, message, "swap", in_private=True):
        await say(context, who, text_message("start_first"), "swap")


async def _own(service: Service, who: Caller, reason: str = "") -> Message:
    """Return one's own shifts, and what waits for one's decision."""
    now = service.clock.now()
    async with service.store.reading() as rx:
        bound = await bound_plans(rx, service)
        plans = who.reader.served(bound)
        requests = [row for name in who.jurisdictions() for row in await rx.people.waiting_swaps(name)]
        shifts = []
        for plan, item in await own_shifts(rx, plans, who.person.id, now, now + SWAP_AHEAD):
            request = next((row for row in requests if row.plan_id == plan.id and key_of_row(row) == item.key), None)
            taker = await rx.people.get(request.taken_by) if request is not None and request.taken_by else None
            instead = "instead" if item.instead else ""
            shifts.append(
                OwnShift(
                    line=ShiftLine.of_turn(item.turn, plan.title), plan_id=plan.id, written=item.written,
                    state=request.state if request is not None else instead,
                    name=shown_name(taker) if taker is not None else item.written.name,
                    request=request.id if request is not None and request.person_id == who.person.id else "",
                )
            )  # fmt: skip
        waiting = await _to_decide(service, rx, plans, requests, who, now)
        there = plans or [plan for plan in bound if plan.jurisdiction.name in who.jurisdictions()]
        none = None if shifts else await no_shift(service, rx, there, who.person, now, now + SWAP_AHEAD)
    return shift_pages.own_shifts(shifts, waiting, " ".join(reason.split())[:LONGEST_REASON], now, none)


async def _to_decide(
    service: Service, rx: Reading, plans: Iterable[Plan], requests: Iterable[SwapRow], who: Caller, now: datetime
) -> list[tuple[str, list[shift_pages.Change], str]]:
    found = []
    by_id = {plan.id: plan for plan in plans}
    for row in requests:
        plan = by_id.get(row.plan_id)
        if (
            plan is None
            or row.state != AGREED
            or row.taken_by is None
            or who.person.id in (row.person_id, row.taken_by)
        ):
            continue
        asker, taker = await rx.people.get(row.person_id), await rx.people.get(row.taken_by)
        leading = await leaders(service, rx, plan, max(now, row.begins), {row.person_id, row.taken_by})
        decides = who.reader.administers(row.jurisdiction) or who.person.id in {one.id for one in leading}
        if decides and asker is not None and taker is not None:
            found.append((row.id, changes(plan, row, asker, taker), row.reason))
    return found


@button("swap_list", on="swap")
async def own(press: ButtonPress) -> str:
    """「请人替班」 where it is not plain which shift is meant."""
    await show(press, await _own(press.tools.service, press.caller), "swap")
    return ""


@button("swap_ask", on="swap")
async def asking(press: ButtonPress) -> str:
    """「请人替班」, and the shift of a colleague for which one's own is to be exchanged."""
    other = _turn(press, "other_") if press.arg("other_begins") else None
    wanted = Wanted(plan_id=press.arg("plan"), turn=_turn(press), other=other, reason=press.arg("reason"))
    done = await ask(
        press.tools.service, press.caller.person, wanted, cause=f"{press.caller.cause}:swap",
        requester=press.caller.requester,
    )  # fmt: skip
    if done is not None and done.ok and other is not None:
        await press.strip()
    return _told(done)


@button("swap_with", on="swap")
async def exchanging(press: ButtonPress) -> str:
    """「与人换」: the shifts of colleagues."""
    service, now = press.tools.service, press.tools.clock.now()
    plan = plan_of(service, press.arg("plan"))
    if plan is None:
        return pages.result_text("gone", {})
    turn = _turn(press)
    async with service.store.reading() as rx:
        others = await exchangeable(rx, plan, turn, press.caller.person, now, now + SWAP_AHEAD)
    if not others:
        return pages.result_text("whose_none", {})
    pairs = [(item.turn, item.written) for item in others]
    await redraw(press, shift_pages.exchange_choices(plan.id, turn, pairs, press.arg("reason"), now), "swap")
    return ""


Act = Callable[..., Awaitable[AdminResult | None]]

ACTS: dict[str, Act] = {
    "swap_take": take,
    "swap_withdraw": withdraw,
    "swap_give_back": give_back,
    "swap_approve": partial(decide, approved=True),
    "swap_refuse": partial(decide, approved=False),
}
"""What becomes of a request by which button."""


@button("swap_take", on="swap")
@button("swap_withdraw", on="swap")
@button("swap_give_back", on="swap")
@button("swap_approve", on="swap")
@button("swap_refuse", on="swap")
async def acting(press: ButtonPress) -> str:
    """「我来替」 and 「同意换班」, 「撤回请求」 and 「不换」, 「按错了」, 「同意」, 「不同意」."""
    act = ACTS[press.action.name]
    done = await act(
        press.tools.service, press.caller.person, press.arg("id"), cause=f"{press.caller.cause}:swap",
        requester=press.caller.requester,
    )  # fmt: skip
    if done is not None and done.ok and act is give_back:
        await tell_fallen(press.tools.service)
    return _told(done)


def _told(done: AdminResult | None) -> str:
    return pages.result_text(done.key, done.values) if done is not None else ""


def _turn(press: ButtonPress, prefix: str = "") -> Turn:
    """Return the turn on the roster that a button is about."""
    begins, ends = (datetime.fromisoformat(press.arg(f"{prefix}{name}")) for name in ("begins", "ends"))
    kind, name, office = (press.arg(f"{prefix}{part}") for part in ("kind", "name", "office"))
    return Turn(begins, ends, kind, name, "", office)
