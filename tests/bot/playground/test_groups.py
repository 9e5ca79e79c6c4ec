"""Membership, rights, anonymous administrators, forum topics, migration."""

from __future__ import annotations

import pytest

from bot.playground import NotPossible


async def test_a_bot_is_added_by_a_link_with_rights_and_payload(town):
    other = town.world.add_group("新群", owner=town.li)
    town.li.add(other, town.bot, rights=["pin_messages", "manage_topics"], payload="bind_abc")
    added, joined, started = await town.updates()
    new = added["my_chat_member"]["new_chat_member"]
    assert (added["my_chat_member"]["old_chat_member"]["status"], new["status"]) == ("left", "administrator")
    assert (new["can_pin_messages"], new["can_manage_topics"], new["can_delete_messages"]) == (True, True, False)
    assert joined["message"]["new_chat_members"][0]["id"] == town.bot.id
    assert started["message"]["text"] == "/start@tocsin_bot bind_abc"


@pytest.mark.parametrize("payload", ["a b", "x" * 65, "中文"])
def test_a_payload_has_its_alphabet(town, payload):
    with pytest.raises(NotPossible):
        town.li.start(town.bot, payload)


async def test_a_bot_that_joins_no_groups_is_not_added(make_town):
    town = make_town(can_join_groups=False)
    with pytest.raises(NotPossible):
        town.li.add(town.world.add_group("新群", owner=town.li), town.bot)


async def test_members_changes_are_told_to_an_administrator_who_asked(town):
    await town("getUpdates", allowed_updates=["message", "my_chat_member", "chat_member"])
    town.wang.leave(town.group)
    assert await town.kinds() == ["message"]
    town.li.promote(town.group, town.bot, ["can_invite_users"])
    town.wang.join(town.group)
    town.li.promote(town.group, town.wang, ["can_pin_messages"])
    town.li.demote(town.group, town.wang)
    town.li.remove(town.group, town.wang)
    assert await town.kinds() == [
        "my_chat_member", "chat_member", "message", "chat_member", "chat_member", "message", "chat_member",
    ]  # fmt: skip
    with pytest.raises(NotPossible):
        town.wang.join(town.group)


async def test_chat_member_is_not_among_the_default_kinds(town):
    town.li.promote(town.group, town.bot, [])
    town.wang.leave(town.group)
    assert await town.kinds() == ["my_chat_member", "message"]


async def test_blocking_is_told(town):
    town.li.start(town.bot)
    town.li.block(town.bot)
    town.li.start(town.bot)
    assert await town.kinds() == ["message", "my_chat_member", "my_chat_member", "message"]


async def test_what_a_bot_may_ask_about_a_group(town):
    place = {"chat_id": town.group.id}
    town.li.promote(town.group, town.wang, ["can_pin_messages"], anonymous=True)
    assert (await town("getChatMemberCount", **place)).result == 3
    admins = (await town("getChatAdministrators", **place)).result
    assert [(a["user"]["id"], a["status"], a["is_anonymous"]) for a in admins] == [
        (town.li.id, "creator", False), (town.wang.id, "administrator", True),
    ]  # fmt: skip
    assert (await town("getChatMember", **place, user_id=town.bot.id)).result["status"] == "member"
    stranger = town.world.add_user("陌生人")
    assert (await town("getChatMember", **place, user_id=stranger.id)).result["status"] == "left"
    assert "PARTICIPANT_ID_INVALID" in (await town("getChatMember", **place, user_id=1)).error
    full = (await town("getChat", **place)).result
    assert (full["title"], full["type"], "permissions" in full) == ("指挥群", "supergroup", True)
    assert "not enough rights" in (await town("exportChatInviteLink", **place)).error
    town.li.promote(town.group, town.bot, ["can_invite_users"])
    assert (await town("exportChatInviteLink", **place)).result.startswith("https://t.me/+")
    town.li.restrict(town.group, town.wang)
    assert (await town("getChatMember", **place, user_id=town.wang.id)).result["status"] == "restricted"
    with pytest.raises(NotPossible):
        town.wang.send(town.group, "x")


