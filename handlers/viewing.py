"""Looking: the incident, what is open, the record, a clause, help; and taking over the seat, which begins with looking."""

from __future__ import annotations

from telegram import Update

from bot.render import Message, View, export, help, status, todo
from bot.render.admin import admin_message, clause
from bot.service import Step
from bot.service.people import People
from handlers.asking import Ask
from handlers.desk import Caller, Context, caller, desk
from handlers.finding import about, words
from handlers.showing import say
from plans import commands as c

_LEADERS = ("commander", "deputy", "director")


async def show_status(ask: Ask) -> None:
    """``/status``: one incident in full, to those who may read it."""
    insider = bool(ask.found.actor.roles)
    view = _view(ask)
    here = ask.caller.private or ask.caller.place.kind == "command"
    if not insider:
        await ask.wrong("see_private")
        return
    await say(ask.context, ask.caller, status(view), "status", stream=ask.found.stream, in_private=not here)


def _view(ask: Ask) -> View:
    tools = desk(ask.context)
    return tools.service.teller.view(ask.found.plan, ask.found.incident, tools.clock.now())


async def show_todo(update: Update, context: Context) -> None:
    """``/todo``: what is open in all incidents of one's jurisdictions."""
    who = await caller(update, context)
    if who is None or not who.holdings:
        return
    await say(context, who, todo(await _views(context, who)), "todo", in_private=True)


async def _views(context: Context, who: Caller) -> list[View]:
    tools = desk(context)
    views = []
    async with tools.service.store.reading() as rx:
        rows = [row for name in who.jurisdictions() for row in await rx.incidents.open(name)]
    for row in rows:
        found = await about(context, who, row.stream)
        if found is not None and found.actor.roles:
            views.append(tools.service.teller.view(found.plan, found.incident, tools.clock.now()))
    return views


async def show_export(ask: Ask) -> None:
    """``/export``: the record on one page, with what the check of the log found."""
    if not ask.found.actor.roles & {"duty", "admin", *ask.found.plan.roles}:
        await ask.wrong("see_private")
        return
    async with desk(ask.context).service.store.reading() as rx:
        faults = await rx.journal.verify(ask.found.stream)
    line = "未发现改动" if not faults else f"发现{len(faults)}处异常，请立即报告管理员"
    text = export(_view(ask), line)
    await say(ask.context, ask.caller, Message(text), "export", stream=ask.found.stream, in_private=True)


async def show_clause(update: Update, context: Context) -> None:
    """``/plan 4.1.2``."""
    who = await caller(update, context)
    if who is None:
        return
    shelf = desk(context).service.shelf
    plans = list(who.plans) or [item.plan_id for item in who.holdings if item.plan_id in shelf.ids]
    args = words(update)
    if not plans:
        await say(context, who, admin_message("setup_none"), "plan")
        return
    plan = shelf.current(plans[0])
    await say(context, who, clause(plan, args[0] if args else ""), "plan")


async def show_help(update: Update, context: Context) -> None:
    """``/help``: at most six commands for one's role."""
    who = await caller(update, context)
    if who is None:
        return
    neutral = who.place.kind in ("members", "school")
    role = "reporter"
    for name, held in (("admin", who.admin or who.holds("admin")), ("duty", who.holds("duty")), ("leader", who.holds(*_LEADERS)),
                       ("liaison", who.holds("liaison"))):  # fmt: skip
        if held:
            role = name
            break
    shelf = desk(context).service.shelf
    plan = shelf.current(who.plans[0]) if who.plans else None
    line = (
        next((item.number for unit in plan.units if unit.id == plan.office_unit for item in unit.lines), "")
        if plan
        else ""
    )
    await say(context, who, help(role, neutral=neutral, seat_line=line), "help")


async def takeover(update: Update, context: Context) -> None:
    """``/shift`` 「我接班」: the seat and every open incident's reminders follow; what is open is listed."""
    who = await caller(update, context)
    if who is None:
        return
    tools = desk(context)
    people = People(tools.service)
    done = await people.take_seat(who.person, cause=f"{who.cause}:seat", asker=who.asker)
    if done is not None and not done.ok:
        await say(context, who, admin_message(done.key), "shift", in_private=True)
        return
    async with tools.service.store.reading() as rx:
        rows = [row for name in who.jurisdictions() for row in await rx.incidents.open(name)]
    for row in rows:
        found = await about(context, who, row.stream)
        if found is not None and "duty" in found.actor.roles and found.incident.seat != who.person.id:
            step = Step(stream=row.stream, command=c.TakeOver())
            await tools.service.execute([step], cause=f"{who.cause}:{row.stream}", asker=who.asker)
    shown = todo(await _views(context, who))
    head = admin_message(done.key, **done.values).text if done is not None else ""
    await say(context, who, Message(f"{head}\n\n{shown.text}" if head else shown.text), "shift", in_private=True)
