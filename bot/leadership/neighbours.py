"""Other installations on the same PostgreSQL server: one bot and one jurisdiction belong to one of them alone.

Each has a database of its own and sees nothing of the others but their marks (``storage.marks``). Two that poll with
one token get half of the messages each; two that serve one jurisdiction number its incidents twice, and call its units
twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress

import structlog

from storage.errors import Unavailable
from storage.marks import Mark, Marks, Seen
from storage.store import Store

EVERY = 60.0
"""Seconds between two looks: a group may be bound at any time, here or there."""

log = structlog.get_logger(__name__)


class Neighbours:
    """Marks what this installation holds, and looks who holds it too; itself one of the program's loops.

    Args:
        store: better not the one that everybody works on: a connection stays taken.
        bot: of which token. where: the Bot API server; a test's knows other bots, and other offices, than Telegram.

    Attributes:
        tell: is told of a jurisdiction that another installation serves too, and of its database.
    """

    def __init__(self, store: Store, bot: str, where: str, *, every: float = EVERY) -> None:
        self.tell: Callable[[str, str], Awaitable[None]] | None = None
        self._store, self._bot, self._where, self._every = store, bot, where, every
        self._stopped = asyncio.Event()
        self._stack = AsyncExitStack()
        self._marks: Marks | None = None
        self._told: set[tuple[Mark, str]] = set()

    async def arrive(self) -> Seen:
        """Mark what is held here and return what others hold; the marks stay until :meth:`leave`.

        Raises:
            Unavailable: the database is not there.
        """
        await self.leave()
        self._marks = await self._stack.enter_async_context(self._store.marks())
        return await self._look(self._marks)

    async def leave(self) -> None:
        """Take the marks away."""
        self._marks, stack, self._stack = None, self._stack, AsyncExitStack()
        with suppress(Unavailable):
            await stack.aclose()

    def stop(self) -> None:
        """Let :meth:`run` return."""
        self._stopped.set()

    async def run(self) -> None:
        """Look again and again until stopped; what is held twice is logged once."""
        try:
            while not self._stopped.is_set():
                try:
                    lost = self._marks is None or self._marks.lost.is_set()
                    seen = await (self.arrive() if lost or self._marks is None else self._look(self._marks))
                except Unavailable as problem:
                    log.warning("neighbours.unknown", reason=problem.reason)
                    await self.leave()
                else:
                    await self._tell(seen)
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._every):
                        await self._stopped.wait()
        finally:
            await self.leave()

    async def serves_too(self, jurisdiction: str) -> str:
        """Return the database of another installation that serves a jurisdiction; empty where none is known of.

        Raises:
            Unavailable: the database is not there.
        """
        if self._marks is None or self._marks.lost.is_set():
            await self.arrive()
        marks = self._marks
        return await marks.holder(Mark(kind="office", name=jurisdiction, where=self._where)) if marks else ""

    async def _look(self, marks: Marks) -> Seen:
        async with self._store.reading() as rx:
            offices = {jurisdiction for jurisdiction, _, _ in await rx.places.bindings()}
        bot = Mark(kind="bot", name=self._bot, where=self._where)
        return await marks.hold({bot, *(Mark(kind="office", name=name, where=self._where) for name in offices)})

    async def _tell(self, seen: Seen) -> None:
        found = set(seen.elsewhere.items())
        for mark, database in sorted(found - self._told):
            what = "token.used_twice" if mark.kind == "bot" else "jurisdiction.served_twice"
            log.warning(what, name=mark.name, database=database)
            if mark.kind == "office" and self.tell is not None:
                try:
                    await self.tell(mark.name, database)
                except Unavailable:  # it is found anew, and told then
                    found.discard((mark, database))
        self._told = found


def offices_elsewhere(seen: Seen) -> dict[str, str]:
    """Return the jurisdictions that another installation serves too, with its database."""
    return {mark.name: database for mark, database in sorted(seen.elsewhere.items()) if mark.kind == "office"}
