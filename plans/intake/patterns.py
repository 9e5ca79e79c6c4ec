"""Regular expressions that are compiled when they are first used: a start that reads no report pays for none."""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = (
    "match", "search", "fullmatch", "finditer", "findall", "sub", "subn", "split", "pattern", "flags", "groupindex",
)  # fmt: skip


class _Lazy:
    """Stands for a pattern until it is asked for something; then it has the pattern's own methods."""

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._source, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled at its first use.

    ``$`` is the very end in it, never before a last line end: most patterns look back to a place in the text.
    """
    source = source.replace("$", r"\Z")
    return cast("re.Pattern[str]", _Lazy(source, flags))
