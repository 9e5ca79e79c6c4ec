"""What is due together for one person is one message over all incidents, however many; and nothing due is forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.cases import records
from bot.cases.plan_registry import UnusablePlan
from bot.render import Message, View
from bot.render.owed_together import Part, block
from bot.render.text import Text
from plans.incident.state import Incident
from tests.journeys.world import Forgiven, Town


def sent_to(town: Town, since: datetime) -> list[str]:
    """What was newly sent to the duty officer since a moment."""
    return [
        call.params.get("text", call.method)
        for call in town.world.calls
        if call.method.startswith("send") and call.chat == town.duty.id and call.status == 200 and call.at >= since
    ]  # fmt: skip


async def incidents(town: Town) -> list[Incident]:
    async with town.open_store.reading() as rx:
        found = [await records.load(rx, row.stream) for row in await rx.incidents.open()]
    return [item for item in found if item is not None]


async def test_together_means_one_message_that_names_every_deadline_and_loses_what_is_filed_before_it_goes_out():
    async with Town.open(units=()) as town:
        for number in (1, 2, 3):
            await town.say(town.duty, town.bot, f"/report 第{number}小学宿舍楼发生踩踏，{number}人受伤")
        began = town.clock.now()
        await town.until(3, 37)
        said = sent_to(town, began)
        together = town.told(town.duty, "3件事件有要办的")
        assert together and together[-1].rang == "loud"
        assert together[-1].labels() == ["1号念稿", "2号念稿", "3号念稿"]
        assert len(said) <= 9, [text[:40] for text in said]
        text, now = "\n".join(line.text for line in together), town.clock.now()
        for incident in await incidents(town):
            due = [item for item in incident.open_instances if item.by_office and not item.possible and item.due < now]
            assert due and all(item.reminded for item in due), "nothing due is forgotten"
            assert f"{incident.number}号 第{incident.number}小学" in text
            for item in due:
                at = item.due + timedelta(hours=8)
                assert f"{at:%H:%M}前" in text or f"{item.report} 立即" in text, "every deadline is named"
        await town.press(town.duty, "2号念稿")
        assert "您好" in town.texts(town.duty)[-1], "the words to read for that incident"
        await town.say(town.duty, town.bot, "/file 2 首报 电话")
        heard = town.count(town.duty)
        await town.until(3, 43)
        later = [line.text for line in heard.new if "件事件有要办的" in line.text]
        assert later and "首报（电话）" in later[-1]
        of_two = later[-1].partition("2号 ")[2].partition("3号 ")[0]
        assert "首报（电话）" not in of_two, "what was filed is not asked for again"


@pytest.mark.parametrize("readable", [1, 0])
async def test_of_what_cannot_be_shown_it_is_said_that_it_is_due_and_the_others_are_named(monkeypatch, readable: int):
    def broken(view: View, part: Part) -> Text | None:
        if view.incident.number <= 2 - readable:
            raise UnusablePlan("its plan is gone")
        return block(view, part)

    monkeypatch.setattr("bot.outgoing.due_drawn.block", broken)
    async with Town.open(units=()) as town:
        town.forgiven = Forgiven(logs=("due.not_drawn",))
        for number in (1, 2):
            await town.say(town.duty, town.bot, f"/report 第{number}小学宿舍楼发生踩踏，{number}人受伤")
        await town.until(3, 37)
        said = town.told(town.duty, "2件事件有要办的")[-1]
        assert said.rang == "loud" and f"有{2 - readable}件要办的事这里显示不出" in said.text
        assert ("2号 第2小学" in said.text) is bool(readable)


async def test_where_not_even_that_can_be_said_the_group_is_told_that_a_reminder_did_not_arrive(monkeypatch):
    def broken(*args: object, **values: object) -> Message | None:
        raise ArithmeticError("a bug")

    monkeypatch.setattr("bot.outgoing.due_drawn.due_together", broken)
    async with Town.open(units=()) as town:
        town.forgiven = Forgiven(logs=("card.not_drawn",), dead=("cannot be drawn",))
        for number in (1, 2):
            await town.say(town.duty, town.bot, f"/report 第{number}小学宿舍楼发生踩踏，{number}人受伤")
        heard = town.count(town.duty, town.group)
        await town.until(3, 37)
        assert [line.rang for line in heard.new if "送不到" in line.text] == ["loud"]


async def test_an_incident_a_warning_and_an_entry_of_the_log_that_fall_due_together_are_one_message():
    rain = "区气象台2026年3月2日3时发布暴雨橙色预警：预计3时10分至4时30分，城关镇有大暴雨，请做好防范。"
    async with Town.open(units=()) as town:
        await town.say(town.duty, town.bot, f"/warn {rain}")
        await town.press(town.duty, "预览", words="待处理")
        await town.press(town.duty, "确认转发")
        await town.say(town.duty, town.bot, "记 市政府值班室张 来电：4时30分前反馈落实情况")
        await town.until(3, 50)
        await town.say(town.duty, town.bot, "/report 第1小学宿舍楼发生踩踏，3人受伤")
        heard = town.count(town.duty)
        await town.until(4, 0)
        [together] = [line for line in heard.new if "件事要办" in line.text]
        assert together.rang == "loud"
        assert "3件事要办" in together.text
        for words in ("1号 第1小学", "暴雨橙色", "日志1号 还差回复"):
            assert words in together.text, together.text
        assert [line.text for line in heard.new if line.rang == "loud"] == [together.text]
        replied = next(label for label in together.labels() if label.endswith("已回复"))
        await town.press(town.duty, replied)
        await town.press(town.duty, "已电话反馈", words="已登记回复")
        later = town.count(town.duty)
        await town.until(4, 31)
        assert not [line for line in later.new if "日志1号" in line.text], "what was answered is not asked again"
        assert [line for line in later.new if "暴雨橙色" in line.text and line.rang == "loud"]


async def test_fifteen_entries_due_at_one_moment_are_one_ring_that_names_each_with_its_own_buttons():
    async with Town.open(units=()) as town:
        for number in range(1, 16):
            text = f"记 市政府值班室张 来电：4时30分前反馈落实情况，第{number}件" + "请各单位抓紧落实" * 20
            await town.say(town.duty, town.bot, text)
        heard = town.count(town.duty)
        await town.until(4, 1)
        said = heard.new
        assert [line.rang for line in said].count("loud") == 1
        assert all(f"日志{number}号" in "\n".join(line.text for line in said) for number in range(1, 16))
        labels = [label for line in said for label in line.labels() if label.endswith("已回复")]
        assert len(labels) == len(set(labels)) == 15
        answered = town.count(town.duty)
        await town.press(town.duty, labels[6])
        assert answered.new and "已登记回复" in answered.new[-1].text
        await town.press(town.duty, labels[7])
        assert "已登记回复" in town.texts(town.duty)[-1], "one part is over, and the others' buttons do what they say"
