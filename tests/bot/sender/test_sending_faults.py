"""What goes wrong on the way to Telegram: nothing is lost, nothing said more often than it must be, somebody told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.playground import Limits
from storage.people import Channel
from tests.bot.rig import AT, Chat, Gate, Rig, turns, until

REFUSED = "Bad Request: can't parse entities: Unsupported start tag"


# Told to wait


async def test_a_wait_that_telegram_imposed_survives_a_restart(file_rig: Rig) -> None:
    rig = file_rig
    group = await rig.group("指挥群")
    id = await group.write("启动Ⅱ级响应")
    rig.fault("status", chat=group.id, status=429, retry_after=30)
    await rig.send(10)
    assert [call.status for call in rig.calls] == [429]
    await rig.reopen()
    async with rig.sending():
        await rig.clock.advance_to(AT + timedelta(seconds=30) - timedelta(milliseconds=1))
        assert len(rig.calls) == 1
        await rig.clock.advance_to(AT + timedelta(seconds=30))
    assert [rig.after(call) for call in rig.calls] == [0, 30]
    assert (await rig.row(id)).state == "sent" and group.texts == ["启动Ⅱ级响应"]


async def test_one_chats_wait_delays_no_other(rig: Rig) -> None:
    group, li = await rig.group("指挥群"), await rig.person("李值班")
    await group.write("群一")
    rig.fault("status", chat=group.id, status=429, retry_after=60)
    async with rig.sending():
        await group.write("群二", priority=1)
        ids = [await li.write(f"私{number}") for number in range(5)]
        await rig.clock.advance(timedelta(seconds=10))
        assert await rig.rows(*ids) == ["sent"] * 5
        assert not group.texts
        await rig.clock.advance(timedelta(seconds=60))
    assert group.texts == ["群二", "群一"]
    assert [rig.after(call) for call in rig.calls if call.chat == li.id] == [0, 1, 2, 3, 4]


async def test_one_chats_wait_delays_no_others_second_try_and_no_message_for_later(rig: Rig) -> None:
    group, li, zhou = await rig.group("指挥群"), await rig.person("李值班"), await rig.person("周值班")
    await group.write("群一")
    await li.write("请接报")
    await zhou.write("稍后", not_before=AT + timedelta(seconds=7))
    rig.fault("status", chat=group.id, status=429, retry_after=60)
    rig.fault("reset", chat=li.id)
    await rig.send(20)
    assert [rig.after(call) for call in rig.calls if call.chat == li.id] == [0, 2]
    assert [rig.after(call) for call in rig.calls if call.chat == zhou.id] == [7]


async def test_what_waits_behind_a_full_group_delays_no_second_try(rig: Rig) -> None:
    group, li = await rig.group("指挥群"), await rig.person("李值班")
    await rig.queue(*(group.message() for _ in range(30)))
    async with rig.sending():
        await rig.clock.advance(timedelta(seconds=25))
        rig.fault("reset", chat=li.id)
        await li.write("请接报")
        await rig.clock.advance(timedelta(seconds=10))
    assert [rig.after(call) for call in rig.calls if call.chat == li.id] == [25, 27]


async def test_limits_stricter_than_ours_are_obeyed(rig: Rig) -> None:
    rig.world.limits = Limits(overall=5, group=3)
    group, people = await rig.group("指挥群"), [await rig.person(f"联络{number}") for number in range(20)]
    ids = await rig.queue(*(chat.message() for chat in [*people, *[group] * 5]))
    await rig.send(200)
    assert set(await rig.rows(*ids)) == {"sent"}
    assert len([call for call in rig.calls if call.status == 200]) == 25


async def test_a_token_that_is_refused_holds_everything_and_loses_nothing(rig: Rig) -> None:
    li, zhou = await rig.person("李值班"), await rig.person("周值班")
    ids = [await li.write(), await zhou.write()]
    account = rig.world.state.bots[rig.account.id]
    right, account.token = account.token, "110201543:" + "B" * 35
    async with rig.sending():
        await rig.clock.advance(timedelta(minutes=10))
        assert await rig.rows(*ids) == ["pending", "pending"]
        assert len(rig.world.calls) < 30  # one for each message a minute
        account.token = right
        await rig.clock.advance(timedelta(minutes=2))
    assert await rig.rows(*ids) == ["sent", "sent"]


# No answer


@pytest.mark.parametrize(("kind", "copies"), [("drop", 2), ("reset", 1)])
async def test_an_ambiguous_outcome_is_tried_once_more_with_the_same_words(rig: Rig, kind: Any, copies: int) -> None:
    li = await rig.person("李值班")
    id = await li.write("【17号】请接报", reference="17号", ring=True)
    rig.fault(kind, chat=li.id)
    await rig.send(60)
    row = await rig.row(id)
    assert (row.state, row.ambiguous) == ("sent", 1)
    assert li.texts == ["【17号】请接报"] * copies
    assert [rig.after(call) for call in rig.calls] == [0, 2]
    assert rig.calls[0].params == rig.calls[1].params


async def test_it_is_not_tried_a_third_time(rig: Rig) -> None:
    li = await rig.person("李值班")
    id = await li.write("请接报")
    rig.fault("drop", chat=li.id, times=-1)
    await rig.send(600)
    assert len(li.texts) == len(rig.calls) == 2
    assert await rig.rows(id) == ["ambiguous"]
    assert [line["outbox"] for line in rig.logged("message.ambiguous")] == [id]


async def test_a_second_uncertainty_about_what_rings_tells_the_seat_whom_to_ring(rig: Rig) -> None:
    li, sun = await rig.person("李值班", "duty", seated=True), await rig.person("孙卫健", "liaison", unit="区卫健局")
    incident = await rig.incident(await rig.person("周校长", "reporter"))
    await rig.clear()
    rig.fault("drop", chat=sun.id, times=2)
    await sun.write("请到场", ring=True, stream=incident.stream, notice="call", call="call:区卫健局:1")
    await rig.send(30)
    [told] = li.texts
    assert "孙卫健" in told


async def test_what_is_given_up_is_counted_and_its_words_are_told_on_another_way(rig: Rig) -> None:
    li, sun = await rig.person("李值班", "duty", seated=True), await rig.person("孙卫健", "liaison", unit="区卫健局")
    other = await rig.person("周值班")
    incident = await rig.incident(await rig.person("周校长", "reporter"))
    await rig.clear()
    async with rig.store.writing() as tx:
        await tx.people.add_channel(Channel(
            id="mail", person_id=sun.person, place_id=sun.place, kind="邮件", address="mailto://x:y@smtp.example.cn",
            quiet="", created_at=AT, proved_at=None,
        ))  # fmt: skip
    rig.fault("timeout", chat=sun.id, times=-1)
    id = await sun.write(
        "【17号】请到实验小学", ring=True, stream=incident.stream, notice="call", call="call:区卫健局:1"
    )
    told = Notified()
    sender = rig.sender(notifier=told)
    async with rig.running(sender):
        for number in range(20):
            await other.write(f"别的{number}")
            await rig.clock.advance(timedelta(seconds=1))
    row = await rig.row(id)
    assert (row.state, row.ambiguous, len(sun.texts)) == ("ambiguous", 2, 2)
    assert len(other.texts) == 20
    async with rig.store.reading() as rx:
        assert await rx.outbox.dead_count() == 1
        assert [item.id for item in await rx.outbox.dead_letters()] == [id]
    assert told.texts == ["【17号】请到实验小学"]
    [word] = [text for text in li.texts if "孙卫健" in text]
    assert "内容：【17号】请到实验小学" in word


class Notified:
    """Another way than Telegram, that works."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    async def notify(self, address: str, text: str, whose: str = "") -> None:
        self.texts.append(text)

    async def examine(self, address: str, whose: str = "") -> str:
        return "邮件"

    async def close(self) -> None:
        return None


