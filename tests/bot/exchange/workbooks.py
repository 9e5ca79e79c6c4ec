"""Workbooks as tests make them: written by the library, then changed where other programs write otherwise."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl

SHEET = "xl/worksheets/sheet1.xml"


def book(
    *sheets: Sequence[Sequence[Any]], names: Sequence[str] = (), shape: Callable[[Any], None] | None = None
) -> bytes:
    """Return a workbook.

    Args:
        sheets: rows of values each. names: of the sheets. shape: changes the book before it is saved.
    """
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for number, rows in enumerate(sheets):
        sheet = made.create_sheet(names[number] if names else f"Sheet{number + 1}")
        for row in rows:
            sheet.append(list(row))
    if shape is not None:
        shape(made)
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def patched(content: bytes, **changes: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook with parts changed: ``sheet1`` and the like, by the end of their name without ``.xml``."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for item in old.infolist():
            change = changes.get(item.filename.rpartition("/")[2].removesuffix(".xml"))
            part = old.read(item)
            new.writestr(item.filename, change(part) if change is not None else part)
    return packed.getvalue()


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """Return a change of bytes that must be there."""

    def change(part: bytes) -> bytes:
        assert old in part, part[:500]
        return part.replace(old, new)

    return change
