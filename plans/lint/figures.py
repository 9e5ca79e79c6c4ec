"""Figure phrases of the documents, read again: 3人以上10人以下, 10人至29人, 50%以上, 超过100例, 低于1天, 半小时内.

Deliberately independent of :mod:`plans.intake`: it checks what people typed into a plan file against the words they
took it from, so it must not share their mistakes.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from plans.model import Bounds
from plans.values import Number

Operator = Literal["lt", "le", "gt", "ge"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One bound: an operator and a number; ``bare`` when the phrase names the number alone (10例)."""

    op: Operator
    number: Number
    bare: bool = False

    @property
    def lower(self) -> bool:
        """Whether it bounds from below."""
        return self.op in ("ge", "gt")

    def flipped(self) -> Figure:
        """Return the same bound with the number itself in instead of out, or the reverse."""
        other: dict[Operator, Operator] = {"lt": "le", "le": "lt", "gt": "ge", "ge": "gt"}
        return Figure(other[self.op], self.number)

    def same(self, other: Figure, whole: bool) -> bool:
        """Return whether both bound alike; of whole numbers, "under 50" and "up to 49" do."""
        if self.lower != other.lower:
            return False
        return _whole(self) == _whole(other) if whole else (self.op, self.number) == (other.op, other.number)

    def __str__(self) -> str:
        sign = {"lt": "<", "le": "≤", "gt": ">", "ge": "≥"}[self.op]
        return f"{sign}{self.number:g}"


def _whole(figure: Figure) -> Number:
    number = figure.number
    if isinstance(number, float) and not number.is_integer():
        return number
    return number + {"gt": 1, "ge": 0, "lt": -1, "le": 0}[figure.op]


_ASCII = r"\d{1,9}(?:\.\d{1,4})?"
_HAN = r"[一二两三四五六七八九十百千]{1,7}"
_UNIT = r"(?:人|名|例|个|起|次|天|日|小时|分钟|米|公里|倍|%|％|兆瓦|万元|亿元|元|户|万|头|吨|级|辆|艘|所|家|周)?"
_PREFIXES: tuple[tuple[str, Operator], ...] = (
    ("不低于", "ge"), ("不少于", "ge"), ("不小于", "ge"), ("达到", "ge"), ("至少", "ge"),
    ("不超过", "le"), ("不高于", "le"), ("不大于", "le"), ("不多于", "le"), ("至多", "le"), ("最多", "le"),
    ("超过", "gt"), ("高于", "gt"), ("大于", "gt"), ("多于", "gt"), ("超", "gt"),
    ("低于", "lt"), ("不足", "lt"), ("小于", "lt"), ("少于", "lt"), ("不到", "lt"), ("未达", "lt"),
)  # fmt: skip
_PREFIX = "|".join(word for word, _ in _PREFIXES)
_SUFFIX = r"(?:(?:及其|及|或)?以上|(?:及其|及|或)?以下|以内|之内)"
_RANGE = re.compile(rf"({_ASCII}){_UNIT}(?:至|到|-|－|—|–|~|～)({_ASCII}){_UNIT}({_SUFFIX})?")
_SINGLE = re.compile(
    rf"(?:({_PREFIX})[^0-9，。；、]{{0,14}}?)?({_ASCII}|{_HAN}(?=(?:人|名|例|个|天|倍|起){_SUFFIX})){_UNIT}({_SUFFIX})?"
)
_PARENTHESES = re.compile(r"[（(][^（()）]{0,30}[)）]")
_INSIDE = re.compile(rf"{_ASCII}{_UNIT}{_SUFFIX}")
_WINDOW = re.compile(
    rf"(?:近|前|第)(?:{_ASCII}|{_HAN})(?:年|月|日|天|次)?|(?:{_ASCII}|{_HAN})个?(?:周|月|年|季度)(?:之)?内"
)
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_TENS = {"十": 10, "百": 100, "千": 1000}


