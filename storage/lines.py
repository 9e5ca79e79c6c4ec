"""Reporting lines (报送关系): whose reports go up to which office, and what their cases are there.

The token of another installation stands here only as it was made unreadable with a number (``bot.sealed``).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from storage.columns import JsonText, UtcDateTime, metadata
from storage.session import Repository

lines = Table(
    "lines",
    metadata,
    Column("id", String, primary_key=True),
    Column("jurisdiction", String, nullable=False),
    Column("place", String, nullable=False),
    Column("recipients", JsonText, nullable=False),
    Column("url", String, nullable=False),
    Column("key", String, nullable=False),
    Column("token", String, nullable=False),
    Column("offered_by", String, nullable=False),
    Column("offered_at", UtcDateTime, nullable=False),
    Column("agreed_by", String, nullable=False),
    Column("agreed_at", UtcDateTime),
    Column("ended_by", String, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("heard_at", UtcDateTime),
    Column("error", String, nullable=False),
    Index("ix_lines_jurisdiction", "jurisdiction"),
    Index("ix_lines_place", "place"),
)
line_cases = Table(
    "line_cases",
    metadata,
    Column("line_id", String, ForeignKey("lines.id"), nullable=False),
    Column("stream", String, nullable=False),
    Column("reference", String, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("heard", Integer, nullable=False),
    Column("digest", String, nullable=False),
    Column("at", UtcDateTime),
    PrimaryKeyConstraint("line_id", "stream"),
    Index("ix_line_cases_reference", "reference"),
)

Index("ix_line_cases_at", line_cases.c.at)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A reporting line: reports of a jurisdiction go up to another's office.

    Attributes:
        place: the jurisdiction that it leads to: of this installation, or of another one at ``url``.
        recipients: of the jurisdiction's plans, for which it stands.
        key: number with which ``token`` was made unreadable; both empty where the place is of this installation.
        offered_by, agreed_by, ended_by: ids of the administrators; empty = by command line.
        heard_at: when the other installation answered the last time. error: what came of the last try, empty = well.
    """

    id: str
    jurisdiction: str
    place: str
    recipients: tuple[str, ...]
    url: str = ""
    key: str = ""
    token: str = ""
    offered_by: str = ""
    offered_at: datetime
    agreed_by: str = ""
    agreed_at: datetime | None = None
    ended_by: str = ""
    ended_at: datetime | None = None
    heard_at: datetime | None = None
    error: str = ""

    @property
    def holds(self) -> bool:
        """Whether something may cross by it."""
        return self.agreed_at is not None and self.ended_at is None

    def follows(self, other: Line) -> bool:
        """Return whether it leads from the same office to the same one: it goes on with the cases of the other."""
        ends = (self.jurisdiction, self.place, bool(self.url))
        return self.id != other.id and ends == (other.jurisdiction, other.place, bool(other.url))


@dataclass(frozen=True, kw_only=True)
class LineCase:
    """What a case of one office is at the other's, and when to look there again.

    Attributes:
        reference: the case there: a stream, or the id of a report of the other installation's.
        since: when something last went up. heard: how often it was heard of. digest: of what was heard last.
        at: None = nothing more is to be heard.
    """

    line_id: str
    stream: str
    reference: str
    since: datetime
    heard: int = 0
    digest: str = ""
    at: datetime | None = None


_UP = select(lines).where(lines.c.jurisdiction == bindparam("place"), lines.c.ended_at.is_(None)).order_by(lines.c.id)
_GET = select(lines).where(lines.c.id == bindparam("id"))


_ALL = select(lines).order_by(lines.c.offered_at, lines.c.id)
_OF_OTHERS = line_cases.c.line_id.not_in(bindparam("but", expanding=True))
_DUE_CASES = (
    select(line_cases)
    .where(line_cases.c.at <= bindparam("now"), _OF_OTHERS)
    .order_by(line_cases.c.at)
    .limit(bindparam("limit"))
)
_CASES = (
    select(line_cases)
    .where(
        line_cases.c.line_id.in_(bindparam("lines", expanding=True)),
        line_cases.c.stream.in_(bindparam("streams", expanding=True)),
    )
    .order_by(line_cases.c.since.desc(), line_cases.c.reference)
)
_NEXT_LOOK = select(func.min(line_cases.c.at)).where(_OF_OTHERS)


