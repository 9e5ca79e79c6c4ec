"""Under which plan a warning falls: plain, or asked with a button for each; never guessed, and nothing before it."""

from __future__ import annotations

from datetime import datetime
from itertools import permutations

import pytest

from bot.callback_data import pack
from bot.exchange.cap import taken_in
from bot.playground import Person
from bot.service import Requester, Step
from bot.service.plan_choice import plans_of_warning
from bot.service.taking import take_alert
from plans.load import load_all
from plans.times import BEIJING
from plans.warning.issuing import IssueWarning
from plans.warning.oral import RecordWarningWord
from plans.warning.state import ISSUE, PASS_ON
from tests import stage
from tests.handlers.forging import FORGIVEN, Forger, live_buttons
from tests.handlers.test_bodies import send
from tests.handlers.test_bringing import cap
from tests.handlers.test_warning import warnings
from tests.journeys.world import PLAN, Town, plans

PLANS = load_all()
CITY = ("jincheng-energy", "jincheng-public-health", "jincheng-transit", "jincheng-water-rescue")
TWO = ("jincheng-water-rescue", "jincheng-energy")
NOW = datetime(2026, 7, 1, 13, 5, tzinfo=BEIJING)
FOG = "市气象台发布大雾橙色预警，至明天8时。"
RAIN = "市气象台发布暴雨红色预警，至明天8时。"

PLAIN = [
    ("市气象台发布大雾橙色预警，能见度450米。", "", "jincheng-water-rescue"),
    ("发布一级预警", "一级", "jincheng-water-rescue"),
]
"""Text, level, and the only plan of the city that it can be under."""


@pytest.mark.parametrize(("text", "level", "plan"), PLAIN)
def test_figures_and_levels_that_one_plan_alone_knows_make_it_plain(text: str, level: str, plan: str):
    for order in permutations(CITY):
        assert [item.id for item in plans_of_warning([PLANS[name] for name in order], text, level, NOW)] == [plan]


@pytest.mark.parametrize("text", [FOG, RAIN, "市气象台发布高温橙色预警"])
def test_a_colour_of_the_met_office_is_nobodys_own_and_is_asked(text: str):
    for order in permutations(CITY):
        found = plans_of_warning([PLANS[name] for name in order], text, "", NOW)
        assert {item.id for item in found} == set(CITY)


@pytest.mark.parametrize("plan", PLANS.values(), ids=lambda plan: plan.id)
@pytest.mark.parametrize("text", [FOG, RAIN, ""])
def test_of_one_plan_alone_nobody_is_asked(plan, text: str):
    assert plans_of_warning([plan], text, "", NOW) == (plan,)


def test_a_plan_that_knows_no_warnings_is_not_asked_about_beside_one_that_does():
    found = plans_of_warning([PLANS["dehui-education-duties"], PLANS["jincheng-energy"]], RAIN, "", NOW)
    assert [item.id for item in found] == ["jincheng-energy"]


async def serves_two(town: Town) -> Person:
    """A group of the city serves two plans; its officer sits on both seats."""
    officer = town.second
    async with town.open_store.writing() as tx:
        known = await tx.people.by_telegram(officer.id)
        place = await tx.places.by_chat(town.group.id)
        assert known is not None and place is not None
        for item in await tx.people.holdings(known.id):
            await tx.people.revoke(item.id, town.clock.now())
        await tx.places.unbind(place.id, PLAN)
        for plan in TWO:
            await stage.bind(tx, place, plans()[plan], "command", at=town.clock.now())
    for plan in TWO:
        await town.grant(officer, "duty", plan=plan)
        await town.sit(officer, plan)
    return officer


@pytest.mark.parametrize("way", ["private", "group", "file"])
@pytest.mark.parametrize("chosen", TWO)
async def test_it_is_asked_and_nothing_is_said_before_somebody_has_chosen(town: Town, way: str, chosen: str):
    officer = await serves_two(town)
    if way == "file":
        await send(town, officer, cap(), name="预警.xml")
    else:
        await town.say(officer, town.bot if way == "private" else town.group, RAIN)
    [case] = await warnings(town)
    assert case.plan_asked and case.proposal is not None
    asked = town.sees(officer, "按哪个预案处理，请选")
    assert asked.labels()[:2] in (["水上搜救", "能源供应"], ["能源供应", "水上搜救"]) and "不发布" in asked.labels()
    assert "预览" not in asked.labels()
    assert town.told(officer, "按哪个预案处理，请选", town.group), "an officer of either plan may say so"
    await town.say(officer, town.bot, f"/warn {case.number}")
    assert "预览" not in town.sees(officer, "待发布").labels()
    assert not town.told(officer, "请确认")
    label = "水上搜救" if chosen == TWO[0] else "能源供应"
    await town.press(officer, label, words="按哪个预案处理，请选")
    [case] = await warnings(town)
    assert (case.plan, case.plan_asked) == (chosen, False)
    await town.press(officer, "预览", words="待处理")
    preview = town.sees(officer, "请确认").text
    assert ("船舶和人员" in preview) == (chosen == TWO[0])
    await town.press(officer, "确认转发")
    [case] = await warnings(town)
    assert case.in_force and case.plan == chosen


