"""What a person sees: his chats, their lines, pop-ups, the keyboard, the menu, what is unread."""

from __future__ import annotations

import asyncio

from bot.playground.errors import NotPossible
from bot.playground.keyboards import labels
from bot.playground.menus import menu_for
from bot.playground.person_base import PersonBase, Where
from bot.playground.records import Chat
from bot.playground.seen import ChatLine, Press, Seen, full_name, see, visible


class Looking(PersonBase):
    """The part of a :class:`~bot.playground.person.Person` that reads."""

    def timeline(self, chat: Where, thread: int | None = None) -> list[Seen]:
        """Return what the person sees in a chat now, oldest first; ``thread`` 1 is General."""
        record = self._chat(chat)
        return [
            see(self.world, record, message, self.id)
            for message in record.messages.values()
            if visible(record, self.id, message) and (thread is None or (message.thread or 1) == thread)
        ]

    def last(self, chat: Where, thread: int | None = None) -> Seen:
        """Return the last line that is no service line."""
        lines = [line for line in self.timeline(chat, thread) if line.service is None]
        if not lines:
            raise NotPossible("there is nothing to see")
        return lines[-1]

    async def sees(self, chat: Where, words: str, *, within: float = 10.0) -> Seen:
        """Wait until a line holds these words, and return the last such line.

        Args:
            chat: where.
            words: a part of the text, or of a button's label.
            within: real seconds.

        Raises:
            AssertionError: it does not come; the message lists what is there instead.
        """

        def matching() -> list[Seen]:
            return [s for s in self.timeline(chat) if words in s.text or any(words in name for name in s.labels())]

        try:
            await asyncio.wait_for(self.world.until(matching), within)
        except TimeoutError:
            there = [line.text or line.service or line.kind for line in self.timeline(chat)]
            raise AssertionError(f"{self.name} does not see {words!r} but {there[-8:]}") from None
        return matching()[-1]

    def again(self, message: Seen) -> Seen:
        """Return a line as it is now."""
        chat, record = self._message(message)
        return see(self.world, chat, record, self.id)

    def popups(self, chat: Where | None = None) -> list[Press]:
        """Return the person's presses that a bot has answered, oldest first."""
        key = self._chat(chat).key if chat is not None else None
        mine = [p for p in self.world.state.presses.values() if p.user == self.id and p.answered]
        return [Press(self.world, press) for press in mine if key in (None, press.chat)]

    def keyboard(self, chat: Where) -> list[list[str]] | None:
        """Return the labels of the reply keyboard shown now."""
        keyboard = self._standing(self._chat(chat)).keyboard
        return labels(keyboard) if keyboard else None

    def commands(self, chat: Where) -> list[tuple[str, str]]:
        """Return the menu of commands shown here, all bots together."""
        record = self._chat(chat)
        bots = [b for b in self.world.state.bots.values() if b.id in record.members and record.members[b.id].present]
        return [
            (c["command"], c["description"]) for bot in bots for c in menu_for(self.world.state, bot, record, self.id)
        ]

    def unread(self, chat: Where) -> int:
        """Return how many lines came since the person last read."""
        return self._unread(self._chat(chat))

    def _unread(self, record: Chat) -> int:
        read_to = self._standing(record).read_to
        return sum(
            1
            for message in record.messages.values()
            if message.id > read_to
            and message.sender != self.id
            and visible(record, self.id, message)
            and not message.service
        )

    def read(self, chat: Where) -> None:
        """Read everything."""
        record = self._chat(chat)
        record.members[self.id].read_to = record.next_message - 1
        self.world.changed("member", record.key, user=self.id)

    def mute(self, chat: Where, on: bool = True) -> None:
        """Mute a chat; mentions, replies and loud pins of a group still ring."""
        record = self._chat(chat)
        record.members[self.id].muted = on
        self.world.changed("member", record.key, user=self.id)

    def chats(self) -> list[ChatLine]:
        """Return the person's list of chats, also those left, the last spoken in first."""
        mine = [c for c in self.world.state.chats.values() if self.id in c.members and not c.migrated_to]
        return [self._line(chat) for chat in sorted(mine, key=self._last_date, reverse=True)]

    def _last_date(self, chat: Chat) -> float:
        return max((m.date.timestamp() for m in chat.messages.values()), default=0.0)

    def _line(self, chat: Chat) -> ChatLine:
        bot = self.world.state.users[chat.bot] if chat.bot is not None else None
        messages = [m for m in chat.messages.values() if visible(chat, self.id, m)]
        last = see(self.world, chat, messages[-1], self.id) if messages else None
        return ChatLine(
            key=chat.key,
            title=full_name(bot.first_name, bot.last_name) if bot else chat.title or "",
            kind=chat.kind,
            unread=self._unread(chat),
            member=self._standing(chat).present,
            last=(last.text or last.service or last.kind) if last else None,
        )
