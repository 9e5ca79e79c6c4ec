"""Whatever Telegram sends is kept or quarantined, and nothing stops what comes behind it."""

import json

import pytest

from bot.metrics import Metrics
from bot.updates.intake import Envelope, Intake, newest, open_envelope
from handlers.addressed import addressed
from storage import LostClaim, Unavailable
from tests.bot.operations.conftest import AT

DEEP = json.loads("[" * 900 + "]" * 900)


def message(update_id=1, chat=-100, text="/report 有人受伤", kind="message", **fields):
    inner = {
        "message_id": 5,
        "date": 1,
        "chat": {"id": chat, "type": "supergroup", "title": "群"},
        "from": {"id": 7, "is_bot": False, "first_name": "王"},
        "text": text,
        "entities": [{"type": "bot_command", "offset": 0, "length": 7}] if text.startswith("/") else [],
    }
    return {"update_id": update_id, kind: inner | fields}


def press(update_id=1):
    return {
        "update_id": update_id,
        "callback_query": {"id": "1", "from": {"id": 7}, "chat_instance": "1", "message": message()["message"]},
    }


@pytest.fixture
def intake(store, clock):
    return Intake(store, clock, addressed("tocsin_bot", 42))


async def row(store, update_id):
    async with store.reading() as rx:
        return await rx.inbox.get(update_id)


async def backlog(store):
    async with store.reading() as rx:
        found = await rx.inbox.backlog()
        return found.pending, found.quarantined


async def test_a_batch_is_kept_once_with_what_orders_it(store, intake):
    assert await intake.keep([message(1), press(2), message(3, chat=-200)]) == 3
    assert await intake.keep([message(3, chat=-200), message(4)]) == 1
    kept = [await row(store, number) for number in (1, 2, 3)]
    assert [(one.kind, one.chat_key) for one in kept] == [
        ("message", "chat:-100"),
        ("callback_query", "chat:-100"),
        ("message", "chat:-200"),
    ]
    assert json.loads(kept[0].payload) == message(1) and kept[0].received_at == AT


async def test_of_what_is_not_for_us_only_the_number_is_kept(store, intake):
    await intake.keep([message(1, text="大家吃了吗"), message(2)])
    assert (await row(store, 1)).payload is None
    assert (await row(store, 2)).payload is not None


async def test_a_press_that_lay_at_telegram_is_marked_and_a_message_need_not_be(store, intake):
    await intake.keep([press(1), message(2)], delivered_late=True)
    await intake.keep([press(3)])
    assert [json.loads((await row(store, number)).payload).get("_waited") for number in (1, 2, 3)] == [True, None, None]


# A row each: the update, and the id under which it is quarantined.
POISON = {
    "nothing": (None, None),
    "a list": ([1, 2], None),
    "the text of a body that is no JSON": ("{'a': 1\x00\ud800", None),
    "without a number": ({"message": {}}, None),
    "a number that is none": ({"update_id": True, "message": {}}, None),
    "a number too large for any database": ({"update_id": 2**63, "message": {}}, None),
    "without content": ({"update_id": 66}, 66),
    "content that is a word": ({"update_id": 66, "message": "x"}, 66),
    "a kind that is no word": ({"update_id": 66, "\x00": {}}, 66),
    "a kind that is a novel": ({"update_id": 66, "m" * 100_000: {}}, 66),
    "a chat that is a word": (message(66) | {"message": {"chat": "x"}}, 66),
    "a chat with a number too large": (message(66, chat=2**70), 66),
    "a person without a number": (message(66, **{"from": {"first_name": "王"}}), 66),
    "entities that are none": (message(66, entities=[7]), 66),
    "an entity at a word": (message(66, entities=[{"type": "mention", "offset": "x", "length": 1}]), 66),
    "a reply to a word": (message(66, text="好", reply_to_message="x"), 66),
    "a text that is a number": (message(66) | {"message": {**message()["message"], "text": 5}}, 66),
    "a depth that no parser likes": (message(66, text="/report", deep=DEEP), None),
}


@pytest.mark.parametrize("what", POISON)
async def test_poison_blocks_nothing(store, intake, what, logged):
    update, number = POISON[what]
    assert await intake.keep([message(1), update, message(99)]) == 3
    kept = (await row(store, 1)).state, (await row(store, 99)).state
    assert kept == ("pending", "pending")
    if what == "a depth that no parser likes":
        return  # kept or quarantined, as deep as this Python's parser goes
    assert await backlog(store) == (2, 1)
    if number is not None:
        assert (await row(store, number)).state == "quarantined"


async def test_what_the_filter_cannot_take_does_not_take_the_others_with_it(store, clock, logged):
    async def picky(raw, rx):
        if raw["update_id"] == 2:
            await rx.places.by_chat(2**80)  # on PostgreSQL this ends the transaction
        return True

    assert await Intake(store, clock, picky).keep([message(1), message(2), message(3)]) == 3
    assert await backlog(store) == (2, 1)
    assert [line["event"] for line in logged] == ["intake.one_by_one", "intake.quarantined"]


async def test_a_process_that_lost_its_lease_keeps_nothing(store, intake):
    async def fence(tx):
        raise LostClaim("poll", "one")

    with pytest.raises(LostClaim):
        await intake.keep([message(1)], fence=fence)
    assert await backlog(store) == (0, 0)


async def test_a_database_that_cannot_now_is_told_as_it_is(store, clock):
    async def unavailable(raw, rx):
        raise Unavailable("full")

    with pytest.raises(Unavailable):
        await Intake(store, clock, unavailable).keep([message(1)])
    assert await backlog(store) == (0, 0)


async def test_new_updates_and_batches_are_counted(memory, clock):
    metrics = Metrics()
    intake = Intake(memory, clock, addressed("tocsin_bot", 42), way="webhook", metrics=metrics)
    await intake.keep([message(1), message(2)])
    await intake.keep([message(2), "{"])
    assert metrics.registry.get_sample_value("tocsin_updates_total", {"way": "webhook"}) == 3
    assert metrics.registry.get_sample_value("tocsin_intake_batch_count") == 2


def test_the_newest_number_is_what_may_be_confirmed():
    assert newest([message(3), message(9), {"update_id": "x"}, None], 5) == 9
    assert newest([message(3)], 5) == 5
    assert newest([], None) is None and newest(["{"], None) is None and newest([], 4) == 4


def test_updates_without_a_chat_are_ordered_by_person_or_kind():
    query = {"update_id": 1, "inline_query": {"id": "1", "from": {"id": 7}, "query": "消防", "offset": ""}}
    poll = {"update_id": 1, "poll": {"id": "1"}}
    assert open_envelope(query) == Envelope(update_id=1, kind="inline_query", chat_key="chat:7")
    assert open_envelope(poll) == Envelope(update_id=1, kind="poll", chat_key="kind:poll")
