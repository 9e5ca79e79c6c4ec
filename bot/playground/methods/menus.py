"""Menus of commands and descriptions, by scope and language."""

from __future__ import annotations

import re
from typing import Any

from bot.playground import access
from bot.playground.core import WorldCore
from bot.playground.errors import bad
from bot.playground.records import BotAccount, CommandSet

Json = dict[str, Any]


def _scope(world: WorldCore, account: BotAccount, params: Json) -> tuple[Json, str]:
    scope: Json = dict(params.get("scope", {"type": "default"}))
    language = params.get("language_code", "")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad("invalid language code specified")
    if "chat_id" in scope:
        chat = access.find_chat(world, account, scope["chat_id"])
        if scope["type"] != "chat" and chat.private:
            raise bad("can't change commands for a private chat with this scope")
        scope["chat_id"] = chat.id
    return scope, language


def set_commands(world: WorldCore, account: BotAccount, params: Json) -> bool:
    """Carry out ``setMyCommands``."""
    scope, language = _scope(world, account, params)
    for command in params["commands"]:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not command["description"].strip():
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    _forget(account, scope, language)
    account.menus.append(CommandSet(scope=scope, language=language, commands=params["commands"]))
    world.changed("keyboard")
    return True


def get_commands(world: WorldCore, account: BotAccount, params: Json) -> list[Json]:
    """Carry out ``getMyCommands``: exactly this scope and language."""
    wanted = _scope(world, account, params)
    return next((menu.commands for menu in account.menus if (menu.scope, menu.language) == wanted), [])


def delete_commands(world: WorldCore, account: BotAccount, params: Json) -> bool:
    """Carry out ``deleteMyCommands``."""
    _forget(account, *_scope(world, account, params))
    world.changed("keyboard")
    return True


def _forget(account: BotAccount, scope: Json, language: str) -> None:
    account.menus[:] = [menu for menu in account.menus if (menu.scope, menu.language) != (scope, language)]


def set_description(world: WorldCore, account: BotAccount, params: Json) -> bool:
    """Carry out ``setMyDescription``."""
    account.descriptions[params.get("language_code", "")] = params.get("description", "")
    return True


def get_description(world: WorldCore, account: BotAccount, params: Json) -> Json:
    """Carry out ``getMyDescription``."""
    return {"description": account.descriptions.get(params.get("language_code", ""), "")}


def set_short_description(world: WorldCore, account: BotAccount, params: Json) -> bool:
    """Carry out ``setMyShortDescription``."""
    account.short_descriptions[params.get("language_code", "")] = params.get("short_description", "")
    return True


def get_short_description(world: WorldCore, account: BotAccount, params: Json) -> Json:
    """Carry out ``getMyShortDescription``."""
    return {"short_description": account.short_descriptions.get(params.get("language_code", ""), "")}
