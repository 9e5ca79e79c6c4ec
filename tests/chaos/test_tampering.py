"""A night's journal, changed by somebody with access to the database: found against a checkpoint kept elsewhere."""

from __future__ import annotations

import json
import random
from typing import Any

from sqlalchemy import text

from storage.canonical import canonical
from storage.journal.chain import digest
from storage.transaction import Writing
from tests.journeys.world import STAMPEDE, Town


async def _execute(tx: Writing, statement: str, **values: Any) -> int:
    return (await tx._session.execute(text(statement), values)).rowcount


async def _edit(tx: Writing, stream: str, at: int, last: int) -> int:
    return await _execute(tx, "UPDATE journal SET body = replace(body, '\"at\":\"2026', '\"at\":\"2025')"
                          " WHERE stream = :s AND sequence = :n", s=stream, n=at)  # fmt: skip


async def _delete(tx: Writing, stream: str, at: int, last: int) -> int:
    await _execute(tx, "DELETE FROM journal_personal WHERE stream = :s AND sequence = :n", s=stream, n=at)
    return await _execute(tx, "DELETE FROM journal WHERE stream = :s AND sequence = :n", s=stream, n=at)


async def _reorder(tx: Writing, stream: str, at: int, last: int) -> int:
    """Let two entries change places, their personal words with them staying where they were."""
    other = at % last + 1
    rows = {}
    for number in (at, other):
        found = await tx._session.execute(
            text("SELECT body, hash FROM journal WHERE stream = :s AND sequence = :n"), {"s": stream, "n": number}
        )
        rows[number] = found.one()
    for number, row in ((at, rows[other]), (other, rows[at])):
        await _execute(tx, "UPDATE journal SET body = :b, hash = :h WHERE stream = :s AND sequence = :n",
                       b=row.body, h=row.hash, s=stream, n=number)  # fmt: skip
    return 1


async def _truncate(tx: Writing, stream: str, at: int, last: int) -> int:
    """Cut the end and move the head, as somebody who knows the tables would."""
    at = max(at, 2)
    for table in ("journal_personal", "journal"):
        await _execute(tx, f"DELETE FROM {table} WHERE stream = :s AND sequence >= :n", s=stream, n=at)
    head = "SELECT hash FROM journal WHERE stream = :s AND sequence = :p"
    moved = f"UPDATE journal_heads SET sequence = :p, hash = ({head}) WHERE stream = :s"
    return await _execute(tx, moved, s=stream, p=at - 1)


async def _rewrite(tx: Writing, stream: str, at: int, last: int) -> int:
    """Change one entry, and chain everything behind it anew, heads and checkpoints included."""
    rows = (await tx._session.execute(
        text("SELECT sequence, body FROM journal WHERE stream = :s ORDER BY sequence"), {"s": stream}
    )).all()  # fmt: skip
    previous = None
    for row in rows:
        sequence, body = row.sequence, row.body
        fields = json.loads(body)
        if sequence < at:
            previous = digest(body)
            continue
        if sequence == at:
            fields["actor"] = "somebody-else"
        if previous is not None:
            fields["previous"] = previous
        forged = canonical(fields)
        previous = digest(forged)
        await _execute(tx, "UPDATE journal SET body = :b, hash = :h WHERE stream = :s AND sequence = :n",
                       b=forged, h=previous, s=stream, n=sequence)  # fmt: skip
    await _execute(tx, "UPDATE journal_heads SET hash = :h, checkpointed = 0 WHERE stream = :s", h=previous, s=stream)
    await _execute(tx, "DELETE FROM checkpoints")
    return 1


async def _replace_personal(tx: Writing, stream: str, at: int, last: int) -> int:
    return await _execute(tx, "UPDATE journal_personal SET value = '\"没有人受伤\"' WHERE stream = :s", s=stream)


MUTATIONS = (_edit, _delete, _reorder, _truncate, _rewrite, _replace_personal)


class _Undo(Exception):
    pass


async def test_every_mutation_of_a_nights_journal_is_found_and_an_erasure_is_none(
    any_url: str, chance: random.Random
) -> None:
    async with Town.open(any_url) as town:
        await town.say(town.head, town.bot, STAMPEDE)
        await town.press(town.duty, "我来处理")
        await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
        await town.press(town.director, "启动Ⅲ级")
        await town.press(town.director, "确认宣布")
        stream = (await town.incident()).stream
        async with town.open_store.writing() as tx:
            last = len(await tx.journal.load(stream))
            await tx.journal.checkpoint(town.clock.now())
            exported = json.loads(json.dumps(await tx.journal.export_checkpoint()))
        # What happens afterwards is no fault, and neither is that personal words are erased.
        await town.say(town.duty, town.bot, "/verify 一般")
        async with town.open_store.writing() as tx:
            assert await tx.journal.erase(stream, 1, ["text"], town.clock.now()) == 1
        async with town.open_store.reading() as rx:
            assert await rx.journal.verify(checkpoint=exported) == []

        for mutate in MUTATIONS:
            for at in chance.sample(range(1, last + 1), 2):
                found: list[Any] = []
                try:
                    async with town.open_store.writing() as tx:
                        assert await mutate(tx, stream, at, last) >= 1, (mutate, at)
                        found += await tx.journal.verify(checkpoint=exported)
                        raise _Undo
                except _Undo:
                    assert found, f"{mutate.__name__} of entry {at} is not found"
        async with town.open_store.reading() as rx:
            assert await rx.journal.verify(checkpoint=exported) == []
