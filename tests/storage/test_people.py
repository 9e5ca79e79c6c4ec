import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from storage.people import Channel, Claim, Holding, Invitation, ShiftRow
from tests.storage.rows import AT, add_people, add_places, after, person


def holding(id, person_id="u1", role="commander", **fields):
    defaults: dict[str, Any] = {
        "jurisdiction": "chengqu",
        "plan_id": "campus",
        "granted_by": "settings",
        "granted_at": AT,
    }
    return Holding(**(defaults | fields), id=id, person_id=person_id, role=role)


def invitation(digest="d1", **fields):
    defaults: dict[str, Any] = {
        "jurisdiction": "chengqu",
        "plan_id": "campus",
        "role": "liaison",
        "unit": "区卫健局",
        "created_by": "u1",
        "created_at": AT,
        "expires_at": after(hours=1),
    }
    return Invitation(**(defaults | fields), digest=digest)


def claim(id="k1", **fields):
    defaults: dict[str, Any] = {
        "person_id": "u1",
        "jurisdiction": "chengqu",
        "plan_id": "campus",
        "role": "liaison",
        "unit": "区教育局",
        "at": AT,
    }
    return Claim(**(defaults | fields), id=id)


async def grant(store, *rows):
    async with store.writing() as tx:
        for row in rows:
            await tx.people.grant(row)


async def test_a_person_is_found_by_either_id(store):
    await add_places(store, "p1")
    one = person(
        "u1", 42, username="wang", place_id="p1", started_at=AT, blocked_at=after(days=1), name="王\x00<b>值班"
    )
    async with store.writing() as tx:
        await tx.people.save(one)
    async with store.reading() as rx:
        stored = replace(one, name="王\ufffd<b>值班")
        assert await rx.people.by_telegram(42) == stored
        assert await rx.people.get("u1") == stored
        assert await rx.people.by_telegram(43) is None
        assert await rx.people.get("u2") is None
    async with store.writing() as tx:
        await tx.people.save(replace(one, name="王", blocked_at=None))
        assert (await tx.people.get("u1")).blocked_at is None


async def test_people_without_telegram_are_many_and_an_account_is_one(store):
    async with store.writing() as tx:
        for id in ("u1", "u2"):
            await tx.people.save(replace(person(id), telegram_id=None))
        await tx.people.save(person("u3", 7))
        with pytest.raises(IntegrityError):
            async with tx.savepoint():
                await tx.people.save(person("u4", 7))
        assert (await tx.people.by_telegram(7)).id == "u3"


async def test_roles_are_held_until_they_are_revoked(store):
    await add_people(store, "u1", "u2")
    both = [holding("h1", role="director"), holding("h2", role="deputy", granted_at=after(minutes=1))]
    elsewhere = holding("h3", jurisdiction="dezhou", granted_at=after(minutes=2))
    await grant(store, *both, elsewhere, holding("h4", "u2"))
    async with store.writing() as tx:
        assert await tx.people.holdings("u1", lock=True) == [*both, elsewhere]
        assert await tx.people.holdings("u1", "chengqu", lock=True) == both
        assert await tx.people.revoke("h1", after(days=1))
        assert not await tx.people.revoke("h1", after(days=2))
        assert not await tx.people.revoke("none", AT)
        assert await tx.people.holdings("u1", "chengqu") == both[1:]
        assert [row.id for row in await tx.people.all_holdings("chengqu")] == ["h4", "h2"]


async def test_who_administers_which_jurisdiction(store):
    await add_people(store, "u1", "u2")
    wide = {"plan_id": "*", "role": "admin"}
    mine = [holding("h1", **wide), holding("h2", "u2", **wide), holding("h3", jurisdiction="dezhou", **wide)]
    await grant(store, *mine, holding("h4", role="director"))
    async with store.writing() as tx:
        assert await tx.people.administering() == mine
        await tx.people.revoke("h2", after(days=1))
        assert [row.id for row in await tx.people.administering()] == ["h1", "h3"]


async def test_holders_of_a_role_come_once_each_the_first_first(store):
    await add_people(store, "u1", "u2", "u3")
    await grant(
        store,
        holding("h1", "u2", "liaison", unit="区教育局"),
        holding("h2", "u1", "liaison", unit="区卫健局", granted_at=after(minutes=1)),
        holding("h3", "u2", "liaison", unit="区卫健局", granted_at=after(minutes=2)),
        holding("h4", "u3", "liaison", unit="区卫健局", ended_at=AT),
        holding("h5", "u3", "liaison", unit="区卫健局", plan_id="flood"),
    )

    async def ids(*arguments):
        async with store.reading() as rx:
            return [one.id for one in await rx.people.holders(*arguments)]

    assert await ids("chengqu", "campus", "liaison") == ["u2", "u1"]
    assert await ids("chengqu", "campus", "liaison", "区卫健局") == ["u1", "u2"]
    assert await ids("chengqu", "flood", "liaison", "区卫健局") == ["u3"]
    assert await ids("chengqu", "campus", "commander") == []


