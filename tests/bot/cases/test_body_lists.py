"""Listed bodies as a process has read them: anew when the list changed; what lies in the areas of a text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.cases.body_lists import BodyLists, township_offices, with_listed
from plans.incident.bodies import mention_data, mention_of
from plans.load import load_all
from storage import open_store
from storage.bodies import BodyList, BodyRow
from tests.factories import Life

PLANS = load_all()
CAMPUS, WATER = PLANS["jincheng-chengqu-campus"], PLANS["jincheng-water-rescue"]
PLACE = CAMPUS.jurisdiction.name
AT = datetime(2026, 9, 1, tzinfo=UTC)
MOBILE = "139" + "0000" + "0001"
LIST = BodyList(jurisdiction=PLACE, number=1, at=AT, by="p")


def row(name: str, town: str, **given) -> BodyRow:
    return BodyRow(**{"jurisdiction": PLACE, "id": name, "name": name, "township": town, "since": 1, **given})


ROWS = [
    row("凤鸣小学", "北石店", kind="小学、有校车", head="李校长", phones=["0356-2250781", MOBILE]),
    row("河口中学", "东街街道", kind="中学"),
    row("凤鸣幼儿园", "东街", kind="幼儿园"),
    row("某厂", "", kind="企业"),
]


@pytest.fixture
async def store():
    async with await open_store("sqlite+aiosqlite://") as store:
        async with store.writing() as tx:
            await tx.bodies.take_over(LIST, ROWS, ())
        yield store


async def test_a_list_is_read_once_for_each_of_its_versions(store):
    lists = BodyLists()
    async with store.reading() as rx:
        first = await lists.of(rx, PLACE)
        assert await lists.of(rx, PLACE) is first and first.version == 1
        assert (await lists.of(rx, "别处")).bodies == ()
    async with store.writing() as tx:
        await tx.bodies.take_over(replace(LIST, number=2), [], ["某厂"])
    async with store.reading() as rx:
        second = await lists.of(rx, PLACE)
    assert second.version == 2 and {body.id for body in second.bodies} == {"凤鸣小学", "河口中学", "凤鸣幼儿园"}


async def test_one_call_gives_the_bodies_and_units_of_the_areas_that_a_text_names(store):
    lists = BodyLists()

    async def inside(text: str, kind: str = ""):
        async with store.reading() as rx:
            found = await lists.in_areas(rx, CAMPUS, text, kind)
        return {body.id for body in found.bodies}, set(found.units), found.areas.unknown

    assert await inside("北石店镇") == ({"凤鸣小学"}, {"北石店镇人民政府"}, ())
    assert await inside("东街街道、南街街道") == (
        {"河口中学", "凤鸣幼儿园"}, {"东街街道办事处", "南街街道办事处"}, (),
    )  # fmt: skip
    assert await inside("东街街道、某某乡", "学校") == ({"河口中学", "凤鸣幼儿园"}, {"东街街道办事处"}, ("某某乡",))
    everybody = await inside("全区")
    assert everybody[0] == {item.id for item in ROWS} and len(everybody[1]) == len(township_offices(CAMPUS)) == 8
    assert await inside("全区除东街街道外", "有校车") == ({"凤鸣小学"}, everybody[1] - {"东街街道办事处"}, ())


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
async def test_the_areas_of_every_plan_are_known_without_a_list(plan):
    """Townships that only the plan knows are found too; each of its offices by its name and by its area."""
    lists = BodyLists()
    async with await open_store("sqlite+aiosqlite://") as store, store.reading() as rx:
        for unit in township_offices(plan):
            for name in (unit.id, *unit.aliases):
                found = await lists.in_areas(rx, plan, name)
                assert found.units == (unit.id,) and not found.areas.unknown, name


async def test_a_mention_says_the_township_and_its_only_listed_office(store):
    async with store.writing() as tx:
        office = row("北石店镇人民政府", "", kind="镇街", since=2)
        await tx.bodies.take_over(replace(LIST, number=2), [office], ())
    async with store.reading() as rx:
        listed = await BodyLists().of(rx, PLACE)
    [mention] = listed.mentions("凤鸣小学有人受伤")
    [body] = mention.bodies
    assert (body.township, body.office, body.families) == ("北石店镇", "北石店镇人民政府", frozenset({"学校"}))
    assert mention_of(mention_data(mention)) == mention
    assert [item.words for item in listed.mentions("凤鸣小学", own="河口中学")] == ["", "凤鸣小学"]


async def test_a_plan_knows_the_bodies_of_an_incident_with_the_numbers_that_may_be_seen(store):
    async with store.reading() as rx:
        listed = await BodyLists().of(rx, PLACE)
        mentions = tuple(mention_data(item) for item in listed.mentions("凤鸣小学"))
        incident = Life(CAMPUS).report("+10m", jurisdiction=PLACE, mentions=mentions).incident
        public = await with_listed(rx, CAMPUS, incident)
        private = await with_listed(rx, CAMPUS, incident, with_personal=True)
        assert await with_listed(rx, CAMPUS, Life(CAMPUS).report("+10m").incident) is CAMPUS
    [unit] = [unit for unit in public.units if unit.id == "凤鸣小学"]
    assert [line.number for line in unit.lines] == ["0356-2250781"] and not unit.member
    [own] = [unit for unit in private.units if unit.id == "凤鸣小学"]
    assert [line.number for line in own.lines] == ["0356-2250781", MOBILE]


async def test_a_body_that_is_listed_no_more_keeps_its_name_in_an_incident(store):
    async with store.reading() as rx:
        listed = await BodyLists().of(rx, PLACE)
    mentions = tuple(mention_data(item) for item in listed.mentions("凤鸣小学"))
    incident = Life(CAMPUS).report("+10m", jurisdiction=PLACE, mentions=mentions).incident
    async with store.writing() as tx:
        await tx.bodies.take_over(replace(LIST, number=2), [], ["凤鸣小学"])
    async with store.reading() as rx:
        assert any(unit.id == "凤鸣小学" for unit in (await with_listed(rx, CAMPUS, incident)).units)


async def test_numbers_are_found_as_far_as_they_may_be_seen(store):
    async with store.reading() as rx:
        listed = await BodyLists().of(rx, PLACE)
    public = await listed.book(with_personal=False)
    private = await listed.book(with_personal=True)
    assert public is not None and private is not None
    assert {hit.dial for hit in public.search("凤鸣小学")} == {"0356-2250781"}
    assert {hit.dial for hit in private.search("fmxx")} == {"0356-2250781", MOBILE}
    assert public.search("李校长") == [] and private.search("李校长")
