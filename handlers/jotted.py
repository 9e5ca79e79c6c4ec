"""Words that begin as an entry of the duty log does: ``记 …``."""

from __future__ import annotations

import re

from bot.texts.log import BEGINS

_JOTTED = re.compile(rf"^(?:{'|'.join(BEGINS)})[ \u3000:：,，\n]+(?P<text>\S.*)$", re.DOTALL)


def jotted(text: str) -> str:
    """Return the words of an entry that a message is which begins with 记; empty where it is none."""
    match = _JOTTED.match(text.strip())
    return match["text"].strip() if match is not None else ""
