"""``tocsin people``: what is missing; what is kept about somebody, and that it is gone when it was erased."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cases.plan_registry import PlanRegistry
from bot.clock import VirtualClock
from bot.service import Requester, Service, Step
from bot.service.taking import new_warning
from bot.simulate import cast
from plans.incident.closing import Reject
from plans.warning.state import Content
from storage import open_store
from tests.bot.cli.conftest import CAMPUS, START, Tocsin

DAY = timedelta(days=1)
SCHOOL = cast.person_id("school")
ORDER = ("--by", "孙管理", "--reason", "本人申请", "--yes")


def warned(path: Path) -> None:
    """A warning is brought, and waits."""

    async def go() -> None:
        async with await open_store(f"sqlite+aiosqlite:///{path}") as store:
            service = Service(store, PlanRegistry({CAMPUS.id: CAMPUS}), VirtualClock(START), new_id=lambda: "rain")
            new = new_warning([CAMPUS], Content(hazard="暴雨", colour="红", issuer="区气象台", ends=START + DAY))
            requester = Requester(person_id=cast.person_id("duty"))
            assert (await service.execute([new], cause="warned", requester=requester)).refusal is None

    asyncio.run(go())


def rejected(path: Path) -> None:
    async def go() -> None:
        async with await open_store(f"sqlite+aiosqlite:///{path}") as store:
            service = Service(store, PlanRegistry({CAMPUS.id: CAMPUS}), VirtualClock(START), new_id=lambda: "")
            for stream in ("incident:real", "incident:drill"):
                step = Step(stream=stream, command=Reject(reason="核实为误报"))
                requester = Requester(person_id=cast.person_id("duty"))
                result = await service.execute([step], cause=f"reject:{stream}", requester=requester)
                assert result.refusal is None

    asyncio.run(go())


def test_what_is_kept_about_somebody_is_all_there(tocsin: Tocsin, database: Path) -> None:
    kept = tocsin("people", "export", SCHOOL).json
    assert kept["person"]["id"] == SCHOOL and kept["roles"]
    said = [item for item in kept["record"] if item["by_this_person"]]
    assert any("楼梯踩踏" in json.dumps(item["data"], ensure_ascii=False) for item in said)
    assert kept["messages"]
    name = kept["person"]["name"]
    assert tocsin("people", "export", name).json["person"]["id"] == SCHOOL


def test_a_telegram_name_leads_to_nobody_and_says_whose_it_is(tocsin: Tocsin, database: Path) -> None:
    async def go() -> str:
        async with await open_store(f"sqlite+aiosqlite:///{database}") as store, store.writing() as tx:
            person = await tx.people.get(SCHOOL)
            assert person is not None
            await tx.people.save(replace(person, name="区长", real_name=person.name))
            return person.name

    name = asyncio.run(go())
    for way in (("export", "区长"), ("erase", "区长", *ORDER)):
        refused = tocsin("people", *way)
        assert refused.status == 2 and f"Telegram名是它、不认作姓名的：{SCHOOL}" in refused.err
    assert tocsin("people", "export", name).json["person"]["id"] == SCHOOL


def test_who_is_needed_in_an_open_incident_is_not_erased(tocsin: Tocsin, database: Path) -> None:
    refused = tocsin("people", "erase", SCHOOL, *ORDER)
    assert refused.status == 2 and "还没有归档" in refused.err and "演1号" in refused.err


def test_who_is_erased_is_nowhere_and_the_chain_is_whole(tocsin: Tocsin, database: Path) -> None:
    rejected(database)
    name = tocsin("people", "export", SCHOOL).json["person"]["name"]
    done = tocsin("people", "erase", SCHOOL, *ORDER, "--json").json
    assert done["values"] > 0 and done["roles"] == 1
    after = tocsin("people", "export", SCHOOL)
    assert name not in after.out and "楼梯踩踏" not in after.out
    assert after.json["person"]["telegram_id"] is None and all(item["ended_at"] for item in after.json["roles"])
    assert not any(item["text"] for item in after.json["messages"])
    assert "楼梯踩踏，4名" not in tocsin("incidents", "list", "--json").out  # the line of the list follows from the log
    verified = tocsin("audit", "verify", "--json")
    assert verified.status == 0 and verified.json["ok"]
    assert tocsin("people", "export", name).status == 2
    again = tocsin("people", "erase", SCHOOL, *ORDER, "--json").json
    assert (again["values"], again["roles"]) == (0, 0)


def test_the_erasure_itself_is_on_record(tocsin: Tocsin, database: Path) -> None:
    rejected(database)
    tocsin("people", "erase", SCHOOL, *ORDER)

    async def log() -> list[str]:
        async with await open_store(f"sqlite+aiosqlite:///{database}", read_only=True) as store, store.reading() as rx:
            return [entry.event for entry in await rx.journal.load(f"admin:{CAMPUS.jurisdiction.name}")]

    assert {"role-revoked", "person-erased"} <= set(asyncio.run(log()))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("erase", SCHOOL, "--by", "x", "--reason", "y"), "确认请加 --yes"),
        (("erase", SCHOOL, "--by", " ", "--reason", "y", "--yes"), "例如 --by 孙管理"),
        (("export", "没有这个人"), "没有“没有这个人”这个人"),
        (("export", ""), "没有“”这个人"),
    ],
)
def test_wrong_use_is_told(tocsin: Tocsin, database: Path, words: tuple[str, ...], said: str) -> None:
    ran = tocsin("people", *words)
    assert ran.status == 2 and said in ran.err


def test_the_check_says_what_is_missing(tocsin: Tocsin, database: Path) -> None:
    ran = tocsin("people", "check", "--json")
    assert ran.status == 1
    [found] = ran.json or [{}]
    assert found["plan"] == CAMPUS.id and found["stale"] and not found["ok"]
    assert "还没有做过叫应测试" in tocsin("people", "check").out
