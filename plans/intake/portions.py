"""一半, 三分之一, 六成, 百分之三十, 大多数 are so much of people who are counted, and no number of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.measures import value_of

Share = tuple[float, float]
"""How much of a whole a portion is at least and at most."""

_NUMERAL = "一二两三四五六七八九十"
_MORE = r"超过|超|不止|过"
_LESS = r"不到|不足|将近|接近|近|快|小"
_PORTION = (
    rf"(?<![\d.])(?<!面积)(?<!面积[达约为占])(?<!体表)(?<!浓度)(?<!浓度[达约为])(?P<lead>差不多|大概|大约|约|{_MORE}|{_LESS})?"
    rf"(?:(?P<half>一?大半|一多半|多半|一小半|小半|一半|半数|(?<=过)半数?)"
    rf"|(?P<of>[{_NUMERAL}]{{1,2}})分之(?P<so_many>[{_NUMERAL}])"
    rf"|百分之(?P<hundredths>[{_NUMERAL}]{{1,3}}|\d{{1,3}})|(?P<percent>\d{{1,3}})(?:\.\d{{1,2}})?%"
    rf"|(?P<tenths>[{_NUMERAL}]{{1,2}})成(?![{_NUMERAL}年员立功人了])"
    r"|(?P<most>绝?大部分|绝?大多数|多数)|(?P<few>少数|个别|一部分|部分|一些|有些|不少(?!于)))"
    r"(?P<tail>以上|左右|多(?!人|名))?"
)
_FIND = lazy(_PORTION, sparse=True)
_BEFORE = lazy(rf"{_PORTION}(?:的|人|都|全|已经?|出现|有|被)*$")
_BEHIND = lazy(rf"(?:了|的|占|约|有|总数|人数)*{_PORTION}(?:的?人)?(?=[,。;!?\n )]|$)")
_GAP = lazy(rf"[^,。;!?\n\d]{{0,6}}?{_PORTION}")
_ENOUGH = 24
_REACH = 12
"""Characters before a harm within which a portion begins that stands right before it."""
_HUNDRED = 100
_TEN = 10
_WIDE = 0.1
"""By how much of itself a portion may be more or less than it says."""


def spans(text: str) -> Iterator[Span]:
    """Where portions stand; what looks like a numeral in them is none."""
    return (match.span() for match in islice(_FIND.finditer(text), _ENOUGH))


def told(text: str) -> bool:
    """Whether a text tells of portions at all."""
    return _FIND.search(text) is not None


def between(text: str, count: int, end: int) -> Share | None:
    """30个孩子有一半受伤, 30个孩子吐了一半: so much of a count that ends there, the harm ending at `end`."""
    return _share(_GAP.match(text, count, end) or _BEHIND.match(text, end))


def beside(text: str, harm: Span) -> Share | None:
    """30个孩子，三分之一拉肚子: so much as stands right before or behind a harm."""
    return _share(_BEFORE.search(text[max(0, harm[0] - _REACH) : harm[0]]) or _BEHIND.match(text, harm[1]))


def of_all(text: str, at: int) -> Share | None:
    """六成拉肚子，一共30人: so much as is told before a total."""
    return _share(_FIND.search(text, max(0, at - 2 * _REACH), at))


def _share(match: re.Match[str] | None) -> Share | None:
    return None if match is None else _bounds(match)


def _bounds(match: re.Match[str]) -> Share:
    """How much of the whole a portion is at least and at most."""
    said = match.groupdict()
    lead, tail, half = said["lead"] or "", said["tail"] or "", said["half"] or ""
    if said["few"]:
        return 0.0, 0.5 if said["few"] in ("少数", "个别") else 1.0
    if said["most"]:
        return (0.7 if said["most"].startswith("绝") else 0.5), 1.0
    part = 0.5 if half else _fraction(said)
    more = lead in _MORE.split("|") or tail in ("以上", "多") or "大半" in half or "多半" in half
    less = lead in _LESS.split("|") or "小" in half
    if more:
        return part, max(part, min(1.0, part + 0.4))
    if less:
        return 0.7 * part, part
    return (1 - _WIDE) * part, min(1.0, (1 + _WIDE) * part)


def _fraction(said: dict[str, str | None]) -> float:
    if said["of"] and said["so_many"]:
        return min(1.0, (value_of(said["so_many"]) or 1) / max(1, value_of(said["of"]) or 1))
    if said["tenths"]:
        digits = [value_of(digit) or 0 for digit in said["tenths"]]
        return min(1.0, sum(digits) / len(digits) / _TEN)
    return min(1.0, (value_of(said["hundredths"] or said["percent"] or "") or 0) / _HUNDRED)
