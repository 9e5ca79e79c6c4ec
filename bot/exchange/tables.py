"""Tables out of files that a spreadsheet saves, and into them: cells are text, formulas are never run.

A workbook is read sheet by sheet; what is hidden in it is not read, and named.
"""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from bot.exchange.kinds import another_kind
from bot.exchange.packages import TooLarge, slim
from bot.exchange.stumbling import stumbled
from plans.cells import Fault, Figure, Table, legible, safe, unsafe, visible

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_BYTES = 10_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 40
MOST_SHEETS = 60
MOST_CHARACTERS = 1_000
"""Of a cell no more is read."""

_NAMED = 12
"""Rows that are named one by one."""


class BadFile(Exception):
    """A file that is no table; the message says what was expected."""


def tables_of(name: str, content: bytes) -> list[Table]:
    """Return the tables of a CSV or xlsx file: of a workbook each sheet that is shown, in order.

    Raises:
        BadFile: neither, too large, or spoilt.
    """
    if len(content) > MOST_BYTES:
        raise BadFile("文件太大，应在10 MB以内")
    if not content.strip():
        raise BadFile("文件是空的")
    other = another_kind(content)
    if other:
        raise BadFile(other)
    if name.lower().endswith((".xlsx", ".xlsm")) or content[:2] == b"PK":
        return _workbook(content)
    return [_csv(content)]


def _csv(content: bytes) -> Table:
    text = decoded(content, "读不出文字，请另存为 CSV UTF-8 或 .xlsx")
    first = next((line for line in text.splitlines() if line.strip()), "")
    sign = next((sign for sign in ",\t;，" if sign in first), ",")
    read = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in read:
            rows.append((line, [_seen(unsafe(cell)) for cell in cells]))
            line = read.line_num + 1
            if line > MOST_ROWS + 1:
                raise BadFile(f"表格超过{MOST_ROWS}行")
    except csv.Error:
        raise BadFile(f"表格第{line}行读不了：引号没有成对，或格子太长；请改好，或另存为 .xlsx") from None
    return Table(rows=tuple(_filled(_figures(rows))))


def decoded(content: bytes, refusal: str) -> str:
    """Return a text in one of the encodings that files in China have.

    Raises:
        BadFile: with the refusal, in none of them.
    """
    marked = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if marked else (charset_of(content),):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadFile(refusal)


def charset_of(content: bytes) -> str:
    """Return the encoding of a Chinese text: UTF-8, with or without a mark, else what spreadsheets in China write.

    A few characters of the latter may be UTF-8 too, of Hebrew or Arabic letters: 转 is one. Chinese is beyond those.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "gb18030"
    beyond = [char for char in text if not char.isascii()]
    if beyond and max(beyond) < "\u0800" and not content.startswith(b"\xef\xbb\xbf"):
        try:
            content.decode("gb18030")
        except UnicodeDecodeError:
            return "utf-8-sig"
        return "gb18030"
    return "utf-8-sig"


def _figures(rows: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Return rows in which the decimals of a column are figures, unless the column shows that no zero is cut in it."""
    cut, kept = set(), set()
    for _, cells in rows:
        for place, cell in enumerate(cells):
            whole, point, part = cell.partition(".")
            if point and whole.isdigit() and part.isdigit() and len(part) < 3 and len(whole) < 3:
                cut.add(place)
                if part.endswith("0") or part.startswith("0") or whole.startswith("0"):
                    kept.add(place)
    for _, cells in rows:
        for place in cut - kept:
            if place < len(cells) and cells[place].replace(".", "", 1).isdigit() and "." in cells[place]:
                cells[place] = Figure(cells[place])
    return rows


def _workbook(content: bytes) -> list[Table]:
    import openpyxl

    try:
        slimmed = slim(content)
        with warnings.catch_warnings(action="ignore"):  # what the library does not support is not what is read
            book = openpyxl.load_workbook(io.BytesIO(slimmed), data_only=True, keep_links=False)
            formulas = any(sign in slimmed for sign in (b"<f>", b"<f ", b"<f/"))  # and neither <font> nor <fill>
            written = openpyxl.load_workbook(io.BytesIO(slimmed), keep_links=False) if formulas else None
        if len(book.worksheets) > MOST_SHEETS:
            raise BadFile(f"工作表超过{MOST_SHEETS}张，请只留要导入的")
        tables = [_sheet(sheet, written[sheet.title] if written is not None else None) for sheet in book.worksheets]
    except BadFile:
        raise
    except TooLarge:
        raise BadFile("文件解开后太大，请只留要导入的一张表，删去下面的空行") from None
    except (zipfile.BadZipFile, EOFError):
        raise BadFile("表格文件坏了或没有传完，请重新保存一份 .xlsx 再试") from None
    except Exception as problem:  # the library raises whatever a spoilt file makes it stumble over
        stumbled("xlsx", problem)
        raise BadFile("打不开这个表格，请用表格软件打开，另存为 .xlsx 或 CSV") from None
    if not tables:
        raise BadFile("表格里没有工作表")
    return tables


