from storage.obligations import ObligationRow
from storage.wakes import Wake, WakeRow
from tests.storage.rows import STREAM, after, incident


def wake(key, minutes, kind="obligation"):
    return Wake(key=key, at=after(minutes=minutes), kind=kind)


def obligation(key, due=30, status="pending", next_wake=20, stream=STREAM):
    return ObligationRow(
        stream=stream,
        key=key,
        rule="first-report",
        clause="4.1.2",
        report="首报",
        due=None if due is None else after(minutes=due),
        status=status,
        next_wake=None if next_wake is None else after(minutes=next_wake),
    )


async def replace(store, *wakes, stream=STREAM):
    async with store.writing() as tx:
        await tx.wakes.replace(stream, wakes)
        return tx.touched


async def test_due_wakes_come_in_the_order_of_their_moments(store):
    await replace(store, wake("b", 5), wake("a", 10, "ladder"), wake("c", 30))
    await replace(store, wake("a", 1), stream="incident:2")
    async with store.reading() as rx:
        assert await rx.wakes.due(after(minutes=10), 10) == [
            WakeRow(stream="incident:2", key="a", at=after(minutes=1), kind="obligation"),
            WakeRow(stream=STREAM, key="b", at=after(minutes=5), kind="obligation"),
            WakeRow(stream=STREAM, key="a", at=after(minutes=10), kind="ladder"),
        ]
        assert [row.key for row in await rx.wakes.due(after(minutes=10), 1)] == ["a"]
        assert await rx.wakes.due(after(seconds=59), 10) == []
        assert await rx.wakes.next_at() == after(minutes=1)


async def test_replacing_writes_only_the_difference(store, raw):
    await replace(store, wake("a", 1), wake("b", 2), wake("c", 3))
    assert "wakes" not in await replace(store, wake("c", 3), wake("a", 1), wake("b", 2))
    async with store.writing() as tx:
        await raw(tx, "CREATE TABLE written (key TEXT)")
        if store.postgres:
            await raw(
                tx,
                "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN INSERT INTO written VALUES (coalesce(NEW.key, OLD.key)); RETURN NULL; END $$",
            )
            await raw(
                tx, "CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON wakes FOR EACH ROW EXECUTE FUNCTION note()"
            )
        else:
            for event, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
                await raw(
                    tx,
                    f"CREATE TRIGGER note_{event} AFTER {event} ON wakes"
                    f" BEGIN INSERT INTO written VALUES ({row}.key); END",
                )
    assert "wakes" in await replace(store, wake("a", 1), wake("b", 9), wake("d", 4))
    async with store.reading() as rx:
        assert sorted(await raw(rx, "SELECT key FROM written")) == ["b", "c", "d"]
        assert [row.key for row in await rx.wakes.of(STREAM)] == ["a", "d", "b"]
    await replace(store)
    async with store.reading() as rx:
        assert await rx.wakes.of(STREAM) == []
        assert await rx.wakes.next_at() is None


async def test_obligations_are_replaced_and_listed_by_due_time(store):
    rows = [obligation("a", 60), obligation("b", 30), obligation("c", None, "possible", None)]
    async with store.writing() as tx:
        await tx.incidents.save(incident())
        await tx.obligations.replace(STREAM, [*rows, obligation("gone")])
        await tx.obligations.replace(STREAM, rows)
        await tx.obligations.replace("incident:2", [obligation("a", stream="incident:2")])
    async with store.reading() as rx:
        assert [row.key for row in await rx.obligations.of(STREAM)] == ["b", "a", "c"]
        assert set(await rx.obligations.of(STREAM)) == set(rows)


async def test_open_obligations_of_a_jurisdiction(store):
    async with store.writing() as tx:
        await tx.incidents.save(incident())
        await tx.incidents.save(incident("incident:2", jurisdiction="dezhou"))
        statuses = ["pending", "overdue", "possible", "filed", "late", "waived", "superseded"]
        await tx.obligations.replace(STREAM, [obligation(s, 10 + n, s) for n, s in enumerate(statuses)])
        await tx.obligations.replace("incident:2", [obligation("x", stream="incident:2")])
    async with store.reading() as rx:
        assert [row.status for row in await rx.obligations.open("chengqu")] == ["pending", "overdue", "possible"]
        assert [row.key for row in await rx.obligations.open("dezhou")] == ["x"]
        assert len(await rx.obligations.open()) == 4


async def test_an_auditor_finds_an_open_obligation_that_nothing_will_remind_of(store):
    async with store.writing() as tx:
        await tx.obligations.replace(
            STREAM,
            [
                obligation("reminded", next_wake=1),
                obligation("forgotten", next_wake=1),
                obligation("filed", status="filed", next_wake=1),
                obligation("later", next_wake=50),
                obligation("never", next_wake=None),
            ],
        )
        await tx.wakes.replace(STREAM, [wake("reminded", 1)])
    async with store.reading() as rx:
        assert [row.key for row in await rx.obligations.missed(after(minutes=10))] == ["forgotten"]
