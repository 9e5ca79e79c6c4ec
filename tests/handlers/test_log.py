"""The duty log in chats: written in every way, read, set right, ticked off, and what it becomes."""

from __future__ import annotations

from bot.cases import records
from plans.desk.entry_state import Entry
from tests.journeys.world import Town

CALL = "市政府值班室张 来电：下午强对流，16时前反馈落实情况"


async def entries(town: Town) -> list[Entry]:
    async with town.open_store.reading() as rx:
        rows = await rx.cases.newest("entry", 50)
        found = [await records.load_case(rx, row.stream) for row in sorted(rows, key=lambda row: row.number)]
    return [item for item in found if isinstance(item, Entry)]


async def test_a_call_is_one_sentence_and_is_ticked_off_with_one_tap(town: Town):
    await town.say(town.duty, town.bot, f"记 {CALL}")
    [entry] = await entries(town)
    assert (entry.way, entry.unit, entry.caller) == ("来电", "市政府值班室", "张")
    assert "16:00前 反馈落实情况" in town.sees(town.duty, "日志1号").text
    await town.until(15, 31)
    assert "还差回复" in town.sees(town.duty, "日志1号 还差回复").text
    await town.press(town.duty, "已回复", words="还差回复")
    await town.press(town.duty, "已电话反馈", words="已登记回复")
    [entry] = await entries(town)
    assert entry.state == "answered" and entry.replies[0].words == "已电话反馈"
    await town.until(18)
    assert town.told(town.duty, "已过时限") == []
