"""Buttons of the office, of no incident: each acts once, on what it was shown for, by whoever may."""

from __future__ import annotations

from datetime import datetime

from bot.clock import SHANGHAI
from bot.playground import Person
from tests.handlers.forging import FORGIVEN, Forger
from tests.journeys.world import JURISDICTION, PLAN, STAMPEDE, Town


def today(town: Town) -> datetime:
    return town.clock.now().astimezone(SHANGHAI)


async def seated(town: Town) -> str:
    async with town.open_store.reading() as rx:
        seat = await rx.people.seat(JURISDICTION, PLAN)
    return seat.name if seat is not None else ""


async def turns(town: Town) -> list[str]:
    async with town.open_store.reading() as rx:
        now = town.clock.now()
        rows = await rx.people.shifts(JURISDICTION, PLAN, now, now.replace(year=now.year + 1))
    return [row.name for row in rows]


async def press_old(town: Town, person: Person, message: object, label: str) -> str:
    found = person.press(message, label)  # type: ignore[arg-type]
    await town.settle()
    return found.text or ""


async def test_an_old_roster_preview_does_not_overwrite_what_was_written_since(town: Town) -> None:
    day = f"{today(town):%Y-%m-%d}"
    await town.say(town.admin, town.bot, f"/roster\n{day} 08:00-12:00 {town.second.name}")
    old = town.button(town.admin, "确认修改")
    await town.say(town.admin, town.bot, f"/roster\n{day} 08:00-12:00 {town.duty.name}")
    await press_old(town, town.admin, town.button(town.admin, "确认修改"), "确认修改")
    assert await turns(town) == [town.duty.name]
    assert "值班表有变化" in await press_old(town, town.admin, old, "确认修改")
    assert await turns(town) == [town.duty.name]
    again = town.button(town.admin, "确认修改")
    assert again.id == old.id and town.second.name in again.text
    await press_old(town, town.admin, again, "确认修改")
    assert await turns(town) == [town.second.name]


async def test_an_old_offer_of_the_seat_takes_nothing_from_whoever_sat_down_since(town: Town) -> None:
    await town.say(town.admin, town.bot, f"/roster\n{today(town):%Y-%m-%d} 04:00-05:00 {town.second.name}")
    await town.press(town.admin, "确认修改")
    await town.advance(minutes=60)
    old = town.button(town.second, "我接班")
    await town.say(town.second, town.bot, "/shift")
    await town.say(town.duty, town.bot, "/shift")
    assert "已由李值班接班" in await press_old(town, town.second, old, "我接班")
    assert await seated(town) == town.duty.name


async def test_an_offer_of_the_seat_ends_with_its_turn(town: Town) -> None:
    await town.say(town.admin, town.bot, f"/roster\n{today(town):%Y-%m-%d} 04:00-05:00 {town.second.name}")
    await town.press(town.admin, "确认修改")
    await town.advance(minutes=60)
    old = town.button(town.second, "我接班")
    await town.advance(minutes=60)
    assert "这一班已经结束" in await press_old(town, town.second, old, "我接班")
    assert await seated(town) == town.duty.name


async def test_pausing_reaches_the_drills_that_ran_then_and_no_later_one(town: Town) -> None:
    await town.say(town.duty, town.bot, "/drill 演练：操场踩踏")
    await town.say(town.head, town.bot, STAMPEDE)
    old = town.button(town.duty, "暂停演练")
    await town.say(town.duty, town.bot, "/reject 演练1 演练结束")
    await town.say(town.duty, town.bot, "/drill 演练：食堂呕吐")
    pressed = await press_old(town, town.duty, old, "暂停演练")
    assert "没有要暂停的演练" in pressed
    assert not (await town.incident(2, drill=True)).paused


async def test_a_button_that_binds_does_nothing_after_the_group_was_bound_otherwise(town: Town) -> None:
    group = await town.add_group("另一群", "school", town.admin)
    await town.say(town.admin, group, "/unbind@tocsin_bot " + PLAN)
    await town.say(town.admin, group, "/bind@tocsin_bot")
    offered = town.sees(town.admin, PLAN, group)
    label = next(label for label in offered.labels() if "城区校园" in label)
    old = offered
    await town.say(town.admin, group, f"/bind@tocsin_bot {PLAN} 学校群")
    await press_old(town, town.admin, old, label)
    async with town.open_store.reading() as rx:
        place = await rx.places.by_chat(group.id)
    assert place is not None and place.kind == "school"


async def test_a_claim_is_decided_once_and_by_an_administrator_of_the_place(town: Town) -> None:
    town.forgiven = FORGIVEN
    town.teacher.start(town.bot)
    await town.settle()
    await town.say(town.teacher, town.bot, f"/join 值班员 {PLAN}")
    await town.say(town.teacher, town.bot, "何敏 区教育局")
    await town.press(town.admin, "不批准")
    await Forger(town).replay(town.admin, "claim")
    async with town.open_store.reading() as rx:
        known = await rx.people.by_telegram(town.teacher.id)
        assert known is not None and await rx.people.holdings(known.id) == []
