"""A loop that works off one queue of the database: at each commit that changes it, and at the moment that is next."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from datetime import datetime
from typing import ClassVar

from bot.clock import Clock
from storage.store import Store


class QueueLoop(ABC):
    """Works until stopped; what is at hand then is worked off.

    Attributes:
        queue: whose changes it waits for, of ``storage.transaction.QUEUES``.
    """

    queue: ClassVar[str]

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._signal = asyncio.Event()
        self._working = self._stopped = False

    @property
    def busy(self) -> bool:
        """Whether there is something to do now, for a virtual clock that must wait."""
        return self._working or self._signal.is_set()

    def stop(self) -> None:
        """Let :meth:`run` return after what is at hand."""
        self._stopped = True
        self._signal.set()

    async def run(self) -> None:
        """Work until stopped.

        Raises:
            Unavailable: the database cannot now; it is all there when it can.
        """
        with self._store.signalling(self._signal, self.queue):
            while not self._stopped:
                self._working = True
                self._signal.clear()
                try:
                    with self._clock.working():
                        following = await self._turn()
                finally:
                    self._working = False
                if following is None or following > self._clock.now():
                    await self._clock.sleep_until(following, self._signal)

    @abstractmethod
    async def _turn(self) -> datetime | None:
        """Work off what is due; return when to look again, None for at the next change."""
