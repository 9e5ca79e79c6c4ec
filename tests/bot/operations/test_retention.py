"""Words are kept for a time, the record for ever."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.operations import retention
from bot.operations.retention import Forgotten, forget
from storage import open_store
from storage.forms import Form
from tests.storage.rows import AT, add_people, add_places, after, entry, incident, message, new_update

DAY = timedelta(days=1)
WORDS = "一句不该留下的话"


@pytest.fixture
async def old(store):
    """An update, a message, a form, an entry and a hold of the first day."""
    await add_places(store, "p1")
    await add_people(store, "u1")
    async with store.writing() as tx:
        await tx.inbox.put([new_update(1, payload=WORDS), new_update(2, payload=WORDS)])
        await tx.inbox.done(1, AT)
        [id] = await tx.outbox.enqueue([message("p1", payload={"text": WORDS})])
        await tx.outbox.claim(AT, 1)
        await tx.outbox.sent(id, 5, AT)
        await tx.forms.save(Form(place_id="p1", person_id="u1", kind="report", data={"where": WORDS}, at=AT))
        await tx.journal.append("incident:1", 0, [entry(WORDS)])
        await tx.holds.hold("p1", AT)
    return id


async def test_what_is_old_is_forgotten_and_the_record_stays(store, old):
    assert await forget(store, after(days=90), 90 * DAY) == Forgotten(updates=0, messages=0, forms=1)
    assert await forget(store, after(days=91), 90 * DAY) == Forgotten(updates=1, messages=1, forms=0)
    assert await forget(store, after(days=91), 90 * DAY) == Forgotten(updates=0, messages=0, forms=0)
    async with store.reading() as rx:
        assert (await rx.inbox.get(1)).payload is None and (await rx.inbox.get(2)).payload == WORDS
        row = await rx.outbox.get(old)
        assert (row.payload, row.state, row.message_id) == ({}, "sent", 5)
        assert (await rx.journal.load("incident:1"))[0].payload["text"] == WORDS
        assert await rx.journal.verify() == []


async def test_zero_keeps_everything(store, old):
    assert await forget(store, after(days=9999), timedelta()) == Forgotten(updates=0, messages=0, forms=0)
    async with store.reading() as rx:
        assert (await rx.inbox.get(1)).payload == WORDS


async def test_an_incident_that_is_open_keeps_its_words(store):
    await add_places(store, "p1")
    async with store.writing() as tx:
        await tx.incidents.save(incident())
        [id] = await tx.outbox.enqueue([message("p1", stream="incident:1")])
        await tx.outbox.drop(id, "not needed", AT)
    assert (await forget(store, after(days=999), DAY)).messages == 0
    async with store.writing() as tx:
        await tx.incidents.save(incident(state="closed"))
    assert (await forget(store, after(days=999), DAY)).messages == 1


async def test_many_are_forgotten_in_small_transactions(store, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 10)
    await add_places(store, "p1")
    async with store.writing() as tx:
        for id in await tx.outbox.enqueue([message("p1") for _ in range(25)]):
            await tx.outbox.drop(id, "not needed", AT)
    assert (await forget(store, after(days=2), DAY)).messages == 25


async def test_what_is_forgotten_is_not_on_the_disk_any_more(file_url):
    async with await open_store(file_url) as store:
        await add_places(store, "p1")
        async with store.writing() as tx:
            await tx.inbox.put([new_update(1, payload=WORDS)])
            await tx.inbox.done(1, AT)
            [id] = await tx.outbox.enqueue([message("p1", payload={"text": WORDS})])
            await tx.outbox.drop(id, "not needed", AT)
        await forget(store, after(days=2), DAY)
        path = Path(str(store.path))
        files = [path, *path.parent.glob(path.name + "-wal")]
        assert not any(WORDS.encode() in file.read_bytes() for file in files)
