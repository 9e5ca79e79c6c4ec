"""A bound plan that an upgrade drops, renames or breaks loses no report, and no incident's clock goes silent."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.office.plan_checks import in_english, unusable_plans
from bot.playground import Person
from tests.journeys import world
from tests.journeys.world import JURISDICTION, PLAN, STAMPEDE, Forgiven, Town

MISSING = "update.failed", "plan.unusable", "wake.failed", "card.not_drawn", "statistics.unreadable"


@pytest.fixture
def without(town):
    """Restart the town on a program that lacks, or has, some plans."""
    whole = dict(world.plans())
    town.forgiven = dataclasses.replace(Forgiven(), logs=MISSING, dead=("cannot be drawn",))

    async def restart(*gone: str) -> None:
        town.plans = {name: plan for name, plan in whole.items() if name not in gone}
        await town.restart()
        await town.settle()

    return restart


@pytest.fixture(autouse=True)
async def began(town) -> None:
    """The program was started once with the plan bound, so that it knows what it said."""
    await town.restart()


async def trouble(town: Town) -> list[str]:
    assert town.program is not None
    return await town.program.runtime.health.troubles()


@pytest.fixture
async def town(file_url):
    async with Town.open(file_url) as town:
        yield town


async def waiting(town: Town) -> tuple[int, int]:
    """How many updates are put off, and how many given up."""
    async with town.open_store.reading() as rx:
        backlog = await rx.inbox.backlog()
    return backlog.deferred, backlog.quarantined


@pytest.mark.parametrize("way", ["private", "group", "caption", "press", "stranger"])
async def test_a_report_under_a_plan_that_is_gone_is_kept_answered_and_rung(town, without, way):
    await town.say(town.head, town.bot, "/report")
    await without(PLAN)
    teller: Person = town.head
    counts = {person.name: town.count(person) for person in (town.duty, town.admin)}
    if way == "private":
        await town.say(town.head, town.bot, STAMPEDE)
    elif way == "stranger":
        teller = town.stranger
        town.stranger.start(town.bot)
        await town.settle()
        await town.say(town.stranger, town.bot, STAMPEDE)
    elif way == "press":
        await town.press(town.head, "踩踏拥挤")
    else:
        teller = town.second
        if way == "caption":
            town.second.send_photo(town.group, caption=f"/report@tocsin_bot {STAMPEDE}")
            await town.settle()
        else:
            await town.say(town.second, town.group, f"/report@tocsin_bot {STAMPEDE}")
    assert not await town.incidents()
    assert await waiting(town) == (1, 0)
    answer = town.sees(teller, "已经收到并保存", town.group if teller is town.second else town.bot)
    assert "03562250777" in answer.text.replace(" ", "").replace("-", "") and "120" in answer.text
    for person in (town.duty, town.admin):
        told = [line for line in counts[person.name].new if "人工处理" in line.text]
        assert len(told) == 1 and told[0].rang == "loud", person.name
        assert way == "press" or "踩踏" in told[0].text
    assert "/unbind" in town.sees(town.admin, "管理员：请装回").text
    assert any(PLAN in line and "not installed" in line for line in await trouble(town))
    assert any("tried again" in line for line in await trouble(town))


async def test_it_is_tried_again_ever_more_rarely_and_opens_the_incident_when_the_plan_is_back(town, without):
    await without(PLAN)
    said_at = town.clock.now()
    await town.say(town.head, town.bot, STAMPEDE)
    told = town.count(town.duty)
    await town.advance(hours=3)
    tries = [line for line in town.log if line["event"] == "update.failed"]
    assert 6 <= len(tries) <= 10, "at once twice, after 1, 5, 15, 30, 60 minutes, then hourly"
    assert not [line for line in told.new if "人工处理" in line.text], "it rings once"
    await without()
    await town.advance(hours=1)
    (row,) = await town.incidents()
    assert row.text == STAMPEDE
    assert (await town.incident()).occurred_at == said_at - timedelta(minutes=4)
    assert await waiting(town) == (0, 0)
    assert await trouble(town) == []


async def test_what_comes_behind_a_report_that_waits_goes_on(town, without):
    await without(PLAN)
    await town.say(town.head, town.bot, STAMPEDE)
    await town.say(town.head, town.bot, "/me")
    town.sees(town.head, "您的身份")


async def test_of_several_plans_the_one_that_is_left_takes_the_report(town, without):
    other = "jincheng-water-rescue"
    assert town.program is not None
    async with town.open_store.writing() as tx:
        place = await tx.places.by_chat(town.group.id)
        assert place is not None
        await tx.places.bind(place.id, "gone-plan", JURISDICTION, "command", town.clock.now())
    await without(other)
    await town.say(town.second, town.group, f"/report@tocsin_bot {STAMPEDE}")
    (row,) = await town.incidents()
    assert row.plan_id == PLAN
    assert await waiting(town) == (0, 0)


async def test_the_start_names_what_is_bound_and_gone_with_what_to_do_once_a_day(town, without):
    told = town.count(town.admin)
    await without(PLAN)
    (line,) = told.new
    assert "城区校园安全指挥群" in line.text and PLAN in line.text and "/bind" in line.text and "/unbind" in line.text
    await without(PLAN)
    assert len(told.new) == 1
    await town.say(town.admin, town.bot, "/setup")
    assert PLAN in town.sees(town.admin, "不在程序里").text


async def test_a_running_incident_whose_plan_cannot_be_read_rings_and_holds_up_no_other(town, without):
    await town.say(town.head, town.bot, STAMPEDE)
    first = await town.incident(1)
    town.teacher.start(town.bot)
    await town.settle()
    await town.grant(town.teacher, "reporter")
    assert town.program is not None
    async with town.open_store.writing() as tx:
        await tx._session.connection.execute(
            text("UPDATE plans SET canonical = replace(canonical, 'director', 'deputy') WHERE hash = :hash"),
            {"hash": first.plan_hash},
        )
    changed = dict(world.plans())[PLAN].model_copy(update={"version": "2999.1"})
    await _with_plan(town, without, changed)
    await town.say(town.teacher, town.bot, "东街小学食堂多名学生呕吐，20人送医")
    told = town.count(town.teacher)
    await town.advance(minutes=4)
    rows = await town.incidents()
    assert [row.number for row in rows] == [1, 2], "a report is taken under the installed version"
    assert [line for line in town.log if line["event"] == "wake.failed" and line["stream"] == first.stream]
    assert town.told(town.duty, "1号系统办不了") and town.told(town.admin, "1号系统办不了")
    assert told.new, "nobody took the other one over: its reporter is sent to the telephone all the same"
    async with town.open_store.reading() as rx:
        assert all(wake.at > town.clock.now() for wake in await rx.wakes.of(rows[1].stream))
    assert any("1 open incidents" in line for line in await trouble(town))
    await town.advance(hours=5)
    assert len(town.told(town.admin, "1号系统办不了")) == 1


async def _with_plan(town: Town, without, plan) -> None:
    town.plans = {**town.plans, PLAN: plan}
    await town.restart()
    await town.settle()


async def test_any_other_failure_on_a_report_ends_the_same_way(town, monkeypatch):
    from bot.service import opening as module

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a bug that nobody thought of")

    town.forgiven = dataclasses.replace(Forgiven(), logs=MISSING)
    monkeypatch.setattr(module, "to_command", broken)
    await town.say(town.head, town.bot, STAMPEDE)
    town.sees(town.head, "已经收到并保存")
    assert "踩踏" in town.sees(town.duty, "人工处理").text
    assert await waiting(town) == (1, 0)
    async with town.open_store.reading() as rx:
        noted = [entry for entry in await rx.journal.load(f"admin:{JURISDICTION}") if entry.event == "report-unserved"]
    assert [entry.payload["text"] for entry in noted] == [STAMPEDE] and "text" in noted[0].personal
    monkeypatch.undo()
    await town.advance(minutes=2)
    assert len(await town.incidents()) == 1
    assert await waiting(town) == (0, 0)


async def test_a_command_that_fails_is_given_up_and_its_author_told(town, monkeypatch):
    from handlers import status

    async def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a bug")

    town.forgiven = dataclasses.replace(Forgiven(), logs=MISSING, quarantined=1)
    monkeypatch.setattr(status, "todo_views", broken)
    told = town.count(town.second)
    await town.say(town.duty, town.bot, "/todo")
    town.sees(town.duty, "没有办成")
    assert not told.new
    assert await waiting(town) == (0, 1)


async def test_a_plan_that_moved_to_another_jurisdiction_and_a_broken_file_are_named(town, monkeypatch):
    assert town.program is not None
    registry = town.program.service.registry
    moved = registry.current(PLAN)
    monkeypatch.setitem(
        registry._current, PLAN,
        moved.model_copy(update={"jurisdiction": moved.jurisdiction.model_copy(update={"name": "某市"})}),
    )  # fmt: skip
    monkeypatch.setitem(registry.broken, "x.yaml", "x.yaml: 第3行")
    async with town.open_store.reading() as rx:
        found = [in_english(item) for item in await unusable_plans(rx, registry)]
    assert found == [
        f"plan {PLAN}: bound in {JURISDICTION}, and belongs to 某市 now", "plan file x.yaml: x.yaml: 第3行",
    ]  # fmt: skip


def test_one_broken_file_takes_no_other_plan_away(tmp_path):
    from plans.load import DATA, load_each

    (tmp_path / "a.yaml").write_text("id: [", encoding="utf-8")
    (tmp_path / "b.yaml").write_text((DATA / f"{PLAN}.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    plans, broken = load_each(tmp_path)
    assert list(plans) == [PLAN] and list(broken) == ["a.yaml"]
