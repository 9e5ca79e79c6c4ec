"""Who may have what counted: all roles, all plans, two jurisdictions; and rows that follow the logs."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.clock import SHANGHAI, VirtualClock
from bot.office import statistics as office
from bot.office.reader import Reader
from bot.office.statistics import count_anew, keep_counted, scopes, statistics_of
from plans.load import load_all
from plans.model import Plan
from plans.times.calendar_periods import month_of
from storage import open_store
from storage.people import Holding
from tests.bot.operations import town
from tests.factories import CAMPUS

AT = datetime(2026, 3, 2, 10, 0, tzinfo=SHANGHAI)
PLANS = load_all()
HERE, THERE = "甲区", "乙区"
PLACES = [(place, plan) for place in (HERE, THERE) for plan in PLANS.values()]


@pytest.fixture
async def store(any_url):
    async with await open_store(any_url) as store:
        yield store


@pytest.fixture
def clock():
    return VirtualClock(AT)


def holding(place: str, plan: str, role: str, unit: str | None = None) -> Holding:
    return Holding(
        id=f"{place}-{plan}-{role}-{unit}", person_id="p", jurisdiction=place, plan_id=plan, role=role, unit=unit,
        granted_by="settings", granted_at=AT,
    )  # fmt: skip


def sees(*held: Holding, admin: bool = False) -> list[office.Scope]:
    return scopes(Reader(person_id="p", holdings=held, admin=admin), PLACES)


@pytest.mark.parametrize("plan", PLANS.values(), ids=lambda plan: plan.id)
def test_every_role_of_a_plan_sees_that_plan_in_its_jurisdiction_and_nothing_else(plan: Plan) -> None:
    for role in ("duty", *plan.roles):
        assert sees(holding(HERE, plan.id, role)) == [office.Scope(jurisdiction=HERE, plans=(plan.id,))], role


@pytest.mark.parametrize("plan", PLANS.values(), ids=lambda plan: plan.id)
def test_a_unit_sees_its_own_rows_and_the_unit_of_the_office_all(plan: Plan) -> None:
    for unit in plan.units:
        for role in ("liaison", "head"):
            [scope] = sees(holding(HERE, plan.id, role, unit.id))
            assert (scope.jurisdiction, scope.plans) == (HERE, (plan.id,))
            if unit.id == plan.office_unit:
                assert scope.own is None
            else:
                assert scope.own == {plan.id: frozenset({unit.id})}


def test_a_reporter_a_stranger_and_whoever_held_something_see_nothing() -> None:
    plan = next(iter(PLANS))
    assert sees() == []
    assert sees(holding(HERE, plan, "reporter", "事发学校")) == []
    ended = Holding(**{**vars(holding(HERE, plan, "duty")), "ended_at": AT})
    assert sees(ended) == []


def test_an_administrator_sees_his_jurisdiction_and_the_one_of_the_settings_each_for_itself() -> None:
    every = tuple(PLANS)
    plan = every[0]
    assert sees(holding(HERE, plan, "admin")) == [office.Scope(jurisdiction=HERE, plans=every)]
    both = [office.Scope(jurisdiction=place, plans=every) for place in (HERE, THERE)]
    assert sees(admin=True) == both
    assert sees(holding(HERE, plan, "admin"), holding(THERE, plan, "admin")) == both


def test_an_office_here_and_a_unit_there_are_two_things() -> None:
    one, other = list(PLANS.values())[1:3]
    unit = next(item.id for item in one.units if item.id != one.office_unit)
    found = sees(
        holding(HERE, other.id, "duty"), holding(HERE, one.id, "liaison", unit), holding(THERE, one.id, "duty")
    )
    assert found == [
        office.Scope(jurisdiction=HERE, plans=(other.id,)),
        office.Scope(jurisdiction=HERE, plans=(one.id,), own={one.id: frozenset({unit})}),
        office.Scope(jurisdiction=THERE, plans=(one.id,)),
    ]


async def test_a_question_counts_what_changed_since_the_round(store, clock):
    await town.settle(store, clock)
    service = town.service(store, clock)
    for number in range(5):
        await town.report(service, f"update:{number}")
    assert await keep_counted(service) == 5 and await keep_counted(service) == 0
    await town.report(service, "update:9")
    scope = office.Scope(jurisdiction=town.JURISDICTION, plans=(CAMPUS.id,))
    selection = scope.selection(month_of(clock.now().astimezone(SHANGHAI).date()))
    found = await statistics_of(service, selection, clock.now())
    assert (found.incidents.number, found.behind) == (6, 0)


async def test_where_many_are_behind_it_is_said_how_many(store, clock, monkeypatch):
    await town.settle(store, clock)
    service = town.service(store, clock)
    for number in range(7):
        await town.report(service, f"update:{number}")
    monkeypatch.setattr(office, "EACH_QUESTION", 3)
    scope = office.Scope(jurisdiction=town.JURISDICTION, plans=(CAMPUS.id,))
    selection = scope.selection(month_of(clock.now().astimezone(SHANGHAI).date()))
    found = await statistics_of(service, selection, clock.now())
    assert (found.incidents.number, found.behind) == (3, 4)
    assert await count_anew(service, most=100, jurisdiction="别处") == 0
    assert await count_anew(service, most=100) == 4
    assert (await statistics_of(service, selection, clock.now())).behind == 0


async def test_a_log_that_cannot_be_counted_keeps_no_other_from_it(store, clock, monkeypatch):
    await town.settle(store, clock)
    service = town.service(store, clock)
    bad, good = [await town.report(service, f"update:{number}") for number in range(2)]
    real = office.counted_case

    async def spoilt(service, rx, case):
        if case.stream == bad:
            raise KeyError("spoilt")
        return await real(service, rx, case)

    monkeypatch.setattr(office, "counted_case", spoilt)
    await keep_counted(service)
    async with store.reading() as rx:
        assert [item.stream for item in await rx.statistics.behind(10)] == [bad]
        assert await rx.statistics.of(good) is not None
