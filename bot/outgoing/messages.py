"""From a rendered message to rows of the outbox: entities, keyboards of opaque buttons, one row per call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.callback_data import new_id, pack
from bot.render import Message, split
from bot.sealed import SECRETS
from bot.upload import upload
from storage.buttons import Button
from storage.outbox import NewMessage
from storage.transaction import Writing

NAMED = "_named"
"""Key of a payload for what the message names; the sender does not pass it on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """A file that goes with a letter; ``kind`` is ``document`` or ``photo``.

    Attributes:
        made: of what it is made when it is sent, where its content is nobody's business until then.
    """

    name: str
    content: bytes = b""
    kind: str = "document"
    caption: str = ""
    made: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OutgoingMessage:
    """A rendered message with its address and what the sender must know about it.

    Attributes:
        keys: rows of the keyboard that stays under a private chat; a message has this or buttons.
        coalesce: of the letters with this key that wait for the same place only the newest is sent.
        files: are sent behind the words, without sound.
        not_before: when it may be sent at the earliest; at once when left out.
        named: what a joined message names, for the next that joins it; see ``bot.outgoing.rings``.
        secrets: numbers in words and files that become secrets when it is sent; see ``bot.sealed``.
    """

    place_id: str
    message: Message
    notice: str
    audience: str = ""
    person_id: str | None = None
    stream: str | None = None
    jurisdiction: str | None = None
    priority: int = 2
    ring: bool = False
    pin: bool = False
    guard: str | None = None
    reference: str | None = None
    reply_to_message: int | None = None
    call: str | None = None
    keys: tuple[tuple[str, ...], ...] = ()
    files: tuple[File, ...] = ()
    coalesce: str | None = None
    not_before: datetime | None = None
    secrets: tuple[str, ...] = ()
    named: tuple[dict[str, Any], ...] = ()


async def write(tx: Writing, letter: OutgoingMessage, now: datetime) -> None:
    """Queue one letter."""
    await write_all(tx, [letter], now)


async def write_all(tx: Writing, letters: Sequence[OutgoingMessage], now: datetime) -> None:
    """Queue letters, each split at Telegram's limit, its buttons on the last part, in few statements."""
    parts = [(letter, split(letter.message)) for letter in letters]
    boards = iter(await keyboards(tx, [(letter, last[-1]) for letter, last in parts if last[-1].rows], now))
    rows = []
    for letter, shown in parts:
        for number, part in enumerate(shown):
            payload = content(part)
            if number == len(shown) - 1 and part.rows:
                payload["reply_markup"] = next(boards)
            elif number == len(shown) - 1 and letter.keys:
                payload["reply_markup"] = lasting_keys(letter.keys)
            if letter.reply_to_message is not None and number == 0:
                payload["reply_parameters"] = {
                    "message_id": letter.reply_to_message,
                    "allow_sending_without_reply": True,
                }
            if letter.secrets:
                payload[SECRETS] = list(letter.secrets)
            if not letter.ring:
                payload["disable_notification"] = True
            if letter.named:
                payload[NAMED] = list(letter.named)
            rows.append(_row(letter, payload, now, pin=letter.pin and number == 0))
        rows += [_enclosed(letter, file, now) for file in letter.files]
    await tx.outbox.enqueue(rows)


def _row(letter: OutgoingMessage, payload: dict[str, Any], now: datetime, *, pin: bool) -> NewMessage:
    return NewMessage(
        place_id=letter.place_id, priority=letter.priority, method="sendMessage", payload=payload, stream=letter.stream,
        notice=letter.notice, guard=letter.guard, reference=letter.reference, ring=letter.ring, pin=pin,
        not_before=letter.not_before or now, created_at=now, person_id=letter.person_id, call=letter.call,
        coalesce=letter.coalesce,
    )  # fmt: skip


def _enclosed(letter: OutgoingMessage, file: File, now: datetime) -> NewMessage:
    enclosed = upload(file.name, file.content) if file.made is None else {**file.made, "name": file.name}
    payload: dict[str, Any] = {file.kind: enclosed, "disable_notification": True}
    if letter.secrets:
        payload[SECRETS] = list(letter.secrets)
    if file.caption:
        payload["caption"] = file.caption
    method = "sendPhoto" if file.kind == "photo" else "sendDocument"
    return replace(
        _row(letter, payload, now, pin=False), method=method, ring=False, reference=None, call=None, coalesce=None
    )


def content(message: Message) -> dict[str, Any]:
    """Return text and entities as the Bot API takes them."""
    payload: dict[str, Any] = {"text": message.text, "link_preview_options": {"is_disabled": True}}
    if message.entities:
        payload["entities"] = [item.as_data() for item in message.entities]
    return payload


async def keyboard(tx: Writing, message: Message, letter: OutgoingMessage, now: datetime) -> dict[str, Any]:
    """Return the inline keyboard of a message."""
    return (await keyboards(tx, [(letter, message)], now))[0]


async def keyboards(
    tx: Writing, wanted: Sequence[tuple[OutgoingMessage, Message]], now: datetime
) -> list[dict[str, Any]]:
    """Return inline keyboards; each button is a row of its own that a re-render finds again."""
    keys = [(letter, key) for letter, message in wanted for line in message.rows for key in line]
    rows = await tx.buttons.find_or_create_all(
        [
            Button(
                id=new_id(), jurisdiction=letter.jurisdiction, place_id=letter.place_id,
                stream=key.stream or letter.stream, object=key.press.object,
                revision=key.press.revision, action=key.press.action, args=dict(key.press.args),
                audience=letter.audience, created_at=now,
            )
            for letter, key in keys
        ]
    )  # fmt: skip
    shown = iter([{"text": key.label, "callback_data": pack(row.id)} for (_, key), row in zip(keys, rows, strict=True)])
    return [{"inline_keyboard": [[next(shown) for _ in line] for line in message.rows]} for _, message in wanted]


def lasting_keys(rows: tuple[tuple[str, ...], ...]) -> dict[str, Any]:
    """Return the keyboard that stays: each key sends its label as a message."""
    shown = [[{"text": label} for label in row] for row in rows]
    return {"keyboard": shown, "is_persistent": True, "resize_keyboard": True}
