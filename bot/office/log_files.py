"""A day or a month of the duty log as files: a paper (docx) in the form of the paper book, and a workbook (xlsx)."""

from __future__ import annotations

from collections.abc import Iterable

from bot.exchange.paper import laid_out
from bot.exchange.sheets import Sheet, sheets_workbook
from bot.office.log_book import MOST_IN_A_FILE, DayPage, LogBook
from bot.render.log_book import Day, day_rows, entry_rows, paper, seat_line
from bot.render.spot_checks import line as check_line
from bot.texts import log as t
from plans.desk.entry_state import Entry


def to_paper(book: LogBook) -> bytes:
    """Return the book as .docx; the same book gives the same bytes."""
    return laid_out(paper(book.place, _days(book), cut=MOST_IN_A_FILE if book.cut else 0), book.as_of)


def to_workbook(book: LogBook) -> bytes:
    """Return the book as .xlsx: the heads of the days, and every entry; the same book gives the same bytes."""
    rows = entry_rows([entry for page in book.days for entry in page.happened])
    if book.cut:
        rows.append([t.BOOK_CUT.format(count=MOST_IN_A_FILE)])
    sheets = [
        Sheet(name=t.SHEET_ENTRIES, head=t.SHEET_HEAD, rows=rows, fixed=3),
        Sheet(name=t.SHEET_DAYS, head=t.SHEET_DAYS_HEAD, rows=day_rows(_days(book))),
    ]
    return sheets_workbook(sheets, book.as_of)


def file_name(book: LogBook, kind: str) -> str:
    """Return what a file is called; ``kind``: docx or xlsx."""
    first, last = book.first, book.last
    if first == last:
        name = t.FILE_DAY.format(day=t.FILE_DAY_NAME.format(year=first.year, month=first.month, day=first.day))
    elif (first.year, first.month) == (last.year, last.month):
        name = t.FILE_MONTH.format(month=t.FILE_MONTH_NAME.format(year=first.year, month=first.month))
    else:
        name = t.FILE_MONTH.format(month=f"{first.isoformat()}_{last.isoformat()}")
    return f"{name}.{kind}"


def _days(book: LogBook) -> list[tuple[Day, Iterable[Entry]]]:
    return [
        ((page.day, page.weather, page.officers, page.leaders, hand_overs(page), checks(page)), page.happened)
        for page in book.days
    ]  # fmt: skip


def hand_overs(page: DayPage) -> tuple[str, ...]:
    """Return who took the seat on a day and what was signed, a line each, then what was written of it."""
    return (*(seat_line(item.at, item.name, item.before, item.handover) for item in page.seats), *page.notes)


def checks(page: DayPage) -> tuple[str, ...]:
    """Return the spot checks of a day, a line each."""
    return tuple(check_line(item.check, item.at, item.by) for item in page.checks)
