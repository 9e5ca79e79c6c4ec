"""Edited messages: what is recorded stays, and what the new words say otherwise is proposed to the duty seat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Update

from bot.render.chat import text_message
from handlers import log_entries, strangers
from handlers.buttons import ButtonPress, button
from handlers.commands import Handler, IncidentCommand
from handlers.context import Caller, Context, caller, tools_of
from handlers.replies import question_again, say, say_once
from handlers.statements import figures_in, stated
from handlers.which_incident import Subject, about, numbered, rest
from plans.incident import facts
from plans.incident.edits import NoteEdit, SettleEdit
from plans.incident.facts import FactsStated
from plans.incident.figures import counted
from plans.incident.reporting import Reported
from plans.values import Interval, as_data, parse


async def edited(update: Update, context: Context) -> None:
    """An edited message that is no command."""
    who = await caller(update, context)
    if who is None or await noted(update, context, who) or await log_entries.edited_entry(context, who, rest(update)):
        return
    if not who.private:
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
    text = _without_number(update, subject)
    before = _words(subject, str(recorded["cause"]))
    if not subject.incident.open:
        await say(context, who, text_message("edited"), "usage")
    elif text and (text != before or who.said in subject.incident.edits):
        # A place that moves with its sender is edited all the time, without words.
        ask = IncidentCommand(update=update, context=context, caller=who, subject=subject, args=text.split())
        if await strangers.is_full(context, ask):
            return True
        await ask.run(_proposal(ask, before, text), done="edit_noted" if text != before else "edit_reverted")
    return True


def _without_number(update: Update, subject: Subject) -> str:
    """Return the words of an edited message; behind a command without the number of the incident: ``/update 1 …``."""
    text = rest(update)
    message = update.effective_message
    typed = (message.text or message.caption or "") if message is not None else ""
    reference = numbered(text.split())
    if not typed.startswith("/") or reference is None or reference[0] != subject.incident.number:
        return text
    return text.split(maxsplit=1)[1].strip() if reference[2] else ""


def _words(subject: Subject, cause: str) -> str:
    """Return the words that a message was recorded with."""
    for item in subject.incident.events:
        if item.cause == cause and isinstance(item.event, Reported | FactsStated):
            return item.event.text or ""
    return ""


def _proposal(ask: IncidentCommand, before: str, text: str) -> NoteEdit:
    """Return the edit with what the new words say otherwise than the old ones.

    That a figure falls is asked with the edit itself: whoever adopts it has read both wordings.
    """
    nothing = facts.Update()
    new, old = stated(ask, text) or facts.Update(text=text), (stated(ask, before) if before else None) or nothing
    changed = {
        name: data for name, data in new.facts.items() if old.facts.get(name) != data and name not in new.increments
    }
    asked = [_asked(data) for data in old.unsure.values()]
    unsure = {name: data for name, data in new.unsure.items() if _asked(data) not in asked}
    for name in [name for name, data in unsure.items() if _one_fall(data)]:
        fall = unsure.pop(name)
        changed[fall["fact"]] = fall["options"][0]["value"]
    unsure |= _more(ask, new, old) | _gone(ask, before, new)
    return NoteEdit(
        message=ask.caller.said,
        before=before,
        after=text,
        facts=changed,
        raised=tuple(name for name in new.raised if name not in old.raised),
        unsure=unsure,
        unread=tuple(number for number in new.unread if number not in old.unread),
        place=new.place if new.place != old.place else "",
        occurred_at=new.occurred_at if new.occurred_at != old.occurred_at else None,
    )


def _asked(data: Mapping[str, Any]) -> tuple[Any, ...]:
    """What is asked of a figure, wherever its words stand."""
    return data["fact"], data["why"], data["options"]


def _one_fall(data: Mapping[str, Any]) -> bool:
    """Whether a figure is lower now and nothing else can be meant."""
    values = [option["value"] for option in data["options"] if "value" in option]
    return data["why"] == "fall" and len(values) == 1 and values[0] is not None


def _more(ask: IncidentCommand, new: facts.Update, old: facts.Update) -> dict[str, Any]:
    """Return what is said to come on top (又发现2名) as a choice: what the old words said of it was added already."""
    known = counted(ask.subject.incident)
    found: dict[str, Any] = {}
    for name in sorted(new.increments):
        before = old.facts[name] if name in old.increments else 0
        value, more = known.get(name, Interval(0, None)), new.facts[name]
        if more != before and isinstance(value, Interval):
            found[name] = _choice(name, "read", _replaced(value, before, more), new.text)
    return found


def _replaced(known: Interval, before: Any, more: Any) -> Any:
    """Return a total in which something else was added than before."""
    old, new = parse(before), parse(more)
    if not isinstance(old, Interval) or not isinstance(new, Interval):
        return as_data(known)
    low = (known.at_least or 0) - (old.at_most or old.at_least or 0) + (new.at_least or 0)
    low = max(0, low)
    if known.at_most is None or new.at_most is None:
        return as_data(Interval(low, None))
    return as_data(Interval(low, max(low, known.at_most - (old.at_least or 0) + new.at_most)))


def _gone(ask: IncidentCommand, before: str, new: facts.Update) -> dict[str, Any]:
    """Return the figures of the old words that stand in the record and that the new ones do not speak of any more."""
    still = {*new.facts, *new.raised, *(data["fact"] for data in new.unsure.values()), *figures_in(ask, new.text)}
    gone = figures_in(ask, before) - still if before else frozenset()
    return {name: _choice(name, "fall", None, new.text) for name in sorted(gone) if name in ask.subject.incident.claims}


def _choice(fact: str, why: str, value: Any, text: str) -> dict[str, Any]:
    span = [0, len(text)]
    return {"fact": fact, "why": why, "options": [{"value": value}, {"keep": True}], "over": None, "span": span}


@button("adopt_edit", on="edit", again=question_again)
async def adopt_edit(press: ButtonPress) -> str:
    """「采用」 what an edited message says now."""
    return await press.run(SettleEdit(sequence=press.arg("sequence"), adopt=True), done="adopted", last=True)


@button("drop_edit", on="edit", again=question_again)
async def drop_edit(press: ButtonPress) -> str:
    """「不采用」: the record stays."""
    return await press.run(SettleEdit(sequence=press.arg("sequence"), adopt=False), done="kept_record", last=True)
