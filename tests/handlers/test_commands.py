"""Every command answers: what was expected, which incident was meant, what was done."""

from __future__ import annotations

import pytest

from bot.texts.help import KEYBOARD
from handlers.menus import PHONE, REPORT, SCOPES, STATUS, TODO, menu
from handlers.register import COMMANDS
from tests.journeys.world import STAMPEDE

USAGE = {
    "update": "没有读到新的数字",
    "correct": "请写明哪个数字",
    "judge": "请写明条款",
    "resolve": "请写明哪一项",
    "file": "请写明报送类别",
    "oral": "请写明谁说的",
    "waive": "请写明值班工作单上的序号",
    "request": "请写明哪一家",
    "merge": "请写明并入哪一号",
    "drill": "请写明演练",
}


@pytest.mark.parametrize("private", [True, False], ids=["private", "group"])
async def test_a_bare_command_says_what_it_wants_with_an_example(reported, private):
    town = reported
    for name, words in USAGE.items():
        heard = town.count(town.duty)
        await town.say(town.duty, town.bot if private else town.group, f"/{name}")
        said = "".join(line.text for line in heard.new)
        assert words in said and f"/{name}" in said, name
    assert (await town.incident()).sequence == max(item.sequence for item in (await town.incident()).events)


async def test_every_command_answers_also_without_an_incident(town):
    for name in {*COMMANDS} - {"report", "drill", "shift", "start"}:
        heard = (town.count(town.duty), town.count(town.duty, town.group))
        await town.say(town.duty, town.bot, f"/{name}")
        assert any(item.new for item in heard), name
    assert not await town.incidents()


async def test_with_several_open_the_number_is_asked_for_and_a_reply_or_number_says_it(town):
    await town.say(town.head, town.bot, STAMPEDE)
    await town.say(town.duty, town.bot, "/report 第二小学食堂起火，1人受伤")
    await town.say(town.duty, town.bot, "/status")
    assert "请在命令后写明编号" in town.texts(town.duty)[-1]
    await town.say(town.duty, town.bot, "/status 2")
    assert "第二小学" in town.texts(town.duty)[-1]
    card = town.sees(town.duty, "1号 未启动响应", town.group)
    await town.say(town.duty, town.group, "/verify 一般", reply_to=card)
    assert (await town.incident(1)).event_level == "一般" and (await town.incident(2)).event_level is None
    await town.say(town.duty, town.bot, "/status 99")
    assert "没有找到99号" in town.texts(town.duty)[-1]


async def test_a_worksheet_names_the_other_open_ones_and_only_the_newest_is_pinned(town):
    await town.say(town.head, town.bot, STAMPEDE)
    await town.say(town.duty, town.bot, "/report 第二小学食堂起火，1人受伤")
    assert "另有进行中：2号" in town.sees(town.duty, "值班工作单 1号").text
    assert "另有进行中：1号" in town.sees(town.duty, "值班工作单 2号").text
    assert [line.text[:8] for line in town.duty.timeline(town.bot) if line.pinned] == ["值班工作单 2号"]
    await town.say(town.duty, town.bot, "/reject 2 现场核实无此事")
    assert [line.text[:8] for line in town.duty.timeline(town.bot) if line.pinned] == ["值班工作单 1号"]


async def test_the_former_holder_of_the_seat_is_left_without_buttons_or_pin(reported):
    town = reported
    await town.say(town.second, town.bot, "/shift")
    assert "值班工作单已交给周值班" in town.texts(town.duty)[2] or town.told(town.duty, "已交给周值班")
    assert not [line for line in town.duty.timeline(town.bot) if line.pinned]
    assert town.sees(town.second, "值班工作单 1号").pinned


async def test_undo_finds_what_was_done_last_whatever_is_open(town):
    await town.say(town.head, town.bot, STAMPEDE)
    await town.say(town.duty, town.bot, "/report 第二小学食堂起火，1人受伤")
    await town.say(town.duty, town.bot, "/file 1 首报 区委 电话")
    await town.say(town.duty, town.bot, "/undo")
    assert not (await town.incident(1)).filings


async def test_a_fall_of_deaths_wants_a_second_word_by_one_button(reported):
    town = reported
    await town.say(town.duty, town.bot, "/update 死亡2人")
    await town.say(town.duty, town.bot, "/update 死亡1人")
    assert (await town.incident()).claims["deaths"][-1].value.at_least == 2
    await town.press(town.duty, "死亡1人")
    assert (await town.incident()).claims["deaths"][-1].value.at_least == 1


async def test_units_to_call_can_be_chosen(reported):
    town = reported
    await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
    await town.press(town.director, "启动Ⅲ级")
    await town.press(town.director, "改通知单位")
    before = town.button(town.director, "选好了")
    label = next(item for item in before.labels() if item.startswith("☐") and "消防" in item)
    await town.press(town.director, label)
    await town.press(town.director, "选好了")
    await town.press(town.director, "确认宣布")
    assert "区消防救援大队" in {unit for unit, call in (await town.incident()).calls.items() if call.round}


async def test_the_export_goes_to_officials_in_private(reported):
    town = reported
    await town.say(town.duty, town.group, "/export")
    assert "记录完整性：未发现改动" in "".join(town.texts(town.duty)[-3:])
    assert not town.told(town.duty, "处置记录", town.group)


async def test_menus_and_the_keyboard_of_the_private_chat(town):
    assert all(0 < len(menu(scope)) <= 6 and set(menu(scope)) <= {*COMMANDS} for scope in SCOPES)
    town.duty.start(town.bot)
    await town.settle()
    assert town.duty.keyboard(town.bot) == [[REPORT], [TODO, STATUS], [PHONE, KEYBOARD["log"]]]
    town.director.start(town.bot)
    await town.settle()
    assert town.director.keyboard(town.bot) == [[REPORT], [TODO, STATUS], [PHONE]], (
        "the log is kept by who has the duty"
    )
    for key, words in ((REPORT, "请发一句话"), (TODO, "没有待办"), (STATUS, "现在没有进行中的事件")):
        town.duty.tap(town.bot, key)
        await town.settle()
        assert words in town.texts(town.duty)[-1]
    assert not await town.incidents()


async def test_a_yes_or_no_of_the_plan_is_stated_by_its_name_and_shortens_its_clock(reported):
    town = reported
    await town.say(town.duty, town.bot, "/verify 重大")
    assert "特殊情况每2小时续报1次：属于的发 /update 特殊情况 是" in town.sees(town.duty, "值班工作单").text
    before = next(item for item in (await town.incident()).open_instances if item.rule == "followup-4h")
    await town.say(town.duty, town.bot, "/update 特殊情况 是")
    after = (await town.incident()).instances[before.key]
    assert (before.due - after.due).total_seconds() == 2 * 3600
    assert "属于的发" not in town.sees(town.duty, "值班工作单").text


async def test_a_spoken_not_now_is_recorded_by_command_or_button(reported):
    town = reported
    await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
    await town.say(town.duty, town.bot, "/oral 办公室主任 启动 Ⅲ")
    await town.press(town.duty, "答复是暂不启动")
    assert "电话答复暂不启动Ⅲ级响应" in town.sees(town.duty, "代录口头决定").text
    await town.press(town.duty, "属实，记录")
    incident = await town.incident()
    assert incident.proposal.declined and incident.response_level is None
    assert not town.told(town.commander, "【Ⅲ级响应】", town.group)
