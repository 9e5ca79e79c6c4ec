"""Somebody whom nobody registered speaks in private: recorded as unverified, or answered; never silence."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.cases import records
from bot.service.placing import ANSWERS_WITHIN, MOST_KEPT
from bot.service.strangers import ALL_REPORTS, OWN_REPORTS, OWN_WORDS
from tests.journeys.world import JURISDICTION, STAMPEDE, Town

LINAN = "linan-campus"
DUTY_LINE = "0356-2250777"

Way = Callable[[Town], Awaitable[None]]


async def _text(town: Town) -> None:
    await town.say(town.stranger, town.bot, STAMPEDE)


async def _key_and_sentence(town: Town) -> None:
    await town.say(town.stranger, town.bot, "🚨 报告事故")
    await town.say(town.stranger, town.bot, STAMPEDE)


async def _key_and_kind(town: Town) -> None:
    await town.say(town.stranger, town.bot, "🚨 报告事故")
    await town.press(town.stranger, "踩踏拥挤")


async def _command(town: Town) -> None:
    await town.say(town.stranger, town.bot, f"/report {STAMPEDE}")


async def _update(town: Town) -> None:
    await town.say(town.stranger, town.bot, f"/update {STAMPEDE}")


async def _bare_command_in_reply(town: Town) -> None:
    said = town.stranger.send(town.bot, "/unknown 食堂起火")
    await town.settle()
    await town.say(town.stranger, town.bot, "/report", reply_to=said)


async def _voice(town: Town) -> None:
    town.stranger.send_voice(town.bot)
    await town.settle()


async def _photo(town: Town) -> None:
    town.stranger.send_photo(town.bot)
    await town.settle()


async def _caption(town: Town) -> None:
    town.stranger.send_photo(town.bot, caption="食堂起火，2人受伤")
    await town.settle()


async def _caption_command(town: Town) -> None:
    town.stranger.send_photo(town.bot, caption="/report 食堂起火，2人受伤")
    await town.settle()


async def _location(town: Town) -> None:
    town.stranger.send_location(town.bot, 35.49, 112.85)
    await town.settle()


async def _forwarded(town: Town) -> None:
    said = await town.say(town.duty, town.group, "大家辛苦了，食堂起火，2人受伤")
    town.stranger.join(town.group)
    town.stranger.forward(said, town.bot)
    await town.settle()


RECORDED: dict[str, Way] = {
    "text": _text, "key and sentence": _key_and_sentence, "key and kind": _key_and_kind, "/report": _command,
    "/update": _update, "/report in reply": _bare_command_in_reply, "voice": _voice, "photo": _photo,
    "caption": _caption, "caption with /report": _caption_command, "location": _location, "forwarded": _forwarded,
}  # fmt: skip


@pytest.mark.parametrize("way", RECORDED, ids=list(RECORDED))
async def test_every_way_to_say_something_is_recorded_as_unverified_and_rings_the_seat(town, way):
    town.stranger.start(town.bot)
    await town.settle()
    heard = town.count(town.stranger)
    await RECORDED[way](town)
    (row,) = await town.incidents()
    incident = await town.incident()
    assert (row.state, incident.verified_at, incident.reporter) == ("reported", None, "过路人")
    ring = town.sees(town.duty, "【待接报】1号")
    assert ring.rang and "未登记人员" in ring.text and "未核实" in ring.text
    assert any("已记录 1号" in item.text for item in heard.new)


ANSWERED = ("/help", "/start", "/todo", "/status", "/phone 消防", "/declare Ⅰ", "/file 首报", "/nonsense", "/me",
            "/join", "/report", "/shift", "/setup", "/export 1", "/plan 4.3", "/who 消防", "/channels", "/duty",
            "/drill 踩踏",
            "📋 我的待办", "📌 当前事件", "☎ 查电话", "🚨 报告事故")  # fmt: skip


async def test_whatever_else_is_said_is_answered_each_time(town):
    town.stranger.start(town.bot)
    await town.settle()
    for words in (*ANSWERED, *ANSWERED[:4]):
        heard = town.count(town.stranger)
        await town.say(town.stranger, town.bot, words)
        assert heard.new, f"silence after {words}"
    for sends in (
        lambda: town.stranger.send_sticker(town.bot),
        lambda: town.stranger.send_contact(town.bot, "0356-2250777", "某人"),
    ):
        heard = town.count(town.stranger)
        sends()
        await town.settle()
        assert heard.new
    assert not await town.incidents()


async def test_help_the_key_and_the_greeting_say_what_happens(town):
    town.stranger.start(town.bot)
    await town.settle()
    assert "不用登记" in town.texts(town.stranger)[-1]
    await town.say(town.stranger, town.bot, "/help")
    shown = town.texts(town.stranger)[-1]
    assert "任何人可以报告" in shown and "/status" not in shown and "/report" in shown


async def test_more_words_go_on_about_it_and_an_edit_is_put_to_the_seat(town):
    town.stranger.start(town.bot)
    said = await town.say(town.stranger, town.bot, STAMPEDE)
    await town.say(town.stranger, town.bot, "现在受伤6人")
    town.sees(town.stranger, "已记到1号")
    town.stranger.edit(said, STAMPEDE.replace("4名", "5名"))
    await town.settle()
    town.sees(town.stranger, "看到您改了消息")
    assert len(await town.incidents()) == 1 and len((await town.incident()).claims["injuries"]) >= 1


async def test_an_edit_of_words_that_nobody_knows_is_answered(town):
    town.stranger.start(town.bot)
    said = await town.say(town.stranger, town.bot, "/nonsense")
    heard = town.count(town.stranger)
    town.stranger.edit(said, "其实没事")
    await town.settle()
    assert heard.new


async def test_one_person_opens_few_incidents_and_what_he_says_more_is_added_then_politely_refused(town):
    town.stranger.start(town.bot)
    for number in range(OWN_REPORTS + 2):
        await town.say(town.stranger, town.bot, f"{number + 1}号楼食堂起火，{number + 1}人受伤")
    assert len(await town.incidents()) == OWN_REPORTS
    last = await town.incident(OWN_REPORTS)
    assert sum(item.event.NAME == "facts-stated" for item in last.events) == 2
    for number in range(OWN_WORDS):
        heard = town.count(town.stranger)
        await town.say(town.stranger, town.bot, f"又有消息{number}")
        assert heard.new, "never silence"
    last = await town.incident(OWN_REPORTS)
    assert sum(item.event.NAME == "facts-stated" for item in last.events) == OWN_WORDS
    assert DUTY_LINE in town.texts(town.stranger)[-1] and "记不下" in town.texts(town.stranger)[-1]
    await town.advance(minutes=61)
    await town.say(town.stranger, town.bot, "南门围墙倒塌，1人受伤")
    assert len(await town.incidents()) == OWN_REPORTS + 1


async def test_all_strangers_together_open_a_bounded_number_and_the_registered_are_not_counted(town, monkeypatch):
    monkeypatch.setattr("bot.service.strangers.ALL_REPORTS", 4)
    assert ALL_REPORTS == 60
    people = [town.world.add_user(f"路人{number}") for number in range(6)]
    for person in people:
        person.start(town.bot)
        await town.say(person, town.bot, "食堂起火，2人受伤")
    assert len(await town.incidents()) == 4
    assert DUTY_LINE in town.texts(people[-1])[-1]
    await town.say(town.head, town.bot, STAMPEDE)
    assert len(await town.incidents()) == 5


async def test_a_flood_of_one_person_costs_one_waiting_answer(town):
    town.stranger.start(town.bot)
    await town.settle()
    heard = town.count(town.stranger)
    for _ in range(40):
        town.stranger.send(town.bot, "/todo")
    await town.settle()
    assert 1 <= len(heard.new) <= 12


async def test_without_any_command_group_or_duty_officer_it_says_whom_to_ring():
    async with Town.open(seated=False) as town:
        town.stranger.start(town.bot)
        await town.say(town.stranger, town.bot, "着火了")
        assert not await town.incidents()
        assert "119" in town.texts(town.stranger)[-1] and "没有开通" in town.texts(town.stranger)[-1]


async def test_an_administrator_without_a_role_in_a_plan_reports_too(town):
    await town.say(town.admin, town.bot, f"/report {STAMPEDE}")
    assert len(await town.incidents()) == 1
    assert "未登记" not in town.sees(town.duty, "【待接报】1号").text


@pytest.fixture
async def two(town: Town) -> Town:
    """Two jurisdictions are served by one bot; the second one's duty officer is ``second``."""
    group = town.world.add_group("临安校园安全", owner=town.admin, members=[town.bot, town.teacher])
    town.admin.send(group, "/help@tocsin_bot")
    await town.settle()
    await town.bind(group, "command", LINAN)
    await town.grant(town.second, "duty", plan=LINAN)
    town.stranger.start(town.bot)
    await town.settle()
    return town


