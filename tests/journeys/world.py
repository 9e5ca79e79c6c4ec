"""An installation to walk through: the real program, a strict local Telegram, people seated for the campus plan.

    async with Town.open(url) as town:                # or the fixture ``town``
        await town.say(town.head, BOT, "宿舍楼楼梯3时02分发生踩踏，4名学生受伤，已拨打120")
        await town.press(town.duty, "我来处理")
        await town.advance(minutes=3)

Nothing sleeps: time is virtual and stands still while anybody works. The end of a town is an inspection: no call was
refused, nothing broke Telegram's schema, no message is dead, no update is left, no log line tells a secret.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import structlog
from pydantic import SecretStr

from bot.cases import records
from bot.clock import VirtualClock
from bot.log import redact
from bot.main import Running, running
from bot.notifier.webhook import allowed_of
from bot.playground import Bot, Group, Limits, LocalBotApi, Person, Press, Rules, Seen, World
from bot.playground.request import PlaygroundRequest
from bot.settings import Settings
from plans.core.policy import DEFAULT_POLICY, Policy
from plans.incident.state import Incident
from plans.load import load_all
from storage import Store, open_store
from storage.incidents import IncidentRow
from storage.outbox import OutboxRow
from tests import stage

TOKEN = "110201543:AAHdqTcvCH1vGWJx" + "fSeofSAs0K5PALDsaw"
PLAN = "jincheng-chengqu-campus"
JURISDICTION = "晋城市城区"
NIGHT = datetime(2026, 3, 1, 19, 6, tzinfo=UTC)
"""03:06 in Jincheng, four minutes after the stampede of night A."""

STAMPEDE = "实验小学宿舍楼楼梯3时02分发生踩踏，4名学生受伤，已拨打120"
UNITS = ("区消防救援大队", "区卫生健康和体育局", "市公安局城区分局", "区应急管理局", "事发镇街", "区教育局", "事发学校")
MEMORY = "sqlite+aiosqlite://"
VOICE_SECRET = "shared-by-gateway-and-" + "program-in-tests"

_SECRETS = re.compile(r"\d{3,15}:[A-Za-z0-9_-]{20,64}|(?<!\d)1[3-9]\d{9}(?!\d)")


@cache
def plans() -> dict[str, Any]:
    """The shipped plans, read once a process."""
    return dict(load_all())


@cache
def settings_of(
    url: str, admin: int | None, hosts: frozenset[str], board: str, soffice: str, voice: str, push: str
) -> Settings:
    """What the program of a town is told from outside; to read it anew would be a sixth of a town's start."""
    return Settings(
        _env_file=None, token=SecretStr(TOKEN), api_url="http://127.0.0.1:1", database_url=url, long_poll=20,
        admins=frozenset({admin} if admin is not None else ()), channel_hosts=hosts, board_url=board,
        listen="127.0.0.1:0" if board or voice else "", soffice=soffice, voice_url=voice,
        voice_secret=SecretStr(VOICE_SECRET) if voice else None, push_hosts=allowed_of(push),
    )  # fmt: skip


@dataclass(frozen=True)
class Forgiven:
    """What an inspection does not complain about; each is expected by its journey."""

    calls: tuple[str, ...] = ()
    dead: tuple[str, ...] = ()
    logs: tuple[str, ...] = ()
    quarantined: int = 0


