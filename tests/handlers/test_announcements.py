"""Notices in the real chat: to units and areas, receipts, the table, the seat's list, and who may not."""

from __future__ import annotations

from bot.office.instructions import announcements_open, instructions_open
from bot.office.recipients import named_in
from tests.handlers.test_bodies import listed
from tests.handlers.test_instructions import FIVE, cases, sent, the_case, town_plan
from tests.journeys.world import JURISDICTION, Town

SCHOOLS = (
    ("1", "凤鸣小学", "凤小", "小学", "北石店镇", "李校长", "0356-2000001"),
    ("2", "青山小学", "", "小学", "北石店镇", "王校长", "0356-2000002"),
)


async def announced(town: Town, words: str = f"{'、'.join(FIVE)}：明早8点开会") -> None:
    await town.say(town.duty, town.bot, f"/notice {words}")
    await town.press(town.duty, "预览", words="通知1号 草稿")
    await town.press(town.duty, "发出", words="请确认：发出通知1号")


async def test_it_is_sent_received_and_over_when_all_have_it(town: Town) -> None:
    await announced(town)
    for unit in FIVE:
        told = town.sees(town.liaisons[unit], "明早8点开会")
        assert told.labels() == ["收到"] and told.rang != "loud", "at night it lies there in silence"
    assert not town.told(town.duty, "明早8点开会", town.group), "never a message in the group"
    for unit in FIVE:
        await town.press(town.liaisons[unit], "收到", words="明早8点开会")
        assert "已回执" in town.sees(town.liaisons[unit], "明早8点开会").text
    assert "回执齐了" in town.texts(town.duty)[-1]
    assert (await the_case(town, "announcement")).state == "done"


async def test_when_all_have_it_a_correction_and_a_withdrawal_still_reach_all_and_stamp_what_was_said(
    town: Town,
) -> None:
    await announced(town, f"{FIVE[0]}、{FIVE[1]}：明早8点开会")
    for unit in FIVE[:2]:
        await town.press(town.liaisons[unit], "收到", words="明早8点开会")
    first = town.liaisons[FIVE[0]]
    old = town.sees(first, "明早8点开会").id
    await town.press(town.duty, "看办理情况", words="回执齐了")
    await town.say(town.duty, town.bot, "/notice 1 更正 改为9点开会")
    assert "正在通知收到过的各方重新回执" in town.texts(town.duty)[-1]

    def stands(id: int) -> str:
        return next(line.text for line in first.timeline(town.bot) if line.id == id)

    assert stands(old).startswith("已更正，以新的一条为准\n")
    new = town.sees(first, "改为9点开会")
    assert new.labels() == ["收到"]
    for unit in FIVE[:2]:
        await town.press(town.liaisons[unit], "收到", words="改为9点开会")
    assert (await the_case(town, "announcement")).state == "done"
    await town.say(town.duty, town.bot, "/notice 1")
    await town.press(town.duty, "收回", words="回执结束")
    await town.press(town.duty, "确认收回")
    assert "已收回" in town.texts(first)[-1]
    assert stands(old).startswith("已更正") and stands(new.id).startswith("已收回\n")
    assert not any(line.labels() for line in first.timeline(town.bot) if "开会" in line.text)


async def test_the_silent_are_reminded_once_then_rung_by_the_seat(town: Town) -> None:
    await announced(town)
    await town.press(town.liaisons[FIVE[0]], "收到", words="明早8点开会")
    await town.advance(hours=4, minutes=30)
    assert town.sees(town.liaisons[FIVE[1]], "通知，请回执").rang == "loud"
    assert not town.told(town.liaisons[FIVE[0]], "通知，请回执")
    await town.advance(hours=2)
    rung = town.sees(town.duty, "还没有回执，请打电话")
    assert "0356-" in rung.text and "念：您好" in rung.text
    await town.press(town.duty, "看名单、记结果", words="还没有回执")
    await town.press(town.duty, "没打通", words="还没有回执")
    assert "打过1次没通" in town.sees(town.duty, "还没有回执").text
    await town.press(town.duty, "已通知到", words="还没有回执")
    await town.say(town.duty, town.bot, "/notice 1")
    assert "已回执2/5" in town.texts(town.duty)[-1] and "电话确认收到" in town.texts(town.duty)[-1]
    before = len(town.texts(town.liaisons[FIVE[2]]))
    await town.advance(hours=48)
    assert len(town.texts(town.liaisons[FIVE[2]])) == before, "reminded once, and never again"