async def test_other_ways_are_not_held_up_by_an_outage_of_telegram(rig: Rig) -> None:
    sun = await rig.person("孙卫健", "liaison", unit="区卫健局")
    async with rig.store.writing() as tx:
        await tx.people.add_channel(Channel(
            id="mail", person_id=sun.person, place_id=sun.place, kind="邮件", address="mailto://x:y@smtp.example.cn",
            quiet="", created_at=AT, proved_at=None,
        ))  # fmt: skip
    rig.fault("garbage", times=-1, status=502)
    told = Notified()
    sender = rig.sender(notifier=told)
    async with rig.running(sender):
        await sun.write("请到场")
        await rig.clock.advance(timedelta(seconds=10))
        await sun.write(method="notify", payload={"channel": "mail", "text": "请到场"})
        await rig.clock.advance(timedelta(seconds=1))
        assert told.texts == ["请到场"] and not sun.texts


async def test_what_is_settled_while_it_is_in_doubt_is_not_tried_again(rig: Rig) -> None:
    li = await rig.person("李值班")
    gate = Gate(rig.bot_api)
    gate.shut(li)
    first, second = await li.write("请决定", guard="s|proposal:3"), await li.write("请决定", guard="s|proposal:4")
    rig.fault("reset", chat=li.id)
    sender = rig.sender(bot_api=gate)
    async with _begun(sender, gate):
        async with rig.store.writing() as tx:
            await tx.outbox.withdraw({"s|proposal:3"}, rig.clock.now())
        gate.open(li)
        await until(lambda: rig.calls)
        await turns()
    await rig.send(10)
    assert await rig.rows(first, second) == ["dropped", "sent"]
    assert (await rig.row(first)).error == "withdrawn"
    assert li.texts == ["请决定"] and len(rig.calls) == 2


