"""What falls due together for one person, over all cases of every kind: one message, drawn when it is sent.

What clocks say in one transaction, of one case or of many, is kept back here and becomes one row for each person and
jurisdiction; what is settled before it goes out is not in it, since it is drawn from the cases as they stand then. What
can wait for the morning is kept back in the same way, until then. What is a question of its own (calls to units) goes
beside it, and of all that goes to one person in one moment one message is heard.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.outgoing.addresses import Target
from bot.outgoing.channels import also
from bot.outgoing.messages import OutgoingMessage, rows_of
from bot.render import View
from bot.render.owed_together import MOST_KEYS, MOST_ROWS, Part, block
from bot.render.text import Text
from plans.core.keys import each_of
from plans.core.notice import Notice, notice_as_data, type_of
from plans.core.notices import open_guards
from plans.core.policy import Policy
from plans.core.state import CaseState
from plans.duty.state import KIND as DUTY
from plans.times.night import is_night, morning_of
from storage.outbox import NewMessage, OutboxRow
from storage.transaction import Writing

T = TypeVar("T")

DUE = "due"
"""Kind of such a message among those that are drawn when they are sent."""

NOTICE = "due_together"

SHORT = "short"
"""Key of a notice that is kept: what it says of an incident beside others."""

UNHEARD = "unheard"
"""Key of a row: it goes beside another message that is heard in the same moment."""

ROOM = 3000
"""Characters of one message: what is drawn later may be somewhat longer."""

ROWS = MOST_ROWS - MOST_KEYS // 2
"""Rows of buttons of what one message says in its own words."""

LEFT_ALONE = timedelta(minutes=10)
"""Whoever leads is not rung again within this, over all cases, of what he is only told of."""

PAGES = timedelta(seconds=5)
"""Where the clocks of many books are served page by page, so long each page's words wait for those of the next."""


def waits_until(notice: Notice, target: Target, now: datetime) -> datetime | None:
    """Return until when a notice waits since nobody is rung for it at night; None where it goes now."""
    if notice.type.can_wait and target.place.kind == "private" and is_night(now):
        return morning_of(now)
    return None


@dataclass(slots=True)
class _Kept:
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


@dataclass(slots=True)
class Gathering:
    """What clocks would say in one transaction.

    Attributes:
        late: after an absence. more: the clocks of further books are served within seconds.
        beside: what is no part of a joined message, and is written with it, so that one of them is heard.
    """

    late: bool = False
    more: bool = False
    kept: list[_Kept] = field(default_factory=list)
    beside: list[OutgoingMessage] = field(default_factory=list)

    def takes(self, notice: Notice, target: Target) -> bool:
        """Return whether a notice is kept back: those to one person's private chat."""
        return notice.type.joins_as == DUE and target.place.kind == "private"

    def add(self, notice: Notice, target: Target, outgoing: OutgoingMessage, view: View, now: datetime) -> None:
        """Keep a notice of an incident back with the message that it is if nothing else is due."""
        self.add_whole(notice, target, outgoing, view.incident, now)
        units = tuple(notice.params.get("units", ())) if not notice.obligations else ()
        if notice.obligations or units or notice.type.rings_deciders:
            part = Part(
                stream=view.incident.stream, keys=notice.obligations, units=units, decider=notice.type.rings_deciders,
                to=notice.to,
            )  # fmt: skip
            length = len((block(view, part) or Text("")).plain) + 1
            self.kept[-1].data[SHORT] = {**asdict(part), "length": length}

    def add_whole(
        self, notice: Notice, target: Target, outgoing: OutgoingMessage, case: CaseState, now: datetime
    ) -> None:
        """Keep a notice of any case back: said with others it is said in its own words, with its own buttons."""
        data = {
            "stream": case.stream, "notice": notice_as_data(notice), "open": waits(notice, case),
            "length": len(outgoing.message.text) + 2, "rows": len(outgoing.message.rows),
        }  # fmt: skip
        self.kept.append(_Kept(target, outgoing, case.stream, case.drill, data, until=waits_until(notice, target, now)))

    def forget(self, stream: str) -> None:
        """Drop what a case said whose wake failed."""
        self.kept = [item for item in self.kept if item.stream != stream]
        self.beside = [item for item in self.beside if item.stream != stream]


def waits(notice: Notice, case: CaseState) -> bool:
    """Return whether what a notice is about is open: its object, or one of those that it stands for."""
    return bool({notice.guard, *each_of(notice.guard)} & open_guards(case))


@dataclass(frozen=True, slots=True)
class _Together:
    """What one person is told together: of one jurisdiction, drills apart, now or in the morning.

    Attributes:
        waiting: rows of the same that no attempt was made to send yet.
    """

    place_id: str
    jurisdiction: str
    drill: bool
    until: datetime | None
    items: list[_Kept]
    waiting: list[OutboxRow]

    @property
    def rings(self) -> bool:
        return any(item.outgoing.ring for item in self.items) or any(row.ring for row in self.waiting)

    @property
    def priority(self) -> int:
        return min([*(item.outgoing.priority for item in self.items), *(row.priority for row in self.waiting)])


