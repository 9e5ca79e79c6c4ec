"""The words of reading that a person may extend: one table a file, tab separated, ``#`` begins a comment.

A row that cannot be used is named with its file and line (`plans.intake.word_tables`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from plans.intake.numerals import normalise
from plans.intake.patterns import lazy

FOLDER = Path(__file__).parent
TABLES = (
    *("homophones", "utterances", "sources", "harms", "people", "units", "categories", "surroundings", "turns"),
    *("warning_kinds", "warnings", "warning_issuers", "cues"),
    *("fates", "later", "roll", "brief", "persons", "groups", "things", "time_names"),
    *("happening", "frames", "sphere_words", "spheres", "denied"),
)


END = (
    r"(?=[,。!?;、 \n]|$|我|他|她|你|您|快|赶[紧快]|咋|怎么?|请|现在|目前|这[边里会]|那边|医[生院]|救[护援命人]|"
    r"消防|公安|派出|警察|交警|大夫|1[12][0129]|报[警告]|已经?|还有|另|其[他余]|剩|旁边|家属|家里|老师|校医|等|正在?|"
    r"可是?|但是?|然后|后来|有[一两俩个人]|[一两三四五]个|[俩仨]|里[面头]|[后前上下]面|[哎唉啊呀哇哟咯嘞咧喽吧呢嘛哩噻哦诶呜]|地上|车上|血|门|路)"
)
"""``{end}`` in a table: where a clause ends, or where somebody who writes no marks goes on with another one."""


class TableError(ValueError):
    """A row of a table cannot be used; the message names file and line."""


class Row(NamedTuple):
    """One row: its cells, the table and the line."""

    cells: tuple[str, ...]
    table: str
    line: int

    @property
    def where(self) -> str:
        """Where it stands, for complaints."""
        return f"{self.table}.tsv:{self.line}"


def rows(name: str, least: int, most: int) -> Iterator[Row]:
    """The rows of a table, each with so many cells, padded with empty ones.

    Raises:
        TableError: a row with too few or too many cells.
    """
    for line, text in enumerate((FOLDER / f"{name}.tsv").read_text("utf-8").splitlines(), 1):
        if not text or text[0] == "#" or text.isspace():
            continue
        cells = tuple(text.split("\t"))
        row = Row(cells if len(cells) == most else (*cells, *[""] * (most - len(cells))), name, line)
        if not least <= len(cells) <= most or "" in cells[:least]:
            raise TableError(f"{row.where}: {least} to {most} cells are wanted, {text!r} has {len(cells)}")
        yield row


_SIGNS = re.compile(r"[\\.^$*+?{}\[\]|()]")
"""What has no such sign is an expression that matches itself."""


def check(row: Row, source: str, example: str = "") -> None:
    """Look whether a source is an expression, and matches the example of its row.

    Raises:
        TableError: it is none, or does not.
    """
    if not _SIGNS.search(source):
        fits = not example or source in normalise(example)
    else:
        try:
            expression = re.compile(source.replace("{end}", END))
        except re.error as problem:
            raise TableError(f"{row.where}: {source!r} is no expression ({problem})") from None
        fits = not example or expression.search(normalise(example)) is not None
    if not fits:
        raise TableError(f"{row.where}: {source!r} does not match its example {example!r}")


def alternatives(name: str, kind: str) -> str:
    """All expressions of one kind of a table with a kind, an expression and an example, joined by ``|``."""
    return _by_kind(FOLDER, name).get(kind, "")


@cache
def _by_kind(folder: Path, name: str) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for row in rows(name, 2, 3):
        kind, source, _ = row.cells
        found.setdefault(kind, []).append(source.replace("{end}", END))
    return {kind: "|".join(sources) for kind, sources in found.items()}


def any_of(name: str, kind: str) -> re.Pattern[str]:
    """Return the pattern of all expressions of one kind of a table; it matches nothing where the table has none."""
    return lazy(lambda: alternatives(name, kind).replace("$", LAST) or r"(?!)", sparse=True)


LAST = r"(?=\n?\Z)"
"""``$`` in a table: the end of the text, also before a line end that is the last character."""
