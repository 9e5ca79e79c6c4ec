"""The hours of a shift, named (夜班) or written out (20:00-次日8:00), and of somebody's quiet (22:00-07:00)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from plans.cells import plain

DAY, NIGHT, WHOLE, EARLY, MIDDLE = "白班", "夜班", "全天", "早班", "中班"
SHOWN = 30

WORDS = {
    DAY: ("白班", "白", "白天", "日班", "日间", "白天班"),
    NIGHT: ("夜班", "夜", "夜间", "晚班", "晚", "晚间", "夜晚", "晚上"),
    WHOLE: ("", "全天", "全日", "昼夜", "24小时", "24h", "24H", "全天班", "整天", "24小时制", "24小时班", "全天24小时"),
    EARLY: ("早班", "早", "上午班"),
    MIDDLE: ("中班", "中"),
}
_NAMES = {word: name for name, words in WORDS.items() for word in words}

_TIME = (
    r"(?P<{0}part>上午|下午|中午|早上?|晚上?|凌晨)?(?P<{0}hour>\d{{1,2}})"
    r"(?:(?P<{0}sign>[:时点])(?P<{0}minute>\d{{2}})?分?整?)?"
)
_RANGE = re.compile(
    _TIME.format("a")
    + r"(?:-+|[—–~至到]+)(?P<next>次日|第二天|第二日|翌日|隔日|当日|当天)?(?P<until>\d{4}-\d{2}-\d{2}\s)?"
    + _TIME.format("b")
    + r"\Z"
)
_INSIDE = re.compile(r"(?P<name>[^\d（()）]*?)[（(]?(?P<range>(?:上午|下午|中午|早上?|晚上?|凌晨)?\d.*?)[）)]?\Z")
_NEXT = ("次日", "第二天", "第二日", "翌日", "隔日")
EXPECTED = "应写作 白班、夜班、全天，或 08:30-17:30"


class Hours(NamedTuple):
    """When a shift begins and ends.

    Attributes:
        later: days after the day of the roster on which it begins. ahead: days after its beginning on which it ends.
        until: the day on which it ends, where that is written out.
    """

    begin: time
    end: time
    ahead: int
    later: int = 0
    until: date | None = None

    def on(self, day: date, zone: tzinfo | None) -> tuple[datetime, datetime]:
        """Return the moments of a shift of a day.

        Raises:
            ValueError: it would end before it begins, or after the last day of the calendar.
        """
        try:
            first = day + timedelta(days=self.later)
            last = self.until or first + timedelta(days=self.ahead)
        except OverflowError:
            raise ValueError(f"日期{day.isoformat()}太远") from None
        begins, ends = datetime.combine(first, self.begin, zone), datetime.combine(last, self.end, zone)
        if ends <= begins:
            raise ValueError(f"班次在{ends:%Y-%m-%d %H:%M}结束，早于开始")
        return begins, ends


_HOURS = {
    DAY: Hours(time(8), time(20), 0),
    NIGHT: Hours(time(20), time(8), 1),
    WHOLE: Hours(time(8), time(8), 1),
    EARLY: Hours(time(8), time(20), 0),
}
"""本地规定: the hours of a shift that is only named; others are written out, 08:30-17:30."""

_OF_THREE = {
    EARLY: Hours(time(8), time(16), 0),
    DAY: Hours(time(8), time(16), 0),
    MIDDLE: Hours(time(16), time(0), 1),
    NIGHT: Hours(time(0), time(8), 0, later=1),
    WHOLE: _HOURS[WHOLE],
}
"""本地规定: the hours where a day has three shifts, the last one after midnight."""

THREE = (
    "一天三班，没有写起止时间的按早班8:00-16:00、中班16:00-24:00、晚班次日0:00-8:00（本地规定）；不同的请写明起止时间"
)


def shift_named(word: str) -> str | None:
    """Return the shift that a word names, None where it names none."""
    return _NAMES.get(re.sub(r"\s+", "", plain(word)))


class Shifts:
    """The shifts of a day: what 晚班 is depends on whether there are two or three.

    Args:
        words: all words that stand where its shifts are named.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        names = {name for word in words if (name := shift_named(word))}
        self.three = {MIDDLE, NIGHT} <= names and bool({EARLY, DAY} & names)
        self._hours = (
            _OF_THREE if self.three else {key: item for key, item in _HOURS.items() if key != EARLY or NIGHT in names}
        )
        self.assumed = False

    def hours(self, text: str) -> Hours:
        """Return the hours of a shift.

        Raises:
            ValueError: it is not understood; with what was expected.
        """
        word = re.sub(r"\s+", "", plain(text))
        name = _NAMES.get(word)
        if name in self._hours:
            self.assumed |= self.three and name != WHOLE
            return self._hours[name]
        match = _INSIDE.match(re.sub(r"(\d{4}-\d{2}-\d{2})\s+", r"\1T", plain(text).strip()))
        if match is not None and (not match["name"].strip() or _NAMES.get(match["name"].strip()) is not None):
            written = _RANGE.match(re.sub(r"\s+", "", match["range"]).replace("T", " "))
            hours = _written(written) if written else None
            if hours is not None:
                return hours
        raise ValueError(f"班次“{text[:SHOWN]}”看不懂，{EXPECTED}")


def _written(match: re.Match[str]) -> Hours | None:
    if not (match["asign"] or match["bsign"]):
        return None  # 8-20 may be a day
    begin, end = _minutes(match, "a"), _minutes(match, "b")
    if begin is None or end is None or begin == 24 * 60:
        return None
    ahead = 1 if end <= begin else 0
    if match["next"] in _NEXT:
        ahead = 1
    elif match["next"] and ahead and end != 0:
        return None
    if end == 24 * 60:
        end, ahead = 0, ahead + 1
    try:
        until = date.fromisoformat(match["until"].strip()) if match["until"] else None
    except ValueError:
        return None
    return Hours(time(begin // 60, begin % 60), time(end // 60, end % 60), ahead, until=until)


def _minutes(match: re.Match[str], side: str) -> int | None:
    hour, minute = int(match[f"{side}hour"]), int(match[f"{side}minute"] or 0)
    part = match[f"{side}part"] or ""
    if part.startswith(("下午", "晚")) and hour < 12:
        hour += 12
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    return 60 * hour + minute


def quiet_hours(text: str) -> tuple[time, time] | None:
    """Return beginning and end of ``22:00-07:00``, None where a text says neither."""
    begin, _, end = text.replace("：", ":").replace("—", "-").replace("–", "-").partition("-")
    try:
        span = time.fromisoformat(begin.strip().zfill(5)), time.fromisoformat(end.strip().zfill(5))
    except ValueError:
        return None
    return span if span[0] != span[1] else None
