"""The loop that tells other systems: each case's messages in their order, each until it arrived or is given up.

It stands beside the sender to Telegram and shares nothing with it but the database: an address that is slow, lies or is
gone keeps neither Telegram nor another address waiting. Whoever dies in the middle sends the same again, under its id.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import structlog

from bot.leadership import Always, Lease
from bot.metrics import Metrics
from bot.notifier.webhook import PREFIX, Answered, Closed, Poster, Unanswered, headers_of, key_of
from bot.office.webhooks import give_up
from bot.pulse import Pulse
from bot.service import Service
from storage.transaction import Reading, Writing
from storage.webhooks import FAILING, GONE, Webhook, WebhookMessage

IN_AIR, OF_ONE = 8, 2
"""Requests at the same time, to all addresses and to one."""

PAUSES = tuple(
    timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 1800, 3600, 7200, 14400, 21600, 32400)
)  # fmt: skip
"""Between the tries of one message: about a day; after as many tries as there are pauses, and one, it is given up."""

JITTER = 0.2
"""A pause is longer or shorter by so much, so that what failed together does not come back together."""

REST = timedelta(minutes=5)
"""An address that does not answer is left alone for so long at most between two tries of whatever waits for it."""

DEATHS = 5
"""So many messages are given up, none arriving between them, until nothing more is sent to an address."""

NOT_NOW = frozenset({408, 425, 429, 502, 503, 504})
HERE_NO_MORE = 410

log = structlog.get_logger(__name__)


@dataclass
class _Rest:
    """An address that did not answer: how often one after the other, and until when it is left alone."""

    failures: int = 0
    until: datetime | None = None


@dataclass(frozen=True)
class _End:
    """What came of a try: ``error`` is empty where it arrived.

    Attributes:
        gone: the address says that it wants nothing more. wait: it wants to be left alone for so long.
        silent: nobody answered, or the server is not well: it is the address and not the message.
    """

    error: str = ""
    gone: bool = False
    silent: bool = False
    wait: timedelta = timedelta()


@dataclass
class _Air:
    tasks: dict[asyncio.Task[_End], WebhookMessage] = field(default_factory=dict)

    def to(self, webhook_id: str) -> int:
        return sum(item.webhook_id == webhook_id for item in self.tasks.values())


class WebhookSender:
    """Sends until stopped.

    Args:
        poster: makes the requests. chance: lengthens and shortens pauses.
        lease: of several processes one sends. metrics: tries are counted there by what came of them.
        pulse: is told that the queue was looked at, and of each request in the air.
    """

    def __init__(
        self, service: Service, poster: Poster, chance: Random, *, lease: Lease | None = None,
        metrics: Metrics | None = None, pulse: Pulse | None = None,
    ) -> None:  # fmt: skip
        self._service, self._poster, self._chance = service, poster, chance
        self._store, self._clock, self._seal = service.store, service.clock, service.seal
        self._lease, self._metrics, self._pulse = lease or Always(), metrics or Metrics(), pulse or Pulse()
        self._signal = asyncio.Event()
        self._signal.set()
        self._air, self._rests = _Air(), dict[str, _Rest]()
        self._working = self._stopped = False

    @property
    def busy(self) -> bool:
        """Whether there is something to do now, for a virtual clock that must wait."""
        return self._working or bool(self._air.tasks) or self._signal.is_set()

    def stop(self) -> None:
        """Let :meth:`run` return when the requests in the air have ended."""
        self._stopped = True
        self._signal.set()

    async def run(self) -> None:
        """Send until stopped.

        Raises:
            LostClaim: another process sends now.
        """
        try:
            with self._pulse.expected("webhooks"), self._store.signalling(self._signal, "webhooks"):
                while not self._stopped:
                    self._working = True
                    self._signal.clear()
                    try:
                        with self._clock.working(), self._pulse.turn("webhooks"):
                            following = await self._turn()
                    finally:
                        self._working = False
                    await self._clock.sleep_until(following, self._signal)
                if self._air.tasks:
                    await asyncio.wait(self._air.tasks)
                    await self._turn()
        finally:
            await self._abandon()

    async def _abandon(self) -> None:
        """Leave nothing running behind: what was in the air waits still, and is sent again."""
        tasks = list(self._air.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._air.tasks.clear()

    async def _turn(self) -> datetime | None:
        """Record the tries that have ended and begin those that are due; return when to look again."""
        now = self._clock.now()
        await self._record(now)
        resting = {id for id, rest in self._rests.items() if rest.until is not None and rest.until > now}
        async with self._store.reading() as rx:
            while not self._stopped and await self._begin(rx, now, resting):
                pass
            following = await rx.webhooks.next_at(resting | self._full(), self._flying())
        ends = [rest.until for rest in self._rests.values() if rest.until is not None and rest.until > now]
        times = [at for at in (following, *ends) if at is not None and at > now]
        return min(times, default=None)

    async def _begin(self, rx: Reading, now: datetime, resting: Collection[str]) -> bool:
        """Begin some of what is due, and return whether there may be more: of one address never more than it may have.

        What waits for an address that has all it may have is passed over, however much and however old it is.
        """
        room = IN_AIR - len(self._air.tasks)
        if room <= 0 or not self._lease.may_start():
            return False
        rows = await rx.webhooks.due(now, room, {*resting, *self._full()}, self._flying())
        for row in rows:
            webhook = await rx.webhooks.get(row.webhook_id)
            if webhook is not None and self._air.to(webhook.id) < self._most_of(webhook.id):
                task = asyncio.create_task(self._try(webhook, row))
                self._air.tasks[task] = row
                task.add_done_callback(lambda _: self._signal.set())
        return bool(rows)

    def _flying(self) -> list[int]:
        return [item.id for item in self._air.tasks.values()]

    def _full(self) -> set[str]:
        """Return the addresses that have as many requests in the air as they may."""
        there = {item.webhook_id for item in self._air.tasks.values()}
        return {id for id in there if self._air.to(id) >= self._most_of(id)}

    def _most_of(self, webhook_id: str) -> int:
        """Return how many requests to an address may be in the air: one where it did not answer the last."""
        return 1 if self._rests.get(webhook_id, _Rest()).failures else OF_ONE

    async def _try(self, webhook: Webhook, row: WebhookMessage) -> _End:
        with self._clock.working(), self._pulse.turn("webhooks"):
            body, now = row.body.encode(), self._clock.now()
            headers = headers_of(self._keys(webhook, now), row.message, now.timestamp(), body)
            try:
                return end_of(await self._poster.post(webhook.url, headers, body))
            except Unanswered as problem:
                return _End(error=str(problem) or "no answer", silent=True)
            except Closed as problem:
                return _End(error=f"refused: {problem}", silent=True)
            except Exception as problem:  # a bug met by one message must not keep all the others from being sent
                log.exception("webhook.broken", webhook=webhook.id, message=row.message)
                return _End(error=f"not sent: {type(problem).__name__}")

    def _keys(self, webhook: Webhook, now: datetime) -> list[bytes]:
        """Return the keys that sign now: beside a new one, for a time, the one before."""
        numbers = [webhook.key]
        if webhook.key_before and webhook.key_until is not None and now < webhook.key_until:
            numbers.append(webhook.key_before)
        return [key_of(PREFIX + self._seal.secret(number)) for number in numbers]

    async def _record(self, now: datetime) -> None:
        """Write down what came of the tries that have ended."""
        landed = {task: row for task, row in self._air.tasks.items() if task.done()}
        if not landed:
            return
        ends = {row: task.result() for task, row in landed.items()}
        async with self._store.writing("webhook.turn") as tx:
            await self._lease.fence(tx)
            for row, end in sorted(ends.items(), key=lambda item: item[0].id):
                await self._end(tx, row, end, now)
        for task, row in landed.items():
            del self._air.tasks[task]
            self._rest(row.webhook_id, ends[row], now)

    async def _end(self, tx: Writing, row: WebhookMessage, end: _End, now: datetime) -> None:
        webhook = await tx.webhooks.get(row.webhook_id)
        if webhook is None:
            return
        if not end.error:
            self._count("sent")
            await tx.webhooks.sent(row.id, now)
            await tx.webhooks.note(webhook.id, arrived_at=now, deaths=0)
            return
        log.warning(
            "webhook.failed", webhook=row.webhook_id, message=row.message, error=end.error, tries=row.attempts + 1
        )
        dead = end.gone or row.attempts >= len(PAUSES)
        if not dead:
            self._count("again")
            pause = max(PAUSES[row.attempts] * self._chance.uniform(1 - JITTER, 1 + JITTER), end.wait)
            await tx.webhooks.again(row.id, now + pause, end.error)
            return
        self._count("dead")
        await tx.webhooks.dead(row.id, now, end.error)
        await tx.webhooks.note(webhook.id, deaths=webhook.deaths + 1)
        if webhook.disabled_at is None and (end.gone or webhook.deaths + 1 >= DEATHS):
            await give_up(self._service, tx, webhook, GONE if end.gone else FAILING, now)

    def _rest(self, webhook_id: str, end: _End, now: datetime) -> None:
        """Leave an address alone for a time where it did not answer; one that does is as good as new."""
        if not end.silent:
            self._rests.pop(webhook_id, None)
            return
        rest = self._rests.setdefault(webhook_id, _Rest())
        rest.failures += 1
        pause = min(timedelta(seconds=5) * 2 ** min(rest.failures - 1, 10), REST)
        rest.until = now + max(pause, end.wait)

    def _count(self, outcome: str) -> None:
        self._metrics.webhooks.labels(outcome).inc()


def end_of(answer: Answered) -> _End:
    """Return what an answer means: only 2xx is 'it arrived'; a redirect is none."""
    if 200 <= answer.status < 300:
        return _End()
    silent = answer.status >= 500 or answer.status in NOT_NOW
    return _End(
        error=f"status {answer.status}", gone=answer.status == HERE_NO_MORE, silent=silent,
        wait=timedelta(seconds=answer.wait),
    )  # fmt: skip
