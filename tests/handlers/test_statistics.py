"""``/stats``: six lines, what is behind them, who sees what, and files; in the real program."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from docx import Document

from bot.playground import Person, Seen
from bot.texts.statistics import SUM
from tests import stage
from tests.journeys.world import JURISDICTION, PLAN, STAMPEDE, Town, plans

LINES = ("事件", "报送", "应答", "处置", "预警", "职责")
OWN = ("事件", "应答", "预警", "职责")
UNIT = "区应急管理局"


@pytest.fixture
async def town() -> Any:
    """An incident that was declared, one unit's answer, a report to one recipient, and a drill."""
    async with Town.open() as town:
        await town.say(town.head, town.bot, STAMPEDE)
        await town.press(town.duty, "我来处理")
        await town.say(town.director, town.bot, "/declare 1 Ⅲ 有人受伤")
        await town.press(town.director, "确认宣布")
        await town.advance(minutes=2)
        await town.press(town.liaisons[UNIT], "收到")
        await town.say(town.duty, town.bot, "/file 1 首报 电话 区委")
        await town.say(town.duty, town.bot, "/drill 演练：食堂着火，2人受伤")
        yield town


def six(text: str) -> list[str]:
    """Return the names of the lines."""
    return [line.partition("　")[0] for line in text.splitlines() if line.partition("　")[0] in LINES]


def page(town: Town, person: Person, words: str, where: Any = None) -> Seen:
    """Return the newest message that holds these words; the picture behind the six lines has them in one line."""
    found = [line for line in town.told(person, words, where) if "\n" in line.text]
    assert found, f"{person.name} does not see {words!r}:\n{town.screen(person, where)}"
    return found[-1]


async def open_label(town: Town, person: Person, begin: str, where: Any = None) -> None:
    """Press the newest button whose label begins so."""
    lines = [line for line in person.timeline(where or town.bot) if any(x.startswith(begin) for x in line.labels())]
    assert lines, f"no button {begin}:\n{town.screen(person, where)}"
    label = next(label for label in lines[-1].labels() if label.startswith(begin))
    person.press(lines[-1], label)
    await town.settle()


async def test_the_leader_reads_six_lines_and_opens_each_figure_to_its_rows(town: Town) -> None:
    leader = town.director
    await town.say(leader, town.bot, "/stats")
    text = page(town, leader, "2026年3月统计").text
    assert six(text) == list(LINES)
    assert "演练1次，不计入" in text and "本期未完" in text and JURISDICTION in text
    assert "1起" in text and "踩踏拥挤1" in text and "Ⅲ级1次" in text
    for topic in ("事件", "报送", "应答", "处置"):
        await open_label(town, leader, topic)
        shown = town.sees(leader, f"2026年3月{topic}")
        figures = [label for label in shown.labels() if re.search(r" \d+$", label)]
        assert figures, shown.text
        for label in figures:
            number = int(label.rpartition(" ")[2])
            leader.press(town.button(leader, label), label)
            await town.settle()
            rows = town.sees(leader, f"{number}条").text
            listed = [line for line in rows.splitlines()[2:] if "号　" in line]
            assert len(listed) == min(number, 10), f"{label}: {rows}"
        await open_label(town, leader, "返回")
    await open_label(town, leader, "1号")
    assert "1号 Ⅲ级响应" in town.texts(leader)[-1]


async def test_more_rows_than_a_page(town: Town) -> None:
    await town.advance(hours=4)
    await town.say(town.duty, town.bot, "/stats 本月")
    await open_label(town, town.duty, "报送")
    await open_label(town, town.duty, "首报应报")
    first = town.sees(town.duty, "第1至10条").text
    await open_label(town, town.duty, "后")
    second = town.sees(town.duty, "第11至").text
    assert not {line for line in second.splitlines()[3:] if "→" in line} & {
        line for line in first.splitlines()[3:] if "→" in line
    }
    await open_label(town, town.duty, "前")
    assert town.sees(town.duty, "第1至10条").text == first


