"""Updates doubled, out of order, malformed, or a day late: the end is that of the orderly run."""

from __future__ import annotations

import asyncio
import copy
import itertools
import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.playground import Person
from tests.chaos.inspector import inspect, look
from tests.journeys.world import STAMPEDE, Forgiven, Town
from tests.thorough import SEEDS

MALFORMED: tuple[Any, ...] = (
    {"message": "x"}, {"message": [1]}, {"mystery": 5}, {}, {"callback_query": {"id": "1"}},
    {"message": {"chat": {"id": 2**70, "type": "private"}}},
    {"message": {"chat": {"id": 77, "type": "private"}, "from": {"id": 77}}},
)  # fmt: skip
NOISE = Forgiven(
    # Whoever wrote what no handler can read is answered all the same, and is nobody.
    calls=("query is too old", "query ID is invalid", "chat not found"), dead=("Chat not found",), logs=("",),
)  # fmt: skip


def written(person: Person, number: int, text: str, update: int) -> dict[str, Any]:
    """Return a private message as an update."""
    chat = {"id": person.id, "type": "private", "first_name": person.name}
    return {"update_id": update, "message": {
        "message_id": number, "date": 1772391960 + number, "chat": chat, "text": text,
        "from": {"id": person.id, "is_bot": False, "first_name": person.name},
    }}  # fmt: skip


def told(town: Town) -> list[dict[str, Any]]:
    """Return a report with two changes by its author, and reports of two others."""
    first, base = town.bot.account.next_update, 500
    head, deputy, commander = town.head, town.deputy, town.commander
    texts = [
        (head, STAMPEDE), (head, "受伤5人"), (commander, "第二小学食堂着火，2名学生受伤"),
        (head, "又有1人受伤，共6人"), (deputy, "第三小学校车追尾，3名学生受伤"),
    ]  # fmt: skip
    return [written(person, base + number, text, first + number) for number, (person, text) in enumerate(texts)]


async def state(town: Town) -> list[Any]:
    """Return what the incidents have come to; their numbers are those of arrival."""
    left = await look(town.open_store)
    found = []
    for row in left.incidents:
        events = [(entry.event, entry.actor) for entry in left.entries[row.stream]]
        incident = await town.incident(row.number)
        claims = {name: str(items[-1].value) for name, items in incident.claims.items()}
        found.append((row.text, row.state, len(events), claims))
    return sorted(found, key=str)


async def lived(order: list[int], batches: list[int], broken: list[int]) -> list[Any]:
    """Let the updates come in this order, some of them twice, in batches; return the end state."""
    async with Town.open() as town:
        await town.settle()
        first = town.bot.account.next_update
        updates = told(town)
        stream: list[Any] = [copy.deepcopy(updates[index]) for index in order]
        for place, kind in enumerate(broken):
            bad = copy.deepcopy(MALFORMED[kind])
            stream.insert((place * 3) % (len(stream) + 1), {"update_id": first + 100 + place, **bad})
        assert town.program is not None
        keep = town.program.intake.keep
        cuts = sorted({0, *(cut % (len(stream) + 1) for cut in batches), len(stream)})
        await asyncio.gather(*(keep(stream[start:end]) for start, end in itertools.pairwise(cuts)))
        town.bot.account.next_update = first + 200
        await town.settle()
        town.forgiven = replace(NOISE, quarantined=(await look_backlog(town)))
        assert await inspect(town.open_store, town.world, first_update=first + 200) == []
        return await state(town)


async def look_backlog(town: Town) -> int:
    async with town.open_store.reading() as rx:
        return (await rx.inbox.backlog()).quarantined


PLAIN: list[Any] = []
ALL = tuple(range(5))


@settings(max_examples=3 * SEEDS, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    order=st.permutations(ALL),
    again=st.lists(st.sampled_from(ALL), max_size=5),
    batches=st.just([]),
    broken=st.lists(st.integers(0, len(MALFORMED) - 1), max_size=3),
)
def test_a_batch_in_any_order_with_copies_and_nonsense_ends_as_the_sorted_run(
    order: list[int], again: list[int], batches: list[int], broken: list[int]
) -> None:
    if not PLAIN:
        PLAIN.append(asyncio.run(lived(list(ALL), [], [])))
        assert len(PLAIN[0]) == 3
    assert asyncio.run(lived([*order, *again], batches, broken)) == PLAIN[0]


def in_order_of_each_chat(order: list[int]) -> list[int]:
    """Return the order with each chat's updates ascending: a webhook is told of a chat's next only after the last."""
    chats = (0, 0, 1, 0, 2)
    queues = {chat: iter([index for index in ALL if chats[index] == chat]) for chat in set(chats)}
    return [next(queues[chats[index]]) for index in order]


@settings(max_examples=3 * SEEDS, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    order=st.permutations(ALL),
    again=st.lists(st.sampled_from(ALL), max_size=5),
    batches=st.lists(st.integers(0, 20), min_size=1, max_size=6),
    broken=st.lists(st.integers(0, len(MALFORMED) - 1), max_size=3),
)
def test_batches_that_come_one_by_one_by_webhook_end_as_the_sorted_run(
    order: list[int], again: list[int], batches: list[int], broken: list[int]
) -> None:
    if not PLAIN:
        PLAIN.append(asyncio.run(lived(list(ALL), [], [])))
    assert asyncio.run(lived([*in_order_of_each_chat(order), *again], batches, broken)) == PLAIN[0]


async def test_a_day_offline_loses_nothing_and_orders_everything(file_url: str) -> None:
    chance = random.Random(7)
    async with Town.open(file_url) as town:
        town.forgiven = NOISE
        await town.say(town.head, town.bot, STAMPEDE)
        await town.press(town.duty, "我来处理")
        await town.press(town.duty, "学校或镇街能处置 → Ⅲ")
        await town.press(town.director, "启动Ⅲ级")
        first = town.bot.account.next_update
        await town.stop()
        town.director.press(town.button(town.director, "确认宣布"), "确认宣布")
        injured = 4
        for hour in range(23):
            await town.clock.advance(timedelta(hours=1))
            for _ in range(2):
                chance.choice([town.deputy, town.commander]).send(town.group, "/status@tocsin_bot x")
            if hour % 4 == 0:
                injured += 1
                town.head.send(town.bot, f"共{injured}名学生受伤")
        town.duty.send(town.bot, "/verify 一般")
        sent = town.bot.account.next_update - first
        await town.start()
        await town.advance(minutes=12)
        # Nothing was dropped, the last figure is the last, and what carries authority is asked again.
        incident = await town.incident()
        assert str(injured) in str(incident.claims["injuries"][-1].value) and incident.event_level == "一般"
        assert incident.response_level is None and "确认宣布" in town.sees(town.director, "预览").labels()
        town.sees(town.duty, "离线")
        assert sent > 50
        assert await inspect(town.open_store, town.world, first_update=first) == []
