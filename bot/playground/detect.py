"""Entities that Telegram finds by itself in a text: commands, mentions, hashtags, addresses, phone numbers."""

from __future__ import annotations

import re
from typing import Any

from bot.playground.text import units

_PATTERNS = (
    (
        "url",
        re.compile(
            r"(?<![\w@.])(?:https?://[^\s<>\"，。）】、]+|(?:[a-z0-9-]+\.)+(?:com|org|net|cn|me|gov|edu)(?:/[^\s<>\"，。）】、]*)?)(?![\w@])",
            re.I,
        ),
    ),
    ("email", re.compile(r"(?<![\w.+-])[A-Za-z0-9._+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?!\w)")),
    ("bot_command", re.compile(r"(?<![\w/@>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z0-9_]{3,32}(?![A-Za-z0-9_@])")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w{0,255}[^\W\d])\w{1,256}(?![\w#])")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?![\w$])")),
)
_PHONE_PLUS = re.compile(r"(?<![\w+])\+\d[\d ()-]{6,20}\d(?!\w)")
_PHONE_ANY = re.compile(r"(?<![\w+])\+?\d[\d ()-]{6,20}\d(?!\w)")


def detect(text: str, phone_needs_plus: bool) -> list[dict[str, Any]]:
    """Return the entities of a text in order, none overlapping another.

    Args:
        text: the message.
        phone_needs_plus: whether a number without +country code stays plain (``Rules.phone_needs_plus``).
    """
    spans: list[tuple[int, int, str]] = []
    for kind, pattern in (*_PATTERNS, ("phone_number", _PHONE_PLUS if phone_needs_plus else _PHONE_ANY)):
        for match in pattern.finditer(text):
            start, end = match.span()
            if all(end <= s or start >= e for s, e, _ in spans):
                spans.append((start, end, kind))
    return [
        {"type": kind, "offset": units(text[:start]), "length": units(text[start:end])}
        for start, end, kind in sorted(spans)
    ]
