"""Whether bounds, sums and orders of counts can hold together: Fourier-Motzkin elimination, exact and tiny.

Propagating intervals alone does not always see that a sum (死亡 + 失联) and orders (死亡 ≤ 涉险) exclude each other.
The systems here have at most a handful of variables with coefficients of one, for which elimination over whole numbers
is exact: whenever a variable has only unit coefficients on one side, its real shadow is its whole shadow.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

Inequality = tuple[tuple[tuple[int, int], ...], int]
"""``sum(coefficient * variable) <= limit``: (variable, coefficient) pairs in order, and the limit."""


def inequality(coefficients: Mapping[int, int], limit: int) -> Inequality:
    """Make an inequality in normal form: sorted variables, no zero coefficients."""
    return tuple(sorted((v, c) for v, c in coefficients.items() if c)), limit


def feasible(system: Iterable[Inequality]) -> bool:
    """Return whether some whole numbers satisfy every inequality."""
    rows = _tightest(system)
    while rows is not None:
        counts: dict[int, list[int]] = {}
        for coefficients, _ in rows:
            for variable, coefficient in coefficients:
                counts.setdefault(variable, [0, 0])[coefficient > 0] += 1
        if not counts:
            return True
        variable = min(counts, key=lambda v: (counts[v][0] * counts[v][1], v))
        rows = _tightest(_eliminate(rows, variable))
    return False


def _eliminate(rows: list[Inequality], variable: int) -> Iterator[Inequality]:
    uppers, lowers = [], []
    for row in rows:
        coefficient = dict(row[0]).get(variable, 0)
        if coefficient > 0:
            uppers.append((coefficient, row))
        elif coefficient < 0:
            lowers.append((-coefficient, row))
        else:
            yield row
    for a, upper in uppers:
        for b, lower in lowers:
            joined: dict[int, int] = {}
            for v, c in upper[0]:
                joined[v] = joined.get(v, 0) + c * b
            for v, c in lower[0]:
                joined[v] = joined.get(v, 0) + c * a
            yield inequality(joined, upper[1] * b + lower[1] * a)


def _tightest(system: Iterable[Inequality]) -> list[Inequality] | None:
    """Keep the tightest limit for each left side; None when one without variables fails."""
    best: dict[tuple[tuple[int, int], ...], int] = {}
    for coefficients, limit in system:
        if not coefficients:
            if limit < 0:
                return None
            continue
        if (divisor := math.gcd(*(c for _, c in coefficients))) > 1:
            coefficients = tuple((v, c // divisor) for v, c in coefficients)
            limit = limit // divisor
        if (tightest := best.get(coefficients)) is None or limit < tightest:
            best[coefficients] = limit
    return list(best.items())
