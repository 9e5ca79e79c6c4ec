"""The only ``now`` of the program: a real clock, and a virtual one that never overtakes work in progress.

Everything that waits for a moment waits here. ``simulate`` and the journeys move a :class:`VirtualClock` by hand,
``make demo`` lets one run at ×1, ×60 or ×600. HTTP timeouts and leases use the monotonic clock instead and
never come here.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    import asyncio  # whoever only asks what time it is does without: loaded where somebody sleeps

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """What the shell asks of time: the moment, and to be woken at one."""

    @property
    def rate(self) -> float:
        """Seconds that pass by this clock in one real second: what who only looks now and then counts on with."""
        ...

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...

    async def sleep_until(self, when: datetime | None, signal: asyncio.Event | None = None) -> None:
        """Return at ``when`` (``None``: never) or as soon as ``signal`` is set, whichever comes first."""
        ...

    def working(self) -> AbstractContextManager[None]:
        """Return a context in which virtual time stands still: work is being done."""
        ...


class SystemClock:
    """The machine's own clock."""

    rate = 1.0

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(UTC)

    async def sleep_until(self, when: datetime | None, signal: asyncio.Event | None = None) -> None:
        """Sleep until a moment or a signal.

        In short pieces, so that a clock that jumps or a machine that was suspended is noticed within a second.
        """
        import asyncio

        signal = signal or asyncio.Event()
        while not signal.is_set():
            seconds = None if when is None else (when - self.now()).total_seconds()
            if seconds is not None and seconds <= 0:
                return
            piece = None if seconds is None else min(seconds, 1.0)
            try:
                async with asyncio.timeout(piece):
                    await signal.wait()
            except TimeoutError:
                continue

    def working(self) -> AbstractContextManager[None]:
        """Return a context that does nothing: real time cannot be held."""
        return nullcontext()


class VirtualClock:
    """A clock that is moved: it stops at every registered wake until the work of that wake is done.

    Args:
        start: the first moment, aware.
    """

    def __init__(self, start: datetime) -> None:
        import asyncio

        self._now = start.astimezone(UTC)
        self._wakes: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._order = itertools.count()
        self._busy = 0
        self._quiet = asyncio.Condition()
        self._moving = asyncio.Lock()
        self._watched: list[Callable[[], bool]] = []
        self._pace: Pace | None = None

    @property
    def rate(self) -> float:
        """Virtual seconds in one real second; 0 while it is moved by hand."""
        return self._pace.rate if self._pace is not None else 0.0

    def watch(self, busy: Callable[[], bool]) -> None:
        """Let time stand still while ``busy()`` holds: somebody has work that he has not yet taken up."""
        self._watched.append(busy)

    def unwatch(self, busy: Callable[[], bool]) -> None:
        """Stop asking."""
        self._watched.remove(busy)

    def now(self) -> datetime:
        """Return the virtual moment in UTC."""
        return self._now

    def next_wake(self) -> datetime | None:
        """Return the earliest moment anybody sleeps for, or None."""
        while self._wakes and self._wakes[0][2].done():
            heapq.heappop(self._wakes)
        return self._wakes[0][0] if self._wakes else None

    async def sleep_until(self, when: datetime | None, signal: asyncio.Event | None = None) -> None:
        """Register a wake and wait for it.

        The sleeper counts as idle until the clock reaches it or ``signal`` is set.
        """
        import asyncio

        if signal is not None and signal.is_set():
            return
        if when is not None and when <= self._now:
            await asyncio.sleep(0)
            return
        due: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if when is not None:
            heapq.heappush(self._wakes, (when, next(self._order), due))
        waits: list[asyncio.Future[None] | asyncio.Task[bool]] = [due]
        if signal is not None:
            waits.append(asyncio.ensure_future(signal.wait()))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    def working(self) -> AbstractContextManager[None]:
        """Return a context during which the clock does not move on."""
        return self._working()

    @contextmanager
    def _working(self) -> Iterator[None]:
        import asyncio

        self._busy += 1
        try:
            yield
        finally:
            self._busy -= 1
            if not self._busy:
                asyncio.get_running_loop().call_soon(self._tell_quiet)

    def _tell_quiet(self) -> None:
        import asyncio

        async def tell() -> None:
            async with self._quiet:
                self._quiet.notify_all()

        self._telling = asyncio.ensure_future(tell())

    async def settle(self, turns: int = 5) -> None:
        """Wait until nobody is working, for ``turns`` turns of the event loop in a row.

        The turns let a woken sleeper, or a task that was just handed something, say that it has begun to work.
        """
        import asyncio

        calm = 0
        while calm < turns:
            if self._busy:
                calm = 0
                async with self._quiet:
                    await self._quiet.wait_for(lambda: not self._busy)
            elif any(busy() for busy in self._watched):
                calm = 0
                await asyncio.sleep(0.001)  # real time: what is waited for comes from a thread or a socket
            calm += 1
            await asyncio.sleep(0)

    async def advance_to(self, moment: datetime) -> None:
        """Move to ``moment``, stopping at each wake on the way until its work is done."""
        async with self._moving:
            await self.settle()
            while (wake := self.next_wake()) is not None and wake <= moment:
                self._now = max(self._now, wake)
                while self._wakes and self._wakes[0][0] <= self._now:
                    due = heapq.heappop(self._wakes)[2]
                    if not due.done():
                        due.set_result(None)
                await self.settle()
            self._now = max(self._now, moment)

    async def advance(self, by: timedelta) -> None:
        """Move by a span of virtual time; see :meth:`advance_to`."""
        await self.advance_to(self._now + by)

    @asynccontextmanager
    async def running(self, rate: float, beat: float = 0.05) -> AsyncIterator[Pace]:
        """Let virtual time follow real time at ``rate``; the rate can be changed through the yielded :class:`Pace`.

        Args:
            rate: virtual seconds per real second; 0 stands still.
            beat: real seconds between two steps.
        """
        import asyncio

        pace = self._pace = Pace(rate)

        async def drive() -> None:
            loop = asyncio.get_running_loop()
            last = loop.time()
            while True:
                await asyncio.sleep(beat)
                passed, last = loop.time() - last, loop.time()
                await self.advance(timedelta(seconds=passed * pace.rate) + pace.take_jump())

        task = asyncio.create_task(drive())
        try:
            yield pace
        finally:
            self._pace = None
            task.cancel()
            await asyncio.wait([task])


class Pace:
    """How fast a running virtual clock goes, and a jump that it has still to make."""

    def __init__(self, rate: float) -> None:
        self.rate = rate
        self._jump = timedelta()

    def jump(self, by: timedelta) -> None:
        """Ask for a span to be passed at the next beat."""
        self._jump += by

    def take_jump(self) -> timedelta:
        """Return the span asked for since the last beat, once."""
        by, self._jump = self._jump, timedelta()
        return by
