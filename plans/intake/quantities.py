"""A plan's own quantities: percent, hours, days, cases, metres … beside the words that the plan names for them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from plans.intake.numerals import AFTER, Number, hedged_behind, numbers
from plans.intake.reading import Found, Quantity, Span

_UNITS: Mapping[str, Mapping[str, float]] = {
    "%": {r" ?(?:%|个百分点)": 1, r"成(?!年|人|功|绩|员|立)": 10},
    "小时": {r" ?个?多?(?:小时|钟头)": 1, r" ?多?(?:天|昼夜)": 24, r" ?多?分钟": 1 / 60},
    "分钟": {r" ?多?分钟": 1, r" ?个?多?(?:小时|钟头)": 60},
    "天": {r" ?多?(?:天|昼夜)": 1, r" ?多?日(?!\d)": 1, r" ?个?多?(?:小时|钟头)": 1 / 24, r" ?(?:周|个?星期)": 7},
    "人": {r" ?(?:名|位|个人|人(?!民|均|次))": 1},
    "例": {r" ?(?:例|名|人|个病例)": 1},
    "户": {r" ?户|家用户|个用户": 1},
    "米": {r" ?(?:米|公尺)": 1, r" ?(?:公里|千米)": 1000},
    "公里": {r" ?(?:公里|千米)": 1},
    "起": {r" ?(?:起|次|宗)": 1},
}
"""Unit of a plan -> how a text says it, with the factor to the unit of the plan."""

_DENIED = re.compile(r"[无未没非][^,。;]{0,3}$|(?:未|没有?|无)(?:造成|发生|出现|引起|引发|导致|影响)[^,。;]{0,8}$")
_ASKED = re.compile(r"(?:是否|是不是|有无|有没有|会不会|不清楚|不知道)[^,。;]{0,4}$")
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
        found = _said(text, quantity) if quantity.said_by else _find(text, quantity, said)
        if found is not None:
            facts[name] = found
    stated = [found.span for found in facts.values()]
    for name, quantity in wanted.items():
        span = None if name in facts else _mentioned(text, quantity, stated)
        if span is not None:
            raised[name] = span
    return facts, raised


def _mentioned(text: str, quantity: Quantity, stated: Sequence[Span]) -> Span | None:
    """Where the text raises a quantity without a number; a word that another's number explains raises nothing."""
    for word in (*quantity.raised_by, *quantity.said_by, *quantity.words):
        at = text.find(word) if word else -1
        if at < 0 or _denied(text, at):
            continue
        if word in quantity.raised_by or not any(low <= at and at + len(word) <= high for low, high in stated):
            return at, at + len(word)
    return None


def _denied(text: str, at: int) -> bool:
    return _DENIED.search(text, max(0, at - 12), at) is not None


def _said(text: str, quantity: Quantity) -> Found | None:
    """Where the text says of a flag that it is so; a question whether it is (是否) says nothing."""
    for word in quantity.said_by:
        at = text.find(word)
        if at >= 0 and not _denied(text, at) and not _ASKED.search(text, max(0, at - 8), at):
            return Found(at_least=True, at_most=True, text=word, span=(at, at + len(word)))
    return None


def _find(text: str, quantity: Quantity, said: Sequence[Number]) -> Found | None:
    if not quantity.words and (quantity.raised_by or not quantity.unit):
        return None  # a flag: it is raised, not counted
    best: tuple[int, Found] | None = None
    for number, start, end in _measured(text, quantity.unit, said):
        distance, span = _distance(text, quantity.words, start, end)
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


def _measured(text: str, unit: str, said: Sequence[Number]) -> list[tuple[Number, int, int]]:
    """The numbers that carry a unit, in that unit, and where number and unit begin and end."""
    forms = [(re.compile(form), factor) for form, factor in _UNITS.get(unit, {rf" ?{re.escape(unit)}": 1}).items()]
    found = []
    for number in said:
        if unit == "%" and text[max(0, number.start - 3) : number.start] == "百分之":
            found.append((number, number.start - 3, number.end))
            continue
        for form, factor in forms:
            match = form.match(text, number.end)
            if match:
                after = AFTER.match(text, match.end())
                whole = hedged_behind(number, after[0]) if after else number
                found.append((_scaled(whole, factor), number.start, after.end() if after else match.end()))
                break
    return found


def _scaled(number: Number, factor: float) -> Number:
    """A number in the unit of the plan; whole where it can be."""
    if factor == 1:
        return number

    def scale(value: float | None) -> int | float | None:
        product = None if value is None else round(value * factor, 6)
        return int(product) if product is not None and product == int(product) else product

    low = scale(number.low)
    return number._replace(low=0 if low is None else low, high=scale(number.high), stated=scale(number.stated))


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
