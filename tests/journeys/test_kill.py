"""A report survives kill -9 at any moment: many come in while the process dies again and again, each is recorded once.

The program is a process of its own with its own clock; the local Telegram and whoever reports live in the test's.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.playground import Call, Fault
from bot.sender import AFTER_DEATHS
from storage import open_store
from storage.incidents import IncidentRow
from storage.outbox import OutboxRow
from tests.chaos.inspector import reworded, words
from tests.journeys.victim import STOPPED, Scene, scene, told_to_run
from tests.journeys.world import TOKEN
from tests.thorough import THOROUGH

REPORTS = 300 if THOROUGH else 100
MOMENTS = ("whenever", "fetched", "committed", "committed", "sent")
"""When it is killed: at any time; with updates fetched and not yet kept; just after a write to the database, which is
mostly a commit; when Telegram has a message and the program does not know it yet."""


@dataclass
class Flood:
    """Reports on their way in, and deaths in between.

    Attributes:
        said: text of each report, and where the reporter is owed an answer: his chat, or the command group.
        deaths: how it was killed, and how many reports had come by then.
    """

    scene: Scene
    chance: random.Random
    said: dict[str, int] = field(default_factory=dict)
    deaths: list[tuple[str, int]] = field(default_factory=list)

    def report(self) -> None:
        """Let somebody report in private, in a school group, or in a command group."""
        scene, number = self.scene, len(self.said) + 1
        who, where = self.chance.choice(scene.people), self.chance.random()
        text = f"第{number}小学楼梯踩踏，{self.chance.randint(1, 9)}名学生受伤"
        if where < 0.5:
            who.send(scene.bot, text)
        elif where < 0.8:
            who.send(self.chance.choice(scene.schools), f"/report {text}")
        else:
            who.send(scene.command, f"/report {text}")
        self.said[text] = scene.command.id if where >= 0.8 else who.id

    async def come_in(self, count: int) -> None:
        """Let so many reports come, a few milliseconds apart."""
        for _ in range(count):
            self.report()
            await asyncio.sleep(self.chance.random() * 0.02)

    async def die(self, moment: str) -> None:
        """Kill it at such a moment and a random instant later."""
        match moment:
            case "fetched":
                await self._called("getUpdates")
            case "sent":
                await self._called("sendMessage")
            case "committed":
                await self._written()
            case _:
                await asyncio.sleep(self.chance.random())
        await asyncio.sleep(self.chance.choice((0, 0, 0.001, 0.01)))
        self.deaths.append((moment, len(self.said)))
        assert await self.scene.victim.end(signal.SIGKILL) == -signal.SIGKILL

    async def _called(self, method: str) -> None:
        """Wait for the next call of a method that has taken effect (a poll: that brought something)."""
        world = self.scene.world
        seen = len(world.calls)

        def found(call: Call) -> bool:
            return call.method == method and call.status == 200 and bool(call.result)

        await world.until(lambda: any(map(found, world.calls[seen:])))

    async def _written(self) -> None:
        log = self.scene.url.partition(":///")[2] + "-wal"
        before = os.stat(log).st_mtime_ns
        while os.stat(log).st_mtime_ns == before:  # noqa: ASYNC110  a file does not ring
            await asyncio.sleep(0)


async def flood(scene: Scene, chance: random.Random) -> Flood:
    """Let the reports come while the program dies; return when it lives again and all have come."""
    found = Flood(scene, chance)
    share = REPORTS // (len(MOMENTS) + 1)
    for moment in chance.sample(MOMENTS, len(MOMENTS)):
        while_away = chance.randint(share // 10, share * 2 // 5)
        await found.come_in(while_away)
        await scene.victim.start()
        coming = asyncio.create_task(found.come_in(share - while_away))
        await found.die(moment)
        await coming
    await scene.victim.start()
    await found.come_in(REPORTS - len(found.said))
    return found


@dataclass(frozen=True)
class Left:
    """What the database holds.

    Attributes:
        unsent: whether anything waits to be sent or is being sent.
        chats: Telegram's id of each of our places that something was written to.
        faults: what is wrong with the journal.
    """

    incidents: list[IncidentRow]
    pending: int
    quarantined: int
    unsent: bool
    outbox: list[OutboxRow] = field(default_factory=list)
    chats: dict[str, int] = field(default_factory=dict)
    faults: list[Any] = field(default_factory=list)


async def left(url: str, *, all_of_it: bool = False) -> Left:
    """Look into the database, also while the program runs."""
    async with await open_store(url, read_only=True) as store, store.reading() as rx:
        backlog, incidents = await rx.inbox.backlog(), await rx.incidents.list(limit=REPORTS * 3)
        found = Left(
            incidents=incidents,
            pending=backlog.pending,
            quarantined=backlog.quarantined,
            unsent=await rx.outbox.next_at() is not None or bool(await rx.outbox.in_flight()),
        )
        if all_of_it:
            found.faults.extend(await rx.journal.verify())
            for item in incidents:
                found.outbox.extend(await rx.outbox.of(item.stream))
            for id in {row.place_id for row in found.outbox}:
                place = await rx.places.get(id)
                assert place is not None
                found.chats[id] = place.chat_id
        return found


async def drained(scene: Scene) -> None:
    """Wait until all that was said is worked off and all that is to be said is out."""
    while True:
        found = await left(scene.url)
        if not (scene.world.pending_updates or found.pending or found.unsent) and len(found.incidents) >= REPORTS:
            return
        assert scene.victim.runs, scene.victim.present.said[-5:]
        await asyncio.sleep(0.2)


def sent(scene: Scene) -> Counter[tuple[int, str]]:
    """Return how often each text was newly written to each chat, as Telegram saw it."""
    return Counter(
        (int(call.params["chat_id"]), words(call.params["text"]))
        for call in scene.world.calls
        if call.method == "sendMessage" and call.status == 200
    )


def is_recorded_once(found: Left, said: dict[str, int]) -> None:
    """Each report is one incident, and their numbers have no gaps."""
    assert Counter(row.text for row in found.incidents) == Counter(dict.fromkeys(said, 1))
    for name in {row.jurisdiction for row in found.incidents}:
        numbers = sorted(row.number for row in found.incidents if row.jurisdiction == name)
        assert numbers == list(range(1, len(numbers) + 1))
    assert (found.pending, found.quarantined, found.unsent, found.faults) == (0, 0, False, [])


def is_answered(found: Left, said: dict[str, int]) -> None:
    """Each reporter has his receipt (or the card), or the program died just then again and again and says so."""
    for incident in found.incidents:
        answers = [row for row in found.outbox if row.stream == incident.stream and row.notice in ("receipt", "card")]
        owed = [row for row in answers if found.chats[row.place_id] == said[incident.text]]
        assert owed, incident
        assert any(row.state == "sent" for row in owed) or all(row.ambiguous > AFTER_DEATHS for row in owed), owed


def is_not_said_too_often(found: Left, written: Counter[tuple[int, str]]) -> int:
    """What was sent arrived, and copies are no more than the times an outcome was in doubt; return how many."""
    allowed: Counter[tuple[int, str]] = Counter()
    for row in found.outbox:
        assert row.state in ("sent", "dropped") or (row.state, row.ambiguous) == ("ambiguous", AFTER_DEATHS + 1), row
        if row.method == "sendMessage":
            key = (found.chats[row.place_id], words(row.payload["text"]))
            allowed[key] += 1 + row.ambiguous
            assert written[key] or row.state != "sent", row
    assert not {key: count for key, count in written.items() if key in allowed and count > allowed[key]}
    # The words of a card are made at sending: they are counted together.
    cards = [row for row in found.outbox if row.method == "card"]
    shown = sum(count for key, count in written.items() if key not in allowed)
    most = sum(1 + row.ambiguous for row in cards) + reworded(found.outbox)
    assert len({row.stream for row in cards}) <= shown <= most
    return sum(count - 1 for count in written.values())


@pytest.mark.timeout(240)
async def test_no_report_is_lost_or_doubled_under_kill_dash_nine(file_url: str, tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    async with scene(file_url, tmp_path) as here:
        flooded = await flood(here, random.Random(seed))
        print(f"deaths {flooded.deaths}")
        await drained(here)
        assert await here.victim.end(signal.SIGTERM) == 0
        found = await left(file_url, all_of_it=True)
    is_recorded_once(found, flooded.said)
    is_answered(found, flooded.said)
    copies = is_not_said_too_often(found, sent(here))
    print(f"in doubt {sum(row.ambiguous for row in found.outbox)}, copies {copies}")
    assert len(flooded.deaths) >= 5 and not here.world.breaches


async def test_it_ends_cleanly_and_soon_with_a_call_in_the_air(file_url: str, tmp_path: Path) -> None:
    async with scene(file_url, tmp_path) as here:
        await here.victim.start()
        here.world.faults.add(Fault(kind="delay", method="sendMessage", seconds=1.0))
        here.people[0].send(here.bot, "实验小学楼梯踩踏，2名学生受伤")
        await here.world.until(lambda: any(call.method == "sendMessage" for call in here.world.calls))
        ending = asyncio.create_task(here.victim.end(signal.SIGTERM))
        async with asyncio.timeout(3):
            await here.victim.says(STOPPED)
        assert await ending == 0
        assert len(sent(here)) == 1  # it was waited for, and is known to have arrived
        [row] = [row for row in (await left(file_url, all_of_it=True)).outbox if row.notice == "receipt"]
        assert (row.state, row.ambiguous) == ("sent", 0)


async def test_a_second_one_on_the_same_file_is_told_so_and_the_first_goes_on(file_url: str, tmp_path: Path) -> None:
    async with scene(file_url, tmp_path) as here:
        await here.victim.start()
        status, said = await told_to_run(tmp_path, token=TOKEN, api_url="http://127.0.0.1:9", database_url=file_url)
        assert status == 2
        assert len(said.splitlines()) == 1 and said.startswith("数据库正在使用（进程 ")
        here.people[0].send(here.bot, "实验小学楼梯踩踏，2名学生受伤")
        async with asyncio.timeout(20):
            await here.world.until(lambda: sent(here))
        assert await here.victim.end(signal.SIGTERM) == 0


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "缺少设置 TOCSIN_TOKEN"),
        ({"token": TOKEN, "api_url": "http://127.0.0.1:9"}, "连不上 http://127.0.0.1:9"),
    ],
)
async def test_what_is_set_wrong_is_one_sentence(tmp_path: Path, settings: dict[str, str], words: str) -> None:
    status, said = await told_to_run(tmp_path, **settings)
    assert (status, len(said.splitlines())) == (2, 1)
    assert said.startswith(words)
