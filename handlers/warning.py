"""Warnings on record: ``/warn`` brings one, lists and shows them; the files of every stage."""

from __future__ import annotations

import re

from telegram import Update

from bot.exchange.cap import written
from bot.exchange.cap.stages import alerts_of
from bot.outgoing.messages import File
from bot.render import warning_page as pages
from bot.render.chat import popup_text, text_message
from bot.render.warning_lines import headlines as headlines_of
from bot.render.warning_lines import listing
from bot.service.taking import content_of, open_warnings
from handlers.access import Who
from handlers.bringing import may_bring, take
from handlers.buttons import ButtonPress, button
from handlers.cases import run_case
from handlers.changing import BadField, changed, example_of
from handlers.commands import answer_privately, command
from handlers.context import Caller, Context, caller, tools_of
from handlers.desk import numbered
from handlers.issuing import preview_lifting, preview_to
from handlers.replies import say, show
from handlers.which_incident import rest
from plans.intake.warning import read
from plans.model import Plan
from plans.warning.issuing import LiftWarning
from plans.warning.state import KIND, WarningCase
from plans.warning.taking import TakeChange

_NUMBERED = re.compile(r"^(?P<drill>演练|演)?\s*#?(?P<number>\d{1,5})号?(?:\s+(?P<words>.*))?$", re.DOTALL)


# --- bringing one


@command("warn", help={"duty": 11})
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
    message = listing(views)
    private = not who.private and who.place.kind != "command"
    await say(context, who, message, "warnings", in_private=private)
    if not views:
        await answer_privately(context, who, "warn_how")


async def _one(context: Context, who: Caller, number: int, drill: bool, words: str) -> None:
    """Show a warning, or change it by words: a field, its end, lifting, dismissing."""
    subject = await numbered(context, who, KIND, number, _served(context, who), drill=drill)
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
        change = changed(subject.plan, warning, words, who.said_at)
    except BadField as problem:
        example = example_of(problem, warning.number)
        await answer_privately(context, who, "warn_field_bad", given=problem.value[:40], example=example)
        return
    if change is None:
        found = read(words, now=who.said_at, entered=True).warnings
        if not found:
            await answer_privately(context, who, "warn_how")
            return
        change = TakeChange(content=content_of(found[0], words), source="typed")
    if isinstance(change, LiftWarning):
        await preview_lifting(context, who, subject, change)
        return
    result = await run_case(context, who, subject.stream, change)
    if result.refusal is None:
        await preview_to(context, who, subject.stream)


# --- the file of every stage


@button("warning_cap", on="warning", who=Who.READER)
async def cap(press: ButtonPress) -> str:
    """The CAP file of every stage, the newest last."""
    subject, view = press.case_subject, await press.case_view()
    warning = subject.case
    if not isinstance(warning, WarningCase) or not warning.stages:
        return text_message("warn_cap_none").text
    headlines = headlines_of(view)
    alerts = alerts_of(subject.plan, warning, headlines)
    files = tuple(
        File(name=f"{alert.identifier}.xml", content=written(alert), caption=headline)
        for alert, headline in zip(alerts, headlines, strict=True)
    )
    await show(press, pages.cap_message(view), "warning_cap", files=files)
    return ""
