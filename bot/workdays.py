"""The days of an office: the State Council's notices by a library's table, and a file for what only the office knows.

The file has a line each; # begins a remark, ～ stands between the first and the last day of several:

    2027-02-14 班                              # worked, though a Sunday
    2027-02-15 休
    2026-09-01～2027-01-15 学期 2026年秋季学期
    2026-11-09～2026-11-13 放假 秋假           # no lessons, within a term
    2026-11-15 上课                            # lessons, though no workday
    2027-05-10 主题日 全国防灾减灾日           # in this year on another day
    每年6月1日 主题日 本市防溺水日             # of the office's own
    2027-06-01 节点 汛期                       # what duties come before or after
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from plans.calendar import OfficeCalendar, Term, faults
from plans.times.workdays import Day
from plans.times.yearly import YearDay, year_day

SATURDAY = 5

_SPAN = re.compile(r"\s*(?:～|~|至|到|—+)\s*")
_KINDS = ("班", "休", "学期", "放假", "上课", "主题日", "节点")
_NAMED = ("主题日", "节点")
_MOST_DAYS = 400
_MOST_SAID = 8
_EACH_YEAR = "每年"

EXPECTED = (
    "应写作 2027-02-14 班、2027-02-15 休、2026-09-01～2027-01-15 学期 秋季学期、2026-11-09 放假、2026-11-15 上课、"
    "2027-05-10 主题日 全国防灾减灾日，或 2027-06-01 节点 汛期"
)


class BadCalendar(ValueError):
    """The file cannot be read; the message names each line and what was expected."""


class ChinaWorkdays:
    """The days.

    Args:
        own: days that the office's own file settles.
    """

    def __init__(self, own: dict[date, bool] | None = None) -> None:
        self._own = own or {}

    def day(self, date: date) -> Day:
        """Return what a day is; of a year without notice: tentative, unless the file settles it."""
        if date in self._own:
            return Day(self._own[date])
        notice = _noticed(date)
        if notice is None:
            return Day(date.weekday() < SATURDAY, tentative=True)
        return Day(notice)


def read_calendar(path: Path | None) -> OfficeCalendar:
    """Read the office's own days; without a file there are the State Council's alone.

    Raises:
        BadCalendar: lines cannot be read, or cannot all be meant; all of them are told.
    """
    return calendar_of(path.read_text(encoding="utf-8-sig"), str(path)) if path else calendar_of("", "")


def calendar_of(text: str, name: str) -> OfficeCalendar:
    """Read the lines of an office's calendar; raise BadCalendar."""
    lines = _Lines()
    for number, line in enumerate(text.splitlines(), 1):
        words = _words(line.partition("#")[0])
        if words and (wrong := lines.take(words)):
            lines.problems.append(f"第{number}行“{line[:40]}”：{wrong}")
    calendar = lines.calendar()
    problems = lines.problems + ([] if lines.problems else faults(calendar))
    if problems:
        more = f"……共{len(problems)}处" if len(problems) > _MOST_SAID else ""
        raise BadCalendar(f"{name} {'；'.join(problems[:_MOST_SAID])}{more}")
    return calendar


def _words(line: str) -> list[str]:
    """Return the days, the kind and the name of a line; spaces around ～ do not part its days."""
    return _SPAN.sub("～", line.strip(), count=1).split(maxsplit=2)


@dataclass
class _Lines:
    """What was read so far."""

    work: dict[date, bool] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    holidays: set[date] = field(default_factory=set)
    lessons: set[date] = field(default_factory=set)
    moved: dict[tuple[str, int], date] = field(default_factory=dict)
    local: dict[str, YearDay] = field(default_factory=dict)
    events: dict[str, list[date]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def take(self, words: list[str]) -> str:
        """Take a line; return what is wrong with it."""
        if len(words) < 2 or words[1] not in _KINDS:
            return EXPECTED
        when, kind, name = words[0], words[1], words[2].strip() if len(words) > 2 else ""
        if kind in _NAMED and not name:
            return f"{kind}后面应有名称，如 {'全国防灾减灾日' if kind == '主题日' else '汛期'}"
        if when.startswith(_EACH_YEAR):
            return self._each_year(when.removeprefix(_EACH_YEAR), kind, name)
        try:
            first, last = _days(when)
        except ValueError:
            return EXPECTED
        if not timedelta() <= last - first <= timedelta(days=_MOST_DAYS):
            return f"日子应由早到晚，最多{_MOST_DAYS}天"
        if kind in _NAMED and first != last:
            return f"{kind}只写一天"
        return self._dated(first, last, kind, name)

    def _each_year(self, day: str, kind: str, name: str) -> str:
        if kind != "主题日":
            return "只有主题日可以写每年，如 每年6月1日 主题日 防溺水日"
        try:
            self.local[name] = year_day(day)
        except ValueError as problem:
            return f"应为{problem}"
        return ""

    def _dated(self, first: date, last: date, kind: str, name: str) -> str:
        days = list(_between(first, last))
        match kind:
            case "班" | "休":
                return self._worked(days, kind == "班")
            case "学期":
                self.terms.append(Term(first, last, name or _name_of_term(first)))
            case "放假":
                self.holidays.update(days)
            case "上课":
                self.lessons.update(days)
            case "主题日":
                if self.moved.get((name, first.year), first) != first:
                    return f"{first.year}年的{name}写了两个日子"
                self.moved[name, first.year] = first
            case _:
                self.events.setdefault(name, []).append(first)
        return ""

    def _worked(self, days: list[date], work: bool) -> str:
        for day in days:
            if self.work.setdefault(day, work) is not work:
                return f"{day.isoformat()}既写班又写休"
        return ""

    def calendar(self) -> OfficeCalendar:
        return OfficeCalendar(
            workdays=ChinaWorkdays(self.work),
            terms=tuple(sorted(self.terms)),
            holidays=frozenset(self.holidays),
            lessons=frozenset(self.lessons),
            moved=self.moved,
            local=self.local,
            events={name: tuple(sorted(set(days))) for name, days in self.events.items()},
        )


def _days(text: str) -> tuple[date, date]:
    first, _, last = text.partition("～")
    return date.fromisoformat(first), date.fromisoformat(last or first)


def _between(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _name_of_term(first: date) -> str:
    """Return what a term is called that begins on a day: in spring the second of the school year."""
    return f"{first.year}年{'春' if first.month < 7 else '秋'}季学期"


@functools.lru_cache(maxsize=4096)
def _noticed(day: date) -> bool | None:
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None
