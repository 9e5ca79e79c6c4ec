"""What falls due together for one person, over all cases of every kind: one message, drawn when it is sent.

What clocks say in one transaction, of one case or of many, is kept back here and becomes one row for each person and
jurisdiction; what is settled before it goes out is not in it, since it is drawn from the cases as they stand then. What
can wait for the morning is kept back in the same way, until then. What is a question of its own (calls to units) goes
beside it, and of all that goes to one person in one moment one message is heard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta

from bot.outgoing.addresses import Target
from bot.outgoing.channels import also
from bot.outgoing.due_rows import DUE, NOTICE, SHORT, Kept, Together, rows_that_hold
from bot.outgoing.messages import OutgoingMessage, rows_of
from bot.render import View
from bot.render.owed_together import Part, block
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
class Gathering:
    """What clocks would say in one transaction.

    Attributes:
        late: after an absence. more: the clocks of further books are served within seconds.
        beside: what is no part of a joined message, and is written with it, so that one of them is heard.
    """

    late: bool = False
    more: bool = False
    kept: list[Kept] = field(default_factory=list)
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
        self.kept.append(Kept(target, outgoing, case.stream, case.drill, data, until=waits_until(notice, target, now)))

    def forget(self, stream: str) -> None:
        """Drop what a case said whose wake failed."""
        self.kept = [item for item in self.kept if item.stream != stream]
        self.beside = [item for item in self.beside if item.stream != stream]


def waits(notice: Notice, case: CaseState) -> bool:
    """Return whether what a notice is about is open: its object, or one of those that it stands for."""
    return bool({notice.guard, *each_of(notice.guard)} & open_guards(case))


async def write_together(tx: Writing, gathering: Gathering, now: datetime, policy: Policy) -> None:
    """Queue what was kept back: what stands alone as it is, several things as one message, and what goes beside it."""
    await _leave_alone(tx, gathering, now)
    groups: dict[tuple[str, str, bool, datetime | None], list[Kept]] = {}
    for item in gathering.kept:
        key = (item.target.place.id, item.outgoing.jurisdiction or "", item.drill, item.until)
        groups.setdefault(key, []).append(item)
    rows = await tx.outbox.not_begun_among({key[0] for key in groups}, NOTICE)
    alone, joined = list(gathering.beside), list[Together]()
    for (place_id, jurisdiction, drill, until), items in groups.items():
        mine = (jurisdiction, drill, until)
        waiting = [row for row in rows if row.place_id == place_id and _kept_for(row, now) == mine]
        if until is None and len(items) < 2 and not waiting and not _by_pages(gathering, items):
            alone += [item.outgoing for item in items]
        else:
            joined.append(Together(place_id, jurisdiction, drill, until, items, waiting))
    heard, said = _heard(alone, joined), list[NewMessage]()
    for one in joined:
        for row in one.waiting:
            await tx.outbox.drop(row.id, "said together", now)
        begins = one.until or (now + PAGES if _by_pages(gathering, one.items) else now)
        said += rows_that_hold(one, gathering.late, begins, now, heard=heard.get(one.place_id, one) is one)
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


def _by_pages(gathering: Gathering, items: Sequence[Kept]) -> bool:
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


def _heard(messages: Sequence[OutgoingMessage], joined: Sequence[Together] = ()) -> dict[str, object]:
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
