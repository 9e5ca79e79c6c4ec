"""An event loop whose time jumps to the next timer when nothing is left to do, for peers that sleep by it."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from bot.clock import VirtualClock

TURN = 1e-6
"""Seconds that a turn of the loop takes: one that waits for a moment a rounding error away must get there."""


class VirtualLoop(asyncio.SelectorEventLoop):
    """Nothing on it may wait for a thread or a socket."""

    _virtual = 0.0

    def time(self) -> float:
        """Return virtual seconds."""
        return self._virtual

    def _run_once(self) -> None:
        self._virtual += TURN
        if not self._ready and self._scheduled:  # type: ignore[attr-defined]  # of BaseEventLoop
            self._virtual = max(self._virtual, self._scheduled[0].when())  # type: ignore[attr-defined]
        super()._run_once()  # type: ignore[misc]


class LoopClock(VirtualClock):
    """The moment of a virtual loop, for the local Telegram."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        self._start = start

    def now(self) -> datetime:
        """Return the virtual moment in UTC."""
        return self._start + timedelta(seconds=asyncio.get_running_loop().time())
