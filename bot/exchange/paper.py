"""A paper on the page of official papers (党政机关公文格式, GB/T 9704-2012) as .docx, to be completed and printed.

A4 with margins of 37, 35, 28 and 26 mm; the title in 2号小标宋, the body in 3号仿宋, 22 lines of 28 characters;
headings in 黑体 and 楷体; the number of the page below, outside. Where a machine lacks these fonts its word processor
takes its own.
What is to be completed (【待补：…】) is highlighted.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from bot.exchange.title import title_lines
from bot.exchange.wordml import (
    FOOT_POINTS,
    NUMBER_POINTS,
    TABLE_POINTS,
    TO_FILL,
    element,
    grid,
    number_page,
    row_of,
    saved,
    without_room,
    write_lines,
)
from bot.paper import Attachment, Block, Heading, Paper, Paragraph, Picture, Table
from bot.texts import paper as t
from plans.cells import legible
from plans.directory.numbers import masked_mobiles

TITLE_FONT, BODY_FONT, HEADING_FONT, SECOND_FONT = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
TITLE_POINTS, BODY_POINTS = 22, 16
LINE_POINTS = 28.95
"""225 mm of text in 22 lines."""

CLOSER = -5
"""Twentieths of a point by which characters stand closer, so that 28 of 3号 find room in 156 mm. A character grid says
the same, but word processors disagree about one that is narrower than its type."""

TEXT_MILLIMETRES = (156, 225)
PICTURE_MILLIMETRES = (130, 185)
"""So wide and tall is a picture at most: under it is room for its caption, over it for a heading."""

LINE_CHARACTERS = 28
TITLE_CHARACTERS = 20
"""Characters of 2号 in a line."""

MOST_CHARACTERS = 4_000
"""Of one paragraph or cell."""

MOST_ROWS = 600
MOST_BLOCKS = 2000
"""A year of pages of a book has four a day."""


def laid_out(paper: Paper, moment: datetime) -> bytes:
    """Return a paper as a .docx file.

    Args:
        moment: when the file says it was made; the same paper and moment give the same bytes.
    """
    from docx import Document

    document = Document()
    _Page(document, paper).write()
    return saved(document, moment)


class _Page:
    """Writes one paper into an empty document."""

    def __init__(self, document: Any, paper: Paper) -> None:
        self._document, self._paper = document, paper
        self._counts = [0, 0, 0, 0]

    def write(self) -> None:
        """Write all of it, from the top."""
        paper = self._paper
        self._settle()
        self._frame()
        for _ in range(3 if paper.blank_head else 0):
            self._line("")
        if paper.mark:
            self._line(paper.mark, HEADING_FONT, centred=True)
        self._title(paper.title)
        if paper.to:
            self._line(t.TO.format(names=t.TO_BETWEEN.join(paper.to)))
        self._blocks(paper.blocks)
        self._list_enclosed(paper.attachments)
        self._sign()
        if paper.note:
            self._line(t.NOTE.format(note=paper.note), first=2)
        for number, item in enumerate(paper.attachments, 1):
            self._enclose(item, number)

    def _settle(self) -> None:
        """Set page, grid, language and the type of what nothing else is said of."""
        from docx.oxml.ns import qn
        from docx.shared import Mm, Pt

        document, section = self._document, self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.header_distance, section.footer_distance = Mm(20), Mm(17 if self._paper.mark else 25)
        style = document.styles["Normal"]
        style.font.name, style.font.size = BODY_FONT, Pt(BODY_POINTS)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), BODY_FONT)
        style.element.rPr.insert_element_before(element("w:spacing", val=str(CLOSER)), "w:sz")
        style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(0), 1.0
        defaults = document.styles.element.find(".//" + qn("w:rPrDefault") + "/" + qn("w:rPr"))
        for name in ("w:rFonts", "w:lang"):
            for old in defaults.findall(qn(name)):
                defaults.remove(old)
        defaults.append(element("w:lang", val="en-US", eastAsia="zh-CN"))
        document.settings.odd_and_even_pages_header_footer = True

    def _frame(self) -> None:
        """Write the numbers of the pages, right on odd and left on even ones, and the mark above and below."""
        section = self._document.sections[0]
        for odd, header, footer in (
            (True, section.header, section.footer),
            (False, section.even_page_header, section.even_page_footer),
        ):
            number_page(footer.paragraphs[0], outside="right" if odd else "left")
            if self._paper.mark:
                for paragraph in (header.paragraphs[0], footer.add_paragraph()):
                    self._fill(
                        paragraph, self._paper.mark, HEADING_FONT, NUMBER_POINTS, centred=True, spacing=FOOT_POINTS
                    )

    def _title(self, pieces: tuple[str, ...]) -> None:
        from docx.shared import Pt

        lines = title_lines(tuple(_bounded(piece) for piece in pieces), TITLE_CHARACTERS)
        paragraph = self._document.add_paragraph()
        self._fill(paragraph, "\n".join(lines), TITLE_FONT, TITLE_POINTS, centred=True, spacing=1.5 * TITLE_POINTS)
        paragraph.paragraph_format.space_after = Pt(LINE_POINTS)

    def _blocks(self, blocks: tuple[Block, ...]) -> None:
        self._counts = [0, 0, 0, 0]
        before: Block | None = None
        for block in blocks[:MOST_BLOCKS]:
            match block:
                case Heading():
                    self._heading(block)
                case Paragraph():
                    self._line(block.text, first=2 if block.indented else 0)
                case Table():
                    if isinstance(before, Table):
                        self._line("", points=6, spacing=6)
                    self._table(block)
                case Picture():
                    self._picture(block)
            before = block
        if isinstance(before, Table):
            self._line("", points=6, spacing=6)
        if len(blocks) > MOST_BLOCKS:
            self._line(t.BLOCKS_CUT.format(count=len(blocks) - MOST_BLOCKS), first=2)

    def _heading(self, heading: Heading) -> None:
        level = min(max(heading.level, 1), len(self._counts))
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (len(self._counts) - level)
        count = self._counts[level - 1]
        ordinal = t.HEADINGS[level - 1].format(ordinal=numeral(count) if level <= 2 else count)
        font = (HEADING_FONT, SECOND_FONT, BODY_FONT, BODY_FONT)[level - 1]
        paragraph = self._line(ordinal + heading.text, font, first=2)
        paragraph.paragraph_format.keep_with_next = True

    def _line(
        self, text: str, font: str = BODY_FONT, points: float = BODY_POINTS, *, first: float = 0, hanging: float = 0,
        centred: bool = False, spacing: float = LINE_POINTS,
    ) -> Any:  # fmt: skip
        """Add a paragraph; indents are in characters.

        Args:
            first: of its first line. hanging: of the lines after it.
        """
        paragraph = self._document.add_paragraph()
        self._fill(paragraph, text, font, points, first=first, hanging=hanging, centred=centred, spacing=spacing)
        return paragraph

    def _fill(
        self, paragraph: Any, text: str, font: str, points: float, *, first: float = 0, hanging: float = 0,
        centred: bool = False, spacing: float = LINE_POINTS,
    ) -> None:  # fmt: skip
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        shape = paragraph.paragraph_format
        shape.space_before = shape.space_after = Pt(0)
        shape.line_spacing = Pt(spacing)
        shape.widow_control = False
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.JUSTIFY
        if hanging:
            shape.left_indent = Pt(hanging * points)
        if first or hanging:
            shape.first_line_indent = Pt((first - hanging) * points)
        for piece in TO_FILL.split(_bounded(text)):
            if piece:
                write_lines(paragraph, piece, font, points, marked=TO_FILL.fullmatch(piece) is not None)

    def _table(self, table: Table) -> None:
        """Add a table; its head is repeated on every page, and no row is torn apart that fits on one."""
        from docx.shared import Mm

        width = int(Mm(TEXT_MILLIMETRES[0]).twips)
        widths = [width * share // sum(table.shares) for share in table.shares]
        rows = table.rows[:MOST_ROWS]
        lines = grid(widths)
        lines.append(row_of([_bounded(cell) for cell in table.head], widths, HEADING_FONT, head=True))
        for cells in rows:
            lines.append(row_of([_bounded(cell) for cell in cells], widths, BODY_FONT))
        self._document.element.body.insert_element_before(lines, "w:sectPr")
        if len(table.rows) > len(rows):
            self._line(t.ROWS_CUT.format(count=len(table.rows) - len(rows)), first=2)

    def _picture(self, picture: Picture) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm

        paragraph = self._document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(io.BytesIO(picture.png))
        scale = min(Mm(PICTURE_MILLIMETRES[0]) / shape.width, Mm(PICTURE_MILLIMETRES[1]) / shape.height)
        shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
        shape._inline.docPr.set("descr", " ".join(_bounded(picture.words).split()))
        self._line(t.PICTURE.format(caption=picture.caption), points=TABLE_POINTS, centred=True, spacing=20)

    def _list_enclosed(self, attachments: tuple[Attachment, ...]) -> None:
        """Write 附件说明: one line under the text, each attachment with its number where there are several."""
        if not attachments:
            return
        self._line("")
        several = len(attachments) > 1
        for number, item in enumerate(attachments, 1):
            name = (t.ENCLOSED_NUMBERED if several else t.ENCLOSED_ONE).format(ordinal=number, title=item.title)
            head = len(t.ENCLOSED) + 2
            if number == 1:
                self._line(t.ENCLOSED + name, first=2, hanging=head + (1 if several else 0))
            else:
                self._line(name, first=head, hanging=head + 1)

    def _sign(self) -> None:
        """Write unit and date: the date begins two characters right of the unit, and both stay off the edge by two."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        paper = self._paper
        if not paper.signed_by and paper.dated is None:
            return
        self._keep_the_end(2 + len(paper.attachments) if paper.attachments else 1)
        self._line("").paragraph_format.keep_with_next = True
        day = paper.dated
        date = t.DATE.format(year=day.year, month=day.month, day=day.day) if day is not None else ""
        unit, dates = width_of(paper.signed_by), width_of(date)
        begin = min(LINE_CHARACTERS - 2 - unit, LINE_CHARACTERS - 2 - dates - 2)
        for text, first in ((paper.signed_by, begin), (date, begin + 2)):
            if text:
                line = self._line(text, first=max(first, 2.0))
                line.alignment = WD_ALIGN_PARAGRAPH.LEFT
                line.paragraph_format.right_indent = Pt(-2 * BODY_POINTS)  # wider digits than ours break no line
                line.paragraph_format.keep_with_next = bool(paper.note) if text == date else bool(date)
                without_room(line, "w:autoSpaceDN")

    def _keep_the_end(self, lines: int) -> None:
        """Keep unit and date from standing on a page without any of the text."""
        for paragraph in self._document.paragraphs[-lines:]:
            paragraph.paragraph_format.keep_with_next = True

    def _enclose(self, item: Attachment, number: int) -> None:
        """Write an attachment: 附件 and its number in the corner of a new page, its title in the third line."""
        several = len(self._paper.attachments) > 1
        head = (t.ENCLOSED_HEAD_NUMBERED if several else t.ENCLOSED_HEAD).format(ordinal=number)
        self._line(head, HEADING_FONT).paragraph_format.page_break_before = True
        self._line("")
        self._title((item.title,))
        self._blocks(item.blocks)


def numeral(count: int) -> str:
    """Return a number from 1 to 999 in Chinese numerals."""
    hundreds, rest = divmod(count, 100)
    if hundreds:
        head = t.NUMERALS[hundreds - 1] + t.HUNDRED
        return head + ("" if not rest else t.NAUGHT * (rest < 10) + t.NUMERALS[0] * (9 < rest < 20) + numeral(rest))
    tens, ones = divmod(count, 10)
    head = "" if not tens else ("" if tens == 1 else t.NUMERALS[tens - 1]) + t.NUMERALS[9]
    return head + (t.NUMERALS[ones - 1] if ones else "")


def width_of(text: str) -> float:
    """Return how wide text is, in characters of its size: Latin letters and digits take half of one."""
    return sum(0.5 if ord(char) < 0x2000 else 1.0 for char in text)


def _bounded(text: str) -> str:
    """Return text that a file can hold and without anybody's mobile number; what is cut off says so."""
    held = masked_mobiles(legible(text[: 2 * MOST_CHARACTERS]))
    return held if len(held) <= MOST_CHARACTERS else held[:MOST_CHARACTERS] + t.CUT
