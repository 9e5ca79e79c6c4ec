"""Text as Telegram counts it: offsets and lengths in UTF-16 code units."""

from __future__ import annotations


def units(text: str) -> int:
    """Return the length of a text in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, offset: int, length: int) -> str:
    """Return the piece at an offset and length given in UTF-16 units; both must fall between characters."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[2 * offset : 2 * (offset + length)].decode("utf-16-le")


def splits_character(text: str, offset: int) -> bool:
    """Return whether a UTF-16 offset falls inside a surrogate pair."""
    raw = text.encode("utf-16-le", "surrogatepass")[2 * offset : 2 * offset + 2]
    return len(raw) == 2 and 0xDC00 <= int.from_bytes(raw, "little") <= 0xDFFF
