"""What a unit makes of an instruction in the chat: its buttons, its words and pictures, a receipt of anything sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from telegram import Update

from bot.cases.streams import is_case, kind_of
from bot.office.instructions import of_plan
from bot.render import results as pages
from bot.render.chat import popup_text, text_message
from bot.render.desk import called
from handlers import announcements, instructions
from handlers.buttons import ButtonPress, button
from handlers.cases import CaseSubject, about_case, run_case
from handlers.context import Caller, Context, tools_of
from handlers.drafting import tell
from handlers.evidence import carried
from handlers.forms import ask_form
from handlers.instructions import state_as_instruction
from handlers.recipients import KINDS, state_of, view_of
from handlers.replies import redraw
from handlers.which_incident import of_message
from plans.desk.addressed import own_of
from plans.desk.instruction_state import Instruction
from plans.desk.receipts import Receive
from plans.desk.results import DeclineInstruction, SettleInstruction
from plans.desk.wording import LONGEST
from plans.intake.entries import tells_of_happening
from plans.intake.telling import tells_of_event, tells_of_harm
from plans.intake.with_plan import read_for
from plans.model import Plan
from storage.forms import Form

ASKED = "instruction"
"""Kind of the form that a press on 「办结」 or 「退回」 opens."""

HOLDS = timedelta(minutes=30)
"""How long what is sent may be the result."""

FILES = ("photo", "document", "video")
"""What can be handed in."""

_DONE = re.compile(r"^(?:已?办结|已?办完|已?完成|已?落实)(?:了|情况)?[。：:，,\s]*(?P<words>.*)$", re.DOTALL)
_DECLINE = re.compile(r"^退回[。：:，,\s]*(?P<words>.*)$", re.DOTALL)
_HEARD = re.compile(r"^(?:已经?)?(?:收到|收悉|知悉|知道了|明白)(?:了)?[。！!，,\s]*$")


# --- what a unit does by buttons


def _own(press: ButtonPress) -> list[str]:
    return own_of(state_of(press.case_subject), press.case_subject.actor, press.case_subject.plan)


@button("instruct_done", on="told")
async def asks_done(press: ButtonPress) -> str:
    """办结: the result is asked for, and what is sent next in private is it."""
    own, who = _own(press), press.caller
    if not own:
        return popup_text("not_yours")
    if who.private:
        await ask_form(press.tools, who, ASKED, {"stream": press.stream})
    view = await press.case_view()
    waits = [name for name in own if state_as_instruction(press.case_subject).waits_for(name)]
    await redraw(press, pages.ask_result(view, waits or own), "desk_mine")
    return popup_text("instruct_send_result")


@button("instruct_settled", on="told")
async def settled(press: ButtonPress) -> str:
    """Done, with what is usually said."""
    problem = await press.run(SettleInstruction(text=str(press.arg("words"))), done="instruct_settled")
    await _mine(press)
    return problem


@button("instruct_decline", on="told")
async def asks_why(press: ButtonPress) -> str:
    """退回: why? What is written next in private is the reason."""
    own, who = _own(press), press.caller
    if not own:
        return popup_text("not_yours")
    if who.private:
        await ask_form(press.tools, who, ASKED, {"stream": press.stream, "ask": "why"})
    await redraw(press, pages.ask_why(await press.case_view(), own), "desk_mine")
    return ""


@button("instruct_declined", on="told")
async def declined(press: ButtonPress) -> str:
    """For that reason."""
    problem = await press.run(DeclineInstruction(reason=str(press.arg("words"))), done="instruct_declined_now")
    await _mine(press)
    return problem


async def _mine(press: ButtonPress) -> None:
    subject = await about_case(press.context, press.caller, press.stream)
    if subject is None:
        return
    own = own_of(state_of(subject), subject.actor, subject.plan)
    if own:
        view = await view_of(press.context, press.caller, subject, press.caller.place.id)
        await redraw(press, pages.mine(view, own), "desk_mine")


# --- words and pictures


async def take_result(update: Update, context: Context, who: Caller, text: str, form: Form | None) -> bool:
    """Take what is sent after 「办结」 as the result, words after 「退回」 as the reason.

    What tells of an event is a report.
    """
    tools = tools_of(context)
    if form is None or form.kind != ASKED or who.via != "direct" or tools.clock.now() - form.at > HOLDS:
        return False
    subject = await about_case(context, who, str(form.data["stream"]))
    files = handed_in(update)
    if (
        subject is None
        or not (text or files)
        or _tells_of_event(subject.plan, text, who.said_at, state_of(subject).text)
    ):
        return False
    state = state_as_instruction(subject)
    own = own_of(state, subject.actor, subject.plan)
    if form.data.get("ask") == "why" and _DONE.match(text) is None:
        if files or not any(state.waits_for(name) for name in own):
            return False
        said = match["words"].strip() or text if (match := _DECLINE.match(text)) is not None else text
        filled = replace(who, fills_form=True)
        await run_case(context, filled, subject.stream, DeclineInstruction(reason=said[:LONGEST]))
        await _how_it_stands(context, who, subject.stream)
        return True
    if not files and all(state.status(name) == "done" for name in own):
        return False  # words that come after the result are words of their own
    return bool(own) and await _settle(context, who, subject, text, files)


def handed_in(update: Update) -> tuple[str, ...]:
    """Return the pictures and files of a message, ``kind:reference``."""
    return tuple(f"{kind}:{reference}" for kind, reference in carried(update.effective_message) if kind in FILES)


def _tells_of_event(plan: Plan, text: str, now: datetime, asked: str) -> bool:
    """Return whether an answer tells of an event: not by the kind that was asked about, 校车 of school buses."""
    if not text:
        return False
    reading = read_for(plan, text, now=now)
    if tells_of_harm(reading) or tells_of_happening(text):
        return True
    same = bool(reading.category) and reading.category == read_for(plan, asked, now=now).category
    return tells_of_event(reading) and not same


async def _settle(context: Context, who: Caller, subject: CaseSubject, text: str, files: Sequence[str]) -> bool:
    before = state_as_instruction(subject)
    own = own_of(before, subject.actor, subject.plan)
    more = all(before.status(name) == "done" for name in own)
    asked = SettleInstruction(text=text[:LONGEST], evidence=tuple(files))
    result = await run_case(context, who, subject.stream, asked)
    if result.refusal is None and not (more and who.album):  # one answer for an album
        key = "instruct_more_kept" if more else "instruct_result_kept"
        await tell(context, who, text_message(key, called=called(before)), "usage", step="kept")
    return True


async def replied(update: Update, context: Context, who: Caller, text: str) -> bool:
    """Take a reply to a message of the desk: a unit's answer, or what the office changes by words.

    Returns:
        whether it was one; what tells of an event goes on as a report.
    """
    message = update.effective_message
    answered = message.reply_to_message if message is not None else None
    if answered is None or who.via == "edit":
        return False
    async with tools_of(context).service.store.reading() as rx:
        stream = await of_message(rx, who, answered.message_id)
    if stream is None or not is_case(stream) or kind_of(stream) not in KINDS:
        return False
    subject = await about_case(context, who, stream)
    if subject is None or not who.reader.serves(subject.case.jurisdiction, subject.plan.id):
        return False
    own = own_of(state_of(subject), subject.actor, subject.plan)
    changes = instructions.change if isinstance(subject.case, Instruction) else announcements.change
    if subject.staff and await changes(context, who, subject, text):
        return True
    if own and _HEARD.match(text):
        await heard(context, who, subject)
        return True
    files = handed_in(update)
    if not own or _tells_of_event(subject.plan, text, who.said_at, state_of(subject).text):
        return False
    if not isinstance(subject.case, Instruction):
        if files:
            return False  # a picture may be a report
        await tell(context, who, text_message("desk_reply_how", called=called(subject.case)), "usage")
        return True
    if (match := _DECLINE.match(text)) is not None:
        await run_case(context, who, stream, DeclineInstruction(reason=match["words"]))
        await _how_it_stands(context, who, stream)
    elif (match := _DONE.match(text)) is not None or files:
        words = match["words"].strip() or text if match is not None else text
        await _settle(context, who, subject, words, files)
    else:
        said = text_message("instruct_reply_how", called=called(subject.case))
        await tell(context, who, said, "usage")
    return True


async def heard(context: Context, who: Caller, subject: CaseSubject) -> None:
    """收到 in words: recorded, and shown as it stands."""
    await run_case(context, who, subject.stream, Receive())
    await _how_it_stands(context, who, subject.stream)


async def _how_it_stands(context: Context, who: Caller, stream: str) -> None:
    subject = await about_case(context, who, stream)
    if subject is None:
        return
    own = own_of(state_of(subject), subject.actor, subject.plan)
    if own:
        view = await view_of(context, who, subject)
        await tell(context, who, KINDS[kind_of(stream)].mine(view, own), "desk_mine", stream=stream, step="shown")


async def waiting(context: Context, who: Caller) -> list[CaseSubject]:
    """Return what waits for a receipt of this person: instructions and notices."""
    service = tools_of(context).service
    plans = [service.registry.current(name) for name in service.registry.ids]
    async with service.store.reading() as rx:
        cases = [case for kind in KINDS for case in await of_plan(rx, kind, who.reader.served(plans))]
    found = []
    for case in cases:
        subject = await about_case(context, who, case.stream)
        if subject is not None:
            state = state_of(subject)
            if state.out and any(state.told[name].silent for name in own_of(state, subject.actor, subject.plan)):
                found.append(subject)
    return found
