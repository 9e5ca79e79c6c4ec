"""What a sentence does to a case: sayings, questions, falls, readings to choose from, numbers that were not read."""

from __future__ import annotations

import pytest

from plans.values import Interval
from tests.journeys.world import Town

EXACT = {number: Interval(at_least=number, at_most=number) for number in range(20)}


def said(incident, fact):
    claims = incident.claims.get(fact, ())
    return claims[-1].value if claims else None


@pytest.mark.parametrize("text", ["有没有人受伤？", "死了几个？", "万一有学生受伤怎么上报", "昨晚有没有人值班"])
@pytest.mark.parametrize("command", ["", "/report "])
async def test_a_question_or_a_supposition_opens_nothing(town: Town, text, command):
    await town.say(town.head, town.bot, command + text)
    assert not await town.incidents()
    town.sees(town.head, "没有当作事件记录")


@pytest.mark.parametrize(
    "text", ["三楼着火了怎么办？", "有人落水了吗？快来人", "孩子不见了，谁看到了？", "谁能告诉我怎么救他？救命"]
)
async def test_a_cry_for_help_is_a_report_however_it_ends(town: Town, text):
    await town.say(town.head, town.bot, text)
    assert len(await town.incidents()) == 1


@pytest.mark.parametrize("text", ["有没有人死亡？", "死了2个？", "如果死了2个怎么报"])
async def test_a_question_changes_no_figure_of_a_case(reported: Town, text):
    town = reported
    before = (await town.incident()).claims
    await town.say(town.head, town.bot, text)
    now = await town.incident()
    assert now.claims == before and not now.unsure


async def test_hearsay_is_a_saying_and_nowhere_a_figure(town: Town):
    await town.say(town.head, town.bot, "实验小学楼梯踩踏，我看到3个受伤，听保安说死了1个")
    incident = await town.incident()
    assert said(incident, "injuries") == EXACT[3] and "deaths" not in incident.claims
    town.sees(town.head, "说法，待核实：死亡1人")
    town.sees(town.duty, "有死亡1人的说法，待核实")
    await town.press(town.duty, "我来处理")
    await town.press(town.duty, "不属实")
    now = await town.incident()
    assert not now.unsure and "deaths" not in now.claims


async def test_a_saying_that_holds_counts_when_the_duty_seat_says_so(town: Town):
    await town.say(town.head, town.bot, "实验小学楼梯踩踏，听保安说死了1个")
    await town.press(town.duty, "已核实，属实")
    incident = await town.incident()
    assert said(incident, "deaths") == EXACT[1] and incident.claims["deaths"][-1].confirmed and not incident.unsure


async def test_a_fall_counts_when_whoever_wrote_it_has_pressed_once(reported: Town):
    town = reported
    await town.say(town.head, town.bot, "核实后受伤2人")
    assert said(await town.incident(), "injuries") == EXACT[4]
    await town.press(town.head, "受伤2人")
    incident = await town.incident()
    assert said(incident, "injuries") == EXACT[2] and not incident.unsure


async def test_what_comes_with_a_fall_counts_at_once(reported: Town):
    town = reported
    await town.say(town.head, town.bot, "重伤2人")
    await town.say(town.head, town.bot, "重伤的走了一个")
    incident = await town.incident()
    assert said(incident, "deaths") == EXACT[1]
    assert said(incident, "serious_injuries") == EXACT[2] and incident.unsure


async def test_a_reading_that_is_not_sure_is_chosen_under_the_receipt(town: Town):
    await town.say(town.head, town.bot, "实验小学楼梯踩踏，受伤5人，不对，重复算了")
    incident = await town.incident()
    assert "injuries" not in incident.claims and len(incident.unsure) == 1
    town.sees(town.head, "受伤待选定：5人")
    await town.press(town.head, "受伤5人")
    assert said(await town.incident(), "injuries") == EXACT[5]


async def test_words_of_which_nothing_was_read_are_answered_so(reported: Town):
    town = reported
    await town.say(town.head, town.bot, "我们正在清点")
    town.sees(town.head, "没有读出新的数字")


async def test_an_update_of_which_only_a_number_was_seen_is_answered_so(reported: Town):
    town = reported
    await town.say(town.duty, town.bot, "/update 操场边上9个")
    town.sees(town.duty, "拿不准")  # a number of people that nobody read is asked about, and the words are kept


