"""Which units a declared level calls, which it only informs, and whom it calls anew."""

from __future__ import annotations

from plans import events as e
from plans.bodies import bodies_of, body_of, standing
from plans.decide.case import Case
from plans.incident import Incident
from plans.model import Pick, Plan, Response

UNDER_WAY = ("已出发", "已到场")


def picked_units(plan: Plan, response: Response, event_class: str, candidates: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the units that a response calls, by the incident's class where the plan leaves the choice open.

    Whoever acts first at the scene (先期处置) is among them at every level.

    Args:
        candidates: the classes that may be meant while none is chosen; the units of all of them are called.
    """
    calls, first = response.calls, plan.first_action.units if plan.first_action else ()
    if calls.units == "all":
        return tuple(dict.fromkeys((*(unit.id for unit in plan.units if unit.member), *first)))
    picks = _picks(response, event_class, candidates) if calls.units == "picked" else ()
    return tuple(dict.fromkeys((*first, *calls.always, *(unit for item in picks for unit in item.units))))


def unpicked(response: Response, event_class: str, candidates: tuple[str, ...] = ()) -> bool:
    """Return whether the class must be known to say whom the response calls, and is not."""
    picks = response.calls.picks if response.calls.units == "picked" else ()
    return bool(picks) and not _picks(response, event_class, candidates)


def _picks(response: Response, event_class: str, candidates: tuple[str, ...]) -> list[Pick]:
    """The picks of the class, else the one without a class, else that of 其他; none where a person must say."""
    picks, classes = response.calls.picks, (event_class,) if event_class else candidates
    found = [item for item in picks if set(item.classes) & set(classes)]
    general = [item for item in picks if not item.classes] or [item for item in picks if "other" in item.classes]
    return found or general[:1]


def called_units(plan: Plan, incident: Incident, response: Response) -> tuple[str, ...]:
    """Return the units that a response calls at this incident: real bodies for placeholders, as far as known."""
    return bodies_of(plan, incident, picked_units(plan, response, incident.event_class, incident.candidates))


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
    told = [unit for unit, call in incident.calls.items() if call.involved and unit not in called]
    if response.calls.rest == "inform":
        members = bodies_of(plan, case.incident, (unit.id for unit in plan.units if unit.member))
        told += [unit for unit in members if unit not in (*units, *incident.calls)]
    number = incident.rounds + 1
    case.record(
        *(
            e.UnitCalled(unit=unit, round=number, level=response.level, reachable=unit not in unreachable)
            for unit in called
        ),
        *(e.UnitInformed(unit=unit, level=response.level) for unit in told),
    )
    general = bodies_of(plan, case.incident, (*first, *response.calls.always))
    if unpicked(response, incident.event_class, incident.candidates) and set(units) <= set(general):
        case.record(e.UnitsAsked(level=response.level))


def name_bodies(case: Case, units: tuple[str, ...]) -> None:
    """Note which bodies are called for placeholders, where the report's own words tell it."""
    for unit in dict.fromkeys(units):
        body = body_of(case.plan, case.incident, unit)
        if body != unit and case.incident.stood.get(unit) != body:
            case.record(e.BodyNamed(unit=unit, body=body))


def call_what_became_plain(case: Case, unreachable: frozenset[str]) -> None:
    """Call the units that a class or place stated since the declaration asks for; ask which body is meant."""
    incident, response = case.incident, case.response(case.incident.response_level)
    if incident.state != "responding" or response is None:
        return
    waiting = {unit for unit, call in incident.calls.items() if call.round and call.silent}
    for unit in dict.fromkeys((*waiting, *incident.stood)):
        found = standing(case.plan, case.incident, unit)
        if found.body and found.body != unit and (unit in waiting or incident.stood[unit] != found.body):
            case.record(e.BodyNamed(unit=unit, body=found.body))
            # Whoever answers for the placeholder answers for the body that it is.
            _call(case, response, (found.body,), unreachable if unit in unreachable else unreachable - {found.body})
        elif unit in waiting and found.among and unit not in incident.bodies_asked:
            case.record(e.BodyAsked(unit=unit, among=found.among))
    if incident.units_asked == response.level and incident.event_class:
        _call(case, response, called_units(case.plan, case.incident, response), unreachable)


def _call(case: Case, response: Response, units: tuple[str, ...], unreachable: frozenset[str]) -> None:
    calls = case.incident.calls
    case.record(
        *(
            e.UnitCalled(
                unit=unit, round=max(1, case.incident.rounds), level=response.level, reachable=unit not in unreachable
            )
            for unit in units
            if unit not in calls or not calls[unit].round
        )
    )


def _is_called(incident: Incident, unit: str, lowered: bool) -> bool:
    call = incident.calls.get(unit)
    if call is None:
        return True
    return call.status not in UNDER_WAY and not (lowered and call.round)
