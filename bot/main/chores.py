"""What Telegram is told once after a start: tried until it takes it, in the background; nobody waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

import structlog
from telegram.error import RetryAfter, TelegramError

from bot.clock import Clock

PAUSES = tuple(timedelta(seconds=value) for value in (2, 10, 30, 60, 300, 900))
"""Between tries; the last one repeats."""

log = structlog.get_logger(__name__)


class Chores:
    """Does each of some things once; itself one of the program's loops, which ends when all is done.

    Args:
        chores: by a word for the log. Each may be begun anew after a failure half-way.
    """

    def __init__(self, clock: Clock, chores: Mapping[str, Callable[[], Awaitable[object]]]) -> None:
        self._clock, self._left = clock, dict(chores)
        self._stopped = asyncio.Event()
        self._working = bool(chores)

    @property
    def busy(self) -> bool:
        """Whether there is something to do now, for a virtual clock that must wait."""
        return self._working

    def stop(self) -> None:
        """Let :meth:`run` return; what is not done is done at the next start."""
        self._stopped.set()

    async def run(self) -> None:
        """Work until all is done, or stopped."""
        failures = 0
        while self._left and not self._stopped.is_set():
            self._working = True
            try:
                with self._clock.working():
                    pause = await self._turn(failures)
            finally:
                self._working = False
            failures += 1
            if self._left:
                await self._clock.sleep_until(self._clock.now() + pause, self._stopped)

    async def _turn(self, failures: int) -> timedelta:
        """Try all that is left; return how long to wait where something still is."""
        pause = PAUSES[min(failures, len(PAUSES) - 1)]
        for name, do in list(self._left.items()):
            try:
                await do()
            except TelegramError as problem:
                if isinstance(problem, RetryAfter):
                    wait = problem.retry_after
                    pause = max(pause, wait if isinstance(wait, timedelta) else timedelta(seconds=wait))
                log.warning("chore.refused", chore=name, error=str(problem), wait=pause.total_seconds())
            else:
                del self._left[name]
                if failures:
                    log.info("chore.done", chore=name, tries=failures + 1)
        return pause
