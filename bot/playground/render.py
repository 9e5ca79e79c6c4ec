"""Records as the Bot API shows them to a bot."""

from __future__ import annotations

from typing import Any

from bot.playground.records import Chat, Member, Message, State, Topic, User
from bot.playground.schema import fields_of

Json = dict[str, Any]
ANONYMOUS_ID = 1087968824
ANONYMOUS: Json = {"id": ANONYMOUS_ID, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}

CHANNEL_BOT: Json = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}


def without_empty(**fields: Any) -> Json:
    """Return the fields that are neither None nor False nor empty."""
    return {name: value for name, value in fields.items() if value not in (None, False, [], {}, "")}


def user_json(user: User) -> Json:
    """Return a ``User``."""
    optional = without_empty(last_name=user.last_name, username=user.username, language_code=user.language_code)
    return {"id": user.id, "is_bot": user.is_bot, "first_name": user.first_name, **optional}


def chat_json(state: State, chat: Chat) -> Json:
    """Return a ``Chat``."""
    if chat.person is not None:
        user = state.users[chat.person]
        names = without_empty(first_name=user.first_name, last_name=user.last_name, username=user.username)
        return {"id": chat.id, "type": "private", **names}
    return {"id": chat.id, "type": chat.kind, "title": chat.title or "", **without_empty(is_forum=chat.forum)}


def sender_json(state: State, chat: Chat, message: Message) -> Json:
    """Return ``from`` and, for an anonymous administrator or somebody who writes as his channel, ``sender_chat``."""
    if message.channel is not None:
        return {"from": CHANNEL_BOT, "sender_chat": message.channel}
    if not message.anonymous:
        return {"from": user_json(state.users[message.sender])}
    return {
        "from": ANONYMOUS,
        "sender_chat": chat_json(state, chat),
        **without_empty(author_signature=message.signature),
    }


def message_json(state: State, message: Message, with_reply: bool = True) -> Json:
    """Return a ``Message``; a message inside a message shows no further reply."""
    chat = state.chats[message.chat]
    body: Json = {
        "message_id": message.id,
        "date": int(message.date.timestamp()),
        "chat": chat_json(state, chat),
        **sender_json(state, chat, message),
        **without_empty(
            message_thread_id=message.thread,
            is_topic_message=bool(message.thread and chat.forum),
            edit_date=int(message.edited.timestamp()) if message.edited else None,
            forward_origin=message.origin,
            media_group_id=message.album,
            has_protected_content=message.protected,
            reply_markup=message.markup,
        ),
        **message.body,
    }
    if message.via is not None:
        body["via_bot"] = user_json(state.users[message.via])
    if with_reply:
        body |= _reply_json(state, chat, message)
    return body


def _reply_json(state: State, chat: Chat, message: Message) -> Json:
    """Return the reply; in a topic every message without one replies to the message that created the topic."""
    target = message.reply_to
    if target is None and chat.forum and message.thread and message.id != message.thread:
        target = message.thread
    replied = chat.messages.get(target) if target is not None else None
    if replied is None or replied.deleted:
        return {}
    return {"reply_to_message": message_json(state, replied, with_reply=False), **without_empty(quote=message.quote)}


def inaccessible_json(state: State, chat: Chat, message_id: int) -> Json:
    """Return an ``InaccessibleMessage``."""
    return {"chat": chat_json(state, chat), "message_id": message_id, "date": 0}


def member_json(state: State, member: Member) -> Json:
    """Return a ``ChatMember`` of the right subtype."""
    body: Json = {"status": member.status, "user": user_json(state.users[member.user])}
    if member.status == "creator":
        body |= {"is_anonymous": member.anonymous, **without_empty(custom_title=member.title)}
    elif member.status == "administrator":
        body |= {n: n in member.rights for n in fields_of("ChatMemberAdministrator") if n.startswith("can_")}
        body |= {"can_manage_chat": True, "can_be_edited": False, "is_anonymous": member.anonymous}
        for channel_only in ("can_post_messages", "can_edit_messages", "can_manage_direct_messages"):
            body.pop(channel_only, None)
        body |= without_empty(custom_title=member.title)
    elif member.status == "restricted":
        body |= {n: n in member.rights for n in fields_of("ChatMemberRestricted") if n.startswith("can_")}
        body |= {"is_member": True, "until_date": 0}
    elif member.status == "kicked":
        body["until_date"] = 0
    return body


def topic_json(topic: Topic) -> Json:
    """Return a ``ForumTopic``."""
    icon = without_empty(icon_custom_emoji_id=topic.icon)
    return {"message_thread_id": topic.thread, "name": topic.name, "icon_color": topic.color, **icon}


def full_chat_json(state: State, chat: Chat) -> Json:
    """Return a ``ChatFullInfo``."""
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    body = chat_json(state, chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
        **without_empty(invite_link=chat.invite),
    }
    if not chat.private:
        body["permissions"] = {name: name.startswith("can_send") for name in fields_of("ChatPermissions")}
    pinned = [chat.messages[i] for i in chat.pins if not chat.messages[i].deleted]
    if pinned:
        body["pinned_message"] = message_json(state, pinned[-1], with_reply=False)
    return body
