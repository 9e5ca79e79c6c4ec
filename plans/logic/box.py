"""What is known of a plan's variables: a box of bounds and domains that obeys sums and orders."""

from __future__ import annotations

import math

from plans.logic.linear import Inequality, feasible, inequality
from plans.logic.terms import Bound
from plans.logic.variables import Variables

_ROUNDS = 12

BUDGET = 5_000
"""Boxes that the solver may open for one assessment. Lint refuses plans that could come near (see ``BRANCHES`` there);
past it every answer is the careful one: possible."""


class Box:
    """Bounds of every quantity and domains of every discrete variable.

    Attributes:
        low, high: per quantity, inclusive (see :mod:`plans.logic.terms`).
        domains: per discrete variable.
        absent: per quantity, whether it does not apply; shared by copies.
        orders: pairs (smaller, larger) of quantities that bind; shared by copies.
        budget: how many boxes the solver may still open; shared by copies, so that one assessment has an end.
    """

    __slots__ = ("absent", "budget", "domains", "high", "low", "orders", "space")

    def __init__(
        self,
        space: Variables,
        low: list[Bound],
        high: list[Bound],
        domains: list[frozenset[str | bool]],
        absent: tuple[bool, ...],
        orders: tuple[tuple[int, int], ...],
        budget: list[int] | None = None,
    ) -> None:
        self.space = space
        self.low = low
        self.high = high
        self.domains = domains
        self.absent = absent
        self.orders = orders
        self.budget = [BUDGET] if budget is None else budget

    def copy(self) -> Box:
        """Return a box that can be narrowed without changing this one."""
        return Box(self.space, self.low[:], self.high[:], self.domains[:], self.absent, self.orders, self.budget)

    def afresh(self) -> Box:
        """Return a copy with a full budget of its own."""
        return Box(self.space, self.low[:], self.high[:], self.domains[:], self.absent, self.orders)

    def raise_low(self, q: int, bound: Bound) -> bool:
        """Demand that ``q`` is at or above ``bound``; return whether anything is left."""
        if bound > self.low[q]:
            self.low[q] = bound
            return bound <= self.high[q] and (not self.space.coupled[q] or self.settle())
        return True

    def lower_high(self, q: int, bound: Bound) -> bool:
        """Demand that ``q`` is at or below ``bound``; return whether anything is left."""
        if bound < self.high[q]:
            self.high[q] = bound
            return self.low[q] <= bound and (not self.space.coupled[q] or self.settle())
        return True

    def restrict(self, v: int, values: frozenset[str | bool]) -> bool:
        """Demand that discrete variable ``v`` is one of ``values``; return whether anything is left."""
        self.domains[v] = self.domains[v] & values
        return bool(self.domains[v])

    def settle(self) -> bool:
        """Propagate bounds through sums and orders; return whether every interval still holds something.

        Rounds are limited: what a circle of orders would still take away is found by :meth:`consistent`.
        """
        low, high = self.low, self.high
        for _ in range(_ROUNDS):
            changed = False
            for total, parts in self.space.sums:
                changed |= self._sum(total, parts)
            for smaller, larger in self.orders:
                if low[smaller] > low[larger]:
                    low[larger] = low[smaller]
                    changed = True
                if high[larger] < high[smaller]:
                    high[smaller] = high[larger]
                    changed = True
            if not changed:
                break
        for q in self.space.linked:
            if low[q] > high[q]:
                return False
        return True

    def _sum(self, total: int, parts: tuple[int, ...]) -> bool:
        low, high = self.low, self.high
        changed = False
        least: Bound = 0
        most: Bound = 0
        for part in parts:
            least += low[part]
            most += high[part]
        if least > low[total]:
            low[total], changed = least, True
        if most < high[total]:
            high[total], changed = most, True
        if high[total] != math.inf:
            slack = high[total] - least
            for part in parts:
                if high[part] > low[part] + slack:
                    high[part], changed = low[part] + slack, True
        if low[total] > least:
            for part in parts:
                others: Bound = 0
                for other in parts:
                    others += high[other] if other != part else 0
                if low[total] - others > low[part]:
                    low[part], changed = low[total] - others, True
        return changed

    def consistent(self) -> bool:
        """Return whether some values lie within all bounds and satisfy every sum and order (exact).

        Orders alone need no more than :meth:`settle`; sums do.
        """
        return not self.space.sums or self.witness() is not None or feasible(self._system())

    def witness(self) -> list[Bound] | None:
        """Try the least values, raised where a sum or an order asks for it; return them if they do, as nearly always.

        No interval may be empty.
        """
        low, high, sums, orders = self.low, self.high, self.space.sums, self.orders
        value = low[:]
        for total, parts in sums:
            missing = low[total]
            for part in parts:
                missing -= value[part]
            for part in parts:
                if missing > 0:
                    step = min(missing, high[part] - value[part])
                    value[part] += step
                    missing -= step
            if missing > 0:
                return None
        for total, parts in sums:
            value[total] = 0
            for part in parts:
                value[total] += value[part]
        for smaller, larger in orders:
            if value[smaller] > value[larger]:
                if larger in self.space.totals or value[smaller] > high[larger]:
                    return None
                value[larger] = value[smaller]
        for total, parts in sums:
            counted: Bound = 0
            for part in parts:
                counted += value[part]
            value[total] = counted
            if not low[total] <= counted <= high[total]:
                return None
        for smaller, larger in orders:
            if value[smaller] > value[larger]:
                return None
        return value

    def _system(self) -> list[Inequality]:
        space, rows = self.space, []
        for q in space.linked:
            if not space.names.whole[q]:
                continue
            parts, high, low = space.parts[q], self.high[q], self.low[q]
            if not math.isinf(high):
                rows.append(inequality(dict.fromkeys(parts, 1), int(high)))
            if not math.isinf(low):
                rows.append(inequality(dict.fromkeys(parts, -1), -int(low)))
        for smaller, larger in self.orders:
            if space.names.whole[smaller]:
                coefficients = dict.fromkeys(space.parts[smaller], 1)
                for part in space.parts[larger]:
                    coefficients[part] = coefficients.get(part, 0) - 1
                rows.append(inequality(coefficients, 0))
        return rows
