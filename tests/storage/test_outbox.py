import asyncio
from datetime import timedelta

import pytest

from storage.outbox import Ahead, CallSaid, PriorityBacklog
from tests.storage.rows import AT, STREAM, add_people, add_places, after, incident, message


@pytest.fixture(autouse=True)
async def directory(store):
    await add_places(store, "p1", "p2", "p3")
    await add_people(store, "u1")


async def enqueue(store, *messages):
    async with store.writing() as tx:
        return await tx.outbox.enqueue(messages)


async def claim(store, now=AT, limit=10, **arguments):
    async with store.writing() as tx:
        return [row.id for row in await tx.outbox.claim(now, limit, **arguments)]


async def finish(store, outcome, *arguments):
    async with store.writing() as tx:
        return await getattr(tx.outbox, outcome)(*arguments)


async def get(store, id):
    async with store.reading() as rx:
        return await rx.outbox.get(id)


async def states(store):
    async with store.reading() as rx:
        return [row.state for row in await rx.outbox.of(STREAM)]


async def test_a_message_comes_back_whole(store):
    [first] = await enqueue(store, message(notice="proposal"))
    full = message(
        "p2",
        priority=1,
        payload={"text": "名\x00字\ud800", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
        stream=STREAM,
        guard="proposal:1",
        coalesce="card",
        reference="A7",
        ring=True,
        pin=True,
        reply_to=first,
        person_id="u1",
        call="call:1:医院",
        not_before=after(seconds=3),
    )
    [second] = await enqueue(store, full)
    assert second > first
    row = await get(store, second)
    for name, value in vars(full).items():
        assert getattr(row, name) == value, name
    assert (row.state, row.attempts, row.ambiguous, row.message_id, row.error) == ("pending", 0, 0, None, None)
    assert await get(store, second + 1) is None


async def test_a_long_list_gets_ids_in_its_own_order(store):
    ids = await enqueue(
        store,
        *(message(f"p{1 + n % 3}", payload={"n": n}, coalesce="card" if n == 700 else None) for n in range(1500)),
    )
    assert ids == sorted(set(ids)) and len(ids) == 1500
    async with store.reading() as rx:
        assert [(await rx.outbox.get(ids[n])).payload["n"] for n in (0, 699, 700, 701, 1499)] == [
            0,
            699,
            700,
            701,
            1499,
        ]


async def test_the_most_urgent_and_then_the_oldest_is_claimed_of_every_place_one(store):
    card, ask, call, other, late = await enqueue(
        store,
        message("p1", priority=3),
        message("p1", priority=2),
        message("p2", priority=1),
        message("p1", priority=2),
        message("p3", priority=2, not_before=after(seconds=1)),
    )
    assert await claim(store, limit=1) == [call]
    assert await claim(store) == [ask]
    assert await claim(store, now=after(seconds=1)) == [late]
    row = await get(store, ask)
    assert (row.state, row.attempts, row.claimed_at) == ("sending", 1, AT)
    assert await claim(store) == []
    await finish(store, "sent", ask, 77, AT)
    assert await claim(store) == [other]
    await finish(store, "drop", other, "stale", AT)
    assert await claim(store) == [card]


async def test_what_is_not_ready_is_left_and_holds_up_only_what_comes_behind_it(store):
    undrawn, behind, urgent, elsewhere = await enqueue(
        store,
        message("p1", priority=3),
        message("p1", priority=3),
        message("p1", priority=1),
        message("p2", priority=3),
    )
    assert await claim(store, exclude_ids=[undrawn]) == [urgent, elsewhere]
    await finish(store, "sent", urgent, 77, AT)
    assert await claim(store, exclude_ids=[undrawn]) == []
    assert await claim(store) == [undrawn]
    await finish(store, "sent", undrawn, 78, AT)
    assert await claim(store) == [behind]


async def test_places_can_be_left_out_and_only_urgent_ones_asked_for(store):
    one, two, three = await enqueue(
        store, message("p1", priority=1), message("p2", priority=2), message("p3", priority=3)
    )
    assert await claim(store, exclude_places={"p1"}, priority_max=2) == [two]
    assert await claim(store, exclude_places={"p1", "p3"}) == []
    assert await claim(store) == [one, three]


async def test_a_message_that_is_tried_again_keeps_its_turn_in_its_place(store):
    first, second, urgent = await enqueue(store, message(), message(), message(priority=3))
    assert await claim(store) == [first]
    assert await finish(store, "again", first, after(seconds=5), "502 Bad Gateway")
    assert await claim(store) == []
    [call] = await enqueue(store, message(priority=1))
    assert await claim(store) == [call]
    await finish(store, "sent", call, 1, AT)
    assert await claim(store, now=after(seconds=5)) == [first]
    row = await get(store, first)
    assert (row.attempts, row.error) == (2, "502 Bad Gateway")
    await finish(store, "sent", first, 2, AT)
    assert await claim(store, now=after(seconds=5)) == [second]
    await finish(store, "sent", second, 3, AT)
    assert await claim(store, now=after(seconds=5)) == [urgent]


async def test_a_message_for_later_holds_nothing_up(store):
    later, now = await enqueue(store, message(not_before=after(minutes=5)), message())
    assert await claim(store) == [now]
    await finish(store, "sent", now, 1, AT)
    assert await claim(store) == []
    assert await claim(store, now=after(minutes=5)) == [later]


async def test_the_newest_card_takes_the_row_of_the_one_that_waits(store):
    def card(n, place_id="p1", **fields):
        return message(place_id, coalesce="card:1", payload={"n": n}, created_at=after(seconds=n), **fields)

    [first] = await enqueue(store, card(1))
    [other_place] = await enqueue(store, card(1, "p2"))
    [second, third] = await enqueue(store, card(2), card(3, priority=3))
    assert first == second == third != other_place
    row = await get(store, first)
    assert (row.payload, row.priority, row.created_at) == ({"n": 3}, 3, after(seconds=1))
    assert sorted(await claim(store)) == [first, other_place]
    [fourth] = await enqueue(store, card(4))
    assert fourth not in (first, other_place)
    await finish(store, "again", first, after(seconds=9), "timeout")
    row = await get(store, first)
    assert (row.state, row.error) == ("dropped", "replaced")
    assert await claim(store) == [fourth]
    await finish(store, "again", fourth, after(seconds=30), "429")
    [fifth] = await enqueue(store, card(5))
    assert fifth == fourth
    row = await get(store, fifth)
    assert (row.payload, row.not_before) == ({"n": 5}, after(seconds=30))


async def test_of_one_batch_too_the_newest_card_is_sent_in_the_turn_of_the_first(store):
    def card(n, **fields):
        return message("p1", payload={"n": n}, created_at=after(seconds=n), **fields)

    ids = await enqueue(store, card(1, coalesce="a"), card(2), card(3, coalesce="b"), card(4, coalesce="a"), card(5))
    first, second, third, again, last = ids
    assert again == first < second < third < last
    row = await get(store, first)
    assert (row.payload, row.created_at) == ({"n": 4}, after(seconds=1))


async def test_each_outcome_is_final_and_counted_once(store):
    ids = await enqueue(store, *(message("p1", stream=STREAM) for _ in range(4)))
    for id, outcome, arguments in zip(
        ids,
        ("sent", "dead", "drop", "ambiguous"),
        ((900, AT), ("403 Forbidden", AT), ("filed", AT), (AT,)),
        strict=True,
    ):
        assert await claim(store) == [id]
        assert await finish(store, outcome, id, *arguments)
        assert (await get(store, id)).finished_at == AT
    assert await states(store) == ["sent", "dead", "dropped", "ambiguous"]
    for id in ids[:3]:
        assert not await finish(store, "sent", id, 901, AT)
        assert not await finish(store, "again", id, AT, "x")
        assert not await finish(store, "drop", id, "x", AT)
    assert (await get(store, ids[0])).message_id == 900
    assert (await get(store, ids[1])).error == "403 Forbidden"
    assert (await get(store, ids[2])).error == "filed"
    assert await claim(store) == []


async def test_an_ambiguous_message_can_be_tried_again_or_found_to_be_sent(store):
    [id] = await enqueue(store, message(reference="A7"))
    await claim(store)
    await finish(store, "ambiguous", id, AT)
    assert await finish(store, "again", id, after(seconds=1), "no answer")
    row = await get(store, id)
    assert (row.state, row.ambiguous, row.finished_at) == ("pending", 1, None)
    assert await claim(store, now=after(seconds=1)) == [id]
    await finish(store, "ambiguous", id, AT)
    assert await finish(store, "sent", id, 5, AT)
    row = await get(store, id)
    assert (row.state, row.ambiguous, row.attempts) == ("sent", 2, 2)


async def test_a_waiting_message_is_not_sent_before_it_was_claimed(store):
    [id] = await enqueue(store, message())
    assert not await finish(store, "sent", id, 5, AT)
    assert not await finish(store, "ambiguous", id, AT)
    assert await claim(store) == [id]


async def test_withdrawing_drops_what_waits_and_leaves_what_is_being_sent(store):
    first, second, third, other = await enqueue(
        store,
        message("p1", guard="instance:1"),
        message("p2", guard="instance:1"),
        message("p3", guard="instance:2"),
        message("p3", guard="instance:3"),
    )
    assert await claim(store, limit=1) == [first]
    assert await finish(store, "withdraw", [], AT) == 0
    assert await finish(store, "withdraw", ["instance:1", "instance:2"], AT) == 2
    assert [(await get(store, id)).state for id in (first, second, third, other)] == [
        "sending",
        "dropped",
        "dropped",
        "pending",
    ]


async def test_what_a_dead_process_was_sending_is_found(store):
    one, two, _ = await enqueue(store, message("p1"), message("p2"), message("p1"))
    await claim(store)
    async with store.reading() as rx:
        assert [row.id for row in await rx.outbox.in_flight()] == [one, two]


async def test_a_message_is_found_by_telegrams_number_in_its_place(store):
    made, edited, elsewhere = await enqueue(
        store, message("p1"), message("p1", method="editMessageText"), message("p2")
    )
    for id in (made, elsewhere, edited):
        await claim(store)
        await finish(store, "sent", id, 10, AT)
    async with store.reading() as rx:
        assert (await rx.outbox.by_message("p1", 10)).id == made
        assert (await rx.outbox.by_message("p2", 10)).id == elsewhere
        assert await rx.outbox.by_message("p1", 11) is None


async def test_dead_letters_begin_with_the_newest(store):
    ids = await enqueue(store, *(message() for _ in range(3)))
    for id in ids:
        await finish(store, "dead", id, "chat not found", AT)
    async with store.reading() as rx:
        assert [row.id for row in await rx.outbox.dead_letters(2)] == ids[:0:-1]


async def test_the_backlog_counts_what_could_be_sent(store):
    await enqueue(
        store,
        message("p1", priority=1, created_at=after(seconds=-30)),
        message("p2", priority=1),
        message("p3", priority=3, created_at=after(seconds=-50), not_before=after(seconds=-5)),
        message("p3", priority=2, not_before=after(minutes=1)),
    )
    await claim(store, limit=1)
    async with store.reading() as rx:
        assert await rx.outbox.backlog(AT) == {
            1: PriorityBacklog(depth=2, oldest=timedelta(seconds=30)),
            3: PriorityBacklog(depth=1, oldest=timedelta(seconds=5)),
        }
        assert await rx.outbox.next_at() == after(seconds=-5)


async def test_the_next_moment_is_that_of_the_earliest_message_that_waits(store):
    async with store.reading() as rx:
        assert await rx.outbox.next_at() is None
    await enqueue(store, message("p1"), message("p2", not_before=after(minutes=3)))
    await claim(store)
    async with store.reading() as rx:
        assert await rx.outbox.next_at() == after(minutes=3)


async def test_what_is_ahead_is_told_by_the_way_that_it_goes(store):
    nothing = Ahead(telegram=None, beside=None, later=None)
    async with store.reading() as rx:
        assert await rx.outbox.ahead(AT) == nothing and nothing.first is None
    await enqueue(
        store, message("p1"), message("p2", not_before=after(minutes=3)),
        message("p3", method="notify", not_before=after(minutes=-1)), message("p1", method="dial", not_before=AT),
    )  # fmt: skip
    async with store.reading() as rx:
        ahead = await rx.outbox.ahead(AT)
        assert ahead == Ahead(telegram=AT, beside=after(minutes=-1), later=after(minutes=3))
        assert ahead.first == after(minutes=-1)
    await claim(store)
    async with store.reading() as rx:
        assert await rx.outbox.ahead(AT) == Ahead(telegram=after(minutes=3), beside=None, later=after(minutes=3))


async def test_of_a_log_only_what_is_asked_for_is_read(store):
    await enqueue(
        store,
        message("p1", stream=STREAM, call="call:u1:1", guard="g1"),
        message("p1", stream=STREAM, notice="again", guard="g1"),
        message("p2", stream=STREAM, call="call:u2:1", method="notify", guard="g2"),
        message("p2", stream=STREAM),
        message("p2", call="call:u3:1", guard="g3"),
    )
    async with store.reading() as rx:
        assert await rx.outbox.calls_of(STREAM) == [
            CallSaid(place_id="p1", method="sendMessage", state="pending", message_id=None, call="call:u1:1"),
            CallSaid(place_id="p2", method="notify", state="pending", message_id=None, call="call:u2:1"),
        ]
        assert await rx.outbox.guards_of(STREAM) == {"g1", "g2"} and await rx.outbox.guards_of("i:none") == set()
        assert [row.notice for row in await rx.outbox.at(STREAM, "p1")] == ["ask", "again"]
        assert await rx.outbox.at("i:none", "p1") == []


async def test_two_senders_never_claim_the_same_message_nor_two_of_one_place(store):
    await enqueue(store, *(message(f"p{1 + n % 3}") for n in range(30)))
    sent: list[int] = []
    sending: dict[str, int] = {}

    async def send():
        while True:
            async with store.writing() as tx:
                rows = await tx.outbox.claim(AT, 2)
            if not rows:
                async with store.reading() as rx:
                    if not await rx.outbox.backlog(AT):
                        return
            for row in rows:
                assert row.place_id not in sending
                sending[row.place_id] = row.id
            for row in rows:
                await asyncio.sleep(0)
                sent.append(row.id)
                del sending[row.place_id]
                assert await finish(store, "sent", row.id, row.id, AT)

    await asyncio.gather(send(), send())
    assert len(sent) == len(set(sent)) == 30


async def test_words_are_forgotten_some_time_after_the_end_and_the_record_stays(store):
    async with store.writing() as tx:
        await tx.incidents.save(incident())
        await tx.incidents.save(incident("incident:2", number=2, state="closed"))
        ids = await tx.outbox.enqueue(
            [
                message("p1"),
                message("p2", stream="incident:2"),
                message("p3", stream=STREAM),
                message("p1"),
                message("p2"),
            ]
        )
        for number, id in enumerate(ids[:4], 1):
            await tx.outbox.claim(AT, 1, priority_max=None)
            await tx.outbox.dead(id, "gone", after(minutes=number))
    async with store.writing() as tx:
        assert await tx.outbox.forget_payloads(after(minutes=4), limit=1) == 1
        assert await tx.outbox.forget_payloads(after(minutes=4)) == 1
        assert await tx.outbox.forget_payloads(after(minutes=4)) == 0
    rows = [await get(store, id) for id in ids]
    # Of the third the incident is open, the fourth is not old enough, the fifth was not sent yet.
    assert [row.payload == {} for row in rows] == [True, True, False, False, False]
    assert [(row.place_id, row.notice, row.state) for row in rows[:2]] == [("p1", "ask", "dead"), ("p2", "ask", "dead")]
    async with store.reading() as rx:
        assert await rx.outbox.dead_count() == 4


async def test_what_waits_can_be_listed_also_what_waits_for_its_time(store):
    ids = await enqueue(store, message("p1"), message("p1", priority=1), message("p2", not_before=after(days=1)))
    assert await claim(store, limit=1) == [ids[1]]
    async with store.reading() as rx:
        assert [row.id for row in await rx.outbox.waiting()] == [ids[0], ids[2]]


async def test_the_words_of_one_logs_messages_are_erased_but_of_those_on_their_way(store):
    first, second, third = await enqueue(
        store, message("p1", stream=STREAM), message("p2", stream=STREAM), message("p3", stream="incident:2")
    )
    await claim(store)
    for id in (first, third):
        await finish(store, "sent", id, 700 + id, after(seconds=1))
    async with store.writing() as tx:
        assert await tx.outbox.forget_words_of(STREAM) == 1
        assert await tx.outbox.forget_words_of(STREAM) == 0
    kept = [(await get(store, id)).payload for id in (first, second, third)]
    assert kept == [{}, {"text": "请核实"}, {"text": "请核实"}]


async def test_a_full_place_gets_its_pin_and_the_newest_comes_first_when_asked_for(store):
    await add_places(store, "p1", "p2", "p3")
    pin = message("p1", method="pinChatMessage", payload={"message_id": 7})
    async with store.writing() as tx:
        await tx.outbox.enqueue([pin, message("p2"), message("p3")])
        [newest] = await tx.outbox.claim(AT, 1, full_places=["p2"], newest=True)
        assert newest.place_id == "p3"
        rest = await tx.outbox.claim(AT, 5, full_places=["p1", "p2"])
        assert [row.method for row in rest] == ["pinChatMessage"]
        assert [row.place_id for row in await tx.outbox.claim(AT, 5)] == ["p2"]


async def test_what_a_wall_tells_of_messages_is_of_open_cases_and_of_what_people_get(store):
    async with store.writing() as tx:
        await tx.incidents.save(incident(STREAM))
        await tx.incidents.save(incident("incident:closed", number=2, state="closed"))
        await tx.incidents.save(incident("incident:elsewhere", number=3, jurisdiction="dezhou"))
    waits, fails, card, closed, elsewhere, admin = await enqueue(
        store, message(stream=STREAM), message("p2", stream=STREAM, created_at=after(seconds=1)),
        message("p3", stream=STREAM, method="card"), message("p2", stream="incident:closed"),
        message("p2", stream="incident:elsewhere"), message("p3"),
    )  # fmt: skip
    await claim(store, limit=20)
    for id in (fails, closed, elsewhere, admin):
        await finish(store, "dead", id, "blocked", after(seconds=2))
    async with store.reading() as rx:
        assert await rx.outbox.troubled("chengqu", AT) == {STREAM: (0, 1)}
        assert await rx.outbox.troubled("chengqu", after(seconds=1)) == {STREAM: (1, 1)}
        assert await rx.outbox.troubled("dezhou", AT) == {"incident:elsewhere": (0, 1)}
        assert [row.id for row in await rx.outbox.said(STREAM, 10)] == [fails, waits]
        assert [row.id for row in await rx.outbox.said(STREAM, 1)] == [fails]
    assert card not in (waits, fails)


async def test_what_goes_in_one_call_is_taken_together_and_given_back_for_later(store):
    first, other, later, elsewhere, text = await enqueue(
        store,
        message("p1", method="dial"),
        message("p1", method="dial"),
        message("p1", method="dial", not_before=after(minutes=1)),
        message("p2", method="dial"),
        message("p3", method="notify"),
    )
    async with store.writing() as tx:
        rows = await tx.outbox.claim(AT, 10, only="dial")
        assert [row.id for row in rows] == [first, elsewhere]
        riders = await tx.outbox.claim_with(rows[0], AT)
        assert [(row.id, row.state, row.attempts) for row in riders] == [(other, "sending", 1)]
        assert await tx.outbox.claim_with(rows[1], AT) == []
    assert await claim(store, without=("dial", "notify")) == []
    async with store.writing() as tx:
        await tx.outbox.give_back([first, other], after(seconds=10))
    row = await get(store, first)
    assert (row.state, row.attempts, row.not_before) == ("pending", 0, after(seconds=10))
    assert await claim(store, only="notify") == [text]
    assert await claim(store, now=after(seconds=9), only="dial") == []
    assert await claim(store, now=after(minutes=1), only="dial") == [first]
    assert later
