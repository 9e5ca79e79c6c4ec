"""A warning in the real chat: brought, previewed, passed on, woken for, ticked off, asked about at its end, lifted."""

from __future__ import annotations

import pytest

from bot.cases import records
from bot.exchange.cap import faults, taken_in, written
from bot.exchange.cap.stages import alerts_of
from plans.load import load_all
from plans.warning.state import WarningCase
from tests.handlers.test_bodies import listed
from tests.journeys.world import JURISDICTION, PLAN, STAMPEDE, UNITS, Town

RAIN = "区气象台2026年3月2日3时发布暴雨红色预警：预计4时至10时，城关镇、河口乡有大暴雨，请做好防范。"


async def warnings(town: Town) -> list[WarningCase]:
    async with town.open_store.reading() as rx:
        cases = [await records.load_case(rx, row.stream) for row in await rx.cases.open("warning")]
    return [case for case in cases if isinstance(case, WarningCase)]


async def passed_on(town: Town) -> Town:
    await town.say(town.duty, town.bot, f"/warn {RAIN}")
    await town.press(town.duty, "预览", words="待处理")
    await town.press(town.duty, "确认转发")
    return town


async def test_it_is_read_previewed_and_passed_on_in_three_taps(town):
    await town.say(town.duty, town.bot, f"/warn {RAIN}")
    asked = town.sees(town.duty, "待处理：发布暴雨红色预警")
    assert "发布单位：区气象台" in asked.text and "城关镇、河口乡" in asked.text
    assert not town.told(town.duty, "暴雨红色", town.group), "nothing is said before somebody has decided"
    await town.press(town.duty, "预览", words="待处理")
    preview = town.sees(town.duty, "请确认：发布暴雨红色预警")
    assert "短信（" in preview.text and "3.3.3" in preview.text
    await town.press(town.duty, "确认转发")
    card = town.sees(town.duty, "暴雨红色预警", town.group)
    assert "收到0/" in card.text
    call = town.sees(town.liaisons[UNITS[0]], "发布：暴雨红色预警")
    assert call.labels() == ["收到"] and call.rang == "loud"
    assert [case.state for case in await warnings(town)] == ["in_force"]


async def test_one_tap_answers_and_the_message_becomes_the_checklist(town):
    await passed_on(town)
    liaison = town.liaisons[UNITS[0]]
    call = town.sees(liaison, "发布：暴雨红色预警")
    await town.press(liaison, "收到", words="暴雨红色预警")
    listed = town.sees(liaison, "请落实")
    assert listed.id == call.id, "in its place"
    assert "收到1/" in town.sees(town.duty, "暴雨红色预警", town.group).text
    await town.press(liaison, "1 办完", words="请落实")
    assert "1　☑" in town.sees(liaison, "请落实").text
    await town.press(liaison, "有不适用的", words="请落实")
    await town.press(liaison, "发布预测和警告，宣传避险常识，公布咨询电话", words="哪一项不适用")
    await town.press(liaison, "本单位不涉及", words="为什么不适用")
    assert "2　— " in town.sees(liaison, "请落实").text
    await town.press(liaison, "全部办完", words="请落实")
    assert "措施全部办完1/" in town.sees(town.duty, "暴雨红色预警", town.group).text
    [case] = await warnings(town)
    assert {case.measures[UNITS[0], number].status for number in (1, 2, 3)} == {"done", "not_applicable"}


async def test_the_silent_are_called_again_then_rung_with_a_script(town):
    await passed_on(town)
    for unit in UNITS[1:]:
        await town.press(town.liaisons[unit], "收到", words="暴雨红色预警")
    await town.advance(minutes=5)
    town.sees(town.liaisons[UNITS[0]], "还没有收到您的应答")
    await town.advance(minutes=5)
    listed = town.sees(town.duty, "请打电话")
    assert "照着念" in listed.text
    await town.press(town.duty, "看名单、记结果", words="请打电话")


async def test_it_is_asked_about_at_its_end_and_lifted_on_its_issuers_word(town):
    await passed_on(town)
    await town.advance(hours=6, minutes=24)
    asked = town.sees(town.duty, "到10:00结束，请决定")
    assert {"解除", "延长", "改级别"} <= set(asked.labels())
    await town.advance(minutes=30)
    town.sees(town.duty, "时间已过")
    await town.say(town.duty, town.bot, "/warn 1 解除")
    assert "要区气象台解除" in town.texts(town.duty)[-1]
    await town.say(town.duty, town.bot, "/warn 1 解除 区气象台10:20电话通知解除")
    await town.press(town.duty, "确认解除", words="请确认：解除")
    assert "已解除" in town.sees(town.duty, "暴雨红色预警* 已解除".replace("*", ""), town.group).text
    assert await warnings(town) == []
    town.sees(town.liaisons[UNITS[0]], "解除：暴雨红色预警")


