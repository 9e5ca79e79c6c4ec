"""What is asked often is answered from an index, however much is finished and however much waits."""

import re
from datetime import timedelta

from sqlalchemy import event, insert

from storage.cards import cards
from storage.inbox import inbox
from storage.incidents import incidents
from storage.outbox.tables import outbox
from storage.people.holdings import holdings
from storage.people.persons import people
from storage.wakes import wakes
from tests.storage.rows import AT, add_places, after, incident, message

ROWS, WAITING, CHATS = 20_000, 2_000, 50


async def fill(store):
    """Write many rows that are finished and fewer that wait, of some chats."""
    await add_places(store, *(f"p{n}" for n in range(CHATS)))
    finished = ROWS - WAITING
    async with store.writing() as tx:
        connection = tx._session.connection
        await connection.execute(
            insert(wakes),
            [{"stream": f"i:{n}", "key": "k", "at": after(seconds=n), "kind": "obligation"} for n in range(ROWS)],
        )
        await connection.execute(
            insert(cards),
            [{"stream": f"i:{n}", "place_id": "p1", "kind": "card", "dirty": n % 1000 == 0} for n in range(ROWS)],
        )
        await connection.execute(
            insert(incidents),
            [vars(incident(f"i:{n}", number=n, state="closed" if n % 100 else "reported")) for n in range(ROWS)],
        )
        common = {"attempts": 0, "finished_at": None}
        message = common | {
            "method": "sendMessage",
            "payload": {},
            "notice": "ask",
            "ring": False,
            "pin": False,
            "not_before": AT,
            "created_at": AT,
            "ambiguous": 0,
            "state": "pending",
        }
        await connection.execute(
            insert(outbox),
            [
                message
                | {
                    "place_id": f"p{n % CHATS}",
                    "priority": 1 + n % 3,
                    "stream": f"i:{n}",
                    "guard": f"g{n}",
                    "coalesce": f"c{n}",
                    "message_id": n,
                }
                | ({"state": "sent", "finished_at": AT} if n < finished else {})
                for n in range(ROWS)
            ],
        )
        row = common | {"kind": "message", "received_at": AT, "payload": "{}", "state": "pending"}
        await connection.execute(
            insert(inbox),
            [
                row
                | {"update_id": n, "chat_key": f"chat{n % CHATS}"}
                | ({"state": "done", "finished_at": AT} if n < finished else {})
                for n in range(ROWS)
            ],
        )
        await connection.execute(
            insert(people), [{"id": f"h{n}", "name": "校长", "place_id": None, "created_at": AT} for n in range(ROWS)]
        )
        await connection.execute(
            insert(holdings),
            [
                {"id": f"h{n}", "person_id": f"h{n}", "jurisdiction": "区", "plan_id": "plan", "role": "head",
                 "unit": f"s{n}", "granted_by": "settings", "granted_at": AT}
                for n in range(ROWS)
            ],
        )  # fmt: skip
        await connection.exec_driver_sql("ANALYZE")


async def plan(store, ask):
    """The query plan of every statement that ``ask`` runs, as one text."""
    seen = []

    def note(connection, cursor, statement, parameters, context, many):
        seen.append((statement, parameters))

    async with store.writing() as tx:
        connection = tx._session.connection
        if store.postgres:
            # A plan for any parameters, as the server makes one after some executions of the same statement.
            await connection.exec_driver_sql("SET LOCAL plan_cache_mode = force_generic_plan")
        tx._session.driver = None  # SQLAlchemy executes all, and lets it be seen
        event.listen(connection.sync_connection, "before_cursor_execute", note)
        await ask(tx)
        event.remove(connection.sync_connection, "before_cursor_execute", note)
        explain = "EXPLAIN " if store.postgres else "EXPLAIN QUERY PLAN "
        lines = [f"-- {await ask(tx)}"[:40]]
        for statement, parameters in seen:
            lines += [str(row[-1]) for row in await connection.exec_driver_sql(explain + statement, parameters)]
    return "\n".join(lines)


