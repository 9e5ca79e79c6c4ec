"""The book is whole however much stands in it: a day of a thousand entries, and a year of days."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta

import pytest
from docx import Document
from openpyxl import load_workbook

from bot.clock import SHANGHAI
from bot.office.log_book import DayPage, LogBook
from bot.office.log_files import to_paper, to_workbook
from plans.desk.entry_state import Entry
from tests.factories import CAMPUS

FIRST = date(2026, 1, 1)


def book(days: int, each: int) -> LogBook:
    pages = []
    for number in range(days):
        day = FIRST + timedelta(days=number)
        at = datetime(day.year, day.month, day.day, 8, tzinfo=SHANGHAI)
        entries = [
            Entry(
                stream=f"entry:{number}-{item}", number=number * each + item + 1, text=f"第{number}-{item}条",
                said_at=at, by_name="李值班", state="noted",
            )
            for item in range(each)
        ]  # fmt: skip
        pages.append(DayPage(day=day, entries=tuple(entries)))
    last = FIRST + timedelta(days=days - 1)
    return LogBook(place="晋城市城区", plans=(CAMPUS,), first=FIRST, last=last, days=tuple(pages), as_of=at)


@pytest.mark.parametrize(("days", "each"), [(1, 1100), (366, 1)])
def test_every_entry_stands_in_both_files(days: int, each: int):
    made = book(days, each)
    tables = Document(io.BytesIO(to_paper(made))).tables
    paper = {row.cells[2].text for table in tables if len(table.columns) == 5 for row in list(table.rows)[1:]}
    rows = load_workbook(io.BytesIO(to_workbook(made)))["记录"].iter_rows(min_row=2, min_col=8, max_col=8)
    texts = {entry.text for entry in made.entries}
    assert len(texts) == days * each and paper == texts == {str(row[0].value) for row in rows}
