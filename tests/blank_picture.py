"""A PNG of the size that a drawing asks for, with nothing on it."""

import json
import re
import struct
import zlib

_SIZE = re.compile(rb'<svg[^>]* viewBox="[0-9.]+ [0-9.]+ ([0-9.]+) ([0-9.]+)"')


def blank(given: bytes) -> bytes:
    """Return a white picture for what ``bot/pictures/press.py`` would draw."""
    head, _, svg = given.partition(b"\n")
    size = _SIZE.search(svg)
    assert size is not None, "the drawing does not say how large it is"
    width = int(json.loads(head)["width"])
    height = round(width * float(size[2]) / float(size[1]))
    rows = (b"\0" + b"\xff" * -(-width // 8)) * height
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
