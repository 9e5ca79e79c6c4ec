"""叫应测试: everybody with a role is asked for one tap, and the dead bindings show."""

from __future__ import annotations

from tests.journeys.world import UNITS


async def test_the_roll_is_called_answered_once_and_its_table_edited_in_place(town):
    first, second = (town.liaisons[unit] for unit in UNITS[:2])
    second.block(town.bot)
    await town.settle()
    before = len(town.sends(town.group))
    await town.say(town.duty, town.group, "/roll")
    table = town.sees(town.duty, "叫应测试 03:06：0/", town.group)
    assert f"已屏蔽机器人，收不到（1）：联络员 {UNITS[1]}" in table.text
    asked = town.sees(first, "【叫应测试】")
    assert asked.labels() == ["收到"] and asked.rang == "loud" and "这不是突发事件" in asked.text
    assert not town.told(town.duty, "【叫应测试】"), "who calls the roll is there"
    assert not town.told(town.head, "【叫应测试】"), "reporters are not called"

    await town.advance(minutes=2)
    press = first.press(asked, "收到")
    await town.settle()
    assert press.text == "已应答，谢谢"
    shown = town.sees(town.duty, "叫应测试 03:06：1/", town.group)
    assert shown.id == table.id and f"联络员 {UNITS[0]}（2分钟）" in shown.text
    again = first.repress(press)
    await town.settle()
    assert again.text == "您已经应答过"
    assert len(town.sends(town.group)) == before + 1

    await town.say(town.duty, town.group, "/roll")
    late = town.liaisons[UNITS[2]]
    stale = next(line for line in late.timeline(town.bot) if "【叫应测试】" in line.text)
    pressed = late.press(stale, "收到")
    await town.settle()
    assert pressed.text == "这次叫应测试已经结束"
    await town.press(town.director, "收到", words="【叫应测试】")
    assert "1/" in town.sees(town.duty, "叫应测试 03:08", town.group).text


async def test_only_the_office_calls_the_roll(town):
    await town.say(town.liaisons[UNITS[0]], town.group, "/roll")
    assert "叫应测试由值班员或管理员发起" in town.texts(town.liaisons[UNITS[0]])[-1]
    assert not town.told(town.director, "【叫应测试】")
