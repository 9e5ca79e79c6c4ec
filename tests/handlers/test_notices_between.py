"""A notice to neighbours in the chat: on the worksheet with its clause, filed with channel and recipient, exported."""

from __future__ import annotations

from tests.journeys.world import Town

REPORT = "/report 实验小学锅炉房着火，已经蔓延到旁边的小区，4名学生受伤"
TO = "可能波及的邻近地方和单位"


async def test_a_notice_to_neighbours_is_owed_filed_and_exported(town: Town):
    await town.say(town.head, town.bot, REPORT)
    await town.press(town.duty, "我来处理")
    sheet = town.sees(town.duty, "值班工作单").text
    assert "通报" in sheet and TO in sheet
    await town.say(town.duty, town.bot, f"/file 通报 {TO} 电话 接报王五")
    incident = await town.incident()
    [notice] = [item for item in incident.instances.values() if item.rule == "nearby-notice"]
    assert (notice.status, notice.clause) == ("filed", "3.1(3)")
    [filing] = [item for item in incident.filings if item.report == "通报"]
    assert (filing.recipient, filing.channel, filing.taker) == (TO, "电话", "王五")
    await town.say(town.duty, town.bot, "/export 1")
    exported = "".join(town.texts(town.duty)[-3:])
    assert "3.1(3)" in exported and TO in exported
