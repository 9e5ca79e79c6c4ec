"""Parts of a .docx file that python-docx has no words for, by WordprocessingML; and the saved file."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any

from bot.exchange.packages import same_each_time
from bot.texts import paper as t

NUMBER_FONT = "宋体"
NUMBER_POINTS, TABLE_POINTS = 14, 10.5
FOOT_POINTS, TABLE_LINE = 20, 16

TO_FILL = re.compile("({}[^】]*{})".format(*map(re.escape, t.TO_FILL)))
"""What is to be completed; it is highlighted."""


def write_lines(paragraph: Any, text: str, font: str, points: float, *, marked: bool = False) -> None:
    """Add runs of one type; a line break stays one."""
    from docx.enum.text import WD_COLOR_INDEX

    for number, line in enumerate(text.split("\n")):
        run = paragraph.add_run()
        if number:
            run.add_break()
        run.add_text(line.replace("\r", ""))
        write(run, font, points)
        if marked:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def write(run: object, font: str, points: float) -> None:
    """Set the font of a run, of its Chinese characters too."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run.font.name, run.font.size = font, Pt(points)  # type: ignore[attr-defined]
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)  # type: ignore[attr-defined]  # python-docx names Latin fonts only


def number_page(paragraph: Any, *, outside: str) -> None:
    """Write 「— 1 —」 one character from an edge; the number is a field that the word processor fills."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    right = outside == "right"
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing = Pt(FOOT_POINTS)
    if right:
        shape.right_indent = Pt(NUMBER_POINTS)
    else:
        shape.left_indent = Pt(NUMBER_POINTS)
    for part in (t.PAGE[0], None, t.PAGE[1]):
        run = paragraph.add_run(part)
        write(run, NUMBER_FONT, NUMBER_POINTS)
        if part is None:
            for kind in ("begin", "PAGE", "end"):
                if kind == "PAGE":
                    field = OxmlElement("w:instrText")
                    field.text = kind
                else:
                    field = element("w:fldChar", fldCharType=kind)
                run._element.append(field)


_BEHIND_SPACES = ("w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc")
"""Properties of a paragraph that stand behind those of spaces between scripts."""


def without_room(paragraph: Any, name: str) -> None:
    """Let no room be added between Chinese characters and digits."""
    paragraph._element.get_or_add_pPr().insert_element_before(element(name, val="0"), *_BEHIND_SPACES)


def element(name: str, **attributes: str) -> Any:
    """Return an element of WordprocessingML with attributes of its own namespace."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def grid(widths: list[int]) -> Any:
    """Return an empty table with lines, of fixed widths in twentieths of a point."""
    table, properties, grid = element("w:tbl"), element("w:tblPr"), element("w:tblGrid")
    properties.append(element("w:tblW", w=str(sum(widths)), type="dxa"))
    properties.append(element("w:jc", val="center"))
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(f"w:{side}", val="single", sz="4", space="0", color="000000"))
    properties.append(borders)
    properties.append(element("w:tblLayout", type="fixed"))
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w="70", type="dxa"))
    properties.append(margins)
    for width in widths:
        grid.append(element("w:gridCol", w=str(width)))
    table.append(properties)
    table.append(grid)
    return table


def row_of(cells: list[str], widths: list[int], font: str, *, head: bool = False) -> Any:
    """Return a row of a table."""
    row, properties = element("w:tr"), element("w:trPr")
    if head or (sum(map(len, cells)) < 400 and sum(cell.count("\n") for cell in cells) < 15):
        properties.append(element("w:cantSplit"))
    if head:
        properties.append(element("w:tblHeader"))
    row.append(properties)
    for number, width in enumerate(widths):
        cell, shape = element("w:tc"), element("w:tcPr")
        shape.append(element("w:tcW", w=str(width), type="dxa"))
        shape.append(element("w:vAlign", val="center"))
        cell.append(shape)
        cell.append(_cell_paragraph(cells[number] if number < len(cells) else "", font, centred=head))
        row.append(cell)
    return row


def _cell_paragraph(text: str, font: str, *, centred: bool) -> Any:
    """Return a cell's paragraph, off the grid of the page."""
    paragraph, properties = element("w:p"), element("w:pPr")
    if centred:  # a head: it goes with the row below it to the next page
        properties.append(element("w:keepNext"))
    for name in ("w:autoSpaceDE", "w:autoSpaceDN", "w:snapToGrid"):
        properties.append(element(name, val="0"))
    properties.append(element("w:spacing", before="40", after="40", line=str(20 * TABLE_LINE), lineRule="exact"))
    properties.append(element("w:jc", val="center" if centred else "left"))
    paragraph.append(properties)
    for piece in TO_FILL.split(text):
        if not piece:
            continue
        run, type_ = element("w:r"), element("w:rPr")
        type_.append(element("w:rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font))
        type_.append(element("w:sz", val=f"{2 * TABLE_POINTS:.0f}"))
        if TO_FILL.fullmatch(piece):
            type_.append(element("w:highlight", val="yellow"))
        run.append(type_)
        for number, line in enumerate(piece.split("\n")):
            if number:
                run.append(element("w:br"))
            content = element("w:t")
            content.text = line.replace("\r", "")
            content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.append(content)
        paragraph.append(run)
    return paragraph


def saved(document: Any, moment: datetime) -> bytes:
    """Return a document as a file that names nobody; the same content and moment give the same bytes."""
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = properties.title = ""
    properties.created = properties.modified = moment.replace(tzinfo=None)
    raw = io.BytesIO()
    document.save(raw)
    return same_each_time(raw.getvalue())
