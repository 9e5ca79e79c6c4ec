"""How people report: in private by words, voice or photo, in groups of every kind, for somebody who rang."""

from __future__ import annotations

import pytest

from plans.values import Interval
from tests.journeys.world import STAMPEDE, Town


async def test_words_in_private_are_a_report_and_a_fragment_goes_on_about_it(reported):
    town = reported
    town.sees(town.head, "已记录 1号")
    await town.say(town.head, town.bot, "现在受伤6人")
    town.sees(town.head, "已记到1号")
    await town.say(town.head, town.bot, "操场围墙倒塌，1人受伤")
    assert [row.number for row in await town.incidents()] == [1, 2]


async def test_an_edit_of_a_report_is_no_second_incident_but_one_that_became_a_report_is_recorded(town):
    said = await town.say(town.head, town.bot, f"/report {STAMPEDE}")
    town.head.edit(said, f"/report {STAMPEDE}，更正")
    await town.settle()
    assert len(await town.incidents()) == 1
    town.sees(town.head, "看到您改了消息")
    typo = await town.say(town.duty, town.group, "随便说一句")
    town.duty.edit(typo, "/report 食堂起火")
    await town.settle()
    assert len(await town.incidents()) == 2


@pytest.mark.parametrize(("kind", "method"), [("voice", "sendVoice"), ("photo", "sendPhoto")])
async def test_a_voice_or_photo_alone_is_a_report_and_the_seat_gets_it(town, kind, method):
    if kind == "voice":
        town.head.send_voice(town.bot)
    else:
        town.head.send_photo(town.bot)
    await town.settle()
    assert len(await town.incidents()) == 1
    town.sees(town.duty, "【待接报】1号")
    sent = [call for call in town.world.calls if call.method == method and call.status == 200]
    assert [call.chat for call in sent] == [town.duty.id]


async def test_the_caption_of_a_photo_is_the_report(town):
    town.head.send_photo(town.bot, caption="/report 食堂起火，2人受伤")
    await town.settle()
    assert (await town.incident()).text == "食堂起火，2人受伤"


async def test_a_reply_with_report_takes_the_words_replied_to(town):
    said = await town.say(town.deputy, town.group, STAMPEDE)
    assert not await town.incidents()
    await town.say(town.duty, town.group, "/report", reply_to=said)
    assert (await town.incident()).text == STAMPEDE


async def test_the_duty_officer_reports_for_a_caller(town):
    await town.say(town.duty, town.bot, "/report 赵校长来电：实验小学宿舍楼踩踏，4人受伤")
    incident = await town.incident()
    assert (incident.source, incident.informant, incident.handled_by != "") == ("duty", "赵校长", True)


async def test_a_school_group_reads_one_neutral_line(town):
    group = await town.add_group("三年级家长群", "school", town.teacher)
    heard = town.count(town.teacher, group)
    await town.say(town.teacher, group, "/report@tocsin_bot 三班6个孩子吐了，小明最重")
    assert len(await town.incidents()) == 1
    (line,) = heard.new
    assert (
        "小明" not in line.text
        and "6个" not in line.text
        and "6人" not in line.text
        and not line.labels()
        and not line.pinned
    )
    await town.advance(minutes=4)
    assert all("小明" not in item.text and "发病" not in item.text for item in heard.new)


@pytest.mark.parametrize(
    "text", ["<b>踩踏</b> *4人* `x`", "踩踏 " + "很长" * 1900, "踩踏 \u202e\u0000😀👨‍👩‍👧", "踩踏 @li_zhiban /close"]
)
async def test_hostile_words_are_kept_as_words(town, text):
    await town.say(town.head, town.bot, f"/report {text}")
    assert len(await town.incidents()) == 1
    town.sees(town.duty, "【待接报】1号")


async def test_a_hostile_name_is_shown_as_a_name(town):
    for person in (town.head, town.stranger):
        town.world.state.users[person.id].first_name = "<test/> *赵* [x](tg://user?id=1)"
    await town.say(town.head, town.bot, STAMPEDE)
    assert "<test/>" not in "".join(town.texts(town.duty)), "who was confirmed is called by his real name"
    town.stranger.start(town.bot)
    await town.say(town.stranger, town.bot, "河口中学食堂起火，2人受伤")
    town.sees(town.duty, "<test/>")


async def test_talk_of_a_group_that_is_not_for_the_bot_leaves_only_its_number(town):
    await town.say(town.deputy, town.group, "大家辛苦了")
    async with town.open_store.reading() as rx:
        row = await rx.inbox.get(await rx.inbox.last_update_id())
    assert row is None or row.payload is None


async def test_fix_one_corrects_the_report_with_the_next_words(reported):
    town: Town = reported
    await town.press(town.head, "改一处")
    await town.say(town.head, town.bot, "宿舍楼，受伤5人")
    assert len(await town.incidents()) == 1
    assert (await town.incident()).claims["injuries"][-1].value == Interval(at_least=5, at_most=5)


async def test_who_asked_to_fix_something_long_ago_tells_of_something_new(reported):
    """Words that answer no question any more are a report that rings, not a line of an old case."""
    town = reported
    await town.press(town.head, "改一处")
    await town.advance(minutes=11)
    await town.say(town.head, town.bot, "体育馆起火，2名学生受伤")
    assert [row.number for row in await town.incidents()] == [1, 2]
    town.sees(town.duty, "【待接报】2号")


async def test_what_a_report_says_of_itself_is_noticed(town):
    await town.say(town.head, town.bot, "学校消防演练，食堂起火，2名学生受伤，疑似燃气泄漏")
    ring = town.sees(town.duty, "【待接报】1号")
    assert "原文提到“演练”" in ring.text and "疑似" in ring.text
    assert not (await town.incident()).drill
    await town.say(town.head, town.bot, "操场围墙倒塌，1人受伤")
    assert "演练" not in town.sees(town.duty, "【待接报】2号").text


async def test_one_tap_on_a_kind_is_a_report_at_once_and_the_rest_is_asked_afterwards(town):
    await town.say(town.head, town.bot, "🚨 报告事故")
    form = town.button(town.head, "踩踏拥挤")
    assert all(len(row) == 1 or all(len(key.label) <= 8 for key in row) for row in form.buttons)
    first = town.head.press(form, "踩踏拥挤")
    await town.settle()
    assert first.text == "已记录，请接着补充"
    incident = await town.incident()
    assert (incident.event_class, incident.occurred_basis) == ("crowd", "assumed")
    town.sees(town.duty, "【待接报】1号")
    town.sees(town.head, "已记录 1号")
    town.head.repress(first)
    await town.settle()
    assert len(await town.incidents()) == 1
    await town.say(town.head, town.bot, "受伤4人")
    assert (await town.incident()).claims["injuries"][-1].value == Interval(at_least=4, at_most=4)


async def test_a_group_is_shown_no_kinds(town):
    await town.say(town.duty, town.group, "/report")
    assert not [line for line in town.duty.timeline(town.group) if "踩踏拥挤" in line.labels()]


@pytest.mark.parametrize(("words", "why"), [("3月5日上午9时", "还没有到"), ("去年12月3日", "一周以前")])
async def test_a_time_that_cannot_be_right_is_asked_about(town, words, why):
    await town.say(town.head, town.bot, f"{words}实验小学宿舍楼发生踩踏，4人受伤")
    assert f"原文说“{words}”" in town.sees(town.duty, "【待接报】1号").text
    assert why in town.sees(town.duty, "【待接报】1号").text
    incident = await town.incident()
    assert (incident.occurred_basis, incident.occurred_at) == ("assumed", incident.reported_at)
