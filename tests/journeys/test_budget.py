"""How many messages the command group gets, and how many taps a person needs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pytest

from bot.playground import Person
from tests.factories import FOUR
from tests.journeys.world import STAMPEDE, UNITS, Town

CALLED = ("市公安局城区分局", "区卫生健康和体育局", "区应急管理局", "事发镇街", "区教育局", "事发学校")
MOST_IN_THE_FIRST_HOUR = 8


@dataclass
class Hand:
    """Counts what a person does: taps on buttons, sentences typed, and the seconds that his screen needed."""

    town: Town
    person: Person
    taps: Counter[str] = field(default_factory=Counter)

    async def tap(self, doing: str, label: str, **how: str) -> None:
        """Press a button for something that is to be done."""
        await self.town.press(self.person, label, **how)
        self.taps[doing] += 1

    async def write(self, doing: str, text: str) -> None:
        """Write one sentence."""
        await self.town.say(self.person, self.town.bot, text)
        self.taps[doing] += 1


@pytest.fixture
async def reported(town: Town) -> Town:
    """The headmaster has reported; nobody has taken it."""
    await town.say(town.head, town.bot, STAMPEDE)
    return town


def loud_pins(town: Town) -> list[int]:
    """Return the messages that were pinned in the group with a notification."""
    return [
        call.params["message_id"]
        for call in town.world.calls
        if call.method == "pinChatMessage" and call.chat == town.group.id and call.status == 200
        and call.params.get("disable_notification") != "true"
    ]  # fmt: skip


async def first_hour(town: Town) -> None:
    """A clear Ⅲ as it goes when everybody does his part: reported, taken, judged, declared, called, filed, answered."""
    await town.say(town.head, town.bot, STAMPEDE)
    await town.press(town.duty, "我来处理")
    await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
    await town.press(town.director, "启动Ⅲ级")
    await town.press(town.director, "确认宣布")
    announced = len(town.sends(town.group))
    for unit in CALLED:
        await town.advance(seconds=40)
        for answer in ("收到", "已出发", "已到场"):
            await town.press(town.liaisons[unit], answer)
    assert len(town.sends(town.group)) == announced, "answers only edit"
    assert "已到场6" in town.sees(town.commander, "1号 Ⅲ级响应", town.group).text
    for number in range(1, 5):
        await town.press(town.duty, "已报", words=f"{number}/4")
        await town.advance(minutes=2)
    await town.say(town.duty, town.bot, "/verify 一般")
    await town.say(town.liaisons[CALLED[1]], town.group, "/update 受伤5人")
    await town.say(town.duty, town.bot, "/verify 受伤5人")
    for name in FOUR:
        await town.say(town.duty, town.bot, f"/file 续报 {name} 电话")
    await town.say(town.duty, town.bot, "/file 首报 书面")


async def test_a_clear_level_three_gives_the_group_few_messages_and_no_loud_pin(town):
    begin = town.clock.now()
    await first_hour(town)
    await town.until(4, 6)
    sent = town.sends(town.group, begin)
    assert len(sent) <= MOST_IN_THE_FIRST_HOUR, [call.params.get("text", call.method)[:40] for call in sent]
    assert not loud_pins(town)
    for person in (town.duty, town.director, town.head, *town.liaisons.values()):
        for row in (row for line in person.timeline(town.bot) for row in line.buttons):
            assert len(row) == 1 or (len(row) == 2 and all(len(button.label) <= 8 for button in row)), row


async def test_each_rise_is_pinned_loudly_the_old_pin_goes_and_all_end_with_the_case(reported):
    town = reported
    await town.press(town.duty, "需区里组织 → Ⅱ")
    await town.press(town.deputy, "启动Ⅱ级")
    await town.press(town.deputy, "确认宣布")
    assert len(loud_pins(town)) == 1
    await town.say(town.duty, town.bot, "/judge 4.3.1(1) 是 超出区里能力")
    await town.press(town.commander, "启动Ⅰ级")
    await town.press(town.commander, "确认宣布")
    assert (await town.incident()).response_level == "Ⅰ"
    assert len(loud_pins(town)) == 2
    (pinned,) = [line for line in town.duty.timeline(town.group) if line.pinned]
    assert "【Ⅰ级响应】" in pinned.text and pinned.rang == "loud"
    await town.say(town.commander, town.group, "/declare Ⅱ 已缓解")
    await town.press(town.commander, "确认宣布")
    assert len(loud_pins(town)) == 2, "what falls is pinned without a sound"
    (pinned,) = [line for line in town.duty.timeline(town.group) if line.pinned]
    assert "【Ⅱ级响应】" in pinned.text
    await town.say(town.commander, town.group, "/end 处置完毕")
    await town.press(town.commander, "确认终止")
    assert (await town.incident()).state == "ended"
    assert not [line for line in town.duty.timeline(town.group) if line.pinned]
    card = town.sees(town.commander, "1号 已终止", town.group).text
    assert "已终止，不再叫应" in card and "区消防救援大队" not in card
    assert "待打电话叫应" not in town.sees(town.duty, "值班工作单").text
    for line in town.told(town.duty, "请打电话叫应"):
        assert not line.labels(), "nobody is to be rung any more"


async def test_the_taps_of_the_targets(town):
    head, duty, director = Hand(town, town.head), Hand(town, town.duty), Hand(town, town.director)
    unit = Hand(town, town.liaisons[UNITS[1]])

    await head.write("report", STAMPEDE)
    assert "已记录 1号" in town.texts(town.head)[-1]
    await duty.tap("confirm", "我来处理")
    await duty.tap("confirm", "学校或镇街能处置 → Ⅲ")
    await director.tap("declare", "启动Ⅲ级")
    await director.tap("declare", "确认宣布")
    assert (await town.incident()).response_level == "Ⅲ"
    await unit.tap("acknowledge", "收到")
    for number in range(1, 5):
        await duty.tap(f"file {number}", "已报", words=f"{number}/4")
    first = [item for item in (await town.incident()).instances.values() if item.rule == "first-phone"]
    assert [item.status for item in first] == ["filed"]

    assert head.taps == {"report": 1}
    assert duty.taps == {"confirm": 2} | {f"file {number}": 1 for number in range(1, 5)}
    assert director.taps == {"declare": 2} and unit.taps == {"acknowledge": 1}


async def test_a_spoken_decision_takes_three_taps(reported):
    duty = Hand(reported, reported.duty)
    await reported.press(reported.duty, "学校或镇街能处置 → Ⅲ")
    await duty.tap("spoken", "代录口头决定")
    await duty.tap("spoken", "办公室主任")
    await duty.tap("spoken", "属实，公布")
    assert (await reported.incident()).response_level == "Ⅲ" and duty.taps["spoken"] == 3


async def test_what_came_of_a_call_is_one_tap_on_the_script(reported):
    town = reported
    await town.press(town.duty, "我来处理")
    for label in ("占线", "没接通", "要求核实", "2分钟前已报", "已报"):
        before = (await town.incident()).sequence
        await town.press(town.duty, label, words="/4")
        assert (await town.incident()).sequence > before, label
