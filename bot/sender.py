"""The sender: takes messages from the outbox by urgency, keeps Telegram's limits, and records what became of each."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from telegram.error import TelegramError

from bot.clock import Clock
from bot.courier import Courier
from bot.delivery import Ambiguous, Budget, Dead, Later, Meter, Moved, Plain, Sent, Verdict, counts, sort
from bot.service.cards import Cards
from bot.service.undeliverable import undeliverable
from storage.outbox import NewMessage, OutboxRow
from storage.places import Place
from storage.store import Store
from storage.transaction import Writing

BATCH = 20
"""Calls in the air at once."""

AGAIN = timedelta(seconds=2)
"""After this an ambiguous send is tried once more, with the same visible reference."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Call:
    row: OutboxRow
    place: Place
    method: str
    payload: dict[str, Any]
    digest: str = ""


class Sender:
    """Sends what the outbox holds.

    Args:
        cards: renders live cards at the moment of sending.
    """

    def __init__(
        self, store: Store, courier: Courier, clock: Clock, cards: Cards, budget: Budget | None = None
    ) -> None:
        self._store, self._courier, self._clock, self._cards = store, courier, clock, cards
        self._meter = Meter(budget or Budget())
        self._signal = asyncio.Event()
        self._working = False
        self._stopped = False
        store.on_commit(lambda queues: self._signal.set() if "outbox" in queues else None)

    @property
    def busy(self) -> bool:
        """Whether there is something to do now, for a virtual clock that must wait."""
        return self._working or self._signal.is_set()

    def stop(self) -> None:
        """Let :meth:`run` return after the calls in the air."""
        self._stopped = True
        self._signal.set()

    async def _recover(self) -> None:
        """Take up what a process, or a run, that died had in the air: nobody knows whether it arrived."""
        async with self._store.writing() as tx:
            now = self._clock.now()
            for row in await tx.outbox.in_flight():
                await self._uncertain(tx, row, "the process ended while sending", now)

    async def run(self) -> None:
        """Send until stopped."""
        await self._recover()
        self._signal.set()
        while not self._stopped:
            self._working = True
            self._signal.clear()
            try:
                with self._clock.working():
                    wait = await self._round()
            finally:
                self._working = False
            if wait is not _NOW:
                await self._clock.sleep_until(wait if isinstance(wait, datetime) else None, self._signal)

    async def _round(self) -> datetime | object | None:
        """Send one batch; return when to look again, None for at a signal, ``_NOW`` for at once."""
        now = self._clock.now()
        async with self._store.reading() as rx:
            first = await rx.outbox.next_at()
        if first is None or first > now:
            return first
        async with self._store.writing() as tx:
            holds = await tx.holds.active(now)
            blocked = self._meter.blocked(now)
            if None in holds:
                return holds[None]
            room = self._meter.room(now)
            excluded = {place for place in holds if place} | set(blocked)
            rows = await tx.outbox.claim(now, min(room, BATCH), excluded) if room > 0 else []
            calls = [call for row in rows if (call := await self._prepare(tx, row, now)) is not None]
        for call in calls:
            if counts(call.method):
                self._meter.count(call.place.id, call.place.kind != "private", now)
        if not rows:
            times = [
                until for until in (*blocked.values(), *holds.values(), self._meter.next_room(now)) if until is not None
            ]
            return min(times, default=now + timedelta(seconds=1))
        verdicts = await asyncio.gather(*(self._call(call) for call in calls))
        async with self._store.writing() as tx:
            for call, verdict in zip(calls, verdicts, strict=True):
                await self._record(tx, call, verdict, self._clock.now())
        return _NOW

    async def _prepare(self, tx: Writing, row: OutboxRow, now: datetime) -> _Call | None:
        place = await tx.places.get(row.place_id)
        if place is None:
            await tx.outbox.dead(row.id, "the place is not known any more", now)
            return None
        payload = {"chat_id": place.chat_id, **row.payload}
        if row.method != "card":
            if place.thread_id and row.method.startswith("send"):
                payload["message_thread_id"] = place.thread_id
            return _Call(row, place, row.method, payload)
        drawn = await self._cards.draw(tx, row, place, now)
        if drawn is None:
            await tx.outbox.drop(row.id, "it shows this already", now)
            return None
        payload = {"chat_id": place.chat_id, **drawn.payload}
        if place.thread_id and drawn.method.startswith("send"):
            payload["message_thread_id"] = place.thread_id
        return _Call(row, place, drawn.method, payload, drawn.digest)

    async def _call(self, call: _Call) -> Verdict:
        try:
            result = await self._courier.call(call.method, call.payload)
        except TelegramError as error:
            return sort(error, call.row.attempts)
        return Sent(message_id=result.get("message_id") if isinstance(result, dict) else None)

    async def _record(self, tx: Writing, call: _Call, verdict: Verdict, now: datetime) -> None:
        row = call.row
        if isinstance(verdict, Sent):
            await self._sent(tx, call, verdict.message_id, now)
        elif isinstance(verdict, Later):
            await tx.outbox.again(row.id, now + verdict.after, verdict.error)
            if verdict.hold:
                await tx.holds.hold(None if verdict.everywhere else call.place.id, now + verdict.after)
        elif isinstance(verdict, Moved):
            await tx.places.migrate(call.place.chat_id, verdict.chat_id)
            await tx.outbox.again(row.id, now, "the group has a new id")
        elif isinstance(verdict, Plain) and "entities" in row.payload:
            words = {key: value for key, value in row.payload.items() if key != "entities"}
            await tx.outbox.drop(row.id, f"sent again without markup: {verdict.error}", now)
            await tx.outbox.enqueue([_copy(row, words, now)])
        elif isinstance(verdict, Ambiguous):
            await self._uncertain(tx, row, verdict.error, now)
        else:
            await self._dead(tx, call, verdict, now)

    async def _sent(self, tx: Writing, call: _Call, message_id: int | None, now: datetime) -> None:
        row = call.row
        await tx.outbox.sent(row.id, message_id or row.payload.get("message_id"), now)
        if row.method == "card":
            pin = await self._cards.drawn(tx, row, call.method, message_id, call.digest)
            if pin:
                await tx.outbox.enqueue([_pin(row, message_id, silent=True, now=now)])
        elif row.pin and message_id is not None:
            await tx.outbox.enqueue([_pin(row, message_id, silent=False, now=now)])

    async def _uncertain(self, tx: Writing, row: OutboxRow, error: str, now: datetime) -> None:
        """Try an ambiguous send once more; an edit shows the same state whether it arrived or not."""
        await tx.outbox.ambiguous(row.id, now)
        if row.ambiguous == 0:
            await tx.outbox.again(row.id, now + AGAIN, f"ambiguous: {error}")

    async def _dead(self, tx: Writing, call: _Call, verdict: Dead | Plain, now: datetime) -> None:
        row = call.row
        await tx.outbox.dead(row.id, verdict.error, now)
        log.warning("message.dead", outbox=row.id, method=call.method, notice=row.notice, error=verdict.error)
        if isinstance(verdict, Dead) and verdict.gone and row.method == "card":
            await self._cards.lost(tx, row, now)
            return
        if isinstance(verdict, Dead) and verdict.blocked and row.person_id:
            person = await tx.people.get(row.person_id)
            if person is not None and call.place.kind == "private":
                await tx.people.save(replace(person, blocked_at=now))
        if call.method.startswith("send") and row.notice != "undeliverable":
            await undeliverable(tx, self._cards.teller, row, verdict.error, now)


_NOW = object()


def _copy(row: OutboxRow, payload: dict[str, Any], now: datetime) -> NewMessage:
    return NewMessage(
        place_id=row.place_id, priority=row.priority, method=row.method, payload=payload, stream=row.stream, notice=row.notice,
        guard=row.guard, reference=row.reference, ring=row.ring, pin=row.pin, not_before=now, created_at=row.created_at,
        person_id=row.person_id, call=row.call,
    )  # fmt: skip


def _pin(row: OutboxRow, message_id: int | None, *, silent: bool, now: datetime) -> NewMessage:
    return NewMessage(
        place_id=row.place_id, priority=row.priority, method="pinChatMessage",
        payload={"message_id": message_id, "disable_notification": silent}, stream=row.stream, notice="pin",
        not_before=now, created_at=now, person_id=row.person_id,
    )  # fmt: skip
