"""Words that begin as an entry of the duty log does: ``记 …``."""

from __future__ import annotations

import re

from bot.texts.log import BEGINS

_JOTTED = re.compile(rf"^(?:{'|'.join(BEGINS)})[ \u3000:：,，\n]+(?P<text>\S.*)$", re.DOTALL)
_CALL = re.compile(r"^记(?![者录得忆住载])(?P<text>[^\s,，。:：]{1,20}来[电文函访].*)$", re.DOTALL)
"""记 without a blank: who called or wrote is named at once."""


def jotted(text: str) -> str:
    """Return the words of an entry that a message is which begins with 记; empty where it is none."""
    match = _JOTTED.match(text.strip()) or _CALL.match(text.strip())
    return match["text"].strip() if match is not None else ""
