"""All figures of docs/scale.md: ``python -m tests.bench.province.figures [--quick] [--json FILE]`` prints them."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import platform
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from typing import Any

import asyncpg
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.bot_api_client import BotApiClient
from bot.clock import SystemClock
from bot.log import set_up
from bot.playground import Limits, LocalBotApi, World
from tests.bench import stage
from tests.bench.peers.bare import TOKEN
from tests.bench.province.districts import REPORTERS, district
from tests.bench.province.play import SEED
from tests.bench.province.replay import Sent, copied, sent
from tests.bench.province.storm import Weather, arrivals

Json = dict[str, Any]

AS_OPERATED = {
    "wal_level": "replica", "full_page_writes": "on", "autovacuum": "on", "shared_buffers": "256MB",
    "max_wal_senders": "2",
}  # fmt: skip
"""A server as it stands on a machine of its own, but that no commit waits for a disk: commits are counted instead."""

PROVINCE, REPORTS = 120, 2_000
SHARE = 8
"""The installations among which the province is shared where one of them is played."""

SIZES = (15, 30, 45, 60, 90, 120, 180, 240, 480)
TOKENS = (1, 4, 8)


def taken(*, quick: bool = False, say: Callable[[str], None] = lambda words: None) -> Json:
    """Play, replay and measure; return all figures.

    Args:
        quick: small sizes, to see that it works.
        say: is told what is being done.
    """
    part: Json = {"districts": PROVINCE, "reports": REPORTS, "tokens": SHARE, "minutes": 60, "after": 10}
    part["token"] = usual()
    full: Json = {
        "districts": PROVINCE,
        "reports": 2 * REPORTS,
        "minutes": 8,
        "after": 0,
        "rate": 1000,
        "steady": True,
    }
    if quick:
        part |= {
            "districts": 1,
            "reports": 240,
            "tokens": 1,
            "token": 0,
            "minutes": 3,
            "after": 8,
            "steady": True,
            "declared": 1.0,
        }
        full |= {"districts": 2, "reports": 600, "minutes": 1}
    price = http_price(30 if quick else 300)
    part["price"] = full["price"] = price
    with stage.postgres_server(**AS_OPERATED) as one, stage.postgres_server(**AS_OPERATED) as other:
        version = asyncio.run(_version(one.url))
        for server, what in ((one, part), (other, full)):
            what |= {"url": asyncio.run(stage.postgres_url(server, "province")), "server": server.pid}
        say(f"plays {part['districts'] // part['tokens']} districts for {part['minutes']} minutes, and beside them"
            f" {full['districts']} on one process that Telegram does not hold up")  # fmt: skip
        with ThreadPoolExecutor(2) as pool:
            plays = [pool.submit(_played, what) for what in (part, full)]
            played, crowded = (play.result() for play in plays)
    say("replays its messages")
    figures: Json = {
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}, {version}",
        "played": played, "crowded": crowded, "milliseconds of a call by HTTP": round(1000 * price, 3),
    }  # fmt: skip
    messages = played.pop("messages")
    crowded.pop("messages")
    mine = part["districts"] // part["tokens"]
    figures["agrees"] = _replayed(messages, mine, mine)
    figures["tokens"] = {tokens: _replayed(messages, mine, max(mine, PROVINCE // tokens)) for tokens in TOKENS}
    figures["sizes"] = {size: _replayed(messages, mine, size) for size in SIZES if size >= mine}
    figures["per district"] = _per_district(played, mine)
    return figures


def usual() -> int:
    """Return the share of the province that is hit as hard as shares are on the whole."""
    here = Counter(number % SHARE for _, number in arrivals(Weather(reports=REPORTS), PROVINCE, SEED))
    return min(range(SHARE), key=lambda share: abs(here[share] - REPORTS / SHARE))


def _played(part: Json) -> Json:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.province.play", json.dumps(part)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[-4000:])
    found: Json = json.loads(done.stdout)
    return found


def _replayed(messages: Sequence[Sequence[Any]], played: int, wanted: int) -> Json:
    found: Sent = sent(copied(messages, played, wanted, seed=wanted), 30)
    return {
        "districts": wanted, "spans": found.spans(), "last call": round(found.last_call), "calls": found.calls,
        "replaced": found.replaced, "over at": round(found.seconds),
        "most waiting": max((sum(one.values()) for one in found.queue), default=0),
        "most urgent waiting": max((one.get(1, 0) for one in found.queue), default=0),
        "waiting at minute": {at: sum(one.values()) for at, one in enumerate(found.queue) if at % 10 == 0},
    }  # fmt: skip


def _per_district(played: Json, districts: int) -> Json:
    """Return what a district costs: all along, and in the ten busiest minutes; a call's HTTP is the program's too."""
    minutes, doubles = played["minutes"], played["accounts"]["doubles"]["seconds"]
    used = played["accounts"]["all"]["seconds"]
    by_wire = sum(played["calls"].values()) * played["part"]["price"]
    own = (used - doubles + by_wire) / used if used else 0.0

    def busiest(name: str, share: float) -> float:
        steps = [after[name] - before[name] for before, after in pairwise(minutes)]
        spans = [fmean(steps[start : start + 10]) for start in range(max(1, len(steps) - 9))]
        return share * max(spans) / districts

    hours = (len(minutes) - 1) / 60
    whole = minutes[-1]
    return {
        "program, cores": own * used / 3600 / hours / districts,
        "program at its busiest, cores": busiest("processor", own) / 60,
        "database, cores": (whole["database"] - minutes[0]["database"]) / 3600 / hours / districts,
        "database at its busiest, cores": busiest("database", 1.0) / 60,
        "commits a second": (whole["commits"] - minutes[0]["commits"]) / 3600 / hours / districts,
        "commits a second at its busiest": busiest("commits", 1.0) / 60,
        "database, MiB an hour": played["sizes"]["database grew"] / hours / districts,
        "write-ahead log, MiB an hour": played["sizes"]["write-ahead log grew"] / hours / districts,
    }


def http_price(calls: int) -> float:
    """Return seconds of processor time that a call takes our side over HTTP, which the double does without; no TLS."""
    ready, over = threading.Event(), threading.Event()
    known: dict[str, Any] = {}

    async def serve() -> None:
        world = World(SystemClock(), limits=Limits.unlimited())
        bot, somebody = world.add_bot(TOKEN, username="bench_bot", name="bench"), world.add_user("某人")
        somebody.start(bot)
        known["chat"] = somebody.id
        async with LocalBotApi(world) as api:
            known["url"] = api.url
            ready.set()
            while not over.is_set():  # noqa: ASYNC110  # another thread ends it
                await asyncio.sleep(0.05)

    async def ask() -> float:
        request = HTTPXRequest(connection_pool_size=8)
        async with Bot(TOKEN, base_url=f"{known['url']}/bot", request=request) as bot:
            client = BotApiClient(bot)
            payload = {"chat_id": known["chat"], "text": "【Ⅲ级响应】请到场。" * 20}
            await client.call("sendMessage", payload)
            before = time.thread_time()
            for _ in range(calls):
                await client.call("sendMessage", payload)
            return (time.thread_time() - before) / calls

    server = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    server.start()
    ready.wait(30)
    try:
        return asyncio.run(ask())
    finally:
        over.set()
        server.join(10)


async def _version(url: str) -> str:
    connection = await asyncpg.connect(url)
    try:
        return "PostgreSQL " + str(await connection.fetchval("SHOW server_version"))
    finally:
        await connection.close()


def tables(figures: Json) -> Iterator[str]:
    """Yield the tables as Markdown."""
    played, crowded = figures["played"], figures["crowded"]
    counts, accounts = played["counts"], played["accounts"]
    yield f"Machine: {figures['machine']}."
    yield _table(("of the played part", "figure"), [(name, value) for name, value in counts.items()])
    rows = []
    for name, one in accounts.items():
        if name not in ("all", "doubles") and one["times"]:
            rows.append((name, one["times"], f"{1000 * one['seconds'] / one['times']:,.1f}",
                         f"{one['statements'] / one['times']:,.1f}", f"{one['seconds']:,.1f}"))  # fmt: skip
    yield _table(("work", "times", "ms each", "statements each", "seconds in all"), rows)
    calls = sum(played["calls"].values())
    sender = accounts["Sender"]
    yield (f"A call to Telegram: {1000 * sender['seconds'] / calls:.1f} ms and {sender['statements'] / calls:.1f}"
           f" statements of the sender, {figures['milliseconds of a call by HTTP']} ms of HTTP beside.")  # fmt: skip
    yield _table(("span of the played part", "p50", "p95", "p99", "max"),
                 [(name, *one.values()) for name, one in played["spans"].items()])  # fmt: skip
    each = figures["per district"]
    yield _table(("districts", *each), [(size, *(_short(size * value) for value in each.values())) for size in SIZES])
    for title in ("tokens", "sizes"):
        yield _replays(title, figures[title])
    yield _replays("the played part again", {"replay": figures["agrees"]})
    yield _table(("one process without Telegram's limit", "figure"), [
        *((name, value) for name, value in crowded["counts"].items()),
        *((f"{name}, p50/p95/p99/max", "/".join(map(str, one.values()))) for name, one in crowded["spans"].items()),
        ("updates waiting at the end", crowded["minutes"][-1]["inbox"]),
        ("messages waiting at the end", sum(crowded["minutes"][-1]["outbox"].values())),
    ])  # fmt: skip
    sizes = played["sizes"] | {"crowded: resident at most": crowded["sizes"]["resident at most"]}
    yield _table(("MiB", "figure"), [(name, f"{value:,.1f}") for name, value in sizes.items()])


def _replays(title: str, found: Json) -> str:
    kinds = ("call", "ring", "live")
    head = (title, "districts a token", "last call out, s", *(f"{kind}: p50/p95/p99/max, s" for kind in kinds),
            "calls", "cards replaced", "most waiting", "of priority 1", "over at, s")  # fmt: skip
    rows = []
    for name, one in found.items():
        spans = ["/".join(f"{value:g}" for value in one["spans"].get(kind, {}).values()) for kind in kinds]
        rows.append((name, one["districts"], one["last call"], *spans, one["calls"], one["replaced"],
                     one["most waiting"], one["most urgent waiting"], one["over at"]))  # fmt: skip
    return _table(head, rows)


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 20 else f"{value:.2g}"


def _table(head: Sequence[object], rows: Sequence[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


@contextmanager
def _quiet() -> Iterator[None]:
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    set_up("error")
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    yield


def units() -> int:
    """Return how many units a district has."""
    return len(district(0).liaisons)


def people() -> int:
    """Return how many people a district has: its units' liaisons, reporters, duty officer and director."""
    return units() + REPORTERS + 2


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.province.figures", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that it works")
    parser.add_argument("--json", type=Path, help="write every figure into this file")
    arguments = parser.parse_args()
    with _quiet():
        figures = taken(quick=arguments.quick, say=lambda words: print(f"  {words}", file=sys.stderr, flush=True))
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")
    print("\n\n".join(tables(figures)))


if __name__ == "__main__":
    main()
