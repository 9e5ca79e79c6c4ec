"""A duty roster as a table: one day a line, its columns named as offices name them.

    日期        班次   带班领导   主班      副班      电话
    2026-11-27  白班   孙主任     赵值班    钱值班    0356-2250777
    11月28日    夜班   孙主任     钱值班、李值班
    12-01至12-31 工作日   08:00-18:00  …

A day may be a span with 工作日, 节假日 or 每天 behind it. A line that cannot be read is told with what was expected,
and keeps no other line from being read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from plans.roster.duty import FIRST, LEADER, SECOND, Turn
from plans.roster.workdays import Workdays

COLUMNS = {
    "day": ("日期", "值班日期", "时间", "日"),
    "shift": ("班次", "班别", "时段", "起止时间"),
    LEADER: ("带班领导", "带班", "值班领导", "领导"),
    FIRST: ("主班", "值班员", "值班人员", "值班", "姓名", "人员"),
    SECOND: ("副班", "备班", "副值班员"),
    "phone": ("电话", "联系电话", "手机", "值班电话"),
}
SHIFTS = {"白班": (time(8), time(20)), "夜班": (time(20), time(8)), "全天": (time(8), time(8)), "": (time(8), time(8))}
"""本地规定: the hours of a shift that is only named; others are written out, 08:30-17:30."""

MOST_LINES = 2000
MOST_DAYS = 400
LONGEST = 30
EXAMPLE = "2026-11-27,夜班,孙主任,赵值班,钱值班,0356-2250777"

_DATE = re.compile(r"^(?:(\d{4})[-年/.])?(\d{1,2})[-月/.](\d{1,2})[日号]?$")
_HOURS = re.compile(r"^(\d{1,2})[:：](\d{2})\s*[-—~至到]\s*(?:次日)?(\d{1,2})[:：](\d{2})$")
_SPAN = re.compile(r"^(.+?)\s*[至~到]\s*([^\s]+?)\s*(工作日|节假日|周末|休息日|每天)?$")
_NAMES = re.compile(r"[、，,;；/\s]+")
_WEEKDAY = re.compile(r"[（(]?(?:星期|周)[一二三四五六日天][）)]?$")


class BadRoster(Exception):
    """A table that is no roster; the message says what was expected."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """A line that could not be read."""

    line: int
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What a table tells.

    Attributes:
        turns: by their beginning.
        tentative: days of which it is not certain yet whether they are workdays.
    """

    turns: tuple[Turn, ...]
    problems: tuple[Problem, ...] = ()
    tentative: tuple[date, ...] = ()


def read_roster(rows: Sequence[Sequence[str]], today: datetime, workdays: Workdays) -> Reading:
    """Read a table of text.

    Args:
        rows: cells; the first row with 日期 in it names the columns.
        today: aware, in the zone of the table; a day without a year is the one nearest ahead of last month.

    Raises:
        BadRoster: no row names the columns, or there are too many.
    """
    if len(rows) > MOST_LINES:
        raise BadRoster(f"值班表有{len(rows)}行，最多{MOST_LINES}行；请分月导入")
    head = next((number for number, row in enumerate(rows[:10]) if _columns(row).keys() >= {"day", FIRST}), None)
    if head is None:
        raise BadRoster(
            f"没有找到表头：应有“日期”和“主班”（或“值班员”）两列，例如 日期,班次,带班领导,主班,副班,电话 / {EXAMPLE}"
        )
    columns = _columns(rows[head])
    turns: list[Turn] = []
    problems: list[Problem] = []
    tentative: set[date] = set()
    before = ""
    for number, row in enumerate(rows[head + 1 :], head + 2):
        cells = {name: _cell(row, place) for name, place in columns.items()}
        if not any(cells.values()):
            continue
        before = cells["day"] = cells.get("day") or before  # merged cells: the day stands in the first line only
        try:
            turns += _turns(cells, today, workdays, tentative)
        except ValueError as problem:
            problems.append(Problem(line=number, text=str(problem)))
    turns.sort(key=lambda turn: (turn.begins, turn.kind, turn.name))
    return Reading(turns=tuple(dict.fromkeys(turns)), problems=tuple(problems), tentative=tuple(sorted(tentative)))


def _columns(row: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        name = next((key for key, words in COLUMNS.items() if cell.strip() in words), None)
        if name is not None:
            found.setdefault(name, place)
    return found


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def _turns(cells: dict[str, str], today: datetime, workdays: Workdays, tentative: set[date]) -> Iterator[Turn]:
    begin, end = _hours(cells.get("shift", ""))
    people = [(kind, name) for kind in (LEADER, FIRST, SECOND) for name in _names(cells.get(kind, ""))]
    if not people:
        raise ValueError("没有写值班的人")
    phone = cells.get("phone", "")[:LONGEST]
    for day in _days(cells["day"], today, workdays, tentative):
        begins = datetime.combine(day, begin, today.tzinfo)
        ends = datetime.combine(day if end > begin else day + timedelta(days=1), end, today.tzinfo)
        for kind, name in people:
            yield Turn(begins, ends, kind, name, phone if kind == FIRST else "")


def _names(text: str) -> list[str]:
    names = [name for name in _NAMES.split(text) if name]
    if any(len(name) > LONGEST for name in names):
        raise ValueError(f"“{text[:LONGEST]}…”不像姓名，几个人之间用顿号")
    return names


def _hours(text: str) -> tuple[time, time]:
    if text in SHIFTS:
        return SHIFTS[text]
    found = _HOURS.match(text)
    try:
        if found is None:
            raise ValueError
        begin, end = time(int(found[1]) % 24, int(found[2])), time(int(found[3]) % 24, int(found[4]))
    except ValueError:
        raise ValueError(f"班次“{text[:LONGEST]}”看不懂，应写作 白班、夜班、全天，或 08:30-17:30") from None
    return begin, end


def _days(text: str, today: datetime, workdays: Workdays, tentative: set[date]) -> list[date]:
    single = _date(text, today)
    if single is not None:
        return [single]
    span = _SPAN.match(text)
    first = _date(span[1], today) if span else None
    last = _date(span[2], today) if span else None
    if span is None or first is None or last is None:
        raise ValueError(f"日期“{text[:LONGEST]}”看不懂，应写作 2026-11-27、11月27日，或 12-01至12-31 工作日")
    if not timedelta(0) <= last - first <= timedelta(days=MOST_DAYS):
        raise ValueError(f"日期“{text[:LONGEST]}”应由早到晚，最多{MOST_DAYS}天")
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    if span[3] in (None, "每天"):
        return days
    known = {day: workdays.day(day) for day in days}
    tentative.update(day for day, kind in known.items() if kind.tentative)
    return [day for day, kind in known.items() if kind.work == (span[3] == "工作日")]


def _date(text: str, today: datetime) -> date | None:
    found = _DATE.match(_WEEKDAY.sub("", text.strip()).strip())
    if found is None:
        return None
    try:
        day = date(int(found[1] or today.year), int(found[2]), int(found[3]))
    except ValueError:
        return None
    if found[1] is None and day < today.date() - timedelta(days=180):
        day = day.replace(year=day.year + 1)
    return day
