"""Slips of dictation and typing are read as what is meant (受商 is 受伤), character for character, so spans stay."""

from __future__ import annotations

import re

from plans.intake.lexicon import TableError, pattern, rows
from plans.intake.patterns import lazy


def _table() -> tuple[re.Pattern[str], dict[str, str]]:
    meant: dict[str, str] = {}
    parts = []
    for row in rows("homophones", 2, 4):
        wrong, right, behind, before = row.cells
        if len(wrong) != len(right) or wrong == right:
            raise TableError(f"{row.where}: {wrong!r} and {right!r} must differ and be of one length")
        source = (f"(?<={before})" if before else "") + re.escape(wrong) + (f"(?={behind})" if behind else "")
        pattern(row, source)
        meant[wrong] = right
        parts.append((-len(wrong), source))
    return re.compile("|".join(source for _, source in sorted(parts))), meant


_SLIPS, _MEANT = _table()


_POINT = lazy(r"(?<=[\u4e00-\u9fa5\])])\.(?!\.)(?=[\u4e00-\u9fa5\d\s]|$)")
"""A point that ends a sentence."""


def mend(text: str) -> str:
    """Normalised text with its slips set right; offsets stay as they were."""
    text = _POINT.sub("。", text)
    return _SLIPS.sub(lambda match: _MEANT[match[0]], text)
