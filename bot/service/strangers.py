"""What people without a role say in private: recorded as unverified, within bounds.

Anybody may tell of a disaster. What somebody nobody knows can start is bounded in number and in length, each bound is
said with the duty line, and nothing that he writes is met by silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.cases.plan_registry import PlanRegistry
from bot.outgoing.viewer import amendments
from bot.service.reports import NewReport
from plans.core.outcome import Refusal
from plans.directory import Entry, amended, duty_line
from plans.incident.edits import EditNoticed
from plans.incident.evidence import EvidenceAdded
from plans.incident.facts import FactsStated
from plans.incident.state import Incident
from storage.transaction import Reading

WITHIN = timedelta(hours=1)
"""The span in which the bounds count."""

OWN_REPORTS = 3
"""New incidents of one person in that span; what he says beyond that is added to his last one."""

OWN_WORDS = 20
"""What one person adds to one incident in that span: words, pictures, edits."""

ALL_REPORTS = 60
"""New incidents of all people without a role in one jurisdiction, in that span."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """A jurisdiction that the bot serves, with its plans in the order of binding."""

    jurisdiction: str
    plans: tuple[str, ...]


BOUNDED = ("stranger_own", "stranger_all")
"""Keys of the refusals, of which at most one waits to be said."""

_ADDED = (FactsStated, EvidenceAdded, EditNoticed)


async def served(rx: Reading, registry: PlanRegistry) -> list[Area]:
    """Return the jurisdictions that somebody watches over, in the order of their names.

    Those with a command group; without any, those whose duty officers are bound.
    """
    plan_ids: dict[str, list[str]] = {}
    for place in await rx.places.bound(kind="command"):
        for plan_id in await rx.places.plans_of(place.id):
            if plan_id in registry.ids:
                plan_ids.setdefault(registry.current(plan_id).jurisdiction.name, []).append(plan_id)
    if not plan_ids:
        for plan_id in registry.ids:
            name = registry.current(plan_id).jurisdiction.name
            if await rx.people.holders(name, plan_id, "duty"):
                plan_ids.setdefault(name, []).append(plan_id)
    return [Area(jurisdiction=name, plans=tuple(dict.fromkeys(plans))) for name, plans in sorted(plan_ids.items())]


def meant(areas: Sequence[Area], text: str) -> Area | None:
    """Return the only jurisdiction, or the one whose name stands in the words; None where it must be asked.

    晋城市 does not settle it where 晋城市城区 is served as well.
    """
    if len(areas) == 1:
        return areas[0]
    matching = [area for area in areas if area.jurisdiction in text]
    longest = [
        area for area in matching
        if not any(other is not area and area.jurisdiction in other.jurisdiction for other in areas)
    ]  # fmt: skip
    return longest[0] if len(longest) == 1 else None


async def line_of(rx: Reading, registry: PlanRegistry, areas: Sequence[Area]) -> Entry | None:
    """Return the duty line of the first of some jurisdictions that has one."""
    for plan_id in dict.fromkeys(plan_id for area in areas for plan_id in area.plans if plan_id in registry.ids):
        plan = registry.current(plan_id)
        line = duty_line(amended(plan, await amendments(rx, plan.jurisdiction.name), with_personal=False))
        if line is not None:
            return line
    return None


def full(incident: Incident, person_id: str, now: datetime) -> bool:
    """Return whether a person has added so much to an incident lately that no more can be recorded."""
    mine = {incident.source, person_id, f"person:{person_id}"}
    lately = [item.event for item in incident.events if item.at > now - WITHIN]
    return sum(isinstance(event, _ADDED) and event.source in mine for event in lately) >= OWN_WORDS


async def spent(rx: Reading, place_id: str, now: datetime) -> bool:
    """Return whether somebody has opened as many incidents lately as one person may."""
    return await rx.incidents.count_from(place_id, now - WITHIN) >= OWN_REPORTS


async def bounded(rx: Reading, registry: PlanRegistry, new: NewReport, now: datetime) -> Refusal | None:
    """Return why a report of somebody without a role cannot be recorded now, asked in the transaction that would."""
    own = await spent(rx, new.place_id, now)
    if not own and await rx.incidents.count_of_strangers(new.jurisdiction, now - WITHIN) < ALL_REPORTS:
        return None
    line = await line_of(rx, registry, [Area(jurisdiction=new.jurisdiction, plans=(new.plan_id,))])
    number = line.dial if line is not None else ""
    return Refusal(key="stranger_own" if own else "stranger_all", params={"number": number})
