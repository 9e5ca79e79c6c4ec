"""What is shown beside a drill that is played: names, and which units were silent in what it brought about."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from bot.cases import records
from bot.outgoing.addresses import CaseAddresses
from bot.outgoing.case_dispatcher import sees_beside
from bot.render import naming
from bot.scenario.actors import unit_called
from bot.texts import directing as t
from bot.texts import words as w
from plans.core.keys import Audience
from plans.desk.drill_state import KIND, Drill
from plans.model import Plan
from storage.people import shown_name
from storage.transaction import Reading


@sees_beside(KIND)
async def beside(
    tx: Reading, plan: Plan, case: Drill, now: datetime, private: bool, about: Collection[str]
) -> Mapping[str, Any]:
    """Return who evaluates, and who of those who take part gets nothing; of an ended drill its silent units."""
    people = {case.director, *case.evaluators, *(person for item in case.looks for person, _ in item.words)}
    people |= {person for item in case.looks for person in item.verdicts}
    found = {person: await tx.people.get(person) for person in sorted(people)}
    names = {key: shown_name(person) for key, person in found.items() if person is not None}
    return {"names": names, "beside": await (_units if case.over_at is not None else _deaf)(tx, plan, case)}


async def _deaf(tx: Reading, plan: Plan, case: Drill) -> tuple[str, ...]:
    """Return to whom an inject that waits would not get, as they are called."""
    addresses = CaseAddresses(tx, plan, case)
    waiting = {item.to: item.who for item in case.waiting if item.to}
    await addresses.look_up([Audience(to) for to in waiting])
    return tuple([who for to, who in waiting.items() if not await addresses.resolve(Audience(to))])


async def _units(tx: Reading, plan: Plan, case: Drill) -> tuple[str, ...]:
    """Return a line for each incident of the drill: how many units were called, and which never answered."""
    lines = []
    for stream, number in case.incidents.items():
        incident = await records.load(tx, stream)
        calls = incident.calls if incident is not None else {}
        if not calls:
            continue
        silent = [unit_called(plan, unit) for unit in case.silent if unit in calls]
        said = {"drill": naming.in_list(number, drill=True), "called": len(calls)}
        if silent:
            lines.append(t.UNITS.format(**said, silent=len(silent), names=w.LIST.join(silent)))
        else:
            lines.append(t.UNITS_ALL.format(**said))
    return tuple(lines)
