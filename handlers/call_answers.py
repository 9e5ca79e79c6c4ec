"""Words in private that answer an incident's call: 「收到，马上出发」 is the unit's answer, and opens no incident."""

from __future__ import annotations

from telegram import Update

from bot.render.chat import text_message
from handlers import results
from handlers.commands import IncidentCommand
from handlers.context import Caller, Context, tools_of
from handlers.evidence import carried
from handlers.receipts import waiting
from handlers.replies import say
from handlers.units import acknowledge, call_answer, calls_to
from handlers.which_incident import about, of_message
from plans.incident.answering import answer_of, minutes_of
from plans.incident.units import SET_OUT
from plans.intake.answering import is_heard


async def answered(update: Update, context: Context, who: Caller, text: str) -> bool:
    """Record what somebody of a called unit answers in words.

    Returns:
        whether it was an answer; what tells of another event is none, and goes its own way.
    """
    message = update.effective_message
    if message is None or who.via != "direct" or carried(message) or answer_of(text) is None:
        return False
    if message.reply_to_message is not None:
        async with tools_of(context).service.store.reading() as rx:
            stream = await of_message(rx, who, message.reply_to_message.message_id)
        streams = [stream] if stream is not None else []
    else:
        streams = await calls_to(context, who)
    called = [subject for stream in streams if (subject := await about(context, who, stream)) is not None]
    answers = [call_answer(subject, text, who.said_at) for subject in called]
    if not called or None in answers:
        return False
    if len(called) > 1 or (message.reply_to_message is None and await _others_wait(context, who, text)):
        await say(context, who, text_message("answer_which"), "which")
        return True
    ask = IncidentCommand(update=update, context=context, caller=who, subject=called[0], args=text.split())
    status = answers[0] or ""
    minutes = minutes_of(text) if status == SET_OUT else None
    await acknowledge(ask, status, note="" if text == status else text, minutes=minutes)
    return True


async def _others_wait(context: Context, who: Caller, text: str) -> bool:
    """Return whether words may answer something else that waits: 收到 an instruction or a notice too."""
    return bool(await waiting(context, who) or (is_heard(text) and await results.waiting(context, who)))
