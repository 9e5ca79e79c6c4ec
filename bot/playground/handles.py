"""Handles on a bot, a group and a person: what tests and the demo page hold in their hands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.looking import Looking
from bot.playground.posting import migrate
from bot.playground.pressing import Pressing
from bot.playground.records import BotAccount, Chat, User

if TYPE_CHECKING:
    from bot.playground.world import World


class Bot:
    """A bot from outside: its address and its settings at BotFather."""

    def __init__(self, world: World, bot_id: int) -> None:
        self.world, self.id = world, bot_id

    @property
    def account(self) -> BotAccount:
        """The record."""
        return self.world.state.bots[self.id]

    @property
    def token(self) -> str:
        """The token."""
        return self.account.token

    @property
    def username(self) -> str:
        """The name after the @."""
        return self.world.state.users[self.id].username or ""


class Group:
    """A group or supergroup."""

    def __init__(self, world: World, key: str) -> None:
        self.world, self.key = world, key

    @property
    def record(self) -> Chat:
        """The record."""
        return self.world.chat(self.key)

    @property
    def id(self) -> int:
        """The chat id that the Bot API uses."""
        return self.record.id

    @property
    def title(self) -> str:
        """The title."""
        return self.record.title or ""

    def upgrade(self) -> Group:
        """Make it a supergroup, by its owner's hand; return the new one."""
        owner = next(m.user for m in self.record.members.values() if m.status == "creator")
        return Group(self.world, migrate(self.world, self.record, owner).key)


class Person(Pressing, Looking):
    """A person: what he does (``Writing``, ``Sharing``, ``Pressing``, ``Membership``), what he sees (``Looking``)."""

    @property
    def user(self) -> User:
        """The record."""
        return self.world.state.users[self.id]

    def __repr__(self) -> str:
        return f"Person({self.id}, {self.user.first_name!r})"
