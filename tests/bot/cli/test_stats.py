"""``tocsin stats``: what is counted, the rows behind each number, the files; what is asked wrongly is said."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import docx
import openpyxl
import pytest

from bot.cases.plan_registry import PlanRegistry
from bot.clock import VirtualClock
from bot.office.statistics import keep_counted
from bot.service import Service
from storage import open_store
from tests.bot.cli.conftest import CAMPUS, START, Tocsin

NOW = ("--now", "2026-03-31T09:00:00+08:00")
MARCH = ("--period", "2026-03", *NOW)


def counted(path: Path) -> None:
    """Make the round that counts."""

    async def go() -> None:
        async with await open_store(f"sqlite+aiosqlite:///{path}") as store:
            service = Service(store, PlanRegistry({CAMPUS.id: CAMPUS}), VirtualClock(START), new_id=lambda: "")
            await keep_counted(service)

    asyncio.run(go())


def test_a_month_is_counted_without_its_drill(tocsin: Tocsin, database: Path) -> None:
    before = tocsin("stats", *MARCH, "--plan", CAMPUS.id, "--json").json
    assert (before["behind"], before["incidents"]["number"]) == (2, 0)
    counted(database)
    found = tocsin("stats", *MARCH, "--json").json
    assert (found["behind"], found["incidents"]["number"], found["drills"]) == (0, 1, 1)
    assert found["incidents"]["by_level"] == [{"key": "一般", "title": "一般", "number": 1}]
    assert tocsin("stats", *MARCH, "--drills", "--json").json["incidents"]["number"] == 1
    assert tocsin("stats", "--period", "2026-02", *NOW, "--json").json["incidents"]["number"] == 0
    said = tocsin("stats", *MARCH).out
    assert "2026年3月统计" in said and "演练1次，不计入" in said and "report:key=first" in said


def test_every_figure_opens_to_as_many_rows(tocsin: Tocsin, database: Path) -> None:
    counted(database)
    figures = tocsin("stats", *MARCH, "--json").json["figures"]
    assert figures["incident"] == 1 and figures["report:key=first"] > 1
    for name, number in figures.items():
        assert len(tocsin("stats", *MARCH, "--rows", name, "--json").json) == number, name
    out = tocsin("stats", *MARCH, "--rows", "report:key=first,outcome=in_time").out
    assert "1号" in out and "市委" in out


def test_files_are_written_once_and_are_the_same_each_time(tocsin: Tocsin, database: Path) -> None:
    counted(database)
    for name in ("a", "b"):
        assert tocsin("stats", *MARCH, "--xlsx", f"{name}.xlsx", "--docx", f"{name}.docx").status == 0
    for ending in ("xlsx", "docx"):
        assert Path(f"a.{ending}").read_bytes() == Path(f"b.{ending}").read_bytes()
    again = tocsin("stats", *MARCH, "--xlsx", "a.xlsx")
    assert (again.status, again.out) == (2, "") and "没有覆盖" in again.err
    book = openpyxl.load_workbook(io.BytesIO(Path("a.xlsx").read_bytes()))
    assert {"总表", "单位应答", "口径", "事件明细", "报送明细", "应答明细"} <= set(book.sheetnames)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    first = next(row for row in book["总表"].iter_rows(values_only=True) if row[8] == "report:key=first")
    rows = [row for row in book["报送明细"].iter_rows(min_row=2, values_only=True) if row[2] == "首报"]
    assert first[2] == str(len(rows))
    words = "\n".join(item.text for item in docx.Document("a.docx").paragraphs)
    assert "突发事件处置情况统计" in words and "统计口径" in words


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--period", "十三月"), "--period"),
        (("--period", "2026-02-30"), "--period"),
        (("--rows", "secret"), "--rows"),
        (("--rows", "report:kind=x"), "--rows"),
        (("--plan", "nothing"), "没有"),
        (("--jurisdiction", "别处"), "没有这个辖区"),
        (("--xlsx", "a.docx"), ".xlsx"),
        (("--docx", "a.xlsx"), ".docx"),
    ],
)
def test_what_is_asked_wrongly_is_said(tocsin: Tocsin, database: Path, words: tuple[str, ...], said: str) -> None:
    ran = tocsin("stats", *NOW, *words)
    assert (ran.status, ran.out) == (2, "") and said in ran.err
