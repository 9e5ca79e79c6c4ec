"""What is shown beside a warning: what bodies are called, whom to ring under which number, incidents meanwhile."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.cases import records
from bot.outgoing.case_dispatcher import brings_files, sees_beside
from bot.outgoing.evidence import brought
from bot.outgoing.viewer import amendments
from bot.render.naming import FAX_KINDS, read_number
from bot.render.warning_pieces import MOST_RINGS, named, to_ring
from bot.texts import words as w
from plans.areas.townships import area_of
from plans.core.outcome import CaseOutcome
from plans.directory import amended
from plans.directory.numbers import personal
from plans.incident.state import Incident
from plans.model import Plan, Unit
from plans.warning.measures import MeasureSettled
from plans.warning.state import KIND, WarningCase
from storage.bodies import BodyRow
from storage.downloads import Download
from storage.incidents import IncidentRow
from storage.transaction import Reading

_TOWNSHIP = re.compile(r"(?:街道|[镇乡])$")


@sees_beside(KIND)
async def beside(
    tx: Reading, plan: Plan, warning: WarningCase, now: datetime, private: bool, about: Collection[str]
) -> Mapping[str, Any]:
    """Return names and numbers of those that are named, and the incidents reported while it is in force.

    It may concern thousands: what nobody reads is not looked up.
    """
    units = {unit.id: unit for unit in amended(plan, await amendments(tx, warning.jurisdiction)).units}
    rows = await tx.bodies.of(warning.jurisdiction, {*named(warning), *about} - units.keys())
    numbers = {
        item.recipient: number_of(plan, units, rows.get(item.recipient), item.recipient, private, warning.drill)
        for item in to_ring(warning)[:MOST_RINGS]
    }
    return {
        "names": names_of(rows),
        "numbers": {name: number for name, number in numbers.items() if number},
        "beside": tuple([w.NUMBER.format(number=row.number) for row in await _meanwhile(tx, warning, now)]),
    }


@brings_files(KIND)
def pictures(outcome: CaseOutcome[WarningCase]) -> Iterator[Download]:
    """Yield the pictures and files that were sent with measures."""
    yield from brought(outcome, MeasureSettled)


def names_of(rows: Mapping[str, BodyRow]) -> dict[str, str]:
    """Return what bodies are called: with its township whichever shares its name with another that is shown.

    The list gives a second one of a name its township in the id.
    """
    called = Counter(row.name for row in rows.values())
    return {
        name: f"{row.township}{row.name}" if called[row.name] > 1 or row.id.startswith(f"{row.name}（") else row.name
        for name, row in rows.items()
    }


def number_of(
    plan: Plan, units: Mapping[str, Unit], row: BodyRow | None, name: str, private: bool, drill: bool
) -> str:  # fmt: skip
    """Return the number that somebody is rung on; a person's own is read by one person in private only.

    In a drill nobody outside of the command body is rung.
    """
    unit, seen = units.get(name), set[str]()
    if drill and (unit is None or not unit.member):
        return w.NUMBER_HIDDEN
    while unit is not None and not unit.lines and unit.rung_at and unit.id not in seen:
        seen.add(unit.id)
        unit = units.get(unit.rung_at)
    voices = [line for line in unit.lines if line.kind not in FAX_KINDS] if unit is not None else []
    numbers = [line.number for line in voices] if row is None else row.phones
    shown = [number for number in numbers if private or not personal(number)]
    return read_number(plan, shown[0]) if shown else ""


async def _meanwhile(tx: Reading, warning: WarningCase, now: datetime) -> list[IncidentRow]:
    """Return the plan's incidents reported while the warning was in force that are not known to lie elsewhere."""
    first, last = warning.issuing, warning.stage
    if first is None or last is None:
        return []
    until = now if warning.in_force else last.at
    rows = await tx.incidents.reported_between(
        warning.jurisdiction, warning.plan, first.at - warning.offset, until - warning.offset, drill=warning.drill
    )
    areas = {area for stage in warning.stages for area in stage.content.areas}
    if not areas or not all(_TOWNSHIP.search(area_of(area)) for area in areas):
        return list(reversed(rows))
    within = {_TOWNSHIP.sub("", area_of(area)) for area in areas}
    there = []
    for row in reversed(rows):
        incident = await records.load(tx, row.stream)
        if incident is None or not (places := _townships(incident)) or places & within:
            there.append(row)
    return there


def _townships(incident: Incident) -> set[str]:
    """Return in which townships the bodies lie that an incident speaks of for sure."""
    bodies: Iterable[Any] = (body for item in incident.mentions if item.sure for body in item.bodies)
    return {_TOWNSHIP.sub("", body.township) for body in bodies if body.township}
