"""By when something is wanted, in running text: 一周内, 明天下班前, 9月30日前, 16时前.

A day without a time ends with the office's hours, at 18:00 (a local rule): whoever reads it sees the moment and may set
another.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from plans.times import BEIJING

CLOSE = 18
"""The hour at which the office closes."""

_DAY = timedelta(days=1)
_DIGITS = {char: number for number, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_N = r"(?:\d{1,3}|[一二两三四五六七八九十半]{1,3})"
_CLOCK = (
    r"(?:(?P<part>凌晨|早上|早晨|早|上午|中午|下午|傍晚|晚上|晚)?\s*"
    r"(?P<hour>\d{1,2}|[一二两三四五六七八九十]{1,3})(?:[:：](?P<minute>\d{2})|[点时](?:(?P<half>半)|(?P<minute2>\d{1,2})分?|整)?))"
)
_PARTS = r"(?P<closing>下班|上午|中午|下午|晚上|傍晚|早上)"
_DATES = (
    r"(?:(?P<word>今天|今日|当日|当天|今晚|今早|明天|明日|明早|明晚|后天|大后天)"
    r"|(?:(?P<year>20\d{2})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]"
    r"|(?P<only>\d{1,2})[日号]"
    r"|(?P<next>下下|下|本|这)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"
    r"|(?P<period>本周|下周|本月|月|本年|年)(?P<ends>底|末)?)"
)
_BEFORE = r"\s*(?:(?:以|之)?前|截止|为限)"
_SPAN = re.compile(
    rf"(?<![\d第])(?P<count>{_N})个?(?P<unit>分钟|小时|钟头|工作日|天|日|周|星期|礼拜|月)(?:(?:以|之)?内|后报)"
)
_WITHIN = re.compile(r"(?P<period>本周|本月|年|今天|今日|当日|当天|明天)(?:(?:以|之)?内)")
_DATED = re.compile(rf"{_DATES}(?:\s*(?:{_CLOCK}|{_PARTS}))?{_BEFORE}")
_TIMED = re.compile(rf"(?<![\d月日号天晚早周年:：]){_CLOCK}{_BEFORE}")
_AHEAD = {
    "今天": 0, "今日": 0, "当日": 0, "当天": 0, "今晚": 0, "今早": 0, "明天": 1, "明日": 1, "明早": 1, "明晚": 1,
    "后天": 2, "大后天": 3,
}  # fmt: skip
_LATE = ("下午", "傍晚", "晚上", "晚", "今晚", "明晚")
_HOUR_OF = {
    "下班": CLOSE, "上午": 12, "中午": 12, "下午": CLOSE, "晚上": 22, "傍晚": 19, "早上": 9, "今晚": 22, "明晚": 22,
    "今早": 9, "明早": 9,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment by which something is wanted, aware, and the words that say so."""

    at: datetime
    words: str


def deadlines(text: str, now: datetime) -> list[Deadline]:
    """Return the moments by which a text wants something, in its order; those that are over are left out.

    Args:
        now: aware: when it was said.
    """
    local = now.astimezone(BEIJING).replace(second=0, microsecond=0)
    found: dict[int, Deadline] = {}
    for start, words, at in _read(text, local):
        if (
            at is not None
            and at > now
            and all(not (other <= start < other + len(one.words)) for other, one in found.items())
        ):
            found[start] = Deadline(at, words)
    return [found[start] for start in sorted(found)]


def _read(text: str, now: datetime) -> Iterator[tuple[int, str, datetime | None]]:
    for pattern, reader in ((_SPAN, _after), (_WITHIN, _in_period), (_DATED, _on_day), (_TIMED, _by_clock)):
        for match in pattern.finditer(text):
            try:
                yield match.start(), match[0], reader(match, now)
            except (ValueError, OverflowError):  # 13月, 25点, 2月30日
                continue


