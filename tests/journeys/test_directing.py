"""A drill by its script: played to those who take part, steered by its director in private, held by a real report."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.cases import records
from bot.playground import Fault
from bot.service import Requester, Step
from plans.desk.directing import EndDrill, HoldDrill, NameEvaluators
from plans.desk.drill_items import PlayItem
from plans.desk.drill_state import Drill
from plans.desk.evaluating import JudgeLook
from tests.factories import POLICE
from tests.journeys.world import Forgiven, Town

MORNING = datetime(2026, 9, 16, 2, 0, tzinfo=UTC)


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with Town.open(at=MORNING) as town:
        yield town


@pytest.fixture
async def town_on_both(any_url: str) -> AsyncIterator[Town]:
    async with Town.open(any_url, at=MORNING) as town:
        yield town


async def played(town: Town) -> Drill:
    async with town.open_store.reading() as rx:
        [row] = await rx.cases.newest("drill", 5)
        case = await records.load_case(rx, row.stream)
    assert isinstance(case, Drill)
    return case


SCRIPT = "3. 教学楼楼梯踩踏处置演练"


async def begun(town: Town) -> None:
    """The director of the office takes the stampede, the second officer evaluates, and it begins."""
    await town.say(town.director, town.bot, "/drill 脚本")
    await town.press(town.director, SCRIPT)
    await town.say(town.director, town.bot, f"/drill 评估员 {town.second.name}")
    await town.press(town.director, "开始")


NOTES = "看值班员问不问清楚"


async def test_it_is_played_steered_evaluated_and_ends_with_what_was_not_met(town: Town) -> None:
    await begun(town)
    ready = town.sees(town.director, "您是导调员").text
    assert "参演人：值班席、市公安局城区分局、区卫生健康和体育局、指挥长" in ready and "周值班" in ready
    assert "现在开始" in town.sees(town.duty, "现在开始", town.group).text
    await town.advance(minutes=2, seconds=5)
    incident = await town.incident(drill=True)
    assert "楼梯" in incident.text and town.told(town.duty, "接报") and incident.drill
    assert NOTES in town.sees(town.director, "下一条").text
    await town.press(town.director, "推迟5分钟")
    await town.advance(minutes=4)
    assert not town.told(town.duty, "演练情景")
    await town.press(town.director, "现在发")
    said = town.sees(town.duty, "演练情景").text
    assert said.startswith("【演练】") and said.endswith("【演练】") and "校医室" in said
    await town.advance(minutes=5)
    look = town.sees(town.second, "请看")
    assert "3分钟内有人接手" in look.text
    await town.press(town.second, "没做到")
    await town.say(town.second, town.bot, "/drill 评 2 接手用了6分钟")
    assert town.texts(town.second)[-1] == "已记下评语"
    await town.press(town.director, "跳过", words="市公安局")
    for other in (town.duty, town.liaisons[POLICE], town.commander, town.head):
        assert not any(NOTES in text or "评估员" in text for text in town.texts(other)), other.name
    await town.press(town.director, "结束演练")
    assert (await played(town)).open
    await town.press(town.director, "确认结束")
    result = town.sees(town.director, "评估").text
    assert "没做到：2.3分钟内有人接手" in result and "2.周值班：接手用了6分钟" in result
    assert "跳过的情景" in result and "比脚本晚5分钟" in result
    assert "结束" in town.sees(town.duty, "没有演练标记的消息，都是真的", town.group).text
    assert not (await played(town)).open
    await town.advance(hours=2)
    assert len(town.told(town.duty, "演练情景")) == 1


async def test_a_real_report_holds_it_and_its_clocks_until_the_director_goes_on(town_on_both: Town) -> None:
    town = town_on_both
    await begun(town)
    await town.advance(minutes=2, seconds=5)
    await town.say(town.head, town.bot, "实验小学食堂10名学生呕吐腹泻，已送医")
    drill = await played(town)
    assert drill.state == "held" and drill.held_for == 1 and (await town.incident(drill=True)).paused
    assert "来了真的报告" in town.sees(town.director, "暂停").text and town.told(town.duty, "来了真的报告", town.group)
    real = await town.incident()
    assert not real.drill and town.told(town.duty, "10名学生")
    before = len(town.texts(town.duty))
    await town.advance(minutes=20)
    assert not town.told(town.duty, "演练情景") and len(town.texts(town.duty)) >= before
    await town.press(town.director, "继续")
    incident, [(since, until, number)] = await town.incident(drill=True), (await played(town)).holds
    assert not incident.paused and number == 1 and until is not None and incident.offset == since - until
    assert (await town.incident()).offset == timedelta(), "never a real one"
    await town.advance(minutes=4)
    assert town.told(town.duty, "演练情景")
    assert (await played(town)).state == "running"


async def test_the_director_is_told_who_of_those_who_take_part_gets_nothing() -> None:
    async with Town.open(at=MORNING, units=("区卫生健康和体育局",)) as town:
        await begun(town)
        assert "收不到情景的参演人：市公安局城区分局" in town.sees(town.director, "您是导调员").text
        await town.advance(minutes=6)
        assert "市公安局城区分局收不到消息" in town.sees(town.director, "下一条").text


async def test_nobody_but_the_director_steers_and_nobody_but_those_named_evaluates(town: Town) -> None:
    await town.say(town.head, town.bot, "/drill 脚本")
    assert "演练由值班员、预案里的职务和管理员导调" in town.texts(town.head)[-1]
    await begun(town)
    await town.advance(minutes=6)
    drill = await played(town)
    service = town.program.service if town.program is not None else None
    assert service is not None
    for person in (town.second, town.duty, town.commander, town.head):
        async with town.open_store.reading() as rx:
            known = await rx.people.by_telegram(person.id)
        assert known is not None
        requester = Requester(person_id=known.id)
        for number, command in enumerate((PlayItem(number=3), HoldDrill(), EndDrill(), NameEvaluators(people=()))):
            step = Step(stream=drill.stream, command=command)
            result = await service.execute([step], cause=f"{person.id}:{number}", requester=requester)
            assert result.refusal is not None and result.refusal.key == "drill_not_directing", (person.name, command)
        step = Step(stream=drill.stream, command=JudgeLook(number=2, verdict="met"))
        result = await service.execute([step], cause=f"{person.id}:judge", requester=requester)
        assert (result.refusal is None) is (person is town.second), person.name


async def test_what_does_not_arrive_is_told_to_the_director_and_not_to_the_seat_that_takes_part(town: Town) -> None:
    await begun(town)
    await town.advance(minutes=6)
    town.forgiven = Forgiven(calls=("deactivated",), dead=("deactivated",), logs=("message.dead",))
    person = town.liaisons[POLICE]
    town.world.faults.add(
        Fault(kind="status", method="sendMessage", status=403, chat=person.id, description="user is deactivated")
    )
    await town.press(town.director, "现在发", words="市公安局")
    assert "校门口停满" in town.sees(town.director, "送不到").text
    assert not town.told(town.duty, "校门口停满") and not town.told(town.duty, "送不到")
    await town.advance(hours=1)
    await town.say(town.second, town.bot, "/shift")
    page = town.sees(town.second, "交接班").text
    assert "没有送到" not in page and "没送到" not in page, page


async def test_what_came_while_the_program_was_away_waits_for_the_director_and_an_administrator_may_end_it(
    file_url: str,
) -> None:
    async with Town.open(file_url, at=MORNING) as town:
        await begun(town)
        await town.advance(minutes=3)
        await town.restart(timedelta(minutes=45))
        await town.settle()
        assert "程序停过，10:05以后的情景没有发" in town.sees(town.director, "暂停").text
        assert not town.told(town.duty, "演练情景") and "程序停过" not in town.sees(town.duty, "暂停", town.group).text
        await town.press(town.director, "继续")
        await town.advance(seconds=5)
        assert len(town.told(town.duty, "演练情景")) == 1, "the first of two, as in the script"
        await town.say(town.commander, town.bot, "/drill 结束")
        assert "没有您导调的" in town.texts(town.commander)[-1]
        await town.say(town.admin, town.bot, "/drill 结束")
        await town.press(town.admin, "确认结束")
        assert (await played(town)).state == "over" and town.told(town.director, "评估")
