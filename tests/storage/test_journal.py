import asyncio

import pytest

from storage import Conflict
from tests.storage.rows import AT, STREAM, after, entry


async def append(store, *entries, stream=STREAM, expected=0):
    async with store.writing() as tx:
        return await tx.journal.append(stream, expected, entries)


async def test_what_is_loaded_is_what_append_returned(store):
    first = await append(store, entry("一"), entry("二", cause=None, actor=None))
    second = await append(store, entry("三", at=after(minutes=1)), expected=2)
    async with store.reading() as rx:
        assert await rx.journal.load(STREAM) == first + second
        assert await rx.journal.load(STREAM, after=2) == second
        assert await rx.journal.load("incident:2") == []
        heads = await rx.journal.heads()
    assert [one.sequence for one in first + second] == [1, 2, 3]
    assert (heads[STREAM].sequence, heads[STREAM].hash) == (3, second[0].hash)
    assert second[0].previous == first[1].hash
    assert first[0].at == AT and first[0].payload == {"text": "一", "injuries": 4}


async def test_streams_do_not_share_a_chain(store):
    [one] = await append(store, entry())
    [other] = await append(store, entry(), stream="admin:chengqu")
    assert one.previous == other.previous and one.hash != other.hash


@pytest.mark.parametrize("expected", [0, 1, 3])
async def test_an_append_to_an_outdated_state_is_a_conflict_and_the_transaction_goes_on(store, expected):
    await append(store, entry(), entry())
    async with store.writing() as tx:
        with pytest.raises(Conflict) as caught:
            await tx.journal.append(STREAM, expected, [entry()])
        await tx.meta.put("still", "usable")
    assert (caught.value.stream, caught.value.expected, caught.value.actual) == (STREAM, expected, 2)
    async with store.reading() as rx:
        assert len(await rx.journal.load(STREAM)) == 2
        assert await rx.meta.get("still") == "usable"


@pytest.mark.parametrize("existing", [0, 1])
async def test_of_two_writers_on_one_stream_exactly_one_meets_a_conflict(store, existing):
    if existing:
        await append(store, entry("之前"))
    loaded = asyncio.Barrier(2)

    async def decide(text):
        async with store.reading() as rx:
            expected = len(await rx.journal.load(STREAM))
        await loaded.wait()
        try:
            await append(store, entry(text), expected=expected)
        except Conflict as conflict:
            return conflict
        return text

    outcomes = await asyncio.gather(decide("甲"), decide("乙"))
    [conflict] = [one for one in outcomes if isinstance(one, Conflict)]
    [winner] = [one for one in outcomes if not isinstance(one, Conflict)]
    assert (conflict.expected, conflict.actual) == (existing, existing + 1)
    async with store.reading() as rx:
        assert [one.payload["text"] for one in await rx.journal.load(STREAM, after=existing)] == [winner]
        assert await rx.journal.verify() == []


async def test_a_personal_value_is_put_back_on_loading_and_is_not_in_the_hashed_text(store, raw):
    [written] = await append(store, entry("李家长报告", personal=("text", "absent")))
    async with store.reading() as rx:
        [loaded] = await rx.journal.load(STREAM)
        [body] = await raw(rx, "SELECT body FROM journal")
    assert loaded == written
    assert loaded.payload == {"text": "李家长报告", "injuries": 4}
    assert (loaded.personal, loaded.erased) == (("text",), ())
    assert "李家长" not in body and '"injuries":4' in body


async def test_the_same_personal_value_leaves_another_digest_each_time(store, raw):
    await append(store, entry("同", personal=("text",)), entry("同", personal=("text",)))
    async with store.reading() as rx:
        salts = await raw(rx, "SELECT salt FROM journal_personal")
    assert len(set(salts)) == 2


async def test_an_erased_value_is_gone_and_the_chain_still_verifies(store, raw):
    await append(
        store,
        entry("李家长报告", payload={"text": "李家长报告", "name": {"first": "李"}, "n": 1}, personal=("text", "name")),
        entry("另一条", personal=("text",)),
    )
    async with store.writing() as tx:
        sealed = await tx.journal.checkpoint(AT)
        exported = await tx.journal.export_checkpoint()
        assert await tx.journal.erase(STREAM, 1, ["text", "n"], AT) == 1
        assert await tx.journal.erase(STREAM, 1, ["text"], AT) == 0
    async with store.reading() as rx:
        first, second = await rx.journal.load(STREAM)
        assert first.payload == {"text": None, "name": {"first": "李"}, "n": 1}
        assert first.erased == ("text",)
        assert second.payload["text"] == "另一条"
        assert await rx.journal.verify(checkpoint=exported) == []
        assert await raw(rx, "SELECT salt FROM journal_personal WHERE sequence = 1 AND key = 'text'") == [None]
    assert sealed.heads[STREAM].sequence == 2


async def test_text_that_no_database_can_hold_comes_back_as_it_was(store):
    hostile = {"name": "a\x00b\ud83d<b>&\u202e", "text": "'; DROP TABLE journal; --"}
    await append(store, entry(payload=hostile, personal=("name",)))
    async with store.reading() as rx:
        [loaded] = await rx.journal.load(STREAM)
        assert loaded.payload == hostile
        assert await rx.journal.verify() == []


async def test_an_exception_undoes_the_append(store):
    with pytest.raises(ZeroDivisionError):
        async with store.writing() as tx:
            await tx.journal.append(STREAM, 0, [entry()])
            _ = 1 / 0
    async with store.reading() as rx:
        assert await rx.journal.load(STREAM) == []
        assert await rx.journal.heads() == {}


async def test_the_length_counts_streams_and_entries(store):
    async with store.writing() as tx:
        assert await tx.journal.length() == (0, 0)
        await tx.journal.append(STREAM, 0, [entry(), entry()])
        await tx.journal.append("admin:chengqu", 0, [entry()])
        assert await tx.journal.length() == (2, 3)


async def test_the_logs_in_which_a_word_stands_are_found_but_not_by_what_is_personal(store):
    digest = "ab" * 32
    async with store.writing() as tx:
        await tx.journal.append("incident:1", 0, [entry(payload={"digest": digest}), entry(payload={"digest": digest})])
        await tx.journal.append("incident:2", 0, [entry(payload={"text": digest}, personal=("text",))])
        await tx.journal.append("incident:3", 0, [entry(payload={"digest": "100%"})])
    async with store.reading() as rx:
        assert await rx.journal.naming(digest) == ["incident:1"]
        assert await rx.journal.naming("0%") == ["incident:3"]
        assert await rx.journal.naming("_") == []
