"""Numerals and units: one table of both, for reading texts (``plans.intake``) and for checking plan files.

A unit has a dimension and a factor within it, so that 5000万元 and 0.5亿元, 1.5公里 and 1500米 are the same. A counter
(人, 起, 辆) has no dimension: it turns into nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

DIGITS = dict(zip("零〇一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)) | {
    "两": 2,
    "俩": 2,
    "仨": 3,
}
SCORES = {"廿": 20, "卅": 30}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Full-width signs, digits and letters to those of ASCII, for ``str.translate``; offsets stay as they are."""

_FIGURES = {code: FULL_WIDTH[code] for code in (*range(0xFF10, 0xFF1A), ord("％"), ord("．"), ord("～"), ord("－"))}


def plain_figures(text: str) -> str:
    """Return a text with full-width digits, percent signs, points and dashes as those of ASCII."""
    return text.translate(_FIGURES)


def value_of(word: str) -> int | float | None:
    """Return the value of a numeral (``1,200``, ``2.1万``, ``一百二十三``, ``二〇二六``); None when it is none."""
    match = re.fullmatch(r"(\d{1,12}(?:,\d{3})*(?:\.\d{1,6})?)([十百千万亿]?)(万?)", word)
    if match:
        number = float(match[1].replace(",", ""))
        number *= (TENS | MYRIADS).get(match[2], 1) * MYRIADS.get(match[3], 1)
        return int(number) if number == int(number) else number
    if (
        not word
        or len(word) > 16
        or any(char not in DIGITS | SCORES and char not in TENS and char not in MYRIADS for char in word)
    ):
        return None
    if all(char in DIGITS for char in word):
        return int("".join(str(DIGITS[char]) for char in word))
    return spoken(word)


def spoken(word: str) -> int:
    """Return the value of a numeral in Chinese signs with their places: 一百二 is 120, 三千五 is 3500."""
    total = section = digit = 0
    last = 1
    for char in word:
        if char in DIGITS:
            digit, last = DIGITS[char], (1 if char in "零〇" else last)
        elif char in SCORES:
            section, digit, last = section + SCORES[char], 0, 10
        elif char in TENS:
            section += (digit or 1) * TENS[char]
            digit, last = 0, TENS[char]
        else:
            total = ((total + section + digit) or 1) * MYRIADS[char]
            section, digit, last = 0, 0, MYRIADS[char]
    if digit and last >= 100:
        digit *= last // 10
    return total + section + digit


class Unit(NamedTuple):
    """A unit as plan files write it.

    Attributes:
        dimension: units of one dimension turn into each other; empty for a counter.
        factor: how many of the dimension's base unit one of it is.
        spellings: how documents write it.
        heard: as intake finds it behind a number, a regular expression; empty where the spellings serve.
    """

    dimension: str
    factor: float
    spellings: tuple[str, ...]
    heard: str = ""

    @property
    def pattern(self) -> str:
        """The regular expression by which intake finds it behind a number."""
        return self.heard or rf" ?(?:{'|'.join(map(re.escape, sorted(self.spellings, key=len, reverse=True)))})"


def _dimension(name: str, **units: tuple[float, str] | tuple[float, str, str]) -> dict[str, Unit]:
    return {
        unit: Unit(name, row[0], (unit, *row[1].split()), row[2] if len(row) > 2 else "") for unit, row in units.items()
    }


_COUNTERS = (
    "个 次 台 条 处 间 辆 艘 所 家 头 只 匹 羽 株 座 栋 幢 层 口 眼 件 份 批 套 部 架 列 节 组 场 门 盏 根 支 班 张 "
    "块 片 箱 袋 桶 罐 车"
).split()

UNITS: dict[str, Unit] = {
    "%": Unit("share", 1, ("%", "％", "个百分点"), r" ?(?:%|个百分点)"),
    "成": Unit("share", 10, ("成",), r"成(?!年|人|功|绩|员|立)"),
    **_dimension(
        "length", 毫米=(0.001, "mm"), 厘米=(0.01, "公分 cm"), 米=(1, "公尺 m"), 公里=(1000, "千米 km"), 海里=(1852, "")
    ),
    **_dimension(
        "area", 平方米=(1, "㎡ m² 平米"), 亩=(10_000 / 15, ""), 公顷=(10_000, ""), 平方公里=(1_000_000, "平方千米 km²")
    ),
    **_dimension("volume", 升=(0.001, ""), 立方米=(1, "m³ 方"), 万立方米=(10_000, "万方"), 亿立方米=(1e8, "亿方")),
    **_dimension("mass", 克=(0.001, ""), 千克=(1, "公斤 kg"), 吨=(1000, ""), 万吨=(10_000_000, "")),
    **_dimension(
        "power",
        千瓦=(1, "kW", r" ?(?:千瓦|[kK][wW])(?!时|h)"),
        兆瓦=(1000, "MW", r" ?(?:兆瓦|[mM][wW])(?!时|h)"),
        万千瓦=(10_000, "", r" ?万(?:千瓦|[kK][wW])(?!时|h)"),
    ),
    **_dimension("energy", 千瓦时=(1, "度电 kWh"), 万千瓦时=(10_000, "")),
    **_dimension(
        "money",
        元=(1, "元人民币", r" ?(?:元人民币|元|块钱|块|人民币)|(?<=[万亿])(?=[,。;!?、\s]|左右|以上|以下|$)"),
        万元=(10_000, "", r" ?万(?:元|块钱|块|人民币)"),
        亿元=(1e8, "", r" ?个?亿(?:元|块钱|人民币)?"),
    ),
    **_dimension("temperature", 摄氏度=(1, "℃ °C 度")),
    **_dimension("speed", 米每秒=(1, "米/秒 m/s"), 公里每小时=(1 / 3.6, "公里/小时 km/h")),
    **_dimension(
        "time",
        秒=(1 / 60, "秒钟"),
        分钟=(1, "分", r" ?多?分钟"),
        小时=(60, "个小时 钟头 个钟头", r" ?个?多?(?:小时|钟头|[hH](?![A-Za-z]))"),
        天=(1440, "日 昼夜 个工作日 工作日", r" ?多?(?:天|昼夜)| ?多?日(?!\d)"),
        周=(10_080, "星期 个星期", r" ?(?:周|个?星期)"),
        月=(43_200, "个月"),
        年=(525_600, ""),
    ),
    "倍": Unit("times", 1, ("倍",)),
    "级": Unit("grade", 1, ("级",)),
    "人": Unit("", 1, ("人", "名", "位", "个人", "人次"), r" ?(?:名|位|个人|人(?!民|均|次))"),
    "例": Unit("", 1, ("例", "名", "人", "个病例"), r" ?(?:例|名|人|个病例)"),
    "户": Unit("", 1, ("户", "家用户", "个用户"), r" ?户|家用户|个用户"),
    "起": Unit("", 1, ("起", "次", "宗"), r" ?(?:起|次|宗)"),
    **{counter: Unit("", 1, (counter,)) for counter in _COUNTERS},
}
"""Every unit that is known, by the name under which a plan's fact has it."""

