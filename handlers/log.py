"""值班日志: ``/log`` writes and shows, 「📒 记一笔」 asks for an entry; its buttons; a case is opened from it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from telegram import Update

from bot.render import Message
from bot.render import log as pages
from bot.render.chat import popup_text
from bot.texts import log as t
from bot.texts.help import KEYBOARD
from handlers import bringing, instructions, log_lists, reporting
from handlers.access import Who
from handlers.buttons import ButtonPress, button
from handlers.cases import CaseSubject, about_case
from handlers.commands import answer_privately, command
from handlers.context import Caller, Context, caller, tools_of
from handlers.desk import numbered
from handlers.forms import ask_form
from handlers.log_entries import ASKED, do, edited, has_duty, sent_files, show_entry, write
from handlers.menus import key, keyboard
from handlers.replies import say, show
from handlers.which_incident import rest
from plans.desk.entries import WithdrawEntry
from plans.desk.entry_replies import AnswerEntry, SetRight, TakeBackAnswer, WaiveEntry, WordAnswer
from plans.desk.entry_state import KIND, Entry
from plans.intake.due import hours_ahead
from plans.intake.entries import tells_of_happening

_NUMBERED = re.compile(r"^#?(?P<number>\d{1,6})号?(?:\s+(?P<words>\S.*))?$", re.DOTALL)


@command("log", help={"duty": 6})
async def log(update: Update, context: Context) -> None:
    """``/log``: alone today's entries; with words an entry; with a number, a day or 找 what stands in the log."""
    who = await caller(update, context)
    if who is None or await edited(context, who):
        return
    text, message = rest(update), update.effective_message
    files = sent_files(message)
    answered = message.reply_to_message if message is not None else None
    forwarded = not text and not files and answered is not None and has_duty(who)
    if forwarded and answered is not None:
        text, files = (answered.text or answered.caption or "").strip(), sent_files(answered)
    if not text and not files:
        await log_lists.today(context, who)
    elif has_duty(who) and (files or forwarded):
        await write(context, who, text, files, forwarded=forwarded)
    elif await _asked_of_the_log(context, who, text):
        return
    elif has_duty(who):
        await write(context, who, text, files)
    elif tells_of_happening(text) and who.via == "direct":  # nobody's report is lost behind a wrong command
        await reporting.report(update, context)
    else:
        await answer_privately(context, who, "log_duty")


async def _asked_of_the_log(context: Context, who: Caller, text: str) -> bool:
    """Answer a question to the log, or do what is asked of one entry; False for the words of a new one."""
    if await log_lists.asked(context, who, text):
        return True
    match = _NUMBERED.match(text)
    if match is None:
        return False
    word, _, words = (match["words"] or "").partition(" ")
    act = next((name for name, ways in t.COMMANDS.items() if word in ways), "")
    if match["words"] and not act:
        return False
    subject = await numbered(context, who, KIND, int(match["number"]))
    if subject is None:
        await answer_privately(context, who, "log_no_such", number=match["number"])
    elif not act:
        await show_entry(context, who, subject)
    elif act in OPENS:
        said = await OPENS[act](context, who, subject)
        if said:
            await say(context, who, pages.said(said), "log", in_private=True, step="opened")
    else:
        await do(context, who, subject, act, words.strip())
    return True


@key(KEYBOARD["log"], row=2, duty=True)
async def ask_for_entry(update: Update, context: Context) -> None:
    """「📒 记一笔」: the next message is an entry."""
    who = await caller(update, context)
    if who is None:
        return
    if not has_duty(who):
        await answer_privately(context, who, "log_duty")
        return
    await ask_form(tools_of(context), who, ASKED, {"ask": "new"})
    await say(context, who, pages.said(t.ASK), "log", keys=keyboard(duty=True))


# --- the buttons of an entry


def _entry(press: ButtonPress) -> Entry:
    entry = press.case_subject.case
    if not isinstance(entry, Entry):
        raise TypeError(f"{entry.stream} is no entry of the log")
    return entry


@button("entry_due_at", on=("read", "reply"), who=Who.DUTY)
async def due_at(press: ButtonPress) -> str:
    """One of the moments that may be meant."""
    return await _done(press, SetRight(due=datetime.fromisoformat(str(press.arg("at")))))


@button("entry_called", on="read", who=Who.DUTY)
async def called(press: ButtonPress) -> str:
    """When the call came, of the moments that may be meant."""
    return await _done(press, SetRight(called_at=datetime.fromisoformat(str(press.arg("at")))))


async def _done(
    press: ButtonPress, command: SetRight | TakeBackAnswer, done: str = "log_set", *, last: bool = True
) -> str:  # fmt: skip
    """Do it and show the entry anew: the buttons of what was shown before it are bound to how it stood then."""
    before = _entry(press)
    popup = await press.run(command, done=done, last=last)
    fresh = await about_case(press.context, press.caller, press.stream)
    if fresh is not None and fresh.case.sequence > before.sequence and press.caller.private:
        await show_entry(press.context, press.caller, fresh, step="page")
    return popup


