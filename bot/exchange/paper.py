"""A text as a document on the page of official papers (党政机关公文格式, GB/T 9704-2012), to be completed and printed.

A4 with margins of 37, 35, 28 and 26 mm; the title in 2号小标宋, the body in 3号仿宋, 22 lines of 28 characters; the
number of the page below. Where a machine lacks these fonts its word processor takes its own.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

from plans.cells import legible

TITLE_FONT, BODY_FONT = "方正小标宋简体", "仿宋_GB2312"
TITLE_POINTS, BODY_POINTS, NUMBER_POINTS = 22, 16, 14
LINE_POINTS = 28.95
"""225 mm of text in 22 lines."""

MOST_CHARACTERS = 20_000


def paper(text: str, moment: datetime) -> bytes:
    """Return a text as a .docx file: its first line is the title, the second stands under it, the rest is the body.

    A line of marks (【演练】) before the title and after the body stays where it is.

    Args:
        text: plain, a paragraph a line.
        moment: when the file says it was made; the same text and moment give the same bytes.
    """
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(28)
    _number_pages(section.footer.paragraphs[0])
    lines = legible(text[:MOST_CHARACTERS]).splitlines()
    head = 1 if lines and lines[0].startswith("【") else 0
    for number, line in enumerate(lines):
        paragraph = document.add_paragraph()
        shape = paragraph.paragraph_format
        shape.space_before = shape.space_after = Pt(0)
        shape.line_spacing = Pt(LINE_POINTS)
        run = paragraph.add_run(line)
        if number <= head + 1 or line.startswith("【"):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        else:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
            shape.first_line_indent = Pt(2 * BODY_POINTS)
        title = number == head
        write(run, TITLE_FONT if title else BODY_FONT, TITLE_POINTS if title else BODY_POINTS)
        if title:
            shape.line_spacing, shape.space_after = Pt(1.4 * TITLE_POINTS), Pt(LINE_POINTS / 2)
    return saved(document, moment)


def write(run: object, font: str, points: int) -> None:
    """Set the font of a run, of its Chinese characters too."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run.font.name, run.font.size = font, Pt(points)  # type: ignore[attr-defined]
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)  # type: ignore[attr-defined]  # python-docx names Latin fonts only


def _number_pages(paragraph: object) -> None:
    """Write 「— 1 —」 as the standard has it; the number is a field that the word processor fills."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER  # type: ignore[attr-defined]
    for part in ("— ", None, " —"):
        run = paragraph.add_run(part)  # type: ignore[attr-defined]
        write(run, "宋体", NUMBER_POINTS)
        if part is None:
            for kind in ("begin", "PAGE", "end"):
                element = OxmlElement("w:instrText" if kind == "PAGE" else "w:fldChar")
                if kind == "PAGE":
                    element.text = kind
                else:
                    element.set(qn("w:fldCharType"), kind)
                run._element.append(element)


def saved(document: Any, moment: datetime) -> bytes:
    """Return a document as a file that names nobody; the same content and moment give the same bytes."""
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = properties.title = ""
    properties.created = properties.modified = moment.replace(tzinfo=None)
    raw = io.BytesIO()
    document.save(raw)
    return _same_each_time(raw.getvalue())


def _same_each_time(raw: bytes) -> bytes:
    """Return a zip file with the same parts and no moment of packing."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
