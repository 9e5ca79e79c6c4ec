"""What a person writes in a chat, and changes, forwards, pins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.playground import posting
from bot.playground.core import WorldCore
from bot.playground.entities import with_detected
from bot.playground.errors import NotPossible
from bot.playground.handles import Bot, bot_of
from bot.playground.person_base import PersonBase, Where
from bot.playground.records import Chat, Message
from bot.playground.render import chat_json, user_json, without_empty
from bot.playground.seen import Seen, full_name, see
from bot.playground.text import units

Json = dict[str, Any]


class Writing(PersonBase):
    """The part of a :class:`~bot.playground.person.Person` that writes."""

    def start(self, bot: Bot | None = None, payload: str = "") -> Seen:
        """Open the private chat with a bot (a blocked one is unblocked) and send ``/start`` with a deep link's payload.

        Raises:
            NotPossible: the payload is not 1-64 of ``A-Za-z0-9_-``.
        """
        check_payload(payload)
        bot = bot or bot_of(self.world)
        chat = self.world.private_chat(self.id, bot.id)
        if chat.blocked:
            self.unblock(bot)
        chat.started = True
        return self.send(bot, f"/start {payload}".rstrip())

    def block(self, bot: Bot | None = None) -> None:
        """Block a bot: its messages are refused from now on."""
        self._set_blocked(bot, True)

    def unblock(self, bot: Bot | None = None) -> None:
        """Let a blocked bot write again."""
        self._set_blocked(bot, False)

    def deactivate(self) -> None:
        """Delete the account: bots that write are told "user is deactivated"."""
        self.world.state.users[self.id].deactivated = True

    def _set_blocked(self, bot: Bot | None, blocked: bool) -> None:
        bot = bot or bot_of(self.world)
        chat = self.world.private_chat(self.id, bot.id)
        chat.blocked = blocked
        posting.set_member(self.world, chat, self.id, bot.id, "kicked" if blocked else "member")

    def send(
        self,
        chat: Where,
        text: str,
        *,
        reply_to: Seen | int | None = None,
        thread: int | None = None,
        entities: Sequence[Json] = (),
        silent: bool = False,
        anonymous: bool = False,
        channel: str | None = None,
        via: Bot | None = None,
    ) -> Seen:
        """Write a text, as typed: commands, mentions and addresses become entities by themselves.

        Args:
            chat: where.
            text: what.
            reply_to: the line replied to.
            thread: the topic; None or 1 is General.
            entities: further entities, such as a mention of somebody without a username.
            silent: without sound.
            anonymous: as an anonymous administrator, in the group's name.
            channel: as a channel of this title that the person owns.
            via: as if it had come from this bot's inline mode.
        """
        text = text.strip()
        if not text or units(text) > self.world.rules.text_limit:
            raise NotPossible("the app sends no empty and no over-long text")
        body = with_body_entities({"text": text}, "entities", with_detected(text, list(entities), self.world.rules))
        return self._post(
            chat,
            body,
            reply_to=reply_to,
            thread=thread,
            silent=silent,
            anonymous=anonymous,
            channel=channel,
            via=via,
        )

    def _post(
        self,
        where: Where,
        body: Json,
        *,
        reply_to: Seen | int | None = None,
        thread: int | None = None,
        silent: bool = False,
        anonymous: bool = False,
        channel: str | None = None,
        via: Bot | None = None,
        origin: Json | None = None,
        album: str | None = None,
    ) -> Seen:
        chat = self._writable(where, thread, anonymous)
        number = reply_to.id if isinstance(reply_to, Seen) else reply_to
        if number is not None and (number not in chat.messages or chat.messages[number].deleted):
            raise NotPossible(f"no message {number} to reply to")
        message = Message(
            id=0,
            chat=chat.key,
            sender=self.id,
            date=self.world.clock.now(),
            body=body,
            thread=None if thread == 1 else thread,
            reply_to=number,
            silent=silent,
            anonymous=anonymous,
            signature=self._standing(chat).title if anonymous else None,
            channel=channel_json(channel) if channel else None,
            via=via.id if via else None,
            origin=origin,
            album=album,
        )
        return see(self.world, chat, posting.post(self.world, chat, message), self.id)

    def _writable(self, where: Where, thread: int | None, anonymous: bool) -> Chat:
        chat = self._chat(where)
        member = self._standing(chat)
        if chat.private and (chat.blocked or not chat.started):
            raise NotPossible("the app shows 开始 or 解除封锁 instead of the input field")
        if chat.migrated_to:
            raise NotPossible("the group has become a supergroup")
        if member.status == "restricted" and "can_send_messages" not in member.rights:
            raise NotPossible(f"{self.name} may not write in {chat.title}")
        if anonymous and not member.admin:
            raise NotPossible("only an administrator writes anonymously")
        if thread is not None:
            topic = chat.topics.get(thread)
            if topic is None:
                raise NotPossible(f"no topic {thread}")
            if topic.closed and not member.may("can_manage_topics"):
                raise NotPossible("the topic is closed")
        return chat

    def edit(self, message: Seen | tuple[Where, int], text: str) -> Seen:
        """Edit one's own text or caption."""
        chat, record = self._message(message)
        if record.sender != self.id or record.service or record.origin:
            raise NotPossible("only one's own message can be edited")
        field, entities = ("text", "entities") if "text" in record.body else ("caption", "caption_entities")
        if record.body.get(field) == text.strip():
            raise NotPossible("nothing was changed")
        body = {name: value for name, value in record.body.items() if name != entities} | {field: text.strip()}
        record.body = with_body_entities(body, entities, with_detected(text.strip(), [], self.world.rules))
        posting.edited(self.world, record)
        return see(self.world, chat, record, self.id)

    def delete(self, message: Seen | tuple[Where, int]) -> None:
        """Delete a message for everybody: one's own, or any as an administrator who may. The bot is not told."""
        chat, record = self._message(message)
        if record.sender != self.id and not chat.private:
            self._allowed(chat, "can_delete_messages")
        posting.delete(self.world, record)

    def forward(
        self, message: Seen | tuple[Where, int], to: Where, thread: int | None = None, *, hidden: bool = False
    ) -> Seen:
        """Forward a message into another chat; ``hidden``: its author does not let forwards link to him."""
        source, record = self._message(message)
        if record.protected or record.service:
            raise NotPossible("this message cannot be forwarded")
        origin = record.origin or origin_of(self.world, source, record, hidden)
        return self._post(to, dict(record.body), thread=thread, origin=origin)

    def pin(self, message: Seen | tuple[Where, int], silent: bool = False) -> None:
        """Pin a message."""
        chat, record = self._message(message)
        self._allowed(chat, "can_pin_messages")
        posting.pin(self.world, record, self.id, silent)

    def unpin(self, message: Seen | tuple[Where, int]) -> None:
        """Unpin a message."""
        chat, record = self._message(message)
        self._allowed(chat, "can_pin_messages")
        posting.unpin(self.world, chat, [record.id])


