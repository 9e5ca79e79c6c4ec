"""So many of a unit, and those of whom the next clause may say that they do not count."""

from __future__ import annotations

from dataclasses import dataclass

from plans.intake.reading import Span
from plans.intake.tally import words
from plans.intake.tally.pieces import Figure, Piece

GRAVE = ("serious", "critical", "grave")
HURT = ("hurt", "wound", "light", "faint")
GONE = ("dead", "missing", "trapped")
BARE = ("", "hospital")


@dataclass
class Entry:
    """So many of a unit, less those who are not to be counted or who died."""

    unit: str
    figure: Figure
    span: Span
    kind: str
    low: int
    high: int | None
    sort: str
    died: bool = False
    """Of a unit's people, told of before."""
    open: bool = False
    """So far no harm was named at all."""
    bare: bool = False
    """No harm was named beside it, and nobody was taken out."""

    def less(self, many: int) -> bool:
        """Take some of them out; False where there are not so many."""
        if self.low < many or self.low != self.high:
            return False
        self.low -= many
        self.high = self.low
        return True


def sort_of(unit: str) -> str:
    """The sort of unit that a name is of; empty for no unit."""
    if not unit:
        return ""
    return next((sort for sort, names in words.SORTS.items() if names.search(unit)), "other")


class NotUnderstood(Exception):
    """A number of people or a harm is left over."""


@dataclass
class Pending:
    """Of those just told so many that the next clause may take out."""

    entry: Entry
    figure: Figure
    dead: bool = False
    moved: bool = False
    must: bool = False
    """Where nothing takes them out, it is not understood who they are."""
    more: Pending | None = None
    """Others told of so right before them (有2个其实是晕车，1个是…)."""

    @property
    def many(self) -> int:
        """How many they are."""
        return self.figure.low + (self.more.many if self.more is not None else 0)


def alike(sort: str, before: list[str], piece: Piece) -> bool:
    """Whether a unit goes on with those before; of other sorts it does not where it is said who reports it."""
    if sort in before:
        return True
    return "care" not in (sort, *before) and not piece.says(words.REPORTED)
