import asyncio
from dataclasses import replace

from tests.storage.rows import add_places, after, incident


async def save(store, *rows):
    async with store.writing() as tx:
        for row in rows:
            await tx.incidents.save(row)


async def test_a_row_is_written_and_overwritten(store):
    await add_places(store, "p1")
    row = incident(occurred_at=after(minutes=-5), event_level="一般", response_level="Ⅲ", place_id="p1", drill=True)
    await save(store, row)
    changed = replace(row, state="responding", sequence=4, text="踩踏\x00")
    await save(store, changed)
    async with store.reading() as rx:
        assert await rx.incidents.get(row.stream) == replace(changed, text="踩踏\ufffd")
        assert await rx.incidents.get("incident:none") is None


async def test_people_find_an_incident_by_its_number(store):
    old = incident("incident:1", year=2025, number=17)
    new = incident("incident:2", year=2026, number=17)
    drill = incident("incident:3", year=2026, number=17, drill=True)
    elsewhere = incident("incident:4", year=2026, number=17, jurisdiction="dezhou")
    await save(store, new, old, drill, elsewhere)
    async with store.reading() as rx:
        assert await rx.incidents.by_number("chengqu", None, 17, False) == new
        assert await rx.incidents.by_number("chengqu", 2025, 17, False) == old
        assert await rx.incidents.by_number("chengqu", None, 17, True) == drill
        assert await rx.incidents.by_number("chengqu", 2026, 18, False) is None


async def test_open_ones_are_those_not_closed_rejected_or_merged(store):
    states = ["reported", "responding", "ended", "closed", "rejected", "merged"]
    await save(
        store,
        *(incident(f"incident:{n}", number=n, state=s, reported_at=after(minutes=-n)) for n, s in enumerate(states)),
        incident("incident:8", number=8, plan_id="flood"),
        incident("incident:9", number=8, jurisdiction="dezhou"),
    )
    async with store.reading() as rx:
        assert [row.number for row in await rx.incidents.open("chengqu", "campus")] == [2, 1, 0]
        assert [row.number for row in await rx.incidents.open("chengqu")] == [2, 1, 0, 8]
        assert len(await rx.incidents.open()) == 5


async def test_the_list_begins_with_the_newest(store):
    rows = [incident(f"incident:{n}", number=n, reported_at=after(minutes=n)) for n in range(5)]
    await save(store, *rows, incident("incident:9", number=0, jurisdiction="dezhou"))
    async with store.reading() as rx:
        assert await rx.incidents.list("chengqu", 3) == rows[:1:-1]
        assert len(await rx.incidents.list(limit=10)) == 6


async def test_twenty_writers_at_once_get_twenty_numbers_without_a_gap(store):
    async def report():
        async with store.writing() as tx:
            return await tx.incidents.next_number("chengqu", 2026, False)

    numbers = await asyncio.gather(*(report() for _ in range(20)))
    assert sorted(numbers) == list(range(1, 21))


async def test_a_number_that_was_not_committed_is_given_again(store):
    async def report(fail):
        try:
            async with store.writing() as tx:
                number = await tx.incidents.next_number("chengqu", 2026, False)
                assert not fail
                return number
        except AssertionError:
            return None

    numbers = await asyncio.gather(*(report(n % 2 == 0) for n in range(10)))
    assert sorted(number for number in numbers if number) == [1, 2, 3, 4, 5]


async def test_years_jurisdictions_and_drills_are_counted_apart(store):
    async with store.writing() as tx:
        keys = [("a", 2026, False), ("a", 2026, True), ("a", 2027, False), ("b", 2026, False)]
        assert [await tx.incidents.next_number(*key) for key in keys] == [1, 1, 1, 1]
        assert await tx.incidents.next_number("a", 2026, False) == 2


async def test_of_open_ones_it_is_told_how_far_their_rows_know_them(store):
    await save(
        store,
        incident("incident:1", sequence=4),
        incident("incident:2", number=2, state="closed", sequence=9),
        incident("incident:3", number=3, jurisdiction="dezhou"),
    )
    async with store.reading() as rx:
        assert await rx.incidents.open_ends("chengqu") == {"incident:1": 4}