async def test_the_schools_of_a_township_are_meant_by_its_name(town: Town) -> None:
    await listed(town, *SCHOOLS)
    await town.say(town.duty, town.bot, "/notice 北石店镇小学、区教育局：明早8点开会")
    case = await the_case(town, "announcement")
    assert set(case.chosen) == {"unit:凤鸣小学", "unit:青山小学", "unit:区教育局"} and case.text == "明早8点开会"
    await town.press(town.duty, "预览", words="草稿")
    assert "不能用本程序通知的2个" in town.sees(town.duty, "请确认").text
    await town.press(town.duty, "发出", words="请确认")
    rung = town.sees(town.duty, "还没有回执，请打电话")
    assert "凤鸣小学　0356-2000001" in rung.text
    page = town.sees(town.duty, "等回执").text
    assert "要打电话的2个" in page and page.count("凤鸣小学") == 1, "one list of whom to ring, and not twice"
    await town.say(town.duty, town.bot, "/notice 明天到区政府二楼开会")
    draft = town.sees(town.duty, "通知2号 草稿")
    assert "上次的3个：凤鸣小学等" in draft.labels(), "a listed body is called by its name, not by its id"


def test_a_name_that_says_where_something_is_names_nobody() -> None:
    plan = town_plan()
    for where in ("二楼", "会议室", "三楼会议室", "第二会议室", "大院", "机关食堂", "门口", "302室", "广场", "2号楼"):
        assert named_in(plan, f"明天到区政府{where}开会") == (), where
    for words in ("请区政府楼长和区教育局排查", "区政府、区教育局二楼的情况", "区政府一楼一策，区政府和区教育局"):
        assert "unit:区政府" in named_in(plan, words), words
    assert named_in(plan, "请区教育局到区政府二楼开会") == ("unit:区教育局",)


async def test_one_tap_picks_whom_the_button_names_and_nobody_who_has_come_to_be_meant_since(town: Town) -> None:
    await announced(town, f"{FIVE[0]}、{FIVE[1]}：明早8点开会")
    await town.say(town.duty, town.bot, f"/notice 请{FIVE[2]}准备")
    labels = town.sees(town.duty, "通知2号 草稿").labels()
    assert f"原文点到的：{FIVE[2]}" in labels, labels
    last = next(label for label in labels if label.startswith(f"上次的2个：{FIVE[0]}、"))
    await town.say(town.duty, town.bot, f"/notice {FIVE[3]}、{FIVE[4]}：另一件事")
    await town.press(town.duty, "预览", words="通知3号 草稿")
    await town.press(town.duty, "发出", words="请确认：发出通知3号")
    await town.press(town.duty, last, words="通知2号 草稿")
    drafts = [case for case in await cases(town, "announcement") if case.number == 2]
    assert drafts[0].chosen == (), "the last ones are others by now"
    await town.press(town.duty, f"原文点到的：{FIVE[2]}", words="选择发给谁")
    [draft] = [case for case in await cases(town, "announcement") if case.number == 2]
    assert draft.chosen == (f"unit:{FIVE[2]}",)


async def test_a_colon_in_the_text_is_no_address(town: Town) -> None:
    await town.say(town.duty, town.bot, "/notice 会议时间：明早8点，<b>带&材料</b>")
    case = await the_case(town, "announcement")
    assert (case.text, case.chosen) == ("会议时间：明早8点，<b>带&材料</b>", ())
    assert not town.told(town.duty, "没有认出")
    await town.say(town.duty, town.bot, f"/notice {FIVE[0]}、城东区学校：明早8点开会")
    assert "没有认出要发给谁：城东区学校" in town.texts(town.duty)[-1], "nobody is picked, and the writer reads why"


