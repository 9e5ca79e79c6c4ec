"""``tocsin desk``: the shapes of docs/contract.md, days, files that are the same each time, wrong use."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import docx
import openpyxl
import pytest

from bot.cases.plan_registry import PlanRegistry
from bot.clock import SHANGHAI, VirtualClock
from bot.office.desk import new_case
from bot.office.handover import hand_over, taken_by
from bot.office.seat import take_seat
from bot.service import Requester, Service, Step
from plans.desk.entries import WriteEntry
from plans.desk.entry_replies import AnswerEntry
from plans.desk.entry_state import Want
from storage import open_store
from tests import stage
from tests.bot.cli.conftest import CAMPUS, Tocsin
from tests.bot.cli.shapes import FLAG, LIST, TEXT, holds

MORNING = datetime(2026, 3, 2, 10, 12, tzinfo=SHANGHAI)
ENTRY = {
    "id": TEXT, "number": int, "plan": TEXT, "at": TEXT, "written_at": TEXT, "by": (TEXT, None), "head": (TEXT, None),
    "way": (TEXT, None), "unit": (TEXT, None), "caller": (TEXT, None), "phone": (TEXT, None), "called_at": (TEXT, None),
    "text": TEXT, "wants": [{"due": (TEXT, None), "what": TEXT, "words": TEXT}],
    "replies": [{"at": TEXT, "by": (TEXT, None), "words": (TEXT, None), "waived": FLAG}], "state": TEXT, "open": FLAG,
    "corrects": (int, None), "corrected_by": (int, None), "became": LIST, "evidence": LIST,
}  # fmt: skip

HANDOVER = {
    "number": int, "stream": TEXT, "plan": TEXT, "seats": LIST, "jurisdiction": TEXT, "at": TEXT, "state": TEXT,
    "giver": (TEXT, None), "taker": (TEXT, None), "leader": (TEXT, None), "looked": LIST,
    "open": [{"section": TEXT, "id": TEXT, "line": TEXT, "due": (TEXT, None), "plan": TEXT}], "words": LIST,
    "signatures": LIST, "absent": LIST,
}  # fmt: skip


def keep_log(database: Path) -> None:
    """Write three entries of a day, one of the next, and the hand-over of a shift."""

    async def go() -> None:
        ids = iter("abcdefgh")
        clock = VirtualClock(MORNING)
        async with await open_store(f"sqlite+aiosqlite:///{database}") as store:
            service = Service(store, PlanRegistry({CAMPUS.id: CAMPUS}), clock, new_id=lambda: next(ids))
            async with store.writing() as tx:
                duty = await stage.enter(tx, chat=70_001, name="李值班", at=MORNING)
                await stage.grant(tx, duty, CAMPUS, "duty", at=MORNING)
                group = await stage.enter_group(tx, chat=-70_001, title="指挥群", at=MORNING)
                await stage.bind(tx, group, CAMPUS, "command", at=MORNING)
            who = Requester(person_id=duty.id)
            call = WriteEntry(
                text="市政府值班室张来电：16时前反馈", said_at=MORNING, way="来电", unit="市政府值班室", caller="张",
                phone="13900000001", what="16时前反馈", wants=(Want(at=MORNING + timedelta(hours=6), what="反馈"),),
            )  # fmt: skip
            result = await service.execute([new_case("entry", CAMPUS, call)], cause="1", requester=who)
            answer = Step(stream=result.streams[0], command=AnswerEntry(words="已报"))
            await service.execute([answer], cause="2", requester=who)
            for number, text in enumerate(("巡查正常", "天气 晴"), 3):
                head = "天气" if text.startswith("天气") else ""
                entry = WriteEntry(text=text, said_at=MORNING, head=head, what=text[3:] if head else text)
                await service.execute([new_case("entry", CAMPUS, entry)], cause=str(number), requester=who)
            await take_seat(service, duty, "李值班", cause="8", requester=who)
            async with store.reading() as rx:
                [taken] = await taken_by(rx, service, "8", [CAMPUS.jurisdiction.name])
            await hand_over(service, taken, cause="8", requester=who)
            later = replace(call, said_at=MORNING + timedelta(days=1), wants=())
            await service.execute([new_case("entry", CAMPUS, later)], cause="9", requester=who)

    asyncio.run(go())


@pytest.fixture
def logged(database: Path) -> Path:
    keep_log(database)
    return database


def test_the_entries_of_a_day_have_the_shape_of_the_contract(tocsin: Tocsin, logged: Path):
    found = tocsin("desk", "log", "--from", "2026-03-02", "--to", "2026-03-02", "--json").json
    holds(found, [ENTRY])
    assert [item["number"] for item in found] == [1, 2, 3]
    assert found[0]["wants"] == [{"due": "2026-03-02T16:12:00+08:00", "what": "反馈", "words": ""}]
    assert found[0]["replies"][0]["words"] == "已报" and found[0]["state"] == "answered"
    assert len(tocsin("desk", "log", "--from", "2026-03-01", "--to", "2026-03-31", "--json").json) == 4
    assert tocsin("desk", "log", "--from", "2026-03-04", "--to", "2026-03-05", "--json").json == []
    out = tocsin("desk", "log", "--from", "2026-03-02", "--to", "2026-03-02").out
    assert "市政府值班室 张" in out and "晴" in out and "巡查正常" in out


def test_the_files_are_the_paper_book_and_the_same_each_time(tocsin: Tocsin, logged: Path):
    month = ("desk", "log", "--from", "2026-03-01", "--to", "2026-03-31")
    for name in ("a", "b"):
        assert tocsin(*month, "--docx", f"{name}.docx", "--xlsx", f"{name}.xlsx").status == 0
    for ending in ("docx", "xlsx"):
        assert Path(f"a.{ending}").read_bytes() == Path(f"b.{ending}").read_bytes()
    tables = [[[cell.text for cell in row.cells] for row in item.rows] for item in docx.Document("a.docx").tables]
    heads = [item[0] for item in tables]
    assert heads[:3] == [
        ["日期", "天气", "值班员", "带班领导"], ["时间", "来电来文", "内容", "处理", "记录"], ["交接"],
    ]  # fmt: skip
    assert tables[0][1][:2] == ["2026年3月2日\n星期一", "晴"]
    row = tables[1][1]
    assert row[0] == "10:12\n1号" and "市政府值班室 张" in row[1] and "已报" in row[3] and row[4] == "李值班"
    assert "13900000001" not in str(tables) and "139" in row[1], "nobody's mobile number is whole on paper"
    book = openpyxl.load_workbook("a.xlsx")
    assert book.sheetnames == ["记录", "每日"] and book["每日"]["B2"].value == "晴"
    cells = [str(cell.value) for row_ in book["记录"].iter_rows() for cell in row_]
    assert "市政府值班室" in cells and "13900000001" not in cells
    assert {cell.data_type for sheet in book for row_ in sheet.iter_rows() for cell in row_ if cell.value} == {"s"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "三月"), "--from"), (("--from", "2026-03-09", "--to", "2026-03-01"), "晚于"),
        (("--docx", "log.pdf"), ".docx"), (("--plan", "nowhere"), "没有“nowhere”"),
    ],
)  # fmt: skip
def test_what_is_asked_wrongly_is_said(tocsin: Tocsin, logged: Path, words: tuple[str, ...], said: str):
    ran = tocsin("desk", "log", *words)
    assert (ran.status, ran.out) == (2, "") and said in ran.err


def test_the_hand_overs_of_a_day_have_the_shape_of_the_contract(tocsin: Tocsin, logged: Path):
    found = tocsin("desk", "handover", "--from", "2026-03-02", "--to", "2026-03-02", "--json").json
    holds(found, [HANDOVER])
    assert [(item["state"], item["giver"], item["taker"]) for item in found] == [("open", "值班员", "李值班")]
    assert {item["section"] for item in found[0]["open"]} <= set(found[0]["looked"])
    assert tocsin("desk", "handover", "--from", "2026-03-03", "--to", "2026-03-04", "--json").json == []
    assert "交接班1号" in tocsin("desk", "handover", "--from", "2026-03-02", "--to", "2026-03-02").out
