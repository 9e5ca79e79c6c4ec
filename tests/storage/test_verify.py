"""Somebody with access to the database changes the log: each change is found."""

import json

import pytest

from storage.canonical import canonical
from storage.journal.chain import digest
from tests.storage.rows import AT, STREAM, after, entry

OTHER = "incident:2"


@pytest.fixture
async def sealed(store):
    """Five entries in one stream, two in another, a checkpoint after three of the first; returns what was exported."""
    async with store.writing() as tx:
        await tx.journal.append(STREAM, 0, [entry(f"第{n}条", personal=("text",)) for n in range(3)])
        await tx.journal.append(OTHER, 0, [entry("另一起"), entry("又")])
        await tx.journal.checkpoint(AT)
        await tx.journal.append(STREAM, 3, [entry(f"第{n}条", payload={"n": n}) for n in range(3, 5)])
        return await tx.journal.export_checkpoint()


async def faults(store, **arguments):
    async with store.reading() as rx:
        return [(one.stream, one.sequence, one.kind) for one in await rx.journal.verify(**arguments)]


async def test_an_untouched_log_has_no_fault(store, sealed):
    assert await faults(store) == []
    assert await faults(store, checkpoint=json.loads(json.dumps(sealed))) == []
    assert await faults(store, stream=STREAM, checkpoint=sealed) == []


MUTATIONS = {
    "an edited text": (
        ["UPDATE journal SET body = replace(body, '\"n\":3', '\"n\":9') WHERE sequence = 4"],
        [(STREAM, 4, "edited")],
    ),
    "an edited hash": (
        [f"UPDATE journal SET hash = '{'f' * 64}' WHERE stream = '{STREAM}' AND sequence = 4"],
        [(STREAM, 4, "edited"), (STREAM, 5, "broken")],
    ),
    "a text that is no JSON": (
        [f"UPDATE journal SET body = 'x' WHERE stream = '{STREAM}' AND sequence = 5"],
        [(STREAM, 5, "edited")],
    ),
    "a text that is another JSON": (
        [f"UPDATE journal SET body = '[1]' WHERE stream = '{STREAM}' AND sequence = 5"],
        [(STREAM, 5, "edited")],
    ),
    "digests that are none": (
        [
            'UPDATE journal SET body = \'{"stream":1,"sequence":2,"previous":3,"personal":4}\''
            f" WHERE stream = '{STREAM}' AND sequence = 5"
        ],
        [(STREAM, 5, "edited")],
    ),
    "a checkpoint that cannot be read": (
        ['UPDATE checkpoints SET body = \'{"number":1,"at":"x","heads":3,"previous":"y"}\''],
        [("checkpoints", 1, "checkpoint")],
    ),
    "a removed head": (
        [f"DELETE FROM journal_heads WHERE stream = '{OTHER}'"],
        [(OTHER, 2, "broken")],
    ),
    "a deleted entry": (
        ["DELETE FROM journal WHERE sequence = 4"],
        [(STREAM, 4, "missing")],
    ),
    "a deleted first entry": (
        [
            f"DELETE FROM journal_personal WHERE stream = '{STREAM}' AND sequence = 1",
            f"DELETE FROM journal WHERE stream = '{STREAM}' AND sequence = 1",
        ],
        [(STREAM, 1, "missing")],
    ),
    "a cut end": (
        ["DELETE FROM journal WHERE sequence >= 4"],
        [(STREAM, 4, "truncated")],
    ),
    "a cut end with the head moved": (
        [
            f"DELETE FROM journal WHERE stream = '{OTHER}' AND sequence = 2",
            f"UPDATE journal_heads SET sequence = 1, hash = (SELECT hash FROM journal WHERE stream = '{OTHER}')"
            f" WHERE stream = '{OTHER}'",
        ],
        [(OTHER, 2, "truncated")],
    ),
    "a removed stream": (
        [f"DELETE FROM journal WHERE stream = '{OTHER}'", f"DELETE FROM journal_heads WHERE stream = '{OTHER}'"],
        [(OTHER, 2, "truncated")],
    ),
    "two entries that changed places": (
        [
            "UPDATE journal SET sequence = 99 WHERE sequence = 4",
            "UPDATE journal SET sequence = 4 WHERE sequence = 5",
            "UPDATE journal SET sequence = 5 WHERE sequence = 99",
        ],
        [(STREAM, 4, "reordered"), (STREAM, 5, "reordered"), (STREAM, 5, "broken")],
    ),
    "an entry of another stream": (
        [
            "DELETE FROM journal WHERE sequence = 5",
            f"INSERT INTO journal SELECT '{STREAM}', 5, body, hash FROM journal"
            f" WHERE stream = '{OTHER}' AND sequence = 2",
        ],
        [(STREAM, 5, "reordered"), (STREAM, 5, "broken")],
    ),
    "an edited personal value": (
        ["UPDATE journal_personal SET value = '\"没有人受伤\"' WHERE sequence = 2"],
        [(STREAM, 2, "personal")],
    ),
    "a personal value that was removed and not erased": (
        ["DELETE FROM journal_personal WHERE sequence = 2"],
        [(STREAM, 2, "personal")],
    ),
    "an edited checkpoint": (
        ["UPDATE checkpoints SET body = replace(body, '2026', '2027')"],
        [("checkpoints", 1, "checkpoint")],
    ),
}


