"""Where a person is in a guided form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, String, Table, bindparam, delete, select

from storage.columns import JsonText, UtcDateTime, metadata
from storage.session import Repository

forms = Table(
    "forms",
    metadata,
    Column("place_id", String, ForeignKey("places.id"), primary_key=True),
    Column("person_id", String, ForeignKey("people.id"), primary_key=True),
    Column("kind", String, nullable=False),
    Column("data", JsonText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
_MINE = (forms.c.place_id == bindparam("place_id"), forms.c.person_id == bindparam("person_id"))
_GET, _CLEAR = select(forms).where(*_MINE), delete(forms).where(*_MINE)


@dataclass(frozen=True, kw_only=True)
class Form:
    """An open form: one for a person in a place.

    Attributes:
        kind: which form. data: what was answered. at: when it was last touched.
    """

    place_id: str
    person_id: str
    kind: str
    data: dict[str, Any]
    at: datetime


_FORGET = delete(forms).where(forms.c.at < bindparam("before"))


class Forms(Repository):
    """The open forms."""

    async def get(self, place_id: str, person_id: str) -> Form | None:
        """Return a person's open form."""
        return await self._session.read_one(Form, _GET, {"place_id": place_id, "person_id": person_id})

    async def save(self, form: Form) -> None:
        """Open a form or go on with it; another one of the same person there is given up."""
        await self._session.upsert(forms, [vars(form)], ["place_id", "person_id"])

    async def forget(self, before: datetime) -> int:
        """Delete the forms that nobody has touched since a moment, and return how many."""
        return await self._session.run(_FORGET, {"before": before})

    async def clear(self, place_id: str, person_id: str) -> bool:
        """Close a form; False when none was open."""
        return await self._session.run(_CLEAR, {"place_id": place_id, "person_id": person_id}) > 0
