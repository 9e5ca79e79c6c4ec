"""Duties in rows: a later book wins, what is the same is not written, what a book tells no more goes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from storage.duty_tables import BookRow, DutySwitch, InstanceRow

AT = datetime(2026, 10, 1, tzinfo=UTC)
BOOK = BookRow(
    stream="duty:1", jurisdiction="城区", plan_id="campus", plan_hash="h", bearer_kind="body", bearer="凤鸣小学",
    title="凤鸣小学", kinds="学校 小学", year=2026, number=1, state="open", sequence=3,
)  # fmt: skip
ROW = InstanceRow(
    jurisdiction="城区", plan_id="campus", bearer_kind="body", bearer="凤鸣小学", duty="drill", period="2026-Q4",
    first=date(2026, 10, 1), last=date(2026, 12, 31), due=AT + timedelta(days=92), name="", said="", settled_at=None,
    returned_at=None, evidence=0, stream="duty:1", year=2026,
)  # fmt: skip
OTHER = replace(ROW, period="2026-10", duty="patrol", due=AT + timedelta(days=31))
NEXT = replace(BOOK, stream="duty:2", year=2027, number=2)


async def write(store, book, *rows):
    async with store.writing() as tx:
        await tx.duties.write(book, rows)


async def rows(store, **wanted):
    async with store.reading() as rx:
        return await rx.duties.instances("城区", "campus", **wanted)


async def test_a_switch_is_as_it_was_set_last(store):
    on = DutySwitch(jurisdiction="城区", plan_id="campus", on=True, since=AT, by="p")
    async with store.writing() as tx:
        await tx.duties.switch(on)
        await tx.duties.switch(replace(on, jurisdiction="别处"))
        await tx.duties.switch(replace(on, on=False, since=AT + timedelta(days=1)))
        assert await tx.duties.switches("城区") == [replace(on, on=False, since=AT + timedelta(days=1))]
        assert len(await tx.duties.switches()) == 2


async def test_the_rows_of_a_book_are_those_that_it_tells(store):
    await write(store, BOOK, ROW, OTHER)
    assert await rows(store) == [OTHER, ROW]
    settled = replace(ROW, said="done", settled_at=AT, evidence=2)
    await write(store, replace(BOOK, sequence=4), settled)
    assert await rows(store) == [settled]
    async with store.reading() as rx:
        assert await rx.duties.of_book("duty:1") == [settled]
        assert await rx.duties.books("城区") == [replace(BOOK, sequence=4)]
        assert not await rx.duties.differs(replace(BOOK, sequence=4), [settled])
        assert await rx.duties.differs(BOOK, [settled])
        assert await rx.duties.differs(replace(BOOK, sequence=4), [ROW])
        assert await rx.duties.differs(replace(BOOK, sequence=4), [settled, OTHER])


async def test_rows_of_a_later_book_win_whenever_they_are_written(store):
    carried = replace(ROW, stream="duty:2", year=2027)
    await write(store, BOOK, ROW, OTHER)
    await write(store, NEXT, carried)
    turned = replace(BOOK, state="turned")
    await write(store, turned, ROW, OTHER)
    assert await rows(store) == [OTHER, carried]
    async with store.reading() as rx:
        assert not await rx.duties.differs(turned, [ROW, OTHER])
        assert not await rx.duties.differs(NEXT, [carried])
        assert await rx.duties.books("城区", "campus", state="open") == [NEXT]
        assert await rx.duties.books_of("城区", ["凤鸣小学"], "campus") == [NEXT]
        assert await rx.duties.count_books("城区", "campus") == 1


async def test_a_bearer_has_one_book_a_year(store):
    await write(store, BOOK)
    with pytest.raises(IntegrityError):
        await write(store, replace(BOOK, stream="duty:3"))


async def test_instances_are_found_by_end_and_duty_and_counted(store):
    await write(store, BOOK, ROW, OTHER)
    assert await rows(store, due_before=ROW.due) == [OTHER]
    assert await rows(store, due_after=ROW.due) == [ROW]
    assert await rows(store, duty="drill") == [ROW]
    async with store.reading() as rx:
        overdue = await rx.duties.overdue("城区", "campus", OTHER.due)
        assert overdue == [OTHER]
        counted = await rx.duties.counts("城区", "campus", AT, AT + timedelta(days=200), OTHER.due)
    assert counted == {("patrol", "missed"): 1, ("drill", "open"): 1}


async def test_overdue_ones_are_counted_by_bearer_and_agree_with_the_list(store):
    await write(store, BOOK, ROW, OTHER, replace(ROW, duty="meeting", said="done", settled_at=AT))
    other = replace(BOOK, stream="duty:3", bearer="东关小学", title="东关小学", number=3)
    await write(store, other, replace(ROW, stream=other.stream, bearer=other.bearer, returned_at=AT))
    for days in (0, 32, 93):
        now = AT + timedelta(days=days)
        async with store.reading() as rx:
            counted = await rx.duties.count_overdue("城区", "campus", now)
            listed = await rx.duties.overdue("城区", "campus", now)
        assert counted == Counter((row.bearer_kind, row.bearer) for row in listed)
    assert list(counted.items()) == [(("body", "凤鸣小学"), 2), (("body", "东关小学"), 1)]
