"""``TOCSIN_DISTRICT_ADMINS``: the first administrators of single jurisdictions, where one installation has several."""

from __future__ import annotations

import re
from collections.abc import Mapping

EXAMPLE = "晋城市城区=10001,10002; 晋城市=10003"
MOST_LETTERS = 60
"""Of what is said back of a wrong part."""

_PART = re.compile(r"([^=＝]*[^=＝\s])\s*[=＝](.*)")


def district_admins_of(text: str) -> Mapping[str, frozenset[int]]:
    """Return the Telegram ids of each jurisdiction's first administrators.

    Args:
        text: ``晋城市城区=10001,10002; 晋城市=10003``, with whatever signs a Chinese keyboard makes of these.

    Raises:
        ValueError: with one sentence for whoever wrote it.
    """
    found: dict[str, frozenset[int]] = {}
    for part in filter(None, (part.strip() for part in re.split(r"[;；]", text))):
        said = _PART.fullmatch(part)
        numbers = [one for one in re.split(r"[,，、\s]+", said[2]) if one] if said is not None else []
        if said is None or not numbers or not all(map(_is_id, numbers)):
            raise ValueError(f"“{part[:MOST_LETTERS]}”看不懂，应为 辖区=Telegram数字编号，例如 {EXAMPLE}")
        if said[1] in found:
            raise ValueError(f"{said[1][:MOST_LETTERS]} 写了两次，请合在一处，例如 {EXAMPLE}")
        found[said[1]] = frozenset(int(one) for one in numbers)
    return found


def _is_id(word: str) -> bool:
    """Return whether a word may be a person's number: a group's is negative, and none is zero."""
    return word.isdecimal() and 0 < int(word) < 2**52
