"""批示、指令 in the chat: ``/instruct`` puts one down, shows what is open, and changes one by words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from telegram import Update

from bot.cases.streams import INCIDENT, is_case, kind_of
from bot.office.desk import new_case
from bot.office.identity import person_named
from bot.office.recipients import addressees, named_in
from bot.render.chat import text_message
from bot.render.recipients import recipient_name
from bot.render.said import Words
from bot.render.times import at
from bot.service import Answer, Result
from bot.texts import instructions as t
from handlers import drafting
from handlers.cases import CaseSubject, about_case
from handlers.commands import answer_privately, command
from handlers.context import Caller, Context, tools_of
from handlers.desk import numbered
from handlers.recipients import page, view_of
from handlers.which_incident import of_message
from plans.desk.instruction_state import KIND, Instruction
from plans.desk.instructions import AmendInstruction, ExtendInstruction, OpenInstruction
from plans.desk.results import SettleInstruction
from plans.desk.returning import ReleaseRecipient
from plans.desk.wording import by_when, names_giver, read_instruction
from plans.incident.state import Incident
from plans.model import Plan

DUE, GIVER, RECORD, RELEASE = "期限", "批示人", "代记", "免办"

_NUMBERED = re.compile(
    r"^(?P<drill>演练)?\s*(?:指令|批示)?\s*#?(?P<number>\d{1,5})号?(?:指令)?(?:\s+(?P<words>.*))?$", re.DOTALL
)
_VERB = drafting.verbs(DUE, GIVER, RECORD, RELEASE)


# --- giving one


@command("instruct", help={"duty": 20, "leader": 16})
async def instruct(update: Update, context: Context) -> None:
    """``/instruct``: alone the list, with a number one of them and what is to change, else whose word and what."""
    written = await drafting.written(update, context, "instruct_not_yours")
    if written is None:
        return
    who, text, plan = written.who, written.text, written.plan
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
        await drafting.show_open(context, who, KIND)
        return
    if not written.files and names_giver(text, {role.title for role in plan.roles.values()} if plan else ()):
        await answer_privately(context, who, "instruct_how")
        return
    await draft(context, who, text, incident=incident, plan=plan, files=written.files)


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
    entry: str = "", entry_number: int = 0, files: Sequence[str] = (),
) -> Result | None:  # fmt: skip
    """Put down an instruction and show the draft, in private.

    Args:
        entry, entry_number: of the duty log, whose words they are.
        files: what goes with it, ``kind:reference`` each.
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
        origin=who.place.id, entry=entry, entry_number=entry_number, drill=drill, evidence=tuple(files),
    )  # fmt: skip
    answer = Answer(place_id=who.place.id, reply_to=who.message_id, known_as=who.known_as if files else ())
    result = await service.execute(
        [replace(new_case(KIND, plan, opens), drill=drill)], cause=who.cause, requester=who.requester, answer=answer
    )
    if result.refusal is None and result.streams:
        await drafting.show_draft(context, who, result.streams[0])
        if not entry and case is None:  # an entry's page offers it, an incident is one
            said = Words(
                text=written.text,
                files=tuple(files),
                said_at=who.said_at,
                message=who.message_id or 0,
                place=who.place.id,
            )
            await drafting.offer_report(context, who, result.streams[0], said)
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


# --- one that is there


async def _one(context: Context, who: Caller, number: int, words: str, *, drill: bool) -> None:
    """Show an instruction, or change it by words."""
    subject = await numbered(context, who, KIND, number, drill=drill)
    if subject is None:
        await answer_privately(context, who, "desk_no_such", called=f"指令{number}号")
        return
    if not words:
        await drafting.tell(context, who, await page(context, who, subject), "desk_page", stream=subject.stream)
        return
    if not await change(context, who, subject, words):
        await answer_privately(context, who, "instruct_how")


async def change(context: Context, who: Caller, subject: CaseSubject, words: str) -> bool:
    """Do what words ask of an instruction: 期限, 批示人, 更正, 收回, 加发, 发给, 代记, 免办; return if they do."""
    match = _VERB.match(words)
    if match is None:
        return False
    verb, said = match["verb"], match["words"].strip()
    if verb == RECORD:
        await _record(context, who, subject, said)
    elif verb == RELEASE:
        await _release(context, who, subject, said)
    elif verb == DUE:
        await _set_due(context, who, subject, said)
    elif verb == GIVER:
        async with tools_of(context).service.store.reading() as rx:
            giver_id = await _giver_id(rx, subject.plan, said)
        asked = AmendInstruction(giver=said, giver_id=giver_id)
        await drafting.done(context, who, subject, asked, "instruct_giver_set", giver=said)
    else:
        await drafting.change_text(context, who, subject, verb, said)
        if verb == drafting.CORRECTION:
            await _another_day(context, who, subject, said)
    return True


async def _set_due(context: Context, who: Caller, subject: CaseSubject, said: str) -> None:
    state = state_as_instruction(subject)
    found = by_when(said, who.said_at)
    if found is None and not (said == t.NO_DUE_WORD and not state.told):
        await answer_privately(context, who, "instruct_due_unread", words=said[:20])
        return
    if found is None:
        await drafting.done(context, who, subject, AmendInstruction(no_due=True), "instruct_no_due_now")
        return
    asked = (
        ExtendInstruction(due=found.at, words=found.words)
        if state.told
        else AmendInstruction(due=found.at, due_words=found.words)
    )
    await drafting.done(context, who, subject, asked, "instruct_due_now", time=at(found.at, who.said_at))


async def _another_day(context: Context, who: Caller, subject: CaseSubject, said: str) -> None:
    """Say that the day has not changed where a correction names another: it is set by a word of its own."""
    state = state_as_instruction(subject)
    found = read_instruction(said, who.said_at).due
    if found is not None and found.at != state.due:
        stays = at(state.due, who.said_at) if state.due is not None else t.NO_DUE_WORD
        said_so = text_message("instruct_due_stays", due=stays, number=state.number, words=found.words)
        await drafting.tell(context, who, said_so, "usage", step="due")


async def _release(context: Context, who: Caller, subject: CaseSubject, said: str) -> None:
    """免办: a recipient need not do it: its body is gone, its person erased, another does it."""
    state, service = state_as_instruction(subject), tools_of(context).service
    async with service.store.reading() as rx:
        read = await addressees(rx, service.bodies, subject.plan, said)
    view = await view_of(context, who, subject)
    named = [name for name in state.told if recipient_name(view, name) == said]
    names = [name for name in read.recipients if name in state.told] or named
    if len(names) != 1 and state.told:
        example = recipient_name(view, next(iter(state.told)))
        await answer_privately(context, who, "instruct_release_how", number=state.number, name=example)
        return
    name = names[0] if names else ""
    called = recipient_name(view, name)
    await drafting.done(context, who, subject, ReleaseRecipient(recipient=name), "instruct_released_said", name=called)


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
    await drafting.done(context, who, subject, asked, "instruct_recorded_now", name=recipient_name(view, name))


def state_as_instruction(subject: CaseSubject) -> Instruction:
    """Return the instruction; an error for a case of another kind."""
    if not isinstance(subject.case, Instruction):
        raise TypeError(f"{subject.stream} is no instruction")
    return subject.case
