"""「另见」 under the worksheet: what the plan refers to, for the office alone."""

from __future__ import annotations

from tests.journeys.world import Town


async def test_the_duty_officer_sees_what_the_plan_refers_to(reported: Town):
    await reported.press(reported.duty, "我来处理")
    await reported.press(reported.duty, "另见", words="值班工作单")
    page = reported.sees(reported.duty, "预案指向的附录").text
    assert "另见（2.4）：组成和职责用附录8.4应急工作组组成及职责，/plan 8.4 查看" in page
    assert "只供查看，不是本预案的规定：临安区校园突发事件应急预案" in page
    before = (await reported.incident()).sequence
    await reported.say(reported.director, reported.bot, "/declare 1 Ⅲ")
    assert (await reported.incident()).sequence >= before
