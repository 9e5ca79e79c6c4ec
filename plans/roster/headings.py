"""The columns of a duty roster, as offices name them: in one row or two, two halves of a month side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from plans.cells import plain
from plans.roster.duty import FIRST, LEADER, SECOND

What = Literal["day", "shift", "person", "phone", "weekday", "plain"]

_DAYS = ("日期", "值班日期", "值班日", "日", "年月日", "月日")
_TIMES = ("时间", "值班时间")
"""Days where no other column has them, else hours."""
_SHIFTS = ("班次", "班别", "时段", "起止时间", "值班时段", "值班班次", "班")
_KINDS = {
    LEADER: (
        "带班领导", "带班", "值班领导", "领导", "带班人", "带班人员", "带班干部", "带班负责人", "带班科长", "带班主任",
        "带班局领导", "局领导", "值班局领导", "带班领导姓名", "值班带班领导",
    ),
    FIRST: (
        "主班", "值班员", "值班人员", "值班", "姓名", "人员", "值班人", "值班员姓名", "值班人员姓名", "值班干部",
        "主班人员", "主班员", "主值班员", "值班人姓名", "值守人员",
    ),
    SECOND: ("副班", "备班", "副值班员", "副班人员", "副班员", "备班人员", "副值班"),
}  # fmt: skip
_GENERAL = ("姓名", "人员")
"""Names of a column that say of themselves not whose."""
_PHONES = (
    "联系电话", "值班电话", "电话号码", "手机号码", "联系方式", "办公电话", "固定电话", "手机号",
    "座机", "电话", "手机", "号码",
)  # fmt: skip
_TIME = r"\d{1,2}(?:[:时点]\d{0,2}分?)?"
_SHIFT = re.compile(
    r"(?:白班|白天|日班|日间|夜班|夜间|晚班|晚间|早班|中班|全天|24小时)?"
    rf"(?:[（(]?{_TIME}(?:-+|[—–~至到]+)(?:次日)?{_TIME}[）)]?)?"
)
_WEEKDAYS = ("星期", "周", "礼拜", "星期几", "周几")
_PLAIN = (*_WEEKDAYS, "周次", "序号", "编号", "序", "NO", "NO.", "农历")
_A_DAY = re.compile(r"(?<![:\d])\d{1,4}[-年/.月]\s*\d{1,2}(?![\d:时点])|\d{8}|[月一二三四五六七八九十]\s*[日号]")
_REMARK = re.compile(r"[（(][^（）()]*[）)]\Z")
_AND = ("及", "和", "与", "、", "/")
_COUNT = re.compile(r"(?<=[员班导人名])[0-9一二三四①②③④]+\Z")


class Heading(NamedTuple):
    """What a heading says.

    Attributes:
        kind: whose: one of ``KINDS``, empty where it does not say.
        shift: the shift that it is about: 夜班; empty = any.
    """

    what: What
    kind: str = ""
    shift: str = ""
    weak: bool = False


class Column(NamedTuple):
    """A column of names, of telephones …"""

    place: int
    heading: Heading


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """Columns that belong together: those of one half of the month.

    Attributes:
        people: columns with names. phones: for each of them the column with telephones, -1 = none.
        weekday: the column that says the weekday of each day, -1 = none.
    """

    day: int
    shift: int
    people: tuple[Column, ...]
    phones: tuple[int, ...]
    weekday: int = -1


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The headings of a table.

    Attributes:
        depth: rows that they take.
        known: places of all columns that are read, or have nothing to be read.
    """

    blocks: tuple[Block, ...]
    depth: int
    known: frozenset[int]
    names: dict[int, str]


def heading(cell: str) -> Heading | None:
    """Return what a heading says, None where it is none that is known."""
    word = re.sub(r"\s+", "", plain(cell)).strip("*:：")
    match = _SHIFT.match(word)
    shift, rest = (match[0], word[match.end() :]) if match else ("", word)
    rest = _COUNT.sub("", _REMARK.sub("", rest) or rest)
    word = rest if not shift else word
    if word in _DAYS or word in _TIMES:
        return Heading("day", weak=word in _TIMES)
    if word in _SHIFTS:
        return Heading("shift")
    if word.upper() in _PLAIN:
        return Heading("weekday" if word in _WEEKDAYS else "plain")
    for name in _PHONES:
        if rest.endswith(name):
            owner = rest.removesuffix(name)
            kind = _kind(owner)
            if kind is None and owner[-1:] in _AND and (both := _kind(owner[:-1])) is not None:
                return Heading("person", both, shift)  # 值班人员及电话: each cell has both
            return Heading("phone", kind or "", shift) if kind is not None or not owner else None
    if shift and not rest:
        return Heading("person", "", shift)
    kind = _kind(rest)
    return Heading("person", "" if rest in _GENERAL else kind, shift) if kind else None


