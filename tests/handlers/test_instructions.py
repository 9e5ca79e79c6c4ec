"""Instructions in the real chat: put down, sent in three taps, answered, chased; within an incident too."""

from __future__ import annotations

from datetime import timedelta

from bot.cases import records
from bot.clock import SHANGHAI
from bot.render.form import elements
from plans.desk.addressed import Addressed
from plans.desk.instruction_state import Instruction
from plans.model import Plan
from tests.journeys.world import JURISDICTION, PLAN, STAMPEDE, UNITS, Town, plans

FIVE = tuple(unit for unit in UNITS if not unit.startswith("事发"))
WORDS = "举一反三，全区排查，一周内报结果"


def town_plan() -> Plan:
    plan: Plan = plans()[PLAN]
    return plan


async def cases(town: Town, kind: str = "instruction") -> list[Addressed]:
    async with town.open_store.reading() as rx:
        rows = await rx.cases.newest(kind, 50)
        found = [await records.load_case(rx, row.stream) for row in rows]
    return [case for case in found if isinstance(case, Addressed)]


async def the_case(town: Town, kind: str = "instruction") -> Addressed:
    [case, *_] = await cases(town, kind)
    return case


async def sent(town: Town, words: str = f"王副区长 {WORDS}", pick: str = "全部成员") -> Instruction:
    await town.say(town.duty, town.bot, f"/instruct {words}")
    if pick:
        labels = town.sees(town.duty, "草稿").labels()
        await town.press(town.duty, next(label for label in labels if label.startswith(pick)))
    await town.press(town.duty, "预览")
    await town.press(town.duty, "发出", words="请确认：发出")
    case = await the_case(town)
    assert isinstance(case, Instruction)
    return case


async def test_five_units_are_told_in_three_taps_and_a_sentence(town: Town) -> None:
    await town.say(town.duty, town.bot, f"/instruct 王副区长 请{'、'.join(FIVE)}{WORDS}")
    shown = town.sees(town.duty, "草稿")
    assert "王副区长批示（代录：" in shown.text and "18:00前（原文“一周内”）" in shown.text
    await town.press(town.duty, "预览", words="草稿")
    preview = town.sees(town.duty, "请确认：发出指令1号")
    assert f"发给{len(FIVE)}个" in preview.text, preview.text
    await town.press(town.duty, "发出", words="请确认：发出")
    for unit in FIVE:
        told = town.sees(town.liaisons[unit], "王副区长批示")
        assert told.labels() == ["收到"]
    assert "没有回执" in town.sees(town.duty, "办理中").text


async def test_a_unit_receives_it_sends_a_photo_and_the_giver_or_the_seat_hears_of_the_end(town: Town) -> None:
    case = await sent(town)
    first = town.liaisons[UNITS[0]]
    await town.press(first, "收到", words="王副区长批示")
    assert {"办结", "退回"} <= set(town.sees(first, "已收到").labels())
    await town.press(first, "办结", words="已收到")
    await town.say(first, town.bot, "已排查32处，整改5处")
    assert "结果已记下" in town.texts(first)[-1]
    second = town.liaisons[UNITS[1]]
    await town.press(second, "收到", words="王副区长批示")
    await town.press(second, "退回", words="已收到")
    await town.press(second, "不属本单位职责")
    asked = town.sees(town.duty, "退回了指令1号")
    await town.press(town.duty, "不用它办", words="退回了指令1号")
    assert "不属本单位职责" in asked.text
    assert case.number == 1 and JURISDICTION == case.jurisdiction
    await town.say(town.duty, town.bot, "/instruct 1")
    page = town.texts(town.duty)[-1]
    assert "办结1/" in page and "已排查32处，整改5处" in page and "不用办" in page
    await town.say(town.duty, town.bot, "/instruct")
    assert "指令1号" in town.texts(town.duty)[-1] and "办结1/" in town.texts(town.duty)[-1]


