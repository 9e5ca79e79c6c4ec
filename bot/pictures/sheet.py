"""A sheet on which a picture is laid out: words that are measured, bars, lines and marks; a template makes it SVG.

Positions are points of a telephone 360 wide; a PNG has three to each. Colours are names of a palette. What is said by
a colour is said by a mark's shape and by a word as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, ClassVar, Literal

from bot.pictures import fonts
from bot.pictures.picture import Picture
from bot.texts import pictures as t
from plans.directory.numbers import masked_mobiles

if TYPE_CHECKING:
    from jinja2 import Template

WIDTH, MARGIN = 360.0, 12.0
LEFT, RIGHT = MARGIN, WIDTH - MARGIN
ROOM = RIGHT - LEFT

SMALL, PLAIN, LARGE = 11.0, 12.0, 15.0
"""Sizes of type; nothing is smaller than the first."""

LEADING = 1.32
"""Height of a line of words, in sizes of its type."""

Colour = Literal["paper", "ink", "faint", "rule", "band", "good", "late", "open", "neutral", "drill"]

DAY: dict[str, str] = {
    "paper": "#ffffff", "ink": "#16202a", "faint": "#52606b", "rule": "#d3dae0", "band": "#eaeff3", "good": "#00664b",
    "late": "#a63f00", "open": "#0b4f94", "neutral": "#66727d", "drill": "#6d2a86",
}  # fmt: skip
NIGHT: dict[str, str] = {
    "paper": "#10161c", "ink": "#e9eef2", "faint": "#aab6c0", "rule": "#33404b", "band": "#202a33", "good": "#4fd1a5",
    "late": "#ffa566", "open": "#7db9f2", "neutral": "#9aa7b2", "drill": "#dba8ea",
}  # fmt: skip
"""Blue-green, orange and blue are told apart by people who see red and green alike."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """One line of words; ``y`` is its base line, ``wide`` how much room it takes in whatever font a browser has."""

    kind: ClassVar[str] = "words"
    x: float
    y: float
    text: str
    size: float
    colour: Colour
    bold: bool
    anchor: Literal["start", "middle", "end"]

    @property
    def wide(self) -> float:
        """Its width in our own font."""
        return fonts.width(self.text, self.size, bold=self.bold)


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """A filled rectangle."""

    kind: ClassVar[str] = "bar"
    x: float
    y: float
    width: float
    height: float
    colour: Colour
    round: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A straight line."""

    kind: ClassVar[str] = "line"
    x: float
    y: float
    to_x: float
    to_y: float
    colour: Colour
    thick: float = 1.0
    dashed: bool = False


Shape = Literal[
    "disc", "tick", "ring", "triangle", "warning", "arrow", "cross", "square", "diamond", "due", "stroke", "break"
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A small shape around a point."""

    kind: ClassVar[str] = "mark"
    shape: Shape
    x: float
    y: float
    colour: Colour
    radius: float = 4.0

    def at(self, right: float, down: float) -> str:
        """Return a point of its outline, in radii from its middle."""
        return f"{number(self.x + right * self.radius)} {number(self.y + down * self.radius)}"


def number(value: float) -> str:
    """Return a position as it is written, the same on every machine."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("bot.pictures"), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.filters["n"] = number
    return environment.get_template("picture.svg")


class Sheet:
    """Collects what is drawn, from top to bottom.

    Attributes:
        y: where the next line begins.
        said: the picture in words, a line for each thing shown.
    """

    def __init__(self) -> None:
        self.y = MARGIN
        self.said: list[str] = []
        self._items: list[Words | Bar | Line | Mark] = []
        self._lost: set[str] = set()

    def say(self, line: str) -> None:
        """Add a line to the words of the picture."""
        if line:
            self.said.append(masked_mobiles(line))

    def clean(self, text: str) -> str:
        """Return words as they are drawn: nobody's mobile number, no emoji; what no font draws is counted."""
        self._lost |= fonts.lost(text)
        return " ".join(fonts.drawable(masked_mobiles(text)).split())

    def words(
        self, x: float, y: float, text: str, *, size: float = PLAIN, colour: Colour = "ink", bold: bool = False,
        anchor: Literal["start", "middle", "end"] = "start", room: float = ROOM,
    ) -> float:  # fmt: skip
        """Draw one line of words with its base line at ``y``, shortened to a room; return how wide it is."""
        fitting = fonts.shortened(self.clean(text), room, size, bold=bold)
        if fitting:
            self._items.append(Words(x=x, y=y, text=fitting, size=size, colour=colour, bold=bold, anchor=anchor))
        return fonts.width(fitting, size, bold=bold)

    def paragraph(
        self, text: str, *, size: float = PLAIN, colour: Colour = "ink", bold: bool = False, most: int = 2,
        x: float = LEFT, room: float = ROOM,
    ) -> None:  # fmt: skip
        """Draw words as lines below what is there, at most so many."""
        for line in fonts.wrapped(self.clean(text), room, size, bold=bold, most=most):
            self.y += size * LEADING
            self._items.append(
                Words(x=x, y=self.y - size * 0.3, text=line, size=size, colour=colour, bold=bold, anchor="start")
            )

    def bar(self, x: float, y: float, width: float, height: float, colour: Colour, *, round: float = 0.0) -> None:
        """Draw a filled rectangle; one without extent is left out."""
        if width > 0 and height > 0:
            self._items.append(Bar(x=x, y=y, width=width, height=height, colour=colour, round=round))

    def line(
        self, x: float, y: float, to_x: float, to_y: float, colour: Colour, *, thick: float = 1.0, dashed: bool = False
    ) -> None:
        """Draw a straight line."""
        self._items.append(Line(x=x, y=y, to_x=to_x, to_y=to_y, colour=colour, thick=thick, dashed=dashed))

    def mark(self, shape: Shape, x: float, y: float, colour: Colour, *, radius: float = 4.0) -> None:
        """Draw a mark."""
        self._items.append(Mark(shape=shape, x=x, y=y, colour=colour, radius=radius))

    def title(self, text: str, *, drill: bool = False, mark: str = "") -> None:
        """Draw the head of the picture; a drill has a band that nobody overlooks."""
        if drill:
            self.bar(0, 0, WIDTH, 24, "drill")
            self.words(WIDTH / 2, 17, t.DRILL, size=PLAIN, colour="paper", bold=True, anchor="middle")
            self.y = 24 + 4
            self.say(t.DRILL)
        self.paragraph(mark + text, size=LARGE, bold=True, most=2)
        self.say(mark + text)

    def heading(self, text: str) -> None:
        """Draw the head of a section over a line."""
        self.y += 9
        self.paragraph(text, size=PLAIN, bold=True, most=1)
        self.y += 2
        self.line(LEFT, self.y, RIGHT, self.y, "rule")
        self.y += 3
        self.say(text)

    def gap(self, height: float) -> None:
        """Leave room."""
        self.y += height

    def picture(self, title: str, *, night: bool = False) -> Picture:
        """Return the picture; what could not be drawn of it is said below."""
        if self._lost:
            self.gap(4)
            note = t.NOT_DRAWN.format(count=len(self._lost))
            self.paragraph(note, size=SMALL, colour="faint", most=2)
            self.say(note)
        height = self.y + MARGIN
        svg = _template().render(
            width=WIDTH, height=height, items=self._items, palette=NIGHT if night else DAY, families=fonts.FAMILIES,
            title=fonts.drawable(masked_mobiles(title)),
        )  # fmt: skip
        return Picture(svg=svg, words="\n".join(self.said), width=WIDTH, height=height)
