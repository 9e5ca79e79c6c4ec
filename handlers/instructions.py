"""批示、指令 in the chat: ``/instruct``, the draft, what a unit answers, what the desk does."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from telegram import Update

from bot.cases.streams import INCIDENT, is_case, kind_of
from bot.office.desk import desk_of, desks_read, new_case
from bot.office.identity import person_named
from bot.office.instructions import of_plan
from bot.office.recipients import addressees, named_in, pickable, presets
from bot.render import Message
from bot.render import instructions as pages
from bot.render.chat import popup_text, text_message
from bot.render.recipients import recipient_name
from bot.render.times import at
from bot.service import Answer, Result
from bot.texts import instructions as t
from handlers.access import Who
from handlers.buttons import ButtonPress, button, confirm_again
from handlers.cases import CaseSubject, about_case, run_case
from handlers.commands import answer_privately, command
from handlers.context import Caller, Context, caller, tools_of
from handlers.recipients import KINDS, amended, page, previewed, send, state_of, view_of
from handlers.replies import redraw, say
from handlers.which_incident import of_message, rest
from plans.core.command import Command
from plans.desk.instructions import KIND, AmendInstruction, ExtendInstruction, Instruction, OpenInstruction
from plans.desk.recipients import AddRecipients, PickRecipients
from plans.desk.results import ReleaseRecipient, ReturnResult, SettleInstruction
from plans.desk.sending import Correct, Withdraw
from plans.desk.wording import LONGEST, by_when, read_instruction
from plans.incident.state import Incident
from plans.model import Plan

DUE, GIVER, CORRECTION, BACK, MORE, TO, RECORD = "期限", "批示人", "更正", "收回", "加发", "发给", "代记"
VERBS = (DUE, GIVER, CORRECTION, BACK, MORE, TO, RECORD)

_NUMBERED = re.compile(
    r"^(?P<drill>演练)?\s*(?:指令|批示)?\s*#?(?P<number>\d{1,5})号?(?:指令)?(?:\s+(?P<words>.*))?$", re.DOTALL
)
_VERB = re.compile(rf"^(?P<verb>{'|'.join(VERBS)})(?:[：:\s]+|$)(?P<words>.*)$", re.DOTALL)


# --- giving one


@command("instruct", help={"duty": 20, "leader": 16})
async def instruct(update: Update, context: Context) -> None:
    """``/instruct``: alone the list, with a number one of them and what is to change, else whose word and what."""
    who = await caller(update, context)
    if who is None:
        return
    text = with_answered(update, rest(update))[:LONGEST]
    plan = await writes_under(context, who)
    if plan is None and not desks_read(tools_of(context).service, who.reader):
        await answer_privately(context, who, "instruct_not_yours")
        return
    incident = await _incident_replied_to(update, context, who)
    match = _NUMBERED.match(text)
    if match is not None:
        words = (match["words"] or "").strip()
        if not words or _VERB.match(words):
            await _one(context, who, int(match["number"]), words, drill=bool(match["drill"]))
            return
        incident, text = await _incident_numbered(context, who, int(match["number"]), drill=bool(match["drill"])), words
        if incident is None:
            await answer_privately(context, who, "instruct_no_incident", number=match["number"])
            return
    if not text:
        await _list(context, who)
        return
    await draft(context, who, text, incident=incident, plan=plan)


def with_answered(update: Update, text: str) -> str:
    """Return the text of a command, with the words of somebody's message that it answers behind a name alone."""
    message = update.effective_message
    answered = message.reply_to_message if message is not None else None
    by_bot = answered is not None and answered.from_user is not None and answered.from_user.is_bot
    if answered is None or by_bot or len(text.split()) > 1 or any(char.isdecimal() for char in text):
        return text
    return f"{text} {answered.text or answered.caption or ''}".strip()


