"""What a bot changes afterwards, and how it answers a press."""

from __future__ import annotations

from typing import Any

from bot.playground import access, posting
from bot.playground.core import WorldCore
from bot.playground.errors import ApiError, bad
from bot.playground.keyboards import check_inline
from bot.playground.methods.sending import caption_body, text_body
from bot.playground.records import BotAccount, Chat, Message
from bot.playground.render import message_json

Json = dict[str, Any]
_UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
_REACTIONS = set(
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾😡"
)


def _editable(world: WorldCore, account: BotAccount, params: Json) -> tuple[Chat, Message]:
    if "inline_message_id" in params:
        place = world.state.inline_messages.get(params["inline_message_id"])
        if place is None:
            raise bad("MESSAGE_ID_INVALID")
        chat = world.state.chats[place[0]]
        return chat, access.find_message(chat, place[1], "to edit")
    if "chat_id" not in params or "message_id" not in params:
        raise bad("message identifier is not specified")
    chat = access.member_chat(world, account, params["chat_id"])
    message = access.find_message(chat, params["message_id"], "to edit")
    if message.sender != account.id or message.service or message.origin or (message.keyboard and not message.markup):
        raise bad("message can't be edited")
    return chat, message


def _change(world: WorldCore, params: Json, chat: Chat, message: Message, body: Json) -> Json | bool:
    """Write the new body; the keyboard goes away unless it is given again, as at Telegram."""
    markup = check_inline(params["reply_markup"], chat.private, world.rules) if "reply_markup" in params else None
    if (body, markup) == (message.body, message.markup):
        raise bad(_UNCHANGED)
    message.body, message.markup = body, markup
    message.edited = world.clock.now()
    world.changed("edit", chat.key, message.id)
    return True if "inline_message_id" in params else message_json(world.state, message)


def edit_text(world: WorldCore, account: BotAccount, params: Json) -> Json | bool:
    """Carry out ``editMessageText``."""
    chat, message = _editable(world, account, params)
    if "rich_message" in params:
        raise bad("rich messages are not supported by the local server")
    if "text" not in params:
        raise bad("message text is empty")
    if "text" not in message.body:
        raise bad("there is no text in the message to edit")
    return _change(world, params, chat, message, text_body(world, account, params))


def edit_caption(world: WorldCore, account: BotAccount, params: Json) -> Json | bool:
    """Carry out ``editMessageCaption``."""
    chat, message = _editable(world, account, params)
    if "text" in message.body or not any(
        kind in message.body for kind in ("photo", "document", "video", "voice", "audio")
    ):
        raise bad("there is no caption in the message to edit")
    kept = {name: value for name, value in message.body.items() if name not in ("caption", "caption_entities")}
    return _change(world, params, chat, message, kept | caption_body(world, account, params))


def edit_markup(world: WorldCore, account: BotAccount, params: Json) -> Json | bool:
    """Carry out ``editMessageReplyMarkup``."""
    chat, message = _editable(world, account, params)
    return _change(world, params, chat, message, message.body)


def delete_message(world: WorldCore, account: BotAccount, params: Json) -> bool:
    """Carry out ``deleteMessage``."""
    chat = access.member_chat(world, account, params["chat_id"])
    message = access.find_message(chat, params["message_id"], "to delete")
    _check_deletable(world, account, chat, message)
    posting.delete(world, message)
    return True


def _check_deletable(world: WorldCore, account: BotAccount, chat: Chat, message: Message) -> None:
    if world.clock.now() - message.date > world.rules.deletable_for:
        raise bad("message can't be deleted for everyone")
    own = message.sender == account.id
    if not own and not chat.private and not access.own_member(chat, account).may("can_delete_messages"):
        raise bad("message can't be deleted")
    if {"forum_topic_created", "migrate_to_chat_id"} & set(message.body):
        raise bad("message can't be deleted")


def delete_messages(world: WorldCore, account: BotAccount, params: Json) -> bool:
    """Carry out ``deleteMessages``: those not found are passed over."""
    chat = access.member_chat(world, account, params["chat_id"])
    messages = [chat.messages[i] for i in params["message_ids"] if i in chat.messages and not chat.messages[i].deleted]
    for message in messages:
        _check_deletable(world, account, chat, message)
    for message in messages:
        posting.delete(world, message)
    return True


def set_reaction(world: WorldCore, account: BotAccount, params: Json) -> bool:
    """Carry out ``setMessageReaction``: one of Telegram's emoji."""
    chat = access.member_chat(world, account, params["chat_id"])
    message = access.find_message(chat, params["message_id"], "to react")
    wanted = params.get("reaction", [])
    if len(wanted) > 1:
        raise bad("REACTIONS_TOO_MANY")
    for reaction in wanted:
        if reaction["type"] != "emoji" or reaction["emoji"].rstrip("\ufe0f")[:1] not in _REACTIONS:
            raise bad("REACTION_INVALID")
    message.reactions.pop(account.id, None)
    if wanted:
        message.reactions[account.id] = wanted
    world.changed("reaction", chat.key, message.id)
    return True


def answer_callback(world: WorldCore, account: BotAccount, params: Json) -> bool:
    """Carry out ``answerCallbackQuery``: once, and soon (``Rules.callback_ttl``)."""
    press = world.state.presses.get(params["callback_query_id"])
    late = press is None or world.clock.now() - press.date > world.rules.callback_ttl
    if press is None or late or press.bot != account.id or press.answered:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    if params.get("url") and not params["url"].startswith(
        f"https://t.me/{world.state.users[account.id].username}?start="
    ):
        raise ApiError(400, "Bad Request: URL_INVALID")
    press.answered = True
    press.text, press.alert, press.url = params.get("text") or None, params.get("show_alert", False), params.get("url")
    world.changed("popup", press.chat, press.message, press.user)
    return True
