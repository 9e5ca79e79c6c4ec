"""Forum topics: only in a forum, only with ``can_manage_topics``."""

from __future__ import annotations

from typing import Any

from bot.playground import access, posting
from bot.playground.core import WorldCore
from bot.playground.errors import bad
from bot.playground.records import BotAccount, Chat, Topic
from bot.playground.render import topic_json, without_empty

Json = dict[str, Any]
_COLORS = {7322096, 16766590, 13338331, 9367192, 16749490, 16478047}


def _topic(world: WorldCore, account: BotAccount, params: Json) -> tuple[Chat, Topic]:
    chat = access.need_forum(world, account, params["chat_id"])
    topic = chat.topics.get(params["message_thread_id"])
    if topic is None or topic.thread == 1:
        raise bad("TOPIC_ID_INVALID")
    return chat, topic


def create(world: WorldCore, account: BotAccount, params: Json) -> Json:
    """Carry out ``createForumTopic``."""
    chat = access.need_forum(world, account, params["chat_id"])
    color = params.get("icon_color", 7322096)
    if color not in _COLORS:
        raise bad("icon color is invalid")
    icon = params.get("icon_custom_emoji_id")
    return topic_json(posting.create_topic(world, chat, account.id, params["name"], color, icon))


def edit(world: WorldCore, account: BotAccount, params: Json) -> bool:
    """Carry out ``editForumTopic``."""
    chat, topic = _topic(world, account, params)
    name, icon = params.get("name") or topic.name, params.get("icon_custom_emoji_id", topic.icon)
    if (name, icon) == (topic.name, topic.icon):
        raise bad("TOPIC_NOT_MODIFIED")
    changes = without_empty(
        name=name if name != topic.name else None, icon_custom_emoji_id=icon if icon != topic.icon else None
    )
    topic.name, topic.icon = name, icon
    _tell(world, account, chat, topic, {"forum_topic_edited": changes})
    return True


def close(world: WorldCore, account: BotAccount, params: Json) -> bool:
    """Carry out ``closeForumTopic``."""
    return _set_closed(world, account, params, True)


def reopen(world: WorldCore, account: BotAccount, params: Json) -> bool:
    """Carry out ``reopenForumTopic``."""
    return _set_closed(world, account, params, False)


def _set_closed(world: WorldCore, account: BotAccount, params: Json, closed: bool) -> bool:
    chat, topic = _topic(world, account, params)
    if topic.closed == closed:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    _tell(world, account, chat, topic, {"forum_topic_closed" if closed else "forum_topic_reopened": {}})
    return True


def delete(world: WorldCore, account: BotAccount, params: Json) -> bool:
    """Carry out ``deleteForumTopic``."""
    chat, topic = _topic(world, account, params)
    if not access.own_member(chat, account).may("can_delete_messages"):
        raise bad("not enough rights to delete a topic")
    del chat.topics[topic.thread]
    for message in chat.messages.values():
        if message.thread == topic.thread and not message.deleted:
            posting.delete(world, message)
    world.changed("topic", chat.key, topic.thread)
    return True


def _tell(world: WorldCore, account: BotAccount, chat: Chat, topic: Topic, body: Json) -> None:
    posting.service(world, chat, account.id, body, thread=topic.thread)
    world.changed("topic", chat.key, topic.thread)
