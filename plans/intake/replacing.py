"""A corrected number stands where the old one stood: 4人受伤，不对，是30人 is read as 30人受伤."""

from __future__ import annotations

from collections.abc import Sequence

from plans.intake.correcting import MEASURE, Correction, corrections
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Span

FILL = "\u25a1"
"""Stands in the stead of what is not read."""
_REACH = 14
_HARMS = frozenset("死伤亡淹烧埋困冲失毒吐砸压病")
_WORDS = lazy(r"(?:是|为|有|共|可能|应该|好像)*")


def replaced(text: str, heard: str) -> tuple[str, list[Span]]:
    """Return what is heard with the new numbers in the stead of the old ones, and where that was done.

    Args:
        text: normalised text.
        heard: the same, in which what is taken back cannot be read.
    """
    if FILL not in heard:
        return heard, []
    chars, places = list(heard), []
    for item in corrections(text):
        if not isinstance(item, Correction) or heard[item.old[0]] == text[item.old[0]]:
            continue
        low, end = item.old[0], item.mark[1]
        number = next(numbers(text[end : end + _REACH]), None)
        if number is None or heard[end + number.start] == FILL:
            continue
        if set(text[end : end + number.start]) & _HARMS - set(text[low:end]):
            continue  # 据说淹死6个,现场看到的是冲走2个: those are of another harm
        unit = MEASURE.match(text, end + number.end)
        high = unit.end() if unit else end + number.end
        words = _WORDS.match(text, end)
        new = text[words.end() if words else end : high]
        clause = text[low : item.number] + new + heard[item.old[1] : item.mark[0]]
        rest = high - low - len(clause)
        if rest and low and heard[low - 1] in "0123456789.":
            clause, rest = FILL + clause, rest - 1
        chars[low:high] = clause + ("," + FILL * (rest - 1) if rest else "")
        places.append((low, high))
    return "".join(chars), places


def whole(span: Span, places: Sequence[Span]) -> Span:
    """With all of a correction that it has a part of."""
    low, high = span
    for start, end in places:
        if low < end and high > start:
            low, high = min(low, start), max(high, end)
    return low, high
