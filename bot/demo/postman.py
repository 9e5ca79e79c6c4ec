"""Moves a clock that stands still by a few seconds, so that messages which wait for the sender's limits are sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

from bot.clock import VirtualClock
from bot.demo.power import Power

SOON = timedelta(seconds=75)
"""What waits no longer than this waits for Telegram's limits or a second try; what waits longer has a reason."""

STEP = timedelta(seconds=1)
BEAT = 0.1
"""Real seconds between two looks at the queue."""


class Postman:
    """Moves the clock for the queue's sake.

    Args:
        clock: the town's.
        power: the program, whose database holds the queue.
    """

    def __init__(self, clock: VirtualClock, power: Power) -> None:
        self._clock, self._power = clock, power

    async def step(self) -> bool:
        """Wait until the program rests, and let a second pass if something still waits; return whether it did."""
        await self._clock.settle()
        async with self._power.looking() as program:
            if program is None:
                return False
            async with program.service.store.reading() as rx:
                following = await rx.outbox.next_at()
                unread = await rx.inbox.pending(1)
        if not unread and (following is None or following > self._clock.now() + SOON):
            return False
        await self._clock.advance(STEP)
        return True

    async def run(self, standing: Callable[[], bool]) -> None:
        """Serve the queue for ever, while ``standing()``: a clock that runs needs no help."""
        while True:
            await asyncio.sleep(BEAT)
            while standing() and await self.step():
                pass
