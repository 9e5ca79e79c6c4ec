"""A picture that is too tall for a page, cut into several between what is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.pictures.picture import Picture
from bot.pictures.sheet import number

_TEXT = re.compile(r'<text [^>]*?\by="([\d.]+)"[^>]*?font-size="([\d.]+)"')
_RECT = re.compile(r'<rect [^>]*?\by="([\d.]+)" width="[\d.]+" height="([\d.]+)"')
_CIRCLE = re.compile(r'<circle [^>]*?\bcy="([\d.]+)" r="([\d.]+)"')
_LINE = re.compile(r'<line [^>]*?\by1="([\d.]+)"[^>]*?\by2="([\d.]+)"')
_PATH = re.compile(r'<path d="([^"]+)"')
_POINT = re.compile(r"-?[\d.]+[ ,](-?[\d.]+)")
_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)" width="[\d.]+" height="[\d.]+"')

ACROSS = 60.0
"""Points; what is taller runs through many rows (a guide line), and may be cut."""


def pages(picture: Picture, tallest: float) -> list[str]:
    """Return the SVG of a picture, or of its parts from top to bottom where it is taller than so many points."""
    if picture.height <= tallest:
        return [picture.svg]
    taken, rows = sorted(_extents(picture.svg)), sorted(_rows(picture.svg))
    cuts = [0.0]
    while picture.height - cuts[-1] > tallest:
        cuts.append(_cut(taken, rows, cuts[-1] + tallest / 2, cuts[-1] + tallest))
    cuts.append(picture.height)
    return [_part(picture.svg, top, bottom) for top, bottom in pairwise(cuts)]


def _cut(taken: list[tuple[float, float]], rows: list[float], least: float, most: float) -> float:
    """Return the lowest place in a stretch above a row of words that cuts through nothing; its end where none is."""
    for place in reversed(rows):
        if least <= place <= most and not any(top < place < bottom for top, bottom in taken):
            return place
    return most


def _part(svg: str, top: float, bottom: float) -> str:
    def box(match: re.Match[str]) -> str:
        size = f'width="{match[1]}" height="{number(bottom - top)}"'
        return f'viewBox="0 {number(top)} {match[1]} {number(bottom - top)}" {size}'

    return _BOX.sub(box, svg, count=1)


def _rows(svg: str) -> Iterator[float]:
    """Yield the upper ends of all words."""
    for found in _TEXT.finditer(svg):
        yield float(found[1]) - float(found[2])


def _extents(svg: str) -> Iterator[tuple[float, float]]:
    """Yield from where to where each thing that is drawn reaches, downwards."""
    for found in _TEXT.finditer(svg):
        base, size = float(found[1]), float(found[2])
        yield base - size, base + 0.35 * size
    for pattern in (_RECT, _CIRCLE, _LINE):
        for found in pattern.finditer(svg):
            first, second = float(found[1]), float(found[2])
            if pattern is _RECT:
                extent = first, first + second
            elif pattern is _CIRCLE:
                extent = first - second, first + second
            else:
                extent = min(first, second) - 1, max(first, second) + 1
            if extent[1] - extent[0] <= ACROSS:
                yield extent
    for found in _PATH.finditer(svg):
        heights = [float(height) for height in _POINT.findall(found[1])]
        if heights:
            yield min(heights) - 1, max(heights) + 1
