"""Whoever may not, and every way that carries no authority: refused visibly, and nothing changes."""

from __future__ import annotations

import pytest

from tests.journeys.world import Forgiven, Town

DECISIONS = (
    "/declare Ⅲ",
    "/oral 指挥长 启动 Ⅱ",
    "/end 处置完毕",
    "/close",
    "/reject 误报",
    "/verify 一般",
    "/waive 1 免",
    "/file 首报 电话",
)


async def sequence(town: Town) -> int:
    return (await town.incident()).sequence


async def test_an_outsider_changes_nothing_by_any_command(reported):
    town, before = reported, await sequence(reported)
    town.stranger.join(town.group)
    town.stranger.start(town.bot)
    await town.settle()
    for text in (*DECISIONS, "/update 死亡9人", "/judge 4.3.2(1)", "/undo", "/correct 死亡1人"):
        heard = town.count(town.stranger)
        await town.say(town.stranger, town.group, text)
        assert heard.new, f"{text} is not answered"
    assert await sequence(town) == before
    assert "受伤4人" not in "".join(town.texts(town.stranger))


async def test_who_never_started_the_bot_reads_one_neutral_line(reported):
    town, before = reported, await sequence(reported)
    town.stranger.join(town.group)
    heard = town.count(town.stranger, town.group)
    await town.say(town.stranger, town.group, "/declare Ⅲ")
    assert [line.text for line in heard.new] == ["请私聊我继续（先点“开始”）。"]
    assert await sequence(town) == before


@pytest.mark.parametrize("text", ["/declare Ⅲ", "/oral 指挥长 启动 Ⅱ", "/reject 误报", "/file 首报 电话"])
@pytest.mark.parametrize("how", ["anonymous", "channel", "forward", "edit"])
async def test_a_way_without_authority_is_refused_to_the_very_person_who_may(reported, text, how):
    town, before = reported, await sequence(reported)
    if how == "anonymous":
        town.admin.promote(town.group, town.director, [], anonymous=True)
        await town.settle()
        await town.say(town.director, town.group, text, anonymous=True)
    elif how == "channel":
        await town.say(town.director, town.group, text, channel="办公室频道")
    elif how == "forward":
        said = town.director.send(town.group, "先放着")
        town.director.edit(said, text)
        await town.settle()
        town.director.forward(said, town.group)
        await town.settle()
    else:
        said = await town.say(town.director, town.group, "先放着")
        town.director.edit(said, text)
        await town.settle()
    assert await sequence(town) == before
    assert (await town.incident()).response_level is None


async def test_buttons_of_others_answer_in_a_pop_up_and_change_nothing(reported):
    town = reported
    await town.press(town.duty, "我来处理")
    await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
    before = await sequence(town)
    proposal = town.button(town.director, "启动Ⅲ级")
    sheet = town.button(town.duty, "已报", words="值班工作单")
    town.head.start(town.bot)
    await town.settle()
    for seen, label in ((proposal, "启动Ⅲ级"), (proposal, "暂不启动"), (sheet, "已报")):
        owner = town.director if seen is proposal else town.duty
        data = seen.button(label).value
        town.world.queue_raw(town.bot, forged(town, town.head, data, owner))
        await town.settle()
    assert await sequence(town) == before
    town.forgiven = Forgiven(calls=("query is too old", "query ID is invalid"))


def forged(town: Town, who, data: str, owner) -> dict:
    """Return a press of somebody else's button, as a forged client might send it."""
    chat = {"id": who.id, "type": "private", "first_name": who.name}
    message = {"message_id": 1, "date": 1772391960, "chat": chat, "text": "x"}
    sender = {"id": who.id, "is_bot": False, "first_name": who.name}
    return {
        "callback_query": {
            "id": f"{owner.id}{len(data)}",
            "from": sender,
            "message": message,
            "chat_instance": "1",
            "data": data,
        }
    }


async def test_a_button_of_nobody_and_a_stale_one_answer_and_change_nothing(reported):
    town = reported
    ring = town.button(town.duty, "我来处理")
    first = town.duty.press(ring, "我来处理")
    await town.settle()
    before = await sequence(town)
    again = town.duty.repress(first)
    await town.settle()
    assert again.answered and again.text
    assert await sequence(town) == before
    town.world.queue_raw(town.bot, forged(town, town.duty, "b:" + "A" * 22, town.duty))
    await town.settle()
    assert await sequence(town) == before
    town.forgiven = Forgiven(calls=("query is too old", "query ID is invalid"))


async def test_only_an_administrator_binds_invites_and_checks(town):
    for text in ("/bind jincheng-water-rescue", "/invite 值班员", "/setup", "/unbind jincheng-chengqu-campus"):
        heard = town.count(town.duty)
        await town.say(town.duty, town.group, text)
        assert "只有管理员可以这样做" in "".join(line.text for line in heard.new), text
    async with town.open_store.reading() as rx:
        place = await rx.places.by_chat(town.group.id)
        assert await rx.places.plans_of(place.id) == ["jincheng-chengqu-campus"]
