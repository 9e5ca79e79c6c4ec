"""Flood limits on a virtual clock."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.playground import Limits


async def send(town, chat_id, text="x"):
    return await town("sendMessage", chat_id=chat_id, text=text)


async def after(town, seconds):
    await town.clock.advance(timedelta(seconds=seconds))


@pytest.fixture
def only(make_town):
    """Return a town with one limit and many private chats."""

    def make(people=0, **limits):
        town = make_town(limits=Limits(**({"overall": None, "chat": None, "group": None} | limits)))
        ids = []
        for number in range(people):
            person = town.world.add_user(f"联络员{number}")
            person.start(town.bot)
            ids.append(person.id)
        return town, ids

    return make


async def test_the_defaults_are_telegrams():
    limits = Limits()
    assert (limits.overall, limits.chat, limits.chat_burst, limits.group) == (30, 1.0, 1, 20)


async def test_one_message_a_second_to_a_chat(make_town):
    town = make_town(limits=Limits())
    town.li.start(town.bot)
    assert (await send(town, town.li.id)).status == 200
    refused = await send(town, town.li.id)
    assert refused.error == "429 Too Many Requests: retry after 1"
    assert refused.body["parameters"] == {"retry_after": 1}
    assert (await send(town, town.group.id)).status == 200, "another chat is not delayed"
    await after(town, 1)
    assert (await send(town, town.li.id)).status == 200


async def test_a_burst_can_be_allowed(only):
    town, (one,) = only(1, chat=1.0, chat_burst=3)
    assert [(await send(town, one)).status for _ in range(4)] == [200, 200, 200, 429]
    await after(town, 3)
    assert [(await send(town, one)).status for _ in range(4)] == [200, 200, 200, 429]


async def test_twenty_a_minute_to_a_group_edits_counted_together(only):
    town, _ = only(group=20)
    first = (await send(town, town.group.id)).result["message_id"]
    for number in range(9):
        await send(town, town.group.id)
        place = {"chat_id": town.group.id, "message_id": first}
        assert (await town("editMessageText", **place, text=f"第{number}次")).status == 200
        await after(town, 1)
    assert (await send(town, town.group.id)).status == 200
    refused = await town("editMessageText", chat_id=town.group.id, message_id=first, text="第21个")
    assert refused.body["parameters"] == {"retry_after": 51}
    assert town.li.timeline(town.group)[0].text == "第8次", "a refused edit changes nothing"
    await after(town, 51)
    assert (await send(town, town.group.id)).status == 200


async def test_thirty_a_second_in_all(only):
    town, people = only(31, overall=30)
    statuses = [(await send(town, person)).status for person in people]
    assert statuses == [200] * 30 + [429]
    await after(town, 1)
    assert (await send(town, people[-1])).status == 200


async def test_an_album_counts_each_picture(only):
    town, _ = only(group=3)
    photo = town.li.send_photo(town.group).file_id
    media = [{"type": "photo", "media": photo}] * 2
    assert (await town("sendMediaGroup", chat_id=town.group.id, media=media)).status == 200
    assert (await town("sendMediaGroup", chat_id=town.group.id, media=media)).status == 429
    assert (await send(town, town.group.id)).status == 200


async def test_making_a_topic_counts_and_answering_a_press_does_not(make_town):
    town = make_town(forum=True, limits=Limits(overall=None, chat=None, group=2))
    town.li.promote(town.group, town.bot, ["can_manage_topics"])
    keyboard = {"inline_keyboard": [[{"text": "收到", "callback_data": "x"}]]}
    place = {"chat_id": town.group.id}
    assert (await town("createForumTopic", **place, name="17号")).status == 200
    assert (await town("sendMessage", **place, text="x", reply_markup=keyboard)).status == 200
    assert (await town("createForumTopic", **place, name="18号")).status == 429
    await town.updates()
    press = town.li.press(town.li.last(town.group), "收到")
    assert (await town("answerCallbackQuery", callback_query_id=press.id)).result is True


async def test_no_call_is_refused_without_limits(town):
    assert {(await send(town, town.group.id)).status for _ in range(100)} == {200}


async def test_a_refused_call_does_not_lengthen_the_wait(only):
    town, (one,) = only(1, chat=1.0)
    await send(town, one)
    for _ in range(5):
        assert (await send(town, one)).body["parameters"]["retry_after"] == 1
    await after(town, 1)
    assert (await send(town, one)).status == 200
