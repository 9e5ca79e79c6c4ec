"""What a person does to a group: joins, invites, promotes, opens topics."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.playground import posting
from bot.playground.errors import NotPossible
from bot.playground.handles import Bot, Group
from bot.playground.person_base import PersonBase
from bot.playground.records import Chat, Topic
from bot.playground.render import user_json
from bot.playground.schema import fields_of
from bot.playground.writing import Writing, check_payload

Json = dict[str, Any]


class Membership(Writing):
    """The part of a :class:`~bot.playground.person.Person` that manages groups."""

    def join(self, group: Group) -> None:
        """Join a group by its link."""
        self._enter(group.record, self.id, by=self.id)

    def leave(self, group: Group) -> None:
        """Leave a group."""
        self._exit(group.record, self.id, "left")

    def add(
        self, group: Group, who: PersonBase | Bot | int, rights: Iterable[str] | None = None, payload: str | None = None
    ) -> None:
        """Add somebody; a bot with ``rights`` becomes administrator at once, ``payload`` as in a startgroup link."""
        chat, user = self._chat(group), self._id(who)
        account = self.world.state.bots.get(user)
        if account is not None and not account.can_join_groups:
            raise NotPossible("this bot joins no groups")
        if rights is not None:
            self._allowed(chat, "can_promote_members")
        self._enter(chat, user, by=self.id, rights=rights)
        if payload is not None:
            check_payload(payload)
            name = self.world.state.users[user].username
            self.send(group, f"/start@{name} {payload}".rstrip())

    def _enter(self, chat: Chat, user: int, by: int, rights: Iterable[str] | None = None) -> None:
        member = chat.members.get(user)
        if member is not None and member.present:
            raise NotPossible("already there")
        if member is not None and member.status == "kicked" and by == user:
            raise NotPossible("removed people do not come back by themselves")
        status = "member" if rights is None else "administrator"
        posting.set_member(self.world, chat, by, user, status, rights=admin_rights(rights or ()), anonymous=False)
        posting.service(self.world, chat, by, {"new_chat_members": [user_json(self.world.state.users[user])]})

    def remove(self, group: Group, who: PersonBase | Bot | int) -> None:
        """Remove somebody from a group."""
        chat, user = self._chat(group), self._id(who)
        self._allowed(chat, "can_restrict_members")
        self._exit(chat, user, "kicked")

    def _exit(self, chat: Chat, user: int, status: str) -> None:
        member = chat.members.get(user)
        if member is None or not member.present:
            raise NotPossible("not there")
        posting.service(self.world, chat, self.id, {"left_chat_member": user_json(self.world.state.users[user])})
        posting.set_member(self.world, chat, self.id, user, status, rights=[])

    def promote(
        self, group: Group, who: PersonBase | Bot | int, rights: Iterable[str], anonymous: bool = False
    ) -> None:
        """Make somebody administrator with these rights, or change his rights."""
        chat, user = self._chat(group), self._id(who)
        self._allowed(chat, "can_promote_members")
        member = chat.members.get(user)
        if member is None or not member.present or member.status == "creator":
            raise NotPossible("only a member can be promoted")
        posting.set_member(
            self.world, chat, self.id, user, "administrator", rights=admin_rights(rights), anonymous=anonymous
        )

    def demote(self, group: Group, who: PersonBase | Bot | int) -> None:
        """Take an administrator's rights away."""
        chat, user = self._chat(group), self._id(who)
        self._allowed(chat, "can_promote_members")
        posting.set_member(self.world, chat, self.id, user, "member", rights=[], anonymous=False)

    def restrict(self, group: Group, who: PersonBase | Bot | int, rights: Iterable[str] = ()) -> None:
        """Let somebody do only this (nothing by default)."""
        chat, user = self._chat(group), self._id(who)
        self._allowed(chat, "can_restrict_members")
        posting.set_member(self.world, chat, self.id, user, "restricted", rights=list(rights))

    def create_topic(self, group: Group, name: str) -> int:
        """Open a topic and return its thread id."""
        chat = self._forum(group)
        return posting.create_topic(self.world, chat, self.id, name).thread

    def close_topic(self, group: Group, thread: int) -> None:
        """Close a topic: only those who manage topics write there."""
        chat = self._forum(group)
        self._topic(chat, thread).closed = True
        self._tell_topic(chat, thread, {"forum_topic_closed": {}})

    def delete_topic(self, group: Group, thread: int) -> None:
        """Delete a topic with its messages. No bot is told."""
        chat = self._forum(group)
        if thread == 1:
            raise NotPossible("General stays")
        self._topic(chat, thread)
        del chat.topics[thread]
        for message in chat.messages.values():
            if message.thread == thread and not message.deleted:
                posting.delete(self.world, message)

    def upgrade(self, group: Group) -> Group:
        """Make a group a supergroup and return it; the old handle stays with the old id."""
        chat = self._chat(group)
        self._allowed(chat, "can_promote_members")
        if chat.kind != "group":
            raise NotPossible("already a supergroup")
        return group.upgrade()

    def _forum(self, group: Group) -> Chat:
        chat = self._chat(group)
        if not chat.forum:
            raise NotPossible("this group has no topics")
        self._allowed(chat, "can_manage_topics")
        return chat

    def _topic(self, chat: Chat, thread: int) -> Topic:
        if thread not in chat.topics:
            raise NotPossible(f"no topic {thread}")
        return chat.topics[thread]

    def _tell_topic(self, chat: Chat, thread: int, body: Json) -> None:
        posting.service(self.world, chat, self.id, body, thread=None if thread == 1 else thread)
        self.world.changed("topic", chat.key, thread)


def admin_rights(rights: Iterable[str]) -> list[str]:
    """Return rights by their Bot API names; ``pin_messages`` of a link means ``can_pin_messages``.

    Raises:
        ValueError: there is no such right.
    """
    full = [right if right.startswith("can_") else f"can_{right}" for right in rights]
    if unknown := set(full) - set(fields_of("ChatAdministratorRights")):
        raise ValueError(f"unknown rights {sorted(unknown)}")
    return full
