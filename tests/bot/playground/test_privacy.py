"""Which messages of a group reach the bot, and whose telephone rings."""

from __future__ import annotations

import asyncio

import pytest

from bot.playground import Rules


async def texts(town):
    return [update["message"].get("text") for update in await town.updates() if "message" in update]


@pytest.mark.parametrize(
    ("text", "reaches"),
    [
        ("/report 踩踏", True),
        ("/report@tocsin_bot 踩踏", True),
        ("/report@other_bot 踩踏", False),
        ("踩踏了", False),
        ("@tocsin_bot 踩踏了", False),
        ("请用 /report", False),
    ],
)
async def test_privacy_mode_lets_commands_through(town, text, reaches):
    town.li.send(town.group, text)
    assert await texts(town) == ([text] if reaches else [])


async def test_whether_mentions_pass_is_a_setting(make_town):
    town = make_town()
    town.world.rules = Rules(privacy_passes_mentions=True)
    town.li.send(town.group, "@tocsin_bot 踩踏了")
    assert await texts(town) == ["@tocsin_bot 踩踏了"]


async def test_replies_to_the_bot_and_messages_via_it_pass(town):
    sent = await town("sendMessage", chat_id=town.group.id, text="死亡几人?")
    town.li.send(town.group, "0", reply_to=sent.result["message_id"])
    town.wang.send(town.group, "无关", reply_to=town.li.last(town.group))
    town.wang.send(town.group, "电话", via=town.bot)
    assert await texts(town) == ["0", "电话"]


async def test_an_administrator_and_a_bot_without_privacy_mode_see_everything(make_town):
    town = make_town(privacy=False)
    town.li.send(town.group, "闲话")
    assert await texts(town) == ["闲话"]
    shy = make_town()
    shy.li.promote(shy.group, shy.bot, [])
    shy.li.send(shy.group, "闲话")
    assert await texts(shy) == ["闲话"]


async def test_a_plain_command_goes_to_the_bot_that_spoke_last(town):
    other = town.world.add_bot("777000111:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", "other_bot")
    town.li.add(town.group, other)
    await town("sendMessage", chat_id=town.group.id, text="x")
    town.li.send(town.group, "/status")
    assert (await texts(town))[-1] == "/status"
    assert [w.payload for w in other.account.queue if "text" in w.payload.get("message", {})] == []


async def test_a_bot_sees_neither_itself_nor_other_bots(make_town):
    town = make_town(privacy=False)
    other = town.world.add_bot("777000111:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", "other_bot", privacy=False)
    town.li.add(town.group, other)
    await town.updates()
    await town("sendMessage", chat_id=town.group.id, text="x")
    assert await texts(town) == []
    assert [w for w in other.account.queue if "text" in w.payload.get("message", {})] == []


async def test_edits_pass_like_messages(town):
    line = town.li.send(town.group, "/report 伤3人")
    aside = town.li.send(town.group, "闲话")
    await town.updates()
    town.li.edit(line, "/report 伤4人")
    town.li.edit(aside, "别的闲话")
    (update,) = await town.updates()
    assert update["edited_message"]["text"] == "/report 伤4人"
    assert update["edited_message"]["edit_date"] >= update["edited_message"]["date"]


async def test_private_chats_with_two_bots_are_apart(town):
    other = town.world.add_bot("777000111:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", "other_bot")
    town.li.start(town.bot)
    town.li.start(other, "abc")
    assert await texts(town) == ["/start"]
    assert [w.payload["message"]["text"] for w in other.account.queue] == ["/start abc"]
    assert other.account.queue[0].payload["message"]["chat"]["id"] == town.li.id


async def test_a_loud_message_rings_a_silent_one_does_not(town):
    await town("sendMessage", chat_id=town.group.id, text="x")
    assert town.li.last(town.group).rang == "loud"
    await town("sendMessage", chat_id=town.group.id, text="y", disable_notification=True)
    assert town.li.last(town.group).rang == "silent"
    assert town.li.unread(town.group) == 2
    town.li.read(town.group)
    assert town.li.unread(town.group) == 0


async def test_a_muted_group_rings_for_mentions_replies_and_loud_pins(town):
    town.li.promote(town.group, town.bot, ["can_pin_messages"])
    town.li.mute(town.group)
    sent = await town("sendMessage", chat_id=town.group.id, text="通知")
    assert town.li.last(town.group).rang == "muted"
    await town("sendMessage", chat_id=town.group.id, text="@li_zhiban 请收到")
    assert (town.li.last(town.group).rang, town.li.last(town.group).mentioned) == ("loud", True)
    own = town.li.send(town.group, "我在")
    await town("sendMessage", chat_id=town.group.id, text="好", reply_parameters={"message_id": own.id})
    assert town.li.last(town.group).rang == "loud"
    for silent, rang in ((False, "loud"), (True, "silent")):
        await town("pinChatMessage", chat_id=town.group.id, message_id=sent.result["message_id"],
                   disable_notification=silent)  # fmt: skip
        line = town.li.timeline(town.group)[-1]
        assert (line.service, line.rang) == ("pinned_message", rang)


async def test_pins_in_private_are_silent(town):
    town.li.start(town.bot)
    sent = await town("sendMessage", chat_id=town.li.id, text="工作单")
    await town("pinChatMessage", chat_id=town.li.id, message_id=sent.result["message_id"])
    assert town.li.timeline(town.bot)[-1].rang == "silent"


async def test_only_the_first_five_mentions_notify(town):
    people = [town.world.add_user(f"联络员{n}", username=f"unit_{n}") for n in range(7)]
    for person in people:
        person.join(town.group)
    names = " ".join(f"@unit_{n}" for n in range(7))
    await town("sendMessage", chat_id=town.group.id, text=f"请收到 {names}")
    assert [person.last(town.group).mentioned for person in people] == [True] * 5 + [False] * 2


async def test_how_many_mentions_notify_is_a_setting(town):
    town.world.rules = Rules(mentions_notified=0)
    await town("sendMessage", chat_id=town.group.id, text="@li_zhiban 请收到")
    assert not town.li.last(town.group).mentioned


async def test_a_person_waits_until_he_sees_something(town):
    waiting = asyncio.create_task(town.li.sees(town.group, "17号"))
    await town("sendMessage", chat_id=town.group.id, text="别的")
    assert not waiting.done()
    await town("sendMessage", chat_id=town.group.id, text="17号事件")
    assert (await waiting).text == "17号事件"
    with pytest.raises(AssertionError, match="李值班 does not see '18号'"):
        await town.li.sees(town.group, "18号", within=0.01)
