"""Scripts of drills that an office has written itself, as their files say them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, String, Table, Text, bindparam, delete, func, select

from storage.columns import UtcDateTime, metadata
from storage.session import Repository

drill_scripts = Table(
    "drill_scripts",
    metadata,
    Column("jurisdiction", String, primary_key=True),
    Column("plan_id", String, primary_key=True),
    Column("title", String, primary_key=True),
    Column("digest", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("by", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)


@dataclass(frozen=True, kw_only=True)
class DrillScript:
    """One script; another of the same title takes its place.

    Attributes:
        digest: SHA-256 of the text. by: who brought it, by our id; at: when.
    """

    jurisdiction: str
    plan_id: str
    title: str
    digest: str
    text: str
    by: str
    at: datetime


_ALL = select(drill_scripts).order_by(drill_scripts.c.jurisdiction, drill_scripts.c.plan_id, drill_scripts.c.title)
_OF = _ALL.where(drill_scripts.c.jurisdiction.in_(bindparam("jurisdictions", expanding=True)))
_COUNT = select(func.count()).where(drill_scripts.c.jurisdiction == bindparam("jurisdiction"))
_ONE = (
    drill_scripts.c.jurisdiction == bindparam("jurisdiction"), drill_scripts.c.plan_id == bindparam("plan_id"),
    drill_scripts.c.title == bindparam("title"),
)  # fmt: skip
_GET, _REMOVE = select(drill_scripts).where(*_ONE), delete(drill_scripts).where(*_ONE)


class DrillScripts(Repository):
    """The scripts."""

    async def keep(self, script: DrillScript) -> None:
        """Keep a script, in the place of one of the same plan and title."""
        await self._session.upsert(drill_scripts, [vars(script)], ["jurisdiction", "plan_id", "title"])

    async def get(self, jurisdiction: str, plan_id: str, title: str) -> DrillScript | None:
        """Return a script."""
        of = {"jurisdiction": jurisdiction, "plan_id": plan_id, "title": title}
        return await self._session.read_one(DrillScript, _GET, of)

    async def of(self, jurisdictions: Collection[str]) -> list[DrillScript]:
        """Return the scripts of some jurisdictions, by plan and title."""
        return await self._session.read(DrillScript, _OF, {"jurisdictions": sorted(jurisdictions)})

    async def of_person(self, person_id: str) -> list[DrillScript]:
        """Return the scripts that a person has brought."""
        return await self._session.read(DrillScript, _ALL.where(drill_scripts.c.by == person_id))

    async def all(self) -> list[DrillScript]:
        """Return every script."""
        return await self._session.read(DrillScript, _ALL)

    async def count(self, jurisdiction: str) -> int:
        """Return how many a jurisdiction has."""
        [row] = await self._session.rows(_COUNT, {"jurisdiction": jurisdiction})
        return int(row[0])

    async def remove(self, jurisdiction: str, plan_id: str, title: str) -> bool:
        """Remove a script; return whether it was there."""
        of = {"jurisdiction": jurisdiction, "plan_id": plan_id, "title": title}
        return bool(await self._session.run(_REMOVE, of))
