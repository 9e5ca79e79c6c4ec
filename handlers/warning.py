"""Warnings: ``/warn``, changes by words, previews, and the buttons of whoever issues, changes and lifts one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from telegram import Update

from bot.exchange.cap import written
from bot.exchange.cap.stages import alerts_of
from bot.outgoing.messages import File
from bot.render import Message, issuing
from bot.render import warning as pages
from bot.render.chat import popup_text, text_message
from bot.render.warning_pieces import MOST_NAMES, level_of
from bot.service import Answer, Result, Step
from bot.service.answers import shortly
from bot.service.taking import content_of, open_warnings
from bot.texts import warning as t
from handlers.access import Who
from handlers.bringing import may_bring, take
from handlers.buttons import ButtonPress, button, confirm_again
from handlers.cases import CaseSubject, about_case
from handlers.commands import answer_privately, command
from handlers.context import Caller, Context, caller, tools_of
from handlers.replies import say, show
from handlers.which_incident import rest
from plans.core.command import Command
from plans.core.outcome import Refusal
from plans.intake.warning import read
from plans.model import Plan
from plans.warning.issuing import IssueWarning, LiftWarning, RecordWarningWord, SignWarning
from plans.warning.state import COLOURS, ISSUE, KIND, PASS_ON, Content, WarningCase
from plans.warning.taking import AmendProposal, DismissProposal, TakeChange

_NUMBERED = re.compile(r"^(?P<drill>演练|演)?\s*#?(?P<number>\d{1,5})号?(?:\s+(?P<words>.*))?$", re.DOTALL)
_FIELD = re.compile(
    r"^(?P<field>灾种|种类|级别|颜色|发布单位|区域|范围|从|起|延长到|延长至|到|至)\s*[:：]?\s*(?P<value>.+)$", re.DOTALL
)
_NAMES = {
    "灾种": "hazard", "种类": "hazard", "级别": "level", "颜色": "level", "发布单位": "issuer", "发布": "issuer",
    "区域": "areas", "范围": "areas", "从": "starts", "起": "starts", "到": "ends", "至": "ends", "延长到": "ends",
    "延长至": "ends",
}  # fmt: skip
_LIFT = re.compile(r"^解除(?:\s*[，,]?\s*(?P<reason>.*))?$", re.DOTALL)
_DISMISS = re.compile(r"^(?:不发布|不转发)(?:\s*[，,]?\s*(?P<reason>.*))?$", re.DOTALL)
_LIST = re.compile(r"[、,，;；\s]+")


# --- bringing one


@command("warn")
async def warn(update: Update, context: Context) -> None:
    """``/warn``: alone the list, with a number one warning and what is to change of it, else the text of a new one."""
    who = await caller(update, context)
    if who is None:
        return
    if not may_bring(who):
        await answer_privately(context, who, "warn_not_yours")
        return
    text, message = rest(update), update.effective_message
    match = _NUMBERED.match(text)
    if match is not None:
        await _one(context, who, int(match["number"]), bool(match["drill"]), (match["words"] or "").strip())
        return
    answered = message.reply_to_message if message is not None else None
    if not text and answered is not None:
        text = answered.text or answered.caption or ""
    if not text:
        await _list(context, who)
        return
    drill = text.startswith("演练")
    if not await take(context, who, text.removeprefix("演练").strip(), entered=True, drill=drill):
        why = read(text, now=who.said_at, entered=True).why_not
        reason = popup_text(f"warn_not_{why.value if why else 'nothing'}")
        await answer_privately(context, who, "warn_nothing_read", why=reason)


# --- looking and changing by words


def _served(context: Context, who: Caller) -> list[Plan]:
    registry = tools_of(context).service.registry
    plans = [registry.current(name) for name in registry.ids]
    here = who.reader.served(plans)
    return here if who.private else [plan for plan in here if plan.id in who.plans]


async def _list(context: Context, who: Caller) -> None:
    """Answer with the open warnings that the person may read, and how to bring one."""
    plans, service = _served(context, who), tools_of(context).service
    cases = await open_warnings(service, plans)
    by_id = {plan.id: plan for plan in plans}
    views = [await service.case_view(by_id[case.plan], case, who.person.id, who.place.id) for case in cases]
    message = pages.listing(views)
    private = not who.private and who.place.kind != "command"
    await say(context, who, message, "warnings", in_private=private)
    if not views:
        await answer_privately(context, who, "warn_how")


async def _one(context: Context, who: Caller, number: int, drill: bool, words: str) -> None:
    """Show a warning, or change it by words: a field, its end, lifting, dismissing."""
    subject = await _numbered(context, who, number, drill)
    if subject is None:
        await answer_privately(context, who, "warn_no_such", number=number)
        return
    warning = subject.case
    if not isinstance(warning, WarningCase):
        raise TypeError(f"{subject.stream} is no warning")
    if not words:
        view = await tools_of(context).service.case_view(subject.plan, warning, who.person.id, who.place.id)
        message = pages.page(view, staff=subject.staff)
        await say(context, who, message, "warning", stream=subject.stream, in_private=who.place.kind != "command")
        return
    try:
        change = changed(warning, words, who.said_at)
    except BadField as problem:
        example = t.EXAMPLES[_NAMES[problem.field]].format(number=warning.number)
        await answer_privately(context, who, "warn_field_bad", given=problem.value[:40], example=example)
        return
    if change is None:
        found = read(words, now=who.said_at, entered=True).warnings
        if not found:
            await answer_privately(context, who, "warn_how")
            return
        change = TakeChange(content=content_of(found[0], words), source="typed")
    if isinstance(change, LiftWarning):
        await _preview_lifting(context, who, subject, change)
        return
    result = await _run(context, who, subject.stream, change)
    if result.refusal is None:
        await preview_to(context, who, subject.stream)


async def _preview_lifting(context: Context, who: Caller, subject: CaseSubject, lifting: LiftWarning) -> None:
    """Show what lifting by words comes to; what would be refused is refused now."""
    message, refusal = await _lifting(context, who, subject, lifting.reason)
    if message is None:
        await _run(context, who, subject.stream, lifting)
        return
    if refusal is None or refusal.key == "not_yours_to_lift":
        await say(context, who, message, "warning_lift_preview", stream=subject.stream, in_private=True, ring=True)


async def _lifting(
    context: Context, who: Caller, subject: CaseSubject, reason: str = ""
) -> tuple[Message | None, Refusal | None]:
    """Return the preview of a lifting and why one may not; no preview where nobody here may, or words are missing."""
    service = tools_of(context).service
    step = Step(stream=subject.stream, command=LiftWarning(reason=reason))
    outcome, _ = await service.rehearse_case(step, who.requester)
    refusal = outcome if isinstance(outcome, Refusal) else None
    orally: tuple[str, ...] = ()
    if refusal is not None and refusal.key == "not_yours_to_lift" and "duty" in subject.actor.roles:
        orally = tuple(role for role in refusal.who if role in subject.plan.roles)
    if refusal is not None and not orally:
        return None, refusal
    view = await service.case_view(subject.plan, subject.case, who.person.id)
    return issuing.preview_lift(view, allowed=refusal is None, orally=orally, reason=reason), refusal


class BadField(Exception):
    """What somebody gave a field cannot be read.

    Args:
        field: as he named it. value: what he gave.
    """

    def __init__(self, field: str, value: str) -> None:
        super().__init__(field)
        self.field, self.value = field, value


def changed(warning: WarningCase, words: str, now: datetime) -> Command | None:
    """Return the command that words ask for; None where they are a text of their own.

    Raises:
        BadField: a field is named, and what it is given cannot be read.
    """
    if (match := _LIFT.match(words)) is not None:
        return LiftWarning(reason=(match["reason"] or "").strip())
    if (match := _DISMISS.match(words)) is not None:
        return DismissProposal(reason=(match["reason"] or "").strip())
    match = _FIELD.match(words)
    if match is None:
        return None
    fields = _fields(_NAMES[match["field"]], match["value"].strip(), now)
    if not fields:
        raise BadField(match["field"], match["value"])
    if warning.proposal is not None:
        return AmendProposal(fields=fields)
    return TakeChange(content=_with(warning.content, fields), source="typed")


def _with(content: Content, fields: dict[str, Any]) -> Content:
    words = {name: said for name, said in content.words.items() if name not in fields}
    return replace(content, **fields, words=words)


def _fields(name: str, value: str, now: datetime) -> dict[str, Any]:
    """Return the field that somebody set, as the content holds it; empty where it cannot be read."""
    if name in ("starts", "ends"):
        found = read(f"暴雨红色预警，{'从' if name == 'starts' else '至'}{value}", now=now, entered=True).warnings
        moment = (found[0].from_ if name == "starts" else found[0].to) if found else None
        return {name: moment.value.at} if moment is not None else {}
    if name == "areas":
        named = tuple(part[:40] for part in _LIST.split(value) if part)
        return {name: named} if named else {}
    if name == "level":
        bare = value.removesuffix("预警").removesuffix("色")
        return {"colour": bare} if bare in COLOURS else {"level": value.removesuffix("预警") or value}
    return {name: value[:40]}


async def _numbered(context: Context, who: Caller, number: int, drill: bool) -> CaseSubject | None:
    """Return a warning by its number, of those that the person may read where he is."""
    plans = _served(context, who)
    async with tools_of(context).service.store.reading() as rx:
        rows = [
            row
            for name in dict.fromkeys(plan.jurisdiction.name for plan in plans)
            for row in await rx.cases.numbered(KIND, name, number, drill)
        ]
    rows = [row for row in rows if any(row.plan_id == plan.id for plan in plans)]
    return await about_case(context, who, rows[-1].stream) if rows else None


async def _run(context: Context, who: Caller, stream: str, change: Command) -> Result:
    answer = Answer(place_id=who.place.id, reply_to=who.message_id)
    return await tools_of(context).service.execute(
        [Step(stream=stream, command=change)], cause=who.cause, requester=who.requester, answer=answer
    )


# --- previews


@dataclass(frozen=True, slots=True)
class Preview:
    """What a preview needs beside the case."""

    way: str
    command: IssueWarning
    refusal: Refusal | None


async def tried(context: Context, who: Caller, subject: CaseSubject) -> Preview:
    """Return in which way the proposal would be issued by somebody: in the plan's name where he may, else passed on."""
    warning = subject.case
    proposal = warning.proposal if isinstance(warning, WarningCase) else None
    ways = (PASS_ON, ISSUE) if proposal is not None and proposal.content.issuer else (ISSUE,)
    best: Preview | None = None
    for way in ways:
        step = Step(stream=subject.stream, command=IssueWarning(way=way))
        outcome, enriched = await tools_of(context).service.rehearse_case(step, who.requester)
        refusal = outcome if isinstance(outcome, Refusal) else None
        if not isinstance(enriched, IssueWarning):
            raise TypeError("an issue that is no issue")
        if best is None or refusal is None:
            best = Preview(way, enriched, refusal)
        if refusal is None:
            break
    if best is None:
        raise LookupError("no way to issue a warning")
    return best


