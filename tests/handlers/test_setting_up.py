"""From an empty installation to one that works: kinds of group, one-time invitations, claims and their approval."""

from __future__ import annotations

from datetime import timedelta

from bot.office import inviting
from tests.journeys.world import PLAN, Forgiven, Town


async def test_an_invitation_works_once_and_for_a_week(town, monkeypatch):
    assert timedelta(days=7) == inviting.LASTS
    # Of the week one hour is lived through: two thousand rounds of the program on itself are no part of the question.
    monkeypatch.setattr(inviting, "LASTS", timedelta(hours=1))
    await town.say(town.admin, town.group, "/invite 值班员")
    token = town.sees(town.admin, "请把链接转给本人").text.split("start=")[1].split()[0]
    town.stranger.start(town.bot, token)
    await town.settle()
    town.sees(town.stranger, "已登记：值班员")
    town.teacher.start(town.bot, token)
    await town.settle()
    town.sees(town.teacher, "这个邀请已经用过")
    await town.say(town.admin, town.group, "/invite 值班员")
    late = town.sees(town.admin, "请把链接转给本人").text.split("start=")[1].split()[0]
    await town.clock.advance(timedelta(hours=1, seconds=1))
    town.teacher.start(town.bot, late)
    await town.settle()
    assert "过期" in town.texts(town.teacher)[-1]


async def test_a_claim_is_approved_once(town):
    town.stranger.start(town.bot)
    await town.settle()
    await town.say(town.stranger, town.bot, f"/join 联络员 区气象局 {PLAN}")
    await town.say(town.stranger, town.bot, "罗敏 区气象局 0356-2250777")
    town.sees(town.stranger, "已提交：联络员 区气象局")
    first = town.admin.press(town.button(town.admin, "批准"), "批准")
    await town.settle()
    assert "已批准" in (first.text or "")
    town.sees(town.stranger, "已登记：联络员 区气象局")
    again = town.admin.repress(first)
    await town.settle()
    assert "已经处理过" in (again.text or "")
    town.forgiven = Forgiven(calls=("message is not modified",))  # its buttons are gone since the first press
    await town.say(town.stranger, town.bot, "/me")
    assert town.texts(town.stranger)[-1].count("联络员 区气象局") == 1


async def test_claims_ring_an_administrator_at_most_every_ten_minutes_joined_and_none_is_lost(town):
    people = [town.world.add_user(f"申请{number}") for number in range(14)]
    asked = len(town.told(town.admin, "申请登记为"))
    rung = town.count(town.admin)
    for person in people:
        person.start(town.bot)
        await town.settle()
        await town.say(person, town.bot, f"/join 报告人 {PLAN}")
        await town.say(person, town.bot, "罗敏 区教育局")
        town.sees(person, "已提交：报告人")
    assert len(town.told(town.admin, "申请登记为")) - asked == 1, "the first one at once"
    for unit in ("区气象局", "区教育局", "区消防救援大队"):
        await town.say(people[0], town.bot, f"/join 联络员 {unit} {PLAN}")
    assert "您已有3件登记申请在等批准" in town.texts(people[0])[-1]
    await town.advance(minutes=10, seconds=5)
    assert len(town.told(town.admin, "申请登记为")) - asked == 2
    joined = town.sees(town.admin, "申请登记为")
    assert joined.text.count("申请登记为") == 10 and "另有6件" in joined.text
    for number in range(1, 11):
        pressed = town.admin.press(joined, f"批准 {number}")
        await town.settle()
        assert "已批准" in (pressed.text or ""), number
    await town.advance(minutes=10, seconds=5)
    last = town.sees(town.admin, "申请登记为")
    assert last.text.count("申请登记为") == 6 and "另有" not in last.text
    await town.press(town.admin, "不批准 4")
    town.sees(people[13], "未获批准")
    assert rung is not None and len(town.told(town.admin, "申请登记为")) - asked == 3


async def test_what_is_wrong_with_an_invitation_is_said(town):
    for words, said in (
        ("", "请写明职务"),
        ("厨师", "请写明职务"),
        ("联络员", "请写明单位"),
        ("联络员 区天文台", "没有“区天文台”这个单位"),
    ):
        await town.say(town.admin, town.group, f"/invite {words}")
        assert said in town.texts(town.admin)[-1], words


async def test_binding_says_what_the_kind_means_and_unbinding_ends_it(town):
    group = town.world.add_group("家长群", owner=town.admin, members=[town.bot])
    await town.say(town.admin, group, f"/bind {PLAN} 学校群")
    town.sees(town.admin, "机器人在这里只回一句话", group)
    await town.say(town.admin, group, "/bind 没有这个")
    assert "没有“没有这个”这个预案" in town.texts(town.admin)[-1]
    await town.say(town.admin, group, f"/unbind {PLAN}")
    town.sees(town.admin, "已解除绑定：晋城市城区校园安全事故应急预案", group)


async def test_every_administrative_act_stands_in_the_log():
    async with Town.open(seated=False) as town:
        town.admin.start(town.bot)
        await town.settle()
        await town.say(town.admin, town.group, f"/bind {PLAN}")
        await town.say(town.admin, town.group, "/invite 值班员")
        async with town.open_store.reading() as rx:
            entries = await rx.journal.load("admin:晋城市城区")
            assert await rx.journal.verify("admin:晋城市城区") == []
        assert [item.event for item in entries] == ["place-bound", "invited"]


async def test_an_administrator_is_led_from_start_to_a_bound_group_by_a_link_and_a_button():
    async with Town.open(seated=False) as town:
        town.admin.start(town.bot)
        await town.settle()
        link = "https://t.me/tocsin_bot?startgroup=bind&admin=pin_messages+manage_topics"
        assert link in town.texts(town.admin)[-1]
        await town.say(town.admin, town.bot, "/setup")
        assert link in town.texts(town.admin)[-1]
        group = town.world.add_group("新指挥群", owner=town.admin)
        town.admin.add(group, town.bot, rights=["can_pin_messages", "can_manage_topics"], payload="bind")
        await town.settle()
        await town.press(town.admin, "晋城市城区校园安全事故应急预案", group)
        assert "已绑定：晋城市城区校园安全事故应急预案（指挥群）" in town.texts(town.admin, group)[-1]
        town.stranger.start(town.bot)
        await town.settle()
        assert link not in town.texts(town.stranger)[-1]


async def test_without_any_administrator_whoever_asks_is_told_what_to_write_where():
    async with Town.open(seated=False, admins=False) as town:
        town.stranger.start(town.bot)
        await town.settle()
        await town.say(town.stranger, town.bot, "/setup")
        said = town.sees(town.stranger, "还没有管理员").text
        assert f"TOCSIN_ADMINS={town.stranger.id}" in said
        assert town.program is not None and not town.program.administered
        await town.say(town.stranger, town.bot, "/me")
        assert f"您的Telegram编号：{town.stranger.id}" in town.texts(town.stranger)[-1]


async def test_where_there_is_one_a_stranger_is_told_nothing_more(town):
    town.stranger.start(town.bot)
    await town.settle()
    await town.say(town.stranger, town.bot, "/setup")
    assert "TOCSIN_ADMINS" not in town.texts(town.stranger)[-1]
    assert town.program.administered
