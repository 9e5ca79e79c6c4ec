"""Workbooks that lie, hide, hold a million blank rows, are cut, spoilt or a bomb: read whole, or said in Chinese."""

from __future__ import annotations

import io
import re
import time
import zipfile
from datetime import date, datetime

import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from bot.exchange.packages import MOST_UNPACKED
from bot.exchange.tables import BadFile, tables_of
from plans.cells import Fault, Figure
from tests.bot.exchange.workbooks import SHEET, book, patched, replaced

HEAD = ["日期", "值班员"]
ROWS = [HEAD, ["12-01", "赵值班"], ["12-02", "钱值班"]]


def rows(content: bytes) -> list[list[str]]:
    [table] = tables_of("a.xlsx", content)
    return [cells for _, cells in table.rows]


@pytest.mark.parametrize(
    "lie", [b'<dimension ref="A1"/>', b'<dimension ref="A1:B1"/>', b'<dimension ref="C9:D9"/>', b""]
)
def test_a_dimension_that_lies_loses_no_row(lie):
    written = book(ROWS)
    assert rows(patched(written, sheet1=lambda part: re.sub(rb"<dimension [^>]*/>", lie, part))) == ROWS


CHINESE = [*range(27, 32), 36, 50, 51, 52, 53, 54, 57, 58]


@pytest.mark.parametrize("number", CHINESE)
def test_a_date_in_a_chinese_format_is_a_date(number):
    def shape(made):
        made.worksheets[0]["A2"].number_format = "0.000"

    written = book([HEAD, [46357, "赵值班"]], shape=shape)
    content = patched(
        written,
        styles=lambda part: re.sub(
            rb'numFmtId="164"(?! formatCode)',
            b'numFmtId="%d"' % number,
            re.sub(rb"<numFmts.*?</numFmts>", b"", part, flags=re.S),
        ),
    )
    assert rows(content)[1] == ["2026-12-01", "赵值班"]


@pytest.mark.parametrize(
    "code",
    [
        'yyyy"年"m"月"d"日"',
        'm"月"d"日";@',
        "[$-804]yyyy年m月d日;@",
        '[DBNum1][$-804]yyyy"年"m"月"d"日";@',
        "yyyy/m/d;@",
        "m/d",
        "yyyy-mm-dd",
        'd"日"',
        "[$-F800]dddd, mmmm dd, yyyy",
        "yyyy.m.d",
    ],
)
def test_a_date_in_a_format_of_ones_own_is_a_date(code):
    def shape(made):
        made.worksheets[0]["A2"].number_format = code

    assert rows(book([HEAD, [datetime(2026, 12, 1), "赵值班"]], shape=shape))[1] == ["2026-12-01", "赵值班"]  # noqa: DTZ001


@pytest.mark.parametrize("value", [12.1, 12.11, 46357, 13800000001, 3562250777, 0.5])
def test_a_number_is_known_as_one(value):
    cell = rows(book([HEAD, [value, "赵值班"]]))[1][0]
    assert isinstance(cell, Figure) and cell == f"{value}"


def test_a_workbook_of_the_other_date_system():
    content = book([HEAD, [date(2026, 12, 1), "赵值班"]])
    moved = patched(content, workbook=lambda part: re.sub(rb"<workbookPr ?/?>", b'<workbookPr date1904="1"/>', part))
    assert rows(moved)[1][0] == "2030-12-02", "1462 days later, as its own programs show it"


