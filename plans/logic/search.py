"""Whether conditions can hold together: a search over cells that asserts what is forced and branches on the rest.

It is exact: cells lie wholly within or without every bound, and what sums and orders tie together (死亡 ≤ 涉险) is
examined with the true bounds before the search says yes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import and_
from typing import Protocol

from plans.logic.box import BUDGET, Box
from plans.logic.cells import Atom, Both, Cells, Clause, Formula
from plans.logic.ties import SOMEWHERE, Point, Tied

Open = tuple[Clause, list[Both]]
"""A clause that is not decided, and what may still make it hold."""

Sample = tuple[Tied, list[int], Point]
"""Where a goal holds: what tied the quantities then, cells in all of which it holds, and a point in them."""

_SAMPLES = 24
"""So many are kept of each goal."""

_REMEMBERED = 500


class _Spent(Exception):
    """The budget is used up."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A formula that is asked for again and again.

    Attributes:
        level: what is reached where it holds.
        samples: where it held in earlier searches, the last used first. They are tried first.
        excluded: whether some cells of a variable exclude it, whatever the others are; see :func:`excludes`.
    """

    level: str
    formula: Formula
    samples: list[Sample] = field(default_factory=list)
    excluded: dict[tuple[int, int], bool] = field(default_factory=dict)


def is_named(sample: Sample) -> bool:
    """Return whether a sample names its point: else nothing can be told from it of any other part."""
    return sample[2] is not SOMEWHERE


class Reach(Protocol):
    """Somewhere in which goals may be possible."""

    def possible(self, goal: Goal) -> bool:
        """Return whether a goal holds for some values; past the budget, yes."""


class Search:
    """Questions about one box.

    Attributes:
        cells: the variables.
        box: what is known.
        domains: for each variable of the cells what the box leaves open; not to be changed.
    """

    def __init__(self, cells: Cells, box: Box, base: list[int] | None = None) -> None:
        """Begin.

        Args:
            base: the domains of a box that differs in its quantities alone.
        """
        self.box = box
        self.cells = cells
        self._budget = box.budget
        self._tied = cells.tied(box.orders)
        self._known: dict[tuple[int, ...], Point | None] = {}
        self._held: dict[int, list[Sample] | bool] = {}
        self.domains = cells.domains(box) if base is None else cells.narrowed(box, base)

    def possible(self, goal: Goal) -> bool:
        """Return whether a goal holds for some values in the box; past the budget, yes."""
        return self.held(goal) is not False

    def held(self, goal: Goal) -> list[Sample] | bool:
        """Return where in the box a goal is known to hold; False where nowhere, True where the budget was used up.

        It may hold though no place is named.
        """
        samples = self._held.get(id(goal))
        if samples is None:
            place = self.find(self.domains, goal)
            samples = self._held[id(goal)] = place if isinstance(place, bool) else [place] if is_named(place) else []
        return samples

    def samples(self) -> Iterator[Sample]:
        """Yield every place in the box where some goal is known to hold."""
        for samples in self._held.values():
            if not isinstance(samples, bool):
                yield from samples

    def find(self, domains: list[int], goal: Goal) -> Sample | bool:
        """Return where a goal holds in ``domains``, a part of the box; False where nowhere, True past the budget."""
        if goal.formula is None:
            return False
        for v, mask in goal.formula.atoms:
            if not domains[v] & mask:
                return False
        tied, low, high = self._tied, self.box.low, self.box.high
        samples = goal.samples
        for place, sample in enumerate(samples):
            origin, region, point = sample
            if origin is tied and all(map(and_, domains, region)):
                for q, value in point:
                    if not low[q] <= value <= high[q]:
                        break
                else:
                    if place:
                        samples.insert(0, samples.pop(place))
                    return sample
        try:
            domains = domains[:]
            solution = self._search(domains, goal.formula.clauses) if narrow(domains, goal.formula.atoms) else None
        except _Spent:
            return True
        if solution is None:
            return False
        sample = (tied, *solution)
        if is_named(sample):
            samples.insert(0, sample)
            del samples[_SAMPLES:]
        return sample

    def afresh(self) -> None:
        """Give the box its whole budget again."""
        self._budget[0] = BUDGET

    def consistent(self, domains: list[int]) -> bool:
        """Return whether ``domains``, a part of the box, hold any values that satisfy its sums and orders."""
        try:
            return self._consistent(domains) is not None
        except _Spent:
            return True

    def _search(self, domains: list[int], clauses: Sequence[Clause]) -> tuple[list[int], Point] | None:
        """Assert what is forced, then branch (``domains`` is changed); return cells and a point that will do."""
        self._spend()
        open_clauses = settle(domains, clauses)
        if open_clauses is None:
            return None
        if not open_clauses:
            point = self._consistent(domains)
            return None if point is None else (self._tied.around(domains, point), point)
        rest: list[Clause] = []
        if len(open_clauses) == 1:
            alternatives = open_clauses[0][1]
        else:
            first = min(open_clauses, key=_alternatives)
            rest, alternatives = [item[0] for item in open_clauses if item is not first], first[1]
        for part in alternatives:
            trial = domains[:]
            if narrow(trial, part.atoms):
                solution = self._search(trial, [*part.clauses, *rest])
                if solution is not None:
                    return solution
        return None

    def _consistent(self, domains: list[int]) -> Point | None:
        """Return values in the cells that satisfy every sum and order."""
        tied = self._tied
        if not tied.linked:
            return ()
        key = tuple([domains[v] for v, _, _, _ in tied.linked])
        if key not in self._known:
            self._known[key] = self._examine(tied, key)
        return self._known[key]

    def _examine(self, tied: Tied, masks: tuple[int, ...]) -> Point | None:
        bounds = tied.bounds(masks, self.box)
        if any(bounds[one][0] > bounds[other][1] for one, other in tied.pairs):
            return None
        point = tied.summed(masks, bounds, self.box) if tied.sums else tied.ordered(masks, bounds)
        if point is None:
            return None
        # Cells with a gap between them: the bounds alone do not tell of it.
        for place, mask in enumerate(masks):
            run = mask & ~(mask + (mask & -mask))
            if run != mask:
                self._spend()
                parts = ((*masks[:place], part, *masks[place + 1 :]) for part in (run, mask & ~run))
                return next((solution for part in parts if (solution := self._examine(tied, part)) is not None), None)
        return point

    def _spend(self) -> None:
        self._budget[0] -= 1
        if self._budget[0] < 0:
            raise _Spent


def excludes(cells: Cells, goal: Goal, v: int, mask: int) -> bool:
    """Return whether a goal cannot hold while variable ``v`` lies in ``mask``, as far as what follows tells."""
    impossible = goal.excluded.get((v, mask))
    if impossible is None:
        if goal.formula is None:
            return True
        domains = cells.everything[:]
        domains[v] = mask
        impossible = not narrow(domains, goal.formula.atoms) or settle(domains, goal.formula.clauses) is None
        if len(goal.excluded) < _REMEMBERED:
            goal.excluded[v, mask] = impossible
    return impossible


def simplified(cells: Cells, formula: Formula) -> Formula:
    """Return a formula that holds in the same cells, with all that follows from its atoms drawn."""
    if formula is None:
        return None
    domains = cells.everything[:]
    if not narrow(domains, formula.atoms) or (open_clauses := settle(domains, formula.clauses)) is None:
        return None
    atoms = tuple((v, mask) for v, mask in enumerate(domains) if mask != cells.everything[v])
    return cells.both([Both(atoms), *(cells.either(alternatives) for _, alternatives in open_clauses)])


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
            parts = _left(clause, domains)
            if parts is None:
                continue
            if not parts:
                return None
            if len(parts) == 1:
                forced.append(parts[0])
            else:
                open_.append((clause, parts))
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
    parts = []
    for v, mask, part in clause.atoms:
        here = domains[v]
        both = here & mask
        if both:
            if both == here:
                return None
            parts.append(part)
    for part in clause.parts:
        value = _value(part, domains)
        if value is True:
            return None
        if value is None:
            parts.append(part)
    return parts


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
        parts = _left(clause, domains)
        if parts is not None:
            if not parts:
                return False
            answer = None
    return answer
