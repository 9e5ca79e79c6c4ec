"""The list of bodies as a workbook: its columns as offices name them, row by row; and written so again.

A row that is not read is named with its number and why. Columns that a file lacks leave what is known as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from plans.areas.body import Body
from plans.areas.townships import area_of
from plans.cells import Fault, Table, plain, visible
from plans.directory.numbers import numbers_in, personal, why_not
from plans.roster.people import name_key

HEAD = ("登记编号", "名称", "简称", "类别", "所属镇街", "负责人", "联系电话")
HEAD_WITHIN = 15
"""Rows among which the headings stand."""
LONGEST = 60
MOST_NUMBERS = 6

_COLUMNS = {
    "id": "登记编号".split(),
    "name": (
        "名称 学校名称 单位名称 幼儿园名称 学校(幼儿园)名称 学校(园)名称 校(园)名称 学校全称 单位全称 "
        "医院名称 企业名称 机构名称 村居名称 村(居)名称 村(社区)名称 社区名称 村名 镇街名称 乡镇名称 街道名称 "
        "校名 园名 学校 单位 全称 名称(全称)"
    ).split(),
    "short": "简称 学校简称 单位简称 别名 又名 俗称 曾用名 常用名 习惯称呼 其他名称".split(),
    "kind": "类别 类型 学校类别 学校类型 单位类别 单位类型 机构类别 机构类型 办学类型 学段 办学层次".split(),
    "township": (
        "所属镇街 所属乡镇 所属街道 所属镇(街) 所属镇(街道) 所属乡镇(街道) 所属乡(镇、街道) 所属镇 所在镇街 "
        "所在乡镇 所在街道 所在镇(街) 所在镇(街道) 所在乡镇(街道) 镇街 乡镇 街道 镇(街) 镇(街道) 乡镇(街道) "
        "乡(镇、街道) 属地 属地镇街 属地乡镇 辖区 所属辖区 所属区域 乡镇/街道 镇/街道 所属乡镇/街道"
    ).split(),
    "head": (
        "负责人 校长 园长 院长 负责人姓名 校长姓名 园长姓名 校(园)长 校长(园长) 学校负责人 单位负责人 "
        "主要负责人 安全负责人 法定代表人 法人 法人代表 联系人 书记 主任 校(园)长姓名"
    ).split(),
    "phone": (
        "联系电话 电话 值班电话 办公电话 固定电话 座机 单位电话 学校电话 联系方式 电话号码 办公室电话 手机 "
        "手机号 手机号码 负责人电话 校长电话 园长电话 院长电话 校长手机 负责人手机 联系人电话 负责人联系电话"
    ).split(),
}
"""What offices write over the columns."""

_OWNER = {heading: column for column, headings in _COLUMNS.items() for heading in headings}
_PLAIN = frozenset({"序号", "编号", "序", "NO", "NO."})
_UNDER = ("姓名", "职务", "性别")
"""What stands below 校长 and the like, where the headings take two rows."""
_ABOUT = re.compile(r"(?:基本)?(?:情况|信息|资料)\Z")
_SEVERAL = ("short", "phone")
"""Columns of which there may be more than one."""

_APART = re.compile(r"[、，,;；/\n]+")
_FOOT = re.compile(
    r"(?:备注|说明|注|填表人|填报人|制表人?|审核人?|联系人|填报单位|填报时间|单位负责人|打印时间)\s*[:：]|^(?:合计|总计|小计|共计)\b|"
    r"^(?:合计|总计|小计|共计|共)\s*\d*\s*(?:所|个|家|人)?$"
)
_NOT_IN_NAMES = re.compile(r"[:|\n\t]")


class NoList(Exception):
    """A file that is no list of bodies; the message says what was expected."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row.

    Attributes:
        line: where it stands, in words: ``第5行``.
        stated: the columns that the file has; what it lacks stays as it is known.
    """

    line: str
    body: Body
    stated: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What a file tells.

    Attributes:
        problems: rows and cells that were not read, each with its row and why.
        unread: sheets and columns that were not read, in words.
    """

    rows: tuple[Row, ...]
    problems: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def read_sheets(tables: Sequence[Table], area_code: str = "") -> Reading:
    """Read the sheets of a file.

    Args:
        area_code: of the place, for numbers without theirs.

    Raises:
        NoList: no sheet has a column of names.
    """
    rows: list[Row] = []
    problems: list[str] = []
    unread: list[str] = []
    headed = False
    lines: dict[tuple[str, str], Row] = {}
    for table in tables:
        sheet = f"工作表“{table.name}”" if table.name and len(tables) > 1 else ""
        unread += [f"{sheet if table.rows else ''}{item}" for item in table.unread]
        at = _head_at(table)
        if at is None:
            unread += [f"{sheet}没有表头，没有读"] if table.rows else []
            continue
        headed = True
        reader = _Sheet(table, at, sheet, area_code, problems, unread)
        for row in reader.rows():
            key = (name_key(row.body.name), area_of(row.body.township))
            before = lines.setdefault(key, row)
            if before is row:
                rows.append(row)
            else:
                problems.append(f"{row.line}“{row.body.name[:20]}”没有读：{before.line}已有同名同镇街的，请只留一行")
    if not headed:
        raise NoList(f"没有找到表头：要有“学校名称”（或“单位名称”），可有{'、'.join(HEAD[2:])}")
    return Reading(rows=tuple(rows), problems=tuple(problems), unread=tuple(unread))


