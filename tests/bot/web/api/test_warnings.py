"""Warnings by the API: one waits for a person's decision whatever brought it, and the same is one whichever way."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.bot.operations.test_warnings import cap
from tests.bot.web.api.asking import BASE, Platform, asking, platform
from tests.journeys.world import PLAN, Town

RAIN = "区气象台2026年3月2日3时发布暴雨橙色预警信号：预计未来6小时城关镇有大暴雨。"
CAP = "application/cap+xml"


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with Town.open(board=BASE) as town:
        yield town


@pytest.fixture
async def nobody(town: Town) -> AsyncIterator[Platform]:
    async with asking(town) as nobody:
        yield nobody


async def test_a_cap_file_waits_for_the_seat_and_is_one_warning(town: Town, nobody: Platform) -> None:
    met, city = await platform(town, nobody, "warn", name="气象台"), await platform(town, nobody, "read", name="市平台")
    file = cap(sent=town.clock.now(), ends=None)
    first = await met.createWarning(body=file, kind=CAP, key="w1", plan=PLAN)
    assert first.status == 201 and [item["waits"] for item in first["warnings"]] == [True], first
    again = await met.createWarning(body=file, kind=CAP, key="w1", plan=PLAN)
    other_key = await met.createWarning(body=file, kind=CAP, key="w2")
    assert again.data == first.data and other_key["warnings"] == first["warnings"]
    await town.settle()
    assert "暴雨" in town.button(town.duty, "预览").text
    [shown] = await city.pages("listWarnings")
    assert (shown["hazard"], shown["colour"], shown["waits"], shown["text"]) == ("暴雨", "红", True, None)
    assert (await city.getWarning(id=shown["id"])).data == shown
    assert (await met.getBroughtWarning(id=first["id"])).data == first.data
    changed = await met.createWarning(body=cap(sent=town.clock.now(), ends=None, colour="橙"), kind=CAP, key="w3")
    assert (changed.status, changed["refusal"]) == (409, "warn_http_differs")


async def test_a_text_is_read_as_one_that_an_officer_forwards(town: Town, nobody: Platform) -> None:
    met = await platform(town, nobody, "warn", name="气象台")
    first = await met.createWarning(body={"text": RAIN})
    assert first.status == 201 and len(first["warnings"]) == 1
    again = await met.createWarning(body={"text": RAIN})
    assert (again.status, again["warnings"]) == (201, first["warnings"]), "it stands there already"
    nothing = await met.createWarning(body={"text": "今天开会"})
    assert (nothing.status, nothing["refusal"]) == (409, "api_no_warning")
    for body in (b"<alert/>", b"<!DOCTYPE x [<!ENTITY y 'z'>]><x>&y;</x>", b"\xff\xfe", b""):
        answer = await met.createWarning(body=body, kind=CAP)
        assert (answer.status, answer["code"]) == (422, "not-valid"), answer
    async with town.open_store.reading() as rx:
        [row] = await rx.cases.open("warning")
        entries = await rx.journal.load(row.stream)
    assert entries[0].actor and entries[0].actor.startswith("platform:") and entries[0].payload["sender"] == "气象台"
