"""A plan's level table in the form that rule engines know: cases of plain comparisons, the highest level first."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plans.load import plan_facts
from plans.model import AnyOf, Compare, Expression, Fact, Not, Plan, Within

Value = float | str | bool

_OPPOSITE = {"ge": "lt", "gt": "le", "le": "gt", "lt": "ge"}


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
    """Return the rows of a class, the highest level first, alternatives as cases of their own."""
    rows = plan.levels.rows if plan.levels else ()
    mine = [row for row in rows if not row.classes or event_class in row.classes]
    mine.sort(key=lambda row: -plan.event_levels.index(row.level))
    known = plan_facts(plan)
    return [Case(level=row.level, atoms=atoms) for row in mine for atoms in _alternatives(row.when, known)]


def _alternatives(when: Expression, known: Mapping[str, Fact], holds: bool = True) -> Iterator[tuple[Atom, ...]]:
    """Yield the ways in which a condition holds, or does not; a negation is driven down to the comparisons."""
    if isinstance(when, Not):
        yield from _alternatives(when.part, known, not holds)
    elif isinstance(when, Compare):
        bounds = {name: getattr(when, name) for name in _OPPOSITE if getattr(when, name) is not None}
        if holds:
            yield tuple(Atom(fact=when.fact, operator=name, bound=bound) for name, bound in bounds.items())
        else:
            for name, bound in bounds.items():
                yield (Atom(fact=when.fact, operator=_OPPOSITE[name], bound=bound),)
    elif isinstance(when, Within):
        fact = known[when.fact]
        domain = [True, False] if fact.type == "flag" else ["", *(choice.id for choice in fact.choices)]
        values = when.values if holds else tuple(value for value in domain if value not in when.values)
        yield (Atom(fact=when.fact, operator="in", values=values),)
    elif isinstance(when, AnyOf) == holds:
        for part in when.parts:
            yield from _alternatives(part, known, holds)
    else:
        for choice in itertools.product(*(list(_alternatives(part, known, holds)) for part in when.parts)):
            yield tuple(itertools.chain.from_iterable(choice))


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
