"""A paper on the page of official papers: measured, complete, the same bytes each time, whatever it holds."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import UTC, date, datetime
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.exchange.paper import BODY_FONT, HEADING_FONT, SECOND_FONT, TITLE_FONT, laid_out, numeral
from bot.exchange.title import title_lines
from bot.paper import Attachment, Heading, Paper, Paragraph, Picture, Table, text_of

AT = datetime(2026, 3, 1, 19, 12, tzinfo=UTC)
BLOCKS = (
    Heading("基本情况"),
    Heading("起因", 2),
    Paragraph("起因【待补：起因】。"),
    Heading("第一点", 3),
    Heading("其一", 4),
    Heading("经过", 2),
    Heading("措施"),
    Heading("其中", 2),
)
PAPER = Paper(
    title=("关于", "第一小学", "踩踏拥挤事件", "的首报"), to=("市委", "市政府"), blocks=BLOCKS, signed_by="区教育局",
    dated=date(2026, 3, 2), note="联系人：张三",
    attachments=(Attachment("信息报告（首报）", (Table(("项", "值"), (("甲", "乙"),), (1, 2)),)),),
)  # fmt: skip


def opened(paper: Paper) -> Any:
    return Document(io.BytesIO(laid_out(paper, AT)))


def lines(document: Any) -> list[str]:
    return [one.text for one in document.paragraphs if one.text]


def png(width: int, height: int) -> bytes:
    """The smallest picture of a size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\xff" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_every_part_stands_in_its_place():
    assert lines(opened(PAPER)) == [
        "关于第一小学踩踏拥挤事件的首报",
        "市委，市政府：",
        "一、基本情况",
        "（一）起因",
        "起因【待补：起因】。",
        "1.第一点",
        "（1）其一",
        "（二）经过",
        "二、措施",
        "（一）其中",
        "附件：信息报告（首报）",
        "区教育局",
        "2026年3月2日",
        "（联系人：张三）",
        "附件",
        "信息报告（首报）",
    ]


def test_the_fonts_are_those_of_the_standard():
    found = {
        one.text: (one.runs[0].font.name, one.runs[0].font.size.pt) for one in opened(PAPER).paragraphs if one.runs
    }
    assert found["关于第一小学踩踏拥挤事件的首报"] == (TITLE_FONT, 22)
    assert found["一、基本情况"] == (HEADING_FONT, 16) and found["（一）起因"] == (SECOND_FONT, 16)
    assert found["1.第一点"] == found["（1）其一"] == found["市委，市政府："] == (BODY_FONT, 16)
    assert found["附件"] == (HEADING_FONT, 16)


def test_what_is_to_be_filled_in_is_marked_and_nothing_else():
    [paragraph] = [one for one in opened(PAPER).paragraphs if one.text.startswith("起因")]
    assert [run.text for run in paragraph.runs if run.font.highlight_color is not None] == ["【待补：起因】"]


