"""Everything that changes a chat: messages, edits, pins, membership; each tells the bots that may know."""

from __future__ import annotations

from typing import Any

from bot.playground.core import WorldCore
from bot.playground.records import Chat, Member, Message, Topic
from bot.playground.render import chat_json, member_json, message_json, user_json
from bot.playground.updates import queue_update
from bot.playground.visibility import mentioned_users, rings, sees

Json = dict[str, Any]


def post(world: WorldCore, chat: Chat, message: Message) -> Message:
    """Put a message into a chat: its thread, whom it rings, the keyboard it shows, the bots that get it.

    The caller fills in everything but ``id``, which is given here.
    """
    message.id, chat.next_message = chat.next_message, chat.next_message + 1
    replied = chat.messages.get(message.reply_to or 0)
    if replied is not None and message.thread is None and chat.kind == "supergroup":
        # In a supergroup that is no forum, a reply belongs to the thread of the first message replied to.
        message.thread = replied.thread if chat.forum else replied.thread or replied.id
    chat.messages[message.id] = message
    sender = world.state.users[message.sender]
    message.mentioned = [] if message.service else mentioned_users(world.state, world.rules, message)
    message.rang = rings(world.state, world.rules, chat, message)
    _show_keyboard(world, chat, message)
    for account in world.state.bots.values():
        if sees(world.state, world.rules, account, chat, message):
            queue_update(world, account, message=message_json(world.state, message))
    if sender.is_bot and not message.service:
        chat.last_bot = sender.id
    elif message.sender in chat.members:
        chat.members[message.sender].read_to = message.id
    world.changed("message", chat.key, message.id)
    return message


def _show_keyboard(world: WorldCore, chat: Chat, message: Message) -> None:
    option = message.keyboard
    if option is None:
        return
    replied = chat.messages.get(message.reply_to or 0)
    for member in chat.members.values():
        chosen = member.user in message.mentioned or (replied is not None and replied.sender == member.user)
        if world.state.users[member.user].is_bot or (option.get("selective") and not chat.private and not chosen):
            continue
        if "remove_keyboard" in option:
            member.keyboard = member.keyboard_from = None
        elif "keyboard" in option:
            member.keyboard, member.keyboard_from = option, message.id
        world.changed("keyboard", chat.key, message.id, member.user)


def service(
    world: WorldCore, chat: Chat, sender: int, body: Json, thread: int | None = None, silent: bool = False
) -> Message:
    """Post a service line (somebody joined, a message was pinned …)."""
    line = Message(
        id=0,
        chat=chat.key,
        sender=sender,
        date=world.clock.now(),
        body=body,
        thread=thread,
        silent=silent,
        service=True,
    )
    return post(world, chat, line)


def edited(world: WorldCore, message: Message) -> None:
    """Tell the bots that a person edited a message."""
    chat = world.state.chats[message.chat]
    message.edited = world.clock.now()
    message.mentioned = mentioned_users(world.state, world.rules, message)
    for account in world.state.bots.values():
        if sees(world.state, world.rules, account, chat, message):
            queue_update(world, account, edited_message=message_json(world.state, message))
    world.changed("edit", chat.key, message.id)


def delete(world: WorldCore, message: Message) -> None:
    """Take a message away for everybody. No bot is told."""
    chat = world.state.chats[message.chat]
    message.deleted = True
    if message.id in chat.pins:
        chat.pins.remove(message.id)
    world.changed("delete", chat.key, message.id)


def pin(world: WorldCore, message: Message, by: int, silent: bool) -> None:
    """Pin a message on top of the others and say so in the chat."""
    chat = world.state.chats[message.chat]
    if message.id in chat.pins:
        chat.pins.remove(message.id)
    chat.pins.append(message.id)
    body = message_json(world.state, message, with_reply=False)
    service(world, chat, by, {"pinned_message": body}, thread=message.thread if chat.forum else None, silent=silent)
    world.changed("pin", chat.key, message.id)


def unpin(world: WorldCore, chat: Chat, message_ids: list[int]) -> None:
    """Take pins away."""
    for message_id in message_ids:
        chat.pins.remove(message_id)
        world.changed("pin", chat.key, message_id)


def set_member(world: WorldCore, chat: Chat, by: int, user: int, status: str, **changes: Any) -> Member:
    """Change somebody's standing in a chat and tell the bots that may know.

    A bot hears of itself by ``my_chat_member``, of others by ``chat_member`` where it is administrator.
    """
    member = chat.members.setdefault(user, Member(user=user, status="left"))
    before = member_json(world.state, member)
    member.status = status
    for name, value in changes.items():
        setattr(member, name, value)
    update = {
        "chat": chat_json(world.state, chat),
        "from": user_json(world.state.users[by]),
        "date": int(world.clock.now().timestamp()),
        "old_chat_member": before,
        "new_chat_member": member_json(world.state, member),
    }
    if before != update["new_chat_member"]:
        for account in world.state.bots.values():
            own = chat.members.get(account.id)
            if account.id == user:
                queue_update(world, account, my_chat_member=update)
            elif own is not None and own.admin:
                queue_update(world, account, chat_member=update)
    world.changed("member", chat.key, user=user)
    return member


def create_topic(
    world: WorldCore, chat: Chat, by: int, name: str, color: int = 7322096, icon: str | None = None
) -> Topic:
    """Open a forum topic; its id is that of the service line that says so."""
    created = {"name": name, "icon_color": color} | ({"icon_custom_emoji_id": icon} if icon else {})
    thread = chat.next_message
    topic = chat.topics[thread] = Topic(thread=thread, name=name, color=color, icon=icon, creator=by)
    service(world, chat, by, {"forum_topic_created": created}, thread=thread)
    world.changed("topic", chat.key, thread)
    return topic


def migrate(world: WorldCore, chat: Chat, by: int) -> Chat:
    """Make a group a supergroup: a new chat with its own id and message numbers; the old one refuses calls."""
    fresh = world.new_group(chat.title or "", "supergroup")
    fresh.members = {
        user: Member(
            user=user, status=m.status, rights=list(m.rights), anonymous=m.anonymous, title=m.title, muted=m.muted
        )
        for user, m in chat.members.items()
    }
    fresh.migrated_from = chat.id
    service(world, chat, by, {"migrate_to_chat_id": fresh.id})
    chat.migrated_to = fresh.id
    service(world, fresh, by, {"migrate_from_chat_id": chat.id})
    return fresh
