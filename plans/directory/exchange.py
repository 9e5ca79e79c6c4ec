"""The directory as a table that a spreadsheet opens, and as cards for a telephone's address book."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plans.cells import Fault, Table, legible, plain, visible
from plans.directory.amendments import Amendment, amendment_of, names_of, unit_called
from plans.directory.numbers import dialled, digits, number_of, tapped, why_not
from plans.model import Plan, Unit

HEAD = ("地区", "预案", "单位", "类别", "号码", "预案号码", "日期", "说明")
EXAMPLE = "晋城市城区,jincheng-chengqu-campus,区教育局,值班,0356-2250778,0356-2250777,,已迁新址"
FAX = "传真"
NEEDED = frozenset(("预案", "单位", "号码", "预案号码"))
"""Columns without which it is not sure what a line changes."""
HEAD_WITHIN = 10
"""Rows among which the head stands."""
LONGEST = 200
"""Characters of a cell."""
_NAMED = 12
"""Rows that are named one by one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        number: what is rung; empty = the plan's number is wrong and no other is known.
        was: what the plan prints; empty = it has no such line.
        known: since when the number is known: the edit's day, else the plan's.
    """

    jurisdiction: str
    plan: str
    unit: str
    kind: str
    number: str
    was: str
    known: date | None = None
    note: str = ""


class BadTable(Exception):
    """A table that cannot be read; the message names line, what was wrong and an example."""


def table(plans: Iterable[Plan], amendments: Mapping[str, Sequence[Amendment]]) -> list[Row]:
    """Return all lines of some plans with what is rung instead.

    Args:
        amendments: those that hold, by jurisdiction.
    """
    rows: list[Row] = []
    seen: set[Amendment] = set()
    for plan in plans:
        changes = amendments.get(plan.jurisdiction.name, ())
        for unit in plan.units:
            rows += _lines(plan, unit, changes)
            added = [item for item in changes if not item.was and item.unit in names_of(unit) and item not in seen]
            rows += [_row(plan, unit, item.kind, item.number, "", item) for item in added]
            seen.update(added)
    return rows


def _lines(plan: Plan, unit: Unit, changes: Sequence[Amendment]) -> Iterable[Row]:
    area = plan.jurisdiction.area_code
    for line in unit.lines:
        better = amendment_of(unit, line.number, area, changes)
        was = dialled(line.number, area)
        yield _row(plan, unit, line.kind, better.number if better is not None else was, was, better)


def _row(plan: Plan, unit: Unit, kind: str, number: str, was: str, better: Amendment | None) -> Row:
    return Row(
        jurisdiction=plan.jurisdiction.name,
        plan=plan.id,
        unit=names_of(unit)[0],
        kind=better.kind if better is not None and better.kind else kind,
        number=number,
        was=was,
        known=better.at.date() if better is not None else plan.in_force,
        note=better.note if better is not None else "",
    )


def to_cells(rows: Iterable[Row]) -> list[list[str]]:
    """Return a table as cells, without its head."""
    return [
        [
            row.jurisdiction, row.plan, row.unit, row.kind, row.number, row.was,
            row.known.isoformat() if row.known is not None else "", row.note,
        ]
        for row in rows
    ]  # fmt: skip


def from_tables(tables: Sequence[Table], plans: dict[str, Plan]) -> tuple[list[Row], list[str]]:
    """Return the rows of a table that was exported and edited, and what of the file was not read, in words.

    Args:
        tables: sheets, each with its head among its first rows; the columns may stand in any order.
        plans: those that may be named, by id.

    Raises:
        BadTable: nothing of it is taken.
    """
    rows: list[Row] = []
    unread: list[str] = []
    faults: list[str] = []
    rows_by_line: dict[tuple[str, str, str], Row] = {}
    headed = False
    for table in tables:
        sheet = f"工作表“{table.name}”" if table.name and len(tables) > 1 else ""
        unread += [f"{sheet if table.rows else ''}{item}" for item in table.unread]
        at = next((at for at, (_, cells) in enumerate(table.rows[:HEAD_WITHIN]) if set(_heads(cells)) >= NEEDED), None)
        if at is None:
            unread += [f"{sheet}没有表头，没有读"] if table.rows else []
            continue
        headed = True
        heads = _heads(table.rows[at][1])
        beside = {place for _, cells in table.rows[at:] for place, cell in enumerate(cells) if cell}
        for place in sorted(beside - set(heads.values())):
            name = table.rows[at][1][place] if place < len(table.rows[at][1]) else ""
            unread.append(f"{sheet}“{name[:20]}”一列没有读" if name else f"{sheet}第{place + 1}列没有表头，没有读")
        wide = len(table.rows[at][1])
        for number, cells in table.rows[at + 1 :]:
            line = f"{sheet}第{number}行"
            if not table.name and len(cells) > wide:  # a comma too many shifts all that follow it
                faults.append(f"{line}：有{len(cells)}格，应有{wide}格")
                continue
            read = {name: cells[place] if place < len(cells) else "" for name, place in heads.items()}
            if not any(read.values()):
                continue
            try:
                rows.append(row := _read(line, read, plans))
            except BadTable as fault:
                faults.append(str(fault))
                continue
            if not row.was or digits(row.was) == digits(row.number):
                continue
            before = rows_by_line.setdefault((row.jurisdiction, row.unit, digits(row.was)), row)
            if digits(before.number) != digits(row.number):
                either = "、".join(item.number or "空着" for item in (before, row))
                faults.append(f"{line}：{row.unit}的{row.was}前面已写了另一个号码（{either}），请只留一行")
    if faults:
        more = [f"另有{len(faults) - _NAMED}行也不对"] if len(faults) > _NAMED else []
        raise BadTable("\n".join([*faults[:_NAMED], *more, f"都改好再导入；例如\n{EXAMPLE}"]))
    if not headed:
        raise BadTable(f"没有找到表头：{','.join(HEAD)}（先用 tocsin directory export 导出，再改）")
    return rows, unread


def _heads(cells: Sequence[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, cell in enumerate(cells):
        name = "".join(plain(cell).split())
        if name in HEAD:
            columns.setdefault(name, place)
    return columns


def from_cards(
    cards: Iterable[tuple[str, str, str]], plans: Sequence[Plan], present: Iterable[Row]
) -> tuple[list[Row], list[str]]:
    """Return the numbers of address-book cards that are not known yet, as additions, and which cards were not read.

    Args:
        cards: name of a unit, number, kind (empty = 值班).
        plans: of one place; a unit is looked for in them in their order.
        present: as :func:`table` gives it.

    Raises:
        BadTable: no card names a unit and its number.
    """
    lines = {(row.unit, digits(row.number)) for row in present}
    rows: list[Row] = []
    unread: list[str] = []
    read = 0
    for name, number, kind in cards:
        matching = [(plan, unit) for plan in plans if (unit := unit_called(plan, name)) is not None]
        if not matching:
            unread.append(f"名片“{name[:20]}”不是这里的单位，没有读；请改成预案里的单位名称，或删去这张")
            continue
        plan, unit = matching[0]
        area = plan.jurisdiction.area_code
        if fault := why_not(number, area):
            unread.append(f"名片“{name[:20]}”的号码没有读：{fault}")
            continue
        read += 1
        row = Row(
            jurisdiction=plan.jurisdiction.name, plan=plan.id, unit=names_of(unit)[0], kind=kind or "值班",
            number=dialled(number, area), was="",
        )  # fmt: skip
        # Another plan may know the unit by another of its names.
        called = {other for _, same in matching for other in names_of(same)}
        if not any((other, digits(row.number)) in lines for other in called):
            lines.add((row.unit, digits(row.number)))
            rows.append(row)
    if not read:
        raise BadTable(unread[0] if unread else "没有读到号码")
    return rows, unread


def _read(line: str, cells: dict[str, str], plans: dict[str, Plan]) -> Row:
    def wrong(what: str) -> BadTable:
        return BadTable(f"{line}：{what}")

    for name, cell in cells.items():
        if isinstance(cell, Fault):
            raise wrong(f"“{name}”{cell}")
        if len(cell) > LONGEST:
            raise wrong(f"一格最多{LONGEST}个字")
    cells = {name: visible(cell).strip() for name, cell in cells.items()}
    place, plan_id, unit, kind, to_ring, was, _, note = (cells.get(name, "") for name in HEAD)
    plan_id, unit, kind = (plain(cell).strip() for cell in (plan_id, unit, "".join(kind.split())))
    plan = plans.get(plan_id)
    if plan is None and not plan_id:
        raise wrong("没有写预案")
    if plan is None:
        raise wrong(f"没有“{plan_id[:40]}”这个预案；可用：{'、'.join(plans)}")
    place = plain(place).strip() or plan.jurisdiction.name
    if place != plan.jurisdiction.name:
        raise wrong(f"{plan_id} 的地区是{plan.jurisdiction.name}，不是“{place[:20]}”")
    plan_unit = unit_called(plan, unit)
    if plan_unit is None:
        raise wrong(f"{plan_id} 里没有“{unit[:20]}”这个单位")
    area = plan.jurisdiction.area_code
    for what, value in (("号码", to_ring), ("预案号码", was)):
        if value and (fault := why_not(value, area)):
            raise wrong(f"{what}{fault}")
    to_ring, was = dialled(to_ring, area), dialled(was, area)
    if was and digits(was) not in {digits(dialled(line.number, area)) for line in plan_unit.lines}:
        raise wrong(f"预案里{unit}没有{was}；“预案号码”一格不要改，要改的写在“号码”一格")
    if not was and not to_ring:
        raise wrong("“号码”和“预案号码”不能都空着")
    return Row(
        jurisdiction=place, plan=plan_id, unit=names_of(plan_unit)[0], kind=kind or "值班", number=to_ring, was=was,
        note=note,
    )  # fmt: skip


def differing(rows: Iterable[Row], present: Iterable[Row]) -> list[Row]:
    """Return the rows that say something else than is known at present, each once.

    Args:
        present: as :func:`table` gives it. A row that was left out of the edited table changes nothing.
    """
    contents = {_content(row) for row in present}
    wanted: dict[tuple[str, str, str, str], Row] = {}
    for row in rows:
        if _content(row) not in contents:
            wanted[(row.jurisdiction, row.unit, row.was, row.number if not row.was else "")] = row
    return list(wanted.values())


def _content(row: Row) -> tuple[str, ...]:
    note = visible(row.note).strip()
    return row.jurisdiction, row.unit, plain(row.kind).strip(), digits(row.number), digits(row.was), note


def to_vcards(rows: Iterable[Row]) -> str:
    """Return one card for each unit of a place, with all its lines: vCard 3.0, as telephones import it."""
    cards: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.number:
            cards.setdefault((row.jurisdiction, row.unit), []).append(row)
    lines = []
    for (place, unit), mine in cards.items():
        lines += [
            "BEGIN:VCARD",
            "VERSION:3.0",
            f"FN:{_escaped(unit)}",
            f"N:{_escaped(unit)};;;;",
            f"ORG:{_escaped(place)}",
        ]
        for row in {(digits(item.number), item.kind): item for item in mine}.values():
            way = "FAX" if FAX in row.kind else "VOICE"
            lines.append(f"TEL;TYPE=WORK,{way}:{_for_telephone(row.number)}")
        lines.append("END:VCARD")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _for_telephone(number: str) -> str:
    """Return a number as an address book keeps it: with its country, a pause before an extension."""
    telephone = number_of(number)
    extension = f",{telephone.extension}" if telephone is not None and telephone.extension else ""
    return f"{tapped(number, '') or digits(number)}{extension}"


def _escaped(text: str) -> str:
    text = legible(text)
    for sign in "\\,;":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> list[str]:
    """Return a line in pieces of at most 75 bytes, as the format demands; no character is cut."""
    parts, size = [""], 0
    for char in line:
        width = len(char.encode())
        if size + width > 74:
            parts.append(" ")
            size = 1
        parts[-1] += char
        size += width
    return parts
