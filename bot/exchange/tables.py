"""Tables out of files that a spreadsheet saves, and into them: cells are text, formulas are never run."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import TypeVar

T = TypeVar("T")

MOST_BYTES = 10_000_000
MOST_UNPACKED = 100_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 40
FORMULA = ("=", "+", "-", "@")


class BadFile(Exception):
    """A file that is no table; the message says what was expected."""


def rows_of(name: str, content: bytes) -> list[list[str]]:
    """Return the rows of a CSV or xlsx file; of a workbook its first sheet.

    Raises:
        BadFile: neither, too large, or spoilt.
    """
    if len(content) > MOST_BYTES:
        raise BadFile("文件太大，应在10 MB以内")
    if name.lower().endswith((".xlsx", ".xlsm")) or content[:4] == b"PK\x03\x04":
        return _workbook(content)
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise BadFile("这是旧格式（.xls），请另存为 .xlsx 或 CSV")
    return _csv(content)


def _csv(content: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):  # as a spreadsheet in China may save it
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise BadFile("读不出文字，请另存为 CSV UTF-8 或 .xlsx")
    try:
        return [row[:MOST_COLUMNS] for row in _limited(csv.reader(io.StringIO(text)))]
    except csv.Error as problem:
        raise BadFile(f"不是CSV表格（{problem}），请另存为 CSV UTF-8 或 .xlsx") from None


def _workbook(content: bytes) -> list[list[str]]:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(item.file_size for item in packed.infolist()) > MOST_UNPACKED:
                raise BadFile("文件解开后太大，请只留要导入的一张表")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
        return [_trimmed([_text(value) for value in row]) for row in _limited(rows)]
    except BadFile:
        raise
    except Exception as problem:  # the library raises whatever a spoilt file makes it stumble over
        raise BadFile(f"打不开这个表格（{type(problem).__name__}），请另存为 .xlsx 或 CSV") from None


def _limited(rows: Iterable[T]) -> Iterator[T]:
    for number, row in enumerate(rows):
        if number >= MOST_ROWS:
            raise BadFile(f"表格超过{MOST_ROWS}行")
        yield row


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def workbook(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return an xlsx file; each cell is text: no spreadsheet takes one for a formula, or cuts a zero."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    from openpyxl.cell import WriteOnlyCell

    for row in (head, *rows):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=value)
            cell.data_type = "s"
            cell.number_format = "@"
            cells.append(cell)
        sheet.append(cells)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()