MEASURED = frozenset(name for name, unit in UNITS.items() if unit.dimension not in ("", "grade", "money"))
"""Units of what is measured, not counted: 不足1天 is anything short of a day, not none."""

BEYOND_MEASURE = 1e13
"""No quantity of a plan is as large as this, not even money in 元."""

BEYOND_COUNT = 10_000_000
"""So many of what is counted one by one there are never; a number beyond it is a slip."""

_HEARD_OF_TIME = {"小时": ("小时", "天", "分钟"), "分钟": ("分钟", "小时"), "天": ("天", "小时", "周")}
"""A count of days is not taken from minutes that stand near it: a text is full of times that measure something else."""

BY_SPELLING: Mapping[str, str] = {
    spelling: name for name, unit in reversed(UNITS.items()) for spelling in reversed(unit.spellings)
} | {name: name for name in UNITS}
"""The unit of each spelling; where several have it, the first of the table."""

SPELLINGS = "|".join(map(re.escape, sorted(BY_SPELLING, key=len, reverse=True)))
"""A regular expression of all units, the longest first."""

SCALED = "|".join(re.escape(spelling) for spelling in BY_SPELLING if spelling[0] in TENS or spelling[0] in MYRIADS)
"""Units that begin like the scale of a number: in 5000万元 the 万 is the unit's."""


def is_measured(unit: str) -> bool:
    """Return whether a quantity of a unit goes on between whole numbers; of 万户 it does: 不足10万户 may be 9.9."""
    return unit in MEASURED or _scaled(unit) is not None


def _scaled(unit: str) -> tuple[Unit, int] | None:
    """Return the counter of 万户, 亿人次 … and how many of it that is; None for any other unit."""
    base = UNITS.get(BY_SPELLING.get(unit[1:], "")) if unit[:1] in MYRIADS and unit not in BY_SPELLING else None
    return (base, MYRIADS[unit[0]]) if base is not None and not base.dimension else None


def _known(unit: str) -> Unit | None:
    scaled = _scaled(unit)
    return Unit("", scaled[1], (unit,)) if scaled is not None else UNITS.get(BY_SPELLING.get(unit, ""))


def heard(unit: str) -> list[tuple[str, float]]:
    """Return how a text may state a quantity of a unit: regular expressions, each with its factor to that unit.

    A unit that the table does not have is heard as it is written.
    """
    own = UNITS.get(unit)
    if (scaled := _scaled(unit)) is not None:  # of 12万户 the numeral has the 万 already
        forms = (scaled[0].pattern, rf" ?{re.escape(unit[1:])}")
        return [(form, 1 / scaled[1]) for form in dict.fromkeys(forms)]
    if own is None:
        return [(rf" ?{re.escape(unit)}", 1.0)]
    others = _HEARD_OF_TIME.get(unit) or [
        name for name, other in UNITS.items() if own.dimension and other.dimension == own.dimension and name != unit
    ]
    names = dict.fromkeys((unit, *others))
    return [(UNITS[name].pattern, UNITS[name].factor / own.factor) for name in names]


def converted(number: float, unit: str, to: str) -> float | None:
    """Return a quantity in another unit; None where the two are known to measure different things.

    What the table does not know, and counters among themselves (例, 人, 个), are taken as they are; 万户 are of 户.
    """
    one, other = _known(unit), _known(to)
    if not unit or not to or one is None or other is None:
        return number
    if one.dimension != other.dimension:
        return None
    if one.factor == other.factor:
        return number
    exact = round(number * one.factor / other.factor, 9)
    return int(exact) if exact == int(exact) else exact


def largest(unit: str) -> float:
    """Return the largest number of a unit that is believed."""
    known = UNITS.get(BY_SPELLING.get(unit, ""))
    return BEYOND_MEASURE if known is not None and known.dimension else BEYOND_COUNT