async def test_who_has_the_words_wrong_reads_how_and_nothing_is_drafted(town: Town) -> None:
    await announced(town, f"{FIVE[0]}：明早8点开会")
    for words in ("/notice 1 期限 明天", "/instruct 王副区长", "/instruct 指挥长："):
        await town.say(town.duty, town.bot, words)
        assert "发通知：" in town.texts(town.duty)[-1] or "写批示：" in town.texts(town.duty)[-1], words
    await town.say(town.duty, town.bot, "/notice 1 加急")
    assert "已经发出，不能再改" in town.texts(town.duty)[-1]
    assert len(await cases(town, "announcement")) == 1 and await cases(town) == []


async def test_urgent_rings_at_night(town: Town) -> None:
    await town.say(town.duty, town.bot, f"/notice {FIVE[0]}：马上开会")
    await town.press(town.duty, "预览", words="草稿")
    assert "静音送达" in town.sees(town.duty, "请确认").text
    await town.press(town.duty, "加急", words="请确认")
    await town.press(town.duty, "发出", words="夜间也会响铃")
    assert town.sees(town.liaisons[FIVE[0]], "马上开会").rang == "loud"


async def test_a_bare_receipt_is_taken_where_one_thing_alone_waits(town: Town) -> None:
    await announced(town)
    await town.say(town.liaisons[FIVE[0]], town.bot, "收到")
    case = await the_case(town, "announcement")
    assert not case.told[f"unit:{FIVE[0]}"].silent
    assert await town.incidents() == []


async def test_both_are_open_matters_until_they_are_done(town: Town) -> None:
    await announced(town)
    await sent(town, f"王副区长 请{FIVE[0]}排查，一周内报", pick="")
    assert town.program is not None
    service, now = town.program.service, town.clock.now()

    async def open_now() -> list[str]:
        async with town.open_store.reading() as rx:
            found = [
                *await instructions_open(rx, service, JURISDICTION, town_plan(), now),
                *await announcements_open(rx, service, JURISDICTION, town_plan(), now),
            ]
        return [item.line.plain for item in found]

    lines = await open_now()
    assert len(lines) == 2 and "办结0/1" in lines[0] and "已回执0/5" in lines[1]
    await town.press(town.liaisons[FIVE[0]], "收到", words="王副区长批示")
    await town.press(town.liaisons[FIVE[0]], "办结", words="已收到")
    await town.press(town.liaisons[FIVE[0]], "已按要求落实")
    assert "全部办结，请告诉王副区长" in town.texts(town.duty)[-1]
    await town.say(town.duty, town.bot, "/notice 1")
    await town.press(town.duty, "不再等", words="等回执")
    assert await open_now() == []
    assert len(await cases(town)) == 1


async def test_words_about_a_notice_open_no_incident_and_no_receipt_is_guessed(town: Town) -> None:
    await announced(town)
    unit = town.liaisons[FIVE[0]]
    told = town.sees(unit, "明早8点开会")
    await town.say(unit, town.bot, "好的，谢谢", reply_to=told.id)
    assert "没有记录" in town.texts(unit)[-1] and "点［收到］" in town.texts(unit)[-1]
    await sent(town, f"王副区长 请{FIVE[0]}排查，一周内报", pick="")
    await town.say(unit, town.bot, "收到")
    assert "有几件在等您回执：指令1号、通知1号" in town.texts(unit)[-1]
    assert await town.incidents() == []
    await town.say(unit, town.bot, "收到", reply_to=told.id)
    assert not (await the_case(town, "announcement")).told[f"unit:{FIVE[0]}"].silent
    await town.say(unit, town.bot, "实验小学操场2名学生摔伤", reply_to=told.id)
    assert len(await town.incidents()) == 1, "what tells of an event is a report"
