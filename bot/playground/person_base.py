"""What acting, membership and looking share: how a person finds a chat and a message."""

from __future__ import annotations

from typing import Any, TypeAlias

from bot.playground.core import WorldCore
from bot.playground.errors import NotPossible, Unknown
from bot.playground.handles import Bot, Group, bot_of
from bot.playground.records import Chat, Member, Message
from bot.playground.seen import Seen

Where: TypeAlias = Bot | Group | int | str


class PersonBase:
    """One person of a world.

    Args:
        world: the world.
        user_id: the person's Telegram id.
    """

    def __init__(self, world: WorldCore, user_id: int) -> None:
        self.world, self.id = world, user_id

    @property
    def name(self) -> str:
        """First name."""
        return self.world.state.users[self.id].first_name

    def _chat(self, where: Where, present: bool = True) -> Chat:
        """Return the chat meant: a group, the private chat with a bot, an id or a key; a migrated group's successor."""
        if isinstance(where, int | str):
            chat = self.world.state.chats.get(str(where)) or self._with_bot(str(where))
        elif hasattr(where, "token"):
            chat = self.world.private_chat(self.id, where.id)
        else:
            chat = where.record
        if chat.private and chat.person != self.id:
            raise NotPossible(f"chat {chat.key} is not {self.name}'s")
        if present and not chat.private and not self._standing(chat).present:
            raise NotPossible(f"{self.name} is not in {chat.title}")
        return chat

    def _with_bot(self, key: str) -> Chat:
        user, _, bot = key.partition("@")
        if user == str(self.id):
            return self.world.private_chat(self.id, int(bot) if bot else bot_of(self.world).id)
        raise Unknown(f"no chat {key}")

    def _standing(self, chat: Chat) -> Member:
        return chat.members.get(self.id) or Member(user=self.id, status="left")

    def _message(self, message: Seen | tuple[Where, int]) -> tuple[Chat, Message]:
        """Return a message still on the screen."""
        if isinstance(message, Seen):
            chat, number = self._chat(message.chat), message.id
        else:
            chat, number = self._chat(message[0]), message[1]
        record = chat.messages.get(number)
        if record is None or record.deleted or self.id in record.hidden_for:
            raise NotPossible(f"no message {number} in {chat.key}")
        return chat, record

    def _allowed(self, chat: Chat, right: str) -> None:
        if not chat.private and not self._standing(chat).may(right):
            raise NotPossible(f"{self.name} lacks {right} in {chat.title}")

    def _id(self, who: Any) -> int:
        number: int = who if isinstance(who, int) else who.id
        if number not in self.world.state.users:
            raise Unknown(f"no user {number}")
        return number
