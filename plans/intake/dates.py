"""Time expressions -> instants: what 昨晚11点半, 21日, 上周五 and 半小时前 mean at the time of the message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from plans.intake.expressions import N, Said
from plans.intake.patterns import lazy
from plans.intake.reading import SHANGHAI
from plans.measures import value_of

SLACK = timedelta(minutes=5)
"""Clocks differ a little: a time this far ahead of the message is not the future."""

AHEAD = 14
"""A date up to this many days ahead is a slip, to be asked about; further ahead, last year's is meant."""

_HOURS = {
    (0, 6): "凌晨",
    (5, 8): "清晨 清早 大清早",
    (5, 9): "早晨 早上 早间 一早 晨间 晨 早",
    (8, 12): "上午",
    (11, 14): "中午 午间 午饭后",
    (11, 13): "正午 晌午",
    (12, 16): "午后",
    (12, 18): "下午",
    (17, 19): "傍晚 黄昏",
    (18, 21): "晚饭后",
    (18, 24): "晚上 晚间 晚 夜间 夜晚",
    (20, 24): "夜里 夜",
    (22, 24): "深夜",
    (0, 4): "半夜",
    (0, 2): "午夜",
}
PARTS = {part: hours for hours, parts in _HOURS.items() for part in parts.split()}
"""Part of the day -> first and last hour."""

_WEEKDAYS = {char: at for at, char in enumerate("一二三四五六")} | {"日": 6, "天": 6}
_NEXT = ("次日", "翌日", "第二天")
"""The day after the one told of."""
_LATE = ("晚", "晚上", "晚间", "夜间", "夜里", "夜晚", "夜", "深夜", "傍晚", "黄昏")
_CLOCK = lazy(rf"(?:({N})(?:时|点钟?)(?:(半)|(一刻)|(三刻)|({N})分?)?|(\d{{1,2}}):(\d{{2}}))")
_AGO = lazy(r"(半|\d{1,3}|[一二三四五六七八九十两几]{1,3})(个)?(半)?(多)?(小时|分钟|钟头|刻钟|天|日)")
_ABOUT = lazy(r"许|左右|前后|约|大概|差不多|多")
_MINUTES = {"小时": 60, "钟头": 60, "分钟": 1, "刻钟": 15, "天": 1440, "日": 1440}


@dataclass(frozen=True, kw_only=True)
class Days:
    """The days that an expression can mean; `named` where the text says which, not only what o'clock."""

    first: date
    last: date
    named: bool = True


@dataclass(frozen=True, kw_only=True)
class Instant:
    """An interval, the best single instant in it, and whether the words leave it open."""

    from_: datetime
    to: datetime
    at: datetime
    vague: bool


