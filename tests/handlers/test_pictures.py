"""Pictures go behind words, silently, to whoever reads the words, and never hold them up."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.outgoing import pictures
from bot.outgoing.pictures import PICTURE, Painter, is_picture
from bot.pictures import NotDrawn, png
from bot.playground import Fault
from bot.playground.photos import dimensions, refused
from bot.upload import uploaded
from storage.errors import Unavailable
from tests.bot.rig import until
from tests.handlers.test_bodies import listed
from tests.handlers.test_duty_office import AUTUMN, switched_on
from tests.journeys.world import Forgiven, Town


def photos(town: Town, person, where):
    return [seen for seen in person.timeline(where) if seen.kind == "photo"]


def content(town: Town, seen) -> bytes:
    assert seen.file_id is not None
    return town.world.state.files[seen.file_id].content


async def ended(town: Town) -> None:
    await town.say(town.commander, town.bot, "/end 险情排除")
    await town.press(town.commander, "确认终止")


@pytest.mark.draws
async def test_the_status_has_a_picture_behind_it_where_it_was_asked(running):
    town = running
    await town.say(town.duty, town.bot, "/status 1")
    lines = [seen for seen in town.duty.timeline(town.bot) if seen.service is None]
    [photo] = photos(town, town.duty, town.bot)
    assert lines[-1].id == photo.id and lines[-2].kind == "text"
    assert "时限和应答" in photo.text and not refused(content(town, photo))
    size = dimensions(content(town, photo))
    assert size is not None and size[0] == 1080
    assert photos(town, town.duty, town.group) == []
    await town.say(town.commander, town.group, "/status@tocsin_bot 1")
    assert len(photos(town, town.commander, town.group)) == 1
    sent = [call for call in town.world.calls if call.method == "sendPhoto"]
    assert len(sent) == 2 and all(call.params["disable_notification"] for call in sent)


async def test_whoever_may_not_read_the_words_gets_no_picture(running):
    town = running
    parents = await town.add_group("家长群", "school", town.head)
    members = await town.add_group("成员单位群", "members", town.duty)
    for person, where in ((town.duty, members), (town.head, parents), (town.head, town.bot)):
        before = len(photos(town, person, town.bot))
        await town.say(person, where, "/status@tocsin_bot 1")
        assert photos(town, person, where) == [] or where is town.bot
        words = any("1号" in text for text in town.texts(person, town.bot)[-2:])
        assert len(photos(town, person, town.bot)) - before <= words


async def test_the_announcement_of_the_end_has_one_picture_in_each_command_group(running):
    town = running
    other = await town.add_group("第二指挥群", "command", town.commander)
    members = await town.add_group("成员单位群", "members", town.duty)
    await ended(town)
    for group in (town.group, other):
        [photo] = photos(town, town.commander, group)
        assert "全过程" in photo.text
    assert photos(town, town.duty, members) == []
    assert all(photos(town, person, town.bot) == [] for person in town.liaisons.values()), "units read words alone"
    rows = await town.outbox(lambda row: is_picture(row.payload))
    assert {(row.state, row.priority, row.ring) for row in rows} == {("sent", 3, False)} and len(rows) == 2


@pytest.mark.draws
async def test_the_same_row_gives_the_same_bytes_whatever_came_after(running):
    town = running
    await town.say(town.duty, town.bot, "/status 1")
    [photo] = photos(town, town.duty, town.bot)
    [row] = await town.outbox(lambda row: is_picture(row.payload))
    await ended(town)
    assert town.program is not None
    dispatcher = town.program.service.dispatcher
    painter = Painter(town.open_store, dispatcher.registry, dispatcher.policy)
    async with town.open_store.reading() as rx:
        place = await rx.places.get(row.place_id)
    assert place is not None
    again = await painter.painted(row.payload, place)
    assert again == await painter.painted(row.payload, place)

    name_and_content = uploaded(again["photo"])
    assert name_and_content is not None and name_and_content[1] == content(town, photo)
    assert row.payload["photo"].keys() == {"made", "stream", "sequence", "at", "name"}, "no words wait in the row"


async def test_where_drawing_fails_the_words_are_there_and_nobody_is_rung(running, monkeypatch):
    town = running
    tries = []

    def fails(svg: str) -> bytes:
        tries.append(svg)
        raise NotDrawn("no ink")

    monkeypatch.setattr(pictures, "png", fails)
    town.forgiven = Forgiven(logs=("picture.not_drawn", "picture.not_sent"))
    rung = len(town.texts(town.duty, town.bot))
    await ended(town)
    await town.advance(hours=1)
    assert len(tries) == 1, "it is not tried for ever"
    assert any("终止" in text for text in town.texts(town.commander, town.group))
    assert photos(town, town.commander, town.group) == []
    [row] = await town.outbox(lambda row: is_picture(row.payload))
    assert row.state == "dropped" and "no ink" in (row.error or "")
    assert not any("没有送到" in text or "送不到" in text for text in town.texts(town.duty, town.bot)[rung:])


async def test_of_pictures_that_wait_for_a_place_the_newest_is_sent(running):
    town = running
    assert town.program is not None
    with town.program.service.clock.working():
        for number in range(3):
            town.duty.send(town.bot, f"/status 1{' ' * number}")
    await town.settle()
    rows = await town.outbox(lambda row: is_picture(row.payload))
    assert rows[-1].state == "sent" and 1 <= sum(row.state == "sent" for row in rows) <= len(rows)
    assert {row.coalesce for row in rows} == {f"{PICTURE}:{rows[0].stream}"}


@pytest.mark.draws
async def test_the_matrix_of_duties_has_its_picture():
    async with Town.open(at=AUTUMN) as town:
        await listed(town)
        await switched_on(town)
        await town.say(town.admin, town.bot, "/duties")
        [photo] = photos(town, town.admin, town.bot)
        assert "日常职责" in photo.text and not refused(content(town, photo))


@pytest.mark.parametrize("drill", [False, True])
async def test_a_drill_is_marked_in_the_caption(town, drill):
    if drill:
        await town.say(town.duty, town.bot, "/drill 实验小学宿舍楼楼梯发生踩踏，4名学生受伤")
    else:
        await town.say(town.duty, town.bot, "/report 实验小学宿舍楼楼梯发生踩踏，4名学生受伤")
    await town.say(town.duty, town.bot, "/status")
    [photo] = photos(town, town.duty, town.bot)
    assert photo.text.startswith("【演练】") == drill


@pytest.mark.draws
@pytest.mark.parametrize("drills", [False, True])
async def test_the_figures_of_a_month_have_a_picture(running, drills):
    town = running
    await town.say(town.duty, town.bot, "/stats 本月 演练" if drills else "/stats 本月")
    [photo] = photos(town, town.duty, town.bot)
    assert "2026年3月统计" in photo.text and photo.text.startswith("【演练】") == drills
    assert not refused(content(town, photo))
    liaison = next(iter(town.liaisons.values()))
    await town.say(liaison, town.bot, "/stats 本月")
    assert len(photos(town, liaison, town.bot)) == 1, "a unit's own figures have its own picture"
    assert "区消防救援大队" in photos(town, liaison, town.bot)[0].text


@pytest.mark.parametrize(
    ("status", "description", "sent"),
    [
        (400, "PHOTO_INVALID_DIMENSIONS", 0),
        (403, "bot was kicked from the supergroup chat", 0),
        (429, "Too Many Requests: retry after 5", 1),
        (502, "Bad Gateway", 1),
    ],
)
async def test_a_picture_that_telegram_does_not_take_rings_nobody(running, status, description, sent):
    town = running
    town.forgiven = Forgiven(calls=(description[:12],), logs=("picture.not_sent", "telegram."))
    wait = {"retry_after": 5} if status == 429 else {}
    town.world.faults.add(
        Fault(kind="status", method="sendPhoto", status=status, description=description, times=1, **wait)
    )
    await ended(town)
    before = town.texts(town.duty, town.bot)
    await town.advance(minutes=30)
    assert len(photos(town, town.commander, town.group)) == sent
    rows = await town.outbox(lambda row: is_picture(row.payload))
    assert [row.state for row in rows] == ["sent" if sent else "dropped"]
    assert not [text for text in town.texts(town.duty, town.bot)[len(before) :] if "送" in text and "图" in text]
    async with town.open_store.reading() as rx:
        assert await rx.outbox.dead_count() == 0


async def test_nobody_and_no_chat_waits_for_a_drawing(running, monkeypatch):
    town = running
    await town.advance(seconds=5)
    drawing, go_on = threading.Event(), threading.Event()
    real = png

    def slow(svg: str) -> bytes:
        drawing.set()
        assert go_on.wait(30)
        return real(svg)

    monkeypatch.setattr(pictures, "png", slow)
    try:
        asked = asyncio.create_task(town.say(town.duty, town.bot, "/status 1"))
        await until(drawing.is_set, within=20)
        [row] = await town.outbox(lambda row: is_picture(row.payload))
        assert (row.state, row.attempts) == ("pending", 0), "the chat is free for whatever else there is to say"
        before = len(town.texts(town.commander, town.bot))
        town.commander.send(town.bot, "/todo")
        await until(lambda: len(town.texts(town.commander, town.bot)) > before, within=20)
        assert photos(town, town.duty, town.bot) == []
    finally:
        go_on.set()
    await asked
    assert len(photos(town, town.duty, town.bot)) == 1


async def test_a_picture_waits_while_the_database_cannot_be_read(running, monkeypatch):
    town, tries = running, []
    town.forgiven = Forgiven(logs=("picture.waits",))
    painted = Painter.painted

    async def blinking(self, payload, place):
        tries.append(place.id)
        if len(tries) == 1:
            raise Unavailable("locked")
        return await painted(self, payload, place)

    monkeypatch.setattr(Painter, "painted", blinking)
    await town.say(town.duty, town.bot, "/status 1")
    assert len(tries) == 2 and len(photos(town, town.duty, town.bot)) == 1