async def test_periods_drills_and_what_is_not_understood(town: Town) -> None:
    say, duty = town.say, town.duty
    await say(duty, town.bot, "/stats 2026Q1")
    assert "1起" in page(town, duty, "2026年第1季度统计").text
    await say(duty, town.bot, "/stats 去年")
    assert "没有接报" in page(town, duty, "2025年统计").text
    await say(duty, town.bot, "/stats 本月 演练")
    assert "（仅演练）" in page(town, duty, "只计演练").text
    await say(duty, town.bot, "/stats 3月1日 3月2日")
    assert "1起" in page(town, duty, "2026年3月1日至3月2日统计").text
    await say(duty, town.bot, "/stats 本月 校园")
    assert "1起" in page(town, duty, "2026年3月统计").text
    await say(duty, town.bot, "/stats 十三月")
    assert "没有看懂期间“十三月”" in town.texts(duty)[-1]
    await say(duty, town.bot, "/stats 本月 水上")
    assert "没有您可以看的预案“水上”" in town.texts(duty)[-1]
    await say(duty, town.bot, "/stats 2026-04")
    assert "本期还没有开始" in page(town, duty, "2026年4月统计").text
    await open_label(town, duty, "上一期")
    assert "2026年3月统计" in page(town, duty, "2026年3月统计").text


async def test_a_unit_sees_its_own_rows_and_a_reporter_nothing(town: Town) -> None:
    unit = town.liaisons[UNIT]
    await town.say(unit, town.bot, "/stats")
    text = page(town, unit, "2026年3月统计").text
    assert six(text) == list(OWN) and f"（{UNIT}）" in text
    assert "叫到本单位的1起" in text and "叫应1次，答复1" in text
    await open_label(town, unit, "应答")
    figures = town.sees(unit, "2026年3月应答").text
    assert UNIT in figures and "市公安局城区分局" not in figures
    await town.say(town.head, town.bot, "/stats")
    assert "没有可以看统计的身份" in town.texts(town.head)[-1]


async def test_in_the_command_group_the_plan_of_the_group_is_told_and_figures_open_in_private(town: Town) -> None:
    group, duty = town.group, town.duty
    await town.say(duty, group, "/stats 本月")
    shown = page(town, duty, "2026年3月统计", group)
    assert six(shown.text) == list(LINES)
    other = town.second
    press = other.press(shown, next(label for label in shown.labels() if label.startswith("事件")))
    await town.settle()
    assert not town.told(other, "2026年3月事件"), press
    await open_label(town, duty, "事件", group)
    assert town.told(duty, "2026年3月事件") and not town.told(duty, "2026年3月事件", group)
    unit = town.liaisons[UNIT]
    await town.say(unit, group, "/stats 本月")
    assert town.told(unit, f"（{UNIT}）") and not town.told(unit, f"（{UNIT}）", group)
    await town.say(town.head, town.bot, "/stats 本月")
    assert "没有可以看统计的身份" in town.texts(town.head)[-1]


async def test_what_was_open_ends_with_the_role(town: Town) -> None:
    await town.say(town.second, town.bot, "/stats")
    shown = page(town, town.second, "2026年3月统计")
    async with town.open_store.writing() as tx:
        known = await tx.people.by_telegram(town.second.id)
        assert known is not None
        for item in await tx.people.holdings(known.id):
            await tx.people.revoke(item.id, town.clock.now())
    before = len(town.texts(town.second))
    for label in shown.labels():
        town.second.press(shown, label)
        await town.settle()
    assert page(town, town.second, "2026年3月统计").text == shown.text
    assert not any("报送　" in text for text in town.texts(town.second)[before:])


