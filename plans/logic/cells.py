"""Conditions over cells: each quantity is cut at every bound that a plan names, so that a set of its values is a few bits.

What a box leaves open is one number a variable, and whether conditions can hold together is a search over these numbers.
It is exact: cells lie wholly within or without every bound, and what sums and orders tie together (死亡 ≤ 涉险) is
examined with the true bounds before a search says yes.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from operator import and_

from plans.logic.box import Box
from plans.logic.space import Space
from plans.logic.terms import Bound, above, below, lower_bounds, upper_bounds
from plans.model import All, AnyOf, Compare, Expression, Not, Within

_ABSENT = 1
"""The bit of a quantity that does not apply: no comparison with it holds, whichever way it points."""

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

Open = tuple[Clause, list[Both]]
"""A clause that is not decided, and what may still make it hold."""

_REGIONS = 6


class Spent(Exception):
    """The budget is used up."""


class Cells:
    """The variables of some conditions, cut into cells.

    Args:
        space: the plan's variables.
        conditions: all that formulas will be made of.
        fixed: reserved variables that are settled in every formula.
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
        self._bits: list[Mapping[str | bool, int]] = [
            {value: 1 << bit for bit, value in enumerate(sorted(space.names.domains[space.names.discrete[name]], key=str))}
            for name in self._option
        ]
        self._quantities = list(zip(self._quantity, self._cuts, strict=True))
        self._discrete = [(space.names.discrete[name], bits) for name, bits in zip(self._option, self._bits, strict=True)]
        full = [(1 << (len(each) + 2)) - 1 for each in self._cuts] + [(1 << len(bits)) - 1 for bits in self._bits]
        self._full = full
        self._masks: dict[tuple[int, frozenset[str | bool]], int] = {}
        self._tied: dict[tuple[tuple[int, int], ...], Tied] = {}

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
        return self._atom(v, mask if positive else self._full[v] & ~mask)

    def both(self, parts: Iterable[Formula]) -> Formula:
        """Return what holds when every part does."""
        atoms: dict[int, int] = {}
        clauses: dict[Clause, None] = {}
        for part in parts:
            if part is None:
                return None
            for v, mask in part.atoms:
                atoms[v] = atoms.get(v, self._full[v]) & mask
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
        if any(mask == self._full[v] for v, mask in atoms.items()):
            return TRUE
        if len(atoms) + len(others) == 1:
            return next(iter(others)) if others else Both(tuple(atoms.items()))
        if not atoms and not others:
            return None
        return Both((), (Clause(tuple((v, mask, Both(((v, mask),))) for v, mask in atoms.items()), tuple(others)),))

    def domains(self, box: Box) -> list[int]:
        """Return for each variable the cells that ``box`` leaves open."""
        low, high, absent = box.low, box.high, box.absent
        found = [
            _ABSENT if absent[q] else (2 << bisect_right(cuts, high[q]) + 1) - (2 << bisect_right(cuts, low[q]))
            for q, cuts in self._quantities
        ]
        for v, bits in self._discrete:
            domain = box.domains[v]
            mask = self._masks.get((v, domain))
            if mask is None:
                mask = self._masks[v, domain] = sum(bits[value] for value in domain if value in bits)
            found.append(mask)
        return found

    def possible(
        self, domains: list[int], clauses: Sequence[Clause], box: Box, regions: list[list[int]] | None = None
    ) -> bool:
        """Return whether some values in ``domains`` (of ``box``) make every clause hold; past the budget, yes.

        Args:
            regions: cells for which this same question was answered with yes before, the latest last; it is added to.
        """
        tied = self._tied.get(box.orders)
        if tied is None:
            tied = self._tied[box.orders] = Tied(self, box)
        for region in reversed(regions or ()):
            if all(map(and_, domains, region)) and (
                not tied.needed or tied.consistent(list(map(and_, domains, region)), box)
            ):
                return True
        try:
            found = self._search(domains[:], clauses, box, tied)
        except Spent:
            return True
        if found is not None and regions is not None:
            regions.append(found)
            del regions[:-_REGIONS]
        return found is not None

    def _search(self, domains: list[int], clauses: Sequence[Clause], box: Box, tied: Tied) -> list[int] | None:
        """Assert what is forced, then branch (``domains`` is changed); return cells that all will do, as far as untied."""
        box.budget[0] -= 1
        if box.budget[0] < 0:
            raise Spent
        left = settle(domains, clauses)
        if left is None:
            return None
        if not left:
            return domains if not tied.needed or tied.consistent(domains, box) else None
        if len(left) == 1:
            rest, [(_, alternatives)] = [], left
        else:
            first = min(left, key=_alternatives)
            rest, alternatives = [item[0] for item in left if item is not first], first[1]
        for part in alternatives:
            trial = domains[:]
            if narrow(trial, part.atoms):
                found = self._search(trial, [*part.clauses, *rest], box, tied)
                if found is not None:
                    return found
        return None

    def _atom(self, v: int, mask: int) -> Formula:
        return TRUE if mask == self._full[v] else Both(((v, mask),)) if mask else None

    def _within(self, v: int, compare: Compare) -> int:
        cuts, whole = self._cuts[v], self.space.names.whole[self.space.names.quantity[compare.fact]]
        first, last = 0, len(cuts)
        for bound in lower_bounds(compare, whole):
            first = max(first, bisect_right(cuts, bound))
        for bound in upper_bounds(compare, whole):
            last = min(last, bisect_right(cuts, bound))
        return (2 << last + 1) - (2 << first) if first <= last else 0


