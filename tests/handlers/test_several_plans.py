"""A city's four special plans in one group: the words propose the plan, a person says which; nothing waits for that."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator

import pytest

from bot.cases import records
from bot.playground import Group
from plans.incident.state import Incident
from tests.journeys.world import Town

CITY = "晋城市"
HEALTH, ENERGY, TRANSIT, WATER = FOUR = (
    "jincheng-public-health", "jincheng-energy", "jincheng-transit", "jincheng-water-rescue"
)  # fmt: skip
CLEAR = "沁河水库一条游船翻沉，5人落水，2人失踪"
DOUBTFUL = "公交车坠入水库，8人落水"


@dataclasses.dataclass
class City:
    """A seated town with a group of the city that serves four plans; the same duty officer sits for all of them."""

    town: Town
    group: Group

    async def incidents(self) -> list[Incident]:
        async with self.town.open_store.reading() as rx:
            rows = await rx.incidents.list(limit=100)
            found = [await records.load(rx, row.stream) for row in rows[::-1]]
        return [incident for incident in found if incident is not None]

    async def only(self) -> Incident:
        (incident,) = await self.incidents()
        return incident


@pytest.fixture
async def city() -> AsyncIterator[City]:
    async with Town.open(units=()) as town:
        group = town.world.add_group("市应急值班群", owner=town.admin, members=[town.bot, town.duty, town.teacher])
        town.admin.promote(group, town.bot, ["can_pin_messages"])
        town.admin.send(group, "/help@tocsin_bot")
        await town.settle()
        for plan in FOUR:
            await town.bind(group, "command", plan)
            await town.grant(town.duty, "duty", plan=plan)
        await town.grant(town.commander, "commander", plan=WATER)
        await town.grant(town.head, "reporter", plan=WATER)
        await town.grant(town.head, "reporter", plan=TRANSIT)
        yield City(town, group)


async def test_where_one_plan_is_clear_it_is_taken_and_the_duty_officer_may_say_otherwise(city):
    town = city.town
    await town.say(town.teacher, city.group, f"/report@tocsin_bot {CLEAR}")
    incident = await city.only()
    assert (incident.plan, incident.plan_asked) == (WATER, False)
    assert not town.told(town.duty, "按哪个预案", city.group)
    assert "预案：水上搜救" in town.sees(town.duty, "1号", city.group).text
    assert sorted(town.sees(town.duty, "按“水上搜救”处置").labels()) == [
        "改用城市公共交通运输突发事件", "改用突发公共卫生事件", "改用能源供应"
    ]  # fmt: skip


async def test_where_two_are_close_it_is_recorded_at_once_and_a_person_is_asked(city):
    town = city.town
    await town.say(town.teacher, city.group, f"/report@tocsin_bot {DOUBTFUL}")
    incident = await city.only()
    assert incident.plan_asked and incident.open_instances, "clocks run before anybody answers"
    asked = town.sees(town.duty, "按哪个预案", city.group)
    assert asked.labels()[:2] == ["水上搜救", "城市公共交通运输突发事件"]
    await town.press(town.teacher, "城市公共交通运输突发事件", city.group)
    assert (await city.only()).plan_asked, "who holds no role decides nothing"
    await town.press(town.duty, "城市公共交通运输突发事件", city.group)
    incident = await city.only()
    assert (incident.plan, incident.plan_asked, incident.number) == (TRANSIT, False, 1)
    assert {item.rule for item in incident.open_instances} <= {rule.id for rule in _plan(town, TRANSIT).obligations}
    assert not town.sees(town.duty, "按哪个预案", city.group).labels()
    town.sees(town.duty, "改按“城市公共交通运输突发事件”处置", city.group)
    assert "预案：城市公共交通运输" in town.sees(town.duty, "更新", city.group).text


def _plan(town: Town, plan_id: str):
    assert town.program is not None
    return town.program.service.registry.current(plan_id)


async def test_confirming_the_proposed_plan_changes_nothing_but_the_question(city):
    town = city.town
    await town.say(town.teacher, city.group, f"/report@tocsin_bot {DOUBTFUL}")
    before = await city.only()
    await town.press(town.duty, "水上搜救")
    after = await city.only()
    assert (after.plan, after.plan_asked) == (WATER, False)
    assert after.instances == before.instances and after.claims == before.claims


async def test_the_words_of_another_plan_are_read_anew_and_its_levels_proposed(city):
    town = city.town
    await town.say(town.teacher, city.group, "/report@tocsin_bot 水库边变电站线路跳闸，晋城电网减供负荷65%，3人失踪")
    incident = await city.only()
    await town.say(town.duty, town.bot, "/update 1 预案 能源供应")
    incident = await city.only()
    assert incident.plan == ENERGY
    assert incident.claims["jincheng_load_shed_pct"][-1].value.exact == 65
    assert incident.claims["missing"][-1].value.exact == 3
    await town.say(town.duty, town.bot, "/update 1 预案 水上搜救")
    incident = await city.only()
    assert incident.plan == WATER and "jincheng_load_shed_pct" not in incident.claims
    await town.say(town.duty, town.bot, "/update 1 预案 水上搜救")
    assert "本来就按" in town.texts(town.duty)[-1]
    await town.say(town.duty, town.bot, "/update 1 预案 地震")
    assert "没有“地震”这个预案" in town.texts(town.duty)[-1] and "水上搜救" in town.texts(town.duty)[-1]


async def test_what_was_reported_by_telephone_stays_and_reminders_of_the_old_plan_stop(city):
    town = city.town
    await town.say(town.teacher, city.group, f"/report@tocsin_bot {DOUBTFUL}")
    incident = await city.only()
    owed = next(item for item in incident.open_instances if item.by_office and item.report == "首报")
    await town.say(town.duty, town.bot, f"/file 1 首报 {owed.to[0]} 电话")
    filed = (await city.only()).filings
    await town.press(town.duty, "城市公共交通运输突发事件", city.group)
    incident = await city.only()
    assert incident.filings == filed
    assert not [item for item in incident.open_instances if item.rule.startswith(WATER)]
    await town.advance(hours=3)
    assert not town.told(town.duty, "4.2.1(1)3") and town.told(town.duty, "逾期")


async def test_once_a_level_is_declared_the_plan_stays(city):
    town = city.town
    await town.say(town.teacher, city.group, f"/report@tocsin_bot {CLEAR}")
    await town.say(town.commander, town.bot, "/declare 1 Ⅰ 情况危急")
    await town.press(town.commander, "确认宣布")
    assert (await city.only()).response_level == "Ⅰ"
    await town.press(town.duty, "改用能源供应")
    assert (await city.only()).plan == WATER


async def test_somebody_bound_in_two_plans_reports_in_private_and_goes_on_about_it(city):
    town = city.town
    await town.say(town.head, town.bot, CLEAR)
    assert (await city.only()).plan == WATER
    town.sees(town.head, "已记录 1号")
    await town.say(town.head, town.bot, "现在失踪3人")
    assert (await city.only()).claims["missing"][-1].value.exact == 3


async def test_another_plans_office_and_group_take_over(city):
    town = city.town
    other = town.world.add_group("交通专班", owner=town.admin, members=[town.bot, town.second])
    town.admin.send(other, "/help@tocsin_bot")
    await town.settle()
    async with town.open_store.writing() as tx:
        place = await tx.places.by_chat(city.group.id)
        await tx.places.unbind(place.id, TRANSIT)
        duty = await tx.people.by_telegram(town.duty.id)
        for holding in await tx.people.holdings(duty.id):
            if holding.plan_id == TRANSIT:
                await tx.people.revoke(holding.id, town.clock.now())
    await town.bind(other, "command", TRANSIT)
    await town.grant(town.second, "duty", plan=TRANSIT)
    await town.say(town.teacher, city.group, f"/report@tocsin_bot {CLEAR}")
    await town.press(town.duty, "我来处理")
    await town.say(town.duty, town.bot, "/update 1 预案 公共交通")
    incident = await city.only()
    assert (incident.plan, incident.handled_by) == (TRANSIT, "")
    assert town.sees(town.second, "【待接报】1号").labels() == ["我来处理"]
    town.sees(town.second, "1号", other)
    assert "已改按“城市公共交通运输突发事件”处置" in town.sees(town.duty, "1号", city.group).text


async def test_what_is_open_stays_open_under_the_other_plan(city):
    town = city.town
    await town.say(town.teacher, city.group, f"/report@tocsin_bot {CLEAR}，听保安说死了1个")
    before = await city.only()
    assert before.plan == WATER and "deaths" in {item.fact for item in before.unsure.values()}
    asked = town.button(town.duty, "已核实，属实")
    await town.say(town.duty, town.bot, "/update 1 预案 能源供应")
    now = await city.only()
    assert now.plan == ENERGY
    assert {item.fact for item in before.unsure.values()} <= {item.fact for item in now.unsure.values()}
    assert town.duty.again(asked).labels(), "the question lost its buttons, and is open"
    await town.press(town.duty, "已核实，属实")  # under another plan it is shown anew before it counts
    await town.press(town.duty, "已核实，属实")
    now = await city.only()
    assert now.claims["deaths"][-1].value.exact == 1 and "deaths" not in {item.fact for item in now.unsure.values()}
