"""The scheduler: one tick that asks the table for what is due. The table is the truth; nothing lives in memory."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import groupby

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.leadership import Always, Lease
from bot.metrics import Metrics
from bot.office.absence import Absence, last_alive, note_alive, said_late, tell_absence
from bot.office.rescue import alarm_of_case
from bot.pulse import Pulse
from bot.service import Service, placing
from bot.updates.catching_up import CatchingUp
from plans.core.kind import AHEAD, CALL
from plans.duty.state import KIND as DUTY
from storage.errors import LostClaim, StorageError
from storage.transaction import Reading
from storage.wakes import WakeRow

BATCH = 200
"""Cases woken in one transaction, of kinds whose clocks wait for nothing."""

ROWS = 20 * BATCH
"""Moments looked at for them: a case of which many units are silent has one for each."""

SAFETY_TICK = 15
"""Seconds after which the table is asked even if nobody said that it changed."""

HEARTBEAT = timedelta(seconds=30)
"""How often the database is told that the program lives; an absence is measured from the last time."""

SILENCE = timedelta(seconds=60)
"""The scheduler counts as stuck after so long without a turn; in real time every safety tick makes one."""

PATIENT = DUTY
"""The kind of case whose clocks wait behind all others: of 10,000 heads some read Monday's message a minute later."""

BOOKS_AT_ONCE = 50
"""Wakes of such cases in one transaction: whoever reports meanwhile waits for no more. So many are served with what
else is due; more come behind it page by page, and what one person is told of several pages is one message."""

EARLY = frozenset(
    {"obligation", "possible", "unit", "proposal", "aid", "release", "arrival", "idle", "warning",
     "entry", "instruction", "announcement", DUTY}
)  # fmt: skip
"""Kinds of wakes of which some may be served early, beside those of other cases."""

PAGE = 4 * BOOKS_AT_ONCE
"""Moments looked at for one transaction of books: one has a handful."""

LATE = timedelta(seconds=30)
"""A wake served later than this is logged as late."""

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60))
"""After so long an incident whose clocks could not be served is tried again; the last pause repeats."""

log = structlog.get_logger(__name__)


async def _due(rx: Reading, now: datetime, held: Sequence[str]) -> tuple[list[WakeRow], list[WakeRow], bool]:
    """Return what is woken next in one transaction, what may be said early beside it, and whether more books come."""
    rows = _of_some(await rx.wakes.due(now, ROWS, held, but=PATIENT), BATCH)
    near = _of_some(await rx.wakes.due(now + AHEAD, ROWS, held, but=PATIENT), BATCH) if _gathers(rows) else []
    books = await rx.wakes.due(now + AHEAD, PAGE, held, kind=PATIENT)
    due = [row for row in books if row.at <= now]
    page = _of_some(due, BOOKS_AT_ONCE)
    more = len(page) < len(due)
    if rows and not more and len(books) < PAGE and len({row.stream for row in books}) <= BOOKS_AT_ONCE:
        near += books
    if not rows or not more:
        rows += page
    return rows, near, more


def _gathers(rows: Iterable[WakeRow]) -> bool:
    """Return whether other things may be said early beside these: not beside calls alone, which others get."""
    return any(row.kind != CALL for row in rows)


def _of_some(rows: list[WakeRow], most: int) -> list[WakeRow]:
    """Return the wakes of the cases that are due first, so many of them at most."""
    streams = set(list(dict.fromkeys(row.stream for row in rows))[:most])
    return [row for row in rows if row.stream in streams]


class Failing:
    """The incidents whose clocks cannot be served now, and when each is tried again."""

    def __init__(self) -> None:
        self._until: dict[str, tuple[int, datetime]] = {}

    def failed(self, stream: str, now: datetime) -> datetime:
        """Note a failure and return when to try again."""
        tries = self._until.get(stream, (0, now))[0]
        again = now + PAUSES[min(tries, len(PAUSES) - 1)]
        self._until[stream] = (tries + 1, again)
        return again

    def served(self, stream: str) -> None:
        """Forget that it ever failed."""
        self._until.pop(stream, None)

    def held(self, now: datetime) -> tuple[str, ...]:
        """Return those that are not to be tried yet."""
        return tuple(sorted(stream for stream, (_, until) in self._until.items() if until > now))

    def next_at(self, now: datetime) -> datetime | None:
        """Return when the first of them is tried again."""
        return min((until for _, until in self._until.values() if until > now), default=None)


