"""Whom a warning concerns: what names all of a place, and numbers that are a person's own stay out of groups."""

from __future__ import annotations

import pytest

from bot.service.warning import as_read
from plans.load import load_all
from tests.handlers.test_bodies import MOBILE, listed
from tests.handlers.test_warning import RAIN, warnings
from tests.journeys.world import UNITS, Town

EVERYTHING = "全区"


@pytest.mark.parametrize(
    ("place", "areas", "text"),
    [
        ("晋城市城区", (), EVERYTHING),
        ("晋城市城区", ("城区",), EVERYTHING),
        ("晋城市城区", ("晋城市",), EVERYTHING),
        ("晋城市城区", ("晋城市城区", "城关镇"), "全区、城关镇"),
        ("晋城市城区", ("城关镇", "河口乡"), "城关镇、河口乡"),
        ("晋城市城区", ("区",), "区"),
        ("杭州市临安区", ("临安",), EVERYTHING),
        ("杭州市临安区", ("杭州市",), EVERYTHING),
        ("杭州市临安区", ("萧山区",), "萧山区"),
        ("枣庄市山亭区", ("山亭区北部",), "山亭区北部"),
    ],
)
def test_the_places_own_name_is_all_of_it(place, areas, text):
    assert as_read(place, areas) == text


@pytest.mark.parametrize("plan", load_all().values(), ids=lambda plan: plan.id)
def test_every_plans_place_is_known_by_its_name(plan):
    name = plan.jurisdiction.name
    assert as_read(name, (name,)) == EVERYTHING


SCHOOLS = [
    ("1", "凤鸣小学", "", "小学", "城关镇", "", "0356-2250781"),
    ("2", "河口中学", "", "中学", "河口乡", "", MOBILE),
]


async def test_where_nobody_is_listed_the_members_are_called_and_no_area_is_unknown() -> None:
    async with Town.open() as town:
        await town.say(town.duty, town.bot, RAIN)
        await town.press(town.duty, "预览", words="待处理")
        preview = town.sees(town.duty, "请确认").text
        assert "没有认出的区域" not in preview and UNITS[1] not in preview.partition("没有绑定联系人")[2]


async def test_a_head_alone_is_enough_and_one_who_blocked_the_bot_is_rung() -> None:
    async with Town.open() as town:
        await listed(town, *SCHOOLS)
        async with town.open_store.reading() as rx:
            ids = {row.name: row.id for row in await rx.bodies.all("晋城市城区")}
        for person, school in ((town.teacher, "凤鸣小学"), (town.stranger, "河口中学")):
            person.start(town.bot)
            await town.settle()
            await town.grant(person, "head", ids[school])
        town.stranger.block(town.bot)
        await town.settle()
        await town.say(town.duty, town.bot, RAIN)
        await town.press(town.duty, "预览", words="待处理")
        preview = town.sees(town.duty, "请确认").text
        assert "没有绑定联系人，将列入电话名单：河口中学" in preview
        await town.press(town.duty, "确认转发")
        assert town.told(town.teacher, "发布：暴雨红色预警")


async def test_a_list_of_numbers_that_falls_back_to_the_group_holds_no_persons_own() -> None:
    async with Town.open() as town:
        await listed(town, *SCHOOLS)
        await town.say(town.commander, town.bot, RAIN)
        await town.say(town.commander, town.bot, "/warn 1")
        await town.press(town.commander, "预览", words="暴雨红色预警")
        async with town.open_store.writing() as tx:
            for officer in (town.duty, town.second, town.director):
                person = await tx.people.by_telegram(officer.id)
                assert person is not None
                for item in await tx.people.holdings(person.id):
                    await tx.people.revoke(item.id, town.clock.now())
        await town.press(town.commander, "确认转发")
        await town.advance(minutes=30)
        public = [line.text for line in town.told(town.commander, "请打电话", town.group)]
        assert public and any("0356-2250781" in text for text in public)
        assert not any(MOBILE in line.text for line in town.commander.timeline(town.group))


OTHERS = [("3", "晋风商贸公司", "", "企业", "城关镇", "", ""), ("4", "城关卫生院", "", "医院", "城关镇", "", "")]


async def test_the_preview_says_whom_the_plan_calls_and_whom_it_leaves() -> None:
    async with Town.open() as town:
        await listed(town, *SCHOOLS, *OTHERS)
        await town.say(town.duty, town.bot, RAIN)
        await town.press(town.duty, "预览", words="待处理")
        preview = town.sees(town.duty, "请确认").text
        assert "按本预案叫应区域内的学校、幼儿园、镇街" in preview
        assert "区域内不叫应：企业1个、医院1个" in preview
        await town.press(town.duty, "确认转发")
        [case] = await warnings(town)
        assert {"凤鸣小学", "河口中学"} <= case.waking.keys()
        assert not {"晋风商贸公司", "城关卫生院"} & case.waking.keys()