class Calendar:
    """Resolves the expressions of one text.

    Args:
        everything: all expressions of the text, for 当日 and 21日 after 5月20日.
        now: date of the message, Asia/Shanghai.
        header: a full date that heads the text; where it is older than the message, 昨天 is the day before it.
    """

    def __init__(self, everything: Sequence[Said], now: datetime, header: date | None) -> None:
        self.everything, self.now = everything, now
        old = header is not None and now.date() - header > timedelta(days=2)
        self.today = header if header and old else now.date()
        self.year_from = header or now.date()
        self.headed = header is not None
        if old and header:
            self.now = datetime.combine(header, time(23, 59), SHANGHAI)

    def days(self, said: Said) -> Days | None:
        """The days of an expression; None where it names an impossible one."""
        match = said.match
        if match["ymd"]:
            return self._full(match["ymd"])
        if match["md"]:
            return self._month_day(match["md"], said)
        if match["paren"]:
            return self._month_day(match["paren"].strip("()"), said)
        word = match["day"]
        if not word or word.endswith("时间"):
            return Days(first=self.today, last=self.today, named=False)
        if word[0] in "当同":
            earlier = [item for item in self.everything if item.start < said.start and item.match["md"]]
            base = self._context(said) or (earlier[-1] if earlier else None)
            return (self.days(base) if base else None) or Days(first=self.today, last=self.today, named=False)
        if word in _NEXT:
            base = self._context(said)
            known = self.days(base) if base is not None and base.start < said.start else None
            day = (known.last if known else self.today - timedelta(days=1)) + timedelta(days=1)
            return Days(first=day, last=day)
        back = {"今": 0, "昨": 1, "大": 3, "明": -1, "后": -2}.get(word[0])
        if back is None and word.startswith("前"):
            back = 2
        day = self.today - timedelta(days=back) if back is not None else self._weekday(word)
        return Days(first=day, last=day)

    def _weekday(self, word: str) -> date:
        back = 14 if word.startswith("上上") else 7 if word[0] == "上" else 0
        monday = self.today - timedelta(days=self.today.weekday())
        day = monday + timedelta(days=_WEEKDAYS[word[-1]] - back)
        return day - timedelta(days=7) if not back and day > self.today and word[0] not in "本这" else day

    def _context(self, said: Said) -> Said | None:
        """The last date with a month before an expression, otherwise the first one after it."""
        dated = [
            item
            for item in self.everything
            if item is not said and (item.match["ymd"] or "月" in (item.match["md"] or ""))
        ]
        earlier = [item for item in dated if item.start < said.start]
        return earlier[-1] if earlier else dated[0] if dated else None

    def _full(self, word: str) -> Days | None:
        parts = [part for part in re.split(r"[-/.年月日号 ]+", word) if part]
        year = {"今": self.today.year, "去": self.today.year - 1, "前": self.today.year - 2}.get(parts[0]) or number(
            parts[0]
        )
        month = number(parts[1]) if len(parts) > 1 else None
        if year is None or month is None:
            return None
        return one(year, month, number(parts[2]) or 0) if len(parts) > 2 else whole_month(year, month)

    def _month_day(self, word: str, said: Said) -> Days | None:
        today = self.today
        if word.startswith(("今年", "去年")):
            month = number(re.sub(r"[今去年月日号]", "", word))
            year = today.year - (word[0] == "去")
            return whole_month(year, month) if month else Days(first=date(year, 1, 1), last=date(year, 12, 31))
        if word.startswith(("本月", "上月", "上个月")):
            first = today.replace(day=1)
            first = (first - timedelta(days=1)).replace(day=1) if word[0] == "上" else first
            day = number(re.sub(r"[本上个月日号]", "", word))
            return one(first.year, first.month, day) if day else whole_month(first.year, first.month)
        parts = [number(part) or 0 for part in re.split(r"[月日号 ]+", word) if part]
        if len(parts) == 2:
            return self._nearest(parts[0], parts[1])
        base = self._context(said)
        anchor = self.days(base) if base is not None and base.match["paren"] is None else None
        if anchor is not None:
            near = one(anchor.first.year, anchor.first.month, parts[0])
            if near is not None:
                return near
        this = one(today.year, today.month, parts[0])
        if this and this.first <= today + timedelta(days=3):
            return this
        last = today.replace(day=1) - timedelta(days=1)
        return one(last.year, last.month, parts[0])

    def _nearest(self, month: int, day: int) -> Days | None:
        """A date without a year: the latest that is not more than a slip ahead."""
        base = self.year_from
        options = [one(base.year + shift, month, day) for shift in (1, 0, -1, -2, -3, -4)]
        known = [option for option in options if option and option.first <= base + timedelta(days=AHEAD)]
        return known[0] if known else None

    def instant(self, said: Said) -> Instant | None:
        """The interval of an expression; None where it is impossible (25时, 2月30日)."""
        match = said.match
        if match["now"]:
            return Instant(from_=self.now - timedelta(minutes=30), to=self.now, at=self.now, vague=True)
        if match["ago"]:
            return self._ago(match["ago"])
        days = self.days(said)
        if days is None:
            return None
        if match["clock"] and days.first == days.last:
            clock = hour_of(match)
            return self._at(days, clock, said) if clock else None
        return self._span(days, match)

    def _span(self, days: Days, match: re.Match[str]) -> Instant:
        start = datetime.combine(days.first, time(), SHANGHAI)
        word = match["day"] or ""
        part = match["part"] or ("晚" if word.endswith(("晚", "夜")) else "早" if word.endswith(("晨", "早")) else "")
        if part in PARTS and days.first == days.last:
            from_, to = (start + timedelta(hours=hour) for hour in PARTS[part])
            if not days.named and from_ > self.now:
                from_, to = from_ - timedelta(days=1), to - timedelta(days=1)
        else:
            from_, to = start, datetime.combine(days.last, time(), SHANGHAI) + timedelta(days=1)
        to = self.now if from_ <= self.now < to else to
        return Instant(from_=from_, to=to, at=from_, vague=True)

    def _at(self, days: Days, clock: tuple[int, int, bool], said: Said) -> Instant:
        hour, minute, open_half = clock
        if not said.dated:  # a bare clock belongs to the date said before it in the same text
            base = self._context(said)
            near = self.days(base) if base is not None and base.start < said.start else None
            if near is not None and near.first == near.last:
                days = near
        about = _ABOUT.search(said.text) is not None
        at = datetime.combine(days.first, time(), SHANGHAI) + timedelta(hours=hour, minutes=minute)
        vague = about
        if not days.named and at > self.now + SLACK:
            at -= timedelta(days=1)
        if open_half and hour < 12 and at + timedelta(hours=12) <= self.now + SLACK:
            # 8点40 can be either; the later one that has passed is likelier, and it stays a question
            at, vague = at + timedelta(hours=12), True
        spread = timedelta(minutes=15) if about else timedelta()
        return Instant(from_=at - spread, to=at + spread, at=at, vague=vague)

    def _ago(self, word: str) -> Instant | None:
        pieces = _AGO.match(word)
        count = (0.5 if pieces[1] == "半" else 3 if "几" in pieces[1] else number(pieces[1])) if pieces else None
        if pieces is None or count is None:
            return None
        unit = _MINUTES[pieces[5]]
        minutes = (count + (0.5 if pieces[3] else 0)) * unit
        at = self.now - timedelta(minutes=minutes)
        spread = timedelta(minutes=max(minutes * 0.25, 1) if unit < 1440 else 720)
        return Instant(from_=at - spread, to=min(at + spread, self.now), at=at, vague=True)


