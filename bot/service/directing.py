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
from plans.desk.directing import DrillGoneOn, DrillHeld, DrillOver, DrillWake, EndDrill, HoldDrill
from plans.desk.drill_expected import CheckLook, NoteIncident, check
from plans.desk.drill_items import ItemPlayed
from plans.desk.drill_state import KIND, REPORT, Drill
from plans.desk.instruction_state import KIND as INSTRUCTION
from plans.desk.instruction_state import Instruction
from plans.desk.standing import StandInstruction
from plans.incident.drills import DrillPaused, PauseDrill
from plans.incident.state import RUNNING, Incident
from storage.transaction import Reading

Follow = tuple[Step | NewReport, Requester]
"""What is done next, and in whose name."""


async def played(tx: Reading, outcome: CaseOutcome[Any], requester: Requester) -> list[Follow]:
    """Return what follows in a drill: the report that its script begins with; clocks that stand while it is held."""
    state = outcome.after
    if not isinstance(state, Drill):
        steps = [*await _seen_in(tx, state), *await _held_with(tx, state, outcome)] if state.drill else []
        steps += await _standing_with(tx, state, outcome) if state.drill else []
        return [(step, Requester(fence=requester.fence)) for step in steps]
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
        if isinstance(item.event, DrillHeld | DrillGoneOn | DrillOver):
            script = {DrillHeld: "held", DrillGoneOn: "goes", DrillOver: "over"}[type(item.event)]
            stands = script != "goes"
            for incident in await _incidents(tx, state, paused=not stands):
                if script != "over" or incident.stream in state.incidents:
                    step = Step(stream=incident.stream, command=PauseDrill(paused=stands, script=script))
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
    for drill in await _scripts(tx, incident.jurisdiction):
        if incident.stream not in drill.incidents:
            continue
        for item in drill.looks:
            if item.played_at is None or not item.expects or drill.incident_of(item) != incident.stream:
                continue
            met = item.checked is not None and item.checked.done
            if not met and check(item, incident, incident.events[-1].at).done:
                steps.append(Step(stream=drill.stream, command=CheckLook(number=item.number)))
    return steps


async def _held_with(tx: Reading, incident: CaseState, outcome: CaseOutcome[Any]) -> list[Step]:
    """Return what holds the script of an incident that somebody has paused: one tap stops all of it."""
    if not any(isinstance(item.event, DrillPaused) and item.event.paused for item in outcome.recorded):
        return []
    scripts = [script for script in await _scripts(tx, incident.jurisdiction) if incident.stream in script.incidents]
    return [Step(stream=script.stream, command=HoldDrill()) for script in scripts if script.state == "running"]


async def _standing_with(tx: Reading, incident: CaseState, outcome: CaseOutcome[Any]) -> list[Step]:
    """Return what lets the instructions of a drill's incident stand, or go on, with its clock."""
    if not any(isinstance(item.event, DrillPaused) for item in outcome.recorded):
        return []
    cases = [await records.load_case(tx, row.stream) for row in await tx.cases.open(INSTRUCTION, incident.jurisdiction)]
    return [
        Step(stream=case.stream, command=StandInstruction(paused=incident.paused))
        for case in cases
        if isinstance(case, Instruction) and case.incident == incident.stream and case.paused != incident.paused
    ]


async def begun_while_held(tx: Reading, case: CaseState) -> list[Step]:
    """Return what lets an instruction stand that is begun within a drill which is held."""
    if not isinstance(case, Instruction) or not case.drill or not case.incident:
        return []
    incident = await records.load(tx, case.incident)
    stands = incident is not None and incident.paused
    return [Step(stream=case.stream, command=StandInstruction(paused=True))] if stands else []


async def held_by(tx: Reading, case: CaseState) -> list[Step]:
    """Return what a real report does to the drills of its place, under whatever plan: they are held."""
    if not isinstance(case, Incident) or case.drill:
        return []
    running = [drill for drill in await _scripts(tx, case.jurisdiction) if drill.state == "running"]
    return [Step(stream=drill.stream, command=HoldDrill(incident=case.number)) for drill in running]


async def _incidents(tx: Reading, drill: Drill, *, paused: bool) -> list[Incident]:
    """Return the drills of a place whose clocks stand, or go, without those of another director's script."""
    others = [script for script in await _scripts(tx, drill.jurisdiction) if script.stream != drill.stream]
    streams = dict.fromkeys((*drill.incidents, *await tx.incidents.drills(drill.jurisdiction, RUNNING)))
    cases = [
        await records.load(tx, stream)
        for stream in streams
        if not any(stream in script.incidents for script in others)
    ]  # fmt: skip
    return [case for case in cases if case is not None and case.open and case.paused is paused]


async def _scripts(tx: Reading, jurisdiction: str) -> list[Drill]:
    """Return the scripts of a place that are not over."""
    cases = [await records.load_case(tx, row.stream) for row in await tx.cases.open(KIND, jurisdiction)]
    return [case for case in cases if isinstance(case, Drill)]


@enriches(PauseDrill)
async def held_by_director(deciding: Deciding, command: PauseDrill) -> PauseDrill:
    """Whether the script that the drill belongs to is held: nobody but its director lets it go on."""
    scripts = await _scripts(deciding.tx, deciding.case.jurisdiction) if not command.paused else []
    held = any(script.state == "held" and deciding.case.stream in script.incidents for script in scripts)
    return replace(command, held=held)


@enriches(CheckLook)
async def seen_now(deciding: Deciding, command: CheckLook) -> CheckLook:
    """What the program sees of a look at this very moment: the incident may have begun in this transaction."""
    drill = deciding.case
    item = drill.items.get(command.number) if isinstance(drill, Drill) else None
    if not isinstance(drill, Drill) or item is None:
        return command
    stream = drill.incident_of(item)
    incident = await records.load(deciding.tx, stream) if stream else None
    now = incident.own_time(deciding.now) if incident is not None else deciding.now
    return replace(command, checked=check(item, incident, now))


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
