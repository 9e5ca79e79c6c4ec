"""The words before a shift: to whom, when, once; what nobody serves rings in time and not in the night."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.office.holes import shifts
from bot.office.roster import unmatched_names
from bot.office.shift_words import rung_at
from bot.render.roster import unregistered_lines
from plans.roster.overrides import gaps
from storage import open_store
from storage.people import Channel
from storage.places import Place
from tests.bot.office.duty_office import CAMPUS, MONDAY, Office, at, turn


@pytest.fixture
async def office(file_url: str):
    async with await open_store(file_url) as store, Office.open(store) as office:
        yield office


async def rounds(office: Office, until: datetime) -> None:
    """Make a round every ten minutes."""
    while office.clock.now() < until:
        await office.until(min(until, office.clock.now() + timedelta(minutes=10)))
        await office.round()


async def test_who_cannot_be_written_to_is_named_to_who_leads_the_shift(office: Office):
    await office.write(turn(2, "赵值班"), turn(2, "周主任", "带班领导", (8, 8)))
    await office.block("赵值班")
    await rounds(office, at(2, 20, 30))
    [told] = await office.told("周主任", "收不到提醒")
    assert "主班赵值班" in told and "停用了机器人" in told
    assert not await office.told("赵值班") and not await office.told("王管理", "收不到提醒")


async def test_who_has_another_way_is_reminded_by_it_all_the_same(office: Office):
    await office.write(turn(2, "赵值班"), turn(2, "周主任", "带班领导", (8, 8)))
    person = office.people["赵值班"]
    async with office.store.writing() as tx:
        await tx.places.save(Place(id="mail", chat_id=-(10**15), kind="channel", title="邮件", created_at=MONDAY))
        mail = Channel(
            id="mail", person_id=person.id, place_id="mail", kind="邮件", address="json://x", created_at=MONDAY
        )
        await tx.people.add_channel(mail)
    await office.block("赵值班")
    await rounds(office, at(2, 20, 30))
    [row] = [row for row in await office.sent() if row.person_id == person.id]
    assert row.method == "notify" and "您的主班20:00开始" in row.payload["text"]
    assert len(await office.told("周主任", "收不到提醒")) == 1


async def test_where_nobody_leads_it_the_administrators_are_told_and_of_a_leader_too(office: Office):
    await office.write(turn(2, "赵值班"), turn(2, "周主任", "带班领导", (20, 8)))
    await office.block("周主任")
    await office.block("赵值班")
    await rounds(office, at(2, 20, 30))
    assert len(await office.told("王管理", "收不到提醒")) == 2


@pytest.mark.parametrize(
    ("begins", "rung"),
    [
        (at(3, 20), at(3, 18)),
        (at(3, 8), at(3, 7, 30)),
        (at(3, 9, 15), at(3, 7, 30)),
        (at(3, 0), at(2, 21, 30)),
        (at(3, 7, 40), at(2, 21, 30)),
        (at(3, 6), at(2, 21, 30)),
    ],
)
def test_what_nobody_serves_rings_by_day(begins: datetime, rung: datetime):
    assert rung_at(begins, timedelta(hours=2)) == rung


async def test_a_name_that_nobody_bears_rings_the_seat_and_the_administrator_once_before_the_shift(office: Office):
    async with office.store.writing() as tx:
        person = office.people["李值班"]
        await tx.people.take_seat(
            "晋城市城区", "jincheng-chengqu-campus", person_id=person.id, name="李值班", since=MONDAY
        )
    await office.write(turn(2, "冯无名"), turn(3, "赵值班", hours=(8, 20)), turn(3, "冯无名", "副班", (8, 20)))
    await rounds(office, at(2, 17, 50))
    assert not await office.told("王管理", "冯无名")
    await rounds(office, at(2, 23))
    for name in ("王管理", "李值班"):
        assert len(await office.told(name, "值班表上的冯无名没有登记")) == 1
    rows = [row for row in await office.sent() if "冯无名" in str(row.payload.get("text"))]
    assert all(row.ring for row in rows)
    await rounds(office, at(3, 9))
    quiet = [row for row in await office.sent() if "冯无名" in str(row.payload.get("text")) and row not in rows]
    assert quiet and not any(row.ring for row in quiet), "the second officer is unknown, and somebody serves"


def nights(first: int, last: int) -> list:
    """Return nights alone: the office has officers by day without a roster."""
    return [turn(day, "赵值班") for day in range(first, last)]


def whole(first: int, last: int) -> list:
    return [turn(day, "赵值班", hours=(8, 8)) for day in range(first, last)]


@pytest.mark.parametrize(
    ("turns", "missing"),
    [
        (whole(2, 9), [at(9, 8)]),
        ([*whole(2, 5), *whole(6, 9)], [at(5, 8), at(9, 8)]),
        (nights(2, 20), [at(20, 20)]),
        ([*nights(2, 10), *nights(11, 14)], [at(10, 20), at(14, 20)]),
        ([turn(day, "赵值班", hours=(8, 18)) for day in range(2, 7)], []),
        ([turn(1, "赵值班", "副班", (8, 8))], []),
        ([], []),
    ],
    ids=["it ends", "a day is missing", "nights", "a night is missing", "days alone", "no first", "no roster"],
)
def test_a_gap_is_where_somebody_used_to_serve(turns: list, missing: list[datetime]):
    assert gaps(turns, at(2, 0), at(25, 0)) == missing


async def test_a_gap_rings_once_before_it_begins(office: Office):
    await office.write(*whole(1, 3))
    await rounds(office, at(3, 7, 20))
    assert not await office.told("王管理", "没有人值主班")
    await rounds(office, at(3, 12))
    assert len(await office.told("王管理", "值班表上没有人值主班")) == 1


async def test_two_shifts_at_once_are_told_once_and_by_day(office: Office):
    await office.write(turn(2, "赵值班"), turn(2, "赵值班", "副班", (18, 23)), turn(5, "钱值班"))
    await rounds(office, at(2, 12))
    [told] = await office.told("赵值班", "同时的两班")
    assert "18:00–23:00 副班 与 20:00–11月3日08:00 主班" in told
    assert not await office.told("钱值班", "同时的两班")


@pytest.mark.parametrize(
    ("written", "known", "meant"),
    [
        ("区卫健局", "区教育局", False), ("市教育局", "区教育局", False), ("教育局", "区教育局", True),
        ("区教育局值班室", "区教育局", True), ("区教育局", "", True), ("", "区教育局", True),
        ("借调", "区教育局", True), ("城区", "区教育局", True),
    ],
)  # fmt: skip
async def test_an_office_that_contradicts_means_nobody_and_that_is_said_in_time(
    office: Office, written: str, known: str, meant: bool
):
    async with office.store.writing() as tx:
        person = await tx.people.get(office.people["赵值班"].id)
        assert person is not None
        await tx.people.save(replace(person, office=known))
    shift = turn(2, "赵值班")._replace(office=written)
    await office.write(shift)
    said = f"值班表上的赵值班写的是{written}，登记的赵值班是{known}，不当作同一个人"
    async with office.store.reading() as rx:
        lines = "".join(unregistered_lines(await unmatched_names(rx, CAMPUS, [shift])))
        open_then = str(
            [item.line for item in await shifts(rx, office.service, CAMPUS.jurisdiction.name, CAMPUS, at(2, 19))]
        )
    assert (said in lines) is not meant and bool(lines) is not meant
    assert ("赵值班没有登记、单位对不上" in open_then) is not meant
    [served] = await office.all_served(shift.begins, shift.ends)
    assert (served.person is not None) is meant
    await rounds(office, at(2, 20))
    assert bool(await office.told("王管理", said)) is not meant
    assert bool(await office.told("赵值班", "您的主班")) is meant
