"""From a rendered message to rows of the outbox: entities, keyboards of opaque buttons, one row per call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.callback_data import new_id, pack
from bot.outgoing.media import sent_on
from bot.render import Message, split
from bot.sealed import SECRETS
from bot.upload import upload
from storage.buttons import Button
from storage.outbox import NewMessage
from storage.transaction import Writing

LAST = 3
"""The priority of what only informs."""

NAMED = "_named"
"""Key of a payload for what the message names; the sender does not pass it on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """A file that goes with a message; ``kind`` is ``document`` or ``photo``.

    Attributes:
        made: of what it is made when it is sent, where its content is nobody's business until then.
        coalesce: it goes behind everything else, and of those with this key that wait for the same place the newest.
    """

    name: str
    content: bytes = b""
    kind: str = "document"
    caption: str = ""
    made: Mapping[str, Any] | None = None
    coalesce: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OutgoingMessage:
    """A rendered message with its address and what the sender must know about it.

    Attributes:
        keys: rows of the keyboard that stays under a private chat; a message has this or buttons.
        unheard: it goes beside another to the same person that rings in the same moment.
        coalesce: of the messages with this key that wait for the same place only the newest is sent.
        files: are sent behind the words, without sound. shown: what Telegram has, ``kind:reference`` each, likewise.
        not_before: when it may be sent at the earliest; at once when left out.
        named: what a joined message names, for the next that joins it; see ``bot.outgoing.reporting``.
        spoken: what the telephone says of it, where that is not its words; None = it goes by no telephone.
        drill: it belongs to a drill; its calls wait for those that are real.
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
    unheard: bool = False
    pin: bool = False
    guard: str | None = None
    reference: str | None = None
    reply_to_message: int | None = None
    call: str | None = None
    keys: tuple[tuple[str, ...], ...] = ()
    files: tuple[File, ...] = ()
    shown: tuple[str, ...] = ()
    coalesce: str | None = None
    not_before: datetime | None = None
    secrets: tuple[str, ...] = ()
    named: tuple[dict[str, Any], ...] = ()
    spoken: str | None = ""
    drill: bool = False


async def write(tx: Writing, outgoing: OutgoingMessage, now: datetime) -> None:
    """Queue one message."""
    await write_all(tx, [outgoing], now)


async def write_all(tx: Writing, messages: Sequence[OutgoingMessage], now: datetime) -> None:
    """Queue messages."""
    await tx.outbox.enqueue(await rows_of(tx, messages, now))


async def rows_of(tx: Writing, messages: Sequence[OutgoingMessage], now: datetime) -> list[NewMessage]:
    """Return the rows of messages, each split at Telegram's limit, its buttons on the last part."""
    parts = [(outgoing, split(outgoing.message)) for outgoing in messages]
    boards = iter(await keyboards(tx, [(outgoing, last[-1]) for outgoing, last in parts if last[-1].rows], now))
    rows: list[NewMessage] = []
    for outgoing, pieces in parts:
        for number, part in enumerate(pieces):
            payload = content(part)
            if number == len(pieces) - 1 and part.rows:
                payload["reply_markup"] = next(boards)
            elif number == len(pieces) - 1 and outgoing.keys:
                payload["reply_markup"] = lasting_keys(outgoing.keys)
            if outgoing.reply_to_message is not None and number == 0:
                payload["reply_parameters"] = {
                    "message_id": outgoing.reply_to_message,
                    "allow_sending_without_reply": True,
                }
            if outgoing.secrets:
                payload[SECRETS] = list(outgoing.secrets)
            if not outgoing.ring or outgoing.unheard:
                payload["disable_notification"] = True
            if outgoing.named:
                payload[NAMED] = list(outgoing.named)
            rows.append(_row(outgoing, payload, now, pin=outgoing.pin and number == 0))
        rows += [_enclosed(outgoing, file, now) for file in outgoing.files]
        rows += sent_on(
            outgoing.shown, outgoing.place_id, outgoing.person_id, outgoing.stream, outgoing.not_before or now,
            guard=outgoing.guard, priority=outgoing.priority,
        )  # fmt: skip
    return rows


def _row(outgoing: OutgoingMessage, payload: dict[str, Any], now: datetime, *, pin: bool) -> NewMessage:
    return NewMessage(
        place_id=outgoing.place_id,
        priority=outgoing.priority,
        method="sendMessage",
        payload=payload,
        stream=outgoing.stream,
        notice=outgoing.notice,
        guard=outgoing.guard,
        reference=outgoing.reference,
        ring=outgoing.ring,
        pin=pin,
        not_before=outgoing.not_before or now,
        created_at=now,
        person_id=outgoing.person_id,
        call=outgoing.call,
        coalesce=outgoing.coalesce,
    )


def _enclosed(outgoing: OutgoingMessage, file: File, now: datetime) -> NewMessage:
    enclosed = upload(file.name, file.content) if file.made is None else {**file.made, "name": file.name}
    payload: dict[str, Any] = {file.kind: enclosed, "disable_notification": True}
    if outgoing.secrets:
        payload[SECRETS] = list(outgoing.secrets)
    if file.caption:
        payload["caption"] = file.caption
    method = "sendPhoto" if file.kind == "photo" else "sendDocument"
    row = _row(outgoing, payload, now, pin=False)
    priority = LAST if file.coalesce else row.priority
    return replace(row, method=method, priority=priority, ring=False, reference=None, call=None, coalesce=file.coalesce)


def content(message: Message) -> dict[str, Any]:
    """Return text and entities as the Bot API takes them."""
    payload: dict[str, Any] = {"text": message.text, "link_preview_options": {"is_disabled": True}}
    if message.entities:
        payload["entities"] = [item.as_data() for item in message.entities]
    return payload


async def keyboard(tx: Writing, message: Message, outgoing: OutgoingMessage, now: datetime) -> dict[str, Any]:
    """Return the inline keyboard of a message."""
    return (await keyboards(tx, [(outgoing, message)], now))[0]


async def keyboards(
    tx: Writing, wanted: Sequence[tuple[OutgoingMessage, Message]], now: datetime
) -> list[dict[str, Any]]:
    """Return inline keyboards; each button is a row of its own that a re-render finds again."""
    keys = [(outgoing, key) for outgoing, message in wanted for line in message.rows for key in line]
    rows = await tx.buttons.find_or_create_all(
        [
            Button(
                id=new_id(), jurisdiction=outgoing.jurisdiction, place_id=outgoing.place_id,
                stream=key.stream or outgoing.stream, object=key.press.object,
                revision=key.press.revision, action=key.press.action, args=dict(key.press.args),
                audience=key.audience or outgoing.audience, created_at=now,
            )
            for outgoing, key in keys
        ]
    )  # fmt: skip
    keyboard_keys = iter(
        [{"text": key.label, "callback_data": pack(row.id)} for (_, key), row in zip(keys, rows, strict=True)]
    )
    return [
        {"inline_keyboard": [[next(keyboard_keys) for _ in line] for line in message.rows]} for _, message in wanted
    ]


def lasting_keys(rows: tuple[tuple[str, ...], ...]) -> dict[str, Any]:
    """Return the keyboard that stays: each key sends its label as a message."""
    key_rows = [[{"text": label} for label in row] for row in rows]
    return {"keyboard": key_rows, "is_persistent": True, "resize_keyboard": True}
