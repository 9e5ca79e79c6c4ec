"""The processor of the inbox: updates in order for each chat, shared among processes where there are several."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog

from bot.clock import Clock
from bot.pulse import Pulse
from storage import LostClaim, Unavailable
from storage.inbox import InboxRow
from storage.store import Store

GIVE_UP = 5
"""Tries after which an update that makes us fail is quarantined, so that it blocks nothing behind it."""

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60))
"""Pauses between tries of an update that may not be given up (a report); the last one repeats."""

SURE = 2
"""From this failure of an update on whoever wrote it is answered, and of a report the seat is rung."""

AT_ONCE = 20
"""Updates, each of another chat, that are handled at the same time."""

SHARED_AT_ONCE = 8
"""So many by each of several processes: what one has claimed the others do not get, and its connections are ten."""

Rescue = Callable[[dict[str, Any], InboxRow, Exception, bool], Awaitable[bool]]
"""Given the update, its row, what went wrong, and whether this is the last try of what can be given up."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Claims:
    """How updates are shared with other processes.

    Attributes:
        worker: this process; see ``bot.leadership.process_name``.
        hold: after this an update that is not finished is taken up by another. Whatever both do to it has one effect:
            its cause is unique.
    """

    worker: str
    hold: timedelta


class Processor:
    """Takes updates from the inbox, in order for each chat, and hands them to the handlers.

    Args:
        handle: handles one update; finishes the inbox row itself, in its transaction, or lets the processor do it.
        claims: where several processes share the inbox; a process that is alone claims nothing.
        rescue: takes care of an update that cannot be worked off, and returns whether it may not be given up: then it
            is tried again for as long as it fails, and blocks nothing meanwhile.
        pulse: is told that updates are worked off.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        handle: Callable[[dict[str, Any], InboxRow], Awaitable[None]],
        *,
        claims: Claims | None = None,
        rescue: Rescue | None = None,
        pulse: Pulse | None = None,
    ) -> None:
        self._rescue = rescue
        self._store, self._clock, self._handle, self._claims = store, clock, handle, claims
        self._at_once = AT_ONCE if claims is None else SHARED_AT_ONCE
        self._pulse = pulse or Pulse()
        self._signal = asyncio.Event()
        self._signal.set()
        self._at_work: dict[int, asyncio.Task[None]] = {}
        self._problem: BaseException | None = None
        self._working = False
        self._stopped = False

    @property
    def busy(self) -> bool:
        """Whether there is something to do now, for a virtual clock that must wait."""
        return self._working or self._signal.is_set() or bool(self._at_work)

    def stop(self) -> None:
        """Let :meth:`run` return when the updates at hand are done."""
        self._stopped = True
        self._signal.set()

    async def run(self) -> None:
        """Process until stopped; chats do not wait for each other."""
        try:
            with self._pulse.expected("processor"), self._store.signalling(self._signal, "inbox", "finished"):
                while not self._stopped:
                    self._working = True
                    self._signal.clear()
                    try:
                        with self._clock.working():
                            if self._problem is not None:
                                raise self._problem
                            again = await self._start()
                    finally:
                        self._working = False
                    await self._clock.sleep_until(again, self._signal)
        finally:
            # An update must not be taken up again, by the next run, while it is still being handled by this one.
            await asyncio.gather(*self._at_work.values(), return_exceptions=True)
            self._problem = None

    async def _start(self) -> datetime | None:
        """Begin with what can be begun; return when to look again though nobody says so: a claim may end."""
        again = await self._revived()
        if self._claims is None:
            async with self._store.reading() as rx:
                rows = await rx.inbox.pending(self._at_once)
        elif (room := self._at_once - len(self._at_work)) <= 0:
            return again  # the end of one of them gives the signal
        else:
            now = self._clock.now()
            async with self._store.writing("update.claimed") as tx:
                rows = await tx.inbox.claim(self._claims.worker, now, room, self._claims.hold)
                expiry = await tx.inbox.next_expiry()
            # A claim that was being made while we looked is not seen: its end is found by looking all the same.
            again = min(again or now + self._claims.hold, expiry or now + self._claims.hold, now + self._claims.hold)
        for row in rows:
            if row.id not in self._at_work and len(self._at_work) < self._at_once:
                self._at_work[row.id] = task = asyncio.create_task(self._one(row))
                task.add_done_callback(partial(self._ended, row.id))
        return again

    async def _revived(self) -> datetime | None:
        """Let what was put off until now have its turn, and return when the next is due."""
        now = self._clock.now()
        async with self._store.reading() as rx:
            following = await rx.inbox.next_retry()
        if following is None or following > now:
            return following
        async with self._store.writing("update.revived") as tx:
            await tx.inbox.revive(now)
            return await tx.inbox.next_retry()

    def _ended(self, number: int, task: asyncio.Task[None]) -> None:
        full = len(self._at_work) >= self._at_once
        self._at_work.pop(number, None)
        self._problem = self._problem or (None if task.cancelled() else task.exception())
        # Otherwise the commit that finished the update has given the signal already.
        if full or self._problem is not None:
            self._signal.set()

    async def _one(self, row: InboxRow) -> None:
        with self._clock.working(), self._pulse.turn("processor"):
            if row.update_id is None:
                return
            try:
                if row.payload is not None:
                    await self._handle(json.loads(row.payload), row)
            except Unavailable:
                raise  # the database's trouble is not the update's: nothing is counted, and it is tried again
            except Exception as error:  # the one place where a bug in a handler is caught: it must not stop the others
                log.exception("update.failed", update=row.update_id, kind=row.kind, attempts=row.attempts + 1)
                await self._failed(row, row.update_id, error)
                return
            await self._finish(row.update_id)

    async def _failed(self, row: InboxRow, update_id: int, error: Exception) -> None:
        give_up = row.attempts + 1 >= GIVE_UP
        kept = await self._rescued(row, error, give_up) if row.attempts + 1 >= SURE else False
        worker = self._claims.worker if self._claims is not None else None
        now, text = self._clock.now(), repr(error)[:500]
        try:
            async with self._store.writing("update.failed") as tx:
                if kept:
                    pause = PAUSES[min(row.attempts + 1 - SURE, len(PAUSES) - 1)]
                    await tx.inbox.defer(update_id, text, now, now + pause, worker=worker)
                else:
                    await tx.inbox.failed(update_id, text, now, give_up=give_up, worker=worker)
        except LostClaim:
            log.warning("update.taken_over", update=update_id)

    async def _rescued(self, row: InboxRow, error: Exception, give_up: bool) -> bool:
        """Return whether the update may not be given up; it is not lost where even its rescue fails."""
        if self._rescue is None or row.payload is None:
            return False
        try:
            return await self._rescue(json.loads(row.payload), row, error, give_up)
        except Unavailable:
            raise
        except Exception:  # whatever is broken: the text is kept, it is tried again, and readiness tells
            log.exception("update.not_rescued", update=row.update_id)
            return True

    async def _finish(self, update_id: int) -> None:
        # Most handlers finished it in their own transaction.
        async with self._store.reading() as rx:
            row = await rx.inbox.get(update_id)
        if row is None or row.finished_at is None:
            async with self._store.writing("update.finished") as tx:
                await tx.inbox.done(update_id, self._clock.now())
