"""What people find without knowing commands: the keyboard of the private chat, the menus of each kind of chat, help."""

from __future__ import annotations

from collections.abc import Callable

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    Update,
)

from bot.office.directory import duty_line_of, look_up
from bot.render import help
from bot.render.catalogue import HELP
from bot.texts.help import KEYBOARD
from handlers.commands import Handler, command, in_order
from handlers.context import Caller, Context, caller, tools_of
from handlers.replies import say

REPORT, TODO, STATUS, PHONE = (KEYBOARD[name] for name in ("report", "todo", "status", "phone"))

KEYS: dict[str, tuple[Handler, tuple[int, int]]] = {}
"""What a key of the private chat's keyboard does, and its row and place; each is a message with its label as text."""

OF_DUTY: set[str] = set()
"""The keys that only who has the duty is shown."""

SCOPES: dict[str, BotCommandScope] = {
    "groups": BotCommandScopeAllGroupChats(),
    "private": BotCommandScopeAllPrivateChats(),
    "admins": BotCommandScopeAllChatAdministrators(),
}
"""Kinds of chat that have a menu, as ``@command(menus=…)`` names them."""

ROLES = ("admin", "duty", "leader", "liaison", "stranger", "reporter")
"""Whose help there is, as ``@command(help=…)`` names them."""

MOST = 6
"""Commands in a menu, and in the help; those of later places are named in the help's last line."""

_LEADERS = ("commander", "deputy", "director")


def key(label: str, row: int, place: int = 0, *, duty: bool = False) -> Callable[[Handler], Handler]:
    """Make a function what a key of the keyboard does; ``duty``: only who has the duty is shown it."""

    def added(function: Handler) -> Handler:
        KEYS[label] = (function, (row, place))
        if duty:
            OF_DUTY.add(label)
        return function

    return added


def keyboard(*, duty: bool) -> tuple[tuple[str, ...], ...]:
    """Return the keyboard, row by row; ``duty``: of somebody who has the duty."""
    places = sorted((at, label) for label, (_, at) in KEYS.items() if duty or label not in OF_DUTY)
    rows = dict.fromkeys(row for (row, _), _ in places)
    return tuple(tuple(label for (row, _), label in places if row == wanted) for wanted in rows)


def pressed_key(text: str) -> str:
    """Return the label of the key that a message is, also typed without its sign; empty where it is none."""
    return next((label for label in KEYS if text in (label, label.split(maxsplit=1)[1])), "")


def menu(scope: str) -> tuple[str, ...]:
    """Return the commands that a kind of chat has in its menu."""
    return in_order(lambda item: item.menus.get(scope))


def help_of(role: str) -> tuple[str, ...]:
    """Return the commands that the help of a role explains."""
    return in_order(lambda item: _up_to(item.help.get(role), MOST))


def further_of(role: str) -> tuple[str, ...]:
    """Return the commands that the help of a role names beside them."""
    explained = help_of(role)
    return tuple(name for name in in_order(lambda item: item.help.get(role)) if name not in explained)


def _up_to(place: int | None, most: int) -> int | None:
    return place if place is not None and place <= most else None


async def show_menus(bot: Bot) -> None:
    """Tell Telegram the menus."""
    for name, scope in SCOPES.items():
        words = [BotCommand(item, HELP[item]) for item in menu(name)]
        await bot.set_my_commands(words, scope=scope)


@command("help", menus={"groups": 5, "private": 6})
async def show_help(update: Update, context: Context) -> None:
    """``/help``: at most six commands for one's role, the others by name."""
    who = await caller(update, context)
    if who is None:
        return
    line = ""
    if who.neutral:
        service = tools_of(context).service
        async with service.store.reading() as rx:
            number = duty_line_of(await look_up(rx, service.registry, service.bodies, (), bound_here=who.plans))
        line = number.dial if number is not None else ""
    role = _role(who)
    await say(context, who, help(help_of(role), further_of(role), neutral=who.neutral, seat_line=line), "help")


def _role(who: Caller) -> str:
    parts = (
        ("admin", who.admin or who.holds("admin")),
        ("duty", who.holds("duty")),
        ("leader", who.holds(*_LEADERS)),
        ("liaison", who.holds("liaison", "head")),
    )
    bare = who.private and not who.holdings
    return next((name for name, holds in parts if holds), "stranger" if bare else "reporter")