async def test_a_bot_leaves(town):
    assert (await town("leaveChat", chat_id=town.group.id)).result is True
    assert "bot is not a member" in (await town("sendMessage", chat_id=town.group.id, text="x")).error
    assert await town.kinds() == ["my_chat_member"]


async def test_an_anonymous_administrator_shows_the_group_instead_of_himself(town):
    town.li.send(town.group, "/declare Ⅲ", anonymous=True)
    (update,) = await town.updates()
    assert update["message"]["from"]["id"] == 1087968824
    assert update["message"]["sender_chat"]["id"] == town.group.id
    line = town.wang.last(town.group)
    assert (line.sender, line.anonymous) == ("指挥群", True)
    with pytest.raises(NotPossible):
        town.wang.send(town.group, "x", anonymous=True)


async def test_somebody_writes_as_his_channel(town):
    town.wang.send(town.group, "/declare Ⅲ", channel="我的频道")
    (update,) = await town.updates()
    assert update["message"]["sender_chat"]["type"] == "channel"
    assert update["message"]["from"]["id"] == 136817688


async def test_forwards_carry_their_origin(town):
    town.li.start(town.bot)
    line = town.wang.send(town.group, "二楼有人受伤")
    await town.updates()
    town.li.forward(line, town.bot)
    town.li.forward(line, town.bot, hidden=True)
    known, hidden = [update["message"]["forward_origin"] for update in await town.updates()]
    assert (known["type"], known["sender_user"]["id"]) == ("user", town.wang.id)
    assert (hidden["type"], hidden["sender_user_name"]) == ("hidden_user", "王主任 同志")
    assert town.li.last(town.bot).forwarded_from == "王主任 同志"


async def test_reactions_reach_an_administrator_who_asked_and_never_from_private_chats(town):
    await town("getUpdates", allowed_updates=["message_reaction"])
    line = town.li.send(town.group, "x")
    town.wang.react(line, "👌")
    assert await town.updates() == []
    town.li.promote(town.group, town.bot, [])
    town.wang.react(line, None)
    (update,) = await town.updates()
    assert update["message_reaction"]["old_reaction"] == [{"type": "emoji", "emoji": "👌"}]
    town.li.start(town.bot)
    town.li.react(town.li.last(town.bot), "👌")
    assert await town.updates() == []


async def test_topics_need_a_forum_and_the_right(town, forum):
    assert "the chat is not a forum" in (await town("createForumTopic", chat_id=town.group.id, name="x")).error
    place = {"chat_id": forum.group.id}
    assert "not enough rights" in (await forum("createForumTopic", **place, name="x")).error
    forum.li.promote(forum.group, forum.bot, ["can_manage_topics"])
    assert "1-128 characters" in (await forum("createForumTopic", **place, name="x" * 129)).error
    topic = (await forum("createForumTopic", **place, name="17号")).result
    sent = await forum("sendMessage", **place, message_thread_id=topic["message_thread_id"], text="x")
    assert (sent.result["is_topic_message"], sent.result["message_thread_id"]) == (True, topic["message_thread_id"])
    assert [line.text for line in forum.wang.timeline(forum.group, topic["message_thread_id"])] == ["", "x"]
    assert forum.wang.timeline(forum.group, 1) == []


async def test_general_is_written_to_without_its_id(forum):
    place = {"chat_id": forum.group.id}
    assert "message_thread_id" not in (await forum("sendMessage", **place, text="x")).result
    assert "message thread not found" in (await forum("sendMessage", **place, text="x", message_thread_id=1)).error
    assert (await forum("sendChatAction", **place, action="typing", message_thread_id=1)).result is True
    assert [line.text for line in forum.wang.timeline(forum.group, 1)] == ["x"]


