"""A virtual clock on which work takes time: idle hours are skipped, and what the processor works off counts as it is.

With the plain virtual clock time stands still while anybody works: a program that has ten times too much to do would
look as quick as one that is idle. Here every second of processor time that the process uses is a second of the clock,
so that what a full core delays is late. Waiting for the database costs nothing: it has cores of its own, and how busy
they would be is measured beside.
"""

from __future__ import annotations

import asyncio
import heapq
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta

from bot.clock import VirtualClock

BEAT = 0.002
"""Real seconds between two looks at what has fallen due while somebody works."""


class WorkClock(VirtualClock):
    """See the module.

    Args:
        start: the first moment, aware.
        spent: seconds of work so far, ever growing; the processor time of this process when left out.
    """

    def __init__(self, start: datetime, spent: Callable[[], float] = time.process_time) -> None:
        super().__init__(start)
        self._spent = spent
        self._seen = spent()
        self._works: Counter[asyncio.Task[object] | None] = Counter()
        self._calm = asyncio.Event()
        self._beating: asyncio.TimerHandle | None = None
        self._end: datetime | None = None

    def now(self) -> datetime:
        """Return the moment: what was skipped, and all work until now."""
        spent = self._spent()
        if spent > self._seen:
            self._now += timedelta(seconds=spent - self._seen)
            self._seen = spent
        return self._now

    def charge(self, seconds: float) -> None:
        """Let work count that this process did not do, such as encrypting what a double of Telegram never got."""
        self._now += timedelta(seconds=seconds)

    def working(self) -> AbstractContextManager[None]:
        """Return a context during which no time is skipped."""
        return self._at_work()

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        task = asyncio.current_task()
        self._works[task] += 1
        self._busy += 1
        try:
            yield
        finally:
            self._busy -= 1
            if self._works[task] > 1:
                self._works[task] -= 1
            else:
                del self._works[task]
            if not self._busy:
                self._calm.set()

    @contextmanager
    def elsewhere(self) -> Iterator[None]:
        """Let a task that is at work wait for somebody outside, as for Telegram's answer: that time may be skipped."""
        mine = self._works[asyncio.current_task()]
        self._busy -= mine
        if not self._busy:
            self._calm.set()
        try:
            yield
        finally:
            self._busy += mine

    async def advance_to(self, moment: datetime) -> None:
        """Move to a moment; what falls due while others work begins beside them, as on a machine that is busy.

        It returns at the moment also where work never ends.
        """
        self._end = moment
        self._beat()
        try:
            while self.now() < moment and await self._idle():
                wake = self.next_wake()
                until = moment if wake is None else min(wake, moment)
                self._now = max(self.now(), until)
                self._fire()
            await self._idle()
        finally:
            if self._beating is not None:
                self._beating.cancel()
            self._end = None

    async def _idle(self, turns: int = 5) -> bool:
        """Wait until nobody has worked for some turns; False where the end came before."""
        calm = 0
        while calm < turns:
            if self._end is not None and self._now >= self._end:
                return False
            if self._busy:
                calm = 0
                self._calm.clear()
                await self._calm.wait()
            calm += 1
            await asyncio.sleep(0)
        return True

    def _beat(self) -> None:
        self._fire()
        if self._end is not None and self._now >= self._end:
            self._calm.set()
        self._beating = asyncio.get_running_loop().call_later(BEAT, self._beat)

    def _fire(self) -> None:
        now = self.now()
        while self._wakes and self._wakes[0][0] <= now:
            due = heapq.heappop(self._wakes)[2]
            if not due.done():
                due.set_result(None)
