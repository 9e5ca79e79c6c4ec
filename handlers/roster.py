"""``/duty``: who is on duty. ``/roster``: the duty roster, changed by an administrator after a second look."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time, timedelta

from telegram import Update

from bot.clock import SHANGHAI
from bot.office.people import bound_plans
from bot.office.roster import change_roster, undone, unmatched_names, watch, written_before
from bot.office.swap_rounds import tell_fallen
from bot.office.swap_shifts import SWAP_AHEAD, own_shifts
from bot.outgoing.serving import serving
from bot.render import Message
from bot.render import roster as pages
from bot.render.chat import text_message
from bot.render.swap_shifts import list_key
from handlers.buttons import ButtonPress, button
from handlers.commands import answer_privately, command
from handlers.context import Caller, Context, caller, tools_of
from handlers.replies import redraw, say
from handlers.which_incident import words
from plans.cells import plain
from plans.model import Plan
from plans.roster import BadRoster, Reading, Turn, read_roster
from plans.times.day_words import days_asked
from plans.times.days import Disagreement

HEAD = ["日期", "班次", "主班"]
_COMMAND = re.compile(r"^/\w+(@\w+)?\s*")
_FILTER = frozenset({"工作日", "节假日", "周末", "休息日", "每天"})


@command("duty", help={"duty": 18})
async def duty(update: Update, context: Context) -> None:
    """``/duty [DAY]``: the seat and the roster of every plan that one serves, now or on some days.

    Telephone numbers are read only in private.
    """
    who = await caller(update, context)
    if who is None:
        return
    tools, now = tools_of(context), tools_of(context).clock.now()
    plans = await _plans(context, who)
    asked = plain(" ".join(words(update))).strip()
    if plans and asked:
        await _of_days(context, who, plans, asked)
        return
    async with tools.service.store.reading() as rx:
        on_watch = [await watch(rx, plan, now) for plan in plans]
        own_turns = await own_shifts(rx, plans, who.person.id, now, now + SWAP_AHEAD)
    if not on_watch:
        await answer_privately(context, who, "stranger")
        return
    messages = []
    for item in on_watch:
        turns = item.now if who.private else tuple(turn._replace(phone="") for turn in item.now)
        seat = (item.sits, item.seat.since) if item.seat is not None else None
        instead = {one.turn.name: one.written.name for one in item.serving if one.instead}
        messages.append(pages.watches(item.plan.title, now, turns, item.following, seat, instead, fits=item.fits))
    await _answer(context, who, plans, pages.together(messages), asking=bool(own_turns))


async def _answer(context: Context, who: Caller, plans: list[Plan], message: Message, *, asking: bool) -> None:
    """Say who is on duty in the command group of just these plans, else in private, there with 「请人替班」."""
    own = {plan.jurisdiction.name for plan in plans} == {who.place.jurisdiction}
    in_private = not who.private and not (who.place.kind == "command" and own)
    if (who.private or in_private) and asking:
        message = replace(message, rows=((list_key(),),))
    await say(context, who, message, "duty", in_private=in_private)


async def _of_days(context: Context, who: Caller, plans: list[Plan], text: str) -> None:
    """Say who serves on the days that are asked for."""
    now = tools_of(context).clock.now().astimezone(SHANGHAI)
    wrong = ""
    try:
        days = days_asked(text, now.date())
    except Disagreement as problem:
        days, wrong = None, str(problem)
    if days is None:
        await say(context, who, pages.day_unread(text, wrong), "duty", in_private=not who.private)
        return
    begins = [datetime.combine(day, time(), SHANGHAI) for day in days]
    after, before, asking, messages = min(begins), max(begins) + timedelta(days=1), False, []
    async with tools_of(context).service.store.reading() as rx:
        for plan in plans:
            found = await serving(rx, plan, after, before)
            asking |= any(
                one.person is not None and one.person.id == who.person.id and one.turn.ends > now for one in found
            )
            turns = [
                (one.turn if who.private else one.turn._replace(phone=""), one.written.name if one.instead else "")
                for one in found
            ]
            messages.append(pages.on_days(plan.title, begins, turns, now))
    await _answer(context, who, plans, pages.together(messages), asking=asking)


async def _plans(context: Context, who: Caller) -> list[Plan]:
    """Return the plans that somebody serves, or administers."""
    service = tools_of(context).service
    async with service.store.reading() as rx:
        bound = await bound_plans(rx, service)
    return who.reader.served(bound)


@command("roster", help={"admin": 5})
async def roster(update: Update, context: Context) -> None:
    """``/roster``: lines of day, shift and names; shows what will be written."""
    who = await caller(update, context)
    if who is None or update.effective_message is None:
        return
    if not who.reader.administers_any:
        await say(context, who, text_message("admin_only"), "roster", in_private=True)
        return
    args, plans = words(update), who.reader.administered(await _plans(context, who))
    named_plans = [plan for plan in plans if plan.id in args[:1]]
    if len(named_plans or plans) != 1:
        ids = "、".join(plan.id for plan in plans)
        await say(context, who, pages.result_message("which", plans=ids), "roster", in_private=True)
        return
    plan, now = (named_plans or plans)[0], tools_of(context).clock.now().astimezone(SHANGHAI)
    text = _COMMAND.sub("", update.effective_message.text or update.effective_message.caption or "")
    rows = [HEAD, *(_cells(line) for line in text.removeprefix(plan.id).strip().splitlines())]
    if len(rows) < 2:
        await say(context, who, pages.result_message("how"), "roster", in_private=True)
        return
    try:
        reading = read_roster(rows, now, tools_of(context).workdays, plan.jurisdiction.area_code)
    except BadRoster as problem:
        await say(context, who, pages.result_message("nothing", problems=str(problem)), "roster", in_private=True)
        return
    async with tools_of(context).service.store.reading() as rx:
        strangers = await unmatched_names(rx, plan, reading.turns)
        seen = await written_before(rx, plan, reading.turns)
        falling = await undone(rx, plan, reading.turns, now)
    message = pages.preview(plan.title, plan.id, reading, now, strangers, seen, falling)
    if not reading.turns:
        message = pages.result_message("nothing", problems=pages.problems(reading))
    if not await say(context, who, message, "roster", in_private=True):
        await say(context, who, text_message("start_first"), "roster")


def _cells(line: str) -> list[str]:
    """Return day, shift and names of a line; behind the day may stand which days of a span are meant."""
    parts = line.split(maxsplit=2)
    if len(parts) > 1 and parts[1] in _FILTER:
        parts[:2] = [" ".join(parts[:2])]
        parts[1:] = parts[1].split(maxsplit=1) if len(parts) > 1 else []
    if len(parts) == 2:  # no shift: the whole day
        parts.insert(1, "")
    return parts


@button("roster", on="roster")
async def confirm(press: ButtonPress) -> str:
    """「确认修改」 of the roster."""
    service = press.tools.service
    if press.arg("plan") not in service.registry.ids:
        return text_message("revoke_gone").text
    turns = [
        Turn(datetime.fromisoformat(begins), datetime.fromisoformat(ends), *who)
        for begins, ends, *who in press.arg("turns", [])
    ]
    plan = service.registry.current(press.arg("plan"))
    done = await change_roster(
        service,
        press.caller.person,
        plan,
        turns,
        cause=f"{press.caller.cause}:roster",
        requester=press.caller.requester,
        seen=press.arg("seen"),
    )
    if done is None:
        return ""
    if done.key == "roster_changed":
        async with service.store.reading() as rx:
            seen = await written_before(rx, plan, turns)
            now = press.tools.clock.now().astimezone(SHANGHAI)
            falling = await undone(rx, plan, turns, now)
        preview = pages.preview(plan.title, plan.id, Reading(turns=tuple(turns)), now, seen=seen, undone=falling)
        await redraw(press, preview, "roster")
        return text_message(done.key).text
    await press.strip()
    await tell_fallen(service)
    return pages.result_message(done.key, **done.values).text if done.ok else text_message(done.key).text
