"""Our own getUpdates loop, and the processor of the inbox: an update is confirmed only after its row is committed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from telegram.error import Conflict, TelegramError

from bot.clock import Clock
from bot.courier import TelegramCourier
from bot.delivery import Later, sort
from bot.intake_of_updates import ALLOWED, Addressed, Intake, newest
from storage import Unavailable
from storage.inbox import InboxRow
from storage.store import Store

MOST = 100
"""Updates in one answer, as many as Telegram gives: fewer means that nothing older lies there."""

LONG_POLL = 25
"""Seconds that Telegram may hold a getUpdates; at most 50."""

GIVE_UP = 5
"""Tries after which an update that makes us fail is quarantined, so that it blocks nothing behind it."""

AT_ONCE = 20
"""Updates, each of another chat, that are handled at the same time."""

OUTAGE = timedelta(seconds=60)
"""Nothing heard for longer than this: presses that come now may be old, and a press carries no date."""

log = structlog.get_logger(__name__)


class Poller:
    """Fetches updates into the inbox.

    Args:
        addressed: whether an update is for the bot; of others in a group only the update id is kept.
        long_poll: seconds that Telegram may hold an empty answer.
    """

    def __init__(
        self, store: Store, courier: TelegramCourier, clock: Clock, addressed: Addressed, long_poll: int = LONG_POLL
    ) -> None:
        self._store, self._courier, self._clock = store, courier, clock
        self._intake, self._long_poll = Intake(store, clock, addressed), long_poll
        self._heard: datetime | None = None
        self._catching_up = True
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """Let :meth:`run` return."""
        self._stopped.set()

    async def run(self) -> None:
        """Fetch until stopped; every error of the network is waited out."""
        async with self._store.reading() as rx:
            last = await rx.inbox.last_update_id(since=self._clock.now() - timedelta(days=7))
        failures = 0
        stopping = asyncio.ensure_future(self._stopped.wait())
        try:
            while not self._stopped.is_set():
                fetch = asyncio.ensure_future(self._fetch(last))
                both: set[asyncio.Future[Any]] = {fetch, stopping}
                await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
                if not fetch.done():
                    fetch.cancel()
                    await asyncio.wait({fetch})
                    return
                try:
                    updates = fetch.result()
                except TelegramError as error:
                    failures += 1
                    await self._wait_out(error, failures)
                    continue
                failures = 0
                if updates:
                    with self._clock.working():
                        await self._intake.keep(updates, waited=self._catching_up)
                        last = newest(updates, last)
                if len(updates) < MOST:
                    self._catching_up = False
                self._heard = self._clock.now()
        finally:
            stopping.cancel()

    async def _fetch(self, last: int | None) -> list[Any]:
        # The first fetches after a silence do not wait, so that what comes with them is known to have lain there.
        wait = 0 if self._catching_up else self._long_poll
        payload: dict[str, Any] = {"timeout": wait, "limit": MOST, "allowed_updates": list(ALLOWED)}
        if last is not None:
            payload["offset"] = last + 1
        found = await self._courier.call("getUpdates", payload, read_timeout=self._long_poll + 10)
        return list(found) if isinstance(found, list) else []

    async def _wait_out(self, error: TelegramError, failures: int) -> None:
        verdict = sort(error, failures)
        if self._heard is None or self._clock.now() - self._heard > OUTAGE:
            self._catching_up = True
        seconds = verdict.after.total_seconds() if isinstance(verdict, Later) else min(2.0**failures, 30.0)
        log.warning("poll.failed", error=str(error), wait=seconds, two_pollers=isinstance(error, Conflict))
        try:
            await asyncio.wait_for(self._stopped.wait(), seconds)
        except TimeoutError:
            return


class Processor:
    """Takes updates from the inbox, in order for each chat, and hands them to the handlers.

    Args:
        handle: handles one update; finishes the inbox row itself, in its transaction, or lets the processor do it.
    """

    def __init__(
        self, store: Store, clock: Clock, handle: Callable[[dict[str, Any], InboxRow], Awaitable[None]]
    ) -> None:
        self._store, self._clock, self._handle = store, clock, handle
        self._signal = asyncio.Event()
        self._at_work: dict[int, asyncio.Task[None]] = {}
        self._problem: BaseException | None = None
        self._working = False
        self._stopped = False
        store.on_commit(lambda queues: self._signal.set() if "inbox" in queues else None)

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
        self._signal.set()
        try:
            while not self._stopped:
                self._working = True
                self._signal.clear()
                try:
                    with self._clock.working():
                        if self._problem is not None:
                            raise self._problem
                        await self._start()
                finally:
                    self._working = False
                await self._clock.sleep_until(None, self._signal)
        finally:
            # An update must not be taken up again, by the next run, while it is still being handled by this one.
            await asyncio.gather(*self._at_work.values(), return_exceptions=True)
            self._problem = None

    async def _start(self) -> None:
        async with self._store.reading() as rx:
            rows = await rx.inbox.pending(AT_ONCE)
        for row in rows:
            if row.id not in self._at_work and len(self._at_work) < AT_ONCE:
                self._at_work[row.id] = task = asyncio.create_task(self._one(row))
                task.add_done_callback(partial(self._ended, row.id))

    def _ended(self, number: int, task: asyncio.Task[None]) -> None:
        full = len(self._at_work) >= AT_ONCE
        self._at_work.pop(number, None)
        self._problem = self._problem or (None if task.cancelled() else task.exception())
        # Otherwise the commit that finished the update has given the signal already.
        if full or self._problem is not None:
            self._signal.set()

    async def _one(self, row: InboxRow) -> None:
        with self._clock.working():
            if row.update_id is None:
                return
            try:
                if row.payload is not None:
                    await self._handle(json.loads(row.payload), row)
            except Unavailable:
                raise  # the database's trouble is not the update's: nothing is counted, and it is tried again
            except Exception as error:  # the one place where a bug in a handler is caught: it must not stop the others
                log.exception("update.failed", update=row.update_id, kind=row.kind, attempts=row.attempts + 1)
                give_up = row.attempts + 1 >= GIVE_UP
                async with self._store.writing("update.failed") as tx:
                    await tx.inbox.failed(row.update_id, repr(error)[:500], self._clock.now(), give_up=give_up)
                return
            await self._finish(row.update_id)

    async def _finish(self, update_id: int) -> None:
        # Most handlers finished it in their own transaction.
        async with self._store.reading() as rx:
            known = await rx.inbox.get(update_id)
        if known is None or known.finished_at is None:
            async with self._store.writing("update.finished") as tx:
                await tx.inbox.done(update_id, self._clock.now())
