"""How far the facts reach into a level table: at least, whatever is unknown, and at most by what has been said."""

from __future__ import annotations

import math
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from plans.classify.explain import matched
from plans.classify.outcome import Tables, tables_of
from plans.logic import NONE, Box
from plans.model import Plan
from plans.values import FactValue, Interval, Options


@dataclass(frozen=True, slots=True)
class Reach:
    """Event levels as the table gives them.

    Attributes:
        possible: over all values of what is unknown, lowest first.
        worst: the highest by the worst that was said, where silence is no harm: what nobody counted is as little as
            it can be.
    """

    possible: tuple[str, ...]
    worst: str


def classes_of(plan: Plan, event_class: str, candidates: tuple[str, ...]) -> tuple[str, ...]:
    """Return the event classes that may be meant, as the level table tells them apart."""
    if event_class:
        return (event_class,)
    class_ids = tuple(item.id for item in plan.classes)
    return (candidates or class_ids or (NONE,)) if tables_of(plan).class_matters else (NONE,)


def facts_graded(plan: Plan, classes: tuple[str, ...]) -> frozenset[str]:
    """Return the facts by which the level table grades these classes; empty where it has no rows for them."""
    scope = tables_of(plan).scope(classes)
    return frozenset().union(*(one.facts for one, _, _ in scope.statements if not one.of_response))


def reach(
    plan: Plan, facts: Mapping[str, FactValue], classes: tuple[str, ...], raised: AbstractSet[str] = frozenset()
) -> Reach:
    """Return how far the facts reach.

    Raises:
        FactError: a fact that the plan does not know, or a value that it cannot have.
    """
    tables = tables_of(plan)
    box, _ = tables.space.box(facts, raised)
    worst = {**facts, **{name: _worst(value) for name, value in facts.items() if name in _counts(tables)}}
    least, _ = tables.space.box(worst, raised)
    worst_box, _ = tables.space.box({**worst, **_silent(tables, least, worst)}, raised)
    return Reach(tables.events(box, classes), tables.events(worst_box, classes)[-1])


def _counts(tables: Tables) -> set[str]:
    return {name for name, fact in tables.space.facts.items() if fact.type == "count"}


def _worst(value: FactValue) -> FactValue:
    """Return the highest count that was said; of 至少3人 that is three."""
    if not isinstance(value, Interval) or (value.at_most is None and value.at_least is None):
        return value
    most = value.at_most if value.at_most is not None else value.at_least
    return Interval(most, most)


def _silent(tables: Tables, box: Box, facts: Mapping[str, FactValue]) -> dict[str, FactValue]:
    """Return the least value of every open fact that nobody limited: none, or what other facts leave of it."""
    values: dict[str, FactValue] = {}
    space = tables.space
    for name, fact in space.facts.items():
        if name in space.own:
            q = space.own[name]
            if not box.absent[q] and math.isinf(box.high[q]) and not math.isinf(box.low[q]):
                values[name] = Interval(box.low[q], box.low[q])
        elif fact.open and name not in facts and fact.choices:
            values[name] = Options(frozenset([fact.choices[0].id]))  # choices stand from the least on
    return values


def matched_level(
    plan: Plan,
    facts: Mapping[str, FactValue],
    level: str,
    classes: tuple[str, ...],
    raised: AbstractSet[str] = frozenset(),
) -> tuple[str, ...]:
    """Return which rows of a level the facts meet by what has been said: clause, evidence, figures, to read aloud."""
    tables = tables_of(plan)
    box, _ = tables.space.box(facts, raised)
    outcome = tables.outcome(box, classes)
    lines = matched(tables, tables.scope(classes), box, outcome)
    return tuple(dict.fromkeys(line.because for line in lines if line.level == level))