def hour_of(match: re.Match[str]) -> tuple[int, int, bool] | None:
    """Hour (over 24 = after midnight of that night), minute, and whether the half of the day is open (8点40)."""
    part, pieces = match["part"] or "", _CLOCK.match(match["clock"])
    if not pieces:
        return None
    hour = number(pieces[1] or pieces[6])
    minute = 30 if pieces[2] else 15 if pieces[3] else 45 if pieces[4] else (number(pieces[5] or pieces[7]) or 0)
    if hour is None or hour > 24 or minute > 59:
        return None
    word = match["day"] or ""
    late = word.endswith(("晚", "夜")) or part in _LATE
    if (part in ("下午", "午后", "傍晚", "黄昏") and 1 <= hour < 12) or (late and 5 <= hour < 12):
        return hour + 12, minute, False
    if part in ("中午", "午间", "晌午", "正午") and hour in (1, 2):
        return hour + 12, minute, False
    if (late and hour < 5) or (late and hour == 12):
        return (24 if hour == 12 else 24 + hour), minute, False
    if part in ("凌晨", "半夜", "午夜") and hour in (12, 24):
        return (24 if part != "凌晨" and word[:1] in "昨前" and word else 0), minute, False
    return hour, minute, not part and "点" in match["clock"] and 1 <= hour <= 12 and not word.endswith(("晨", "早"))


def number(word: str | None) -> int | None:
    """A day, month, hour or minute in either script."""
    value = value_of(word.replace("廿", "二十")) if word else None
    return int(value) if value is not None and value < 10_000 else None


def one(year: int, month: int, day: int) -> Days | None:
    """A single day; None where the calendar has none such."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Days(first=found, last=found) if 1949 < year < 2200 else None


def whole_month(year: int, month: int) -> Days | None:
    """All days of a month; None where there is none such."""
    if not (1949 < year < 2200 and 1 <= month <= 12):
        return None
    after = date(year + month // 12, month % 12 + 1, 1)
    return Days(first=date(year, month, 1), last=after - timedelta(days=1))
