"""All tables of words are looked over: a row that cannot be used is named before a text is read with it."""

from __future__ import annotations

from functools import cache

from plans.intake import spheres
from plans.intake.lexicon import check, rows
from plans.intake.mending import slips

WITH_EXAMPLES = (
    *("harms", "people", "surroundings", "turns", "units", "utterances", "warning_kinds", "warnings"),
    *("fates", "later", "roll", "brief", "persons", "groups", "things"),
    *("happening", "frames", "sphere_words", "denied"),
)
"""Tables of a kind, an expression and a text in which it stands."""


@cache
def look_over() -> None:
    """Look over every table with expressions; those of plain words are read as they are.

    Raises:
        TableError: a row that is no expression, or does not match its own example.
    """
    for name in WITH_EXAMPLES:
        for row in rows(name, 2, 3):
            check(row, row.cells[1], row.cells[2])
    for row in rows("time_names", 2, 2):
        check(row, row.cells[0], row.cells[1])
    for row in rows("categories", 3, 3):
        check(row, row.cells[1])
    spheres.look_over()
    slips()
