"""The endless loops one by one: a strict local Telegram, a database in memory or in a file, virtual time."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from telegram import Bot

from bot.bot_api_client import BotApiClient
from bot.callback_data import new_id
from bot.cases.plan_registry import PlanRegistry
from bot.clock import VirtualClock
from bot.delivery import Budget
from bot.notifier import Notifier
from bot.outgoing.cards import Cards
from bot.playground import Bot as Account
from bot.playground import Call, Fault, Limits, Person, World
from bot.playground.request import PlaygroundRequest
from bot.sender import Sender
from bot.service import NewReport, Requester, Service
from plans.incident.state import Incident
from plans.load import load
from storage import Store, open_store
from storage.outbox import NewMessage, OutboxRow
from storage.people import Channel
from storage.places import Place
from tests import stage

AT = datetime(2026, 3, 2, 2, 20, tzinfo=UTC)
MEMORY = "sqlite+aiosqlite://"
TOKEN = "110201543:AAHdqTcvCH1vGWJx" + "fSeofSAs0K5PALDsaw"
TINY = load(Path(__file__).resolve().parents[1] / "plans" / "tiny.yaml")
JURISDICTION = TINY.jurisdiction.name


@pytest.fixture
def logged() -> Iterator[list[Any]]:
    """The program's own log lines, while the test runs."""
    with structlog.testing.capture_logs() as lines:
        yield lines


@pytest.fixture
async def rig(logged: list[Any]) -> AsyncIterator[Rig]:
    async with Rig.open() as rig:
        rig.log = logged
        yield rig


@pytest.fixture
async def file_rig(file_url: str, logged: list[Any]) -> AsyncIterator[Rig]:
    """One whose database can be opened again."""
    async with Rig.open(file_url) as rig:
        rig.log = logged
        yield rig