def _kind(word: str) -> str | None:
    return next((kind for kind, words in _KINDS.items() if word in words), None)


def head_at(rows: Sequence[tuple[int, list[str]]], at: int) -> Head | None:
    """Return the headings that begin in a row of a table, None where there are none."""
    upper = _headings(rows[at][1])
    if not any(item is not None and item.what == "day" for item in upper.values()):
        return None
    if any(_A_DAY.search(plain(cell)) for cell in rows[at][1]):
        return None  # a line of the roster: 夜班 is a shift there, and 日 a Sunday
    depth, headings = 1, upper
    if at + 1 < len(rows):
        lower = _headings(rows[at + 1][1])
        if lower and all(lower.values()) and {item.what for item in lower.values() if item} & {"person", "phone"}:
            depth = 2
            headings = {place: _joined(upper.get(place), lower.get(place)) for place in sorted({*upper, *lower})}
    blocks = _blocks(headings)
    if not blocks:
        return None
    names = {place: " ".join(rows[at][1][place].split()) for place in upper}
    places = frozenset(place for place, item in headings.items() if item is not None)
    return Head(blocks=blocks, depth=depth, known=places, names=names)


def _headings(cells: Sequence[str]) -> dict[int, Heading | None]:
    return {place: heading(cell) for place, cell in enumerate(cells) if cell.strip()}


def _joined(upper: Heading | None, lower: Heading | None) -> Heading | None:
    """Return what a heading and the one below it say together: 带班领导 over 电话."""
    if lower is None or upper is None or lower.what not in ("person", "phone"):
        return lower or upper
    return Heading(lower.what, lower.kind or upper.kind, lower.shift or upper.shift)


def _blocks(headings: dict[int, Heading | None]) -> tuple[Block, ...]:
    days = [place for place, item in headings.items() if item and item.what == "day" and not item.weak]
    hours = [place for place, item in headings.items() if item and item.what == "day" and item.weak]
    days, hours = (days, hours) if days else (hours, [])
    blocks = []
    for number, day in enumerate(days):
        end = days[number + 1] if number + 1 < len(days) else max(headings) + 1
        first = 0 if number == 0 else day
        inside = [(place, item) for place, item in headings.items() if item is not None and first <= place < end]
        people = tuple(Column(place, _owned(item)) for place, item in inside if item.what == "person")
        phones = [Column(place, item) for place, item in inside if item.what == "phone"]
        shifts = [place for place, item in inside if item.what == "shift" or place in hours]
        if people:
            weekday = next((place for place, item in inside if item.what == "weekday"), -1)
            shift = shifts[0] if shifts else -1
            block = Block(day=day, shift=shift, people=people, phones=_phones(people, phones), weekday=weekday)
            blocks.append(block)
    return tuple(blocks)


def _owned(item: Heading) -> Heading:
    return item if item.kind else item._replace(kind=FIRST)


def _phones(people: Sequence[Column], phones: Sequence[Column]) -> tuple[int, ...]:
    """Return for each column of names the column with their telephones."""
    columns = dict.fromkeys(range(len(people)), -1)
    for phone in phones:
        kind, shift = phone.heading.kind, phone.heading.shift
        fitting = [
            number
            for number, item in enumerate(people)
            if (not kind or item.heading.kind == kind) and (not shift or item.heading.shift == shift)
        ]
        before = [number for number in fitting if people[number].place < phone.place]
        first = [number for number in fitting if people[number].heading.kind == FIRST]
        if not kind and len(phones) == 1 and first:
            # One column of telephones is the officers', wherever it stands.
            chosen = first
        else:
            chosen = before[-1:]
        for number in chosen:
            columns[number] = phone.place
    return tuple(columns[number] for number in range(len(people)))
