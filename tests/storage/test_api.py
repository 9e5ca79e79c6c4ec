"""Tokens and requests of other systems: the same on every database, also for two processes that come at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from storage.api_requests import ApiRequest
from storage.api_tokens import ApiToken
from storage.duty_tables import BookRow, InstanceRow
from storage.errors import Conflict
from tests.storage.rows import AT, after, incident


def token(id="t1", **fields):
    defaults: dict[str, Any] = {
        "digest": f"d-{id}", "name": "110平台", "jurisdiction": "某区", "plans": ("campus",),
        "scopes": ("report", "read"), "units": (), "rate": 60, "created_by": "p1", "created_at": AT,
        "until": after(days=30),
    }  # fmt: skip
    return ApiToken(**(defaults | fields), id=id)


def request(id="r1", **fields):
    defaults: dict[str, Any] = {
        "token_id": "t1", "key": f"k-{id}", "digest": "same", "operation": "reports", "about": "",
        "body": {"text": "4人受伤"}, "received_at": AT, "held_by": "one", "due_at": after(minutes=1),
    }  # fmt: skip
    return ApiRequest(**(defaults | fields), id=id)


async def test_a_token_opens_until_it_ends_or_is_revoked(store):
    first, other = token(), token("t2", jurisdiction="某市", plans=(), created_by="", until=after(hours=1))
    async with store.writing() as tx:
        await tx.api_tokens.add(first)
        await tx.api_tokens.add(other)
    async with store.writing() as tx:
        tokens = tx.api_tokens
        assert await tokens.by_digest("d-t1") == first and await tokens.get("t2") == other
        assert await tokens.by_digest("d-t3") is None and await tokens.get("t3") is None
        assert await tokens.among(["t1", "t2", "t3"]) == {"t1": first, "t2": other}
        assert await tokens.of("某区", AT) == [first] and await tokens.of("某市", after(hours=1)) == []
        assert await tokens.made_by("p1") == [first] and await tokens.every() == [first, other]
        await tokens.see("t1", after(minutes=1))
        assert await tokens.revoke("t1", after(minutes=2)) and not await tokens.revoke("t1", after(minutes=3))
        ended = replace(first, used_at=after(minutes=1), revoked_at=after(minutes=2))
        assert await tokens.get("t1") == ended and await tokens.of("某区", AT) == []
        anew = replace(first, digest="d-new", scopes=("report",), digest_before="d-t1", before_until=after(minutes=9))
        await tokens.replace(anew)
        assert await tokens.by_digest("d-new") == await tokens.by_digest("d-t1") == await tokens.get("t1") == anew
        assert await tokens.named("某区", "110平台") == [anew] and await tokens.named("某市", "119平台") == []
    for secret, span, opens in (
        ("d-new", 0, True), ("d-t1", 8, True), ("d-t1", 9, False), ("", 0, False), ("d-new", 10**6, False),
    ):  # fmt: skip
        assert anew.opens(secret, after(minutes=span)) == opens, (secret, span)
    assert not first.opens("", AT) and not replace(anew, revoked_at=AT).opens("d-new", AT)
    assert first.holds(AT) and not first.holds(after(days=30)) and not ended.holds(AT)
    assert first.serves("campus") and not first.serves("water") and other.serves("water")


async def test_a_request_is_kept_once_for_its_key_and_worked_off_by_one(store):
    async with store.writing() as tx:
        await tx.api_tokens.add(token())
        await tx.api_tokens.add(token("t2"))
        await tx.api_requests.keep([request(), request("r2"), request("r3", token_id="t2", key="k-r1", held_by="two")])
    with pytest.raises(Conflict):
        async with store.writing() as tx:
            await tx.api_requests.keep([request("r4"), request("r5", key="k-r1")])
    async with store.writing() as tx:
        requests = tx.api_requests
        assert await requests.get("r4") is None and await requests.waiting() == 3
        assert set(await requests.known("t1", ["k-r1", "k-r2", "k-r9"])) == {"k-r1", "k-r2"}
        alone = not store.postgres  # who is alone goes on with what one that died had kept
        assert [row.id for row in await requests.due(AT, "one", 10)] == ["r1", "r2", *(["r3"] if alone else [])]
        assert [row.id for row in await requests.due(AT, "two", 10)] == [*(["r1", "r2"] if alone else []), "r3"]
        assert [row.id for row in await requests.due(after(minutes=1), "two", 2)] == ["r1", "r2"]
        assert await requests.next_at() == after(minutes=1)
        failed = await requests.again(request(), after(minutes=5))
        assert (failed.tries, failed.held_by) == (1, "") and await requests.get("r1") == failed
        assert [row.id for row in await requests.due(AT, "one", 10)] == ["r2", *(["r3"] if alone else [])]
        assert [row.id for row in await requests.due(after(minutes=5), "two", 10)] == ["r1", "r2", "r3"]
        await requests.done("r2", {"stream": "incident:1"}, after(minutes=1))
        done = replace(request("r2"), body=None, due_at=None, answer={"stream": "incident:1"}, done_at=after(minutes=1))
        assert await requests.get("r2") == done and await requests.waiting() == 2
        assert await requests.forget(after(minutes=1)) == 0 and await requests.forget(after(minutes=2)) == 1
        assert await requests.get("r2") is None


@pytest.mark.parametrize("size", [1, 2, 3, 7])
async def test_pages_have_every_row_once_whatever_is_added_meanwhile(store, size):
    """Rows of one moment too; what is added behind comes, what is added before does not push anything twice."""

    async def add(name: str, minute: int, **fields) -> None:
        async with store.writing() as tx:
            await tx.incidents.save(
                incident(name, **{"jurisdiction": "某区", "reported_at": after(minutes=minute)} | fields)
            )

    there = [("b", 1), ("a", 1), ("d", 2), ("c", 1), ("f", 9), ("e", 3)]
    for number, (name, minute) in enumerate(there, 1):
        await add(name, minute, number=number)
    await add("x", 2, number=90, jurisdiction="别处")
    await add("y", 2, number=91, plan_id="water")
    seen, last, added = [], None, 100
    while True:
        async with store.reading() as rx:
            rows = await rx.incidents.page("某区", ["campus"], size, after=last)
        seen += [row.stream for row in rows]
        if len(rows) < size:
            break
        last = (rows[-1].reported_at, rows[-1].stream)
        added += 1
        if added < 104:
            await add(f"0{added}", 0, number=added)  # before all of them
    assert seen == ["a", "b", "c", "d", "e", "f"]
    async with store.reading() as rx:
        assert len(await rx.incidents.page("某区", ["campus", "water"], 100, open_only=True)) >= 7


async def test_duties_are_paged_by_all_that_orders_them(store):
    book = BookRow(
        stream="duty:1", jurisdiction="某区", plan_id="campus", plan_hash="h", bearer_kind="unit", bearer="教育局",
        title="教育局", kinds="", year=2026, number=1, state="open", sequence=1,
    )  # fmt: skip
    day = AT.date()
    rows = [
        InstanceRow(
            jurisdiction="某区", plan_id="campus", bearer_kind="unit", bearer="教育局", duty=duty, period=period,
            first=day, last=day, due=after(days=days), name="", said="", settled_at=None, returned_at=None, evidence=0,
            stream="duty:1", year=2026,
        )
        for duty, period, days in (("a", "1", 2), ("b", "1", 1), ("a", "2", 2), ("c", "3", 1), ("c", "4", 1))
    ]  # fmt: skip
    async with store.writing() as tx:
        await tx.duties.write(book, rows)
    for size in (1, 2, 4):
        seen, last = [], None
        while True:
            async with store.reading() as rx:
                page = await rx.duties.page("某区", ["campus"], size, after=last)
            seen += page
            if len(page) < size:
                break
            end = page[-1]
            last = (end.plan_id, end.bearer_kind, end.bearer, end.due, end.duty, end.period)
        told = [(row.due, row.duty, row.period) for row in seen]
        assert told == sorted((row.due, row.duty, row.period) for row in rows)
