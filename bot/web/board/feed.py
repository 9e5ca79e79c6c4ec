"""Looks at the database after commits, twice a second at most, for those jurisdictions that somebody looks at."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field

import structlog

from bot.service import Service
from bot.web.board.display import Display
from storage.errors import Unavailable

PAUSE = 0.5
"""Seconds between two looks: what is committed meanwhile is shown by the next one."""

BEAT = 5.0
"""Seconds between two words that the connection lives; a page that has heard none for four of them says so."""

BROKEN = "silent"
"""Why nothing is to be trusted while a look fails, of ``STUCK_WHY``."""

SELDOM = 15.0
"""So often it is looked at what no commit tells of: a shift of the roster begins, a message has waited for long."""

log = structlog.get_logger(__name__)


@dataclass(eq=False, slots=True)
class Watcher:
    """A stream that is to be woken when one of its jurisdictions has changed."""

    jurisdictions: tuple[str, ...]
    changed: asyncio.Event = field(default_factory=asyncio.Event)


class Feed:
    """The displays that are looked at.

    Args:
        stuck: says why the program's picture cannot be trusted now, a key of ``STUCK_WHY``; empty when it can.

    Attributes:
        stuck: what it said last.
        ended: set when the program stops: streams end then.
    """

    def __init__(self, service: Service, stuck: Callable[[], Awaitable[str]]) -> None:
        self._service, self._ask = service, stuck
        self._displays: dict[str, Display] = {}
        self._watchers: set[Watcher] = set()
        self._kept: set[str] = set()
        self._looking: dict[str, asyncio.Lock] = {}
        self._wanted = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._beat_at = self._seldom_at = 0.0
        self.stuck = ""
        self.ended = asyncio.Event()

    async def watching(self, jurisdictions: Iterable[str]) -> tuple[Watcher, list[Display]]:
        """Let a stream be woken by some jurisdictions, and return what they show now; :meth:`leave` afterwards.

        Raises:
            Unavailable: the database cannot now.
        """
        watcher = Watcher(tuple(jurisdictions))
        self._watchers.add(watcher)
        try:
            return watcher, [await self.display(name) for name in watcher.jurisdictions]
        except BaseException:
            self.leave(watcher)
            raise

    def leave(self, watcher: Watcher) -> None:
        """Wake a stream no more."""
        self._watchers.discard(watcher)

    async def display(self, jurisdiction: str) -> Display:
        """Return what a jurisdiction's screens show now; while somebody watches it, it is kept up to date by itself.

        Raises:
            Unavailable: the database cannot now.
        """
        async with self._looking.setdefault(jurisdiction, asyncio.Lock()):
            known = self._displays.get(jurisdiction)
            if known is None or jurisdiction not in self._kept:
                display = known or Display(self._service, jurisdiction)
                async with self._service.store.reading() as rx:
                    await display.look(rx, self._service.clock.now(), seldom=True)
                self._displays[jurisdiction] = display
                self._kept |= {jurisdiction} & self._seen()
        if (self._task is None or self._task.done()) and not self.ended.is_set():
            self._task = asyncio.create_task(self._run(), name="board")
        self._wanted.set()
        return self._displays[jurisdiction]

    def _seen(self) -> set[str]:
        return {name for watcher in self._watchers for name in watcher.jurisdictions}

    async def close(self) -> None:
        """End all streams, and look no more."""
        self.ended.set()
        self._wanted.set()
        self._wake(self._watchers)
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        """Look whenever something was committed, and every few seconds; a bug ends a look and not the feed."""
        signal, pause = asyncio.Event(), PAUSE
        self._beat_at = self._seldom_at = asyncio.get_running_loop().time()
        with self._service.store.signalling(signal, "incidents", "journal", "outbox"):
            while not self.ended.is_set():
                try:
                    await self._turn(signal)
                    pause = PAUSE
                except Exception:
                    log.exception("board.turn_failed")
                    self.stuck = BROKEN  # the pages say so, rather than hear nothing
                    self._wake(self._watchers)
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, BEAT)

    async def _turn(self, signal: asyncio.Event) -> None:
        loop = asyncio.get_running_loop()
        if not self._watchers:
            self._wanted.clear()
            await self._wanted.wait()
        # Not wait_for: on Python 3.11 it may lose the cancellation that ends this.
        with suppress(TimeoutError):
            async with asyncio.timeout(max(0.01, self._beat_at - loop.time())):
                await signal.wait()
        committed = signal.is_set()
        signal.clear()
        if loop.time() >= self._beat_at:
            self.stuck = await self._ask()
            self._beat_at = loop.time() + BEAT
            self._wake(self._watchers)  # from here: when this loop stands, nobody is told that all is well
        rarely = loop.time() >= self._seldom_at
        if committed or rarely:
            await self._look(seldom=rarely)
            if rarely:
                self._seldom_at = loop.time() + SELDOM
            await asyncio.sleep(PAUSE)

    @staticmethod
    def _wake(watchers: Iterable[Watcher]) -> None:
        for watcher in watchers:
            watcher.changed.set()

    async def _look(self, *, seldom: bool) -> None:
        self._kept &= self._seen()  # what nobody watches is looked at when somebody asks for it again
        for name in list(self._kept):
            async with self._looking[name]:
                display = self._displays[name]
                try:
                    async with self._service.store.reading() as rx:
                        changed = await display.look(rx, self._service.clock.now(), seldom=seldom)
                except Exception as problem:
                    # Half of it may be new: it is made anew, and until that goes well nothing is said.
                    if isinstance(problem, Unavailable):
                        log.warning("board.not_looked", reason=problem.reason)
                    else:
                        log.exception("board.failed", jurisdiction=name)
                    self._kept.discard(name)
                    del self._displays[name]
                    continue
            if changed:
                self._wake(watcher for watcher in self._watchers if name in watcher.jurisdictions)
