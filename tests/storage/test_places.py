from dataclasses import replace

import pytest

from storage import OtherJurisdiction
from tests.storage.rows import AT, add_places, after, message, place


async def ids(store, **arguments):
    async with store.reading() as rx:
        return [one.id for one in await rx.places.bound(**arguments)]


async def test_a_place_is_found_by_either_id(store):
    one = place("p1", -100, kind="private", forum=True, thread_id=5, can_pin=True, member=False, title="群\ud800")
    async with store.writing() as tx:
        await tx.places.save(one)
        stored = replace(one, title="群\ufffd")
        assert await tx.places.by_chat(-100) == stored
        assert await tx.places.get("p1") == stored
        assert await tx.places.by_chat(-101) is None
        await tx.places.save(replace(stored, can_pin=False))
        assert not (await tx.places.get("p1")).can_pin


async def test_a_group_serves_plans_of_one_jurisdiction(store):
    await add_places(store, "p1", "p2", "p3")
    async with store.writing() as tx:
        await tx.places.bind("p1", "campus", "chengqu", "command", AT)
        await tx.places.bind("p1", "flood", "chengqu", "command", after(minutes=1))
        await tx.places.bind("p1", "campus", "chengqu", "command", after(minutes=2))
        await tx.places.bind("p2", "campus", "chengqu", "school", AT)
        with pytest.raises(OtherJurisdiction) as caught:
            await tx.places.bind("p1", "overall", "dezhou", "command", AT)
        assert (caught.value.place_id, caught.value.jurisdiction) == ("p1", "chengqu")
        assert await tx.places.plans_of("p1") == ["campus", "flood"]
        bound = await tx.places.get("p1")
        assert (bound.kind, bound.jurisdiction) == ("command", "chengqu")
    assert await ids(store) == ["p1", "p2"]
    assert await ids(store, plan_id="flood") == ["p1"]
    assert await ids(store, jurisdiction="chengqu", plan_id="campus", kind="school") == ["p2"]
    assert await ids(store, jurisdiction="dezhou") == []


async def test_a_group_without_its_last_plan_is_bound_to_nothing(store):
    await add_places(store, "p1")
    async with store.writing() as tx:
        await tx.places.bind("p1", "campus", "chengqu", "command", AT)
        await tx.places.bind("p1", "flood", "chengqu", "members", AT)
        assert await tx.places.unbind("p1", "flood")
        assert not await tx.places.unbind("p1", "flood")
        assert (await tx.places.get("p1")).kind == "members"
        assert await tx.places.unbind("p1", "campus")
        left = await tx.places.get("p1")
        assert (left.kind, left.jurisdiction) == ("none", None)
        await tx.places.bind("p1", "overall", "dezhou", "command", AT)
    assert await ids(store, jurisdiction="dezhou") == ["p1"]


async def test_a_group_that_migrates_keeps_its_id(store):
    async with store.writing() as tx:
        await tx.places.save(place("p1", -100))
        await tx.places.bind("p1", "campus", "chengqu", "command", AT)
        assert (await tx.places.migrate(-100, -200)).id == "p1"
        assert (await tx.places.migrate(-100, -200)).id == "p1"
        assert (await tx.places.by_chat(-200)).id == "p1"
        assert await tx.places.by_chat(-100) is None
        assert await tx.places.migrate(-300, -400) is None


async def test_a_message_from_the_new_group_may_come_before_the_news(store):
    async with store.writing() as tx:
        await tx.places.save(place("p1", -100))
        await tx.places.bind("p1", "campus", "chengqu", "command", AT)
        await tx.places.save(place("p2", -200, created_at=after(minutes=1)))
        await tx.places.bind("p2", "flood", "chengqu", "command", AT)
        [early] = await tx.outbox.enqueue([message("p2")])
        moved = await tx.places.migrate(-100, -200)
        assert (moved.id, moved.chat_id, moved.kind) == ("p1", -200, "command")
        assert await tx.places.plans_of("p1") == ["campus", "flood"]
        left = await tx.places.get("p2")
        assert (left.chat_id, left.kind, left.member) == (-100, "none", False)
        assert (await tx.outbox.get(early)).place_id == "p2"


async def test_the_news_of_a_new_group_changes_nothing_when_it_is_heard_again(store):
    """It comes in both chats, and as Telegram's answer to what is still sent to the old one."""
    async with store.writing() as tx:
        await tx.places.save(place("p1", -100))
        await tx.places.bind("p1", "campus", "chengqu", "command", AT)
        await tx.places.save(place("p2", -200, created_at=after(minutes=1)))
        for _ in range(4):
            assert (await tx.places.migrate(-100, -200)).id == "p1"
            assert (await tx.places.by_chat(-200)).id == "p1"
            assert (await tx.places.by_chat(-100)).id == "p2"
            assert await tx.places.plans_of("p1") == ["campus"]
