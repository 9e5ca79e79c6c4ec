"""Gaps: one quantity grows while all else stays as a row demands it, and the level must never fall on the way."""

from __future__ import annotations

import math
from collections.abc import Mapping

from plans.classify.outcome import Tables
from plans.classify.scope import Statement, compares
from plans.lint.finding import Report
from plans.load.document import Path
from plans.logic import NONE
from plans.logic.terms import Bound, above, lower_bounds, upper_bounds
from plans.model import All, AnyOf, Expression, Not, Reading, Within
from plans.model.condition import RESERVED
from plans.values import FactValue, Interval, Options, written

Placed = tuple[Path, Statement, Reading | None]
"""A row or start condition with its place in the file and its reading."""


def check_sweep(report: Report, tables: Tables, placed: list[Placed], event_class: str) -> None:
    """Let one quantity grow while all else stays as a row demands it: a level that falls on the way marks a gap."""
    told: set[tuple[str, Bound, bool]] = set()
    for path, statement, reading in placed:
        for compare in compares(statement.when):
            drop = _drop(tables, placed, statement, compare.fact, event_class)
            if drop is None or (compare.fact, drop[0], statement.of_response) in told:
                continue
            value, before, after = drop
            told.add((compare.fact, value, statement.of_response))
            fact = tables.space.facts[compare.fact]
            place, culprit, settled = _ending_at(tables, placed, compare.fact, value) or (path, statement, reading)
            message = (
                f"{fact.label or compare.fact}到{written(value)}{fact.unit}时级别由{before}降为{after}：中间有空档"
            )
            report.add(
                "gap", "error", (*place, "when"), message, clause=culprit.clause, reading=settled,
                kinds=("garbled", "unclear"),
            )  # fmt: skip


def _drop(
    tables: Tables, placed: list[Placed], statement: Statement, name: str, event_class: str
) -> tuple[Bound, str, str] | None:
    space = tables.space
    whole = space.names.whole[space.own[name]]
    cuts: set[Bound] = set()
    falling = True
    for _, other, _ in placed:
        for compare in compares(other.when):
            if compare.fact == name:
                lower = lower_bounds(compare, whole)
                cuts.update(lower)
                cuts.update(above(bound, whole) for bound in upper_bounds(compare, whole))
                falling &= not lower
    low, high = space.limits(name)
    points = sorted({low if not math.isinf(low) else 0, *(cut for cut in cuts if low <= cut <= high)})
    base = facts_meeting(tables, statement.when, name)
    before: tuple[int, str] | None = None
    for point in reversed(points) if falling else points:
        level = _level_at(tables, {**base, name: Interval(point, point)}, event_class, statement.of_response)
        if before is not None and level[0] < before[0]:
            return point, before[1] or "不启动响应", level[1] or "不启动响应"
        before = level
    return None


def _level_at(tables: Tables, facts: Mapping[str, FactValue], event_class: str, of_response: bool) -> tuple[int, str]:
    """Return the rank and name of the one level that exact facts give; the lowest possible where some is still open."""
    complete = dict(facts)
    for name, fact in tables.space.facts.items():
        if fact.open and name not in complete:
            if fact.type in ("count", "number"):
                complete[name] = Interval(fact.at_least or 0, fact.at_least or 0)
            elif fact.type == "flag":
                complete[name] = Options(frozenset([False]))
    box, _ = tables.space.box(complete)
    for name, fact in tables.space.facts.items():
        if fact.open and fact.type == "choice" and name not in complete:
            box.domains[tables.space.names.discrete[name]] = frozenset([NONE])
    outcome = tables.outcome(box, (event_class,))
    if of_response:
        best = "" if outcome.no_response or not outcome.responses else outcome.responses[0]
        return tables.plan.height(best) + 1, f"{best}级响应" if best else ""
    first = outcome.events[0]
    return ("", *tables.plan.event_levels).index(first) if first in tables.plan.event_levels else 0, first


def facts_meeting(tables: Tables, when: Expression, swept: str, wanted: bool = True) -> dict[str, FactValue]:
    """Return facts that meet a condition (or fail it) apart from the swept quantity, as little of each as will do."""
    if isinstance(when, Not):
        return facts_meeting(tables, when.part, swept, not wanted)
    if isinstance(when, All | AnyOf):
        parts = when.parts
        if isinstance(when, AnyOf) == wanted:
            # One alternative suffices: the one that speaks of the swept quantity, else the first.
            parts = tuple(part for part in parts if any(leaf.fact == swept for leaf in compares(part)))[:1] or parts[:1]
        met: dict[str, FactValue] = {}
        for part in parts:
            met.update(facts_meeting(tables, part, swept, wanted))
        return met
    if isinstance(when, Within):
        if when.fact in RESERVED:
            return {}
        domain = tables.space.names.domains[tables.space.names.discrete[when.fact]] - {NONE}
        values = domain & frozenset(when.values) if wanted else domain - frozenset(when.values)
        return {when.fact: Options(frozenset([min(values, key=str)]))} if values else {}
    if when.fact == swept:
        return {}
    whole = tables.space.facts[when.fact].type == "count"
    bounds = lower_bounds(when, whole) if wanted else [above(bound, whole) for bound in upper_bounds(when, whole)]
    least = max([tables.space.facts[when.fact].at_least or 0, *bounds])
    return {when.fact: Interval(least, least)}


def _ending_at(tables: Tables, placed: list[Placed], fact: str, value: Bound) -> Placed | None:
    """Return the statement whose upper bound ends just below ``value``."""
    for item in placed:
        for compare in compares(item[1].when):
            whole = tables.space.names.whole[tables.space.names.quantity[compare.fact]]
            if compare.fact == fact and value in [above(bound, whole) for bound in upper_bounds(compare, whole)]:
                return item
    return None
