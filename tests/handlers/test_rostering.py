"""The duty roster in the chat: written by an administrator, read by those who serve, a word when a shift changes."""

from __future__ import annotations

from datetime import datetime

from bot.clock import SHANGHAI
from tests.journeys.world import JURISDICTION, PLAN, STAMPEDE, Town


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
