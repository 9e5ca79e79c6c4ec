"""The local Telegram itself: bots, people and groups are registered here, and their handles given out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.clock import Clock
from bot.playground import handles, updates
from bot.playground.core import WorldCore
from bot.playground.errors import Unknown
from bot.playground.handles import Bot, Group
from bot.playground.limits import Limits
from bot.playground.person import Person
from bot.playground.records import BotAccount, Member, Topic, User, codec
from bot.playground.rules import Rules

Json = dict[str, Any]


class World(WorldCore):
    """One Telegram, in memory."""

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

    # Handles

    def bot(self, bot_id: int | None = None) -> Bot:
        """Return a bot's handle, the first one's by default."""
        return handles.bot_of(self, bot_id)

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
