"""``/wall``: an administrator sees which screen waits, and lets it show one jurisdiction until he ends it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.office import walls
from bot.office.accepting import grant
from bot.office.administration import AdminResult
from bot.operations import proof
from bot.playground import Group
from bot.sealed import digest
from bot.service import Requester
from bot.web import access
from storage.web_sessions import WebScreen
from tests import stage
from tests.browser import Browser
from tests.handlers.looking import BASE, browser, code, hung, paired, probed, viewer
from tests.handlers.test_revoking import released
from tests.journeys.world import JURISDICTION, PLAN, Town, plans
from tests.vouching import vouch

CITY, WATER = "晋城市", "jincheng-water-rescue"


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    """Two jurisdictions: 孙管理 has both by the settings, 周值班 administers the second, 陈主任 the first."""
    async with Town.open(board=BASE) as town:
        await second_place(town)
        yield town
        async with town.open_store.reading() as rx:
            faults = [*await rx.journal.verify(), *await proof.examine(rx, town.clock.now())]
            assert [fault for fault in faults if fault.kind == "session"] == []


async def second_place(town: Town) -> Group:
    group = town.world.add_group("水上救援指挥群", owner=town.admin, members=[town.bot, town.second])
    town.admin.send(group, "/help@tocsin_bot")
    await town.settle()
    water = plans()[WATER]
    async with town.open_store.writing() as tx:
        place = await tx.places.by_chat(group.id)
        known = [await tx.people.by_telegram(person.id) for person in (town.second, town.director)]
        assert place is not None and known[0] is not None and known[1] is not None
        await stage.bind(tx, place, water, "command", at=town.clock.now())
        assert town.program is not None
        service = town.program.service
        for person, plan in ((known[0], water), (known[1], plans()[PLAN])):
            await grant(
                service, tx, person, plan, "admin", None, by="settings", cause=f"admin:{plan.id}", now=town.clock.now()
            )
        await vouch(tx, town.clock.now())
    return group


@pytest.fixture
async def screen(town: Town) -> AsyncIterator[Browser]:
    """A screen before pages that only tell who looks, in whatever state the pages of the board are."""
    async with probed(town) as port:
        yield Browser(port, BASE, "10.0.0.8")


async def shows(screen: Browser) -> str:
    """Return what a screen shows: the jurisdiction, or nothing where it waits."""
    page = await screen.get("/wall", site="same-origin")
    return page.text.removeprefix("wall ") if page.text.startswith("wall ") else ""


async def asked(town: Town, screen: Browser, by: object = None) -> str:
    """Let an administrator send the code that a screen shows; return what he reads."""
    person = by or town.admin
    await town.say(person, town.bot, f"/wall {await code(screen)}")  # type: ignore[arg-type]
    return town.texts(person)[-1]  # type: ignore[arg-type]


async def events(town: Town, jurisdiction: str = JURISDICTION) -> list[str]:
    async with town.open_store.reading() as rx:
        entries = await rx.journal.load(f"admin:{jurisdiction}")
    return [entry.event for entry in entries if entry.event.startswith(("board", "wall"))]


def test_codes_are_read_as_people_type_them() -> None:
    shown = walls.code_of("x" * 43)
    assert len(shown) == walls.LENGTH and set(shown) <= set(walls.LETTERS)
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in shown)
    for said in (shown, shown.lower(), f"{shown[:3]} {shown[3:]}", f" {shown[:3]}-{shown[3:]} ", wide):
        assert walls.read_code(said) == shown
    for said in ("", shown[:5], f"{shown}A", "O0I1L5", "大屏大屏大屏", "AC3K9\u0301M"):
        assert walls.read_code(said) is None


def test_no_letter_of_a_code_looks_like_another() -> None:
    for alike in ("0OQD", "1IL", "2Z", "5S", "8B", "UV"):
        assert len(set(alike) & set(walls.LETTERS)) <= 1, alike
    assert len({walls.code_of(str(number)) for number in range(2000)}) > 1990


async def test_a_screen_shows_a_code_and_nothing_else_until_it_is_confirmed(town: Town, screen: Browser) -> None:
    first = await code(screen)
    assert await code(screen) == first and len(screen.cookies) == 1  # the same as long as it holds
    page = await screen.get("/wall", site="same-origin")
    assert JURISDICTION not in page.text and CITY not in page.text
    said = await asked(town, screen)
    assert first in said and "10.0.0.8" in said and "03:06" in said and "请选它显示哪一个" in said
    assert await shows(screen) == ""
    await town.press(town.admin, f"确认，显示{JURISDICTION}")
    assert await shows(screen) == JURISDICTION
    assert await shows(screen) == JURISDICTION
    await town.say(town.admin, town.bot, "/wall")
    listed = town.texts(town.admin)[-1]
    assert "已配对的大屏（1）" in listed and "孙管理" in listed and "10.0.0.8" in listed
    pressed = await town.press(town.admin, f"解除 1 {JURISDICTION}")
    assert "已解除" in (pressed.text or "")
    assert await shows(screen) == ""
    assert await code(screen) != first
    assert "早已解除" in ((await town.press(town.admin, f"解除 1 {JURISDICTION}")).text or "")
    assert await events(town) == ["wall-paired", "wall-opened", "board-closed"]


async def test_a_code_is_renewed_and_the_old_one_pairs_nothing(town: Town, screen: Browser) -> None:
    old = await code(screen)
    await asked(town, screen)
    await town.advance(minutes=10)
    new = await code(screen)
    assert new != old
    pressed = await town.press(town.admin, f"确认，显示{JURISDICTION}")
    assert "没有屏幕在显示这个码" in (pressed.text or "")
    await town.say(town.admin, town.bot, f"/wall {old}")
    assert "没有屏幕在显示这个码" in town.texts(town.admin)[-1]
    assert await shows(screen) == "" and await events(town) == []


async def test_what_is_confirmed_is_the_screen_that_was_shown(town: Town, screen: Browser) -> None:
    """Another screen that shows the very same code later is not meant by a button of before."""
    shown = await code(screen)
    await asked(town, screen)
    [secret] = screen.cookies.values()
    async with town.open_store.writing() as tx:
        first = await tx.web_sessions.take_screen(digest(secret), town.clock.now())
        assert first is not None
        assert await tx.web_sessions.wait(replace(first, digest=digest("an attacker's")))
        assert (await tx.web_sessions.showing(digest(shown.replace(" ", "")), town.clock.now())) is not None
    pressed = await town.press(town.admin, f"确认，显示{JURISDICTION}")
    assert "没有屏幕在显示这个码" in (pressed.text or "")
    assert await events(town) == []


async def test_a_screen_is_paired_once(town: Town, screen: Browser) -> None:
    await asked(town, screen)
    await asked(town, screen, town.director)
    await town.press(town.director, f"确认，显示{JURISDICTION}")
    for jurisdiction in (JURISDICTION, CITY):
        pressed = await town.press(town.admin, f"确认，显示{jurisdiction}")
        assert "没有屏幕在显示这个码" in (pressed.text or "")
    assert await events(town, CITY) == []


async def test_who_administers_one_jurisdiction_pairs_for_that_alone(town: Town, screen: Browser) -> None:
    said = await asked(town, screen, town.second)
    assert f"确认后显示　{CITY}" in said
    assert town.sees(town.second, "配对码").labels() == [f"确认，显示{CITY}"]
    await town.press(town.second, f"确认，显示{CITY}")
    assert await shows(screen) == CITY
    for person, seen in ((town.second, True), (town.director, False), (town.admin, True)):
        await town.say(person, town.bot, "/wall")
        assert (CITY in town.texts(person)[-1]) == seen


async def test_a_button_that_was_forged_for_another_jurisdiction_does_nothing(town: Town, screen: Browser) -> None:
    assert town.program is not None
    [secret] = [await code(screen) and screen.cookies["__Host-tocsin-wall"]]
    wall = await hung(town)
    async with town.open_store.reading() as rx:
        person = await rx.people.by_telegram(town.second.id)
    assert person is not None
    service, asks = town.program.service, Requester(person_id=person.id)
    done = [
        await walls.pair(service, person, digest(secret), JURISDICTION, cause="one", requester=asks),
        await walls.unpair(service, person, wall.id, cause="two", requester=asks),
        await walls.pair(service, person, digest(secret), CITY, cause="three", requester=replace(asks, via="forward")),
    ]
    assert [(item.ok, item.key) for item in done if isinstance(item, AdminResult)] == [(False, "admin_only")] * 3
    assert await shows(screen) == ""


async def test_who_lost_the_role_since_it_was_shown_confirms_nothing(town: Town, screen: Browser) -> None:
    await asked(town, screen, town.director)
    await released(town, "陈主任 管理员")
    pressed = await town.press(town.director, f"确认，显示{JURISDICTION}")
    assert "只有管理员" in (pressed.text or "")
    assert await shows(screen) == ""


@pytest.mark.parametrize("who", ["duty", "director", "commander", "deputy", "head", "liaison"])
async def test_who_administers_nothing_pairs_and_lists_nothing(town: Town, screen: Browser, who: str) -> None:
    if who == "director":
        await released(town, "陈主任 管理员")
    person = town.liaisons["区教育局"] if who == "liaison" else getattr(town, who)
    assert await asked(town, screen, person) == "只有管理员可以这样做。"
    await town.say(person, town.bot, "/wall")
    assert town.texts(person)[-1] == "只有管理员可以这样做。"


async def test_a_group_pairs_for_its_own_jurisdiction(town: Town, screen: Browser) -> None:
    await town.say(town.admin, town.group, f"/wall@tocsin_bot {await code(screen)}")
    shown = town.sees(town.admin, "配对码", town.group)
    assert shown.labels() == [f"确认，显示{JURISDICTION}"]
    other = town.director.press(shown, shown.labels()[0])  # an administrator too, and not the one who was shown it
    await town.settle()
    assert "值班员或指挥部人员" in (other.text or "")
    town.admin.press(shown, shown.labels()[0])
    await town.settle()
    assert await shows(screen) == JURISDICTION


async def test_other_groups_pair_nothing(town: Town, screen: Browser) -> None:
    group = await town.add_group("家长群", "members", town.admin)
    counted = len(town.texts(town.admin, group))
    await town.say(town.admin, group, f"/wall@tocsin_bot {await code(screen)}")
    assert len(town.texts(town.admin, group)) == counted
    assert "指挥群" in town.texts(town.admin)[-1]


async def test_a_wall_ends_after_half_a_year_and_a_jurisdiction_has_twenty(town: Town, screen: Browser) -> None:
    assert town.program is not None
    wall = await hung(town)
    assert wall.used_at is not None and wall.until - wall.used_at == timedelta(days=180)
    async with town.open_store.writing() as tx:
        for number in range(walls.MOST_WALLS - 1):
            await tx.web_sessions.open(replace(wall, id=f"w{number}", digest=f"w{number}"))
    await asked(town, screen, town.director)
    pressed = await town.press(town.director, f"确认，显示{JURISDICTION}")
    assert "已有20个大屏" in (pressed.text or "")
    async with town.open_store.writing() as tx:
        for number in range(walls.MOST_WALLS - 1):
            await tx.web_sessions.end(f"w{number}", town.clock.now())


async def test_a_wall_that_nobody_looks_at_is_none_after_ten_minutes(town: Town, screen: Browser) -> None:
    await asked(town, screen)
    await town.press(town.admin, f"确认，显示{JURISDICTION}")
    await town.advance(minutes=10)
    assert await shows(screen) == ""
    await town.say(town.admin, town.bot, "/wall")
    assert "还没有配对的大屏" in town.texts(town.admin)[-1]


async def test_administrators_are_asked_before_a_wall_ends_and_let_it_go_on_by_one_tap(town: Town) -> None:
    assert town.program is not None
    service, wall = town.program.service, await hung(town)
    fridays = [datetime(2026, 8, day, 1, tzinfo=UTC) for day in (7, 14, 21)]  # it ends on 29 August
    counted, others = town.count(town.admin), [town.count(town.second), town.count(town.duty)]
    for moment in (fridays[0], fridays[1] - timedelta(days=1)):
        await walls.ask_about_ending(service, moment)
    await town.settle()
    assert counted.new == []
    for _ in range(2):
        await walls.ask_about_ending(service, fridays[1])
    await town.settle()
    [word] = counted.new
    assert f"{JURISDICTION}，3月2日配对" in word.text and "8月29日到期" in word.text and word.rang == "silent"
    assert [item.new for item in others] == [[], []], "nobody else's business"
    assert town.sees(town.director, "快到期").labels() == word.labels()
    pressed = await town.press(town.director, f"续半年 1 {JURISDICTION}")
    assert "再显示半年" in (pressed.text or "")
    async with town.open_store.reading() as rx:
        [renewed] = await rx.web_sessions.walls(town.clock.now())
    assert renewed.until > wall.until
    await released(town, "陈主任 管理员")
    pressed = await town.press(town.director, f"续半年 1 {JURISDICTION}")
    assert "只有管理员" in (pressed.text or "")
    assert await events(town) == ["wall-paired", "wall-opened", "wall-renewed"]


async def test_the_first_secret_of_a_screen_opens_nothing_once_it_was_paired(town: Town, screen: Browser) -> None:
    """Whoever put his own cookie into the screen before it was paired has nothing by that."""
    await code(screen)
    planted = replace(screen, cookies=dict(screen.cookies))
    await asked(town, screen)
    await town.press(town.admin, f"确认，显示{JURISDICTION}")
    assert (await screen.get("/wall/events", site="same-origin")).status == 403  # not before the page itself
    assert await shows(screen) == JURISDICTION
    assert screen.cookies != planted.cookies
    assert await viewer(town, planted, "/wall") is None
    late = await planted.get("/wall", site="same-origin")  # of another tab of the same screen
    assert late.status == 200 and not late.cookies and "正在打开" in late.text
    await town.advance(minutes=1)
    assert await code(planted), "one that was never given the new cookie can be paired again"
    assert await shows(screen) == JURISDICTION


async def test_tabs_of_a_screen_that_ask_at_once_end_with_one_wall(town: Town, screen: Browser) -> None:
    await asked(town, screen)
    await town.press(town.admin, f"确认，显示{JURISDICTION}")
    tabs = [replace(screen, cookies=dict(screen.cookies)) for _ in range(4)]
    pages = await asyncio.gather(*(tab.get("/wall", site="same-origin") for tab in tabs))
    given = [line for page in pages for line in page.cookies]
    assert len(given) == 1, "the one browser keeps the last cookie that it was given"


async def test_screens_of_one_address_are_bounded_and_others_still_wait(town: Town, screen: Browser) -> None:
    for _ in range(walls.MOST_OF_ONE):
        await code(replace(screen, cookies={}))
    full = await replace(screen, cookies={}).get("/wall")
    assert full.status == 429 and not full.cookies
    await code(replace(screen, cookies={}, address="10.0.0.9"))
    async with town.open_store.reading() as rx:
        assert await rx.web_sessions.count_waiting() == walls.MOST_OF_ONE + 1
    await town.advance(minutes=10)
    await code(replace(screen, cookies={}))
    async with town.open_store.reading() as rx:
        assert await rx.web_sessions.count_waiting() == 1


async def test_a_crowd_of_screens_keeps_nobody_from_pairing_his_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty addresses fill the waiting room, and ask for more than all strangers together may."""
    monkeypatch.setattr(walls, "MOST_WAITING", 12)
    monkeypatch.setattr(walls, "MOST_OF_ONE", 4)
    monkeypatch.setattr(access, "REQUESTS", (30, 60))
    async with Town.open(board=BASE) as town:
        crowd = [browser(town, f"10.{number % 2}.{number}.7") for number in range(20)]

        async def pushes(times: int) -> list[int]:
            return [(await replace(one, cookies={}).get("/wall")).status for _ in range(times) for one in crowd]

        assert (await pushes(6)).count(429) > 30, "more than all strangers together may"
        wall = browser(town, "172.16.0.7")
        shown = await code(wall)
        await pushes(2)
        async with town.open_store.reading() as rx:
            assert await rx.web_sessions.count_waiting() <= walls.MOST_WAITING
        assert await code(wall) == shown, "it waits on, whoever comes"
        await paired(town, screen=wall)
        assert await viewer(town, wall, "/wall") is not None


