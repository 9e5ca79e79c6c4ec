"""「收到」 by itself: the receipt of the one warning, instruction or notice that waits for whoever writes it."""

from __future__ import annotations

from telegram import Update

from bot.cases.warnings_in_force import in_force
from bot.render import warning_pieces as pages
from bot.render.chat import text_message
from bot.render.desk import called
from handlers import results
from handlers.additions import own_running
from handlers.cases import CaseSubject, about_case
from handlers.context import Caller, Context, tools_of
from handlers.evidence import carried
from handlers.measures import in_words
from handlers.replies import say
from plans.intake.answering import is_heard
from plans.warning.state import WarningCase


async def heard(update: Update, context: Context, who: Caller, text: str) -> bool:
    """Take 「收到」, of somebody for whom one thing alone waits, as its receipt.

    Where an incident runs that he has reported himself it is meant by what he was shown last.

    Returns:
        whether it was one; words that say more than that they were heard are taken in a reply only.
    """
    message = update.effective_message
    if message is None or message.reply_to_message is not None or who.via != "direct" or carried(message):
        return False
    if not is_heard(text):
        return False
    meant, sent = await waiting(context, who), await results.waiting(context, who)
    waits = {*(warning.stream for _, warning, _ in meant), *(subject.stream for subject in sent)}
    own = {subject.stream for subject in await own_running(context, who)} if waits else set[str]()
    if own:
        async with tools_of(context).service.store.reading() as rx:
            if await rx.outbox.last_shown(who.place.id, own | waits) not in waits:
                return False
    if sent and len(meant) + len(sent) > 1:  # which of them is meant is not guessed
        names = [pages.title(warning.content) for _, warning, _ in meant] + [called(subject.case) for subject in sent]
        await say(context, who, text_message("desk_which_received", names="、".join(names)), "usage")
        return True
    if len(meant) + len(sent) != 1:
        return False
    if sent:
        await results.heard(context, who, sent[0])
        return True
    return await in_words(context, who, *meant[0], text)


async def waiting(context: Context, who: Caller) -> list[tuple[CaseSubject, WarningCase, str]]:
    """Return the warnings that wait for a unit of this person, each with its case and the unit."""
    async with tools_of(context).service.store.reading() as rx:
        warnings = [item for name in who.jurisdictions() for item in await in_force(rx, name)]
    found = []
    for warning in warnings:
        subject = await about_case(context, who, warning.stream)
        if subject is not None:
            names = sorted(subject.actor.units & warning.waking.keys())
            found += [(subject, warning, name) for name in names if warning.waking[name].silent]
    return found
