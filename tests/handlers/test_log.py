"""The duty log in chats: written in every way, read, set right, ticked off, given out, and what it becomes."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from docx import Document
from openpyxl import load_workbook

from bot.cases import records
from bot.clock import SHANGHAI
from bot.render.cases import CaseView
from bot.render.log import words
from plans.core.keys import SEAT
from plans.core.notice import Notice
from plans.desk.entry_state import Entry
from tests.factories import CAMPUS
from tests.handlers.test_swaps import planned
from tests.handlers.test_warning import RAIN, warnings
from tests.journeys.world import PLAN, UNITS, Town

CALL = "市政府值班室张 来电：下午强对流，16时前反馈落实情况"
HURT = "东沟镇中心小学赵校长来电：2名学生摔伤，已送医"


async def entries(town: Town) -> list[Entry]:
    async with town.open_store.reading() as rx:
        rows = await rx.cases.newest("entry", 80)
        found = [await records.load_case(rx, row.stream) for row in sorted(rows, key=lambda row: row.number)]
    return [item for item in found if isinstance(item, Entry)]


async def entry(town: Town) -> Entry:
    [one] = await entries(town)
    return one


def said(town: Town) -> str:
    return town.duty.timeline(town.bot)[-1].text


# --- written


async def test_a_sentence_is_an_entry_with_what_was_read_and_what_rings(town: Town):
    for number, text in enumerate((f"记 {CALL}", f"记：{CALL}", f"记一笔 {CALL}", f"/log {CALL}"), 1):
        await town.say(town.duty, town.bot, text)
        one = (await entries(town))[-1]
        assert (one.text, one.way, one.unit, one.caller) == (CALL, "来电", "市政府值班室", "张")
        shown = town.sees(town.duty, f"日志{number}号")
        assert "16:00前 反馈落实情况" in shown.text and "15:30、16:00提醒值班席" in shown.text
        assert {"改时限", "改来电人", "不用回复", "转为报告", "转为预警"} <= set(shown.labels())
    await town.say(town.duty, town.bot, "📒 记一笔")
    await town.say(town.duty, town.bot, CALL)
    assert len(await entries(town)) == 5 and not await town.incidents(), "one tap and a sentence"
    await town.say(town.duty, town.bot, HURT)
    assert len(await entries(town)) == 5 and len(await town.incidents()) == 1, "what comes next is what it is"
    await town.say(town.duty, town.bot, "📒 记一笔")
    await town.say(town.duty, town.bot, "值班日志")
    assert len(await entries(town)) == 5 and "/log" in said(town), "a command's name is no entry"


async def test_a_voice_message_and_a_picture_are_entries_and_their_files_are_kept(town: Town):
    await town.say(town.duty, town.bot, "📒 记一笔")
    town.duty.send_voice(town.bot)
    await town.settle()
    one = await entry(town)
    assert one.text == "" and [item.partition(":")[0] for item in one.evidence] == ["voice"]
    assert "听完语音" in said(town)
    await town.say(town.duty, town.bot, "区气象台王 来电：今晚大风，16时前反馈")
    one = await entry(town)
    assert (one.text, one.unit, one.caller) == ("区气象台王 来电：今晚大风，16时前反馈", "区气象台", "王") and one.open
    town.duty.send_photo(town.bot, caption=f"记 {CALL}")
    await town.settle()
    _, two = await entries(town)
    assert two.text == CALL and two.evidence[0].startswith("photo:") and not await town.incidents()
    town.duty.send_album(town.bot, [b"\xff\xd8one", b"\xff\xd8two", b"\xff\xd8three"], caption=f"/log {CALL}")
    await town.settle()
    assert len((await entries(town))[2].evidence) == 3 and not await town.incidents(), "an album is one entry"
    await town.advance(minutes=1)
    kept = [digest for one in await entries(town) for digest in one.files.values()]
    assert len(kept) == 5 and all(len(digest) == 64 for digest in kept)


async def test_in_the_command_group_an_officer_writes_and_nobody_reads_there_what_was_understood(town: Town):
    await town.say(town.duty, town.group, f"记 {CALL}")
    assert (await entry(town)).unit == "市政府值班室"
    [line] = town.told(town.duty, "日志1号", town.group)
    assert line.text == "已记：日志1号。" and "16:00前" in town.sees(town.duty, "日志1号").text
    await town.say(town.duty, town.group, "/log")
    assert town.told(town.duty, "市政府值班室", town.group) == [], "the list is shown in private"
    await town.say(town.duty, town.group, "记者来了")
    assert len(await entries(town)) == 1


async def test_a_message_of_another_is_logged_by_answering_it_and_by_forwarding_it_when_asked(town: Town):
    other = await town.say(town.liaisons[UNITS[0]], town.group, "北街路灯不亮")
    await town.say(town.duty, town.group, "/log", reply_to=other)
    one = await entry(town)
    assert one.text == "北街路灯不亮" and one.forwarded
    await town.say(town.duty, town.bot, "📒 记一笔")
    town.duty.forward(other, town.bot)
    await town.settle()
    assert [item.forwarded for item in await entries(town)] == [True, True]


# --- set right, answered


async def test_what_was_read_is_set_right_by_a_tap_and_a_word(town: Town):
    await town.say(town.duty, town.bot, f"记 {CALL}")
    await town.press(town.duty, "改时限", words="日志1号")
    await town.press(town.duty, "18:00", words="几点前")
    assert (await entry(town)).wants[0].at == datetime(2026, 3, 2, 18, tzinfo=SHANGHAI)
    await town.press(town.duty, "改时限", words="日志1号")
    await town.say(town.duty, town.bot, "17点20")
    assert (await entry(town)).wants[0].at == datetime(2026, 3, 2, 17, 20, tzinfo=SHANGHAI)
    await town.press(town.duty, "改来电人", words="日志1号")
    await town.say(town.duty, town.bot, "市委值班室 王 0356-2022492")
    one = await entry(town)
    assert (one.unit, one.caller, one.phone) == ("市委值班室", "王", "0356-2022492") and one.text == CALL
    await town.say(town.duty, town.bot, "/log 1 时限 明天9点")
    assert (await entry(town)).wants[0].at == datetime(2026, 3, 3, 9, tzinfo=SHANGHAI)
    await town.say(town.duty, town.bot, "/log 1 不用回复")
    assert (await entry(town)).state == "answered"
    await town.say(town.duty, town.bot, "记 市政府值班室张 来电：8点前回电")
    assert (await entries(town))[1].wants[0].at is None and "时限要您点一下" in said(town)
    await town.say(town.duty, town.bot, "/log")
    assert "2号　市政府值班室 张：8点前回电　［时限待点：“8点前”］" in said(town), "no time that nobody said"
    await town.press(town.duty, "20:00", words="日志2号")
    assert (await entries(town))[1].wants[0].at == datetime(2026, 3, 2, 20, tzinfo=SHANGHAI)


async def test_what_is_due_rings_the_seat_and_is_ticked_off_with_a_word(town: Town):
    await town.say(town.duty, town.bot, f"记 {CALL}")
    await town.until(15, 31)
    assert "还差回复，还有30分钟　16:00前" in town.sees(town.duty, "日志1号 还差回复").text
    assert town.told(town.second, "日志1号") == [], "the seat is rung, and nobody else"
    await town.press(town.duty, "已回复", words="还差回复")
    await town.press(town.duty, "已电话反馈", words="已登记回复")
    one = await entry(town)
    assert one.state == "answered" and one.replies[0].words == "已电话反馈"
    assert "【已回复】" in town.sees(town.duty, "还差回复").text
    await town.say(town.duty, town.bot, f"记 {CALL.replace('16', '17')}")
    await town.press(town.duty, "已回复", words="日志2号")
    await town.press(town.duty, "撤回", words="日志2号　15:31已登记回复")
    assert (await entries(town))[1].state == "waiting"
    await town.press(town.duty, "已回复", words="日志2号")
    await town.say(town.duty, town.bot, "已报：各校停课，2名学生擦伤已回家")
    two = (await entries(town))[1]
    assert two.replies[0].words.startswith("已报") and not await town.incidents(), "it answers what was asked"
    await town.until(18)
    assert town.told(town.duty, "已过时限") == []


async def test_where_nobody_sits_every_officer_is_rung_and_no_group_reads_what_it_is(town: Town):
    async with town.open_store.writing() as tx:
        person = await tx.people.by_telegram(town.duty.id)
        assert person is not None and await tx.people.vacate(CAMPUS.jurisdiction.name, PLAN, person.id)
    await town.say(town.duty, town.bot, f"记 {CALL}")
    await town.until(15, 31)
    assert town.told(town.second, "还差回复") and town.told(town.duty, "还差回复")
    assert town.told(town.duty, "日志1号", town.group) == []
    view = CaseView(plan=CAMPUS, case=await entry(town), now=town.clock.now(), place_kind="command")
    line = str(words(Notice(kind="reminder", key="entry_due", to=SEAT), view))
    assert "16:00前" in line and "市政府" not in line and "强对流" not in line


async def test_a_correction_is_another_entry_and_takes_over_what_it_does_not_say(town: Town):
    await town.say(town.duty, town.bot, f"记 {CALL}")
    await town.press(town.duty, "更正", words="日志1号")
    await town.say(town.duty, town.bot, "下午强对流，15时前反馈")
    one, two = await entries(town)
    assert (one.text, one.corrected_number, one.open) == (CALL, 2, False)
    assert (two.corrects_number, two.unit, two.caller, two.open) == (1, "市政府值班室", "张", True)
    assert two.wants[0].at == datetime(2026, 3, 2, 15, tzinfo=SHANGHAI)
    assert len(town.told(town.duty, "【已更正】见日志2号")) == 1
    await town.say(town.duty, town.bot, "/log 1")
    assert "已更正，见日志2号" in said(town) and town.duty.timeline(town.bot)[-1].labels() == []
    await town.say(town.duty, town.bot, "/log 1 更正 又错了")
    assert len(await entries(town)) == 2, "what does not stand is not set right"
    await town.say(town.duty, town.bot, "/log 2 更正 没有这回事")
    assert (await entries(town))[2].wants == two.wants, "what waits is not lost by a correction that does not name it"


async def test_an_entry_is_taken_back_within_a_minute_and_stays_struck_through(town: Town):
    await town.say(town.duty, town.bot, f"记 {CALL}")
    await town.press(town.duty, "撤回", words="日志1号")
    one = await entry(town)
    assert one.state == "withdrawn" and one.text == CALL
    await town.say(town.duty, town.bot, "/log")
    assert "已撤回" in said(town)
    await town.say(town.duty, town.bot, f"记 {CALL}")
    await town.advance(seconds=61)
    await town.press(town.duty, "撤回", words="日志2号")
    assert (await entries(town))[1].state == "waiting"


# --- looked through, given out


async def test_days_and_words_are_found_and_no_question_is_an_entry(town: Town):
    for text in (CALL, "巡查正常 ABC１２", "天气 晴"):
        await town.say(town.duty, town.bot, f"记 {text}")
    everything = {"强对流", "巡查", "天气：晴"}
    found = {
        "/log": everything, "/log 3月": everything, "/log 昨天": set[str](), "/log 找 abc12": {"巡查"},
        "/log 找 市政府 反馈": {"强对流"}, "/log 找 对流 3月1日": set[str](),
    }  # fmt: skip
    for text, expected in found.items():
        await town.say(town.duty, town.bot, text)
        assert {part for part in everything if part in said(town)} == expected, text
    assert len(await entries(town)) == 3


async def test_a_day_and_a_month_are_given_out_as_the_paper_book(town: Town):
    await town.say(town.duty, town.bot, f"记 {CALL}")
    await town.say(town.duty, town.bot, "记 天气 晴，12到23度")
    await town.say(town.duty, town.bot, "/log")
    await town.press(town.duty, "本日 docx", words="值班日志")
    await town.press(town.duty, "本月 xlsx", words="值班日志")
    await town.say(town.duty, town.group, "/log 今天 导出")
    names = [line.file_name for line in town.duty.timeline(town.bot) if line.file_name]
    assert names == [
        "值班日志2026-03-02.docx", "值班日志2026-03.xlsx", "值班日志2026-03-02.docx", "值班日志2026-03-02.xlsx",
    ]  # fmt: skip
    made = [item.content for item in town.world.state.files.values() if item.name == names[0]]
    assert len(made) == 2 and made[0] == made[1], "the same log gives the same file"
    tables = [[cell.text for row in item.rows for cell in row.cells] for item in Document(io.BytesIO(made[0])).tables]
    assert "晴，12到23度" in tables[0] and "下午强对流，16时前反馈落实情况" in tables[1]
    assert not [line for line in town.duty.timeline(town.group) if line.file_name]


async def test_a_days_page_tells_who_signed_what_or_why_not_and_every_spot_check():
    async with Town.open(at=datetime(2026, 3, 2, 2, 0, tzinfo=UTC)) as town:
        await town.say(town.second, town.bot, "/shift")
        await town.press(town.second, "我已接清")
        await town.say(town.second, town.bot, "/handover")
        await town.press(town.second, "对方已离岗")
        await town.press(town.second, "已下班离开")
        await town.advance(minutes=30)
        await town.say(town.duty, town.bot, "/shift")
        await town.press(town.second, "我已交清", words="您交出的事项如下")
        await town.press(town.duty, "补充一句", words="您已接班，上一班")
        await town.say(town.duty, town.bot, "门卫电话坏了")
        await town.press(town.duty, "我已接清", words="已补充进交接页")
        await town.say(town.second, town.bot, "/spotcheck")
        await town.press(town.second, "现在抽查")
        await town.advance(minutes=2)
        await town.say(town.duty, town.bot, "/log")
        lines = (
            "10:00 周值班接班（李值班交班）：交接班1号，李值班已离岗，没有签（10:00注明：已下班离开）；"
            "接班人周值班10:00签“已接清”",
            "10:30 李值班接班（周值班交班）：交接班2号，交班人周值班10:30签过，之后有补充，没有再签；"
            "接班人李值班10:30签“已接清”；李值班补充：门卫电话坏了",
            "抽查1号　3月2日 10:30，周值班发起：0/1按时在岗；未答：值班席 李值班",
        )
        shown = said(town)
        heads = ("交接：", "交接：", "")
        assert all(f"\n{head}{line}" in shown for head, line in zip(heads, lines, strict=True)), shown
        await town.say(town.duty, town.bot, "/log 3月1日")
        assert "接班" not in said(town) and "抽查" not in said(town)
        await town.say(town.duty, town.bot, "/log 今天 导出")
        made = {
            item.name.rpartition(".")[2]: item.content
            for item in town.world.state.files.values()
            if item.name.startswith("值班日志")
        }
        paper = "\n".join(
            cell.text for table in Document(io.BytesIO(made["docx"])).tables for row in table.rows for cell in row.cells
        )
        sheet = load_workbook(io.BytesIO(made["xlsx"]))["每日"]
        assert sheet.cell(2, 3).value == "李值班、周值班", "without a roster: who sat there"
        cells = "\n".join(str(cell.value or "") for row in sheet.iter_rows() for cell in row)
        for text in (paper, cells):
            assert all(line in text for line in lines), text
        await town.stop()


async def test_the_page_names_who_served_and_not_whom_he_replaced():
    async with Town.open(at=datetime(2026, 3, 2, 8, 40, tzinfo=UTC)) as town:
        await planned(town, f"2026-03-02 20:00-次日08:00 {town.duty.name}")
        await town.say(town.duty, town.bot, "/swap 孩子发烧")
        await town.press(town.duty, "1 请人替")
        await town.press(town.second, "我来替")
        await town.say(town.duty, town.bot, "/log 今天 导出")
        [made] = [item.content for item in town.world.state.files.values() if item.name.endswith("docx")]
        officers = Document(io.BytesIO(made)).tables[0].rows[1].cells[2].text
        assert town.second.name in officers and town.duty.name not in officers
        await town.stop()


# --- what it becomes


async def test_an_entry_becomes_a_report_by_one_tap_as_if_it_had_been_typed(town: Town):
    await town.say(town.duty, town.bot, f"记 {HURT}")
    shown = town.sees(town.duty, "日志1号")
    assert shown.labels()[0] == "转为报告" and "像是突发事件" in shown.text
    await town.press(town.duty, "转为报告", words="日志1号")
    incident, one = await town.incident(), await entry(town)
    assert (incident.text, incident.entry, incident.entry_number) == (HURT, one.stream, 1)
    assert [item.stream for item in one.became] == [incident.stream]
    await town.say(town.second, town.bot, "/log 1 转报告")
    assert len(await town.incidents()) == 1 and "已经报告为1号事件" in town.texts(town.second)[-1]
    await town.say(town.duty, town.bot, "/log 1")
    assert "已转：1号事件" in said(town)
    await town.press(town.duty, "撤回", words="已转")
    assert (await entry(town)).state == "noted", "what has come of it is not taken back"


async def test_a_typed_report_reads_the_same(town: Town):
    await town.say(town.duty, town.bot, f"记 {HURT}")
    await town.press(town.duty, "转为报告", words="日志1号")
    async with Town.open() as other:
        await other.say(other.duty, other.bot, f"/report {HURT}")
        typed = await other.incident()
        await other.stop()
    became = await town.incident()
    for name in ("text", "place", "event_class", "informant", "occurred_basis", "source"):
        assert getattr(became, name) == getattr(typed, name), name


async def test_an_entry_becomes_a_warning_and_what_changes_it_is_linked_too(town: Town):
    await town.say(town.duty, town.bot, f"记 {RAIN}")
    await town.press(town.duty, "转为预警", words="日志1号")
    [case] = await warnings(town)
    assert (case.entry_number, [item.stream for item in (await entry(town)).became]) == (1, [case.stream])
    await town.say(town.duty, town.bot, f"记 {RAIN.replace('红色', '橙色')}")
    await town.press(town.duty, "转为预警", words="日志2号")
    assert (await entries(town))[1].became[0].stream == case.stream
    await town.say(town.duty, town.bot, "记 巡查正常")
    popup = await town.press(town.duty, "转为预警", words="日志3号")
    assert str(popup.text).startswith("没有转成预警：") and len(await warnings(town)) == 1


async def test_an_entry_becomes_an_instruction_and_each_names_the_other(town: Town):
    await town.say(town.duty, town.bot, "记 王副区长 来电：全区排查，一周内报结果")
    await town.press(town.duty, "转为指令", words="日志1号")
    one = await entry(town)
    [became] = one.became
    async with town.open_store.reading() as rx:
        drafted = await records.load_case(rx, became.stream)
    assert drafted is not None and (drafted.entry, drafted.entry_number) == (one.stream, 1)
    await town.say(town.duty, town.bot, "/log 1")
    assert "已转：指令" in said(town)