def test_who_has_the_most_screens_makes_room() -> None:
    """Rows: who waits, from where one comes, who goes."""
    for waiting, comes, goes in (
        ("10.0.0.1 10.0.0.1 10.1.0.1", "10.2.0.1", 0),
        ("10.1.0.1 10.0.0.1 10.0.0.1", "10.2.0.1", 1),
        ("10.9.0.1 10.0.0.1 10.0.1.1 10.0.2.1", "10.8.0.1", 1),  # of one provider, each from an office of its own
        ("10.9.0.1 10.9.0.2 10.0.0.1 10.0.0.2 10.0.1.1", "10.9.1.1", 0),  # he is one more of them
        ("10.9.0.1 10.8.0.1", "10.9.0.1", 0),
        ("10.9.0.1 10.8.0.1", "10.7.0.1", 0),  # all alike: the oldest
        ("2001:db8:1::1 2001:db8:2::1 2001:db9::1", "2001:dba::1", 0),
        ("2001:db9::1 2001:db8:1:1::1 2001:db8:1:2::1 ?", "?", 3),
        ("10.9.0.1 ? ?", "10.8.0.1", 1),
    ):
        now = datetime(2026, 3, 1, tzinfo=UTC)
        screens = [
            WebScreen(digest=str(n), code="", address=address, created_at=now + timedelta(seconds=n), until=now)
            for n, address in enumerate(waiting.split())
        ]  # fmt: skip
        assert walls.crowding(screens, comes).digest == str(goes), (waiting, comes)


async def test_addresses_of_one_network_are_one_visitor(town: Town, screen: Browser) -> None:
    statuses = [
        (await replace(screen, cookies={}, address=f"2001:db8::{number:x}").get("/wall")).status
        for number in range(1, 40)
    ]  # fmt: skip
    assert statuses.count(200) == walls.MOST_OF_ONE
