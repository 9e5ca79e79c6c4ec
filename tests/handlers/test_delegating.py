"""代行: a role is lent for a time, accepted, announced as such, and over at its moment."""

from __future__ import annotations

from datetime import timedelta

from bot.playground import Person
from tests.handlers.forging import FORGIVEN, Forger
from tests.journeys.world import JURISDICTION, PLAN, STAMPEDE, Town


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


async def holds(town: Town, person: Person) -> set[str]:
    """Return the roles that somebody holds now, read without anything being executed before."""
    async with town.open_store.reading() as rx:
        known = await rx.people.by_telegram(person.id)
        assert known is not None
        return {item.role for item in await rx.people.holdings(known.id)}


async def revoke(town: Town, name: str, role: str) -> None:
    """Let the administrator take somebody's role."""
    await town.say(town.admin, town.bot, f"/invite 解除 {name} {role}")
    await town.press(town.admin, "确认解除")


async def declares(town: Town, person: Person, level: str = "Ⅰ") -> str | None:
    """Let somebody try to declare by every way he has, and return the level that runs then."""
    await town.say(person, town.bot, f"/declare {level} 情况紧急")
    for line in [line for line in person.timeline(town.bot) if "确认宣布" in line.labels()]:
        person.press(line, "确认宣布")
        await town.settle()
    return (await town.incident()).response_level


async def test_an_offer_is_answered_once_and_never_restores_what_was_taken_back(town: Town):
    await town.say(town.commander, town.bot, f"/delegate 指挥长 {town.second.name} 到 24小时")
    await town.press(town.second, "接受代行")
    assert "commander" in await holds(town, town.second)
    await town.say(town.commander, town.bot, "/delegate 收回")
    await town.press(town.commander, f"收回 {town.second.name}")
    town.forgiven = FORGIVEN
    await Forger(town).replay(town.second, "delegate_accept")
    assert await holds(town, town.second) == {"duty"}
    await proposed(town)
    assert await declares(town, town.second) is None


async def test_an_offer_that_was_refused_is_not_accepted_later(town: Town):
    await town.say(town.commander, town.bot, f"/delegate 指挥长 {town.second.name} 到 24小时")
    await town.press(town.second, "不接受")
    town.forgiven = FORGIVEN
    await Forger(town).replay(town.second, "delegate_accept")
    assert await holds(town, town.second) == {"duty"}


async def test_an_offer_that_waits_can_be_taken_back_and_a_new_one_voids_the_old(town: Town):
    await town.say(town.commander, town.bot, f"/delegate 指挥长 {town.second.name} 到 24小时")
    first = town.button(town.second, "接受代行")
    await town.say(town.commander, town.bot, f"/delegate 指挥长 {town.second.name} 到 2小时")
    town.second.press(first, "接受代行")
    await town.settle()
    assert await holds(town, town.second) == {"duty"}, "the longer offer was overtaken by the shorter one"
    await town.say(town.commander, town.bot, "/delegate 收回")
    assert "还没有答复" in town.sees(town.commander, "由别人代行的您的职务").text
    pressed = await town.press(town.commander, f"收回 {town.second.name}")
    assert "已撤回请求" in (pressed.text or "")
    await town.press(town.second, "接受代行")
    assert await holds(town, town.second) == {"duty"}


async def test_an_accepted_offer_takes_the_place_of_the_one_before(town: Town):
    await lent(town, "24小时")
    await lent(town, "1小时")
    await town.advance(minutes=61)
    assert await holds(town, town.second) == {"duty"}


async def test_whoever_loses_the_office_lends_it_no_more(town: Town):
    """The commander is replaced: whom he had lent his role to declares nothing, whatever he was shown before."""
    await lent(town)
    await proposed(town)
    await town.say(town.second, town.bot, "/declare Ⅰ")
    await revoke(town, town.commander.name, "指挥长")
    assert await holds(town, town.second) == {"duty"}
    assert "您不再代行指挥长" in town.sees(town.second, "已不担任这一职务").text
    assert await declares(town, town.second) is None
    async with town.open_store.reading() as rx:
        known = await rx.people.by_telegram(town.second.id)
        assert known is not None
        assert all(item.ended_at for item in await rx.people.all_of(known.id) if item.acting_for)


async def test_an_offer_dies_with_the_office_of_whoever_made_it(town: Town):
    await town.say(town.commander, town.bot, f"/delegate 指挥长 {town.second.name} 到 24小时")
    await revoke(town, town.commander.name, "指挥长")
    await town.press(town.second, "接受代行")
    assert await holds(town, town.second) == {"duty"}


async def test_who_got_the_office_anew_has_lent_nothing(town: Town):
    await lent(town)
    await revoke(town, town.commander.name, "指挥长")
    await town.grant(town.commander, "commander")
    assert await holds(town, town.second) == {"duty"}


async def test_what_is_over_is_not_read_any_more_though_nothing_was_executed(town: Town):
    await lent(town, "1小时")
    town.clock._now += timedelta(hours=1)  # no timer, no command: only reading
    assert await holds(town, town.second) == {"duty"}
    async with town.open_store.reading() as rx:
        commanders = await rx.people.holders(JURISDICTION, PLAN, "commander")
        held = await rx.people.all_holdings(JURISDICTION)
    assert [person.name for person in commanders] == [town.commander.name]
    assert not [item for item in held if item.acting_for]
