"""Endless loops, and those that run only while their process leads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from bot.leadership.lease import Leadership, Lease
from storage.errors import LostClaim


class Loop(Protocol):
    """What is done under a lease: ``run`` works until ``stop`` is called."""

    async def run(self) -> None:
        """Work until stopped."""
        ...

    def stop(self) -> None:
        """Let :meth:`run` return."""
        ...


class Elected:
    """A loop that runs only while this process leads; itself a loop.

    Args:
        make: makes the loop for a lease: a new one each time, so that it knows nothing of the time before.
    """

    def __init__(self, leadership: Leadership, name: str, make: Callable[[Lease], Loop]) -> None:
        self._leadership, self._name, self._make = leadership, name, make
        self._stopped = asyncio.Event()
        self._waiting = False
        self.loop: Loop | None = None

    @property
    def name(self) -> str:
        """What is done, for the log: the lease's name without the bot's number."""
        return self._name.partition(":")[0]

    @property
    def leads(self) -> bool:
        """Whether this process does the work now."""
        return self.loop is not None

    @property
    def busy(self) -> bool:
        """Whether the loop has something to do now; while another process leads there is nothing."""
        return bool(getattr(self.loop, "busy", False))

    def stop(self) -> None:
        """Let :meth:`run` return, whether it waits or works."""
        self._stopped.set()
        if self.loop is not None:
            self.loop.stop()

    async def run(self) -> None:
        """Wait for the lease and work under it, until stopped; a lost lease is waited for again."""
        while not self._stopped.is_set():
            work = asyncio.create_task(self._lead(), name=f"leading {self._name}")
            stopping = asyncio.create_task(self._stopped.wait())
            try:
                await asyncio.wait({work, stopping}, return_when=asyncio.FIRST_COMPLETED)
                if self._waiting:
                    work.cancel()  # for a lease that nobody needs any more
                await asyncio.wait({work})
            finally:
                for task in (work, stopping):
                    task.cancel()
                await asyncio.wait({work, stopping})
            problem = None if work.cancelled() else work.exception()
            if problem is not None and not isinstance(problem, LostClaim):
                raise problem

    async def _lead(self) -> None:
        self._waiting = True
        async with self._leadership.held(self._name) as lease:
            self._waiting = False
            self.loop = self._make(lease)
            try:
                if not self._stopped.is_set():
                    await self.loop.run()
            finally:
                self.loop = None
