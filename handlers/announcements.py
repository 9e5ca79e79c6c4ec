"""通知 with receipts in the chat: ``/notice``, the draft, what is urgent, what ends it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from telegram import Update

from bot.office.desk import new_case
from bot.office.recipients import Addressees, addressees
from bot.render.chat import text_message
from bot.render.said import Words
from bot.service import Answer, Result
from bot.texts.words import LIST
from handlers import drafting
from handlers.access import Who
from handlers.buttons import ButtonPress, button, confirm_again
from handlers.cases import CaseSubject, run_case
from handlers.commands import answer_privately, command
from handlers.context import Caller, Context, tools_of
from handlers.desk import numbered
from handlers.picking import amended, previewed, send
from handlers.recipients import page, page_again
from plans.desk.announcements import KIND, Announcement, MarkUrgent, OpenAnnouncement, StopWaiting
from plans.model import Plan

URGENT = "加急"

MOST_HEAD = 200
"""Characters before a colon that may say to whom it goes."""

_NUMBERED = re.compile(r"^(?:通知)?\s*#?(?P<number>\d{1,5})号?(?:\s+(?P<words>.*))?$", re.DOTALL)
_VERB = drafting.verbs(URGENT)
_MARKED = re.compile(r"^(?:【?加急】?[：:\s]*)")


@command("notice", help={"duty": 21, "leader": 17})
async def notice(update: Update, context: Context) -> None:
    """``/notice``: alone the list, with a number one of them and what is to change, else a text, and to whom."""
    written = await drafting.written(update, context, "notice_not_yours")
    if written is None:
        return
    who, text, plan = written.who, written.text, written.plan
    match = _NUMBERED.match(text)
    words = (match["words"] or "").strip() if match is not None else ""
    if match is not None and (not words or _VERB.match(words)):
        await _one(context, who, int(match["number"]), words)
    elif match is not None and await numbered(context, who, KIND, int(match["number"])) is not None:
        await answer_privately(context, who, "notice_how")  # a number that there is, and words that ask for nothing
    elif not text:
        await drafting.show_open(context, who, KIND)
    elif plan is None:
        await answer_privately(context, who, "notice_not_yours")
    else:
        await draft(context, who, text, plan, files=written.files)


async def draft(
    context: Context, who: Caller, text: str, plan: Plan, *, entry: str = "", files: Sequence[str] = ()
) -> Result:  # fmt: skip
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
        evidence=tuple(files),
    )
    answer = Answer(place_id=who.place.id, reply_to=who.message_id, known_as=who.known_as if files else ())
    result = await service.execute(
        [new_case(KIND, plan, opens)], cause=who.cause, requester=who.requester, answer=answer
    )
    if result.refusal is None and result.streams:
        await drafting.show_draft(context, who, result.streams[0])
        if not entry:
            said = Words(
                text=text, files=tuple(files), said_at=who.said_at, message=who.message_id or 0, place=who.place.id
            )
            await drafting.offer_report(context, who, result.streams[0], said)
        if read.recipients and read.unread:  # most of it is an address; nobody is picked, and it is said why
            unread = text_message("desk_to_none", words=LIST.join(read.unread))
            await drafting.tell(context, who, unread, "usage", step="unread")
    return result


def _parted(text: str) -> tuple[str, str]:
    """Return what stands before the first colon, and what behind it."""
    match = re.match(rf"^(?P<head>[^：:\n]{{1,{MOST_HEAD}}})[：:]\s*(?P<body>\S.*)$", text, re.DOTALL)
    return (match["head"], match["body"]) if match is not None else ("", text)


async def _one(context: Context, who: Caller, number: int, words: str) -> None:
    """Show a notice, or change it by words."""
    subject = await numbered(context, who, KIND, number)
    if subject is None or not isinstance(subject.case, Announcement):
        await answer_privately(context, who, "desk_no_such", called=f"通知{number}号")
        return
    if not await change(context, who, subject, words):
        await drafting.tell(context, who, await page(context, who, subject), "desk_page", stream=subject.stream)


async def change(context: Context, who: Caller, subject: CaseSubject, words: str) -> bool:
    """Do what words ask of a notice: 更正, 收回, 加发, 发给, 加急; return whether they ask anything."""
    match = _VERB.match(words)
    if match is None:
        return False
    if match["verb"] != URGENT:
        await drafting.change_text(context, who, subject, match["verb"], match["words"].strip())
        return True
    result = await run_case(context, who, subject.stream, MarkUrgent(urgent=True))
    if result.refusal is None:
        await drafting.show_draft(context, who, subject.stream)
    return True


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
    await page_again(press)
    return problem
