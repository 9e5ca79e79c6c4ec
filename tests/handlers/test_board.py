"""``/board``: a link works once, for one person; his session ends when his rights do, or when he says so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.office.board import enter, leave
from bot.operations import proof
from bot.operations.persons import erase, kept_about
from bot.operations.retention import forget
from bot.playground import Person
from bot.service import Requester
from storage.people import Person as Known
from storage.schema import metadata
from tests.browser import Browser
from tests.handlers.looking import BASE, browser, entered, hung, link, viewer
from tests.handlers.test_revoking import released
from tests.journeys.world import JURISDICTION, Forgiven, Town
from tests.vouching import vouch


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with Town.open(board=BASE) as town:
        async with town.open_store.writing() as tx:
            await vouch(tx, town.clock.now())
        yield town
        async with town.open_store.reading() as rx:
            faults = [*await rx.journal.verify(), *await proof.examine(rx, town.clock.now())]
            assert [fault for fault in faults if fault.kind == "session"] == []


async def known(town: Town, person: Person) -> Known:
    async with town.open_store.reading() as rx:
        found = await rx.people.by_telegram(person.id)
    assert found is not None
    return found


async def events(town: Town) -> list[str]:
    async with town.open_store.reading() as rx:
        entries = await rx.journal.load(f"admin:{JURISDICTION}")
    return [entry.event for entry in entries if entry.event.startswith(("board", "wall"))]


async def test_a_link_is_looked_at_as_often_as_one_likes_and_used_once(town: Town) -> None:
    path, own, other = await link(town, town.duty), browser(town), browser(town)
    for site in ("none", "cross-site", ""):  # typed, by a preview or another's page, by an old browser
        page = await own.get(path, site=site)
        assert page.status == 200 and "<form" in page.text and not page.cookies
        assert path.rpartition("/")[2] not in page.text
    assert (await own.post(path)).location == "/board"
    mine = await viewer(town, own)
    assert mine is not None and mine.reader is not None and mine.jurisdictions == (JURISDICTION,)
    assert mine.reader.person_id == (await known(town, town.duty)).id and mine.reader.holdings
    assert ((await other.post(path)).status, other.cookies) == (403, {})
    assert (await own.post(path)).location == "/board"  # the second press of the same hand
    assert await events(town) == ["board-link-made", "board-opened"]


async def test_whose_link_was_used_is_told_from_where_and_ends_it_by_one_tap(town: Town) -> None:
    path, thief = await link(town, town.duty), browser(town, "8.8.8.8")
    assert (await thief.post(path)).status == 303  # somebody who read the chat over his shoulder
    await town.settle()
    told = town.sees(town.duty, "您的看板已打开")
    assert "8.8.8.8（单位网络之外）" in told.text and told.rang == "silent"
    assert (await town.press(town.duty, "退出", words="您的看板已打开")).text == "已退出。"
    assert await viewer(town, thief) is None


async def test_a_link_is_over_after_ten_minutes_and_when_another_one_is_made(town: Town) -> None:
    first, second = await link(town, town.duty), await link(town, town.duty)
    assert (await browser(town).post(first)).status == 403
    await town.advance(minutes=10)
    page = await browser(town).post(second)
    assert page.status == 403 and "发送 /board" in page.text
    third = await link(town, town.duty)
    await town.advance(minutes=9)
    assert (await browser(town).post(third)).status == 303


@pytest.mark.parametrize("secret", ["", "x" * 22, "x" * 21, "..%2f..%2fetc", "%00" * 22, "a" * 7000, "码" * 22])
async def test_a_link_that_nobody_made_opens_nothing_and_leaves_nothing(town: Town, secret: str) -> None:
    page = await browser(town).post(f"/board/enter/{secret}")
    assert page.status in (400, 403, 404, 405) and not page.cookies
    async with town.open_store.reading() as rx:
        assert await rx.causes.result(f"board:{secret}") is None
        assert await rx.web_sessions.every_open(town.clock.now()) == []


@pytest.mark.parametrize("at_once", [2, 5])
async def test_of_those_who_use_a_link_at_once_one_gets_in(any_url: str, at_once: int) -> None:
    async with Town.open(any_url, board=BASE) as town:
        path = await link(town, town.duty)
        assert town.program is not None
        service, secret = town.program.service, path.rpartition("/")[2]
        opened = await asyncio.gather(*(enter(service, secret, f"10.0.0.{n}") for n in range(at_once)))
        assert sum(item is not None for item in opened) == 1
        async with town.open_store.reading() as rx:
            assert len(await rx.web_sessions.every_open(town.clock.now())) == 1


async def test_people_who_enter_at_once_do_not_hinder_each_other(any_url: str) -> None:
    async with Town.open(any_url, board=BASE) as town:
        people = [town.duty, town.second, town.director, town.deputy]
        paths = [await link(town, person) for person in people]
        pages = await asyncio.gather(*(browser(town).post(path) for path in paths))
        assert [page.status for page in pages] == [303] * len(people)


async def test_the_secret_stands_nowhere_but_in_the_chat(town: Town) -> None:
    path = await link(town, town.duty)
    secret = path.rpartition("/")[2]
    opened = browser(town)
    await opened.post(path)
    [cookie] = opened.cookies.values()
    await town.say(town.duty, town.group, f"看这里 {BASE}{path}")  # of all places
    await town.say(town.duty, town.bot, f"{BASE}{path}")
    store: Any = town.open_store
    async with store.reading() as rx:
        session = rx._session
        kept = [str(row) for table in metadata.tables for row in await session.rows(text(f"SELECT * FROM {table}"))]
    for part in (secret, cookie):
        assert not [row for row in kept if part in row]
        assert not [line for line in town.log if part in str(line)]


async def test_in_a_group_no_link_is_made(town: Town) -> None:
    await town.say(town.duty, town.group, "/board@tocsin_bot")
    assert "请私聊我，发 /board" in town.texts(town.duty, town.group)[-1]
    assert await events(town) == []


async def test_what_was_not_said_by_oneself_makes_no_link(town: Town) -> None:
    said = await town.say(town.duty, town.bot, "看板")
    town.duty.edit(said, "/board")
    await town.settle()
    assert await events(town) == []


async def test_a_session_is_left_by_whose_it_is_and_by_nobody_else(town: Town) -> None:
    opened = await entered(town, town.duty)
    mine = await viewer(town, opened)
    assert mine is not None and town.program is not None
    other = await known(town, town.second)
    done = await leave(
        town.program.service, other, mine.session, cause="forged", requester=Requester(person_id=other.id)
    )  # fmt: skip
    assert done is not None and (done.ok, done.key) == (False, "board_gone")
    assert await viewer(town, opened) is not None


async def test_who_holds_nothing_reads_what_strangers_read(town: Town) -> None:
    town.stranger.start(town.bot)
    await town.settle()
    for command in ("/board", "/wall", "/wall AC3K9M"):
        await town.say(town.stranger, town.bot, command)
        said = town.texts(town.stranger)[-1]
        await town.say(town.stranger, town.bot, "/todo")
        assert said == town.texts(town.stranger)[-1]
    assert await events(town) == []


async def test_without_an_address_the_operator_is_told_what_to_do() -> None:
    async with Town.open() as town:
        for person, command in ((town.duty, "/board"), (town.admin, "/board"), (town.admin, "/wall AC3K9M")):
            await town.say(person, town.bot, command)
            assert "TOCSIN_BOARD_URL" in town.texts(person)[-1]


async def _loses_the_role(town: Town) -> None:
    await released(town, "李值班 值班员")


async def _blocks(town: Town) -> None:
    town.duty.block(town.bot)
    await town.settle()


async def _is_erased(town: Town) -> None:
    await released(town, "李值班 值班员")
    await erase(town.open_store, await known(town, town.duty), by="孙管理", reason="本人要求", now=town.clock.now())


async def _asks_to_leave(town: Town) -> None:
    await town.say(town.duty, town.bot, "/board 退出全部")


async def _waits(town: Town) -> None:
    await town.advance(hours=12)


ENDS: dict[str, Callable[[Town], Awaitable[None]]] = {
    "the role was taken": _loses_the_role, "the bot was blocked": _blocks, "the person was erased": _is_erased,
    "he asks to leave": _asks_to_leave, "twelve hours are over": _waits,
}  # fmt: skip


@pytest.mark.parametrize("way", ENDS)
async def test_a_session_ends_at_once(town: Town, way: str) -> None:
    town.forgiven = Forgiven(dead=("blocked",), calls=("blocked",), logs=("dead",))
    opened, other = await entered(town, town.duty), await entered(town, town.second)
    waiting = await link(town, town.duty)
    assert await viewer(town, opened) is not None
    await ENDS[way](town)
    assert await viewer(town, opened) is None
    assert ((await viewer(town, other)) is None) == (way == "twelve hours are over")
    assert (await browser(town).post(waiting)).status == 403
    assert (await opened.get("/board", site="same-origin")).status in (403, 404)
    if way == "the bot was blocked":
        town.duty.start(town.bot)  # what was closed stays closed
        await town.settle()
        assert await viewer(town, opened) is None


async def test_a_role_that_is_lent_opens_the_board_until_its_moment(town: Town) -> None:
    await town.say(town.director, town.bot, f"/delegate 办公室主任 {town.second.name} 到 2小时")
    await town.press(town.second, "接受代行")
    await released(town, "周值班 值班员")
    opened = await entered(town, town.second)
    await town.advance(minutes=119)
    assert await viewer(town, opened) is not None
    await town.advance(minutes=2)
    assert await viewer(town, opened) is None
    assert await viewer(town, opened) is None


async def test_one_session_is_left_and_the_others_stay(town: Town) -> None:
    first = await entered(town, town.duty)
    await town.advance(minutes=5)
    second = await entered(town, town.duty)
    await link(town, town.duty)
    shown = town.sees(town.duty, "现在打开着的（2）")
    assert "03:06打开" in shown.text and "10.0.0.7" in shown.text
    pressed = await town.press(town.duty, "退出 1")
    assert pressed.text == "已退出。"
    assert await viewer(town, first) is None and await viewer(town, second) is not None
    assert "早已退出" in ((await town.press(town.duty, "退出 1")).text or "")
    assert "已全部退出（1个）" in ((await town.press(town.duty, "全部退出")).text or "")
    assert await viewer(town, second) is None


async def test_a_browser_leaves_and_takes_its_cookie_away(town: Town) -> None:
    opened = await entered(town, town.duty)
    copied = replace(opened, cookies=dict(opened.cookies))
    page = await opened.post("/board/leave")
    assert page.status == 200 and opened.cookies == {}
    assert await viewer(town, copied) is None
    assert (await opened.post("/board/leave")).status == 200  # twice does no harm
    assert await events(town) == ["board-link-made", "board-opened", "board-closed"]


async def test_another_persons_link_replaces_the_session_of_a_browser(town: Town) -> None:
    opened = await entered(town, town.duty)
    before = replace(opened, cookies=dict(opened.cookies))
    await opened.post(await link(town, town.second))
    mine = await viewer(town, opened)
    assert mine is not None and mine.reader is not None
    assert mine.reader.person_id == (await known(town, town.second)).id
    assert await viewer(town, before) is None


async def test_a_person_has_five_sessions_and_the_next_ends_the_oldest(town: Town) -> None:
    opened: list[Browser] = []
    for _ in range(7):
        opened.append(await entered(town, town.duty))
        await town.advance(seconds=1)
    assert [await viewer(town, item) is not None for item in opened] == [False] * 2 + [True] * 5


async def test_an_administrator_by_the_settings_sees_what_is_bound(town: Town) -> None:
    mine = await viewer(town, await entered(town, town.admin))
    assert mine is not None and mine.reader is not None
    assert (mine.reader.admin, mine.jurisdictions) == (True, (JURISDICTION,))


async def test_what_is_kept_is_handed_out_without_secrets_and_goes_with_the_person(town: Town) -> None:
    await entered(town, town.duty)
    wall = await hung(town)
    person = await known(town, town.duty)
    async with town.open_store.reading() as rx:
        data = await kept_about(rx, person)
    assert [item["address"] for item in data["sessions"]] == ["10.0.0.7"]
    assert len(data["links"]) == 1 and "digest" not in {*data["links"][0], *data["sessions"][0]}
    await _is_erased(town)
    async with town.open_store.reading() as rx:
        assert await rx.web_sessions.of_person(person.id) == ([], [])
        assert [item.id for item in await rx.web_sessions.walls(town.clock.now())] == [wall.id]


async def test_an_erased_administrator_of_the_settings_sees_nothing_more(town: Town) -> None:
    opened, person = await entered(town, town.admin), await known(town, town.admin)
    await erase(town.open_store, person, by="某人", reason="本人要求", now=town.clock.now())
    assert await viewer(town, opened) is None


async def test_what_is_over_is_forgotten_after_a_month(town: Town) -> None:
    await entered(town, town.duty)
    await town.advance(hours=12)
    person, now = await known(town, town.duty), town.clock.now()
    await forget(town.open_store, now + timedelta(days=20), timedelta(days=90))
    async with town.open_store.reading() as rx:
        assert len((await rx.web_sessions.of_person(person.id))[1]) == 1
    await forget(town.open_store, now + timedelta(days=31), timedelta(days=90))
    async with town.open_store.reading() as rx:
        assert await rx.web_sessions.of_person(person.id) == ([], [])
