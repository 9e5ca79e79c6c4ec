"""What falls due together for one person, over all cases of every kind: one message, drawn when it is sent.

A wake of one case writes its messages as they are. Where several cases are woken in one transaction, what each would
say to the same person is kept back here and becomes one row for each person; what is settled before it goes out is not
in it, since it is drawn from the cases as they stand then. What can wait for the morning is kept back in the same way,
until then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from bot.outgoing.addresses import Target
from bot.outgoing.channels import also
from bot.outgoing.messages import OutgoingMessage, rows_of
from bot.render import View
from bot.render.owed_together import Part, block
from bot.render.text import Text
from plans.core.notice import Notice, notice_as_data
from plans.core.notices import open_guards
from plans.core.policy import Policy
from plans.core.state import CaseState
from plans.times.night import is_night, morning_of
from storage.outbox import NewMessage, OutboxRow
from storage.transaction import Writing

T = TypeVar("T")

DUE = "due"
"""Kind of such a message among those that are drawn when they are sent."""

NOTICE = "due_together"

ROOM = 3000
"""Characters of one message: what is drawn later may be somewhat longer."""


def waits_until(notice: Notice, target: Target, now: datetime) -> datetime | None:
    """Return until when a notice waits since nobody is rung for it at night; None where it goes now."""
    if notice.type.can_wait and target.place.kind == "private" and is_night(now):
        return morning_of(now)
    return None


@dataclass(slots=True)
class _Kept:
    """One notice that is kept back.

    Attributes:
        part: what it says of an incident that is said in short beside others. data: any other, as a row keeps it.
        length: of its words, in characters. until: when it may be sent at the earliest; None = now.
    """

    target: Target
    outgoing: OutgoingMessage
    stream: str
    drill: bool
    length: int
    part: Part | None = None
    data: dict[str, Any] | None = None
    until: datetime | None = None


@dataclass(slots=True)
class Gathering:
    """What the cases woken in one transaction would say."""

    late: bool = False
    kept: list[_Kept] = field(default_factory=list)

    def takes(self, notice: Notice, target: Target) -> bool:
        """Return whether a notice is kept back: those to one person's private chat."""
        return notice.type.joins_as == DUE and target.place.kind == "private"

    def add(self, notice: Notice, target: Target, outgoing: OutgoingMessage, view: View, now: datetime) -> None:
        """Keep a notice of an incident back with the message that it is if nothing else is due."""
        units = tuple(notice.params.get("units", ())) if not notice.obligations else ()
        if not (notice.obligations or units or notice.type.rings_deciders):
            self.add_whole(notice, target, outgoing, view.incident, now)
            return
        part = Part(
            stream=view.incident.stream, keys=notice.obligations, units=units, decider=notice.type.rings_deciders,
            to=notice.to,
        )  # fmt: skip
        length = len((block(view, part) or Text("")).plain) + 1
        self.kept.append(
            _Kept(target, outgoing, part.stream, view.incident.drill, length, part=part,
                  until=waits_until(notice, target, now))
        )  # fmt: skip

    def add_whole(
        self, notice: Notice, target: Target, outgoing: OutgoingMessage, case: CaseState, now: datetime
    ) -> None:
        """Keep a notice of any case back: said with others it is said in its own words, with its own buttons."""
        length = len(outgoing.message.text) + 2
        data = {
            "stream": case.stream, "notice": notice_as_data(notice), "open": notice.guard in open_guards(case),
            "length": length,
        }  # fmt: skip
        self.kept.append(
            _Kept(target, outgoing, case.stream, case.drill, length, data=data,
                  until=waits_until(notice, target, now))
        )  # fmt: skip

    def forget(self, stream: str) -> None:
        """Drop what a case said whose wake failed."""
        self.kept = [item for item in self.kept if item.stream != stream]


async def write_together(tx: Writing, gathering: Gathering, now: datetime, policy: Policy) -> None:
    """Queue what was kept back: one case's words as they are, several cases' as one message."""
    groups: dict[tuple[str, bool, datetime | None], list[_Kept]] = {}
    for item in gathering.kept:
        groups.setdefault((item.target.place.id, item.drill, item.until), []).append(item)
    waiting_rows = await tx.outbox.not_begun_among({place_id for place_id, _, _ in groups}, NOTICE)
    alone: list[OutgoingMessage] = []
    for (place_id, drill, until), items in groups.items():
        waiting = [row for row in waiting_rows if row.place_id == place_id and row.payload["drill"] is drill]
        waiting = [row for row in waiting if (row.not_before if row.not_before > now else None) == until]
        if until is None and len({item.stream for item in items}) < 2 and not waiting:
            alone += [item.outgoing for item in items]
            continue
        for row in waiting:
            await tx.outbox.drop(row.id, "said together", now)
        rows = _rows(items, waiting, drill, gathering.late, now)
        rows += await also(tx, [item.outgoing for item in items], now, policy) if until is None else []
        await tx.outbox.enqueue(rows)
    await tx.outbox.enqueue([*await rows_of(tx, rung_once(alone), now), *await also(tx, alone, now, policy)])


