"""What somebody says in private: a key, an answer, what goes on about a report, and else a report."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update

from handlers import (
    bodies,
    bringing,
    call_answers,
    duty,
    duty_answers,
    handover,
    identity,
    log_entries,
    measures,
    phones,
    receipts,
    results,
    spoken,
    strangers,
)
from handlers.additions import add, any_album, continued, open_form
from handlers.commands import IncidentCommand
from handlers.context import Caller, Context, caller
from handlers.menus import KEYS, pressed_key
from handlers.replies import say_once
from handlers.reporting import asked_for, of_stranger, record
from handlers.which_incident import rest


async def private_words(update: Update, context: Context) -> None:
    """Any text, voice or photo in private of a bound person is a report, unless it answers or continues something."""
    who = await caller(update, context)
    message = update.effective_message
    if who is None or message is None:
        return
    text = rest(update)
    label = pressed_key(text)
    if label:
        await KEYS[label][0](update, context)
        return
    if await any_album(update, context, who):
        return
    if await log_entries.note(update, context, who, text):
        return
    form = await open_form(context, who)
    if await identity.answered(update, context, who, text, form):
        return
    if strangers.is_stranger(who):
        await of_stranger(update, context, who, text)
        return
    if await log_entries.answered(update, context, who, text, form):
        return
    if await duty.take_evidence(update, context, who, text, form):
        return
    if await handover.take_word(update, context, who, text, form):
        return
    if await results.take_result(update, context, who, text, form):
        return
    if await bodies.take_list(update, context, who, form) or await phones.answered(context, who, text, form):
        return
    if form is not None and form.kind == "fix":
        who = replace(who, fills_form=True)
    elif await results.replied(update, context, who, text):
        return
    elif (
        await log_entries.replied(update, context, who, text)
        or await duty_answers.answered(update, context, who, text, form)
        or await call_answers.answered(update, context, who, text)
        or await receipts.heard(update, context, who, text)
    ):
        return
    elif await measures.replied(update, context, who, text) or await _is_warning(update, context, who, text):
        return
    elif await spoken.named(update, context, who, text):
        return
    subject = await continued(update, context, who, text, form)
    if subject is None:
        if form is None and await spoken.only_heard(update, context, who, text):
            return
        await record(update, context, who, text)
        await bringing.offer(context, who, text)
    else:
        await add(IncidentCommand(update=update, context=context, caller=who, subject=subject, args=text.split()), text)


async def _is_warning(update: Update, context: Context, who: Caller, text: str) -> bool:
    """Take what an officer forwards as a warning where it is one; a reply goes on about what it answers."""
    message = update.effective_message
    return message is not None and message.reply_to_message is None and await bringing.sent(update, context, who, text)


async def anything_else(update: Update, context: Context) -> None:
    """A sticker, a contact, a poll in private: nothing that can be recorded, and not met by silence."""
    who = await caller(update, context)
    if who is not None:
        await say_once(context, who, await asked_for(context, who, "report_now"), "usage")
