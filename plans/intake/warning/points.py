"""A point in time as a warning writes it: 9日14时, 今晚8时, 夜间, 次日8时, 2026-07-09 13:05."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from plans.intake.patterns import lazy
from plans.intake.reading import SHANGHAI
from plans.intake.warning.found import Moment
from plans.measures import value_of

N = r"(?:\d{1,2}|[一二三四五六七八九十两]{1,3})"
_DAY = (
    rf"(?:\d{{4}}年 ?)?{N}月 ?{N}[日号]|\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}}|(?<![\d月]){N}[日号](?!线)"
    r"|今[天日]|明[天日]|后[天日]|当[天日]|次日|翌日|第二天|今(?=[早晚晨夜])|明(?=[早晚晨])|当(?=[晚夜])"
)
_PARTS = {
    "凌晨": (0, 6), "早晨": (5, 8), "早上": (5, 9), "早": (5, 9), "晨": (5, 8), "上午": (8, 12), "中午": (11, 13),
    "午后": (12, 18), "下午": (12, 18), "傍晚": (17, 20), "晚上": (18, 24), "晚间": (18, 24), "晚": (18, 24),
    "夜间": (20, 32), "夜里": (20, 32), "夜": (20, 32), "白天": (8, 20), "上半夜": (20, 24), "前半夜": (20, 24),
    "下半夜": (24, 30), "后半夜": (24, 30),
}  # fmt: skip
"""Part of the day -> its first and last hour; over 24 is the day after."""
HALF = ("下午", "午后", "傍晚", "晚上", "晚间", "晚")
"""Parts of the day whose hours are those of a clock of twelve."""
_PART = "|".join(sorted(_PARTS, key=len, reverse=True))
_CLOCK = (
    r"(?:(?<![周期拜])(?<![周期拜][一二三四五六日天])"
    rf"{N} ?(?:时(?!许|效|段|期|候)|点)(?: ?{N} ?分(?:{N}秒)?|半)?"
    r"|(?<![\d:])[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?![\d:]))"
)
"""Of 下周一三点半 neither 一三点半 nor 三点半 is a time of today."""
POINT = rf"(?:(?:{_DAY})(?: ?(?:{_PART}))?(?: ?{_CLOCK})?|(?:{_PART}) ?(?:{_CLOCK})?|{_CLOCK})"
_PIECES = lazy(
    rf"(?:(?:(?P<year>\d{{4}})年 ?)?(?P<month>{N})月 ?(?P<day>{N})[日号]|(?P<iso>\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}})"
    rf"|(?P<dom>{N})[日号]|(?P<word>今|明|后|当|次日|翌日|第二天)[天日]?)?"
    rf" ?(?P<part>{_PART})? ?"
    rf"(?:(?P<hour>{N})(?: ?(?:时|点)(?: ?(?P<minute>{N}) ?分(?:{N}秒)?|(?P<half>半))?)?"
    rf"|(?P<clock>\d{{1,2}}:\d\d)(?::\d\d)?)?"
)


@dataclass(frozen=True, slots=True)
class Point:
    """A time as it is written; hours over 24 are of the day after, `said` is the hour as the clock shows it."""

    day: datetime | None
    hour: int | None
    minute: int
    part: str
    said: int = 0

    def first(self, today: datetime) -> Moment:
        """Where it begins."""
        day = self.day or today
        if self.hour is not None:
            return Moment(day + timedelta(hours=self.hour, minutes=self.minute))
        return Moment(day + timedelta(hours=_PARTS[self.part][0] if self.part else 0), vague=True)

    def last(self, today: datetime) -> Moment:
        """Where it ends."""
        day = self.day or today
        if self.hour is not None:
            return Moment(day + timedelta(hours=self.hour, minutes=self.minute))
        return Moment(day + timedelta(hours=_PARTS[self.part][1] if self.part else 24), vague=True)


def midnight(moment: datetime) -> datetime:
    """The beginning of a day, Beijing time."""
    return datetime.combine(moment.astimezone(SHANGHAI).date(), time(), SHANGHAI)


def point_of(words: str, base: datetime) -> Point | None:
    """A time as it is written; None where the calendar or the clock has none such."""
    match = _PIECES.fullmatch(words.strip())
    if match is None:
        return None
    part = match["part"] or ""
    day = _day(match, base)
    if day is None and any(match[name] for name in ("month", "dom", "iso")):
        return None
    hour, minute = None, 0
    if match["clock"]:
        hour, minute = (int(number) for number in match["clock"].split(":"))
    elif match["hour"]:
        hour = _number(match["hour"])
        minute = 30 if match["half"] else _number(match["minute"]) if match["minute"] else 0
    if hour is None:
        return Point(day, None, 0, part)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    return Point(day, hour_of(hour, part), minute, part, hour)


def hour_of(hour: int, part: str) -> int:
    """An hour on a clock of twelve or of twenty-four, in a part of the day; over 24 it is of the day after."""
    if part in ("下午", "午后", "傍晚") and hour < 12:
        return hour + 12
    if part == "中午" and hour <= 2:
        return hour + 12
    if part in ("晚上", "晚间", "晚", "夜间", "夜里", "夜", "上半夜", "前半夜") and hour <= 12:
        return hour + 12 if hour >= 5 else hour + 24
    return hour + 24 if part in ("下半夜", "后半夜") and hour < 12 else hour


def _day(match: re.Match[str], base: datetime) -> datetime | None:
    today = midnight(base)
    if match["iso"]:
        year, month, day = (int(number) for number in re.split(r"[-/]", match["iso"]))
        return _date(year, month, day)
    if match["month"]:
        month, day = _number(match["month"]), _number(match["day"])
        if match["year"]:
            return _date(int(match["year"]), month, day)
        near = [found for year in (-1, 0, 1) if (found := _date(today.year + year, month, day)) is not None]
        return min(near, key=lambda found: abs(found - today), default=None)
    if match["dom"]:
        day = _number(match["dom"])
        for months in (-1, 0, 1):
            year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
            found = _date(year, month + 1, day)
            if found is not None and found >= today - timedelta(days=2):
                return found
        return None
    ahead = {"今": 0, "当": 0, "明": 1, "后": 2, "次日": 1, "翌日": 1, "第二天": 1}.get(match["word"] or "")
    return None if ahead is None else today + timedelta(days=ahead)


def _date(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day, tzinfo=SHANGHAI)
    except ValueError:
        return None


def _number(words: str | None) -> int:
    value = value_of(words) if words else None
    return int(value) if value is not None else 99
