"""``/calendar``: a link for one person's programs; what is read by it follows the roster, and ends with the person."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

import icalendar
import pytest

from bot.clock import SHANGHAI
from bot.exchange.calendars import turns_of
from bot.office.feeds import PATH
from bot.operations import proof
from bot.operations.persons import erase
from bot.playground import Person
from storage.duty_tables import BookRow, InstanceRow
from storage.people import ShiftRow
from tests.browser import Page
from tests.handlers.looking import BASE, browser
from tests.handlers.test_revoking import released
from tests.journeys.world import JURISDICTION, PLAN, Town
from tests.vouching import vouch

PHONE = "13800000000"


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    """A town whose roster has the duty officers by turns, with their mobile numbers."""
    async with Town.open(board=BASE) as town:
        day = town.clock.now().astimezone(SHANGHAI).replace(hour=8, minute=0, second=0, microsecond=0)
        rows = [row(day + timedelta(days=number), (town.duty, town.second)[number % 2].name) for number in range(6)]
        async with town.open_store.writing() as tx:
            await vouch(tx, town.clock.now())
            await tx.people.replace_shifts(JURISDICTION, PLAN, day, day + timedelta(days=9), rows)
        yield town
        async with town.open_store.reading() as rx:
            assert [item for item in await proof.examine(rx, town.clock.now()) if item.kind == "feed"] == []


def row(begins: datetime, name: str) -> ShiftRow:
    return ShiftRow(
        jurisdiction=JURISDICTION, plan_id=PLAN, begins=begins, ends=begins + timedelta(days=1), kind="主班", name=name,
        phone=PHONE, office="",
    )  # fmt: skip


async def link(town: Town, person: Person, label: str = "我的值班和职责") -> str:
    """Let somebody make a link, and return its path."""
    await town.say(person, town.bot, "/calendar")
    found = [text for line in person.timeline(town.bot)[-1:] for text in line.labels() if label in text]
    await town.press(person, found[0])
    return path_of(town, person)


def path_of(town: Town, person: Person) -> str:
    return urlsplit(re.findall(rf"{BASE}\S+", town.sees(person, "只显示这一次").text)[-1]).path


async def read(town: Town, path: str, **headers: str) -> Page:
    return await browser(town).ask("GET", path, site="", headers=headers)


def tag(page: Page) -> str:
    return next(value for name, value in page.headers.items() if name.lower() == "etag")


async def test_a_person_reads_his_own_shifts_and_an_officer_the_roster(town: Town) -> None:
    own, roster = await link(town, town.duty), await link(town, town.duty, "值班表")
    mine, all_of_it = await read(town, own), await read(town, roster)
    assert mine.status == all_of_it.status == 200 and mine.headers["Content-Type"].startswith("text/calendar")
    shown = turns_of(mine.text.encode(), town.clock.now())
    assert {turn.name for turn in shown.turns} == {town.duty.name} and len(shown.turns) == 3
    assert len(turns_of(all_of_it.text.encode(), town.clock.now()).turns) == 6
    for page in (mine, all_of_it):
        assert PHONE not in page.text and not icalendar.Calendar.from_ical(page.text).errors
        assert "private" in page.headers["Cache-Control"] and page.headers["X-Robots-Tag"].startswith("noindex")
    assert (await read(town, own, **{"If-None-Match": tag(mine)})).status == 304
    await town.advance(hours=2)
    assert tag(await read(town, own)) == tag(mine), "nothing changed"
    uids = re.findall(r"UID:\S+", mine.text)
    async with town.open_store.writing() as tx:
        day = shown.turns[0].begins
        await tx.people.replace_shifts(JURISDICTION, PLAN, day, day + timedelta(days=1), [row(day, town.second.name)])
    after = await read(town, own)
    assert tag(after) != tag(mine) and set(re.findall(r"UID:\S+", after.text)) == set(uids[1:])


async def test_the_link_is_shown_once_ended_at_will_and_kept_nowhere(town: Town) -> None:
    first = await link(town, town.duty)
    await town.say(town.duty, town.bot, "/calendar")
    await town.press(town.duty, "换新 1")
    second = path_of(town, town.duty)
    assert first != second
    assert [(await read(town, path)).status for path in (first, second)] == [404, 200]
    await town.say(town.duty, town.bot, "/calendar")
    await town.press(town.duty, "停用 1")
    assert (await read(town, second)).status == 404
    async with town.open_store.reading() as rx:
        kept = str([await rx.feeds.of_person(one.id) for one in await rx.people.by_name("李值班")])
        kept += str(await rx.journal.load(f"admin:{JURISDICTION}")) + str(
            [row.payload for row in (await rx.outbox.to_person((await rx.people.by_name("李值班"))[0].id))]
        )
    for path in (first, second):
        assert path.removeprefix(PATH).removesuffix(".ics") not in kept + str(town.log)


async def test_nobody_reads_what_is_not_or_not_any_more_his(town: Town) -> None:
    """No secret, a wrong one, one of another kind, an ended one, of who lost the role, blocked the bot, was erased."""
    own, of_second = await link(town, town.duty), await link(town, town.second)
    of_head, roster = await link(town, town.head), await link(town, town.second, "值班表")
    name = own.removeprefix(PATH).removesuffix(".ics")
    for path in (
        f"{PATH}.ics", f"{PATH}{'x' * 22}.ics", f"{PATH}{name[:-1]}.ics", f"{PATH}{name}x.ics", f"{PATH}{name}",
        f"{PATH}{name.swapcase()}.ics", f"{PATH}%00{name}.ics", f"{PATH}../wall.ics", f"{PATH}{name}.ics/x",
    ):  # fmt: skip
        page = await read(town, path)
        assert page.status == 404 and "VEVENT" not in page.text, path
    assert (await read(town, of_head)).status == 200
    town.head.block(town.bot)
    await town.settle()
    assert (await read(town, of_head)).status == 404
    await released(town, "周值班 值班员")
    assert [(await read(town, path)).status for path in (of_second, roster)] == [404, 404]
    await town.grant(town.second, "duty")
    assert (await read(town, of_second)).status == 404, "who comes back makes a new one"
    async with town.open_store.reading() as rx:
        [person] = await rx.people.by_name("李值班")
    assert (await read(town, own)).status == 200
    await erase(town.open_store, person, by="孙管理", reason="申请", now=town.clock.now())
    assert (await read(town, own)).status == 404
    async with town.open_store.reading() as rx:
        assert await rx.feeds.of_person(person.id) == []


async def test_who_asks_too_often_waits_and_who_guesses_too(town: Town) -> None:
    own = await link(town, town.duty)
    assert [(await read(town, own)).status for _ in range(22)].count(429) == 2
    other = browser(town, "10.9.9.9")
    statuses = [(await other.ask("GET", f"{PATH}{'y' * 22}.ics", site="")).status for _ in range(62)]
    assert statuses.count(404) == 60 and statuses[-1] == 429


async def test_only_in_private_and_only_for_who_holds_something(town: Town) -> None:
    await town.say(town.duty, town.group, "/calendar@tocsin_bot")
    assert "私聊" in town.sees(town.duty, "日历的链接只发给本人").text
    town.stranger.start(town.bot)
    await town.settle()
    await town.say(town.stranger, town.bot, "/calendar")
    assert not town.stranger.timeline(town.bot)[-1].labels() or "值班" not in str(
        town.stranger.timeline(town.bot)[-1].labels()
    )


async def test_duties_stand_on_their_last_day_until_something_is_said_of_them(town: Town) -> None:
    unit, person = next(iter(town.liaisons.items()))
    day = town.clock.now().astimezone(SHANGHAI).date() + timedelta(days=20)
    book = BookRow(
        stream="duty:1", jurisdiction=JURISDICTION, plan_id=PLAN, plan_hash="h", bearer_kind="unit", bearer=unit,
        title=unit, kinds="", year=2026, number=1, state="open", sequence=1,
    )  # fmt: skip
    waits = InstanceRow(
        jurisdiction=JURISDICTION, plan_id=PLAN, bearer_kind="unit", bearer=unit, duty="inspection", period="2026-Q1",
        first=day - timedelta(days=60), last=day, due=datetime.combine(day, time(23, 59), SHANGHAI), name="", said="",
        settled_at=None, returned_at=None, evidence=0, stream="duty:1", year=2026,
    )  # fmt: skip
    other = replace(waits, duty="daily", period="2026-03-20", first=day, last=day)
    async with town.open_store.writing() as tx:
        await tx.duties.write(book, [waits, other])
    path = await link(town, person)
    page = await read(town, path)
    event: Any
    [event] = icalendar.Calendar.from_ical(page.text).walk("VEVENT")
    assert event["DTSTART"].dt == day and "职责：" in event["SUMMARY"] and unit in event["DESCRIPTION"]
    assert not turns_of(page.text.encode(), town.clock.now()).turns, "a duty is no turn when it is imported"
    async with town.open_store.writing() as tx:
        await tx.duties.write(book, [replace(waits, said="done", settled_at=town.clock.now()), other])
    assert "VEVENT" not in (await read(town, path)).text
