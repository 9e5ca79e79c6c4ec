"""The program stopped in the middle and started anew on the same database: state, timers, what waits to be said."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from bot.playground.faults import Fault
from tests.journeys.world import STAMPEDE, Forgiven, Town, clock_text

POLICE, HEALTH, EMERGENCY, TOWNSHIP = "市公安局城区分局", "区卫生健康和体育局", "区应急管理局", "事发镇街"
CALLED = (POLICE, HEALTH, EMERGENCY, TOWNSHIP, "区教育局", "事发学校")
TOO_OLD = Forgiven(calls=("query is too old",))
"""Telegram's answer to a press that waited longer than it lets a bot answer."""


def said(town: Town) -> Counter[tuple[Any, str]]:
    """Return how often each text was newly sent to each chat; the ends of the clock's minutes left out."""
    return Counter(
        (call.chat, call.params["text"])
        for call in town.world.calls
        if call.method == "sendMessage" and call.status == 200
    )


async def test_a_press_that_waited_out_the_outage_is_asked_again_and_what_was_due_is_said_late(usual_url):
    async with Town.open(usual_url) as town:
        town.forgiven = TOO_OLD
        await town.say(town.head, town.bot, STAMPEDE)
        await town.press(town.duty, "我来处理")
        await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
        await town.press(town.director, "启动Ⅲ级")
        before, sheet = await town.incident(), town.sees(town.duty, "值班工作单")
        seat, group, head = town.count(town.duty), town.count(town.duty, town.group), town.count(town.director)

        # While the program is away the director confirms.
        await town.stop()
        town.director.press(town.button(town.director, "确认宣布"), "确认宣布")
        await town.clock.advance(timedelta(minutes=25))
        await town.start()
        await town.settle()

        # Nothing was lost; the press carries authority, so it is asked again and not executed.
        after = await town.incident()
        assert after.response_level is None and after.seat == before.seat and after.handled_by == before.handled_by
        assert not [line for line in group.new if "【Ⅲ级响应】" in line.text]
        [again] = [line for line in head.new if "预览：启动Ⅲ级响应" in line.text]
        assert again.text.startswith("系统刚恢复，这次按键可能是之前的。请再确认一次。\n预览：启动Ⅲ级响应")
        assert "确认宣布" in again.labels() and again.rang == "loud"

        # Reminders that fell due meanwhile: one message for all, and it says that it is late.
        late = [line for line in seat.new if "报送提醒" in line.text]
        assert len(late) == 1 and late[0].rang == "loud"
        assert late[0].text.startswith("【提醒】2件事要办（系统恢复后补发，原应更早送达）")
        assert len([line for line in head.new if "请督促" in line.text]) == 1
        assert "第1次催办" in town.sees(town.duty, "次催办").text  # one, though three moments were missed
        # The seat reads of the absence, the group does not.
        absence = town.sees(town.duty, "离线 03:06–03:31")
        assert "补发提醒" in absence.text and absence.rang == "loud"
        assert not [line for line in group.new if "离线" in line.text]
        # The same worksheet goes on, no second one is pinned.
        assert town.sees(town.duty, "值班工作单").id == sheet.id
        assert [line.id for line in town.duty.timeline(town.bot) if line.pinned] == [sheet.id]

        # The second press is a word; the clocks go on from where they stood.
        await town.press(town.director, "确认宣布")
        assert (await town.incident()).response_level == "Ⅲ"
        assert len([line for line in group.new if "【Ⅲ级响应】" in line.text]) == 1
        count = town.count(town.duty)
        await town.advance(minutes=1)
        assert clock_text(town.clock.now()) == "03:32"
        assert [line for line in count.new if "报送提醒" in line.text and "补发" not in line.text]


async def test_an_answer_that_waited_out_the_outage_counts(file_url):
    async with Town.open(file_url) as town:
        town.forgiven = TOO_OLD
        await town.say(town.head, town.bot, STAMPEDE)
        await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
        await town.press(town.director, "启动Ⅲ级")
        await town.press(town.director, "确认宣布")
        await town.stop()
        for _ in range(5):
            town.liaisons[HEALTH].send(town.bot, "/todo")  # what is said in one chat is read in its order
        town.liaisons[HEALTH].press(town.button(town.liaisons[HEALTH], "收到"), "收到")
        town.head.send(town.bot, "3时10分又有2名学生受伤，共6人受伤")
        await town.clock.advance(timedelta(minutes=4))
        await town.start()
        await town.settle()
        # A unit's answer binds nobody else: it is recorded, and its ladder ends while the others' goes on.
        incident = await town.incident()
        assert incident.calls[HEALTH].status == "收到"
        assert not [line for line in town.told(town.liaisons[HEALTH], "响应】请") if "收到" in line.labels()]
        # It lay at Telegram while the ladder's moment passed: it was read before the ladder was climbed.
        second = await town.outbox(lambda row: row.notice == "call_again")
        assert second and not [row for row in second if HEALTH in (row.call or "")]
        again = town.sees(town.liaisons[POLICE], "请立即答复")
        assert "系统恢复后补发" in again.text and again.labels() == ["收到"]
        await town.advance(minutes=3)
        assert "市公安局城区分局" in town.sees(town.duty, "请打电话叫应").text
        assert "区卫生健康和体育局" not in town.sees(town.duty, "请打电话叫应").text
        # What was written meanwhile is there, and nothing became a second incident.
        assert len(await town.incidents()) == 1
        assert "受伤6人" in town.sees(town.duty, "值班工作单").text


