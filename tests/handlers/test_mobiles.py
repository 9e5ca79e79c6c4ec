"""A mobile number that somebody writes is read in the duty room and in no group, by whatever field it comes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plans.directory.numbers import masked_mobiles
from storage.bodies import BodyList, BodyRow
from tests.journeys.world import JURISDICTION, STAMPEDE

MOBILE = "138" + "0013" + "8000"
SPACED = "138 " + "0013 " + "8000"


@pytest.mark.parametrize("who", ["head", "stranger"])
async def test_no_mobile_number_reaches_a_group_by_what_people_write(town, who):
    person = getattr(town, who)
    town.world.state.users[person.id].first_name = f"王某{MOBILE}"
    town.stranger.start(town.bot)
    await town.say(person, town.bot, f"体育馆{MOBILE}有人打架，2人受伤，联系人王老师{SPACED}")
    assert MOBILE in town.sees(town.duty, "【待接报】1号").text
    await town.say(town.duty, town.bot, f"/update 1 地点：食堂{MOBILE}旁 电话{SPACED}")
    await town.say(town.duty, town.bot, f"/shift 李四{MOBILE}")
    await town.say(town.commander, town.bot, f"/declare 1 Ⅱ 预计{MOBILE} {SPACED}")
    await town.press(town.commander, "确认宣布")
    await town.say(town.commander, town.bot, f"/end 1 已处置，联系{MOBILE}")
    await town.press(town.commander, "确认终止")
    await town.say(town.duty, town.bot, STAMPEDE)
    await town.say(town.duty, town.bot, f"/reject 2 误报，联系{MOBILE}")
    read = town.texts(town.duty, town.group)
    assert any("体育馆" in text or "食堂" in text for text in read)
    assert any("138****" in text for text in read)
    assert not [text for text in read if MOBILE in text.replace(" ", "")]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (f"找{MOBILE}。", "找138********。"),
        (f"+86 {SPACED}", "+86 138 **** ****"),
        ("0356-2250777 转 801", "0356-2250777 转 801"),
        ("400-000-0001、12345、119 120 122", "400-000-0001、12345、119 120 122"),
        ("2026年3月2日03:06 13:00-15:30 1380人 13800元", "2026年3月2日03:06 13:00-15:30 1380人 13800元"),
    ],
)
def test_only_mobile_numbers_are_masked(said, shown):
    assert masked_mobiles(said) == shown


RAIN = f"区气象台2026年3月2日3时发布暴雨红色预警，请联系{MOBILE}：预计4时至10时，城关镇有大暴雨。"


async def test_no_mobile_number_of_a_warning_reaches_a_group(town):
    row = BodyRow(
        jurisdiction=JURISDICTION, id="甲小学", name="甲小学", kind="小学", township="城关镇", phones=(MOBILE,), since=1
    )
    async with town.open_store.writing() as tx:
        listed = BodyList(jurisdiction=JURISDICTION, number=1, at=town.clock.now(), by="import", added=1)
        await tx.bodies.take_over(listed, [row], ())
    await town.say(town.duty, town.bot, f"/warn {RAIN}")
    await town.press(town.duty, "预览", words="待处理")
    await town.press(town.duty, "确认转发")
    assert MOBILE in town.sees(town.duty, "请打电话").text, "whoever rings reads the number"
    async with town.open_store.writing() as tx:  # nobody is left who can be written to: the group is told instead
        for person in (town.duty, town.second, town.director):
            known = await tx.people.by_telegram(person.id)
            await tx.people.save(replace(known, blocked_at=town.clock.now()))
    await town.advance(hours=1)
    told = town.told(town.deputy, "请打电话", town.group)
    assert told and "甲小学" in told[-1].text
    async with town.open_store.writing() as tx:
        known = await tx.people.by_telegram(town.duty.id)
        await tx.people.save(replace(known, blocked_at=None))
    await town.say(town.duty, town.bot, f"/warn 1 解除 区气象台{MOBILE}电话通知解除")
    await town.press(town.duty, "确认解除")
    town.sees(town.deputy, "解除：", town.group)
    for text in town.texts(town.deputy, town.group):
        assert masked_mobiles(text) == text, text