async def _drawn(context: Context, who: Caller, subject: CaseSubject, place_id: str = "") -> Message:
    trial = await tried(context, who, subject)
    told, absent = trial.command.recipients, sorted(trial.command.unreachable)
    about = {*told[:MOST_NAMES], *absent[:MOST_NAMES]}
    view = await tools_of(context).service.case_view(subject.plan, subject.case, who.person.id, place_id, about)
    orally: tuple[str, ...] = ()
    proposal = subject.case.proposal if isinstance(subject.case, WarningCase) else None
    level = level_of(view, proposal.content) if proposal is not None else None
    if trial.way == ISSUE and trial.refusal is not None and "duty" in subject.actor.roles and level is not None:
        orally = level.issuers
    refusal = shortly(trial.refusal, view) if trial.refusal is not None else ""
    return issuing.preview(view, trial.command, allowed=trial.refusal is None, orally=orally, refusal=refusal)


async def preview_to(context: Context, who: Caller, stream: str) -> None:
    """Show a preview of what waits, in private."""
    subject = await about_case(context, who, stream)
    if subject is None or not isinstance(subject.case, WarningCase) or subject.case.proposal is None:
        return
    message = await _drawn(context, who, subject)
    await say(context, who, message, "warning_preview", stream=stream, in_private=True, ring=True, step="preview")


