"""A plan's own quantities: percent, hours, days, cases, metres … beside the words that the plan names for them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from plans.intake.numerals import AFTER, Number, hedged_behind, numbers
from plans.intake.reading import Found, Quantity, Span

_UNITS = {
    "%": r" ?(?:%|个百分点|成(?!年|人|功))",
    "小时": r" ?个?(?:半)?多?(?:小时|钟头)",
    "分钟": r" ?多?分钟",
    "天": r" ?多?(?:天|日)(?!\d)",
    "人": r" ?(?:名|位|个人|人(?!民|均|次))",
    "例": r" ?(?:例|名|人|个病例)",
    "户": r" ?(?:万?户|家用户|个用户)",
    "米": r" ?(?:米|公尺)(?!高)",
    "起": r" ?(?:起|次|宗)",
    "元": r" ?元",
}
_TO_HOURS = {"天": 24.0, "分钟": 1 / 60}
_PERCENT_OF = re.compile(
    r"百分之(?P<n>[零一二三四五六七八九十百点\d.]{1,8})|(?P<h>半数|一半)|(?P<c>[一二三四五六七八九])成"
)
_ENOUGH = 200
"""Numerals that are looked at, so that a hostile text stays cheap."""
_REACH = 16


def quantities(text: str, wanted: Mapping[str, Quantity]) -> tuple[dict[str, Found], dict[str, Span]]:
    """The plan's quantities that normalised text states, and those that it raises without a number.

    Args:
        text: normalised text.
        wanted: fact id -> how the plan says it.
    """
    facts: dict[str, Found] = {}
    raised: dict[str, Span] = {}
    if not wanted:
        return facts, raised
    said = list(islice(numbers(text), _ENOUGH))
    for name, quantity in wanted.items():
        found = _find(text, quantity, said)
        if found is not None:
            facts[name] = found
            continue
        for word in (*quantity.raised_by, *quantity.words):
            at = text.find(word) if word else -1
            if at >= 0 and not re.search(r"[无未没非][^,。;]{0,3}$", text[max(0, at - 4) : at]):
                raised[name] = (at, at + len(word))
                break
    return facts, raised


def _find(text: str, quantity: Quantity, said: Sequence[Number]) -> Found | None:
    if not quantity.words and not quantity.unit:
        return None
    best: tuple[int, Found] | None = None
    for number, end in _measured(text, quantity.unit, said):
        distance, span = _distance(text, quantity.words, number.start, end)
        if distance is None or (best is not None and distance >= best[0]):
            continue
        best = (
            distance,
            Found(
                at_least=number.low,
                at_most=number.high,
                stated=number.stated,
                text=text[span[0] : span[1]],
                span=span,
                approx=number.hedged,
            ),
        )
    return best[1] if best else None


def _measured(text: str, unit: str, said: Sequence[Number]) -> list[tuple[Number, int]]:
    pattern = re.compile(_UNITS.get(unit, r" ?" + re.escape(unit)))
    found = []
    for number in said:
        match = pattern.match(text, number.end)
        if match:
            end = match.end()
            after = AFTER.match(text, end)
            found.append((hedged_behind(number, after[0]), after.end()) if after else (number, end))
    return found


def _distance(text: str, words: Sequence[str], start: int, end: int) -> tuple[int | None, Span]:
    """Characters between the number and the nearest of its words in the same clause, and the span of both."""
    if not words:
        return 0, (start, end)
    best: tuple[int, Span] | None = None
    low, high = max(0, start - _REACH - 12), min(len(text), end + _REACH)
    for word in words:
        at = text.rfind(word, low, start)
        if at >= 0 and not re.search(r"[。;!?\n]", text[at + len(word) : start]):
            gap = start - at - len(word)
            if gap <= _REACH and (best is None or gap < best[0]):
                best = (gap, (at, end))
        at = text.find(word, end, high)
        if at >= 0 and not re.search(r"[,。;!?\n]", text[end:at]):
            gap = at - end + 1
            if best is None or gap < best[0]:
                best = (gap, (start, at + len(word)))
    return (best[0], best[1]) if best else (None, (start, end))