async def test_an_invitation_is_used_once_before_it_expires(store):
    await add_people(store, "u1", "u2")
    async with store.writing() as tx:
        await tx.people.invite(invitation())
        await tx.people.invite(invitation("d2", expires_at=after(minutes=1), created_at=after(seconds=1)))
        assert [one.digest for one in await tx.people.invitations("chengqu")] == ["d2", "d1"]
        assert await tx.people.take_invitation("unknown", "u2", AT) is None
        assert await tx.people.take_invitation("d2", "u2", after(minutes=1)) is None
        taken = await tx.people.take_invitation("d1", "u2", after(minutes=59))
        assert taken == invitation(taken_by="u2", taken_at=after(minutes=59))
        assert await tx.people.take_invitation("d1", "u1", after(minutes=59)) is None
        assert not await tx.people.revoke_invitation("d1", AT)
        assert await tx.people.revoke_invitation("d2", AT)
        assert await tx.people.take_invitation("d2", "u2", AT) is None
        assert await tx.people.invitations("chengqu") == []


async def test_of_many_who_open_the_same_link_one_gets_the_role(store):
    ids = [f"u{n}" for n in range(8)]
    await add_people(store, *ids)
    async with store.writing() as tx:
        await tx.people.invite(invitation())

    async def take(id):
        async with store.writing() as tx:
            return await tx.people.take_invitation("d1", id, AT)

    taken = [one for one in await asyncio.gather(*(take(id) for id in ids)) if one]
    assert len(taken) == 1 and taken[0].taken_by in ids


async def test_a_claim_is_decided_once(store):
    await add_people(store, "u1")
    async with store.writing() as tx:
        await tx.people.claim(claim("k2", at=after(minutes=1)))
        await tx.people.claim(claim("k1"))
        await tx.people.claim(claim("k3", jurisdiction="dezhou"))
        assert [one.id for one in await tx.people.claims("chengqu")] == ["k1", "k2"]

    async def decide(by, approved):
        async with store.writing() as tx:
            return await tx.people.decide_claim("k1", by, after(minutes=2), approved)

    decided = [one for one in await asyncio.gather(decide("a", True), decide("b", False)) if one]
    assert len(decided) == 1
    [one] = decided
    assert one == claim("k1", decided_by=one.decided_by, decided_at=after(minutes=2), approved=one.decided_by == "a")
    async with store.reading() as rx:
        assert [one.id for one in await rx.people.claims("chengqu")] == ["k2"]


async def test_another_telephone_goes_into_what_waits_and_says_who_somebody_is(store):
    await add_people(store, "u1", "u2")
    async with store.writing() as tx:
        for one in (
            claim("k1", name="李五", phone="1"),
            claim("k2"),
            claim("k3", person_id="u2", name="王", phone="2"),
        ):
            await tx.people.claim(one)
        assert await tx.people.change_claimed_phone("u1", "3") == 1
        await tx.people.decide_claim("k1", "a", after(minutes=1), True)
        assert await tx.people.change_claimed_phone("u1", "4") == 0, "what is decided stands"
    async with store.reading() as rx:
        assert [one.phone for one in await rx.people.claims_of("u1")] == ["3", ""]
        assert [one.phone for one in await rx.people.claims_of("u2")] == ["2"]


async def test_a_seat_is_taken_over(store):
    await add_people(store, "u1", "u2")
    async with store.writing() as tx:
        assert await tx.people.seat("chengqu", "campus") is None
        assert await tx.people.take_seat("chengqu", "campus", person_id="u1", name="老王", since=AT) is None
        before = await tx.people.take_seat("chengqu", "campus", person_id="u2", name="小李", since=after(hours=8))
        assert (before.person_id, before.name, before.since) == ("u1", "老王", AT)
    async with store.reading() as rx:
        assert (await rx.people.seat("chengqu", "campus")).name == "小李"
        assert await rx.people.seat("chengqu", "flood") is None


async def test_a_role_for_nobody_is_refused(store):
    with pytest.raises(IntegrityError):
        await grant(store, holding("h1", "nobody"))


