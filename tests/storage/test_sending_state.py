"""What else the sender keeps: where it has to wait, and which messages it edits."""

from dataclasses import replace

from storage.cards import Card
from storage.outbox import Departure
from tests.storage.rows import AT, STREAM, add_places, after, message


async def test_the_longer_wait_holds(store):
    async with store.writing() as tx:
        await tx.holds.hold("p1", after(seconds=30))
        await tx.holds.hold("p1", after(seconds=3))
        await tx.holds.hold("p2", after(seconds=3))
        await tx.holds.hold("p2", after(seconds=5))
        await tx.holds.hold(None, after(seconds=1))
    async with store.reading() as rx:
        assert await rx.holds.active(AT) == {
            "p1": after(seconds=30),
            "p2": after(seconds=5),
            None: after(seconds=1),
        }
        assert await rx.holds.active(after(seconds=5)) == {"p1": after(seconds=30)}
    async with store.writing() as tx:
        assert await tx.holds.forget(after(seconds=5)) == 2
        assert await tx.holds.active(AT) == {"p1": after(seconds=30)}


async def test_cards_are_kept_by_log_place_and_kind(store):
    await add_places(store, "p1", "p2")
    card = Card(stream=STREAM, place_id="p1", kind="card", dirty=True)
    table = Card(stream=STREAM, place_id="p1", kind="table", message_id=9, digest="d")
    elsewhere = Card(stream="incident:2", place_id="p2", kind="card", dirty=True)
    async with store.writing() as tx:
        for one in (elsewhere, table, card):
            await tx.cards.save(one)
        assert "cards" in tx.touched
    async with store.reading() as rx:
        assert await rx.cards.dirty() == [card, elsewhere]
        assert await rx.cards.of(STREAM) == [card, table]
        assert await rx.cards.by_message("p1", 9) == table
        assert await rx.cards.by_message("p2", 9) is None
    sent = replace(card, outbox_id=4, message_id=10, digest="e", dirty=False)
    async with store.writing() as tx:
        await tx.cards.save(sent)
        assert "cards" not in tx.touched
    async with store.reading() as rx:
        assert await rx.cards.get(STREAM, "p1", "card") == sent
        assert await rx.cards.get(STREAM, "p2", "card") is None
        assert await rx.cards.dirty() == [elsewhere]


async def test_what_left_lately_is_known_whatever_became_of_it(store):
    await add_places(store, "p1", "p2", "p3", "p4")
    async with store.writing() as tx:
        for place in ("p1", "p2", "p3", "p4"):
            await tx.outbox.enqueue([message(place, not_before=AT)])
        sent, dead, flying, waiting = await tx.outbox.claim(after(seconds=5), 4)
        await tx.outbox.sent(sent.id, 7, after(seconds=50))
        await tx.outbox.dead(dead.id, "blocked", after(seconds=9))
        await tx.outbox.ambiguous(waiting.id, after(seconds=20))
        await tx.outbox.again(waiting.id, after(seconds=30), "ambiguous")
    left = Departure(place_id="p1", method="sendMessage", at=after(seconds=5))
    async with store.reading() as rx:
        assert await rx.outbox.left_since(after(seconds=10)) == [left, replace(left, place_id=flying.place_id)]
        everything = await rx.outbox.left_since(AT)
    assert {call.place_id for call in everything} == {sent.place_id, dead.place_id, flying.place_id}
