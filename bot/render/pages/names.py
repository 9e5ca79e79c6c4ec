"""Names and words of people on a page that everybody in the room reads: shortened, disarmed, without numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.render.text import JOINER, written
from bot.texts import pages as t
from bot.texts import words as w

_NUMBER = re.compile(r"\+?\d(?:[ \-()（）]{0,2}\d){5,}")
"""Six digits and more: a telephone number, somebody's identity card; no date and no count of people is that long."""


def shown(words: str, most: int = 40) -> str:
    """Return what a person wrote as a wall may show it."""
    # A browser makes no links of plain text: what disarms them in a chat would only be a strange gap here.
    return written(_NUMBER.sub(t.HIDDEN, words.translate(_DIGITS)), most).replace(JOINER, "")


_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def some(names: Sequence[str], most: int) -> str:
    """Return the first names; of more than fit it says how many there are."""
    text = w.LIST.join(names[:most])
    return t.NAMES_MORE.format(names=text, count=len(names)) if len(names) > most else text