@asynccontextmanager
async def _begun(sender: Any, gate: Gate) -> AsyncIterator[None]:
    """Run a sender of which a call is in the air."""
    task = asyncio.create_task(sender.run())
    try:
        await until(lambda: gate.waiting)
        yield
    finally:
        sender.stop()
        await asyncio.wait_for(task, 10)


async def test_while_nothing_gets_through_hardly_anything_is_tried(rig: Rig) -> None:
    people = [await rig.person(f"联络{number}") for number in range(60)]
    outage = rig.fault("garbage", times=-1, status=502)
    ids = await rig.queue(*(chat.message(priority=1, ring=True, reference="17号") for chat in people))
    async with rig.sending():
        await rig.clock.advance(timedelta(minutes=10))
        assert len(rig.calls) == 30  # what was in the air when it began
        outage.times = 0
        await rig.clock.advance(timedelta(seconds=10))
    assert set(await rig.rows(*ids)) == {"sent"}
    assert all(chat.texts[0].startswith("〔补发，原应10:20送达") for chat in people)
    doubtful = [chat.texts[0] for chat, id in zip(people, ids, strict=True) if (await rig.row(id)).ambiguous]
    assert len(doubtful) == 30 and all("若已收到，以一条为准" in text for text in doubtful)


async def test_an_outage_that_comes_and_goes_gives_nothing_up(rig: Rig) -> None:
    people = [await rig.person(f"联络{number}") for number in range(40)]
    ids = await rig.queue(*(chat.message(priority=1) for chat in people))
    async with rig.sending():
        for kind in ("timeout", "reset", "garbage", "refused", "half"):
            outage = rig.fault(kind, times=-1, status=503)
            await rig.clock.advance(timedelta(seconds=40))
            outage.times = 0
            outage = rig.fault(kind, times=-1, skip=3, status=503)  # three get through, and it is away again
            await rig.clock.advance(timedelta(seconds=40))
            outage.times = 0
        await rig.clock.advance(timedelta(minutes=2))
    assert set(await rig.rows(*ids)) == {"sent"}
    for chat, id in zip(people, ids, strict=True):
        assert 1 <= len(chat.texts) <= 1 + (await rig.row(id)).ambiguous


async def test_a_page_of_a_proxy_blames_neither_the_person_nor_the_words(rig: Rig) -> None:
    li = await rig.person("李值班")
    for status in (400, 403, 404, 407, 429, 500, 502, 503, 504):
        rig.fault("garbage", chat=li.id, status=status)
        id = await li.write("请接报")
        await rig.send(10)
        assert (await rig.row(id)).state == "sent", status
    async with rig.store.reading() as rx:
        person = await rx.people.get(li.person)
    assert person is not None and person.blocked_at is None and len(li.texts) == 9


async def test_the_seat_reads_afterwards_from_when_to_when_nothing_got_through(rig: Rig) -> None:
    li, sun = await rig.person("李值班", "duty", seated=True), await rig.person("孙卫健", "liaison", unit="区卫健局")
    await rig.group("指挥群", "command")
    outage = rig.fault("reset", times=-1)
    await sun.write("请到场", ring=True)
    await sun.write("供参考")
    async with rig.sending():
        await rig.clock.advance(timedelta(minutes=1))
        outage.times = 0
        await rig.clock.advance(timedelta(seconds=20))
    [word] = [text for text in li.texts if "网络恢复" in text]
    assert "10:20–10:21" in word and "提醒和叫应1条、其他消息1条" in word
    assert sun.texts[0].startswith("〔补发") and sun.texts[1] == "供参考"


