"""Where the words of a picture stand, read from its SVG as a browser would, and which of them cover each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree

from bot.pictures import Picture, fonts

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "rect", "text", "line", "circle", "path"}


@dataclass(frozen=True)
class Box:
    text: str
    size: float
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: Box) -> bool:
        slack = 0.3
        return (
            self.left < other.right - slack
            and other.left < self.right - slack
            and self.top < other.bottom - slack
            and other.top < self.bottom - slack
        )


def boxes(picture: Picture) -> list[Box]:
    """Every line of words with its ink: of a line the part from a tall letter to a deep one."""
    found = []
    for item in ElementTree.fromstring(picture.svg).iter(f"{SVG}text"):
        size, bold = float(item.attrib["font-size"]), item.attrib["font-weight"] == "700"
        text = item.text or ""
        wide = fonts.width(text, size, bold=bold)
        assert abs(float(item.attrib["textLength"]) - wide) < 0.01, "a browser with other fonts keeps to the room"
        x, y = float(item.attrib["x"]), float(item.attrib["y"])
        left = x - {"start": 0, "middle": wide / 2, "end": wide}[item.attrib.get("text-anchor", "start")]
        found.append(Box(text, size, left, y - 0.84 * size, left + wide, y + 0.12 * size))
    return found


def check(picture: Picture) -> None:
    """Whatever is drawn: legible, nothing over another, nothing outside, nothing that a page must not have."""
    root = ElementTree.fromstring(picture.svg)
    assert {item.tag.removeprefix(SVG) for item in root.iter()} <= ALLOWED
    assert not [name for item in root.iter() for name in item.attrib if name in ("style", "href") or name[:2] == "on"]
    found = boxes(picture)
    assert found and picture.words
    for box in found:
        assert box.size >= 11, box
        assert -0.5 <= box.left and box.right <= picture.width + 0.5, box
        assert -0.5 <= box.top and box.bottom <= picture.height + 0.5, box
    assert [(one, other) for one, other in combinations(found, 2) if one.covers(other)] == []
    # Telegram's photos: width and height together 10,000, and 20 to 1 at most.
    assert 1080 + 3 * picture.height <= 10_000 and 1 / 20 <= picture.width / picture.height <= 20
    assert not re.search(r"1[3-9]\d{9}", picture.svg + picture.words)
