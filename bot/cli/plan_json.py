"""A plan as docs/contract.md prints it for machines."""

from __future__ import annotations

from typing import Any

from plans.load import plan_facts
from plans.model import LevelRow, Obligation, Plan
from plans.times.durations import iso


def plan_line(plan: Plan) -> dict[str, Any]:
    """Return one line of ``plans list --json``."""
    return {
        "id": plan.id,
        "title": plan.title,
        "document": plan.document,
        "issuer": plan.issuer,
        "in_force": plan.in_force.isoformat() if plan.in_force else None,
        "jurisdiction": plan.jurisdiction.name,
        "version": plan.version,
    }


def plan_whole(plan: Plan) -> dict[str, Any]:
    """Return ``plans show ID --json``: the contract's fields, and the rest of the plan as its file has it."""
    names = {item.id: item.name for item in plan.classes}
    whole = plan.model_dump(mode="json", by_alias=True, exclude={"path"})
    rows = plan.levels.rows if plan.levels else ()
    shapes: dict[str, Any] = {
        "jurisdiction_detail": whole["jurisdiction"],
        "clauses": [
            {
                "id": number,
                "title": item.title,
                "status": item.status,
                "reason": item.reason or None,
                "at": list(item.at),
            }
            for number, item in plan.clauses.items()
        ],
        "facts": [
            {
                "id": name,
                "label": fact.label,
                "type": fact.type,
                "unit": fact.unit,
                "includes": list(fact.includes),
                "open": fact.open,
            }
            for name, fact in plan_facts(plan).items()
        ],
        "classes": [{"id": item.id, "name": item.name} for item in plan.classes],
        "levels": [_level(row, name, names) for row in rows for name in row.classes or ("",)],
        "responses": [
            {
                "level": item.level,
                "clause": item.clause,
                "conditions": [part.text for part in item.conditions],
                "declared_by": titles(plan, item.declared_by),
                "ended_by": titles(plan, enders(plan, item.ended_by, item.declared_by)),
                "measures": list(item.measures),
            }
            for item in plan.responses
        ],
        "obligations": [_obligation(plan, rule) for rule in plan.obligations],
        "forms": [
            {"report": item.report, "elements": list(item.elements), "clause": item.clause} for item in plan.forms
        ],
        "units": [
            {
                "name": item.name or item.id,
                "aliases": list(item.aliases),
                "duty": item.duty,
                "member": item.member,
                "lines": [{"number": line.number, "kind": line.kind} for line in item.lines],
            }
            for item in plan.units
        ],
        "groups": [
            {"name": item.name, "lead": list(item.lead), "members": list(item.members), "duty": item.duty}
            for item in plan.groups
        ],
    }
    shapes["level_table"] = _without(whole["levels"], "rows") if whole["levels"] else None
    full_rows = [row.model_dump(mode="json", by_alias=True) for row in rows for _ in row.classes or ("",)]
    for shape, full in zip(shapes["levels"], full_rows, strict=True):
        shape.update(_more(full, shape))
    facts = plan_facts(plan)
    for fact in shapes["facts"]:
        fact.update(_more(facts[fact["id"]].model_dump(mode="json", by_alias=True), fact))
    for name in ("classes", "responses", "obligations", "forms", "units", "groups"):
        for shape, full in zip(shapes[name], whole[name], strict=True):
            shape.update(_more(full, shape))
    return whole | plan_line(plan) | shapes


def _more(full: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    """Return what the file says and the contract's shape leaves out, or says otherwise (then under ``…_detail``)."""
    return {
        key if key not in shape else f"{key}_detail": value
        for key, value in full.items()
        if key not in shape or shape[key] != value
    }


def _without(value: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: inner for name, inner in value.items() if name != key}


def _level(row: LevelRow, name: str, names: dict[str, str]) -> dict[str, Any]:
    return {
        "id": row.id,
        "class": name or None,
        "class_name": names.get(name),
        "level": row.level,
        "clause": row.clause,
        "evidence": row.evidence,
    }


def titles(plan: Plan, roles: tuple[str, ...]) -> list[str]:
    """Return how roles are called in Chinese."""
    return [plan.roles[role].title if role in plan.roles else role for role in roles]


def enders(plan: Plan, ended_by: str | tuple[str, ...], declared_by: tuple[str, ...]) -> tuple[str, ...]:
    """Return who may end: the declaring role or one above it, unless the plan names others."""
    if isinstance(ended_by, tuple):
        return ended_by
    lowest = max((plan.roles[role].rank for role in declared_by if role in plan.roles), default=-1)
    ranked = sorted(plan.roles.items(), key=lambda item: item[1].rank)
    return tuple(role for role, value in ranked if value.rank <= lowest)


def _obligation(plan: Plan, rule: Obligation) -> dict[str, Any]:
    from plans.obligations.starts import recipients  # with all that an incident is

    clock = rule.clock
    return {
        "id": rule.id,
        "clause": rule.clause,
        "report": rule.report,
        "channel": rule.channel,
        "bearer": rule.bearer,
        "to": list(recipients(plan, rule)),
        "clock_from": clock.from_,
        "within": iso(clock.within) if clock.within is not None else None,
        "workdays": clock.workdays,
        "every": "P1D" if clock.daily else iso(clock.every) if clock.every is not None else None,
        "applies": rule.applies,
        "local": rule.local,
        "by_office": rule.by_office,
        "evidence": rule.evidence,
        "text": rule.text,
        "skip_level": rule.skip_level,
        "until": clock.until,
        "changes": [
            {
                "text": item.text,
                "within": iso(item.within) if item.within is not None else None,
                "every": iso(item.every) if item.every is not None else None,
                "clause": item.clause,
            }
            for item in rule.changes
        ],
    }