def rung_once(messages: Sequence[OutgoingMessage]) -> list[OutgoingMessage]:
    """Return messages of one moment: of those to one private chat only the most urgent is heard, the others are there.

    Each is as important as it was: what does not arrive is told to the seat.
    """
    first: dict[str, OutgoingMessage] = {}
    for item in messages:
        if item.ring and item.person_id is not None and item.not_before is None:
            known = first.get(item.place_id)
            if known is None or item.priority < known.priority:
                first[item.place_id] = item
    return [
        replace(item, unheard=True)
        if item.ring and item.not_before is None and first.get(item.place_id, item) is not item
        else item
        for item in messages
    ]


@dataclass(slots=True)
class _Joined:
    """What rows hold so far, in the order in which it was said; a case's parts stay together."""

    parts: dict[str, Part] = field(default_factory=dict)
    whole: list[dict[str, Any]] = field(default_factory=list)
    length: dict[str, int] = field(default_factory=dict)

    def add_part(self, part: Part, length: int) -> None:
        self.parts[part.stream] = self.parts[part.stream].beside(part) if part.stream in self.parts else part
        self.length[part.stream] = self.length.get(part.stream, 0) + length

    def add_whole(self, data: dict[str, Any]) -> None:
        # Said again before it was sent, it is said once, as it is now.
        same = (data["stream"], data["notice"]["key"], data["notice"]["guard"])
        self.whole = [item for item in self.whole if _about(item) != same]
        self.whole.append(data)


def _about(data: dict[str, Any]) -> tuple[str, str, str]:
    return data["stream"], data["notice"]["key"], data["notice"]["guard"]


def _rows(items: list[_Kept], waiting: Iterable[OutboxRow], drill: bool, late: bool, now: datetime) -> list[NewMessage]:
    """Return as few rows as hold it all."""
    joined, rings = _Joined(), any(item.outgoing.ring for item in items)
    priority = min(item.outgoing.priority for item in items)
    for row in waiting:
        late, rings = late or bool(row.payload["late"]), rings or row.ring
        priority = min(priority, row.priority)
        for data in row.payload["parts"]:
            joined.add_part(part_of(data), int(data["length"]))
        for data in row.payload.get("whole", ()):
            joined.add_whole(data)
    for item in items:
        if item.part is not None:
            joined.add_part(item.part, item.length)
        elif item.data is not None:
            joined.add_whole(item.data)
    first = items[0]
    chunks = [
        *_chunks(list(joined.parts), lambda stream: joined.length[stream]),
        *_chunks(joined.whole, lambda data: int(data["length"])),
    ]
    if len(chunks) == 2 and sum(joined.length.values()) + sum(int(data["length"]) for data in joined.whole) <= ROOM:
        chunks = [[*chunks[0], *chunks[1]]]
    return [
        NewMessage(
            place_id=first.target.place.id, priority=priority, method="card",
            payload={
                "kind": DUE, "stream": _stream_of(chunk[0]), "drill": drill, "late": late,
                "parts": [
                    {**asdict(joined.parts[item]), "length": joined.length[item]}
                    for item in chunk if isinstance(item, str)
                ],
                "whole": [item for item in chunk if not isinstance(item, str)],
            },
            notice=NOTICE, ring=rings, not_before=first.until or now, created_at=now,
            person_id=first.target.person.id if first.target.person else None,
        )
        for chunk in chunks
    ]  # fmt: skip


def _stream_of(item: str | dict[str, Any]) -> str:
    return item if isinstance(item, str) else str(item["stream"])


def _chunks(items: Sequence[T], length: Callable[[T], int]) -> list[list[Any]]:
    chunks: list[list[Any]] = []
    room = 0
    for item in items:
        if not chunks or room < length(item):
            chunks.append([])
            room = ROOM
        chunks[-1].append(item)
        room -= length(item)
    return chunks


def part_of(data: dict[str, Any]) -> Part:
    """Return a part as a row keeps it."""
    return Part(
        stream=data["stream"], keys=tuple(data["keys"]), units=tuple(data["units"]), decider=data["decider"],
        to=data["to"],
    )  # fmt: skip
