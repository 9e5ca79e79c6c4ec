"""The yearly drill: the duty falls due, a drill by script is held for it, and what it found wanting is mended.

One journey of the water plan, whose clause 6.7.3 wants one a year: delayed and skipped items, a unit that is silent, a
real report in the middle, the paper, an instruction by a day that a person chose, and the duty done with the drill as
its evidence. Nobody who takes part reads a word of the director or of those who evaluate.
"""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from docx import Document

from bot.cases import records
from bot.clock import SHANGHAI
from bot.office.duties import keep_books
from bot.scenario import read_scenario
from bot.scenario.installed import scripts
from plans.desk.drill_state import Drill
from plans.desk.instruction_state import Instruction
from plans.duty.state import DutyBook
from tests.journeys.world import Town

WATER, PLACE = "jincheng-water-rescue", "晋城市"
DECEMBER = datetime(2026, 12, 28, 8, 40, tzinfo=SHANGHAI)
UNITS = ("市交通局", "市水务局", "市气象局", "市卫健委", "市公安局")
TITLE = "水库作业船翻沉搜救演练"
REAL = "沁河大桥下一艘渔船翻了，2人落水"


SCRIPT = next(read_scenario(path) for path in scripts() if path.stem == "water-capsize")
NOTES = [step.note for step in SCRIPT.steps if step.note]


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with Town.open(at=DECEMBER, units=UNITS, plan=WATER) as town:
        yield town


async def _rounds(town: Town) -> None:
    assert town.program is not None
    for _ in range(3):
        await keep_books(town.program.service, town.clock.now())
    await town.settle()


async def _drill(town: Town) -> Drill:
    async with town.open_store.reading() as rx:
        [row] = await rx.cases.newest("drill", 5)
        case = await records.load_case(rx, row.stream)
    assert isinstance(case, Drill)
    return case


async def _instruction(town: Town) -> Instruction:
    async with town.open_store.reading() as rx:
        [row] = await rx.cases.newest("instruction", 5)
        case = await records.load_case(rx, row.stream)
    assert isinstance(case, Instruction)
    return case


async def _drill_duties(town: Town) -> dict[str, str]:
    """Return how the drill duty of each bearer stands this year."""
    async with town.open_store.reading() as rx:
        rows = await rx.duties.instances(PLACE, WATER, duty="drill")
    return {row.bearer: row.status(town.clock.now()) for row in rows if row.due > DECEMBER}


async def _counted(town: Town) -> dict[str, str]:
    """Return the lines of the month's statistics by their names."""
    await town.say(town.duty, town.bot, "/stats 本月")
    text = next(text for text in reversed(town.texts(town.duty)) if "统计" in text and "\n" in text)
    return {name: said for name, between, said in (line.partition("　") for line in text.splitlines()) if between}


