"""Pictures that are pictures as far as the server looks: their heads, and no content."""

from __future__ import annotations

import struct


def png(width: int = 40, height: int = 30) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">L4sLL", 13, b"IHDR", width, height)


def jpeg(width: int = 40, height: int = 30) -> bytes:
    comment = b"\xff\xfe\x00\x06note"
    return b"\xff\xd8" + comment + b"\xff\xc0" + struct.pack(">HBHH", 11, 8, height, width)
