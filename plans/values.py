"""Values of facts: a number, an interval, a choice, or unknown. Unknown is never zero.

In events, scenario files and ``--facts`` a value is plain data: ``3``, ``true``, ``"district"``,
``{"at_least": 30, "at_most": 39}`` (a bound left out or null does not bind), ``null`` = unknown.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Number = int | float


@dataclass(frozen=True, slots=True)
class Interval:
    """A number known to lie between two inclusive bounds; ``None`` does not bind."""

    at_least: Number | None = None
    at_most: Number | None = None

    @property
    def exact(self) -> Number | None:
        """The number, when the bounds meet."""
        return self.at_least if self.at_least is not None and self.at_least == self.at_most else None


@dataclass(frozen=True, slots=True)
class Options:
    """A flag or a choice known to be one of these."""

    values: frozenset[str | bool]

    @property
    def exact(self) -> str | bool | None:
        """The choice, when only one is left."""
        return next(iter(self.values)) if len(self.values) == 1 else None


@dataclass(frozen=True, slots=True)
class Unknown:
    """Raised, but without a value: it may be anything that the fact allows."""


UNKNOWN = Unknown()
FactValue = Interval | Options | Unknown


def written(number: Number) -> str:
    """Return a number in figures, as people write it: 5, 12.5, 1000000; never 1e+06.

    A strict bound is the float next to a number, and is written as that number. A length that the clock counted on has
    more decimals than anybody says: it is cut to one, so that no more is written than has passed.
    """
    if isinstance(number, int):
        return str(number)
    near = round(number, 6)
    if not math.isclose(number, near, rel_tol=1e-12, abs_tol=1e-12):
        near = math.floor(number * 10) / 10
    text = f"{near:.{4 if abs(near) >= 0.0001 else 6}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def parse(data: Any) -> FactValue:
    """Read plain data; raise ValueError with what was expected."""
    if data is None:
        return UNKNOWN
    if isinstance(data, bool | str):
        return Options(frozenset([data]))
    if isinstance(data, int | float):
        return Interval(data, data)
    if isinstance(data, list) and data and all(isinstance(item, bool | str) for item in data):
        return Options(frozenset(data))
    if isinstance(data, Mapping) and set(data) & {"at_least", "at_most", "value"}:
        if "value" in data:
            return parse(data["value"])
        low, high = data.get("at_least"), data.get("at_most")
        for bound in (low, high):
            if bound is not None and (isinstance(bound, bool) or not isinstance(bound, int | float)):
                raise ValueError(f"at_least 和 at_most 是数或 null，现为 {bound!r}")
        if low is not None and high is not None and low > high:
            raise ValueError(f"at_least {low} 大于 at_most {high}")
        return UNKNOWN if low is None and high is None else Interval(low, high)
    raise ValueError(f'事实的值是数、true/false、选项、null 或 {{"at_least": 3, "at_most": 9}}，现为 {data!r}')


def as_data(value: FactValue) -> Any:
    """Return the plain data that :func:`parse` reads."""
    if isinstance(value, Unknown):
        return None
    if isinstance(value, Options):
        return value.exact if value.exact is not None else sorted(value.values, key=str)
    if value.exact is not None:
        return value.exact
    return {"at_least": value.at_least, "at_most": value.at_most}
