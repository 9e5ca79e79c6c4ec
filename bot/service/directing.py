"""What a played drill brings about beside itself, what the program sees of it, and what a real report does to it.

All of it is done in the transaction of what it follows from.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.cases import records
from bot.service.enrichers import Deciding, enriches
from bot.service.reports import NewReport
from bot.service.requests import Requester, Step, StepResult
from plans.core.outcome import CaseOutcome
from plans.core.state import CaseState
from plans.desk.directing import DrillGoneOn, DrillHeld, DrillWake, EndDrill, HoldDrill
from plans.desk.drill_expected import CheckLook, NoteIncident, check
from plans.desk.drill_items import ItemPlayed
from plans.desk.drill_state import KIND, REPORT, Drill
from plans.incident.drills import PauseDrill
from plans.incident.state import RUNNING, Incident
from storage.transaction import Reading

Follow = tuple[Step | NewReport, Requester]
"""What is done next, and in whose name."""


async def played(tx: Reading, outcome: CaseOutcome[Any], requester: Requester) -> list[Follow]:
    """Return what follows in a drill: the report that its script begins with; clocks that stand while it is held."""
    state = outcome.after
    if not isinstance(state, Drill):
        return [(step, Requester(fence=requester.fence)) for step in await _seen_in(tx, state)] if state.drill else []
    found: list[Follow] = []
    for item in outcome.recorded:
        if isinstance(item.event, ItemPlayed) and state.items[item.event.number].expects:
            look = Step(stream=state.stream, command=CheckLook(number=item.event.number))
            found.append((look, Requester(fence=requester.fence)))
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


def begun_by(outcome: CaseOutcome[Any], done: StepResult) -> list[Step]:
    """Return what a drill notes of the incident that it has just brought about."""
    if not isinstance(outcome.after, Drill) or done.outcome is None or done.outcome.before is not None:
        return []
    number = done.outcome.after.number
    return [Step(stream=outcome.after.stream, command=NoteIncident(incident=done.stream, incident_number=number))]


async def _seen_in(tx: Reading, incident: CaseState) -> list[Step]:
    """Return what the program sees, in an incident of a drill, of the looks that have come and were not met."""
    if not isinstance(incident, Incident):
        return []
    steps = []
    for row in await tx.cases.open(KIND, incident.jurisdiction):
        drill = await records.load_case(tx, row.stream)
        if not isinstance(drill, Drill) or incident.stream not in drill.incidents:
            continue
        now = incident.events[-1].at - incident.offset
        for item in drill.looks:
            if item.played_at is None or not item.expects or drill.incident_of(item) != incident.stream:
                continue
            met = item.checked is not None and item.checked.done
            if not met and check(drill, item, incident, now).done:
                steps.append(Step(stream=drill.stream, command=CheckLook(number=item.number)))
    return steps


async def held_by(tx: Reading, case: CaseState) -> list[Step]:
    """Return what a real report does to the drills of its place, under whatever plan: they are held."""
    if not isinstance(case, Incident) or case.drill:
        return []
    drills = [await records.load_case(tx, row.stream) for row in await tx.cases.open(KIND, case.jurisdiction)]
    running = [drill for drill in drills if isinstance(drill, Drill) and drill.state == "running"]
    return [Step(stream=drill.stream, command=HoldDrill(incident=case.number)) for drill in running]


async def _incidents(tx: Reading, jurisdiction: str, *, paused: bool) -> list[Incident]:
    """Return the running drills of a place whose clocks stand, or go."""
    cases = [await records.load(tx, stream) for stream in await tx.incidents.drills(jurisdiction, RUNNING)]
    return [case for case in cases if case is not None and case.paused is paused]


@enriches(CheckLook)
async def seen_now(deciding: Deciding, command: CheckLook) -> CheckLook:
    """What the program sees of a look at this very moment: the incident may have begun in this transaction."""
    drill = deciding.case
    item = drill.items.get(command.number) if isinstance(drill, Drill) else None
    if not isinstance(drill, Drill) or item is None:
        return command
    stream = drill.incident_of(item)
    incident = await records.load(deciding.tx, stream) if stream else None
    return replace(command, checked=check(drill, item, incident, deciding.now))


@enriches(EndDrill)
async def silent_at_the_end(deciding: Deciding, command: EndDrill) -> EndDrill:
    """The units that the drill's incidents called and that never answered."""
    return replace(command, silent=await _silent(deciding))


async def _silent(deciding: Deciding) -> tuple[str, ...]:
    if not isinstance(deciding.case, Drill):
        return ()
    found = [await records.load(deciding.tx, stream) for stream in deciding.case.incidents]
    units = [unit for incident in found if incident is not None for unit, call in incident.calls.items() if call.silent]
    return tuple(dict.fromkeys(units))


@enriches(DrillWake)
async def real_since(deciding: Deciding, command: DrillWake) -> DrillWake:
    """The number of a real incident that was reported since the drill began, or went on, and is still open.

    Of one that nothing more comes of, who was silent: it may be over by itself.
    """
    case = deciding.case
    if not isinstance(case, Drill) or case.since is None:
        return command
    rows = await deciding.tx.incidents.open(case.jurisdiction)
    real = [row.number for row in rows if not row.drill and row.reported_at >= case.since]
    silent = () if case.state == "running" and case.waiting else await _silent(deciding)
    return replace(command, real=real[0] if real else 0, silent=silent)
