"""Who was called, who answered, what became of each call; work groups; whom to ask instead."""

from __future__ import annotations

import pytest

from tests.journeys.world import STAMPEDE, Town

FIRE, HEALTH = "区消防救援大队", "区卫生健康和体育局"


@pytest.fixture
async def declared(town: Town) -> Town:
    """Ⅱ is declared, which calls everybody; one liaison has stopped the bot."""
    town.liaisons[HEALTH].block(town.bot)
    await town.settle()
    await town.say(town.head, town.bot, STAMPEDE)
    await town.say(town.commander, town.group, "/declare Ⅱ 需要区里组织")
    await town.press(town.commander, "确认宣布")
    await town.settle()
    return town


async def test_every_unit_has_its_answer_or_what_became_of_its_call(declared):
    town = declared
    await town.press(town.liaisons[FIRE], "收到")
    await town.say(town.duty, town.bot, "/status 1")
    await town.press(town.duty, "叫应表")
    text = town.texts(town.duty)[-1]
    assert "1号 叫应表" in text and f"收到（1）：{FIRE}" in text
    assert "区应急管理局（Telegram已收下）" in text
    assert f"{HEALTH}（无联络员）" in text
    assert "只能打电话的（" in text and f"{HEALTH} 0356-2039411\n+863562039411" in text
    await town.say(town.duty, town.bot, "/status 1 叫应表")
    assert town.texts(town.duty)[-1] == text


async def test_work_groups_are_named_with_lead_and_members_once_the_level_calls_them(declared):
    town = declared
    await town.press(town.liaisons[FIRE], "收到")
    await town.say(town.duty, town.bot, "/status 1")
    await town.press(town.duty, "工作组")
    text = town.texts(town.duty)[-1]
    assert "牵头：" in text and "成员：" in text and f"{FIRE}（收到）" in text and "（未应答）" in text


async def test_at_a_level_that_calls_no_groups_there_is_no_such_button(town):
    await town.say(town.head, town.bot, STAMPEDE)
    await town.say(town.director, town.group, "/declare Ⅲ 需要支援")
    await town.press(town.director, "确认宣布")
    await town.say(town.duty, town.bot, "/status 1")
    assert town.sees(town.duty, "状态：").labels() == ["叫应表"]
    await town.say(town.duty, town.bot, "/status 1 工作组")
    assert "没有启用工作组" in town.texts(town.duty)[-1]


async def test_who_lost_the_role_is_refused_the_table(declared):
    town = declared
    await town.say(town.second, town.bot, "/status 1")
    async with town.open_store.writing() as tx:
        person = await tx.people.by_telegram(town.second.id)
        for item in await tx.people.holdings(person.id):
            await tx.people.revoke(item.id, town.clock.now())
    counted = town.count(town.second)
    refused = await town.press(town.second, "叫应表")
    assert "值班员或指挥部人员" in (refused.text or "") and counted.new == []


async def test_for_a_unit_that_cannot_come_the_rest_of_its_group_is_named(declared):
    town = declared
    await town.press(town.liaisons[FIRE], "收到")
    await town.press(town.liaisons[FIRE], "来不了")
    text = town.sees(town.duty, f"{FIRE}答复：来不了").text
    assert "同组可商请：" in text and "组" in text.split("同组可商请：")[1].splitlines()[0]
    assert FIRE not in text.split("同组可商请：")[1].splitlines()[0]


async def test_the_plans_substitute_for_one_that_cannot_come_is_called_by_one_tap(town: Town):
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
    await town.press(town.director, "启动Ⅲ级")
    await town.press(town.director, "确认宣布")
    called = [unit for unit, call in (await town.incident()).calls.items() if call.round and unit in town.liaisons]
    await town.press(town.liaisons[called[0]], "收到")
    await town.press(town.liaisons[called[0]], "来不了")
    shown = town.sees(town.duty, "答复：来不了")
    offered = [label for label in shown.labels() if label.startswith("叫")]
    assert offered and "同组可商请" in shown.text
    before = {unit for unit, call in (await town.incident()).calls.items() if call.round}
    assert (await town.press(town.duty, offered[0], words="答复：来不了")).text == "已叫应"
    after = {unit: call for unit, call in (await town.incident()).calls.items() if call.round}
    [fresh] = after.keys() - before
    if after[fresh].reachable:
        town.sees(town.liaisons[fresh], "【Ⅲ级响应】")
    else:
        town.sees(town.duty, "请打电话叫应（1个单位）")
    # Typed too; a second time, and by somebody else, it is refused.
    await town.say(town.duty, town.bot, "/call 无此单位")
    town.sees(town.duty, "请写明要再叫哪些单位")
    await town.say(town.director, town.bot, f"/call {fresh}")
    assert len({unit for unit, call in (await town.incident()).calls.items() if call.round}) == len(after)
