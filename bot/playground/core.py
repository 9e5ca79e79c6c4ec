"""The local Telegram that everything here works on: who exists, what was written, what each bot has still to fetch."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

from bot.clock import Clock
from bot.playground.errors import NotPossible, Unknown
from bot.playground.faults import Faults
from bot.playground.limits import Limits
from bot.playground.log import Call, Change
from bot.playground.records import BotAccount, Chat, Member, State
from bot.playground.rules import Rules


class WorldCore:
    """A :class:`~bot.playground.world.World` without the handles that it gives out.

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

    def chat(self, key: str) -> Chat:
        """Return a chat's record by its key."""
        if key not in self.state.chats:
            raise Unknown(f"no chat {key}")
        return self.state.chats[key]

    def must(self, condition: object, why: str) -> None:
        """Refuse what a person cannot do."""
        if not condition:
            raise NotPossible(why)

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