class Scheduler:
    """Serves due wakes, the oldest first, one command for each case, of whatever kind.

    Args:
        safety: whether real time passes, so that APScheduler's tick makes sense.
        catching_up: what is waited for before the first wake is served.
        lease: of several processes one minds the clocks.
        metrics: how late each wake is, is counted there.
        pulse: is told that the table was looked at.
    """

    def __init__(
        self,
        service: Service,
        clock: Clock,
        *,
        safety: bool = True,
        catching_up: CatchingUp | None = None,
        lease: Lease | None = None,
        metrics: Metrics | None = None,
        pulse: Pulse | None = None,
    ) -> None:
        self._service, self._clock, self._catching_up, self._metrics = service, clock, catching_up, metrics
        self._lease, self._pulse = lease or Always(), pulse or Pulse()
        self._signal = asyncio.Event()
        self._signal.set()
        self._working = False
        self._stopped = False
        self._beaten: datetime | None = None
        self._absence: Absence | None = None
        self._safety = safety
        self._ticker: AsyncIOScheduler | None = None
        self._failing = Failing()

    @property
    def busy(self) -> bool:
        """Whether there is something to do now, for a virtual clock that must wait."""
        return self._working or self._signal.is_set()

    def stop(self) -> None:
        """Let :meth:`run` return."""
        self._stopped = True
        self._signal.set()
        if self._catching_up is not None:
            self._catching_up.look()

    async def run(self) -> None:
        """Serve wakes until stopped; what an absence delayed is served first and counted.

        Raises:
            LostClaim: another process minds the clocks now.
        """
        expected = self._pulse.expected("scheduler", SILENCE if self._safety else None)
        with expected, self._ticking(), self._service.store.signalling(self._signal, "wakes"):
            while not self._stopped:
                self._working = True
                try:
                    with self._clock.working(), self._pulse.turn("scheduler"):
                        next_at = await self._turn()
                finally:
                    self._working = False
                await self._clock.sleep_until(next_at, self._signal)
        await note_alive(self._service.store, self._clock.now(), self._lease.fence)

    @contextmanager
    def _ticking(self) -> Iterator[None]:
        """Look at the table every few seconds of real time, whoever forgets to say that it changed."""
        if not self._safety:
            yield
            return
        self._ticker = AsyncIOScheduler(timezone="UTC")
        self._ticker.add_job(self._signal.set, "interval", seconds=SAFETY_TICK)
        self._ticker.start()
        try:
            yield
        finally:
            self._ticker.shutdown(wait=False)

    async def _turn(self) -> datetime | None:
        """Serve all that is due and return the next moment."""
        now = self._clock.now()
        if self._beaten is None:
            self._absence = Absence.between(await last_alive(self._service.store), now)
            if self._catching_up is not None:
                await self._catching_up.over(lambda: self._stopped)
        served, next_at = await self._serve()
        if self._absence is not None:
            await tell_absence(self._service, self._absence, served, self._lease.fence)
            self._absence = None
        if self._beaten is None or now - self._beaten >= HEARTBEAT:
            await note_alive(self._service.store, now, self._lease.fence)
            self._beaten = now
        return next_at

    async def _serve(self) -> tuple[int, datetime | None]:
        """Serve all that is due; return how many reminders and calls it came to, and the next moment."""
        count = 0
        while not self._stopped:
            if not self._lease.may_start():
                raise LostClaim("clocks", "this process")
            now = self._clock.now()
            self._signal.clear()  # what was committed until here, by itself too, is in the answer
            streams_held = self._failing.held(now)
            async with self._service.store.reading() as rx:
                next_at = await rx.wakes.next_at(streams_held)
                if next_at is None or next_at > now:
                    return count, min((at for at in (next_at, self._failing.next_at(now)) if at), default=None)
                rows, near, more = await _due(rx, now, streams_held)
            groups = {
                stream: list(group)
                for stream, group in groupby(sorted(rows, key=lambda row: row.stream), key=lambda row: row.stream)
            }
            beside = {row.stream for row in near if row.kind in EARLY} - groups.keys()
            if len(groups) + len(beside) > 1:
                count += await self._several(groups, beside, now, more=more)
            else:
                for stream, waiting in groups.items():
                    count += await self._one(stream, waiting, now)
        return count, None

    async def _several(
        self, groups: dict[str, list[WakeRow]], beside: Collection[str], now: datetime, *, more: bool = False
    ) -> int:
        """Serve several cases' wakes in one transaction, so that each person is told of all of them at once."""
        count = 0
        late: dict[str, str] = {}
        due: dict[str, str] = {}
        ahead = _gathers(row for rows in groups.values() for row in rows)
        async with self._service.store.reading() as rx:
            heads = await rx.journal.heads_of([stream for stream in groups if not stream.startswith(placing.STREAM)])
        for stream, rows in groups.items():
            head = heads.get(stream)
            if head is None:
                count += await self._one(stream, rows, now)
                continue
            cause, is_late = self._cause(stream, head.sequence, rows, now)
            (late if is_late else due)[stream] = cause
        for wanted, was_late in ((late, True), (due, False)):
            if not wanted:
                continue
            near = () if was_late else sorted(beside)
            results, failed = await self._service.wake_together(
                wanted, near, late=was_late, more=more, ahead=ahead, fence=self._lease.fence
            )
            count += sum(said_late(result) for result in results)
            for stream, problem in failed.items():
                await self._unserved(stream, problem, now)
            for stream in wanted.keys() - failed.keys():
                self._failing.served(stream)
        return count

    async def _unserved(self, stream: str, problem: Exception, now: datetime) -> None:
        """People must look to the clocks of a case that cannot be served; it is tried again later."""
        again = self._failing.failed(stream, now)
        log.error("wake.failed", stream=stream, again=again.isoformat(), exc_info=problem)
        await alarm_of_case(self._service, stream, problem)

    async def _one(self, stream: str, rows: Sequence[WakeRow], now: datetime) -> int:
        """Serve a case's wakes; one that cannot be served keeps no other from its clock."""
        try:
            count = await self._wake(stream, rows, now)
        except StorageError:
            raise
        except Exception as error:  # a plan that cannot be read, or a bug: people must look to these clocks
            await self._unserved(stream, error, now)
            return 0
        self._failing.served(stream)
        return count

    async def _wake(self, stream: str, rows: Sequence[WakeRow], now: datetime) -> int:
        if stream.startswith(placing.STREAM):
            await placing.unanswered(self._service, stream, self._lease.fence)
            return 0
        async with self._service.store.reading() as rx:
            head = await rx.journal.head(stream)
        if head is None:
            log.error("wake.of_nothing", stream=stream, keys=[row.key for row in rows])
            async with self._service.store.writing("wake.of-nothing") as tx:
                await tx.wakes.replace(stream, [])
            return 0
        cause, late = self._cause(stream, head.sequence, rows, now)
        result = await self._service.wake(stream, cause=cause, late=late, ahead=_gathers(rows), fence=self._lease.fence)
        return said_late(result)

    def _cause(self, stream: str, sequence: int, rows: Sequence[WakeRow], now: datetime) -> tuple[str, bool]:
        """Return the cause of a case's wake, and whether it comes after an absence.

        The cause names the moments that are served and what was known then: a wake that is served twice changes
        nothing, and one that comes back at the same moment, after a drill jumped, is not taken for the first.
        """
        points = sorted((row.at.isoformat(), row.key) for row in rows)
        first = min(row.at for row in rows)
        if self._metrics is not None:
            self._metrics.lateness.observe((now - first).total_seconds())
        if now - first > LATE:
            log.info("wake.late", stream=stream, seconds=int((now - first).total_seconds()))
        name = hashlib.sha256(repr((sequence, points)).encode()).hexdigest()[:32]
        late = self._absence is not None and first <= self._absence.until - LATE
        return f"wake:{stream}:{name}", late
