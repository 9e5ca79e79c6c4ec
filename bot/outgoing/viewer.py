"""What rendering sees of an incident from one place, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.cases.body_lists import with_listed
from bot.cases.group_leads import group_leads
from bot.cases.warnings_in_force import in_force
from bot.outgoing.addresses import Addresses, Target
from bot.render import View
from bot.render.view import Upward
from bot.render.warning_lines import line_in_force
from plans.core.policy import Policy
from plans.directory import Amendment, amended
from plans.group_leads import GroupLead
from plans.incident.state import Incident
from plans.model import Plan
from storage.people import shown_name
from storage.transaction import Reading


@dataclass(slots=True)
class Viewer:
    """Makes views of one incident; what they share is looked up once.

    Args:
        now: the program's moment; a drill's own offset is added.
        online: False for what is written after an absence, later than it should have been.
    """

    tx: Reading
    plan: Plan
    incident: Incident
    now: datetime
    policy: Policy
    online: bool = True
    addresses: Addresses = field(init=False)
    _amendments: list[Amendment] | None = None
    _plans: dict[bool, Plan] = field(default_factory=dict)
    _warnings: tuple[str, ...] | None = None
    _leads: dict[str, GroupLead] | None = None
    _upward: tuple[Upward, ...] | None = None

    def __post_init__(self) -> None:
        self.addresses = Addresses(self.tx, self.plan, self.incident, self.now)

    async def build(
        self, target: Target | None = None, *, audience: str = "", mentioned: Sequence[str] = (), acting: bool = False
    ) -> View:
        """Return the incident as it is seen from a place by a person.

        Args:
            mentioned: units whose liaisons may be mentioned.
            acting: he may act on it there: by which reporting lines its reports may go up is looked up.
        """
        if self._amendments is None:
            self._amendments = await amendments(self.tx, self.incident.jurisdiction)
        if self._warnings is None:
            warnings = await in_force(self.tx, self.incident.jurisdiction, drill=self.incident.drill)
            now = self.incident.own_time(self.now)
            self._warnings = tuple(line_in_force(warning, now) for warning in warnings)
        if self._leads is None:
            self._leads = await group_leads(self.tx, self.plan)
        if acting and self._upward is None:
            lines = await self.tx.lines.up_from(self.incident.jurisdiction)
            self._upward = tuple(Upward(line.id, line.place, line.recipients) for line in lines if line.holds)
        private = target is not None and target.place.kind == "private"
        if private not in self._plans:
            plan = amended(self.plan, self._amendments)
            self._plans[private] = await with_listed(self.tx, plan, self.incident, with_personal=private)
        return View(
            plan=self._plans[private],
            incident=self.incident,
            now=self.incident.own_time(self.now),
            policy=self.policy,
            place_kind=target.place.kind if target else "private",
            audience=audience,
            recipient=shown_name(target.person) if target and target.person else "",
            bound_units=await self.addresses.bound_units(),
            online=self.online,
            flag=await self.addresses.beside_drill(),
            warnings=self._warnings,
            leads=self._leads,
            upward=(self._upward or ()) if acting else (),
            mentions=await self.addresses.mentions(mentioned) if mentioned else {},
        )


async def amendments(rx: Reading, jurisdiction: str) -> list[Amendment]:
    """Return what administrators of a jurisdiction know better than its plans, the newest first."""
    return [
        Amendment(
            unit=row.unit, was=row.was, number=row.number, kind=row.kind, label=row.label, note=row.note, at=row.at
        )
        for row in await rx.directory.amendments(jurisdiction)
    ]  # fmt: skip