def check_payload(payload: str) -> None:
    """Refuse what cannot stand in a deep link."""
    if payload and (
        len(payload) > 64 or not payload.replace("_", "").replace("-", "").isalnum() or not payload.isascii()
    ):
        raise NotPossible("a start parameter is 1-64 of A-Za-z0-9_-")


def origin_of(world: WorldCore, chat: Chat, record: Message, hidden: bool = False) -> Json:
    """Return the ``MessageOrigin`` that a forward of a message carries."""
    date = int(record.date.timestamp())
    if record.anonymous:
        return {
            "type": "chat",
            "date": date,
            "sender_chat": chat_json(world.state, chat),
            **without_empty(author_signature=record.signature),
        }
    sender = world.state.users[record.sender]
    if hidden:
        return {"type": "hidden_user", "date": date, "sender_user_name": full_name(sender.first_name, sender.last_name)}
    return {"type": "user", "date": date, "sender_user": user_json(sender)}


def channel_json(title: str) -> Json:
    """Return the ``Chat`` of a channel that exists only as a sender."""
    return {"id": -1009000000000 - sum(title.encode()), "type": "channel", "title": title}


def with_body_entities(body: Json, field: str, entities: list[Json]) -> Json:
    """Return the body with its entities, where there are any."""
    if entities:
        body[field] = entities
    return body
