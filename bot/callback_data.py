"""What a button carries: the opaque id of a row, never a meaning. Telegram allows 64 bytes."""

from __future__ import annotations

import re
import secrets

_FORM = re.compile(r"^b:([A-Za-z0-9_-]{16,40})$")


def new_id() -> str:
    """Return a fresh opaque id (128 bits, less a hundredth of one).

    It begins with a letter or a figure: people copy ids into command lines, where ``-L…`` is an option, and into
    sheets, where ``-…`` is a sum.
    """
    while not (drawn := secrets.token_urlsafe(16))[0].isalnum():
        pass
    return drawn


def pack(button_id: str) -> str:
    """Return the callback data of a button row."""
    return f"b:{button_id}"


def unpack(data: str) -> str | None:
    """Return the button row's id, or None for data that is not ours."""
    match = _FORM.match(data)
    return match.group(1) if match else None
