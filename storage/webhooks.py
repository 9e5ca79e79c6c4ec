"""Webhooks: which addresses of other systems are told of what, and each message to each of them until it arrived.

A message is written in the transaction of what it tells, as the very bytes that are sent, under an id that stays over
all tries. The key that signs is a number here; see ``bot.sealed``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)

from storage.columns import AutoId, JsonText, UtcDateTime, metadata
from storage.letters import DEAD, PENDING, Letters, first_of

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", String, primary_key=True),
    Column("jurisdiction", String, nullable=False),
    Column("url", String, nullable=False),
    Column("types", JsonText, nullable=False),
    Column("key", String, nullable=False),
    Column("key_before", String, nullable=False),
    Column("key_until", UtcDateTime),
    Column("made_by", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("arrived_at", UtcDateTime),
    Column("deaths", Integer, nullable=False),
    Column("disabled_at", UtcDateTime),
    Column("why", String, nullable=False),
    Index("ix_webhooks_jurisdiction", "jurisdiction"),
)
webhook_messages = Table(
    "webhook_messages",
    metadata,
    Column("id", AutoId, primary_key=True),
    Column("webhook_id", String, ForeignKey("webhooks.id"), nullable=False),
    Column("message", String, nullable=False),
    Column("stream", String, nullable=False),
    Column("type", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("error", String, nullable=False),
    Column("finished_at", UtcDateTime),
    sqlite_autoincrement=True,
)

GONE, FAILING, STOPPED = "gone", "failing", "stopped"
"""Why nothing is sent to an address any more: it said so (410), it never answers, an administrator stopped it."""

_waiting = webhook_messages.c.finished_at.is_(None)
_order = (webhook_messages.c.webhook_id, webhook_messages.c.stream, webhook_messages.c.id)
Index("ix_webhook_messages_waiting", *_order, sqlite_where=_waiting, postgresql_where=_waiting)
Index("ix_webhook_messages_webhook", webhook_messages.c.webhook_id, webhook_messages.c.state)
Index("ix_webhook_messages_stream", webhook_messages.c.stream)


@dataclass(frozen=True, kw_only=True)
class Webhook:
    """An address that is told of what happens in a jurisdiction.

    Attributes:
        types: what it is told of; none = everything.
        key: number of the key that signs. key_before: of the one before, which signs beside it until ``key_until``.
        made_by: the administrator's id; empty = by command line.
        arrived_at: when something arrived the last time. deaths: messages that were given up since.
        disabled_at: from when on nothing is sent, and ``why``.
    """

    id: str
    jurisdiction: str
    url: str
    types: Sequence[str]
    key: str
    key_before: str = ""
    key_until: datetime | None = None
    made_by: str
    created_at: datetime
    arrived_at: datetime | None = None
    deaths: int = 0
    disabled_at: datetime | None = None
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class NewWebhookMessage:
    """A message to be sent: ``message`` is its id for the receiver, ``body`` what is sent, to the letter."""

    webhook_id: str
    message: str
    stream: str
    type: str
    body: str
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class WebhookMessage:
    """A message to one address; see ``NewWebhookMessage`` for the other fields.

    Attributes:
        id: in the order of writing. at: when it is tried next. attempts: how often it was.
        state: ``pending``, ``sent`` or ``dead``. error: what came of the last try.
    """

    id: int
    webhook_id: str
    message: str
    stream: str
    type: str
    body: str
    created_at: datetime
    at: datetime
    attempts: int
    state: str
    error: str
    finished_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How the messages to one address stand: how many wait, since when, and how many were given up."""

    waiting: int = 0
    since: datetime | None = None
    dead: int = 0


_LISTENING = select(webhooks).where(webhooks.c.disabled_at.is_(None)).order_by(webhooks.c.id)
_STANDING = (
    select(
        webhook_messages.c.webhook_id, webhook_messages.c.state, func.count().label("many"),
        func.min(webhook_messages.c.created_at).label("since"),
    )
    .where(webhook_messages.c.state.in_([PENDING, DEAD]))
    .group_by(webhook_messages.c.webhook_id, webhook_messages.c.state)
)  # fmt: skip
_first = first_of(webhook_messages, "webhook_id")


