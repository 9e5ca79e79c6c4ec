"""A killed bot finds the same world."""

from __future__ import annotations

import json

import pytest

from bot.playground import NotPossible, World
from bot.playground.calls import answer


async def test_everything_but_the_orders_is_found_again(forum):
    thread = forum.li.create_topic(forum.group, "17号")
    forum.li.start(forum.bot)
    forum.li.promote(forum.group, forum.bot, ["can_pin_messages"])
    photo = forum.li.send_photo(forum.group, b"\x00\xffjpeg", caption="/report", thread=thread)
    keyboard = {"inline_keyboard": [[{"text": "收到", "callback_data": "x"}]]}
    await forum("sendMessage", chat_id=forum.group.id, text="x", reply_markup=keyboard)
    await forum("setMyCommands", commands=[{"command": "help", "description": "帮助"}])
    press = forum.li.press(forum.li.last(forum.group), "收到")
    forum.li.pin(photo)
    forum.wang.react(photo, "👌")
    forum.wang.mute(forum.group)
    text = forum.world.save()
    json.loads(text)
    again = World.restore(text, forum.clock, limits=forum.world.limits)
    assert again.save() == text
    assert again.pending_updates == forum.world.pending_updates > 0
    li, group = again.person(forum.li.id), again.group(forum.group.id)
    assert li.timeline(group) == forum.li.timeline(forum.group)
    reply = await answer(again, forum.bot.token, "answerCallbackQuery", {"callback_query_id": press.id, "text": "好"})
    assert reply.status == 200
    assert [p.text for p in li.popups()] == ["好"]
    assert again.state.files[photo.file_id].content == b"\x00\xffjpeg"
    assert again.add_user("新人").id not in forum.world.state.users
    assert li.send(group, "后").id == forum.li.send(forum.group, "后").id


def test_the_first_bots_handle_is_the_default(town):
    again = World.restore(town.world.save(), town.clock)
    assert again.bot().username == "tocsin_bot"
    with pytest.raises(NotPossible, match="no person 1"):
        again.person(1)
