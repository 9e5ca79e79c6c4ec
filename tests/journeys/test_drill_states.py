"""What each word of ``/drill`` comes to in each state of a drill by script, for who directs, evaluates, takes part.

Every cell is said in the real program; each is answered in a sentence, and who takes part never reads a word of the
director or of those who evaluate. A press of any button that is still to be seen is answered too.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.playground.person import Person
from tests.journeys.test_directing import MORNING, SCRIPT, played
from tests.journeys.world import Town

WALL = MORNING + timedelta(hours=2, minutes=4)
"""12:04, as the duty officer's telephone shows it when he files."""

NOT_NAMED = "没有在导调的演练；评估员由导调员定"
NOTHING = "没有在导调或评估的演练"
NO_END = "没有您导调的"
NO_INCIDENT = "没有找到进行中的演练"
LATER = "演练还没有结束"
PAPER = "没有已经结束的"

Row = tuple[str, str, str]
"""What stands in the answer to who directs, who evaluates, and the duty officer, who takes part."""

TABLE: dict[str, dict[str, Row]] = {
    "ready": {
        "评估员 没有这人": ("没有按姓名核实过的人", NOT_NAMED, NOT_NAMED),
        "评 2 一句话": ("没有这一处，或还没到", "没有这一处，或还没到", NOTHING),
        "结果": ("未开始", LATER, NOTHING),
        "报告": (PAPER, PAPER, PAPER),
        "结束": ("不演“教学楼", NO_END, NO_END),
        "结束 9": (NO_END, NO_END, NO_END),
        "暂停": (NO_INCIDENT, NO_INCIDENT, NO_INCIDENT),
        "继续": (NO_INCIDENT, NO_INCIDENT, NO_INCIDENT),
    },
    "running": {
        "评估员 没有这人": ("没有按姓名核实过的人", NOT_NAMED, NOT_NAMED),
        "评 2 一句话": ("已记下评语", "已记下评语", NOTHING),
        "评 99 一句话": ("没有这一处", "没有这一处", NOTHING),
        "结果": ("进行中", LATER, NOTHING),
        "报告": (PAPER, PAPER, PAPER),
        "结束演练 演1": ("还有5条没有发", NO_END, NO_END),
        "继续": ("演练没有暂停", "演练没有暂停", "演练没有暂停"),
        "暂停": ("演练已暂停", "", ""),
    },
    "held": {
        "评 2 一句话": ("已记下评语", "已记下评语", NOTHING),
        "结果": ("暂停", LATER, NOTHING),
        "报告": (PAPER, PAPER, PAPER),
        "结束": ("还有5条没有发", NO_END, NO_END),
        "暂停": ("演练没有在进行", "演练已经暂停", "演练已经暂停"),
        "跳到下一时限": ("时钟停走", "时钟停走", "时钟停走"),
        "继续": ("演练继续", "由导调员暂停着", "由导调员暂停着"),
    },
    "over": {
        "评估员 没有这人": (NOT_NAMED, NOT_NAMED, NOT_NAMED),
        "评 2 一句话": ("已记下评语", "已记下评语", NOTHING),
        "结果": ("没人评", "没人评", NOTHING),
        "报告": ("评估报告", "评估报告", PAPER),
        "报告 7": ("没有7号", "没有7号", "没有7号"),
        "结束": (NO_END, NO_END, NO_END),
    },
}
"""By state, then by what is written behind ``/drill``; empty = nothing in private, the group is told."""

SECRETS = ("看值班员问不问清楚", "3分钟内有人接手", "评估员：", "只给您看", "还没有5处")


async def _into(town: Town, state: str) -> None:
    """Bring the drill into a state, from the one before it or from what a cell has made of it."""
    now = (await played(town)).state
    match now, state:
        case "ready", "running":
            await town.press(town.director, "开始")
            await town.advance(minutes=10)
        case "running", "held":
            await town.press(town.director, "暂停")
        case "held", "running":
            await town.press(town.director, "继续")
        case "held", "over":
            await town.press(town.director, "结束演练")
            await town.press(town.director, "确认结束")
    assert (await played(town)).state == state, (now, state)


