"""Days and parts of a day by which something is wanted, named without an hour: 明天报, 下午反馈, 月底前, 会前.

Which hour is meant is for a person to say: the words give the moments that they may mean, at the end of the office's
day or of its part, and none where nobody can reckon them (会前, 近期, 每小时).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from plans.intake.patterns import lazy
from plans.intake.warning.points import N, midnight, point_of
from plans.measures import value_of

WEEK = r"(?:(?:本|这个?|下个?)?(?:周|星期|礼拜)[一二三四五六日天])"
_DATE = rf"(?:(?:\d{{4}}年)?{N}月{N}[日号]|(?:本月|这个月|下个?月)?(?<!月){N}[日号]|(?:本月|这个月|下个?月){N}[日号])"
_END = rf"(?:(?:本|这个?|下个?)月底|{N}月(?:底|末)|(?<!\d)月[底末]|年[底末])"
_LATER = r"(?:大后天|后[天日]|明[天日]|次日|翌日|第二天|隔天)"
_TODAY = r"(?:今[天日]|当[天日])"
_SPAN = r"(?:(?:本|这个?|下个?)(?:(?:周|星期)(?![一二三四五六日天])末?|月(?![底末\d一二三四五六七八九十])))"
_PART = r"(?:一?早上|一早|一上班|上班[时后]?|上午|中午|下午|傍晚|晚上|下班[时后]?)"
_PART_OF = rf"(?:{_PART}|[早晚])"
DAYS = rf"(?:{_END}|{_SPAN}|{_DATE}|{_LATER}|{_TODAY}|{WEEK})"
NAMED = rf"(?:{DAYS}{_PART_OF}?|[今明当](?:早上?|晚上?)|{_PART})"
"""A day, or a part of one, without an hour."""

AHEAD = rf"(?:(?:{_END}|{_SPAN}|{_DATE}|{_LATER}|{WEEK}){_PART_OF}?)"
"""A day that is not this one, as far as the words tell."""

NEVER_RECKONED = (
    rf"(?:散?会[前后中]|饭[前后]|节[前后]|"
    rf"(?:元旦|春节|清明|五一|端午|中秋|国庆|十一|寒假|暑假|放假|开学|高考|中考)节?(?:[之以]?[前后]|期间)|"
    rf"天[黑亮][之以]?前|雨停[之以]?后|近[日期]|这[一两几]天|今明两天|过几天|过两天|年前|年后|月初|月中|上旬|中旬|下旬|旬内|"
    rf"每(?:隔)?{N}?个?(?:小时|钟头|分钟|天|日|周|月)|{N}个?工作日[之以]?内)"
)
"""Words of a time that no calendar tells."""

_WEEKDAYS = {char: at for at, char in enumerate("一二三四五六")} | {"日": 6, "天": 6}
_PARTED = lazy(rf"^(?P<day>{DAYS}|[今明当](?=[早晚]))?(?P<part>{_PART_OF})?$")
_OF_MONTH = lazy(rf"^(?P<which>本月|这个月|下个?月)?(?P<day>{N})[日号]$")
_MONTH_END = lazy(rf"^(?:(?P<which>本|这个?|下个?)?月[底末]?|(?P<month>{N})月[底末])$")

_MINUTES = {
    "早": (8 * 60, 8 * 60 + 30, 9 * 60), "上午": (11 * 60 + 30, 12 * 60), "中午": (12 * 60, 14 * 60),
    "下午": (17 * 60 + 30, 18 * 60), "傍晚": (18 * 60, 20 * 60), "晚": (20 * 60, 22 * 60, 24 * 60),
}  # fmt: skip
"""When a part of the day may be over for who waits for an answer, in minutes from midnight."""


def moments_of(words: str, now: datetime) -> Sequence[datetime]:
    """Return the moments that words of :data:`NAMED` may mean, the earliest first; those over are among them."""
    match = _PARTED.match(words)
    if match is None:
        return ()
    said, part = match["day"] or "", match["part"] or ""
    day = _day(said, now) if said else midnight(now)
    if day is None:
        return ()
    if not part:
        return _office_end(day) if _ends(said) else tuple(day + timedelta(hours=hour) for hour in (12, 18))
    if not said and part.startswith(("早", "一早", "上班", "一上班")) and now > day + timedelta(hours=9):
        day += timedelta(days=1)
    return tuple(day + timedelta(minutes=minutes) for minutes in _MINUTES[_of_day(part)])


def before(words: str, now: datetime) -> Sequence[datetime]:
    """Return the moments that words of :data:`DAYS` with 前 behind them may mean: during that day, or before it."""
    if words.endswith("下班"):
        return moments_of(words, now)
    if words.startswith("下") and words[-1] in "周期月":  # before the next one begins
        return moments_of("本月" if words.endswith("月") else "本周", now)
    if _ends(words) or words[-1] in "周期":
        return moments_of(words, now)
    day = _day(words, now)
    return (day - timedelta(hours=6), *(day + timedelta(hours=hour) for hour in (12, 18))) if day is not None else ()


def _ends(words: str) -> bool:
    """Return whether words name a day by the office's end of it: today, tomorrow as a whole, the end of a month."""
    return words.endswith(("底", "末", "月", "年")) or words in ("今天", "今日", "当天", "当日", "明天", "明日")