async def test_within_an_incident_it_stands_on_the_worksheet_and_in_the_next_report(town: Town) -> None:
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.say(town.duty, town.bot, f"/instruct 1号 王副区长 电话 请{FIVE[0]}、{FIVE[1]}全力救治，核清人数")
    draft = town.sees(town.duty, "指令1号 草稿")
    assert "事件：1号" in draft.text and "王副区长批示（电话）（代录：" in draft.text
    await town.press(town.duty, "预览", words="指令1号 草稿")
    await town.press(town.duty, "发出", words="请确认：发出")
    told = town.sees(town.liaisons[FIVE[0]], "王副区长批示")
    assert told.rang == "loud", "an incident does not wait for the morning"
    sheet = town.sees(town.duty, "批示：王副区长03:06")
    assert "办结0/2" in sheet.text
    await town.press(town.liaisons[FIVE[0]], "收到", words="王副区长批示")
    await town.say(
        town.liaisons[FIVE[0]], town.bot, "办结 已全部送医", reply_to=town.sees(town.liaisons[FIVE[0]], "已收到").id
    )
    incident = await town.incident()
    [noted] = incident.instructions.values()
    assert (noted.giver, noted.way, noted.told, noted.finished) == ("王副区长", "电话", 2, 1)
    view = await town.program.service.view(town_plan(), incident)  # type: ignore[union-attr]
    element = next(item for item in elements(view, "续报") if "批示" in item.name)
    assert (
        element.value
        == "王副区长03:06批示（电话）：全力救治，核清人数".replace("全力", f"请{FIVE[0]}、{FIVE[1]}全力")
        + "（2个单位，已办结1个）"
    )
    await town.say(town.duty, town.bot, f"/instruct 1 更正 请{FIVE[0]}、{FIVE[1]}全力救治，一小时内报人数")
    assert "请重新点" in (said := town.sees(town.liaisons[FIVE[1]], "指令1号更正").text), said
    assert "王副区长批示（电话）" in said and "期限：没有写" in said, "what takes the place of another says all of it"
    assert "您已经办结" in town.sees(town.liaisons[FIVE[0]], "指令1号更正").text
    await town.say(town.duty, town.bot, "/instruct 1 收回 有误")
    assert "有误" in town.sees(town.duty, "请确认：收回指令1号").text, "words alone take nothing back"
    await town.press(town.duty, "确认收回")
    assert "原因：有误" in town.sees(town.liaisons[FIVE[0]], "指令1号已收回").text
    await town.say(town.duty, town.bot, "/instruct 1 收回 又一次")
    assert "没有记录" in town.texts(town.duty)[-1]
    view = await town.program.service.view(town_plan(), await town.incident())  # type: ignore[union-attr]
    assert next(item for item in elements(view, "续报") if "批示" in item.name).value == "", (
        "what was taken back is not told"
    )


async def test_at_night_what_can_wait_comes_in_silence_and_rings_in_the_morning(town: Town) -> None:
    await sent(town)
    unit = town.liaisons[FIVE[0]]
    assert town.sees(unit, "王副区长批示").rang != "loud"
    await town.press(town.liaisons[FIVE[1]], "收到", words="王副区长批示")
    await town.advance(hours=4, minutes=30)
    assert town.sees(unit, "请尽快回执").rang == "loud"
    assert not town.told(town.liaisons[FIVE[1]], "请尽快回执")


async def test_whoever_stands_for_two_units_reads_and_answers_once(town: Town) -> None:
    both = town.liaisons[FIVE[0]]
    await town.grant(both, "liaison", FIVE[1])
    await sent(town, f"王副区长 请{FIVE[0]}、{FIVE[1]}排查", pick="")
    calls = [line for line in both.timeline(town.bot) if "王副区长批示" in line.text]
    assert len(calls) == 1
    await town.press(both, "收到", words="王副区长批示")
    after = await the_case(town)
    assert {f"unit:{FIVE[0]}", f"unit:{FIVE[1]}"} <= {name for name, item in after.told.items() if not item.silent}


async def test_a_picture_is_a_result_and_what_tells_of_an_event_is_a_report(town: Town) -> None:
    await sent(town)
    unit = town.liaisons[FIVE[0]]
    await town.press(unit, "收到", words="王副区长批示")
    await town.press(unit, "办结", words="已收到")
    await town.say(unit, town.bot, "实验小学食堂6名学生呕吐，已送医院")
    assert len(await town.incidents()) == 1, "it is a report, whatever was asked for"
    unit.send_photo(town.bot, b"picture", caption="已整改")
    await town.settle()
    case = await the_case(town)
    assert isinstance(case, Instruction)
    result = case.results[f"unit:{FIVE[0]}"]
    assert result.evidence and result.text == "已整改"


