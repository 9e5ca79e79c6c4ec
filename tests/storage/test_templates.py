"""What a statement comes to is the same whether SQLAlchemy executes it or SQLite does from its template."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import bindparam, delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError

from storage import open_store
from storage.causes import causes
from storage.errors import ReadOnly
from storage.in_place import maker
from storage.outbox.tables import outbox
from storage.sqlite_connection import MANY, Connection
from storage.templates import MOST_FORMS, Form
from storage.wakes import wakes
from tests.storage.rows import AT, add_places, message


def statements():
    """Statements of each kind, new ones, with parameters: lists, constants, expressions, rows that come back."""
    row = {"cause": "one", "at": AT, "result": {"a": [1, "二", None]}}
    wake = [{"stream": f"i:{n}", "key": "k", "at": AT + timedelta(hours=n), "kind": "obligation"} for n in range(5)]
    named = outbox.c.place_id.in_(bindparam("places", expanding=True))
    later = wakes.c.at > bindparam("after")
    return [
        (insert(causes), row),
        (select(causes).where(causes.c.cause == bindparam("cause")), {"cause": "one"}),
        (insert(wakes), wake),
        (select(wakes).where(later).order_by(wakes.c.at).limit(bindparam("most")), {"after": AT, "most": 3}),
        (update(wakes).where(wakes.c.stream == bindparam("of"), wakes.c.kind.in_(["obligation", "timer"])),
         {"of": "i:1", "at": AT + timedelta(days=2), "kind": "ladder"}),
        (select(wakes.c.at, wakes.c.kind).order_by(wakes.c.at), None),
        (select(outbox).where(named, outbox.c.state.not_in(("dead",))).order_by(outbox.c.id), {"places": ["p1", "p2"]}),
        (select(outbox.c.payload, outbox.c.ring).where(named).order_by(outbox.c.id), {"places": []}),
        (delete(wakes).where(wakes.c.key.in_(bindparam("keys", expanding=True))).returning(wakes.c.at),
         {"keys": ["k", "other"]}),
    ]  # fmt: skip


async def told(session, statement, parameters):
    """Return all that a repository may ask of a statement that changes nothing, else how many rows it changed."""
    if not statement.is_select:
        return await session.run(statement, parameters)
    rows, first = await session.rows(statement, parameters), await session.first(statement, parameters)
    assert (first is None) == (not rows) and (first is None or tuple(first) == tuple(rows[0]))
    columns = [column.name for column in statement.selected_columns]
    assert [[getattr(row, name) for name in columns] for row in rows] == [list(row) for row in rows]
    assert (
        [dict(row._mapping) for row in rows]
        == [row._asdict() for row in rows]
        == [dict(zip(columns, row, strict=True)) for row in rows]
    )
    return [tuple(row) for row in rows], await session.scalar(statement, parameters)


async def test_a_statement_comes_to_the_same_by_its_template(store):
    """Each new database is asked each statement for the first time, then, undone, the others."""
    await add_places(store, "p1", "p2")
    async with store.writing() as tx:
        await tx.outbox.enqueue([message("p1"), message("p2", ring=True)])
    found = []
    asked = statements()
    for _ in range(3):
        with pytest.raises(LookupError):
            async with store.writing() as tx:
                found.append([await told(tx._session, *one) for one in asked])
                raise LookupError
    assert found[0] == found[1] == found[2]


@pytest.fixture
async def sqlite():
    """A store in memory, on SQLite whatever the others are on."""
    async with await open_store("sqlite://") as store:
        yield store


async def test_what_is_executed_again_is_executed_here_and_what_may_take_long_is_not(sqlite, monkeypatch):
    here: list[str] = []
    execute = Connection.execute_here

    def noted(self, sql, values):
        here.append(sql)
        return execute(self, sql, values)

    monkeypatch.setattr(Connection, "execute_here", noted)
    statement = select(wakes).where(wakes.c.stream.in_(bindparam("streams", expanding=True)))
    async with sqlite.writing() as tx:
        for _ in range(3):
            await tx._session.rows(statement, {"streams": ["a"]})
        assert len(here) == 2
        for length in range(2 * MOST_FORMS):
            await tx._session.rows(statement, {"streams": ["a"] * length})
        assert len(here) == 2 + 2 * MOST_FORMS
        tx._session.driver.in_memory = False
        tx._session.driver.slow[here[0]] = 5
        await tx._session.rows(statement, {"streams": ["a"]})
        assert len(here) == 2 + 2 * MOST_FORMS


async def test_many_rows_are_left_to_the_thread(sqlite, monkeypatch):
    monkeypatch.setattr(Connection, "execute_many_here", None)
    rows = [{"stream": f"i:{n}", "key": "k", "at": AT, "kind": "x"} for n in range(MANY)]
    statement = insert(wakes)
    async with sqlite.writing() as tx:
        await tx._session.run(delete(wakes))
        await tx._session.run(statement, rows)
        await tx._session.run(delete(wakes))
        assert await tx._session.run(statement, rows) == MANY


async def test_an_error_is_the_same_by_a_template(sqlite):
    twice, naive = insert(causes), select(wakes).where(wakes.c.at == bindparam("at"))
    row = {"cause": "one", "at": AT, "result": {}}
    async with sqlite.writing() as tx:
        await tx._session.run(twice, row)
        for _ in range(2):
            with pytest.raises(IntegrityError):
                await tx._session.run(twice, row)
            with pytest.raises(StatementError, match="no time zone"):
                await tx._session.rows(naive, {"at": datetime(2026, 3, 1)})  # noqa: DTZ001
            with pytest.raises(StatementError):
                await tx._session.rows(naive, {})
    written = insert(causes)
    for _ in range(2):
        with pytest.raises(ReadOnly):
            async with sqlite.reading() as rx:
                await rx._session.run(written, row)


async def test_text_is_left_to_sqlalchemy(store):
    statement = text("SELECT 1 AS one")
    async with store.reading() as rx:
        for _ in range(3):
            assert [row.one for row in await rx._session.rows(statement)] == [1]


@dataclass(frozen=True, kw_only=True)
class Plain:
    """A row."""

    a: int
    b: int = 2


@dataclass(frozen=True, kw_only=True)
class Particular(Plain):
    """A row that looks at itself."""

    seen: list = field(default_factory=list)

    def __post_init__(self):
        """Note it."""
        self.seen.append(self.a)


def test_a_row_is_what_its_class_would_make_of_it():
    assert maker(Plain, ("b", "a"))((1, 3)) == Plain(a=3, b=1)
    assert vars(maker(Plain, ("a", "b"))((1, 3))) == {"a": 1, "b": 3}
    assert maker(Plain, ("a",))((1,)) == Plain(a=1)
    assert maker(Particular, ("a", "b"))((1, 3)).seen == [1]
    with pytest.raises(AttributeError):
        setattr(maker(Plain, ("a", "b"))((1, 3)), "a", 2)  # noqa: B010  # the type says it too
    with pytest.raises(TypeError):
        maker(Plain, ("a", "c"))((1, 3))


async def test_a_state_stands_in_the_text_and_whatever_may_be_a_persons_does_not(sqlite):
    dialect = sqlite._readers.dialect
    asked = select(outbox.c.id).where(outbox.c.state == "pending", outbox.c.guard == bindparam("guard"))
    asked = asked.where(outbox.c.place_id == "李华", outbox.c.notice == "it's 3").limit(2)
    form = Form(asked, dialect, {"guard": "g"})
    assert "outbox.state = 'pending'" in form.sql
    assert form.fill({"guard": "g"}) == ["g", "李华", "it's 3", 2, 0]
    marked = Form(asked.where(outbox.c.error == text("'?'")), dialect, {"guard": "g"})
    assert marked.fill({"guard": "g"}) == ["pending", "g", "李华", "it's 3", 2, 0]
