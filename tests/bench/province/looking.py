"""What came of a play: read from its database afterwards."""

from __future__ import annotations

import resource
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import asyncpg

from bot.delivery import counts
from tests.bench.province.storm import Storm
from tests.bench.province.telegram import Telegram
from tests.bench.rounds import percentile

NIGHT = datetime(2026, 7, 21, 15, 0, tzinfo=UTC)
"""When it begins: 23:00 in Jincheng."""

SHARES = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1.0}


@dataclass
class Found:
    """What came of it; spans in seconds, sizes in MiB; messages as ``replay`` reads them."""

    part: dict[str, Any]
    counts: dict[str, int] = field(default_factory=dict)
    spans: dict[str, dict[str, float]] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, dict[str, float]] = field(default_factory=dict)
    minutes: list[dict[str, Any]] = field(default_factory=list)
    messages: list[list[Any]] = field(default_factory=list)
    sizes: dict[str, float] = field(default_factory=dict)

    def span(self, name: str, values: Sequence[float]) -> None:
        """Keep percentiles of some spans, where there are any."""
        if values:
            self.spans[name] = {label: round(percentile(values, share), 3) for label, share in SHARES.items()}


async def look(url: str, found: Found, storm: Storm, telegram: Telegram, before: dict[str, float]) -> None:
    """Write down what is in a database at the end, and what people and Telegram had to do with it."""
    connection = await asyncpg.connect(plain(url))
    try:
        await _look(connection, found, storm, telegram, before)
    finally:
        await connection.close()


async def _look(connection: Any, found: Found, storm: Storm, telegram: Telegram, before: dict[str, float]) -> None:
    counted, query = found.counts, connection.fetchval
    after = await sizes(connection)
    found.sizes |= {f"{name} grew": after[name] - before[name] for name in before}
    found.sizes |= {f"{name} at the end": after[name] for name in ("database",)}
    found.sizes["resident at most"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    counted["connections"] = await query(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type LIKE 'client%'"
    )
    counted |= {f"people {what}": number for what, number in storm.told.items()}
    counted["refused with 429"] = telegram.refused
    counted["reports"] = await query("SELECT count(*) FROM incidents")
    counted["declared"] = await query("SELECT count(*) FROM incidents WHERE response_level IS NOT NULL")
    counted["dead letters"] = await query("SELECT count(*) FROM outbox WHERE state IN ('dead', 'ambiguous')")
    counted["unfinished updates"] = await query("SELECT count(*) FROM inbox WHERE finished_at IS NULL")
    counted["quarantined"] = await query("SELECT count(*) FROM inbox WHERE state = 'quarantined'")
    found.calls = dict(telegram.calls.most_common())
    counted["most calls in a second"] = max(telegram.at.values(), default=0)
    begin = NIGHT
    rows = await connection.fetch(
        "SELECT place_id, coalesce, stream, call, notice, priority, method, state, created_at, not_before,"
        " finished_at FROM outbox ORDER BY id"
    )
    first: dict[tuple[str, str], Any] = {}
    rung: dict[str, Any] = {}
    by_priority: dict[int, list[float]] = {}
    notices: Counter[str] = Counter()
    for row in rows:
        if row["state"] == "sent":
            notices[row["notice"]] += 1
            due = max(row["created_at"], row["not_before"])
            by_priority.setdefault(row["priority"], []).append((row["finished_at"] - due).total_seconds())
        if row["call"] is not None:
            first.setdefault((row["stream"], row["call"]), row)
        if row["notice"] == "duty_ring":
            rung.setdefault(row["stream"], row)
    sent = [row for row in first.values() if row["state"] == "sent"]
    counted["unit calls"], counted["unit calls out"] = len(first), len(sent)
    found.span("from declaration to call", [_waited(row) for row in sent])
    if sent:
        counted["seconds until the last call was out"] = int(
            (max(row["finished_at"] for row in sent) - begin).total_seconds()
        )
    reported = {row["stream"]: row["reported_at"] for row in await connection.fetch("SELECT * FROM incidents")}
    found.span(
        "from report to the seat's ring",
        [
            (row["finished_at"] - reported[stream]).total_seconds()
            for stream, row in rung.items()
            if row["state"] == "sent"
        ],
    )
    counted["reports whose ring joined another"] = len(reported) - len(rung)
    for priority, spans in sorted(by_priority.items()):
        found.span(f"messages of priority {priority}", spans)
        counted[f"messages of priority {priority}"] = len(spans)
    inbox = await connection.fetch("SELECT received_at, finished_at FROM inbox WHERE finished_at IS NOT NULL")
    found.span("updates worked off", [(row["finished_at"] - row["received_at"]).total_seconds() for row in inbox])
    counted["updates"] = len(inbox)
    counted |= {f"sent: {notice}": number for notice, number in notices.most_common(25)}
    groups = {row["id"] for row in await connection.fetch("SELECT id FROM places WHERE kind <> 'private'")}
    found.messages = _messages(rows, groups)


def _messages(rows: Sequence[Any], groups: set[str]) -> list[list[Any]]:
    """Return all that Telegram counted, as ``replay`` reads it."""
    keys: dict[tuple[str, str], int] = {}
    numbers: dict[str, int] = {}
    found: list[list[Any]] = []
    firsts: set[tuple[str, str]] = set()
    for row in rows:
        what = "ring" if row["notice"] == "duty_ring" else "live" if row["coalesce"] else "other"
        if row["call"] is not None and (row["stream"], row["call"]) not in firsts:
            firsts.add((row["stream"], row["call"]))
            what = "call"
        if row["state"] != "sent" or not counts(row["method"]):
            continue
        due = max(row["created_at"], row["not_before"])
        place = numbers.setdefault(row["place_id"], len(numbers))
        live = keys.setdefault((row["place_id"], row["coalesce"]), len(keys)) if row["coalesce"] else -1
        found.append(
            [
                round((due - NIGHT).total_seconds(), 2), row["priority"], place,
                int(row["place_id"] in groups), what, live,
            ]
        )  # fmt: skip
    return found


async def sizes(connection: Any) -> dict[str, float]:
    """Return what the database and the server's log take, in MiB."""
    size = await connection.fetchval("SELECT pg_database_size(current_database())")
    log = await connection.fetchval("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint")
    return {"database": size / 2**20, "write-ahead log": log / 2**20}


def _waited(row: Any) -> float:
    return float((row["finished_at"] - row["created_at"]).total_seconds())


def plain(url: str) -> str:
    """Return an address as asyncpg reads it."""
    return url.replace("+asyncpg", "")
