"""Edited messages: what is recorded stays, and what the new words say otherwise is proposed to the duty seat."""

from __future__ import annotations

from telegram import Update

from bot.render.chat import text_message
from handlers import strangers
from handlers.buttons import ButtonPress, button
from handlers.commands import Handler, IncidentCommand
from handlers.context import Caller, Context, caller, tools_of
from handlers.replies import question_again, say, say_once
from handlers.statements import stated
from handlers.which_incident import Subject, about, rest
from plans.incident.edits import NoteEdit, SettleEdit
from plans.incident.facts import FactsStated
from plans.incident.reporting import Reported


async def edited(update: Update, context: Context) -> None:
    """An edited message that is no command."""
    who = await caller(update, context)
    if who is None or await noted(update, context, who) or not who.private:
        return
    message = update.effective_message
    if message is not None and message.location is not None and not rest(update):
        return  # a place that moves with its sender is edited all the time
    await say_once(context, who, text_message("edited"), "usage")


def unless_noted(function: Handler) -> Handler:
    """Return the handler of a command that is not carried out again when its message is edited."""

    async def handler(update: Update, context: Context) -> None:
        who = await caller(update, context)
        if who is not None and not await noted(update, context, who):
            await function(update, context)

    return handler


async def noted(update: Update, context: Context, who: Caller) -> bool:
    """Note the edit of a message that an incident was told by; False where it is none, or no incident knows of it."""
    if who.via != "edit":
        return False
    async with tools_of(context).service.store.reading() as rx:
        recorded = await rx.causes.result(who.said)
    subject = await about(context, who, recorded["streams"][0]) if recorded and recorded["streams"] else None
    if recorded is None or subject is None:
        return False
    text = rest(update)
    before = _words(subject, str(recorded["cause"]))
    if not subject.incident.open:
        await say(context, who, text_message("edited"), "usage")
    elif text and text != before:  # a place that moves with its sender is edited all the time, without words
        ask = IncidentCommand(update=update, context=context, caller=who, subject=subject, args=text.split())
        if await strangers.is_full(context, ask):
            return True
        await ask.run(_proposal(ask, before, text), done="edit_noted")
    return True


def _words(subject: Subject, cause: str) -> str:
    """Return the words that a message was recorded with."""
    for item in subject.incident.events:
        if item.cause == cause and isinstance(item.event, Reported | FactsStated):
            return item.event.text or ""
    return ""


def _proposal(ask: IncidentCommand, before: str, text: str) -> NoteEdit:
    """Return the edit with what the new words say otherwise than the old ones.

    What is said to come on top (又发现2名) is left to a person: it was added already.
    """
    new, old = stated(ask, text), stated(ask, before) if before else None
    said_before = dict(old.facts) if old is not None else {}
    facts = {} if new is None else {
        name: data for name, data in new.facts.items() if said_before.get(name) != data and name not in new.increments
    }  # fmt: skip
    place = new.place if new is not None and (old is None or new.place != old.place) else ""
    occurred = new.occurred_at if new is not None and (old is None or new.occurred_at != old.occurred_at) else None
    return NoteEdit(message=ask.caller.said, before=before, after=text, facts=facts, place=place, occurred_at=occurred)


@button("adopt_edit", on="edit", again=question_again)
async def adopt_edit(press: ButtonPress) -> str:
    """「采用」 what an edited message says now."""
    return await press.run(SettleEdit(sequence=press.arg("sequence"), adopt=True), done="adopted", last=True)


@button("drop_edit", on="edit", again=question_again)
async def drop_edit(press: ButtonPress) -> str:
    """「不采用」: the record stays."""
    return await press.run(SettleEdit(sequence=press.arg("sequence"), adopt=False), done="kept_record", last=True)
