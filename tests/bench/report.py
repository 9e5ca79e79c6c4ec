"""What a benchmark finds: one line a measure, as a table for people and as JSON."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

Subject = Literal["ratio", "ours"]


@dataclass(frozen=True, kw_only=True)
class Aim:
    """What a measure should come to.

    Attributes:
        on: whether it is about the ratio to the peer or about our own figure.
        at_most, at_least: inclusive; a bound left out does not bind.
        below: exclusive.
        worst: the worst round decides, not the median one.
    """

    on: Subject = "ratio"
    at_most: float | None = None
    at_least: float | None = None
    below: float | None = None
    worst: bool = False

    def met(self, values: Sequence[float]) -> bool:
        """Return whether rounds of such values meet it."""
        low, high = (min(values), max(values)) if self.worst else (median(values), median(values))
        return (
            (self.at_most is None or high <= self.at_most)
            and (self.below is None or high < self.below)
            and (self.at_least is None or low >= self.at_least)
        )

    def text(self, unit: str) -> str:
        """Say it: ``≤ 3 ×``, ``< 1 ms``."""
        after = "×" if self.on == "ratio" else unit
        signs = (("≤", self.at_most), ("<", self.below), ("≥", self.at_least))
        return ", ".join(f"{sign} {bound:g} {after}".rstrip() for sign, bound in signs if bound is not None)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the table.

    Attributes:
        number: B1 … B11.
        measure: what is measured, with its size.
        unit: of both figures.
        ours: our figure in each round.
        peer: the peer's figure in each round; empty where the aim is about ours alone.
        against: who the peer is.
        aim: what it should come to; None where the line only tells something beside another one.
        note: what a reader must know to believe it.
    """

    number: str
    measure: str
    unit: str
    ours: tuple[float, ...]
    peer: tuple[float, ...] = ()
    against: str = ""
    aim: Aim | None = None
    note: str = ""

    @property
    def ratios(self) -> tuple[float, ...]:
        """Ours to the peer's, round by round; rounds in which the peer's figure is zero have none."""
        return tuple(one / other for one, other in zip(self.ours, self.peer, strict=False) if other)

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None without one, or where nothing could be compared."""
        values = self.ratios if self.aim is not None and self.aim.on == "ratio" else self.ours
        return self.aim.met(values) if self.aim is not None and values else None

    def as_json(self) -> dict[str, Any]:
        """Return the line with every round."""
        ratios = self.ratios
        return {
            "number": self.number,
            "measure": self.measure,
            "unit": self.unit,
            "ours": list(self.ours),
            "peer": list(self.peer),
            "against": self.against,
            "ratio": {"median": median(ratios), "min": min(ratios), "max": max(ratios)} if ratios else None,
            "aim": self.aim.text(self.unit) if self.aim else None,
            "met": self.met,
            "note": self.note,
        }

    def cells(self) -> list[str]:
        """Return the line as the table shows it."""
        ratios = self.ratios
        ratio = f"{median(ratios):.3g} ({min(ratios):.3g}–{max(ratios):.3g})" if ratios else ""
        verdict = {True: "met", False: "MISSED", None: ""}[self.met]
        peer = f"{figure(self.peer, self.unit)} {self.against}".strip() if self.peer else self.against
        aim = self.aim.text(self.unit) if self.aim else ""
        return [self.number, self.measure, figure(self.ours, self.unit), peer, ratio, aim, verdict]


def figure(values: Sequence[float], unit: str) -> str:
    """Return the median of the rounds with its unit."""
    return f"{median(values):,.4g} {unit}".strip() if values else ""


HEADINGS = ["", "measure", "ours", "peer", "ratio (min–max)", "aim", ""]


def table(lines: Sequence[Line]) -> str:
    """Return the lines as text in columns, the notes below."""
    rows = [HEADINGS, *(line.cells() for line in lines)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(HEADINGS))]
    shown = ["  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    notes = dict.fromkeys(f"{line.number}: {line.note}" for line in lines if line.note)
    return "\n".join(
        [shown[0], "-" * (sum(widths) + 2 * (len(widths) - 1)), *shown[1:], *(["", *notes] if notes else [])]
    )


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
