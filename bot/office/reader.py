"""Whether somebody may read something: the one place where that is decided, for every command, button and query.

A role is held in a jurisdiction and under a plan, and lets read what is there and nowhere else. Who holds an office or
speaks for a unit reads the cases of the plan; a 报告人 what he reported himself, or what his body is called for;
anybody else nothing. An administrator administers his own jurisdiction; those of the settings administer all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.outgoing.addresses import ANY_PLAN
from plans.incident.state import Incident
from plans.model import Plan
from storage.incidents import IncidentRow
from storage.people import Holding

REPORTER, ADMIN = "reporter", "admin"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """Somebody with what he holds now.

    Attributes:
        admin: an administrator by the settings.
    """

    person_id: str
    holdings: tuple[Holding, ...] = ()
    admin: bool = False

    def roles(self, jurisdiction: str, plan_id: str) -> frozenset[str]:
        """Return the roles that are held under a plan of a jurisdiction."""
        own = {ADMIN} if self.admin else set()
        return frozenset(own | {item.role for item in self._under(jurisdiction, plan_id)})

    def serves(self, jurisdiction: str, plan_id: str) -> bool:
        """Return whether any role but that of a reporter is held there: an office, or for a unit."""
        return bool(self.roles(jurisdiction, plan_id) - {REPORTER})

    def serves_in(self, jurisdiction: str) -> bool:
        """Return whether any role but that of a reporter is held in a jurisdiction, under whichever plan."""
        return self.admin or any(
            item.ended_at is None and item.role != REPORTER and item.jurisdiction in (jurisdiction, ANY_PLAN)
            for item in self.holdings
        )

    def works_on(self, jurisdiction: str, plan: Plan) -> bool:
        """Return whether he works on the cases of a plan: a duty officer, one of its roles, an administrator."""
        return self.holds(jurisdiction, plan.id, "duty", ADMIN, *plan.roles)

    def checks_duties(self, plan: Plan) -> bool:
        """Return whether he looks after a plan's duties: whoever works on it, and those of the office's own unit."""
        place = plan.jurisdiction.name
        return (
            self.administers(place)
            or self.holds(place, plan.id, "duty", *plan.roles)
            or (bool(plan.office_unit) and plan.office_unit in self.units(place, plan.id))
        )

    def holds(self, jurisdiction: str, plan_id: str, *roles: str) -> bool:
        """Return whether one of these roles is held there."""
        return bool(self.roles(jurisdiction, plan_id) & set(roles))

    def administers(self, jurisdiction: str) -> bool:
        """Return whether a jurisdiction is administered."""
        return self.admin or any(
            item.role == ADMIN and item.jurisdiction in (jurisdiction, ANY_PLAN) for item in self.holdings
        )

    @property
    def administers_any(self) -> bool:
        """Whether anything is administered: for what is said before it is plain where."""
        return self.admin or any(item.role == ADMIN for item in self.holdings)

    def administered(self, plans: Iterable[Plan]) -> list[Plan]:
        """Return those of some plans whose jurisdiction is administered."""
        return [plan for plan in plans if self.administers(plan.jurisdiction.name)]

    def served(self, plans: Iterable[Plan]) -> list[Plan]:
        """Return those of some plans under which something is held."""
        return [plan for plan in plans if self.serves(plan.jurisdiction.name, plan.id)]

    def jurisdictions(self) -> list[str]:
        """Return where anything is held, in the order of granting."""
        return list(dict.fromkeys(item.jurisdiction for item in self.holdings if item.jurisdiction != ANY_PLAN))

    def may_list(self, row: IncidentRow) -> bool:
        """Return whether an incident may be read for an office that is held; a row tells of no reporter."""
        return self.serves(row.jurisdiction, row.plan_id)

    def may_read(self, plan: Plan, incident: Incident) -> bool:
        """Return whether an incident may be read.

        Args:
            plan: under which it runs.
        """
        if self.serves(incident.jurisdiction, incident.plan):
            return True
        if REPORTER not in self.roles(incident.jurisdiction, incident.plan):
            return False
        if incident.reporter_id == self.person_id:
            return True
        # 事发学校 is another body at each incident: who registered as that is not called for by the word alone.
        placeholders = {unit.id for unit in plan.units if unit.place_bound}
        own = {item.unit for item in self._under(incident.jurisdiction, incident.plan) if item.role == REPORTER}
        return bool((own - placeholders) & set(incident.calls))

    def may_add(self, plan: Plan, incident: Incident) -> bool:
        """Return whether an incident may be named to add to it: also by somebody without a role who reported it."""
        return self.may_read(plan, incident) or bool(self.person_id and incident.reporter_id == self.person_id)

    def units(self, jurisdiction: str, plan_id: str) -> frozenset[str]:
        """Return the units that are spoken for there."""
        speaking = ("liaison", "head")
        return frozenset(
            item.unit for item in self._under(jurisdiction, plan_id) if item.unit and item.role in speaking
        )

    def _under(self, jurisdiction: str, plan_id: str) -> list[Holding]:
        return [
            item
            for item in self.holdings
            if item.ended_at is None
            and item.jurisdiction in (jurisdiction, ANY_PLAN)
            and item.plan_id in (plan_id, ANY_PLAN)
        ]