async def test_closed_renamed_and_deleted_topics(forum):
    place = {"chat_id": forum.group.id}
    thread = forum.li.create_topic(forum.group, "17号")
    line = forum.li.send(forum.group, "/status", thread=thread)
    assert (await forum.updates())[-1]["message"]["reply_to_message"]["forum_topic_created"]["name"] == "17号"
    forum.li.close_topic(forum.group, thread)
    assert "TOPIC_CLOSED" in (await forum("sendMessage", **place, message_thread_id=thread, text="x")).error
    with pytest.raises(NotPossible):
        forum.wang.send(forum.group, "x", thread=thread)
    forum.li.promote(forum.group, forum.bot, ["can_manage_topics"])
    assert (await forum("sendMessage", **place, message_thread_id=thread, text="x")).status == 200
    topic = {**place, "message_thread_id": thread}
    assert (await forum("editForumTopic", **topic, name="17号 Ⅲ级")).result is True
    assert "TOPIC_NOT_MODIFIED" in (await forum("editForumTopic", **topic, name="17号 Ⅲ级")).error
    assert "TOPIC_NOT_MODIFIED" in (await forum("closeForumTopic", **topic)).error
    assert (await forum("reopenForumTopic", **topic)).result is True
    forum.li.delete_topic(forum.group, thread)
    assert "message thread not found" in (await forum("sendMessage", **topic, text="x")).error
    with pytest.raises(NotPossible):
        forum.li.again(line)


async def test_a_reply_stays_in_its_topic(forum):
    thread = forum.li.create_topic(forum.group, "17号")
    line = forum.li.send(forum.group, "/status", thread=thread)
    sent = await forum("sendMessage", chat_id=forum.group.id, text="x", reply_parameters={"message_id": line.id})
    assert sent.result["message_thread_id"] == thread


async def test_a_reply_thread_in_a_plain_supergroup_is_no_topic(town):
    line = town.li.send(town.group, "/status")
    sent = await town("sendMessage", chat_id=town.group.id, text="x", reply_parameters={"message_id": line.id})
    assert sent.result["message_thread_id"] == line.id
    assert "is_topic_message" not in sent.result
    refused = await town("sendMessage", chat_id=town.group.id, text="x", message_thread_id=line.id)
    assert refused.error == "400 Bad Request: message thread not found"


async def test_a_group_becomes_a_supergroup(make_town):
    town = make_town(kind="group")
    old = town.group.id
    await town("sendMessage", chat_id=old, text="前")
    new = town.li.upgrade(town.group)
    refused = await town("sendMessage", chat_id=old, text="x")
    assert refused.error == "400 Bad Request: group chat was upgraded to a supergroup chat"
    assert refused.body["parameters"] == {"migrate_to_chat_id": new.id}
    first, second = [update["message"] for update in await town.updates()]
    assert (first["chat"]["id"], first["migrate_to_chat_id"]) == (old, new.id)
    assert (second["chat"]["id"], second["migrate_from_chat_id"]) == (new.id, old)
    assert (await town("sendMessage", chat_id=new.id, text="后")).status == 200
    assert town.wang.last(new).text == "后"
    with pytest.raises(NotPossible):
        town.wang.send(town.group, "x")
    assert [line.title for line in town.wang.chats()] == ["指挥群"]


async def test_message_numbers_are_each_chats_own(town):
    town.li.start(town.bot)
    first = await town("sendMessage", chat_id=town.group.id, text="x")
    assert (first.result["message_id"], town.li.send(town.bot, "y").id) == (1, 2)
    assert first.result["date"] == int(town.clock.now().timestamp())


async def test_pins_stack_and_tell_the_bot(town):
    town.li.promote(town.group, town.bot, ["can_pin_messages"])
    lines = [town.li.send(town.group, text) for text in ("一", "二")]
    for line in lines:
        town.li.pin(line, silent=True)
    await town("pinChatMessage", chat_id=town.group.id, message_id=lines[0].id)
    assert (await town("getChat", chat_id=town.group.id)).result["pinned_message"]["text"] == "一"
    pins = [u["message"] for u in await town.updates() if "pinned_message" in u.get("message", {})]
    assert [p["pinned_message"]["text"] for p in pins] == ["一", "二", "一"]
    town.li.unpin(lines[0])
    assert (await town("unpinAllChatMessages", chat_id=town.group.id)).result is True
    assert town.group.record.pins == []


async def test_a_deleted_message_is_pinned_no_more(town):
    line = town.li.send(town.group, "一")
    town.li.pin(line)
    town.li.delete(line)
    assert town.group.record.pins == []
    assert "pinned_message" not in (await town("getChat", chat_id=town.group.id)).result
