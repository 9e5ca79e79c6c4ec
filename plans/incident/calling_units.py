"""Units are called: those of a level that was declared, and further ones by the seat's word."""

from __future__ import annotations

from dataclasses import dataclass

from plans.bodies import bodies_of, known_units, standing
from plans.core.command import Command
from plans.core.outcome import Refusal
from plans.core.registry import decides
from plans.incident.bodies import BodyNamed, name_bodies
from plans.incident.calling import UnitCalled, UnitInformed, UnitsAsked, picked_units, unpicked
from plans.incident.case import Case
from plans.incident.records import Call
from plans.incident.state import Incident
from plans.incident.units import ANSWERS
from plans.model import Response

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class CallMore(Command):
    """Call further units than the declared level does: for one that cannot come, or because more is needed.

    Attributes:
        unreachable: of these, units that nobody answers for who can be written to.
    """

    units: tuple[str, ...]
    unreachable: frozenset[str] = frozenset()


# --- what may happen


@decides(CallMore)
def call_more(case: Case, command: CallMore) -> Refusal | None:
    """The duty seat calls further units of the plan under the level that runs; who cannot come may be asked again."""
    incident = case.incident
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    if incident.state != "responding" or incident.response_level is None:
        return Refusal(key="not_running", params={"state": incident.state})
    unknown = [unit for unit in command.units if unit not in known_units(case.plan, incident)]
    if unknown or not command.units:
        return Refusal(key="unknown_unit", params={"given": unknown})
    calls = incident.calls
    for name in command.units:
        for waiting in [
            unit for unit, call in calls.items() if call.silent and name in standing(case.plan, incident, unit).among
        ]:
            case.record(BodyNamed(unit=waiting, body=name, by=case.actor.id))
    calls = case.incident.calls
    fresh = [
        unit
        for unit in bodies_of(case.plan, case.incident, command.units)
        if unit not in calls or _may_be_called(calls[unit])
    ]
    if not fresh:
        return Refusal(key="already_called", params={"unit": command.units[0]})
    case.record(
        *(
            UnitCalled(
                unit=unit,
                round=incident.rounds + 1,
                level=incident.response_level,
                reachable=unit not in command.unreachable,
            )
            for unit in fresh
        )
    )
    return None


def call_units(
    case: Case, response: Response, previous: str | None, chosen: tuple[str, ...] | None, unreachable: frozenset[str]
) -> None:
    """Call the units of a level that was just declared.

    A raised level calls again whoever has not set out yet, since it now asks for more; a lowered one calls only those
    who were not called before. Everybody else who was called hears of the new level without being asked anything.
    The declarer may choose other units; whoever acts first at the scene is asked all the same.
    """
    plan, incident = case.plan, case.incident
    lowered = previous is not None and plan.height(previous) > plan.height(response.level)
    first = plan.first_action.units if plan.first_action else ()
    wanted = (*first, *chosen) if chosen is not None else None
    if wanted is None:
        wanted = picked_units(plan, response, incident.event_class, incident.candidates)
    name_bodies(case, wanted)
    units = bodies_of(plan, case.incident, wanted)
    called = [unit for unit in units if _is_called(incident, unit, lowered)]
    informed = [unit for unit, call in incident.calls.items() if call.involved and unit not in called]
    if response.calls.rest == "inform":
        members = bodies_of(plan, case.incident, (unit.id for unit in plan.units if unit.member))
        informed += [unit for unit in members if unit not in (*units, *incident.calls)]
    number = incident.rounds + 1
    case.record(
        *(
            UnitCalled(unit=unit, round=number, level=response.level, reachable=unit not in unreachable)
            for unit in called
        ),
        *(UnitInformed(unit=unit, level=response.level) for unit in informed),
    )
    general = bodies_of(plan, case.incident, (*first, *response.calls.always))
    if unpicked(response, incident.event_class, incident.candidates) and set(units) <= set(general):
        case.record(UnitsAsked(level=response.level))


def _is_called(incident: Incident, unit: str, lowered: bool) -> bool:
    call = incident.calls.get(unit)
    if call is None:
        return True
    return not (call.status in ANSWERS and ANSWERS[call.status].under_way) and not (lowered and call.round)


def _may_be_called(call: Call) -> bool:
    """Whether a unit that is on the list may be called once more: it was only informed, or cannot come."""
    return call.status == "informed" or (call.status in ANSWERS and ANSWERS[call.status].needs_substitute)
