"""Group commit: requests that come while a transaction is being committed share the next one.

A commit waits for the disk; were each update a transaction of its own, the disk alone would set the rate. Whatever the
sockets hold already is read first, then all of it is committed, and whoever comes meanwhile goes together. Several who
have just been answered together ask again at once: they are waited for, for a part of what that commit took, or else
they would go in two halves for ever, each waiting for the other's commit. Who asks alone waits for nobody. What one
of them makes fail is its own failure and nobody else's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from storage.errors import StorageError, Unavailable

MOST_AT_ONCE = 500
MOST_WAITING = 5000

TURNS = 3
"""Turns of the event loop that it takes from bytes in a socket until what they ask for waits here."""

COMPANY = 0.25
"""Of the time that a commit took: so long a pause in which none of those comes who were answered by it ends the wait
for them; all of it together is no longer than the commit was."""

LONGEST = 0.02
"""Seconds of such a pause at most, however slow the disk was."""

Keep = Callable[[list[Any]], Awaitable[object]]


class GroupCommit:
    """Collects single updates into batches.

    Args:
        keep: commits a batch or none of it. Where the database cannot now, that is raised for everyone in the batch;
            after any other exception each of them is kept by itself, and it is raised for those that fail alone.
    """

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._waiting: list[tuple[Any, asyncio.Future[None]]] = []
        self._worker: asyncio.Task[None] | None = None
        self._came = asyncio.Event()
        self._answered = self._wanted = 0
        self._took = self._ended = 0.0

    async def put(self, update: Any) -> None:
        """Return once the update is committed.

        Raises:
            Unavailable: the database cannot now, or more wait than can be answered in time; it was not kept.
        """
        if len(self._waiting) >= MOST_WAITING:
            raise Unavailable("locked")
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((update, done))
        self._came.set()
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._commit_all(), name="intake")
        await done

    async def close(self) -> None:
        """Wait for the commit in progress; what is not in it was not kept."""
        self._refuse(self._waiting)
        self._waiting, self._took = [], 0.0
        self._came.set()
        if self._worker is not None:
            await asyncio.wait({self._worker})

    @staticmethod
    def _refuse(waiting: Iterable[tuple[Any, asyncio.Future[None]]]) -> None:
        for _, done in waiting:
            if not done.done():
                done.set_exception(Unavailable("connection"))

    async def _commit_all(self) -> None:
        while self._waiting:
            batch: list[tuple[Any, asyncio.Future[None]]] = []
            try:
                await self._gather()
                await self._company()
                batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
                began = asyncio.get_running_loop().time()
                await self._commit(batch)
                self._ended = asyncio.get_running_loop().time()
                self._answered, self._took = len(batch), self._ended - began
                self._wanted = min(len(batch) + len(self._waiting), MOST_AT_ONCE)
            except asyncio.CancelledError:
                self._refuse([*batch, *self._waiting])
                raise

    async def _gather(self) -> None:
        """Let those in who have arrived: each turn of the loop brings some, until one brings nobody."""
        seen = 0
        while seen < len(self._waiting) < MOST_AT_ONCE:
            seen = len(self._waiting)
            for _ in range(TURNS):
                await asyncio.sleep(0)

    async def _company(self) -> None:
        """Let those in who were answered by the last commit, if there were several and it was just now."""
        loop, (answered, self._answered) = asyncio.get_running_loop(), (self._answered, 0)
        while answered > 1 and len(self._waiting) < self._wanted and loop.time() < self._ended + self._took:
            self._came.clear()
            try:
                async with asyncio.timeout(min(COMPANY * self._took, LONGEST)):
                    await self._came.wait()
            except TimeoutError:
                return
            await self._gather()

    async def _commit(self, batch: list[tuple[Any, asyncio.Future[None]]]) -> None:
        if not batch:
            return  # all of them were told meanwhile that the program ends
        problem: Exception | None = None
        try:
            await self._keep([update for update, _ in batch])
        except Exception as error:  # handed to whoever waits for it
            problem = error
        if len(batch) > 1 and problem is not None and not isinstance(problem, StorageError):
            for one in batch:
                await self._commit([one])
            return
        for _, done in batch:
            if done.done():
                continue  # whoever asked has hung up, or has been told
            if problem is None:
                done.set_result(None)
            else:
                done.set_exception(problem)
