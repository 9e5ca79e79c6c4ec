"""Figure phrases of the documents, read again: 3人以上10人以下, 10人至29人, 50%以上, 超过100例, 低于1天, 半小时内.

Deliberately independent of the grammar of :mod:`plans.intake`: it checks what people typed into a plan file against the
words they took it from, so it must not share its mistakes. Units and numerals are those of :mod:`plans.measures`.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from datetime import timedelta
from math import isclose
from typing import Literal

from plans.measures import BY_SPELLING, MYRIADS, SCALED, SPELLINGS, UNITS, converted, plain_figures, value_of
from plans.model import Bounds
from plans.values import Number, written

Operator = Literal["lt", "le", "gt", "ge"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One bound: an operator and a number; ``bare`` when the phrase names the number alone (10例).

    ``unit`` is as the phrase has it, in which ``number`` counts; empty where it names none.
    """

    op: Operator
    number: Number
    bare: bool = False
    unit: str = ""

    @property
    def lower(self) -> bool:
        """Whether it bounds from below."""
        return self.op in ("ge", "gt")

    def flipped(self) -> Figure:
        """Return the same bound with the number itself in instead of out, or the reverse."""
        other: dict[Operator, Operator] = {"lt": "le", "le": "lt", "gt": "ge", "ge": "gt"}
        return replace(self, op=other[self.op])

    def in_unit(self, unit: str) -> Figure | None:
        """Return the same bound counted in another unit; None where that measures something else."""
        number = converted(self.number, self.unit, unit)
        return None if number is None else replace(self, number=number, unit=unit)

    def same(self, other: Figure, whole: bool) -> bool:
        """Return whether both bound alike; of whole numbers, "under 50" and "up to 49" do."""
        if self.lower != other.lower:
            return False
        return _whole(self) == _whole(other) if whole else self.op == other.op and isclose(self.number, other.number)

    def __str__(self) -> str:
        sign = {"lt": "<", "le": "≤", "gt": ">", "ge": "≥"}[self.op]
        return f"{sign}{written(self.number)}"


def _whole(figure: Figure) -> Number:
    number = figure.number
    if isinstance(number, float) and not number.is_integer():
        return number
    return number + {"gt": 1, "ge": 0, "lt": -1, "le": 0}[figure.op]


_ASCII = rf"\d{{1,9}}(?:,\d{{3}})*(?:\.\d{{1,6}})?(?:(?!{SCALED})[十百千万亿]万?)?"
_HAN = r"[一二两三四五六七八九十百千万亿]{1,7}"
_UNIT = rf"(?:{SPELLINGS}|万|亿)?"
_PREFIXES: tuple[tuple[str, Operator], ...] = (
    ("不低于", "ge"), ("不少于", "ge"), ("不小于", "ge"), ("达到", "ge"), ("至少", "ge"),
    ("不超过", "le"), ("不高于", "le"), ("不大于", "le"), ("不多于", "le"), ("至多", "le"), ("最多", "le"),
    ("超过", "gt"), ("高于", "gt"), ("大于", "gt"), ("多于", "gt"), ("超", "gt"),
    ("低于", "lt"), ("不足", "lt"), ("小于", "lt"), ("少于", "lt"), ("不到", "lt"), ("未达", "lt"),
)  # fmt: skip
_PREFIX = "|".join(word for word, _ in _PREFIXES)
_SUFFIX = r"(?:(?:及其|及|或)?以上|(?:及其|及|或)?以下|以内|之内)"
_RANGE = re.compile(rf"({_ASCII})({_UNIT})(?:至|到|-|－|—|–|~|～)({_ASCII})({_UNIT})({_SUFFIX})?")
_SINGLE = re.compile(
    rf"(?:({_PREFIX})[^0-9，。；、]{{0,14}}?)?({_ASCII}|{_HAN}(?=(?:{SPELLINGS}){_SUFFIX}))({_UNIT})({_SUFFIX})?"
)
_PARENTHESES = re.compile(r"[（(][^（()）]{0,30}[)）]")
_INSIDE = re.compile(rf"{_ASCII}{_UNIT}{_SUFFIX}")
_WINDOW = re.compile(
    rf"(?:近|前|第)(?:{_ASCII}|{_HAN})(?:年|月|日|天|次)?|(?:{_ASCII}|{_HAN})个?(?:周|月|年|季度)(?:之)?内"
)


