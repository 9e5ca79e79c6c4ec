"""The scheduler: one tick that asks the table for what is due. The table is the truth; nothing lives in memory."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import datetime, timedelta
from itertools import groupby

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.service import Service

BATCH = 200
SAFETY_TICK = 15
"""Seconds after which the table is asked even if nobody said that it changed."""

LATE = timedelta(seconds=30)
"""A wake served later than this is logged as late."""

log = structlog.get_logger(__name__)


class Scheduler:
    """Serves due wakes, the oldest first, one command for each incident.

    Args:
        safety: whether real time passes, so that APScheduler's tick makes sense.
    """

    def __init__(self, service: Service, clock: Clock, *, safety: bool = True) -> None:
        self._service, self._clock = service, clock
        self._signal = asyncio.Event()
        self._working = False
        self._stopped = False
        self._ticker: AsyncIOScheduler | None = AsyncIOScheduler(timezone="UTC") if safety else None
        service.store.on_commit(lambda queues: self._signal.set() if "wakes" in queues else None)

    @property
    def busy(self) -> bool:
        """Whether there is something to do now, for a virtual clock that must wait."""
        return self._working or self._signal.is_set()

    def stop(self) -> None:
        """Let :meth:`run` return."""
        self._stopped = True
        self._signal.set()

    async def run(self) -> None:
        """Serve wakes until stopped."""
        if self._ticker is not None:
            self._ticker.add_job(self._signal.set, "interval", seconds=SAFETY_TICK)
            self._ticker.start()
        self._signal.set()
        try:
            while not self._stopped:
                self._working = True
                self._signal.clear()
                try:
                    with self._clock.working():
                        next_at = await self._serve()
                finally:
                    self._working = False
                await self._clock.sleep_until(next_at, self._signal)
        finally:
            if self._ticker is not None:
                self._ticker.shutdown(wait=False)

    async def _serve(self) -> datetime | None:
        """Serve all that is due; return the next moment."""
        while not self._stopped:
            now = self._clock.now()
            async with self._service.store.reading() as rx:
                rows = await rx.wakes.due(now, BATCH)
                if not rows:
                    return await rx.wakes.next_at()
            for stream, group in groupby(sorted(rows, key=lambda row: row.stream), key=lambda row: row.stream):
                points = sorted((row.at.isoformat(), row.key) for row in group)
                late = now - datetime.fromisoformat(points[0][0])
                if late > LATE:
                    log.warning("wake.late", stream=stream, seconds=int(late.total_seconds()))
                # The cause names the moments that are served: a wake that is served twice changes nothing.
                name = hashlib.sha256(repr(points).encode()).hexdigest()[:32]
                await self._service.wake(stream, cause=f"wake:{stream}:{name}")
        return None