async def writes_under(context: Context, who: Caller) -> Plan | None:
    """Return the plan under which somebody drafts: of the desk where he has the duty, else of a role of his."""
    service = tools_of(context).service
    async with service.store.reading() as rx:
        plan = await desk_of(rx, service, who.holdings, who.plans)
    if plan is not None:
        return plan
    plans = [service.registry.current(name) for name in service.registry.ids]
    led = [item for item in plans if who.reader.holds(item.jurisdiction.name, item.id, *item.roles)]
    here = [item for item in led if item.id in who.plans]
    return next(iter(here or led), None)


async def _incident_replied_to(update: Update, context: Context, who: Caller) -> CaseSubject | None:
    message = update.effective_message
    if message is None or message.reply_to_message is None:
        return None
    async with tools_of(context).service.store.reading() as rx:
        stream = await of_message(rx, who, message.reply_to_message.message_id)
    if stream is None or not is_case(stream) or kind_of(stream) != INCIDENT:
        return None
    return await _readable(context, who, stream)


async def _incident_numbered(context: Context, who: Caller, number: int, *, drill: bool) -> CaseSubject | None:
    async with tools_of(context).service.store.reading() as rx:
        rows = [await rx.incidents.by_number(name, None, number, drill) for name in who.meant_here()]
    found = [row.stream for row in rows if row is not None]
    return await _readable(context, who, found[0]) if len(found) == 1 else None


async def _readable(context: Context, who: Caller, stream: str) -> CaseSubject | None:
    """Return an incident that the person works on."""
    subject = await about_case(context, who, stream)
    if subject is None or not isinstance(subject.case, Incident) or not subject.staff:
        return None
    return subject


async def draft(
    context: Context, who: Caller, text: str, *, incident: CaseSubject | None = None, plan: Plan | None = None,
    entry: str = "", entry_number: int = 0,
) -> Result | None:  # fmt: skip
    """Put down an instruction and show the draft, in private.

    Args:
        entry, entry_number: of the duty log, whose words they are.
    """
    service = tools_of(context).service
    plan = incident.plan if incident is not None else plan
    if plan is None:
        await answer_privately(context, who, "instruct_not_yours")
        return None
    case = incident.case if incident is not None and isinstance(incident.case, Incident) else None
    async with service.store.reading() as rx:
        known = {role.title for role in plan.roles.values()}
        written = read_instruction(text, who.said_at, known)
        giver_id = await _giver_id(rx, plan, written.giver)
    drill = case is not None and case.drill
    opens = OpenInstruction(
        text=written.text, giver=written.giver, giver_id=giver_id, way=written.way,
        given_at=written.given_at, due=written.due.at if written.due is not None else None,
        due_words=written.due.words if written.due is not None else "", urgent=written.urgent,
        incident=case.stream if case is not None else "", incident_number=case.number if case is not None else 0,
        clause=_clause(plan) if case is not None else "", recipients=named_in(plan, written.text),
        origin=who.place.id, entry=entry, entry_number=entry_number, drill=drill,
    )  # fmt: skip
    answer = Answer(place_id=who.place.id, reply_to=who.message_id)
    result = await service.execute(
        [replace(new_case(KIND, plan, opens), drill=drill)], cause=who.cause, requester=who.requester, answer=answer
    )
    if result.refusal is None and result.streams:
        await show_draft(context, who, result.streams[0])
    return result


async def _giver_id(rx: Any, plan: Plan, name: str) -> str:
    """Return who is certainly meant: confirmed under the name, or the one holder of a role of that title."""
    if not name:
        return ""
    person = await person_named(rx, plan, name)
    if person is not None:
        return str(person.id)
    role = next((key for key, role in plan.roles.items() if name in (role.title, *role.holders)), None)
    holders = await rx.people.holders(plan.jurisdiction.name, plan.id, role) if role is not None else []
    return str(holders[0].id) if len(holders) == 1 else ""


