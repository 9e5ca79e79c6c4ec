"""A plan's level table in the form that rule engines know: cases of plain comparisons, the highest level first."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plans.load import plan_facts
from plans.model import All, AnyOf, Compare, Expression, Not, Plan

Value = float | str | bool


@dataclass(frozen=True, kw_only=True)
class Atom:
    """One comparison: ``operator`` is ge, gt, le or lt with ``bound``, or ``in`` with ``values``."""

    fact: str
    operator: str
    bound: float = 0
    values: tuple[str | bool, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Case:
    """The level holds when every atom does."""

    level: str
    atoms: tuple[Atom, ...]


def cases(plan: Plan, event_class: str | None) -> list[Case]:
    """Return the rows of a class, the highest level first, alternatives as cases of their own.

    Raises:
        ValueError: a row with a negation.
    """
    rows = plan.levels.rows if plan.levels else ()
    mine = [row for row in rows if not row.classes or event_class in row.classes]
    mine.sort(key=lambda row: -plan.event_levels.index(row.level))
    return [Case(level=row.level, atoms=atoms) for row in mine for atoms in _alternatives(row.when)]


def _alternatives(when: Expression) -> Iterator[tuple[Atom, ...]]:
    if isinstance(when, AnyOf):
        for part in when.parts:
            yield from _alternatives(part)
    elif isinstance(when, All):
        for choice in itertools.product(*(list(_alternatives(part)) for part in when.parts)):
            yield tuple(itertools.chain.from_iterable(choice))
    elif isinstance(when, Compare):
        bounds = {name: getattr(when, name) for name in ("ge", "gt", "le", "lt")}
        yield tuple(Atom(fact=when.fact, operator=name, bound=b) for name, b in bounds.items() if b is not None)
    elif isinstance(when, Not):
        raise ValueError("no rule engine's table has negated rows")
    else:
        yield (Atom(fact=when.fact, operator="in", values=when.values),)


def context(plan: Plan, facts: Mapping[str, Any]) -> dict[str, Value]:
    """Return every fact with a value, as rule engines want it: sums made; what nobody spoke of is zero, no, nothing."""
    known = plan_facts(plan)
    plain: dict[str, Value] = {}
    for name, fact in known.items():
        kinds: dict[str, Value] = {"count": 0, "number": 0, "flag": False, "choice": ""}
        plain[name] = facts.get(name, kinds[fact.type])
    for name, fact in known.items():
        plain[name] = (
            plain[name] if not fact.includes else float(plain[name]) + sum(float(plain[p]) for p in fact.includes)
        )
    return plain