async def test_numbers_that_nobody_read_are_shown_to_the_duty_seat(town: Town):
    await town.say(town.head, town.bot, "实验小学楼梯踩踏，受伤4人。操场边上9个")
    assert (await town.incident()).unread
    town.sees(town.duty, "未读懂的数字：9个")
    with pytest.raises(AssertionError):
        town.sees(town.deputy, "未读懂的数字")


# --- nobody on the seat -----------------------------------------------------------------------------------------------

FIRE = "区消防救援大队"


async def empty_seat(town: Town) -> None:
    """Let nobody be left who could be written to as the duty seat."""
    async with town.open_store.writing() as tx:
        for one in (town.duty, town.second, town.director):
            person = await tx.people.by_telegram(one.id)
            assert person is not None
            for item in await tx.people.holdings(person.id):
                await tx.people.revoke(item.id, town.clock.now())


async def test_every_question_reaches_the_group_where_nobody_sits_on_the_seat(town: Town):
    await empty_seat(town)
    said = await town.say(town.head, town.bot, "实验小学楼梯踩踏，4人受伤，听保安说死了1个")
    await town.say(town.head, town.bot, "失联5人，不对，重复算了")
    await town.say(town.liaisons[FIRE], town.bot, "/update 受伤2人")
    await town.say(town.liaisons[FIRE], town.bot, "/update 死亡2人")
    town.head.edit(said, "实验小学楼梯踩踏，6人受伤")
    await town.settle()
    await town.say(town.liaisons[FIRE], town.group, "/report@tocsin_bot 实验小学楼梯踩踏，6人受伤")
    for words in (
        "失联拿不准，请选定", "有死亡1人的说法，待核实", "数字不一，请取舍", "有2人死亡的说法，未核实",
        "改了一条已记录的消息", "可能与",
    ):  # fmt: skip
        found = town.told(town.commander, words, town.group)
        assert any(line.labels() for line in found), (words, town.screen(town.commander, town.group))


async def test_in_the_group_whoever_may_answers_and_nobody_else(town: Town):
    await empty_seat(town)
    await town.say(town.head, town.bot, "实验小学楼梯踩踏，听保安说死了1个")
    refused = await town.press(town.liaisons[FIRE], "已核实，属实", town.group)
    assert "值班员" in (refused.text or "") and (await town.incident()).unsure
    await town.press(town.commander, "已核实，属实", town.group)
    incident = await town.incident()
    assert said(incident, "deaths") == EXACT[1] and not incident.unsure


# --- a merger ---------------------------------------------------------------------------------------------------------


async def two_reports(town: Town) -> None:
    await town.say(town.head, town.bot, "实验小学楼梯踩踏，4人受伤，听保安说死了1个")
    await town.say(town.director, town.group, "/report@tocsin_bot 实验小学楼梯踩踏，6人受伤")
    await town.press(town.duty, "我来处理")


async def test_a_saying_goes_with_the_merger_and_the_old_button_is_stale(town: Town):
    await two_reports(town)
    old = town.button(town.duty, "已核实，属实")
    await town.say(town.duty, town.group, "/merge@tocsin_bot 1 2")
    assert town.duty.again(old).labels() == [], "the old question keeps its buttons"
    (item,) = (await town.incident(2)).unsure.values()
    assert item.from_other and item.words.startswith("听保安说死了1个")
    shown = town.sees(town.duty, "2号 有死亡1人的说法，待核实")
    assert "1号·报告人" in shown.text
    await town.press(town.duty, "已核实，属实")
    incident = await town.incident(2)
    assert said(incident, "deaths") == EXACT[1] and not incident.unsure
    assert said(incident, "injuries") == EXACT[4] and len(incident.claims["injuries"]) == 2


# --- what only is said overtakes a word -------------------------------------------------------------------------------


async def test_the_card_says_that_a_level_is_older_than_a_saying(reported: Town):
    town = reported
    await town.say(town.duty, town.group, "/verify@tocsin_bot 一般 死亡0人")
    assert "认定在前" not in town.sees(town.director, "事件等级", town.group).text
    await town.say(town.head, town.bot, "听保安说死了3个")
    assert "一般（认定在前，其后有更重的说法或数字待核实）" in town.sees(town.director, "事件等级", town.group).text
    asked = town.sees(town.duty, "请重新认定事件等级").text
    assert "说法，待核实：死亡3人" in asked and "认定后又有伤亡的说法，待核实" in asked
    await town.press(town.duty, "不属实")
    town.sees(town.duty, "不用重新认定")
    assert "认定在前" not in town.sees(town.director, "事件等级", town.group).text