@button("entry_replied", on="reply", who=Who.DUTY)
async def replied(press: ButtonPress) -> str:
    """「已回复」: ticked off at once, so that nothing rings; the words are asked for afterwards."""
    count = len(_entry(press).replies)
    popup = await press.run(AnswerEntry(), done="log_replied")
    fresh = await about_case(press.context, press.caller, press.stream)
    if fresh is None or not isinstance(fresh.case, Entry) or len(fresh.case.replies) == count:
        return popup
    mine = fresh.case.replies[-1].by == press.caller.person.id
    if press.caller.private and mine and not fresh.case.replies[-1].words:
        await ask_form(press.tools, press.caller, ASKED, {"ask": "words", "stream": press.stream})
        service = press.tools.service
        view = await service.case_view(fresh.plan, fresh.case, press.caller.person.id, press.caller.place.id)
        await say(press.context, press.caller, pages.ask_words(view), "log", stream=press.stream, step="words")
    return popup


@button("entry_answer_words", on="entry", who=Who.DUTY)
async def answer_words(press: ButtonPress) -> str:
    """What was answered, in words that are often the same."""
    return await press.run(WordAnswer(words=str(press.arg("words"))), done="log_replied", last=True)


@button("entry_waive", on="reply", who=Who.DUTY)
async def waive(press: ButtonPress) -> str:
    """「不用回复」."""
    return await press.run(WaiveEntry(), done="log_waived")


@button("entry_undo", on="entry", who=Who.DUTY)
async def undo(press: ButtonPress) -> str:
    """What was ticked off a moment ago waits again."""
    return await _done(press, TakeBackAnswer(), "log_again")


@button("entry_withdraw", on="entry", who=Who.DUTY)
async def withdraw(press: ButtonPress) -> str:
    """「撤回」: what was ticked off last waits again, else the entry itself is struck through."""
    entry = _entry(press)
    mine = bool(entry.replies) and entry.replies[-1].by == press.caller.person.id
    if mine:
        return await _done(press, TakeBackAnswer(), "log_again", last=False)
    return await press.run(WithdrawEntry(), done="log_withdrawn", last=True)


@button("entry_due", on="entry", who=Who.DUTY)
async def ask_due(press: ButtonPress) -> str:
    """「改时限」: some hours to choose from, or the next message says it."""
    view = await press.case_view()
    return await _ask(press, "due", pages.ask_due(view, hours_ahead(view.now)))


@button("entry_caller", on="entry", who=Who.DUTY)
async def ask_caller(press: ButtonPress) -> str:
    """「改来电人」: the next message says who called."""
    return await _ask(press, "caller", pages.ask_caller(await press.case_view()))


@button("entry_correct", on="entry", who=Who.DUTY)
async def ask_correction(press: ButtonPress) -> str:
    """「更正」: the next message is the entry as it should be."""
    return await _ask(press, "correct", pages.ask_correction(await press.case_view()))


async def _ask(press: ButtonPress, ask: str, message: Message) -> str:
    """Ask for the next message in private; in a group what is typed with the number does the same."""
    if not _entry(press).stands:
        return popup_text("button_stale")
    if not press.caller.private:
        return popup_text("log_in_private", number=_entry(press).number)
    await ask_form(press.tools, press.caller, ASKED, {"ask": ask, "stream": press.stream})
    await show(press, message, "log")
    return ""


# --- a case is opened from an entry


async def _report(context: Context, who: Caller, subject: CaseSubject) -> str:
    """Report what an entry tells, as if it had been typed; return why not, or nothing."""
    entry = subject.case
    if not isinstance(entry, Entry) or not entry.stands or not entry.text:
        return popup_text("button_stale")
    return await reporting.report_entry(context, who, entry, pages.who(entry))


async def _warning(context: Context, who: Caller, subject: CaseSubject) -> str:
    """Bring the warning that an entry tells, as if it had been typed; return why not, or nothing."""
    entry = subject.case
    if not isinstance(entry, Entry) or not entry.stands or not entry.text:
        return popup_text("button_stale")
    return await bringing.take_entry(context, who, entry)


async def _instruct(context: Context, who: Caller, subject: CaseSubject) -> str:
    """Draft the instruction that an entry tells, as if it had been typed; return why not, or nothing."""
    entry = subject.case
    if not isinstance(entry, Entry) or not entry.stands or not entry.text:
        return popup_text("button_stale")
    told = replace(who, said_at=entry.said_at or who.said_at)
    result = await instructions.draft(
        context, told, entry.text, plan=subject.plan, entry=entry.stream, entry_number=entry.number,
        files=entry.evidence,
    )  # fmt: skip
    return result.popup if result is not None else ""


OPENS = {"report": _report, "warning": _warning, "instruct": _instruct}
"""What is opened from an entry, by what is typed behind its number."""


@button("entry_report", on="entry", who=Who.DUTY, reports=True)
async def to_report(press: ButtonPress) -> str:
    """「转为报告」."""
    return await _report(press.context, press.caller, press.case_subject)


@button("entry_instruct", on="entry", who=Who.DUTY)
async def to_instruction(press: ButtonPress) -> str:
    """「转为指令」."""
    return await _instruct(press.context, press.caller, press.case_subject)


@button("entry_warning", on="entry", who=Who.DUTY)
async def to_warning(press: ButtonPress) -> str:
    """「转为预警」."""
    return await _warning(press.context, press.caller, press.case_subject)