@pytest.mark.parametrize("name", MUTATIONS)
async def test_each_mutation_is_found(store, sealed, raw, name):
    statements, expected = MUTATIONS[name]
    async with store.writing() as tx:
        for statement in statements:
            assert await raw(tx, statement) >= 1
    assert await faults(store) == expected


async def test_an_added_entry_is_found(store, sealed, raw):
    async with store.reading() as rx:
        last = (await rx.journal.load(OTHER))[-1]
        [body] = await raw(rx, f"SELECT body FROM journal WHERE stream = '{OTHER}' AND sequence = 2")
    forged = canonical(json.loads(body) | {"sequence": 3, "previous": last.hash})
    async with store.writing() as tx:
        await raw(tx, f"INSERT INTO journal VALUES ('{OTHER}', 3, :body, :hash)", body=forged, hash=digest(forged))
    assert await faults(store) == [(OTHER, 3, "broken")]


async def rewrite(store, raw, stream):
    """Replace a whole stream by a consistent one, as somebody who knows the program would."""
    async with store.writing() as tx:
        count = len(await tx.journal.load(stream))
        for table in ("journal_personal", "journal", "journal_heads"):
            await raw(tx, f"DELETE FROM {table} WHERE stream = '{stream}'")
        await tx.journal.append(stream, 0, [entry("从未发生") for _ in range(count)])


async def test_a_rewritten_stream_differs_from_the_stored_checkpoint(store, sealed, raw):
    await rewrite(store, raw, STREAM)
    assert await faults(store) == [(STREAM, 3, "rewritten")]


async def test_rewritten_checkpoints_differ_from_the_exported_one(store, sealed, raw):
    await rewrite(store, raw, STREAM)
    async with store.writing() as tx:
        await raw(tx, "DELETE FROM checkpoints")
        await raw(tx, "UPDATE journal_heads SET checkpointed = 0")
        await tx.journal.checkpoint(AT)
    assert await faults(store) == []
    found = await faults(store, checkpoint=sealed)
    assert found == [("checkpoints", 1, "checkpoint"), (STREAM, 3, "rewritten")]
    assert await faults(store, stream=OTHER, checkpoint=sealed) == [("checkpoints", 1, "checkpoint")]


async def test_checkpoints_chain_only_what_grew_and_export_all(store, sealed):
    async with store.writing() as tx:
        second = await tx.journal.checkpoint(after(hours=1))
        assert await tx.journal.checkpoint(after(hours=2)) == second
        exported = await tx.journal.export_checkpoint()
        heads = await tx.journal.heads()
    assert (second.number, second.previous) == (2, sealed["hash"])
    assert set(second.heads) == {STREAM}
    assert exported["heads"] == {name: {"sequence": head.sequence, "hash": head.hash} for name, head in heads.items()}
    assert await faults(store, checkpoint=sealed) == []
    assert await faults(store, checkpoint=exported) == []


async def test_there_is_nothing_to_export_before_the_first_checkpoint(store):
    async with store.writing() as tx:
        assert await tx.journal.export_checkpoint() is None
        empty = await tx.journal.checkpoint(AT)
    assert (empty.number, empty.heads) == (1, {})
