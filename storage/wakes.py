"""When each stream wants to be looked at again: the table that is the truth about timers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Column, Index, Select, String, Table, bindparam, delete, func, select

from storage.columns import UtcDateTime, metadata
from storage.session import Repository, parts

wakes = Table(
    "wakes",
    metadata,
    Column("stream", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", String, nullable=False),
    Index("ix_wakes_at", "at", "stream", "key"),
)

_OF = select(wakes).where(wakes.c.stream == bindparam("stream")).order_by(wakes.c.at, wakes.c.key)
_OF_MANY = (
    select(wakes).where(wakes.c.stream.in_(bindparam("streams", expanding=True))).order_by(wakes.c.at, wakes.c.key)
)
_GONE = delete(wakes).where(wakes.c.stream == bindparam("stream"), wakes.c.key.in_(bindparam("gone", expanding=True)))
_NEXT = select(func.min(wakes.c.at))
_OTHERS = wakes.c.stream.not_in(bindparam("held", expanding=True))
_NEXT_OF_OTHERS = _NEXT.where(_OTHERS)


@dataclass(frozen=True, kw_only=True)
class Wake:
    """A moment at which a stream wants attention.

    Attributes:
        key: unique in the stream, such as an obligation instance's.
        kind: obligation, ladder, timer …
    """

    key: str
    at: datetime
    kind: str


@dataclass(frozen=True, kw_only=True)
class WakeRow:
    """A wake with its stream."""

    stream: str
    key: str
    at: datetime
    kind: str


class Wakes(Repository):
    """The timers."""

    async def replace(self, stream: str, wanted: Sequence[Wake], *, new: bool = False) -> None:
        """Make a stream's wakes these; rows that are the same already are not written.

        Args:
            new: the stream begins in this transaction, and has none.
        """
        present = {} if new else {row.key: row for row in await self.of(stream)}
        waking = {wake.key: wake for wake in wanted}
        gone = present.keys() - waking.keys()
        changed = [
            {"stream": stream, "key": key, "at": wake.at, "kind": wake.kind}
            for key, wake in waking.items()
            if key not in present or (present[key].at, present[key].kind) != (wake.at, wake.kind)
        ]
        if gone:
            await self._session.run(_GONE, {"stream": stream, "gone": list(gone)})
        await self._session.upsert(wakes, changed, ["stream", "key"])
        if gone or changed:
            self._session.touched.add("wakes")

    async def look_ahead(self, streams: Collection[str]) -> None:
        """Read the wakes of many streams at once."""
        found: dict[str, list[WakeRow]] = {stream: [] for stream in streams}
        for some in parts(streams):
            for row in await self._session.read(WakeRow, _OF_MANY, {"streams": some}):
                found[row.stream].append(row)
        self._session.look_ahead("wakes", found)

    async def of(self, stream: str) -> list[WakeRow]:
        """Return a stream's wakes, the earliest first."""
        if ("wakes", stream) in self._session.ahead:
            known: list[WakeRow] = self._session.ahead.pop(("wakes", stream))
            return known
        return await self._session.read(WakeRow, _OF, {"stream": stream})

    async def due(
        self, now: datetime, limit: int, without: Sequence[str] = (), kind: str = "", but: str = ""
    ) -> list[WakeRow]:
        """Return the wakes whose moment has come, the earliest first, but those of some streams.

        Args:
            kind, but: only the cases of one kind, or all but those.
        """
        given: dict[str, Any] = {
            "held": list(without), "kind": kind and f"{kind}:%", "but": but and f"{but}:%",
        }  # fmt: skip
        given = {name: value for name, value in given.items() if value}
        return await self._session.read(WakeRow, _due(*given), given | {"now": now, "limit": limit})

    async def next_at(self, without: Sequence[str] = ()) -> datetime | None:
        """Return the earliest moment, past ones too, but of some streams; None when nothing waits."""
        if without:
            at: datetime | None = await self._session.scalar(_NEXT_OF_OTHERS, {"held": list(without)})
            return at
        moment: datetime | None = await self._session.scalar(_NEXT)
        return moment


@cache
def _due(*narrowed: str) -> Select[Any]:
    """Return the wakes whose moment has come, the earliest first, narrowed by what :meth:`Wakes.due` is given."""
    narrowing = {
        "held": _OTHERS,
        "kind": wakes.c.stream.like(bindparam("kind")),
        "but": wakes.c.stream.not_like(bindparam("but")),
    }
    due = select(wakes).where(wakes.c.at <= bindparam("now"), *(narrowing[name] for name in narrowed))
    return due.order_by(wakes.c.at, wakes.c.stream, wakes.c.key).limit(bindparam("limit"))