def _clause(plan: Plan) -> str:
    """Return the clause of the plan's form that asks for what leaders said."""
    return next(
        (form.clause for form in plan.forms for name in form.elements if any(word in name for word in t.WORDS_OF)), ""
    )


async def show_draft(context: Context, who: Caller, stream: str) -> None:
    """Show a draft with what may be picked, in private."""
    subject = await about_case(context, who, stream)
    if subject is None:
        return
    service = tools_of(context).service
    async with service.store.reading() as rx:
        offered = await presets(rx, service, subject.plan, state_of(subject))
    view = await view_of(context, who, subject)
    message = KINDS[kind_of(stream)].pages.draft(view, pickable(subject.plan), offered)
    await tell(context, who, message, "desk_draft_page", stream=stream, step="draft", ring=True)


async def tell(
    context: Context, who: Caller, message: Message, notice: str, *, stream: str = "", step: str = "",
    ring: bool = False,
) -> None:  # fmt: skip
    """Say something in private; who has not started the bot is asked to."""
    said = await say(context, who, message, notice, stream=stream or None, in_private=True, ring=ring, step=step)
    if not said:
        await say(context, who, text_message("see_private"), "usage", step=step)


# --- one that is there


async def _list(context: Context, who: Caller) -> None:
    service = tools_of(context).service
    plans = desks_read(service, who.reader, None if who.private else who.plans)
    async with service.store.reading() as rx:
        cases = await of_plan(rx, KIND, plans)
    by_id = {plan.id: plan for plan in plans}
    views = [await service.case_view(by_id[case.plan], case, who.person.id) for case in cases]
    await tell(context, who, pages.listing(views), "desk_list")


async def numbered(
    context: Context, who: Caller, kind: str, number: int, *, drill: bool = False
) -> CaseSubject | None:  # fmt: skip
    """Return the case of a kind that people call by a number, where the person reads at its desk."""
    service = tools_of(context).service
    plans = desks_read(service, who.reader)
    async with service.store.reading() as rx:
        rows = [
            row
            for name in dict.fromkeys(plan.jurisdiction.name for plan in plans)
            for row in await rx.cases.numbered(kind, name, number, drill)
        ]
    rows = [row for row in rows if any(row.plan_id == plan.id for plan in plans)]
    return await about_case(context, who, rows[-1].stream) if rows else None


async def _one(context: Context, who: Caller, number: int, words: str, *, drill: bool) -> None:
    """Show an instruction, or change it by words."""
    subject = await numbered(context, who, KIND, number, drill=drill)
    if subject is None:
        await answer_privately(context, who, "desk_no_such", called=f"指令{number}号")
        return
    if not words:
        await tell(context, who, await page(context, who, subject), "desk_page", stream=subject.stream)
        return
    await change(context, who, subject, words)


async def change(context: Context, who: Caller, subject: CaseSubject, words: str) -> None:
    """Do what words ask of an instruction: 期限, 批示人, 更正, 收回, 加发, 发给, 代记."""
    match = _VERB.match(words)
    if match is None:
        await answer_privately(context, who, "instruct_how")
        return
    verb, said = match["verb"], match["words"].strip()
    if verb == RECORD:
        await _record(context, who, subject, said)
        return
    if verb == DUE:
        await _set_due(context, who, subject, said)
        return
    if verb == GIVER:
        async with tools_of(context).service.store.reading() as rx:
            giver_id = await _giver_id(rx, subject.plan, said)
        asked: Command = AmendInstruction(giver=said, giver_id=giver_id)
        await done(context, who, subject, asked, "instruct_giver_set", giver=said)
        return
    await change_text(context, who, subject, verb, said)


def verb_in(words: str) -> tuple[str, str] | None:
    """Return what words ask to change of a text of the desk, and how; None where they ask for nothing."""
    match = _VERB.match(words)
    return (match["verb"], match["words"].strip()) if match is not None else None