async def _cell(town: Town, person: Person, word: str, wanted: str) -> None:
    heard, group = town.count(person), town.count(person, town.group)
    await town.say(person, town.bot, f"/drill {word}")
    answers = [line.text for line in heard.new]
    if wanted:
        assert any(wanted in text for text in answers), (word, person.name, wanted, answers)
    else:
        assert any("暂停" in line.text for line in group.new), (word, person.name)


@pytest.mark.timeout(60)
async def test_each_word_is_answered_in_each_state_and_nothing_is_shown_to_who_takes_part() -> None:
    async with Town.open(at=MORNING) as town:
        await town.say(town.director, town.bot, "/drill 脚本")
        await town.press(town.director, SCRIPT)
        await town.say(town.director, town.bot, f"/drill 评估员 {town.second.name}")
        before = len(await town.incidents())
        for state, rows in TABLE.items():
            await _into(town, state)
            for word, row in rows.items():
                for person, wanted in zip((town.director, town.second, town.duty), row, strict=True):
                    await _cell(town, person, word, wanted)
                    if (await played(town)).state != state:
                        await _into(town, state)
            await _every_press(town, state)
        assert len(await town.incidents()) == before + 1, "no word that steers a drill begins another"
        for person in (town.duty, town.head, town.commander, *town.liaisons.values()):
            group = town.texts(person, town.group) if person is not town.head else ()
            for text in (*town.texts(person), *group):
                assert not [said for said in SECRETS if said in text], (person.name, text)


async def _every_press(town: Town, state: str) -> None:
    """Press, in a state, every button of messages that are of another: each is answered, and changes nothing."""
    kept = await played(town)
    for person in (town.director, town.second):
        for line in person.timeline(town.bot):
            for label in [one for one in line.labels() if one in STALE[state]]:
                pressed = person.press(line, label)
                await town.settle()
                assert pressed.text, (state, person.name, label, line.text)
    after = await played(town)
    assert (after.state, after.sequence) == (kept.state, kept.sequence), state


STEERING = ("现在发", "推迟5分钟", "跳过")
STALE = {
    "ready": (),
    "running": ("开始", "不演了", "继续"),
    "held": ("开始", "暂停", *STEERING),
    "over": ("开始", "不演了", "暂停", "继续", "确认结束", *STEERING),
}
"""Buttons that belong to another state."""


async def test_one_tap_of_who_takes_part_holds_all_of_it_and_its_director_alone_lets_it_go_on() -> None:
    async with Town.open(at=MORNING) as town:
        await town.say(town.director, town.bot, "/drill 脚本")
        await town.press(town.director, SCRIPT)
        await town.press(town.director, "开始")
        await town.advance(minutes=4)
        owed = {item.key: item.due for item in (await town.incident(drill=True)).open_instances}
        await town.say(town.duty, town.bot, "/drill 暂停")
        assert (await played(town)).state == "held"
        assert "暂停" in town.sees(town.director, "暂停").text
        heard = [town.count(one) for one in (town.duty, town.commander, *town.liaisons.values())]
        await town.advance(hours=2)
        assert not [line for one in heard for line in one.new], "nobody is reminded of anything"
        await town.press(town.director, "继续")
        told = town.sees(town.duty, "继续", town.group).text
        assert "暂停了2小时，各项时限顺延" in told, told
        incident = await town.incident(drill=True)
        [(since, until, _)] = (await played(town)).holds
        assert until is not None and until - since >= timedelta(hours=2) and incident.offset == since - until
        late = {key: incident.instances[key].due - incident.offset for key in owed}
        assert late == {key: due + (until - since) for key, due in owed.items()}
        assert "演练时间比实际慢2小时" in town.screen(town.duty), "the worksheet says which clock it shows"
        await town.say(town.duty, town.bot, "/file 首报 电话 市教育局 12:04 接报张三")
        [filed] = (await town.incident(drill=True)).filings
        assert filed.called_at == WALL - (until - since), "a time that has not come in the drill was read from the wall"
        await town.press(town.director, "结束演练")
        await town.press(town.director, "确认结束")
        heard = [town.count(one) for one in (town.duty, town.commander, *town.liaisons.values())]
        await town.advance(hours=9)
        assert not [line for one in heard for line in one.new], "what is over rings nobody"
