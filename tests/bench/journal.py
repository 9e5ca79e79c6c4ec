"""B9: what the hash chain costs, and how fast the log is examined."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any
from unittest.mock import patch

from sqlalchemy import insert, select

from storage import Store
from storage.journal import Entry, NewEntry
from storage.journal.chain import Sealed
from storage.journal.tables import entries
from tests.bench import stage
from tests.bench.report import Aim, Line
from tests.bench.rounds import Run, alternate_async, percentile, scaled

AT = datetime(2026, 3, 2, 2, 20, tzinfo=UTC)
TOGETHER = 4
"""Events of one command."""

PAYLOAD: dict[str, Any] = {
    "text": "实验小学宿舍楼楼梯发生踩踏，4名学生受伤，已拨打120",
    "facts": {"injuries": 4, "deaths": 0, "serious_injuries": {"at_least": 0, "at_most": 4}},
    "place": "实验小学",
    "occurred_at": "2026-03-01T19:02:00+00:00",
    "candidates": ["crowd"],
}


def measure(run: Run) -> Iterator[Line]:
    """Yield the lines of B9."""
    yield from asyncio.run(_measure(run))


async def _measure(run: Run) -> list[Line]:
    commands = run.size(300, 50)
    async with stage.sqlite(run.folder, "chained") as chained, stage.sqlite(run.folder, "plain") as plain:
        names = (f"incident:{number}" for number in itertools.count())
        on = lambda: _appended(chained, next(names), commands)  # noqa: E731  # three arms, two of them twice
        mine, off = await alternate_async(run.rounds, on, lambda: _unchained(plain, next(names), commands))
        again, bare = await alternate_async(run.rounds, on, lambda: _inserted(plain, next(names), commands))
        verified, hashed = await alternate_async(run.rounds, partial(_verified, chained), partial(_hashed, chained))
    what = f"{TOGETHER} events appended and committed"
    return [
        Line(
            number="B9", measure=what, unit="ms", ours=scaled(mine, 1e3), peer=scaled(off, 1e3), against="chain off",
            aim=Aim(at_most=1.3), note="off: the same statements, nothing hashed, salted or put into canonical form",
        ),
        Line(
            number="B9", measure=what, unit="ms", ours=scaled(again, 1e3), peer=scaled(bare, 1e3),
            against="one INSERT",
            note="one INSERT: no compare and swap on the stream's end, and no personal values kept apart",
        ),
        Line(
            number="B9", measure="verify, entries a second", unit="/s", ours=tuple(verified), peer=tuple(hashed),
            against="json + SHA-256", aim=Aim(at_least=0.3),
            note="verify examines entries and personal values; the peer reads the same bodies, parses and hashes them",
        ),
    ]  # fmt: skip


async def _appended(store: Store, stream: str, commands: int) -> float:
    """Return the seconds that a command takes, the median, which a busy disk moves less than the average."""
    taken = []
    for number in range(commands):
        before = time.perf_counter()
        new = NewEntry(
            event="reported", version=1, at=AT, actor="person:1", cause=f"update:{number}", payload=PAYLOAD,
            personal=("text",),
        )  # fmt: skip
        async with store.writing() as tx:
            await tx.journal.append(stream, number * TOGETHER, [new] * TOGETHER)
        taken.append(time.perf_counter() - before)
    return percentile(taken, 0.5)


async def _unchained(store: Store, stream: str, commands: int) -> float:
    with patch("storage.journal.entries.seal", _open):
        return await _appended(store, stream, commands)


def _open(stream: str, sequence: int, previous: str, new: NewEntry) -> Sealed:
    """Make an entry as ``seal`` does, without what the chain needs."""
    plain = {key: value for key, value in new.payload.items() if key not in new.personal}
    body = json.dumps(
        {
            "stream": stream, "sequence": sequence, "event": new.event, "version": new.version, "at": AT.isoformat(),
            "actor": new.actor, "cause": new.cause, "payload": plain,
        },
        ensure_ascii=False,
    )  # fmt: skip
    secrets = {key: ("", json.dumps(new.payload[key], ensure_ascii=False)) for key in new.personal}
    entry = Entry(
        stream=stream, sequence=sequence, event=new.event, version=new.version, at=new.at, actor=new.actor,
        cause=new.cause, payload=new.payload, personal=new.personal, previous="", hash="",
    )  # fmt: skip
    return Sealed(entry=entry, body=body, secrets=secrets)


async def _inserted(store: Store, stream: str, commands: int) -> float:
    taken = []
    for number in range(commands):
        before = time.perf_counter()
        rows = []
        for sequence in range(number * TOGETHER + 1, (number + 1) * TOGETHER + 1):
            body = {
                "event": "reported",
                "version": 1,
                "at": AT.isoformat(),
                "cause": f"update:{number}",
                "payload": PAYLOAD,
            }
            text = json.dumps(body, ensure_ascii=False)
            rows.append({"stream": stream, "sequence": sequence, "body": text, "hash": ""})
        async with store.writing() as tx:
            await tx._session.connection.execute(insert(entries), rows)
        taken.append(time.perf_counter() - before)
    return percentile(taken, 0.5)


async def _verified(store: Store) -> float:
    async with store.reading() as rx:
        count = sum(head.sequence for head in (await rx.journal.heads()).values())
        before = time.perf_counter()
        faults = await rx.journal.verify()
        taken = time.perf_counter() - before
    if faults:
        raise AssertionError(faults[:3])
    return count / taken


async def _hashed(store: Store) -> float:
    async with store.reading() as rx:
        before = time.perf_counter()
        rows = (await rx._session.connection.execute(select(entries.c.body, entries.c.hash))).all()
        for body, recorded in rows:
            json.loads(body)
            if hashlib.sha256(body.encode()).hexdigest() != recorded:
                raise AssertionError("the log does not hash to what it says")
        return len(rows) / (time.perf_counter() - before)
