"""替班: asked with one tap, taken with one tap, one shift changes and only those whose shift it is are told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.clock import SHANGHAI
from bot.office.roster import watch
from bot.playground import Person
from plans.core.policy import Policy
from tests.journeys.world import PLAN, UNITS, Town, plans

AFTERNOON = datetime(2026, 3, 2, 8, 40, tzinfo=UTC)
"""Monday, 16:40 in Jincheng."""


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with Town.open(at=AFTERNOON) as town:
        yield town


async def planned(town: Town, *lines: str) -> None:
    await town.say(town.admin, town.bot, "/roster\n" + "\n".join(lines))
    await town.press(town.admin, "确认修改")


def nights(town: Town, leader: str = "") -> list[str]:
    """The duty officer has this night and the next; the other one the day between."""
    label = f"带班：{leader} 值班：" if leader else ""
    return [
        f"2026-03-02 20:00-次日08:00 {label}{town.duty.name}",
        f"2026-03-03 08:00-20:00 {town.second.name}",
        f"2026-03-03 20:00-次日08:00 {town.duty.name}",
    ]


@pytest.mark.parametrize("role", ["liaison", "head", "duty", "director", "admin", "unconfirmed", "nobody's roster"])
async def test_who_has_no_shift_reads_why_and_who_keeps_the_roster(town: Town, role: str):
    if role != "nobody's roster":
        await planned(town, f"2026-03-03 08:00-20:00 {town.second.name}")
    who = town.liaisons[UNITS[0]] if role == "liaison" else getattr(town, role, town.duty)
    if role == "unconfirmed":
        async with town.open_store.writing() as tx:
            known = await tx.people.by_telegram(who.id)
            assert known is not None
            await tx.people.save(replace(known, real_name="", confirmed_at=None))
    await town.say(who, town.bot, "/swap 孩子病了")
    why = {
        "liaison": "您没有排班，没有班要换。", "head": "您没有排班，没有班要换。",
    "unconfirmed": "请发 /name 姓名 单位 电话",
        "nobody's roster": "还没有今后的值班表",
    }.get(role, f"与您核实的（{who.name}）不一样")  # fmt: skip
    said = town.texts(who)[-1]
    assert why in said
    assert ("值班表由您管理：/roster" if role == "admin" else f"值班表由{town.admin.name}管理。") in said
    assert ("/setup" in said) is (role == "admin"), "nobody is sent where he may not go"


async def on_duty(town: Town, day: int, hour: int) -> list[str]:
    """Return who is on duty at an hour of a day in March, in Jincheng."""
    async with town.open_store.reading() as rx:
        moment = datetime(2026, 3, day, hour, tzinfo=SHANGHAI)
        return [turn.name for turn in (await watch(rx, plans()[PLAN], moment)).now]


async def asked(town: Town, reason: str = "") -> None:
    await town.say(town.duty, town.bot, f"/swap {reason}")
    await town.press(town.duty, "1 请人替")


async def test_one_tap_asks_and_one_tap_takes_and_one_shift_changes(town: Town):
    await planned(town, *nights(town))
    await asked(town, "孩子发烧")
    question = town.sees(town.second, "请人替班").text
    assert "孩子发烧" in question and "3月3日08:00 主班" in question and "您这段时间已有" not in question
    assert "有人替、没人替都会再告诉您" in town.sees(town.admin, "请人替班").text, "nobody leads it on the roster"
    assert "没有人替，仍由您值" in town.sees(town.duty, "已问1位同事").text
    await town.press(town.second, "我来替")
    assert "20:00–3月3日08:00 主班" in town.sees(town.second, f"由您替{town.duty.name}值").text
    town.sees(town.duty, f"{town.second.name}替您值")
    town.sees(town.admin, f"由{town.duty.name}改为{town.second.name}")
    for person in (town.director, town.commander, town.deputy, town.head):
        assert not town.told(person, "替"), person.name
    assert await on_duty(town, 2, 23) == [town.second.name]
    assert await on_duty(town, 3, 23) == [town.duty.name], "the next night is as it was"
    await town.say(town.duty, town.bot, "/swap")
    assert "1. 3月3日20:00" in town.sees(town.duty, "您的班").text
    # At the hour the reminder is the substitute's, with the seat.
    await town.until(20, 1)
    reminder = town.sees(town.second, "您的主班20:00开始")
    assert f"这一班您替{town.duty.name}值" in reminder.text and not town.told(town.duty, "您的主班20:00")
    await town.until(20, 15)
    town.sees(town.second, f"按值班表应由{town.second.name}接班")
    await town.press(town.second, "我接班", words="按值班表应由")
    await town.say(town.duty, town.bot, "/duty")
    assert "不一致" not in town.sees(town.duty, "值班席：").text


async def test_who_leads_the_shift_is_told_and_not_the_administrator(town: Town):
    await planned(town, *nights(town, town.director.name))
    await asked(town)
    town.sees(town.director, "请人替班")
    await town.press(town.second, "我来替")
    town.sees(town.director, f"由{town.duty.name}改为{town.second.name}")
    assert not town.told(town.admin, "请人替班") and not town.told(town.admin, "改为")


async def test_where_the_office_wants_it_the_leader_is_asked_first():
    async with Town.open(at=AFTERNOON, policy=replace(Policy(), swap_approval=True)) as town:
        await planned(town, *nights(town, town.director.name))
        await asked(town)
        assert "带班领导同意后生效" in town.sees(town.second, "请人替班").text
        await town.press(town.second, "我来替")
        assert f"等{town.director.name}同意" in town.sees(town.duty, "愿意替").text
        assert await on_duty(town, 2, 23) == [town.director.name, town.duty.name], "nothing before it is approved"
        await town.press(town.director, "不同意")
        town.sees(town.duty, f"{town.director.name}没有同意换班，仍由您值")
        town.sees(town.second, "您不用替")
        await town.press(town.duty, "请人替班", words="没有同意换班")
        await town.press(town.second, "我来替")
        await town.press(town.director, "同意")
        town.sees(town.duty, f"{town.second.name}替您值")
        assert await on_duty(town, 2, 23) == [town.director.name, town.second.name]


async def test_the_others_read_by_an_edit_that_it_is_settled(town: Town):
    third = town.world.add_user("郑值班")
    third.start(town.bot)
    await town.settle()
    await town.grant(third, "duty")
    await planned(town, *nights(town))
    await asked(town)
    counting = town.count(third)
    await town.press(town.second, "我来替")
    assert not counting.new, "no message, so that nobody is rung"
    seen = town.sees(third, "请人替班")
    assert seen.text.startswith(f"已由{town.second.name}替") and not seen.labels()


async def test_a_mistake_is_taken_back_within_a_minute_and_the_shift_goes_back(town: Town):
    await planned(town, *nights(town))
    await asked(town)
    await town.press(town.second, "我来替")
    await town.press(town.second, "按错了")
    town.sees(town.duty, f"换班作废：{town.second.name}撤回了")
    assert await on_duty(town, 2, 23) == [town.duty.name]
    await town.press(town.duty, "请人替班", words="换班作废")
    await town.press(town.second, "我来替")
    await town.advance(minutes=2)
    shown = await town.press(town.second, "按错了")
    assert await on_duty(town, 2, 23) == [town.second.name]
    assert "已过可撤回的时间" in str(shown.text)


async def test_a_request_that_nobody_takes_says_so_and_one_that_is_withdrawn_is_over(town: Town):
    await planned(town, *nights(town))
    await asked(town)
    await town.until(18, 40)
    town.sees(town.duty, "还没有人替")
    town.sees(town.admin, "还没有人替")
    await town.press(town.duty, "撤回请求")
    assert town.sees(town.second, "请人替班").text.startswith("李值班已撤回")
    await town.say(town.duty, town.bot, "/swap")
    await town.press(town.duty, "1 请人替")
    await town.until(20, 15)
    assert town.sees(town.second, "请人替班").text.startswith("这一班已经开始或结束")
    assert await on_duty(town, 2, 23) == [town.duty.name]


async def test_the_rest_of_a_shift_that_runs_is_taken_from_now_on(town: Town):
    await planned(town, f"2026-03-02 08:00-次日08:00 {town.duty.name}")
    await town.sit(town.duty)
    await asked(town)
    await town.press(town.second, "我来替")
    town.sees(town.second, "请现在点“我接班”")
    assert await on_duty(town, 2, 12) == [town.duty.name], "until then it was hers"
    assert await on_duty(town, 2, 20) == [town.second.name]
    await town.press(town.second, "我接班")
    await town.say(town.duty, town.bot, "/duty")
    assert f"值班席：{town.second.name}" in town.sees(town.duty, "值班席：").text


async def test_two_shifts_are_exchanged_between_the_two_alone(town: Town):
    await planned(town, *nights(town))
    await town.say(town.duty, town.bot, "/swap")
    await town.press(town.duty, "1 与人换")
    await town.press(town.duty, "换 1")
    town.sees(town.second, "想与您换班")
    await town.press(town.second, "同意换班")
    assert await on_duty(town, 2, 23) == [town.second.name] and await on_duty(town, 3, 12) == [town.duty.name]
    for person in (town.duty, town.second):
        town.sees(person, "换班已定")
    town.sees(town.admin, "换班：")


async def leaves_the_role(town: Town, person: Person) -> None:
    await town.say(town.admin, town.bot, f"/invite 解除 {person.name}")
    await town.press(town.admin, "确认解除")


async def blocks(town: Town, person: Person) -> None:
    person.block(town.bot)
    await town.settle()


async def rewritten(town: Town, person: Person) -> None:
    await planned(town, f"2026-03-02 19:00-次日08:00 {town.duty.name}")


@pytest.mark.parametrize(
    ("falls", "why", "then"),
    [
        (leaves_the_role, "已不担任这一职务", "duty"),
        (blocks, "停用了机器人", "duty"),
        (rewritten, "值班表重新写过", "duty"),
    ],
)
async def test_what_falls_through_says_so(
    town: Town, falls: Callable[[Town, Person], Awaitable[None]], why: str, then: str
):
    await planned(town, *nights(town))
    await asked(town)
    await town.press(town.second, "我来替")
    await falls(town, town.second)
    await town.advance(minutes=11)
    serves = getattr(town, then)
    assert await on_duty(town, 2, 23) == [serves.name]
    assert why in town.sees(serves, "换班作废").text and "由您值" in town.sees(serves, "换班作废").text
    told = town.sees(town.admin, "换班作废")
    assert why in told.text


async def test_a_roster_that_undoes_a_replacement_shows_it_before_it_is_written(town: Town):
    await planned(town, *nights(town))
    await asked(town)
    await town.press(town.second, "我来替")
    await town.say(town.admin, town.bot, "/roster\n" + "\n".join(nights(town)))
    assert "作废" not in town.sees(town.admin, "将改值班表").text, "the same shift stands there again"
    await town.press(town.admin, "确认修改")
    assert await on_duty(town, 2, 23) == [town.second.name]
    await town.say(town.admin, town.bot, f"/roster\n2026-03-02 18:00-次日08:00 {town.duty.name}")
    shown = town.sees(town.admin, "将改值班表").text
    assert f"· 20:00 主班 {town.duty.name}的班，现由{town.second.name}值" in shown
    await town.press(town.admin, "确认修改")
    assert await on_duty(town, 2, 23) == [town.duty.name]
    town.sees(town.second, "换班作废：值班表重新写过")
