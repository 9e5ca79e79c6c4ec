"""Endless loops, kept going until the end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import structlog

from bot.leadership import Elected, Loop
from storage import Unavailable

PATIENCE = 10
"""Seconds that a loop has for ending what it began."""

log = structlog.get_logger(__name__)


@asynccontextmanager
async def kept_going(loops: Sequence[Loop]) -> AsyncIterator[None]:
    """Run loops for the length of a block; at its end nothing new begins, and what was begun is ended."""
    ending = asyncio.Event()
    tasks = [asyncio.create_task(_kept(loop, ending), name=_name(loop)) for loop in loops]
    try:
        yield
    finally:
        ending.set()
        for loop in reversed(loops):
            loop.stop()
        _, late = await asyncio.wait(tasks, timeout=PATIENCE)
        for task in late:
            log.warning("loop.cut_off", loop=task.get_name())
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _kept(loop: Loop, ending: asyncio.Event) -> None:
    """Run a loop until the end: whatever breaks it (a full disk, a bug) is logged, and it begins anew.

    All that a loop works on stands in the database, so that nothing is lost by this.
    """
    pause = 1.0
    while not ending.is_set():
        try:
            await loop.run()
            return
        except Unavailable as problem:
            log.error("loop.interrupted", loop=_name(loop), error=repr(problem), wait=pause)
        except Exception:  # a bug in one loop must not end the others
            log.exception("loop.failed", loop=_name(loop), wait=pause)
        with suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await ending.wait()
        pause = min(pause * 2, 30.0)


def _name(loop: Loop) -> str:
    return loop.name if isinstance(loop, Elected) else type(loop).__name__
