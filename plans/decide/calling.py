"""Which units a declared level calls, which it only informs, and whom it calls anew."""

from __future__ import annotations

from plans import events as e
from plans.decide.case import Case, height
from plans.incident import Incident
from plans.model import Pick, Plan, Response

UNDER_WAY = ("已出发", "已到场")


def picked_units(plan: Plan, response: Response, event_class: str, candidates: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the units that a response calls, by the incident's class where the plan leaves the choice open.

    Args:
        candidates: the classes that may be meant while none is chosen; the units of all of them are called.
    """
    calls = response.calls
    if calls.units == "all":
        return tuple(unit.id for unit in plan.units if unit.member)
    if calls.units == "none":
        return calls.always
    classes = (event_class,) if event_class else candidates
    picks = [item for item in calls.picks if set(item.classes) & set(classes)] or _default(calls.picks)
    return tuple(dict.fromkeys((*calls.always, *(unit for item in picks for unit in item.units))))


def _default(picks: tuple[Pick, ...]) -> list[Pick]:
    """The pick without a class, else that of the class 其他, else the last: somebody is called whatever it is."""
    general = [item for item in picks if not item.classes] or [item for item in picks if "other" in item.classes]
    return general[:1] or list(picks[-1:])


def call_units(
    case: Case, response: Response, previous: str | None, chosen: tuple[str, ...] | None, unreachable: frozenset[str]
) -> None:
    """Call the units of a level that was just declared.

    A raised level calls again whoever has not set out yet, since it now asks for more; a lowered one calls only those
    who were not called before. Everybody else who was called hears of the new level without being asked anything.
    """
    incident = case.incident
    lowered = previous is not None and height(previous) > height(response.level)
    units = chosen
    if units is None:
        units = picked_units(case.plan, response, incident.event_class, incident.candidates)
    called = [unit for unit in units if _is_called(incident, unit, lowered)]
    told = [unit for unit, call in incident.calls.items() if call.involved and unit not in called]
    if response.calls.rest == "inform":
        told += [unit.id for unit in case.plan.units if unit.member and unit.id not in (*units, *incident.calls)]
    number = incident.rounds + 1
    case.record(
        *(
            e.UnitCalled(unit=unit, round=number, level=response.level, reachable=unit not in unreachable)
            for unit in called
        ),
        *(e.UnitInformed(unit=unit, level=response.level) for unit in told),
    )


def _is_called(incident: Incident, unit: str, lowered: bool) -> bool:
    call = incident.calls.get(unit)
    if call is None:
        return True
    return call.status not in UNDER_WAY and not (lowered and call.round)
