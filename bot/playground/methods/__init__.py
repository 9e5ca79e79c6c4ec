"""The Bot API methods that the local server carries out, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.playground.core import WorldCore
from bot.playground.inline import answer_ask
from bot.playground.methods import about, chats, editing, media, menus, pins, sending, topics
from bot.playground.records import BotAccount

Method = Callable[[WorldCore, BotAccount, dict[str, Any]], Any]

METHODS: dict[str, Method] = {
    "getMe": about.get_me,
    "logOut": about.log_out,
    "close": about.close,
    "setWebhook": about.set_webhook,
    "deleteWebhook": about.delete_webhook,
    "getWebhookInfo": about.get_webhook_info,
    "getFile": media.get_file,
    "sendMessage": sending.send_message,
    "sendContact": sending.send_contact,
    "sendVenue": sending.send_venue,
    "sendLocation": sending.send_location,
    "sendChatAction": sending.send_chat_action,
    "copyMessage": sending.copy_message,
    "forwardMessage": sending.forward_message,
    "sendPhoto": media.send_photo,
    "sendDocument": media.send_document,
    "sendVoice": media.send_voice,
    "sendVideo": media.send_video,
    "sendAudio": media.send_audio,
    "sendMediaGroup": media.send_media_group,
    "editMessageText": editing.edit_text,
    "editMessageCaption": editing.edit_caption,
    "editMessageReplyMarkup": editing.edit_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "setMessageReaction": editing.set_reaction,
    "answerCallbackQuery": editing.answer_callback,
    "answerInlineQuery": answer_ask,
    "pinChatMessage": pins.pin,
    "unpinChatMessage": pins.unpin,
    "unpinAllChatMessages": pins.unpin_all,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_member,
    "getChatAdministrators": chats.get_administrators,
    "getChatMemberCount": chats.count_members,
    "leaveChat": chats.leave,
    "exportChatInviteLink": chats.export_link,
    "createForumTopic": topics.create,
    "editForumTopic": topics.edit,
    "closeForumTopic": topics.close,
    "reopenForumTopic": topics.reopen,
    "deleteForumTopic": topics.delete,
    "setMyCommands": menus.set_commands,
    "getMyCommands": menus.get_commands,
    "deleteMyCommands": menus.delete_commands,
    "setMyDescription": menus.set_description,
    "getMyDescription": menus.get_description,
    "setMyShortDescription": menus.set_short_description,
    "getMyShortDescription": menus.get_short_description,
}
