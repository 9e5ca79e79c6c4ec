"""QR codes of invitations: one to scan from a screen, and a sheet of them to print and hand out."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from bot.exchange.wordml import saved, write
from plans.cells import legible


def qr(text: str) -> bytes:
    """Return a QR code as a PNG picture, large enough to be scanned from a screen."""
    import segno

    picture = io.BytesIO()
    segno.make(text, error="m").save(picture, kind="png", scale=10, border=4)
    return picture.getvalue()


def sheet(title: str, lines: Sequence[tuple[str, str, str]], moment: datetime) -> bytes:
    """Return a .docx with a QR code for each line.

    Args:
        lines: what stands beside the code (a unit), a remark below it, and the link.
        moment: when the file says it was made.
    """
    from docx import Document
    from docx.shared import Mm

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.left_margin = section.right_margin = Mm(20)
    write(document.add_paragraph().add_run(legible(title)), "方正小标宋简体", 18)
    table = document.add_table(rows=len(lines), cols=2)
    for row, (unit, remark, link) in zip(table.rows, [map(legible, line) for line in lines], strict=True):
        row.cells[0].width, row.cells[1].width = Mm(45), Mm(125)
        row.cells[0].paragraphs[0].add_run().add_picture(io.BytesIO(qr(link)), width=Mm(38))
        write(row.cells[1].paragraphs[0].add_run(unit), "仿宋_GB2312", 16)
        write(row.cells[1].add_paragraph().add_run(remark), "仿宋_GB2312", 12)
        write(row.cells[1].add_paragraph().add_run(link), "宋体", 9)
    return saved(document, moment)
