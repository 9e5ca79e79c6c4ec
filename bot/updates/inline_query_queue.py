"""Inline queries wait in memory: they are answered from there and never stored.

Of each person only the newest waits: whoever types on does not want the answer to what he typed before. One that is
lost with the process is asked again by the next letter.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from bot.clock import Clock

AT_ONCE = 20
"""Queries, each of another person, that are answered at the same time."""

MOST = 500
"""Persons whose queries wait; further ones go unanswered."""

log = structlog.get_logger(__name__)


class InlineQueryQueue:
    """Hands queries to the handlers.

    Args:
        handle: answers one update.
    """

    def __init__(self, clock: Clock, handle: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        self._clock, self._handle = clock, handle
        self._waiting: dict[int, dict[str, Any]] = {}
        self._signal = asyncio.Event()
        self._stopped = self._working = False

    @property
    def busy(self) -> bool:
        """Whether there is something to do now, for a virtual clock that must wait."""
        return bool(self._waiting) or self._working

    def take(self, raw: dict[str, Any]) -> None:
        """Take an update that is an inline query; what is not built as one is dropped."""
        sender = raw.get("inline_query", {}).get("from", {}).get("id")
        if isinstance(sender, int) and (sender in self._waiting or len(self._waiting) < MOST):
            self._waiting[sender] = raw
            self._signal.set()

    def stop(self) -> None:
        """Let :meth:`run` return when the queries at hand are answered."""
        self._stopped = True
        self._signal.set()

    async def run(self) -> None:
        """Answer until stopped."""
        while not self._stopped:
            await self._signal.wait()
            self._signal.clear()
            while self._waiting:
                with self._clock.working():
                    self._working = True
                    try:
                        batch = [self._waiting.pop(sender) for sender in list(self._waiting)[:AT_ONCE]]
                        await asyncio.gather(*(self._one(raw) for raw in batch))
                    finally:
                        self._working = False

    async def _one(self, raw: dict[str, Any]) -> None:
        try:
            await self._handle(raw)
        except Exception as error:  # nothing is lost but an answer that nobody waits for any more
            # The error's text may hold what was typed.
            log.warning("inline.failed", update=raw.get("update_id"), error=type(error).__name__)
