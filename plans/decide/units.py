"""Answers of units, and what the duty seat notes for those it reached by telephone."""

from __future__ import annotations

from plans import commands as c
from plans import events as e
from plans.decide.case import Case
from plans.decide.outcome import Refusal

ANSWERS = ("收到", "已出发", "已到场", "来不了")


def acknowledge(case: Case, command: c.Acknowledge) -> Refusal | None:
    """A unit answers for itself, or the duty officer records what it said on the telephone (代记)."""
    if command.status not in ANSWERS:
        return Refusal(key="unknown_answer", params={"given": command.status, "known": list(ANSWERS)})
    calls = case.incident.calls
    own = (
        sorted(case.actor.units & set(calls))
        if not command.unit
        else [command.unit]
        if command.unit in case.actor.units
        else []
    )
    recorded = bool(command.unit) and not own
    if recorded and not case.staff:
        return Refusal(key="not_your_unit", params={"unit": command.unit})
    units = [command.unit] if recorded else own
    if not units or units[0] not in calls:
        return Refusal(key="not_called", params={"unit": command.unit or "、".join(sorted(case.actor.units))})
    if case.incident.state not in ("reported", "responding", "ended"):
        return Refusal(key="not_running", params={"state": case.incident.state})
    same = [unit for unit in units if calls[unit].status == command.status]
    if same == units:
        return Refusal(key="already_answered", params={"unit": units[0], "status": command.status})
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
            for unit in units
            if unit not in same
        )
    )
    return None
