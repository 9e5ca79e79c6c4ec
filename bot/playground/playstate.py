"""The world as JSON for the ``/play`` interface."""

from __future__ import annotations

from typing import Any

from bot.playground.log import Call
from bot.playground.person import Person
from bot.playground.records import Chat, State
from bot.playground.seen import full_name, seen_json
from bot.playground.world import World

Json = dict[str, Any]


def state_json(world: World) -> Json:
    """Return bots, people with their chats, and chats with their members, topics and pins."""
    state = world.state
    people = [world.person(user.id) for user in state.users.values() if not user.is_bot]
    return {
        "now": world.clock.now().isoformat(),
        "bots": [{"id": b, "username": state.users[b].username, "name": state.users[b].first_name} for b in state.bots],
        "users": [_user(person) for person in people],
        "chats": [_chat(state, chat) for chat in state.chats.values()],
        "pending_updates": world.pending_updates,
    }


def _user(person: Person) -> Json:
    user = person.user
    lines = [vars(line) for line in person.chats()]
    return {
        "id": user.id,
        "name": full_name(user.first_name, user.last_name),
        "username": user.username,
        "chats": lines,
    }


def _chat(state: State, chat: Chat) -> Json:
    return {
        "key": chat.key,
        "id": chat.id,
        "title": chat.title or (state.users[chat.bot].first_name if chat.bot is not None else ""),
        "kind": chat.kind,
        "forum": chat.forum,
        "migrated_to": chat.migrated_to,
        "members": [
            {"user": m.user, "name": state.users[m.user].first_name, "status": m.status, "muted": m.muted}
            for m in chat.members.values()
        ],
        "topics": [{"thread": t.thread, "name": t.name, "closed": t.closed} for t in chat.topics.values()],
        "pinned": chat.pins,
    }


def message_lines(person: Person, key: str, thread: int | None, after: int) -> Json:
    """Return what a person sees in a chat, the lines after an id, with his keyboard and unread count."""
    lines = [seen_json(line) for line in person.timeline(key, thread) if line.id > after]
    return {"messages": lines, "keyboard": person.keyboard(key), "unread": person.unread(key)}


def call_json(call: Call) -> Json:
    """Return a line of the log of calls."""
    body = {"n": call.number, "at": call.at.isoformat(), "method": call.method, "chat": call.chat}
    return body | {"status": call.status, "description": call.description, "fault": call.fault}
