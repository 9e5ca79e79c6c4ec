"""What a person sends beside text: files, places, cards, reactions, results of inline queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.playground import files
from bot.playground.entities import with_detected
from bot.playground.errors import NotPossible
from bot.playground.handles import Bot, bot_of
from bot.playground.inline import Ask, ask_bot, choose_result
from bot.playground.person_base import Where
from bot.playground.render import chat_json, user_json, without_empty
from bot.playground.seen import Seen, see
from bot.playground.text import units
from bot.playground.updates import queue_update
from bot.playground.writing import Writing, with_body_entities

Json = dict[str, Any]


class Sharing(Writing):
    """The part of a :class:`~bot.playground.person.Person` that sends other things than text."""

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
            with_body_entities(body, "caption_entities", with_detected(caption, [], self.world.rules))
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
        contact = {"phone_number": phone, "first_name": first_name, **without_empty(user_id=user)}
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
        return ask_bot(self.world, self.id, bot or bot_of(self.world), query, offset, where)

    def choose(self, ask: Ask, result: int | str, chat: Where, thread: int | None = None) -> Seen:
        """Send one of the results of an inline query into a chat."""
        target = self._writable(chat, thread, anonymous=False)
        return see(self.world, target, choose_result(self.world, self.id, ask, result, target, thread), self.id)
