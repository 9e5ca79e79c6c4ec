"""What goes out comes in the same, by every export; and no export carries a formula or breaks on a character."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.exchange.calendars import calendar_of, turns_of
from bot.exchange.cards import numbers_of
from bot.exchange.tables import comma_separated, tables_of, workbook
from plans.cells import FORMULA, visible
from plans.directory import Amendment
from plans.directory.exchange import HEAD as DIRECTORY
from plans.directory.exchange import differing, from_cards, from_tables, table, to_cells, to_vcards
from plans.load import load_all
from plans.roster import Turn, read_book
from plans.roster.duty import KINDS
from plans.roster.writing import HEAD, cells_of
from plans.times.workdays import Day

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 29, 10, tzinfo=ZONE)
PLANS = load_all()
PLACES = {plan.jurisdiction.name for plan in PLANS.values()}
AREA = "0356"


class Weekends:
    def day(self, date: date) -> Day:
        return Day(date.weekday() < 5)


NAMES = st.sampled_from(
    ["赵值班", "王伟", "欧阳修文", "阿卜杜拉·买买提", "𠮷野", "甲08", "孙主任", "Li", "李强", "㐱值班"]
)
PHONES = st.sampled_from(
    ["", "", "0356-2250777", "0356-2250777转801", "13800000001", "12345", "400-000-0001", "0356-2250777、13800000002"]
)
MOMENTS = st.integers(0, 60 * 24 * 4).map(lambda quarters: NOW + timedelta(minutes=15 * quarters))
TURNS = st.builds(
    lambda begins, quarters, *who: Turn(begins, begins + timedelta(minutes=15 * quarters), *who),
    MOMENTS, st.integers(1, 4 * 24 * 5), st.sampled_from(KINDS), NAMES, PHONES,
)  # fmt: skip
ROSTERS = st.lists(TURNS, min_size=1, max_size=12, unique_by=lambda turn: turn[:4])


def in_order(turns):
    return sorted(turns, key=lambda turn: (turn.begins, turn.kind, turn.name, turn.ends))


@settings(max_examples=40)
@given(ROSTERS)
def test_a_roster_comes_back_from_a_workbook_a_csv_file_and_a_calendar(turns):
    cells = cells_of(turns)
    for name, content in (("a.xlsx", workbook(HEAD, cells)), ("a.csv", comma_separated(HEAD, cells))):
        found = read_book(tables_of(name, content), NOW, Weekends(), AREA)
        unread = [item for item in found.unread if "没有写主班" not in item]  # a day that is led alone is named
        assert (in_order(found.turns), found.problems, unread) == (in_order(turns), (), [])
    back = turns_of(calendar_of(turns, NOW), NOW, AREA)
    assert (in_order(back.turns), back.problems, back.unread) == (in_order(turns), (), ())


TEXTS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["=1+1", "+86", "-1", "@SUM(1)", "\t=1", "\r=1", "'", "'=1", "''x", "\x00", "\x01赵",
     "_x000D_", "a\nb", '"', ",", "￾", "\ufffe", "\x0b", "赵\x1f"]
)  # fmt: skip


@settings(max_examples=30)
@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), max_size=4))
def test_no_cell_is_a_formula_and_every_character_can_be_written(rows):
    head = ["甲", "乙", "丙"]
    text = comma_separated(head, rows).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not any(cell.startswith(FORMULA) for cell in row)
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(head, rows))).worksheets[0]
    for line in sheet.iter_rows():
        assert all(cell.data_type == "s" or cell.value is None for cell in line)
        assert all(cell.quotePrefix for cell in line if cell.value is not None), "stays text when it is edited"
    wanted = [cells for cells in ([visible(cell).strip() for cell in row] for row in rows) if any(cells)]
    for name, content in (("a.csv", text.encode()), ("a.xlsx", workbook(head, rows))):
        [found] = tables_of(name, content)
        assert [[*cells, "", "", ""][:3] for _, cells in found.rows[1:]] == wanted, name


NUMBERS = st.sampled_from(["0356-2000001", "0356-2000002转801", "13800000001", "12345", "400-000-0001", "0351-4045001"])
KIND = st.sampled_from(["值班", "传真", "夜间值班", "应急", "=1", "传真（机要）"])
FEW = {name: PLANS[name] for name in ("jincheng-chengqu-campus", "jincheng-energy", "jincheng-water-rescue")}
UNITS = [(plan, unit) for plan in FEW.values() for unit in plan.units if unit.lines][:40]


@st.composite
def edits(draw):
    found: dict[str, list[Amendment]] = {}
    for plan, unit in draw(st.lists(st.sampled_from(UNITS), max_size=4, unique_by=lambda item: item[1].id)):
        was = draw(st.sampled_from(["", unit.lines[0].number]))
        number = draw(NUMBERS if not was else st.just("") | NUMBERS)
        if was and len(was) == 7:
            was = f"{plan.jurisdiction.area_code}-{was}"
        found.setdefault(plan.jurisdiction.name, []).append(
            Amendment(
                unit=unit.name or unit.id,
                was=was,
                number=number,
                kind=draw(KIND),
                note=draw(TEXTS),
                at=NOW,
            )
        )
    return found


@settings(max_examples=8)
@given(edits())
def test_the_directory_comes_back_from_a_workbook_a_csv_file_and_cards(known):
    rows = table(FEW.values(), known)
    cells = to_cells(rows)
    for name, content in (("a.xlsx", workbook(DIRECTORY, cells)), ("a.csv", comma_separated(DIRECTORY, cells))):
        back, unread = from_tables(tables_of(name, content), FEW)
        assert (differing(back, rows), unread) == ([], []), name
    for place in known or {"晋城市": []}:
        plans = [plan for plan in FEW.values() if plan.jurisdiction.name == place]
        mine = [row for row in rows if row.jurisdiction == place]
        assert from_cards(numbers_of(to_vcards(mine).encode()), plans, mine) == ([], [])


def test_every_number_of_the_directory_is_on_a_card():
    rows = table(PLANS.values(), {})
    cards = numbers_of(to_vcards(rows).encode())
    for place in PLACES:
        plans = [plan for plan in PLANS.values() if plan.jurisdiction.name == place]
        mine = [row for row in rows if row.jurisdiction == place]
        if not mine:
            continue
        added, _ = from_cards(numbers_of(to_vcards(mine).encode()), plans, [])
        assert {row.number for row in added} == {row.number for row in mine}
    assert len(cards) > 150
