"""The duty seat: 「我接班」 (``/shift``) takes it with every open incident, 「我来处理」 takes one case."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from telegram import Update

from bot.cases.plan_registry import UnusablePlan
from bot.office.seat import Offered, take_seat
from bot.render import Message, todo
from bot.render.chat import text_message
from bot.service import Step
from handlers.buttons import ButtonPress, button
from handlers.commands import answer_privately, command
from handlers.context import Caller, Context, caller, tools_of
from handlers.replies import say
from handlers.status import todo_views, warning_lines
from handlers.which_incident import words
from plans.incident.seat import TakeHandling, TakeOver

AT_ONCE = 20
"""Open incidents, the newest, whose own record says who took the seat. Messages of all others follow the office's seat,
which was taken last."""


@command("shift", help={"duty": 5}, menus={"private": 4})
async def takeover(update: Update, context: Context) -> None:
    """``/shift [姓名]``: a duty room may share an account, so that the name can be said."""
    who = await caller(update, context)
    if who is None:
        return
    service = tools_of(context).service
    name = " ".join(words(update))[:32] or who.person.name
    done = await take_seat(service, who.person, name, cause=f"{who.cause}:seat", requester=who.requester)
    if done is not None and not done.ok:
        await answer_privately(context, who, done.key)
        return
    await _take_incidents(context, who, name)
    head = text_message(done.key, **done.values).text if done is not None else ""
    listed = todo(await todo_views(context, who), await warning_lines(context, who))
    message = replace(listed, text=f"{head}\n\n{listed.text}", entities=()) if head else listed
    if not await say(context, who, message, "shift", in_private=True):
        await say(context, who, Message(head), "shift")


async def _take_incidents(context: Context, who: Caller, name: str) -> None:
    service = tools_of(context).service
    async with service.store.reading() as rx:
        rows = [row for place in who.jurisdictions() for row in await rx.incidents.newest_open(place, AT_ONCE)]
    for row in rows:
        if not who.reader.holds(row.jurisdiction, row.plan_id, "duty"):
            continue
        try:
            pair = await service.incident(row.stream)
        except UnusablePlan:  # the administrators were told; the others are taken over
            continue
        if pair is not None and pair[1].seat != who.person.id:
            step = Step(stream=row.stream, command=TakeOver())
            await service.execute([step], cause=f"{who.cause}:{row.stream}", requester=who.requester)


@button("handle", on="handling")
async def handle(press: ButtonPress) -> str:
    """「我来处理」."""
    return await press.run(TakeHandling(), done="handled")


@button("take_seat", on="seat")
async def sit(press: ButtonPress) -> str:
    """「我接班」 under the word about a shift."""
    person = press.caller.person
    if not press.arg("until"):  # of a version that did not say which seat
        return text_message("seat_over").text
    offered = Offered(plan=press.arg("plan"), seen=press.arg("seen"), until=datetime.fromisoformat(press.arg("until")))
    done = await take_seat(
        press.tools.service, person, person.name, cause=f"{press.caller.cause}:seat", requester=press.caller.requester,
        offered=offered,
    )  # fmt: skip
    if done is None:
        return ""
    if done.ok:
        await press.strip()
    return text_message(done.key, **done.values).text
