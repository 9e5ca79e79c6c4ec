"""What a played drill brings about beside itself, and what a real report does to it, in the same transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.cases import records
from bot.service.enrichers import Deciding, enriches
from bot.service.reports import NewReport
from bot.service.requests import Requester, Step
from plans.core.outcome import CaseOutcome
from plans.core.state import CaseState
from plans.desk.directing import DrillGoneOn, DrillHeld, DrillWake, HoldDrill
from plans.desk.drill_items import ItemPlayed
from plans.desk.drill_state import KIND, REPORT, Drill
from plans.incident.drills import PauseDrill
from plans.incident.state import RUNNING, Incident
from plans.model import Plan
from storage.transaction import Reading

Follow = tuple[Step | NewReport, Requester]
"""What is done next, and in whose name."""


async def played(tx: Reading, outcome: CaseOutcome[Any], requester: Requester) -> list[Follow]:
    """Return what follows in a drill: the report that its script begins with; clocks that stand while it is held."""
    state = outcome.after
    if not isinstance(state, Drill):
        return []
    found: list[Follow] = []
    for item in outcome.recorded:
        if isinstance(item.event, ItemPlayed) and state.items[item.event.number].kind == REPORT:
            report = NewReport(
                plan_id=state.plan, jurisdiction=state.jurisdiction, text=state.items[item.event.number].text,
                said_at=item.at, place_id=state.origin, drill=True,
            )  # fmt: skip
            found.append((report, Requester(person_id=state.director, fence=requester.fence)))
        if isinstance(item.event, DrillHeld | DrillGoneOn):
            stands = isinstance(item.event, DrillHeld)
            for incident in await _incidents(tx, state.jurisdiction, paused=not stands):
                step = Step(stream=incident.stream, command=PauseDrill(paused=stands))
                found.append((step, Requester(fence=requester.fence)))
    return found


async def held_by(tx: Reading, plan: Plan, case: CaseState) -> list[Step]:
    """Return what a real report does to the drills of its place: they are held."""
    if not isinstance(case, Incident) or case.drill:
        return []
    if not await tx.incidents.drill_runs(case.jurisdiction, plan.id, RUNNING):
        return []  # what has not begun to run holds itself when its next item is due
    drills = [await records.load_case(tx, row.stream) for row in await tx.cases.open(KIND, case.jurisdiction)]
    running = [drill for drill in drills if isinstance(drill, Drill) and drill.state == "running"]
    return [Step(stream=drill.stream, command=HoldDrill(incident=case.number)) for drill in running]


async def _incidents(tx: Reading, jurisdiction: str, *, paused: bool) -> list[Incident]:
    """Return the running drills of a place whose clocks stand, or go."""
    cases = [await records.load(tx, stream) for stream in await tx.incidents.drills(jurisdiction, RUNNING)]
    return [case for case in cases if case is not None and case.paused is paused]


@enriches(DrillWake)
async def real_since(deciding: Deciding, command: DrillWake) -> DrillWake:
    """The number of a real incident that was reported since the drill began, or went on, and is still open."""
    case = deciding.case
    if not isinstance(case, Drill) or case.since is None:
        return command
    rows = await deciding.tx.incidents.open(case.jurisdiction)
    real = [row.number for row in rows if not row.drill and row.reported_at >= case.since]
    return replace(command, real=real[0] if real else 0)