def figures(phrase: str, bounds: Bounds) -> list[Figure]:
    """Return the bounds that a phrase states, under the document's conventions for 以上, 以下 and 超过."""
    text = _WINDOW.sub("", _PARENTHESES.sub(_aside, phrase))
    found: list[Figure] = []

    def take_range(match: re.Match[str]) -> str:
        found.extend((Figure("ge", _number(match[1])), Figure("le", _number(match[2]))))
        if match[3]:  # "4至9人以上" says two things at once
            found.append(Figure(_suffix(match[3], bounds), _number(match[2])))
        return "，"

    text = _RANGE.sub(take_range, text)
    for match in _SINGLE.finditer(text):
        prefix, number, suffix = match[1], _number(match[2]), match[3]
        if suffix:
            found.append(Figure(_suffix(suffix, bounds), number))
        elif prefix:
            op = dict(_PREFIXES)[prefix]
            over: Operator = "gt" if bounds.over == "exclusive" else "ge"
            found.append(Figure(over if op == "gt" else op, number))
        else:
            found.extend((Figure("ge", number, True), Figure("le", number, True)))
    return found


def contradictory(phrase: str, bounds: Bounds) -> bool:
    """Return whether a phrase states bounds that exclude each other: 40%以上13%以下, 4至9人以上."""
    for part in re.split(r"[，,；;或]", phrase):
        if any(match[3] for match in _RANGE.finditer(part)):
            return True
        stated = figures(part, bounds)
        for low, high in itertools.pairwise(stated):
            if low.lower and not high.lower and not (low.bare or high.bare):
                strict = low.op == "gt" or high.op == "lt"
                if low.number > high.number or (low.number == high.number and strict):
                    return True
    return False


def _aside(match: re.Match[str]) -> str:
    """Drop what stands in parentheses, unless it is a bound of its own: 长时间（3天以上）中断."""
    return f"，{match[0][1:-1]}，" if _INSIDE.search(match[0]) else ""


def _suffix(word: str, bounds: Bounds) -> Operator:
    if word.endswith("以上"):
        return "ge" if len(word) > 2 or bounds.at_least == "inclusive" else "gt"
    if word.endswith("以下"):
        return "le" if len(word) > 2 or bounds.at_most == "inclusive" else "lt"
    return "le"


def _number(text: str) -> Number:
    if text[0].isascii():
        return float(text) if "." in text else int(text)
    total, digit = 0, 0
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        else:
            total += (digit or 1) * _TENS[sign]
            digit = 0
    return total + digit


_DURATION = re.compile(rf"(每)?(半|{_ASCII}|{_HAN})个?(小时|分钟|天|日|周|月)")
_LENGTH = {"小时": 60, "分钟": 1, "天": 1440, "日": 1440, "周": 10080, "月": 43200}
_DAILY = ("每日", "每天", "日报", "逐日")
_AT_ONCE = ("立即", "随即", "随时", "及时", "第一时间", "同时", "马上", "即刻")


@dataclass(frozen=True, slots=True)
class Times:
    """The times that a phrase states: spans, recurring spans, each day, at once."""

    spans: tuple[timedelta, ...]
    every: tuple[timedelta, ...]
    daily: bool
    at_once: bool

    def __bool__(self) -> bool:
        return bool(self.spans or self.every or self.daily or self.at_once)


def times(phrase: str) -> Times:
    """Return the times that a phrase states: "事发后30分钟以内", "每4小时续报1次", "每日至少续报1次", "立即"."""
    spans: list[timedelta] = []
    every: list[timedelta] = []
    for match in _DURATION.finditer(phrase):
        minutes = 0.5 if match[2] == "半" else _number(match[2])
        (every if match[1] else spans).append(timedelta(minutes=minutes * _LENGTH[match[3]]))
    daily = any(word in phrase for word in _DAILY)
    return Times(tuple(spans), tuple(every), daily, any(word in phrase for word in _AT_ONCE))
