"""What falls due together for one person, over all incidents: one message, drawn when it is sent.

A wake of one incident writes its messages as they are. Where several incidents are woken in one transaction, what each
would say to the same person is kept back here and becomes one row for each person; what is settled before it goes out
is not in it, since it is drawn from the incidents as they stand then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from bot.cases.incident_cache import IncidentCache
from bot.cases.plan_registry import PlanRegistry
from bot.outgoing.addresses import Target
from bot.outgoing.channels import also
from bot.outgoing.messages import OutgoingMessage, rows_of
from bot.outgoing.viewer import Viewer
from bot.render import Message, View
from bot.render.owed_together import Part, block, due_together
from bot.render.text import Text
from plans.core.notice import Notice
from plans.core.policy import Policy
from plans.incident.state import Incident
from storage.outbox import NewMessage, OutboxRow
from storage.places import Place
from storage.transaction import Reading, Writing

DUE = "due"
"""Kind of such a message among those that are drawn when they are sent."""

NOTICE = "due_together"

ROOM = 3000
"""Characters of one message: what is drawn later may be somewhat longer."""


@dataclass(slots=True)
class _Kept:
    target: Target
    outgoing: OutgoingMessage
    part: Part
    text: Text
    drill: bool


@dataclass(slots=True)
class Gathering:
    """What the incidents woken in one transaction would say."""

    late: bool = False
    kept: list[_Kept] = field(default_factory=list)

    def takes(self, notice: Notice, target: Target) -> bool:
        """Return whether a notice is kept back: those to one person's private chat."""
        return notice.type.joins_as == DUE and target.place.kind == "private"

    def add(self, notice: Notice, target: Target, outgoing: OutgoingMessage, view: View) -> None:
        """Keep a notice back with the message that it is if nothing else is due."""
        stream = view.incident.stream
        part = Part(
            stream=stream,
            keys=notice.obligations,
            units=tuple(notice.params.get("units", ())) if not notice.obligations else (),
            decider=notice.type.rings_deciders,
            to=notice.to,
        )
        self.kept.append(_Kept(target, outgoing, part, block(view, part) or Text(""), view.incident.drill))

    def forget(self, stream: str) -> None:
        """Drop what an incident said whose wake failed."""
        self.kept = [item for item in self.kept if item.part.stream != stream]


async def write_together(tx: Writing, gathering: Gathering, now: datetime) -> None:
    """Queue what was kept back: one incident's words as they are, several incidents' as one message."""
    groups: dict[tuple[str, bool], list[_Kept]] = {}
    for item in gathering.kept:
        groups.setdefault((item.target.place.id, item.drill), []).append(item)
    alone: list[OutgoingMessage] = []
    for (place_id, drill), items in groups.items():
        waiting = [row for row in await tx.outbox.not_begun(place_id, NOTICE) if row.payload["drill"] is drill]
        if len({item.part.stream for item in items}) < 2 and not waiting:
            alone += [item.outgoing for item in items]
            continue
        for row in waiting:
            await tx.outbox.drop(row.id, "said together", now)
        await tx.outbox.enqueue(_rows(items, waiting, drill, gathering.late, now))
    await tx.outbox.enqueue([*await rows_of(tx, alone, now), *await also(tx, alone, now)])


def _rows(items: list[_Kept], waiting: Iterable[OutboxRow], drill: bool, late: bool, now: datetime) -> list[NewMessage]:
    """Return as few rows as hold it all."""
    parts: dict[str, Part] = {}
    length: dict[str, int] = {}
    for row in waiting:
        late = late or bool(row.payload["late"])
        for data in row.payload["parts"]:
            part = part_of(data)
            parts[part.stream] = parts[part.stream].beside(part) if part.stream in parts else part
            length[part.stream] = length.get(part.stream, 0) + int(data["length"])
    for item in items:
        stream = item.part.stream
        parts[stream] = parts[stream].beside(item.part) if stream in parts else item.part
        length[stream] = length.get(stream, 0) + len(item.text.plain) + 1
    chunks: list[list[str]] = [[]]
    room = ROOM
    for stream in parts:
        if chunks[-1] and length[stream] > room:
            chunks.append([])
            room = ROOM
        chunks[-1].append(stream)
        room -= length[stream]
    first = items[0]
    return [
        NewMessage(
            place_id=first.target.place.id, priority=min(item.outgoing.priority for item in items), method="card",
            payload={
                "kind": DUE, "stream": chunk[0], "drill": drill, "late": late,
                "parts": [{**asdict(parts[stream]), "length": length[stream]} for stream in chunk],
            },
            notice=NOTICE, ring=True, not_before=now, created_at=now,
            person_id=first.target.person.id if first.target.person else None,
        )
        for chunk in chunks
    ]  # fmt: skip


def part_of(data: dict[str, Any]) -> Part:
    """Return a part as a row keeps it."""
    return Part(
        stream=data["stream"], keys=tuple(data["keys"]), units=tuple(data["units"]), decider=data["decider"],
        to=data["to"],
    )  # fmt: skip


async def draw_due(
    tx: Reading,
    cache: IncidentCache,
    registry: PlanRegistry,
    policy: Policy,
    row: OutboxRow,
    place: Place,
    now: datetime,
) -> Message | None:
    """Return what a row says as the incidents stand now; None where all of it is settled."""
    person = await tx.people.get(row.person_id) if row.person_id else None
    parts: list[tuple[View, Part, Text]] = []
    for part in map(part_of, row.payload["parts"]):
        incident: Incident | None = await cache.load(tx, part.stream)
        if incident is None or incident.paused:
            continue
        viewer = Viewer(tx, await registry.pinned(tx, incident.plan_hash), incident, now, policy)
        view = await viewer.build(Target(place, person), audience=part.to)
        text = block(view, part)
        if text is not None:
            parts.append((view, part, text))
    return due_together(parts, late=bool(row.payload["late"]))
