"""Leases among processes that share a database."""

from __future__ import annotations

import asyncio
import os
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import structlog

from bot.leadership.lease import Lease
from storage import leases as rows
from storage.errors import LostClaim, Unavailable
from storage.store import Store
from storage.transaction import Writing

TTL = timedelta(seconds=15)
"""After this a process that does not answer is replaced; three renewals fit in."""

MARGIN = timedelta(seconds=2)
"""We stop so much before the lease ends for others: clocks run apart, and time passes between check and call."""

log = structlog.get_logger(__name__)


def boottime() -> float:
    """Return seconds that also pass while the machine is suspended, where the system can tell; else monotonic ones."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


def process_name() -> str:
    """Return a name for this process that no other one has, also not after a restart under the same number."""
    return f"{os.uname().nodename}:{os.getpid()}:{secrets.token_hex(4)}"


class Term:
    """A lease that was granted; see :class:`Lease`.

    Attributes:
        row: what the database granted.
        deadline: on the monotonic clock, when it ends for us at the latest.
    """

    def __init__(self, row: rows.Lease, deadline: float, margin: timedelta, monotonic: Callable[[], float]) -> None:
        self.row, self.deadline = row, deadline
        self._margin, self._monotonic = margin.total_seconds(), monotonic

    @property
    def epoch(self) -> int:
        """The grant's number."""
        return self.row.epoch

    def left(self) -> float:
        """Return for how many seconds something may still be begun; not positive when nothing may."""
        return self.deadline - self._margin - self._monotonic()

    def may_start(self) -> bool:
        """Return whether something may still be begun."""
        return self.left() > 0

    async def fence(self, tx: Writing) -> None:
        """Let this transaction commit only while the lease is held; raise LostClaim."""
        if not self.may_start():
            raise LostClaim(self.row.name, self.row.holder)
        await tx.leases.fence(self.row)


class Shared:
    """Leadership among processes that share a database.

    Args:
        store: better not the one that everybody works on: a renewal must not wait for a free connection.
        holder: this process, see ``process_name``.
        ttl: of a grant.
        every: between two renewals, and between two tries to get a lease; a third of ``ttl`` when left out.
        monotonic: see ``boottime``.
    """

    def __init__(
        self,
        store: Store,
        holder: str,
        *,
        ttl: timedelta = TTL,
        margin: timedelta = MARGIN,
        every: timedelta | None = None,
        monotonic: Callable[[], float] = boottime,
    ) -> None:
        self._store, self._holder, self._ttl, self._margin = store, holder, ttl, margin
        self._every = (every or ttl / 3).total_seconds()
        self._monotonic = monotonic
        self._given_back = asyncio.Event()
        store.on_commit(self.told)

    def told(self, queues: frozenset[str]) -> None:
        """Try at once when a lease was given back: a listener for ``Store.on_commit``, of any store that hears."""
        if "leases" in queues:
            self._given_back.set()

    @asynccontextmanager
    async def held(self, name: str) -> AsyncIterator[Lease]:
        """Wait for a lease, keep it for the length of the block, give it back at its end."""
        term = await self._wait_for(name)
        log.info("lease.taken", lease=name, epoch=term.row.epoch)
        body = asyncio.current_task()
        lost = False

        def lose() -> None:
            nonlocal lost
            if body is not None and not body.done():
                lost = True
                body.cancel()

        keeper = asyncio.create_task(self._keep(term, lose), name=f"lease {name}")
        try:
            yield term
            if lost:  # the block kept its cancellation to itself
                raise LostClaim(name, self._holder)
        except asyncio.CancelledError:
            # As asyncio.timeout does: only our own cancellation becomes another error.
            if lost and body is not None and body.uncancel() <= 0:
                raise LostClaim(name, self._holder) from None
            raise
        finally:
            keeper.cancel()
            await asyncio.wait({keeper})
            log.info("lease.ended", lease=name, epoch=term.row.epoch, lost=lost)
            if not lost:
                await self._give_back(term)

    async def acquire(self, name: str) -> Term | None:
        """Try to get a lease; None when somebody else has it."""
        begun_at = self._monotonic()
        async with self._store.writing("lease.taken") as tx:
            row = await tx.leases.acquire(name, self._holder, self._ttl)
        return None if row is None else Term(row, begun_at + self._ttl.total_seconds(), self._margin, self._monotonic)

    async def renew(self, term: Term) -> bool:
        """Prolong a lease; False when it is lost.

        Raises:
            Unavailable: nobody knows; try again while there is time.
        """
        begun_at = self._monotonic()
        async with self._store.writing("lease.renewed") as tx:
            row = await tx.leases.renew(term.row, self._ttl)
            ended = await tx.leases.end_silent() if row is not None else 0
        if ended:
            log.warning("session.ended", count=ended, reason="silent in the middle of a command")
        if row is None:
            return False
        term.deadline = begun_at + self._ttl.total_seconds()
        return True

    async def _wait_for(self, name: str) -> Term:
        told = False
        while True:
            self._given_back.clear()
            try:
                term = await self.acquire(name)
            except Unavailable as problem:
                log.warning("lease.unknown", lease=name, reason=problem.reason)
                term = None
            if term is not None:
                return term
            if not told:
                log.info("lease.waiting", lease=name)
                told = True
            with suppress(TimeoutError):
                async with asyncio.timeout(self._every):
                    await self._given_back.wait()

    async def _keep(self, term: Term, lose: Callable[[], None]) -> None:
        """Renew until cancelled; call ``lose`` once when the lease is gone or nobody could say in time."""
        while (seconds := term.left()) > 0:
            await asyncio.sleep(min(self._every, seconds))
            if (seconds := term.left()) <= 0:
                break
            try:
                async with asyncio.timeout(seconds):
                    if not await self.renew(term):
                        break
            except (Unavailable, TimeoutError) as problem:
                log.warning("lease.not_renewed", lease=term.row.name, error=type(problem).__name__)
                await asyncio.sleep(min(self._every, 0.2))
        log.error("lease.lost", lease=term.row.name, epoch=term.row.epoch)
        lose()

    async def _give_back(self, term: Term) -> None:
        with suppress(Unavailable):  # then it ends by itself
            async with self._store.writing("lease.given-back") as tx:
                await tx.leases.release(term.row)
