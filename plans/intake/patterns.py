"""Regular expressions that are compiled when they are first used: a start that reads no report pays for none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, cast

from plans.intake.engine import compiled

_METHODS = (
    "match", "search", "fullmatch", "finditer", "findall", "sub", "subn", "split", "pattern", "flags", "groupindex",
)  # fmt: skip


class Lazy:
    """Stands for a pattern until it is asked for something; then it has the pattern's own methods."""

    def __init__(self, source: str | Callable[[], str], flags: int, sparse: bool) -> None:
        self._given, self._flags, self._sparse = source, flags, sparse

    @property
    def _source(self) -> str:
        source = self._given if isinstance(self._given, str) else self._given()
        return source.replace("$", r"\Z")

    def __getattr__(self, name: str) -> Any:
        pattern = compiled(self._source, self._flags, sparse=self._sparse)
        for method in _METHODS:
            setattr(self, method, getattr(pattern, method))
        return getattr(pattern, name)


def lazy(source: str | Callable[[], str], flags: int = 0, *, sparse: bool = False) -> re.Pattern[str]:
    """Return a pattern that is compiled at its first use.

    ``$`` is the very end in it, never before a last line end: most patterns look back to a place in the text.

    Args:
        source: or what makes it, where that costs something.
        sparse: it is looked for in whole texts and begins at few places of them (`plans.intake.outlines.by_head`).
    """
    return cast("re.Pattern[str]", Lazy(source, flags, sparse))


def one_of(characters: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of any one of these characters."""
    return lazy(f"[{re.escape(''.join(sorted(set(characters))))}]")
