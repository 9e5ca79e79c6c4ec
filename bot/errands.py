"""Work on a thread that people can start: looking something up in a long text, making a document.

It runs in an executor of its own, so that names are looked up and files are written for the program whatever people
ask for. A thread cannot be ended: an errand that takes too long keeps its place, and its person gets no other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")

THREADS = 2
MOST = 20
"""Errands that wait or run, of all people."""

EACH = 1
SECONDS = 10.0
"""So long an answer is waited for."""


class TooBusy(Exception):
    """It is not begun, or took too long: say what there is to say without it."""


class Errands:
    """Runs them.

    Args:
        seconds: how long each is waited for.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="errand")
        self._of: dict[str, int] = {}

    async def run(self, whose: str, function: Callable[..., T], *arguments: Any) -> T:
        """Return what a function returns for somebody.

        Raises:
            TooBusy: one of his runs already, too many wait, or it took too long.
        """
        if self._of.get(whose, 0) >= EACH or sum(self._of.values()) >= MOST:
            raise TooBusy
        self._of[whose] = self._of.get(whose, 0) + 1
        loop = asyncio.get_running_loop()
        running = self._threads.submit(partial(function, *arguments))
        running.add_done_callback(lambda _: _soon(loop, partial(self._ended, whose)))
        try:
            async with asyncio.timeout(self._seconds):
                return await asyncio.wrap_future(running)
        except TimeoutError:
            raise TooBusy from None

    def close(self) -> None:
        """Begin nothing more, and wait for nothing."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _ended(self, whose: str) -> None:
        count = self._of.pop(whose) - 1
        if count:
            self._of[whose] = count


def _soon(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(call)
