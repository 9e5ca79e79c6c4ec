"""Parts of a box: what one answer to a question would leave.

Where a goal is known to hold in the box, one look tells whether it still does in the part; else it is searched for.
"""

from __future__ import annotations

from plans.logic.search import Goal, Sample, Search, excludes, is_named
from plans.logic.terms import Bound


class Cut:
    """The part of a box in which one variable lies in some cells.

    Args:
        mask: some of the cells that the box leaves open to the variable ``v``.
    """

    def __init__(self, search: Search, v: int, mask: int) -> None:
        self._search, self._v, self._mask = search, v, mask

    def possible(self, goal: Goal) -> bool:
        """Return whether a goal holds for some values in the part; past the budget, yes."""
        samples = self._search.held(goal)
        if samples is True or samples is False:
            return samples
        v, mask = self._v, self._mask
        for _, region, _ in samples:
            if region[v] & mask:
                return True
        if excludes(self._search.cells, goal, v, mask):
            return False
        answer = self._search.find(self._domains(), goal)
        if isinstance(answer, bool):
            return answer
        if is_named(answer):
            samples.append(answer)
        return True

    def consistent(self) -> bool:
        """Return whether the part holds any values that satisfy the sums and orders of the box."""
        v, mask = self._v, self._mask
        for _, region, _ in self._search.samples():
            if region[v] & mask:
                return True
        return self._search.consistent(self._domains())

    def _domains(self) -> list[int]:
        domains = self._search.domains[:]
        domains[self._v] = self._mask
        return domains


class Stretch:
    """The part of a box in which one quantity lies within bounds; it counts into sums, and cells say nothing of it."""

    def __init__(self, search: Search, q: int, low: Bound, high: Bound) -> None:
        self._search, self._q, self._low, self._high = search, q, low, high
        self._place = search.box.space.linked.index(q)
        self._within: Search | None = None
        self._sums = [
            (v, self._sum(v, total)) for v, (total, _) in enumerate(search.cells.quantities) if self._counts(total)
        ]

    def _counts(self, total: int) -> bool:
        return self._q in self._search.box.space.parts[total]

    def _sum(self, v: int, total: int) -> int:
        """Return the cells in which a sum that the quantity counts into may lie."""
        box, least, most = self._search.box, self._low, self._high
        for part in box.space.parts[total]:
            if part != self._q:
                least += box.low[part]
                most += box.high[part]
        return self._search.cells.span(v, least, most)

    def possible(self, goal: Goal) -> bool:
        """See :meth:`Cut.possible`."""
        samples = self._search.held(goal)
        if samples is True or samples is False:
            return samples
        for sample in samples:
            if self._holds(sample):
                return True
        for v, mask in self._sums:
            if excludes(self._search.cells, goal, v, mask):
                return False
        within = self._inner()
        answer = within.find(within.domains, goal) if within is not None else False
        if isinstance(answer, bool):
            return answer
        if is_named(answer):
            samples.append(answer)
        return True

    def consistent(self) -> bool:
        """See :meth:`Cut.consistent`."""
        for sample in self._search.samples():
            if self._holds(sample):
                return True
        return self._inner() is not None

    def _holds(self, sample: Sample) -> bool:
        point, place = sample[2], self._place
        return len(point) > place and self._low <= point[place][1] <= self._high

    def _inner(self) -> Search | None:
        """Return the search of the part alone, or None where it is empty."""
        if self._within is None:
            box = self._search.box.copy()
            if box.raise_low(self._q, self._low) and box.lower_high(self._q, self._high) and box.consistent():
                self._within = Search(self._search.cells, box, self._search.domains)
        return self._within
