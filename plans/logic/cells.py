"""Conditions over cells: each quantity is cut at every bound that a plan names, so that its values are a few bits.

What a box leaves open is then one number a variable; :mod:`plans.logic.search` asks what can hold together.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from plans.logic.box import Box
from plans.logic.space import Space
from plans.logic.terms import Bound, above, lower_bounds, upper_bounds
from plans.logic.ties import ABSENT, Orders, Tied, span
from plans.model import All, AnyOf, Compare, Expression, Not, Within

_REMEMBERED = 500
"""What flags and choices may be in an incident, of which the cells are remembered."""

Atom = tuple[int, int]
"""A variable, and the cells that it must lie in."""


@dataclass(frozen=True, slots=True)
class Both:
    """Every atom and every clause holds."""

    atoms: tuple[Atom, ...] = ()
    clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """Some atom or some part holds; each atom stands here with the part that it is."""

    atoms: tuple[tuple[int, int, Both], ...]
    parts: tuple[Both, ...] = ()


TRUE = Both()
Formula = Both | None
"""A condition in normal form; None never holds."""


class Cells:
    """The variables of some conditions, cut into cells.

    Args:
        space: the plan's variables.
        conditions: all that formulas will be made of.
        fixed: reserved variables that are settled in every formula.

    Attributes:
        quantities: the variables that are quantities come first: each one's number in the space, and its cuts.
        everything: per variable all its cells.
    """

    def __init__(self, space: Space, conditions: Iterable[Expression], fixed: AbstractSet[str] = frozenset()) -> None:
        self.space = space
        cuts: dict[int, set[Bound]] = {}
        options: set[str] = set()
        for condition in conditions:
            _collect(space, condition, cuts, options)
        options -= fixed
        self._quantity = {q: number for number, q in enumerate(sorted(cuts))}
        self._cuts = [sorted(cuts[q]) for q in self._quantity]
        self._option = {name: len(cuts) + number for number, name in enumerate(sorted(options))}
        discrete = [space.names.discrete[name] for name in self._option]
        self._bits: list[Mapping[str | bool, int]] = [
            {value: 1 << bit for bit, value in enumerate(sorted(space.names.domains[v], key=str))} for v in discrete
        ]
        self.quantities = list(zip(self._quantity, self._cuts, strict=True))
        self._discrete = list(zip(discrete, self._bits, strict=True))
        self.everything = [(4 << len(each)) - 1 for each in self._cuts] + [(1 << len(bits)) - 1 for bits in self._bits]
        self._known: dict[tuple[frozenset[str | bool], ...], list[int]] = {}
        self._ties: dict[Orders, Tied] = {}

    def formula(self, expression: Expression, fixed: Mapping[str, str | bool], positive: bool = True) -> Formula:
        """Return an expression (or its negation) in normal form.

        Args:
            fixed: reserved variables whose value is settled.
        """
        if isinstance(expression, Not):
            return self.formula(expression.part, fixed, not positive)
        if isinstance(expression, All | AnyOf):
            parts = [self.formula(part, fixed, positive) for part in expression.parts]
            return self.both(parts) if isinstance(expression, All) == positive else self.either(parts)
        if isinstance(expression, Within):
            if expression.fact in fixed:
                return TRUE if (fixed[expression.fact] in expression.values) == positive else None
            v = self._option[expression.fact]
            bits = self._bits[v - len(self._cuts)]
            mask = sum(bits[value] for value in set(expression.values) if value in bits)
        else:
            v = self._quantity[self.space.names.quantity[expression.fact]]
            mask = self._within(v, expression)
        return self._atom(v, mask if positive else self.everything[v] & ~mask)

    def both(self, parts: Iterable[Formula]) -> Formula:
        """Return what holds when every part does."""
        atoms: dict[int, int] = {}
        clauses: dict[Clause, None] = {}
        for part in parts:
            if part is None:
                return None
            for v, mask in part.atoms:
                atoms[v] = atoms.get(v, self.everything[v]) & mask
                if not atoms[v]:
                    return None
            clauses.update(dict.fromkeys(part.clauses))
        return Both(tuple(atoms.items()), tuple(clauses)) if atoms or clauses else TRUE

    def either(self, parts: Iterable[Formula]) -> Formula:
        """Return what holds when some part does."""
        atoms: dict[int, int] = {}
        others: dict[Both, None] = {}
        for part in parts:
            if part is None:
                continue
            if part is TRUE:
                return TRUE
            if len(part.atoms) == 1 and not part.clauses:
                [(v, mask)] = part.atoms
                atoms[v] = atoms.get(v, 0) | mask
            else:
                others[part] = None
        if any(mask == self.everything[v] for v, mask in atoms.items()):
            return TRUE
        if len(atoms) + len(others) == 1:
            return next(iter(others)) if others else Both(tuple(atoms.items()))
        if not atoms and not others:
            return None
        return Both((), (Clause(tuple((v, mask, Both(((v, mask),))) for v, mask in atoms.items()), tuple(others)),))

    def variable(self, q: int) -> int | None:
        """Return the variable of a quantity of the space, None where no condition compares it."""
        return self._quantity.get(q)

    def span(self, v: int, low: Bound, high: Bound) -> int:
        """Return the cells of a quantity that hold some value from ``low`` to ``high``."""
        return span(self._cuts[v], low, high)

    def tied(self, orders: Orders) -> Tied:
        """Return what ties the quantities under the orders that bind in a box."""
        ties = self._ties.get(orders)
        if ties is None:
            ties = self._ties[orders] = Tied(self.space, self.quantities, orders)
        return ties

    def option(self, name: str, value: str | bool) -> tuple[int, int]:
        """Return the variable of a flag or choice, and the cell of one value."""
        v = self._option[name]
        return v, self._bits[v - len(self._cuts)][value]

    def domains(self, box: Box) -> list[int]:
        """Return for each variable the cells that ``box`` leaves open."""
        key = tuple(box.domains)
        options = self._known.get(key)
        if options is None:
            options = [sum(bits[value] for value in box.domains[v] if value in bits) for v, bits in self._discrete]
            if len(self._known) < _REMEMBERED:
                self._known[key] = options
        return self._amounts(box) + options

    def narrowed(self, box: Box, base: list[int]) -> list[int]:
        """Return the same of a box whose flags and choices are as in ``base``, the domains of another one."""
        return [*self._amounts(box), *base[len(self.quantities) :]]

    def _amounts(self, box: Box) -> list[int]:
        low, high, absent = box.low, box.high, box.absent
        return [ABSENT if absent[q] else span(cuts, low[q], high[q]) for q, cuts in self.quantities]

    def _atom(self, v: int, mask: int) -> Formula:
        return TRUE if mask == self.everything[v] else Both(((v, mask),)) if mask else None

    def _within(self, v: int, compare: Compare) -> int:
        cuts, whole = self._cuts[v], self.space.names.whole[self.space.names.quantity[compare.fact]]
        first, last = 0, len(cuts)
        for bound in lower_bounds(compare, whole):
            first = max(first, bisect_right(cuts, bound))
        for bound in upper_bounds(compare, whole):
            last = min(last, bisect_right(cuts, bound))
        return (2 << last + 1) - (2 << first) if first <= last else 0


def _collect(space: Space, expression: Expression, cuts: dict[int, set[Bound]], options: set[str]) -> None:
    if isinstance(expression, Not):
        _collect(space, expression.part, cuts, options)
    elif isinstance(expression, All | AnyOf):
        for part in expression.parts:
            _collect(space, part, cuts, options)
    elif isinstance(expression, Within):
        options.add(expression.fact)
    else:
        q = space.names.quantity[expression.fact]
        whole = space.names.whole[q]
        here = cuts.setdefault(q, set())
        here.update(lower_bounds(expression, whole))
        here.update(above(bound, whole) for bound in upper_bounds(expression, whole))
