"""``/feed``: another system reads a jurisdiction's warnings as Atom, each stage a CAP message that is valid."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from bot.exchange.cap import faults, taken_in
from bot.office import cap_feed
from bot.operations import proof
from bot.playground import Person
from tests.browser import Page
from tests.handlers.looking import BASE, browser
from tests.handlers.test_calendar import tag
from tests.handlers.test_two_jurisdictions import CITY, both
from tests.handlers.test_warning import RAIN
from tests.journeys.world import JURISDICTION, Town

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with Town.open(board=BASE) as town:
        yield town
        async with town.open_store.reading() as rx:
            assert [item for item in await proof.examine(rx, town.clock.now()) if item.kind == "feed"] == []


async def link(town: Town, by: Person, place: str = JURISDICTION) -> str:
    await town.say(by, town.bot, "/feed")
    await town.press(by, f"{place} 预警")
    return path_of(town, by)


def path_of(town: Town, by: Person) -> str:
    return urlsplit(re.findall(rf"{BASE}\S+", town.sees(by, "的订阅地址").text)[-1]).path


async def read(town: Town, path: str, **headers: str) -> Page:
    return await browser(town).ask("GET", path, site="", headers=headers)


async def issued(town: Town, person: Person | None = None, text: str = RAIN) -> None:
    person = person or town.duty
    await town.say(person, town.bot, f"/warn {text}")
    await town.press(person, "预览", words="待处理")
    await town.press(person, "确认转发")


def entries(page: Page) -> list[ElementTree.Element]:
    """Return the entries of a feed, once it is one by RFC 4287."""
    root = ElementTree.fromstring(page.text)  # our own words
    assert root.tag == f"{ATOM}feed"
    ids = set()
    for item in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            [one] = item.findall(f"{ATOM}{name}")
            assert one.text
        assert (item.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")
        assert datetime.fromisoformat(item.findtext(f"{ATOM}updated") or "").tzinfo is not None
        ids.add(item.findtext(f"{ATOM}id"))
    found = root.findall(f"{ATOM}entry")
    assert len(ids) == len(found) + 1 and root.find(f"{ATOM}author/{ATOM}name") is not None
    assert [one.get("rel") for one in root.findall(f"{ATOM}link")].count("self") == 1
    moments = [entry.findtext(f"{ATOM}updated", "") for entry in found]
    assert moments == sorted(moments, reverse=True)
    assert all(entry.find(f"{ATOM}summary") is not None for entry in found)
    return found


def href(entry: ElementTree.Element) -> str:
    [one] = entry.findall(f"{ATOM}link")
    assert (one.get("rel"), one.get("type")) == ("alternate", "application/cap+xml")
    return urlsplit(one.get("href") or "").path


async def test_each_stage_is_an_entry_whose_message_is_valid(town: Town) -> None:
    path = await link(town, town.admin)
    empty = await read(town, path)
    assert empty.status == 200 and entries(empty) == []
    await issued(town)
    page = await read(town, path)
    [entry] = entries(page)
    message = await read(town, href(entry))
    assert message.status == 200 and message.headers["Content-Type"].startswith("application/cap+xml")
    assert faults(message.text.encode()) == ()
    alert = taken_in(message.text.encode()).alert
    assert (alert.status, alert.msg_type) == ("Actual", "Alert")
    assert (await read(town, path, **{"If-None-Match": tag(page)})).status == 304
    changed = next(value for name, value in page.headers.items() if name.lower() == "last-modified")
    assert (await read(town, path, **{"If-Modified-Since": changed})).status == 304
    await town.advance(minutes=1)
    await town.say(town.duty, town.bot, "/warn 1 解除 区气象台电话通知解除")
    await town.press(town.duty, "确认解除")
    lifted, first = entries(await read(town, path))
    assert href(first) == href(entry)
    assert taken_in((await read(town, href(lifted))).text.encode()).alert.msg_type == "Cancel"
    assert (await read(town, path, **{"If-Modified-Since": changed})).status == 200


async def test_pages_lead_to_each_other(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cap_feed, "PAGE", 1)
    path = await link(town, town.admin)
    await issued(town)
    await town.advance(minutes=1)
    await issued(town, text=RAIN.replace("暴雨", "大风"))
    seen, page = [], await read(town, path)
    while True:
        seen += entries(page)
        links = {one.get("rel"): one.get("href") for one in ElementTree.fromstring(page.text).findall(f"{ATOM}link")}
        assert links["first"] == f"{BASE}{path}"
        if "next" not in links:
            break
        page = await read(town, f"{path}?{urlsplit(links['next'] or '').query}")
    assert len({href(entry) for entry in seen}) == len(seen) == 2 and "previous" in links
    for wrong in ("0", "-1", "3", "x", "９", "99999999999"):
        assert (await read(town, f"{path}?page={wrong}")).status == 404


async def test_who_may_read_and_who_may_not() -> None:
    """No secret, a wrong one, a calendar's, an ended one, another jurisdiction's; its maker need not stay."""
    async with both(BASE) as two:
        town, people = two.town, two.people
        await issued(town)
        await issued(town, people["duty B"], RAIN.replace("区气象台", "市气象台"))
        at_a, at_b = await link(town, town.admin), await link(town, town.admin, CITY)
        [mine], [theirs] = entries(await read(town, at_a)), entries(await read(town, at_b))
        base_a, base_b = (path.removesuffix("/warnings.atom") for path in (at_a, at_b))
        crossed = href(theirs).replace(base_b, base_a)
        name = base_a.removeprefix("/feed/")
        for path in (
            crossed, f"/feed/{'x' * 22}/warnings.atom", f"/feed/{name[:-1]}/warnings.atom", "/feed//warnings.atom",
            f"/calendar/{name}.ics", f"{base_a}/none.1.xml", href(mine).replace(".xml", "9.xml"),
            href(mine).replace(base_a, f"/feed/{'x' * 22}"),
        ):  # fmt: skip
            page = await read(town, path)
            assert page.status == 404 and "预警" not in page.text, path
        for person in (town.duty, town.director, town.head, people["duty B"]):
            await town.say(person, town.bot, "/feed")
            assert "的订阅地址" not in str(town.texts(person))
        await town.say(town.admin, town.bot, "/feed")
        await town.press(town.admin, "停用 1")
        assert [(await read(town, path)).status for path in (at_a, href(mine), at_b)] == [404, 404, 200]
        await town.stop()
