"""What Telegram refuses, the local server refuses in its words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.playground import Rules
from bot.playground.calls import answer

LONG_ROW = [[{"text": str(n), "callback_data": "x"} for n in range(9)]]

SENDS = [
    ("no text", {"text": ""}, "message text is empty"),
    ("only blanks", {"text": " \n "}, "message text is empty"),
    ("4097 characters", {"text": "警" * 4097}, "message is too long"),
    ("2049 characters of two UTF-16 units", {"text": "🚨" * 2049}, "message is too long"),
    ("unknown parameter", {"colour": "red"}, 'unknown parameter "colour"'),
    ("wrong type", {"disable_notification": "perhaps"}, 'parameter "disable_notification" must be of type Boolean'),
    ("wrong chat", {"chat_id": -1009999}, "chat not found"),
    ("wrong user", {"chat_id": 999}, "chat not found"),
    ("no chat", {"chat_id": None}, "chat_id is empty"),
    ("unknown mode", {"parse_mode": "BBCode"}, "unsupported parse_mode"),
    ("bad HTML", {"text": "<test/>", "parse_mode": "HTML"}, 'Unsupported start tag "test/" at byte offset 0'),
    ("open HTML", {"text": "<b>x", "parse_mode": "HTML"}, 'Can\'t find end tag corresponding to start tag "b"'),
    ("bad Markdown", {"text": "1. x", "parse_mode": "MarkdownV2"}, "Character '.' is reserved and must be escaped"),
    ("entity too far", {"entities": [{"type": "bold", "offset": 0, "length": 99}]}, "ENTITY_BOUNDS_INVALID"),
    ("entity in a pair", {"text": "🚨!", "entities": [{"type": "bold", "offset": 1, "length": 2}]},
     "splits a character"),
    ("entity unknown", {"entities": [{"type": "blink", "offset": 0, "length": 1}]}, 'unsupported entity type "blink"'),
    ("link without url", {"entities": [{"type": "text_link", "offset": 0, "length": 1}]}, 'can\'t find field "url"'),
    ("101 entities", {"text": "x" * 101, "entities": [{"type": "bold", "offset": n, "length": 1} for n in range(101)]},
     "ENTITIES_TOO_LONG"),
    ("crossing entities", {"text": "abcd", "entities": [{"type": "bold", "offset": 0, "length": 3},
     {"type": "italic", "offset": 1, "length": 3}]}, "overlaps"),
    ("reply to nothing", {"reply_parameters": {"message_id": 77}}, "message to be replied not found"),
    ("reply, unknown field", {"reply_parameters": {"message_id": 1, "loud": True}}, 'unknown field "loud"'),
    ("topic in no forum", {"message_thread_id": 5}, "message thread not found"),
    ("business", {"business_connection_id": "x"}, "not supported by the local server"),
    ("65 bytes of data", {"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "é" * 32 + "x"}]]}},
     "BUTTON_DATA_INVALID"),
    ("no data", {"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": ""}]]}}, "BUTTON_DATA_INVALID"),
    ("no action", {"reply_markup": {"inline_keyboard": [[{"text": "x"}]]}}, "Text buttons are unallowed"),
    ("two actions", {"reply_markup": {"inline_keyboard": [[{"text": "x", "url": "t.me", "callback_data": "x"}]]}},
     "exactly one of"),
    ("no label", {"reply_markup": {"inline_keyboard": [[{"text": " ", "callback_data": "x"}]]}}, "text is empty"),
    ("tel: address", {"reply_markup": {"inline_keyboard": [[{"text": "x", "url": "tel:+8635600000"}]]}}, "is invalid"),
    ("nine in a row", {"reply_markup": {"inline_keyboard": LONG_ROW}}, "reply markup is too long"),
    ("copy 257", {"reply_markup": {"inline_keyboard": [[{"text": "x", "copy_text": {"text": "x" * 257}}]]}}, "1-256"),
    ("style", {"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "x", "style": "red"}]]}}, "style"),
    ("contact asked in a group", {"reply_markup": {"keyboard": [[{"text": "x", "request_contact": True}]]}},
     "phone number can be requested in private chats only"),
    ("web app in a group", {"reply_markup": {"inline_keyboard": [[{"text": "x", "web_app": {"url": "https://x.cn"}}]]}},
     "BUTTON_TYPE_INVALID"),
    ("markup no JSON", {"reply_markup": "{"}, "can't parse reply_markup JSON object"),
    ("unknown button field", {"reply_markup": {"inline_keyboard": [[{"text": "x", "data": "x"}]]}},
     'unknown field "data"'),
]  # fmt: skip


@pytest.mark.parametrize(("params", "words"), [row[1:] for row in SENDS], ids=[row[0] for row in SENDS])
async def test_a_wrong_message_is_refused_and_leaves_no_trace(town, params, words):
    refused = await town("sendMessage", **({"chat_id": town.group.id, "text": "x"} | params))
    assert refused.error.startswith("400 Bad Request: ")
    assert words in refused.error
    assert town.li.timeline(town.group) == []


@pytest.mark.parametrize("text", ["x" * 4096, "🚨" * 2048, "<b>" + "x" * 4096 + "</b>"])
async def test_the_limit_itself_passes_and_is_counted_after_markup(town, text):
    sent = await town("sendMessage", chat_id=town.group.id, text=text, parse_mode="HTML")
    assert sent.status == 200


async def test_64_bytes_of_data_pass(town):
    keyboard = {"inline_keyboard": [[{"text": "好", "callback_data": "é" * 32}]]}
    assert (await town("sendMessage", chat_id=town.group.id, text="x", reply_markup=keyboard)).status == 200


async def test_unknown_methods_tokens_and_unsupported_methods(town):
    assert (await town("sendMesage")).error == "404 Not Found: method not found"
    assert (await town("sendPoll", chat_id=1, question="x", options=[])).status == 400
    assert (await town("banChatMember", chat_id=town.group.id, user_id=town.li.id)).error == (
        "400 Bad Request: banChatMember is not supported by the local server"
    )
    assert (await town("SENDMESSAGE", chat_id=town.group.id, text="any case")).status == 200
    for token, status in (("110201543:AAwrongwrongwrong", 401), ("nonsense", 404)):
        assert (await answer(town.world, token, "getMe", {})).status == status


async def test_a_person_who_never_started_cannot_be_written_to(town):
    refused = await town("sendMessage", chat_id=town.li.id, text="x")
    assert refused.error == "403 Forbidden: bot can't initiate conversation with a user"
    town.li.start(town.bot)
    assert (await town("sendMessage", chat_id=town.li.id, text="x")).status == 200


async def test_blocked_deactivated_and_other_bots(town):
    town.li.start(town.bot)
    town.li.block(town.bot)
    assert (await town("sendMessage", chat_id=town.li.id, text="x")).error == (
        "403 Forbidden: bot was blocked by the user"
    )
    town.li.start(town.bot)
    assert (await town("sendMessage", chat_id=town.li.id, text="x")).status == 200
    town.li.deactivate()
    assert (await town("sendMessage", chat_id=town.li.id, text="x")).error == "403 Forbidden: user is deactivated"
    other = town.world.add_bot("777000111:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", "other_bot")
    assert (await town("sendMessage", chat_id=other.id, text="x")).error == (
        "403 Forbidden: bots can't send messages to bots"
    )


@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_a_bot_that_is_gone_cannot_write(make_town, kind):
    town = make_town(kind=kind)
    town.li.remove(town.group, town.bot)
    assert (await town("sendMessage", chat_id=town.group.id, text="x")).error == (
        f"403 Forbidden: bot was kicked from the {kind} chat"
    )
    other = town.world.add_group("别的群", owner=town.li, kind=kind)
    assert (await town("sendMessage", chat_id=other.id, text="x")).error == (
        f"403 Forbidden: bot is not a member of the {kind} chat"
    )


async def test_a_restricted_bot_cannot_write(town):
    town.li.restrict(town.group, town.bot)
    assert (
        "not enough rights to send text messages to the chat"
        in (await town("sendMessage", chat_id=town.group.id, text="x")).error
    )


async def test_edits_need_a_change_an_own_message_and_a_message(town):
    sent = (await town("sendMessage", chat_id=town.group.id, text="**x**", parse_mode=None)).result["message_id"]
    same = await town("editMessageText", chat_id=town.group.id, message_id=sent, text=" **x** ")
    assert "message is not modified: specified new message content and reply markup are exactly the same" in same.error
    assert (await town("editMessageText", chat_id=town.group.id, message_id=sent, text="y")).result["text"] == "y"
    theirs = town.li.send(town.group, "/report@tocsin_bot 踩踏")
    for number, words in ((theirs.id, "message can't be edited"), (999, "message to edit not found")):
        refused = await town("editMessageText", chat_id=town.group.id, message_id=number, text="z")
        assert refused.error == f"400 Bad Request: {words}"
    assert "message identifier is not specified" in (await town("editMessageText", text="z")).error


async def test_an_edit_without_keyboard_takes_it_away(town):
    keyboard = {"inline_keyboard": [[{"text": "收到", "callback_data": "a"}]]}
    sent = (await town("sendMessage", chat_id=town.group.id, text="x", reply_markup=keyboard)).result["message_id"]
    place = {"chat_id": town.group.id, "message_id": sent}
    assert "not modified" in (await town("editMessageReplyMarkup", **place, reply_markup=keyboard)).error
    assert "not modified" in (await town("editMessageText", **place, text="x", reply_markup=keyboard)).error
    assert (await town("editMessageReplyMarkup", **place)).status == 200
    assert town.li.last(town.group).buttons == []
    assert "not modified" in (await town("editMessageReplyMarkup", **place)).error


async def test_a_message_with_a_reply_keyboard_cannot_be_edited(town):
    town.li.start(town.bot)
    keyboard = {"keyboard": [["报告"]]}
    sent = (await town("sendMessage", chat_id=town.li.id, text="x", reply_markup=keyboard)).result["message_id"]
    refused = await town("editMessageText", chat_id=town.li.id, message_id=sent, text="y")
    assert refused.error == "400 Bad Request: message can't be edited"


async def test_deleting_is_limited_by_rights_and_age(town):
    theirs = town.li.send(town.group, "/x@tocsin_bot")
    place = {"chat_id": town.group.id}
    assert "message can't be deleted" in (await town("deleteMessage", **place, message_id=theirs.id)).error
    assert "message to delete not found" in (await town("deleteMessage", **place, message_id=99)).error
    town.li.promote(town.group, town.bot, ["can_delete_messages"])
    assert (await town("deleteMessage", **place, message_id=theirs.id)).result is True
    assert [line.id for line in town.li.timeline(town.group)] == []
    own = (await town("sendMessage", **place, text="x")).result["message_id"]
    await town.clock.advance(timedelta(hours=49))
    assert "can't be deleted for everyone" in (await town("deleteMessage", **place, message_id=own)).error


async def test_pins_need_the_right_and_a_message(town):
    sent = (await town("sendMessage", chat_id=town.group.id, text="x")).result["message_id"]
    place = {"chat_id": town.group.id, "message_id": sent}
    assert (await town("pinChatMessage", **place)).error == (
        "400 Bad Request: not enough rights to manage pinned messages in the chat"
    )
    town.li.promote(town.group, town.bot, ["can_pin_messages"])
    assert "message to pin not found" in (await town("pinChatMessage", **place | {"message_id": 99})).error
    assert (await town("pinChatMessage", **place)).result is True
    assert town.li.again(town.li.timeline(town.group)[0]).pinned
    assert (await town("unpinChatMessage", chat_id=town.group.id)).result is True
    assert "message to unpin not found" in (await town("unpinChatMessage", chat_id=town.group.id)).error


async def test_reactions_are_one_of_telegrams(town):
    theirs = town.li.send(town.group, "/x@tocsin_bot")
    place = {"chat_id": town.group.id, "message_id": theirs.id}
    refused = await town("setMessageReaction", **place, reaction=[{"type": "emoji", "emoji": "✅"}])
    assert refused.error == "400 Bad Request: REACTION_INVALID"
    assert (await town("setMessageReaction", **place, reaction=[{"type": "emoji", "emoji": "✍"}])).result is True
    assert town.li.again(theirs).reactions == ["✍"]


async def test_a_setting_changes_what_is_only_reported(town):
    town.world.rules = Rules(text_limit=10)
    assert "message is too long" in (await town("sendMessage", chat_id=town.group.id, text="x" * 11)).error
    assert (await town("sendMessage", chat_id=town.group.id, text="x" * 10)).status == 200


async def test_logged_out_bots_are_told_so(town):
    assert (await town("logOut")).result is True
    assert (await town("getMe")).error == "400 Bad Request: Logged out"
