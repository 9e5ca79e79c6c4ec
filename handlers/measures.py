"""Answers to a warning: the checklist of measures and its buttons, replies with words or a picture."""

from __future__ import annotations

import re

from telegram import Update

from bot.cases.streams import is_case, kind_of
from bot.render import measures as pages
from bot.render.said import Words
from handlers.buttons import ButtonPress, button
from handlers.cases import CaseSubject, about_case, run_case
from handlers.changing import BadField, changed
from handlers.commands import answer_privately
from handlers.context import Caller, Context, tools_of
from handlers.evidence import carried
from handlers.issuing import preview_to
from handlers.replies import redraw, say
from handlers.which_incident import of_message
from plans.core.command import Command
from plans.core.keys import Key
from plans.intake.numerals import normalise
from plans.warning.answering import is_receipt
from plans.warning.measures import DONE, NOT_APPLICABLE, OPEN, SettleMeasure
from plans.warning.proposals import AmendProposal
from plans.warning.state import KIND, WarningCase
from plans.warning.taking import TakeChange
from plans.warning.waking import AnswerWarning

LONGEST_REASON = 200
"""Characters of a reason that are kept."""

_SEPARATED = re.compile(r"[\u4e00-\u9fff]{1,4}[\s:：]")

RECEIVED = frozenset({"收到", "已收到", "收到了", "收到。"})
_NUMBER = r"(?:第)?(?P<number>\d{1,2})(?:[项条.、:号]|(?=\D|$))\s*"
_NOT_APPLICABLE = re.compile(rf"(?:{_NUMBER})?不适用[\s,，:：、。]*(?P<reason>.*)$", re.DOTALL)
_DONE = re.compile(rf"(?:{_NUMBER})(?:已?办完|已办|已?办结|已?完成|已落实)?了?。?$")
_ALL_DONE = re.compile(r"(?:全部|都)(?:已)?(?:办完|已办|办结|完成|落实)了?。?$")


# --- the buttons of the checklist


@button("warning_answer", on="waking")
async def answer(press: ButtonPress) -> str:
    """收到: the message becomes the checklist of the measures."""
    recipient = recipient_of(press)
    problem = await press.run(AnswerWarning(recipient=recipient), done="warning_answered")
    await _checklist(press, recipient)
    return problem


def recipient_of(press: ButtonPress) -> str:
    """Return for whom the pressed button answers."""
    return press.button.object.partition(":")[2]


async def _checklist(press: ButtonPress, recipient: str) -> None:
    subject = await about_case(press.context, press.caller, press.stream)
    if subject is None or not isinstance(subject.case, WarningCase) or recipient not in subject.case.waking:
        return
    if subject.case.waking[recipient].silent:
        return
    service, who = press.tools.service, press.caller
    view = await service.case_view(subject.plan, subject.case, who.person.id, who.place.id, (recipient,))
    await redraw(press, pages.checklist(view, recipient), "warning_checklist")


async def _settle(press: ButtonPress, status: str, *, number: int | None = None) -> str:
    recipient = recipient_of(press)
    problem = await press.run(
        SettleMeasure(
            number=int(press.arg("number", 0)) if number is None else number, status=status, recipient=recipient,
            reason=press.arg("reason") if status == NOT_APPLICABLE else "",
        ),
        done="warning_measure",
    )  # fmt: skip
    await _checklist(press, recipient)
    return problem


@button("warning_done", on="waking")
async def done(press: ButtonPress) -> str:
    """One measure is done."""
    return await _settle(press, DONE)


@button("warning_undone", on="waking")
async def undone(press: ButtonPress) -> str:
    """It is open again."""
    return await _settle(press, OPEN)


@button("warning_all_done", on="waking")
async def all_done(press: ButtonPress) -> str:
    """All of them are done."""
    return await _settle(press, DONE, number=0)


@button("warning_not_applicable", on="waking")
async def not_applicable(press: ButtonPress) -> str:
    """Ask which one does not apply."""
    await redraw(press, pages.which_not_applicable(await press.case_view(), recipient_of(press)), "warning_checklist")
    return ""


@button("warning_why_not", on="waking")
async def why_not(press: ButtonPress) -> str:
    """Ask why."""
    message = pages.why_not_applicable(await press.case_view(), recipient_of(press), int(press.arg("number")))
    await redraw(press, message, "warning_checklist")
    return ""


@button("warning_not", on="waking")
async def not_(press: ButtonPress) -> str:
    """It does not apply, for that reason."""
    return await _settle(press, NOT_APPLICABLE)


@button("warning_back_to_list", on="waking")
async def back_to_list(press: ButtonPress) -> str:
    """The checklist again."""
    await _checklist(press, recipient_of(press))
    return ""


# --- replies


