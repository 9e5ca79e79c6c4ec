"""Names of like units over which numbers are told (一班, 2号车, 县医院), from the table ``units``."""

from __future__ import annotations

import re

from plans.intake.lexicon import pattern, rows

UNITS: dict[str, re.Pattern[str]] = {}
"""Sort of unit -> the pattern of its names."""
SOURCES: list[str] = []
"""The expressions of all names, as they stand in the table."""
for _row in rows("units", 3, 3):
    _sort, _source, _ = _row.cells
    pattern(_row, _source)
    SOURCES.append(_source)
    _known = UNITS.get(_sort)
    UNITS[_sort] = re.compile(f"{_known.pattern}|{_source}" if _known else _source)

APART = ("ward", "hospital")
"""Sorts that are told apart from all others: people of a class lie in a ward."""
