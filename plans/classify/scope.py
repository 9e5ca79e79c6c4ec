"""What a plan says of some event classes, gathered once: its statements, the facts that they name, their bounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from plans.logic import Space, facts_in
from plans.logic.terms import Bound, Term, above, lower_bounds, upper_bounds
from plans.model import (
    All,
    AnyOf,
    Compare,
    Expression,
    LevelRow,
    Not,
    Plan,
    StartCondition,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A row of the level table or a start condition of a response, seen alike.

    Attributes:
        rank: the place of its level among its kind, lowest first.
        classes: the event classes that it speaks of; empty = of every class.
        facts: the facts that its condition names.
    """

    level: str
    clause: str
    evidence: str
    text: str
    when: Expression
    of_response: bool
    rank: int
    classes: tuple[str, ...] = ()
    reading: str = ""
    facts: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Gather the facts once: every assessment asks for them."""
        object.__setattr__(self, "facts", facts_in(self.when))


class Scope:
    """The statements of some classes.

    Attributes:
        statements: the rows of the classes, each once, then the start conditions; each with its term and its rank.
        mentioned: the facts that they name.
        counted: the own variables of the quantities that they name, with all that these sum.
        cuts: per own variable the other parts of each quantity that it counts into, with that quantity's bounds.
    """

    def __init__(self, plan: Plan, space: Space, tables: Iterable[Iterable[LevelRow]]) -> None:
        rows = {row.id: row for table in tables for row in table}
        statements = [
            Statement(
                row.level,
                row.clause,
                row.evidence,
                row.text,
                row.when,
                False,
                plan.rank(row.level),
                row.classes,
                _taken(row),
            )
            for row in rows.values()
        ]
        statements += [
            Statement(
                response.level, item.clause, item.evidence, item.text, item.when, True, rank, reading=_taken(item)
            )
            for response in plan.responses
            for rank in (plan.height(response.level),)
            for item in response.conditions
        ]
        self.statements: tuple[tuple[Statement, Term, int], ...] = tuple(
            (one, space.term(one.when), one.rank) for one in statements
        )
        self.mentioned = frozenset[str]().union(*(one.facts for one in statements))
        cuts: dict[int, dict[tuple[int, ...], set[Bound]]] = {}
        for compare in {leaf for one in statements for leaf in compares(one.when)}:
            q = space.names.quantity[compare.fact]
            whole = space.names.whole[q]
            bounds = [*lower_bounds(compare, whole), *(above(bound, whole) for bound in upper_bounds(compare, whole))]
            for own in space.parts[q]:
                others = tuple(part for part in space.parts[q] if part != own)
                cuts.setdefault(own, {}).setdefault(others, set()).update(bounds)
        self.cuts = cuts
        self.counted = frozenset(cuts)


def _taken(item: LevelRow | StartCondition) -> str:
    return item.reading.taken if item.reading is not None else ""


def compares(condition: Expression) -> Iterator[Compare]:
    """Yield every comparison of a condition."""
    if isinstance(condition, Compare):
        yield condition
    elif isinstance(condition, Not):
        yield from compares(condition.part)
    elif isinstance(condition, All | AnyOf):
        for part in condition.parts:
            yield from compares(part)
