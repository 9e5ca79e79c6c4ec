"""What an incident's facts say of the variables of its plan: a box."""

from __future__ import annotations

import math
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from plans.logic.box import Box
from plans.logic.terms import Bound
from plans.logic.variables import NONE, Variables, choices
from plans.model import Fact, Plan
from plans.values import FactValue, Interval, Options, Unknown, written

_PATTERNS = 200
"""Patterns of what does not apply, of which the orders that bind are remembered."""


class FactError(ValueError):
    """A fact that the plan does not know, or a value that it cannot have; the message is for people."""

    def __init__(self, fact: str, message: str) -> None:
        self.fact = fact
        super().__init__(message)


class Space(Variables):
    """The variables of one plan, ready to be told what is known of an incident."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self._raisable = tuple(
            (name, frozenset(fact.raised_by)) for name, fact in self.facts.items() if fact.raised_by and not fact.open
        )
        self._limits = {name: self._limits_of(name) for name in self.own}
        self._silent = self._nothing_said()
        self._binding: dict[tuple[bool, ...], tuple[tuple[int, int], ...]] = {}

    def limits(self, name: str) -> tuple[Bound, Bound]:
        """Return the bounds of what a numeric fact can be at all."""
        return self._limits[name]

    def _limits_of(self, name: str) -> tuple[Bound, Bound]:
        fact = self.facts[name]
        low, high = fact.at_least, fact.at_most
        if fact.type == "count":
            low = None if low is None else math.ceil(low)
            high = None if high is None else math.floor(high)
        return -math.inf if low is None else low, math.inf if high is None else high

    def box(self, values: Mapping[str, FactValue], raised: AbstractSet[str] = frozenset()) -> tuple[Box, list[str]]:
        """Return what is known as a box, and the orders (重伤 ≤ 受伤) that the values contradict, in words.

        Contradicted orders do not bind: a report that contradicts itself must not make every level impossible; what
        is only known roughly may then be as large as what it must not fall short of.

        Raises:
            FactError: a fact that the plan does not know, or a value that it cannot have.
        """
        if strange := [name for name in (*values, *raised) if name not in self.facts]:
            names = "、".join(self.facts)
            raise FactError(strange[0], f"本预案没有事实 {strange[0]}；可用：{names}")
        low, high, absent, domains = self._silent[0][:], self._silent[1][:], self._silent[2][:], self._silent[3][:]
        for name, value in values.items():
            self._speak(name, value, low, high, absent, domains)
        for name in raised:
            if name not in values:
                self._speak(name, None, low, high, absent, domains)
        # What is so or may be raises others, also where it was raised without a value, and these raise more.
        raising = {name for name, value in values.items() if _may_be_so(value)} | (raised - values.keys())
        while True:
            more = [
                name
                for name, by in self._raisable
                if name not in values and name not in raising and not raising.isdisjoint(by)
            ]
            if not more:
                break
            raising.update(more)
            for name in more:
                self._speak(name, None, low, high, absent, domains)
        for total, parts in self.sums:
            gone = True
            least: Bound = 0
            most: Bound = 0
            for part in parts:
                gone = gone and absent[part]
                least += low[part]
                most += high[part]
            absent[total] = gone
            low[total], high[total] = (0, 0) if gone else (least, most)
        return self._ordered(low, high, domains, tuple(absent))

    def _speak(
        self,
        name: str,
        value: FactValue | None,
        low: list[Bound],
        high: list[Bound],
        absent: list[bool],
        domains: list[frozenset[str | bool]],
    ) -> None:
        """Write what a fact that the incident speaks of may be."""
        q = self.own.get(name)
        if q is not None:
            low[q], high[q] = self._bounds(name, self.facts[name], value)
            absent[q] = False
        else:
            domains[self.names.discrete[name]] = self._options(name, self.facts[name], value)

    def _nothing_said(self) -> tuple[list[Bound], list[Bound], list[bool], list[frozenset[str | bool]]]:
        """Return bounds, absence and domains where the incident speaks of no fact: open ones may be anything."""
        size = len(self.names.whole)
        low: list[Bound] = [0] * size
        high: list[Bound] = [0] * size
        absent = [False] * size
        domains = list(self.names.domains)
        for name, fact in self.facts.items():
            if fact.open:
                self._speak(name, None, low, high, absent, domains)
            elif name in self.own:
                absent[self.own[name]] = True
            else:
                domains[self.names.discrete[name]] = _not_so(fact)
        return low, high, absent, domains

    def _ordered(
        self, low: list[Bound], high: list[Bound], domains: list[frozenset[str | bool]], absent: tuple[bool, ...]
    ) -> tuple[Box, list[str]]:
        orders = self._binding.get(absent)
        if orders is None:
            orders = tuple(order for order in self.orders if not absent[order[0]] and not absent[order[1]])
            if len(self._binding) < _PATTERNS:
                self._binding[absent] = orders
        box = Box(self, low[:], high[:], domains, absent, orders)
        if box.settle() and box.consistent():
            return box, []
        kept: list[tuple[int, int]] = []
        contradicted: list[str] = []
        for order in orders:
            trial = Box(self, low[:], high[:], domains, absent, (*kept, order))
            if trial.settle() and trial.consistent():
                kept.append(order)
            else:
                smaller, larger = (
                    self.facts[name].label or name for name in self.order_names[self.orders.index(order)]
                )
                contradicted.append(f"所报{smaller}多于{larger}")
                # What was only said roughly (at most five endangered) gives way to the twelve who are trapped.
                few, many = order
                if many not in self.totals and low[many] < high[many]:
                    high[many] = max(high[many], low[few])
        box = Box(self, low, high, domains, absent, tuple(kept))
        box.settle()
        return box, contradicted

    def _bounds(self, name: str, fact: Fact, value: FactValue | None) -> tuple[Bound, Bound]:
        least, most = self.limits(name)
        if value is None or isinstance(value, Unknown):
            return least, most
        label = fact.label or name
        if not isinstance(value, Interval):
            raise FactError(name, f'{label}（{name}）是数，例如 3 或 {{"at_least": 3, "at_most": 9}}')
        at_least, at_most = value.at_least, value.at_most
        if fact.type == "count":
            at_least = None if at_least is None else math.ceil(at_least)
            at_most = None if at_most is None else math.floor(at_most)
        low = least if at_least is None else at_least
        high = most if at_most is None else at_most
        if not least <= low <= high <= most:
            bounds = f"从{written(least)}" + ("起" if math.isinf(most) else f"到{written(most)}")
            raise FactError(
                name, f"{label}（{name}）的值不可能：应为{bounds}的{'整数' if fact.type == 'count' else '数'}"
            )
        return low, high

    def _options(self, name: str, fact: Fact, value: FactValue | None) -> frozenset[str | bool]:
        domain = choices(fact)
        if value is None or isinstance(value, Unknown):
            return domain
        if not isinstance(value, Options) or not value.values or not value.values <= domain:
            allowed = "、".join(
                str(item).lower() if isinstance(item, bool) else item for item in sorted(domain, key=str)
            )
            raise FactError(name, f"{fact.label or name}（{name}）应为以下之一：{allowed}")
        return value.values


def _not_so(fact: Fact) -> frozenset[str | bool]:
    """Return the domain of a closed flag or choice that nobody raised: not so, or none of the choices."""
    return frozenset([False if fact.type == "flag" else NONE])


def _may_be_so(value: FactValue) -> bool:
    if isinstance(value, Options):
        return value.values != {False}
    return isinstance(value, Unknown) or value.at_most is None or value.at_most > 0
