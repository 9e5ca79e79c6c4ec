"""``make demo``: the real program, the local Telegram and the page in one process on one virtual clock."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

from aiohttp import web
from pydantic import SecretStr

from bot.clock import Pace, VirtualClock
from bot.config import Settings
from bot.demo import town as towns
from bot.demo.page import application
from bot.demo.stage import Deadline, Part, Scene, Status, Step
from bot.main import Running, running
from bot.playground import Limits, LocalBotApi, Rules, World
from bot.rows import channel_report
from storage import Store, open_store, upgrade

POLL = 20
"""Seconds of a long poll; the local server answers at once when something comes."""


class Show:
    """The stage behind the page (``bot.demo.stage.Stage``)."""

    def __init__(self, folder: Path, clock: VirtualClock, world: World) -> None:
        self._folder, self._clock, self.world = folder, clock, world
        self._pace = Pace(1.0)
        self._api: LocalBotApi | None = None
        self._program: Running | None = None
        self._stack = AsyncExitStack()
        self._town = towns.build(world)
        self._first = world.save()
        self._nights = 0
        self._changing = asyncio.Lock()
        self._next: datetime | None = None
        clock.watch(self._busy)

    def _busy(self) -> bool:
        """While the bot lives, time waits for it and for what it was sent."""
        return self._program is not None and (self._program.busy or bool(self.world.pending_updates))

    async def open(self, pace: Pace, api: LocalBotApi) -> None:
        """Start the bot in a fresh town."""
        self._pace, self._api = pace, api
        await self._start(fresh=True)

    async def close(self) -> None:
        """Stop the bot."""
        self._program = None
        await self._stack.aclose()

    async def _start(self, *, fresh: bool) -> None:
        if self._api is None:
            raise RuntimeError("the local Telegram does not run yet")
        self._stack = AsyncExitStack()
        if fresh:
            self._nights += 1
        url = f"sqlite+aiosqlite:///{self._folder / f'night{self._nights}.db'}"
        if fresh:
            await upgrade(url)
        store: Store = await self._stack.enter_async_context(await open_store(url))
        settings = Settings(
            token=SecretStr(towns.TOKEN), api_url=self._api.url, database_url=url, long_poll=POLL,
            admins=frozenset({self._town.people["林管理"].id}),
        )  # fmt: skip
        program = await self._stack.enter_async_context(running(settings, clock=self._clock, store=store))
        if fresh:
            await towns.seat(program.service, self._town)
        self._program = program

    @property
    def rate(self) -> float:
        """Virtual seconds per real second."""
        return self._pace.rate

    def set_rate(self, rate: float) -> None:
        """Let virtual time go at another rate."""
        self._pace.rate = rate

    def now(self) -> datetime:
        """Return the virtual moment."""
        return self._clock.now()

    def jump(self, by: timedelta) -> None:
        """Pass a span of virtual time."""
        self._pace.jump(by)

    def next_deadline(self) -> datetime | None:
        """Return the next deadline or reminder, as the last look at the deadlines found it."""
        return self._next

    async def deadlines(self) -> Sequence[Deadline]:
        """Return the obligations of all open incidents."""
        if self._program is None:
            return []
        service, found = self._program.service, list[Deadline]()
        async with service.store.reading() as rx:
            rows = await rx.incidents.open()
            wake = await rx.wakes.next_at()
        for row in rows:
            known = await service.incident(row.stream)
            if known is None:
                continue
            incident = known[1]
            for item in incident.instances.values():
                if item.status in ("superseded", "waived") or not item.by_office:
                    continue
                told = {filing.recipient for filing in incident.filings if filing.recorded_at >= item.opened_at}
                # 立即 has no span to count down: the strip shows the local target, and says so.
                at_once = item.due <= item.arose_at
                due = item.arose_at + service.policy.immediate if at_once and item.status == "open" else item.due
                status = item.status_at(self._clock.now() + incident.offset)
                if at_once and status == "overdue" and due > self._clock.now() + incident.offset:
                    status = "pending"
                note = (
                    "上调后补报"
                    if item.raised
                    else "立即报送；此为本地规定的目标"
                    if at_once and item.status == "open"
                    else ""
                )
                found.append(
                    Deadline(
                        incident=incident.number, report=channel_report(item.report, item.channel), clause=item.clause or "本地规定",
                        due=due - incident.offset, to=item.to, filed=tuple(name for name in item.to if name in told),
                        status=cast(Status, status), text=note, drill=incident.drill,
                    )
                )  # fmt: skip
        ahead = [item.due for item in found if item.due > self._clock.now() and item.status in ("pending", "possible")]
        self._next = min([*ahead, *([wake] if wake is not None and wake > self._clock.now() else [])], default=None)
        return found

    def cast(self) -> Sequence[Part]:
        """Return whom the visitor can play."""
        return self._town.parts()

    def scenes(self) -> Sequence[Scene]:
        """Return the scenes."""
        return ()

    async def play(self, scene: str) -> Step | None:
        """Begin a scene."""
        raise KeyError(scene)

    async def step(self) -> Step | None:
        """Do the next step of a scene."""
        return None

    async def restart(self) -> None:
        """Stop the bot and start it again on the same database; the town goes on meanwhile."""
        async with self._changing:
            await self.close()
            await self._start(fresh=False)

    async def reset(self) -> None:
        """Bring the town back to its first moment, with an empty database."""
        async with self._changing:
            await self.close()
            self.world.state = World.restore(self._first, self._clock).state
            await self._start(fresh=True)


@asynccontextmanager
async def serve(*, port: int = 0, rate: float = 1.0) -> AsyncIterator[str]:
    """Run the demo; yield the page's address on loopback."""
    clock = VirtualClock(towns.FIRST_MOMENT)
    # A fast clock would make every press too old before a person could read the answer.
    world = World(clock, limits=Limits(), rules=Rules(callback_ttl=timedelta(hours=6)))
    with tempfile.TemporaryDirectory(prefix="tocsin-demo-") as folder:
        show = Show(Path(folder), clock, world)
        async with LocalBotApi(world) as api, clock.running(rate) as pace:
            await show.open(pace, api)
            runner = web.AppRunner(
                application(world, show), access_log=None, handler_cancellation=True, shutdown_timeout=0.1
            )
            await runner.setup()
            site = web.TCPSite(runner, "127.0.0.1", port)
            await site.start()
            try:
                yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
            finally:
                await runner.cleanup()
                await show.close()
