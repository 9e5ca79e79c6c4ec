"""Tables and calendars out of files, as far as they can be read; bounded, and never run."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from bot.exchange import tables
from bot.exchange.calendars import turns_of
from bot.exchange.tables import BadFile, rows_of, workbook

MORNING = datetime(2026, 11, 27, 8, 30)  # noqa: DTZ001  # as a spreadsheet has it


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
        ["2026-11-27 08:30"],
    ]


def test_what_is_written_is_text_whatever_it_looks_like():
    written = workbook(["号码"], [["0356-2250777"], ['=HYPERLINK("x")'], ["+86"]])
    assert rows_of("a.xlsx", written) == [["号码"], ["0356-2250777"], ['=HYPERLINK("x")'], ["+86"]]
    sheet = openpyxl.load_workbook(io.BytesIO(written)).active
    assert sheet is not None and {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_of_any_chinese_spreadsheet(encoding):
    assert rows_of("a.csv", "日期,主班\r\n11-27,赵值班\r\n".encode(encoding)) == [["日期", "主班"], ["11-27", "赵值班"]]


def test_what_is_no_table_is_said(monkeypatch):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 200_000)
    for name, content, wanted in (
        ("a.xlsx", b"PK\x03\x04rest", "打不开这个表格"), ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧格式"),
        ("a.csv", b"\xff\xfe\x00", "读不出文字"), ("a.csv", b"x" * 11_000_000, "10 MB"),
        ("a.csv", b"a\n" * 30_000, "超过20000行"),
    ):  # fmt: skip
        with pytest.raises(BadFile, match=wanted):
            rows_of(name, content)
    monkeypatch.setattr(tables, "MOST_UNPACKED", 100_000)
    with pytest.raises(BadFile, match="解开后太大"):
        rows_of("a.xlsx", bomb.getvalue())


def calendar(*events: str) -> bytes:
    inner = "".join(f"BEGIN:VEVENT\r\nUID:{number}\r\n{event}\r\nEND:VEVENT\r\n" for number, event in enumerate(events))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{inner}END:VCALENDAR\r\n".encode()


def test_events_are_turns_in_beijings_time():
    found = turns_of(
        calendar(
            "DTSTART:20261127T120000Z\r\nDTEND:20261128T000000Z\r\nSUMMARY:副班：钱值班",
            "DTSTART;VALUE=DATE:20261127\r\nSUMMARY:赵值班",
        )
    )
    assert [(f"{turn.begins:%d %H:%M} {turn.ends:%d %H:%M}", turn.kind, turn.name) for turn in found] == [
        ("27 08:00 28 08:00", "主班", "赵值班"),
        ("27 20:00 28 08:00", "副班", "钱值班"),
    ]


def test_a_calendar_that_cannot_be_a_roster_is_said():
    for content, wanted in (
        (b"nonsense", "不是iCalendar"), (calendar("DTSTART:20261127T120000Z"), "没有写明谁"),
        (calendar("DTSTART:20261127T120000Z\r\nRRULE:FREQ=DAILY\r\nSUMMARY:赵"), "重复事项"),
    ):  # fmt: skip
        with pytest.raises(BadFile, match=wanted):
            turns_of(content)