async def write_together(tx: Writing, gathering: Gathering, now: datetime, policy: Policy) -> None:
    """Queue what was kept back: what stands alone as it is, several things as one message, and what goes beside it."""
    await _leave_alone(tx, gathering, now)
    groups: dict[tuple[str, str, bool, datetime | None], list[_Kept]] = {}
    for item in gathering.kept:
        key = (item.target.place.id, item.outgoing.jurisdiction or "", item.drill, item.until)
        groups.setdefault(key, []).append(item)
    rows = await tx.outbox.not_begun_among({key[0] for key in groups}, NOTICE)
    alone, joined = list(gathering.beside), list[_Together]()
    for (place_id, jurisdiction, drill, until), items in groups.items():
        mine = (jurisdiction, drill, until)
        waiting = [row for row in rows if row.place_id == place_id and _kept_for(row, now) == mine]
        if until is None and len(items) < 2 and not waiting and not _by_pages(gathering, items):
            alone += [item.outgoing for item in items]
        else:
            joined.append(_Together(place_id, jurisdiction, drill, until, items, waiting))
    heard, said = _heard(alone, joined), list[NewMessage]()
    for one in joined:
        for row in one.waiting:
            await tx.outbox.drop(row.id, "said together", now)
        begins = one.until or (now + PAGES if _by_pages(gathering, one.items) else now)
        said += _rows(one, gathering.late, begins, now, heard=heard.get(one.place_id, one) is one)
        said += await also(tx, [item.outgoing for item in one.items], now, policy) if one.until is None else []
    alone = [replace(item, unheard=True) if _rings(item) and heard[item.place_id] is not item else item
             for item in alone]  # fmt: skip
    await tx.outbox.enqueue([*said, *await rows_of(tx, alone, now), *await also(tx, alone, now, policy)])


async def _leave_alone(tx: Writing, gathering: Gathering, now: datetime) -> None:
    """Whoever leads hears what he is only told of no oftener than every so often, over all cases; he reads it all."""
    ringing: dict[str, list[OutgoingMessage]] = {}
    for item in (*(item.outgoing for item in gathering.kept), *gathering.beside):
        if _rings(item):
            ringing.setdefault(item.place_id, []).append(item)
    led = {place_id for place_id, items in ringing.items() if all(map(_of_who_leads, items))}
    rung = await tx.outbox.rung_between(led, now - LEFT_ALONE, now) if led else set[str]()
    if not rung:
        return
    for one in gathering.kept:
        if one.target.place.id in rung:
            one.outgoing = replace(one.outgoing, ring=False)
    gathering.beside = [replace(item, ring=False) if item.place_id in rung else item for item in gathering.beside]


def _of_who_leads(item: OutgoingMessage) -> bool:
    """Whether a message tells one who leads what others have not done, and asks him to decide nothing."""
    return item.audience.startswith("role:") and not type_of(item.notice).asks_to_decide


def _by_pages(gathering: Gathering, items: Sequence[_Kept]) -> bool:
    """Return whether what is said waits for the next page: of books alone, which no clock of a plan is."""
    return gathering.more and all(item.stream.startswith(f"{DUTY}:") for item in items)


def _kept_for(row: OutboxRow, now: datetime) -> tuple[str, bool, datetime | None]:
    """Return of which jurisdiction a waiting row is, whether of a drill, and until when it waits."""
    payload = row.payload
    if "until" not in payload:  # written by an earlier version
        return payload.get("jurisdiction", ""), payload["drill"], row.not_before if row.not_before > now else None
    until = payload["until"]
    return payload["jurisdiction"], payload["drill"], datetime.fromisoformat(until) if until else None


def _rings(item: OutgoingMessage) -> bool:
    return item.ring and item.person_id is not None and item.not_before is None


def _heard(messages: Sequence[OutgoingMessage], joined: Sequence[_Together] = ()) -> dict[str, object]:
    """Return by place what is heard of all that rings now: what is no drill first, then what is most urgent."""
    first: dict[str, tuple[bool, int, object]] = {}
    ringing: list[tuple[str, bool, int, object]] = [
        (one.place_id, one.drill, one.priority, one) for one in joined if one.rings and one.until is None
    ]
    ringing += [(item.place_id, bool(item.message.mark), item.priority, item) for item in messages if _rings(item)]
    for place_id, drill, priority, what in ringing:
        if place_id not in first or (drill, priority) < first[place_id][:2]:
            first[place_id] = (drill, priority, what)
    return {place_id: found[2] for place_id, found in first.items()}


def rung_once(messages: Sequence[OutgoingMessage]) -> list[OutgoingMessage]:
    """Return messages of one moment: of those to one private chat only the most urgent is heard, the others are there.

    Each is as important as it was: what does not arrive is told to the seat.
    """
    heard = _heard(messages)
    return [
        replace(item, unheard=True) if _rings(item) and heard[item.place_id] is not item else item for item in messages
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


def _rows(one: _Together, late: bool, begins: datetime, now: datetime, *, heard: bool) -> list[NewMessage]:
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
