"""At a start the clocks wait, for a bounded time, until what lay at Telegram is fetched and worked off.

Otherwise a unit whose 收到 came while the program was away would be called again, and a filed report reminded of.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.leadership import Lease
from storage.errors import Unavailable
from storage.store import Store

PATIENCE = timedelta(seconds=10)
"""Reminders wait no longer for Telegram than this, in real time: Telegram itself may be away."""

LOOK_SECONDS = 0.25
"""Between two looks at what only another process, or Telegram, can tell."""

FETCHED = "fetched:"
"""Key of the epoch under which a lease's holder has fetched all that lay there, followed by the lease's name."""

log = structlog.get_logger(__name__)


class CatchingUp:
    """Knows whether updates that came before us are still to be worked off.

    Args:
        fetched: whether nothing lies at Telegram any more; asked until it says so.
        patience: how long the clocks wait at most, in real time.
    """

    def __init__(
        self, store: Store, clock: Clock, fetched: Callable[[], Awaitable[bool]], *, patience: timedelta = PATIENCE
    ) -> None:
        self._store, self._clock, self._fetched = store, clock, fetched
        self._patience = patience.total_seconds()
        self._news = asyncio.Event()

    def look(self) -> None:
        """Ask again at once: something was fetched, or the program stops."""
        self._news.set()

    async def over(self, stopped: Callable[[], bool]) -> bool:
        """Wait until all is worked off, the program stops, or patience ends; return whether all is worked off."""
        try:
            async with asyncio.timeout(self._patience):
                with self._store.signalling(self._news, "finished"):
                    return await self._wait(stopped)
        except TimeoutError:
            log.warning("start.did_not_wait", seconds=self._patience)
            return False

    async def _wait(self, stopped: Callable[[], bool]) -> bool:
        came: datetime | None = None
        while not stopped():
            self._news.clear()
            with suppress(Unavailable):  # then patience ends it
                if came is None and await self._fetched():
                    came = self._clock.now()
                if came is not None and await self._worked_off(came):
                    return True
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._news.wait()
        return False

    async def _worked_off(self, came: datetime) -> bool:
        async with self._store.reading() as rx:
            oldest = (await rx.inbox.backlog()).oldest
        return oldest is None or oldest > came


async def note_fetched(store: Store, name: str, lease: Lease) -> None:
    """Let the other processes know that the holder of a lease has fetched all that lay at Telegram."""
    async with store.writing("intake.caught-up") as tx:
        await lease.fence(tx)
        await tx.meta.put(FETCHED + name, str(lease.epoch))


async def fetched_elsewhere(store: Store, name: str) -> bool:
    """Return whether the present holder of a lease, in whatever process, has fetched all that lay at Telegram."""
    async with store.reading() as rx:
        noted = await rx.meta.get(FETCHED + name)
        return any(str(lease.epoch) == noted for lease in await rx.leases.held() if lease.name == name)
