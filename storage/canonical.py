"""JSON as text that is the same for the same value, so that it can be hashed, compared and kept on any database."""

from __future__ import annotations

import json
import re
from typing import Any

# Half of a surrogate pair comes out of Telegram's JSON when a name was cut in the middle of an emoji. It has no UTF-8
# form; its escape is valid JSON and gives the same value back.
_SURROGATE = re.compile("[\ud800-\udfff]")
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def canonical(value: Any) -> str:
    """Return ``value`` as JSON with sorted keys, no spaces and Chinese left readable.

    Args:
        value: dicts with text keys, lists, text, numbers but NaN and infinities, booleans, None.

    Raises:
        TypeError: for any other type. ValueError: for NaN and infinities.
    """
    return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", _encode(value))


def storable(text: str) -> str:
    """Return ``text`` with U+FFFD for what neither database can hold: NUL and halves of surrogate pairs."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)
