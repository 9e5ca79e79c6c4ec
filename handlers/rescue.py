"""An update that made its handler fail, as the rescue needs it: read as it came, since reading may be what fails."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.callback_data import unpack
from bot.office.rescue import Stuck, rescue
from bot.service import Service
from handlers.buttons import BUTTONS
from handlers.commands import COMMANDS
from storage.inbox import InboxRow

_COMMAND = re.compile(r"/([a-z_]+)(?:@\w+)?(?:\s+|$)", re.IGNORECASE)


def rescuing(service: Service) -> Callable[[dict[str, Any], InboxRow, Exception, bool], Awaitable[bool]]:
    """Return what takes care of an update that cannot be worked off."""

    async def take_care(raw: dict[str, Any], row: InboxRow, error: Exception, last: bool) -> bool:
        stuck = await _stuck(service, raw, row)
        if stuck is None:
            return False
        # A command that can be said again is answered when it is given up; a report at once.
        if stuck.tells or last:
            await rescue(service, stuck, error)
        return stuck.tells

    return take_care


async def _stuck(service: Service, raw: Mapping[str, Any], row: InboxRow) -> Stuck | None:
    press = _part(raw, "callback_query")
    message = _part(press or {}, "message") or _part(raw, "message") or _part(raw, "edited_message")
    sender = _part(press or message or {}, "from")
    chat = _part(message or {}, "chat")
    if message is None or sender is None or chat is None or row.update_id is None or sender.get("is_bot"):
        return None
    written = str(message.get("text") or message.get("caption") or "")
    command = _COMMAND.match(written)
    private = chat.get("type") == "private"
    if press is not None:
        tells, text = await _reports(service, str(press.get("data") or "")), ""
    elif command is not None:
        tells, text = _tells(command[1].lower()), written[command.end() :]
    else:
        tells, text = private or _part(message, "reply_to_message") is not None, written
    return Stuck(
        update_id=row.update_id,
        telegram_id=int(sender["id"]),
        name=" ".join(str(sender.get(key) or "") for key in ("first_name", "last_name")).strip(),
        chat_id=int(chat["id"]),
        title=str(chat.get("title") or ""),
        private=private,
        message_id=message.get("message_id") if press is None else None,
        text=text.strip(),
        said_at=row.received_at if press is not None else _date(message, row),
        tells=tells,
    )


def _part(raw: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    part = raw.get(name)
    return part if isinstance(part, dict) else None


def _date(message: Mapping[str, Any], row: InboxRow) -> datetime:
    try:
        return datetime.fromtimestamp(int(message["date"]), UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return row.received_at


def _tells(name: str) -> bool:
    """Return whether a command tells of an event; words without one do in private, and in a reply to the bot."""
    return name in COMMANDS and COMMANDS[name].reports


async def _reports(service: Service, data: str) -> bool:
    """Return whether a pressed button reports."""
    button_id = unpack(data)
    if not button_id:
        return False
    async with service.store.reading() as rx:
        button = await rx.buttons.get(button_id)
    return button is not None and button.action in BUTTONS and BUTTONS[button.action].reports