async def test_the_desk_corrects_extends_adds_returns_and_records(town: Town) -> None:
    await sent(town, f"王副区长 请{FIVE[0]}、{FIVE[1]}全区排查，一周内报", pick="")
    unit = town.liaisons[FIVE[0]]
    await town.say(town.duty, town.bot, "/instruct 1 期限 三天内")
    assert "期限改为3月5日18:00前" in town.texts(unit)[-1]
    await town.say(town.duty, town.bot, "/instruct 1 更正 改为全市排查，三天内报")
    assert town.sees(unit, "以这一条为准").labels() == ["收到"]
    old = next(line for line in unit.timeline(town.bot) if "王副区长批示" in line.text)
    assert "已更正" in old.text and old.labels() == []
    await town.say(town.duty, town.bot, f"/instruct 1 加发 {FIVE[2]}")
    assert "已加发1个" in town.texts(town.duty)[-1]
    town.sees(town.liaisons[FIVE[2]], "王副区长批示")
    await town.say(town.duty, town.bot, f"/instruct 1 代记 {FIVE[1]} 赵科长 已排查9处")
    assert "代您单位记录" in town.texts(town.liaisons[FIVE[1]])[-1]
    await town.say(town.duty, town.bot, "/instruct 1")
    await town.press(town.duty, "退回重办", words="办理中")
    await town.press(town.duty, FIVE[1], words="退回哪一家")
    await town.press(town.duty, "没有写整改情况")
    assert "退回重办" in town.texts(town.liaisons[FIVE[1]])[-1]
    await town.press(town.liaisons[FIVE[1]], "办结", words="退回重办")
    await town.press(town.liaisons[FIVE[1]], "已按要求落实")
    await town.say(town.duty, town.bot, "/instruct 1")
    await town.press(town.duty, "收回", words="办理中")
    await town.press(town.duty, "确认收回")
    assert "已收回" in town.texts(unit)[-1]
    [case] = await cases(town)
    assert case.state == "withdrawn"
    await town.say(town.duty, town.bot, "/instruct 王副区长 全区排查")
    await town.say(town.duty, town.bot, f"/instruct 2 代记 {FIVE[1]} 赵科长 已排查9处")
    assert "还没有发出" in town.texts(town.duty)[-1], "nobody answers what is a draft"
    await town.press(town.duty, "不发了")
    await sent(town, f"王副区长 请{FIVE[2]}复查", pick="")
    await town.press(town.liaisons[FIVE[2]], "收到")
    await town.press(town.liaisons[FIVE[2]], "退回")
    await town.say(town.liaisons[FIVE[2]], town.bot, "不归我们管")
    assert "已退回：不归我们管" in town.texts(town.liaisons[FIVE[2]])[-1] and not await town.incidents()


async def test_who_may_not_is_told_so_and_nothing_is_written(town: Town) -> None:
    town.stranger.start(town.bot)
    await town.settle()
    for person in (town.liaisons[FIVE[0]], town.head, town.stranger):
        await town.say(person, town.bot, "/instruct 王副区长 全区排查")
        await town.say(person, town.bot, "/notice 明早8点开会")
    await town.say(town.commander, town.bot, "/instruct 李区长 全区排查")
    assert "只能以自己的名义" in town.texts(town.commander)[-1]
    assert await cases(town) == [] and await cases(town, "announcement") == []
    await town.say(town.commander, town.bot, "/instruct 全区排查，明天下班前报")
    assert "代录" not in town.sees(town.commander, "草稿").text


async def test_within_a_drill_it_is_marked_and_counts_apart(town: Town) -> None:
    await town.say(town.duty, town.bot, f"/drill {STAMPEDE}")
    await town.say(town.duty, town.bot, f"/instruct 演练1号 王副区长 请{FIVE[0]}全力救治")
    draft = town.sees(town.duty, "草稿")
    assert draft.text.startswith("【演练】") and draft.text.endswith("【演练】")
    await town.press(town.duty, "预览", words="草稿")
    await town.press(town.duty, "发出", words="请确认")
    assert town.sees(town.liaisons[FIVE[0]], "王副区长批示").text.startswith("【演练】")
    await town.say(town.duty, town.bot, "/instruct 演练1")
    assert "办理中" in town.texts(town.duty)[-1]


