"""A scale of time that shows ten minutes and five days: long stretches in which nothing happens are drawn short.

Within each stretch between two moments that matter it is linear, and each has some room however short it is. One that
would leave no room for the others is cut, and a break is drawn where it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from plans.times import BEIJING

MOST_OF_ALL = 1 / 3
"""A stretch longer than this part of the whole is cut."""

SHORTEST, MOST_CUTS = timedelta(minutes=40), 3
"""None shorter is cut, and no more."""

FOR_CUTS = 0.45
"""Part of the width that the cut stretches take together."""

MOST_FOR_ONE = 60.0
"""Points that one cut stretch takes at most."""

LEAST, FOR_LEAST = 5.0, 0.4
"""Points that each stretch takes at least, so that marks can be told apart; the part of the width for all of them."""

FOR_LATER = 0.22
"""Part of the width for what is owed after the end."""

STEPS = tuple(
    timedelta(minutes=value) for value in (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 43200)
)
"""Between two labels."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Positions of moments.

    Attributes:
        moments, positions: the ends of the stretches, in order. cut: whether the stretch that begins there is cut.
    """

    moments: tuple[datetime, ...]
    positions: tuple[float, ...]
    cut: tuple[bool, ...]

    def at(self, moment: datetime) -> float:
        """Return where a moment is; what lies outside stands at the edge."""
        if moment <= self.moments[0]:
            return self.positions[0]
        if moment >= self.moments[-1]:
            return self.positions[-1]
        index = bisect_right(self.moments, moment) - 1
        first, last = self.moments[index], self.moments[index + 1]
        part = (moment - first) / (last - first)
        return self.positions[index] + part * (self.positions[index + 1] - self.positions[index])

    @property
    def breaks(self) -> list[float]:
        """The middles of the stretches that are cut."""
        return [
            (self.positions[index] + self.positions[index + 1]) / 2 for index, cut in enumerate(self.cut[:-1]) if cut
        ]

    def labels(self, gap: float) -> list[tuple[float, datetime]]:
        """Return round moments with their places, so far from each other that each can be written.

        Args:
            gap: points that a label needs.
        """
        found: list[tuple[float, datetime]] = [(self.positions[0], self.moments[0])]
        for index in range(len(self.moments) - 1):
            if self.cut[index]:
                continue
            found += self._within(index, gap)
        kept: list[tuple[float, datetime]] = []
        for place, moment in sorted(found):
            if not kept or place - kept[-1][0] >= gap:
                kept.append((place, moment))
        return kept

    def _within(self, index: int, gap: float) -> list[tuple[float, datetime]]:
        first, last = self.moments[index], self.moments[index + 1]
        room, length = self.positions[index + 1] - self.positions[index], last - first
        if room <= 0 or length <= timedelta():
            return []
        step = next((step for step in STEPS if room * (step / length) >= gap), STEPS[-1])
        midnight = first.astimezone(BEIJING).replace(hour=0, minute=0, second=0, microsecond=0)
        moment = midnight + -(-(first - midnight) // step) * step
        places: list[tuple[float, datetime]] = []
        while moment <= last and len(places) < 100:
            places.append((self.at(moment), moment))
            moment += step
        return places


def scale(moments: Iterable[datetime], left: float, right: float) -> Scale:
    """Return the scale on which moments that matter lie between two edges."""
    ordered = sorted(set(moments))
    if len(ordered) == 1:
        ordered.append(ordered[0] + timedelta(minutes=10))
    lengths = [(last - first).total_seconds() for first, last in pairwise(ordered)]
    cut = _to_cut(lengths)
    whole = right - left
    cuts = sum(cut)
    each = min(MOST_FOR_ONE, FOR_CUTS * whole / cuts) if cuts else 0.0
    rest = sum(length for length, is_cut in zip(lengths, cut, strict=True) if not is_cut)
    if not rest and cuts:
        each = whole / cuts
    least = min(LEAST, FOR_LEAST * whole / len(lengths))
    room = whole - each * cuts - least * (len(lengths) - cuts)
    positions = [left]
    for length, is_cut in zip(lengths, cut, strict=True):
        positions.append(positions[-1] + (each if is_cut else least + room * length / rest))
    return Scale(tuple(ordered), tuple(positions), (*cut, False))


def ended(moments: Iterable[datetime], end: datetime, left: float, right: float) -> Scale:
    """Return the scale of what is over: what is still owed afterwards takes a small part of the width."""
    ordered = sorted({*moments, end})
    later = [moment for moment in ordered if moment >= end]
    if len(later) == 1 or ordered[0] == end:
        return scale(ordered, left, right)
    edge = right - FOR_LATER * (right - left)
    course = scale([moment for moment in ordered if moment <= end], left, edge)
    after = scale(later, edge, right)
    return Scale(
        course.moments + after.moments[1:], course.positions + after.positions[1:], course.cut[:-1] + after.cut
    )


def _to_cut(lengths: list[float]) -> list[bool]:
    """Return which stretches are cut: one after the other the longest, while it takes too much of what is left."""
    cut = [False] * len(lengths)
    for index in sorted(range(len(lengths)), key=lambda index: -lengths[index]):
        left = sum(length for length, is_cut in zip(lengths, cut, strict=True) if not is_cut)
        long = lengths[index] > left * MOST_OF_ALL and lengths[index] >= SHORTEST.total_seconds()
        if len(lengths) < 3 or not long or sum(cut) >= min(MOST_CUTS, len(lengths) - 2):
            break
        cut[index] = True
    return cut
