"""Fetches an address and touches a file every minute, only while all is well: watchers outside notice the silence.

Real time, also under a moved clock: whoever waits outside has his own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import structlog

from bot.web.ping import NotHeard, ping

EVERY = timedelta(seconds=60)

log = structlog.get_logger(__name__)


class Heartbeat:
    """A loop.

    Args:
        troubles: what is wrong now; it must neither raise nor wait for long.
        url: fetched; None = nothing is.
        file: its time of change is set; None = no file is. Its folder must be there.
        leads: whether this process fetches the address: of several processes one does, lest one that lives hides
            another that does not.
        fetch: fetches an address; raises NotHeard.
    """

    def __init__(
        self,
        troubles: Callable[[], Awaitable[Sequence[str]]],
        *,
        url: str | None = None,
        file: Path | None = None,
        leads: Callable[[], bool] = lambda: True,
        every: timedelta = EVERY,
        fetch: Callable[[str], Awaitable[None]] = ping,
    ) -> None:
        self._troubles, self._url, self._file, self._leads = troubles, url, file, leads
        self._every, self._fetch = every.total_seconds(), fetch
        self._said: dict[str, str] = {}
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """Let :meth:`run` return."""
        self._stopped.set()

    async def run(self) -> None:
        """Beat until stopped; without an address and a file there is nothing to do."""
        while not self._stopped.is_set():
            if self._url is not None or self._file is not None:
                await self.beat()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._every):
                    await self._stopped.wait()

    async def beat(self) -> bool:
        """Beat once if all is well, and return whether it is."""
        troubles = list(await self._troubles())
        self._say("heartbeat.withheld", "; ".join(troubles))
        if troubles:
            return False
        if self._file is not None:
            problem = ""
            try:
                self._file.touch()
            except OSError as error:
                problem = error.strerror or type(error).__name__
            self._say("heartbeat.not_written", problem)
        if self._url is not None and self._leads():
            problem = ""
            try:
                await self._fetch(self._url)
            except NotHeard as error:
                problem = str(error)
            self._say("heartbeat.not_heard", problem)
        return True

    def _say(self, event: str, problem: str) -> None:
        """Log a problem when it begins and when it is over, not every minute."""
        before = self._said.get(event, "")
        if problem and not before:
            log.error(event, error=problem)
        elif before and not problem:
            log.info(f"{event}.over", error=before)
        self._said[event] = problem