async def test_the_yearly_drill_from_the_duty_to_what_is_mended(town: Town) -> None:
    office, health = town.liaisons["市交通局"], town.liaisons["市卫健委"]
    await town.say(town.admin, town.bot, f"/duties 启用 {WATER}")
    await town.press(town.admin, "确认启用")
    await _rounds(town)
    assert (await _drill_duties(town)) == {"市交通局": "open"}
    await town.advance(minutes=25)  # Monday, 09:05
    await _rounds(town)
    assert "6.7.3" in town.sees(office, "至少演练一次").text, town.texts(office)
    before = await _counted(town)

    # It is planned: the office's director directs it, a colleague evaluates.
    await town.say(town.director, town.bot, "/drill 脚本")
    await town.press(town.director, next(one for one in town.sees(town.director, "演练脚本").labels() if TITLE in one))
    await town.say(town.director, town.bot, f"/drill 评估员 {town.second.name}")
    await town.press(town.director, "开始")
    live = "进展"
    assert "进行中" in town.sees(town.director, live).text
    await town.advance(minutes=6, seconds=5)
    await town.press(town.duty, "我来处理")
    await town.advance(minutes=4)
    await town.press(town.second, "做到", words="3分钟内有人接手")
    assert "泄洪" in town.sees(town.liaisons["市水务局"], "演练情景").text

    # The look at 15:16 comes and nothing is determined: it is open, with what lacks, and late when it is done.
    await town.advance(minutes=7)
    look = town.sees(town.second, "按落水8人认定较大险情")
    assert "程序还没看到：认定较大。" in look.text, look.text
    assert "还没有" in town.sees(town.director, live).text
    await town.say(town.duty, town.bot, "/verify 较大")
    await town.say(town.deputy, town.bot, "/declare 演1 Ⅱ")
    await town.press(town.deputy, "确认宣布")
    assert "晚了" in town.sees(town.director, live).text, town.sees(town.director, live).text
    for unit in ("市交通局", "市水务局", "市公安局", "市气象局"):
        await town.press(town.liaisons[unit], "收到")

    # The witness comes five minutes later; the cloud is left out; meanwhile something real happens.
    await town.advance(minutes=4)
    await town.press(town.director, "推迟5分钟", words="岸边目击者")
    await town.advance(minutes=17)
    await town.press(town.director, "跳过", words="强对流云团")
    heard = town.count(town.liaisons["市交通局"])
    await town.say(town.head, town.bot, REAL)
    held = await _drill(town)
    assert (held.state, held.held_for) == ("held", 1)
    await town.advance(hours=2)
    assert not [line for line in heard.new if "演练情景" in line.text], "held, not poured out"
    await town.press(town.director, "继续")
    assert not [line for line in heard.new if "演练情景" in line.text], "nor when it goes on"
    after = await _drill(town)
    [(since, until, number)] = after.holds
    assert until is not None and number == 1 and after.shift == timedelta(minutes=5) + (until - since)
    await town.advance(minutes=8)
    await town.press(town.second, "没做到", words="线索转到现场")
    await town.say(town.second, town.bot, "/drill 评 8 线索没有转到现场")
    await town.press(town.director, "现在发", words="在下游找到2人")
    assert "在下游找到2人" in heard.new[-1].text

    # It ends: what was met, late, not met, who was silent, and that it counts.
    await town.press(town.director, "结束演练")
    await town.press(town.director, "确认结束")
    over = await _drill(town)
    result = town.sees(town.director, "评估").text
    assert "*晚了*" not in result and "晚了：4.按落水8人认定较大险情" in result, result
    assert "8.线索转到现场" in result and "没有答复" in result and "市卫健委" in result
    assert "计入演练职责" in result and "市卫健委" in "".join(over.silent)

    # The duty is done, with the drill as its evidence; statistics know nothing of it.
    assert await _drill_duties(town) == {"市交通局": "done"}
    async with town.open_store.reading() as rx:
        [row] = await rx.duties.books_of(PLACE, ["市交通局"], WATER)
        book = await records.load_case(rx, row.stream)
    assert isinstance(book, DutyBook)
    kept = [item.text for item in book.instances.values() if item.duty == "drill"]
    assert kept == [f"【演练】{TITLE}（演练脚本第1场）"]
    counted = await _counted(town)
    assert counted["事件"].startswith("1起：") and counted["应答"] == before["应答"] == "没有叫应", "the real one alone"
    assert "已办0" in before["职责"] and "已办1" in counted["职责"]

    # The paper: expected beside done, with times, silent units, words, what held it, and what it counts for.
    await town.press(town.director, "评估报告")
    [file] = [item for item in town.world.state.files.values() if item.name == "演练1评估报告.docx"]
    words, rows = _read(file.content)
    assert f"关于{TITLE}的评估报告" in "".join(words)
    assert ["计入职责", "市交通局：制定演练计划，至少演练一次（6.7.3）"] in rows
    assert ["4", "按落水8人认定较大险情", "12月28日 09:21", "12月28日 09:22", "晚了2分钟", "程序"] in rows
    assert ["8", "线索转到现场，失踪人数没有改", "12月28日 11:47", "—", "没做到",
            "周值班：没做到；周值班评：线索没有转到现场"] in rows  # fmt: skip
    assert ["9", "+40分钟", "跳过", "市气象局"] in [row[:4] for row in rows]
    assert ["12", "+1小时", "12月28日 11:51（提前）", "市交通局"] in [row[:4] for row in rows]
    assert any("9时43分至2026年12月28日11时43分，来了真的报告（1号）" in line for line in words)
    assert any("没有应答的25个" in line and "市卫健委" in line for line in words)
    assert not any(note in line for note in NOTES for line in (*words, *(cell for row in rows for cell in row)))

    # What was not met becomes an instruction: shown first, and not sent without a day.
    await town.press(town.director, "整改：没有答复的25家")
    draft = await _instruction(town)
    assert (draft.state, draft.due, draft.drill) == ("draft", None, False)
    assert "unit:市卫健委" in draft.chosen and "unit:涉事单位" not in draft.chosen
    await town.press(town.director, "预览")
    assert "整改要写明期限" in town.sees(town.director, "请确认").text and not town.told(health, "演练整改")
    await town.press(town.director, "改期限")
    await town.press(town.director, "三天内")
    await town.press(town.director, "发出")
    assert "叫应后没有答复" in town.sees(health, "演练整改").text
    given = await _instruction(town)
    assert given.due is not None and given.state == "sent"
    assert (await _drill(town)).mended["silent"].stands == "given"
    await town.say(town.director, town.bot, "/drill 结果")
    page = town.texts(town.director)[-1]
    assert (
        "没有答复的25家（指令1号，在办）" in page
        and "整改：没有答复的25家" not in town.button(town.director, "评估报告").labels()
    )
    await town.press(health, "收到", words="演练整改")
    await town.press(health, "办结", words="演练整改")
    await town.press(health, "已按要求落实")
    assert (await _instruction(town)).results["unit:市卫健委"].status == "done"

    # Nobody who takes part has read a word of the director or of those who evaluate.
    looks = [item.text for item in over.looks]
    for person in (town.duty, town.deputy, town.commander, *town.liaisons.values()):
        for text in (*town.texts(person), *town.texts(person, town.group)):
            assert not any(said in text for said in (*NOTES, *looks)) or "演练整改" in text, (person.name, text)


def _read(content: bytes) -> tuple[list[str], list[list[str]]]:
    document = Document(io.BytesIO(content))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    return [paragraph.text for paragraph in document.paragraphs], rows