@pytest.fixture
async def skip(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Let the event loop believe that so many seconds have passed: timeouts end, and nobody has waited."""
    loop = asyncio.get_running_loop()
    real, skipped = loop.time, [0.0]
    monkeypatch.setattr(loop, "time", lambda: real() + skipped[0])

    def skip(seconds: float) -> None:
        skipped[0] += seconds

    return skip


@dataclass
class Rig:
    """A database, a Telegram, and whoever is seated; the loops are started by the tests."""

    clock: VirtualClock
    world: World
    account: Account
    store: Store
    url: str
    bot_api: BotApiClient
    service: Service
    log: list[Any] = field(default_factory=list)

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str = MEMORY, limits: Limits | None = None) -> AsyncIterator[Rig]:
        clock = VirtualClock(AT)
        world = World(clock, limits=limits or Limits())
        account = world.add_bot(TOKEN, username="tocsin_bot", name="警钟")
        bot = Bot(TOKEN, request=PlaygroundRequest(world), get_updates_request=PlaygroundRequest(world))
        store = await open_store(url)
        rig = cls(
            clock=clock, world=world, account=account, store=store, url=url, bot_api=BotApiClient(bot),
            service=_service(store, clock),
        )  # fmt: skip
        try:
            async with bot:
                yield rig
        finally:
            await rig.store.close()

    async def reopen(self) -> None:
        """Forget everything that is only in memory, as a restart does."""
        await self.store.close()
        self.store = await open_store(self.url)
        self.service = _service(self.store, self.clock)

    # Who is there

    async def way(self, person: str, name: str, kind: str, address: str, *, proved: bool = False) -> str:
        """Give a person another way than Telegram; return its id, which is its name."""
        async with self.store.writing() as tx:
            number = int.from_bytes(name.encode(), "big")
            await tx.places.save(Place(id=f"way-{name}", chat_id=-number, kind="channel", title=kind, created_at=AT))
            await tx.people.add_channel(
                Channel(
                    id=name, person_id=person, place_id=f"way-{name}", kind=kind, address=address, created_at=AT,
                    proved_at=AT if proved else None,
                )
            )  # fmt: skip
        return name

    async def person(self, name: str, role: str = "", *, unit: str | None = None, seated: bool = False) -> Chat:
        """Let somebody start the bot and hold a role."""
        player = self.world.add_user(name)
        player.start(self.account)
        async with self.store.writing() as tx:
            known = await stage.enter(tx, chat=player.id, name=name, at=AT)
            if role:
                await stage.grant(tx, known, TINY, role, unit=unit, at=AT)
            if seated:
                await stage.sit(tx, known, TINY, at=AT)
        return Chat(self, known.place_id or "", player.id, player, person=known.id)

    async def group(self, title: str, kind: Any = "members", *, old: bool = False) -> Chat:
        """Make a group with the bot in it, bound to the plan; ``old``: one that can become a supergroup."""
        owner = self.world.add_user("群主")
        made = self.world.add_group(title, owner=owner, members=[self.account], kind="group" if old else "supergroup")
        owner.promote(made, self.account, ["can_pin_messages"])
        async with self.store.writing() as tx:
            place = await stage.enter_group(tx, chat=made.id, title=title, can_pin=True, at=AT)
            await stage.bind(tx, place, TINY, kind, at=AT)
        return Chat(self, place.id, made.id, owner, group=made)

    async def incident(self, by: Chat, text: str = "1人溺水", **given: Any) -> Incident:
        """Let somebody report, past the handlers."""
        new = NewReport(
            plan_id=TINY.id, jurisdiction=JURISDICTION, text=text, said_at=self.clock.now(), place_id=by.place, **given
        )
        result = await self.service.execute([new], cause=f"test:{new_id()}", requester=Requester(person_id=by.person))
        outcome = result.steps[0].outcome
        assert outcome is not None
        return outcome.after

    # What is queued, and what became of it

    async def queue(self, *messages: NewMessage) -> list[int]:
        async with self.store.writing() as tx:
            return await tx.outbox.enqueue(messages)

    async def row(self, id: int) -> OutboxRow:
        async with self.store.reading() as rx:
            found = await rx.outbox.get(id)
        assert found is not None
        return found

    async def rows(self, *ids: int) -> list[str]:
        """Return the states of messages."""
        return [(await self.row(id)).state for id in ids]

    async def clear(self) -> None:
        """Drop all that waits, so that a test counts only its own messages."""
        now = self.clock.now()
        async with self.store.writing() as tx:
            while rows := await tx.outbox.claim(now + timedelta(days=1), 1000):
                for row in rows:
                    await tx.outbox.drop(row.id, "not of this test", now)

    def sender(self, budget: Budget | None = None, bot_api: Any = None, notifier: Notifier | None = None) -> Sender:
        cards = Cards(self.service.dispatcher)
        return Sender(self.store, bot_api or self.bot_api, self.clock, cards, budget, notifier=notifier)

    @asynccontextmanager
    async def running(self, loop: Any) -> AsyncIterator[Any]:
        """Run one of the loops; time stands still while it works."""
        task = asyncio.create_task(loop.run())
        self.clock.watch(lambda: not task.done() and loop.busy)
        try:
            with suppress(TimeoutError):  # it may have been busy between two looks only, and be idle again
                await until(lambda: loop.busy or task.done(), within=1.0)
            await self.clock.settle()
            yield loop
        finally:
            loop.stop()
            await asyncio.wait_for(task, 10)
            self.clock._watched.clear()

    @asynccontextmanager
    async def running_beside(self, loop: Any) -> AsyncIterator[Any]:
        """Run one of the loops while time stands still: for what is held in the air by the test itself."""
        task = asyncio.create_task(loop.run())
        try:
            with suppress(TimeoutError):  # it may have been busy between two looks only, and be idle again
                await until(lambda: loop.busy or task.done(), within=1.0)
            yield loop
        finally:
            loop.stop()
            await asyncio.wait_for(task, 10)

    @asynccontextmanager
    async def sending(self, budget: Budget | None = None) -> AsyncIterator[Sender]:
        async with self.running(self.sender(budget)) as sender:
            yield sender

    async def send(self, seconds: float = 0.0, budget: Budget | None = None) -> None:
        """Let a sender work for so long."""
        async with self.sending(budget):
            await self.clock.advance(timedelta(seconds=seconds))

    @property
    def calls(self) -> list[Call]:
        """The calls about chats, those in vain too."""
        return [call for call in self.world.calls if call.chat is not None]

    def logged(self, event: str) -> list[Any]:
        """Return the program's own log lines of this name."""
        return [line for line in self.log if line["event"] == event]

    def after(self, call: Call) -> float:
        """Return how many seconds of the test had passed at a call."""
        return (call.at - AT).total_seconds()

    def fault(self, kind: Any, **how: Any) -> Fault:
        return self.world.faults.add(Fault(kind=kind, **how))


async def until(condition: Callable[[], object], within: float = 5.0) -> None:
    """Let the loops go on until something holds: what they wait for is a thread's answer, or one another's."""
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110  nobody rings when a thread is done
            await asyncio.sleep(0.001)


async def turns(count: int = 50) -> None:
    """Let the loops go on for so many turns, for what must not happen."""
    for _ in range(count):
        await asyncio.sleep(0)


class Gate:
    """A Bot API client that keeps calls to some chats in the air until it is opened."""

    def __init__(self, bot_api: BotApiClient) -> None:
        self._bot_api = bot_api
        self._open: dict[int, asyncio.Event] = {}
        self.waiting: list[int] = []

    def shut(self, chat: Chat) -> None:
        self._open[chat.id] = asyncio.Event()

    def open(self, chat: Chat) -> None:
        self._open.pop(chat.id).set()

    async def call(self, method: str, payload: dict[str, Any], *, read_timeout: float = 20.0) -> Any:
        shut = self._open.get(payload.get("chat_id", 0))
        if shut is not None:
            self.waiting.append(payload["chat_id"])
            await shut.wait()
        return await self._bot_api.call(method, payload, read_timeout=read_timeout)


_number = itertools.count(1)


@dataclass(frozen=True)
class Chat:
    """A chat that the bot may write to: our place, Telegram's id, who sees it."""

    rig: Rig
    place: str
    id: int
    player: Person
    person: str = ""
    group: Any = None

    @property
    def texts(self) -> list[str]:
        """What the bot wrote here, oldest first."""
        where = self.group or self.rig.account
        return [line.text for line in self.player.timeline(where) if line.from_bot and line.service is None]

    def message(self, text: str = "", **given: Any) -> NewMessage:
        """Return a message to this chat."""
        now = self.rig.clock.now()
        values: dict[str, Any] = {
            "place_id": self.place, "priority": 2, "method": "sendMessage", "notice": "test", "not_before": now,
            "created_at": now, "payload": {"text": text or f"第{next(_number)}条"}, "person_id": self.person or None,
        }  # fmt: skip
        return NewMessage(**{**values, **given})

    async def write(self, text: str = "", **given: Any) -> int:
        """Queue a message to this chat and return its id."""
        [id] = await self.rig.queue(self.message(text, **given))
        return id


def _service(store: Store, clock: VirtualClock) -> Service:
    return Service(store, PlanRegistry({TINY.id: TINY}), clock, new_id=new_id)
