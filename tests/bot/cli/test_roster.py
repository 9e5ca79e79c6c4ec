"""``tocsin roster``: read, shown before it is written, written, exported, and who is on duty now."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from bot.clock import SHANGHAI
from storage import open_store
from storage.people.swaps import OverrideRow
from tests import stage
from tests.bot.cli.conftest import CAMPUS, Tocsin

PLAN = "jincheng-chengqu-campus"
TABLE = "日期,班次,主班,副班,电话\n2999-01-01,夜班,赵值班,钱值班,0356-2250777\n十一月,,李值班\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "值班表.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_it_is_shown_before_it_is_written_and_what_was_not_read_is_told(tocsin: Tocsin, table: Path, database: Path):
    preview = tocsin("roster", "import", str(table), "--plan", PLAN)
    assert preview.status == 1, "a line was not understood"
    assert "2999-01-01 20:00–01-02 08:00  主班  赵值班  0356-2250777" in preview.out
    assert "第3行没有读懂：日期“十一月”看不懂" in preview.out and "这只是预览" in preview.out
    shown = tocsin("roster", "import", table, "--plan", PLAN, "--yes", "--json").json
    assert shown["written"] and len(shown["turns"]) == 2 and shown["problems"][0]["line"] == 3
    assert "这些天没有值班安排" in tocsin("roster", "show", "--plan", PLAN).out


def test_what_is_exported_can_be_imported(tocsin: Tocsin, table: Path, database: Path, tmp_path: Path):
    soon = tmp_path / "soon.csv"
    day = datetime.now(SHANGHAI).date().isoformat()
    soon.write_text(f"日期,班次,主班\n{day},全天,赵值班、钱值班\n", encoding="utf-8")
    assert tocsin("roster", "import", str(soon), "--plan", PLAN, "--yes").status == 0
    book = tmp_path / "out.xlsx"
    assert tocsin("roster", "export", str(book), "--plan", PLAN).status == 0
    assert book.stat().st_mode & 0o777 == 0o600
    sheet = openpyxl.load_workbook(book).active
    assert sheet is not None
    assert [[cell.value or "" for cell in row][:5] for row in sheet.iter_rows()][1:] == [
        [day, "08:00-08:00", "", "", "赵值班"],
        [day, "08:00-08:00", "", "", "钱值班"],
    ]
    again = tocsin("roster", "import", str(book), "--plan", PLAN)
    assert "读到2条" in again.out
    assert "已经有了，没有覆盖" in tocsin("roster", "export", str(book), "--plan", PLAN).err


def test_what_is_wrong_is_said(tocsin: Tocsin, table: Path, database: Path, tmp_path: Path):
    for words, wanted in (
        (["import", str(table), "--plan", "nowhere"], "没有“nowhere”这个预案"),
        (["import", str(tmp_path / "none.csv"), "--plan", PLAN], "none.csv"),
        (["export", str(tmp_path / "a.doc"), "--plan", PLAN], "应以 .xlsx、.csv（表格）或 .ics（日历）结尾"),
    ):
        found = tocsin("roster", *words)
        assert found.status == 2 and wanted in found.err
    other = tmp_path / "other.csv"
    other.write_text("姓名,部门\n", encoding="utf-8")
    assert "没有找到表头" in tocsin("roster", "import", str(other), "--plan", PLAN).err


def test_a_roster_goes_out_as_a_calendar_and_comes_back(tocsin: Tocsin, database: Path, tmp_path: Path):
    day = datetime.now(SHANGHAI).date().isoformat()
    soon = tmp_path / "soon.csv"
    soon.write_text(f"日期,班次,带班领导,主班,电话\n{day},夜班,孙主任,赵值班,2250777\n", encoding="utf-8")
    first = tocsin("roster", "import", str(soon), "--plan", PLAN, "--yes", "--json").json
    for name in ("out.ics", "out.csv", "out.xlsx"):
        assert tocsin("roster", "export", str(tmp_path / name), "--plan", PLAN).status == 0
        again = tocsin("roster", "import", str(tmp_path / name), "--plan", PLAN, "--json")
        assert again.json["turns"] == first["turns"] and again.json["unread"] == [] and again.status == 0


def test_what_was_not_read_and_who_is_not_registered_is_named(tocsin: Tocsin, database: Path, tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text("日期,主班,司机\n2999-01-01,赵值班,冯师傅\n,,\n备注：电话畅通,,\n", encoding="utf-8")
    shown = tocsin("roster", "import", str(path), "--plan", PLAN)
    assert shown.status == 0 and "“司机”一列没有读" in shown.out and "不是值班安排，没有读：备注" in shown.out
    assert "值班表上的赵值班没有登记，或姓名还没有核实" in shown.out
    told = tocsin("roster", "import", str(path), "--plan", PLAN, "--json").json
    assert told["unregistered"] == ["赵值班"] and len(told["unread"]) == 2


def test_a_preview_needs_no_database(tocsin: Tocsin, table: Path):
    assert tocsin("roster", "import", str(table), "--plan", PLAN, "--json").json["unregistered"] is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"PK\x03\x04" + bytes(200)),
        ("a.csv", '日期,主班\n2026-12-01,"赵值班\n2026-12-02,钱值班\n'.encode()),
        ("a.ics", b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:2026"),
        ("a.csv", bytes(range(256))),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.csv", b""),
    ],
)
def test_a_bad_file_ends_in_one_chinese_sentence(tocsin: Tocsin, tmp_path: Path, name: str, content: bytes):
    path = tmp_path / name
    path.write_bytes(content)
    ran = tocsin("roster", "import", str(path), "--plan", PLAN)
    assert ran.status == 2 and ran.err.count("\n") == 1 and "程序出错" not in ran.err and name in ran.err
    assert not any(word in ran.err for word in ("Error", "unexpected", "Traceback"))


def _stand_in(address: str, day: datetime, name: str) -> None:
    """Let somebody serve the whole day of 赵值班."""

    async def write() -> None:
        async with await open_store(address) as store, store.writing() as tx:
            person = await stage.enter(tx, chat=70701, name=name, at=day)
            await stage.grant(tx, person, CAMPUS, "duty", at=day)
            await tx.people.add_override(
                OverrideRow(
                    id="o1", jurisdiction=CAMPUS.jurisdiction.name, plan_id=PLAN, begins=day,
                    ends=day + timedelta(days=1), kind="主班", name="赵值班", office="", person_id=person.id, since=day,
                )
            )  # fmt: skip

    asyncio.run(write())


def test_who_really_serves_is_shown_and_exported_and_an_import_says_what_it_would_undo(
    tocsin: Tocsin, database: Path, tmp_path: Path
):
    tomorrow = datetime.now(SHANGHAI).date() + timedelta(days=1)
    day = datetime(tomorrow.year, tomorrow.month, tomorrow.day, 8, tzinfo=SHANGHAI)
    path = tmp_path / "a.csv"
    path.write_text(f"日期,班次,主班\n{tomorrow},全天,赵值班\n", encoding="utf-8")
    assert tocsin("roster", "import", path, "--plan", PLAN, "--yes").status == 0
    _stand_in(f"sqlite+aiosqlite:///{database}", day, "卫值班")
    [shown] = tocsin("roster", "show", "--plan", PLAN, "--json").json
    assert (shown["name"], shown["instead_of"]) == ("卫值班", "赵值班")
    assert "卫值班  替赵值班" in tocsin("roster", "show", "--plan", PLAN).out
    for name in ("out.csv", "out.ics"):
        tocsin("roster", "export", str(tmp_path / name), "--plan", PLAN)
        assert "卫值班" in (text := (tmp_path / name).read_text("utf-8")) and "赵值班" not in text
        again = tocsin("roster", "import", str(tmp_path / name), "--plan", PLAN, "--json").json
        assert again["undone"] == [], "it says itself who serves"
    assert tocsin("roster", "import", path, "--plan", PLAN, "--json").json["undone"] == []
    path.write_text(f"日期,班次,主班\n{tomorrow},夜班,赵值班\n", encoding="utf-8")
    [undone] = tocsin("roster", "import", path, "--plan", PLAN, "--json").json["undone"]
    assert (undone["name"], undone["served_by"]) == ("赵值班", "卫值班")
    assert "赵值班的班，现由卫值班值" in tocsin("roster", "import", path, "--plan", PLAN, "--yes").out
    [shown] = tocsin("roster", "show", "--plan", PLAN, "--json").json
    assert (shown["name"], shown["instead_of"]) == ("赵值班", None)
