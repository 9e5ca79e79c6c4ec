"""Starts the demo's bot over a database, stops it cleanly, or kills it in the middle of its work."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import cache
from pathlib import Path
from types import CodeType

import bot
import handlers
from bot.clock import Clock
from bot.main import Running, running
from bot.settings import Settings
from plans.load import load_all
from plans.model import Plan
from storage import open_store

_OURS = tuple(f"{Path(module.__file__ or '').parent}/" for module in (bot, handlers))
_TOWN = tuple(f"{_OURS[0]}{name}" for name in ("demo/", "playground/", "cli/", "clock.py"))


class Power:
    """One run of the program after another, on one clock.

    Args:
        clock: the town's.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._stack = AsyncExitStack()
        self._program: Running | None = None
        self._lookers = 0
        self._alone = asyncio.Event()
        self._alone.set()

    @property
    def alive(self) -> bool:
        """Whether the program runs."""
        return self._program is not None

    @property
    def busy(self) -> bool:
        """Whether the program has something to do now; a dead one never has."""
        return self._program is not None and self._program.busy

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[Running | None]:
        """Yield the program, if it runs, and keep its database open as long as one looks."""
        self._lookers += 1
        self._alone.clear()
        try:
            yield self._program
        finally:
            self._lookers -= 1
            if not self._lookers:
                self._alone.set()

    async def on(self, settings: Settings) -> None:
        """Start the program on the settings' database, which must have been migrated."""
        if self._program is not None:
            raise RuntimeError("the program runs already")
        self._stack = AsyncExitStack()
        store = await self._stack.enter_async_context(await open_store(settings.database_url))
        program = running(settings, clock=self._clock, store=store, plans=_plans())
        self._program = await self._stack.enter_async_context(program)

    async def off(self) -> None:
        """Stop the program as SIGTERM does: what is in the air ends, nothing new begins."""
        self._program = None
        await self._alone.wait()
        await self._stack.aclose()

    async def cut(self) -> None:
        """End the program where it stands, as kill -9 does: no call in the air and no transaction comes to its end."""
        self._program = None
        await self._alone.wait()
        cut = [task for task in asyncio.all_tasks() if task is not asyncio.current_task() and _of_program(task)]
        for task in cut:
            task.cancel()
        await asyncio.gather(*cut, return_exceptions=True)
        await self._stack.aclose()


@cache
def _plans() -> dict[str, Plan]:
    """Return the installed plans; reading them takes longer than everything else at a start."""
    return dict(load_all())


def _of_program(task: asyncio.Task[object]) -> bool:
    """Return whether a task runs the program's code, rather than the town's or the page's."""
    code = getattr(task.get_coro(), "cr_code", None)
    place = code.co_filename if isinstance(code, CodeType) else ""
    return place.startswith(_OURS) and not place.startswith(_TOWN)
