"""Measuring a second reader: what is counted of its answers."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.second_reader import client
from tests.bot.second_reader.liar import content, http, lying, saying
from tests.eval.second import Item, is_right, measure

NOW = datetime(2026, 3, 2, tzinfo=UTC)
RIGHT: dict[str, list[Any]] = {"deaths": [2], "injuries": [{"at_least": 30, "at_most": 39}, 30]}
TEXTS = [Item("翻车，死亡2人，受伤三十余人", NOW, RIGHT), Item("着火了", NOW, {})]


async def measured(reply) -> Counter[str]:
    async with lying(reply) as server:
        count, _ = await measure(client(server.url, seconds=1), "m", TEXTS)
    return count


async def test_what_is_right_agrees_and_is_asked_about_is_counted():
    reply = saying(("deaths", 2, "死亡2人"), ("injuries", 30, "受伤三十余人"), ("missing", 2, "死亡2人"))
    assert await measured(reply) == {
        "answered": 1,
        "texts without a number": 1,
        "values": 3,
        "values right": 2,
        "agreed": 2,
        "asked": 1,
        "asked, the second is right": 0,
        "asked, the first is right": 1,
        "texts asked about": 1,
    }


async def test_what_is_no_answer_is_counted_by_its_fault():
    assert (await measured(http(content("死亡2人"))))["no answer: no JSON"] == 1
    assert (await measured(http(b"", "503 Busy")))["no answer: status 503"] == 1


@pytest.mark.parametrize(
    ("number", "wanted", "right"),
    [
        (3, [3], True),
        (3, [4], False),
        (None, [None], True),
        (0, [None, 0], True),
        (35, [{"at_least": 30, "at_most": 39}], True),
        (45, [{"at_least": 30, "at_most": None}], True),
        (29, [{"at_least": 30, "at_most": None}], False),
        (None, [{"at_least": 30, "at_most": None}], False),
    ],
)
def test_a_number_is_right_where_it_is_one_of_those_told(number, wanted, right):
    assert is_right(number, wanted) is right