def test_what_is_hidden_is_not_read_and_named():
    def shape(made):
        first, second = made.worksheets
        first.row_dimensions[3].hidden = True
        first.row_dimensions[4].hidden = True
        first.column_dimensions["C"].hidden = True
        second.sheet_state = "hidden"

    head = [*HEAD, "副班", "电话"]
    lines = [head, *([f"12-0{day}", f"{name}值班", "周值班", "2250777"] for day, name in enumerate("赵钱孙李", 1))]
    first, second = tables_of("a.xlsx", book(lines, ROWS, names=["12月", "旧表"], shape=shape))
    assert [cells[:2] for _, cells in first.rows] == [["日期", "值班员"], ["12-01", "赵值班"], ["12-04", "李值班"]]
    assert [number for number, _ in first.rows] == [1, 2, 5]
    assert not any("周值班" in cells for _, cells in first.rows)
    assert first.unread[0].startswith("隐藏的第3、4行没有读") and first.unread[1].startswith("隐藏的C列（副班）没有读")
    assert second.rows == () and second.unread == ("工作表“旧表”是隐藏的，没有读；要导入请先取消隐藏",)


def test_columns_that_are_hidden_together_are_all_left_out():
    def shape(made):
        made.worksheets[0].column_dimensions.group("C", "D", hidden=True)

    [table] = tables_of(
        "a.xlsx", book([[*HEAD, "副班", "电话", "备注"], ["12-01", "赵值班", "周值班", "1", "x"]], shape=shape)
    )
    assert [cell for _, cells in table.rows for cell in cells if cell] == [*HEAD, "备注", "12-01", "赵值班", "x"]
    assert len(table.unread) == 2


def test_what_stands_in_merged_cells_stands_in_each_of_them():
    def shape(made):
        made.worksheets[0].merge_cells("B2:B4")
        made.worksheets[0].merge_cells("C1:D1")

    written = book(
        [["日期", "带班", "值班员", None], ["12-01", "孙主任", "甲"], ["12-02", None, "乙"], ["12-03", None, "丙"]],
        shape=shape,
    )
    assert rows(written) == [
        ["日期", "带班", "值班员", "值班员"],
        ["12-01", "孙主任", "甲"],
        ["12-02", "孙主任", "乙"],
        ["12-03", "孙主任", "丙"],
    ]


def test_a_formula_without_a_result_and_an_error_are_faults():
    [_, row] = rows(book([[*HEAD, "电话"], ["12-01", "=VLOOKUP(1,2,3)", "=A1"]]))
    assert row[0] == "12-01" and all(isinstance(cell, Fault) and "没有算出结果" in cell for cell in row[1:])
    error = patched(
        book([HEAD, ["12-01", "赵值班"]]),
        sheet1=lambda part: re.sub(rb'<c r="B2"[^>]*>.*?</c>', b'<c r="B2" t="e"><f>A9</f><v>#REF!</v></c>', part),
    )
    assert isinstance(rows(error)[1][1], Fault)
    cached = patched(
        book([HEAD, ["12-01", "赵值班"]]),
        sheet1=lambda part: re.sub(
            rb'<c r="B2"[^>]*>.*?</c>', '<c r="B2" t="str"><f>A9</f><v>钱值班</v></c>'.encode(), part
        ),
    )
    assert rows(cached)[1] == ["12-01", "钱值班"]


def test_cells_with_escapes_and_invisible_characters_are_read_as_they_are_seen():
    written = book([HEAD, ["12-01\u200b", "赵值班_x000D_"], ["\u202d12-02", "\u00a0钱值班 "]])
    assert rows(written) == ROWS


def test_rules_comments_and_links_keep_nothing_from_being_read():
    def shape(made):
        sheet = made.worksheets[0]
        sheet["A1"].comment = Comment("请勿改动", "某人")
        sheet.add_data_validation(DataValidation(type="list", formula1='"甲,乙"', sqref="B2:B9"))
        sheet.auto_filter.ref = "A1:B3"
        sheet["B2"].hyperlink = "mailto:x@example.org"

    assert rows(book(ROWS, shape=shape)) == ROWS
    spoilt = patched(
        book(ROWS),
        sheet1=replaced(
            b"</sheetData>",
            b'</sheetData><conditionalFormatting sqref="??"><cfRule type="nonsense"/></conditionalFormatting>',
        ),
    )
    assert rows(spoilt) == ROWS


