"""Regular work of the program on itself: a look every ten minutes, and daily tasks from four in the morning on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Protocol

import structlog

from bot.clock import SHANGHAI, Clock
from bot.leadership import Always, Lease
from storage.errors import LostClaim, Unavailable
from storage.store import Store

EVERY = timedelta(minutes=10)
AT = time(4, 0)
"""In Beijing: the quietest hour."""

DONE = "rounds:"
"""Key of the day on which a daily task was done the last time, followed by its name."""

Task = Callable[[datetime], Awaitable[object]]

log = structlog.get_logger(__name__)


class Looks(Protocol):
    """What is done at every round."""

    async def look(self, *, whole: bool = False) -> object:
        """Look at some incidents, or at all of them."""
        ...


class Rounds:
    """A loop.

    Args:
        auditor: looks at every round, at everything once a day.
        daily: tasks by name, done in this order once a day, after four in the morning; a day that was missed is made up
            for at the next round.
        lease: where several processes share the database, one makes the rounds.
        often: tasks by name, done at every round.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        auditor: Looks,
        daily: Mapping[str, Task],
        lease: Lease | None = None,
        often: Mapping[str, Task] | None = None,
    ) -> None:
        self._often = dict(often or {})
        self._store, self._clock, self._auditor = store, clock, auditor
        self._daily: dict[str, Task] = {"audit": self._look_at_everything, **daily}
        self._lease = lease or Always()
        self._done: dict[str, str] = {}
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """Let :meth:`run` return after the task at hand."""
        self._stopped.set()

    async def run(self) -> None:
        """Make rounds until stopped."""
        while not self._stopped.is_set():
            with self._clock.working():
                await self.round()
            await self._clock.sleep_until(self._clock.now() + EVERY, self._stopped)

    async def round(self) -> None:
        """Make one round. What fails is logged, keeps nothing else from being done, and is tried again at the next."""
        await self._try("look", lambda now: self._auditor.look())
        for name, task in self._often.items():
            await self._try(name, task)
        today = day_of(self._clock.now())
        for name, task in self._daily.items():
            if self._stopped.is_set() or await self._last(name, today.isoformat()) == today.isoformat():
                continue
            if await self._try(name, task):
                await self._try(f"{name}:done", lambda now, name=name: self._note(name, today))  # type: ignore[misc]

    async def _try(self, name: str, task: Task) -> bool:
        if not self._lease.may_start():
            return False
        try:
            await task(self._clock.now())
        except (Unavailable, LostClaim, OSError) as problem:
            log.error("round.not_done", task=name, error=f"{type(problem).__name__}: {problem}")
            return False
        except Exception:  # a bug in one task must not keep the others from being done
            log.exception("round.failed", task=name)
            return False
        return True

    async def _look_at_everything(self, now: datetime) -> object:
        return await self._auditor.look(whole=True)

    async def _last(self, name: str, today: str) -> str | None:
        """Return the day of the last time; once it is today's, the database is not asked again."""
        if self._done.get(name) != today:
            try:
                async with self._store.reading() as rx:
                    self._done[name] = await rx.meta.get(DONE + name) or ""
            except Unavailable:
                return None  # the task will say so
        return self._done[name]

    async def _note(self, name: str, day: date) -> None:
        async with self._store.writing("round.noted") as tx:
            await self._lease.fence(tx)
            await tx.meta.put(DONE + name, day.isoformat())


def day_of(moment: datetime) -> date:
    """Return the day whose daily tasks are to be done at a moment: it begins at four in Beijing."""
    local = moment.astimezone(SHANGHAI)
    return local.date() if local.time() >= AT else local.date() - timedelta(days=1)
