"""The fonts of the pictures: what they can draw, how wide words are, and which other font draws a rare character.

Regular and bold come with the program (``deploy/fonts/cut.py``), so that a picture is the same on every machine. A
name may have a Chinese character that they lack: then a font of the machine draws it, where there is one, and where
there is none it is shown as ``GETA`` and the picture says so in words.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable
from functools import cache
from mmap import ACCESS_READ, mmap
from pathlib import Path

FOLDER = Path(__file__).parent / "noto"
FAMILY = "Noto Sans SC"
FAMILIES = "Noto Sans SC, Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
"""A browser that has not the first takes the next; Chinese characters are equally wide in all of them."""

GETA = "〓"
"""What printers set where they had no type for a character."""

_ELSEWHERE = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("C:/Windows/Fonts"),
    Path("/System/Library/Fonts"),
)
_CHINESE = (
    "cjk",
    "hansans",
    "hanserif",
    "hanazono",
    "babelstone",
    "wqy",
    "uming",
    "ukai",
    "fallback",
    "simsun",
    "plangothic",
    "pingfang",
)
_ALIKE = ("notosanscjk-regular", "sourcehansans", "wqy")
"""Names of fonts with many Chinese characters, and those of them that look like ours."""

MOST_OTHERS = 8
"""Fonts of the machine that are looked into."""


def ours() -> tuple[str, ...]:
    """Return the files that come with the program."""
    return str(FOLDER / "regular.ttf"), str(FOLDER / "bold.ttf")


@cache
def _widths(bold: bool) -> dict[str, int]:
    table = json.loads((FOLDER / "widths.json").read_text(encoding="utf-8"))["bold" if bold else "regular"]
    widths: dict[str, int] = dict.fromkeys(table["full"], 1000) | table["others"]
    return widths


def width(words: str, size: float, *, bold: bool = False) -> float:
    """Return how wide words are; what our fonts lack is a Chinese character, as wide as all of them."""
    widths = _widths(bold)
    return sum(widths.get(sign, 1000) for sign in words) * size / 1000


def is_ours(sign: str) -> bool:
    """Return whether our fonts can draw a character."""
    return sign in _widths(False) and sign in _widths(True)


def drawable(words: str) -> str:
    """Return words as they are drawn: without emoji and what is unseen; what no font can draw is ``GETA``."""
    return "".join(_drawn(sign) for sign in words)


def lost(words: str) -> set[str]:
    """Return the characters of words that no font can draw."""
    return {sign for sign in words if not is_ours(sign) and _drawn(sign) == GETA}


def _drawn(sign: str) -> str:
    if is_ours(sign):
        return sign
    if sign.isspace():
        return " "
    if _is_emoji(sign) or not sign.isprintable():
        return ""
    return sign if _is_chinese(sign) and elsewhere(sign) else GETA


def _is_emoji(sign: str) -> bool:
    code = ord(sign)
    return (
        0x1F000 <= code <= 0x1FBFF
        or 0x2600 <= code <= 0x27BF
        or 0xFE00 <= code <= 0xFE0F
        or (0x2300 <= code <= 0x23FF or 0x2B00 <= code <= 0x2BFF or 0xE0000 <= code <= 0xE007F or code == 0x20E3)
    )


def _is_chinese(sign: str) -> bool:
    code = ord(sign)
    return (
        0x3400 <= code <= 0x4DBF or 0x4E00 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF
    )


def rare(words: Iterable[str]) -> tuple[str, ...]:
    """Return the files of the machine that words need beside ours, with the bold one of each where there is one."""
    signs = {sign for text in words for sign in text if not is_ours(sign) and _is_chinese(sign)}
    files = {file for sign in signs if (file := elsewhere(sign))}
    bold = {file.replace("Regular", "Bold") for file in files}
    return tuple(sorted(files | {file for file in bold if Path(file).is_file()}))


@cache
def elsewhere(sign: str) -> str:
    """Return the file of the machine's font that draws a character, empty where none does."""
    return next((str(path) for path in _others() if ord(sign) in _characters(path)), "")


