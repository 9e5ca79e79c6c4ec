"""``/duties 代录`` in the chat: by name, number, who said it and when; the bearer signs it or objects."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.clock import SHANGHAI
from bot.operations.persons import kept_about
from tests.handlers.test_duty import UNIT, book, opened
from tests.journeys.world import PLAN, Town

DECEMBER = datetime(2026, 12, 28, 10, 30, tzinfo=SHANGHAI)


@pytest.fixture
async def office(monkeypatch):
    async with Town.open(at=DECEMBER) as town:
        async with town.open_store.writing() as tx:
            from storage.duty_tables import DutySwitch

            known = await tx.people.by_telegram(town.admin.id)
            assert known is not None
            place = "晋城市城区"
            await tx.duties.switch(
                DutySwitch(jurisdiction=place, plan_id=PLAN, on=True, since=town.clock.now(), by=known.id)
            )
        yield town


async def test_what_was_said_on_the_telephone_is_recorded_signed_and_shown(office: Town):
    stream = await opened(office)
    liaison = office.liaisons[UNIT]
    name = "联络6"
    await office.say(office.duty, office.bot, f"/duties 代录 {UNIT}")
    page = office.sees(office.duty, "电话代录").text
    assert "1　" in page and name in page
    await office.say(office.duty, office.bot, f"/duties 代录 {UNIT} 1 {name} 10:05 已报送评估")
    office.sees(office.duty, f"已代录：{UNIT}")
    told = office.sees(liaison, "值班室代录").text
    assert f"{name} 10:05电话所说，李值班代录，未补签" in told and "已报送评估" in told
    [kept] = [item for item in (await book(office, stream)).instances.values() if item.told is not None]
    assert kept.told is not None and kept.said == "done" and not kept.told.signed and kept.told.spoken_id
    press = await office.press(liaison, "补签", words="值班室代录")
    assert "已补签" in (press.text or "")
    [kept] = [item for item in (await book(office, stream)).instances.values() if item.told is not None]
    assert kept.told is not None and kept.told.signed
    async with office.open_store.reading() as rx:
        person = await rx.people.by_telegram(liaison.id)
        assert person is not None
        assert any(entry["event"] == "duty-settled" for entry in (await kept_about(rx, person))["record"])


async def test_the_bearer_objects_and_the_office_hears_it(office: Town):
    stream = await opened(office)
    liaison = office.liaisons[UNIT]
    await office.say(office.duty, office.bot, f"/duties 代录 {UNIT} 1 门卫 10:05")
    await office.press(liaison, "不是这样", words="值班室代录")
    assert "已恢复待办" in office.sees(office.duty, "对代录有异议").text
    assert not [item for item in (await book(office, stream)).instances.values() if item.settled]
    await office.say(office.duty, office.bot, f"/duties 代录 {UNIT}")
    assert "对代录有异议" in office.told(office.duty, "电话代录")[-1].text


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/duties 代录", "请写明是谁的职责"),
        ("/duties 代录 没有这个单位", "请写明是谁的职责"),
        (f"/duties 代录 {UNIT} 99 某人", "电话代录"),
        (f"/duties 代录 {UNIT} 1", "电话代录"),
        (f"/duties 代录 {UNIT} 1 某人 不适用", "请"),
    ],
)
async def test_what_is_left_out_is_asked_for(office: Town, said: str, answer: str):
    stream = await opened(office)
    await office.say(office.duty, office.bot, said)
    office.sees(office.duty, answer)
    assert not [item for item in (await book(office, stream)).instances.values() if item.settled]


async def test_nobody_but_the_office_records(office: Town):
    stream = await opened(office)
    for person in (office.liaisons[UNIT], office.head, office.admin):
        await office.say(person, office.bot, f"/duties 代录 {UNIT} 1 某人 10:05")
    assert not [item for item in (await book(office, stream)).instances.values() if item.settled]
