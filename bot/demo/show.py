"""The town in motion: the stage behind the page (``bot.demo.stage.Stage``)."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.clock import Pace
from bot.demo import deadlines
from bot.demo import town as towns
from bot.demo.cast import ADMIN, CAMPUS, Setting
from bot.demo.clock import TownClock
from bot.demo.performance import Performance
from bot.demo.postman import Postman
from bot.demo.power import Power
from bot.demo.script import Script
from bot.demo.stage import Deadline, NotPlayed, Part, Scene, Screen, Step
from bot.main import Running
from bot.playground import World
from bot.settings import Settings
from storage import upgrade

POLL = 20
"""Seconds of a long poll; the local server answers at once when something comes."""


class Show:
    """One town after another, on one clock.

    Args:
        folder: where the databases are kept.
        clock: virtual.
        world: the local Telegram, empty.
        scripts: the scenes by key.
        api_url: where the bot reaches ``world``.
        board: where browsers reach wall and board, on a port that is free.
    """

    def __init__(
        self, folder: Path, clock: TownClock, world: World, scripts: dict[str, Script], api_url: str, pace: Pace,
        board: str,
    ) -> None:  # fmt: skip
        self._folder, self._clock, self.world, self._scripts = folder, clock, world, scripts
        self._api_url, self._pace, self._board = api_url, pace, board
        self._power = Power(clock)
        self._postman = Postman(clock, self._power)
        self._town, self._setting = towns.build(world), CAMPUS
        self._first = world.save()
        self._changing = asyncio.Lock()
        self._known: tuple[list[Deadline], datetime | None] = ([], None)
        self.performance: Performance | None = None
        self.shown: Step | None = None
        self.night = 0
        clock.watch(self._busy)

    def _busy(self) -> bool:
        """While the bot lives, time waits for it and for what it was sent."""
        return self._power.alive and (self._power.busy or bool(self.world.pending_updates))

    async def open(self) -> None:
        """Start the bot in a fresh town."""
        await upgrade(_url(self._folder / "empty.db"))
        await self._begin(towns.FIRST_MOMENT, CAMPUS)

    async def close(self) -> None:
        """Stop the bot."""
        async with self._changing:
            await self._power.off()
            self._clock.unwatch(self._busy)

    async def serve_queue(self) -> None:
        """While time stands still, let what the bot writes come out; for ever."""
        await self._postman.run(lambda: self._pace.rate == 0)

    def looking(self) -> AbstractAsyncContextManager[Running | None]:
        """Return a context in which the program, if it runs, can be looked into."""
        return self._power.looking()

    # Time

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
        _, following = self._known
        return following if following is not None and following > self._clock.now() else None

    async def deadlines(self) -> Sequence[Deadline]:
        """Return the obligations of all incidents; while the bot is dead, those it left behind."""
        async with self._power.looking() as program:
            if program is not None:
                self._known = await deadlines.look(program, self._setting.plan, self._clock.now())
        return self._known[0]

    async def _ahead(self) -> datetime | None:
        await self.deadlines()
        return self.next_deadline()

    # People and scenes

    def cast(self) -> Sequence[Part]:
        """Return whom the visitor can play."""
        return self._town.parts(self._setting)

    def scenes(self) -> Sequence[Scene]:
        """Return the scenes."""
        return [Scene(key=one.key, title=one.title, about=one.about) for one in self._scripts.values()]

    async def play(self, scene: str) -> Step:
        """Begin a scene; time stands still, and only the script moves it."""
        script = self._scripts[scene]
        async with self._changing:
            await self._power.off()
            await self._begin(script.begins, script.setting)
            self._pace.rate = 0
            self.performance = Performance(script, self._town, self._postman, self._clock, self._ahead)
            self.shown = await self.performance.step()
            return self.shown

    async def step(self) -> Step | None:
        """Do the next step of a scene."""
        async with self._changing:
            if self.performance is None or self.performance.over:
                return None
            if not self._power.alive:
                raise NotPlayed("机器人关着，先启动它")
            self.shown = await self.performance.step()
            return self.shown

    # Wall and board

    async def wall(self) -> Screen | None:
        """Pair a wall; None while the bot is off."""
        async with self._changing, self._power.looking() as program:
            secret = await towns.paired(program.service, self._setting) if program is not None else None
        return Screen(address=f"{self._board}/wall", cookie=("tocsin-wall", secret)) if secret is not None else None

    async def board(self) -> Screen | None:
        """Let whoever sits on the duty seat in to the board; None while the bot is off."""
        async with self._changing, self._power.looking() as program:
            secret = await towns.entered(program.service, self._setting) if program is not None else None
        return Screen(address=f"{self._board}/board", cookie=("tocsin-person", secret)) if secret is not None else None

    # The bot's life

    @property
    def alive(self) -> bool:
        """Whether the bot runs."""
        return self._power.alive

    async def kill(self) -> None:
        """End the bot where it stands."""
        async with self._changing:
            if self._power.alive:
                await self.deadlines()
                await self._power.cut()
        self.world.changed("update")

    async def revive(self) -> None:
        """Start the bot again on the same database."""
        async with self._changing:
            if not self._power.alive:
                await self._power.on(self._settings())
        self.world.changed("update")

    async def reset(self) -> None:
        """Bring the town back to its first moment, with an empty database."""
        async with self._changing:
            await self._power.off()
            await self._begin(towns.FIRST_MOMENT, CAMPUS)

    async def _begin(self, moment: datetime, setting: Setting) -> None:
        self.night += 1
        self._setting = setting
        self.performance = self.shown = None
        self._known = ([], None)
        await self._clock.turn_to(moment)
        self.world.state = World.restore(self._first, self._clock).state
        self.world.calls.clear()
        self.world.faults.clear()
        shutil.copy(self._folder / "empty.db", self._database)
        await self._power.on(self._settings())
        async with self._power.looking() as program:
            if program is not None:
                await towns.seat(program.service, self._town, setting)
        for role in setting.cast:
            self._town.people[role.name].start(self._town.bot)
        self.world.changed("update")

    @property
    def _database(self) -> Path:
        return self._folder / f"night{self.night}.db"

    def _settings(self) -> Settings:
        return Settings(
            token=SecretStr(towns.TOKEN), api_url=self._api_url, database_url=_url(self._database), long_poll=POLL,
            admins=frozenset({self._town.people[ADMIN].id}), board_url=self._board,
            listen=self._board.partition("//")[2], soffice="off",
        )  # fmt: skip


def _url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"