async def test_the_seat_is_asked_again_and_told_who_was_quicker(town: Town):
    officer = await serves_two(town)
    await town.say(officer, town.bot, RAIN)
    await town.advance(minutes=20)
    assert town.told(officer, "还没有选按哪个预案处理")
    await town.press(officer, "能源供应", words="还没有选按哪个预案处理")
    [case] = await warnings(town)
    assert case.plan == "jincheng-energy"
    for where in (town.bot, town.group):
        assert not any("水上搜救" in line.labels() for line in officer.timeline(where)), "chosen once"
    assert not town.told(officer, "值班室正在处理"), "who sits there reads one message"
    again = town.count(officer)
    await town.advance(minutes=20)
    assert not [line for line in again.new if "按哪个预案" in line.text]


async def test_nothing_issues_what_no_plan_was_chosen_for(town: Town):
    officer = await serves_two(town)
    await town.grant(officer, "commander", plan=TWO[0])
    await town.say(officer, town.bot, RAIN)
    [case] = await warnings(town)
    assert town.program is not None
    service = town.program.service
    async with town.open_store.reading() as rx:
        person = await rx.people.by_telegram(officer.id)
    assert person is not None
    orders = [
        IssueWarning(way=ISSUE), IssueWarning(way=PASS_ON), RecordWarningWord(of="commander", decides=ISSUE),
    ]  # fmt: skip
    for number, order in enumerate(orders):
        result = await service.execute(
            [Step(stream=case.stream, command=order)], cause=f"forged:{number}",
            requester=Requester(person_id=person.id),
        )  # fmt: skip
        assert result.refusal is not None and result.refusal.key == "warning_which_plan"


async def test_what_two_plans_took_is_changed_and_lifted_under_both(town: Town):
    officer = await serves_two(town)
    assert town.program is not None
    for name in TWO:
        alert = taken_in(cap(identifier=f"met-{name}")).alert
        await take_alert(town.program.service, [PLANS[name]], alert, requester=Requester())
    assert {case.plan for case in await warnings(town)} == set(TWO)
    await town.say(officer, town.bot, "区气象台解除暴雨红色预警。")
    assert [case.proposal.act for case in await warnings(town) if case.proposal is not None] == ["lift", "lift"]


PLACES = (("jincheng-chengqu-campus", "晋城市城区"), ("jincheng-energy", "晋城市"))


@pytest.mark.parametrize("way", ["said", "file"])
async def test_who_serves_two_places_is_asked_which_and_nothing_is_taken_meanwhile(town: Town, way: str):
    await town.grant(town.duty, "duty", plan="jincheng-energy")
    if way == "file":
        await send(town, town.duty, cap(), name="预警.xml")
    else:
        await town.say(town.duty, town.bot, "气象台发布暴雨红色预警，至明天8时。")
    assert await warnings(town) == []
    assert "不知道是哪里的预警" in town.sees(town.duty, "都有职务").text


@pytest.mark.parametrize(("plan", "place"), PLACES)
async def test_the_place_that_the_words_name_is_meant(town: Town, plan: str, place: str):
    await town.grant(town.duty, "duty", plan="jincheng-energy")
    await town.say(town.duty, town.bot, f"/warn {place} 气象台发布暴雨红色预警，至明天8时。")
    [case] = await warnings(town)
    assert (case.plan, case.jurisdiction) == (plan, place)
    await town.say(town.duty, town.bot, "气象台解除暴雨红色预警。")
    [case] = await warnings(town)
    assert case.proposal is not None and case.proposal.act == "lift", "of one place alone there is such a warning"


async def test_what_is_posted_in_a_group_is_that_groups_whatever_else_somebody_holds(town: Town):
    await town.grant(town.duty, "duty", plan="jincheng-energy")
    await town.say(town.duty, town.group, RAIN)
    [case] = await warnings(town)
    assert case.plan == PLAN


async def test_only_the_office_says_under_which_plan_it_falls_whoever_presses(town: Town):
    town.forgiven = FORGIVEN
    officer = await serves_two(town)
    await town.say(officer, town.bot, RAIN)
    forger, [before] = Forger(town), await warnings(town)
    strangers = (town.duty, town.commander, town.stranger, *town.liaisons.values())  # of the district, not of the city
    for button in await live_buttons(town, "warning_plan"):
        for person in strangers:
            for chat in (person, town.group, officer):
                await forger.press(person, chat, pack(button.id))
    [after] = await warnings(town)
    assert after.plan_asked and after.sequence == before.sequence
    await town.settle()
