"""What leaves the outbox, in which order, how fast; and that stopping or dying loses nothing."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.delivery import Budget
from bot.metrics import Metrics
from bot.outgoing.cards import Cards
from bot.outgoing.due_rows import NOTICE
from bot.sender import AFTER_DEATHS, Sender
from tests.bot.rig import AT, Gate, Rig, turns, until


async def test_a_message_is_sent_once_and_its_number_kept(rig: Rig) -> None:
    li = await rig.person("李值班")
    id = await li.write("请接报")
    await rig.send()
    assert li.texts == ["请接报"]
    row = await rig.row(id)
    assert (row.state, row.message_id, row.attempts, row.error) == ("sent", rig.calls[0].result["message_id"], 1, None)
    await rig.send(60)
    assert len(rig.calls) == 1


async def test_a_place_is_written_to_in_order_a_second_apart(rig: Rig) -> None:
    li = await rig.person("李值班")
    for number in range(4):
        await li.write(f"第{number}条")
    await rig.send(10)
    assert li.texts == ["第0条", "第1条", "第2条", "第3条"]
    assert [rig.after(call) for call in rig.calls] == [0, 1, 2, 3]


async def test_what_is_urgent_overtakes_in_its_place_too(rig: Rig) -> None:
    li = await rig.person("李值班")
    await li.write("卡片", priority=3)
    await li.write("答复", priority=2)
    await li.write("叫应", priority=1)
    await rig.send(10)
    assert li.texts == ["叫应", "答复", "卡片"]


async def test_a_message_for_later_waits_for_its_time_and_holds_up_nothing(rig: Rig) -> None:
    li = await rig.person("李值班")
    await li.write("稍后", priority=1, not_before=AT + timedelta(seconds=40))
    await li.write("现在")
    async with rig.sending():
        await rig.clock.advance(timedelta(seconds=39))
        assert li.texts == ["现在"]
        await rig.clock.advance(timedelta(seconds=1))
        assert li.texts == ["现在", "稍后"]


async def test_what_is_written_while_it_sleeps_leaves_at_once(rig: Rig) -> None:
    li = await rig.person("李值班")
    async with rig.sending():
        await rig.clock.advance(timedelta(hours=3))
        await li.write("请接报")
        await rig.clock.settle()
    assert li.texts == ["请接报"]
    assert rig.calls[0].at == AT + timedelta(hours=3)


async def test_calls_that_do_not_count_wait_for_no_minute(rig: Rig) -> None:
    group = await rig.group("指挥群")
    for number in range(20):
        await group.write(f"第{number}条")
    await rig.send(25)
    id = await group.write(method="pinChatMessage", payload={"message_id": rig.calls[0].result["message_id"]})
    await rig.send(1)
    assert (await rig.row(id)).state == "sent"


async def test_a_message_to_be_pinned_is_pinned_with_sound(rig: Rig) -> None:
    group = await rig.group("指挥群")
    id = await group.write("启动Ⅰ级响应", pin=True)
    await rig.send(5)
    pin = rig.calls[-1]
    assert (pin.method, pin.params["message_id"]) == ("pinChatMessage", str((await rig.row(id)).message_id))
    assert pin.params["disable_notification"] == "false"


async def test_a_message_to_a_place_that_is_not_known_is_a_dead_letter(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    li = await rig.person("李值班")
    id = await li.write()
    sender = rig.sender()

    async def nowhere(self: object, id: str) -> None:
        return None

    monkeypatch.setattr("storage.places.Places.get", nowhere)
    async with rig.running(sender):
        pass
    row = await rig.row(id)
    assert (row.state, row.error) == ("dead", "the place is not known any more")


# How long it may take


async def test_an_urgent_message_overtakes_two_thousand_and_a_group_at_its_limit_holds_back_nobody(rig: Rig) -> None:
    group, urgent = await rig.group("指挥群"), await rig.person("钱副区长")
    people = [await rig.person(f"联络{number}") for number in range(100)]
    await rig.queue(*(group.message(f"群{number}") for number in range(300)))
    await rig.queue(*(people[number % 100].message(f"私{number}", priority=3) for number in range(1700)))
    async with rig.sending():
        await rig.clock.advance(timedelta(seconds=5, milliseconds=500))
        await rig.queue(urgent.message("请指挥长决定", priority=1), group.message("启动Ⅱ级响应", priority=1))
        await rig.clock.advance(timedelta(seconds=54, milliseconds=500))
    assert all(call.status == 200 for call in rig.calls)  # the server counts: nothing was refused
    first = {call.params["text"]: rig.after(call) for call in rig.calls}
    assert first["请指挥长决定"] < 7.5
    assert first["启动Ⅱ级响应"] < 7.5
    private = [call for call in rig.calls if call.chat != group.id]
    assert len(private) == 1701
    assert max(map(rig.after, private)) <= 1.05 * (1701 + 20) / 30
    assert len([call for call in rig.calls if call.chat == group.id and rig.after(call) < 60]) == 20


async def test_what_is_written_last_does_not_wait_behind_hundreds_that_are_as_urgent(rig: Rig) -> None:
    called = [await rig.person(f"联络员{number}") for number in range(300)]
    for person in called:
        await person.write("叫应", priority=1)
    seat = await rig.person("李值班")
    async with rig.sending():
        await rig.clock.advance(timedelta(seconds=2))
        await seat.write("又一起：请接报", priority=1)
        await rig.clock.advance(timedelta(seconds=2))
        assert seat.texts == ["又一起：请接报"]
        assert 100 < len(rig.calls) <= 150
        await rig.clock.advance(timedelta(seconds=20))
    assert all(person.texts == ["叫应"] for person in called)


async def test_a_full_groups_urgent_message_goes_before_the_others_that_wait_there(rig: Rig) -> None:
    group = await rig.group("指挥群")
    await rig.queue(*(group.message(f"群{number}", priority=3) for number in range(30)))
    async with rig.sending():
        await rig.clock.advance(timedelta(seconds=30))
        await rig.queue(group.message("启动Ⅰ级响应", priority=1))
        await rig.clock.advance(timedelta(seconds=90))
    assert group.texts[20] == "启动Ⅰ级响应"
    assert [rig.after(call) for call in rig.calls][20:23] == [60, 61, 62]


async def test_the_budget_can_be_a_larger_one(rig: Rig) -> None:
    rig.world.limits = rig.world.limits.unlimited()
    people = [await rig.person(f"联络{number}") for number in range(100)]
    await rig.queue(*(chat.message() for chat in people for _ in range(3)))
    await rig.send(1, Budget(overall=1000, chat_gap=timedelta(milliseconds=100)))
    assert len(rig.calls) == 300


# In the air


async def test_whoever_sends_next_counts_what_was_sent_before_him(file_rig: Rig) -> None:
    group = await file_rig.group("指挥群")
    for number in range(25):
        await group.write(f"第{number}条")
    await file_rig.send(15)
    assert 10 < len(group.texts) < 20
    await file_rig.send(15)  # another sender on the same database
    assert len(group.texts) == 20
    await file_rig.send(60)
    assert len(group.texts) == 25
    times = [file_rig.after(call) for call in file_rig.calls]
    assert [late - early >= 60 for early, late in zip(times, times[20:], strict=False)] == [True] * 5


async def test_a_slow_chat_holds_up_its_own_messages_and_no_others(rig: Rig) -> None:
    rig.world.limits = rig.world.limits.unlimited()
    slow, quick = await rig.person("慢"), await rig.person("快")
    first, second = await slow.write("一"), await slow.write("二")
    gate = Gate(rig.bot_api)
    gate.shut(slow)
    sender = rig.sender(Budget(chat_gap=timedelta()), gate)
    task = asyncio.create_task(sender.run())
    try:
        await until(lambda: gate.waiting)
        await quick.write("三")
        await until(lambda: quick.texts)
        assert await rig.rows(first, second) == ["sending", "pending"]
        gate.open(slow)
        await until(lambda: len(slow.texts) == 2)
    finally:
        sender.stop()
        await task
    assert slow.texts == ["一", "二"]


async def test_no_more_than_forty_calls_are_in_the_air(rig: Rig) -> None:
    rig.world.limits = rig.world.limits.unlimited()
    people = [await rig.person(f"联络{number}") for number in range(50)]
    await rig.queue(*(chat.message() for chat in people))
    gate = Gate(rig.bot_api)
    for chat in people:
        gate.shut(chat)
    sender = rig.sender(Budget(overall=1000), gate)
    task = asyncio.create_task(sender.run())
    try:
        await until(lambda: len(gate.waiting) == 40)
        await turns()
        assert len(gate.waiting) == 40
        for chat in people:
            gate.open(chat)
        await until(lambda: len(rig.calls) == 50)
    finally:
        sender.stop()
        await task


async def test_stopping_lets_the_calls_in_the_air_end_and_begins_none(rig: Rig) -> None:
    li, other = await rig.person("李值班"), await rig.person("周值班")
    id = await li.write("在途")
    gate = Gate(rig.bot_api)
    gate.shut(li)
    sender = rig.sender(bot_api=gate)
    task = asyncio.create_task(sender.run())
    await until(lambda: gate.waiting)
    sender.stop()
    late = await other.write("太迟")
    gate.open(li)
    await task
    assert await rig.rows(id, late) == ["sent", "pending"]
    assert li.texts == ["在途"] and not other.texts


# After a death


async def test_what_a_dead_process_had_in_the_air_is_tried_once_more_and_said_to_be_uncertain(file_rig: Rig) -> None:
    rig = file_rig
    li = await rig.person("李值班")
    await li.write("请接报")
    async with rig.store.writing() as tx:  # it died after this, before or after Telegram had it
        [claimed] = await tx.outbox.claim(AT, 10)
    await rig.reopen()
    await rig.send(1)
    assert not rig.calls
    await rig.send(1)
    row = await rig.row(claimed.id)
    assert (row.state, row.ambiguous, row.attempts) == ("sent", 1, 2)
    assert li.texts == ["请接报"]


async def test_a_message_during_which_it_dies_again_and_again_is_not_tried_for_ever(file_rig: Rig) -> None:
    rig = file_rig
    li = await rig.person("李值班")
    id = await li.write("请接报")
    for death in range(AFTER_DEATHS + 1):
        assert await rig.rows(id) == ["pending"], f"given up after {death} deaths"
        async with rig.store.writing() as tx:
            await tx.outbox.claim(rig.clock.now(), 10)
        await rig.reopen()
        await rig.send()
        await rig.clock.advance(timedelta(seconds=2))
    await rig.send(600)
    assert await rig.rows(id) == ["ambiguous"]
    assert not rig.calls
    assert [line["outbox"] for line in rig.logged("message.ambiguous")] == [id]


async def test_a_bug_in_one_call_stops_the_run_and_the_next_one_takes_everything_up_again(rig: Rig) -> None:
    li, other = await rig.person("李值班"), await rig.person("周值班")
    gate = Gate(rig.bot_api)
    gate.shut(other)
    ids = [await li.write("一"), await other.write("二")]

    class Broken:
        async def call(self, method: str, payload: dict[str, Any], *, read_timeout: float = 20.0) -> object:
            if payload["chat_id"] == li.id:
                raise RuntimeError("a bug")
            return await gate.call(method, payload)

    with pytest.raises(RuntimeError):
        await rig.sender(bot_api=Broken()).run()
    assert await rig.rows(*ids) == ["sending", "sending"]
    await rig.send(3)
    assert await rig.rows(*ids) == ["sent", "sent"]
    assert (li.texts, other.texts) == (["一"], ["二"])


async def test_what_arrives_is_counted_by_kind_of_case_and_by_whether_it_rings_and_by_night(rig: Rig) -> None:
    li = await rig.person("李值班")
    for stream, ring in (("incident:17", True), ("entry:1", False), ("admin:某区", False), (None, True)):
        await li.write("一条", stream=stream, ring=ring)
    await li.write("到期", notice=NOTICE, ring=True)
    metrics = Metrics()
    sender = Sender(rig.store, rig.bot_api, rig.clock, Cards(rig.service.dispatcher), metrics=metrics)
    async with rig.running(sender):
        await rig.clock.advance(timedelta(minutes=1))
        await rig.clock.advance(timedelta(hours=12))  # 22:21
        await li.write("夜间", stream="instruction:3", ring=True)
        await rig.clock.advance(timedelta(minutes=1))
    counted = {
        tuple(sample.labels[name] for name in ("case", "heard", "time")): sample.value
        for family in metrics.messages.collect()
        for sample in family.samples
        if sample.name == "tocsin_messages_total"
    }
    assert counted == {
        ("incident", "ring", "day"): 1, ("entry", "silent", "day"): 1, ("office", "silent", "day"): 1,
        ("office", "ring", "day"): 1, ("several", "ring", "day"): 1, ("instruction", "ring", "night"): 1,
    }  # fmt: skip
