"""Messages that a bot sends."""

from __future__ import annotations

from typing import Any

from bot.playground import access
from bot.playground.core import WorldCore
from bot.playground.entities import formatted
from bot.playground.errors import bad
from bot.playground.keyboards import split_markup
from bot.playground.posting import post
from bot.playground.records import BotAccount, Chat, Message
from bot.playground.render import message_json, user_json, without_empty
from bot.playground.text import units
from bot.playground.writing import origin_of

Json = dict[str, Any]
_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip


def place(world: WorldCore, account: BotAccount, params: Json, body: Json, kind: str = "text", **more: Any) -> Message:
    """Check everything that sending methods share, then post ``body``.

    Raises:
        ApiError: chat, rights, topic, reply or keyboard refused.
    """
    refuse_foreign(params)
    chat = access.writable_chat(world, account, params["chat_id"], kind)
    thread = access.check_thread(world, account, chat, params.get("message_thread_id"))
    reply_to, quote = access.check_reply(world, account, chat, params.get("reply_parameters"))
    inline, other = split_markup(params.get("reply_markup"), chat.private, world.rules)
    message = Message(
        id=0,
        chat=chat.key,
        sender=account.id,
        date=world.clock.now(),
        body=body,
        thread=thread,
        reply_to=reply_to,
        quote=quote,
        markup=inline,
        keyboard=other,
        silent=params.get("disable_notification", False),
        protected=params.get("protect_content", False),
        **more,
    )
    return post(world, chat, message)


def refuse_foreign(params: Json) -> None:
    """Refuse what exists at Telegram and not here: business, channel messages, effects, suggested posts."""
    for name in (
        "business_connection_id",
        "direct_messages_topic_id",
        "message_effect_id",
        "suggested_post_parameters",
    ):
        if name in params:
            raise bad(f'parameter "{name}" is not supported by the local server')


def mentionable(world: WorldCore, account: BotAccount) -> Any:
    """Return what finds the user of a text mention: only one who shares a chat with the bot."""

    def find(user_id: int) -> Json | None:
        user = world.state.users.get(user_id)
        met = any({user_id, account.id} <= set(chat.members) for chat in world.state.chats.values())
        return user_json(user) if user is not None and met else None

    return find


def text_body(world: WorldCore, account: BotAccount, params: Json) -> Json:
    """Return the body of a text message.

    Raises:
        ApiError: 400, empty, too long or wrongly marked up.
    """
    text, entities = formatted(
        params["text"], params.get("parse_mode"), params.get("entities"), world.rules, mentionable(world, account)
    )
    if not text:
        raise bad("message text is empty")
    if units(text) > world.rules.text_limit:
        raise bad("message is too long")
    options = params.get("link_preview_options")
    return {"text": text, **without_empty(entities=entities, link_preview_options=options)}


def caption_body(world: WorldCore, account: BotAccount, params: Json) -> Json:
    """Return the caption fields of a message that shows a file."""
    text, entities = formatted(
        params.get("caption", ""),
        params.get("parse_mode"),
        params.get("caption_entities"),
        world.rules,
        mentionable(world, account),
    )
    if units(text) > world.rules.caption_limit:
        raise bad("message caption is too long")
    return without_empty(caption=text, caption_entities=entities)


def send_message(world: WorldCore, account: BotAccount, params: Json) -> Json:
    """Carry out ``sendMessage``."""
    access.writable_chat(world, account, params["chat_id"])
    return message_json(world.state, place(world, account, params, text_body(world, account, params)))


def send_contact(world: WorldCore, account: BotAccount, params: Json) -> Json:
    """Carry out ``sendContact``."""
    if not params["phone_number"].strip() or not params["first_name"].strip():
        raise bad("phone number and first name must not be empty")
    fields = ("phone_number", "first_name", "last_name", "vcard")
    body = {"contact": {name: params[name] for name in fields if name in params}}
    return message_json(world.state, place(world, account, params, body, "contact"))


def send_location(world: WorldCore, account: BotAccount, params: Json) -> Json:
    """Carry out ``sendLocation``."""
    return message_json(world.state, place(world, account, params, {"location": _point(params)}, "location"))


def send_venue(world: WorldCore, account: BotAccount, params: Json) -> Json:
    """Carry out ``sendVenue``."""
    point = _point(params)
    body = {"venue": {"location": point, "title": params["title"], "address": params["address"]}, "location": point}
    return message_json(world.state, place(world, account, params, body, "venue"))


def _point(params: Json) -> Json:
    if not (-90 <= params["latitude"] <= 90 and -180 <= params["longitude"] <= 180):
        raise bad("wrong latitude or longitude specified")
    return {"latitude": params["latitude"], "longitude": params["longitude"]}


def send_chat_action(world: WorldCore, account: BotAccount, params: Json) -> bool:
    """Carry out ``sendChatAction``; here General does have the id 1."""
    chat = access.writable_chat(world, account, params["chat_id"])
    thread = params.get("message_thread_id")
    if thread is not None and thread not in chat.topics:
        raise bad("message thread not found")
    if params["action"] not in _ACTIONS:
        raise bad("wrong parameter action in request")
    return True


def _source(world: WorldCore, account: BotAccount, params: Json, verb: str) -> tuple[Chat, Message]:
    chat = access.member_chat(world, account, params["from_chat_id"])
    message = access.find_message(chat, params["message_id"], f"to {verb}")
    if message.service or message.protected:
        raise bad(f"message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    return chat, message


def copy_message(world: WorldCore, account: BotAccount, params: Json) -> Json:
    """Carry out ``copyMessage``."""
    _, source = _source(world, account, params, "copy")
    body = dict(source.body)
    if "caption" in params and "text" not in body:
        body = {k: v for k, v in body.items() if k not in ("caption", "caption_entities")}
        body |= caption_body(world, account, params)
    return {"message_id": place(world, account, params, body).id}


def forward_message(world: WorldCore, account: BotAccount, params: Json) -> Json:
    """Carry out ``forwardMessage``."""
    chat, source = _source(world, account, params, "forward")
    origin = source.origin or origin_of(world, chat, source)
    return message_json(world.state, place(world, account, params, dict(source.body), origin=origin))
