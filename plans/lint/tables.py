"""Level tables and start conditions: bounds that nothing meets, rows that never decide, overlaps, branching."""

from __future__ import annotations

from collections.abc import Iterator

from plans.classify.outcome import Tables
from plans.classify.scope import Statement, compares
from plans.lint.finding import Report
from plans.lint.sweep import Placed, check_sweep
from plans.load.document import Path
from plans.logic import BUDGET, NONE, Box, possible
from plans.logic.terms import Bound, Term, lower_bounds, upper_bounds
from plans.model import All, Compare, Expression
from plans.values import written

BRANCHES = 500
"""Boxes that the engine may open to assess one class with everything unknown."""


def check_tables(report: Report, tables: Tables) -> None:
    """Check each class's rows, then the responses' conditions."""
    plan = report.plan
    rows: list[tuple[tuple[str, ...], Placed]] = [
        (row.classes, (("levels", "rows", i), Statement(row.level, row.clause, row.evidence, row.text, row.when, False,
                                                          plan.rank(row.level)),
                       row.reading))
        for i, row in enumerate(plan.levels.rows if plan.levels else ())
    ]  # fmt: skip
    box = _everything_open(tables)
    _satisfiable(report, tables, [placed for _, placed in rows], box)
    seen: set[Path] = set()
    for name in [item.id for item in plan.classes] or [NONE]:
        mine = [placed for classes, placed in rows if not classes or name in classes]
        fresh = [placed for placed in mine if placed[0] not in seen]
        seen.update(path for path, _, _ in mine)
        if fresh:
            _unreachable(report, tables, mine, box, set(_impossible(tables, mine, box)))
            check_sweep(report, tables, mine, name)
            _overlaps(report, tables, mine)
            _branching(report, tables, name, box)
    conditions: list[Placed] = [
        (("responses", i, "conditions", j),
         Statement(response.level, item.clause, item.evidence, item.text, item.when, True,
                   plan.height(response.level)), item.reading)
        for i, response in enumerate(plan.responses)
        for j, item in enumerate(response.conditions)
    ]  # fmt: skip
    _satisfiable(report, tables, conditions, box)
    _unreachable(report, tables, conditions, box, set(_impossible(tables, conditions, box)))
    check_sweep(report, tables, [placed for placed in conditions if list(compares(placed[1].when))], NONE)
    _overlaps(report, tables, conditions)
    _levels_answered(report, tables, box)


def _everything_open(tables: Tables) -> Box:
    box, _ = tables.space.box({}, frozenset(tables.space.facts))
    return box


def _impossible(tables: Tables, placed: list[Placed], box: Box) -> Iterator[Path]:
    for path, statement, _ in placed:
        if not possible((tables.space.term(statement.when),), box.afresh()):
            yield path


def _satisfiable(report: Report, tables: Tables, placed: list[Placed], box: Box) -> None:
    impossible = set(_impossible(tables, placed, box))
    for path, statement, _ in placed:
        if path in impossible:
            message = f"{statement.level}的条件没有任何数能满足"
            report.add("impossible-bound", "error", (*path, "when"), message, clause=statement.clause)


def _unreachable(report: Report, tables: Tables, placed: list[Placed], box: Box, impossible: set[Path]) -> None:
    """Find statements that a higher level always covers."""
    for path, statement, reading in placed:
        if path in impossible:
            continue
        higher: list[Term] = [
            tables.space.term(other.when, False) for _, other, _ in placed if other.rank > statement.rank
        ]
        if not possible((tables.space.term(statement.when), *higher), box.afresh()):
            name = f"{statement.level}级响应的这一条件" if statement.of_response else f"{statement.level}的这一行"
            message = f"{name}永远轮不到：更高的级别总是先满足"
            report.add(
                "unreachable-row", "error", (*path, "when"), message, clause=statement.clause, reading=reading,
                kinds=("duplicate",),
            )  # fmt: skip


def _overlaps(report: Report, tables: Tables, placed: list[Placed]) -> None:
    """Find two levels that both name a closed range of one quantity, and the same numbers in both."""
    ranges: list[tuple[Placed, str, frozenset[Expression], Bound, Bound]] = []
    for item in placed:
        when = item[1].when
        parts = when.parts if isinstance(when, All) else (when,)
        for part in parts:
            if isinstance(part, Compare):
                whole = tables.space.facts[part.fact].type == "count"
                lows, highs = lower_bounds(part, whole), upper_bounds(part, whole)
                if lows and highs:
                    rest = frozenset(other for other in parts if other is not part)
                    ranges.append((item, part.fact, rest, max(lows), min(highs)))
    for one, (item, fact, rest, low, high) in enumerate(ranges):
        for other_item, other_fact, other_rest, other_low, other_high in ranges[one + 1 :]:
            if item[1].level == other_item[1].level or fact != other_fact or rest != other_rest:
                continue
            if max(low, other_low) <= min(high, other_high):
                label = tables.space.facts[fact].label or fact
                first, last = max(low, other_low), min(high, other_high)
                shared = f"{label}{written(first)}" + (f"至{written(last)}" if last > first else "")
                message = f"{shared}同属{item[1].level}和{other_item[1].level}"
                report.add(
                    "overlap", "warning", (*other_item[0], "when"), message, clause=other_item[1].clause,
                    reading=other_item[2],
                )  # fmt: skip


def _branching(report: Report, tables: Tables, event_class: str, box: Box) -> None:
    """Let the engine assess the class with everything unknown, and see how many cases it had to tell apart."""
    box = box.afresh()
    tables.outcome(box, (event_class,))
    if (opened := BUDGET - box.budget[0]) > BRANCHES:
        name = next((item.name for item in tables.plan.classes if item.id == event_class), "级别表")
        least = min(opened, BUDGET)
        report.add("branching", "error", ("levels",), f"{name}的分级至少要分{least}种情形，超过{BRANCHES}：请拆分条件")


def _levels_answered(report: Report, tables: Tables, box: Box) -> None:
    """Find event levels to which no response answers."""
    plan = tables.plan
    if not any(response.conditions for response in plan.responses):
        return
    variable = tables.space.names.discrete
    for level in plan.event_levels:
        trial = box.afresh()
        trial.domains[variable["event_level"]] = frozenset([level])
        trial.domains[variable["undetermined"]] = frozenset([False])
        if not any(possible((holds,), trial) for _, holds in tables.responses):
            clauses = [
                item.clause for row in (plan.levels.rows if plan.levels else ()) for item in [row] if row.level == level
            ]
            report.add(
                "no-response", "error", ("responses",), f"{level}事件没有对应的响应级别",
                clause=clauses[0] if clauses else "", kinds=("missing-level", "missing-response"),
            )  # fmt: skip