class Lines(Repository):
    """The lines, and the cases that are told of by them."""

    async def add(self, line: Line) -> None:
        """Keep a line."""
        self._session.touched.add("lines")
        await self._session.run(insert(lines).values({**vars(line), "recipients": list(line.recipients)}))

    async def get(self, id: str) -> Line | None:
        """Return a line, also one that is over."""
        found = await self._lines(_GET, {"id": id})
        return found[0] if found else None

    async def up_from(self, jurisdiction: str) -> list[Line]:
        """Return the lines of a jurisdiction that are not over, offered ones too."""
        rows = await self._session.read_once(Line, _UP, {"place": jurisdiction}, lines)
        return [_whole(row) for row in rows]

    async def of(self, jurisdictions: Collection[str] | None = None) -> list[Line]:
        """Return the lines from or to some jurisdictions, or all, also those that are over, the oldest first."""
        statement = _ALL
        if jurisdictions is not None:
            names = sorted(jurisdictions)
            mine = lines.c.jurisdiction.in_(names) | (lines.c.place.in_(names) & (lines.c.url == ""))
            statement = statement.where(mine)
        return await self._lines(statement)

    async def of_person(self, person_id: str) -> list[Line]:
        """Return the lines that somebody offered, agreed to or ended."""
        by = (lines.c.offered_by, lines.c.agreed_by, lines.c.ended_by)
        mine = by[0] == person_id, by[1] == person_id, by[2] == person_id
        return await self._lines(select(lines).where(mine[0] | mine[1] | mine[2]))

    async def change(self, id: str, **values: Any) -> None:
        """Change a line."""
        self._session.touched.add("lines")
        await self._session.run(update(lines).where(lines.c.id == id).values(values))

    async def note(self, id: str, **values: Any) -> None:
        """Note how the other installation answers: nobody waits for that."""
        await self._session.run(update(lines).where(lines.c.id == id).values(values))

    async def due_cases(self, now: datetime, limit: int, but: Collection[str] = ()) -> list[LineCase]:
        """Return the cases of which it is to be heard now, the longest due first.

        Args:
            but: lines that are left alone.
        """
        return await self._session.read(LineCase, _DUE_CASES, {"now": now, "limit": limit, "but": sorted(but)})

    async def next_look(self, but: Collection[str] = ()) -> datetime | None:
        """Return when it is to be heard of a case next; see ``due_cases``."""
        found: datetime | None = await self._session.scalar(_NEXT_LOOK, {"but": sorted(but)})
        return found

    async def put_off(self, line_id: str, at: datetime) -> None:
        """Let whatever is to be heard by a line wait until a moment."""
        mine = (line_cases.c.line_id == line_id, line_cases.c.at < at)
        await self._session.run(update(line_cases).where(*mine).values(at=at))

    async def cases(self, lines: Collection[str], streams: Collection[str]) -> list[LineCase]:
        """Return what some cases are at the other office, by one of some lines, the newest first."""
        return await self._session.read(LineCase, _CASES, {"lines": sorted(lines), "streams": sorted(streams)})

    async def keep_case(self, case: LineCase) -> None:
        """Keep what a case is at the other office, or what was heard of it."""
        mine = (line_cases.c.line_id == case.line_id, line_cases.c.stream == case.stream)
        if not await self._session.run(update(line_cases).where(*mine).values(vars(case))):
            await self._session.run(insert(line_cases).values(vars(case)))
        self._session.touched.add("lines")

    async def forget_case(self, lines: Collection[str], stream: str) -> None:
        """Forget what a case is at the other office by some lines: another one has taken it over."""
        mine = (line_cases.c.line_id.in_(sorted(lines)), line_cases.c.stream == stream)
        await self._session.run(delete(line_cases).where(*mine))

    async def stir_lines(self, lines: Collection[str], since: datetime, at: datetime) -> None:
        """Let it be looked at how cases stand of which something went up since a moment by some lines."""
        mine = (line_cases.c.line_id.in_(sorted(lines)), line_cases.c.since > since)
        await self._session.run(update(line_cases).where(*mine).values(at=at))
        self._session.touched.add("lines")

    async def looked(self, case: LineCase, *, at: datetime | None) -> None:
        """Keep what was heard of a case, and when to look again: sooner where it was asked for meanwhile.

        Where something went up meanwhile it is heard anew: of that nothing was heard.
        """
        mine = (
            line_cases.c.line_id == case.line_id, line_cases.c.stream == case.stream, line_cases.c.since == case.since
        )  # fmt: skip
        same = line_cases.c.at == case.at if case.at is not None else line_cases.c.at.is_(None)
        heard = {"heard": case.heard, "digest": case.digest}
        await self._session.run(update(line_cases).where(*mine).values(heard))
        await self._session.run(update(line_cases).where(*mine, same).values(at=at))

    async def stir(self, reference: str, at: datetime) -> None:
        """Let it be looked at once how a case stands of which another office is told."""
        await self._session.run(update(line_cases).where(line_cases.c.reference == reference).values(at=at))
        self._session.touched.add("lines")

    async def _lines(self, statement: Any, parameters: dict[str, Any] | None = None) -> list[Line]:
        return [_whole(row) for row in await self._session.read(Line, statement, parameters)]


def _whole(line: Line) -> Line:
    """Return a line as it was written: a list of JSON is a tuple here."""
    return Line(**{**vars(line), "recipients": tuple(line.recipients)})
