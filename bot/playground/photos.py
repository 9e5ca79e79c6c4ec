"""How large a photo is, as far as Telegram asks: it takes none that is too long, too narrow, or no picture at all."""

from __future__ import annotations

import struct

MOST_TOGETHER, MOST_RATIO = 10_000, 20
"""Of width and height (Bot API, sendPhoto)."""


def dimensions(content: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG or a JPEG; None for anything else."""
    try:
        if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
            width, height = struct.unpack_from(">LL", content, 16)
            return int(width), int(height)
        return _of_jpeg(content) if content.startswith(b"\xff\xd8\xff") else None
    except (struct.error, IndexError):
        return None


def _of_jpeg(content: bytes) -> tuple[int, int] | None:
    at = 2
    while content[at] == 0xFF:
        kind, length = content[at + 1], struct.unpack_from(">H", content, at + 2)[0]
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):  # a frame begins; those three are tables
            height, width = struct.unpack_from(">HH", content, at + 5)
            return int(width), int(height)
        at += 2 + length
    return None


def refused(content: bytes) -> str:
    """Return why Telegram does not take a photo; empty where it does."""
    size = dimensions(content)
    if size is None:
        return "IMAGE_PROCESS_FAILED"
    if not min(size) or sum(size) > MOST_TOGETHER or max(size) > MOST_RATIO * min(size):
        return "PHOTO_INVALID_DIMENSIONS"
    return ""


def scaled(width: int, height: int, most: int) -> tuple[int, int]:
    """Return the size that Telegram makes of a photo for a side of so many points."""
    part = min(1.0, most / max(width, height, 1))
    return max(1, round(width * part)), max(1, round(height * part))
