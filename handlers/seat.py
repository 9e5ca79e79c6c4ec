"""The duty seat: 「我接班」 (``/shift``) takes it with every open incident, 「我来处理」 takes one case.

The seat is taken first and by itself. Behind it comes the page of all that is open (``handlers.handover``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from telegram import Update

from bot.cases.plan_registry import UnusablePlan
from bot.office.seat import Offered, take_seat
from bot.render.chat import text_message
from bot.service import Step
from handlers import handover
from handlers.buttons import ButtonPress, button
from handlers.commands import answer_privately, command
from handlers.context import Caller, Context, caller, tools_of
from handlers.replies import act_text, say
from handlers.which_incident import words
from plans.cells import plain
from plans.incident.seat import TakeHandling, TakeOver
from plans.roster.people import stands_for_nobody

AT_ONCE = 20
"""Open incidents, the newest, whose own record says who took the seat. Messages of all others follow the office's seat,
which was taken last."""


_NAME = re.compile(r"[^\W\d_][^\W\d_·•・‧.'’、 ]*(?:[·•・‧.'’、 ]+[^\W\d_]+)*\Z")
_NO_NAME = frozenset("交班 接班 下班 上班 结束 取消 停止 撤回 帮助 说明".split())


def _a_name(text: str) -> bool:
    """Whether a text can be somebody's name: 结束 and 1号 are none, and would stand on record as who served."""
    return bool(_NAME.match(text)) and text not in _NO_NAME and not stands_for_nobody(text)


@command("shift", help={"duty": 5}, menus={"private": 4})
async def takeover(update: Update, context: Context) -> None:
    """``/shift [姓名]``: a duty room may share an account, so that the name can be said."""
    who = await caller(update, context)
    if who is None:
        return
    service = tools_of(context).service
    said = " ".join(plain(" ".join(words(update))).split())[:32]
    if said and not _a_name(said):
        await answer_privately(context, who, "shift_name", given=said)
        return
    done = await take_seat(service, who.person, said, cause=f"{who.cause}:seat", requester=who.requester)
    if done is not None and not done.ok:
        await answer_privately(context, who, done.key)
        return
    await _take_incidents(context, who)
    if not await handover.begin(context, who, cause=f"{who.cause}:seat"):
        await handover.show_open(context, who)
        return
    if who.person.place_id is None or who.person.blocked_at is not None:  # nothing reaches him but here
        await say(context, who, text_message("seat_taken_here"), "shift", step="here")


async def _take_incidents(context: Context, who: Caller) -> None:
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
            requester = replace(who.requester, update_id=None)  # what comes behind it is done by the same update
            await service.execute([step], cause=f"{who.cause}:{row.stream}", requester=requester)


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
    cause = f"{press.caller.cause}:seat"
    done = await take_seat(press.tools.service, person, cause=cause, requester=press.caller.requester, offered=offered)
    if done is not None and not done.ok:
        return act_text(done)
    if done is not None:
        await press.strip()
    await handover.begin(press.context, press.caller, cause=cause)
    return act_text(done)