async def _by_jurisdiction(town: Town) -> list[tuple[str, str]]:
    return [(row.jurisdiction, row.text) for row in await town.incidents()]


async def test_with_two_jurisdictions_it_is_kept_first_and_asked_by_keys(two):
    town = two
    await town.say(town.stranger, town.bot, "学校着火了，2人受伤")
    await town.say(town.stranger, town.bot, "在三楼")
    asked = town.button(town.stranger, "杭州市临安区")
    assert JURISDICTION in asked.labels() and "已收到" in asked.text
    assert not await town.incidents(), "kept, and nobody is rung in vain"
    async with town.open_store.reading() as rx:
        known = await rx.people.by_telegram(town.stranger.id)
        form = await rx.forms.get(known.place_id, known.id)
        assert form.data["texts"] == ["学校着火了，2人受伤", "在三楼"]
    pressed = await town.press(town.stranger, "杭州市临安区")
    assert pressed.text == "已记录，请接着补充"
    assert await _by_jurisdiction(town) == [("杭州市临安区", "学校着火了，2人受伤\n在三楼")]
    town.sees(town.second, "【待接报】1号")
    town.sees(town.stranger, "已记录 1号")
    assert not town.told(town.duty, "【待接报】")
    await town.advance(minutes=2)
    assert len(await town.incidents()) == 1
    await town.say(town.stranger, town.bot, "现在受伤6人")
    town.sees(town.stranger, "已记到1号")