@button("warning_preview", on="proposed", who=Who.OFFICE)
async def preview(press: ButtonPress) -> str:
    """First step of issuing: what will be said, to whom, under which clause."""
    message = await _drawn(press.context, press.caller, press.case_subject, press.caller.place.id)
    await show(press, message, "warning_preview")
    return ""


@button("warning_issue", on="proposed", again=preview, late=confirm_again(preview))
async def issue(press: ButtonPress) -> str:
    """Second step: issued in the plan's name."""
    return await press.run(IssueWarning(way=ISSUE), done="warning_issued", last=True)


@button("warning_pass_on", on="proposed", again=preview, late=confirm_again(preview))
async def pass_on(press: ButtonPress) -> str:
    """Second step: passed on."""
    return await press.run(IssueWarning(way=PASS_ON), done="warning_passed_on", last=True)


@button("warning_lift_preview", on="stage", who=Who.OFFICE)
async def lift_preview(press: ButtonPress) -> str:
    """First step of lifting."""
    message, refusal = await _lifting(press.context, press.caller, press.case_subject, press.arg("reason"))
    if message is not None:
        await show(press, message, "warning_lift_preview")
        return ""
    view = await press.case_view()
    if refusal is not None and refusal.confirm == "reason":
        await show(press, pages.how(view, "lift"), "warning_lift_preview")
        return ""
    return shortly(refusal, view) if refusal is not None else ""


