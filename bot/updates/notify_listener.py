"""Listens to what other processes commit, on PostgreSQL; where there can be none, this ends at once."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import structlog

from storage.errors import Unavailable
from storage.store import Store

PAUSES = (0.1, 0.5, 1.0, 5.0)
"""Seconds between two tries to listen again."""

log = structlog.get_logger(__name__)


class NotifyListener:
    """Listens, and after every gap lets everybody look at the queues again.

    Args:
        store: its listeners are told.
    """

    def __init__(self, store: Store, pauses: tuple[float, ...] = PAUSES) -> None:
        self._store, self._pauses = store, pauses
        self._stopped = asyncio.Event()
        self._tries = 0

    def stop(self) -> None:
        """Let :meth:`run` return."""
        self._stopped.set()

    async def run(self) -> None:
        """Listen until stopped."""
        if not self._store.postgres:
            await self._stopped.wait()
            return
        stopping = asyncio.create_task(self._stopped.wait())
        try:
            while not self._stopped.is_set():
                listening = asyncio.create_task(self._store.listen(self._ready))
                await asyncio.wait({listening, stopping}, return_when=asyncio.FIRST_COMPLETED)
                listening.cancel()
                await asyncio.wait({listening})
                if self._stopped.is_set():
                    return
                await self._gap(listening)
        finally:
            stopping.cancel()

    def _ready(self) -> None:
        self._tries = 0
        self._store.look_again()

    async def _gap(self, listening: asyncio.Task[None]) -> None:
        problem = listening.exception()
        if not isinstance(problem, Unavailable):
            raise problem or RuntimeError("listening ended")
        pause = self._pauses[min(self._tries, len(self._pauses) - 1)]
        self._tries += 1
        log.warning("hearing.lost", reason=problem.reason, wait=pause)
        with suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await self._stopped.wait()