async def test_who_does_not_answer_is_recorded_all_the_same_and_may_still_say_where(two):
    town = two
    await town.say(town.stranger, town.bot, "学校着火了，2人受伤")
    await town.advance(seconds=ANSWERS_WITHIN / timedelta(seconds=1) + 1)
    ((first, text),) = await _by_jurisdiction(town)
    assert text == "学校着火了，2人受伤"
    officer, other = (town.duty, "杭州市临安区") if first == JURISDICTION else (town.second, JURISDICTION)
    assert "没有说明是哪个辖区" in town.sees(officer, "【待接报】1号").text
    await town.press(town.stranger, other)
    assert sorted(place for place, _ in await _by_jurisdiction(town)) == sorted([first, other])
    for person in (town.duty, town.second):
        town.sees(person, "【待接报】1号")
    town.sees(officer, "新情况")


async def test_the_name_of_a_jurisdiction_in_the_words_settles_it(two):
    town = two
    await town.say(town.stranger, town.bot, "杭州市临安区实验小学着火了，2人受伤")
    assert [place for place, _ in await _by_jurisdiction(town)] == ["杭州市临安区"]


async def test_what_was_put_down_where_it_did_not_belong_still_comes_where_it_does(two):
    """The officer of the wrong jurisdiction calls it none of his: the key of the right one loses nothing by that."""
    town = two
    await town.say(town.stranger, town.bot, "学校着火了，2人受伤")
    await town.advance(seconds=ANSWERS_WITHIN / timedelta(seconds=1) + 1)
    ((first, _),) = await _by_jurisdiction(town)
    officer, other = (town.duty, "杭州市临安区") if first == JURISDICTION else (town.second, JURISDICTION)
    await town.say(officer, town.bot, "/reject 1 不是本辖区")
    assert [row.state for row in await town.incidents()] == ["rejected"]
    await town.press(town.stranger, other)
    assert sorted(place for place, _ in await _by_jurisdiction(town)) == sorted([first, other])
    town.sees(town.second if officer is town.duty else town.duty, "【待接报】1号")


