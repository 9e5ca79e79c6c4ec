"""Names of like units over which numbers are told (一班, 2号车, 县医院), from the table ``units``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from plans.intake.lexicon import rows
from plans.intake.patterns import lazy

_SOURCES: dict[str, list[str]] = {}
for _row in rows("units", 3, 3):
    _sort, _source, _ = _row.cells
    _SOURCES.setdefault(_sort, []).append(_source)

SORTS = tuple(_SOURCES)
"""Sorts of unit, as the table has them."""
APART = ("ward", "hospital")
"""Sorts that are told apart from all others: people of a class lie in a ward."""


def names(sorts: Iterable[str], *more: str) -> re.Pattern[str]:
    """Return the pattern of the names of some sorts of unit, and of others besides."""

    def source() -> str:
        from plans.intake.outlines import by_either

        return by_either([*(source for sort in sorts for source in _SOURCES[sort]), *more])

    return lazy(source)
