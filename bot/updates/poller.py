"""Our own getUpdates loop: an update is confirmed only after its row is committed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from telegram.error import Conflict, TelegramError

from bot.bot_api_client import BotApi
from bot.clock import Clock
from bot.delivery import Later, sort
from bot.leadership import Always, Lease
from bot.pulse import Pulse
from bot.updates.intake import ALLOWED, Intake, newest
from storage import LostClaim
from storage.store import Store

MOST = 100
"""Updates in one answer, as many as Telegram gives: fewer means that nothing older lies there."""

LONG_POLL = 25
"""Seconds that Telegram may hold a getUpdates; at most 50."""

OUTAGE = timedelta(seconds=60)
"""After so long without an answer what comes first counts as delivered late: a press carries no date of its own."""

SILENCE = timedelta(seconds=90)
"""The poller counts as cut off after so long without an answer: longer than the longest poll and its waits."""

log = structlog.get_logger(__name__)


class Poller:
    """Fetches updates into the inbox.

    Args:
        intake: keeps them.
        long_poll: seconds that Telegram may hold an empty answer.
        lease: of several processes one polls.
        fetched: called each time that nothing older lies at Telegram any more, after a start or a silence.
        pulse: is told that Telegram was heard.

    Attributes:
        caught_up: whether all that lay at Telegram when polling began is kept.
    """

    def __init__(
        self,
        store: Store,
        bot_api: BotApi,
        clock: Clock,
        intake: Intake,
        long_poll: int = LONG_POLL,
        *,
        lease: Lease | None = None,
        fetched: Callable[[Lease], Awaitable[None]] | None = None,
        pulse: Pulse | None = None,
    ) -> None:
        self._store, self._bot_api, self._clock, self._intake = store, bot_api, clock, intake
        self._long_poll, self._fetched = long_poll, fetched
        self._lease, self._pulse = lease or Always(), pulse or Pulse()
        self._heard: datetime | None = None
        self._catching_up = True
        self._stopped = asyncio.Event()

    @property
    def caught_up(self) -> bool:
        """See the class."""
        return not self._catching_up

    def stop(self) -> None:
        """Let :meth:`run` return."""
        self._stopped.set()

    async def run(self) -> None:
        """Fetch until stopped; every error of the network is waited out.

        Raises:
            LostClaim: another process polls now.
        """
        async with self._store.reading() as rx:
            last = await rx.inbox.last_update_id(since=self._clock.now() - timedelta(days=7))
        failures = 0
        stopping = asyncio.create_task(self._stopped.wait())
        fetch: asyncio.Task[list[Any]] | None = None
        try:
            with self._pulse.expected("poller", SILENCE):
                while not self._stopped.is_set():
                    if not self._lease.may_start():
                        raise LostClaim("poll", "this process")
                    fetch = asyncio.create_task(self._fetch(last))
                    await asyncio.wait({fetch, stopping}, return_when=asyncio.FIRST_COMPLETED)
                    if not fetch.done():
                        return
                    try:
                        updates = fetch.result()
                    except TelegramError as error:
                        failures += 1
                        await self._wait_out(error, failures)
                        continue
                    failures = 0
                    with self._clock.working():
                        last = await self._keep(updates, last)
                    self._heard = self._clock.now()
                    self._pulse.beat("poller")
        finally:
            stopping.cancel()
            if fetch is not None:
                fetch.cancel()
                await asyncio.wait({fetch})

    async def _keep(self, updates: list[Any], last: int | None) -> int | None:
        """Commit a batch; return up to where it may be confirmed."""
        if updates:
            await self._intake.keep(updates, delivered_late=self._catching_up, fence=self._lease.fence)
            last = newest(updates, last)
        if self._catching_up and len(updates) < MOST:
            self._catching_up = False
            if self._fetched is not None:
                try:
                    await self._fetched(self._lease)
                except BaseException:
                    self._catching_up = True  # nobody has been told: it is told the next time
                    raise
        return last

    async def _fetch(self, last: int | None) -> list[Any]:
        # The first fetches after a silence do not wait, so that what comes with them is known to have lain there.
        wait = 0 if self._catching_up else self._long_poll
        payload: dict[str, Any] = {"timeout": wait, "limit": MOST, "allowed_updates": list(ALLOWED)}
        if last is not None:
            payload["offset"] = last + 1
        updates = await self._bot_api.call("getUpdates", payload, read_timeout=self._long_poll + 10)
        return list(updates) if isinstance(updates, list) else []

    async def _wait_out(self, error: TelegramError, failures: int) -> None:
        verdict = sort(error, failures)
        if self._heard is None or self._clock.now() - self._heard > OUTAGE:
            self._catching_up = True
        seconds = verdict.after.total_seconds() if isinstance(verdict, Later) else min(2.0**failures, 30.0)
        log.warning("poll.failed", error=str(error), wait=seconds, two_pollers=isinstance(error, Conflict))
        try:
            async with asyncio.timeout(seconds):
                await self._stopped.wait()
        except TimeoutError:
            return