def _heading(cell: str) -> str:
    word = "".join(plain(cell).split()).strip("*:")
    return word.replace("（", "(").replace("）", ")")


def _head_at(table: Table) -> int | None:
    for at in range(len(table.rows[:HEAD_WITHIN])):
        owners = {_OWNER.get(_heading(cell)) for cell in _heads(table, at)[0]}
        if "name" in owners and len(owners - {None}) > 1:
            return at
    for at, (_, cells) in enumerate(table.rows[:HEAD_WITHIN]):
        if [_OWNER.get(_heading(cell)) for cell in cells if cell and _heading(cell) not in _PLAIN] == ["name"]:
            return at  # a list of names alone
    return None


def _heads(table: Table, at: int) -> tuple[list[str], int]:
    """Return the headings that stand in a row, or in it and the one below: 校长 over 姓名 and 电话; and their rows."""
    upper = list(table.rows[at][1])
    lower = table.rows[at + 1][1] if at + 1 < len(table.rows) else []
    upper += [""] * (len(lower) - len(upper))
    below = {place: cell for place, cell in enumerate(lower) if cell and _heading(cell) != _heading(upper[place])}
    known = all(_heading(cell) in _UNDER or _OWNER.get(_heading(cell)) not in (None, "name") for cell in below.values())
    named = any(_OWNER.get(_heading(upper[place])) == "name" for place in below)
    if not below or not known or named:
        return upper, 1
    for place, cell in below.items():
        above = _ABOUT.sub("", _heading(upper[place]))
        upper[place] = above if _heading(cell) == "姓名" and _OWNER.get(above) == "head" else cell
    return upper, 2


