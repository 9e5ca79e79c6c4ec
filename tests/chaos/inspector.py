"""What must hold in any database and any Telegram that the program has left, whatever befell it.

The numbers are the invariants of README.md. The inspector returns sentences about what does not hold; a test
asserts that there are none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from bot.cases import records
from bot.playground import World
from bot.sealed import SECRETS
from bot.sender import AFTER_DEATHS
from bot.texts.delivery import SENT_LATE_MARK
from plans.kinds import fold
from storage import Store
from storage.inbox import InboxRow, inbox
from storage.incidents import IncidentRow
from storage.journal import Entry
from storage.obligations import ObligationRow
from storage.outbox import OutboxRow
from storage.outbox.tables import outbox as messages
from storage.wakes import WakeRow

_LATE = re.compile(rf"{SENT_LATE_MARK}[^〕]*〕\n")

ENDED = ("sent", "dropped", "dead", "ambiguous")


@dataclass(frozen=True, kw_only=True)
class Left:
    """What a database holds.

    Attributes:
        updates: kept rows by update id.
        chats: Telegram's id of each of our places.
        entries, open, wakes: by stream.
        faults: what is wrong with the journal.
    """

    updates: dict[int, InboxRow]
    incidents: list[IncidentRow]
    outbox: list[OutboxRow]
    chats: dict[str, int]
    entries: dict[str, list[Entry]]
    open: dict[str, list[ObligationRow]]
    wakes: dict[str, list[WakeRow]]
    faults: list[Any] = field(default_factory=list)

    def of(self, stream: str) -> list[OutboxRow]:
        """Return the messages of an incident."""
        return [row for row in self.outbox if row.stream == stream]


async def look(store: Store) -> Left:
    """Return what a database holds."""
    async with store.reading() as rx:
        incidents = (await rx.incidents.list(limit=100_000))[::-1]
        heads = await rx.journal.heads()
        rows = await rx._session.read(InboxRow, select(inbox).order_by(inbox.c.id))
        outbox = await rx._session.read(OutboxRow, select(messages).order_by(messages.c.id))
        places = {id: await rx.places.get(id) for id in {row.place_id for row in outbox}}
        return Left(
            updates={row.update_id: row for row in rows if row.update_id is not None},
            incidents=incidents,
            outbox=outbox,
            chats={id: place.chat_id for id, place in places.items() if place is not None},
            entries={name: await rx.journal.load(name) for name in heads},
            open={row.stream: await rx.obligations.of(row.stream) for row in incidents},
            wakes={row.stream: await rx.wakes.of(row.stream) for row in incidents},
            faults=await rx.journal.verify(),
        )


async def inspect(store: Store, world: World, *, first_update: int = 1, settled: bool = True) -> list[str]:
    """Return what does not hold.

    Args:
        first_update: updates before it were never Telegram's to deliver.
        settled: the program had time to work everything off.
    """
    [account] = world.state.bots.values()
    left = await look(store)
    waiting = {item.id for item in account.queue}
    confirmed = [id for id in range(first_update, account.next_update) if id not in waiting]
    return [
        *kept(left, confirmed),
        *once(left),
        *owed(left),
        *(said(left, world) if settled else ()),
        *(worked_off(left) if settled else ()),
        *(f"I9 the journal: {fault}" for fault in left.faults),
        *(f"the server was given what is not of the Bot API: {breach}" for breach in world.breaches),
    ]


def kept(left: Left, confirmed: list[int]) -> Iterator[str]:
    """I1: a confirmed update has a committed row."""
    for id in confirmed:
        if id not in left.updates:
            yield f"I1 update {id} was confirmed and is not kept"


def once(left: Left) -> Iterator[str]:
    """I2, I9: one cause has one effect in a log, all of it; one update is one report; numbers have no gap."""
    opened: Counter[str] = Counter()
    for stream, entries in left.entries.items():
        if [entry.sequence for entry in entries] != list(range(1, len(entries) + 1)):
            yield f"I9 the log {stream} has gaps"
        runs = [entry.cause for before, entry in zip([None, *entries], entries, strict=False)
                if before is None or before.cause != entry.cause]  # fmt: skip
        for cause, count in Counter(runs).items():
            if cause is not None and count > 1:
                yield f"I2 {cause} had {count} effects in {stream}"
        if entries and stream.startswith("incident:"):
            opened[entries[0].cause or ""] += 1
    for cause, count in opened.items():
        if count > 1:
            yield f"I2 {cause} opened {count} incidents"
    numbers: dict[Any, list[int]] = defaultdict(list)
    for row in left.incidents:
        numbers[row.jurisdiction, row.year, row.drill].append(row.number)
        if row.sequence != len(left.entries.get(row.stream, ())):
            yield f"I9 {row.stream} is at {row.sequence}, its log at {len(left.entries.get(row.stream, ()))}"
    for name, found in numbers.items():
        if sorted(found) != list(range(1, len(found) + 1)):
            yield f"I2 the numbers of {name} are {sorted(found)}"


def owed(left: Left) -> Iterator[str]:
    """I4: what the log says is open is in the index, and what is in the index will be reminded of."""
    for row in left.incidents:
        incident = fold(row.stream, map(records.to_recorded, left.entries[row.stream]))
        open, indexed = {item.key for item in incident.open_instances}, {item.key for item in left.open[row.stream]}
        if open != indexed:
            yield f"I4 {row.stream}: open {sorted(open)}, indexed {sorted(indexed)}"
        for item in left.open[row.stream]:
            if item.next_wake is not None and item.next_wake not in {wake.at for wake in left.wakes[row.stream]}:
                yield f"I4 {row.stream}: nothing will wake at {item.next_wake} for {item.key}"


def words(text: object) -> str:
    """Return a text without the line that says that it comes late: a copy of it is a copy."""
    return _LATE.sub("", str(text))


def said(left: Left, world: World) -> Iterator[str]:
    """I7: what counts as sent arrived; there are no more copies than outcomes in doubt; nothing is between states."""
    # What arrived under either number of a group arrived there: the row made for whoever spoke first under the new one
    # gets the old, dead number, also after it was answered.
    moved = {chat.id: chat.migrated_to for chat in world.state.chats.values() if chat.migrated_to is not None}
    arrived: Counter[tuple[int, str]] = Counter(
        (moved.get(int(call.params["chat_id"]), int(call.params["chat_id"])), words(call.params["text"]))
        for call in world.calls
        if call.method == "sendMessage" and call.status == 200
    )
    allowed: Counter[tuple[int, str]] = Counter()
    for row in left.outbox:
        if row.method != "sendMessage" or "text" not in row.payload:
            continue
        if SECRETS in row.payload:
            continue  # its secret is filled in when it is sent, and stands nowhere
        chat = left.chats[row.place_id]
        key = (moved.get(chat, chat), words(row.payload["text"]))
        allowed[key] += 1 + row.ambiguous
        if row.state == "sent" and not arrived[key]:
            yield f"I7 message {row.id} ({row.notice}) counts as sent and is not there"
    for key, count in arrived.items():
        if key in allowed and count > allowed[key]:
            yield f"I7 {count} copies of {key} where {allowed[key]} are allowed"
    drawn = sum(count for key, count in arrived.items() if key not in allowed)
    cards = sum(1 + row.ambiguous for row in left.outbox if row.method == "card")
    if drawn > cards + reworded(left.outbox):
        yield f"I7 {drawn} cards were newly shown, of {cards} that were written"


def reworded(rows: Iterable[OutboxRow]) -> int:
    """Return how many texts may have arrived that stand in no row any more.

    A ring that was in doubt when another report joined it says other words from then on.
    """
    return sum(row.ambiguous for row in rows if row.method == "sendMessage" and row.coalesce is not None)


def worked_off(left: Left) -> Iterator[str]:
    """I11: with the faults gone nothing waits that could be done."""
    for id, update in left.updates.items():
        if update.finished_at is None:
            yield f"I11 update {id} is {update.state} after {update.attempts} tries: {update.error}"
    for row in left.outbox:
        if row.state == "sending" or (row.state == "pending" and row.attempts):
            yield f"I11 message {row.id} ({row.notice}) is {row.state}: {row.error}"
        if row.state not in (*ENDED, "pending", "sending"):
            yield f"I7 message {row.id} is {row.state}"
        if row.state == "ambiguous" and not 2 <= row.ambiguous <= AFTER_DEATHS + 1:
            yield f"I7 message {row.id} was given up after {row.ambiguous} outcomes in doubt"