@dataclass
class Town:
    """See the module."""

    clock: VirtualClock
    world: World
    bot: Bot
    group: Group
    settings: Settings
    policy: Policy
    url: str
    admin: Person
    duty: Person
    second: Person
    director: Person
    deputy: Person
    commander: Person
    head: Person
    teacher: Person
    stranger: Person
    liaisons: dict[str, Person]
    network: bool
    plans: dict[str, Any]
    log: list[dict[str, Any]] = field(default_factory=list)
    forgiven: Forgiven = Forgiven()
    api: LocalBotApi | None = None
    store: Store | None = None
    program: Running | None = None
    _stack: AsyncExitStack | None = None

    # Opening and closing

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        url: str = MEMORY,
        *,
        network: bool = False,
        seated: bool = True,
        at: datetime = NIGHT,
        units: Iterable[str] = UNITS,
        policy: Policy = DEFAULT_POLICY,
        limits: Limits | None = None,
        rules: Rules | None = None,
        admins: bool = True,
        forum: bool = False,
        hosts: Iterable[str] = ("127.0.0.1",),
        board: str = "",
        soffice: str = "off",
        voice: str = "",
        push: str = "",
        plan: str = PLAN,
        installed: dict[str, Any] | None = None,
    ) -> AsyncIterator[Town]:
        """Open a town.

        Args:
            url: of a migrated database.
            network: whether the bot reaches Telegram over HTTP; without, it calls the same core directly.
            seated: whether everybody holds a role already; else the database is empty.
            units: which have a liaison.
            admins: whether the settings name the first administrator.
            forum: whether the command group has topics.
            hosts: what other ways reach though it is not public.
            board: the address of the board as browsers know it; then the program listens at a free port.
            soffice: what makes PDFs of papers; none does, unless a test is about it.
            voice: the address of a telephone gateway; then the program listens at a free port.
            push: where other systems may be told though it is not the public network.
            plan: under which everybody is seated.
            installed: the plans, the shipped ones when left out.
        """
        clock = VirtualClock(at)
        world = World(clock, limits=limits or Limits(), rules=rules)
        bot = world.add_bot(TOKEN, username="tocsin_bot", name="警钟")
        admin = world.add_user("孙管理")
        duty = world.add_user("李值班", username="li_zhiban")
        second, director = world.add_user("周值班"), world.add_user("陈主任")
        deputy, commander = world.add_user("吴副区长助理"), world.add_user("钱副区长")
        head, teacher, stranger = world.add_user("赵校长"), world.add_user("何老师"), world.add_user("过路人")
        liaisons = {unit: world.add_user(f"联络{number}", username=f"liaison_{number}")
                    for number, unit in enumerate(units, 1)}  # fmt: skip
        inside: list[Person | Bot] = [bot, duty, second, director, deputy, commander, *liaisons.values()]
        group = world.add_group("城区校园安全指挥群", owner=admin, members=inside, forum=forum)
        admin.promote(group, bot, ["can_pin_messages"])
        town = cls(
            clock=clock, world=world, bot=bot, group=group, policy=policy, url=url, admin=admin, duty=duty,
            second=second,
            director=director, deputy=deputy, commander=commander, head=head, teacher=teacher, stranger=stranger,
            liaisons=liaisons, network=network, plans=installed or plans(),
            settings=settings_of(url, admin.id if admins else None, frozenset(hosts), board, soffice, voice,
                                 push),
        )  # fmt: skip
        async with AsyncExitStack() as stack:
            stack.enter_context(_listening(town.log))
            kept = stack.enter_context(tempfile.TemporaryDirectory(prefix="tocsin-town-"))
            town.settings = town.settings.model_copy(update={"evidence_folder": Path(kept)})
            if network:
                town.api = await stack.enter_async_context(LocalBotApi(world))
                town.settings = town.settings.model_copy(update={"api_url": town.api.url})
            stack.push_async_callback(town.stop)
            await town.start()
            if seated:
                await town.seat(plan)
            await clock.advance(timedelta())  # the first look at Telegram is over: what comes now is new
            yield town
            if town.program is not None:
                await town.inspect()

    async def start(self) -> None:
        """Start the program on the town's database."""
        self._stack = AsyncExitStack()
        self.store = await self._stack.enter_async_context(await open_store(self.url))
        request = None if self.network else PlaygroundRequest(self.world)
        self.program = await self._stack.enter_async_context(
            running(
                self.settings, clock=self.clock, store=self.store, request=request, policy=self.policy, plans=self.plans
            )
        )
        self.clock.watch(self.busy)
        self._stack.callback(self.clock.unwatch, self.busy)

    async def stop(self) -> None:
        """Stop the program, if it runs."""
        if self._stack is not None:
            await self._stack.aclose()
            self._stack = self.program = self.store = None

    async def restart(self, away: timedelta = timedelta()) -> None:
        """Stop the program, let time pass without it, and start it again on the same database."""
        await self.stop()
        await self.clock.advance(away)
        await self.start()

    def busy(self) -> bool:
        """Whether anybody has work: time waits for it."""
        return bool(
            (self.program is not None and self.program.busy) or self.world.pending_updates or self.world.running_calls
        )

    async def seat(self, plan: str = PLAN) -> None:
        """Let everybody open the private chat, and write down who holds what."""
        school = "事发学校" if plan == PLAN else None
        roles: list[tuple[Person, str, str | None]] = [
            (self.duty, "duty", None), (self.second, "duty", None), (self.director, "director", None),
            (self.deputy, "deputy", None), (self.commander, "commander", None), (self.head, "reporter", school),
            *((person, "liaison", unit) for unit, person in self.liaisons.items()),
        ]  # fmt: skip
        now, people = self.clock.now(), {self.admin.id: self.admin, **{item[0].id: item[0] for item in roles}}
        for person in people.values():
            person.start(self.bot)
        # As if long ago: nobody is greeted now.
        self.world.state.bots[self.bot.id].queue.clear()
        async with self.open_store.writing() as tx:
            known = {
                id: await stage.enter(tx, chat=id, name=user.first_name, username=user.username or "", at=now)
                for id, user in ((id, self.world.state.users[id]) for id in people)
            }
            forum = self.world.state.chats[self.group.key].forum
            group = await stage.enter_group(
                tx, chat=self.group.id, title=self.group.title, at=now, can_pin=True, forum=forum
            )
            for person, role, unit in roles:
                await stage.grant(tx, known[person.id], plans()[plan], role, unit=unit, at=now)
            await stage.bind(tx, group, plans()[plan], "command", at=now)
            await stage.sit(tx, known[self.duty.id], plans()[plan], at=now)

    async def grant(self, person: Person, role: str, unit: str | None = None, *, plan: str = PLAN) -> None:
        """Give a role behind the program's back."""
        async with self.open_store.writing() as tx:
            known = await tx.people.by_telegram(person.id)
            assert known is not None, f"{person.name} has not started the bot"
            await stage.grant(tx, known, self.plans[plan], role, unit=unit, at=self.clock.now())

    async def sit(self, person: Person, plan: str = PLAN) -> None:
        """Let somebody take the duty seat behind the program's back."""
        async with self.open_store.writing() as tx:
            known = await tx.people.by_telegram(person.id)
            assert known is not None, f"{person.name} has not started the bot"
            await stage.sit(tx, known, self.plans[plan], at=self.clock.now())

    async def bind(self, group: Group, kind: Any, plan: str = PLAN) -> None:
        """Bind a group that the bot has heard of, behind the program's back."""
        async with self.open_store.writing() as tx:
            place = await tx.places.by_chat(group.id)
            assert place is not None, "the bot has not heard of this group"
            await stage.bind(tx, place, self.plans[plan], kind, at=self.clock.now())

    async def add_group(self, title: str, kind: Any, *members: Person) -> Group:
        """Make another group with the bot in it and bind it."""
        group = self.world.add_group(title, owner=members[0], members=[self.bot, *members[1:]])
        members[0].send(group, "/help@tocsin_bot")
        await self.settle()
        await self.bind(group, kind)
        return group

    # Acting

    async def say(self, person: Person, where: Any, text: str, **how: Any) -> Seen:
        """Let somebody write, and let everything that follows happen."""
        said = person.send(where, text, **how)
        await self.settle()
        return said

    async def press(self, person: Person, label: str, where: Any = None, *, words: str = "") -> Press:
        """Let somebody press a button, the newest with this label that he sees, and wait for what follows."""
        pressed = person.press(self.button(person, label, where, words=words), label)
        await self.settle()
        return pressed

    def button(self, person: Person, label: str, where: Any = None, *, words: str = "") -> Seen:
        """Return the newest message that shows this button (and holds these words)."""
        lines = person.timeline(where or self.bot)
        found = [line for line in lines if label in line.labels() and words in line.text]
        assert found, f"{person.name} sees no button {label!r} with {words!r}:\n{self.screen(person, where)}"
        return found[-1]

    async def settle(self) -> None:
        """Wait until all work is done and all messages are out; limits are waited out in virtual time."""
        for _ in range(400):
            await self.clock.advance(timedelta())
            if self.program is None:
                return
            async with self.open_store.reading() as rx:
                waiting = await rx.outbox.next_at()
            if waiting is None or waiting > self.clock.now() + timedelta(seconds=5):
                return
            await self.clock.advance(timedelta(seconds=1))
        raise AssertionError("messages do not get out")

    async def advance(self, **span: float) -> None:
        """Let virtual time pass: minutes=3, hours=4 …"""
        await self.clock.advance(timedelta(**span))
        await self.settle()

    async def until(self, hour: int, minute: int = 0, day: int = 2) -> None:
        """Let virtual time pass until a moment of March 2026 in Jincheng."""
        moment = datetime(2026, 3, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)
        assert moment > self.clock.now(), f"{moment} is past"
        await self.clock.advance_to(moment)
        await self.settle()

    # Looking

    @property
    def open_store(self) -> Store:
        """The running program's database."""
        assert self.store is not None, "the program does not run"
        return self.store

    def texts(self, person: Person, where: Any = None) -> list[str]:
        """Return what the bot wrote to a chat, as the person sees it."""
        return [line.text for line in person.timeline(where or self.bot) if line.from_bot and line.service is None]

    def told(self, person: Person, words: str, where: Any = None) -> list[Seen]:
        """Return the bot's messages that hold these words."""
        lines = person.timeline(where or self.bot)
        return [line for line in lines if line.from_bot and line.service is None and words in line.text]

    def sees(self, person: Person, words: str, where: Any = None) -> Seen:
        """Return the newest of the bot's messages that holds these words; there must be one."""
        found = self.told(person, words, where)
        assert found, f"{person.name} does not see {words!r}:\n{self.screen(person, where)}"
        return found[-1]

    def count(self, person: Person, where: Any = None) -> Counted:
        """Begin to count what comes to a chat."""
        return Counted(person, where or self.bot, {line.id for line in person.timeline(where or self.bot)})

    def screen(self, person: Person, where: Any = None) -> str:
        """Return a chat as text, for a failing test's message."""
        return "\n".join(
            f"  [{line.sender}] {line.rang} {line.text!r} {line.labels()}"
            for line in person.timeline(where or self.bot)
        )

    async def incident(self, number: int = 1, *, drill: bool = False) -> Incident:
        """Return an incident as its log tells it."""
        async with self.open_store.reading() as rx:
            row = await rx.incidents.by_number(JURISDICTION, None, number, drill)
            assert row is not None, f"there is no incident {number}"
            found = await records.load(rx, row.stream)
            assert found is not None
            return found

    async def incidents(self) -> list[IncidentRow]:
        """Return all incidents, the oldest first."""
        async with self.open_store.reading() as rx:
            return (await rx.incidents.list(limit=1000))[::-1]

    async def outbox(self, wanted: Callable[[OutboxRow], bool] = lambda row: True) -> list[OutboxRow]:
        """Return the messages of all incidents."""
        async with self.open_store.reading() as rx:
            rows = [row for item in await rx.incidents.list(limit=1000) for row in await rx.outbox.of(item.stream)]
        return [row for row in rows if wanted(row)]

    def sends(self, group: Group, since: datetime | None = None) -> list[Any]:
        """Return the calls that made a new message in a group."""
        return [
            call
            for call in self.world.calls
            if call.method.startswith("send") and call.chat == group.id and call.status == 200
            and (since is None or call.at >= since)
        ]  # fmt: skip

    async def inspect(self) -> None:
        """Fail when anything went wrong that no person would have noticed."""
        await self.settle()
        assert not self.world.breaches
        bad = [
            (call.method, call.status, call.description)
            for call in self.world.calls
            if call.status not in (0, 200) and not any(part in (call.description or "") for part in self.forgiven.calls)
        ]
        assert not bad, f"calls that Telegram refused: {bad}"
        async with self.open_store.reading() as rx:
            backlog = await rx.inbox.backlog()
            dead = [
                (row.notice, row.error)
                for row in await rx.outbox.dead_letters()
                if not any(part in (row.error or "") for part in self.forgiven.dead)
            ]
            faults = {row.stream: await rx.journal.verify(row.stream) for row in await rx.incidents.list(limit=1000)}
        assert not backlog.pending, f"{backlog.pending} updates are left"
        assert backlog.quarantined == self.forgiven.quarantined, backlog
        assert not dead, f"dead letters: {dead}"
        assert not any(faults.values()), f"the journal does not hold: {faults}"
        loud = [line for line in self.log if line["level"] in ("warning", "error", "critical")]
        loud = [line for line in loud if not any(part in str(line) for part in self.forgiven.logs)]
        assert not loud, f"the log complains: {loud}"
        telling = [line for line in self.log if _SECRETS.search(redact(str(line)))]
        assert not telling, f"the log tells secrets: {telling}"


@dataclass(frozen=True)
class Counted:
    """New messages in a chat since counting began."""

    person: Person
    where: Any
    before: set[int]

    @property
    def new(self) -> list[Seen]:
        """The bot's messages that came since."""
        return [line for line in self.person.timeline(self.where)
                if line.id not in self.before and line.from_bot and line.service is None]  # fmt: skip


class _listening:
    """Collects the program's own log instead of printing it."""

    def __init__(self, lines: list[dict[str, Any]]) -> None:
        self._lines = lines

    def __enter__(self) -> None:
        self._before = structlog.get_config()
        structlog.configure(processors=[structlog.processors.add_log_level, self._keep])

    def __exit__(self, *_: object) -> None:
        structlog.configure(**self._before)

    def _keep(self, _: Any, __: str, entry: Any) -> Any:
        self._lines.append(dict(entry))
        raise structlog.DropEvent


def clock_text(moment: datetime) -> str:
    """Return 03:06 for a moment."""
    return (moment + timedelta(hours=8)).strftime("%H:%M")


async def gather(*work: Any) -> list[Any]:
    """Let several things happen at once."""
    return list(await asyncio.gather(*work))