async def replied(update: Update, context: Context, who: Caller, text: str) -> bool:
    """Take a reply to one of a warning's messages as an answer to it; whatever else it says goes its own way.

    Returns:
        whether it was one.
    """
    message = update.effective_message
    answered = message.reply_to_message if message is not None else None
    if answered is None or who.via == "edit":
        return False
    async with tools_of(context).service.store.reading() as rx:
        row = await rx.outbox.by_message(who.place.id, answered.message_id)
        stream = await of_message(rx, who, answered.message_id)
    if stream is None or not is_case(stream) or kind_of(stream) != KIND:
        return False
    subject = await about_case(context, who, stream)
    if subject is None or not isinstance(subject.case, WarningCase):
        return False
    if not who.reader.serves(subject.case.jurisdiction, subject.plan.id):
        return False
    recipient = _recipient(subject, row.guard if row is not None else None)
    evidence = next((f"{kind}:{reference}" for kind, reference in carried(message)), "")
    if recipient and await _answer(context, who, subject, recipient, text, evidence):
        return True
    return subject.staff and not evidence and await _amended(context, who, subject, text)


async def _amended(context: Context, who: Caller, subject: CaseSubject, text: str) -> bool:
    """Take ``到 20:00`` of the office, with its space, as what sets the warning right; lifting has its preview."""
    warning = subject.case
    if not isinstance(warning, WarningCase) or not _SEPARATED.match(text):
        return False
    try:
        change = changed(subject.plan, warning, text, who.said_at)
    except BadField:
        return False
    if not isinstance(change, AmendProposal | TakeChange):
        return False
    result = await run_case(context, who, subject.stream, change)
    if result.refusal is None:
        await preview_to(context, who, subject.stream)
    return True


def _recipient(subject: CaseSubject, guard: str | None) -> str:
    """Return for whom somebody answers: whom the message woke, else the only one that he speaks for."""
    warning = subject.case
    own = sorted(subject.actor.units & warning.waking.keys()) if isinstance(warning, WarningCase) else []
    woken = Key((guard or "").partition("|")[2])
    named = woken.of.rpartition(":")[0] if woken.kind == "waking" else ""
    return named if named in own else own[0] if len(own) == 1 else ""


async def _answer(
    context: Context, who: Caller, subject: CaseSubject, recipient: str, text: str, evidence: str
) -> bool:  # fmt: skip
    warning = subject.case
    if not isinstance(warning, WarningCase):
        return False
    items = list(warning.measures_of(recipient))
    command = answer_of(recipient, text, [number for number, _, measure in items if measure is None], len(items))
    if evidence:
        if not isinstance(command, SettleMeasure) and (text or len(items) != 1):
            if text:
                return False  # words that are no answer, with a picture: a report, perhaps
            await answer_privately(context, who, "warn_picture_of_which")
            return True
        number = command.number if isinstance(command, SettleMeasure) else 1
        command = SettleMeasure(number=number, status=DONE, recipient=recipient, evidence=evidence)
    if command is None:
        return not evidence and await in_words(context, who, subject, warning, recipient, text)
    if isinstance(command, SettleMeasure) and command.number < 0:
        await answer_privately(context, who, "warn_which_not_applicable")
        return True
    result = await run_case(context, who, subject.stream, command)
    fresh = await about_case(context, who, subject.stream)
    if result.refusal is None and fresh is not None:
        view = await tools_of(context).service.case_view(fresh.plan, fresh.case, who.person.id, about=(recipient,))
        listed = pages.checklist(view, recipient)
        await say(context, who, listed, "warning_checklist", stream=subject.stream, in_private=True, step="shown")
    return True


async def in_words(
    context: Context, who: Caller, subject: CaseSubject, warning: WarningCase, recipient: str, text: str
) -> bool:  # fmt: skip
    """Take words that only say that it was heard, or what was done, as a receipt: the measures stay to be ticked."""
    if not warning.in_force or not is_receipt(subject.plan, warning, text, who.said_at):
        return False
    if warning.waking[recipient].silent:
        await run_case(context, who, subject.stream, AnswerWarning(recipient=recipient))
    fresh = await about_case(context, who, subject.stream)
    if fresh is not None:
        view = await tools_of(context).service.case_view(fresh.plan, fresh.case, who.person.id, about=(recipient,))
        said = Words(text=text, files=(), said_at=who.said_at, message=who.message_id or 0)
        listed = pages.checklist(view, recipient, said)
        await say(context, who, listed, "warning_checklist", stream=subject.stream, in_private=True, step="shown")
    return True


def answer_of(recipient: str, text: str, unsettled: list[int], total: int) -> Command | None:
    """Return what a recipient says of the measures: received, done, not applicable with a reason of its own.

    Args:
        unsettled: numbers of the measures of which nothing was said; total: how many there are.

    Returns:
        None for words that are no such answer; the number is -1 where it is not said which one does not apply.
    """
    plain = normalise(text).strip()
    if plain in RECEIVED:
        return AnswerWarning(recipient=recipient)
    if _ALL_DONE.match(plain):
        return SettleMeasure(number=0, status=DONE, recipient=recipient)
    if (match := _NOT_APPLICABLE.match(plain)) is not None:
        only = unsettled[0] if len(unsettled) == 1 else 1 if total == 1 else -1
        number = int(match["number"]) if match["number"] else only
        reason = match["reason"].strip()[:LONGEST_REASON]
        return SettleMeasure(number=number, status=NOT_APPLICABLE, recipient=recipient, reason=reason)
    if (match := _DONE.match(plain)) is not None:
        return SettleMeasure(number=int(match["number"]), status=DONE, recipient=recipient)
    return None
