"""One bot for several districts: administrators of each, from the settings the first; a group serves one alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cases.office_log import append_admin_event
from bot.main import CannotStart, running
from bot.office.beside import tell_served_twice
from bot.office.first_admins import keep_first_admins, unknown_places
from bot.operations import proof
from bot.outgoing.group_moves import moved
from bot.playground import Person
from bot.playground.request import PlaygroundRequest
from bot.settings import Settings
from storage.transaction import Writing
from tests import stage
from tests.journeys.world import JURISDICTION, NIGHT, PLAN, Town, plans

CITY, WATER = "晋城市", "jincheng-water-rescue"


async def named(town: Town, **places: set[int]) -> None:
    """Let the settings name these, as a start with them does."""
    assert town.program is not None
    town.program.service.district_admins = {name: frozenset(ids) for name, ids in places.items()}
    await keep_first_admins(town.program.service)
    await town.settle()


async def log_of(town: Town, place: str) -> list[tuple[str, str | None]]:
    async with town.open_store.reading() as rx:
        assert await rx.journal.verify(f"admin:{place}") == []
        return [(entry.event, entry.actor) for entry in await rx.journal.load(f"admin:{place}")]


async def invited(town: Town, by: Person, words: str) -> str:
    await town.say(by, town.bot, f"/invite {words}")
    return town.sees(by, "请把链接转给本人").text.split("start=")[1].split()[0]


async def administers(town: Town, person: Person) -> set[str]:
    async with town.open_store.reading() as rx:
        known = await rx.people.by_telegram(person.id)
        assert known is not None
        return {item.jurisdiction for item in await rx.people.holdings(known.id) if item.role == "admin"}


async def test_the_settings_first_names_another_in_his_own_district_and_in_no_other(town: Town) -> None:
    first, second, third = town.teacher, town.stranger, town.world.add_user("第三位")
    await named(town, **{CITY: {first.id}})
    assert await log_of(town, CITY) == [("role-granted", "settings")] and await log_of(town, JURISDICTION) == []
    first.start(town.bot)
    await town.settle()
    await town.say(first, town.bot, "/me")
    assert "管理员" in town.texts(first)[-1] and CITY in town.texts(first)[-1]
    for person in (second, third):
        person.start(town.bot)
    group = town.world.add_group("市水上指挥群", owner=first, members=[town.bot, second])
    await town.say(first, group, f"/bind@tocsin_bot {PLAN}")
    assert "管理员" in town.texts(first)[-1]
    async with town.open_store.reading() as rx:
        assert {place for place, _, _ in await rx.places.bindings()} == {JURISDICTION}
    await town.say(first, group, f"/bind@tocsin_bot {WATER}")
    second.start(town.bot, await invited(town, first, f"管理员 {WATER}"))
    await town.settle()
    assert await administers(town, second) == {CITY}
    links = len(town.told(first, "请把链接转给本人"))
    for words in (f"管理员 {PLAN}", f"值班员 {PLAN}"):
        await town.say(first, town.bot, f"/invite {words}")
        await town.say(second, town.bot, f"/invite {words}")
    assert len(town.told(first, "请把链接转给本人")) == links and not town.told(second, "请把链接转给本人")
    third.start(town.bot, await invited(town, second, f"管理员 {WATER}"))
    await town.settle()
    assert await administers(town, third) == {CITY}, "and he names others in turn"
    assert "role-granted" not in [event for event, _ in await log_of(town, JURISDICTION)]
    await town.say(third, town.bot, "/setup")
    assert plans()[WATER].title in town.texts(third)[-1] and plans()[PLAN].title not in town.texts(third)[-1]


async def test_who_administers_one_district_is_offered_its_plans_and_asked_about_no_others(town: Town) -> None:
    first = town.teacher
    await named(town, **{CITY: {first.id}})
    first.start(town.bot)
    group = town.world.add_group("市水上指挥群", owner=first, members=[town.bot])
    await town.say(first, group, "/bind@tocsin_bot")
    offered = town.sees(first, "请点要绑定的预案", group)
    ours = [plan.title for plan in plans().values() if plan.jurisdiction.name == CITY]
    assert len(ours) > 1 and plans()[PLAN].title not in offered.text
    assert all(title in offered.text for title in ours) and len(offered.labels()) == len(ours)
    await town.say(first, town.bot, "/invite 值班员")
    assert PLAN not in town.sees(first, "请在最后写明预案").text, "nothing is bound there yet"
    await town.press(first, plans()[WATER].title, group)
    await town.say(first, town.bot, "/invite 值班员")
    assert "值班员" in town.sees(first, "请把链接转给本人").text, "the one plan of his district is meant"
    await town.say(first, town.bot, "/roll")
    assert "没有可以叫应的人" in town.texts(first)[-1]


async def test_who_is_named_in_the_settings_is_taken_out_there_and_others_in_the_chat(town: Town) -> None:
    first, second = town.teacher, town.stranger
    for person in (first, second):
        person.start(town.bot)
    await town.settle()
    await named(town, **{JURISDICTION: {first.id, second.id}})
    assert f"您现在是{JURISDICTION}的管理员" in town.texts(first)[-1]
    await town.say(second, town.bot, "/invite 解除 何老师 管理员")
    refused = await town.press(second, "确认解除")
    assert "设置里写明的管理员，不能在这里解除" in (refused.text or "")
    assert await administers(town, first) == {JURISDICTION}
    await named(town, **{JURISDICTION: {second.id}})
    assert await administers(town, first) == set() and "到此为止" in town.texts(first)[-1]
    assert f"何老师不再是{JURISDICTION}的管理员：机器上的设置里已没有他。" in town.texts(second)[-1]
    assert [event for event, by in await log_of(town, JURISDICTION) if by == "settings"] == [
        "role-granted", "role-granted", "role-revoked",
    ]  # fmt: skip
    before = await log_of(town, JURISDICTION)
    await named(town, **{JURISDICTION: {second.id}})
    assert await log_of(town, JURISDICTION) == before, "a start that changes nothing writes nothing"
    await town.say(first, town.bot, "/invite 值班员")
    assert "管理员" in town.texts(first)[-1] and "start=" not in town.texts(first)[-1]
    await town.grant(first, "admin", plan=PLAN)
    await named(town)
    assert await administers(town, second) == set()


async def test_somebody_is_left_last_where_nobody_administers_everything(town: Town) -> None:
    first, second = town.teacher, town.stranger
    for person in (first, second):
        person.start(town.bot)
    await town.settle()
    assert town.program is not None
    town.program.service.admins = frozenset()
    await named(town, **{JURISDICTION: {first.id}, CITY: {second.id}})
    await named(town, **{CITY: {second.id}})
    assert await administers(town, first) == set(), "the settings alone say who is named in them"
    second.start(town.bot)
    await named(town, **{CITY: {second.id}, JURISDICTION: {first.id}})
    third = town.world.add_user("第三位")
    third.start(town.bot, await invited(town, first, "管理员"))
    await town.settle()
    assert await administers(town, third) == {JURISDICTION}
    await town.say(first, town.bot, "/invite 解除 第三位 管理员")
    await town.press(first, "确认解除")
    assert await administers(town, third) == set(), "there is another one here"
    town.program.service.district_admins = {}
    await town.say(first, town.bot, "/invite 解除 何老师 管理员")
    refused = await town.press(first, "确认解除")
    assert "最后一位管理员" in (refused.text or "") and await administers(town, first) == {JURISDICTION}


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("晋城市成区", "没有“晋城市成区”的预案，是不是“晋城市城区”？辖区有："),
        ("某某某某县", "没有“某某某某县”的预案，辖区有："),
    ],
)
async def test_a_district_that_no_plan_has_is_said_at_the_start(town: Town, place: str, said: str) -> None:
    assert town.program is not None and town.store is not None
    settings: Settings = town.settings.model_copy(update={"district_admins": {place: frozenset({1})}})
    with pytest.raises(CannotStart, match="TOCSIN_DISTRICT_ADMINS") as problem:
        async with running(
            settings, clock=town.clock, store=town.store, request=PlaygroundRequest(town.world), plans=plans()
        ):
            pass
    assert said in str(problem.value)
    service = town.program.service
    service.district_admins = {place: frozenset({1})}
    service.registry.broken["x"] = "a file that cannot be read"
    assert await unknown_places(service) == [], "perhaps its plan is the one that is broken"


@pytest.mark.parametrize(("early", "stays"), [(PLAN, True), (WATER, False)])
async def test_a_group_that_becomes_a_supergroup_stays_with_one_jurisdiction(
    town: Town, early: str, stays: bool
) -> None:
    """Somebody binds the new chat before the news of it comes: what is another jurisdiction's is over, and told."""
    old, new = -7001, -1007002
    async with town.open_store.writing() as tx:
        before = await stage.enter_group(tx, chat=old, title="指挥群", at=NIGHT)
        await stage.bind(tx, before, plans()[PLAN], "command", at=NIGHT)
        await note(tx, JURISDICTION, before.id, PLAN)
    async with town.open_store.writing() as tx:
        first = await stage.enter_group(tx, chat=new, title="指挥群", at=NIGHT + timedelta(minutes=1))
        await stage.bind(tx, first, plans()[early], "command", at=NIGHT)
        await note(tx, plans()[early].jurisdiction.name, first.id, early)
    for _ in range(2):
        async with town.open_store.writing() as tx:
            await moved(tx, old, new, NIGHT + timedelta(minutes=2), frozenset({town.admin.id}))
    async with town.open_store.reading() as rx:
        place = await rx.places.by_chat(new)
        assert place is not None and (place.id, place.jurisdiction) == (before.id, JURISDICTION)
        assert await rx.places.plans_of(place.id) == [PLAN]
        assert await rx.places.plans_of(first.id) == []
        found = await proof.examine(rx, town.clock.now())
        assert [item for item in found if first.id in str(item) or before.id in str(item)] == []
    log = await log_of(town, plans()[early].jurisdiction.name)
    assert [event for event, _ in log][-1 - stays] == "place-unbound" and ("place-bound" == log[-1][0]) is stays
    await town.advance(minutes=3)
    told = town.told(town.admin, f"{CITY}在新群里的1个绑定到此为止")
    assert len(told) == (0 if stays else 1), "its administrators are told once, whoever hears of it how often"


