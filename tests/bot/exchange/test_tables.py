"""Tables out of files, as far as they can be read; bounded, and never run."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
import structlog

from bot.exchange.tables import BadFile, comma_separated, tables_of, workbook
from plans.cells import Figure

MORNING = datetime(2026, 11, 27, 8, 30)  # noqa: DTZ001  # as a spreadsheet has it


def rows_of(name: str, content: bytes) -> list[list[str]]:
    [table] = tables_of(name, content)
    return [cells for _, cells in table.rows]


def test_a_workbook_comes_back_as_text():
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ([date(2026, 11, 27), "夜班", 13800000001.0], [MORNING, None, "=1+1"]):
        sheet.append(row)
    saved = io.BytesIO()
    book.save(saved)
    assert rows_of("值班表.xlsx", saved.getvalue()) == [
        ["2026-11-27", "夜班", "13800000001"],
        ["2026-11-27 08:30", "", "公式没有算出结果，请用表格软件打开并保存一次"],
    ]


def test_what_is_written_is_text_whatever_it_looks_like():
    written = workbook(["号码"], [["0356-2250777"], ['=HYPERLINK("x")'], ["+86"]])
    assert rows_of("a.xlsx", written) == [["号码"], ["0356-2250777"], ['=HYPERLINK("x")'], ["+86"]]
    sheet = openpyxl.load_workbook(io.BytesIO(written)).active
    assert sheet is not None and {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_of_any_chinese_spreadsheet(encoding):
    assert rows_of("a.csv", "日期,主班\r\n11-27,赵值班\r\n".encode(encoding)) == [["日期", "主班"], ["11-27", "赵值班"]]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def package(*names: str) -> bytes:
    """Return a zip file with parts of these names."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name in names:
            file.writestr(name, b"")
    return packed.getvalue()


def test_what_is_no_table_is_said():
    for name, content, wanted in (
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "加了密码"), ("a.xlsx", b" <html>", "网页"),
        ("a.csv", b"%PDF-1.7", "这是PDF"), ("a.xlsx", b"%PDF-1.7", "这是PDF"),
        ("a.xlsx", b"PK\x03\x04rest", "坏了或没有传完"), ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧格式"),
        ("a.csv", b"\xff\xfe\x00", "读不出文字"), ("a.csv", b"x" * 11_000_000, "10 MB"),
        ("a.csv", b"a\n" * 30_000, "超过20000行"), ("a.csv", b" \n", "是空的"), ("a.xls", b"<html><table>", "网页"),
        ("a.csv", b'a,b\n1,2\n3,"4\n5,6\n', "第3行读不了：引号没有成对"),
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), "文字文档"), ("a.wps", OLE + b"WpsDocument", "文字文档"),
        ("a.docx", package("word/document.xml"), "文字文档"), ("a.xlsx", package("ppt/presentation.xml"), "演示文稿"),
        ("a.ods", package("mimetype", "content.xml"), "OpenDocument"), ("a.xlsb", package("xl/workbook.bin"), "xlsb"),
        ("a.zip", package("a.csv"), "压缩包"), ("a.csv", b"Rar!", "压缩包"), ("a.xls", b"7z\xbc\xaf'\x1c", "压缩包"),
        ("a.csv", b"\x89PNG\r\n", "图片"), ("a.xlsx", b"\xff\xd8\xff\xe0", "图片"), ("a.rtf", b"{\\rtf1", "文字文档"),
        ("a.xls", b"MIME-Version: 1.0\r\n", "网页"),
    ):  # fmt: skip
        with pytest.raises(BadFile, match=wanted):
            tables_of(name, content)


def test_decimals_of_a_csv_file_are_figures_unless_the_column_shows_that_no_zero_is_cut():
    def days(*cells: str) -> list[bool]:
        [table] = tables_of("a.csv", "\n".join(["日期,主班", *(f"{cell},赵值班" for cell in cells)]).encode())
        return [isinstance(cells[0], Figure) for _, cells in table.rows[1:]]

    assert days("12.8", "12.9", "12.1", "12.11") == [True] * 4
    assert days("12.8", "12.9", "12.10", "12.11") == [False] * 4 == days("12.01", "12.02", "12.1", "12.3")


@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_the_sign_between_cells_is_found(sign):
    assert rows_of("a.csv", f"日期{sign}主班\n12-01{sign}赵值班\n".encode()) == [["日期", "主班"], ["12-01", "赵值班"]]


def test_what_was_written_safely_is_read_as_it_was():
    content = comma_separated(["甲"], [["=1+1"], ["'a"], ["'=1"], ["-1"], ["a"]])
    assert rows_of("a.csv", content) == [["甲"], ["=1+1"], ["'a"], ["'=1"], ["-1"], ["a"]]


def test_where_a_library_stumbled_is_logged_without_what_stands_in_the_file():
    spoilt = io.BytesIO()
    with zipfile.ZipFile(spoilt, "w") as file:
        file.writestr("[Content_Types].xml", "<张三 13")
    with structlog.testing.capture_logs() as lines, pytest.raises(BadFile):
        tables_of("a.xlsx", spoilt.getvalue())
    [line] = lines
    assert (line["event"], line["kind"]) == ("file.not_read", "xlsx") and ":" in line["at"]
    assert "张三" not in str(line)
