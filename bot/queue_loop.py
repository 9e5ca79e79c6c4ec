"""A loop that works off one queue of the database: at each commit that changes it, and at the moment that is next."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from datetime import datetime, timedelta
from typing import ClassVar

from bot.clock import Clock
from bot.pulse import TURN, Pulse
from storage.store import Store


class QueueLoop(ABC):
    """Works until stopped; what is at hand then is worked off.

    Attributes:
        queue: whose changes it waits for, of ``storage.transaction.QUEUES``.
        name: a word for logs and metrics. longest: how long a turn may take before it counts as stuck.
        pulse: is told that the queue was looked at.
    """

    queue: ClassVar[str]
    name: ClassVar[str]
    longest: ClassVar[timedelta] = TURN

    def __init__(self, store: Store, clock: Clock, pulse: Pulse | None = None) -> None:
        self._store, self._clock, self._pulse = store, clock, pulse or Pulse()
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
        with self._pulse.expected(self.name, longest=self.longest), self._store.signalling(self._signal, self.queue):
            while not self._stopped:
                self._working = True
                self._signal.clear()
                try:
                    with self._clock.working(), self._pulse.turn(self.name):
                        following = await self._turn()
                finally:
                    self._working = False
                if following is None or following > self._clock.now():
                    await self._clock.sleep_until(following, self._signal)

    @abstractmethod
    async def _turn(self) -> datetime | None:
        """Work off what is due; return when to look again, None for at the next change."""
