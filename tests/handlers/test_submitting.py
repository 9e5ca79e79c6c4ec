"""``/submit`` and its preview, confirmed as it was shown or shown anew; ``/line`` as administrators type it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.playground import Person
from tests.journeys.test_lines import PLACE, SICK, seat_the_city
from tests.journeys.world import JURISDICTION, Town


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with Town.open() as town:
        yield town


async def joined(town: Town) -> Person:
    """Let a line stand, and something have happened; return the city's officer."""
    officer, chief, _ = await seat_the_city(town)
    await town.say(town.admin, town.bot, f"/line 加 {JURISDICTION} {PLACE} 市委 晋城市教育局")
    await town.press(chief, "同意代收")
    await town.say(town.head, town.bot, SICK)
    await town.press(town.duty, "我来处理")
    return officer


async def test_what_has_changed_since_it_was_shown_is_shown_anew_and_does_not_cross(town: Town) -> None:
    officer = await joined(town)
    await town.press(town.duty, "系统报晋城市·首报")
    old = town.button(town.duty, "确认报送")
    await town.say(town.duty, town.bot, "/update 1 现有41人发病")
    old_press = town.duty.press(old, "确认报送")
    await town.settle()
    assert "变" in (old_press.text or "")
    assert not (await town.incident()).submissions and not town.told(officer, "待接报")
    fresh = town.button(town.duty, "确认报送")
    assert fresh.id != old.id and "41人" in fresh.text
    await town.press(town.duty, "确认报送")
    await town.advance(seconds=1)
    assert "41人" in town.sees(officer, "待接报").text
    town.duty.press(old, "确认报送")
    await town.settle()
    assert len((await town.incident()).submissions) == 1


async def test_without_a_line_there_is_nothing_to_submit_and_who_does_not_administer_makes_none(town: Town) -> None:
    await town.say(town.head, town.bot, SICK)
    await town.press(town.duty, "我来处理")
    await town.say(town.duty, town.bot, "/submit 1")
    assert "没有可以经系统报送的" in town.sees(town.duty, "没有可以").text
    await town.say(town.duty, town.bot, "/line")
    assert "管理员" in town.duty.timeline(town.bot)[-1].text


async def test_a_written_report_goes_up_from_its_own_page(town: Town) -> None:
    officer = await joined(town)
    await town.press(town.duty, "书面报告")
    await town.press(town.duty, "系统报晋城市·首报（书面）")
    assert "晋城市城区校园安全事故信息报告（首报）" in town.sees(town.duty, "对方看到的原文").text
    await town.press(town.duty, "确认报送")
    await town.advance(seconds=1)
    await town.press(officer, "我来处理")
    await town.advance(seconds=1)
    assert [(one.recipient, one.channel) for one in (await town.incident()).filings] == [("市委", "书面")]
    await town.say(town.duty, town.bot, "/export 1")
    assert "已接报（对方1号），接报人郑值班" in town.sees(town.duty, "经系统报送上级").text


async def test_several_are_listed_and_one_is_shown_by_its_number(town: Town) -> None:
    await joined(town)
    await town.say(town.duty, town.bot, "/submit 1")
    said = town.sees(town.duty, "请写明哪一件").text
    assert "1 首报（晋城市）" in said and "2 首报（晋城市）" in said
    await town.say(town.duty, town.bot, "/submit 1 2")
    assert "首报（电话）" in town.sees(town.duty, "预览：1号").text
    await town.say(town.head, town.bot, "/submit 1 1")
    assert not [line for line in town.head.timeline(town.bot) if "预览" in line.text], "who may not file sees nothing"


async def test_what_an_administrator_types(town: Town) -> None:
    await seat_the_city(town)
    for said, answer in (
        ("/line", "还没有报送关系"),
        ("/line 加", "提出：/line 加"),
        ("/line 加 晋城市", "提出：/line 加"),
        (f"/line 加 {JURISDICTION} 晋城市 省纪委", "“省纪委”不是"),
        (f"/line 加 {JURISDICTION} 阳泉市 市委", "请写明是谁的报告"),
        ("/line 加 晋城市 市委", "请写明是谁的报告"),
        (f"/line 加 {JURISDICTION} 晋城市 市委，市政府", "代收：市委、市政府"),
    ):
        await town.say(town.admin, town.bot, said)
        assert answer in town.admin.timeline(town.bot)[-1].text, said