async def test_within_a_drill_that_is_held_it_stands_and_is_due_later_by_as_long(town: Town) -> None:
    await town.say(town.duty, town.bot, f"/drill {STAMPEDE}")
    unit = town.liaisons[FIVE[0]]

    async def goes(words: str) -> None:
        await town.say(town.duty, town.bot, f"/instruct 演练1号 王副区长 {words}")
        await town.press(town.duty, "预览", words="草稿")
        await town.press(town.duty, "发出", words="请确认")

    async def all_of_them() -> list[Instruction]:
        found = [case for case in await cases(town) if isinstance(case, Instruction)]
        return sorted(found, key=lambda case: case.number)

    await goes(f"请{FIVE[0]}全力救治，1小时内办结")
    [first] = await all_of_them()
    assert first.due is not None
    await town.say(town.duty, town.bot, "/drill 暂停")
    await goes(f"请{FIVE[0]}清点人数，3小时内办结")  # begun while it stands
    assert [case.paused for case in await all_of_them()] == [True, True]
    heard = len(town.texts(unit))
    await town.advance(hours=2)
    assert len(town.texts(unit)) == heard, "nobody is chased"
    await town.say(town.duty, town.bot, "/drill 继续")
    first_now, second = await all_of_them()
    async with town.open_store.reading() as rx:
        drill = await records.load(rx, first.incident)
    assert drill is not None and not drill.paused and drill.offset <= -timedelta(hours=2)
    assert not first_now.paused and first_now.due_by_clock == first.due - drill.offset, "by just as long as the drill"
    assert not second.paused and -timedelta(hours=2) >= second.offset >= drill.offset
    due = f"{first_now.due_by_clock.astimezone(SHANGHAI):%H:%M}"
    await town.say(town.duty, town.bot, "/instruct 演练1")
    assert due in town.texts(town.duty)[-1], "people read the clock on the wall"
    await town.advance(minutes=61)
    assert [text for text in town.texts(unit)[heard:] if "全力救治" in text], "now it is"
    async with town.open_store.reading() as rx:
        assert await rx.journal.verify() == []


async def test_words_after_the_result_are_words_of_their_own(town: Town) -> None:
    await sent(town, f"王副区长 请{FIVE[0]}、{FIVE[1]}排查", pick="")
    unit = town.liaisons[FIVE[0]]
    await town.press(unit, "收到", words="王副区长批示")
    await town.press(unit, "办结", words="已收到")
    await town.say(unit, town.bot, "已排查32处")
    await town.say(unit, town.bot, "食堂又有两名学生肚子疼，已送医院")
    case = await the_case(town)
    assert isinstance(case, Instruction) and case.results[f"unit:{FIVE[0]}"].text == "已排查32处"
    assert len(await town.incidents()) == 1


async def test_whoever_was_named_hears_what_goes_out_in_his_name_and_takes_it_back(town: Town) -> None:
    await sent(town, f"指挥长 请{FIVE[0]}、{FIVE[1]}排查", pick="")
    told = town.sees(town.commander, "以您的名义发出了指令1号")
    assert told.labels() == ["收回"]
    await town.press(town.commander, "收回", words="以您的名义")
    await town.press(town.commander, "确认收回")
    assert (await the_case(town)).state == "withdrawn"
    assert "已收回" in town.texts(town.liaisons[FIVE[0]])[-1]


async def test_words_that_somebody_posted_are_put_down_by_a_reply(town: Town) -> None:
    posted = await town.say(town.director, town.group, "举一反三，全区排查，一周内报结果")
    await town.say(town.duty, town.group, "/instruct 王副区长", reply_to=posted.id)
    case = await the_case(town)
    assert isinstance(case, Instruction)
    assert (case.giver, case.text) == ("王副区长", "举一反三，全区排查，一周内报结果")
    assert not town.told(town.duty, "草稿", town.group), "the draft is shown in private"
