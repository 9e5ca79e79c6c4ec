"""B16: a wall on two hundred open incidents, and fifty boards: how soon a change is there, and what looking costs.

The whole program serves its own port, with sessions as browsers have them; a change a second is made of one incident
after another. Looking is what the processor does more than for the same changes with nobody looking. Who reads along is
a bare socket that only looks for the new figure, and stands in the count.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from bot.service import Requester, Step
from plans.incident.facts import Update
from tests.bench import stage
from tests.bench.open_cases import written
from tests.bench.report import Aim, Line
from tests.bench.rounds import Run, percentile
from tests.browser import Browser
from tests.handlers.looking import BASE, entered, paired
from tests.journeys.world import Forgiven, Town

INCIDENTS, CHANGES, BOARDS, OF_A_SESSION = 200, 12, 50, 5
EVERY = 1.0


@dataclass
class Reader:
    """A page's stream: it notes when the words came that it waits for."""

    awaited: bytes = b""
    came: float = 0.0
    whole: asyncio.Event = field(default_factory=asyncio.Event)
    there: asyncio.Event = field(default_factory=asyncio.Event)

    def wait_for(self, words: str) -> None:
        """Look for these words from now on."""
        self.awaited, self.came = words.encode(), 0.0
        self.there.clear()

    async def read(self, port: int, browser: Browser, path: str) -> None:
        """Read on until cancelled."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
        lines = [f"GET {path} HTTP/1.1", f"Host: {BASE.partition('//')[2]}", f"Cookie: {browser.cookie_line}"]
        writer.write(("\r\n".join([*lines, "Sec-Fetch-Site: same-origin", "", ""])).encode())
        last = b""
        try:
            while data := await reader.read(2**18):
                last = last[-200:] + data
                if b'"fresh": true' in last:
                    self.whole.set()
                if self.awaited and not self.came and self.awaited in last:
                    self.came = time.monotonic()
                    self.there.set()
        finally:
            writer.close()


@dataclass(frozen=True)
class _Taken:
    """Of a run of changes: share of a core, and seconds until each change was there, for the last reader of all."""

    busy: float
    delays: Sequence[float]


def measure(run: Run) -> Iterator[Line]:
    """Yield the lines of B16."""
    count = run.size(INCIDENTS, 20)
    boards = run.size(BOARDS, 5)
    alone, wall, all_ = asyncio.run(_arms(run, count, boards))
    for name, taken, bound in (("a wall", wall, 5.0), (f"{boards} boards and a wall", all_, None)):
        yield Line(
            number="B16", measure=f"{name} on {count} open incidents: until a change is there, 95 %", unit="s",
            ours=(percentile(taken.delays, 0.95),), aim=Aim(on="ours", at_most=1.0),
        )  # fmt: skip
        yield Line(
            number="B16", measure=f"{name}: of a core, a change a second", unit="%",
            ours=(100 * (taken.busy - alone.busy),), aim=None if bound is None else Aim(on="ours", at_most=bound),
            note=f"the changes alone take {100 * alone.busy:.0f} %",
        )  # fmt: skip


async def _arms(run: Run, count: int, boards: int) -> tuple[_Taken, _Taken, _Taken]:
    url = await stage.sqlite_url(run.folder, "board")
    async with Town.open(url, board=BASE) as town:
        town.forgiven = Forgiven(logs=("wake.late",), dead=("",))
        assert town.program is not None and town.program.port is not None
        port = town.program.port
        await written(town, count)
        screen = await paired(town)
        officials = [town.duty, town.second, town.director, town.deputy, town.commander, *town.liaisons.values()]
        people = [await entered(town, person) for person in officials[: -(-boards // OF_A_SESSION)]]
        changes = _Changes(town, run.size(CHANGES, 3))
        alone = await changes.made([])
        async with asyncio.TaskGroup() as group:
            first = Reader()
            tasks = [group.create_task(first.read(port, screen, "/wall/events"))]
            await first.whole.wait()
            wall = await changes.made([first])
            readers = [Reader() for _ in range(boards)]
            for number, one in enumerate(readers):
                tasks.append(group.create_task(one.read(port, people[number // OF_A_SESSION], "/board/events")))
            for one in readers:
                await one.whole.wait()
            all_ = await changes.made([first, *readers])
            for task in tasks:
                task.cancel()
        town.program = None  # messages of so many incidents wait: nothing is inspected
        return alone, wall, all_


class _Changes:
    """Makes one figure after another known, each of another incident."""

    def __init__(self, town: Town, count: int) -> None:
        self._town, self._count, self._made = town, count, 0

    async def made(self, readers: Sequence[Reader]) -> _Taken:
        """Make a change a second, and return what that came to."""
        town, delays = self._town, []
        assert town.program is not None
        service = town.program.service
        async with service.store.reading() as rx:
            streams = [row.stream for row in await rx.incidents.open() if row.stream.count(":") == 1]
            person = await rx.people.by_telegram(town.duty.id)
        assert person is not None
        before, began = time.process_time(), time.monotonic()
        for _ in range(self._count):
            turn = asyncio.create_task(asyncio.sleep(EVERY))
            self._made += 1
            number = 1_000 + self._made
            for one in readers:
                one.wait_for(f"受伤{number}人")
            step = Step(
                stream=streams[self._made % len(streams)], command=Update(facts={"injuries": number}, sure=True)
            )
            result = await service.execute([step], cause=f"b16:{number}", requester=Requester(person_id=person.id))
            assert result.refusal is None, result.refusal
            committed = time.monotonic()
            await turn
            with suppress(TimeoutError):
                async with asyncio.timeout(10 * EVERY):
                    for one in readers:
                        await one.there.wait()
            delays += [one.came - committed if one.came else 10 * EVERY for one in readers]
        return _Taken((time.process_time() - before) / (time.monotonic() - began), delays)