def figures(phrase: str, bounds: Bounds) -> list[Figure]:
    """Return the bounds that a phrase states, under the document's conventions for 以上, 以下 and 超过."""
    text = _WINDOW.sub("", _PARENTHESES.sub(_aside, plain_figures(phrase)))
    found: list[Figure] = []

    def take_range(match: re.Match[str]) -> str:
        unit = match[2] or match[4]
        (low, first), (high, last) = _measured(match[1], unit), _measured(match[3], match[4] or unit)
        found.extend((Figure("ge", low, unit=first), Figure("le", high, unit=last)))
        if match[5]:  # "4至9人以上" says two things at once
            found.append(Figure(_suffix(match[5], bounds), high, unit=last))
        return "，"

    text = _RANGE.sub(take_range, text)
    for match in _SINGLE.finditer(text):
        prefix, (number, unit), suffix = match[1], _measured(match[2], match[3]), match[4]
        if suffix:
            found.append(Figure(_suffix(suffix, bounds), number, unit=unit))
        elif prefix:
            op = dict(_PREFIXES)[prefix]
            over: Operator = "gt" if bounds.over == "exclusive" else "ge"
            found.append(Figure(over if op == "gt" else op, number, unit=unit))
        else:
            found.extend((Figure("ge", number, True, unit), Figure("le", number, True, unit)))
    return found


def contradictory(phrase: str, bounds: Bounds) -> bool:
    """Return whether a phrase states bounds that exclude each other: 40%以上13%以下, 4至9人以上."""
    for part in re.split(r"[，,；;或]", phrase):
        if any(match[5] for match in _RANGE.finditer(part)):
            return True
        stated = figures(part, bounds)
        for low, high in itertools.pairwise(stated):
            if low.lower and not high.lower and not (low.bare or high.bare):
                top = high.in_unit(low.unit or high.unit)
                if top is None:  # 3天以上50米以下: two quantities
                    continue
                strict = low.op == "gt" or high.op == "lt"
                if low.number > top.number or (low.number == top.number and strict):
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
    number = value_of(text)
    if number is None:
        raise ValueError(f"{text!r} is no numeral")  # the expressions above let only numerals through
    return number


def _measured(text: str, unit: str) -> tuple[Number, str]:
    """Return a number and the unit it counts in: 10万 are 100,000 of nothing in particular, 10万元 ten 万元."""
    if unit in MYRIADS:
        return _number(text) * MYRIADS[unit], ""
    return _number(text), BY_SPELLING.get(unit, unit)


_DURATION = re.compile(rf"(每)?(半|{_ASCII}|{_HAN})个?(小时|钟头|分钟|秒|天|日|周|星期|月|年)")
_EACH = re.compile(r"每(?:间?隔)?个?(小时|钟头|分钟|周|星期|月|年)")
"""每小时: once in one of them."""
_WORKDAYS = re.compile(rf"({_ASCII}|{_HAN})个?工作日")
_A_CENTURY = 100 * UNITS["年"].factor
"""Nothing is due after so many minutes: what says more is no span."""
_DAILY = ("每日", "每天", "日报", "逐日")
_AT_ONCE = ("立即", "随即", "随时", "及时", "第一时间", "同时", "马上", "即刻")


@dataclass(frozen=True, slots=True)
class Times:
    """The times that a phrase states: spans, recurring spans, each day, at once, workdays."""

    spans: tuple[timedelta, ...]
    every: tuple[timedelta, ...]
    daily: bool
    at_once: bool
    workdays: tuple[Number, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.spans or self.every or self.daily or self.at_once or self.workdays)


def times(phrase: str) -> Times:
    """Return the times that a phrase states: "事发后30分钟以内", "每4小时续报1次", "每日至少续报1次", "立即"."""
    spans: list[timedelta] = []
    every: list[timedelta] = []
    for match in _DURATION.finditer(plain_figures(phrase)):
        length = 0.5 if match[2] == "半" else _number(match[2])
        minutes = round(length * UNITS[BY_SPELLING[match[3]]].factor, 6)
        if minutes <= _A_CENTURY:
            (every if match[1] else spans).append(timedelta(minutes=minutes))
    every += [timedelta(minutes=UNITS[BY_SPELLING[match[1]]].factor) for match in _EACH.finditer(phrase)]
    daily = any(word in phrase for word in _DAILY)
    workdays = tuple(_number(match[1]) for match in _WORKDAYS.finditer(plain_figures(phrase)))
    return Times(tuple(spans), tuple(every), daily, any(word in phrase for word in _AT_ONCE), workdays)
