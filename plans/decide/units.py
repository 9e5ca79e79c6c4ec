"""Answers of units, and what the duty seat notes for those it reached by telephone."""

from __future__ import annotations

from plans import commands as c
from plans import events as e
from plans.bodies import bodies_of, body_of, placeholder, standing
from plans.decide.case import Case
from plans.decide.outcome import Refusal

ANSWERS = ("收到", "已出发", "已到场", "来不了")

_PROGRESS = {"收到": 1, "已出发": 2, "已到场": 3}


def acknowledge(case: Case, command: c.Acknowledge) -> Refusal | None:
    """A unit answers for itself, or the duty officer records what it said on the telephone (代记)."""
    if command.status not in ANSWERS:
        return Refusal(key="unknown_answer", params={"given": command.status, "known": list(ANSWERS)})
    calls = case.incident.calls
    named = _called_for(case, command.unit)
    answers_for = {_called_for(case, unit) for unit in case.actor.units}
    if case.actor.id == case.incident.reporter_id and case.actor.via == "direct":
        answers_for.add(case.incident.unit)  # whoever reported speaks for the school or company that he reported for
    own = sorted(answers_for & ({named} if named else set(calls)))
    recorded = bool(named) and not own
    if recorded and not case.staff:
        return Refusal(key="not_your_unit", params={"unit": command.unit})
    units = own or ([named] if named else [])
    if not units or any(unit not in calls for unit in units):
        return Refusal(key="not_called", params={"unit": command.unit or "、".join(sorted(case.actor.units))})
    fresh = [unit for unit in units if recorded or not _behind(calls[unit].status, command.status)]
    fresh = [unit for unit in fresh if calls[unit].status != command.status]
    if not fresh:
        return Refusal(key="already_answered", params={"unit": units[0], "status": calls[units[0]].status})
    case.record(
        *(
            e.UnitAnswered(
                unit=unit,
                status=command.status,
                by=case.actor.id,
                name=case.actor.name or None,
                note=command.note or None,
                recorded=recorded,
            )
            for unit in fresh
        )
    )
    return None


def call_more(case: Case, command: c.CallMore) -> Refusal | None:
    """The duty seat calls further units of the plan under the level that runs; who cannot come may be asked again."""
    incident = case.incident
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    if incident.state != "responding" or incident.response_level is None:
        return Refusal(key="not_running", params={"state": incident.state})
    unknown = [unit for unit in command.units if all(unit != item.id for item in case.plan.units)]
    if unknown or not command.units:
        return Refusal(key="unknown_unit", params={"given": unknown})
    calls = incident.calls
    for name in command.units:
        for waiting in [
            unit for unit, call in calls.items() if call.silent and name in standing(case.plan, incident, unit).among
        ]:
            case.record(e.BodyNamed(unit=waiting, body=name, by=case.actor.id))
    calls = case.incident.calls
    fresh = [
        unit
        for unit in bodies_of(case.plan, case.incident, command.units)
        if unit not in calls or calls[unit].status in ("informed", "来不了")
    ]
    if not fresh:
        return Refusal(key="already_called", params={"unit": command.units[0]})
    case.record(
        *(
            e.UnitCalled(
                unit=unit,
                round=incident.rounds + 1,
                level=incident.response_level,
                reachable=unit not in command.unreachable,
            )
            for unit in fresh
        )
    )
    return None


def name_body(case: Case, command: c.NameBody) -> Refusal | None:
    """The duty seat says which body a placeholder is; where it was called, that body is called."""
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    unit = placeholder(case.plan, command.unit)
    if unit is None or command.body not in unit.standing_for:
        return Refusal(key="unknown_unit", params={"given": [command.body]})
    if case.incident.bodies.get(command.unit) == command.body:
        return Refusal(key="already_called", params={"unit": command.body})
    before = case.incident.calls.get(command.unit)
    owed = command.unit in case.incident.stood or (before is not None and before.round > 0)
    case.record(e.BodyNamed(unit=command.unit, body=command.body, by=case.actor.id))
    level, call = case.incident.response_level, case.incident.calls.get(command.body)
    if owed and case.incident.state == "responding" and level is not None and (call is None or not call.round):
        case.record(
            e.UnitCalled(
                unit=command.body,
                round=max(1, case.incident.rounds),
                level=level,
                reachable=not {command.body, command.unit} <= command.unreachable,
            )
        )
    return None


def _called_for(case: Case, unit: str) -> str:
    """Return under which name a unit was called: a placeholder's call stands under the body that it is."""
    return unit if unit in case.incident.calls else body_of(case.plan, case.incident, unit)


def _behind(now: str, answer: str) -> bool:
    """A second liaison's late 收到 does not call back a unit that is on its way; the duty officer can set it right."""
    return _PROGRESS.get(answer, 9) < _PROGRESS.get(now, 0)