async def test_two_jurisdictions_are_told_apart_and_added_up_for_who_sees_both(town: Town) -> None:
    """The same plan is bound in another jurisdiction, whose duty officer sees nothing of here."""
    elsewhere = "别的区"
    officer = town.world.add_user("邻区值班")
    officer.start(town.bot)
    await town.settle()
    async with town.open_store.writing() as tx:
        known = await tx.people.by_telegram(officer.id)
        assert known is not None
        other = await stage.enter_group(tx, chat=-999, title="邻区指挥群", at=town.clock.now())
        await stage.bind(tx, other, plans()[PLAN], "command", at=town.clock.now(), office=elsewhere)
        await stage.grant(tx, known, plans()[PLAN], "duty", at=town.clock.now(), office=elsewhere)
    await town.say(officer, town.bot, "/stats")
    text = page(town, officer, "2026年3月统计").text
    assert f"统计　{elsewhere}" in text and f"统计　{JURISDICTION}" not in text and "没有接报" in text
    await town.say(officer, town.bot, f"/stats 本月 {JURISDICTION}")
    assert "1起" not in "".join(town.texts(officer)[-1:])
    await town.say(town.admin, town.bot, "/stats")
    mine = page(town, town.admin, "2026年3月统计")
    assert f"统计　{JURISDICTION}" in mine.text and elsewhere not in mine.text and elsewhere in mine.labels()
    town.admin.press(mine, elsewhere)
    await town.settle()
    assert "没有接报" in page(town, town.admin, f"2026年3月统计　{elsewhere}").text
    for asks in (SUM, f"本月 {SUM}"):
        await town.say(officer, town.bot, f"/stats {asks}")
        assert "1起" not in town.texts(officer)[-1] and "没有您可以看的预案" in town.texts(officer)[-1]
    town.admin.press(mine, "合计（2个辖区）")
    await town.settle()
    both = page(town, town.admin, f"2026年3月统计　合计（{JURISDICTION}、{elsewhere}）")
    assert f"1起：{JURISDICTION}1" in both.text and {JURISDICTION, elsewhere} <= set(both.labels())
    await open_label(town, town.admin, "事件")
    await open_label(town, town.admin, f"{JURISDICTION} 1")
    rows = town.sees(town.admin, f"{JURISDICTION}　1条")
    assert f"{JURISDICTION}　1号" in rows.text and f"{JURISDICTION}1号" in rows.labels()
    await town.press(town.admin, "返回")
    await town.press(town.admin, "表格 xlsx")
    names = [line.file_name for line in town.admin.timeline(town.bot) if line.file_name]
    assert names == [f"统计_合计（{JURISDICTION}、{elsewhere}）_2026年3月.xlsx"]
    # What was open to both ends with what was held of one of them.
    async with town.open_store.writing() as tx:
        lent = await tx.people.by_telegram(town.second.id)
        assert lent is not None
        await stage.grant(tx, lent, plans()[PLAN], "duty", at=town.clock.now(), office=elsewhere)
    await town.say(town.second, town.bot, f"/stats {SUM}")
    shown = page(town, town.second, SUM)
    async with town.open_store.writing() as tx:
        [held] = await tx.people.holdings(lent.id, elsewhere)
        await tx.people.revoke(held.id, town.clock.now())
    before = town.texts(town.second)
    for label in (label for label in shown.labels() if label != JURISDICTION):
        town.second.press(shown, label)
        await town.settle()
    told = town.texts(town.second)[len(before) :]
    assert not [text for text in told if SUM in text], told
    assert page(town, town.second, SUM).text == shown.text, "as it stood: no press did anything"


async def test_the_workbook_and_the_paper_are_sent_as_files(town: Town) -> None:
    await town.say(town.director, town.bot, "/stats")
    for label in ("表格 xlsx", "文书 docx"):
        await open_label(town, town.director, label)
    names = [line.file_name for line in town.director.timeline(town.bot) if line.file_name]
    wanted = {f"统计_{JURISDICTION}_2026年3月.{ending}" for ending in ("xlsx", "docx")}
    assert wanted <= set(names)


async def test_the_paper_of_a_plan_is_its_offices_and_that_of_a_unit_is_signed_by_nobody(town: Town) -> None:
    office = plans()[PLAN].office
    for person, signed in ((town.director, True), (town.liaisons[UNIT], False)):
        await town.say(person, town.bot, "/stats")
        await open_label(town, person, "文书 docx")
        [paper] = [line for line in person.timeline(town.bot) if (line.file_name or "").endswith(".docx")]
        document = Document(io.BytesIO(town.world.state.files[str(paper.file_id)].content))
        assert any(line.text.strip() == office for line in document.paragraphs) is signed
