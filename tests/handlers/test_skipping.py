"""「越级报送」 in the chat: the plan's words, to whom, and who is owed the report all the same."""

from __future__ import annotations

import pytest

from tests.journeys.world import Town

PLAN = "shanting-overall"


@pytest.fixture
async def reported(town: Town) -> Town:
    await town.say(town.head, town.bot, "/report 实验小学宿舍楼楼梯踩踏，4名学生受伤")
    await town.press(town.duty, "我来处理")
    return town


async def test_a_report_goes_past_a_level_by_word_and_stays_owed(reported: Town):
    await reported.say(reported.duty, reported.bot, "/skip 1")
    assert "可越级的" in reported.sees(reported.duty, "可越级的").text
    await reported.say(reported.duty, reported.bot, "/skip 1 首报 省政府")
    assert "预案没有写“首报”可以越级" in reported.sees(reported.duty, "可以越级").text
    await reported.say(reported.duty, reported.bot, "/skip 1 逐级上报 市委 情况紧急")
    told = reported.sees(reported.duty, "已越级报市委").text
    assert "4.1.1" in told and "预案要求同时报，还差：区委、区政府" in told
    await reported.say(reported.duty, reported.bot, "/export 1")
    assert "【越级报送】" in "".join(reported.texts(reported.duty)[-2:])
    before = (await reported.incident()).sequence
    await reported.say(reported.head, reported.bot, "/skip 1 逐级上报 市政府")
    assert (await reported.incident()).sequence == before
