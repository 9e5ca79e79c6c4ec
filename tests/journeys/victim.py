"""``tocsin run`` as a process of its own, and a local Bot API server in the test's: to be killed and started again."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.clock import SystemClock
from bot.playground import Bot, Group, Limits, LocalBotApi, Person, World
from storage import open_store
from storage.places import Kind
from tests import stage
from tests.chaos.nursery import ROOT, Child, bear
from tests.journeys.world import TOKEN, plans

STARTED, STOPPED = "警钟已启动。", "警钟已停止。"
BEFORE = datetime(2026, 3, 1, tzinfo=UTC)
SCHOOLS_PLAN, COMMAND_PLAN = "jincheng-chengqu-campus", "linan-campus"


def environment(**settings: str) -> dict[str, str]:
    """Return the surroundings of a process that is told these settings and no others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TOCSIN_")}
    return kept | {f"TOCSIN_{name.upper()}": value for name, value in settings.items()} | {"PYTHONPATH": str(ROOT)}


async def told_to_run(folder: Path, **settings: str) -> tuple[int, str]:
    """Run ``tocsin run`` until it ends by itself; return its exit status and what it said."""
    child = await bear(["run"], environment(**settings), folder)
    return await child.over(), "\n".join(child.said)


class Victim:
    """The program, started anew after each death.

    Args:
        folder: where it runs; no ``.env`` lies there.
    """

    def __init__(self, folder: Path, **settings: str) -> None:
        self._folder, self._settings = folder, settings
        self.lives: list[Child] = []

    def twin(self, **settings: str) -> Victim:
        """Return another process with the same settings, but for these."""
        return Victim(self._folder, **(self._settings | settings))

    async def start(self, **fate: Any) -> None:
        """Start it, and wait until it says that it runs; a ``fate`` may end it before, see ``deaths.prepare``."""
        self.lives.append(await bear(["run"], environment(**self._settings), self._folder, fate))
        if not fate:
            await self.says(STARTED)

    async def says(self, line: str) -> None:
        """Wait until it says something in its present life."""
        await self.present.says(line)

    async def end(self, number: signal.Signals) -> int:
        """Send a signal, wait for the end and return the exit status."""
        return await self.present.end(number)

    @property
    def present(self) -> Child:
        """The present life, or the last one."""
        return self.lives[-1]

    @property
    def runs(self) -> bool:
        """Whether it lives."""
        return bool(self.lives) and self.present.runs


@dataclass(frozen=True)
class Scene:
    """Who can report where, and the program that is to hear it.

    Attributes:
        url: of the database.
        schools: groups in which everybody may report, under a plan whose command group is not bound.
        command: the command group of another plan: there the card is the receipt.
    """

    world: World
    bot: Bot
    url: str
    victim: Victim
    people: Sequence[Person]
    schools: Sequence[Group]
    command: Group
    more: list[Victim] = field(default_factory=list)

    def another(self) -> Victim:
        """Return a second process of the same bot on the same database; it is not started yet."""
        self.more.append(self.victim.twin())
        return self.more[-1]

    async def settled(self) -> None:
        """Wait until all that came is worked off and all that is to be said is out."""
        async with await open_store(self.url, read_only=True) as store:
            while True:
                at_telegram = self.world.pending_updates  # asked first: what is confirmed by now is in the inbox below
                async with store.reading() as rx:
                    backlog = await rx.inbox.backlog()
                    unsent = await rx.outbox.next_at() is not None or bool(await rx.outbox.in_flight())
                if not (at_telegram or backlog.pending or unsent):
                    return
                assert self.victim.runs or any(one.runs for one in self.more), self.victim.present.said[-5:]
                await asyncio.sleep(0.05)


@asynccontextmanager
async def scene(url: str, folder: Path, reporters: int = 12, schools: int = 3, **settings: str) -> AsyncIterator[Scene]:
    """Seat people in a migrated database and give them a Telegram; the program is not started yet."""
    world = World(SystemClock(), limits=Limits.unlimited())
    bot = world.add_bot(TOKEN, username="tocsin_bot", name="警钟")
    people = [world.add_user(f"报告人{number}") for number in range(reporters)]
    groups = [world.add_group(f"学校群{number}", owner=people[0], members=[bot, *people]) for number in range(schools)]
    command = world.add_group("指挥群", owner=people[0], members=[bot, *people])
    for person in people:
        person.start(bot)
    world.state.bots[bot.id].queue.clear()
    async with await open_store(url) as store, store.writing() as tx:
        kinds: list[tuple[Group, str, Kind]] = [
            *((group, SCHOOLS_PLAN, "school") for group in groups), (command, COMMAND_PLAN, "command")
        ]  # fmt: skip
        for group, plan, kind in kinds:
            place = await stage.enter_group(tx, chat=group.id, title=group.title, at=BEFORE)
            await stage.bind(tx, place, plans()[plan], kind, at=BEFORE)
        for person in people:
            known = await stage.enter(tx, chat=person.id, name=person.name, at=BEFORE)
            await stage.grant(tx, known, plans()[SCHOOLS_PLAN], "reporter", unit="事发学校", at=BEFORE)
    async with LocalBotApi(world) as api:
        told: dict[str, Any] = {
            "token": TOKEN, "api_url": api.url, "database_url": url, "admins": str(people[0].id), "long_poll": "5",
            "send_rate": "1000", "chat_gap": "0", "group_rate": "1000",
        }  # fmt: skip
        here = Scene(world, bot, url, Victim(folder, **(told | settings)), people, groups, command)
        try:
            yield here
        finally:
            for victim in (here.victim, *here.more):
                if victim.runs:
                    await victim.end(signal.SIGKILL)