async def test_a_raised_colour_takes_the_place_of_the_old_card_and_stamps_it(town):
    await town.say(town.duty, town.bot, f"/warn {RAIN.replace('红色', '黄色')}")
    await town.press(town.duty, "预览", words="待处理")
    await town.press(town.duty, "确认转发")
    old = town.sees(town.duty, "暴雨黄色预警", town.group)
    call = town.sees(town.liaisons[UNITS[0]], "发布：暴雨黄色预警")
    await town.say(town.duty, town.bot, f"/warn {RAIN}")
    await town.press(town.duty, "预览", words="待处理：升级")
    await town.press(town.duty, "确认转发")
    new = town.sees(town.duty, "升级：", town.group)
    assert new.id != old.id
    stamped = next(line for line in town.duty.timeline(town.group) if line.id == old.id)
    assert "已被升级代替" in stamped.text and stamped.labels() == []
    before = next(line for line in town.liaisons[UNITS[0]].timeline(town.bot) if line.id == call.id)
    assert "已被升级代替" in before.text and before.labels() == []


async def test_who_may_not_bring_one_is_told_so_and_nothing_is_written(town):
    await town.say(town.head, town.bot, f"/warn {RAIN}")
    assert "预警由值班员" in town.texts(town.head)[-1]
    assert await warnings(town) == []


async def test_what_is_no_warning_is_answered_with_an_example(town):
    for text in ("会不会发暴雨红色预警？", "今天天气不错"):
        await town.say(town.duty, town.bot, f"/warn {text}")
        assert "没有读出预警" in town.texts(town.duty)[-1]
    assert await warnings(town) == []


async def test_every_stage_is_handed_out_as_a_cap_file_that_refers_to_the_one_before(town):
    await passed_on(town)
    await town.say(town.duty, town.bot, "/warn 1 解除 区气象台电话通知解除")
    await town.press(town.duty, "确认解除", words="请确认：解除")
    await town.say(town.duty, town.bot, "/warn 1")
    await town.press(town.duty, "CAP文件", words="预警1 暴雨红色预警")
    town.sees(town.duty, "CAP 1.2 文件2个")
    async with town.open_store.reading() as rx:
        [row] = await rx.cases.numbered("warning", JURISDICTION, 1, False)
        case = await records.load_case(rx, row.stream)
    assert isinstance(case, WarningCase)
    plan = load_all()[PLAN]
    alerts = alerts_of(plan, case, ("甲", "乙"))
    assert [alert.msg_type for alert in alerts] == ["Alert", "Cancel"]
    assert [item.identifier for item in alerts[1].references] == [alerts[0].identifier]
    for alert in alerts:
        assert faults(written(alert)) == ()
        assert taken_in(written(alert)).alert.identifier == alert.identifier


async def test_a_report_during_a_warning_says_so_everywhere_and_its_levels_do_not_change(town):
    await passed_on(town)
    await town.say(town.head, town.bot, STAMPEDE)
    line = "预警中：暴雨红色预警（预警1，04:00至10:00）"
    assert line in town.sees(town.duty, "踩踏", town.group).text
    assert line in town.sees(town.duty, "值班", town.bot).text or town.told(town.duty, line)
    await town.say(town.duty, town.bot, "/status 1")
    assert line in town.sees(town.duty, "状态：").text
    await town.say(town.duty, town.bot, "/todo")
    assert line in town.texts(town.duty)[-1]
    await town.say(town.duty, town.bot, "/shift")
    assert town.told(town.duty, line)
    incident = await town.incident()
    assert (incident.response_level, incident.event_level) == (None, None)
    await town.say(town.duty, town.bot, "/warn 1 解除 区气象台电话通知解除")
    await town.press(town.duty, "确认解除", words="请确认：解除")
    await town.say(town.duty, town.bot, "/status 1")
    assert line not in town.texts(town.duty)[-1]


@pytest.mark.parametrize("private", [True, False])
async def test_status_names_what_is_in_force_where_nothing_has_happened(town, private):
    where = town.bot if private else town.group
    await town.say(town.duty, where, "/status")
    assert "没有进行中的事件" in town.texts(town.duty)[-1] and "预警" not in town.texts(town.duty)[-1]
    await passed_on(town)
    await town.say(town.duty, where, "/status")
    told = town.texts(town.duty)[-1]
    assert "没有进行中的事件" in told and "暴雨红色预警" in told
    town.stranger.start(town.bot)
    await town.say(town.stranger, town.bot, "/status")
    assert "暴雨" not in "".join(town.texts(town.stranger))


async def test_what_is_read_on_the_telephone_of_a_warning_without_times_and_area_is_a_sentence(town):
    await town.say(town.duty, town.bot, "区气象台发布暴雪橙色预警，请做好防范")
    await town.press(town.duty, "预览", words="待处理")
    await town.press(town.duty, "确认转发")
    await town.advance(minutes=45)
    script = town.sees(town.duty, "照着念").text
    assert "起止时间未说明，区域未说明，按全区通知。请立即落实" in script


async def test_two_schools_of_one_name_are_told_apart_wherever_they_are_named(town):
    await listed(town)
    await town.say(town.duty, town.bot, "区气象台发布暴雪橙色预警，全区，请做好防范")
    await town.press(town.duty, "预览", words="待处理")
    assert "青山小学、青山小学" not in (shown := town.sees(town.duty, "请确认").text)
    assert "东街街道青山小学" in shown and "北石店镇青山小学" in shown
    await town.press(town.duty, "确认转发")
    assert "北石店镇青山小学" in town.sees(town.duty, "未应答", town.group).text