@cache
def _others() -> tuple[Path, ...]:
    found = [
        path
        for folder in _ELSEWHERE
        if folder.is_dir()
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in (".ttf", ".otf", ".ttc", ".otc")
        and any(name in path.name.lower() for name in _CHINESE)
    ]
    return tuple(sorted(found, key=lambda path: not path.name.lower().startswith(_ALIKE))[:MOST_OTHERS])


@cache
def _characters(path: Path) -> frozenset[int]:
    """Return what a font file can draw, by its table ``cmap``; nothing of a file that cannot be read."""
    try:
        with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
            return _in_cmap(data)
    except (OSError, ValueError, struct.error, IndexError):
        return frozenset()


def _in_cmap(data: mmap) -> frozenset[int]:
    start = struct.unpack_from(">L", data, 12)[0] if data[:4] == b"ttcf" else 0
    tables = {
        data[at : at + 4]: struct.unpack_from(">L", data, at + 8)[0]
        for at in range(start + 12, start + 12 + 16 * struct.unpack_from(">H", data, start + 4)[0], 16)
    }
    cmap, found = tables[b"cmap"] if b"cmap" in tables else 0, set[int]()
    for number in range(struct.unpack_from(">H", data, cmap + 2)[0] if cmap else 0):
        part = cmap + struct.unpack_from(">L", data, cmap + 4 + 8 * number + 4)[0]
        if struct.unpack_from(">H", data, part)[0] == 12:  # groups of code points, also beyond the first plane
            for group in range(struct.unpack_from(">L", data, part + 12)[0]):
                first, last = struct.unpack_from(">LL", data, part + 16 + 12 * group)
                found.update(range(first, last + 1))
        elif struct.unpack_from(">H", data, part)[0] == 4:
            count = struct.unpack_from(">H", data, part + 6)[0] // 2
            lasts = struct.unpack_from(f">{count}H", data, part + 14)
            firsts = struct.unpack_from(f">{count}H", data, part + 16 + 2 * count)
            for first, last in zip(firsts, lasts, strict=True):
                found.update(range(first, min(last, 0xFFFE) + 1))
    return frozenset(found)


def shortened(words: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return words that fit into a room, with … where something was left out."""
    if width(words, size, bold=bold) <= room:
        return words
    kept, left = "", room - width("…", size, bold=bold)
    for sign in words:
        left -= width(sign, size, bold=bold)
        if left < 0:
            break
        kept += sign
    return kept.rstrip() + "…"


def shortened_within(words: str, room: float, size: float) -> str:
    """Return words that fit into a room, with … in their middle: names of schools differ at both ends."""
    if width(words, size) <= room:
        return words
    for kept in range(len(words) - 1, 1, -1):
        fitting = words[: kept - kept // 2] + "…" + words[len(words) - kept // 2 :]
        if width(fitting, size) <= room:
            return fitting
    return shortened(words, room, size)


def wrapped(words: str, room: float, size: float, *, bold: bool = False, most: int = 2) -> list[str]:
    """Return words as lines that fit into a room, at most so many; the last has … where something was left out."""
    lines: list[str] = []
    left = words.strip()
    while left and len(lines) < most - 1:
        line = _line(left, room, size, bold=bold)
        lines.append(line.rstrip())
        left = left[len(line) :].lstrip()
    return [*lines, shortened(left, room, size, bold=bold)] if left else lines


_NOT_LAST = "（〔《“"
_NOT_FIRST = "，。、；：）】〕》！？…%％"
"""No line ends with the former, and none begins with the latter."""


def _line(words: str, room: float, size: float, *, bold: bool) -> str:
    used, count = 0.0, 0
    for sign in words:
        used += width(sign, size, bold=bold)
        if used > room:
            break
        count += 1
    count = max(count, 1)
    if count < len(words):
        back = count
        while back > 1 and (words[back] in _NOT_FIRST or words[back - 1] in _NOT_LAST or _within_word(words, back)):
            back -= 1
        count = back if back > count // 2 else count
    return words[:count]


def _within_word(words: str, at: int) -> bool:
    """Whether a break there would part a number or a Latin word."""
    before, after = words[at - 1], words[at]
    return (
        before.isascii()
        and after.isascii()
        and (before.isalnum() or before in ":.-")
        and (after.isalnum() or after in ":.-")
    )
