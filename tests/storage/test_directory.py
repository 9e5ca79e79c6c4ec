"""Edits of the directory: the newest about a number holds, nothing is overwritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from storage.directory import DirectoryLine

AT = datetime(2026, 3, 2, tzinfo=UTC)
LINE = DirectoryLine(id="1", jurisdiction="城区", unit="区教育局", was="0356-2250777", number="0356-1", by="p", at=AT)


async def test_a_later_edit_of_the_same_number_takes_the_earlier_ones_place(store):
    async with store.writing() as tx:
        await tx.directory.amend(LINE)
        await tx.directory.amend(replace(LINE, id="2", number="", at=AT + timedelta(hours=1)))
    async with store.reading() as rx:
        assert [item.id for item in await rx.directory.amendments("城区")] == ["2"]
        kept = await rx.directory.amendments("城区", ended=True)
        assert [(item.id, item.ended_at) for item in kept] == [("2", None), ("1", AT + timedelta(hours=1))]
        assert await rx.directory.amendments("别处") == []


async def test_added_lines_stand_beside_each_other(store):
    async with store.writing() as tx:
        for row, number in enumerate(("0356-1", "0356-2", "0356-2")):
            await tx.directory.amend(replace(LINE, id=str(row), was="", number=number))
    async with store.reading() as rx:
        assert sorted(item.number for item in await rx.directory.amendments("城区")) == ["0356-1", "0356-2"]


async def test_an_edit_ends_once(store):
    async with store.writing() as tx:
        await tx.directory.amend(LINE)
        assert await tx.directory.end("1", AT) and not await tx.directory.end("1", AT)
        assert await tx.directory.amendments("城区") == []
