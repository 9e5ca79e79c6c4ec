"""A drill on the same engine: marked in every message, no outsider's number, and a real report in the middle of it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from tests.journeys.world import JURISDICTION, PLAN, STAMPEDE, Town, plans

POLICE, HEALTH, EMERGENCY = "市公安局城区分局", "区卫生健康和体育局", "区应急管理局"
DRILL = "/drill 实验小学宿舍楼楼梯3时02分踩踏，4人受伤"
MARK, REAL = "【演练】", "【真实】"


def written(town: Town, since: datetime) -> list[str]:
    """Return every text that the bot sent or edited since a moment."""
    return [
        str(call.params["text"])
        for call in town.world.calls
        if call.at >= since and call.status == 200 and call.method in ("sendMessage", "editMessageText")
    ]


def outsiders() -> set[str]:
    """Return the numbers of those who are no part of the command body: superiors, and other offices."""
    return {line.number for unit in plans()[PLAN].units if not unit.member for line in unit.lines}


@pytest.fixture
def begun(town: Town) -> datetime:
    """When the drill begins."""
    return town.clock.now()


async def run(town: Town) -> None:
    """A drill up to the declared level."""
    await town.say(town.duty, town.bot, DRILL)
    await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
    await town.press(town.director, "启动Ⅲ级")
    await town.press(town.director, "确认宣布")


async def test_every_message_of_a_drill_says_so_in_its_first_and_last_line(usual_url):
    async with Town.open(usual_url, units=(POLICE, HEALTH)) as town:
        begun = town.clock.now()
        await run(town)
        await town.press(town.liaisons[POLICE], "收到")
        await town.press(town.duty, "占线", words="1/4 市委值班室")
        await town.press(town.duty, "书面报告", words="值班工作单")
        await town.say(town.liaisons[HEALTH], town.group, "/update 死亡1人")
        await town.press(town.duty, "已核实，属实")
        await town.say(town.duty, town.bot, "/file 首报 电话")
        await town.say(town.duty, town.bot, "/verify 较大")
        await town.say(town.duty, town.bot, "/correct 死亡0人")
        await town.advance(minutes=40)  # reminders, the ladder of the silent, telephone lists
        await town.say(town.duty, town.bot, "/request 市委 核实年级")
        await town.say(town.duty, town.bot, "/status")
        await town.say(town.duty, town.bot, "/export")
        await town.say(town.director, town.bot, "/end 演练结束")
        await town.press(town.director, "确认终止")
        times = town.sees(town.commander, "叫应表", town.group).text
        assert f"{POLICE} 03:06（用时" in times and "未应答（" in times, "what the bureau wanted the drill for"
        await town.say(town.duty, town.bot, "/close")

        texts = written(town, begun)
        assert len(texts) > 60
        assert not [text for text in texts if not text.startswith(MARK)]
        assert not [text for text in texts if text.rstrip().split("\n")[-1].strip() != MARK]
        assert not [text for text in texts if REAL in text]
        # What is read aloud says it too: the words themselves begin and end with it.
        script = next(text for text in texts if "您好，区教育局值班室" in text)
        spoken = next(line for line in script.split("\n") if "您好" in line)
        assert spoken.startswith(MARK) and spoken.endswith(MARK)
        # No number of anybody outside, and nobody is told to ring 120.
        numbers = outsiders()
        shown = {number for text in texts for number in numbers if number in text or number.replace("-", "") in text}
        assert not shown
        assert any("演练，不显示真实号码" in text for text in texts)
        assert not [text for text in texts if "请先确认已拨打120" in text]


async def test_only_the_office_begins_a_drill(town):
    await town.say(town.head, town.bot, DRILL)
    assert town.texts(town.head)[-1] == "演练由本地的值班员或指挥部人员发起，没有开始。真有险情请用 /report 报告。"
    await town.say(town.liaisons[POLICE], town.group, "/drill 跳到下一时限")
    assert not await town.incidents()
    await town.say(town.director, town.bot, DRILL)
    assert [(row.drill, row.number) for row in await town.incidents()] == [(True, 1)]


async def test_a_real_report_beside_a_drill_is_headed_real_and_one_tap_pauses_the_drill(town):
    await run(town)
    seat, group, head = town.count(town.duty), town.count(town.duty, town.group), town.count(town.head)
    await town.say(town.head, town.bot, STAMPEDE)

    # Unmarked is real; numbers are counted apart.
    rows = [(row.drill, row.number, row.state) for row in await town.incidents()]
    assert rows == [(True, 1, "responding"), (False, 1, "reported")]
    ring = seat.new[0]
    assert ring.text.startswith(REAL + "【待接报】1号") and ring.rang == "loud"
    assert ring.labels() == ["我来处理", "暂停演练"]
    assert head.new[0].text.startswith(REAL) and "请先确认已拨打120/110" in head.new[0].text
    assert [line.text.startswith(REAL + "1号 未启动响应") for line in group.new] == [True]
    fresh = [line for line in seat.new if line.id != ring.id]
    assert fresh and all(line.text.startswith(REAL) and MARK not in line.text for line in fresh)
    # The real one's numbers are real.
    assert "0356-2062298" in town.sees(town.duty, f"{REAL}值班工作单").text

    # One tap: the drill stands still, and says so once to the group.
    assert (await town.press(town.duty, "暂停演练")).text == "已暂停1场演练"
    assert (await town.incident(drill=True)).paused
    paused = town.sees(town.duty, "演练暂停", town.group)
    assert paused.text.startswith(MARK) and "提醒和催办停止" in paused.text
    assert "演练已暂停" in town.sees(town.duty, f"{MARK}1号 Ⅲ级响应", town.group).text
    stage = town.count(town.duty)
    await town.advance(hours=2)
    assert not [line for line in stage.new if line.text.startswith(MARK)]
    assert [line for line in stage.new if line.text.startswith(REAL) and "报送提醒" in line.text]
    # A second tap finds nothing to pause; what was meant for the drill says which.
    assert (await town.press(town.duty, "暂停演练")).text == "没有要暂停的演练"
    await town.say(town.duty, town.bot, "/file 演1 首报 市委 电话")
    assert (await town.incident(drill=True)).filings and not (await town.incident()).filings

    # It goes on when the real one is done; the next real message is not headed while no drill runs.
    await town.say(town.duty, town.bot, "/drill 继续")
    assert not (await town.incident(drill=True)).paused
    await town.say(town.director, town.bot, "/end 演1 演练结束")
    await town.press(town.director, "确认终止", words=MARK)
    after = town.count(town.duty)
    await town.advance(hours=1)
    assert after.new and not [line for line in after.new if line.text.startswith(REAL)]


async def test_the_clock_of_a_live_drill_jumps_to_its_next_deadline_and_no_other_clock_does(town, begun):
    await run(town)
    await town.say(town.head, town.bot, "实验小学操场3时05分1名学生摔伤")
    real = (await town.incident()).open_instances
    called = town.count(town.liaisons[POLICE])
    seat = town.count(town.duty)
    now = town.clock.now()
    await town.say(town.duty, town.bot, "/drill 跳到下一时限")
    drill = await town.incident(drill=True)
    assert drill.offset == timedelta(minutes=26) - (now - begun) and town.clock.now() - now < timedelta(seconds=30)
    town.sees(town.duty, "演练时间跳过")
    assert "03:32" in town.sees(town.duty, "现为").text
    # What the skipped minutes would have brought comes now, once each.
    assert len([line for line in seat.new if "报送提醒" in line.text and line.text.startswith(MARK)]) == 1
    assert len([line for line in called.new if "请立即答复" in line.text]) == 1
    # The real incident stands where it stood.
    assert [(item.key, item.due) for item in (await town.incident()).open_instances] == [
        (item.key, item.due) for item in real
    ]
    assert not [line for line in seat.new if "报送提醒" in line.text and not line.text.startswith(MARK)]
    # A real one does not jump, whatever is asked.
    await town.say(town.duty, town.bot, "/drill 跳到下一时限 7")
    assert "没有找到进行中的演练" in town.texts(town.duty)[-1]
    # A call noted now bears the drill's own time.
    await town.say(town.duty, town.bot, "/file 演1 首报 电话")
    filed = (await town.incident(drill=True)).filings
    assert filed and {item.called_at - item.recorded_at for item in filed} == {timedelta()}
    assert min(item.called_at for item in filed) - town.clock.now() > timedelta(minutes=25)


async def test_the_table_of_answers_is_what_the_drill_was_for(town):
    await run(town)
    await town.advance(minutes=1)
    await town.press(town.liaisons[HEALTH], "收到")
    await town.advance(minutes=1)
    await town.press(town.liaisons[EMERGENCY], "收到")
    await town.advance(minutes=10)
    await town.say(town.duty, town.bot, "/export 演1")
    page = town.sees(town.duty, "处置记录").text
    units = page.split("【单位】")[1].split("【更正】")[0]
    answered = "：收到 03:\\d\\d（用时\\d分钟，联络\\d）\n"
    assert re.search(f"{HEALTH}{answered}　{EMERGENCY}{answered}", units)
    silent = next(line for line in units.splitlines() if "未应答（4）" in line)
    assert POLICE in silent and "实验小学" in silent
    async with town.open_store.reading() as rx:
        assert await rx.incidents.by_number(JURISDICTION, None, 1, False) is None