async def test_a_call_that_never_left_is_repeated_until_it_does(rig: Rig) -> None:
    li = await rig.person("李值班")
    id = await li.write("请接报")
    rig.fault("refused", times=4)
    await rig.send(60)
    assert [rig.after(call) for call in rig.calls] == [0, 8]
    # While nothing gets through Telegram is asked who we are, which changes nothing, instead.
    assert [rig.after(call) for call in rig.world.calls if call.method == "getMe"][-4:] == [0, 1, 3, 8]
    row = await rig.row(id)
    assert (row.state, row.ambiguous, li.texts) == ("sent", 0, ["请接报"])


async def test_an_outage_of_minutes_loses_nothing_and_keeps_the_order(rig: Rig) -> None:
    li, zhou = await rig.person("李值班"), await rig.person("周值班")
    outage = rig.fault("status", times=-1, status=502)
    ids = [await chat.write(f"第{number}条") for number in range(5) for chat in (li, zhou)]
    async with rig.sending():
        await rig.clock.advance(timedelta(minutes=10))
        outage.times = 0
        ids.append(await li.write("更急", priority=1))
        await rig.clock.advance(timedelta(minutes=2))
    assert set(await rig.rows(*ids)) == {"sent"}
    assert zhou.texts == [f"第{number}条" for number in range(5)]
    assert li.texts == ["更急", *(f"第{number}条" for number in range(5))]


async def test_an_edit_that_did_arrive_is_shown_once_however_often_it_is_tried(rig: Rig) -> None:
    li = await rig.person("李值班")
    await li.write("旧")
    await rig.send(1)
    shown = rig.calls[0].result["message_id"]
    rig.fault("drop", method="editMessageText")
    id = await li.write(method="editMessageText", payload={"message_id": shown, "text": "新"})
    await rig.send(10)
    assert [call.status for call in rig.calls[1:]] == [200, 400]  # not modified
    assert (await rig.row(id)).state == "sent" and li.texts == ["新"]


# Never


async def seated(rig: Rig) -> tuple[Chat, Chat, Chat, str]:
    """Return the seat, a liaison, the command group, and an incident's stream; nothing waits."""
    li = await rig.person("李值班", "duty", seated=True)
    sun = await rig.person("孙卫健", "liaison", unit="区卫健局")
    group = await rig.group("指挥群", "command")
    incident = await rig.incident(await rig.person("周校长", "reporter"))
    await rig.clear()
    return li, sun, group, incident.stream


async def test_a_person_who_blocked_the_bot_is_marked_and_the_seat_is_told_whom_to_ring(rig: Rig) -> None:
    li, sun, group, stream = await seated(rig)
    sun.player.block(rig.account)
    id = await sun.write("请到场", ring=True, stream=stream, notice="call", call="call:区卫健局:1")
    await rig.send(10)
    row = await rig.row(id)
    assert (row.state, row.error) == ("dead", "Forbidden: bot was blocked by the user")
    async with rig.store.reading() as rx:
        known = await rx.people.get(sun.person)
        dead = await rx.outbox.dead_letters()
    assert known is not None and known.blocked_at == AT
    assert [item.id for item in dead] == [id]
    [told] = li.texts
    assert "孙卫健" in told and not group.texts
    assert [line["outbox"] for line in rig.logged("message.dead")] == [id]


async def test_when_it_is_the_seat_that_cannot_be_reached_the_command_group_is_told(rig: Rig) -> None:
    li, _, group, stream = await seated(rig)
    li.player.block(rig.account)
    await li.write("请接报", ring=True, stream=stream, notice="duty_ring")
    await rig.send(10)
    [told] = group.texts
    assert "李值班" in told


async def test_an_announcement_that_the_group_cannot_get_is_told_to_the_seat(rig: Rig) -> None:
    li, _, group, stream = await seated(rig)
    group.player.remove(group.group, rig.account)
    id = await group.write("启动Ⅱ级响应", stream=stream, notice="announced")
    await rig.send(10)
    assert await rig.rows(id) == ["dead"]
    assert len(li.texts) == 1 and "指挥群" in li.texts[0]
    async with rig.store.reading() as rx:
        place = await rx.places.get(group.place)
    assert place is not None and not place.member