async def test_the_name_typed_instead_of_pressed_is_an_answer(two):
    town = two
    await town.say(town.stranger, town.bot, "学校着火了，2人受伤")
    await town.say(town.stranger, town.bot, "杭州市临安区")
    assert [place for place, _ in await _by_jurisdiction(town)] == ["杭州市临安区"]
    assert (await town.incidents())[0].text.startswith("学校着火了，2人受伤")
    town.sees(town.second, "【待接报】1号")


async def test_another_form_does_not_take_the_place_of_what_is_kept(two):
    town = two
    await town.say(town.stranger, town.bot, "杭州市临安区实验小学着火了，2人受伤")
    await town.say(town.stranger, town.bot, "食堂有人打架，地点在体育馆")
    assert "已收到" in town.button(town.stranger, JURISDICTION).text
    await town.press(town.stranger, "改一处")
    await town.advance(seconds=ANSWERS_WITHIN / timedelta(seconds=1) + 1)
    assert "食堂有人打架，地点在体育馆" in [text for _, text in await _by_jurisdiction(town)]


async def test_what_is_more_than_is_kept_while_it_is_asked_is_recorded_as_well(two):
    town = two
    await town.say(town.stranger, town.bot, "学校着火了")
    for number in range(1, MOST_KEPT + 1):
        await town.say(town.stranger, town.bot, f"受伤{number}人")
    await town.advance(seconds=ANSWERS_WITHIN / timedelta(seconds=1) + 1)
    everything = (await town.incident()).events
    assert sum(f"受伤{MOST_KEPT}人" in str(item.event) for item in everything) == 1
    assert len(await town.incidents()) == 1


async def test_two_long_messages_are_kept_whole(two):
    town = two
    await town.say(town.stranger, town.bot, "学校着火了" + "，请快点来人" * 500)
    await town.say(town.stranger, town.bot, "情况越来越严重了" * 250 + "，受伤6人")
    await town.advance(seconds=ANSWERS_WITHIN / timedelta(seconds=1) + 1)
    rows = await town.incidents()
    async with town.open_store.reading() as rx:
        found = [await records.load(rx, row.stream) for row in rows]
    assert any("受伤6人" in str(item.event) for incident in found if incident for item in incident.events)


async def test_what_follows_what_is_kept_is_about_that_and_not_about_an_earlier_report(two):
    town = two
    await town.say(town.stranger, town.bot, "杭州市临安区实验小学着火了，2人受伤")
    await town.say(town.stranger, town.bot, "体育馆有人打架")
    await town.say(town.stranger, town.bot, "受伤9人")
    await town.press(town.stranger, "杭州市临安区")
    assert [text for _, text in await _by_jurisdiction(town)][-1] == "体育馆有人打架\n受伤9人"
    first = next(row for row in await town.incidents() if "着火" in row.text)
    async with town.open_store.reading() as rx:
        incident = await records.load(rx, first.stream)
    assert incident is not None
    assert not any("受伤9人" in str(item.event) for item in incident.events)
