"""「我接班」: one page of all that is open, two names under it, and what becomes of one that lacks them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.office import handover as office
from bot.office import open_sections
from handlers import handover
from tests.handlers.test_roster import planned, today
from tests.journeys.world import JURISDICTION, PLAN, STAMPEDE, Town, plans

GIVEN, TAKEN = "您交出的事项如下", "您已接班，上一班"


async def test_nothing_is_open_one_tap_takes_and_one_tap_signs(town: Town):
    await planned(
        town, f"{today(town):%Y-%m-%d} 00:00-12:00 {town.second.name}", f"{today(town):%Y-%m-%d} 04:00-12:00 李值班"
    )
    await town.say(town.second, town.bot, "/shift")
    taken = town.sees(town.second, TAKEN)
    assert "没有未办结的事项" in taken.text and " 未签" not in taken.text, "what was sent stays as it is"
    assert taken.labels() == ["我已接清", "补充一句", "对方已离岗"]
    assert "以后的提醒发给您" in taken.text
    press = await town.press(town.second, "我已接清")
    assert str(press.text).startswith("已签，等对方签")
    assert (await town.press(town.duty, "我已交清", words=GIVEN)).text == "已签"
    for person in (town.second, town.duty):
        assert "李值班03:06已交清，周值班03:06已接清" in town.sees(person, "已办完").text
    assert not town.sees(town.second, TAKEN).labels(), "what is signed has no buttons any more"


async def test_what_changes_between_showing_and_signing_is_said_with_the_name(town: Town):
    await town.say(town.head, town.bot, STAMPEDE)
    await town.say(town.second, town.bot, "/shift")
    page = town.sees(town.duty, GIVEN).text
    assert "1号 实验小学宿舍楼楼梯 踩踏拥挤" in page and "首报（电话）" in page
    await town.say(town.head, town.bot, "教学楼三楼起火，无人受伤，已报119")
    await town.press(town.duty, "我已交清", words=GIVEN)
    await town.say(town.duty, town.bot, "/handover")
    signed = town.sees(town.duty, "交班后新增").text
    assert "2号" in signed.split("交班后新增")[1]


async def test_what_is_sent_or_answered_in_part_is_neither_new_nor_done(town: Town):
    await town.say(town.duty, town.bot, "/instruct 王副区长 全区排查，三天内报结果")
    await town.press(town.duty, "区教育局", words="指令1号")
    await town.say(town.duty, town.bot, "/notice 区教育局：明早8点开会")
    await town.say(town.duty, town.bot, "记 市政府值班室张 来电：9时前报人数；11时前报书面材料")
    await town.say(town.second, town.bot, "/shift")
    page = town.sees(town.duty, GIVEN).text
    assert "报人数（09:00" in page and "报书面材料（11:00" in page, "each demand is a line"
    for words in ("指令1号", "通知1号"):
        await town.press(town.duty, "预览", words=words)
        await town.press(town.duty, "发出", words="请确认")
    await town.say(town.duty, town.bot, "/handover")
    assert "交班后" not in town.duty.timeline(town.bot)[-1].text
    await town.press(town.duty, "已回复", words="日志1号")
    await town.say(town.duty, town.bot, "/handover")
    shown = town.duty.timeline(town.bot)[-1].text
    assert "交班后新增" not in shown and "报人数" in shown.split("交班后已了结（1）")[1]


async def test_an_entry_that_is_corrected_while_the_shift_changes_is_not_done(town: Town):
    await town.say(town.duty, town.bot, "记 市政府值班室张 来电：16时前反馈落实情况")
    await town.press(town.duty, "更正", words="日志1号")
    await town.say(town.second, town.bot, "/shift")
    await town.say(town.duty, town.bot, "15时前反馈落实情况")
    await town.say(town.second, town.bot, "/handover")
    shown = town.second.timeline(town.bot)[-1].text
    assert "了结" not in shown
    assert "日志2号（更正日志1号）　市政府值班室 张：反馈落实情况（15:00前）" in shown.split("交班后新增（1）")[1]
    await town.say(town.second, town.bot, "/log 2 不用回复")
    await town.say(town.second, town.bot, "/handover")
    shown = town.second.timeline(town.bot)[-1].text
    assert "交班后新增" not in shown and "日志1号" in shown.split("交班后已了结（1）")[1]


async def test_an_incident_that_is_told_in_short_beside_others_is_not_done(town: Town, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(open_sections, "IN_FULL", 1)
    monkeypatch.setattr(open_sections, "LISTED", 2)
    await town.say(town.head, town.bot, STAMPEDE)
    await town.say(town.second, town.bot, "/shift")
    for number, text in enumerate(("教学楼三楼起火，无人受伤", "第八中学食堂3人呕吐"), 2):
        await town.say(town.head, town.bot, f"/report {text}")
        await town.say(town.duty, town.bot, "/handover")
        shown = town.sees(town.duty, "交班后新增").text.split("交班后新增")[1]
        assert f"{number}号" in shown and "1号 实验小学" not in shown and "交班后已了结" not in shown
    await town.say(town.duty, town.bot, "/reject 1 误报")
    await town.say(town.duty, town.bot, "/handover")
    settled = town.sees(town.duty, "交班后已了结").text.split("交班后已了结")[1]
    assert "1号 实验小学" in settled and "首报" not in settled, "what was rejected was not reported by that"


async def test_who_has_left_is_replaced_by_a_reason_and_a_word_becomes_part_of_the_page(town: Town):
    await town.say(town.second, town.bot, "/shift")
    await town.press(town.second, "补充一句")
    await town.say(town.second, town.bot, "问过前一班，门卫电话坏了")
    assert "补充（周值班 03:06）：问过前一班，门卫电话坏了" in town.sees(town.second, "已补充进交接页").text
    assert "门卫电话坏了" in town.sees(town.duty, "对方补充了一句").text
    await town.press(town.duty, "我已交清", words=GIVEN)
    assert town.told(town.duty, "对方补充了一句") and not town.told(town.duty, "已办完")
    await town.press(town.second, "对方已离岗", words="已补充进交接页")
    await town.press(town.second, "写明原因")
    await town.say(town.second, town.bot, "孩子发烧先走了")
    town.sees(town.second, "已写在交接页上")
    await town.press(town.second, "我已接清", words="已补充进交接页")
    assert "李值班已离岗（孩子发烧先走了），周值班03:06已接清" in town.sees(town.duty, "已办完").text
    assert not await town.incidents(), "nothing of this was taken for a report"


async def test_words_that_tell_of_an_event_are_offered_as_a_report(town: Town):
    await town.say(town.second, town.bot, "/shift")
    await town.press(town.second, "补充一句")
    await town.say(town.second, town.bot, "实验小学食堂起火，2人受伤")
    town.sees(town.second, "没有当作新的报告")
    await town.press(town.second, "是突发事件，报告")
    assert len(await town.incidents()) == 1
    await town.press(town.second, "对方已离岗")
    await town.press(town.second, "写明原因")
    await town.say(town.second, town.bot, "教学楼三楼起火，1人受伤")
    assert "是突发事件，报告" in town.second.timeline(town.bot)[-1].labels(), "a reason is offered as well"
    await town.press(town.second, "我已接清", words="已补充进交接页")
    await town.say(town.second, town.bot, "宿舍楼起火，3人受伤")
    assert len(await town.incidents()) == 2, "no page is open any more: it is a report"


async def test_words_are_whole_or_refused_and_a_picture_with_them_opens_nothing(town: Town):
    await town.say(town.second, town.bot, "/shift")
    await town.press(town.second, "补充一句")
    await town.say(town.second, town.bot, "门卫" + "话" * 700)
    assert "702字" in town.texts(town.second)[-1] and not town.told(town.duty, "对方补充了一句")
    town.second.send_photo(town.bot, caption="钥匙在门卫室第二个抽屉")
    await town.settle()
    assert "钥匙在门卫室第二个抽屉" in town.sees(town.duty, "对方补充了一句").text
    assert "照片、文件没有留" in town.texts(town.second)[-1] and not await town.incidents()
    await town.press(town.second, "是突发事件，报告")
    assert (await town.incident()).evidence, "its picture goes with the report"


async def test_names_that_are_missing_stand_on_the_next_page_and_are_told_once(town: Town):
    await town.say(town.second, town.bot, "/shift")
    await town.press(town.second, "我已接清")
    await town.until(7, 29)
    assert not town.told(town.director, "没有签齐"), "nobody is told of it by night"
    await town.until(7, 31)
    assert "交班人没有签" in town.sees(town.director, "交接班1号没有签齐").text
    await town.say(town.duty, town.bot, "/shift")
    assert "交接班1号没有签齐：李值班→周值班（03:06），差交班人" in town.sees(town.duty, TAKEN).text
    await town.advance(hours=10)
    assert len(town.told(town.director, "交接班1号没有签齐")) == 1


async def test_the_first_shift_and_a_shift_that_is_one_s_own_already(town: Town):
    async with town.open_store.writing() as tx:
        person = await tx.people.by_telegram(town.duty.id)
        assert person is not None
        await tx.people.vacate(JURISDICTION, PLAN, person.id)
    await town.say(town.duty, town.bot, "/shift")
    first = town.sees(town.duty, "您已坐上值班席").text
    assert "接班：李值班（值班席此前没有人）" in first and "交班：" not in first
    await town.press(town.duty, "我已接清")
    assert "（首班），李值班03:06已接清" in town.sees(town.duty, "已办完").text
    await town.say(town.duty, town.bot, "/shift")
    assert "没有换班" in town.sees(town.duty, "您已在值班席上").text
    async with town.open_store.writing() as tx:
        await tx.people.save(replace(person, name="小李"))
    await town.say(town.duty, town.bot, "/shift")
    last = town.duty.timeline(town.bot)[-1].text
    assert last.startswith("您已在值班席上"), "another name of the account is nobody else"
    await town.say(town.duty, town.bot, "/shift 王五")
    assert "　接班：王五" in town.sees(town.duty, TAKEN).text, "another name at a shared account is another"
    assert {"我已接清", "我已交清"} <= {key for text in (TAKEN, GIVEN) for key in town.sees(town.duty, text).labels()}


async def test_two_who_take_it_at_the_same_moment_follow_one_another(town: Town):
    await planned(town, f"{today(town):%Y-%m-%d} 04:00-12:00 {town.second.name}")
    town.second.send(town.bot, "/shift")
    town.duty.send(town.bot, "/shift 赵六")
    await town.settle()
    async with town.open_store.reading() as rx:
        rows = await rx.cases.newest("handover", 9)
        seat = await rx.people.seat(JURISDICTION, PLAN)
    assert len(rows) == 2 and seat is not None
    pages = [town.sees(person, TAKEN).text for person in (town.second, town.duty)]
    assert sum("没有签齐" in page for page in pages) == 1, "the later page names the one before it"


async def test_the_seats_of_several_plans_are_one_page_in_each_office(town: Town):
    beside = [item for item in plans().values() if item.id != PLAN]
    for plan in beside[:3]:
        for person in (town.second, town.duty):
            await town.grant(person, "duty", plan=plan.id)
        await town.sit(town.duty, plan.id)
    await town.say(town.head, town.bot, STAMPEDE)
    await town.say(town.second, town.bot, "/shift")
    offices = {item.jurisdiction.name for item in (plans()[PLAN], *beside[:3])}
    pages = [line.text for line in town.told(town.second, TAKEN)]
    assert len(pages) == len(offices) and sum(page.count("1号 实验小学") for page in pages) == 1


async def test_it_is_on_record_by_day_and_number_and_printed(town: Town):
    await town.say(town.head, town.bot, STAMPEDE)
    await town.say(town.second, town.bot, "/shift")
    await town.press(town.second, "我已接清")
    await town.say(town.director, town.bot, "/handover 今天")
    shown = town.sees(town.director, "交接班1号").text
    assert "接班人：周值班 03:06已接清" in shown and "交班人：李值班 未签" in shown
    await town.say(town.second, town.bot, "/handover 1号")
    await town.press(town.second, "打印稿")
    names = [line.file_name for line in town.second.timeline(town.bot) if line.file_name]
    assert names == ["交接班记录1号20260302.docx"]
    await town.say(town.second, town.bot, "/handover 9月3日")
    town.sees(town.second, "9月3日没有交接班")
    await town.say(town.second, town.bot, "/handover 昨晚那次")
    town.sees(town.second, "没有读懂日期")
    await town.say(town.head, town.bot, "/handover")
    town.sees(town.head, "由值班员和预案里的职务查看")


async def test_one_who_never_opened_the_chat_takes_the_seat_all_the_same(town: Town):
    await town.say(town.liaisons["区消防救援大队"], town.group, "/shift@tocsin_bot")
    async with town.open_store.reading() as rx:
        seat = await rx.people.seat(JURISDICTION, PLAN)
    assert seat is not None and seat.name == "李值班"


@pytest.mark.parametrize("times", [1, 99])
async def test_whatever_fails_in_a_hand_over_the_seat_is_taken_and_one_page_comes_at_most(
    town: Town, monkeypatch: pytest.MonkeyPatch, times: int
):
    """The program ends, or fails, between the seat and the page: the seat stands, the page is made good."""
    failed, plain = [0], office.hand_over

    async def fails(*args: Any, **given: Any) -> None:
        failed[0] += 1
        if failed[0] <= times:
            raise RuntimeError("the page cannot be made")
        await plain(*args, **given)

    monkeypatch.setattr(handover, "hand_over", fails)
    town.forgiven = replace(town.forgiven, logs=("RuntimeError", "update.failed", "rescue"), quarantined=times // 99)
    await town.say(town.second, town.bot, "/shift")
    async with town.open_store.reading() as rx:
        seat = await rx.people.seat(JURISDICTION, PLAN)
        rows = await rx.cases.newest("handover", 9)
    assert seat is not None and seat.name == town.second.name
    assert len(rows) == len(town.told(town.second, TAKEN)) == (times == 1)
    await town.say(town.head, town.bot, STAMPEDE)
    town.sees(town.second, "【待接报】")
