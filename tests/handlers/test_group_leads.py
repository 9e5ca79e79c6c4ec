"""``/lead`` and ``/setup``: groups without a lead are asked for, answered once, taken back, kept with who and when."""

from __future__ import annotations

import pytest

from bot.operations.proof import examine
from bot.playground import Person
from plans.load import load_all
from tests.journeys.world import Town

PLANS = load_all()
PLAN = PLANS["dehui-education-duties"]
PLACE = PLAN.jurisdiction.name


async def serve(town: Town, title: str, *ids: str) -> None:
    """Let a group of its own serve plans."""
    group = town.world.add_group(title, owner=town.admin, members=[town.bot])
    town.admin.send(group, "/help@tocsin_bot")
    await town.settle()
    for plan_id in ids:
        await town.bind(group, "command", plan_id)


@pytest.fixture
async def office(town: Town) -> Town:
    await serve(town, "德惠市教育局指挥群", PLAN.id)
    return town


async def leads(town: Town) -> dict[str, tuple[str, str]]:
    async with town.open_store.reading() as rx:
        return {row.group_name: (row.lead, row.by) for row in await rx.group_leads.of(PLACE, PLAN.id)}


async def test_setup_asks_and_says_what_was_answered(office: Town):
    await office.say(office.admin, office.bot, "/setup")
    asked = office.sees(office.admin, "原文没有写牵头的工作组（0/7已登记）").text
    assert "✗ 指挥组（七(三)）：原文没有写，尚未指定" in asked
    await office.say(office.admin, office.bot, "/lead 指挥组 安全科科长")
    office.sees(office.admin, "指挥组由安全科科长牵头")
    await office.say(office.admin, office.bot, "/setup")
    answered = office.sees(office.admin, "（1/7已登记）").text
    assert "✓ 指挥组（七(三)）：安全科科长（本地规定，孙管理3月2日登记）" in answered
    assert await leads(office) == {"指挥组": ("安全科科长", "孙管理")}
    await office.say(office.admin, office.bot, "/lead 指挥组 无")
    office.sees(office.admin, "已收回")
    assert await leads(office) == {}
    async with office.open_store.reading() as rx:
        assert [fault for fault in await examine(rx, office.clock.now()) if fault.kind == "lead"] == []


async def test_a_change_behind_the_programs_back_is_found(office: Town):
    await office.say(office.admin, office.bot, "/lead 指挥组 安全科科长")
    async with office.open_store.writing() as tx:
        await tx.group_leads.forget(PLACE, PLAN.id, "指挥组")
    async with office.open_store.reading() as rx:
        assert [fault.kind for fault in await examine(rx, office.clock.now()) if fault.kind == "lead"] == ["lead"]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/lead", "请写明工作组和牵头"),
        ("/lead 指挥组", "请写明工作组和牵头"),
        ("/lead 食堂组 校长", "没有“食堂组”这个工作组"),
        ("/lead 指挥组 校长13800000000", "不写人名和号码"),
        (f"/lead 指挥组 {'很长的职务' * 9}", "不写人名和号码"),
        ("/lead 指挥组 无", "本来就没有登记牵头"),
    ],
)
async def test_what_cannot_be_kept_is_said_and_changes_nothing(office: Town, said: str, answer: str):
    await office.say(office.admin, office.bot, said)
    office.sees(office.admin, answer)
    assert await leads(office) == {}


async def test_only_administrators_name_leads(office: Town):
    people: list[Person] = [office.duty, office.director, office.commander, office.head]
    for person in people:
        await office.say(person, office.bot, "/lead 指挥组 校长")
    assert await leads(office) == {}


async def test_where_two_plans_have_such_a_group_the_plan_is_asked(office: Town):
    transit, water = PLANS["jincheng-transit"], PLANS["jincheng-water-rescue"]
    await serve(office, "晋城市指挥群", transit.id, water.id)
    await office.say(office.admin, office.bot, "/lead 专家咨询组 市交通局")
    asked = office.sees(office.admin, "几个预案都有这个组").text
    assert f"/lead {transit.id} 专家咨询组 市交通局" in asked and water.id in asked
    await office.say(office.admin, office.bot, f"/lead {transit.id} 专家咨询组 市交通局")
    async with office.open_store.reading() as rx:
        assert [row.lead for row in await rx.group_leads.of(transit.jurisdiction.name, transit.id)] == ["市交通局"]
        assert await rx.group_leads.of(water.jurisdiction.name, water.id) == []


@pytest.mark.parametrize("lead", ["安全科科长", "督导室主任", "*_[`<&>"])
async def test_who_answers_with_what_the_office_named_and_says_that_it_is_no_word_of_the_plan(office: Town, lead: str):
    await office.grant(office.duty, "duty", plan=PLAN.id)
    await office.say(office.admin, office.bot, f"/lead 指挥组 {lead}")
    await office.say(office.duty, office.bot, f"/who {PLAN.id} 指挥组")
    await office.say(office.duty, office.bot, "/who 指挥组")
    told = [line for line in office.texts(office.duty)[-1].splitlines() if "指挥组牵头" in line]
    assert any(line.startswith(f"· {lead}：指挥组牵头") and "七(三)" in line and "本地规定" in line for line in told)
    await office.say(office.admin, office.bot, "/lead 指挥组 无")
    await office.say(office.duty, office.bot, "/who 指挥组")
    assert lead not in office.texts(office.duty)[-1]
