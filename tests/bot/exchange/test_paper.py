"""A text on the page of official papers: measured, complete, the same bytes each time."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from docx import Document
from docx.shared import Mm

from bot.exchange.paper import paper

AT = datetime(2026, 3, 1, 19, 12, tzinfo=UTC)
LINES = ["某区校园安全事故信息报告（首报）", "编号：2026年第17号", "1. 死亡人数：正在核实", "签发：　　　　"]


def opened(*lines: str):
    return Document(io.BytesIO(paper("\n".join(lines), AT)))


def test_every_line_is_a_paragraph_in_its_place():
    document = opened(*LINES)
    assert [one.text for one in document.paragraphs] == LINES
    title, number, first, last = document.paragraphs
    assert title.runs[0].font.size.pt == 22 and first.runs[0].font.size.pt == last.runs[0].font.size.pt == 16
    assert number.alignment == title.alignment and first.alignment != title.alignment
    assert "仿宋_GB2312" in first.runs[0]._element.xml and "小标宋" in title.runs[0]._element.xml


def test_a_drill_is_marked_above_the_title_and_below_the_body():
    document = opened("【演练】", *LINES, "【演练】")
    marks = [document.paragraphs[0], document.paragraphs[-1]]
    assert [one.text for one in marks] == ["【演练】", "【演练】"]
    assert document.paragraphs[1].runs[0].font.size.pt == 22
    assert {one.alignment for one in marks} == {document.paragraphs[1].alignment}


def test_the_page_is_that_of_the_standard():
    page = opened(*LINES).sections[0]
    sizes = (
        page.page_width,
        page.page_height,
        page.top_margin,
        page.bottom_margin,
        page.left_margin,
        page.right_margin,
    )
    for found, millimetres in zip(sizes, (210, 297, 37, 35, 28, 26), strict=True):
        assert abs(found - Mm(millimetres)) < Mm(0.1)
    assert page.footer.paragraphs[0].text == "—  —"  # the number between is a field


def test_the_same_text_and_moment_give_the_same_bytes():
    assert paper("甲\n乙", AT) == paper("甲\n乙", AT)
    assert paper("甲\n乙", AT) != paper("甲\n丙", AT)
    assert paper("", AT)
