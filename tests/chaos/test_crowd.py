"""A flood in one group, thirty answers in a second, Telegram's limits on: nothing is lost, the urgent is first."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from tests.chaos.inspector import inspect, look
from tests.journeys.world import PLAN, STAMPEDE, Forgiven, Town, plans
from tests.thorough import THOROUGH

REPORTS = 300 if THOROUGH else 25
GROUP_RATE = 20
"""Messages a minute that Telegram lets a bot write to one group."""


def written_in_any_minute(moments: list[datetime]) -> int:
    """Return the most moments within any sixty seconds."""
    return max(
        (sum(start <= moment < start + timedelta(minutes=1) for moment in moments) for start in moments), default=0
    )


async def test_a_flood_of_reports_in_one_group_keeps_the_limits_and_drains() -> None:
    async with Town.open() as town:
        town.forgiven = Forgiven(logs=("",))
        school = await town.add_group("城区家校群", "school", town.head, town.teacher)
        first = town.bot.account.next_update
        start = town.clock.now()
        for number in range(REPORTS):
            who = (town.head, town.teacher)[number % 2]
            who.send(school, f"/report@tocsin_bot 第{number}小学楼梯踩踏，{number % 9 + 1}名学生受伤")
        # In the middle of it somebody is called privately: that does not wait for the group.
        for _ in range(200):
            await town.clock.advance(timedelta(seconds=30))
            async with town.open_store.reading() as rx:
                backlog = await rx.outbox.backlog(town.clock.now())
            if not backlog:
                break
        left = await look(town.open_store)
        assert len(left.incidents) == REPORTS
        assert await inspect(town.open_store, town.world, first_update=first) == []
        for chat in {call.chat for call in town.world.calls}:
            moments = [
                call.at for call in town.world.calls
                if call.chat == chat and str(chat).startswith("-") and call.method.startswith(("send", "edit"))
                and call.status == 200
            ]  # fmt: skip
            assert written_in_any_minute(moments) <= GROUP_RATE, chat
        # The duty officer's ring for the first report came at once, and everything was said in the time that the
        # limits leave: the busiest chat has so many messages, one a second, in a group twenty a minute.
        rings = [row for row in left.outbox if row.notice == "duty_ring" and row.finished_at]
        assert min(row.finished_at - start for row in rings if row.finished_at) <= timedelta(seconds=5)
        busiest: dict[str, int] = {}
        for row in left.outbox:
            if row.state == "sent":
                busiest[row.place_id] = busiest.get(row.place_id, 0) + 1
        groups = {id for id, chat in left.chats.items() if chat < 0}
        bound = max(count * (60 / GROUP_RATE if id in groups else 1.0) for id, count in busiest.items())
        last = max(row.finished_at for row in left.outbox if row.finished_at)
        assert (last - start).total_seconds() <= bound * 1.1 + 120, (last - start, bound)


def named_at(town: Town, who: Any, number: int) -> datetime | None:
    """Return when a message first told the duty officer of a report."""
    said = re.compile(rf"(?<![0-9演]){number}号")
    for call in town.world.calls:
        if call.method == "sendMessage" and call.chat == who.id and call.status == 200:
            text = str(call.params["text"])
            joined = re.search(r"（(\d+)号–(\d+)号）", text)
            if said.search(text) or (joined and int(joined[1]) <= number <= int(joined[2])):
                return call.at
    return None


async def test_of_a_report_a_second_each_has_rung_within_three() -> None:
    reports = 100 if THOROUGH else 20
    async with Town.open() as town:
        town.forgiven = Forgiven(logs=("",))
        people = [town.world.add_user(f"老师{number}") for number in range(reports)]
        school = await town.add_group("城区家校群", "school", *people)
        said = []
        for number, person in enumerate(people):
            said.append(town.clock.now())
            person.send(school, f"/report@tocsin_bot 第{number}小学楼梯踩踏，{number % 9 + 1}名学生受伤")
            await town.clock.advance(timedelta(seconds=1))
        await town.clock.advance(timedelta(seconds=10))
        waits = []
        for number, moment in enumerate(said, 1):
            told = named_at(town, town.duty, number)
            assert told is not None, number
            waits.append(told - moment)
        assert max(waits) <= timedelta(seconds=3), waits
        # Between the rings there is room for what else the seat must read.
        rings = [text for text in town.texts(town.duty) if "【待接报】" in text]
        assert len(rings) <= reports * 2 / 3


async def test_a_real_report_among_a_flood_of_false_ones_is_out_in_its_time() -> None:
    false = 600 if THOROUGH else 30
    async with Town.open() as town:
        town.forgiven = Forgiven(logs=("",))
        parent, other = town.world.add_user("某家长"), town.world.add_user("另一位家长")
        school = await town.add_group("城区家校群", "school", parent, other, town.head)
        begun = town.clock.now()
        for number in range(false):
            parent.send(school, f"/report@tocsin_bot 第{number}小学楼梯踩踏，{number % 9 + 1}名学生受伤")
            if number == false // 2:
                await town.clock.advance(timedelta(seconds=1))
        real = town.clock.now()
        town.head.send(school, "/report@tocsin_bot 实验小学宿舍楼起火，2名学生受伤")
        other.send(school, "/report@tocsin_bot 第二中学实验室爆炸，1名学生受伤")
        await town.clock.advance(timedelta(seconds=5))
        rows = {row.number: row.text for row in await town.incidents()}
        assert len(rows) == false + 2, "each is recorded"
        for words in ("实验小学宿舍楼起火", "第二中学实验室爆炸"):
            [number] = [number for number, text in rows.items() if words in text]
            ring = next(
                call for call in town.world.calls
                if call.method == "sendMessage" and call.chat == town.duty.id and words[:4] in str(call.params["text"])
            )  # fmt: skip
            assert ring.at - real <= timedelta(seconds=3), number
        lines = town.sees(town.duty, "件新报告").text.splitlines()
        assert "赵校长" in lines[1] and "另一位家长" in lines[2] and f"某家长报了{false - 1}件" in lines[3], lines
        # Whoever goes on is recorded, and rings no more than once a minute; a real one still rings at once.
        await town.clock.advance(timedelta(seconds=30))
        before = len([text for text in town.texts(town.duty) if "【待接报】" in text])
        for number in range(10):
            parent.send(school, f"/report@tocsin_bot 又是第{number}小学，1名学生受伤")
            await town.clock.advance(timedelta(seconds=5))
        assert len([text for text in town.texts(town.duty) if "【待接报】" in text]) <= before + 1
        town.head.send(school, "/report@tocsin_bot 实验小学食堂食物中毒，3人呕吐")
        moment = town.clock.now()
        await town.clock.advance(timedelta(seconds=3))
        told = town.sees(town.duty, "食物中毒")
        assert told.date <= moment + timedelta(seconds=3)
        assert begun < moment


async def test_thirty_answers_in_one_second_cost_the_group_no_message() -> None:
    units = tuple(unit for unit in _units() if unit)[:30]
    async with Town.open(units=units) as town:
        town.forgiven = Forgiven(logs=("",), calls=("query is too old",))
        await town.say(town.head, town.bot, STAMPEDE)
        await town.press(town.duty, "我来处理")
        await town.press(town.duty, "需区里组织 → Ⅱ")
        await town.press(town.deputy, "启动Ⅱ级")
        await town.press(town.deputy, "确认宣布")
        await town.advance(seconds=20)
        called = [unit for unit in units if (await town.incident()).calls.get(unit)]
        before = len(town.sends(town.group))
        pressed_at = town.clock.now()
        for unit in called:
            person = town.liaisons[unit]
            person.press(town.button(person, "收到"), "收到")
        await town.settle()
        answered = {unit for unit, call in (await town.incident()).calls.items() if call.status == "收到"}
        assert answered >= set(called) and len(called) >= 20
        # The card counts, in place: the group hears nothing, and is written to no more than the limits allow.
        assert len(town.sends(town.group)) == before
        edits = [call for call in town.world.calls if call.method == "editMessageText" and call.chat == town.group.id
                 and call.at >= pressed_at and call.status == 200]  # fmt: skip
        assert 1 <= len(edits) <= 5
        async with town.open_store.reading() as rx:
            backlog = await rx.outbox.backlog(town.clock.now())
        assert all(waiting.oldest <= timedelta(seconds=60) for waiting in backlog.values()), backlog


def _units() -> list[str]:
    return [unit.id for unit in plans()[PLAN].units if unit.member]