@dataclass
class _Sheet:
    """One sheet with its head."""

    table: Table
    at: int
    sheet: str
    area: str
    problems: list[str]
    unread: list[str]
    _columns: dict[str, list[int]] = field(init=False)
    _depth: int = field(init=False)

    def __post_init__(self) -> None:
        self._columns = {}
        heads, self._depth = _heads(self.table, self.at)
        read: set[int] = set()
        for place, cell in enumerate(heads):
            owner = _OWNER.get(_heading(cell))
            if owner is not None and (owner in _SEVERAL or owner not in self._columns):
                self._columns.setdefault(owner, []).append(place)
                read.add(place)
        beside = {place for _, cells in self.table.rows[self.at :] for place, cell in enumerate(cells) if cell}
        for place in sorted(beside - read):
            name = heads[place] if place < len(heads) else ""
            if _heading(name).upper() not in _PLAIN:
                self.unread.append(
                    f"{self.sheet}“{name[:20]}”一列没有读" if name else f"{self.sheet}第{place + 1}列没有表头，没有读"
                )

    def rows(self) -> Iterable[Row]:
        """Yield the rows that are bodies."""
        stated = frozenset(self._columns)
        for number, cells in self.table.rows[self.at + self._depth :]:
            line = f"{self.sheet}第{number}行"
            name = self._cell(cells, "name")
            first = next((cell for cell in cells if cell), "")
            if _FOOT.search(first) or _FOOT.search(name):
                self.problems.append(f"{line}没有读：“{first[:20]}”不是单位")
                continue
            problem = self._wrong(name, cells)
            if problem:
                self.problems.append(f"{line}没有读：{problem}")
                continue
            yield Row(line=line, body=self._body(line, name, cells), stated=stated)

    def _wrong(self, name: str, cells: Sequence[str]) -> str:
        if isinstance(name, Fault):
            return f"名称{name}"
        if not name:
            return f"没有写名称（{'，'.join(cell[:12] for cell in cells if cell)[:40]}）"
        if len(name) < 2 or len(name) > LONGEST:
            return f"名称“{name[:20]}”应有2到{LONGEST}个字"
        if _NOT_IN_NAMES.search(name):
            return f"名称“{name[:20]}”里不能有冒号、竖线、换行"
        if _OWNER.get(_heading(name)) == "name":
            return "是重复的表头"
        return ""

    def _body(self, line: str, name: str, cells: Sequence[str]) -> Body:
        said = f"{line}“{name[:20]}”"
        texts = {column: self._cell(cells, column) for column in ("id", "kind", "township", "head")}
        for column, text in texts.items():
            if isinstance(text, Fault) or len(text) > LONGEST:
                self.problems.append(f"{said}的{TITLES[column]}没有读：{text if isinstance(text, Fault) else '太长'}")
                texts[column] = ""
        phones: list[str] = []
        for cell in self._cells(cells, "phone"):
            numbers, others = numbers_in(cell, self.area)
            phones += [number.text for number in numbers]
            if others:
                self.problems.append(f"{said}的电话没有读：{why_not(others[0], self.area)}")
        distinct = sorted(dict.fromkeys(phones), key=personal)
        short = [part.strip() for cell in self._cells(cells, "short") for part in _APART.split(cell)]
        fitting = [
            part for part in dict.fromkeys(short) if 2 <= len(part) <= LONGEST and not _NOT_IN_NAMES.search(part)
        ]
        for part in dict.fromkeys(short):
            if part and part not in fitting:
                self.problems.append(f"{said}的简称“{part[:20]}”没有读：应有2到{LONGEST}个字")
        return Body(
            id=texts["id"],
            name=name,
            short=tuple(part for part in fitting if part != name),
            kind=texts["kind"] or self._kind_of_sheet(),
            township=texts["township"],
            head=texts["head"],
            phones=tuple(distinct[:MOST_NUMBERS]),
        )

    def _kind_of_sheet(self) -> str:
        """Return the kind that a sheet's name says of all its rows: 幼儿园."""
        return self.table.name if self.table.name in ("学校", "幼儿园", "医院", "企业", "村居", "镇街") else ""

    def _cell(self, cells: Sequence[str], column: str) -> str:
        return next(iter(self._cells(cells, column)), "")

    def _cells(self, cells: Sequence[str], column: str) -> list[str]:
        found = [cells[place] for place in self._columns.get(column, ()) if place < len(cells) and cells[place]]
        return [cell if isinstance(cell, Fault) else visible(cell).strip() for cell in found]


TITLES = {
    "id": "登记编号",
    "name": "名称",
    "short": "简称",
    "kind": "类别",
    "township": "镇街",
    "head": "负责人",
    "phone": "电话",
}
"""What the parts of a body are called where a difference is told."""


def to_cells(bodies: Iterable[Body]) -> list[list[str]]:
    """Return bodies as the rows of a workbook that can be edited and imported again; without its head."""
    return [
        [body.id, body.name, "、".join(body.short), body.kind, body.township, body.head, "、".join(body.phones)]
        for body in bodies
    ]
