"""The package of a workbook (xlsx): bounds on its size, and a copy with nothing in it but cells.

A package that is written is the same bytes each time.

A workbook is a zip file. Before a library reads it, its size is bounded, blank rows that a spreadsheet keeps down to
row 1048576 are cut out, and pictures, rules of validation and the like, over which readers stumble, are left out.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

MOST_UNPACKED = 180_000_000
"""Bytes that the parts with cells may have before blank rows are cut out; a bomb has more."""

MOST_KEPT = 30_000_000
MOST_PARTS = 2_000
MOST_CELLS = 200_000
LAST_ROW = 1_048_576
PIECE = 4_000_000

_WANTED = re.compile(
    r"(?:\[Content_Types\]\.xml|_rels/\.rels|xl/(?:_rels/)?workbook\.xml(?:\.rels)?|xl/styles\.xml|xl/sharedStrings\.xml|xl/worksheets/[^/]+\.xml)\Z",
    re.I,
)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml\Z", re.I)
_BLANK = re.compile(rb"<row\b[^<>]*(?:/>|>(?:\s*<c\b[^<>]*(?:/>|>\s*</c>))*\s*</row>)")
_MERGED = re.compile(rb"<mergeCells\b[^<>]*>(?:\s*<mergeCell\b[^<>]*>(?:\s*</mergeCell>)?)*\s*</mergeCells>")
_FILLED = (b"<v", b"<is", b"<f", b"</sheetData", b"<x:", b"<t")
"""In rows without any of these nothing stands."""
_CELL = re.compile(rb"<(?:\w+:)?c[ >]")
_DATES = re.compile(rb'numFmtId="(?:2[7-9]|3[0-6]|5[0-8])"')
"""Formats of Chinese dates and times, whose numbers the standard leaves to the language: readers take them for none."""
_PROPERTIES = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified\b[^>]*>)[^<]*")
_SPARE = re.compile(rb"<(definedNames|pivotCaches|externalReferences)\b.*?</\1>", re.S)


class TooLarge(Exception):
    """A package that would cost too much."""


def slim(content: bytes) -> bytes:
    """Return a workbook's package with its cells alone.

    Raises:
        TooLarge: it is no workbook of an office.
        zipfile.BadZipFile, and what else zip files raise: it is spoilt.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as new:
        parts = [item for item in old.infolist() if _WANTED.match(item.filename)]
        if len(old.infolist()) > MOST_PARTS or sum(item.file_size for item in parts) > MOST_UNPACKED:
            raise TooLarge
        room, cells = MOST_KEPT, 0
        for item in parts:
            kept = bytearray()
            for piece in _pieces(old, item):
                kept += piece
                if len(kept) > room:
                    raise TooLarge
            room -= len(kept)
            text = _transitional(bytes(kept))
            if _SHEET.match(item.filename):
                text = _cells_alone(text)
                cells += len(_CELL.findall(text))
            elif item.filename.lower() == "xl/styles.xml":
                text = _DATES.sub(b'numFmtId="14"', text)
            elif item.filename.lower() == "xl/workbook.xml":
                text = _SPARE.sub(b"", text)
            if cells > MOST_CELLS or b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise TooLarge
            new.writestr(item.filename, text)
    return packed.getvalue()


def _transitional(part: bytes) -> bytes:
    """Return a part of a workbook that was saved as Strict Open XML under the names that readers know."""
    if b"http://purl.oclc.org/ooxml/" not in part:
        return part
    prefix = b"http://schemas.openxmlformats.org/"
    part = part.replace(b"http://purl.oclc.org/ooxml/spreadsheetml/main", prefix + b"spreadsheetml/2006/main")
    return part.replace(b"http://purl.oclc.org/ooxml/officeDocument/", prefix + b"officeDocument/2006/")


def _cells_alone(sheet: bytes) -> bytes:
    """Return a sheet without what stands behind its cells, but for which of them are merged."""
    end = sheet.find(b"</sheetData>")
    if end < 0:  # none at all, or under another prefix
        return sheet
    end += len(b"</sheetData>")
    merged = _MERGED.search(sheet, end)
    return sheet[:end] + (merged[0] if merged else b"") + b"</worksheet>"


def _pieces(package: zipfile.ZipFile, item: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a part piece by piece, each without the blank rows in it; a row stands in one piece."""
    rest, rows = b"", 0
    sheet = _SHEET.match(item.filename) is not None
    with package.open(item) as part:
        while piece := part.read(PIECE):
            rows += piece.count(b"<row")
            if rows > LAST_ROW:
                raise TooLarge
            piece = rest + piece
            end = max(piece.rfind(b"<row "), piece.rfind(b"<row>")) if sheet else -1
            # A row without end would be looked at again with each piece.
            end = len(piece) if end < 0 or len(piece) - end > PIECE else end
            if not (sheet and piece.startswith(b"<row") and not any(piece.find(sign, 0, end) >= 0 for sign in _FILLED)):
                yield _BLANK.sub(b"", piece[:end]) if sheet else piece
            rest = piece[end:]
    if rest:
        yield _BLANK.sub(b"", rest)


def same_each_time(raw: bytes, moment: datetime | None = None) -> bytes:
    """Return a package with the same parts and no moment of packing.

    Args:
        moment: when it says it was changed last; None = as it says.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            part = old.read(name)
            if name == _PROPERTIES and moment is not None:
                part = _MODIFIED.sub(rb"\g<1>" + f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}".encode(), part)
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
