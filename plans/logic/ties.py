"""What ties the quantities of some conditions to each other: the orders that bind, and sums."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from plans.logic.box import Box
from plans.logic.terms import Bound, below
from plans.logic.variables import Variables

ABSENT = 1
"""The bit of a quantity that does not apply: no comparison with it holds, whichever way it points."""

Orders = tuple[tuple[int, int], ...]
"""Pairs of quantities of which the first never exceeds the second."""

Point = tuple[tuple[int, Bound], ...]
"""Values of the quantities that sums and orders tie together: each one's number in the space, and its value."""

SOMEWHERE: Point = ((0, math.nan),)
"""There are such values, but none was named: no bounds ever hold this point."""


def span(cuts: Sequence[Bound], low: Bound, high: Bound) -> int:
    """Return the cells between some cuts that hold some value from ``low`` to ``high``."""
    return (2 << bisect_right(cuts, high) + 1) - (2 << bisect_right(cuts, low))


class Tied:
    """What ties the quantities of the conditions to each other, under the orders that bind in a box.

    Args:
        space: the plan's variables.
        quantities: those that the conditions cut: each one's number in the space, and its cuts.
        orders: that bind.

    Attributes:
        linked: each quantity that others concern: its variable, its number in the space, its cuts, whether it is whole.
        pairs: places in ``linked``, of which the first never exceeds the second.
        sums: whether there are sums too.
    """

    def __init__(self, space: Variables, quantities: list[tuple[int, list[Bound]]], orders: Orders) -> None:
        cut = {q for q, _ in quantities}
        # Where at most one quantity of an order is cut, what the box says already is enough.
        pairs = [(one, other) for one, other in _closure(orders) if one in cut and other in cut and one != other]
        ordered = {q for pair in pairs for q in pair}
        self.sums = bool(space.sums)
        self.linked = [
            (v, q, cuts, space.names.whole[q])
            for v, (q, cuts) in enumerate(quantities)
            if q in ordered or (self.sums and space.coupled[q])
        ]
        places = {q: place for place, (_, q, _, _) in enumerate(self.linked)}
        self.pairs = [(places[one], places[other]) for one, other in pairs]

    def bounds(self, masks: Iterable[int], box: Box) -> list[tuple[Bound, Bound]]:
        """Return the least and the greatest value in the cells of each linked quantity."""
        bounds: list[tuple[Bound, Bound]] = []
        for mask, (_, q, cuts, whole) in zip(masks, self.linked, strict=True):
            if mask == ABSENT:
                bounds.append((-math.inf, math.inf))
                continue
            first, last = (mask & -mask).bit_length() - 2, mask.bit_length() - 2
            low, high = box.low[q], box.high[q]
            if first > 0 and cuts[first - 1] > low:
                low = cuts[first - 1]
            if last < len(cuts) and (most := below(cuts[last], whole)) < high:
                high = most
            bounds.append((low, high))
        return bounds

    def ordered(self, masks: Iterable[int], bounds: Sequence[tuple[Bound, Bound]]) -> Point:
        """Return the least values within the bounds, raised where an order asks for it; no pair may exclude itself."""
        values = [low for low, _ in bounds]
        for one, other in self.pairs:
            values[other] = max(values[other], bounds[one][0])
        members = zip(masks, self.linked, values, strict=True)
        return tuple([(q, value) for mask, (_, q, _, _), value in members if mask != ABSENT])

    def summed(self, masks: Iterable[int], bounds: Iterable[tuple[Bound, Bound]], box: Box) -> Point | None:
        """Return values within the bounds for which sums and orders hold."""
        trial = box.copy()
        for mask, (_, q, _, _), (low, high) in zip(masks, self.linked, bounds, strict=True):
            if mask != ABSENT:
                trial.low[q], trial.high[q] = low, high
        values = trial.witness()
        if values is None:
            return SOMEWHERE if trial.settle() and trial.consistent() else None
        return tuple([(q, values[q]) for q in box.space.linked])

    def around(self, domains: list[int], point: Point) -> list[int]:
        """Return cells with those of tied quantities narrowed to where the point lies."""
        if point is SOMEWHERE or not point:
            return domains
        values = dict(point)
        for v, q, cuts, _ in self.linked:
            if domains[v] != ABSENT:
                domains[v] = span(cuts, values[q], values[q])
        return domains


def _closure(orders: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return every pair of which the first never exceeds the second."""
    pairs = set(orders)
    while more := {(a, d) for a, b in pairs for c, d in pairs if b == c} - pairs:
        pairs |= more
    return pairs
