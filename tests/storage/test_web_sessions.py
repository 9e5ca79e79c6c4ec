"""Links work once, codes are taken once, sessions end: the same on every database, also for two who come at once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from storage.web_sessions import WebLink, WebScreen, WebSession
from tests.storage.rows import AT, add_people, after

MINUTES = 10


def screen(digest="s1", code="c1", **fields):
    defaults: dict[str, Any] = {"address": "10.0.0.7", "created_at": AT, "until": after(minutes=MINUTES)}
    return WebScreen(**(defaults | fields), digest=digest, code=code)


def link(digest="l1", **fields):
    defaults: dict[str, Any] = {"person_id": "p1", "created_at": AT, "until": after(minutes=MINUTES)}
    return WebLink(**(defaults | fields), digest=digest)


def session(id="1", kind="person", **fields):
    defaults: dict[str, Any] = {
        "digest": f"d{id}", "person_id": "p1", "jurisdictions": ["某区"], "address": "10.0.0.7", "created_at": AT,
        "until": after(hours=12),
    }  # fmt: skip
    return WebSession(**(defaults | fields), id=id, kind=kind)


async def test_a_code_is_shown_by_one_screen_and_taken_once(store):
    async with store.writing() as tx:
        assert await tx.web_sessions.wait(screen())
        assert not await tx.web_sessions.wait(screen("s2"))  # the same code
        assert await tx.web_sessions.wait(screen("s2", "c2", address="10.0.0.8"))
        assert await tx.web_sessions.waiting("s1", AT) == screen()
        assert await tx.web_sessions.showing("c1", AT) == screen()
        assert await tx.web_sessions.showing("c1", after(minutes=MINUTES)) is None
        assert await tx.web_sessions.waiting("s1", after(minutes=MINUTES)) is None
        assert (await tx.web_sessions.count_waiting(), await tx.web_sessions.count_waiting("10.0.0.8")) == (2, 1)
        assert await tx.web_sessions.take_screen("s1", after(minutes=MINUTES)) is None
        assert await tx.web_sessions.take_screen("s1", after(minutes=9)) == screen()
        assert await tx.web_sessions.take_screen("s1", after(minutes=9)) is None
        assert await tx.web_sessions.forget_screens(after(minutes=MINUTES)) == 1
        assert await tx.web_sessions.count_waiting() == 0


async def test_a_link_works_once_in_its_time_and_not_when_it_was_withdrawn(store):
    await add_people(store, "p1", "p2")
    async with store.writing() as tx:
        for item in (link(), link("l2"), link("l3"), link("l4", person_id="p2")):
            await tx.web_sessions.add_link(item)
        assert await tx.web_sessions.use_link("none", AT) is None
        assert await tx.web_sessions.use_link("l1", after(minutes=MINUTES)) is None
        assert await tx.web_sessions.use_link("l1", after(minutes=1)) == link(used_at=after(minutes=1))
        assert await tx.web_sessions.use_link("l1", after(minutes=1)) is None
        assert await tx.web_sessions.end_links("p1", after(minutes=2)) == 2
        assert await tx.web_sessions.use_link("l2", after(minutes=2)) is None
        assert (await tx.web_sessions.link("l2")).ended_at == after(minutes=2)
        assert await tx.web_sessions.use_link("l4", after(minutes=2)) is not None


async def test_two_who_use_a_link_or_take_a_screen_at_once_do_not_both_get_it(durable):
    await add_people(durable, "p1")
    async with durable.writing() as tx:
        await tx.web_sessions.add_link(link())
        await tx.web_sessions.wait(screen())

    async def use():
        async with durable.writing() as tx:
            return await tx.web_sessions.use_link("l1", after(minutes=1))

    async def take():
        async with durable.writing() as tx:
            return await tx.web_sessions.take_screen("s1", after(minutes=1))

    for what in (use, take):
        came = await asyncio.gather(*(what() for _ in range(5)))
        assert sum(item is not None for item in came) == 1


async def test_a_session_is_found_by_its_cookie_until_it_ends(store):
    await add_people(store, "p1", "p2")
    async with store.writing() as tx:
        for item in (session(), session("2", until=after(hours=1)), session("3", "wall", person_id="p2")):
            await tx.web_sessions.open(item)
        found, person = await tx.web_sessions.session("person", "d1", AT)
        assert (found, person.id) == (session(), "p1")
        assert person == await tx.people.get("p1")
        assert await tx.web_sessions.session("wall", "d1", AT) is None  # the cookie of the one is none of the other
        assert await tx.web_sessions.session("person", "d3", AT) is None
        assert await tx.web_sessions.session("person", "d1", after(hours=12)) is None
        assert [item.id for item in await tx.web_sessions.sessions_of("p1", AT)] == ["1", "2"]
        assert [item.id for item in await tx.web_sessions.sessions_of("p1", after(hours=1))] == ["1"]
        assert await tx.web_sessions.sessions_of("p2", AT) == []
        assert [item.id for item in await tx.web_sessions.walls(AT)] == ["3"]
        assert [item.id for item in await tx.web_sessions.every_open(AT)] == ["1", "2", "3"]
        await tx.web_sessions.see("1", after(minutes=3))
        ended = replace(session(), seen_at=after(minutes=3), ended_at=after(minutes=4))
        assert await tx.web_sessions.end("1", after(minutes=4)) == ended
        assert await tx.web_sessions.end("1", after(minutes=5)) is None
        assert await tx.web_sessions.end("2", after(hours=1)) is None  # over by itself
        assert await tx.web_sessions.session("person", "d1", after(minutes=4)) is None


async def test_a_paired_wall_changes_its_secret_once(store):
    await add_people(store, "p1")
    async with store.writing() as tx:
        await tx.web_sessions.open(session("3", "wall"))
        until = after(days=9)
        assert not await tx.web_sessions.change_secret("3", "another", "new", until, after(minutes=1))
        assert not await tx.web_sessions.change_secret("3", "d3", "new", until, after(hours=12))  # over
        assert await tx.web_sessions.change_secret("3", "d3", "new", until, after(minutes=1))
        assert not await tx.web_sessions.change_secret("3", "d3", "newer", until, after(minutes=1))
        assert not await tx.web_sessions.change_secret("3", "new", "newer", until, after(minutes=1))
        found, _ = await tx.web_sessions.session("wall", "new", after(minutes=1))
        assert (found.used_at, found.seen_at, found.until) == (after(minutes=1), after(minutes=1), until)
        assert await tx.web_sessions.extend("3", after(days=20), after(days=8))
        assert not await tx.web_sessions.extend("3", after(days=40), after(days=20))


async def test_of_a_person_all_goes_but_the_walls(store):
    await add_people(store, "p1", "p2")
    async with store.writing() as tx:
        await tx.web_sessions.add_link(link())
        await tx.web_sessions.add_link(link("l2", person_id="p2"))
        for item in (session(), session("2", person_id="p2"), session("3", "wall")):
            await tx.web_sessions.open(item)
        assert await tx.web_sessions.of_person("p1") == ([link()], [session()])
        assert await tx.web_sessions.forget_person("p1") == 1
        assert await tx.web_sessions.of_person("p1") == ([], [])
        assert [item.id for item in await tx.web_sessions.every_open(AT)] == ["2", "3"]
        assert await tx.web_sessions.link("l2") is not None


async def test_what_is_long_over_is_forgotten(store):
    await add_people(store, "p1")
    async with store.writing() as tx:
        await tx.web_sessions.add_link(link())
        await tx.web_sessions.add_link(link("l2", until=after(days=9)))
        for item in (session(), session("2", until=after(days=9)), session("3", "wall", until=after(days=9))):
            await tx.web_sessions.open(item)
        await tx.web_sessions.end("3", after(days=1))
        assert await tx.web_sessions.forget_earlier(AT) == 0
        assert await tx.web_sessions.forget_earlier(after(days=1)) == 3
        assert [item.id for item in (await tx.web_sessions.of_person("p1"))[1]] == ["2"]
