"""Whether conditions can hold together: a search over cells that asserts what is forced and branches on the rest.

It is exact: cells lie wholly within or without every bound, and what sums and orders tie together (死亡 ≤ 涉险) is
examined with the true bounds before the search says yes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import and_

from plans.logic.box import Box
from plans.logic.cells import ABSENT, Atom, Both, Cells, Clause, Formula
from plans.logic.terms import Bound, below

Open = tuple[Clause, list[Both]]
"""A clause that is not decided, and what may still make it hold."""

_REGIONS = 6


class _Spent(Exception):
    """The budget is used up."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A formula that is asked for again and again.

    Attributes:
        level: what is reached where it holds.
        regions: cells in all of which it holds, found in earlier searches, the latest last. They are tried first.
    """

    level: str
    formula: Formula
    regions: list[list[int]] = field(default_factory=list)


class Search:
    """Questions about one box.

    Attributes:
        box: what is known.
        domains: for each variable of the cells what the box leaves open; not to be changed.
    """

    def __init__(self, cells: Cells, box: Box) -> None:
        self.box = box
        self._budget = box.budget
        tied = cells.ties.get(box.orders)
        if tied is None:
            tied = cells.ties[box.orders] = Tied(cells, box)
        self._tied = tied
        self._known: dict[tuple[int, ...], bool] = {}
        self.domains = cells.domains(box)

    def possible(self, domains: list[int], goal: Goal) -> bool:
        """Return whether a goal holds for some values in ``domains``, a part of the box; past the budget, yes."""
        if goal.formula is None:
            return False
        try:
            for region in reversed(goal.regions):
                if all(map(and_, domains, region)) and (
                    not self._tied.linked or self._consistent(list(map(and_, domains, region)))
                ):
                    return True
            domains = domains[:]
            found = self._search(domains, goal.formula.clauses) if narrow(domains, goal.formula.atoms) else None
        except _Spent:
            return True
        if found is not None:
            goal.regions.append(found)
            del goal.regions[:-_REGIONS]
        return found is not None

    def consistent(self, domains: list[int]) -> bool:
        """Return whether ``domains``, a part of the box, hold any values that satisfy its sums and orders."""
        try:
            return self._consistent(domains)
        except _Spent:
            return True

    def _search(self, domains: list[int], clauses: Sequence[Clause]) -> list[int] | None:
        """Assert what is forced, then branch (``domains`` is changed); return cells that will do, as far as untied."""
        self._spend()
        left = settle(domains, clauses)
        if left is None:
            return None
        if not left:
            return domains if self._consistent(domains) else None
        rest: list[Clause] = []
        if len(left) == 1:
            alternatives = left[0][1]
        else:
            first = min(left, key=_alternatives)
            rest, alternatives = [item[0] for item in left if item is not first], first[1]
        for part in alternatives:
            trial = domains[:]
            if narrow(trial, part.atoms):
                found = self._search(trial, [*part.clauses, *rest])
                if found is not None:
                    return found
        return None

    def _consistent(self, domains: list[int]) -> bool:
        """Return whether some values in the cells satisfy every sum and order."""
        tied = self._tied
        if not tied.linked:
            return True
        key = tuple([domains[v] for v, _, _, _ in tied.linked])
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._examine(tied, key)
        return known

    def _examine(self, tied: Tied, masks: tuple[int, ...]) -> bool:
        bounds = tied.bounds(masks, self.box)
        if any(bounds[one][0] > bounds[other][1] for one, other in tied.pairs):
            return False
        if tied.sums and not tied.summed(masks, bounds, self.box):
            return False
        # Cells with a gap between them: the bounds alone do not tell of it.
        for place, mask in enumerate(masks):
            run = mask & ~(mask + (mask & -mask))
            if run != mask:
                self._spend()
                return any(
                    self._examine(tied, (*masks[:place], part, *masks[place + 1 :])) for part in (run, mask & ~run)
                )
        return True

    def _spend(self) -> None:
        self._budget[0] -= 1
        if self._budget[0] < 0:
            raise _Spent


def simplified(cells: Cells, formula: Formula) -> Formula:
    """Return a formula that holds in the same cells, with all that follows from its atoms drawn."""
    if formula is None:
        return None
    domains = cells.everything[:]
    if not narrow(domains, formula.atoms) or (left := settle(domains, formula.clauses)) is None:
        return None
    atoms = tuple((v, mask) for v, mask in enumerate(domains) if mask != cells.everything[v])
    return cells.both([Both(atoms), *(cells.either(alternatives) for _, alternatives in left)])


class Tied:
    """What ties the quantities of the conditions to each other, under the orders that bind in a box.

    Attributes:
        linked: each quantity that others concern: its variable, its number in the space, its cuts, whether it is whole.
        pairs: places in ``linked``, of which the first never exceeds the second.
        sums: whether there are sums too.
    """

    def __init__(self, cells: Cells, box: Box) -> None:
        space = cells.space
        cut = {q for q, _ in cells.quantities}
        # Where at most one quantity of an order is cut, what the box says already is enough.
        pairs = [(one, other) for one, other in _closure(box.orders) if one in cut and other in cut and one != other]
        ordered = {q for pair in pairs for q in pair}
        self.sums = bool(space.sums)
        self.linked = [
            (v, q, cuts, space.names.whole[q])
            for v, (q, cuts) in enumerate(cells.quantities)
            if q in ordered or (self.sums and space.coupled[q])
        ]
        places = {q: place for place, (_, q, _, _) in enumerate(self.linked)}
        self.pairs = [(places[one], places[other]) for one, other in pairs]

    def bounds(self, masks: Iterable[int], box: Box) -> list[tuple[Bound, Bound]]:
        """Return the least and the greatest value in the cells of each linked quantity."""
        found: list[tuple[Bound, Bound]] = []
        for mask, (_, q, cuts, whole) in zip(masks, self.linked, strict=True):
            if mask == ABSENT:
                found.append((-math.inf, math.inf))
                continue
            first, last = (mask & -mask).bit_length() - 2, mask.bit_length() - 2
            low, high = box.low[q], box.high[q]
            if first > 0 and cuts[first - 1] > low:
                low = cuts[first - 1]
            if last < len(cuts) and (most := below(cuts[last], whole)) < high:
                high = most
            found.append((low, high))
        return found

    def summed(self, masks: Iterable[int], bounds: Iterable[tuple[Bound, Bound]], box: Box) -> bool:
        """Return whether sums and orders hold for some values within the bounds."""
        trial = box.copy()
        for mask, (_, q, _, _), (low, high) in zip(masks, self.linked, bounds, strict=True):
            if mask != ABSENT:
                trial.low[q], trial.high[q] = low, high
        return trial.witness() or (trial.settle() and trial.consistent())


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


def _closure(orders: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return every pair of which the first never exceeds the second."""
    pairs = set(orders)
    while more := {(a, d) for a, b in pairs for c, d in pairs if b == c} - pairs:
        pairs |= more
    return pairs