class Tied:
    """What ties the quantities of the conditions to each other, under the orders that bind in a box."""

    def __init__(self, cells: Cells, box: Box) -> None:
        cut = {q for q, _ in cells._quantities}
        # Where at most one quantity of an order is cut, what the box says already is enough.
        pairs = [(one, other) for one, other in _closure(box.orders) if one in cut and other in cut and one != other]
        self._sums = bool(cells.space.sums)
        ordered = {q for pair in pairs for q in pair}
        self._linked = [
            (number, q, cuts, cells.space.names.whole[q])
            for number, (q, cuts) in enumerate(cells._quantities)
            if q in ordered or (self._sums and cells.space.coupled[q])
        ]
        places = {q: place for place, (_, q, _, _) in enumerate(self._linked)}
        self._pairs = [(places[one], places[other]) for one, other in pairs]
        self.needed = bool(self._linked)

    def consistent(self, domains: list[int], box: Box) -> bool:
        """Return whether some values in the cells satisfy every sum and order."""
        bounds: list[tuple[Bound, Bound]] = []
        for v, q, cuts, whole in self._linked:
            mask = domains[v]
            if mask == _ABSENT:
                bounds.append((-math.inf, math.inf))
                continue
            first, last = (mask & -mask).bit_length() - 2, mask.bit_length() - 2
            low, high = box.low[q], box.high[q]
            if first > 0 and cuts[first - 1] > low:
                low = cuts[first - 1]
            if last < len(cuts) and (most := below(cuts[last], whole)) < high:
                high = most
            bounds.append((low, high))
        if any(bounds[one][0] > bounds[other][1] for one, other in self._pairs):
            return False
        if self._sums and not self._summed(bounds, domains, box):
            return False
        return self._whole(domains, box)

    def _summed(self, bounds: list[tuple[Bound, Bound]], domains: list[int], box: Box) -> bool:
        trial = box.copy()
        for (v, q, _, _), (low, high) in zip(self._linked, bounds, strict=True):
            if domains[v] != _ABSENT:
                trial.low[q], trial.high[q] = low, high
        return trial.settle() and trial.consistent()

    def _whole(self, domains: list[int], box: Box) -> bool:
        """Branch on cells with a gap between them: the bounds alone do not tell of it."""
        for v, _, _, _ in self._linked:
            mask = domains[v]
            lowest = mask & -mask
            run = mask & ~(mask + lowest)
            if run != mask:
                box.budget[0] -= 1
                if box.budget[0] < 0:
                    raise Spent
                parts = (run, mask & ~run)
                return any(self.consistent([*domains[:v], part, *domains[v + 1 :]], box) for part in parts)
        return True


def narrow(domains: list[int], atoms: Iterable[Atom]) -> bool:
    """Demand that every atom holds (``domains`` is changed); return whether anything is left."""
    for v, mask in atoms:
        domains[v] &= mask
        if not domains[v]:
            return False
    return True


def settle(domains: list[int], clauses: Sequence[Clause]) -> list[Open] | None:
    """Narrow ``domains`` (they are changed) by all that the clauses force.

    Returns:
        The clauses that are left open, each with the alternatives that may still hold; None when nothing is possible.
    """
    while True:
        forced: list[Both] = []
        open_: list[Open] = []
        for clause in clauses:
            left = _left(clause, domains)
            if left is None:
                continue
            if not left:
                return None
            if len(left) == 1:
                forced.append(left[0])
            else:
                open_.append((clause, left))
        if not forced:
            return open_
        clauses = [clause for clause, _ in open_]
        for part in forced:
            if not narrow(domains, part.atoms):
                return None
            clauses += part.clauses


def _alternatives(item: Open) -> int:
    return len(item[1])


def _left(clause: Clause, domains: list[int]) -> list[Both] | None:
    """Return the alternatives that may still hold, or None when one holds anyway."""
    left = []
    for v, mask, part in clause.atoms:
        here = domains[v]
        both = here & mask
        if both:
            if both == here:
                return None
            left.append(part)
    for part in clause.parts:
        value = _value(part, domains)
        if value is True:
            return None
        if value is None:
            left.append(part)
    return left


def _value(formula: Both, domains: list[int]) -> bool | None:
    answer: bool | None = True
    for v, mask in formula.atoms:
        here = domains[v]
        both = here & mask
        if not both:
            return False
        if both != here:
            answer = None
    for clause in formula.clauses:
        left = _left(clause, domains)
        if left is not None:
            if not left:
                return False
            answer = None
    return answer


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


def _closure(orders: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return every pair of which the first never exceeds the second."""
    pairs = set(orders)
    while more := {(a, d) for a, b in pairs for c, d in pairs if b == c} - pairs:
        pairs |= more
    return pairs
