"""What installations on one PostgreSQL server hold, each in its own database, seen by all of them.

A mark is an advisory lock, taken shared, so that the processes of one installation have it together; it ends with the
connection that took it, however that ends. Locks belong to a database, but ``pg_locks`` shows those of all, to anybody:
no right in another's database is needed, and no table that all would share. A mark is a number; it tells nobody a name.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

from storage.errors import Unavailable

Kind = Literal["bot", "office"]

_CLASSES: dict[Kind, int] = {"bot": 0x746F6301, "office": 0x746F6302}
"""What tells our locks from those of other programs; they never change, since versions run beside each other."""

_TAKE = "SELECT pg_try_advisory_lock_shared($1::int, $2::int)"
_GIVE_BACK = "SELECT pg_advisory_unlock_shared($1::int, $2::int)"
_SEEN = """
    SELECT l.classid::bigint AS kind, l.objid::bigint AS number, d.datname AS database, d.datname = current_database()
    AS here FROM pg_locks l JOIN pg_database d ON d.oid = l.database
    WHERE l.locktype = 'advisory' AND l.objsubid = 2 AND l.granted AND l.classid = ANY($1::bigint[]::oid[])
"""


@dataclass(frozen=True, kw_only=True, order=True)
class Mark:
    """Something that one installation alone should hold.

    Attributes:
        name: of it, unique among those of its kind and ``where``: what is not there too is no neighbour of ours.
    """

    kind: Kind
    name: str
    where: str = ""

    @property
    def key(self) -> tuple[int, int]:
        """The lock: its class, and 31 bits of the name's hash."""
        number = int.from_bytes(hashlib.sha256(f"{self.where}\n{self.name}".encode()).digest()[:4], "big")
        return _CLASSES[self.kind], number & 0x7FFFFFFF


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What others hold of the same server.

    Attributes:
        elsewhere: of our own marks those that another database's installation has too, with the database's name.
        others: whether this database is used under another mark of a kind: by kind.
        database: our own one's name.
    """

    elsewhere: dict[Mark, str]
    others: frozenset[Kind]
    database: str


class Marks:
    """The marks of one connection; ``Store.marks`` makes it.

    Args:
        driver: asyncpg's connection, outside of any transaction.

    Attributes:
        lost: is set when the connection ends, and all marks with it.
    """

    def __init__(self, driver: Any) -> None:
        self._driver = driver
        self._mine: set[Mark] = set()
        self._one = asyncio.Lock()  # a connection does one thing at a time
        self.lost = asyncio.Event()
        driver.add_termination_listener(lambda _: self.lost.set())

    async def hold(self, marks: Collection[Mark]) -> Seen:
        """Hold these marks and no others, and return what others hold: taken first, so that of two one sees both.

        Raises:
            Unavailable: the connection has ended.
        """
        async with self._one:
            if self._driver.is_closed():
                raise Unavailable("connection")
            for mark in sorted(set(marks) - self._mine):
                await self._driver.fetchval(_TAKE, *mark.key)
            for mark in sorted(self._mine - set(marks)):
                await self._driver.fetchval(_GIVE_BACK, *mark.key)
            self._mine = set(marks)
            rows = await self._driver.fetch(_SEEN, list(_CLASSES.values()))
            database = await self._driver.fetchval("SELECT current_database()")
        mine = {mark.key: mark for mark in self._mine}
        elsewhere = {
            mine[row["kind"], row["number"]]: row["database"]
            for row in rows
            if not row["here"] and (row["kind"], row["number"]) in mine
        }
        kinds = {number: kind for kind, number in _CLASSES.items()}
        others = {kinds[row["kind"]] for row in rows if row["here"] and (row["kind"], row["number"]) not in mine}
        return Seen(elsewhere=elsewhere, others=frozenset(others), database=str(database))

    async def holder(self, mark: Mark) -> str:
        """Return the database whose installation holds a mark, whether or not it is held here; empty = no other one.

        Raises:
            Unavailable: the connection has ended.
        """
        async with self._one:
            if self._driver.is_closed():
                raise Unavailable("connection")
            rows = await self._driver.fetch(_SEEN, list(_CLASSES.values()))
        found = [row["database"] for row in rows if not row["here"] and (row["kind"], row["number"]) == mark.key]
        return str(min(found, default=""))
