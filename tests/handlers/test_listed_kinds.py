"""Administrators are told which kinds a plan's warnings call that their list does not know."""

from __future__ import annotations

import pytest

from bot.office.people import missing
from bot.render.people import check
from plans.load import load_all
from tests.handlers.test_bodies import listed
from tests.journeys.world import PLAN, Town

PLANS = load_all()


def row(name: str, kind: str = "") -> tuple[str, ...]:
    return (name, name, "", kind, "", "", "")


LISTS = [
    ((row("凤鸣小学", "小学"),), ("幼儿园", "镇街")),
    ((row("凤鸣小学"), row("南苑幼儿园")), ("镇街",)),
    ((row("凤鸣小学"), row("南苑幼儿园"), row("城关镇", "镇街")), ()),
]


@pytest.mark.parametrize(("rows", "absent"), LISTS)
async def test_what_is_called_and_not_listed_is_named_and_what_is_listed_is_not(town: Town, rows, absent):
    await listed(town, *rows)
    async with town.open_store.reading() as rx:
        found = await missing(rx, PLANS[PLAN], town.clock.now())
    assert found.kinds == absent
    assert ("预警要叫应、单位名册里却一个也没有的类别" in check("某预案", found)) == bool(absent)


@pytest.mark.parametrize("plan", PLANS.values(), ids=lambda plan: plan.id)
async def test_without_a_list_nothing_is_said_of_kinds(town: Town, plan):
    async with town.open_store.reading() as rx:
        assert (await missing(rx, plan, town.clock.now())).kinds == ()
