"""``tocsin warn``: what is read of a text and of a file, and what is wrong with one."""

import asyncio
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cases.plan_registry import PlanRegistry
from bot.clock import VirtualClock
from bot.exchange.cap import faults, taken_in
from bot.service import NewReport, Requester, Service, Step
from bot.service.opening import NewCase
from bot.service.taking import new_warning
from bot.simulate import cast
from plans.warning.issuing import IssueWarning, LiftWarning
from plans.warning.state import Content
from plans.warning.taking import TakeChange
from storage import open_store
from tests.bot.cli.conftest import CAMPUS, START
from tests.bot.cli.test_contract import STORM

NOW = ("--now", "2026-07-09T13:06:00+08:00")
TEXT = "区气象台9日13时发布暴雨红色预警信号：预计14时至20时城关镇有大暴雨"


def test_a_text_is_read_with_its_words(tocsin):
    ran = tocsin("warn", "read", TEXT, *NOW, "--plan", "jincheng-water-rescue", "--json")
    assert (ran.status, ran.err) == (0, "")
    said = ran.json
    assert (said["kind"], said["colour"], said["stage"], said["area"]) == ("暴雨", "红", "issued", ["城关镇"])
    assert (said["from"], said["to"]) == ("2026-07-09T14:00:00+08:00", "2026-07-09T20:00:00+08:00")
    assert said["clause"] == "3.2.1"
    assert said["words"]["issuer"] == {"text": "区气象台", "span": [0, 4]}


def test_a_person_reads_it_in_words(tocsin):
    ran = tocsin("warn", "read", TEXT, *NOW)
    assert ran.status == 0
    for words in ("暴雨", "红色", "发布", "区气象台", "城关镇", "未说明"):
        assert words in ran.out


@pytest.mark.parametrize(
    ("text", "why"),
    [("会不会发布暴雨红色预警", "是在问"), ("【演练】发布暴雨红色预警", "演练"), ("下雨了", "没有发布预警的话")],
)
def test_why_there_is_none_is_said(tocsin, text, why):
    ran = tocsin("warn", "read", text, *NOW)
    assert ran.status == 1
    assert why in ran.out


def test_a_file_is_read_and_checked(tocsin):
    said = tocsin("warn", "read", STORM, *NOW, "--json")
    assert said.status == 0
    assert (said.json["kind"], said.json["colour"], said.json["area"]) == ("暴雨", "红", ["西街街道"])
    checked = tocsin("warn", "check", STORM)
    assert (checked.status, checked.out.strip()) == (0, "符合 CAP 标准。")


def test_what_is_wrong_with_a_file_is_named(tocsin):
    Path("bad.xml").write_bytes(STORM.read_bytes().replace(b"Extreme", b"Red"))
    checked = tocsin("warn", "check", "bad.xml")
    assert checked.status == 1
    assert "写的是“Red”" in checked.out
    ran = tocsin("warn", "read", "bad.xml")
    assert ran.status == 2
    assert "写的是“Red”" in ran.err


def test_a_text_in_a_file_is_read(tocsin):
    Path("storm.txt").write_text(TEXT, encoding="utf-8")
    assert tocsin("warn", "read", "storm.txt", *NOW, "--json").json["kind"] == "暴雨"
    assert tocsin("warn", "read", "absent.txt").status == 2


@pytest.fixture
def rain(tmp_path, migrated_file, monkeypatch):
    """A database in which a warning was passed on, raised and lifted; a second one waits."""
    path = tmp_path / "warned.db"
    shutil.copy(migrated_file, path)
    monkeypatch.setenv("TOCSIN_DATABASE_URL", str(path))
    asyncio.run(_warned(f"sqlite+aiosqlite:///{path}"))
    return path


async def _warned(url: str) -> None:
    async with await open_store(url) as store:
        names = iter(("rain", "fog"))
        plans = PlanRegistry({CAMPUS.id: CAMPUS})
        service = Service(store, plans, VirtualClock(START), new_id=lambda: next(names))
        await cast.enter(service, CAMPUS, [], START)
        red = Content(hazard="暴雨", colour="红", issuer="区气象台", ends=START + timedelta(hours=3), areas=("城关镇",))
        yellow = replace(red, colour="黄")
        steps: list[Step | NewReport | NewCase] = [
            new_warning([CAMPUS], yellow),
            Step(stream="warning:rain", command=IssueWarning(way="pass_on")),
            Step(stream="warning:rain", command=TakeChange(content=red)),
            Step(stream="warning:rain", command=IssueWarning(way="pass_on")),
            Step(stream="warning:rain", command=LiftWarning(reason="区气象台通知")),
            new_warning([CAMPUS], Content(hazard="大雾", colour="橙")),
        ]
        for number, step in enumerate(steps):
            requester = Requester(person_id=cast.person_id("duty"))
            done = await service.execute([step], cause=f"warned:{number}", requester=requester)
            assert done.refusal is None


def test_a_warning_on_record_is_printed_as_cap_stage_by_stage(tocsin, rain):
    printed = [tocsin("warn", "cap", "1", "--stage", stage) for stage in (1, 2, 3)]
    alerts = [taken_in(ran.out.encode()).alert for ran in printed]
    assert [alert.msg_type for alert in alerts] == ["Alert", "Update", "Cancel"]
    assert [faults(ran.out.encode()) for ran in printed] == [(), (), ()]
    assert [item.identifier for item in alerts[2].references] == [alert.identifier for alert in alerts[:2]]
    for name in ("1", "1号", "#1", "rain", "warning:rain"):
        assert tocsin("warn", "cap", name).out == printed[2].out, name
    Path("out.cap").write_text(printed[1].out, encoding="utf-8")
    assert tocsin("warn", "check", "out.cap").status == 0
    assert tocsin("warn", "read", "out.cap", "--json").json["stage"] == "raised"


def test_the_warnings_on_record_are_listed(tocsin, rain):
    ran = tocsin("warn", "list", "--json")
    assert [(item["number"], item["state"], item["acts"], item["waits"]) for item in ran.json] in (
        [(1, "lifted", ["issue", "raise", "lift"], False), (2, "taken", [], True)],
        [(2, "taken", [], True), (1, "lifted", ["issue", "raise", "lift"], False)],
    )
    assert [item["number"] for item in tocsin("warn", "list", "--limit", "1", "--json").json] == [ran.json[0]["number"]]
    printed = tocsin("warn", "list").out
    assert "已解除" in printed and "红色" in printed and "大雾" in printed and CAMPUS.id[:8] in printed


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("9",), "没有“9”这个预警"),
        (("演1",), "没有“演1”这个预警"),
        (("incident:1",), "没有“incident:1”这个预警"),
        (("2",), "还没有发布过"),
        (("1", "--stage", "4"), "只有3个阶段"),
    ],
)
def test_what_cannot_be_printed_is_one_sentence(tocsin, rain, words, says):
    ran = tocsin("warn", "cap", *words)
    assert (ran.status, ran.out) == (2, "") and says in ran.err
