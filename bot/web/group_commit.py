"""Group commit: requests that come while a transaction is being committed share the next one.

A commit waits for the disk; were each update a transaction of its own, the disk alone would set the rate. Nothing waits
for company: the first request is committed at once, and whoever arrives meanwhile goes together.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from storage.errors import Unavailable

MOST_AT_ONCE = 500
MOST_WAITING = 5000

Keep = Callable[[list[Any]], Awaitable[object]]


class GroupCommit:
    """Collects single updates into batches.

    Args:
        keep: commits a batch; what it raises is raised for everyone in the batch.
    """

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._waiting: list[tuple[Any, asyncio.Future[None]]] = []
        self._worker: asyncio.Task[None] | None = None

    async def put(self, update: Any) -> None:
        """Return once the update is committed.

        Raises:
            Unavailable: the database cannot now, or more wait than can be answered in time; it was not kept.
        """
        if len(self._waiting) >= MOST_WAITING:
            raise Unavailable("locked")
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((update, done))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._commit_all(), name="intake")
        await done

    async def close(self) -> None:
        """Wait for the commit in progress; what is not in it was not kept."""
        self._refuse(self._waiting)
        self._waiting = []
        if self._worker is not None:
            await asyncio.wait({self._worker})

    @staticmethod
    def _refuse(waiting: Iterable[tuple[Any, asyncio.Future[None]]]) -> None:
        for _, done in waiting:
            if not done.done():
                done.set_exception(Unavailable("connection"))

    async def _commit_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            problem: BaseException | None = None
            try:
                await self._keep([update for update, _ in batch])
            except Exception as error:  # handed to whoever waits for it
                problem = error
            except asyncio.CancelledError:
                self._refuse([*batch, *self._waiting])
                raise
            for _, done in batch:
                if done.done():
                    continue  # whoever asked has hung up
                if problem is None:
                    done.set_result(None)
                else:
                    done.set_exception(problem)