def test_the_page_is_that_of_the_standard():
    document = opened(PAPER)
    page = document.sections[0]
    sizes = (
        page.page_width, page.page_height, page.top_margin, page.bottom_margin, page.left_margin, page.right_margin,
    )  # fmt: skip
    for found, millimetres in zip(sizes, (210, 297, 37, 35, 28, 26), strict=True):
        assert abs(found - Mm(millimetres)) < Mm(0.1)
    body = next(one for one in document.paragraphs if one.text.startswith("起因")).paragraph_format
    assert body.first_line_indent == Pt(32), "two characters"
    assert 22 * body.line_spacing <= Mm(225) < 23 * body.line_spacing, "22 lines"
    closer = int(document.styles["Normal"].element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 28 * (16 + closer) <= Mm(156).pt < 28 * 16.0, "28 characters"


def test_the_number_of_the_page_is_outside_one_character_from_the_edge():
    document = opened(PAPER)
    page = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    odd, even = page.footer.paragraphs[0], page.even_page_footer.paragraphs[0]
    assert odd.text == even.text == "—  —", "the number between is a field"
    assert odd.paragraph_format.right_indent == even.paragraph_format.left_indent == Pt(14)
    assert odd.alignment != even.alignment
    assert "PAGE" in odd._element.xml and "PAGE" in even._element.xml


@pytest.mark.parametrize(
    ("unit", "begins"), [("晋城市突发公共卫生事件指挥部办公室", 9.0), ("区教育局", 17.5), ("区教育局值班室", 17.5)]
)
def test_unit_and_date_stand_as_the_standard_has_them(unit, begins):
    """The date begins two characters right of the unit, and the longer of them ends two from the edge."""
    document = opened(Paper(title=("甲",), blocks=(), signed_by=unit, dated=date(2026, 11, 2)))
    [signed] = [one for one in document.paragraphs if one.text == unit]
    [dated] = [one for one in document.paragraphs if one.text == "2026年11月2日"]
    width = 4 * 0.5 + 1 + 2 * 0.5 + 1 + 0.5 + 1
    assert signed.paragraph_format.first_line_indent == Pt(16 * begins)
    assert dated.paragraph_format.first_line_indent == Pt(16 * (begins + 2))
    assert max(begins + len(unit), begins + 2 + width) == 26


def test_a_drill_is_marked_first_and_last_on_every_page_and_above_the_title():
    document = opened(Paper(title=("甲",), blocks=(Paragraph("乙"),), mark="【演练】"))
    page = document.sections[0]
    for header, footer in ((page.header, page.footer), (page.even_page_header, page.even_page_footer)):
        assert header.paragraphs[0].text == footer.paragraphs[-1].text == "【演练】"
    assert lines(document) == ["【演练】", "甲", "乙"], "no page for the mark alone"


def test_several_attachments_are_numbered_and_begin_on_pages_of_their_own():
    several = Paper(title=("甲",), blocks=(), attachments=(Attachment("一览表", ()), Attachment("照片", ())))
    document = opened(several)
    assert lines(document) == ["甲", "附件：1.一览表", "2.照片", "附件1", "一览表", "附件2", "照片"]
    heads = [one for one in document.paragraphs if one.text in ("附件1", "附件2")]
    assert all(one.paragraph_format.page_break_before for one in heads)


def test_a_table_keeps_to_the_width_of_the_text_and_repeats_its_head():
    table = Table(("序号", "要素", "内容"), (("1", "x" * 300, "国" * 300),) * 3, (1, 4, 8))
    [found] = opened(Paper(title=("甲",), blocks=(table,))).tables
    widths = [int(one.get(qn("w:w"))) for one in found._tbl.tblGrid]
    assert sum(widths) <= Mm(156).twips and found._tbl.tblPr.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"
    assert found.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    kept = [cell.paragraphs[0].paragraph_format.keep_with_next for row in found.rows for cell in row.cells]
    width = len(found.rows[0].cells)
    assert all(kept[:width]) and not any(kept[width:]), "alone at the end of a page it would take the rows with it"
    assert [cell.text for cell in found.rows[1].cells] == ["1", "x" * 300, "国" * 300]


def test_a_table_too_long_for_anybody_says_what_it_leaves_out():
    table = Table(("甲",), tuple((str(number),) for number in range(700)), (1,))
    document = opened(Paper(title=("甲",), blocks=(table,)))
    assert len(document.tables[0].rows) == 601 and "其余100行从略。" in lines(document)


def test_a_paper_too_long_for_anybody_says_what_it_leaves_out():
    document = opened(Paper(title=("甲",), blocks=tuple(Paragraph(f"第{number}段") for number in range(2100))))
    assert "第1999段" in lines(document) and "第2000段" not in lines(document)
    assert "以下100段从略：文书过长。" in lines(document)


@pytest.mark.parametrize(("width", "height"), [(900, 300), (300, 2000), (2, 2)])
def test_a_picture_keeps_to_the_text_and_is_there_in_words(width, height):
    document = opened(Paper(title=("甲",), blocks=(Picture(png(width, height), "03:07接报\n03:12启动", "处置过程"),)))
    [shape] = document.inline_shapes
    assert shape.width <= Mm(156) and shape.height <= Mm(225)
    assert abs(shape.width / shape.height - width / height) < 0.01 * width / height
    assert shape._inline.docPr.get("descr") == "03:07接报 03:12启动"
    assert "图：处置过程" in lines(document)


def test_the_same_paper_and_moment_give_the_same_bytes():
    assert laid_out(PAPER, AT) == laid_out(PAPER, AT)
    other = Paper(title=PAPER.title, blocks=(Paragraph("别的"),))
    assert laid_out(PAPER, AT) != laid_out(other, AT)
    assert laid_out(Paper(title=(), blocks=()), AT)


def test_numerals():
    found = [numeral(count) for count in (1, 9, 10, 11, 20, 21, 99, 100, 101, 110, 112, 366)]
    assert found == [
        "一",
        "九",
        "十",
        "十一",
        "二十",
        "二十一",
        "九十九",
        "一百",
        "一百零一",
        "一百一十",
        "一百一十二",
        "三百六十六",
    ]


HOSTILE = st.lists(
    st.one_of(
        st.characters(),
        st.sampled_from(
            ["\x00", "\x0b", "\ud800", "\u202e", "\u2067", "\ufffe", "\uffff", "]]>", "<w:p>", "&", "\r", "\n"]
        ),
    ),
    max_size=40,
).map("".join)


@settings(max_examples=25, deadline=None)
@given(HOSTILE, st.integers(1, 4))
def test_a_paper_holds_every_text(text, level):
    blocks = (Heading(text, level), Paragraph(text), Table((text,), ((text, text), ()), (1,)))
    paper = Paper(
        title=(text, text), to=(text,), blocks=blocks, signed_by=text, note=text, mark=text,
        attachments=(Attachment(text, blocks), Attachment(text, ())), dated=AT.date(),
    )  # fmt: skip
    content = laid_out(paper, AT)
    assert content == laid_out(paper, AT)
    Document(io.BytesIO(content))
    assert text in text_of(paper)


@pytest.mark.parametrize("text", ["国" * 20_000, "x" * 20_000, "]]>" * 7000, "\u202e反" * 10_000, "1\n" * 10_000])
def test_a_text_that_nobody_reads_is_cut_and_says_so(text):
    paper = Paper(title=(text[:80],), blocks=(Paragraph(text), Table(("甲",), ((text,),), (1,))))
    document = opened(paper)
    assert "过长" in document.paragraphs[-2].text or any("过长" in one.text for one in document.paragraphs)
    assert "过长" in document.tables[0].rows[1].cells[0].text


@settings(max_examples=60)
@given(st.lists(st.text("关于第一中学校园踩踏事件的首报，（）。12ab", min_size=1, max_size=20), min_size=1, max_size=6))
def test_no_line_of_a_title_is_too_long_and_nothing_of_it_is_lost(pieces):
    found = title_lines(tuple(pieces), 20)
    assert "".join(found) == "".join(pieces)
    assert all(len(line) <= 20 for line in found)


@pytest.mark.parametrize(
    ("pieces", "wanted"),
    [
        (("关于", "第一小学", "火灾", "的首报"), ["关于第一小学火灾的首报"]),
        (
            ("关于", "某市城区第二中学北校区教学楼", "踩踏拥挤事件", "的首报"),
            ["关于某市城区第二中学北校区教学楼", "踩踏拥挤事件的首报"],
        ),
    ],
)
def test_a_title_is_broken_between_its_pieces(pieces, wanted):
    assert title_lines(pieces, 20) == wanted