async def test_a_dead_letter_about_a_dead_letter_tells_nobody(rig: Rig) -> None:
    li, sun, group, stream = await seated(rig)
    for chat in (li, sun):
        chat.player.block(rig.account)
    group.player.remove(group.group, rig.account)
    await sun.write("请到场", ring=True, stream=stream, notice="call")
    await rig.send(600)
    assert len(rig.calls) < 10
    async with rig.store.reading() as rx:
        assert await rx.outbox.next_at() is None


async def test_what_neither_rings_nor_is_said_to_the_group_wakes_nobody(rig: Rig) -> None:
    li, sun, group, stream = await seated(rig)
    sun.player.block(rig.account)
    id = await sun.write("供参考", stream=stream)
    await rig.send(10)
    assert await rig.rows(id) == ["dead"]
    assert not li.texts and not group.texts


async def test_a_person_who_cannot_be_reached_holds_up_none_of_the_others(rig: Rig) -> None:
    gone, li = await rig.person("离职"), await rig.person("李值班")
    gone.player.deactivate()
    ids = [await gone.write(), await gone.write(), await li.write("请接报")]
    await rig.send(10)
    assert await rig.rows(*ids) == ["dead", "dead", "sent"]


async def test_words_that_telegram_does_not_take_are_a_dead_letter_at_once(rig: Rig) -> None:
    li = await rig.person("李值班")
    ids = [await li.write("长" * 5000), await li.write("短")]
    await rig.send(5)
    assert await rig.rows(*ids) == ["dead", "sent"]
    assert len(rig.calls) == 2


# Elsewhere, or otherwise


async def test_a_group_that_became_a_supergroup_is_written_to_under_its_new_number(rig: Rig) -> None:
    group = await rig.group("指挥群", "command", old=True)
    new = group.player.upgrade(group.group)
    ids = [await group.write("一"), await group.write("二")]
    await rig.send(10)
    assert await rig.rows(*ids) == ["sent", "sent"]
    assert replace(group, group=new).texts == ["一", "二"]
    async with rig.store.reading() as rx:
        place = await rx.places.get(group.place)
        assert place is not None and (place.chat_id, place.kind) == (new.id, "command")
    assert [call.chat for call in rig.calls] == [group.id, new.id, new.id]


async def test_markup_that_telegram_refuses_is_left_out_and_the_words_arrive(rig: Rig) -> None:
    li = await rig.person("李值班")
    bold = {"text": "启动Ⅱ级响应", "entities": [{"type": "bold", "offset": 0, "length": 6}]}
    rig.fault("status", chat=li.id, status=400, description=REFUSED)
    id = await li.write(payload=bold, ring=True, priority=1, reference="17号", call="call:区卫健局:1", guard="call:1")
    await rig.send(10)
    assert li.texts == ["启动Ⅱ级响应"]
    assert "entities" in rig.calls[0].params and "entities" not in rig.calls[1].params
    first, second = await rig.row(id), await rig.row(id + 1)
    assert (first.state, second.state) == ("dropped", "sent")
    kept = ("ring", "priority", "reference", "call", "guard", "place_id", "person_id", "created_at", "notice")
    assert [getattr(first, name) for name in kept] == [getattr(second, name) for name in kept]


async def test_words_without_markup_are_not_tried_for_ever(rig: Rig) -> None:
    li = await rig.person("李值班")
    rig.fault("status", chat=li.id, status=400, description=REFUSED, times=-1)
    ids = [await li.write(payload={"text": "甲", "entities": [{"type": "bold", "offset": 0, "length": 1}]})]
    await rig.send(60)
    assert await rig.rows(*ids, ids[0] + 1) == ["dropped", "dead"]
    assert len(rig.calls) == 2


async def test_what_was_settled_before_it_left_does_not_leave(rig: Rig) -> None:
    li = await rig.person("李值班")
    await li.write("先")
    first, second = await li.write("请决定", guard="s|proposal:3"), await li.write("请决定", guard="s|proposal:4")
    async with rig.sending():
        async with rig.store.writing() as tx:
            await tx.outbox.withdraw({"s|proposal:3"}, rig.clock.now())
        await rig.clock.advance(timedelta(seconds=10))
    assert await rig.rows(first, second) == ["dropped", "sent"]
    assert (await rig.row(first)).error == "withdrawn"
    assert li.texts == ["先", "请决定"]


async def test_an_edit_of_a_message_that_somebody_deleted_is_let_go(rig: Rig) -> None:
    li = await rig.person("李值班")
    await li.write("旧")
    await rig.send()
    shown = li.player.last(rig.account)
    li.player.delete(shown)
    id = await li.write(method="editMessageText", payload={"message_id": shown.id, "text": "新"})
    await rig.send(10)
    assert await rig.rows(id) == ["dropped"]
    assert not rig.logged("message.dead")


