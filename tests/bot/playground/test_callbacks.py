"""Inline buttons, their answers, and reply keyboards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.playground import NotPossible


async def send_buttons(town, chat_id):
    rows = [
        [{"text": "收到", "callback_data": "ack:1"}, {"text": "来不了", "callback_data": "no:1"}],
        [{"text": "复制", "copy_text": {"text": "念稿"}}, {"text": "网页", "url": "https://example.org/x"}],
        [{"text": "查电话", "switch_inline_query_current_chat": "消防"}],
    ]
    sent = await town("sendMessage", chat_id=chat_id, text="请收到", reply_markup={"inline_keyboard": rows})
    return sent.result["message_id"]


async def press(town, label="收到"):
    made = town.li.press(town.li.last(town.group), label)
    (update,) = await town.updates()
    return made, update["callback_query"]


async def test_a_press_reaches_the_bot_and_its_answer_the_person(town):
    number = await send_buttons(town, town.group.id)
    made, query = await press(town)
    assert (query["data"], query["message"]["message_id"], query["from"]["id"]) == ("ack:1", number, town.li.id)
    assert not made.answered
    assert (await town("answerCallbackQuery", callback_query_id=query["id"], text="已登记", show_alert=True)).result
    assert (made.answered, made.text, made.alert) == (True, "已登记", True)
    assert await made.answer() == "已登记"
    assert [p.text for p in town.li.popups(town.group)] == ["已登记"]
    assert town.wang.popups() == []


async def test_other_buttons_never_reach_the_bot(town):
    await send_buttons(town, town.group.id)
    line = town.li.last(town.group)
    assert town.li.press(line, "复制").copied == "念稿"
    assert town.li.press(line, "网页").url == "https://example.org/x"
    assert town.li.press(line, "查电话").query == "消防"
    assert await town.updates() == []
    assert line.labels() == ["收到", "来不了", "复制", "网页", "查电话"]


@pytest.mark.parametrize("after", [timedelta(seconds=16), timedelta(days=1)])
async def test_a_late_answer_is_refused(town, after):
    await send_buttons(town, town.group.id)
    made, query = await press(town)
    await town.clock.advance(after)
    refused = await town("answerCallbackQuery", callback_query_id=query["id"])
    assert refused.error == ("400 Bad Request: query is too old and response timeout expired or query ID is invalid")
    assert not made.answered


async def test_a_second_and_an_invented_answer_are_refused(town):
    await send_buttons(town, town.group.id)
    _, query = await press(town)
    assert (await town("answerCallbackQuery", callback_query_id=query["id"])).result is True
    for number in (query["id"], "12345"):
        assert "query ID is invalid" in (await town("answerCallbackQuery", callback_query_id=number)).error


async def test_a_pop_up_holds_200_characters(town):
    await send_buttons(town, town.group.id)
    _, query = await press(town)
    answer = {"callback_query_id": query["id"]}
    assert "MESSAGE_TOO_LONG" in (await town("answerCallbackQuery", **answer, text="x" * 201)).error
    assert (await town("answerCallbackQuery", **answer, text="x" * 200)).result is True


async def test_a_button_that_is_gone_can_only_be_pressed_by_a_slow_network(town):
    number = await send_buttons(town, town.group.id)
    made, _ = await press(town)
    await town("editMessageReplyMarkup", chat_id=town.group.id, message_id=number)
    with pytest.raises(NotPossible, match="no button"):
        town.li.press(town.li.last(town.group), "收到")
    again = town.li.repress(made)
    assert again.id != made.id
    assert (await town.updates())[0]["callback_query"]["data"] == "ack:1"
    await town("deleteMessage", chat_id=town.group.id, message_id=number)
    town.li.repress(made)
    (update,) = await town.updates()
    assert update["callback_query"]["message"]["date"] == 0


async def test_only_members_press(town):
    await send_buttons(town, town.group.id)
    line = town.li.last(town.group)
    town.wang.leave(town.group)
    with pytest.raises(NotPossible):
        town.wang.press(line, "收到")


async def test_the_reply_keyboard_is_tapped_and_taken_away(town):
    town.li.start(town.bot)
    keyboard = {"keyboard": [["🚨 报告事故", {"text": "我的电话", "request_contact": True}]], "is_persistent": True}
    await town("sendMessage", chat_id=town.li.id, text="x", reply_markup=keyboard)
    assert town.li.keyboard(town.bot) == [["🚨 报告事故", "我的电话"]]
    await town.updates()
    town.li.tap(town.bot, "🚨 报告事故")
    town.li.tap(town.bot, "我的电话")
    first, second = [update["message"] for update in await town.updates()]
    assert first["text"] == "🚨 报告事故"
    assert second["contact"]["user_id"] == town.li.id
    with pytest.raises(NotPossible, match="no keyboard button"):
        town.li.tap(town.bot, "没有的")
    await town("sendMessage", chat_id=town.li.id, text="x", reply_markup={"remove_keyboard": True})
    assert town.li.keyboard(town.bot) is None


async def test_people_and_groups_are_picked_by_keyboard(town):
    town.li.start(town.bot)
    other = town.world.add_group("新群", owner=town.li)
    rights = {name: name == "can_pin_messages" for name in (
        "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
        "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
        "can_delete_stories", "can_pin_messages",
    )}  # fmt: skip
    keyboard = {
        "keyboard": [
            [{"text": "选人", "request_users": {"request_id": 1, "max_quantity": 2, "request_name": True}}],
            [{"text": "选群", "request_chat": {"request_id": 2, "chat_is_channel": False, "bot_is_member": True,
                                               "bot_administrator_rights": rights}}],
        ]
    }  # fmt: skip
    assert (await town("sendMessage", chat_id=town.li.id, text="x", reply_markup=keyboard)).status == 200
    await town.updates()
    town.li.tap(town.bot, "选人", users=[town.wang])
    town.li.tap(town.bot, "选群", group=other)
    shared = await town.updates()
    assert shared[0]["message"]["users_shared"]["users"] == [{"user_id": town.wang.id, "first_name": "王主任"}]
    assert shared[1]["my_chat_member"]["new_chat_member"]["can_pin_messages"] is True
    assert shared[-1]["message"]["chat_shared"] == {"request_id": 2, "chat_id": other.id}


async def test_a_keyboard_can_be_for_one_and_for_once(town):
    keyboard = {"keyboard": [["在岗"]], "selective": True, "one_time_keyboard": True}
    await town("sendMessage", chat_id=town.group.id, text="@li_zhiban 在岗吗", reply_markup=keyboard)
    assert (town.li.keyboard(town.group), town.wang.keyboard(town.group)) == ([["在岗"]], None)
    town.li.tap(town.group, "在岗")
    assert town.li.keyboard(town.group) is None


async def test_a_reply_can_be_forced_and_quote(town):
    line = town.li.send(town.group, "🚨 二楼四人受伤")
    reply = {"message_id": line.id, "quote": "四人"}
    sent = await town("sendMessage", chat_id=town.group.id, text="几人?", reply_parameters=reply,
                      reply_markup={"force_reply": True})  # fmt: skip
    assert sent.result["quote"] == {"text": "四人", "position": 5, "is_manual": True}
    assert town.li.last(town.group).force_reply
    wrong = {"message_id": line.id, "quote": "五人"}
    assert (
        "QUOTE_TEXT_INVALID"
        in (await town("sendMessage", chat_id=town.group.id, text="x", reply_parameters=wrong)).error
    )
    gone = {"message_id": 99, "allow_sending_without_reply": True}
    assert (
        "reply_to_message"
        not in (await town("sendMessage", chat_id=town.group.id, text="x", reply_parameters=gone)).result
    )
