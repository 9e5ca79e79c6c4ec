"""Which updates are for the bot. Of a group's other messages only the update id is kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from bot.service.taking import is_cap
from handlers.jotted import jotted
from plans.intake.warning import read
from storage.transaction import Reading

WORD = "预警"
"""Without it no posted message is looked at as a warning."""

ALBUMS = 64
"""Albums that are remembered: only one picture of an album says that it is for us, and the others follow at once."""


def addressed(username: str, bot_id: int) -> Callable[[Any, Reading], Awaitable[bool]]:
    """Return the question "is this raw update for us?".

    Args:
        username: of the bot, without @.
        bot_id: Telegram's id of the bot.
    """
    albums: deque[tuple[Any, Any]] = deque(maxlen=ALBUMS)

    async def is_for_us(raw: Any, rx: Reading) -> bool:
        message = raw.get("message") or raw.get("edited_message")
        if not isinstance(message, dict):
            return True
        album = (message.get("chat", {}).get("id"), message.get("media_group_id"))
        if album[1] and album in albums:
            return True
        ours = await judged(message, rx)
        if ours and album[1]:
            albums.append(album)
        return ours

    async def judged(message: dict[str, Any], rx: Reading) -> bool:
        chat, sender = message.get("chat", {}), message.get("from", {})
        if chat.get("type") == "private" or _service(message):
            return True
        reply = message.get("reply_to_message") or {}
        if reply.get("from", {}).get("id") == bot_id or message.get("via_bot", {}).get("id") == bot_id:
            return True
        if _names_us(message, username):
            return True
        place, person = await rx.places.by_chat(chat.get("id", 0)), await rx.people.by_telegram(sender.get("id", 0))
        if place is None or person is None:
            return False
        if await rx.forms.get(place.id, person.id) is not None:
            return True
        if place.kind != "command":
            return False
        if jotted(str(message.get("text") or message.get("caption") or "")):
            return await _has_duty(rx, person.id)
        if message.get("edit_date") or not _may_be_warning(message):
            return False
        return await _holds_office(rx, person.id) and _brings_warning(message)

    return is_for_us


async def _has_duty(rx: Reading, person_id: str) -> bool:
    return any(item.role == "duty" for item in await rx.people.holdings(person_id))


async def _holds_office(rx: Reading, person_id: str) -> bool:
    return any(item.role != "reporter" for item in await rx.people.holdings(person_id))


def _brings_warning(message: dict[str, Any]) -> bool:
    """Return whether a posted message is a warning, by its words alone, or a file that calls itself CAP."""
    text = message.get("text") or message.get("caption") or ""
    now = datetime.fromtimestamp(message["date"], UTC)
    return _is_cap_file(message) or bool(read(text, now=now).warnings)


def _may_be_warning(message: dict[str, Any]) -> bool:
    """Return whether it is worth a closer look."""
    text = message.get("text") or message.get("caption")
    spoken_of = isinstance(text, str) and WORD in text
    return isinstance(message.get("date"), int) and (spoken_of or _is_cap_file(message))


def _is_cap_file(message: dict[str, Any]) -> bool:
    document = message.get("document")
    return isinstance(document, dict) and is_cap(str(document.get("file_name", "")), str(document.get("mime_type", "")))


_SERVICE = ("new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id", "new_chat_title",
            "group_chat_created", "supergroup_chat_created", "forum_topic_created")  # fmt: skip


def _service(message: dict[str, Any]) -> bool:
    return any(key in message for key in _SERVICE)


def _names_us(message: dict[str, Any], username: str) -> bool:
    text = message.get("text") or message.get("caption") or ""
    entities = message.get("entities") or message.get("caption_entities") or []
    encoded = text.encode("utf-16-le", "surrogatepass")
    for item in entities:
        start, end = item.get("offset", 0) * 2, (item.get("offset", 0) + item.get("length", 0)) * 2
        word = encoded[start:end].decode("utf-16-le", "replace").lower()
        if item.get("type") == "bot_command" and item.get("offset") == 0:
            return "@" not in word or word.endswith(f"@{username.lower()}")
        if item.get("type") == "mention" and word == f"@{username.lower()}":
            return True
    return False
