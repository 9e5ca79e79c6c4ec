"""Who leads a work group for which the plan names nobody: an office's own word, the newest one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ForeignKey, String, Table, bindparam, delete, select

from storage.columns import UtcDateTime, Words, metadata
from storage.people.persons import SHOWN_NAME, people
from storage.session import Repository

group_leads = Table(
    "group_leads",
    metadata,
    Column("jurisdiction", String, primary_key=True),
    Column("plan_id", String, primary_key=True),
    Column("group_name", Words, primary_key=True),
    Column("lead", Words, nullable=False),
    Column("person_id", String, ForeignKey("people.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
_OF_PLAN = (
    select(group_leads, SHOWN_NAME.label("by"))
    .join(people, people.c.id == group_leads.c.person_id)
    .where(group_leads.c.jurisdiction == bindparam("jurisdiction"), group_leads.c.plan_id == bindparam("plan_id"))
    .order_by(group_leads.c.group_name)
)


@dataclass(frozen=True, kw_only=True)
class GroupLeadRow:
    """A group with its lead.

    Attributes:
        lead: a unit's id, or a post. person_id, by: who said so, and what that person is called.
    """

    jurisdiction: str
    plan_id: str
    group_name: str
    lead: str
    person_id: str
    at: datetime
    by: str = ""


class GroupLeads(Repository):
    """The leads that offices named."""

    async def of(self, jurisdiction: str, plan_id: str) -> list[GroupLeadRow]:
        """Return the leads of a plan's groups."""
        of = {"jurisdiction": jurisdiction, "plan_id": plan_id}
        return [*await self._session.read_once(GroupLeadRow, _OF_PLAN, of, group_leads, people)]

    async def all(self) -> list[GroupLeadRow]:
        """Return every lead; without the names of who said so."""
        rows = await self._session.rows(select(group_leads))
        return [GroupLeadRow(**row._asdict()) for row in rows]

    async def name(self, row: GroupLeadRow) -> None:
        """Keep who leads a group, whoever did before."""
        values = {key: value for key, value in vars(row).items() if key != "by"}
        await self._session.upsert(group_leads, [values], ["jurisdiction", "plan_id", "group_name"])

    async def forget(self, jurisdiction: str, plan_id: str, group: str) -> bool:
        """Let nobody lead a group by local rule; False when nobody did."""
        this = (
            group_leads.c.jurisdiction == jurisdiction,
            group_leads.c.plan_id == plan_id,
            group_leads.c.group_name == group,
        )
        return await self._session.run(delete(group_leads).where(*this)) > 0
