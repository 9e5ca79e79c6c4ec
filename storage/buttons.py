"""Buttons: Telegram carries an opaque id, the row says what it does, to what, and for whom."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Column, Index, Integer, String, Table, bindparam, func, select, update

from storage.canonical import canonical
from storage.columns import JsonText, UtcDateTime, metadata
from storage.session import Repository, insert_into

buttons = Table(
    "buttons",
    metadata,
    Column("id", String, primary_key=True),
    Column("jurisdiction", String),
    Column("place_id", String),
    Column("stream", String),
    Column("object", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("action", String, nullable=False),
    Column("args", JsonText, nullable=False),
    Column("audience", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("meaning", String(64), nullable=False),
)
_live = buttons.c.closed_at.is_(None)
Index("uq_buttons_meaning", buttons.c.meaning, unique=True, sqlite_where=_live, postgresql_where=_live)
Index("ix_buttons_stream", buttons.c.stream, sqlite_where=_live, postgresql_where=_live)
Index("ix_buttons_object", buttons.c.object, sqlite_where=_live, postgresql_where=_live)


@dataclass(frozen=True, kw_only=True)
class Button:
    """A button.

    Attributes:
        id: opaque, in Telegram's callback data.
        object: what it acts on: a proposal, a call round, an obligation's instance, a fact.
        revision: of that object; a press on an older one is stale.
        action: what it does. args: with what. audience: who may.
        place_id: where it was shown: pressed anywhere else it was forged. None where that was not noted yet.
        closed_at: since when it does nothing.
    """

    id: str
    jurisdiction: str | None = None
    place_id: str | None = None
    stream: str | None = None
    object: str
    revision: int
    action: str
    args: dict[str, Any] = field(default_factory=dict)
    audience: str
    created_at: datetime
    closed_at: datetime | None = None

    @property
    def meaning(self) -> str:
        """A digest of all that makes two buttons the same."""
        where = [self.jurisdiction, self.place_id, self.stream]
        same = [*where, self.object, self.revision, self.action, self.args, self.audience]
        return hashlib.sha256(canonical(same).encode()).hexdigest()


_SAME = select(buttons.c.meaning, buttons.c.id).where(
    buttons.c.meaning.in_(bindparam("meanings", expanding=True)), _live
)
_columns = [column for column in buttons.c if column.name != "meaning"]


_GET = select(*_columns).where(buttons.c.id == bindparam("id"))


class Buttons(Repository):
    """The buttons."""

    async def find_or_create(self, button: Button) -> Button:
        """Return the live button that means the same, or keep this one and return it."""
        row = vars(button) | {"meaning": button.meaning}
        if await self._session.run(_insert_new(self._session.postgres), row):
            return button
        same = select(*_columns).where(buttons.c.meaning == button.meaning, _live)
        live = await self._session.read_one(Button, same)
        return live or button

    async def find_or_create_all(self, wanted: Sequence[Button]) -> list[Button]:
        """Return for each button what ``find_or_create`` would, in two statements at most however many there are."""
        if not wanted:
            return []
        meant = [(button.meaning, button) for button in wanted]
        fresh = dict(meant)
        new = [vars(button) | {"meaning": meaning} for meaning, button in fresh.items()]
        ids = await self._insert_all(new)
        if live := [meaning for meaning in fresh if meaning not in ids]:
            ids |= {row.meaning: row.id for row in await self._session.rows(_SAME, {"meanings": live})}
        found = [ids.get(meaning, button.id) for meaning, button in meant]
        return [
            button if id == button.id else replace(button, id=id) for (_, button), id in zip(meant, found, strict=True)
        ]

    async def _insert_all(self, new: Sequence[dict[str, Any]]) -> dict[str, str]:
        """Insert rows that mean something new; return the ids of those that are known to be new, by their meanings."""
        if self._session.postgres:
            inserting = _insert_new(postgres=True, returning=True)
            return {row.meaning: row.id for row in await self._session.rows(inserting, new)}
        # SQLite would be asked row by row which it took; most often it takes all of them.
        count = await self._session.run(_insert_new(postgres=False), new)
        return {row["meaning"]: row["id"] for row in new} if count == len(new) else {}

    async def get(self, id: str) -> Button | None:
        """Return a button, closed ones too."""
        return await self._session.read_one(Button, _GET, {"id": id})

    async def close(self, at: datetime, *, stream: str | None = None, object: str | None = None) -> int:
        """Close the buttons of a log, or of an object, or of an object in a log; return how many."""
        if stream is None and object is None:
            raise ValueError("close needs a stream or an object")
        statement = update(buttons).where(_live)
        if stream is not None:
            statement = statement.where(buttons.c.stream == stream)
        if object is not None:
            statement = statement.where(buttons.c.object == object)
        return await self._session.run(statement.values(closed_at=at))

    async def forget_words_of(self, stream: str, at: datetime) -> int:
        """Close the buttons of a log and forget what they would do: it may hold words; return how many they were."""
        mine = update(buttons).where(buttons.c.stream == stream)
        gone = {"args": {}, "closed_at": func.coalesce(buttons.c.closed_at, at)}
        return await self._session.run(mine.values(gone))


@cache
def _insert_new(postgres: bool, returning: bool = False) -> Any:
    new = insert_into(buttons, postgres).on_conflict_do_nothing(index_elements=["meaning"], index_where=_live)
    return new.returning(buttons.c.meaning, buttons.c.id) if returning else new
