"""Workbooks of several sheets whose cells may be coloured: every cell is text, and what a colour says its words say."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.exchange.packages import same_each_time
from plans.cells import legible

WIDEST = 48
"""Characters of the widest column; what is longer is broken."""


@dataclass(frozen=True, slots=True)
class Shaded:
    """A cell with a background: ``colour`` as six hexadecimal digits."""

    text: str
    colour: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A sheet: its first row and the names in its first columns stay in view."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[str | Shaded]]
    fixed: int = 1


def sheets_workbook(sheets: Sequence[Sheet], moment: datetime) -> bytes:
    """Return an xlsx file that names nobody; no spreadsheet takes a cell for a formula.

    Args:
        moment: when the file says it was made; the same sheets and moment give the same bytes.
    """
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook(write_only=True)
    book.properties.creator, book.properties.created = "", moment.astimezone(UTC).replace(tzinfo=None)
    top, bold = Alignment(vertical="top", wrap_text=True), Font(bold=True)
    fills: dict[str, PatternFill] = {}
    for item in sheets:
        sheet = book.create_sheet(item.name[:31])
        sheet.freeze_panes = f"{get_column_letter(item.fixed + 1)}2"
        for number, width in enumerate(_widths(item), 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        for number, row in enumerate((item.head, *item.rows)):
            cells = []
            for value in row:
                text = value.text if isinstance(value, Shaded) else value
                cell = WriteOnlyCell(sheet, value=legible(text))
                cell.data_type, cell.number_format = "s", "@"
                cell.quotePrefix, cell.alignment = True, top
                if number == 0:
                    cell.font = bold
                if isinstance(value, Shaded):
                    fill = fills.setdefault(value.colour, PatternFill("solid", fgColor=value.colour))
                    cell.fill = fill
                cells.append(cell)
            sheet.append(cells)
    saved = io.BytesIO()
    book.save(saved)
    return same_each_time(saved.getvalue(), moment)


def _widths(item: Sheet) -> list[int]:
    columns = zip(*([item.head, *item.rows[:200]]), strict=False)
    return [
        min(WIDEST, max(8, 2 + max(2 * len(cell.text if isinstance(cell, Shaded) else cell) for cell in column)))
        for column in columns
    ]