async def change_text(context: Context, who: Caller, subject: CaseSubject, verb: str, said: str) -> None:
    """Do what both kinds are asked by words: 更正, 收回, 加发, 发给."""
    state = state_of(subject)
    if verb == CORRECTION:
        key = "desk_corrected_now" if state.out else "desk_draft_corrected"
        await done(context, who, subject, Correct(text=said[:LONGEST]), key)
    elif verb == BACK:
        await done(context, who, subject, Withdraw(reason=said), "instruct_withdrawn_now")
    else:
        service = tools_of(context).service
        async with service.store.reading() as rx:
            read = await addressees(rx, service.bodies, subject.plan, said)
        if not read.recipients or read.unread:
            key = "desk_added_none" if state.out else "desk_to_none"
            await answer_privately(context, who, key, words="、".join(read.unread)[:40] or said[:40])
        elif state.out:
            fresh = [name for name in read.recipients if name not in state.told]
            added = AddRecipients(recipients=read.recipients)
            await done(context, who, subject, added, "desk_added", count=len(fresh))
        else:
            chosen = read.recipients if verb == TO else (*state.chosen, *read.recipients)
            result = await run_case(context, who, subject.stream, PickRecipients(recipients=chosen))
            if result.refusal is None:
                await show_draft(context, who, subject.stream)


async def done(context: Context, who: Caller, subject: CaseSubject, asked: Command, key: str, **values: Any) -> None:
    """Execute what words ask for, and say that it is so now."""
    result = await run_case(context, who, subject.stream, asked)
    if result.refusal is not None:
        return
    await tell(context, who, text_message(key, **values), "usage", step="done")


async def _set_due(context: Context, who: Caller, subject: CaseSubject, said: str) -> None:
    state = state_as_instruction(subject)
    found = by_when(said, who.said_at)
    if found is None and not (said == t.NO_DUE_WORD and not state.out):
        await answer_privately(context, who, "instruct_due_unread", words=said[:20])
        return
    if found is None:
        await done(context, who, subject, AmendInstruction(no_due=True), "instruct_no_due_now")
        return
    asked = (
        ExtendInstruction(due=found.at, words=found.words)
        if state.out
        else AmendInstruction(due=found.at, due_words=found.words)
    )
    await done(context, who, subject, asked, "instruct_due_now", time=at(found.at, who.said_at))


async def _record(context: Context, who: Caller, subject: CaseSubject, said: str) -> None:
    """代记: what a unit said on the telephone: its name, who said it, what it came to."""
    state, parts = state_as_instruction(subject), said.split(maxsplit=2)
    service = tools_of(context).service
    async with service.store.reading() as rx:
        read = await addressees(rx, service.bodies, subject.plan, parts[0]) if parts else None
    name = read.recipients[0] if read is not None and len(read.recipients) == 1 else ""
    if state.told and (len(parts) < 3 or name not in state.told):
        view = await view_of(context, who, subject)
        example = recipient_name(view, next(iter(state.told)))
        await answer_privately(context, who, "instruct_record_how", number=state.number, name=example)
        return
    _, informant, text = (*parts, "", "", "")[:3]
    asked = SettleInstruction(recipient=name, informant=informant, text=text)
    view = await view_of(context, who, subject)
    await done(context, who, subject, asked, "instruct_recorded_now", name=recipient_name(view, name))


def state_as_instruction(subject: CaseSubject) -> Instruction:
    """Return the instruction; an error for a case of another kind."""
    if not isinstance(subject.case, Instruction):
        raise TypeError(f"{subject.stream} is no instruction")
    return subject.case


# --- the draft's buttons


@button("instruct_give", on="draft", who=Who.OFFICE, again=previewed, late=confirm_again(previewed))
async def give(press: ButtonPress) -> str:
    """Second step: it goes out."""
    return await send(press)


@button("instruct_way", on="draft", who=Who.OFFICE)
async def way(press: ButtonPress) -> str:
    """Ask by which way it was given."""
    await redraw(press, pages.choose_way(await press.case_view()), "desk_preview")
    return ""


