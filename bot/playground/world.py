"""The local Telegram itself: who exists, what was written, what each bot has still to fetch."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from bot.clock import Clock
from bot.playground import updates
from bot.playground.errors import NotPossible, Unknown
from bot.playground.faults import Faults
from bot.playground.handles import Bot, Group, Person
from bot.playground.limits import Limits
from bot.playground.log import Call, Change
from bot.playground.records import BotAccount, Chat, Member, State, Topic, User, codec
from bot.playground.rules import Rules

Json = dict[str, Any]


class World:
    """One Telegram, in memory.

    Args:
        clock: dates, limits and expiry follow it; long polls and delays are real seconds.
        limits: how much a bot may send.
        rules: the undocumented behaviour.
    """

    def __init__(self, clock: Clock, limits: Limits | None = None, rules: Rules | None = None) -> None:
        self.clock = clock
        self.limits = limits or Limits()
        self.rules = rules or Rules()
        self.faults = Faults()
        self.state = State()
        self.calls: list[Call] = []
        self.breaches: list[str] = []
        self.polls: dict[int, asyncio.Future[None]] = {}
        self._running = 0
        self._changes: asyncio.Future[None] | None = None
        self._watchers: list[asyncio.Queue[Change]] = []
        self._count = 0

    # Who is there

    def add_bot(
        self,
        token: str,
        username: str,
        name: str = "警钟",
        *,
        privacy: bool = True,
        inline: bool = True,
        can_join_groups: bool = True,
    ) -> Bot:
        """Register a bot, as BotFather would; its id is the number before the colon of the token."""
        number, _, secret = token.partition(":")
        if not number.isdigit() or len(secret) < 10:
            raise ValueError(f"a token looks like 123456:ABC-DEF1234ghIkl, not {token!r}")
        user = User(id=int(number), first_name=name, username=username, is_bot=True)
        self.state.users[user.id] = user
        self.state.bots[user.id] = BotAccount(
            id=user.id, token=token, privacy=privacy, inline=inline, can_join_groups=can_join_groups
        )
        return Bot(self, user.id)

    def add_user(
        self,
        first_name: str,
        last_name: str | None = None,
        *,
        username: str | None = None,
        user_id: int | None = None,
        language_code: str | None = "zh-hans",
        phone: str | None = None,
    ) -> Person:
        """Register a person."""
        if user_id is None:
            user_id, self.state.next_user = self.state.next_user, self.state.next_user + 1
        if user_id in self.state.users:
            raise ValueError(f"user {user_id} exists")
        self.state.users[user_id] = User(
            id=user_id,
            first_name=first_name,
            last_name=last_name,
            username=username,
            language_code=language_code,
            phone=phone,
        )
        return Person(self, user_id)

    def add_group(
        self,
        title: str,
        *,
        owner: Person,
        members: Iterable[Person | Bot] = (),
        kind: str = "supergroup",
        forum: bool = False,
    ) -> Group:
        """Make a group that was always there: no updates about its making or its first members."""
        if kind not in ("group", "supergroup") or (forum and kind == "group"):
            raise ValueError("kind is group or supergroup, and only a supergroup is a forum")
        chat = self.new_group(title, kind)
        chat.forum = forum
        if forum:
            chat.topics[1] = Topic(thread=1, name="General", creator=owner.id)
            chat.next_message = 2  # a topic has the number of its first message, and 1 is General's
        chat.members[owner.id] = Member(user=owner.id, status="creator")
        for member in members:
            chat.members[member.id] = Member(user=member.id)
        return Group(self, chat.key)

    def new_group(self, title: str, kind: str) -> Chat:
        """Return an empty group with a fresh id."""
        if kind == "group":
            chat_id, self.state.next_group = -self.state.next_group, self.state.next_group + 1
        else:
            chat_id, self.state.next_supergroup = (
                -1000000000000 - self.state.next_supergroup,
                self.state.next_supergroup + 1,
            )
        chat = Chat(key=str(chat_id), id=chat_id, kind=kind, title=title)
        self.state.chats[chat.key] = chat
        self.changed("member", chat.key)
        return chat

    # Handles and look-ups

    def bot(self, bot_id: int | None = None) -> Bot:
        """Return a bot's handle, the first one's by default."""
        found = bot_id if bot_id is not None else next(iter(self.state.bots), None)
        if found not in self.state.bots:
            raise Unknown(f"no bot {bot_id}")
        return Bot(self, found)

    def person(self, user_id: int) -> Person:
        """Return a person's handle."""
        if user_id not in self.state.users or self.state.users[user_id].is_bot:
            raise Unknown(f"no person {user_id}")
        return Person(self, user_id)

    def group(self, chat_id: int | str) -> Group:
        """Return a group's handle by its id."""
        chat = self.state.chats.get(str(chat_id))
        if chat is None or chat.private:
            raise Unknown(f"no group {chat_id}")
        return Group(self, chat.key)

    def account(self, token: str) -> BotAccount | None:
        """Return the bot of a token."""
        return next((account for account in self.state.bots.values() if account.token == token), None)

    def private_key(self, user_id: int, bot_id: int) -> str:
        """Return the key of a person's chat with a bot."""
        first = next(iter(self.state.bots), None)
        return str(user_id) if bot_id == first else f"{user_id}@{bot_id}"

    def private_chat(self, user_id: int, bot_id: int) -> Chat:
        """Return a person's chat with a bot, made when it is not there yet (not started)."""
        key = self.private_key(user_id, bot_id)
        if key not in self.state.chats:
            chat = Chat(key=key, id=user_id, kind="private", person=user_id, bot=bot_id)
            chat.members = {user_id: Member(user=user_id), bot_id: Member(user=bot_id)}
            self.state.chats[key] = chat
        return self.state.chats[key]

    def new_id(self) -> int:
        """Return a number used nowhere else."""
        self.state.next_id += 1
        return self.state.next_id

    # Following what happens

    def changed(self, kind: str, chat: str | None = None, message: int | None = None, user: int | None = None) -> None:
        """Tell everybody who waits or watches that something happened."""
        if self._changes is not None and not self._changes.done():
            self._changes.set_result(None)
        self._changes = None
        self._count += 1
        change = Change(number=self._count, kind=kind, chat=chat, message=message, user=user)
        for queue in self._watchers:
            queue.put_nowait(change)

    def next_change(self) -> asyncio.Future[None]:
        """Return a future that is done at the next change of anything."""
        if self._changes is None or self._changes.done() or self._changes.get_loop() is not asyncio.get_running_loop():
            self._changes = asyncio.get_running_loop().create_future()
        return self._changes

    async def watch(self) -> AsyncIterator[Change]:
        """Yield every change from now on."""
        with self.watching() as queue:
            while True:
                yield await queue.get()

    @contextmanager
    def watching(self) -> Iterator[asyncio.Queue[Change]]:
        """Yield a queue that gets every change while the context lasts."""
        queue: asyncio.Queue[Change] = asyncio.Queue()
        self._watchers.append(queue)
        try:
            yield queue
        finally:
            self._watchers.remove(queue)

    @property
    def pending_updates(self) -> int:
        """How many updates no bot has confirmed."""
        return sum(len(account.queue) for account in self.state.bots.values())

    @property
    def running_calls(self) -> int:
        """How many calls are being answered now, waiting polls excepted."""
        return self._running

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count a call as running."""
        self._running += 1
        self.changed("call")
        try:
            yield
        finally:
            self._running -= 1
            self.changed("call")

    async def until(self, condition: Any) -> None:
        """Wait until ``condition()`` holds, looking again after every change."""
        while not condition():
            await asyncio.shield(self.next_change())

    async def quiet(self) -> None:
        """Wait until every update is confirmed and no call runs (what the bot has in memory is not seen here)."""
        await self.until(lambda: not self.pending_updates and not self._running)

    def queue_raw(self, bot: Bot, payload: Json) -> None:
        """Queue an unchecked update for a bot: malformed, repeated, out of order."""
        updates.queue_raw(self, self.state.bots[bot.id], payload)

    # Keeping

    def save(self) -> str:
        """Return everything but faults, limits and log as a JSON document."""
        return codec().dump_json(self.state).decode()

    @classmethod
    def restore(cls, text: str, clock: Clock, limits: Limits | None = None, rules: Rules | None = None) -> World:
        """Return the world that :meth:`save` wrote."""
        world = cls(clock, limits, rules)
        world.state = codec().validate_json(text)
        return world

    def chat(self, key: str) -> Chat:
        """Return a chat's record by its key."""
        if key not in self.state.chats:
            raise Unknown(f"no chat {key}")
        return self.state.chats[key]

    def must(self, condition: object, why: str) -> None:
        """Refuse what a person cannot do."""
        if not condition:
            raise NotPossible(why)
