"""Each scene is played to its end by the page's own buttons, and the night it tells has really happened."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.demo.cast import DUTIES
from bot.demo.run import show
from bot.demo.script import read_scripts
from bot.demo.show import Show
from bot.demo.stage import Deadline
from plans.incident.figures import figures
from plans.incident.state import Incident
from plans.warning.state import WarningCase
from tests.factories import FOUR

# A scene takes five to ten seconds of two cores that are free; a busy machine is given more.
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(240)]
STEP = 60_000
"""Milliseconds that a step may take."""


@pytest_asyncio.fixture(loop_scope="session")
async def night(browser: Browser, tmp_path: Path) -> AsyncIterator[tuple[Show, Page]]:
    complaints: list[str] = []
    # Time stands still but for the script: how fast the machine is changes nothing.
    async with show(rate=0, folder=tmp_path) as (town, address):
        # The smallest page that is laid out as at a desk, without movement: most of a scene's work is to draw it.
        page = await browser.new_page(viewport={"width": 1200, "height": 500}, reduced_motion="reduce")
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        await page.goto(address)
        await page.wait_for_selector("body.ready")
        yield town, page
        await page.close()
        assert [call for call in town.world.calls if call.status >= 400] == []
        assert town.world.breaches == []
    assert complaints == []


async def played(night: tuple[Show, Page], key: str) -> list[str]:
    """Play a scene and return what the guide said, step by step; every act must have been the script's own."""
    town, page = night
    script = read_scripts()[key]
    told, button = page.locator(".told-text"), page.locator("[data-focus=step]")
    await page.locator(f"[data-focus='scene {key}']").filter(has_text=script.title).click()
    await button.wait_for(timeout=STEP)
    said = []
    for number, step in enumerate(script.steps, 1):
        await expect(page.locator(".told-where b")).to_have_text(f"{number}/{len(script.steps)}", timeout=STEP)
        said.append(await told.inner_text())
        for words in next(iter(step.look.values()))[:1]:
            await expect(page.locator(".spotted").filter(has_text=words).first).to_be_visible(timeout=STEP)
        if number < len(script.steps):
            await button.click()
    await expect(page.locator(".scenes")).to_contain_text("演完了", timeout=STEP)
    assert town.performance is not None
    assert town.performance.performed == [act for step in script.steps for act in step.acts]
    assert [line.split(" 预案")[0].split(" 本地")[0] for line in said] == [step.text for step in script.steps]
    return said


async def incident(town: Show, number: int, *, drill: bool = False) -> Incident:
    async with town.looking() as program:
        assert program is not None
        async with program.service.store.reading() as rx:
            row = await rx.incidents.by_number("晋城市城区", None, number, drill)
        assert row is not None
        known = await program.service.incident(row.stream)
    assert known is not None
    return known[1]


def by_report(found: list[Deadline], *, drill: bool = False) -> dict[tuple[str, str], Deadline]:
    return {(one.report, one.clause): one for one in found if one.drill is drill and one.status != "possible"}


async def test_the_stampede_from_the_headmasters_sentence_to_the_archive(night):
    town, _ = night
    await played(night, "stampede")
    case = await incident(town, 1)
    assert (case.state, case.event_level) == ("closed", "较大")
    assert [(one.level, bool(one.oral)) for one in case.decisions if one.level] == [("Ⅲ", False), ("Ⅱ", True)]
    reports = by_report(list(await town.deadlines()))
    assert (reports["电话首报", "4.1.2"].status, reports["电话首报", "4.1.2"].filed) == ("filed", FOUR)
    assert (reports["书面首报", "4.1.2"].status, reports["书面首报", "4.1.2"].filed) == ("filed", FOUR)
    assert reports["终报", "4.1.3"].filed == FOUR
    assert case.calls["市公安局城区分局"].status == "收到"
    assert case.seat_name == "何值班"


async def test_the_food_poisoning_with_two_sources_and_a_rumour(night):
    town, _ = night
    await played(night, "poisoning")
    case, merged = await incident(town, 1), await incident(town, 2)
    assert merged.state == "merged"
    assert (case.state, case.event_level) == ("responding", "较大")
    assert (figures(case)["ill"], figures(case)["deaths"]) == (60, 0)
    corrections = [filing.recipient for filing in case.filings if filing.report == "更正"]
    assert sorted(corrections) == ["区委", "区政府"]
    raised = [one for one in await town.deadlines() if one.text == "上调后补报"]
    assert {one.report for one in raised} == {"电话首报", "书面首报"}
    assert all(one.filed == FOUR for one in raised)


async def test_the_drill_that_is_paused_for_something_real(night):
    town, _ = night
    await played(night, "drill")
    practice, real = await incident(town, 1, drill=True), await incident(town, 1)
    assert (practice.state, real.state) == ("ended", "ended")
    # twenty minutes were skipped, for fifteen it was held; each act of the scene takes some moments of the clock
    assert abs(practice.offset - timedelta(minutes=20 - 15)) < timedelta(seconds=20)
    assert not real.offset
    late = by_report(list(await town.deadlines()), drill=True)["电话首报", "4.1.2"]
    assert late.status == "late"
    assert by_report(list(await town.deadlines()))["首报", "4.1.1"].status in ("filed", "late")


async def test_the_afternoon_of_a_warning_from_the_forward_to_the_lifting(night):
    town, _ = night
    await played(night, "warning")
    async with town.looking() as program:
        assert program is not None
        async with program.service.store.reading() as rx:
            [row] = await rx.cases.numbered("warning", "晋城市城区", 1, False)
        known = await program.service.case(row.stream)
    assert known is not None
    warning = known[1]
    assert isinstance(warning, WarningCase)
    assert [stage.act for stage in warning.stages] == ["issue", "raise", "lift"]
    assert [name for name, item in warning.waking.items() if item.silent] == ["城关中学"]
    meanwhile = await incident(town, 1)
    assert (meanwhile.event_level, meanwhile.response_level) == (None, None)


async def test_the_monday_of_duties_from_one_message_to_the_table(night):
    town, _ = night
    await played(night, "duties")
    async with town.looking() as program:
        assert program is not None
        now, plan = town.now(), program.service.registry.current(DUTIES.plan)
        async with program.service.store.reading() as rx:
            rows = await rx.duties.instances(plan.jurisdiction.name, plan.id)
    status = {(row.bearer, row.duty): row.status(now) for row in rows if row.first <= now.date()}
    check, days = "school-half-month-check", "school-theme-days"
    checked = {row.status(now) for row in rows if row.duty == check and row.due < now}
    assert checked == {"late", "not_applicable", "missed"}
    assert (status["第二实验小学", days], status["朝阳幼儿园", days]) == ("done", "open")


async def test_the_quiet_day_from_the_roster_to_what_is_still_open(night):
    town, _ = night
    await played(night, "quiet")
    async with town.looking() as program:
        assert program is not None
        async with program.service.store.reading() as rx:
            cases = {row.kind: row for kind in ("entry", "handover", "instruction", "spotcheck")
                     for row in await rx.cases.newest(kind, 9)}  # fmt: skip
    states = {kind: row.state for kind, row in cases.items()}
    assert (states["handover"], states["entry"], states["spotcheck"]) == ("complete", "answered", "closed")
    assert cases["instruction"].open
