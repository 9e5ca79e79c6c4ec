"""``/status /todo``: how an incident stands, and what is open."""

from __future__ import annotations

from telegram import Update

from bot.cases.plan_registry import UnusablePlan
from bot.cases.warnings_in_force import in_force
from bot.office.own_matters import desk_lines, told_lines
from bot.office.people import bound_plans
from bot.outgoing.messages import File
from bot.outgoing.pictures import picture_of
from bot.render import View, status, todo
from bot.render.catalogue import LABELS
from bot.render.text import Text
from bot.render.warning_lines import line_in_force
from handlers.access import Who
from handlers.commands import COMMANDS, IncidentCommand, belongs, command, incident_command
from handlers.context import Caller, Context, caller, tools_of
from handlers.menus import STATUS, TODO, key
from handlers.replies import say
from handlers.units import unit_list

MOST = 30
"""Incidents that a list shows; the newest."""

MOST_LOOKED = 200
"""Incidents that are looked at for it: a reporter's own are among others'."""


async def warning_lines(context: Context, who: Caller) -> list[str]:
    """Return a line for each warning in force under a plan that the person serves."""
    tools = tools_of(context)
    async with tools.service.store.reading() as rx:
        warnings = [item for name in who.jurisdictions() for item in await in_force(rx, name)]
    now = tools.clock.now()
    return [line_in_force(item, now) for item in warnings if who.reader.serves(item.jurisdiction, item.plan)]


@incident_command(
    "status",
    beside=warning_lines,
    who=Who.READER,
    closed=True,
    help={"duty": 2, "leader": 1, "liaison": 4, "reporter": 3},
    menus={"groups": 2, "private": 2, "admins": 2},
)
async def show_status(ask: IncidentCommand) -> None:
    """``/status``: one incident in full, to those who may read it."""
    here = ask.caller.shown_here(ask.subject.incident)
    files: tuple[File, ...] = ()
    view = await ask.view(ask.caller.place.id if here else "")
    if ask.text in (LABELS["calls"], LABELS["groups"]):
        message = await unit_list(tools_of(ask.context), view, groups=ask.text == LABELS["groups"])
    else:
        message, files = status(view), (picture_of(view),)
    await say(ask.context, ask.caller, message, "status", stream=ask.subject.stream, in_private=not here, files=files)


@key(TODO, row=1, place=0)
@command("todo", help={"duty": 1, "leader": 4, "liaison": 2}, menus={"groups": 4, "private": 1, "admins": 3})
async def show_todo(update: Update, context: Context) -> None:
    """``/todo``: what is open in all incidents of one's jurisdictions."""
    who = await caller(update, context)
    if who is None:
        return
    if not await belongs(context, who):
        return
    message = todo(
        await todo_views(context, who), await warning_lines(context, who), **await _of_the_desk(context, who)
    )
    await say(context, who, message, "todo", in_private=True)


async def _of_the_desk(context: Context, who: Caller) -> dict[str, list[Text]]:
    """Return what waits for somebody at the desks of the plans that he serves."""
    tools = tools_of(context)
    service, now = tools.service, tools.clock.now()
    async with service.store.reading() as rx:
        plans = who.reader.served(await bound_plans(rx, service))
        desk = await desk_lines(rx, service, who.reader, plans, now)
        told = await told_lines(rx, service, who.reader, plans, now)
    return {"desk": desk, "told": told}


async def todo_views(context: Context, who: Caller) -> list[View]:
    """Return the open incidents that a person may read, as seen in private."""
    service, reader = tools_of(context).service, who.reader
    async with service.store.reading() as rx:
        opened = [row for name in who.jurisdictions() for row in await rx.incidents.newest_open(name, MOST_LOOKED)]
    rows = sorted(opened, key=lambda row: (row.reported_at, row.stream))
    views: list[View] = []
    for row in reversed(rows):
        if len(views) == MOST:
            break
        try:
            pair = await service.incident(row.stream)
        except UnusablePlan:  # the administrators were told; the others are shown
            continue
        if pair is not None and reader.may_read(*pair):
            views.insert(0, await service.view(*pair, who.person.id))
    return views


key(STATUS, row=1, place=1)(COMMANDS["status"].run)
