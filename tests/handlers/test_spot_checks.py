"""Spot checks: drawn within the office's rules, never lost, a minute to answer, a table, and none in a response."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from random import Random

import pytest

from bot.cases import records
from bot.clock import SHANGHAI
from bot.office.spot_checks import drawn, plan_spot_checks
from plans.core.policy import DEFAULT_POLICY, Policy, PolicyError
from plans.core.spot_rules import SpotRules
from plans.desk.spot_check_state import SpotCheck
from tests.handlers.test_roster import planned, today
from tests.journeys.world import Town

WEEKLY = replace(DEFAULT_POLICY, spot_checks=SpotRules(weekly=3, whom=("值班席", "带班领导", "director")))
RULES = SpotRules(weekly=4)


async def checks(town: Town) -> list[SpotCheck]:
    async with town.open_store.reading() as rx:
        cases = [await records.load_case(rx, row.stream) for row in await rx.cases.newest("spotcheck", 50)]
    return [case for case in cases if isinstance(case, SpotCheck)]


@pytest.mark.parametrize("seed", range(30))
def test_every_moment_lies_in_what_is_left_of_the_hours_of_the_week(seed: int):
    chance = Random(seed)
    begins, ends = chance.choice(((8, 18), (9, 12), (22, 6)))
    rules = replace(RULES, hours=(time(begins), time(ends)))
    now = datetime(2026, 3, 2, tzinfo=SHANGHAI) + timedelta(minutes=chance.randrange(7 * 24 * 60))
    moments = drawn(rules, now, Random(seed))
    sunday = now.date() + timedelta(days=6 - now.weekday())
    assert all(now <= moment and rules.holds(moment) for moment in moments), moments
    assert all(moment.date() <= sunday + timedelta(days=begins > ends) for moment in moments)
    assert len(moments) == 4 or (not moments and now.weekday() == 6 and now.hour >= ends)
    assert moments == drawn(rules, now, Random(seed))
    assert not moments or moments != drawn(rules, now, Random(seed + 1))


def test_the_rules_stand_in_the_policy_file_and_what_is_wrong_is_said():
    said = {"weekly": 2, "hours": "09:00-11:30", "whom": ["值班席", "副班"], "within": "PT90S", "up_to": "Ⅲ"}
    policy = Policy.parse({"spot_checks": said})
    assert Policy.parse(policy.as_data()) == policy and policy.spot_checks.within == timedelta(seconds=90)
    bad: tuple[object, ...] = (
        {"weekly": 99},
        {"hours": "早上"},
        {"whom": []},
        {"within": "一分钟"},
        {"within": "PT0S"},
        {"so": 1},
        3,
    )
    for wrong in bad:
        with pytest.raises(PolicyError, match="spot_checks"):
            Policy.parse({"spot_checks": wrong})


@pytest.fixture
async def day() -> AsyncIterator[Town]:
    """A town at ten in the morning."""
    async with Town.open(at=datetime(2026, 3, 2, 2, 0, tzinfo=UTC)) as town:
        yield town


async def test_by_night_none_is_called_by_hand_unless_the_rules_say_so(town: Town):
    await town.say(town.second, town.bot, "/spotcheck")
    assert "夜里不抽查" in str((await town.press(town.second, "现在抽查")).text)
    assert not await checks(town) and not town.told(town.duty, "【抽查】")
    assert town.program is not None
    service = town.program.service
    service.policy = replace(service.policy, spot_checks=SpotRules(hours=(time(22), time(6))))
    await town.say(town.second, town.bot, "/spotcheck")
    await town.press(town.second, "现在抽查")
    assert town.told(town.duty, "【抽查】")


async def test_in_time_late_and_silent_are_told_apart_and_stand_in_the_table(day: Town):
    town = day
    await planned(town, f"{today(town):%Y-%m-%d} 00:00-12:00 {town.second.name}")
    await town.say(town.second, town.bot, "/spotcheck")
    assert "没有设随机抽查" in town.sees(town.second, "抽查").text
    await town.press(town.second, "现在抽查")
    ring = town.sees(town.duty, "【抽查】请回复在岗")
    assert ring.rang and "您的身份：值班席" in ring.text and not town.told(town.second, "【抽查】")
    assert not town.told(town.director, "【抽查】"), "the rules name the seat alone"
    await town.clock.advance(timedelta(seconds=61))
    await town.settle()
    assert "未答：值班席 李值班" in town.sees(town.second, "抽查1号").text
    assert (await town.press(town.duty, "我在岗")).text == "已过限时，记为迟答"
    await town.say(town.second, town.bot, "/spotcheck")
    shown = town.sees(town.second, "0/1按时在岗").text
    assert "迟答：值班席 李值班（6" in shown and "未答" not in shown
    await town.press(town.second, "现在抽查")
    await town.clock.advance(timedelta(seconds=12))
    assert (await town.press(town.duty, "我在岗")).text == "已记：按时在岗"
    assert "1/1按时在岗" in town.sees(town.second, "抽查2号").text
    await town.say(town.second, town.bot, "/stats 本月")
    assert "问2人次，按时1，迟答1，未答0" in town.sees(town.second, "抽查　").text
    await town.press(town.second, "抽查 2")
    await town.press(town.second, "迟答 1")
    assert "抽查1　值班席：10:00问，迟答" in town.texts(town.second)[-1]


async def test_a_drawn_moment_outlives_a_restart_and_is_held_once(file_url: str):
    async with Town.open(file_url, policy=WEEKLY) as town:
        now = town.clock.now()
        assert town.program is not None
        service = town.program.service
        for seed in (1, 2):
            await plan_spot_checks(service, now, Random(seed))
        ahead = await checks(town)
        assert len(ahead) == 3 and all(item.state == "planned" for item in ahead), "drawn once a week"
        await town.restart(timedelta(minutes=5))
        first = min(item.at for item in ahead if item.at is not None)
        await town.clock.advance_to(first + timedelta(seconds=1))
        await town.settle()
        assert town.told(town.duty, "您的身份：值班席") and town.told(town.director, "【抽查】")
        await town.press(town.duty, "我在岗")
        await town.advance(minutes=2)
        held = [item for item in await checks(town) if item.asked_at is not None]
        assert len(held) == 1 and held[0].state == "closed"
        await town.restart(timedelta(days=7))
        await town.settle()
        later = await checks(town)
        gone = [item for item in later if item.stream in {one.stream for one in ahead}]
        assert sorted(item.state for item in gone) == ["closed", "dropped", "dropped"]
        assert {item.dropped for item in gone if item.state == "dropped"} == {"away"}
        assert len(later) == 6, "the next week has its own"


async def test_none_is_held_while_a_response_runs_and_that_is_said(running: Town):
    town = running
    await town.say(town.duty, town.bot, "/spotcheck")
    refused = await town.press(town.duty, "现在抽查")
    assert "Ⅱ级响应正在进行，不抽查" in str(refused.text)
    assert not await checks(town)