async def test_what_is_held_for_somebody_else_ends_at_its_moment(store):
    await add_people(store, "u1", "u2")
    lent = holding("h2", "u2", until=after(hours=1), acting_for="u1")
    await grant(store, holding("h1"), lent, holding("h3", "u2", role="duty"))
    async with store.writing() as tx:
        assert await tx.people.lapse(after(minutes=59)) == 0
        assert await tx.people.lent_by("u1") == [lent]
        assert {item.id for item in await tx.people.holdings("u2")} == {"h2", "h3"}
        assert await tx.people.lapse(after(hours=1)) == 1
        assert [item.id for item in await tx.people.holdings("u2")] == ["h3"]
        assert await tx.people.lent_by("u1") == []
        assert [item.id for item in await tx.people.holders("chengqu", "campus", "commander")] == ["u1"]
        assert {item.ended_at for item in await tx.people.all_of("u2")} == {after(hours=1), None}


async def test_a_roster_is_replaced_span_by_span(store):
    def shift(hours, kind="主班", name="赵值班", **fields):
        begins = after(hours=hours)
        given: dict[str, Any] = {"jurisdiction": "chengqu", "plan_id": "campus", "begins": begins}
        given["ends"] = begins + timedelta(hours=12)
        return ShiftRow(**(given | fields), kind=kind, name=name)

    night, day, later = shift(0), shift(12, phone="13800000001"), shift(24)
    elsewhere = shift(0, plan_id="energy")
    async with store.writing() as tx:
        assert await tx.people.replace_shifts("chengqu", "campus", AT, after(days=2), [night, day, later]) == 0
        await tx.people.replace_shifts("chengqu", "energy", AT, after(days=2), [elsewhere])
        assert await tx.people.shifts("chengqu", "campus", after(hours=1), after(hours=2)) == [night]
        assert await tx.people.shifts("chengqu", "campus", after(hours=11), after(hours=24)) == [night, day]
        other = shift(12, name="钱值班")
        assert await tx.people.replace_shifts("chengqu", "campus", after(hours=12), after(hours=24), [other]) == 1
        assert await tx.people.shifts("chengqu", "campus", AT, after(days=3)) == [night, other, later]
        assert await tx.people.shifts("chengqu", "energy", AT, after(days=3)) == [elsewhere]


async def test_units_that_somebody_answers_for_perhaps_by_their_heads_alone(store):
    await add_places(store, "p1", "p2")
    async with store.writing() as tx:
        for number, (role, place) in enumerate((("liaison", "p1"), ("head", "p2"), ("head", None), ("reporter", None))):
            await tx.people.add(person(f"u{number}", telegram_id=number + 1, place_id=place))
            await tx.people.grant(holding(f"h{number}", f"u{number}", role, unit=f"{role}{number}"))
        assert await tx.people.reachable_units("chengqu", "campus") == {"liaison0"}
        assert await tx.people.reachable_units("chengqu", "campus", by_head=True) == {"liaison0", "head1"}
        assert await tx.people.reachable_units("chengqu", "other", by_head=True) == frozenset()


async def test_who_answers_for_many_units_is_what_asking_for_each_says(store):
    count = 1_203  # more than one statement takes, and no multiple of it
    await add_places(store, "p1")
    await add_people(store, *(f"u{number}" for number in range(count)))
    async with store.writing() as tx:
        for number in range(count):
            await tx.people.grant(holding(f"h{number}", f"u{number}", "head", unit=f"校{number}"))
        await tx.people.grant(holding("x1", "u1", "head", unit="校0", granted_at=AT - timedelta(days=1)))
        await tx.people.grant(holding("x2", "u0", "head", unit="校0", granted_at=after(hours=1)))
        await tx.people.grant(holding("x3", "u2", "liaison", unit="校0"))
        await tx.people.grant(holding("x4", "u3", "head", unit="校0", plan_id="other"))
        await tx.people.grant(holding("x5", "u4", "head", unit="校1"))
        await tx.people.revoke("x5", after(minutes=1))
        channel = Channel(id="c1", person_id="u7", place_id="p1", kind="邮件", address="mailto://a", created_at=AT)
        await tx.people.add_channel(channel)
    units = [f"校{number}" for number in range(count)] + ["无人"]
    async with store.reading() as rx:
        found = await rx.people.holders_of_units("chengqu", "campus", "head", units)
        for unit in ("校0", "校1", "校500", f"校{count - 1}", "无人"):
            assert found.get(unit, []) == await rx.people.holders("chengqu", "campus", "head", unit), unit
        assert [item.id for item in found["校0"]] == ["u1", "u0"] and len(found) == count
        assert await rx.people.holders_of_units("chengqu", "campus", "head", ()) == {}
        people = [f"u{number}" for number in range(count)]
        assert await rx.people.channels_among(people) == {"u7": await rx.people.channels_of("u7")}
        assert (await rx.places.among(["p1", "nowhere"])).keys() == {"p1"}