def _sheet(sheet: Worksheet, written: Any) -> Table:
    if sheet.sheet_state != "visible":
        filled = any(cell.value is not None for cell in sheet._cells.values())
        note = f"工作表“{sheet.title}”是隐藏的，没有读；要导入请先取消隐藏"
        return Table(rows=(), name=sheet.title, unread=(note,) if filled else ())
    rows: dict[int, list[str]] = {}
    beyond = set()
    for (number, place), cell in sheet._cells.items():
        formula = written._cells.get((number, place)) if written is not None else None
        text = _text(cell.value, cell.data_type, formula is not None and formula.data_type == "f")
        if not text:
            continue
        if place > MOST_COLUMNS:
            beyond.add(place)
            continue
        cells = rows.setdefault(number, [])
        cells += [""] * (place - len(cells))
        cells[place - 1] = text
    if len(rows) > MOST_ROWS:
        raise BadFile(f"工作表“{sheet.title}”超过{MOST_ROWS}行")
    unread = _hide(sheet, rows)
    if beyond:
        unread.append(f"第{MOST_COLUMNS}列以后没有读")
    _merge(sheet, rows)
    return Table(rows=tuple(_filled(sorted(rows.items()))), name=sheet.title, unread=tuple(unread))


def _hide(sheet: Worksheet, rows: dict[int, list[str]]) -> list[str]:
    """Take away what is hidden, and return what that was."""
    from openpyxl.utils import get_column_letter

    unread = []
    hidden = sorted(number for number in rows if _no_height(sheet.row_dimensions.get(number)))
    for number in hidden:
        del rows[number]
    if hidden:
        more = f"等{len(hidden)}行" if len(hidden) > _NAMED else "行"
        unread.append(f"隐藏的第{'、'.join(map(str, hidden[:_NAMED]))}{more}没有读；要导入请先取消隐藏或筛选")
    for dimension in list(sheet.column_dimensions.values()):
        if not (dimension.hidden or dimension.width == 0):
            continue
        for place in range(dimension.min or 0, min(dimension.max or 0, MOST_COLUMNS) + 1):
            texts = [cells[place - 1] for cells in rows.values() if 0 < place <= len(cells) and cells[place - 1]]
            for cells in rows.values():
                if 0 < place <= len(cells):
                    cells[place - 1] = ""
            if texts:
                unread.append(f"隐藏的{get_column_letter(place)}列（{texts[0][:12]}）没有读；要导入请先取消隐藏")
    return unread


def _no_height(dimension: Any) -> bool:
    return dimension is not None and bool(dimension.hidden or dimension.ht == 0)


def _merge(sheet: Worksheet, rows: dict[int, list[str]]) -> None:
    """Write what stands in merged cells into each of them that has a row."""
    for area in sheet.merged_cells.ranges:
        first = rows.get(area.min_row, [])
        text = first[area.min_col - 1] if area.min_col <= len(first) else ""
        if not text:
            continue
        for number in [number for number in rows if area.min_row <= number <= area.max_row]:
            cells, last = rows[number], min(area.max_col, MOST_COLUMNS)
            cells += [""] * (last - len(cells))
            cells[area.min_col - 1 : last] = [text] * (last - area.min_col + 1)


def _filled(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in rows:
        row = cells[:MOST_COLUMNS]
        while row and not row[-1]:
            row.pop()
        if row:
            yield number, row


def _seen(text: str) -> str:
    return visible(text[:MOST_CHARACTERS]).strip()


def _text(value: object, kind: str, formula: bool) -> str:
    if value is None:
        return Fault("公式没有算出结果，请用表格软件打开并保存一次") if formula else ""
    if kind == "e" or isinstance(value, bool):
        return Fault(f"是{str(value)[:10]}，不是文字")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, int | float):
        return Figure(int(value) if float(value).is_integer() else repr(value))
    return _seen(str(value))


def workbook(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return an xlsx file; each cell is text: no spreadsheet takes one for a formula, or cuts a zero."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    for row in (head, *rows):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=legible(value))
            cell.data_type = "s"
            cell.number_format = "@"
            cell.quotePrefix = True  # stays text when it is edited
            cells.append(cell)
        sheet.append(cells)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def comma_separated(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return a CSV file as spreadsheets in China open it; a cell that one would take for a formula is none there."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([[safe(legible(cell)) for cell in row] for row in rows])
    return ("\ufeff" + out.getvalue()).encode()
