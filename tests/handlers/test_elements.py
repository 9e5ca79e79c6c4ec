"""What a first report lacks is listed, the most important first, and answered with one tap each, in one message."""

from __future__ import annotations

import io

from docx import Document

from bot.render import lacking
from plans.values import Interval
from tests.journeys.world import Town


async def missing(town: Town) -> list[str]:
    assert town.program is not None
    found = await town.program.service.incident((await town.incidents())[-1].stream)
    assert found is not None
    return [item.key for item in lacking(await town.program.service.view(*found))]


async def test_the_reporter_completes_a_report_with_single_taps_and_takes_one_back(town: Town):
    await town.say(town.head, town.bot, "楼梯踩踏，4人受伤")
    receipt = town.sees(town.head, "没有提到")
    assert "死亡" in receipt.text
    assert (await missing(town))[0] == "deaths"
    budget = town.count(town.duty, town.group)

    await town.press(town.head, "补缺项")
    asked = town.sees(town.head, "现在补：死亡")
    assert asked.labels()[:3] == ["无", "不详", "正在核实"]
    seen = town.count(town.head)
    assert "已记录" in ((await town.press(town.head, "无")).text or "")
    incident = await town.incident()
    assert incident.claims["deaths"][-1].value == Interval(0, 0)
    assert (incident.claims["deaths"][-1].source, incident.claims["deaths"][-1].confirmed) == ("reporter", False)
    assert "deaths" not in await missing(town)

    # The same message asks the next thing; what was answered can be taken back.
    assert "现在补：死亡" not in town.head.again(asked).text
    await town.press(town.head, "撤回")
    assert "deaths" not in (await town.incident()).claims
    assert "现在补：死亡" in town.head.again(asked).text
    await town.press(town.head, "不详")
    assert (await town.incident()).answers["deaths"].answer == "unknown"
    assert "deaths" not in await missing(town)
    for _ in range(12):
        if not await missing(town):
            break
        await town.press(town.head, "正在核实")
    assert "都已写明或有了答复" in town.head.again(asked).text
    assert not seen.new, "edits, not messages"
    assert not budget.new


async def test_what_was_answered_stands_in_the_written_report(town: Town):
    await town.say(town.head, town.bot, "实验小学楼梯踩踏，4人受伤")
    await town.press(town.duty, "我来处理")
    await town.press(town.duty, "补缺项")
    await town.press(town.duty, "不详")
    await town.press(town.duty, "书面报告")
    shown = town.sees(town.duty, "编号：2026年第1号").text
    assert "遇难人数：不详" in shown
    await town.advance(seconds=2)
    [file] = [item for item in town.world.state.files.values() if item.name == "1号首报.docx"]
    document = Document(io.BytesIO(file.content))
    told = "\n".join(one.text for one in document.paragraphs)
    assert "遇难不详" in told and "【待补：影响范围】" in told, "what was answered in a sentence, what nobody said open"
    rows = [tuple(cell.text for cell in row.cells) for row in document.tables[0].rows[1:]]
    assert len(rows) > 10 and all(f"{number}. {name}：{value}" in shown for number, name, value in rows), (
        "the same form"
    )


async def test_a_reply_to_the_question_is_an_update_and_others_may_not_answer(town: Town):
    await town.say(town.head, town.bot, "楼梯踩踏，4人受伤")
    await town.press(town.head, "补缺项")
    asked = town.sees(town.head, "现在补：死亡")
    await town.say(town.head, town.bot, "死亡1人", reply_to=asked)
    assert (await town.incident()).claims["deaths"][-1].value == Interval(1, 1)
    assert len(await town.incidents()) == 1


async def test_an_answer_is_taken_back_by_command_where_several_cases_are_open(town: Town):
    await town.say(town.head, town.bot, "楼梯踩踏，4人受伤")
    await town.say(town.duty, town.bot, "/report 第二小学食堂起火，1人受伤")
    await town.press(town.duty, "补缺项")
    await town.press(town.duty, "无")
    [answered] = [number for number in (1, 2) if "deaths" in (await town.incident(number)).claims]
    await town.say(town.duty, town.bot, "/undo")
    assert "deaths" not in (await town.incident(answered)).claims
