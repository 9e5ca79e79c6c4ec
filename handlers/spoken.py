"""Words alone that name a command or a button, or say that something was heard: they are answered, and open nothing."""

from __future__ import annotations

from telegram import Update

from bot.render.catalogue import HELP
from bot.render.chat import text_message
from bot.texts.spoken import BUTTONS, COMMANDS
from handlers.context import Caller, Context
from handlers.evidence import carried
from handlers.replies import say
from plans.intake.answering import is_heard

_NAMED = {word: name for name, words in COMMANDS.items() for word in words}


def is_name(text: str) -> bool:
    """Return whether words are the name of a command or a button and nothing else: 日志, 交接班."""
    plain = _bare(text)
    return plain in _NAMED or plain in BUTTONS


async def named(update: Update, context: Context, who: Caller, text: str) -> bool:
    """Say which command or key is meant by a message that is its name and nothing else.

    Returns:
        whether it was one. In a reply it comes here where what is answered has taken nothing from the words.
    """
    plain = _plain(update, who, text)
    if plain in _NAMED:
        name = _NAMED[plain]
        await say(context, who, text_message("spoken_command", command=name, what=HELP[name]), "usage")
    elif plain in BUTTONS:
        await say(context, who, text_message("spoken_button"), "usage")
    return plain in _NAMED or plain in BUTTONS


async def only_heard(update: Update, context: Context, who: Caller, text: str) -> bool:
    """Say that nothing waits for 「收到」 where it was neither a receipt, nor an answer, nor goes on about a report."""
    plain = _plain(update, who, text)
    if not any(letter.isalnum() for letter in plain) or not is_heard(plain):
        return False
    await say(context, who, text_message("spoken_button"), "usage")
    return True


def _plain(update: Update, who: Caller, text: str) -> str:
    message = update.effective_message
    if message is None or who.via != "direct" or carried(message):
        return ""
    return _bare(text)


def _bare(text: str) -> str:
    return text.strip().strip("。.！!？?，,：: /／、")