def _office_end(day: datetime) -> Sequence[datetime]:
    return (day + timedelta(hours=17, minutes=30), day + timedelta(hours=18))


def _of_day(part: str) -> str:
    if part.startswith("下班"):
        return "下午"
    return next((name for name in ("上午", "中午", "下午", "傍晚", "晚") if name in part), "早")


def _day(words: str, now: datetime) -> datetime | None:
    """Return the day that words name; of a week or a month its last one of the office."""
    today = midnight(now)
    ahead: dict[str, int] = {"今": 0, "当": 0, "明": 1, "次": 1, "翌": 1, "第": 1, "隔": 1, "后": 2, "大": 3}
    if any(char in words for char in ("周", "星期", "礼拜")):
        return _of_week(words, today)
    if words.startswith("年"):
        return today.replace(month=12, day=31)
    if (date := _OF_MONTH.match(words)) is not None and date["which"]:
        return _dated(_month(date["which"], today), value_of(date["day"]))
    if (end := _MONTH_END.match(words)) is not None:
        return _last_of(_month_named(end["month"], today) if end["month"] else _month(end["which"] or "本", today))
    if words[0] in ahead and not words[0].isdecimal():
        return today + timedelta(days=ahead[words[0]])
    point = point_of(words, now)
    day = point.day if point is not None else None
    if day is not None and "月" in words and "年" not in words and day < today - timedelta(days=60):
        return _dated(day.replace(year=day.year + 1, day=1), day.day)  # nobody asks for last winter's
    return day


def _of_week(words: str, today: datetime) -> datetime:
    char = words[-1]
    at = _WEEKDAYS.get(char, 4) if char not in "周期拜末" else 4
    day = today + timedelta(days=at - today.weekday() + (7 if words.startswith("下") else 0))
    named = char in _WEEKDAYS
    if named and not words.startswith(("下", "本", "这")) and day < today:
        day += timedelta(days=7)
    return day


def _month(which: str, today: datetime) -> datetime:
    first = today.replace(day=1)
    return (first + timedelta(days=32)).replace(day=1) if which.startswith("下") else first


def _month_named(number: str, today: datetime) -> datetime | None:
    month = value_of(number)
    if month is None or not 1 <= month <= 12:
        return None
    year = today.year + (int(month) < today.month)
    return today.replace(year=year, month=int(month), day=1)


def _last_of(month: datetime | None) -> datetime | None:
    return (month + timedelta(days=32)).replace(day=1) - timedelta(days=1) if month is not None else None


def _dated(month: datetime, day: float | None) -> datetime | None:
    try:
        return month.replace(day=int(day or 0))
    except ValueError:
        return None
