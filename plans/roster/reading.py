"""A duty roster as a table: one day a line, its columns named as offices name them.

    日期        班次   带班领导   主班      副班      电话
    2026-11-27  白班   孙主任     赵值班    钱值班    0356-2250777
    11月28日    夜班   孙主任     钱值班、李值班
    12-01至12-31 工作日   08:00-18:00  …

A day may be a span with 工作日, 节假日 or 每天 behind it; a month may stand in two halves side by side, a shift in a
column of its own. A line that cannot be read is told with what was expected, and keeps no other line from being read;
what is no line of the roster is named.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import accumulate

from plans.cells import Fault, Figure, Table, plain
from plans.directory.numbers import Number, numbers_in, why_not
from plans.roster.duty import FIRST, LEADER, Turn
from plans.roster.headings import Block, Head, head_at
from plans.roster.people import Named, people_of
from plans.times.days import Month, days_of, is_on, month_of
from plans.times.hours import THREE, Shifts, shift_named
from plans.times.workdays import Workdays

MOST_LINES = 2000
MOST_TURNS = 5000
LONGEST = 30
_NAMED = 12
"""Days that are named one by one."""
HEAD_WITHIN = 30
"""Rows among which the headings must begin."""
EXAMPLE = "2026-11-27,夜班,孙主任,赵值班,钱值班,0356-2250777"

_FOOT = re.compile(
    r"(?:审核|审批|审定|复核|批准|签发|签字|制表|填表|填报|编制|制作|打印|备注|说明|注|附|联系|值班要求|要求|注意|单位|主管|负责|监督"
    r"|值班电话|传真|电话|手机|地址|时间|报送)[^\d:：]{0,8}[:：]|(?:备注|说明|注意事项|合计|总计|小计|共\s*\d)"
)

_HOURS = re.compile(
    r"\d{1,2}\s*[:时点]\s*(?:\d{2})?分?\s*(?:-|—|–|~|至|到)+\s*(?:次日|第二天|翌日)?\s*\d{1,2}\s*[:时点]"
)


class BadRoster(Exception):
    """A table that is no roster; the message says what was expected."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """A line that could not be read; ``sheet`` is empty where a file is one table."""

    line: int
    text: str
    sheet: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What a table tells.

    Attributes:
        turns: by their beginning.
        tentative: days of which it is not certain yet whether they are workdays.
        unread: what else of the file was not read, or was taken for granted, in words.
    """

    turns: tuple[Turn, ...]
    problems: tuple[Problem, ...] = ()
    tentative: tuple[date, ...] = ()
    unread: tuple[str, ...] = ()


def read_roster(
    rows: Table | Sequence[Sequence[str]], today: datetime, workdays: Workdays, area_code: str = ""
) -> Reading:
    """Read a table.

    Args:
        rows: a sheet, or cells of text; a row with 日期 in it names the columns.
        today: aware, in the zone of the table; a day without a year is the one nearest ahead of last month.
        area_code: of the place, for telephone numbers without theirs.

    Raises:
        BadRoster: no row names the columns, or there are too many.
    """
    if not isinstance(rows, Table):
        numbered = enumerate(map(list, rows), 1)
        rows = Table(rows=tuple((number, cells) for number, cells in numbered if any(map(str.strip, cells))))
    if len(rows.rows) > MOST_LINES:
        raise BadRoster(f"值班表有{len(rows.rows)}行，最多{MOST_LINES}行；请分月导入")
    reader = _Reader(rows, today, workdays, area_code)
    reader.read()
    turns = sorted(dict.fromkeys(reader.turns), key=lambda turn: (turn.begins, turn.kind, turn.name))
    return Reading(
        turns=tuple(turns), problems=tuple(reader.problems), tentative=tuple(sorted(reader.tentative)),
        unread=(*rows.unread, *reader.unread),
    )  # fmt: skip


