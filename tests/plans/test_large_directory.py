"""A directory too large to be read whole finds what the whole reading finds."""

from __future__ import annotations

import pytest

from plans.directory import Entry, PhoneBook, phone_book
from plans.directory.index import SMALL
from plans.load import load_all

PLANS = load_all()
FILLED = [
    Entry(
        unit=f"{one}{two}县{body}", names=(), number=f"0399-{2000000 + number}", kind="值班", plan="other", place="远方"
    )
    for number, (one, two, body) in enumerate(
        (one, two, body) for one in "安宁平清河东" for two in "山阳泰丰永和" for body in ("教育局", "公安局", "水务局")
    )
]
LARGE = phone_book(PLANS.values(), FILLED)
WHOLE = phone_book(PLANS.values(), FILLED)
WHOLE._index = None

QUERIES = (
    "区教育局", "消防", "xiaofang", "xf", "卫健局", "wjj", "weijianju", "卫建局", "市监局", "shizf", "公安", "供电",
    "2250777", "0351-4045001", "+86 351 4045001", "（区）气象局", "水务局 传真", "晋城 消防", "城区教育局",
    "安山县教某局", "平丰县公安",
)  # fmt: skip


def test_the_book_is_too_large_to_be_read_whole():
    assert len(LARGE.entries) > SMALL and LARGE._index is not None


@pytest.mark.parametrize("query", QUERIES)
def test_the_best_hit_is_the_same(query):
    mine, whole = LARGE.search(query), WHOLE.search(query)
    assert whole and mine[0].score == whole[0].score
    assert mine[0].unit in {hit.unit for hit in whole if hit.score == whole[0].score}


@pytest.mark.parametrize("query", ["", "火星", "消防 火星", "zzzz", "12", "9999999999"])
def test_what_nobody_is_called_finds_nobody(query):
    assert [hit.score for hit in LARGE.search(query)] == [hit.score for hit in WHOLE.search(query)]


def test_every_line_is_found_by_its_own_name_and_number():
    for entry in FILLED[::7]:
        assert LARGE.search(entry.unit)[0].unit == entry.unit
        assert LARGE.search(entry.number)[0].number == entry.number
    assert PhoneBook([]).search("消防") == []
