"""What a person does in a chat: writes, presses, edits, forwards, sends files, asks inline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bot.playground import files, posting
from bot.playground.entities import with_detected
from bot.playground.errors import NotPossible
from bot.playground.inline import Ask, ask_bot, choose_result
from bot.playground.keyboards import labels
from bot.playground.person import PersonBase
from bot.playground.records import Chat, Message, PressRecord
from bot.playground.render import chat_json, given, inaccessible_json, message_json, user_json
from bot.playground.seen import Press, Seen, see
from bot.playground.text import units
from bot.playground.updates import queue_update

if TYPE_CHECKING:
    from bot.playground.handles import Bot
    from bot.playground.person import Where

Json = dict[str, Any]


class Acting(PersonBase):
    """The part of a :class:`~bot.playground.handles.Person` that writes."""

    def start(self, bot: Bot | None = None, payload: str = "") -> Seen:
        """Open the private chat with a bot (a blocked one is unblocked) and send ``/start`` with a deep link's payload.

        Raises:
            NotPossible: the payload is not 1-64 of ``A-Za-z0-9_-``.
        """
        check_payload(payload)
        bot = bot or self.world.bot()
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

    def _set_blocked(self, bot: Bot | None, blocked: bool) -> None:
        bot = bot or self.world.bot()
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
        via: Bot | None = None,
    ) -> Seen:
        """Write a text, as typed: commands, mentions and addresses become entities by themselves."""
        text = text.strip()
        if not text or units(text) > self.world.rules.text_limit:
            raise NotPossible("the app sends no empty and no over-long text")
        body = _with_entities({"text": text}, "entities", with_detected(text, list(entities), self.world.rules))
        return self._post(chat, body, reply_to=reply_to, thread=thread, silent=silent, anonymous=anonymous, via=via)

    def _post(
        self,
        where: Where,
        body: Json,
        *,
        reply_to: Seen | int | None = None,
        thread: int | None = None,
        silent: bool = False,
        anonymous: bool = False,
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

    def press(self, message: Seen | tuple[Where, int], button: str) -> Press:
        """Press an inline button, named by its label or its data, on the message as it is now."""
        chat, record = self._message(message)
        found = see(self.world, chat, record, self.id).button(button)
        if found.kind == "copy_text":
            return Press(self.world, None, copied=found.value)
        if found.kind != "callback":
            return Press(self.world, None, url=str(found.value))
        return self._call_back(chat, record, found.value)

    def repress(self, press: Press) -> Press:
        """Press again what was pressed before, also when the button or the message is gone by now (a slow network)."""
        old = self.world.state.presses[press.id or ""]
        chat = self.world.chat(old.chat or "")
        return self._call_back(chat, chat.messages[old.message or 0], old.data)

    def _call_back(self, chat: Chat, record: Message, data: str) -> Press:
        state = self.world.state
        bot = record.via if record.via is not None else record.sender
        press = PressRecord(
            id=str(4382740000000000000 + self.world.new_id()),
            user=self.id,
            bot=bot,
            chat=chat.key,
            message=record.id,
            inline_id=record.inline_id,
            data=data,
            date=self.world.clock.now(),
        )
        state.presses[press.id] = press
        query: Json = {
            "id": press.id,
            "from": user_json(state.users[self.id]),
            "chat_instance": str(hash_of(chat.key)),
            "data": data,
        }
        if record.inline_id:
            query["inline_message_id"] = record.inline_id
        elif record.deleted:
            query["message"] = inaccessible_json(state, chat, record.id)
        else:
            query["message"] = message_json(state, record)
        queue_update(self.world, state.bots[bot], callback_query=query)
        return Press(self.world, press)

    def tap(self, chat: Where, label: str, thread: int | None = None) -> Seen:
        """Tap a button of the reply keyboard shown: its text is sent, or the contact it asks for."""
        record = self._chat(chat)
        member = self._standing(record)
        rows = member.keyboard["keyboard"] if member.keyboard else []
        shown = labels(member.keyboard) if member.keyboard else []
        button = next((b for row in rows for b in row if (b if isinstance(b, str) else b["text"]) == label), None)
        if button is None:
            raise NotPossible(f"no keyboard button {label!r}, there are {shown}")
        if member.keyboard and member.keyboard.get("one_time_keyboard"):
            member.keyboard = None
        if isinstance(button, dict) and button.get("request_contact"):
            user = self.world.state.users[self.id]
            return self.send_contact(chat, user.phone or "+8610000000", user.first_name, user=self.id)
        return self.send(chat, label, thread=thread)

    def edit(self, message: Seen | tuple[Where, int], text: str) -> Seen:
        """Edit one's own text or caption."""
        chat, record = self._message(message)
        if record.sender != self.id or record.service or record.origin:
            raise NotPossible("only one's own message can be edited")
        field, entities = ("text", "entities") if "text" in record.body else ("caption", "caption_entities")
        if record.body.get(field) == text.strip():
            raise NotPossible("nothing was changed")
        record.body.pop(entities, None)
        record.body[field] = text.strip()
        _with_entities(record.body, entities, with_detected(text.strip(), [], self.world.rules))
        posting.edited(self.world, record)
        return see(self.world, chat, record, self.id)

    def delete(self, message: Seen | tuple[Where, int]) -> None:
        """Delete a message for everybody: one's own, or any as an administrator who may. The bot is not told."""
        chat, record = self._message(message)
        if record.sender != self.id and not chat.private:
            self._allowed(chat, "can_delete_messages")
        posting.delete(self.world, record)

    def forward(self, message: Seen | tuple[Where, int], to: Where, thread: int | None = None) -> Seen:
        """Forward a message into another chat."""
        source, record = self._message(message)
        if record.protected or record.service:
            raise NotPossible("this message cannot be forwarded")
        body = {name: value for name, value in record.body.items() if name != "reply_markup"}
        return self._post(to, body, thread=thread, origin=record.origin or origin_of(self, source, record))

    def send_photo(self, chat: Where, data: bytes = b"\xff\xd8photo", caption: str = "", **more: Any) -> Seen:
        """Send a photo."""
        return self._media(chat, "photo", data, "photo.jpg", caption, **more)

    def send_document(
        self, chat: Where, data: bytes, name: str, caption: str = "", *, size: int | None = None, **more: Any
    ) -> Seen:
        """Send a file; ``size`` pretends that it has so many bytes."""
        return self._media(chat, "document", data, name, caption, size=size, **more)

    def send_voice(self, chat: Where, data: bytes = b"OggS", caption: str = "", **more: Any) -> Seen:
        """Send a voice message."""
        return self._media(chat, "voice", data, "voice.ogg", caption, **more)

    def send_video(self, chat: Where, data: bytes = b"video", caption: str = "", **more: Any) -> Seen:
        """Send a video."""
        return self._media(chat, "video", data, "video.mp4", caption, **more)

    def send_sticker(self, chat: Where, **more: Any) -> Seen:
        """Send a sticker."""
        return self._media(chat, "sticker", b"RIFF", "sticker.webp", "", **more)

    def send_album(self, chat: Where, photos: Sequence[bytes], caption: str = "", **more: Any) -> list[Seen]:
        """Send two to ten photos as one album; the caption stands at the first."""
        if not 2 <= len(photos) <= 10:
            raise NotPossible("an album has two to ten items")
        album = str(13000000000000000 + self.world.new_id())
        return [
            self._media(chat, "photo", data, "photo.jpg", caption if number == 0 else "", album=album, **more)
            for number, data in enumerate(photos)
        ]

    def _media(
        self, chat: Where, kind: str, data: bytes, name: str, caption: str, *, size: int | None = None, **more: Any
    ) -> Seen:
        if units(caption) > self.world.rules.caption_limit:
            raise NotPossible("the caption is too long")
        body = files.media_body(files.store(self.world, data, name, kind, size=size), kind)
        if caption:
            body["caption"] = caption
            _with_entities(body, "caption_entities", with_detected(caption, [], self.world.rules))
        return self._post(chat, body, **more)

    def send_location(self, chat: Where, latitude: float, longitude: float, **more: Any) -> Seen:
        """Send a place."""
        return self._post(chat, {"location": {"latitude": float(latitude), "longitude": float(longitude)}}, **more)

    def send_venue(self, chat: Where, latitude: float, longitude: float, title: str, address: str, **more: Any) -> Seen:
        """Send a named place."""
        place = {"latitude": float(latitude), "longitude": float(longitude)}
        return self._post(
            chat, {"venue": {"location": place, "title": title, "address": address}, "location": place}, **more
        )

    def send_contact(self, chat: Where, phone: str, first_name: str, *, user: int | None = None, **more: Any) -> Seen:
        """Send somebody's card; ``user`` where he has Telegram."""
        contact = {"phone_number": phone, "first_name": first_name, **given(user_id=user)}
        return self._post(chat, {"contact": contact}, **more)

    def react(self, message: Seen | tuple[Where, int], emoji: str | None) -> None:
        """Set or take back one's reaction; a bot hears of it only as administrator of a group."""
        chat, record = self._message(message)
        old = record.reactions.pop(self.id, [])
        new = [{"type": "emoji", "emoji": emoji}] if emoji else []
        if new:
            record.reactions[self.id] = new
        if chat.private:
            self.world.changed("reaction", chat.key, record.id)
            return
        update = {
            "chat": chat_json(self.world.state, chat),
            "message_id": record.id,
            "user": user_json(self.world.state.users[self.id]),
            "date": int(self.world.clock.now().timestamp()),
            "old_reaction": old,
            "new_reaction": new,
        }
        for account in self.world.state.bots.values():
            if account.id in chat.members and chat.members[account.id].admin:
                queue_update(self.world, account, message_reaction=update)
        self.world.changed("reaction", chat.key, record.id)

    def inline(self, bot: Bot | None, query: str, offset: str = "", chat: Where | None = None) -> Ask:
        """Type ``@bot query`` somewhere; the answer appears in the returned :class:`~bot.playground.inline.Ask`."""
        where = self._chat(chat, present=False) if chat is not None else None
        return ask_bot(self.world, self.id, bot or self.world.bot(), query, offset, where)

    def choose(self, ask: Ask, result: int | str, chat: Where, thread: int | None = None) -> Seen:
        """Send one of the results of an inline query into a chat."""
        target = self._writable(chat, thread, anonymous=False)
        return see(self.world, target, choose_result(self.world, self.id, ask, result, target, thread), self.id)

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


def hash_of(text: str) -> int:
    """Return a stable number for a text (``chat_instance``)."""
    number = 5381
    for char in text:
        number = (number * 33 + ord(char)) % 2**61
    return number


def origin_of(person: PersonBase, chat: Chat, record: Message) -> Json:
    """Return the ``MessageOrigin`` that a forward of a message carries."""
    date = int(record.date.timestamp())
    if record.anonymous:
        shown = chat_json(person.world.state, chat)
        return {"type": "chat", "date": date, "sender_chat": shown, **given(author_signature=record.signature)}
    return {"type": "user", "date": date, "sender_user": user_json(person.world.state.users[record.sender])}


def _with_entities(body: Json, field: str, entities: list[Json]) -> Json:
    if entities:
        body[field] = entities
    return body
