"""From raw updates to rows of the inbox, for polling and webhook alike: one transaction a batch, nothing blocks.

An update that cannot be read is quarantined: it counts as received, and those behind it go on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from bot.clock import Clock
from bot.metrics import Metrics
from bot.sealed import without_links, without_start
from storage.errors import StorageError
from storage.inbox import NewUpdate
from storage.store import Store
from storage.transaction import Reading, Writing

Addressed = Callable[[Any, Reading], Awaitable[bool]]
Fence = Callable[[Writing], Awaitable[None]]

ALLOWED = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "chosen_inline_result",
    "my_chat_member",
    "chat_member",
)
"""The kinds of update that we ask Telegram for."""

PASSING = frozenset({"inline_query", "chosen_inline_result"})
"""The kinds of which only the update id is stored: what somebody types into other chats is nobody's business."""

DELIVERED_LATE = "_waited"
"""Key in a kept update that was delivered late. Its name never changes: rows that wait in databases have it."""

QUARANTINED_CHARACTERS = 20_000
_LARGEST = 2**63 - 1
_KIND = re.compile(r"[a-z_]{1,40}")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Envelope:
    """What is read of an update before it is stored.

    Attributes:
        chat_key: updates with the same key are worked off in order.
    """

    update_id: int
    kind: str
    chat_key: str


def open_envelope(raw: Any) -> Envelope | None:
    """Return the envelope of a raw update, None when it is not built as the Bot API says."""
    update_id = update_id_of(raw)
    if update_id is None:
        return None
    kind = next((key for key in raw if key != "update_id"), "")
    inner = raw.get(kind)
    if not _KIND.fullmatch(kind) or not isinstance(inner, dict):
        return None
    message = inner.get("message") if kind == "callback_query" else inner
    chat = message.get("chat") if isinstance(message, dict) else None
    sender = inner.get("from")
    if any(who is not None and not (isinstance(who, dict) and _is_id(who.get("id"))) for who in (chat, sender)):
        return None
    who = chat or sender
    return Envelope(update_id=update_id, kind=kind, chat_key=f"chat:{who['id']}" if who else f"kind:{kind}")


def update_id_of(raw: Any) -> int | None:
    """Return an update's id, None when it has none that a database can hold."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return number if _is_id(number) else None


def newest(updates: Sequence[Any], last: int | None) -> int | None:
    """Return the highest update id of a batch and ``last``: what getUpdates may confirm once the batch is kept."""
    ids = [number for number in map(update_id_of, updates) if number is not None]
    return max(ids if last is None else [*ids, last], default=None)


class Intake:
    """Keeps updates.

    Args:
        addressed: whether an update is for the bot; of others in a group only the update id is kept.
        way: ``poll`` or ``webhook``, for the metrics.
        inline_queries: is given each inline query that is new enough to be answered.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        addressed: Addressed,
        *,
        way: str = "poll",
        metrics: Metrics | None = None,
        inline_queries: Callable[[dict[str, Any]], None] | None = None,
    ) -> None:
        self._store, self._clock, self._addressed, self._inline_queries = store, clock, addressed, inline_queries
        self._way, self._metrics = way, metrics

    async def keep(self, updates: Sequence[Any], *, delivered_late: bool = False, fence: Fence | None = None) -> int:
        """Commit a batch and return how many of it were new; when this returns, all of it may be confirmed.

        Args:
            updates: as Telegram sent them; anything that is not an update is quarantined.
            delivered_late: they lay at Telegram while we were away, so that presses are asked again.
            fence: called in the transaction, so that a process that lost its lease keeps nothing.

        Raises:
            Unavailable: nothing is kept; the same may succeed later.
            LostClaim: of the fence.
        """
        try:
            new = await self._together(updates, delivered_late, fence)
        except StorageError:
            raise
        except Exception:  # one of them is poison for the filter or the database; alone, each of the others gets in
            log.exception("intake.one_by_one", updates=len(updates))
            new = 0
            for raw in updates:
                new += await self._alone(raw, delivered_late, fence)
        if self._inline_queries is not None and not delivered_late:
            for raw in updates:
                if isinstance(raw, dict) and isinstance(raw.get("inline_query"), dict):
                    self._inline_queries(raw)
        if self._metrics is not None:
            self._metrics.updates.labels(self._way).inc(new)
            self._metrics.batches.observe(len(updates))
        return new

    async def _together(self, updates: Sequence[Any], delivered_late: bool, fence: Fence | None) -> int:
        now = self._clock.now()
        async with self._store.writing("intake.kept") as tx:
            if fence is not None:
                await fence(tx)
            rows: list[NewUpdate] = []
            bad = 0
            for raw in updates:
                row = await self._row(raw, delivered_late, now, tx)
                if row is not None:
                    rows.append(row)
                else:
                    bad += await _quarantine(tx, raw, "not an update as described", now)
            return await tx.inbox.put(rows) + bad

    async def _alone(self, raw: Any, delivered_late: bool, fence: Fence | None) -> int:
        try:
            return await self._together([raw], delivered_late, fence)
        except StorageError:
            raise
        except Exception as error:  # it is this one: kept as it came, for whoever looks into the quarantine
            log.exception("intake.quarantined", update=update_id_of(raw))
            async with self._store.writing("intake.quarantined") as tx:
                return await _quarantine(tx, raw, repr(error)[:500], self._clock.now())

    async def _row(self, raw: Any, delivered_late: bool, now: datetime, tx: Writing) -> NewUpdate | None:
        envelope = open_envelope(raw)
        if envelope is None:
            return None
        kept = {**raw, DELIVERED_LATE: True} if delivered_late and envelope.kind == "callback_query" else raw
        kept = _without_secrets(kept, envelope.kind)
        wanted = envelope.kind not in PASSING and await self._addressed(raw, tx)
        return NewUpdate(
            update_id=envelope.update_id,
            chat_key=envelope.chat_key,
            kind=envelope.kind,
            received_at=now,
            # Also of what is replied to, or was pressed: the bot's own message with the link comes back with it.
            payload=without_links(json.dumps(kept, ensure_ascii=False)) if wanted else None,
        )


def _without_secrets(raw: dict[str, Any], kind: str) -> dict[str, Any]:
    """Return an update in which no invitation that came by a link can be read."""
    message = raw[kind]
    texts = {key: message[key] for key in ("text", "caption") if isinstance(message.get(key), str)}
    kept = {key: without_start(text) for key, text in texts.items()}
    return raw if kept == texts else {**raw, kind: {**message, **kept}}


async def _quarantine(tx: Writing, raw: Any, error: str, now: datetime) -> int:
    try:
        text = raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False)
    except (ValueError, TypeError, RecursionError):
        text = ""
    text = without_links(without_start(text[:QUARANTINED_CHARACTERS]))
    return int(await tx.inbox.quarantine(update_id_of(raw), text, error, now))


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -_LARGEST <= value <= _LARGEST
