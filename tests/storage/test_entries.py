"""The index of the duty log: days, words and what waits, the same on both databases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from storage.entries import MOST_WORDS, EntryRow, searchable, sought
from tests.storage.rows import AT, STREAM

DAY = date(2026, 3, 2)
TEXTS = (
    "市政府值班室张 来电：下午强对流", "巡查正常 ABC１２", "百分之100%的_学校", "back\\slash / 斜线",
    "O'Brien \"引号\"; drop table", "İstanbul ß Ⅲ级", "👨‍👩‍👧 表情",
)  # fmt: skip


def row(number: int, text: str, **fields: Any) -> EntryRow:
    values: dict[str, Any] = {
        "stream": f"entry:{number}", "jurisdiction": "城区", "plan_id": "campus", "day": DAY,
        "at": AT + timedelta(minutes=number), "year": 2026, "number": number, "head": "", "by": "li", "open": False,
        "stands": True, "due": None, "words": searchable(text), "sequence": 1,
    }  # fmt: skip
    return EntryRow(**{**values, **fields})


SOUGHT: list[tuple[list[str], list[int]]] = [
    (["对流"], [1]), (["强 对流"], [1]), (["市政府", "对流"], [1]), (["市政府", "巡查"], []), (["abc12"], [2]),
    (["ＡＢＣ"], [2]), (["%"], [3]), (["_"], [3]), (["100%"], [3]), (["\\"], [4]), (["/"], [4]), (["'"], [5]),
    (["DROP TABLE"], [5]), (["i̇stanbul"], [6]), (["iii级"], [6]), (["ss"], [6]), (["表情"], [7]), (["没有的"], []),
    ([""], [1, 2, 3, 4, 5, 6, 7]), (["字" * 5000], []),
]  # fmt: skip


async def test_words_are_found_as_people_write_them(store):
    async with store.writing() as tx:
        for number, text in enumerate(TEXTS, 1):
            await tx.entries.save(row(number, text))
    async with store.reading() as rx:
        for words, numbers in SOUGHT:
            found = await rx.entries.between("城区", ["campus"], DAY, DAY, words=words)
            assert [item.number for item in found] == numbers, words


async def test_days_plans_and_limits_bound_what_is_found(store):
    async with store.writing() as tx:
        for number in range(1, 6):
            await tx.entries.save(row(number, "同样的话", day=DAY + timedelta(days=number % 2)))
        await tx.entries.save(row(6, "同样的话", plan_id="flood"))
        await tx.entries.save(row(7, "同样的话", jurisdiction="别处"))
        await tx.entries.save(row(1, "改过的话", open=True, due=AT, sequence=2))
        await tx.entries.save(row(2, "没有时限", open=True))
    async with store.reading() as rx:
        both = ["campus", "flood"]

        async def numbers(*plans: str, **how: Any) -> list[int]:
            found = await rx.entries.between("城区", plans, DAY, DAY + timedelta(days=1), **how)
            return [item.number for item in found]

        assert await numbers("campus") == [1, 2, 3, 4, 5] and await numbers(*both) == [1, 2, 3, 4, 5, 6]
        assert await numbers("campus", words=["同样"]) == [3, 4, 5]
        assert await numbers(*both, limit=2) == [1, 2] and await numbers(*both, limit=2, newest=True) == [5, 6]
        assert await numbers() == []
        assert [item.number for item in await rx.entries.waiting("城区", "campus")] == [1, 2]
        assert (await rx.entries.get("entry:1")).sequence == 2 and await rx.entries.get(STREAM) is None


def test_a_search_has_few_words_and_none_is_long():
    assert len(sought(["词"] * 50)) == MOST_WORDS and len(sought(["字" * 900])[0]) == 32 and sought([" ", ""]) == []