async def test_what_another_installation_serves_is_bound_by_a_word_to_that(town: Town) -> None:
    """The word is to what was shown: another installation meanwhile asks anew; nobody else may give it."""
    assert town.program is not None
    bot_data, beside = town.program.application.bot_data, {CITY: "tocsin_city"}

    async def serves_too(place: str) -> str:
        return beside.get(place, "")

    bot_data["handler_context"] = replace(bot_data["handler_context"], serves_too=serves_too)
    group = town.world.add_group("市水上指挥群", owner=town.admin, members=[town.bot, town.stranger])
    await town.say(town.admin, group, f"/bind@tocsin_bot {WATER}")
    said = town.texts(town.admin, group)[-1]
    assert f"没有绑定：{CITY}正由另一套警钟服务" in said and "tocsin_city" in said
    await town.press(town.stranger, "两套同时服务，仍要绑定", group)
    beside[CITY] = "tocsin_other"
    await town.press(town.admin, "两套同时服务，仍要绑定", group, words="tocsin_city")
    assert "tocsin_other" in town.texts(town.admin, group)[-1]
    async with town.open_store.reading() as rx:
        assert CITY not in {place for place, _, _ in await rx.places.bindings()}
    await town.press(town.admin, "两套同时服务，仍要绑定", group, words="tocsin_other")
    assert "已绑定" in town.texts(town.admin, group)[-1]
    async with town.open_store.reading() as rx:
        [entry] = [one for one in await rx.journal.load(f"admin:{CITY}") if one.event == "place-bound"]
        assert entry.payload["beside"] == "tocsin_other"
        assert [item for item in await proof.examine(rx, town.clock.now()) if entry.payload["place"] in str(item)] == []


async def test_two_that_serve_one_jurisdiction_are_told_to_its_administrators_once_a_day(town: Town) -> None:
    assert town.program is not None
    for _ in range(2):
        await tell_served_twice(town.program.service, JURISDICTION, "tocsin_other")
    await town.settle()
    assert len(town.told(town.admin, f"{JURISDICTION}同时由另一套警钟服务")) == 1


async def note(tx: Writing, place: str, group: str, plan: str) -> None:
    """Write what ``/bind`` writes."""
    await append_admin_event(
        tx, place, "place-bound", actor="", cause=f"test:{group}", at=NIGHT, place=group, plan=plan, kind="command"
    )