@button("instruct_set_way", on="draft", who=Who.OFFICE)
async def set_way(press: ButtonPress) -> str:
    """By that way."""
    return await amended(press, AmendInstruction(way=str(press.arg("words"))), "instruct_way_set")


@button("instruct_urgent", on="draft", who=Who.OFFICE)
async def urgent(press: ButtonPress) -> str:
    """加急, or not any more."""
    return await amended(press, AmendInstruction(urgent=bool(press.arg("urgent"))), "desk_urgency_set")


@button("instruct_due", on="draft", who=Who.OFFICE)
async def due(press: ButtonPress) -> str:
    """Ask by when."""
    await redraw(press, pages.choose_due(await press.case_view()), "desk_preview")
    return ""


@button("instruct_set_due", on="draft", who=Who.OFFICE)
async def set_due(press: ButtonPress) -> str:
    """By then."""
    found = by_when(str(press.arg("words")), press.tools.clock.now())
    asked = AmendInstruction(
        due=found.at if found is not None else None, due_words=found.words if found is not None else "",
        no_due=found is None,
    )  # fmt: skip
    return await amended(press, asked, "instruct_due_set")


# --- what the desk does by buttons


@button("instruct_extend", on="told", who=Who.OFFICE)
async def extend(press: ButtonPress) -> str:
    """Ask for another day."""
    await redraw(press, pages.choose_due(await press.case_view()), "desk_page")
    return ""


@button("instruct_extended", on="told", who=Who.OFFICE)
async def extended(press: ButtonPress) -> str:
    """By that day."""
    found = by_when(str(press.arg("words")), press.tools.clock.now())
    if found is None:
        return popup_text("button_stale")
    problem = await press.run(ExtendInstruction(due=found.at, words=found.words), done="instruct_due_set")
    await _page_again(press)
    return problem


@button("instruct_back", on="paper", who=Who.OFFICE)
async def back(press: ButtonPress) -> str:
    """Ask whose result is not enough."""
    if not state_as_instruction(press.case_subject).finished:
        return popup_text("instruct_nothing_back")
    await redraw(press, pages.which_back(await view_of(press.context, press.caller, press.case_subject)), "desk_page")
    return ""


@button("instruct_back_of", on="paper", who=Who.OFFICE)
async def back_of(press: ButtonPress) -> str:
    """Ask why."""
    name, state = str(press.arg("recipient")), state_as_instruction(press.case_subject)
    if name not in state.results:
        return popup_text("instruct_nothing_back")
    view = await view_of(press.context, press.caller, press.case_subject)
    await redraw(press, pages.why_back(view, name), "desk_page")
    return ""


@button("instruct_returned", on="paper", who=Who.OFFICE)
async def returned(press: ButtonPress) -> str:
    """It is to be done again, for that reason."""
    asked = ReturnResult(recipient=str(press.arg("recipient")), reason=str(press.arg("words")))
    problem = await press.run(asked, done="instruct_returned_now")
    await _page_again(press)
    return problem


@button("instruct_insist", on="recipient", who=Who.OFFICE)
async def insist(press: ButtonPress) -> str:
    """What a unit sent back is to be done by it all the same."""
    asked = ReturnResult(recipient=str(press.arg("recipient")), reason=t.INSIST_REASON)
    return await press.run(asked, done="instruct_returned_now", last=True)


@button("instruct_release", on="recipient", who=Who.OFFICE)
async def release(press: ButtonPress) -> str:
    """What a unit sent back it need not do."""
    asked = ReleaseRecipient(recipient=str(press.arg("recipient")))
    return await press.run(asked, done="instruct_released_now", last=True)


async def _page_again(press: ButtonPress) -> None:
    subject = await about_case(press.context, press.caller, press.stream)
    if subject is not None:
        await redraw(press, await page(press.context, press.caller, subject), "desk_page")
