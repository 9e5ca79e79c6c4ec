"""Entries of the duty log are written: ``记 …``, what is sent when 「📒 记一笔」 asked for it, albums, corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from telegram import Message, Update

from bot.cases.streams import kind_of
from bot.office.desk import desk_of, new_case
from bot.render import log as pages
from bot.render.chat import text_message
from bot.render.desk import called_so
from bot.service import Answer, Result, Step
from bot.texts import log as t
from handlers.cases import CaseSubject, about_case
from handlers.commands import answer_privately
from handlers.context import Caller, Context, tools_of
from handlers.evidence import carried
from handlers.forms import ask_form
from handlers.jotted import jotted
from handlers.replies import say
from handlers.which_incident import of_message, rest
from plans.core.command import Command
from plans.desk.entries import AddToEntry, WithdrawEntry, WriteEntry
from plans.desk.entry_replies import AnswerEntry, SetRight, TakeBackAnswer, WaiveEntry
from plans.desk.entry_state import KIND, Entry, Want
from plans.intake.due import due_named
from plans.intake.entries import LONGEST, EntryRead, caller_of, read_entry, tells_of_happening
from plans.intake.telling import tells_of_event, tells_of_harm
from plans.intake.with_plan import read_for
from plans.model import Plan
from storage.forms import Form

ASKED = "log"
"""Kind of the form that is open while the words of an entry, or something of one, are asked for."""

HOLDS = timedelta(minutes=10)
"""How long what is sent may be that; later it is what it is without a form."""

FILES = ("photo", "voice", "video", "video_note", "document", "audio")
LONGEST_CALLER = 60


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
    command = written(
        plan, text, files, origin=who.place.id, said_at=who.said_at, forwarded=forwarded, corrects=corrects
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


def written(
    plan: Plan, text: str, files: Sequence[str] = (), *, origin: str, said_at: datetime, forwarded: bool = False,
    corrects: CaseSubject | None = None,
) -> WriteEntry:  # fmt: skip
    """Return the command that writes an entry, with what its words say.

    Args:
        origin: the place where they were said. said_at: when, aware.
    """
    text = text.strip()[:LONGEST]
    found = read_entry(text, said_at, plan.jurisdiction.area_code)
    before = corrects.case if corrects is not None else None
    old = before if isinstance(before, Entry) else None
    if old is not None:
        files = tuple(dict.fromkeys((*old.evidence, *files)))
    wants = wants_read(found) or (old.wants[len(old.replies) :] if old is not None else ())
    return WriteEntry(
        origin=origin, text=text, said_at=said_at, forwarded=forwarded, head=found.head,
        way=found.way or (old.way if old is not None else ""), unit=found.unit or _kept(old, found, "unit"),
        caller=found.name or _kept(old, found, "caller"), phone=found.number or _kept(old, found, "phone"),
        called_at=found.called_at or (old.called_at if old is not None and not found.called_options else None),
        called_options=found.called_options, what=found.what, wants=wants, evidence=tuple(files),
        alarming=not found.head and _is_alarming(plan, said_at, text),
        corrects=old.stream if old is not None else "", corrects_number=old.number if old is not None else 0,
    )  # fmt: skip


def added(plan: Plan, who: Caller, text: str, files: Sequence[str] = ()) -> AddToEntry:
    """Return the command that adds files to an entry, or the words of what was spoken, with what they say."""
    text = text.strip()[:LONGEST]
    found = read_entry(text, who.said_at, plan.jurisdiction.area_code)
    return AddToEntry(
        text=text, evidence=tuple(files), way=found.way, unit=found.unit, caller=found.name, phone=found.number,
        called_at=found.called_at, called_options=found.called_options, what=found.what, wants=wants_read(found),
        alarming=_is_alarming(plan, who.said_at, text),
    )  # fmt: skip


def _is_alarming(plan: Plan, said_at: datetime, text: str) -> bool:
    """Return whether an entry tells of an event that may have to be reported: of somebody hurt, or that it happened."""
    return tells_of_happening(text) or (bool(text) and tells_of_harm(read_for(plan, text, now=said_at)))


def _kept(old: Entry | None, found: EntryRead, name: str) -> str:
    """Return what the entry that is corrected says of its caller, where the correction names nobody."""
    return str(getattr(old, name)) if old is not None and not (found.unit or found.name) else ""


def wants_read(found: EntryRead) -> tuple[Want, ...]:
    """Return what is wanted by what was read."""
    wants = tuple(
        Want(at=item.at, options=item.options, words=item.text, what=item.wanted) for item in found.dues
    )  # fmt: skip
    return wants or ((Want(what=found.asked),) if found.asked else ())


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
    await run(context, who, subject, added(subject.plan, who, rest(update), sent_files(update.effective_message)))
    return True


# --- what is sent when it was asked for


async def answered(update: Update, context: Context, who: Caller, text: str, form: Form | None) -> bool:
    """Take what was asked for: an entry, a time, a caller, the words of an answer. False where it is something else."""
    if form is None or form.kind != ASKED or not has_duty(who) or tools_of(context).clock.now() - form.at > HOLDS:
        return False
    files, ask = sent_files(update.effective_message), str(form.data["ask"])
    if who.via not in ("direct", "forward") or not (text or files):
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
    await do(context, who, subject, ask, text, files)
    return True


def filling(who: Caller) -> Caller:
    """Return somebody whose open form is closed by what he does."""
    return replace(who, fills_form=True)


def _is_report(plan: Plan, who: Caller, text: str) -> bool:
    """Return whether words that answer no question of ours tell of an event."""
    return not due_named(text, who.said_at) and tells_of_event(read_for(plan, text, now=who.said_at))


# --- one entry


async def do(
    context: Context, who: Caller, subject: CaseSubject, act: str, words: str, files: Sequence[str] = ()
) -> None:  # fmt: skip
    """Do by words what the buttons of an entry do, but for what opens another case."""
    match act:
        case "due":
            await _set_due(context, who, subject, words)
        case "caller":
            await run(context, who, subject, caller_given(subject, words))
        case "reply" | "words":
            await run(context, who, subject, AnswerEntry(words=words))
        case "waive":
            await run(context, who, subject, WaiveEntry())
        case "text":
            await run(context, who, subject, added(subject.plan, who, words))
        case "correct" if words or files:
            await write(context, who, words, files, corrects=subject)
        case "undo":
            entry = subject.case
            replied = isinstance(entry, Entry) and bool(entry.replies)
            await run(context, who, subject, TakeBackAnswer() if replied else WithdrawEntry())
        case _:
            await answer_privately(context, who, "log_how")


async def _set_due(context: Context, who: Caller, subject: CaseSubject, words: str) -> None:
    moments = due_named(words, who.said_at)
    if not moments:
        await answer_privately(context, who, "log_due_how", given=words[:20] or "—")
    elif len(moments) > 1:
        view = await tools_of(context).service.case_view(subject.plan, subject.case, who.person.id)
        await say(context, who, pages.ask_due(view, moments), "log", stream=subject.stream, in_private=True)
    else:
        await run(context, who, subject, SetRight(due=moments[0]))


def caller_given(subject: CaseSubject, words: str) -> SetRight:
    """Return who called, as somebody writes it: unit, name and number."""
    found = read_entry(f"{words[:LONGEST_CALLER]} 来电", subject.case.events[0].at, subject.plan.jurisdiction.area_code)
    unit, name = (found.unit, found.name) if found.unit or found.name else caller_of(words[:LONGEST_CALLER])
    return SetRight(unit=unit, caller=name, phone=found.number or None)


async def run(context: Context, who: Caller, subject: CaseSubject, command: Command) -> None:
    """Do something to an entry and show how it stands."""
    tools = tools_of(context)
    answer = Answer(place_id=who.place.id, reply_to=who.message_id)
    result = await tools.service.execute(
        [Step(stream=subject.stream, command=command)], cause=who.cause, requester=who.requester, answer=answer
    )
    if result.refusal is None and not result.repeated:
        fresh = await about_case(context, who, subject.stream)
        if fresh is not None and not (isinstance(command, AddToEntry) and command.text):
            await show_entry(context, who, fresh, step="page")


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
    elif text and not subject.case.text:
        await run(context, who, subject, added(subject.plan, who, text))
    elif text and due_named(text, who.said_at):
        await _set_due(context, who, subject, text)
    else:
        return False
    return True


async def entry_of(context: Context, who: Caller, stream: str) -> CaseSubject | None:
    """Return an entry that somebody may read; None for any other case."""
    if kind_of(stream) != KIND:
        return None
    subject = await about_case(context, who, stream)
    if subject is None or not who.reader.works_on(subject.case.jurisdiction, subject.plan):
        return None
    return subject
