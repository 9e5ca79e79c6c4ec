"""The town in motion, without a browser: a dead bot loses nothing, time stands or goes back, steps are done once."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest
from yarl import URL

from bot.cases import records
from bot.demo.run import show
from bot.demo.show import Show
from bot.demo.stage import OPENING, NotPlayed, Screen
from bot.demo.town import FIRST_MOMENT
from bot.playground import Fault, Person
from plans.desk.drill_state import Drill
from plans.desk.evaluating import verdict_of

SHORT = """title: 短
begins: 2026-03-05T21:40:00+08:00
steps:
  - text: 校长报告。
    clause: "4.1.1"
    acts:
      - {as: 赵校长, say: 实验小学宿舍楼楼梯发生踩踏，4名学生受伤}
    look:
      李值班: [待接报, 我来处理]
  - text: 值班员接手。
    at: "21:42"
    acts:
      - {as: 李值班, press: 我来处理, about: 待接报, gone: true}
    look:
      赵校长: 值班员已接手
  - text: 时限到了。
    next: true
    look:
      李值班:
"""


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Show]:
    (tmp_path / "scenes").mkdir()
    (tmp_path / "scenes" / "short.yaml").write_text(SHORT, encoding="utf-8")
    async with show(rate=0, scenes=tmp_path / "scenes", folder=tmp_path) as (town, _):
        yield town


def person(town: Show, name: str) -> Person:
    return next(town.world.person(part.person) for part in town.cast() if part.name == name)


def texts(who: Person) -> list[str]:
    return [line.text for line in who.timeline(str(who.id)) if line.from_bot]


async def test_while_time_stands_still_what_the_bot_writes_comes_out_and_only_seconds_pass(town):
    head, duty = person(town, "赵校长"), person(town, "李值班")
    head.send(str(head.id), OPENING)
    await duty.sees(str(duty.id), "值班工作单")  # the third message to one chat, two seconds behind the first
    await head.sees(str(head.id), "已记录 1号")
    assert timedelta() < town.now() - FIRST_MOMENT < timedelta(seconds=20)
    assert town.world.breaches == []
    assert [call for call in town.world.calls if call.status == 429] == []
    before = town.now()
    await asyncio.sleep(0.3)
    assert town.now() - before <= timedelta(seconds=2)


async def test_a_report_to_a_dead_bot_is_answered_when_it_lives_again(town):
    head, duty = person(town, "赵校长"), person(town, "李值班")
    await head.sees(str(head.id), "直接发文字")
    await town.kill()
    assert not town.alive
    head.send(str(head.id), OPENING)
    town.jump(timedelta(minutes=2))
    await asyncio.sleep(0.2)
    assert not any("已记录" in text for text in texts(head))
    assert town.world.pending_updates == 1
    await town.kill()  # the dead are not killed twice
    await town.revive()
    await head.sees(str(head.id), "已记录 1号")
    await duty.sees(str(duty.id), "待接报")
    assert sum("已记录" in text for text in texts(head)) == 1
    assert (await town.deadlines())[0].incident == 1


async def test_what_was_known_before_the_power_was_cut_is_known_after(town):
    head, duty = person(town, "赵校长"), person(town, "李值班")
    head.send(str(head.id), OPENING)
    ring = await duty.sees(str(duty.id), "待接报")
    due = [(one.report, one.due) for one in await town.deadlines()]
    assert due
    await town.kill()
    assert [(one.report, one.due) for one in await town.deadlines()] == due
    press = duty.press(ring, "我来处理")
    await town.revive()
    await asyncio.wait_for(press.answer(), 10)
    await head.sees(str(head.id), "值班员已接手")


async def test_nothing_is_lost_or_doubled_however_often_the_power_is_cut(town):
    head = person(town, "赵校长")
    rng = random.Random(7)
    for number in range(6):
        head.send(str(head.id), f"第{number}教学楼楼梯踩踏，{number + 1}名学生受伤")
        await asyncio.sleep(rng.random() * 0.05)
        await town.kill()
        await town.revive()
    for number in range(6):
        await head.sees(str(head.id), f"受伤{number + 1}人", within=20)
    receipts = [text for text in texts(head) if text.startswith("已记录")]
    assert sorted(int(text.split()[1].split("号")[0]) for text in set(receipts)) == list(range(1, 7))
    assert town.world.breaches == []


async def test_a_call_in_the_air_when_the_power_is_cut_is_made_good(town):
    head = person(town, "赵校长")
    await head.sees(str(head.id), "直接发文字")
    town.world.faults.add(Fault(kind="delay", method="sendMessage", chat=head.id, seconds=30))
    head.send(str(head.id), OPENING)
    await town.world.until(lambda: any(call.fault == "delay" for call in town.world.calls))
    await asyncio.wait_for(town.kill(), 10)
    await town.revive()
    await head.sees(str(head.id), "已记录 1号")


async def test_a_town_begun_anew_is_empty_and_at_its_first_moment(town):
    head, duty = person(town, "赵校长"), person(town, "李值班")
    await head.sees(str(head.id), "直接发文字")
    head.send(str(head.id), OPENING)
    await head.sees(str(head.id), "已记录 1号")
    town.jump(timedelta(hours=5))
    await duty.sees(str(duty.id), "已逾期", within=30)
    night = town.night
    await town.reset()
    assert town.night == night + 1
    assert town.now() - FIRST_MOMENT < timedelta(seconds=5)
    assert await town.deadlines() == []
    await head.sees(str(head.id), "直接发文字")
    assert not any("已记录" in text for text in texts(head))
    head.send(str(head.id), OPENING)
    await head.sees(str(head.id), "已记录 1号")
    assert town.next_deadline() is not None or await town.deadlines()


async def test_a_scene_begins_at_its_own_time_and_each_act_is_done_once(town):
    first = await town.play("short")
    assert (first.number, first.of, first.clause) == (1, 3, "4.1.1")
    assert town.rate == 0
    assert f"{town.now():%m-%d %H:%M}" == "03-05 13:40"
    duty = person(town, "李值班")
    assert [(look.person, look.words) for look in first.looks] == [(duty.id, ("待接报", "我来处理"))]
    # The visitor presses what the next step would press.
    duty.press(await duty.sees(str(duty.id), "待接报"), "我来处理")
    second = await town.step()
    assert second is not None and second.number == 2
    assert town.performance is not None and len(town.performance.performed) == 1
    assert f"{town.now():%H:%M}" == "13:42"
    await town.deadlines()
    due = town.next_deadline()
    third = await town.step()
    assert third is not None and town.shown == third
    assert due is not None and town.now() >= due
    assert await town.step() is None
    with pytest.raises(KeyError):
        await town.play("nothing")


async def test_a_step_that_comes_to_no_end_says_what_was_missing_and_is_tried_again(town):
    await town.play("short")
    duty, head = person(town, "李值班"), person(town, "赵校长")
    head.block(town.world.bot())
    with pytest.raises(NotPlayed, match="赵校长没有看到「值班员已接手」"):
        await town.step()
    assert town.shown is not None and town.shown.number == 1
    assert "我来处理" not in [label for line in duty.timeline(str(duty.id)) for label in line.labels()]
    await town.kill()
    with pytest.raises(NotPlayed, match="机器人关着"):
        await town.step()


async def looked_at(screen: Screen | None) -> tuple[str, str]:
    """Return what a browser gets that is brought to a screen, and the address of its events."""
    assert screen is not None
    name, secret = screen.cookie
    address = urlsplit(screen.address)
    async with aiohttp.ClientSession(cookies={name: secret}, cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        session.cookie_jar.update_cookies({name: secret}, URL(screen.address))
        async with session.get(screen.address) as answer:
            page = await answer.text()
        async with session.get(f"{address.scheme}://{address.netloc}{address.path}/events") as answer:
            data = await answer.content.readuntil(b"\r\n\r\n") if answer.status == 200 else b""
            return page, data.decode()


async def test_the_wall_is_paired_and_the_board_is_the_duty_officers_also_after_a_power_cut(town):
    head, duty = person(town, "赵校长"), person(town, "李值班")
    head.send(str(head.id), OPENING)
    await duty.sees(str(duty.id), "值班工作单")
    page, told = await looked_at(await town.wall())
    assert 'data-page="wall"' in page and "1号 实验小学" in told
    page, told = await looked_at(await town.board())
    assert 'data-page="board"' in page and "/board/incident/" in page
    await town.kill()
    assert await town.wall() is None and await town.board() is None
    await town.revive()
    page, told = await looked_at(await town.wall())
    assert "1号 实验小学" in told
    for _ in range(4):
        assert await town.wall() is not None


async def test_the_drill_by_its_script_from_the_choice_to_what_is_mended(tmp_path):
    """The whole scene, step by step: what each shows is seen, and the drill that it tells has really happened."""
    async with show(rate=0, folder=tmp_path) as (town, _):
        walls = int((await town.play("directed")).wall)
        while (step := await town.step()) is not None:
            walls += step.wall
        performance = town.performance
        assert performance is not None and performance.over and walls == 3
        assert performance.performed == [act for step in performance.script.steps for act in step.acts]
        async with town.looking() as program:
            assert program is not None
            async with program.service.store.reading() as rx:
                [row] = await rx.cases.newest("drill", 9)
                drill = await records.load_case(rx, row.stream)
        assert isinstance(drill, Drill) and drill.state == "over" and drill.counts
        assert [number for _, _, number in drill.holds] == [1], "held by the real one"
        assert [item.number for item in drill.items.values() if item.skipped] == [10]
        assert {item.number: verdict_of(item) for item in drill.looks if item.played_at} == {
            2: "met", 4: "late", 5: "met", 7: "unmet", 8: "unmet", 9: "unmet"
        }  # fmt: skip
        assert {finding: one.stands for finding, one in drill.mended.items()} == {"look:8": "given"}
        notes = [item.note for item in drill.items.values() if item.note]
        others = [person(town, part.name) for part in town.cast() if part.name not in ("陈主任", "何值班")]
        assert not [text for who in others for text in texts(who) if any(note in text for note in notes)]
        assert [call for call in town.world.calls if call.status >= 400] == [] and town.world.breaches == []


async def test_a_report_goes_up_to_the_city_and_its_question_comes_back(tmp_path: Path) -> None:
    async with show(rate=0, folder=tmp_path) as (town, _):
        step = await town.play("upward")
        while step.number < step.of:
            step = await town.step() or step
        assert town.performance is not None and town.performance.over
        assert [call for call in town.world.calls if call.status >= 400] == [] and town.world.breaches == []
        assert {item.incident for item in await town.deadlines()} == {1}, "the strip has the district's clocks alone"
        async with town.looking() as program:
            assert program is not None
            store, cases = program.service.store, []
            for place in ("晋城市城区", "晋城市"):
                async with store.reading() as rx:
                    row = await rx.incidents.by_number(place, None, 1, False)
                assert row is not None
                cases.append(await program.service.incident(row.stream))
    below, above = (pair[1] for pair in cases if pair is not None)
    assert [item.state for item in below.submissions.values()] == ["taken"] * 3
    assert [item.report for item in below.submissions.values()] == ["首报", "核实答复", "终报"]
    assert above.reporter == below.jurisdiction and len(above.asked_back) == 1
    told = "".join(getattr(item.event, "text", "") or "" for item in above.events)
    assert "待补报" in told and "〔" not in told, "nobody there can fill anything in"