async def test_messages_that_waited_are_sent_once_and_not_before_telegram_allows(file_url):
    async with Town.open(file_url) as town:
        await town.say(town.head, town.bot, STAMPEDE)
        await town.press(town.duty, "我来处理")
        await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
        await town.press(town.director, "启动Ⅲ级")
        town.forgiven = Forgiven(calls=("Too Many Requests",))
        group, police = town.count(town.duty, town.group), town.count(town.liaisons[POLICE])
        town.world.faults.add(
            Fault(kind="status", status=429, retry_after=90, chat=town.group.id, method="sendMessage")
        )
        town.director.press(town.button(town.director, "确认宣布"), "确认宣布")
        await town.clock.advance(timedelta(seconds=5))
        # The group must wait; the units are called all the same.
        assert not [line for line in group.new if "【Ⅲ级响应】" in line.text]
        assert [line.rang for line in police.new] == ["loud"]

        # A restart does not forget the wait, nor the message.
        await town.restart(timedelta(seconds=20))
        await town.clock.advance(timedelta(seconds=5))
        assert not [line for line in group.new if "【Ⅲ级响应】" in line.text]
        await town.advance(minutes=2)
        assert len([line for line in group.new if "【Ⅲ级响应】" in line.text]) == 1
        assert len(police.new) == 1
        assert not [line for line in town.count(town.duty).new if "离线" in line.text]
        assert not town.told(town.duty, "离线")  # so short an absence nobody noticed


async def test_a_life_with_a_restart_after_every_step_is_the_same_life(file_url):
    async def live(town: Town, between: Any) -> tuple[Any, Counter[tuple[Any, str]]]:
        steps: list[Any] = [
            lambda: town.say(town.head, town.bot, STAMPEDE),
            lambda: town.press(town.duty, "我来处理"),
            lambda: town.press(town.duty, "学校或镇街能处置 → Ⅲ"),
            lambda: town.press(town.director, "启动Ⅲ级"),
            lambda: town.press(town.director, "确认宣布"),
            *(lambda unit=unit: town.press(town.liaisons[unit], "收到") for unit in CALLED),
            lambda: town.press(town.duty, "市政府已报", words="值班工作单"),
            lambda: town.say(town.duty, town.bot, "/file 首报 电话"),
            lambda: town.say(town.duty, town.bot, "/file 首报 书面"),
            lambda: town.say(town.duty, town.bot, "/verify 一般"),
            lambda: town.say(town.director, town.bot, "/end 险情排除"),
            lambda: town.press(town.director, "确认终止"),
            lambda: town.say(town.duty, town.bot, "/file 终报"),
        ]
        for step in steps:
            await step()
            await between()
        incident = await town.incident()
        state = (
            incident.state, incident.event_level, sorted((call.unit, call.status) for call in incident.calls.values()),
            sorted((item.rule, item.report, item.status) for item in incident.instances.values()),
            [item.event.NAME for item in incident.events],
        )  # fmt: skip
        return state, said(town)

    async with Town.open() as town:
        plain = await live(town, lambda: town.advance(seconds=20))
    async with Town.open(file_url) as town:

        async def anew() -> None:
            await town.restart(timedelta(seconds=20))
            await town.settle()

        restarted = await live(town, anew)
    assert restarted[0] == plain[0]
    assert restarted[1] == plain[1]


async def test_told_in_an_outage_before_the_deadline_is_asked_for_its_time_and_not_recorded_late(usual_url):
    async with Town.open(usual_url) as town:
        town.forgiven = TOO_OLD
        await town.say(town.head, town.bot, STAMPEDE)
        await town.press(town.duty, "我来处理")
        sheet = town.button(town.duty, "已报", words="值班工作单")
        await town.advance(minutes=10)
        await town.stop()
        town.duty.press(sheet, "已报")
        await town.clock.advance(timedelta(minutes=25))  # the telephone report was due at 03:32, now it is 03:41
        await town.start()
        await town.settle()
        assert not (await town.incident()).filings
        asked = town.sees(town.duty, "请点实际通话时间")
        assert asked.rang == "loud" and "03:21已报" in asked.labels() and "03:41已报" in asked.labels()
        await town.press(town.duty, "03:21已报")
        [filing] = (await town.incident()).filings
        assert clock_text(filing.called_at) == "03:21" and clock_text(filing.recorded_at) == "03:41"
        await town.press(town.duty, "03:11已报")
        assert len((await town.incident()).filings) == 1, "asked once, told once"
