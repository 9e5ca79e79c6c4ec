"""Pins: they stack, and in a group they need a right."""

from __future__ import annotations

from typing import Any

from bot.playground import access, posting
from bot.playground.core import WorldCore
from bot.playground.errors import bad
from bot.playground.records import BotAccount, Chat

Json = dict[str, Any]


def _pinnable(world: WorldCore, account: BotAccount, params: Json) -> Chat:
    if "business_connection_id" in params:
        raise bad('parameter "business_connection_id" is not supported by the local server')
    chat = access.member_chat(world, account, params["chat_id"])
    access.need_right(chat, account, "can_pin_messages", "not enough rights to manage pinned messages in the chat")
    return chat


def pin(world: WorldCore, account: BotAccount, params: Json) -> bool:
    """Carry out ``pinChatMessage``."""
    chat = _pinnable(world, account, params)
    message = access.find_message(chat, params["message_id"], "to pin")
    if message.service:
        raise bad("service messages can't be pinned")
    posting.pin(world, message, account.id, params.get("disable_notification", False))
    return True


def unpin(world: WorldCore, account: BotAccount, params: Json) -> bool:
    """Carry out ``unpinChatMessage``: the message named, or the last pinned."""
    chat = _pinnable(world, account, params)
    if "message_id" in params:
        message = access.find_message(chat, params["message_id"], "to unpin")
        if message.id not in chat.pins:
            return True
        posting.unpin(world, chat, [message.id])
        return True
    if not chat.pins:
        raise bad("message to unpin not found")
    posting.unpin(world, chat, chat.pins[-1:])
    return True


def unpin_all(world: WorldCore, account: BotAccount, params: Json) -> bool:
    """Carry out ``unpinAllChatMessages``."""
    chat = _pinnable(world, account, params)
    posting.unpin(world, chat, list(chat.pins))
    return True
