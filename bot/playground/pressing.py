"""Buttons that a person presses: inline ones, and those of the reply keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.playground import posting
from bot.playground.errors import NotPossible
from bot.playground.handles import Group, bot_of
from bot.playground.keyboards import labels
from bot.playground.membership import Membership
from bot.playground.person_base import PersonBase, Where
from bot.playground.records import Chat, Message, PressRecord
from bot.playground.render import inaccessible_json, message_json, user_json
from bot.playground.seen import Press, Seen, see
from bot.playground.sharing import Sharing
from bot.playground.updates import queue_update

Json = dict[str, Any]


class Pressing(Sharing, Membership):
    """The part of a :class:`~bot.playground.person.Person` that presses buttons."""

    def press(self, message: Seen | tuple[Where, int], button: str) -> Press:
        """Press an inline button, named by its label or its data, on the message as it is now."""
        chat, record = self._message(message)
        key = see(self.world, chat, record, self.id).button(button)
        if key.kind == "copy_text":
            return Press(self.world, None, copied=key.value)
        if key.kind == "switch_inline":
            return Press(self.world, None, query=str(key.value))
        if key.kind != "callback":
            return Press(self.world, None, url=str(key.value))
        return self._call_back(chat, record, key.value)

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

    def tap(
        self,
        chat: Where,
        label: str,
        thread: int | None = None,
        *,
        users: Sequence[PersonBase] = (),
        group: Group | None = None,
        point: tuple[float, float] | None = None,
    ) -> Seen:
        """Tap a button of the reply keyboard shown: its text is sent, or what it asks for.

        Args:
            chat: where.
            label: the button's.
            thread: the topic.
            users: whom the person picks for ``request_users``.
            group: what he picks for ``request_chat``; the bot is added with the rights asked for.
            point: latitude and longitude for ``request_location``.
        """
        record = self._chat(chat)
        member = self._standing(record)
        rows = member.keyboard["keyboard"] if member.keyboard else []
        captions = labels(member.keyboard) if member.keyboard else []
        button = next((b for row in rows for b in row if b["text"] == label), None)
        if button is None:
            raise NotPossible(f"no keyboard button {label!r}, there are {captions}")
        if member.keyboard and member.keyboard.get("one_time_keyboard"):
            member.keyboard = None
        request: Json = button
        if request.get("request_contact"):
            user = self.world.state.users[self.id]
            return self.send_contact(chat, user.phone or "+8610000000", user.first_name, user=self.id)
        if request.get("request_location"):
            if point is None:
                raise NotPossible("the button asks for a place")
            return self.send_location(chat, *point)
        if "request_users" in request:
            return self._share_users(record, request["request_users"], users)
        if "request_chat" in request:
            return self._share_chat(record, request["request_chat"], group)
        return self.send(chat, label, thread=thread)

    def _share_users(self, chat: Chat, request: Json, users: Sequence[PersonBase]) -> Seen:
        if not 1 <= len(users) <= request.get("max_quantity", 1):
            raise NotPossible(f"the button asks for 1-{request.get('max_quantity', 1)} people")
        wanted = {"user_id"} | {
            n for n in ("first_name", "username") if request.get(f"request_{n.replace('first_', '')}")
        }
        people = [self.world.state.users[user.id] for user in users]
        sharable = [{"user_id": u.id, "first_name": u.first_name, "username": u.username} for u in people]
        shared = [{name: value for name, value in user.items() if name in wanted and value} for user in sharable]
        body = {"users_shared": {"request_id": request["request_id"], "users": shared}}
        return see(self.world, chat, posting.service(self.world, chat, self.id, body), self.id)

    def _share_chat(self, chat: Chat, request: Json, group: Group | None) -> Seen:
        if group is None or request["chat_is_channel"]:
            raise NotPossible("the button asks for a group")
        rights = [
            name for name, on in request.get("bot_administrator_rights", {}).items() if on and name.startswith("can_")
        ]
        bot = bot_of(self.world, chat.bot)
        present = bot.id in group.record.members and group.record.members[bot.id].present
        if (rights or request.get("bot_is_member")) and not present:
            self.add(group, bot, rights=rights or None)
        elif rights:
            self.promote(group, bot, rights)
        body = {"chat_shared": {"request_id": request["request_id"], "chat_id": group.id}}
        if request.get("request_title"):
            body["chat_shared"]["title"] = group.title
        return see(self.world, chat, posting.service(self.world, chat, self.id, body), self.id)


def hash_of(text: str) -> int:
    """Return a stable number for a text (``chat_instance``)."""
    number = 5381
    for char in text:
        number = (number * 33 + ord(char)) % 2**61
    return number
