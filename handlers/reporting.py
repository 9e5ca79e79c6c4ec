"""Reports: the command, and any words, voice or photo of a bound person in private."""

from __future__ import annotations

from telegram import Message, Update

from bot.render.chat import choose_plan, text_message
from bot.service import Answer, NewReport
from bot.service.addressing import ANY_PLAN
from handlers.desk import Caller, Context, caller, desk
from handlers.finding import rest
from handlers.showing import say
from plans.commands import AddEvidence

_OFFICE = ("duty", "director", "deputy", "commander")


async def report(update: Update, context: Context) -> None:
    """``/report``: with text, as a caption, or in reply to a message that holds it."""
    who = await caller(update, context)
    if who is None:
        return
    await _report(update, context, who, rest(update))


async def drill(update: Update, context: Context) -> None:
    """``/drill``: start a drill with a first report, or pause it, let it go on, skip to its next deadline."""
    who = await caller(update, context)
    if who is None:
        return
    if not (who.holds(*_OFFICE) or who.admin):
        await say(context, who, text_message("drill_by_office"), "usage", in_private=True)
        return
    await _report(update, context, who, rest(update), drill=True)


async def private_words(update: Update, context: Context) -> None:
    """Any text, voice or photo in private of a bound person is a report, unless it answers something."""
    who = await caller(update, context)
    if who is None:
        return
    if not who.holdings and not who.admin:
        await say(context, who, text_message("stranger"), "stranger")
        return
    await _report(update, context, who, rest(update))


async def _report(update: Update, context: Context, who: Caller, text: str, *, drill: bool = False) -> None:
    message = update.effective_message
    answered = message.reply_to_message if message is not None else None
    if not text and answered is not None:
        text = (answered.text or answered.caption or "").strip()
    evidence = _evidence(message)
    if not text and not evidence:
        await say(context, who, text_message("report_how"), "usage")
        return
    plan_id, jurisdiction = _plan(who, context)
    if plan_id is None:
        plans = sorted({item.plan_id for item in who.holdings if item.plan_id != ANY_PLAN} | set(who.plans))
        shown = (
            choose_plan([desk(context).service.shelf.current(item) for item in plans])
            if plans
            else text_message("not_bound")
        )
        await say(context, who, shown, "which_plan")
        return
    by_office = who.holds(*_OFFICE)
    new = NewReport(
        plan_id=plan_id,
        jurisdiction=jurisdiction,
        text=text[:4000],
        said_at=who.said_at,
        place_id=who.place.id,
        drill=drill,
        source="duty" if by_office else "",
        unit=next((item.unit for item in who.holdings if item.unit), "") or "",
        evidence=tuple(reference for _, reference in evidence),
    )
    answer = Answer(place_id=who.place.id, reply_to=who.message_id)
    await desk(context).service.execute([new], cause=who.cause, asker=who.asker, answer=answer)


def _plan(who: Caller, context: Context) -> tuple[str | None, str]:
    """Return the plan that a report is made under: the only one of the group, or of the person in private."""
    plans = (
        list(who.plans)
        if not who.private
        else sorted({item.plan_id for item in who.holdings if item.plan_id != ANY_PLAN})
    )
    if len(plans) != 1:
        return None, ""
    places = who.place.jurisdiction
    return plans[0], places or next((item.jurisdiction for item in who.holdings if item.plan_id == plans[0]), "")


def _evidence(message: Message | None) -> list[tuple[str, str]]:
    """Return (kind, Telegram's file id) of what a message carries."""
    if message is None:
        return []
    found: list[tuple[str, str]] = []
    if message.photo:
        found.append(("photo", message.photo[-1].file_id))
    for kind in ("voice", "video", "document", "audio"):
        item = getattr(message, kind)
        if item is not None:
            found.append((kind, item.file_id))
    return found


def to_evidence(message: Message | None) -> list[AddEvidence]:
    """Return the commands that keep what a message carries."""
    caption = (message.caption or "") if message is not None else ""
    return [AddEvidence(kind=kind, reference=reference, caption=caption) for kind, reference in _evidence(message)]