def _number(word: str) -> float:
    if word.isdigit():
        return int(word)
    if word == "半":
        return 0.5
    if "半" in word:
        raise ValueError(word)
    tens, ten, ones = word.partition("十")
    if not ten:
        if len(word) > 1:
            raise ValueError(word)
        return _DIGITS[word]
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)


def _at(day: datetime, hour: float) -> datetime:
    return day.replace(hour=0, minute=0) + timedelta(hours=hour)


def _after(match: re.Match[str], now: datetime) -> datetime | None:
    count, unit = _number(match["count"]), match["unit"]
    if unit in ("分钟", "小时", "钟头"):
        return now + timedelta(minutes=count * (1 if unit == "分钟" else 60))
    if unit == "工作日":
        day, left = now, int(count)
        while left > 0:
            day += _DAY
            left -= day.weekday() < 5
        return _at(day, CLOSE)
    if unit == "月":
        if count == 0.5:
            return _at(now + 15 * _DAY, CLOSE)
        months = now.year * 12 + now.month - 1 + int(count)
        year, month = months // 12, months % 12 + 1
        return _at(now.replace(year=year, month=month, day=min(now.day, monthrange(year, month)[1])), CLOSE)
    if count == 0.5:
        return now + timedelta(hours=12) if unit in ("天", "日") else _at(now + 3 * _DAY, CLOSE)
    return _at(now + int(count) * (1 if unit in ("天", "日") else 7) * _DAY, CLOSE)


def _in_period(match: re.Match[str], now: datetime) -> datetime | None:
    return _end_of(match["period"], now)


def _end_of(period: str, now: datetime) -> datetime | None:
    """Return when a period ends for the office: a week on Friday, or on Sunday where Friday is over."""
    if period in _AHEAD:
        return _at(now + _AHEAD[period] * _DAY, CLOSE)
    if period in ("本周", "下周"):
        monday = now - now.weekday() * _DAY + (7 * _DAY if period == "下周" else timedelta())
        friday = _at(monday + 4 * _DAY, CLOSE)
        return friday if friday > now else _at(monday + 6 * _DAY, CLOSE)
    month = 12 if period in ("本年", "年") else now.month
    return _at(now.replace(month=month, day=monthrange(now.year, month)[1]), CLOSE)


def _on_day(match: re.Match[str], now: datetime) -> datetime | None:
    given = match.groupdict()
    if given["period"] is not None:
        if given["period"] in ("月", "年") and not given["ends"]:
            return None  # 3个月前, 去年前
        return _end_of({"月": "本月", "年": "本年"}.get(given["period"], given["period"]), now)
    word = given["word"] or ""
    if word:
        day = now + _AHEAD[word] * _DAY
    elif given["month"]:
        day = now.replace(year=int(given["year"] or now.year), month=int(given["month"]), day=int(given["day"]))
        if not given["year"] and day.date() < now.date():
            day = day.replace(year=now.year + 1)
    elif given["only"]:
        day = now.replace(day=int(given["only"]))
        if day.date() < now.date():
            following = now.replace(day=1) + 31 * _DAY
            day = following.replace(day=int(given["only"]))
    else:
        weeks = {"下下": 2, "下": 1}.get(given["next"] or "", 0)
        day = now + ("一二三四五六日".index(given["weekday"].replace("天", "日")) - now.weekday() + 7 * weeks) * _DAY
        if given["next"] is None and day.date() < now.date():
            day += 7 * _DAY
    if given["hour"] is not None:
        return _at(day, _hour(match, word))
    return _at(day, _HOUR_OF.get(given["closing"] or word, CLOSE))


def _by_clock(match: re.Match[str], now: datetime) -> datetime | None:
    at = _at(now, _hour(match, ""))
    return at if at > now else at + _DAY


def _hour(match: re.Match[str], word: str) -> float:
    hour = _number(match["hour"])
    if hour < 12 and ((match["part"] or "") in _LATE or word in _LATE):
        hour += 12
    minute = 30 if match["half"] else int(match["minute"] or match["minute2"] or 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise ValueError(match[0])
    return hour + minute / 60
