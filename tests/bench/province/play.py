"""One installation of the province played through a storm: ``python -m tests.bench.province.play '{…}'``.

A process of its own, so that its memory and its processor time are its own. It prints one JSON document.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
from pydantic import SecretStr

from bot.log import set_up
from bot.main import Running, running
from bot.settings import Settings
from storage import Store, open_store
from tests.bench.peers.bare import TOKEN
from tests.bench.province.clock import WorkClock
from tests.bench.province.districts import district, seat
from tests.bench.province.ledger import Ledger
from tests.bench.province.looking import NIGHT, Found, look, plain, sizes
from tests.bench.province.storm import Storm, Weather, arrivals
from tests.bench.province.telegram import Telegram

LONG_AGO = NIGHT - timedelta(days=200)
DOUBLES = ("Storm.", "Telegram.", "Play.")
"""Beginnings of the work that is the double's, and not the program's."""

MINUTE = timedelta(minutes=1)
SEED = 20261130
PROGRESS = bool(os.environ.get("PROVINCE_PROGRESS"))


@dataclass(frozen=True, kw_only=True)
class Part:
    """What is played.

    Attributes:
        url: of an empty, migrated PostgreSQL database. server: the number of the server's process.
        districts: of the whole province. tokens: among which they are shared in turn; ``token`` is played.
        reports: in the whole province, in an hour. declared, answered: see ``storm.Weather``.
        minutes: so much of it is played, and up to ``after`` without reports.
        steady: reports come as fast at every minute, as at the height of a storm.
        rate: calls a second that Telegram takes; more than 30 is what paid broadcast would be.
        price: seconds of processor time that a call over the network takes beside what is played.
    """

    url: str
    server: int = 0
    districts: int = 120
    tokens: int = 1
    token: int = 0
    reports: int = 2_000
    minutes: int = 60
    after: int = 30
    declared: float = 0.36
    answered: float = 0.8
    steady: bool = False
    rate: int = 30
    price: float = 0.0
    seed: int = SEED


@dataclass
class Minute:
    """How things stood at a minute: what waited, and what had been used until then."""

    outbox: dict[int, int]
    oldest: float
    inbox: int
    processor: float
    database: float
    commits: int
    resident: float


class Play:
    """See the module."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.found = Found(part=vars(part))
        self._minutes: list[Minute] = []
        self._lateness: list[float] = []
        self._used = 0.0

    async def run(self) -> Found:
        """Seat everybody, let the storm pass, look what is there."""
        part, begun = self.part, time.perf_counter()
        served = [district(number) for number in range(part.districts) if number % part.tokens == part.token]
        weather = Weather(
            reports=part.reports, declared=part.declared, answered=part.answered, steady=part.steady
        )  # fmt: skip
        coming = [one for one in arrivals(weather, part.districts, part.seed) if one[0] < 60 * part.minutes]
        clock = WorkClock(NIGHT)
        async with await open_store(part.url) as store:
            await seat(store, served, LONG_AGO)
            before = await self._analysed()
            self.found.sizes["plans and people in memory"] = _resident()
            storm = Storm(clock, served, weather, coming, part.seed)
            storm.telegram = telegram = Telegram(
                clock, int(TOKEN.partition(":")[0]), storm.heard, part.seed, part.rate, part.price
            )
            settings = Settings(
                _env_file=None, token=SecretStr(TOKEN), api_url="http://127.0.0.1:1", database_url=part.url,
                soffice="off", send_rate=part.rate,
            )  # fmt: skip
            plans = {here.plan.id: here.plan for here in served}
            ledger = Ledger()
            self.found.counts["seconds to prepare"] = int(time.perf_counter() - begun)
            with ledger.keeping():
                async with running(settings, clock=clock, store=store, request=telegram, plans=plans) as program:
                    self._watch(program)
                    ends = clock.now() + part.minutes * MINUTE
                    at_work = [asyncio.create_task(storm.run()), asyncio.create_task(self._sample(clock, store))]
                    self._used = -time.process_time()
                    await clock.advance_to(ends)
                    for _ in range(part.after):
                        await clock.advance_to(clock.now() + MINUTE)
                        if not storm.pending and not await self._urgent(store, clock):
                            break
                    self._used += time.process_time()
                    telegram.at_once = True  # nobody moves the clock any more: what is in the air must land
                    await clock.advance_to(clock.now() + timedelta(seconds=10))
                    for task in at_work:
                        task.cancel()
                        with suppress(asyncio.CancelledError):
                            await task
            await look(part.url, self.found, storm, telegram, before)
            self.found.span("clocks served late", self._lateness)
            self.found.minutes = [vars(one) for one in self._minutes]
        self._accounts(ledger)
        self.found.counts["seconds that the play took"] = int(time.perf_counter() - begun)
        return self.found

    def _watch(self, program: Running) -> None:
        # Of all that is measured the program itself counts only this one in steps that are too coarse here.
        histogram: Any = program.work._metrics.lateness
        histogram.observe = self._lateness.append

    async def _sample(self, clock: WorkClock, store: Store) -> None:
        begin, turn = clock.now(), 0
        connection = await asyncpg.connect(plain(self.part.url))
        try:
            while True:
                with clock.working():
                    await self._minute(clock, store, connection)
                turn += 1
                await clock.sleep_until(begin + turn * MINUTE)
        finally:
            await connection.close()

    async def _minute(self, clock: WorkClock, store: Store, connection: Any) -> None:
        async with store.reading() as rx:
            waiting = await rx.outbox.backlog(clock.now())
            inbox = await rx.inbox.backlog()
        commits = await connection.fetchval(
            "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"
        )
        self._minutes.append(
            Minute(
                outbox={priority: item.depth for priority, item in waiting.items()},
                oldest=max((item.oldest.total_seconds() for item in waiting.values()), default=0.0),
                inbox=inbox.pending, processor=time.process_time(), database=_used_by(self.part.server),
                commits=commits, resident=_resident(),
            )
        )  # fmt: skip
        if PROGRESS:
            print(
                len(self._minutes),
                time.process_time(),
                clock.now().time(),
                self._minutes[-1].outbox,
                file=sys.stderr,
                flush=True,
            )

    async def _urgent(self, store: Store, clock: WorkClock) -> int:
        async with store.reading() as rx:
            waiting = await rx.outbox.backlog(clock.now())
            inbox = await rx.inbox.backlog()
        return inbox.pending + sum(item.depth for priority, item in waiting.items() if priority == 1)

    def _accounts(self, ledger: Ledger) -> None:
        told = sorted(ledger.accounts.items(), key=lambda item: -item[1].seconds)
        self.found.accounts = {
            name: {"times": one.times, "seconds": round(one.seconds, 3), "statements": one.statements}
            for name, one in told
            if one.seconds > 0.005
        }
        doubles = sum(one.seconds for name, one in ledger.accounts.items() if name.startswith(DOUBLES))
        self.found.accounts["all"] = {"times": 1, "seconds": round(self._used, 3), "statements": 0}
        self.found.accounts["doubles"] = {"times": 1, "seconds": round(doubles, 3), "statements": 0}

    async def _analysed(self) -> dict[str, float]:
        connection = await asyncpg.connect(plain(self.part.url))
        try:
            await connection.execute("ANALYZE")
            return await sizes(connection)
        finally:
            await connection.close()


def _resident() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _used_by(server: int) -> float:
    """Return seconds of processor time of a server with all its children, those that have ended too."""
    if not server:
        return 0.0
    ticks, seconds = os.sysconf("SC_CLK_TCK"), 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            after = (folder / "stat").read_text().rpartition(")")[2].split()
            if server in (int(folder.name), int(after[1])):
                mine = after[11:15] if int(folder.name) == server else after[11:13]
                seconds += sum(map(int, mine)) / ticks
    return seconds


if __name__ == "__main__":
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    set_up("error")
    print(json.dumps(vars(asyncio.run(Play(Part(**json.loads(sys.argv[1]))).run())), ensure_ascii=False, default=str))