def read_book(tables: Sequence[Table], today: datetime, workdays: Workdays, area_code: str = "") -> Reading:
    """Read the sheets of a file as one roster; a sheet that is none is named.

    Raises:
        BadRoster: none is.
    """
    readings: list[tuple[str, Reading]] = []
    unread: list[str] = []
    refusals: list[BadRoster] = []
    for table in tables:
        sheet = f"工作表“{table.name}”" if table.name and len(tables) > 1 else ""
        if not table.rows:
            unread += table.unread
            continue
        try:
            readings.append((table.name if sheet else "", read_roster(table, today, workdays, area_code)))
        except BadRoster as problem:
            refusals.append(problem)
            unread.append(f"{sheet or '表格'}没有读：{problem}")
            continue
        unread += [f"{sheet}{item}" for item in readings[-1][1].unread]
    if not readings:
        raise refusals[0] if refusals else BadRoster("；".join(["表格里没有内容", *unread]))
    turns = dict.fromkeys(turn for _, reading in readings for turn in reading.turns)
    return Reading(
        turns=tuple(sorted(turns, key=lambda turn: (turn.begins, turn.kind, turn.name))),
        problems=tuple(
            Problem(line=item.line, text=item.text, sheet=name)
            for name, reading in readings
            for item in reading.problems
        ),
        tentative=tuple(sorted({day for _, reading in readings for day in reading.tentative})),
        unread=tuple(unread),
    )


