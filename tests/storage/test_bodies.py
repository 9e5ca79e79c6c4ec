"""Lists of bodies: the newest holds, nothing is overwritten, and a list can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from storage.bodies import BodyList, BodyRow
from storage.errors import Conflict

AT = datetime(2026, 9, 1, tzinfo=UTC)
LIST = BodyList(jurisdiction="城区", number=1, at=AT, by="p", source="学校.xlsx", added=2)
SCHOOL = BodyRow(
    jurisdiction="城区", id="凤鸣小学", name="凤鸣小学", short=["凤小"], kind="小学", township="城关镇", head="李校长",
    phones=["0356-2250777"], since=1,
)  # fmt: skip
OTHER = replace(SCHOOL, id="河口中学", name="河口中学", short=[], township="河口乡")


async def _listed(store):
    async with store.writing() as tx:
        await tx.bodies.take_over(LIST, [SCHOOL, OTHER], ())


async def test_a_list_is_kept_as_it_came(store):
    assert await _version(store) == 0
    await _listed(store)
    assert await _version(store) == 1
    async with store.reading() as rx:
        assert await rx.bodies.all("城区") == [SCHOOL, OTHER]
        assert await rx.bodies.all("别处") == [] and await rx.bodies.version("别处") == 0
        assert await rx.bodies.lists("城区") == [LIST]


async def test_a_later_list_changes_some_and_ends_some(store):
    await _listed(store)
    changed = replace(SCHOOL, head="王校长", since=2)
    async with store.writing() as tx:
        await tx.bodies.take_over(replace(LIST, number=2, added=0, changed=1, ended=1), [changed], ["河口中学"])
    async with store.reading() as rx:
        assert await rx.bodies.all("城区") == [changed]
        assert [item.number for item in await rx.bodies.lists("城区")] == [2, 1]
        found = await rx.bodies.of("城区", ["凤鸣小学", "河口中学", "没有"])
        assert found == {"凤鸣小学": changed, "河口中学": replace(OTHER, until=2)}
        earlier, added = await rx.bodies.before("城区", 2)
        assert earlier == [replace(SCHOOL, until=2), replace(OTHER, until=2)] and added == []
        assert await rx.bodies.before("城区", 1) == ([], ["凤鸣小学", "河口中学"])
        assert await rx.bodies.of("城区", []) == {}


async def test_two_lists_of_one_number_are_a_conflict(store):
    await _listed(store)
    with pytest.raises(Conflict):
        await _listed(store)
    assert await _version(store) == 1


async def test_thousands_are_taken_over(store):
    rows = [replace(SCHOOL, id=f"第{number}小学", name=f"第{number}小学") for number in range(3000)]
    async with store.writing() as tx:
        await tx.bodies.take_over(LIST, rows, ())
    async with store.writing() as tx:
        await tx.bodies.take_over(replace(LIST, number=2), [], [row.id for row in rows[1:]])
        assert [row.id for row in await tx.bodies.all("城区")] == ["第0小学"]


async def test_what_a_later_list_changed_is_forgotten_but_not_what_can_be_undone(store):
    await _listed(store)
    async with store.writing() as tx:
        later = replace(LIST, number=2, at=AT + timedelta(days=9))
        await tx.bodies.take_over(later, [replace(SCHOOL, head="王校长", since=2)], ())
        assert await tx.bodies.forget_earlier(AT + timedelta(days=99)) == 0, "the newest list may be undone"
        newest = replace(LIST, number=3, at=AT + timedelta(days=10))
        await tx.bodies.take_over(newest, [replace(SCHOOL, head="陈校长", since=3)], ())
        assert await tx.bodies.forget_earlier(AT + timedelta(days=9)) == 0
        assert await tx.bodies.forget_earlier(AT + timedelta(days=99)) == 1
        assert await tx.bodies.forget_earlier(AT + timedelta(days=99)) == 0
        earlier, _ = await tx.bodies.before("城区", 3)
        assert [row.head for row in earlier] == ["王校长"]


async def test_a_head_is_forgotten_with_his_own_numbers_and_the_offices_stay(store):
    await _listed(store)
    async with store.writing() as tx:
        numbers = ["0356-2250777", "own"]
        await tx.bodies.take_over(replace(LIST, number=2), [replace(SCHOOL, phones=numbers, since=2)], ())
        assert await tx.bodies.forget_head("城区", "凤鸣小学", "王校长", {"own"}.__contains__) == 0
        assert await tx.bodies.forget_head("城区", "凤鸣小学", "李校长", {"own"}.__contains__) == 2
        rows = {row.id: row for row in await tx.bodies.all("城区")}
        assert (rows["凤鸣小学"].head, rows["凤鸣小学"].phones) == ("", ["0356-2250777"])
        assert rows["河口中学"] == OTHER


async def _version(store) -> int:
    async with store.reading() as rx:
        return await rx.bodies.version("城区")
