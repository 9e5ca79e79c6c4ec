"""Handles on a bot and a group: what tests and the demo page hold in their hands, beside a person."""

from __future__ import annotations

from bot.playground.core import WorldCore
from bot.playground.errors import Unknown
from bot.playground.posting import migrate
from bot.playground.records import BotAccount, Chat


class Bot:
    """A bot from outside: its address and its settings at BotFather."""

    def __init__(self, world: WorldCore, bot_id: int) -> None:
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

    def __init__(self, world: WorldCore, key: str) -> None:
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


def bot_of(world: WorldCore, bot_id: int | None = None) -> Bot:
    """Return a bot's handle, the first one's by default."""
    number = bot_id if bot_id is not None else next(iter(world.state.bots), None)
    if number not in world.state.bots:
        raise Unknown(f"no bot {bot_id}")
    return Bot(world, number)
