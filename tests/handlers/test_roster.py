"""The duty roster in the chat: written by an administrator, read by those who serve, a word when a shift changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.clock import SHANGHAI
from bot.texts.words import WEEKDAYS
from storage.people import ShiftRow
from tests.journeys.world import JURISDICTION, PLAN, STAMPEDE, UNITS, Town


def today(town: Town) -> datetime:
    """03:06 in Jincheng, when a journey begins."""
    return town.clock.now().astimezone(SHANGHAI)


async def planned(town: Town, *lines: str) -> None:
    await town.say(town.admin, town.bot, "/roster\n" + "\n".join(lines))
    await town.press(town.admin, "确认修改")


async def test_an_administrator_writes_it_after_a_second_look(town: Town):
    await town.say(
        town.admin, town.bot, f"/roster\n{today(town):%m-%d} 00:00-12:00 {town.second.name}\n十一月 白班 某人"
    )
    shown = town.sees(town.admin, "将改值班表").text
    assert f"主班 {town.second.name}" in shown and "第3行没有读懂：日期“十一月”看不懂" in shown
    await town.say(town.duty, town.bot, "/duty")
    assert town.second.name not in town.sees(town.duty, "值班席：").text, "nothing before it is confirmed"
    await town.press(town.admin, "确认修改")
    await town.say(town.duty, town.bot, "/duty")
    assert town.second.name in town.sees(town.duty, "值班席：").text


async def test_others_do_not_write_and_what_is_wrong_is_said(town: Town):
    await town.say(town.duty, town.bot, "/roster 11-27 夜班 某人")
    town.sees(town.duty, "只有管理员可以这样做")
    await town.say(town.admin, town.bot, "/roster")
    town.sees(town.admin, "请写明日期、班次和值班的人")
    await town.say(town.admin, town.bot, "/roster 十一月 夜班 某人")
    town.sees(town.admin, "没有读到值班安排")
    town.stranger.start(town.bot)
    await town.say(town.stranger, town.bot, "/duty")
    town.sees(town.stranger, "您还没有登记身份，不能这样做")
    assert not town.told(town.stranger, "值班席")


async def test_the_next_officer_is_told_before_and_both_where_nobody_took_over(town: Town):
    await planned(town, f"{today(town):%Y-%m-%d} 04:00-12:00 {town.second.name}")
    await town.advance(minutes=60)
    told = town.told(town.second, "您的主班04:00开始")
    assert len(told) == 1 and not town.told(town.duty, "您的主班")
    await town.advance(minutes=15)
    for person in (town.second, town.duty):
        assert "值班席现在是" in town.sees(person, f"按值班表应由{town.second.name}接班").text
    await town.press(town.second, "我接班", words="按值班表应由")
    await town.say(town.duty, town.bot, "/duty")
    assert f"值班席：{town.second.name}" in town.sees(town.duty, "值班席：").text
    assert "不一致" not in town.sees(town.duty, "值班席：").text
    await town.advance(minutes=60)
    assert len(town.told(town.second, "按值班表应由")) == 1


async def test_an_empty_seat_rings_whose_turn_it_is_and_nobody_else(town: Town):
    await planned(town, f"{today(town):%Y-%m-%d} 00:00-12:00 {town.second.name}")
    async with town.open_store.writing() as tx:
        holder = await tx.people.by_telegram(town.duty.id)
        assert holder is not None
        await tx.people.vacate(JURISDICTION, PLAN, holder.id)
    await town.say(town.head, town.bot, STAMPEDE)
    town.sees(town.second, "【待接报】")
    assert not town.told(town.duty, "【待接报】")


async def test_names_that_nobody_registered_bears_are_said_before_it_is_written_and_in_the_check(town: Town):
    day = f"{today(town):%m-%d}"
    await town.say(town.admin, town.bot, f"/roster\n{day} 白班 {town.second.name}、冯无名\n{day} 夜班 {town.duty.name}")
    shown = town.sees(town.admin, "将改值班表").text
    assert "值班表上的冯无名没有登记，或姓名还没有核实。" in shown
    await town.press(town.admin, "确认修改")
    await town.say(town.admin, town.bot, "/setup")
    assert "值班表上的冯无名没有登记，或姓名还没有核实。" in town.sees(town.admin, "安装检查").text
    await planned(town, f"{day} 白班 {town.second.name[0]}　{town.second.name[1:]}")
    await town.say(town.admin, town.bot, "/setup")
    assert "没有登记" not in town.texts(town.admin)[-1], "a padded name is the same person"


async def test_at_the_shift_seat_and_administrators_are_told_whom_nobody_can_remind_and_nobody_else(town: Town):
    await planned(town, f"{today(town):%Y-%m-%d} 04:00-12:00 冯无名")
    await town.advance(minutes=60)
    for person in (town.admin, town.duty):
        told = town.told(person, "收不到提醒，也不能点名叫人。\n值班表上的冯无名没有登记")
        assert len(told) == 1 and "04:00" in told[0].text
    for person in (town.second, town.director, town.commander, town.head):
        assert not town.told(person, "冯无名")
    await town.advance(minutes=120)
    assert len(town.told(town.admin, "收不到提醒，也不能点名叫人。\n值班表上的冯无名没有登记")) == 1, "once for a shift"


async def test_a_name_of_one_jurisdiction_is_told_in_that_one_alone(town: Town):
    other, keeper = "jincheng-water-rescue", town.world.add_user("乙管理")
    city = town.world.add_group("市水上指挥群", owner=town.admin, members=[town.bot, keeper])
    keeper.start(town.bot)
    town.admin.send(city, "/help@tocsin_bot")
    await town.settle()
    await town.bind(city, "command", other)
    await town.grant(keeper, "duty", plan=other)
    async with town.open_store.writing() as tx:
        for plan, place, name in ((PLAN, JURISDICTION, keeper.name), (other, "晋城市", town.second.name)):
            begins = today(town) + timedelta(minutes=40)
            turn = ShiftRow(
                jurisdiction=place,
                plan_id=plan,
                begins=begins,
                ends=begins + timedelta(hours=8),
                kind="主班",
                name=name,
                phone="",
            )
            await tx.people.replace_shifts(place, plan, begins, begins + timedelta(hours=1), [turn])
    await town.sit(keeper, other)
    await town.advance(minutes=60)
    # Each is registered, but with the other's plan: there nobody of that name serves.
    assert town.told(town.duty, f"值班表上的{keeper.name}没有登记")
    assert town.told(keeper, f"值班表上的{town.second.name}没有登记")
    assert not town.told(keeper, f"值班表上的{keeper.name}") and not town.told(
        town.duty, f"值班表上的{town.second.name}"
    )


async def test_an_empty_seat_rings_the_officer_whose_name_is_padded_where_he_registered(town: Town):
    await planned(town, f"{today(town):%Y-%m-%d} 00:00-12:00 {town.second.name}")
    async with town.open_store.writing() as tx:
        holder, second = await tx.people.by_telegram(town.duty.id), await tx.people.by_telegram(town.second.id)
        assert holder is not None and second is not None
        await tx.people.save(replace(second, real_name=f"{second.name[0]}\u3000{second.name[1:]}\u200b"))
        await tx.people.vacate(JURISDICTION, PLAN, holder.id)
    await town.say(town.head, town.bot, STAMPEDE)
    town.sees(town.second, "【待接报】")
    assert not town.told(town.duty, "【待接报】")


async def test_the_roster_of_another_day_is_shown_and_a_wrong_word_is_helped(town: Town):
    now, number = today(town), "139" + "0000" + "0012"
    *days, before = [now + timedelta(days=away) for away in (0, 1, 2, -1)]
    await planned(
        town,
        f"{days[0]:%Y-%m-%d} 20:00-08:00 {town.duty.name} {number}",
        f"{days[1]:%Y-%m-%d} 20:00-08:00 {town.second.name}",
    )
    called = [f"{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）" for day in (*days, before)]
    first, second, third, yesterday = called
    tonight = f"· 20:00–{days[1].month}月{days[1].day}日08:00 主班 {town.duty.name}（{number}）"
    tail = f"· {days[0].month}月{days[0].day}日20:00–08:00 主班 {town.duty.name}（{number}）"
    tomorrow = f"· 20:00–{days[2].month}月{days[2].day}日08:00 主班 {town.second.name}"
    rest = f"· {days[1].month}月{days[1].day}日20:00–08:00 主班 {town.second.name}"
    for words, shown in {
        "今晚": [f"{first}：", tonight],
        "明天": [f"{second}：", tail, tomorrow],
        f"{days[1].month}月{days[1].day}日": [f"{second}：", tail, tomorrow],
        "周" + "一二三四五六日"[days[2].weekday()]: [f"{third}：", rest],
        "昨天": [f"{yesterday}：值班表上没有安排。"],
    }.items():
        await town.say(town.duty, town.bot, f"/duty {words}")
        _, *lines = town.texts(town.duty)[-1].splitlines()
        assert lines == shown
    await town.say(town.duty, town.bot, "/duty 下周")
    assert town.texts(town.duty)[-1].count("（周") == 7
    for words in ("明夭", "<b>明天</b>", "周三周四", "\u202e天明", "明天" * 500, "12月3日周一"):
        await town.say(town.duty, town.bot, f"/duty {words}")
        assert "/duty 明天、/duty 周三" in town.texts(town.duty)[-1] and len(town.texts(town.duty)[-1]) < 200
    await town.say(town.duty, town.group, "/duty 明天")
    said = town.texts(town.duty, town.group)[-1]
    assert number not in said and town.second.name in said
    await town.say(town.liaisons[UNITS[0]], town.bot, "/duty 明天")
    assert number in town.texts(town.liaisons[UNITS[0]])[-1]
