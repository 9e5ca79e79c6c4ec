"""What holds for every answer below ``/wall /board /assets``, whoever asks, in whatever way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from bot.texts import board as t
from bot.web import access
from bot.web.access import HEADERS, is_ours
from storage.errors import Unavailable
from tests.browser import Browser
from tests.handlers.looking import BASE, code, entered, link, paired, probed, viewer
from tests.handlers.test_revoking import released
from tests.journeys.world import JURISDICTION, Forgiven, Town

LINK = "/board/enter/" + "x" * 22
PATHS = ("/wall", "/wall/events", "/board", "/board/incident/1", LINK, "/board/leave", "/board/no")


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with Town.open(board=BASE) as town:
        yield town


@pytest.fixture
async def door(town: Town) -> AsyncIterator[Browser]:
    """A browser before pages that only tell who looks."""
    async with probed(town) as port:
        yield Browser(port, BASE)


@pytest.mark.parametrize("path", ["/wall", "/wall/", "/board", "/board/x", "/assets/x.css"])
def test_what_is_ours_is_known_by_its_path(path: str) -> None:
    assert is_ours(path)
    for other in ("/wallet", "/boards", "/healthz", "/telegram/x", "/", "//board", "/x/board", "/assetsx"):
        assert not is_ours(other)


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
async def test_every_answer_has_the_headers_whatever_it_is(door: Browser, method: str) -> None:
    for path in PATHS:
        page = await door.ask(method, path, site="same-origin", headers={"Origin": BASE})
        assert {name: page.headers.get(name) for name in HEADERS} == dict(HEADERS)
        assert page.headers["Cache-Control"] == "no-store" and "Server" not in page.headers
        assert page.status in (200, 403, 404, 405)
        assert not any(name.lower().startswith("access-control") for name in page.headers)


async def test_no_page_holds_code_or_style(door: Browser) -> None:
    pages = [await door.get("/wall"), await door.get("/board"), await door.get(LINK)]
    pages += [await door.get("/board/no"), await door.post(LINK), await door.post("/board/leave")]
    for page in pages:
        assert "<script" not in page.text and "style=" not in page.text and "<style" not in page.text
        assert " on" not in page.text.partition("<body")[2].replace(" one", "")
        assert "http://" not in page.text and "https://" not in page.text, "nothing is fetched from elsewhere"
        assert '<html lang="zh-CN">' in page.text and "<h1>" in page.text


@pytest.mark.parametrize(
    "host",
    [
        "evil.example.org", "board.example.org.evil.org", "board.example.org:8443", "evil.org/board.example.org",
        "127.0.0.1:1", "localhost", "board.example.org@evil.org", "board.example.org.", "", "x" * 3000,
    ],
)  # fmt: skip
async def test_another_name_is_refused(town: Town, door: Browser, host: str) -> None:
    """A name that leads here though it is another's (DNS rebinding), also this machine's own through a proxy."""
    for path in PATHS:
        for method in ("GET", "POST"):
            page = await door.ask(method, path, headers={"Host": host or " ", "Origin": f"https://{host}"})
            assert page.status in (400, 403) and not page.cookies
    async with town.open_store.reading() as rx:
        assert await rx.web_sessions.count_waiting() == 0


@pytest.mark.parametrize("host", ["board.example.org", "BOARD.example.ORG", "board.example.org:443"])
async def test_our_own_name_is_known_however_it_is_written(door: Browser, host: str) -> None:
    page = await door.get("/wall", Host=host)
    assert page.status == 200 and page.cookies[0].startswith("__Host-tocsin-wall=")


async def test_cookies_are_strict(town: Town, door: Browser) -> None:
    page = await door.get("/wall")
    [line] = page.cookies
    name, *attributes = line.split("; ")
    assert name.startswith("__Host-tocsin-wall=")
    assert {*attributes} == {"Path=/", "Max-Age=600", "HttpOnly", "SameSite=Strict", "Secure"}
    page = await door.post(await link(town, town.duty))
    assert page.cookies[0].startswith("__Host-tocsin-person=") and "Max-Age=43200" in page.cookies[0]
    assert {*page.cookies[0].split("; ")} >= {"Path=/", "HttpOnly", "SameSite=Strict", "Secure"}


async def test_on_this_machine_itself_the_cookie_has_a_plain_name(door: Browser) -> None:
    here = Browser(door.port, f"http://127.0.0.1:{door.port}", address="")
    page = await here.get("/wall")
    assert page.cookies[0].startswith("tocsin-wall=") and "Secure" not in page.cookies[0]
    assert await code(here) == await code(here)
    # A cookie of one way is none of the other: what goes unencrypted opens nothing that must not.
    there = replace(door, cookies={"tocsin-wall": here.cookies["tocsin-wall"]})
    assert await code(there) != await code(here)


FOREIGN: dict[str, dict[str, str]] = {
    "another site": {"Origin": "https://evil.example.org", "Sec-Fetch-Site": "cross-site"},
    "another site, old browser": {"Origin": "https://evil.example.org", "Sec-Fetch-Site": ""},
    "a site beside us": {"Origin": "https://other.example.org", "Sec-Fetch-Site": "same-site"},
    "a site that says nothing": {"Origin": "", "Sec-Fetch-Site": ""},
    "a frame without origin": {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    "a frame without origin, old browser": {"Origin": "null", "Sec-Fetch-Site": ""},
    "unencrypted": {"Origin": "http://board.example.org", "Sec-Fetch-Site": "same-origin"},
    "another port": {"Origin": "https://board.example.org:8443", "Sec-Fetch-Site": "same-origin"},
    "our origin, said by another": {"Origin": BASE, "Sec-Fetch-Site": "cross-site"},
    "a name that begins like ours": {"Origin": f"{BASE}.evil.org", "Sec-Fetch-Site": "same-origin"},
    "an app that types": {"Origin": "", "Sec-Fetch-Site": "none"},
}
"""Posts that no page of ours made."""


@pytest.mark.parametrize("way", FOREIGN)
async def test_what_no_page_of_ours_sends_does_nothing(town: Town, door: Browser, way: str) -> None:
    path, opened = await link(town, town.duty), await entered(town, town.second)
    mine = replace(door, cookies=dict(opened.cookies))
    for target in (path, "/board/leave"):
        page = await mine.ask("POST", target, headers=FOREIGN[way])
        assert page.status == 403 and not page.cookies
    assert await viewer(town, opened) is not None
    assert (await door.post(path)).status == 303, "the link is as it was"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": BASE, "Sec-Fetch-Site": "same-origin"}, {"Origin": BASE, "Sec-Fetch-Site": ""},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"}, {"Origin": "", "Sec-Fetch-Site": "same-origin"},
    ],
)  # fmt: skip
async def test_what_a_page_of_ours_sends_is_taken(town: Town, door: Browser, headers: dict[str, str]) -> None:
    assert (await door.ask("POST", await link(town, town.duty), headers=headers)).status == 303


async def test_another_sites_page_gets_nothing_of_ours(town: Town, door: Browser) -> None:
    mine = replace(door, cookies=dict((await entered(town, town.duty)).cookies))
    for site in ("cross-site", "same-site"):
        for mode, dest in (("no-cors", "image"), ("cors", "empty"), ("navigate", "iframe"), ("no-cors", "script")):
            for path in ("/board", "/wall"):
                page = await mine.get(path, site=site, Sec_Fetch_Mode=mode, Sec_Fetch_Dest=dest)
                assert page.status == 403 and not page.cookies and t.PAGE_REFUSED in page.text
    led = await mine.get("/board", site="cross-site")  # a link on its page: asked for once more, by a page of ours
    assert led.status == 200 and 'content="0"' in led.text and JURISDICTION not in led.text
    assert (await mine.get("/board", site="same-origin")).text == f"person {JURISDICTION}"


COOKIES = (
    "", "x", "x" * 43, "x" * 5000, "../../etc/passwd", "'; DROP TABLE web_sessions; --", "%00" * 14, '"quoted"',
    "é" * 43, "a;b;c", "=" * 43, ",".join("x" * 5000),
)  # fmt: skip


@pytest.mark.parametrize("value", COOKIES)
async def test_a_forged_cookie_opens_nothing(town: Town, door: Browser, value: str) -> None:
    town.forgiven = Forgiven(logs=("aiohttp",))
    for name in ("__Host-tocsin-person", "__Host-tocsin-wall", "tocsin-person", "tocsin-wall"):
        for path in ("/board", "/wall", "/wall/events"):
            page = await door.get(path, Cookie=f"{name}={value}")
            assert page.status in (200, 400, 403, 431) and JURISDICTION not in page.text
            if path != "/wall":
                assert page.status != 200


async def test_a_cookie_of_one_kind_opens_nothing_of_the_other(town: Town, door: Browser) -> None:
    person = next(iter((await entered(town, town.duty)).cookies.values()))
    wall = next(iter((await paired(town, screen=replace(door, cookies={}))).cookies.values()))
    mixed = replace(door, cookies={"__Host-tocsin-person": wall, "__Host-tocsin-wall": person})
    assert (await mixed.get("/board")).status == 403
    assert JURISDICTION not in (await mixed.get("/wall")).text
    right = replace(door, cookies={"__Host-tocsin-person": person, "__Host-tocsin-wall": wall})
    assert (await right.get("/board", site="same-origin")).text == f"person {JURISDICTION}"
    assert (await right.get("/wall", site="same-origin")).text == f"wall {JURISDICTION}"


async def test_a_cookie_twice_or_among_thousands_is_no_other(town: Town, door: Browser) -> None:
    secret = next(iter((await entered(town, town.duty)).cookies.values()))
    forged = "__Host-tocsin-person=" + "y" * 43
    true = f"__Host-tocsin-person={secret}"
    for line in (f"{forged}; {true}", f"{true}; {forged}", "; ".join([f"c{n}=1" for n in range(300)] + [true])):
        page = await door.get("/board", site="same-origin", Cookie=line)
        assert page.status in (200, 403), page.status


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "1.2.3.4, " * 500}, {"X-Forwarded-For": "\t"}, {"User-Agent": "x" * 7000},
        {"Accept": "*" * 7000}, {"X-Forwarded-Host": "evil.example.org"}, {"X-Forwarded-Proto": "http"},
        {"X-Original-URL": "/board"}, {"X-HTTP-Method-Override": "POST"}, {"Forwarded": "host=evil.example.org"},
        {"Sec-Fetch-Site": "weird"}, {"Sec-Fetch-Site": "same-origin, cross-site"}, {"Origin": "x" * 7000},
        {"Content-Length": "0"}, {"Upgrade": "websocket", "Connection": "Upgrade"}, {"Range": "bytes=0-1"},
    ],
)  # fmt: skip
async def test_odd_headers_open_nothing_and_break_nothing(town: Town, door: Browser, headers: dict[str, str]) -> None:
    for path in ("/board", "/wall", LINK):
        page = await door.ask("GET", path, headers=headers)
        assert page.status in (200, 400, 403) and JURISDICTION not in page.text
        assert page.status != 200 or path != "/board"


async def test_who_asks_too_often_without_a_session_waits_and_who_has_one_does_not(town: Town, door: Browser) -> None:
    mine = replace(door, cookies=dict((await entered(town, town.duty)).cookies))
    statuses = [(await door.get("/board")).status for _ in range(305)]
    assert statuses[:300] == [403] * 300 and statuses[-1] == 429
    assert (await mine.get("/board", site="same-origin")).status == 200
    assert (await replace(door, address="10.0.0.9").get("/board")).status == 403
    await town.advance(minutes=1)
    assert (await door.get("/board")).status == 403


async def test_who_guesses_links_waits(town: Town, door: Browser) -> None:
    path = await link(town, town.duty)
    for _ in range(3):  # a shift that comes in from one office is no guess
        assert (await replace(door, cookies={}).post(await link(town, town.second))).status == 303
    statuses = [(await door.post(f"/board/enter/{number:022d}")).status for number in range(62)]
    assert statuses.count(403) == 60 and statuses[-1] == 429
    assert (await replace(door, address="10.0.0.9").post(path)).status == 303


async def test_a_role_that_is_lost_while_a_page_is_open_ends_it_at_the_next_look(town: Town, door: Browser) -> None:
    mine = replace(door, cookies=dict((await entered(town, town.duty)).cookies))
    assert (await mine.get("/board/incident/1", site="same-origin")).status == 200
    await released(town, "李值班 值班员")
    assert (await mine.get("/board/incident/1", site="same-origin")).status == 403


async def test_while_the_database_does_not_answer_nobody_is_let_in_and_all_are_told(
    town: Town, door: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = replace(door, cookies=dict((await entered(town, town.duty)).cookies))
    town.forgiven = Forgiven(logs=("web.unavailable",))

    def gone(*given: Any) -> Any:
        raise Unavailable("locked")

    with monkeypatch.context() as patched:
        patched.setattr(town.open_store, "reading", gone)
        for page in (await mine.get("/board", site="same-origin"), await mine.get("/wall")):
            assert page.status in (200, 503) and JURISDICTION not in page.text
    assert (await mine.get("/board", site="same-origin")).status == 200


async def test_a_page_that_fails_is_a_page_and_its_log_names_no_link(
    town: Town, door: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = await link(town, town.duty)
    town.forgiven = Forgiven(logs=("web.failed",))

    async def broken(*given: Any) -> Any:
        raise RuntimeError("a bug")

    with monkeypatch.context() as patched:
        patched.setattr(access, "enter", broken)
        page = await door.post(path)
    assert page.status == 500 and t.PAGE_BROKEN_TITLE in page.text and page.headers["Cache-Control"] == "no-store"
    [line] = [line for line in town.log if line["event"] == "web.failed"]
    assert line["route"] == "/board/enter/{secret}" and path not in str(line)


async def test_many_looks_at_once_note_one_time(town: Town, door: Browser) -> None:
    mine = replace(door, cookies=dict((await entered(town, town.duty)).cookies))
    await town.advance(minutes=3)
    pages = await asyncio.gather(*(mine.get("/board", site="same-origin") for _ in range(10)))
    assert [page.status for page in pages] == [200] * 10
    async with town.open_store.reading() as rx:
        [session] = await rx.web_sessions.every_open(town.clock.now())
    assert session.seen_at == town.clock.now()
