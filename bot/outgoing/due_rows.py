"""Rows of the outbox in which what falls due together stands, as few as hold it all, until it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from bot.outgoing.addresses import Target
from bot.outgoing.messages import OutgoingMessage
from bot.render.owed_together import MOST_KEYS, MOST_ROWS, Part
from storage.outbox import NewMessage, OutboxRow

T = TypeVar("T")

ROOM = 3000
"""Characters of one message: what is drawn later may be somewhat longer."""

ROWS = MOST_ROWS - MOST_KEYS // 2
"""Rows of buttons of what one message says in its own words."""

DUE = "due"
"""Kind of such a message among those that are drawn when they are sent."""

NOTICE = "due_together"

SHORT = "short"
"""Key of a notice that is kept: what it says of an incident beside others."""

UNHEARD = "unheard"
"""Key of a row: it goes beside another message that is heard in the same moment."""


@dataclass(slots=True)
class Kept:
    """One notice that is kept back.

    Attributes:
        data: the notice as a row keeps it, to be said in its own words; of some of an incident's also in short.
        until: when it may be sent at the earliest; None = now.
    """

    target: Target
    outgoing: OutgoingMessage
    stream: str
    drill: bool
    data: dict[str, Any]
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """What one person is told together: of one jurisdiction, drills apart, now or in the morning.

    Attributes:
        waiting: rows of the same that no attempt was made to send yet.
    """

    place_id: str
    jurisdiction: str
    drill: bool
    until: datetime | None
    items: list[Kept]
    waiting: list[OutboxRow]

    @property
    def rings(self) -> bool:
        """Whether any of it is heard."""
        return any(item.outgoing.ring for item in self.items) or any(row.ring for row in self.waiting)

    @property
    def priority(self) -> int:
        """That of the most urgent."""
        return min([*(item.outgoing.priority for item in self.items), *(row.priority for row in self.waiting)])


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


def rows_that_hold(one: Together, late: bool, begins: datetime, now: datetime, *, heard: bool) -> list[NewMessage]:
    """Return as few rows as hold it all; where there are several, the first is heard."""
    joined = _Joined()
    parts = [data for row in one.waiting for data in row.payload["parts"]]
    whole = [data for row in one.waiting for data in row.payload.get("whole", ())] + [item.data for item in one.items]
    late = late or any(row.payload["late"] for row in one.waiting)
    # Of one case everything is said in its own words; beside others an incident is said in short.
    several = len({data["stream"] for data in (*parts, *whole)}) > 1
    parts += [data[SHORT] for data in whole if several and SHORT in data]
    for data in parts:
        joined.add_part(part_of(data), int(data["length"]))
    for data in whole:
        if not (several and SHORT in data):
            joined.add_whole(data)
    chunks = [
        *_chunks(list(joined.parts), lambda stream: (joined.length[stream], 0)),
        *_chunks(joined.whole, lambda data: (int(data["length"]), int(data.get("rows", 0)))),
    ]
    if len(chunks) == 2 and sum(joined.length.values()) + sum(int(data["length"]) for data in joined.whole) <= ROOM:
        chunks = [[*chunks[0], *chunks[1]]]
    first = one.items[0]
    return [
        NewMessage(
            place_id=one.place_id, priority=one.priority, method="card",
            payload={
                "kind": DUE, "stream": _stream_of(chunk[0]), "drill": one.drill, "late": late,
                "jurisdiction": one.jurisdiction, "until": one.until.isoformat() if one.until else None,
                UNHEARD: not heard or number > 0,
                "parts": [
                    {**asdict(joined.parts[item]), "length": joined.length[item]}
                    for item in chunk if isinstance(item, str)
                ],
                "whole": [item for item in chunk if not isinstance(item, str)],
            },
            notice=NOTICE, ring=one.rings, not_before=begins, created_at=now,
            person_id=first.target.person.id if first.target.person else None,
        )
        for number, chunk in enumerate(chunks)
    ]  # fmt: skip


def _stream_of(item: str | dict[str, Any]) -> str:
    return item if isinstance(item, str) else str(item["stream"])


def _chunks(items: Sequence[T], size: Callable[[T], tuple[int, int]]) -> list[list[Any]]:
    """Return items as messages hold them: size = characters, and rows of buttons."""
    chunks: list[list[Any]] = []
    room = rows = 0
    for item in items:
        length, count = size(item)
        if not chunks or room < length or rows < count:
            chunks.append([])
            room, rows = ROOM, ROWS
        chunks[-1].append(item)
        room, rows = room - length, rows - count
    return chunks


def part_of(data: dict[str, Any]) -> Part:
    """Return a part as a row keeps it."""
    return Part(
        stream=data["stream"], keys=tuple(data["keys"]), units=tuple(data["units"]), decider=data["decider"],
        to=data["to"],
    )  # fmt: skip
