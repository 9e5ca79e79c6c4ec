"""What a person's screen shows: lines of a chat with buttons, pins and how they rang; answers to presses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.playground.core import WorldCore
from bot.playground.errors import NotPossible
from bot.playground.keyboards import button_kind
from bot.playground.records import Chat, Message, PressRecord
from bot.playground.render import ANONYMOUS

Json = dict[str, Any]
_MEDIA = ("photo", "document", "voice", "video", "audio", "animation", "sticker", "video_note")
_OTHER = ("venue", "location", "contact", "poll", "dice")


@dataclass(frozen=True, kw_only=True)
class Button:
    """An inline button: its label, what it does and with what."""

    label: str
    kind: str
    value: Any = field(repr=False)
    style: str | None = None


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A line of a chat as one person sees it at one moment."""

    chat: str
    id: int
    thread: int | None
    sender: str
    sender_id: int
    own: bool
    from_bot: bool
    anonymous: bool
    date: datetime
    edited: datetime | None
    text: str
    entities: list[Json] = field(repr=False)
    kind: str
    service: str | None
    file_id: str | None
    file_name: str | None
    album: str | None
    buttons: list[list[Button]]
    force_reply: bool
    pinned: bool
    rang: str | None
    mentioned: bool
    reply_to: int | None
    forwarded_from: str | None
    via: str | None
    reactions: list[str]
    body: Json = field(repr=False)

    def labels(self) -> list[str]:
        """Return the labels of all buttons, row after row."""
        return [button.label for row in self.buttons for button in row]

    def button(self, wanted: str) -> Button:
        """Return the button with a label or callback data.

        Raises:
            NotPossible: there is none.
        """
        flat = [button for row in self.buttons for button in row]
        for button in flat:
            if button.label == wanted:
                return button
        for button in flat:
            if button.kind == "callback" and button.value == wanted:
                return button
        raise NotPossible(f"no button {wanted!r} on message {self.id}, which has {self.labels()}")


@dataclass(frozen=True, kw_only=True)
class ChatLine:
    """A line of a person's list of chats."""

    key: str
    title: str
    kind: str
    unread: int
    member: bool
    last: str | None


class Press:
    """A press of an inline button; the answer appears in it when the bot gives one.

    ``copied`` holds the text of a copy button, ``url`` the address of a link button, ``query`` what a button puts into
    the input field after ``@bot``; all three are there at once.
    """

    def __init__(
        self,
        world: WorldCore,
        record: PressRecord | None,
        *,
        copied: str | None = None,
        url: str | None = None,
        query: str | None = None,
    ) -> None:
        self._world, self._record = world, record
        self.copied, self.query = copied, query
        self._url = url

    @property
    def id(self) -> str | None:
        """Id of the callback query, None where the bot is not asked."""
        return self._record.id if self._record else None

    @property
    def data(self) -> str | None:
        """The callback data."""
        return self._record.data if self._record else None

    @property
    def answered(self) -> bool:
        """Whether the bot has answered (a link or copy button needs no answer)."""
        return self._record.answered if self._record else True

    @property
    def text(self) -> str | None:
        """Text of the pop-up or, with ``alert``, of the dialog."""
        return self._record.text if self._record else None

    @property
    def alert(self) -> bool:
        """Whether the text has to be dismissed."""
        return self._record.alert if self._record else False

    @property
    def url(self) -> str | None:
        """Address that the person was sent to."""
        return self._record.url if self._record else self._url

    async def answer(self) -> str | None:
        """Wait until the bot answers and return the text."""
        await self._world.until(lambda: self.answered)
        return self.text

    def json(self) -> Json:
        """Return the press for the ``/play`` interface."""
        record = self._record
        return {
            "id": self.id,
            "data": self.data,
            "chat": record.chat if record else None,
            "message": record.message if record else None,
            "date": record.date.isoformat() if record else None,
            "answered": self.answered,
            "text": self.text,
            "alert": self.alert,
            "url": self.url,
            "copied": self.copied,
            "query": self.query,
        }


def visible(chat: Chat, user: int, message: Message) -> bool:
    """Return whether a message is on a person's screen."""
    return not message.deleted and user not in message.hidden_for


def see(world: WorldCore, chat: Chat, message: Message, user: int) -> Seen:
    """Return a message as a person sees it."""
    state, body = world.state, message.body
    sender = state.users[message.sender]
    name = _sender_name(chat, message, full_name(sender.first_name, sender.last_name))
    kind = "service" if message.service else next((k for k in (*_MEDIA, *_OTHER) if k in body), "text")
    file = body.get(kind) if kind in _MEDIA else None
    file = file[-1] if isinstance(file, list) else file
    rows = message.markup["inline_keyboard"] if message.markup else []
    return Seen(
        chat=chat.key,
        id=message.id,
        thread=message.thread,
        sender=name,
        sender_id=message.sender,
        own=message.sender == user,
        from_bot=sender.is_bot,
        anonymous=message.anonymous,
        date=message.date,
        edited=message.edited,
        text=message.text,
        entities=message.entities,
        kind=kind,
        service=next(iter(body)) if message.service else None,
        file_id=file["file_id"] if file else None,
        file_name=file.get("file_name") if file else None,
        album=message.album,
        buttons=[[_button(button) for button in row] for row in rows],
        force_reply=bool(message.keyboard and "force_reply" in message.keyboard),
        pinned=message.id in chat.pins,
        rang="own" if message.sender == user else message.rang.get(user),
        mentioned=user in message.mentioned,
        reply_to=message.reply_to,
        forwarded_from=_origin(message.origin),
        via=state.users[message.via].username if message.via else None,
        reactions=[str(r.get("emoji") or r["type"]) for reactions in message.reactions.values() for r in reactions],
        body=body,
    )


def _sender_name(chat: Chat, message: Message, own: str) -> str:
    if message.channel is not None:
        return str(message.channel["title"])
    return chat.title or str(ANONYMOUS["first_name"]) if message.anonymous else own


def _button(button: Json) -> Button:
    kind, value = button_kind(button)
    return Button(label=button["text"], kind=kind, value=value, style=button.get("style"))


def _origin(origin: Json | None) -> str | None:
    if origin is None:
        return None
    if "sender_user" in origin:
        return full_name(origin["sender_user"]["first_name"], origin["sender_user"].get("last_name"))
    return str(origin.get("sender_user_name") or origin.get("sender_chat", {}).get("title"))


def full_name(first: str, last: str | None) -> str:
    """Return a name as the app shows it."""
    return f"{first} {last}" if last else first


def seen_json(line: Seen) -> Json:
    """Return a line for the ``/play`` interface."""
    body = dict(vars(line))
    body["date"] = line.date.isoformat()
    body["edited"] = line.edited.isoformat() if line.edited else None
    body["buttons"] = [[vars(button) for button in row] for row in line.buttons]
    return body
