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
from bot.leadership import Always, Lease
from bot.metrics import Metrics
from bot.pulse import Pulse
from bot.service.cards import Cards, Drawn, redraw
from bot.service.topics import METHODS, OPEN, topic_lost, topic_of, topic_opened
from bot.service.undeliverable import undeliverable
from storage import boundaries
from storage.errors import LostClaim
from storage.outbox import NewMessage, OutboxRow
from storage.places import Place
from storage.store import Store
from storage.transaction import Writing

BATCH = 40
"""Calls in the air at once: one slow answer holds up its own chat and no other."""

AGAIN = timedelta(seconds=2)
"""After this an ambiguous call is tried once more, with the same visible reference."""

AFTER_DEATHS = 3
"""So often it is tried more where the doubt comes from processes that died, one after the other."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Call:
    row: OutboxRow
    place: Place
    method: str
    payload: dict[str, Any]
    drawn: Drawn | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Turn:
    """When to look again: ``at`` a moment, or None for at a signal; ``soon`` at once."""

    at: datetime | None = None
    soon: bool = False


class Sender:
    """Sends what the outbox holds.

    Args:
        cards: renders live messages at the moment of sending.
        lease: of several processes one sends: every write is fenced by it, and no call starts after its end.
        metrics: calls are counted there by their outcome.
        pulse: is told that the queue was looked at.
    """

    def __init__(
        self,
        store: Store,
        courier: Courier,
        clock: Clock,
        cards: Cards,
        budget: Budget | None = None,
        *,
        lease: Lease | None = None,
        metrics: Metrics | None = None,
        pulse: Pulse | None = None,
    ) -> None:
        self._store, self._courier, self._clock, self._cards = store, courier, clock, cards
        self._lease, self._metrics, self._pulse = lease or Always(), metrics, pulse or Pulse()
        self._meter = Meter(budget or Budget())
        self._signal = asyncio.Event()
        self._signal.set()
        self._holds: dict[str | None, datetime] = {}
        self._air: set[asyncio.Task[tuple[_Call, Verdict]]] = set()
        self._working = False
        self._stopped = False

    @property
    def busy(self) -> bool:
        """Whether there is something to do now, for a virtual clock that must wait."""
        return self._working or self._signal.is_set() or bool(self._air)

    def stop(self) -> None:
        """Let :meth:`run` return when the calls in the air have ended."""
        self._stopped = True
        self._signal.set()

    async def run(self) -> None:
        """Send until stopped.

        Raises:
            LostClaim: another process sends now; what was in the air is found there by it.
        """
        try:
            with self._pulse.expected("sender"), self._store.signalling(self._signal, "outbox"):
                await self._recover()
                while not self._stopped:
                    self._working = True
                    self._signal.clear()
                    try:
                        with self._clock.working(), self._pulse.turn("sender"):
                            turn = await self._turn()
                    finally:
                        self._working = False
                    if not turn.soon:
                        await self._clock.sleep_until(turn.at, self._signal)
                if self._air:
                    await asyncio.wait(self._air)
                    await self._turn()
        finally:
            await self._abandon()

    async def _recover(self) -> None:
        """Take up what a process, or a run, that died had in the air: nobody knows whether it arrived."""
        async with self._store.writing("sender.recovered") as tx:
            await self._lease.fence(tx)
            now = self._clock.now()
            self._holds = await tx.holds.active(now)
            for row in await tx.outbox.in_flight():
                await self._uncertain(tx, row, "the process ended while sending", now, tries=AFTER_DEATHS)

    async def _abandon(self) -> None:
        """Leave nothing running behind: what was in the air is found in flight by the next run."""
        for task in self._air:
            task.cancel()
        await asyncio.gather(*self._air, return_exceptions=True)
        self._air.clear()

    async def _turn(self) -> _Turn:
        """Record the calls that have ended and start those that may start now, in one transaction."""
        now = self._clock.now()
        landed = [task for task in self._air if task.done()]
        if not landed and (full := self._full(now)) is not None:
            return full
        if not landed:
            async with self._store.reading() as rx:
                first = await rx.outbox.next_at()
            if first is None or first > now:
                return _Turn(at=first)
        async with self._store.writing("sender.turn") as tx:
            await self._lease.fence(tx)
            for call, verdict in sorted((task.result() for task in landed), key=lambda end: end[0].row.id):
                await self._record(tx, call, verdict, now)
            turn, calls = (_Turn(), []) if self._stopped else await self._claim(tx, now, len(self._air) - len(landed))
        self._air.difference_update(landed)
        for call in calls:
            if counts(call.method):
                self._meter.count(call.place.id, call.place.kind != "private", now)
            task = asyncio.create_task(self._call(call))
            self._air.add(task)
            task.add_done_callback(lambda _: self._signal.set())
        return turn

    def _full(self, now: datetime) -> _Turn | None:
        """Return when to look again where nothing may start now, whatever waits: then nobody need ask what does."""
        if len(self._air) >= BATCH:
            return _Turn()  # until one lands
        held = self._holds.get(None)
        if held is not None and held > now:
            return _Turn(at=held)
        return _Turn(at=at) if (at := self._meter.next_room(now)) is not None else None

    async def _claim(self, tx: Writing, now: datetime, flying: int) -> tuple[_Turn, list[_Call]]:
        """Take what may be sent now; return when to look again."""
        self._holds = holds = {place: until for place, until in self._holds.items() if until > now}
        if None in holds:
            return _Turn(at=holds[None]), []
        blocked, waits = self._meter.blocked(now), [self._meter.next_room(now)]
        room = min(self._meter.room(now), BATCH - flying)
        rows = await tx.outbox.claim(now, room, {place for place in holds if place} | set(blocked)) if room > 0 else []
        calls = [call for row in rows if (call := await self._prepare(tx, row, now)) is not None]
        if rows and (len(rows) == room or len(calls) < len(rows)):
            return _Turn(soon=True), calls
        if not rows:
            first = await tx.outbox.next_at()
            if first is None or first > now:
                return _Turn(at=first), []
        # Beside what is in the air or must wait longer something falls due: a second try, a message for later.
        waits.append(await tx.outbox.next_at(after=now))
        # One of each place was taken: what waits behind those in the air is looked for when they have landed.
        otherwise = None if flying or calls else now + timedelta(seconds=1)
        times = [at for at in (*blocked.values(), *holds.values(), *waits) if at is not None]
        return _Turn(at=min(times, default=otherwise)), calls

    async def _prepare(self, tx: Writing, row: OutboxRow, now: datetime) -> _Call | None:
        place = await tx.places.get(row.place_id)
        if place is None:
            await tx.outbox.dead(row.id, "the place is not known any more", now)
            return None
        drawn, method, payload = None, row.method, row.payload
        if method == "card":
            drawn = await self._cards.draw(tx, row, place, now)
            if drawn is None:
                await tx.outbox.drop(row.id, "it shows this already", now)
                return None
            method, payload = drawn.method, drawn.payload
        payload = {"chat_id": place.chat_id, **payload}
        thread = await topic_of(tx, place, row.stream) or place.thread_id
        if thread and method.startswith("send") and "reply_parameters" not in payload:  # a reply goes where it replies
            payload["message_thread_id"] = thread
        return _Call(row=row, place=place, method=method, payload=payload, drawn=drawn)

    async def _call(self, call: _Call) -> tuple[_Call, Verdict]:
        with self._clock.working():
            if not self._lease.may_start():  # claimed, and then suspended: whoever sends now finds it in the air
                raise LostClaim("send", "this process")
            if boundaries.armed is not None:
                boundaries.armed("send.leaving")
            try:
                result = await self._courier.call(call.method, call.payload)
            except TelegramError as error:
                return call, sort(error, call.row.attempts)
            if boundaries.armed is not None:
                boundaries.armed("send.answered")
            return call, Sent(message_id=_id_in(result))

    async def _record(self, tx: Writing, call: _Call, verdict: Verdict, now: datetime) -> None:
        row = call.row
        self._count(row, verdict, now)
        if isinstance(verdict, Sent):
            await self._sent(tx, call, verdict.message_id, now)
        elif isinstance(verdict, Later):
            await tx.outbox.again(row.id, now + verdict.after, verdict.error)
            if verdict.hold:
                await self._hold(tx, None if verdict.everywhere else call.place.id, now + verdict.after)
        elif isinstance(verdict, Moved):
            await tx.places.migrate(call.place.chat_id, verdict.chat_id)
            await tx.outbox.again(row.id, now, "the group has a new id")
        elif isinstance(verdict, Plain) and "entities" in call.payload:
            await tx.outbox.drop(row.id, f"sent again without markup: {verdict.error}", now)
            await tx.outbox.enqueue([redraw(row, now, plain=True) if row.method == "card" else _plain(row, now)])
        elif isinstance(verdict, Ambiguous):
            await self._uncertain(tx, row, verdict.error, now)
        else:
            await self._dead(tx, call, verdict, now)

    def _count(self, row: OutboxRow, verdict: Verdict, now: datetime) -> None:
        if self._metrics is not None:
            self._metrics.calls.labels(type(verdict).__name__.lower(), row.priority).inc()
            self._metrics.delay.labels(row.priority).observe(max(0.0, (now - row.created_at).total_seconds()))

    async def _hold(self, tx: Writing, place_id: str | None, until: datetime) -> None:
        """Remember a wait that Telegram demands, also over a restart."""
        await tx.holds.hold(place_id, until)
        self._holds[place_id] = max(until, self._holds.get(place_id, until))

    async def _sent(self, tx: Writing, call: _Call, message_id: int | None, now: datetime) -> None:
        row = call.row
        await tx.outbox.sent(row.id, message_id or row.payload.get("message_id"), now)
        if call.drawn is not None:
            await self._cards.drawn(tx, row, call.drawn, message_id, now)
        elif row.method == OPEN:
            await topic_opened(tx, row, message_id)
        elif row.pin and message_id is not None:
            await tx.outbox.enqueue([_pin(row, message_id, now)])

    async def _uncertain(self, tx: Writing, row: OutboxRow, error: str, now: datetime, tries: int = 1) -> None:
        """Try an ambiguous call once more; the second time the seat is told, since nobody knows whether it arrived.

        After a death of our own, when most of what was claimed has never left, it is tried more often.

        An edit that did arrive answers "not modified" then, so that nothing is shown twice by it.
        """
        await tx.outbox.ambiguous(row.id, now)
        if row.ambiguous < tries:
            await tx.outbox.again(row.id, now + AGAIN, f"ambiguous: {error}")
            return
        log.warning("message.ambiguous", outbox=row.id, method=row.method, notice=row.notice, error=error)
        if row.method.startswith("send"):
            await undeliverable(tx, self._cards.teller, row, now, uncertain=True)

    async def _dead(self, tx: Writing, call: _Call, verdict: Dead | Plain, now: datetime) -> None:
        row = call.row
        if row.method in METHODS:
            await tx.outbox.drop(row.id, f"all stays in General: {verdict.error}", now)
            return
        if isinstance(verdict, Dead) and verdict.no_topic and await topic_lost(tx, row):
            await tx.outbox.again(row.id, now, "the topic is gone: to General")
            return
        if isinstance(verdict, Dead) and verdict.gone:
            # Somebody deleted the message: a live one is shown anew, another edit has nothing left to change.
            await tx.outbox.drop(row.id, verdict.error, now)
            if row.method == "card":
                await self._cards.lost(tx, row, now)
            return
        await tx.outbox.dead(row.id, verdict.error, now)
        log.warning("message.dead", outbox=row.id, method=call.method, notice=row.notice, error=verdict.error)
        if isinstance(verdict, Dead) and verdict.blocked:
            await self._note_blocked(tx, call, now)
        if call.method.startswith("send"):
            await undeliverable(tx, self._cards.teller, row, now)

    async def _note_blocked(self, tx: Writing, call: _Call, now: datetime) -> None:
        if call.place.kind != "private":
            await tx.places.save(replace(call.place, member=False))
            return
        person = await tx.people.get(call.row.person_id) if call.row.person_id else None
        if person is not None:
            await tx.people.save(replace(person, blocked_at=now))


def _id_in(result: Any) -> int | None:
    """Return the id of the message, or of the topic, that a call made."""
    found = result.get("message_id") or result.get("message_thread_id") if isinstance(result, dict) else None
    return int(found) if found is not None else None


def _plain(row: OutboxRow, now: datetime) -> NewMessage:
    words = {key: value for key, value in row.payload.items() if key != "entities"}
    return NewMessage(
        place_id=row.place_id, priority=row.priority, method=row.method, payload=words, stream=row.stream,
        notice=row.notice, guard=row.guard, reference=row.reference, ring=row.ring, pin=row.pin, not_before=now,
        created_at=row.created_at, person_id=row.person_id, call=row.call,
    )  # fmt: skip


def _pin(row: OutboxRow, message_id: int, now: datetime) -> NewMessage:
    return NewMessage(
        place_id=row.place_id, priority=row.priority, method="pinChatMessage",
        payload={"message_id": message_id, "disable_notification": False}, stream=row.stream, notice="pin",
        not_before=now, created_at=now, person_id=row.person_id,
    )  # fmt: skip