BLANK = b'<row r="%d" spans="1:2" ht="20" customHeight="1"><c r="A%d" s="0"/><c r="B%d" s="0"/></row>'


def test_blank_rows_down_to_the_last_cost_little():
    blank = b"".join(BLANK % (number, number, number) for number in range(5, 1_048_576))
    last = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>12-03</t></is></c></row>'
    content = patched(book(ROWS), sheet1=replaced(b"</sheetData>", blank + last + b"</sheetData>"))
    began = time.process_time()
    [table] = tables_of("a.xlsx", content)
    assert time.process_time() - began < 10, "of the processor, which others use too"
    assert [cells for _, cells in table.rows] == [*ROWS, ["12-03"]] and table.rows[-1][0] == 1_048_576


def bomb(size: int, fill: bytes = b"<row/>", name: str = SHEET) -> bytes:
    written, packed = io.BytesIO(book(ROWS)), io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for item in old.infolist():
            if item.filename != name:
                new.writestr(item.filename, old.read(item))
        with new.open(name, "w", force_zip64=True) as part:
            for _ in range(size // 10_000_000):
                part.write(fill * (10_000_000 // len(fill)))
    return packed.getvalue()


@pytest.mark.parametrize("name", [SHEET, "xl/sharedStrings.xml", "xl/styles.xml"])
def test_a_bomb_is_refused_within_a_second(name):
    content = bomb(MOST_UNPACKED + 20_000_000, name=name)
    assert len(content) < 2_000_000
    began = time.process_time()
    with pytest.raises(BadFile, match="解开后太大"):
        tables_of("a.xlsx", content)
    assert time.process_time() - began < 1


@pytest.mark.parametrize("fill", [b"0", b"<row/>", b"<row ", b'<row><c r="A1"><v>1</v></c></row>', b"<c/>"])
def test_what_is_packed_below_the_bound_is_refused_as_soon_as_it_costs_too_much(fill):
    content = bomb(60_000_000, fill)
    began = time.process_time()
    with pytest.raises(BadFile):
        tables_of("a.xlsx", content)
    assert time.process_time() - began < 2


def test_entities_and_thousands_of_parts_are_refused():
    laughs = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;">]>'
    with pytest.raises(BadFile, match="解开后太大"):
        tables_of("a.xlsx", patched(book(ROWS), sheet1=replaced(b"<worksheet", laughs + b"<worksheet")))
    packed = io.BytesIO(book(ROWS))
    with zipfile.ZipFile(packed, "a") as more:
        for number in range(3000):
            more.writestr(f"xl/media/{number}.png", b"")
    with pytest.raises(BadFile, match="解开后太大"):
        tables_of("a.xlsx", packed.getvalue())


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.99])
def test_a_file_that_was_cut_is_said(keep):
    content = book(ROWS)
    with pytest.raises(BadFile, match="坏了或没有传完"):
        tables_of("a.xlsx", content[: int(len(content) * keep)])


def test_too_many_sheets_rows_and_cells_are_said():
    with pytest.raises(BadFile, match="工作表超过60张"):
        tables_of("a.xlsx", book(*[ROWS] * 61))
    wide = book([[*HEAD, *["x"] * 60]])
    [table] = tables_of("a.xlsx", wide)
    assert "第40列以后没有读" in table.unread


def test_a_workbook_of_another_dialect_is_read():
    def strict(part: bytes) -> bytes:
        part = part.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
        return part.replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"
        )

    names = ("sheet1", "workbook", "styles", "sharedStrings", "workbook.xml.rels", ".rels")
    assert rows(patched(book(ROWS), **dict.fromkeys(names, strict))) == ROWS

    def prefixed(part: bytes) -> bytes:
        part = re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", part)
        return part.replace(b"xmlns=", b"xmlns:x=")

    assert rows(patched(book(ROWS), sheet1=prefixed)) == ROWS