# What is asked, and the indexes that SQLite must use; PostgreSQL may choose among several.
ASKED = {
    "due wakes": (lambda tx: tx.wakes.due(AT, 100), {"ix_wakes_at"}),
    "due wakes, none": (lambda tx: tx.wakes.due(AT - timedelta(days=1), 100), {"ix_wakes_at"}),
    "the next wake": (lambda tx: tx.wakes.next_at(), {"ix_wakes_at"}),
    "claiming messages": (lambda tx: tx.outbox.claim(AT, 10), {"ix_outbox_queue", "ix_outbox_place_queue"}),
    "claiming urgent messages": (
        lambda tx: tx.outbox.claim(AT, 10, {"p1"}, 1),
        {"ix_outbox_queue", "ix_outbox_place_queue"},
    ),
    "the next message": (lambda tx: tx.outbox.next_at(), {"ix_outbox"}),
    "the next message by its way": (lambda tx: tx.outbox.ahead(AT), {"ix_outbox"}),
    "whose turn is taken": (
        lambda tx: tx.outbox._waiting([message("p1", coalesce="c1"), message("p2", coalesce=f"c{ROWS - 1}")]),
        {"ix_outbox_turn"},
    ),
    "when a chat was last rung": (lambda tx: tx.outbox.last_begun("p1", "duty_ring"), {"ix_outbox_begun"}),
    "rings of late": (lambda tx: tx.outbox.begun_since("p1", "duty_ring", AT, 40), {"ix_outbox_begun"}),
    "withdrawing": (lambda tx: tx.outbox.withdraw([f"g{ROWS - 1}"], AT), {"ix_outbox_guard"}),
    "a message by its number": (lambda tx: tx.outbox.by_message("p1", 7), {"ix_outbox_message"}),
    "a log's messages": (lambda tx: tx.outbox.of("i:5"), {"ix_outbox_stream"}),
    "dead letters": (lambda tx: tx.outbox.dead_letters(10), {"ix_outbox_dead"}),
    "what is in flight": (lambda tx: tx.outbox.in_flight(), {"ix_outbox"}),
    "what left lately": (
        lambda tx: tx.outbox.left_since(AT + timedelta(minutes=1)),
        {"ix_outbox_kept_payloads", "ix_outbox"},
    ),
    "the backlog of messages": (lambda tx: tx.outbox.backlog(AT), {"ix_outbox"}),
    "pending updates": (lambda tx: tx.inbox.pending(10), {"ix_inbox_unfinished"}),
    "claiming updates": (lambda tx: tx.inbox.claim("w", AT, 10, timedelta(minutes=1)), {"ix_inbox_unfinished"}),
    "the backlog of updates": (lambda tx: tx.inbox.backlog(), {"ix_inbox_unfinished", "ix_inbox_quarantined"}),
    "what waits": (lambda tx: tx.outbox.waiting(), {"ix_outbox"}),
    "words to forget": (lambda tx: tx.outbox.forget_payloads(AT), {"ix_outbox_kept_payloads"}),
    "counting dead letters": (lambda tx: tx.outbox.dead_count(), {"ix_outbox_dead"}),
    "a school's head": (lambda tx: tx.people.holders("区", "plan", "head", "s7"), {"ix_holdings_role", "unit=?"}),
    "heads of schools": (
        lambda tx: tx.people.holders_of_units("区", "plan", "head", ["s7", "s8"]),
        {"ix_holdings_role", "unit=?"},
    ),
    "dirty cards": (lambda tx: tx.cards.dirty(), {"ix_cards_dirty"}),
}
IN_ORDER = {"due wakes", "due wakes, none", "the next wake"}
"""What comes out of its index in the order that is asked for, so that no more is read than is returned."""

BY_UNIT = re.compile(r"Index Cond: .*\bunit\b")
"""How PostgreSQL says that it looks up no other rows than those of a unit."""

SORTED = re.compile(r"TEMP B-TREE|\bSort\b")
# Not meant are the few rows of a part of a statement: of the heads of logs, of who holds a role.
FULL_SCAN = re.compile(r"Seq Scan on \w+|SCAN (?!heads\b|anon_1\b)\w+$|SCAN \w+ USING INDEX (?!ix_)\S+", re.MULTILINE)


async def test_no_table_is_read_from_end_to_end(durable):
    await fill(durable)
    for name, (ask, indexes) in ASKED.items():
        found = await plan(durable, ask)
        assert not FULL_SCAN.search(found), f"{name}:\n{found}"
        used = indexes if not durable.postgres else {"Index"}
        assert all(index in found for index in used), f"{name}:\n{found}"
        assert not durable.postgres or "unit=?" not in indexes or BY_UNIT.search(found), f"{name}:\n{found}"
        assert name not in IN_ORDER or not SORTED.search(found), f"{name}:\n{found}"