@button("warning_lift", on="stage", again=lift_preview, late=confirm_again(lift_preview))
async def lift(press: ButtonPress) -> str:
    """Second step: lifted."""
    return await press.run(LiftWarning(reason=press.arg("reason")), done="warning_lifted", last=True)


@button("warning_oral", on=("proposed", "stage"), who=Who.DUTY, late=confirm_again())
async def oral(press: ButtonPress) -> str:
    """代录: what a leader said on the telephone, recorded by the duty officer under the preview."""
    command = RecordWarningWord(of=press.arg("role"), decides=press.arg("decides"), reason=press.arg("reason"))
    return await press.run(command, done="warning_recorded", last=True)


@button("warning_sign", on="decision")
async def sign(press: ButtonPress) -> str:
    """补签."""
    number = int(press.button.object.partition(":")[2])
    return await press.run(SignWarning(stage=number), done="warning_signed", last=True)


@button("warning_dismiss", on="proposed", who=Who.OFFICE)
async def dismiss(press: ButtonPress) -> str:
    """Ask why it is not issued."""
    await show(press, issuing.which_dismissal(await press.case_view()), "warning_dismiss")
    return ""


@button("warning_dismissed", on="proposed", who=Who.OFFICE)
async def dismissed(press: ButtonPress) -> str:
    """Not issued, for that reason."""
    return await press.run(DismissProposal(reason=press.arg("reason")), done="warning_dismissed", last=True)


@button("warning_amend", on="proposed", who=Who.OFFICE)
async def amend(press: ButtonPress) -> str:
    """Say how what was read is set right."""
    await show(press, pages.how(await press.case_view(), "amend"), "warning_amend")
    return ""


@button("warning_extend", on="stage", who=Who.OFFICE)
async def extend(press: ButtonPress) -> str:
    """Say how a new end is given."""
    await show(press, pages.how(await press.case_view(), "extend"), "warning_extend")
    return ""


@button("warning_raise", on="stage", who=Who.OFFICE)
async def raised(press: ButtonPress) -> str:
    """Say how another level is given."""
    await show(press, pages.how(await press.case_view(), "raise"), "warning_raise")
    return ""


# --- the file of every stage


@button("warning_cap", on="warning", who=Who.READER)
async def cap(press: ButtonPress) -> str:
    """The CAP file of every stage, the newest last."""
    subject, view = press.case_subject, await press.case_view()
    warning = subject.case
    if not isinstance(warning, WarningCase) or not warning.stages:
        return text_message("warn_cap_none").text
    headlines = pages.headlines(view)
    alerts = alerts_of(subject.plan, warning, headlines)
    files = tuple(
        File(name=f"{alert.identifier}.xml", content=written(alert), caption=headline)
        for alert, headline in zip(alerts, headlines, strict=True)
    )
    await show(press, pages.cap_message(view), "warning_cap", files=files)
    return ""
