"""A notice or an instruction whose words tell that something happened: said to be unreported, one tap reports it."""

from __future__ import annotations

import pytest

from plans.desk.wording import LONGEST
from tests.journeys.world import Town

HAPPENED = {
    "/notice 三中食堂20人呕吐，请各校排查": True,
    "/notice 区教育局：第八中学起火，请马上到场": True,
    "/notice 加急 三中发生踩踏，请各单位到场": True,
    "/instruct 王副区长 三中食堂20人呕吐，请各校排查": True,
    "/instruct 李书记 第八中学起火，2人受伤，消防马上到场": True,
    "/notice 明早8点开会": False,
    "/notice 区教育局：开展消防演练，模拟教学楼起火": False,
    "/instruct 王副区长 各校开展防溺水排查，一周内报结果": False,
    "/instruct 王副区长 校车安全检查，明天下班前报": False,
}  # fmt: skip


@pytest.mark.parametrize("where", ["bot", "group"])
async def test_a_draft_that_tells_of_an_event_says_that_nothing_is_reported_and_one_tap_does(town: Town, where: str):
    for count, (text, happened) in enumerate(HAPPENED.items(), 1):
        before, reported = len(town.told(town.duty, "没有上报")), len(await town.incidents())
        await town.say(town.duty, getattr(town, where), text)
        told = town.told(town.duty, "没有上报")[before:]
        assert len(told) == happened, (text, told)
        assert len(await town.incidents()) == reported, "a draft reports nothing by itself"
        if happened:
            assert told[0].labels() == ["报为事件"] and "只是草稿" in told[0].text
            await town.press(town.duty, "报为事件", words="没有上报")
            rows = await town.incidents()
            assert len(rows) == reported + 1, text
            words = max(rows, key=lambda row: row.number).text
            assert words in text and "区教育局：" not in words and len(words) <= LONGEST, count
    assert not [line for line in town.duty.timeline(town.group) if "没有上报" in line.text]


async def test_it_is_reported_once_and_an_instruction_within_an_incident_offers_nothing(town: Town):
    await town.say(town.duty, town.bot, "/notice 三中食堂20人呕吐，请各校排查")
    button = town.button(town.duty, "报为事件")
    for _ in range(2):  # before the first has taken the button away
        town.duty.press(button, "报为事件")
    await town.settle()
    assert len(await town.incidents()) == 1
    await town.say(town.duty, town.bot, "/instruct 1号 王副区长 三中食堂20人呕吐，全力救治")
    await town.say(town.duty, town.bot, "记 三中来电：食堂20人呕吐，请王副区长批示")
    await town.press(town.duty, "转为指令", words="日志1号")
    offered = [line for line in town.told(town.duty, "没有上报") if "只是草稿" in line.text]
    assert len(offered) == 1, "an entry's page has a button of its own"
