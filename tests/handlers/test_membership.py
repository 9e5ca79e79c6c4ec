"""The bot removed, blocked, moved with its group, without the right to pin: noticed at once, and somebody is told."""

from __future__ import annotations

from tests.journeys.world import STAMPEDE, Forgiven


async def test_removed_from_the_command_group_the_office_is_told_and_nothing_is_lost(town):
    town.admin.remove(town.group, town.bot)
    await town.settle()
    town.sees(town.admin, "机器人已不在“城区校园安全指挥群”里")
    town.sees(town.duty, "指挥群收不到卡片和公告")
    await town.say(town.head, town.bot, STAMPEDE)
    town.sees(town.duty, "【待接报】1号")


async def test_without_the_right_to_pin_the_office_is_told(town):
    town.admin.promote(town.group, town.bot, [])
    await town.settle()
    town.sees(town.admin, "没有置顶权限")


async def test_who_blocks_the_bot_is_rung_instead(reported):
    town = reported
    unit, person = "市公安局城区分局", town.liaisons["市公安局城区分局"]
    person.block(town.bot)
    await town.settle()
    await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
    await town.press(town.director, "启动Ⅲ级")
    assert "其中1个没有联络员" in town.sees(town.director, "预览：启动Ⅲ级响应").text
    await town.press(town.director, "确认宣布")
    assert (
        unit in town.sees(town.duty, "请打电话叫应").text
        and "0356-3048013" in town.sees(town.duty, "请打电话叫应").text
    )


async def test_a_group_that_became_a_supergroup_is_followed(town):
    basic = town.world.add_group("旧群", owner=town.admin, members=[town.bot, town.commander], kind="group")
    town.admin.send(basic, "/help@tocsin_bot")
    await town.settle()
    await town.bind(basic, "command")
    moved = town.admin.upgrade(basic)
    await town.say(town.head, town.bot, STAMPEDE)
    town.sees(town.commander, "1号 未启动响应", moved)
    town.forgiven = Forgiven(calls=("upgraded to a supergroup",))


async def test_a_new_group_is_told_how_to_begin(town):
    group = town.world.add_group("新群", owner=town.admin)
    town.admin.add(group, town.bot)
    await town.settle()
    assert "/bind" in town.texts(town.admin, group)[-1]


async def test_back_in_the_command_group_the_office_is_told_with_what_is_missing(reported):
    town = reported
    town.admin.remove(town.group, town.bot)
    await town.settle()
    town.admin.add(town.group, town.bot)
    await town.settle()
    town.sees(town.duty, "机器人回到了“城区校园安全指挥群”：绑定还在")
    town.sees(town.admin, "没有置顶权限，响应公告不能置顶")
    await town.say(town.duty, town.bot, "/oral 1 指挥长 启动 Ⅱ")
    await town.press(town.duty, "属实，公布")
    town.sees(town.director, "【Ⅱ级响应】1号", town.group)
    town.forgiven = Forgiven(calls=("not enough rights",), dead=("Not enough rights",), logs=("Not enough rights",))