@dataclass
class _Reader:
    table: Table
    today: datetime
    workdays: Workdays
    area: str
    turns: list[Turn] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    tentative: set[date] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)
    month: Month = field(default_factory=Month)
    shifts: dict[tuple[date, ...], Shifts] = field(default_factory=dict)
    before: dict[int, str] = field(default_factory=dict)
    assumed: bool = False
    odd_weekday: bool = False

    def read(self) -> None:
        rows = self.table.rows
        at = next((at for at in range(min(len(rows), HEAD_WITHIN)) if head_at(rows, at) is not None), None)
        if at is None:
            raise BadRoster(
                "没有找到表头：应有“日期”和“主班”（或“值班员”）两列，例如 日期,班次,带班领导,主班,副班,电话 / "
                + EXAMPLE
            )
        self.month = self._titled(rows[:at])
        self._name_hours(rows[:at])
        head, last = None, 0
        filled: dict[int, str] = {}
        titles: list[tuple[int, list[str]]] = []
        while at < len(rows):
            new = head_at(rows, at)
            if new is not None:
                # The headings stand again above the next half, perhaps with a title of its own.
                self._name_unknown(head, filled)
                self.month = self._titled(titles) if titles else self.month
                head, filled, titles = new, {}, []
                self.shifts = self._shifts(head, rows[at + head.depth :])
                last, at, self.before = rows[at + head.depth - 1][0], at + head.depth, {}
                continue
            number, cells = rows[at]
            if number > last + 1:
                self.before = {}  # behind an empty row no day holds on
            if head is not None:
                if len(set(filter(None, cells))) == 1 and month_of(cells) != Month():
                    titles.append(rows[at])
                    below = self._titled([rows[at]])
                    self.month = below if below.month is not None else self.month
                else:
                    self._line(number, cells, head)
                    filled.update({place: "" for place, cell in enumerate(cells) if cell})
            last, at = number, at + 1
        self._name_unknown(head, filled)
        self._name_led_alone()
        if self.assumed:
            self.unread.append(THREE)

    def _name_hours(self, rows: Sequence[tuple[int, list[str]]]) -> None:
        """Name hours that stand above the headings: they are about every line, and no column has them."""
        for number, cells in rows:
            hours = next((cell for cell in cells if _HOURS.search(plain(cell))), "")
            if hours:
                text = " ".join(hours.split())[:LONGEST]
                self.unread.append(f"第{number}行“{text}”里的时间没有读；请加“班次”一列写明起止时间")

    def _titled(self, rows: Sequence[tuple[int, list[str]]]) -> Month:
        above = month_of(cell for _, cells in rows for cell in cells)
        sheet = month_of([self.table.name])
        return Month(
            year=above.year if above.year is not None else sheet.year,
            month=sheet.month if above.month is None or above.month == sheet.month
            else above.month if sheet.month is None else None,
        )  # fmt: skip

    def _shifts(self, head: Head, rows: Sequence[tuple[int, list[str]]]) -> dict[tuple[date, ...], Shifts]:
        """Return the shifts of each day, by all lines that are about it."""
        words: dict[tuple[date, ...], set[str]] = {}
        for block in head.blocks:
            columns = {column.heading.shift for column in block.people if column.heading.shift}
            before = ""
            for _, cells in rows:
                before = _cell(cells, block.day) or before
                try:
                    dates = days_of(before, self.today, self.month)
                except ValueError:
                    continue
                names = words.setdefault(dates.days, set())
                names |= columns | {dates.rest} | ({_cell(cells, block.shift)} if block.shift >= 0 else set())
        return {days: Shifts(names) for days, names in words.items()}

    def _name_unknown(self, head: Head | None, filled: dict[int, str]) -> None:
        for place in sorted(filled) if head is not None else ():
            if head is not None and place not in head.known:
                name = head.names.get(place, "")
                sentence = f"“{name[:LONGEST]}”一列没有读" if name else f"第{place + 1}列没有表头，没有读"
                if sentence not in self.unread:
                    self.unread.append(sentence)

    def _line(self, number: int, cells: list[str], head: Head) -> None:
        for order, block in enumerate(head.blocks):
            own = _cell(cells, block.day)
            inside = [_cell(cells, column.place) for column in block.people]
            if not own and not any(inside):
                continue
            foot = next((cell for cell in cells if _FOOT.match(cell.strip())), "")
            if foot and not self._is_day(own):
                self.before = {}
                self.unread.append(f"第{number}行不是值班安排，没有读：{' '.join(foot.split())[:LONGEST]}")
                return
            day = self.before[order] = own or self.before.get(order, "")
            try:
                self.turns += self._turns(day, cells, block, number)
            except ValueError as problem:
                self.problems.append(Problem(line=number, text=str(problem)))
            if len(self.turns) > MOST_TURNS:
                raise BadRoster(f"值班安排超过{MOST_TURNS}条；请分月导入")

    def _name_led_alone(self) -> None:
        """Name the days that somebody leads and nobody serves, where the table has officers: 待定, or left out."""
        serving = sorted((turn.begins, turn.ends) for turn in self.turns if turn.kind == FIRST)
        begins, until = [begin for begin, _ in serving], list(accumulate((end for _, end in serving), max))
        alone = sorted(
            {
                turn.begins.date()
                for turn in self.turns
                if (before := bisect_left(begins, turn.ends)) == 0 or until[before - 1] <= turn.begins
            }
        )
        if serving and alone:
            days = "、".join(f"{day.month}月{day.day}日" for day in alone[:_NAMED])
            more = f"等{len(alone)}天" if len(alone) > _NAMED else ""
            self.unread.append(f"{days}{more}没有写主班，这些日子没有人值班；请补上")

    def _is_day(self, text: str) -> bool:
        try:
            return bool(text) and bool(days_of(text, self.today, self.month).days)
        except ValueError:
            return False

    def _turns(self, day: str, cells: list[str], block: Block, number: int) -> list[Turn]:
        if not day:
            raise ValueError("没有写日期")
        dates = days_of(day, self.today, self.month)
        if block.weekday >= 0 and len(dates.days) == 1:
            self._compare(dates.days[0], _cell(cells, block.weekday), number)
        people = self._people(cells, block, number)
        if not people:
            raise ValueError("没有写值班的人")
        written = _cell(cells, block.shift) if block.shift >= 0 else ""
        if isinstance(written, Fault):
            raise ValueError(f"班次一格{written}")
        turns = []
        for shift, one in people:
            shift_words = [word for word in (written, dates.rest, shift) if word]
            if len({shift_named(word) or word for word in shift_words}) > 1:
                raise ValueError(f"班次不一致：{'、'.join(word[:LONGEST] for word in shift_words)}")
            shifts = self.shifts.get(dates.days, Shifts())
            hours = shifts.hours(shift_words[0] if shift_words else "")
            self.assumed |= shifts.assumed
            for each in self._chosen(dates.days, dates.only):
                begins, ends = hours.on(each, self.today.tzinfo)
                turns.append(Turn(begins, ends, one.kind, one.name, one.phone, one.office))
        return turns

    def _compare(self, day: date, weekday: str, number: int) -> None:
        """Name a day that is another weekday than the table says: the date counts, but the year may be another."""
        if is_on(day, weekday) or self.odd_weekday:
            return
        self.odd_weekday = True
        self.unread.append(f"第{number}行的{day.isoformat()}不是{weekday[:LONGEST]}，已按日期读；请核对年份和日期")

    def _chosen(self, days: Sequence[date], only: str) -> list[date]:
        if only in ("", "每天"):
            return list(days)
        kinds = {day: self.workdays.day(day) for day in days}
        self.tentative.update(day for day, kind in kinds.items() if kind.tentative)
        return [day for day, kind in kinds.items() if kind.work == (only == "工作日")]

    def _people(self, cells: list[str], block: Block, number: int) -> list[tuple[str, Named]]:
        """Return who stands in a line, each with the shift of the column."""
        people: list[tuple[str, Named]] = []
        beside: dict[int, list[int]] = {}
        for column, place in zip(block.people, block.phones, strict=True):
            for one in people_of(_cell(cells, column.place), self.area):
                beside.setdefault(place, []).append(len(people))
                people.append((column.heading.shift, one._replace(kind=one.kind or column.heading.kind)))
        others = beside.pop(-1, [])
        for place, mine in beside.items():
            serving = [at for at in others if people[at][1].kind != LEADER] if len(beside) == 1 else []
            for at, phone in self._phones(_cell(cells, place), mine, sorted([*mine, *serving]), number).items():
                shift, one = people[at]
                people[at] = (shift, one._replace(phone=one.phone or phone))
        return people

    def _phones(self, cell: str, mine: Sequence[int], all_of_them: Sequence[int], number: int) -> dict[int, str]:
        """Return the telephone of each person: two are two persons'; one of an office is everybody's.

        Args:
            mine: places of those whom the column is about. all_of_them: of those too whom it may be about.
        """
        if not cell:
            return {}
        numbers, others = numbers_in(cell, self.area)
        fault = f"电话一格{cell}" if isinstance(cell, Fault) else why_not(others[0], self.area) if others else ""
        for people in (mine, all_of_them):
            if not fault and len(numbers) == len(people):
                return {at: item.text for at, item in zip(people, numbers, strict=True)}
        joined = "、".join(item.text for item in numbers)
        sure = len(all_of_them) == 1 or sum(item.personal for item in numbers) < 2
        if not fault and len(mine) == 1 and sure and len(joined) <= LONGEST:
            return {mine[0]: joined}
        if not fault and len(numbers) == 1 and not numbers[0].personal:
            return dict.fromkeys(mine, numbers[0].text)
        endings = "、".join(map(_last_digits, numbers))
        fault = fault or f"{len(mine)}个人有{len(numbers)}个电话（{endings}），不知道各是谁的"
        self.problems.append(Problem(line=number, text=f"{fault}；人已读，电话没有读"))
        return {}


def _last_digits(number: Number) -> str:
    return f"…{number.main[-4:]}" if number.personal else number.text


def _cell(row: Sequence[str], place: int) -> str:
    cell = row[place] if place < len(row) else ""
    return cell if isinstance(cell, Figure | Fault) else cell.strip()