@pytest.mark.parametrize("refusal", ["MESSAGE_ID_INVALID", "message identifier is not specified"])
async def test_an_edit_of_a_message_that_telegram_does_not_know_is_sent_anew(rig: Rig, refusal: str) -> None:
    _, _, group, stream = await seated(rig)
    await group.write("旧")
    await rig.send(1)
    shown = rig.calls[-1].result["message_id"]
    rig.fault("status", status=400, description=f"Bad Request: {refusal}", method="editMessageText", times=-1)
    await group.write(method="editMessageText", payload={"message_id": shown, "text": "新"})
    await group.write(method="editMessageReplyMarkup", payload={"message_id": shown, "reply_markup": {}})
    await rig.send(20)
    assert group.texts == ["旧", "新"]
    await group.write(method="card", payload={"kind": "card", "stream": stream}, stream=stream, notice="card")
    await rig.send(10)
    first = len(group.texts)
    async with rig.store.writing() as tx:
        card = await tx.cards.get(stream, group.place, "card")
        assert card is not None
        await tx.cards.save(replace(card, digest="another"))
    await group.write(method="card", payload={"kind": "card", "stream": stream}, stream=stream, notice="card")
    await rig.send(20)
    assert len(group.texts) == first + 1, "the card is shown anew"


async def test_numbers_of_before_a_migration_are_never_used(rig: Rig) -> None:
    group = await rig.group("指挥群", "command", old=True)
    incident = await rig.incident(await rig.person("周校长", "reporter"))
    stream = incident.stream
    await rig.send(10)
    old = {call.result["message_id"] for call in rig.calls if call.method == "sendMessage" and call.chat == group.id}
    assert old
    number = min(old)
    await group.write(method="editMessageText", payload={"message_id": number, "text": "新话"}, priority=1)
    await group.write(method="editMessageText", payload={"message_id": number, "text": "后话"})
    await group.write(method="pinChatMessage", payload={"message_id": number})
    await group.write("答复", payload={"text": "答复", "reply_parameters": {"message_id": number}})
    new = group.player.upgrade(group.group)
    before = len(rig.calls)
    await rig.send(20)
    later = [call for call in rig.calls[before:] if call.chat == new.id]
    assert later and not [call for call in later if "message_id" in call.params and call.method != "pinChatMessage"]
    assert not [call for call in later if "reply_parameters" in call.params]
    assert not [call for call in later if call.params.get("message_id") == str(number)]
    texts = replace(group, group=new).texts
    assert {"新话", "后话", "答复"} <= set(texts) and any("未启动响应" in text for text in texts), "and the card, anew"
    async with rig.store.reading() as rx:
        assert all(card.message_id not in old for card in await rx.cards.of(stream))
        assert all(row.message_id not in old for row in await rx.outbox.of(stream) if row.place_id == group.place)


# Forums


async def test_a_closed_general_topic_is_told_to_the_seat_and_those_who_decide_read_it_privately(rig: Rig) -> None:
    li, _, group, stream = await seated(rig)
    deciding = [await rig.person(name, role) for name, role in (("陈主任", "director"), ("钱区长", "commander"))]
    rig.fault("status", chat=group.id, status=400, description="Bad Request: TOPIC_CLOSED", times=-1)
    id = await group.write("【Ⅱ级响应】启动", ring=True, stream=stream, notice="announcement")
    await rig.send(10)
    assert await rig.rows(id) == ["dead"] and not group.texts
    [word] = li.texts
    assert "指挥群" in word and "响应公告" in word and "内容：【Ⅱ级响应】启动" in word
    for chat in deciding:
        [passed] = chat.texts
        assert "指挥群里发不出" in passed and "【Ⅱ级响应】启动" in passed


async def test_a_card_that_cannot_be_shown_is_said_once_not_at_every_change(rig: Rig) -> None:
    li, _, group, stream = await seated(rig)
    rig.fault("status", chat=group.id, status=400, description="Bad Request: TOPIC_CLOSED", times=-1)
    async with rig.sending():
        for _ in range(5):
            await group.write(method="card", payload={"kind": "card", "stream": stream}, stream=stream, notice="card")
            await rig.clock.advance(timedelta(minutes=1))
    assert len([text for text in li.texts if "事件卡片" in text]) == 1
