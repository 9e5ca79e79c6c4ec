"""The state of the local Telegram, as plain records that can be saved and restored as one JSON document."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, TypeAdapter

Json = dict[str, Any]
Bytes64 = Annotated[
    bytes,
    PlainSerializer(lambda raw: base64.b64encode(raw).decode(), return_type=str),
    PlainValidator(lambda raw: raw if isinstance(raw, bytes) else base64.b64decode(raw)),
]


@dataclass(kw_only=True)
class User:
    """A person or a bot, as everybody sees it."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    phone: str | None = None
    deactivated: bool = False


@dataclass(kw_only=True)
class Webhook:
    """Where a bot wants its updates sent."""

    url: str
    secret: str | None = None
    max_connections: int = 40
    last_error: str | None = None
    last_error_at: datetime | None = None


@dataclass(kw_only=True)
class Waiting:
    """An update that the bot has not confirmed."""

    id: int
    at: datetime
    payload: Json


@dataclass(kw_only=True)
class CommandSet:
    """One menu: the commands of a scope and language."""

    scope: Json
    language: str
    commands: list[Json]


@dataclass(kw_only=True)
class BotAccount:
    """What a bot has beside its :class:`User`."""

    id: int
    token: str
    privacy: bool = True
    inline: bool = True
    can_join_groups: bool = True
    webhook: Webhook | None = None
    allowed_updates: list[str] | None = None
    queue: list[Waiting] = field(default_factory=list)
    next_update: int = 1
    menus: list[CommandSet] = field(default_factory=list)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    logged_out: bool = False


@dataclass(kw_only=True)
class Member:
    """A user's standing in a chat."""

    user: int
    status: str = "member"
    rights: list[str] = field(default_factory=list)
    anonymous: bool = False
    title: str | None = None
    muted: bool = False
    read_to: int = 0
    keyboard: Json | None = None
    keyboard_from: int | None = None

    @property
    def present(self) -> bool:
        """Whether the user is in the chat now."""
        return self.status not in ("left", "kicked")

    @property
    def admin(self) -> bool:
        """Whether the user is the owner or an administrator."""
        return self.status in ("creator", "administrator")

    def may(self, right: str) -> bool:
        """Return whether the user holds a right of an administrator."""
        return self.status == "creator" or (self.status == "administrator" and right in self.rights)


@dataclass(kw_only=True)
class Topic:
    """A forum topic; General has thread 1."""

    thread: int
    name: str
    color: int = 7322096
    icon: str | None = None
    creator: int = 0
    closed: bool = False
    hidden: bool = False


@dataclass(kw_only=True)
class Message:
    """One message; ``body`` holds its content fields in the Bot API's own words."""

    id: int
    chat: str
    sender: int
    date: datetime
    body: Json
    anonymous: bool = False
    signature: str | None = None
    channel: Json | None = None
    edited: datetime | None = None
    thread: int | None = None
    reply_to: int | None = None
    quote: Json | None = None
    markup: Json | None = None
    keyboard: Json | None = None
    via: int | None = None
    origin: Json | None = None
    inline_id: str | None = None
    album: str | None = None
    silent: bool = False
    protected: bool = False
    service: bool = False
    deleted: bool = False
    hidden_for: list[int] = field(default_factory=list)
    rang: dict[int, str] = field(default_factory=dict)
    mentioned: list[int] = field(default_factory=list)
    reactions: dict[int, list[Json]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text or the caption."""
        return str(self.body.get("text") or self.body.get("caption") or "")

    @property
    def entities(self) -> list[Json]:
        """The entities of the text or the caption."""
        return list(self.body.get("entities") or self.body.get("caption_entities") or ())


@dataclass(kw_only=True)
class Chat:
    """A chat. ``key`` names it inside the server: a private chat has one per bot, though its id is the person's."""

    key: str
    id: int
    kind: str
    title: str | None = None
    person: int | None = None
    bot: int | None = None
    forum: bool = False
    started: bool = False
    blocked: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    next_message: int = 1
    pins: list[int] = field(default_factory=list)
    migrated_to: int | None = None
    migrated_from: int | None = None
    invite: str | None = None
    last_bot: int | None = None

    @property
    def private(self) -> bool:
        """Whether this is a person's chat with a bot."""
        return self.kind == "private"


@dataclass(kw_only=True)
class StoredFile:
    """A file on the server; ``size`` may be larger than the content kept."""

    id: str
    unique: str
    path: str
    name: str
    mime: str
    size: int
    content: Bytes64


@dataclass(kw_only=True)
class PressRecord:
    """A pressed inline button and, once the bot has spoken, its answer."""

    id: str
    user: int
    bot: int
    chat: str | None
    message: int | None
    inline_id: str | None
    data: str
    date: datetime
    answered: bool = False
    text: str | None = None
    alert: bool = False
    url: str | None = None


@dataclass(kw_only=True)
class AskRecord:
    """An inline query and, once the bot has spoken, its results."""

    id: str
    user: int
    bot: int
    query: str
    offset: str
    date: datetime
    answered: bool = False
    results: list[Json] = field(default_factory=list)
    next_offset: str = ""
    from_cache: bool = False


@dataclass(kw_only=True)
class CachedAnswer:
    """Inline results that Telegram keeps: for everybody unless ``user`` is set."""

    bot: int
    user: int | None
    query: str
    offset: str
    until: datetime
    results: list[Json]
    next_offset: str


@dataclass(kw_only=True)
class State:
    """Everything that a restart of the server must find again."""

    users: dict[int, User] = field(default_factory=dict)
    bots: dict[int, BotAccount] = field(default_factory=dict)
    chats: dict[str, Chat] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    presses: dict[str, PressRecord] = field(default_factory=dict)
    asks: dict[str, AskRecord] = field(default_factory=dict)
    cached: list[CachedAnswer] = field(default_factory=list)
    inline_messages: dict[str, tuple[str, int]] = field(default_factory=dict)
    next_user: int = 5001
    next_group: int = 4001
    next_supergroup: int = 1001
    next_id: int = 1
    spent: list[tuple[datetime, str, bool]] = field(default_factory=list)


def codec() -> TypeAdapter[State]:
    """Return what turns a :class:`State` into JSON and back."""
    return TypeAdapter(State)