class Webhooks(Letters):
    """The addresses and what is sent to them."""

    letters, queue = webhook_messages, "webhooks"

    async def add(self, webhook: Webhook) -> None:
        """Keep an address."""
        self._session.touched.add("webhooks")
        await self._session.run(insert(webhooks).values(vars(webhook)))

    async def get(self, id: str) -> Webhook | None:
        """Return an address."""
        return await self._session.read_one(Webhook, select(webhooks).where(webhooks.c.id == id))

    async def all(self, jurisdictions: Collection[str] | None = None) -> list[Webhook]:
        """Return the addresses of some jurisdictions, or all, the oldest first."""
        statement = select(webhooks).order_by(webhooks.c.created_at, webhooks.c.id)
        if jurisdictions is not None:
            statement = statement.where(webhooks.c.jurisdiction.in_(sorted(jurisdictions)))
        return await self._session.read(Webhook, statement)

    async def listening(self) -> Sequence[Webhook]:
        """Return the addresses to which messages go."""
        return await self._session.read_once(Webhook, _LISTENING, {}, webhooks)

    async def change(self, id: str, **values: Any) -> None:
        """Change an address."""
        self._session.touched.add("webhooks")
        await self._session.run(update(webhooks).where(webhooks.c.id == id).values(values))

    async def note(self, id: str, **values: Any) -> None:
        """Note how an address answers: nobody waits for that."""
        await self._session.run(update(webhooks).where(webhooks.c.id == id).values(values))

    async def remove(self, id: str) -> None:
        """Forget an address with all that was sent or waits."""
        await self._session.run(delete(webhook_messages).where(webhook_messages.c.webhook_id == id))
        await self._session.run(delete(webhooks).where(webhooks.c.id == id))

    async def enqueue(self, messages: Sequence[NewWebhookMessage]) -> None:
        """Let messages be sent, in this order."""
        for item in messages:
            await self._put(vars(item))

    async def due(
        self, now: datetime, limit: int, but: Collection[str], flying: Collection[int]
    ) -> list[WebhookMessage]:
        """Return what may be sent now, the oldest first: of each case and address the first that waits.

        Args:
            but: addresses that are left alone. flying: messages that are being sent.
        """
        statement = (
            select(webhook_messages)
            .join(webhooks, webhooks.c.id == webhook_messages.c.webhook_id)
            .where(_waiting, webhook_messages.c.at <= now, _first, webhooks.c.disabled_at.is_(None))
            .where(webhook_messages.c.webhook_id.not_in(sorted(but)), webhook_messages.c.id.not_in(sorted(flying)))
            .order_by(webhook_messages.c.id)
            .limit(limit)
        )
        return await self._session.read(WebhookMessage, statement)

    async def next_at(self, but: Collection[str], flying: Collection[int]) -> datetime | None:
        """Return when the next one may be sent, past moments too; None where nothing waits; see ``due``."""
        found: datetime | None = await self._session.scalar(
            select(func.min(webhook_messages.c.at))
            .join(webhooks, webhooks.c.id == webhook_messages.c.webhook_id)
            .where(_waiting, _first, webhooks.c.disabled_at.is_(None))
            .where(webhook_messages.c.webhook_id.not_in(sorted(but)), webhook_messages.c.id.not_in(sorted(flying)))
        )
        return found

    async def give_up_all(self, webhook_id: str, at: datetime, error: str) -> None:
        """Give up all that waits for an address."""
        mine = (_waiting, webhook_messages.c.webhook_id == webhook_id)
        values = {"state": DEAD, "error": error, "finished_at": at}
        await self._session.run(update(webhook_messages).where(*mine).values(values))

    async def give_up(self, before: datetime, at: datetime, error: str) -> int:
        """Give up what has waited since before a moment, and return how many that were."""
        mine = (_waiting, webhook_messages.c.created_at < before)
        values = {"state": DEAD, "error": error, "finished_at": at}
        return await self._session.run(update(webhook_messages).where(*mine).values(values))

    async def resend(self, webhook_id: str, at: datetime) -> int:
        """Let everything that was given up for an address be sent, in its order; return how many that are."""
        mine = (webhook_messages.c.webhook_id == webhook_id, webhook_messages.c.state == DEAD)
        values = {"state": PENDING, "at": at, "attempts": 0, "finished_at": None}
        self._session.touched.add("webhooks")
        return await self._session.run(update(webhook_messages).where(*mine).values(values))

    async def dead_letters(self, limit: int, webhook_id: str = "") -> list[WebhookMessage]:
        """Return what was given up, of one address or of all, the newest first."""
        statement = select(webhook_messages).where(webhook_messages.c.state == DEAD)
        if webhook_id:
            statement = statement.where(webhook_messages.c.webhook_id == webhook_id)
        return await self._session.read(
            WebhookMessage, statement.order_by(webhook_messages.c.id.desc()).limit(limit)
        )  # fmt: skip

    async def standing(self) -> Mapping[str, Standing]:
        """Return how the messages to each address stand; none of those that nothing waits for."""
        found: dict[str, Standing] = {}
        for row in await self._session.rows(_STANDING):
            known = found.get(row.webhook_id, Standing())
            found[row.webhook_id] = (
                Standing(waiting=row.many, since=row.since, dead=known.dead)
                if row.state == PENDING
                else Standing(waiting=known.waiting, since=known.since, dead=row.many)
            )
        return found

    async def of_person(self, person_id: str) -> list[Webhook]:
        """Return the addresses that somebody allowed."""
        return await self._session.read(Webhook, select(webhooks).where(webhooks.c.made_by == person_id))
