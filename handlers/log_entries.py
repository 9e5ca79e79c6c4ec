"""Entries of the duty log are written: ``记 …``, what is sent when 「📒 记一笔」 asked for it, albums, corrections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from telegram import Message, Update

from bot.cases.streams import kind_of
from bot.office.desk import desk_of, new_case
from bot.office.log_words import added, written
from bot.render import log as pages
from bot.render.chat import text_message
from bot.render.desk import called_so
from bot.render.said import Words
from bot.service import Answer, Result, Step
from bot.texts import log as t
from handlers.cases import CaseSubject, about_case
from handlers.commands import answer_privately
from handlers.context import Caller, Context, tools_of
from handlers.evidence import carried
from handlers.forms import ask_form
from handlers.jotted import jotted
from handlers.replies import say
from handlers.spoken import is_name
from handlers.which_incident import of_message, rest
from plans.core.command import Command
from plans.desk.entries import AddToEntry, WithdrawEntry
from plans.desk.entry_replies import AnswerEntry, SetRight, TakeBackAnswer, WaiveEntry, WordAnswer
from plans.desk.entry_state import KIND, Entry
from plans.intake.due import due_named
from plans.intake.entries import caller_of, read_entry
from plans.intake.telling import tells_of_event
from plans.intake.with_plan import read_for
from plans.model import Plan
from storage.forms import Form

ASKED = "log"
"""Kind of the form that is open while the words of an entry, or something of one, are asked for."""

HOLDS = timedelta(minutes=10)
"""How long what is sent may be that; later it is what it is without a form."""

FILES = ("photo", "voice", "video", "video_note", "document", "audio")
LONGEST_CALLER = 60
_ANSWERED = re.compile(r"^(?:已经?|均已|都已)|(?:了|完毕|落实|完成)[。!！]*$")
_NOT_ANSWERED = re.compile(r"没|未|还|不|等")


def has_duty(who: Caller) -> bool:
    """Return whether somebody has the duty somewhere."""
    return any(item.role == "duty" and item.ended_at is None for item in who.holdings)


# --- writing


async def write(
    context: Context, who: Caller, text: str, files: Sequence[str], *, forwarded: bool = False,
    corrects: CaseSubject | None = None,
) -> Result | None:  # fmt: skip
    """Write an entry; what is not said of one that it corrects is taken over from there."""
    tools = tools_of(context)
    async with tools.service.store.reading() as rx:
        plan = await desk_of(rx, tools.service, who.holdings, who.plans)
    plan = corrects.plan if corrects is not None else plan
    if plan is None:
        await answer_privately(context, who, "log_duty")
        return None
    before = corrects.case if corrects is not None else None
    command = written(
        plan, text, files, origin=who.place.id, said_at=who.said_at, forwarded=forwarded,
        corrects=before if isinstance(before, Entry) else None,
    )  # fmt: skip
    opening = new_case(KIND, plan, command)
    answer = Answer(place_id=who.place.id, reply_to=who.message_id, known_as=who.known_as)
    cause = f"entry:{who.place.id}:{who.message_id}"
    result = await tools.service.execute([opening], cause=cause, requester=who.requester, answer=answer)
    if result.refusal is not None or result.repeated:
        return result
    entry = result.steps[0].case.after if result.steps and result.steps[0].case is not None else None
    if isinstance(entry, Entry):
        if not who.private:
            noted = text_message("log_noted", called=called_so(KIND, entry.number))
            await say(context, who, noted, "log", stream=entry.stream, step="noted")
        elif not entry.text:
            await ask_form(tools, who, ASKED, {"ask": "text", "stream": entry.stream})
    return result


def _added(who: Caller, subject: CaseSubject, text: str, files: Sequence[str] = ()) -> AddToEntry:
    return added(subject.plan, text, files, said_at=who.said_at)


def sent_files(message: Message | None) -> tuple[str, ...]:
    """Return what a message carries that is kept with an entry."""
    return tuple(f"{kind}:{reference}" for kind, reference in carried(message) if kind in FILES)


async def note(update: Update, context: Context, who: Caller, text: str) -> bool:
    """Write an entry of a message that begins with 记, by whoever has the duty; False where it is none."""
    words = jotted(text)
    if not words or not has_duty(who):
        return False
    if await edited(context, who):
        return True
    if who.via != "direct" or not (who.private or who.place.kind == "command"):
        return False
    await write(context, who, words, sent_files(update.effective_message))
    return True


async def edited(context: Context, who: Caller) -> bool:
    """Say that the log does not follow a message that is edited; False for one that was not."""
    if who.via != "edit":
        return False
    async with tools_of(context).service.store.reading() as rx:
        known = await rx.causes.result(who.said)
    subject = await entry_of(context, who, known["streams"][0]) if known and known["streams"] else None
    if subject is not None:
        number = subject.case.number
        await answer_privately(context, who, "log_edited", called=called_so(KIND, number), number=number)
    elif known is None:
        await answer_privately(context, who, "log_edited_not")
    return subject is not None or known is None


async def edited_entry(context: Context, who: Caller, text: str) -> bool:
    """Say so of an edited message that an entry was written by, or that begins as one; False for any other."""
    async with tools_of(context).service.store.reading() as rx:
        known = await rx.causes.result(who.said)
    ours = bool(known and known["streams"] and kind_of(str(known["streams"][0])) == KIND)
    return (ours or (known is None and bool(jotted(text)) and has_duty(who))) and await edited(context, who)


async def album(update: Update, context: Context, who: Caller) -> bool:
    """Put a further picture of an album with the entry that the first one wrote."""
    if not who.album or who.via == "edit":
        return False
    async with tools_of(context).service.store.reading() as rx:
        known = await rx.causes.result(who.said_album)
    subject = await entry_of(context, who, known["streams"][0]) if known and known["streams"] else None
    if subject is None:
        return False
    await run(context, who, subject, _added(who, subject, rest(update), sent_files(update.effective_message)))
    return True


# --- what is sent when it was asked for


async def answered(update: Update, context: Context, who: Caller, text: str, form: Form | None) -> bool:
    """Take what was asked for: an entry, a time, a caller, the words of an answer. False where it is something else.

    What tells of an event is a report where it is not kept; the words of an answer are kept, and offered as one.
    """
    if form is None or form.kind != ASKED or not has_duty(who) or tools_of(context).clock.now() - form.at > HOLDS:
        return False
    files, ask = sent_files(update.effective_message), str(form.data["ask"])
    if who.via not in ("direct", "forward") or not (text or files) or (is_name(text) and not files):
        return False
    who = filling(who)
    if ask == "new":
        await write(context, who, text, files, forwarded=who.via == "forward")
        return True
    subject = await entry_of(context, who, str(form.data["stream"]))
    if subject is None or who.via != "direct" or (not text and ask != "correct"):
        return False
    if ask in ("due", "caller") and _is_report(subject.plan, who, text):
        return False
    happened = bool(text) and tells_of_event(read_for(subject.plan, text, now=who.said_at))
    kept = await do(context, who, subject, ask, text, files)
    if kept and happened and ask == "words":  # else the entry's own page offers it
        said = Words(text=text, files=files, said_at=who.said_at, message=who.message_id or 0)
        view = await tools_of(context).service.case_view(subject.plan, subject.case, who.person.id)
        await say(context, who, pages.perhaps_report(view, said), "log", stream=subject.stream, step="said")
    return kept or not happened


def filling(who: Caller) -> Caller:
    """Return somebody whose open form is closed by what he does."""
    return replace(who, fills_form=True)


def _is_report(plan: Plan, who: Caller, text: str) -> bool:
    """Return whether words that answer no question of ours tell of an event."""
    return not due_named(text, who.said_at) and tells_of_event(read_for(plan, text, now=who.said_at))


# --- one entry


async def do(
    context: Context, who: Caller, subject: CaseSubject, act: str, words: str, files: Sequence[str] = ()
) -> bool:  # fmt: skip
    """Do by words what the buttons of an entry do, but for what opens another case; False where it is refused."""
    match act:
        case "due":
            return await _set_due(context, who, subject, words)
        case "caller":
            return await run(context, who, subject, caller_given(subject, words))
        case "reply":
            return await run(context, who, subject, AnswerEntry(words=words))
        case "words":
            return await run(context, who, subject, WordAnswer(words=words))
        case "waive":
            return await run(context, who, subject, WaiveEntry())
        case "text":
            return await run(context, who, subject, _added(who, subject, words))
        case "correct" if words or files:
            result = await write(context, who, words, files, corrects=subject)
            return result is not None and result.refusal is None
        case "undo":
            entry = subject.case
            replied = isinstance(entry, Entry) and bool(entry.replies)
            return await run(context, who, subject, TakeBackAnswer() if replied else WithdrawEntry())
        case _:
            await answer_privately(context, who, "log_how")
            return False


async def _set_due(context: Context, who: Caller, subject: CaseSubject, words: str) -> bool:
    moments = due_named(words, who.said_at)
    if not moments:
        await answer_privately(context, who, "log_due_how", given=words[:20] or "—")
    elif len(moments) > 1:
        view = await tools_of(context).service.case_view(subject.plan, subject.case, who.person.id)
        await say(context, who, pages.ask_due(view, moments), "log", stream=subject.stream, in_private=True)
    else:
        return await run(context, who, subject, SetRight(due=moments[0]))
    return bool(moments)


def caller_given(subject: CaseSubject, words: str) -> SetRight:
    """Return who called, as somebody writes it: unit, name and number."""
    found = read_entry(f"{words[:LONGEST_CALLER]} 来电", subject.case.events[0].at, subject.plan.jurisdiction.area_code)
    unit, name = (found.unit, found.name) if found.unit or found.name else caller_of(words[:LONGEST_CALLER])
    return SetRight(unit=unit, caller=name, phone=found.number or None)


async def run(context: Context, who: Caller, subject: CaseSubject, command: Command) -> bool:
    """Do something to an entry and show how it stands; False where it is refused."""
    tools = tools_of(context)
    answer = Answer(place_id=who.place.id, reply_to=who.message_id)
    result = await tools.service.execute(
        [Step(stream=subject.stream, command=command)], cause=who.cause, requester=who.requester, answer=answer
    )
    if result.refusal is None and not result.repeated:
        fresh = await about_case(context, who, subject.stream)
        if fresh is not None and not (isinstance(command, AddToEntry) and command.text):
            await show_entry(context, who, fresh, step="page")
    return result.refusal is None


async def show_entry(context: Context, who: Caller, subject: CaseSubject, step: str = "") -> None:
    """Show an entry to somebody who may read it, in private."""
    service = tools_of(context).service
    view = await service.case_view(subject.plan, subject.case, who.person.id)
    message = pages.page(view, acts=has_duty(who))
    if not await say(context, who, message, "log", stream=subject.stream, in_private=True, step=step):
        await say(context, who, text_message("start_first"), "log", step=step)


async def replied(update: Update, context: Context, who: Caller, text: str) -> bool:
    """Take a reply to a message about an entry: 已回复 …, 更正 …, or a voice message's words; False for any other."""
    message = update.effective_message
    if message is None or message.reply_to_message is None or who.via != "direct" or not has_duty(who):
        return False
    async with tools_of(context).service.store.reading() as rx:
        stream = await of_message(rx, who, message.reply_to_message.message_id)
    subject = await entry_of(context, who, stream) if stream is not None else None
    if subject is None or not isinstance(subject.case, Entry):
        return False
    word, _, words = text.partition(" ")
    act = next((name for name, ways in t.COMMANDS.items() if word.rstrip("：:，,") in ways), "")
    if act:
        await do(context, who, subject, act, words.strip(), sent_files(message))
    elif text and not subject.case.text and subject.case.evidence:
        await run(context, who, subject, _added(who, subject, text))
    elif text and due_named(text, who.said_at):
        await _set_due(context, who, subject, text)
    elif subject.case.waits_for is not None and _is_answer(subject.plan, text, who.said_at):
        await do(context, who, subject, "reply", text)
    else:
        return False
    return True


def _is_answer(plan: Plan, text: str, now: datetime) -> bool:
    """Return whether a reply says that what an entry waits for is done, and tells of no event."""
    done = _ANSWERED.search(text) is not None and _NOT_ANSWERED.search(text) is None
    return done and not tells_of_event(read_for(plan, text, now=now))


async def entry_of(context: Context, who: Caller, stream: str) -> CaseSubject | None:
    """Return an entry that somebody may read; None for any other case."""
    if kind_of(stream) != KIND:
        return None
    subject = await about_case(context, who, stream)
    if subject is None or not who.reader.works_on(subject.case.jurisdiction, subject.plan):
        return None
    return subject
