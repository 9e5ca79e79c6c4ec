"""Which update goes to which function; commands and buttons say it themselves (``@command``, ``@button``)."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import iter_modules

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

import handlers
from handlers import additions, bringing, edits, inline, membership, menus, private_words
from handlers.buttons import BUTTONS, pressed
from handlers.commands import COMMANDS
from handlers.context import Context, Program, program_tools, tools_of

__all__ = ["BUTTONS", "COMMANDS", "menus", "register"]

for _topic in iter_modules(handlers.__path__):
    import_module(f"handlers.{_topic.name}")  # its commands and buttons write themselves down


def register(program: Program) -> None:
    """Add every handler."""
    for handler in handlers_in_order(program_tools(program).username):
        program.add_handler(handler)
    program.add_error_handler(_remember)


def _caption(name: str, username: str) -> re.Pattern[str]:
    """Return how a command begins a caption; one that is addressed to another bot is none of ours."""
    return re.compile(rf"^/{name}(@{re.escape(username)})?(\s|$)", re.IGNORECASE)


def handlers_in_order(username: str) -> list[BaseHandler[Update, Context, object]]:
    """Return the handlers in the order in which they are asked.

    Args:
        username: of the bot, without @.
    """
    in_order: list[BaseHandler[Update, Context, object]] = [CallbackQueryHandler(pressed)]
    in_order.append(InlineQueryHandler(inline.answer))
    for name, item in COMMANDS.items():
        in_order.append(CommandHandler(name, item.run, filters=filters.UpdateType.MESSAGES))
        in_order.append(MessageHandler(filters.CaptionRegex(_caption(name, username)), item.run))
    carried = filters.TEXT | filters.PHOTO | filters.VOICE | filters.VIDEO | filters.VIDEO_NOTE | filters.AUDIO
    carried |= filters.Document.ALL | filters.LOCATION
    words = carried & ~filters.COMMAND
    in_order.append(MessageHandler(filters.StatusUpdate.MIGRATE, membership.migrated))
    in_order.append(
        MessageHandler(filters.ChatType.PRIVATE & words & filters.UpdateType.MESSAGE, private_words.private_words)
    )
    in_order.append(MessageHandler(words & filters.UpdateType.EDITED_MESSAGE, edits.edited))
    in_order.append(MessageHandler(filters.ChatType.PRIVATE & filters.COMMAND, menus.show_help))
    in_order.append(
        MessageHandler(
            filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL & filters.UpdateType.MESSAGE,
            private_words.anything_else,
        )
    )
    in_order.append(
        MessageHandler(
            filters.ChatType.GROUPS & filters.REPLY & words & filters.UpdateType.MESSAGE, additions.group_reply
        )
    )
    pictures = filters.PHOTO | filters.VIDEO | filters.Document.ALL | filters.AUDIO
    in_order.append(
        MessageHandler(
            filters.ChatType.GROUPS & pictures & ~filters.COMMAND & filters.UpdateType.MESSAGE, additions.group_picture
        )
    )
    in_order.append(
        MessageHandler(
            filters.ChatType.GROUPS & filters.TEXT & ~filters.COMMAND & filters.UpdateType.MESSAGE, bringing.group_words
        )
    )
    in_order.append(ChatMemberHandler(membership.changed, ChatMemberHandler.MY_CHAT_MEMBER))
    return in_order


async def _remember(update: object, context: Context) -> None:
    """Keep a handler's exception for the processor, which decides whether to try again."""
    if isinstance(update, Update) and context.error is not None:
        tools_of(context).updates.fail(update.update_id, context.error)
