"""代行: a role is lent for a time, accepted, announced as such, and over at its moment."""

from __future__ import annotations

from tests.journeys.world import STAMPEDE, Town


async def lent(town: Town, until: str = "24小时") -> None:
    """Let the commander lend his role to the second duty officer, who accepts."""
    await town.say(town.commander, town.bot, f"/delegate 指挥长 {town.second.name} 到 {until}")
    await town.press(town.second, "接受代行")


async def proposed(town: Town) -> None:
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.press(town.duty, "超出区里能力 → Ⅰ")


async def test_whoever_acts_for_the_commander_declares_and_it_is_said_so(town: Town):
    await lent(town)
    town.sees(town.commander, "已接受代行您的指挥长")
    await proposed(town)
    await town.say(town.second, town.bot, "/declare Ⅰ")
    preview = town.sees(town.second, "预览：启动Ⅰ级响应").text
    assert f"（代行{town.commander.name}，到" in preview
    await town.press(town.second, "确认宣布")
    incident = await town.incident()
    assert incident.response_level == "Ⅰ" and incident.response_role == "commander"
    assert incident.decisions[-1].acting_for == town.commander.name
    assert f"（代行{town.commander.name}，到" in town.sees(town.duty, "【Ⅰ级响应】", town.group).text
    await town.say(town.duty, town.bot, "/export")
    assert f"（代行{town.commander.name}" in town.sees(town.duty, "处置记录").text


async def test_after_its_moment_nothing_is_decided_any_more(town: Town):
    await lent(town, "1小时")
    await town.advance(minutes=59)
    await proposed(town)
    await town.say(town.second, town.bot, "/declare Ⅰ")
    await town.advance(minutes=1)
    town.second.press(town.button(town.second, "确认宣布"), "确认宣布")
    await town.settle()
    incident = await town.incident()
    assert incident.response_level is None
    assert incident.proposal is not None and not incident.proposal.declined


async def test_it_is_taken_back_at_once(town: Town):
    await lent(town)
    await town.say(town.commander, town.bot, "/delegate 收回")
    await town.press(town.commander, f"收回 {town.second.name}")
    town.sees(town.second, "您不再代行指挥长")
    await proposed(town)
    await town.say(town.second, town.bot, "/declare Ⅰ")
    assert (await town.incident()).response_level is None
    assert not town.told(town.second, "预览：启动Ⅰ级响应")
    await town.say(town.commander, town.bot, "/delegate 收回")
    town.sees(town.commander, "现在没有人代行您的职务")


async def test_what_is_lent_is_not_passed_on_and_nobody_lends_what_is_not_his(town: Town):
    await lent(town)
    await town.say(town.second, town.bot, f"/delegate 指挥长 {town.deputy.name} 到 2小时")
    how = town.sees(town.second, "请写明职务、由谁代行").text
    assert "值班员" in how and "可以交人代行的：值班员" in how
    await town.say(town.deputy, town.bot, f"/delegate 指挥长 {town.second.name} 到 2小时")
    town.sees(town.deputy, "请写明职务、由谁代行")
    await town.say(town.head, town.bot, f"/delegate 报告人 {town.second.name} 到 2小时")
    town.sees(town.head, "您没有可以交人代行的职务")
    assert not town.told(town.deputy, "请您代行")


async def test_a_refusal_changes_nothing_and_a_late_yes_is_stale(town: Town):
    await town.say(town.commander, town.bot, f"/delegate 指挥长 {town.second.name} 到 1小时")
    await town.press(town.second, "不接受")
    town.sees(town.commander, "没有接受代行您的指挥长")
    await town.say(town.commander, town.bot, f"/delegate 指挥长 {town.second.name} 到 1小时")
    await town.advance(hours=2)
    await town.press(town.second, "接受代行")
    async with town.open_store.reading() as rx:
        person = await rx.people.by_telegram(town.second.id)
        assert person is not None
        assert {item.role for item in await rx.people.holdings(person.id)} == {"duty"}


async def test_what_cannot_be_read_is_said_with_what_was_expected(town: Town):
    await town.say(town.commander, town.bot, "/delegate")
    town.sees(town.commander, "/delegate 指挥长 王副 到 明天8点")
    await town.say(town.commander, town.bot, "/delegate 指挥长 无此人 到 2小时")
    assert town.second.name in town.sees(town.commander, "没有“无此人”这个人").text
    await town.say(town.commander, town.bot, f"/delegate 指挥长 {town.second.name} 到 昨天")
    town.sees(town.commander, "“昨天”不是以后的时间")
    await town.say(town.commander, town.bot, f"/delegate 指挥长 {town.second.name} 到 60天")
    assert "最长30天" in town.sees(town.commander, "“60天”不是以后的时间").text
