"""A file inside a payload: the outbox keeps it as text, and it becomes a file again when it is sent."""

from __future__ import annotations

import base64
from typing import Any

_NAME, _CONTENT = "upload", "content"


def upload(name: str, content: bytes) -> dict[str, str]:
    """Return a file as a payload carries it."""
    return {_NAME: name, _CONTENT: base64.b64encode(content).decode()}


def uploaded(value: Any) -> tuple[str, bytes] | None:
    """Return name and content of a file in a payload, None for any other value."""
    if not isinstance(value, dict) or value.keys() != {_NAME, _CONTENT}:
        return None
    return value[_NAME], base64.b64decode(value[_CONTENT])
