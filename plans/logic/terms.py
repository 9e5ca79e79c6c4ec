"""Conditions compiled to terms over numbered variables, with negation pushed down to the atoms.

Every bound is inclusive: "over 3" is "from 4" for a count, and "from the next float" for a quantity that may be
fractional, so that strict and inclusive bounds compare as plain numbers.

A comparison with a quantity that is *not applicable* (closed, and raised by nobody) is false, whichever way it points;
so its negation holds. That is why every compiled comparison carries an ``Applies`` atom.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

from plans.model import All, AnyOf, Compare, Expression, Not
from plans.model.condition import RESERVED
from plans.values import Number

Bound = Number
"""A value that a quantity is at or above, or at or below; perhaps infinite."""


class State(Protocol):
    """What a term needs to know: bounds of quantities, domains of discrete variables, what does not apply."""

    low: list[Bound]
    high: list[Bound]
    domains: list[frozenset[str | bool]]
    absent: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Ge:
    """Quantity ``q`` is at or above ``bound``."""

    q: int
    bound: Bound

    def value(self, box: State) -> bool | None:
        """Return True where it holds everywhere in ``box``, False where nowhere, None where perhaps somewhere."""
        return True if box.low[self.q] >= self.bound else False if box.high[self.q] < self.bound else None


@dataclass(frozen=True, slots=True)
class Le:
    """Quantity ``q`` is at or below ``bound``."""

    q: int
    bound: Bound

    def value(self, box: State) -> bool | None:
        """See :meth:`Ge.value`."""
        return True if box.high[self.q] <= self.bound else False if box.low[self.q] > self.bound else None


@dataclass(frozen=True, slots=True)
class In:
    """Discrete variable ``v`` has one of ``values``."""

    v: int
    values: frozenset[str | bool]

    def value(self, box: State) -> bool | None:
        """See :meth:`Ge.value`."""
        domain = box.domains[self.v]
        return True if domain <= self.values else False if domain.isdisjoint(self.values) else None


@dataclass(frozen=True, slots=True)
class Applies:
    """Quantity ``q`` applies (or does not, when ``holds`` is false)."""

    q: int
    holds: bool

    def value(self, box: State) -> bool:
        """See :meth:`Ge.value`; it is always decided."""
        return box.absent[self.q] != self.holds


@dataclass(frozen=True, slots=True)
class And:
    """Every part holds."""

    parts: tuple[Term, ...]

    def value(self, box: State) -> bool | None:
        """See :meth:`Ge.value`; None also where parts are undecided that in truth exclude each other."""
        answer: bool | None = True
        for part in self.parts:
            here = part.value(box)
            if here is False:
                return False
            if here is None:
                answer = None
        return answer


@dataclass(frozen=True, slots=True)
class Or:
    """Some part holds."""

    parts: tuple[Term, ...]

    def value(self, box: State) -> bool | None:
        """See :meth:`And.value`."""
        answer: bool | None = False
        for part in self.parts:
            here = part.value(box)
            if here is True:
                return True
            if here is None:
                answer = None
        return answer


Term = Ge | Le | In | Applies | And | Or

TRUE = And(())
FALSE = Or(())


def conjunction(parts: tuple[Term, ...]) -> Term:
    """Return the parts joined by *and*, without a needless level."""
    return parts[0] if len(parts) == 1 else And(parts)


def disjunction(parts: tuple[Term, ...]) -> Term:
    """Return the parts joined by *or*, without a needless level."""
    return parts[0] if len(parts) == 1 else Or(parts)


class Names:
    """The numbers of the variables that terms speak of.

    Attributes:
        quantity: for each numeric fact, the variable that comparisons with it mean (its sum, where it includes others).
        whole: per quantity, whether it counts whole things.
        discrete: for each flag, choice and reserved name, its variable.
        domains: per discrete variable, everything it may be.
    """

    def __init__(
        self,
        quantity: dict[str, int],
        whole: list[bool],
        discrete: dict[str, int],
        domains: list[frozenset[str | bool]],
    ) -> None:
        self.quantity = quantity
        self.whole = whole
        self.discrete = discrete
        self.domains = domains

    def compile(self, expression: Expression, positive: bool = True) -> Term:
        """Return the term that holds when ``expression`` does (or does not, when ``positive`` is false)."""
        if isinstance(expression, Not):
            return self.compile(expression.part, not positive)
        if isinstance(expression, All | AnyOf):
            parts = tuple(self.compile(part, positive) for part in expression.parts)
            return conjunction(parts) if isinstance(expression, All) == positive else disjunction(parts)
        if isinstance(expression, Compare):
            return self._compare(expression, positive)
        v = self.discrete[expression.fact]
        values = frozenset(expression.values)
        if not positive:
            values = self.domains[v] - values
        return In(v, values)

    def _compare(self, compare: Compare, positive: bool) -> Term:
        q = self.quantity[compare.fact]
        whole = self.whole[q]
        parts: list[Term] = [Applies(q, positive)]
        for bound in lower_bounds(compare, whole):
            parts.append(Ge(q, bound) if positive else Le(q, below(bound, whole)))
        for bound in upper_bounds(compare, whole):
            parts.append(Le(q, bound) if positive else Ge(q, above(bound, whole)))
        return conjunction(tuple(parts)) if positive else disjunction(tuple(parts))


def lower_bounds(compare: Compare, whole: bool) -> list[Bound]:
    """Return the bounds that the quantity must be at or above."""
    bounds: list[Bound] = []
    if compare.ge is not None:
        bounds.append(math.ceil(compare.ge) if whole else compare.ge)
    if compare.gt is not None:
        bounds.append(above(math.floor(compare.gt), True) if whole else above(compare.gt, False))
    return bounds


def upper_bounds(compare: Compare, whole: bool) -> list[Bound]:
    """Return the bounds that the quantity must be at or below."""
    bounds: list[Bound] = []
    if compare.le is not None:
        bounds.append(math.floor(compare.le) if whole else compare.le)
    if compare.lt is not None:
        bounds.append(below(math.ceil(compare.lt), True) if whole else below(compare.lt, False))
    return bounds


def below(bound: Bound, whole: bool) -> Bound:
    """Return the greatest value under ``bound``."""
    return bound - 1 if whole else math.nextafter(bound, -math.inf)


def above(bound: Bound, whole: bool) -> Bound:
    """Return the least value over ``bound``."""
    return bound + 1 if whole else math.nextafter(bound, math.inf)


def names_in(expression: Expression) -> frozenset[str]:
    """Return the facts and reserved names that a condition mentions."""
    if isinstance(expression, Not):
        return names_in(expression.part)
    if isinstance(expression, All | AnyOf):
        return frozenset().union(*(names_in(part) for part in expression.parts))
    return frozenset([expression.fact])


def facts_in(expression: Expression) -> frozenset[str]:
    """Return the facts that a condition mentions, without the reserved names."""
    return names_in(expression) - frozenset(RESERVED)
