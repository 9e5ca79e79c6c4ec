"""通知 with receipts in the chat: ``/notice``, the draft, what is urgent, what ends it."""

from __future__ import annotations

import re

from telegram import Update

from bot.office.desk import desks_read, new_case
from bot.office.instructions import of_plan
from bot.office.recipients import Addressees, addressees
from bot.render import announcements as pages
from bot.render.chat import text_message
from bot.service import Answer, Result
from bot.texts.words import LIST
from handlers.access import Who
from handlers.buttons import ButtonPress, button, confirm_again
from handlers.cases import about_case, run_case
from handlers.commands import answer_privately, command
from handlers.context import Caller, Context, caller, tools_of
from handlers.instructions import (
    BACK,
    CORRECTION,
    MORE,
    TO,
    change_text,
    numbered,
    show_draft,
    tell,
    with_answered,
    writes_under,
)
from handlers.recipients import amended, page, previewed, send
from handlers.replies import redraw
from handlers.which_incident import rest
from plans.desk.announcements import KIND, Announcement, MarkUrgent, OpenAnnouncement, StopWaiting
from plans.desk.wording import LONGEST
from plans.model import Plan

URGENT = "加急"

MOST_HEAD = 200
"""Characters before a colon that may say to whom it goes."""

_NUMBERED = re.compile(r"^(?:通知)?\s*#?(?P<number>\d{1,5})号?(?:\s+(?P<words>.*))?$", re.DOTALL)
_VERB = re.compile(
    rf"^(?P<verb>{'|'.join((CORRECTION, BACK, MORE, TO, URGENT))})(?:[：:\s]+|$)(?P<words>.*)$", re.DOTALL
)
_MARKED = re.compile(r"^(?:【?加急】?[：:\s]*)")


@command("notice", help={"duty": 21, "leader": 17})
async def notice(update: Update, context: Context) -> None:
    """``/notice``: alone the list, with a number one of them and what is to change, else a text, and to whom."""
    who = await caller(update, context)
    if who is None:
        return
    text = with_answered(update, rest(update))[:LONGEST]
    plan = await writes_under(context, who)
    if plan is None and not desks_read(tools_of(context).service, who.reader):
        await answer_privately(context, who, "notice_not_yours")
        return
    match = _NUMBERED.match(text)
    words = (match["words"] or "").strip() if match is not None else ""
    if match is not None and (not words or _VERB.match(words)):
        await _one(context, who, int(match["number"]), words)
    elif not text:
        await _list(context, who)
    elif plan is None:
        await answer_privately(context, who, "notice_not_yours")
    else:
        await draft(context, who, text, plan)


async def draft(context: Context, who: Caller, text: str, plan: Plan, *, entry: str = "") -> Result:
    """Put down a notice and show the draft, in private."""
    service = tools_of(context).service
    urgent = _MARKED.match(text) is not None
    text = _MARKED.sub("", text, count=1)
    head, body = _parted(text)
    read = Addressees()
    if head:
        async with service.store.reading() as rx:
            read = await addressees(rx, service.bodies, plan, head)
    # Only where every word before the colon names somebody is it an address; else it belongs to the text.
    text = body if read.recipients and not read.unread else text
    opens = OpenAnnouncement(
        text=text,
        urgent=urgent,
        recipients=read.recipients if not read.unread else (),
        origin=who.place.id,
        entry=entry,
    )
    answer = Answer(place_id=who.place.id, reply_to=who.message_id)
    result = await service.execute(
        [new_case(KIND, plan, opens)], cause=who.cause, requester=who.requester, answer=answer
    )
    if result.refusal is None and result.streams:
        await show_draft(context, who, result.streams[0])
        if read.recipients and read.unread:  # most of it is an address; nobody is picked, and it is said why
            unread = text_message("desk_to_none", words=LIST.join(read.unread))
            await tell(context, who, unread, "usage", step="unread")
    return result


def _parted(text: str) -> tuple[str, str]:
    """Return what stands before the first colon, and what behind it."""
    match = re.match(rf"^(?P<head>[^：:\n]{{1,{MOST_HEAD}}})[：:]\s*(?P<body>\S.*)$", text, re.DOTALL)
    return (match["head"], match["body"]) if match is not None else ("", text)


async def _list(context: Context, who: Caller) -> None:
    service = tools_of(context).service
    plans = desks_read(service, who.reader, None if who.private else who.plans)
    async with service.store.reading() as rx:
        cases = await of_plan(rx, KIND, plans)
    by_id = {plan.id: plan for plan in plans}
    views = [await service.case_view(by_id[case.plan], case, who.person.id) for case in cases]
    await tell(context, who, pages.listing(views), "desk_list")


async def _one(context: Context, who: Caller, number: int, words: str) -> None:
    """Show a notice, or change it by words."""
    subject = await numbered(context, who, KIND, number)
    if subject is None or not isinstance(subject.case, Announcement):
        await answer_privately(context, who, "desk_no_such", called=f"通知{number}号")
        return
    match = _VERB.match(words)
    if match is None:
        await tell(context, who, await page(context, who, subject), "desk_page", stream=subject.stream)
    elif match["verb"] == URGENT:
        result = await run_case(context, who, subject.stream, MarkUrgent(urgent=True))
        if result.refusal is None:
            await show_draft(context, who, subject.stream)
    else:
        await change_text(context, who, subject, match["verb"], match["words"].strip())


@button("announce_send", on="draft", who=Who.OFFICE, again=previewed, late=confirm_again(previewed))
async def announce(press: ButtonPress) -> str:
    """Second step: it goes out."""
    return await send(press)


@button("announce_urgent", on="draft", who=Who.OFFICE)
async def urgent(press: ButtonPress) -> str:
    """加急, or not any more."""
    return await amended(press, MarkUrgent(urgent=bool(press.arg("urgent"))), "desk_urgency_set")


@button("announce_stop", on="told", who=Who.OFFICE)
async def stop(press: ButtonPress) -> str:
    """No more receipts are waited for."""
    problem = await press.run(StopWaiting(), done="announce_stopped")
    subject = await about_case(press.context, press.caller, press.stream)
    if subject is not None:
        await redraw(press, await page(press.context, press.caller, subject), "desk_page")
    return problem
