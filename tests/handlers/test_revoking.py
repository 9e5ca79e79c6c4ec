"""Taking back invitations and roles: at once, everywhere; and what is missing among people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.office.people import weekly_word
from tests.journeys.world import JURISDICTION, STAMPEDE, Town


async def invited(town: Town, words: str) -> str:
    await town.say(town.admin, town.bot, f"/invite {words}")
    return town.sees(town.admin, "请把链接转给本人").text.split("start=")[1].split()[0]


async def released(town: Town, words: str) -> None:
    await town.say(town.admin, town.bot, f"/invite 解除 {words}")
    await town.press(town.admin, "确认解除")


async def events(town: Town) -> list[str]:
    async with town.open_store.reading() as rx:
        assert await rx.journal.verify(f"admin:{JURISDICTION}") == []
        return [entry.event for entry in await rx.journal.load(f"admin:{JURISDICTION}")]


async def test_an_invitation_that_was_withdrawn_opens_nothing(town):
    token = await invited(town, "值班员")
    await town.say(town.admin, town.bot, "/invite 撤销")
    assert "值班员，3月2日发出，3月9日到期" in town.texts(town.admin)[-1]
    pressed = await town.press(town.admin, "撤销 1 值班员")
    assert "已撤销邀请：值班员" in (pressed.text or "")
    town.stranger.start(town.bot, token)
    await town.settle()
    town.sees(town.stranger, "这个邀请已经用过、撤销或过期")
    again = await town.press(town.admin, "撤销 1 值班员")
    assert "什么也没有改变" in (again.text or "")
    await town.say(town.admin, town.bot, "/invite 撤销")
    assert "没有还没用的邀请" in town.texts(town.admin)[-1]
    assert await events(town) == ["invited", "invitation-revoked"]


async def test_of_open_invitations_it_is_said_for_whom_they_are_and_none_is_made_for_no_name(town):
    await invited(town, "值班员")
    await invited(town, "值班员 姓名 赵敏 区教育局")
    await town.say(town.admin, town.bot, "/invite 值班员 姓名")
    assert "没有写姓名" in town.texts(town.admin)[-1], "who wanted to name somebody named nobody"
    await town.say(town.admin, town.bot, "/invite 撤销")
    shown = town.sees(town.admin, "还没有用的邀请（2）")
    assert "值班员（给赵敏），3月2日发出" in shown.text
    assert sorted(label[:4] for label in shown.labels()) == ["撤销 1", "撤销 2"]
    await town.say(town.admin, town.bot, "/invite 撤销 赵敏")
    assert "还没有用的邀请（1）" in town.texts(town.admin)[-1]


async def test_the_list_names_everybody_and_can_be_narrowed(town):
    await town.say(town.admin, town.bot, "/invite 名单")
    assert "李值班　值班员（晋城市城区校园安全事故应急预案）" in town.texts(town.admin)[-1]
    await town.say(town.admin, town.bot, "/invite 名单 值班员")
    text = town.texts(town.admin)[-1]
    assert "现有身份（2）" in text and "陈主任" not in text


async def test_whoever_loses_the_duty_is_refused_and_told_nothing_more_and_the_seat_goes_on(town):
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.advance(seconds=5)
    await released(town, "李值班 值班员")
    town.sees(town.duty, "您的身份已由管理员解除：值班员")
    counted = town.count(town.duty)
    await town.say(town.duty, town.bot, "/status 1")
    await town.say(town.duty, town.bot, "/phone 消防")
    assert not any("踩踏" in line.text or "0356" in line.text for line in counted.new)
    town.sees(town.duty, "1号的值班工作单已交给别人")
    refused = await town.press(town.duty, "已报", words="1/4")
    assert "值班员" in (refused.text or "") and not (await town.incident()).last_filings()
    seconds = town.count(town.second)
    counted = town.count(town.duty)
    await town.advance(minutes=30)
    assert any(line for line in seconds.new if "首报" in line.text), "the other duty officer is reminded"
    assert not any("首报" in line.text for line in counted.new), town.screen(town.duty)
    assert "role-revoked" in await events(town)


async def test_only_an_administrator_sees_and_revokes(town):
    await town.say(town.duty, town.bot, "/invite 名单")
    assert "只有管理员" in town.texts(town.duty)[-1]
    await town.grant(town.second, "admin")
    await town.say(town.second, town.bot, "/invite 解除 陈主任")
    await released(town, "周值班 管理员")
    pressed = await town.press(town.second, "确认解除")
    assert "只有管理员" in (pressed.text or "")
    await town.say(town.director, town.bot, "/me")
    assert "办公室主任" in town.texts(town.director)[-1]


async def test_the_check_names_what_is_missing(town):
    await town.say(town.admin, town.bot, "/invite 检查")
    text = town.texts(town.admin)[-1]
    assert "没有联络员的单位（" in text and "区委宣传部" in text and "还没有做过叫应测试" in text
    assert "没有人担任的职务" not in text and "值班席" not in text
    liaison = town.liaisons["区消防救援大队"]
    liaison.block(town.bot)
    await town.settle()
    await released(town, "钱副区长")
    await town.say(town.admin, town.bot, "/invite 检查")
    text = town.texts(town.admin)[-1]
    assert "没有人担任的职务：指挥长" in text
    assert "收不到消息的单位（1）：区消防救援大队" in text and "停用了机器人的：联络1（联络员 区消防救援大队）" in text


async def test_the_weekly_word_comes_once_on_friday_to_administrators_only(town):
    assert town.program is not None
    service, friday = town.program.service, datetime(2026, 3, 6, 1, tzinfo=UTC)
    counted, others = town.count(town.admin), town.count(town.duty)
    await weekly_word(service, friday - timedelta(days=1))
    await town.settle()
    assert counted.new == []
    for _ in range(2):
        await weekly_word(service, friday)
    await town.settle()
    [word] = counted.new
    assert "没有联络员的单位" in word.text and word.rang == "silent"
    assert others.new == []


async def opened(town: Town, token: str) -> set[str]:
    """Let a stranger use a link, and return what he holds then."""
    town.stranger.start(town.bot, token)
    await town.settle()
    async with town.open_store.reading() as rx:
        known = await rx.people.by_telegram(town.stranger.id)
        assert known is not None
        return {item.role for item in await rx.people.holdings(known.id)}


@pytest.mark.parametrize("words", ["管理员", "指挥长", "值班员", "联络员 区消防救援大队"])
async def test_the_open_links_of_a_removed_administrator_open_nothing(town, words):
    await town.grant(town.second, "admin")
    await town.say(town.second, town.group, f"/invite@tocsin_bot {words}")
    token = town.sees(town.second, "请把链接转给本人").text.split("start=")[1].split()[0]
    await released(town, "周值班 管理员")
    assert await opened(town, token) == set()
    town.sees(town.stranger, "这个邀请已经用过、撤销或过期")
    assert "invitations-revoked" in await events(town)
    await town.say(town.admin, town.bot, "/invite 撤销")
    assert "没有还没用的邀请" in town.texts(town.admin)[-1]


async def test_whoever_made_a_link_is_asked_when_it_is_used(town):
    """He lost the office in a way that withdrew nothing: by the settings, or behind the program's back."""
    await town.grant(town.second, "admin")
    await town.say(town.second, town.group, "/invite@tocsin_bot 指挥长")
    token = town.sees(town.second, "请把链接转给本人").text.split("start=")[1].split()[0]
    async with town.open_store.writing() as tx:
        known = await tx.people.by_telegram(town.second.id)
        [held] = [item for item in await tx.people.holdings(known.id) if item.role == "admin"]
        await tx.people.revoke(held.id, town.clock.now())
    assert await opened(town, token) == set()
    await town.grant(town.second, "admin")
    assert await opened(town, token) == {"commander"}, "an administrator again, his word counts again"


async def test_an_administrator_of_another_place_makes_no_links_here(town):
    await town.grant(town.second, "admin", plan="linan-campus")
    await town.say(town.second, town.group, "/invite@tocsin_bot 指挥长 jincheng-chengqu-campus")
    assert not [text for text in town.texts(town.second) if "start=" in text]


@pytest.mark.parametrize("kept", [("liaison", "区公安分局"), ("admin", None)])
async def test_who_is_no_officer_any_more_is_not_rung_for_the_case_that_he_took(town, kept):
    """What he could do nothing about rings who can: an office that one keeps besides is no seat."""
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.grant(town.duty, *kept)
    await town.advance(seconds=5)
    await released(town, "李值班 值班员")
    old, new = town.count(town.duty), town.count(town.second)
    await town.say(town.head, town.bot, "又发现2人死亡")
    await town.advance(minutes=20)
    assert any("死亡" in item.text for item in new.new) and any("报送提醒" in item.text for item in new.new)
    assert not [item.text for item in old.new if "报送提醒" in item.text]
