"""Whether bounds, sums and orders of quantities can hold together: Fourier-Motzkin elimination, exact and tiny.

Propagating intervals alone does not always see that a sum (死亡 + 失联) and orders (死亡 ≤ 涉险) exclude each other.
The systems here have at most a handful of variables with coefficients of one, for which elimination over whole numbers
is exact: whenever a variable has only unit coefficients on one side, its real shadow is its whole shadow.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from plans.values import Number


class Inequality(NamedTuple):
    """``sum(coefficient * variable) <= limit``, or ``<`` when ``strict``."""

    coefficients: tuple[tuple[int, int], ...]
    limit: Number
    strict: bool


def inequality(coefficients: Mapping[int, int], limit: Number, strict: bool = False) -> Inequality:
    """Make an inequality in normal form (sorted variables, no zero coefficients)."""
    return Inequality(tuple(sorted((v, c) for v, c in coefficients.items() if c)), limit, strict)


def feasible(system: Iterable[Inequality], whole: bool) -> bool:
    """Return whether some values satisfy every inequality.

    Args:
        system: inequalities without infinite limits.
        whole: the variables are whole numbers; otherwise real ones.
    """
    rows = _tightest(system, whole)
    while rows is not None:
        counts: dict[int, list[int]] = {}
        for row in rows:
            for variable, coefficient in row.coefficients:
                counts.setdefault(variable, [0, 0])[coefficient > 0] += 1
        if not counts:
            return True
        variable = min(counts, key=lambda v: (counts[v][0] * counts[v][1], v))
        rows = _tightest(_eliminate(rows, variable), whole)
    return False


def _eliminate(rows: list[Inequality], variable: int) -> Iterable[Inequality]:
    uppers, lowers = [], []
    for row in rows:
        coefficient = dict(row.coefficients).get(variable, 0)
        if coefficient > 0:
            uppers.append((coefficient, row))
        elif coefficient < 0:
            lowers.append((-coefficient, row))
        else:
            yield row
    for a, upper in uppers:
        for b, lower in lowers:
            joined: dict[int, int] = {}
            for v, c in upper.coefficients:
                joined[v] = joined.get(v, 0) + c * b
            for v, c in lower.coefficients:
                joined[v] = joined.get(v, 0) + c * a
            yield inequality(joined, upper.limit * b + lower.limit * a, upper.strict or lower.strict)


def _tightest(system: Iterable[Inequality], whole: bool) -> list[Inequality] | None:
    """Keep the tightest limit for each left side; None when one without variables fails."""
    best: dict[tuple[tuple[int, int], ...], Inequality] = {}
    for row in system:
        if not row.coefficients:
            if row.limit < 0 or (row.strict and row.limit == 0):
                return None
            continue
        if whole and (divisor := math.gcd(*(c for _, c in row.coefficients))) > 1:
            coefficients = tuple((v, c // divisor) for v, c in row.coefficients)
            row = Inequality(coefficients, math.floor(row.limit / divisor), False)
        known = best.get(row.coefficients)
        if known is None or (row.limit, not row.strict) < (known.limit, not known.strict):
            best[row.coefficients] = row
    return list(best.values())
