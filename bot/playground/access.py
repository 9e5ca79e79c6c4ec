"""May this bot do this here? The refusals of Telegram, in its words."""

from __future__ import annotations

from typing import Any

from bot.playground.core import WorldCore
from bot.playground.errors import ApiError, bad, forbidden
from bot.playground.records import BotAccount, Chat, Member, Message

Json = dict[str, Any]
_SENDING = {"photo": "can_send_photos", "document": "can_send_documents"}


def find_chat(world: WorldCore, account: BotAccount, chat_id: int | str) -> Chat:
    """Return the chat that a ``chat_id`` means for a bot.

    Raises:
        ApiError: 400 chat not found (usernames of groups are not kept here); 400 with ``migrate_to_chat_id``.
    """
    if isinstance(chat_id, int) and chat_id > 0:
        chat = world.state.chats.get(world.private_key(chat_id, account.id))
        if chat is None or not chat.private:
            if chat_id in world.state.users:
                return _strangers(world, account, chat_id)
            raise bad("chat not found")
        return chat
    chat = world.state.chats.get(str(chat_id))
    if chat is None or chat.private:
        raise bad("chat not found")
    if chat.migrated_to is not None:
        raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
    return chat


def _strangers(world: WorldCore, account: BotAccount, user_id: int) -> Chat:
    if world.state.users[user_id].is_bot:
        raise forbidden("bots can't send messages to bots")
    raise forbidden("bot can't initiate conversation with a user")


def member_chat(world: WorldCore, account: BotAccount, chat_id: int | str) -> Chat:
    """Return a chat that the bot is in.

    Raises:
        ApiError: also 403: kicked, not a member, blocked, never started.
    """
    chat = find_chat(world, account, chat_id)
    if chat.person is not None:
        if world.state.users[chat.person].deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat
    member = chat.members.get(account.id)
    if member is None or member.status == "left":
        raise forbidden(f"bot is not a member of the {chat.kind} chat")
    if member.status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.kind} chat")
    return chat


def own_member(chat: Chat, account: BotAccount) -> Member:
    """Return the bot's own standing in a chat it is in."""
    return chat.members[account.id]


def writable_chat(world: WorldCore, account: BotAccount, chat_id: int | str, kind: str = "text") -> Chat:
    """Return a chat that the bot may write this kind of content to."""
    chat = member_chat(world, account, chat_id)
    member = own_member(chat, account)
    if member.status == "restricted":
        right = _SENDING.get(kind, "can_send_messages")
        if right not in member.rights:
            raise bad(f"not enough rights to send {kind} messages to the chat")
    return chat


def check_thread(world: WorldCore, account: BotAccount, chat: Chat, thread: int | None) -> int | None:
    """Return the topic to write to, None for General or a chat without topics.

    Raises:
        ApiError: 400: no such topic, closed, or General given by its id (``Rules.general_topic_takes_id``).
    """
    if chat.forum and thread in (None, 1):
        if thread == 1 and not world.rules.general_topic_takes_id:
            raise bad("message thread not found")
        thread_id = 1
    elif thread is None:
        return None
    else:
        thread_id = thread
    topic = chat.topics.get(thread_id)
    if topic is None:
        raise bad("message thread not found")
    if topic.closed and not own_member(chat, account).may("can_manage_topics"):
        raise bad("TOPIC_CLOSED")
    return None if thread_id == 1 else thread_id


def check_reply(
    world: WorldCore, account: BotAccount, chat: Chat, params: Json | None
) -> tuple[int | None, Json | None]:
    """Return the message replied to and the quote.

    Raises:
        ApiError: 400: no such message, a reply into another chat, a quote that does not stand there.
    """
    if params is None:
        return None, None
    if params.get("chat_id") not in (None, chat.id, str(chat.id)):
        raise bad("replies to another chat are not supported by the local server")
    replied = chat.messages.get(params["message_id"])
    if replied is None or replied.deleted:
        if params.get("allow_sending_without_reply"):
            return None, None
        raise bad("message to be replied not found")
    quote = params.get("quote")
    if not quote:
        return replied.id, None
    if quote not in replied.text:
        raise bad("QUOTE_TEXT_INVALID")
    place = len(replied.text[: replied.text.index(quote)].encode("utf-16-le")) // 2
    return replied.id, {"text": quote, "position": place, "is_manual": True}


def find_message(chat: Chat, message_id: int, what: str) -> Message:
    """Return a message that is still there.

    Raises:
        ApiError: 400 "message <what> not found".
    """
    message = chat.messages.get(message_id)
    if message is None or message.deleted:
        raise bad(f"message {what} not found")
    return message


def need_right(chat: Chat, account: BotAccount, right: str, words: str) -> None:
    """Refuse with 400 unless the bot is administrator with a right."""
    if chat.private:
        return
    if not own_member(chat, account).may(right):
        raise bad(words)


def need_forum(world: WorldCore, account: BotAccount, chat_id: int | str) -> Chat:
    """Return a forum whose topics the bot may manage.

    Raises:
        ApiError: 400: no forum, or not enough rights.
    """
    chat = member_chat(world, account, chat_id)
    if not chat.forum:
        raise bad("the chat is not a forum")
    if not own_member(chat, account).may("can_manage_topics"):
        raise ApiError(400, "Bad Request: not enough rights to create a topic")
    return chat
