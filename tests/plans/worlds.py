"""An oracle for the engine: small plans, every world on a grid, and conditions judged in one world at a time."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plans.model import BELOW, All, AnyOf, Compare, Expression, Fact, Not, Plan, Within, merge_facts
from plans.values import FactValue, Interval, Options, Unknown

Value = float | str | bool | None
"""One value of a fact in one world; None = it does not apply."""

Grid = Mapping[str, list[float]]
"""For each numeric fact the values to try: every threshold, something between any two, and something above all."""

SKELETON: dict[str, Any] = {
    "id": "oracle",
    "schema": 1,
    "version": "1",
    "title": "预案",
    "document": "文号",
    "issuer": "发布机关",
    "jurisdiction": {"name": "某区"},
    "in_force": "2030-01-01",
    "roles": {"commander": {"title": "指挥长", "rank": 0, "holders": ["某职"]}},
}


def small_plan(**parts: Any) -> Plan:
    """Return a plan of the given parts, written as in YAML."""
    return Plan.model_validate({**SKELETON, **parts})


def rows(*pairs: tuple[str, dict[str, Any]], **more: Any) -> dict[str, Any]:
    """Return a level table from (level, condition) pairs."""
    return {"rows": [{"id": f"R{i}", "level": level, "clause": f"3({i})", "when": when, **more}
                     for i, (level, when) in enumerate(pairs)]}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What the oracle finds: the same as an outcome of the engine, as sets."""

    events: frozenset[str]
    responses: frozenset[str]
    no_response: bool


def holds(expression: Expression, world: Mapping[str, Value], facts: Mapping[str, Fact]) -> bool:
    """Judge a condition in one world, by the book and not by the engine's code."""
    if isinstance(expression, All):
        return all(holds(part, world, facts) for part in expression.parts)
    if isinstance(expression, AnyOf):
        return any(holds(part, world, facts) for part in expression.parts)
    if isinstance(expression, Not):
        return not holds(expression.part, world, facts)
    if isinstance(expression, Within):
        return world[expression.fact] in expression.values
    assert isinstance(expression, Compare)
    parts = [world[name] for name in closure(expression.fact, facts)]
    if all(part is None for part in parts):
        return False
    total = sum(float(part) for part in parts if part is not None)
    return (
        (expression.lt is None or total < expression.lt)
        and (expression.le is None or total <= expression.le)
        and (expression.gt is None or total > expression.gt)
        and (expression.ge is None or total >= expression.ge)
    )


def closure(name: str, facts: Mapping[str, Fact]) -> set[str]:
    """Return a fact with all that it includes."""
    found = {name}
    for part in facts[name].includes:
        found |= closure(part, facts)
    return found


def values_of(name: str, fact: Fact, known: Mapping[str, FactValue], points: list[float]) -> list[Value]:
    """Return every value on the grid that a fact may have."""
    value = known.get(name)
    if value is None and not fact.open:
        return [None] if fact.type in ("count", "number") else [False if fact.type == "flag" else None]
    if fact.type in ("count", "number"):
        low = value.at_least if isinstance(value, Interval) and value.at_least is not None else 0
        high = value.at_most if isinstance(value, Interval) and value.at_most is not None else max(points)
        return [point for point in points if low <= point <= high]
    options: list[Value] = [choice.id for choice in fact.choices] or [True, False]
    return [item for item in options if not isinstance(value, Options) or item in value.values]


def worlds(plan: Plan, names: list[str], known: Mapping[str, FactValue], grid: Grid) -> Iterator[dict[str, Value]]:
    """Yield every world on the grid that the plan's constraints allow."""
    facts = merge_facts(plan.facts)
    domains = [values_of(name, facts[name], known, grid.get(name, [])) for name in names]
    for choice in itertools.product(*domains):
        world: dict[str, Value] = dict(zip(names, choice, strict=True))
        if all(allowed(c.smaller, c.larger, world, facts) for c in plan.constraints):
            yield world


def allowed(smaller: str, larger: str, world: Mapping[str, Value], facts: Mapping[str, Fact]) -> bool:
    """Return whether one constraint holds in a world, or does not apply."""
    sides = []
    for name in (smaller, larger):
        parts = [world[part] for part in closure(name, facts)]
        if all(part is None for part in parts):
            return True
        sides.append(sum(float(part) for part in parts if part is not None))
    return sides[0] <= sides[1]


def oracle(plan: Plan, names: list[str], known: Mapping[str, FactValue], grid: Grid) -> Answer:
    """Assess every world by itself and return what some world gives."""
    facts = merge_facts(plan.facts)
    table = plan.levels.rows if plan.levels else ()
    all_worlds = list(worlds(plan, names, known, grid))
    levels = []
    for world in all_worlds:
        met = [row.level for row in table if holds(row.when, world, facts)]
        levels.append(max(met, key=plan.event_levels.index) if met else BELOW)
    events = frozenset(levels)
    responses, none = set(), False
    order = ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ"]
    for world, level in zip(all_worlds, levels, strict=True):
        full = {**world, "event_level": level, "undetermined": len(events) > 1}
        met = [
            response.level
            for response in plan.responses
            if any(holds(condition.when, full, facts) for condition in response.conditions)
        ]
        if met:
            responses.add(min(met, key=order.index))
        else:
            none = True
    return Answer(events, frozenset(responses), none)


def is_unknown(value: FactValue | None) -> bool:
    """Return whether a fact has no value at all."""
    return value is None or isinstance(value, Unknown)
