"""The table of contents: which update goes to which function."""

from __future__ import annotations

import re

from telegram import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, ChatMemberHandler, CommandHandler, MessageHandler, filters

from bot.texts.lists import COMMANDS
from handlers import life, membership, reporting, setting_up, viewing
from handlers.actions import ACTIONS
from handlers.asking import Handler, about_incident
from handlers.buttons import pressing
from handlers.desk import Context, Program

PLAIN: dict[str, Handler] = {
    "start": setting_up.start,
    "help": viewing.show_help,
    "report": reporting.report,
    "drill": reporting.drill,
    "todo": viewing.show_todo,
    "plan": viewing.show_clause,
    "shift": viewing.takeover,
    "bind": setting_up.bind,
    "unbind": setting_up.unbind,
    "invite": setting_up.invite,
    "join": setting_up.join,
    "me": setting_up.show_me,
    "setup": setting_up.check,
}
"""Commands that are about no incident, or open one."""

ABOUT: dict[str, Handler] = {
    "update": about_incident(life.update),
    "correct": about_incident(life.correct),
    "resolve": about_incident(life.resolve),
    "waive": about_incident(life.waive),
    "verify": about_incident(life.verify),
    "judge": about_incident(life.judge),
    "status": about_incident(viewing.show_status, closed=True),
    "file": about_incident(life.file, closed=True),
    "declare": about_incident(life.declare),
    "oral": about_incident(life.oral),
    "end": about_incident(life.end),
    "close": about_incident(life.close),
    "reopen": about_incident(life.reopen, closed=True),
    "reject": about_incident(life.reject),
    "merge": about_incident(life.merge),
    "request": about_incident(life.request),
    "ack": about_incident(life.ack),
    "undo": about_incident(life.undo),
    "export": about_incident(viewing.show_export, closed=True),
}
"""Commands about one incident: by reply, number, or the only open one."""

GROUP_MENU = ("report", "status", "update", "todo", "phone", "help")
PRIVATE_MENU = ("todo", "status", "report", "update", "me", "help")


async def register(program: Program) -> None:
    """Add every handler and tell Telegram the menus."""
    program.bot_data["waited"], program.bot_data["failed"] = set(), {}
    for handler in handlers():
        program.add_handler(handler)
    program.add_error_handler(_remember)
    for names, scope in (
        (GROUP_MENU, BotCommandScopeAllGroupChats()),
        (PRIVATE_MENU, BotCommandScopeAllPrivateChats()),
    ):
        known = [BotCommand(name, COMMANDS[name]) for name in names if name in COMMANDS and name in {*PLAIN, *ABOUT}]
        await program.bot.set_my_commands(known, scope=scope)


def handlers() -> list[BaseHandler[Update, Context, object]]:
    """Return the handlers in the order in which they are asked."""
    found: list[BaseHandler[Update, Context, object]] = [
        CallbackQueryHandler(pressing(ACTIONS | {"claim": setting_up.claim}))
    ]
    for name, function in {**PLAIN, **ABOUT}.items():
        found.append(CommandHandler(name, function, filters=filters.UpdateType.MESSAGES))
        found.append(MessageHandler(filters.CaptionRegex(re.compile(rf"^/{name}(@\w+)?(\s|$)")), function))
    private = filters.ChatType.PRIVATE & ~filters.COMMAND & filters.UpdateType.MESSAGE
    carried = filters.TEXT | filters.PHOTO | filters.VOICE | filters.VIDEO | filters.Document.ALL | filters.AUDIO
    found.append(MessageHandler(private & carried, reporting.private_words))
    found.append(MessageHandler(filters.StatusUpdate.MIGRATE, membership.migrated))
    found.append(ChatMemberHandler(membership.changed, ChatMemberHandler.MY_CHAT_MEMBER))
    return found


async def _remember(update: object, context: Context) -> None:
    """Keep a handler's exception for the processor, which decides whether to try again."""
    if isinstance(update, Update) and context.error is not None:
        context.bot_data["failed"][update.update_id] = context.error
