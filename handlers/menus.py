"""What people find without knowing commands: the keyboard of the private chat, the menus of each kind of chat."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    Update,
)

from bot.render.catalogue import HELP
from bot.texts.help import KEYBOARD, MENU
from handlers.context import Context

REPORT, TODO, STATUS, PHONE = (KEYBOARD[name] for name in ("report", "todo", "status", "phone"))

BUTTONS: dict[str, Callable[[Update, Context], Awaitable[None]]] = {}
"""What a key of the private chat's keyboard does; each is a message with its label as text."""

ROWS: tuple[tuple[str, ...], ...] = ((REPORT,), (TODO, STATUS), (PHONE,))
"""The keyboard, row by row."""

MENUS: tuple[tuple[BotCommandScope, tuple[str, ...]], ...] = (
    (BotCommandScopeAllGroupChats(), ("report", "status", "update", "todo", "help")),
    (BotCommandScopeAllPrivateChats(), ("todo", "status", "update", "shift", "me", "help")),
    (BotCommandScopeAllChatAdministrators(), ("report", "status", "todo", "bind", "invite", "setup")),
)
"""At most six commands for each scope."""


async def show_menus(bot: Bot) -> None:
    """Tell Telegram the menus."""
    for scope, names in MENUS:
        await bot.set_my_commands([BotCommand(name, MENU.get(name) or HELP[name]) for name in names], scope=scope)
