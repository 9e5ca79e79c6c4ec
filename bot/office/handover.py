"""Hand-over in the office: who gave which seats to whom, what is open at that moment, and what has changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.cases import records
from bot.cases.plan_registry import UnusablePlan
from bot.cases.streams import admin_log
from bot.office import holes as _holes  # their sections write themselves down
from bot.office import instructions as _instructions
from bot.office import log as _log
from bot.office import open_sections as _open
from bot.office.desk import new_case
from bot.office.open_matters import OpenMatter, open_matters, section, sections
from bot.outgoing.serving import serving_at
from bot.outgoing.telephones import number_of_person
from bot.render.handover import unsigned_line
from bot.render.handover_page import Changes, part_line
from bot.service.requests import Requester
from bot.service.service import Service
from plans.desk.entry_state import Entry
from plans.desk.handover_state import KIND, Handover, Matter
from plans.desk.handovers import OpenHandover
from plans.model import Plan
from plans.roster.duty import LEADER
from plans.roster.people import name_key
from plans.times import midnight
from storage.cases import CaseRow
from storage.people import Person
from storage.transaction import Reading

_REGISTER = (_open, _instructions, _log, _holes)
"""Topics whose sections write themselves down when they are imported."""

SEAT_TAKEN = "seat-taken"
"""The entry of the admin log that tells of a seat."""

OF_INCIDENTS = frozenset({"incidents", "drills"})
OWN = frozenset({"handovers"})
"""Sections that are about hand-overs themselves: what is signed there is no change of a page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """Seats that one person gave to another with one act.

    Attributes:
        giver: by our id, empty where nobody sat there. giver_name, taker_name: as they were called.
        named: one of the names was said, as where people share an account; else it is what the account is called.
    """

    jurisdiction: str
    plans: tuple[Plan, ...]
    giver: str
    giver_name: str
    taker: str
    taker_name: str
    named: bool = True

    @property
    def to_himself(self) -> bool:
        """Whether the same person sat there before; a shared account may be another person."""
        same = not self.named or name_key(self.giver_name) == name_key(self.taker_name)
        return self.giver == self.taker and same


@dataclass(frozen=True, slots=True)
class Leading:
    """Who leads the shift by the roster; ``person``: by our id, where that is plain."""

    name: str = ""
    phone: str = ""
    person: str = ""


async def taken_by(rx: Reading, service: Service, cause: str, jurisdictions: Sequence[str]) -> list[Taken]:
    """Return the seats that were taken by an act, as the log has it, those of one giver together."""
    found: dict[tuple[str, str, str, bool], list[tuple[Plan, str, str]]] = {}
    for name in jurisdictions:
        for entry in await rx.journal.load(admin_log(name)):
            if entry.event != SEAT_TAKEN or entry.cause != cause or entry.payload["plan"] not in service.registry.ids:
                continue
            plan, said = service.registry.current(entry.payload["plan"]), entry.payload
            key = (
                name,
                str(said.get("before") or ""),
                str(said.get("before_name") or ""),
                bool(said.get("named", True)),
            )
            found.setdefault(key, []).append((plan, entry.actor or "", str(said.get("name") or "")))
    return [
        Taken(
            jurisdiction=name, plans=tuple(plan for plan, _, _ in rows), giver=giver, giver_name=giver_name,
            taker=rows[0][1], taker_name=rows[0][2], named=named,
        )
        for (name, giver, giver_name, named), rows in found.items()
    ]  # fmt: skip


async def hand_over(service: Service, taken: Taken, *, cause: str, requester: Requester) -> None:
    """Open the hand-over of seats that were taken: the page of all that is open now goes to both.

    What is open is read in the transaction that opens it, and two hand-overs of one office are opened one after the
    other: the page of the second names the first.

    Raises:
        Conflict, AlreadyTaken: another process was first. Whoever works an update off tries it again.
    """
    now, plan = service.clock.now(), taken.plans[0]
    cause = f"{cause}:handover:{plan.id}"
    async with service.store.writing("service.handover") as tx:
        if await tx.causes.result(cause) is None:
            await tx.meta.put(f"{KIND}:{taken.jurisdiction}", cause)  # another one waits here, or is tried again
            await tx.people.lapse(now)
            matters, leading = await matters_of(tx, service, taken.plans, now), await leader_of(tx, plan, now)
            command = OpenHandover(
                giver=taken.giver, giver_name=taken.giver_name, taker_name=taken.taker_name,
                seats=tuple(item.id for item in taken.plans), titles=tuple(item.title for item in taken.plans),
                leader=leading.name, leader_id=leading.person, matters=matters, looked=sections(),
            )  # fmt: skip
            step = await service.step(tx, new_case(KIND, plan, command), cause, requester, now)
            await tx.causes.take(cause, now, {"streams": [step.stream]})
        if requester.update_id is not None:
            await tx.inbox.done(requester.update_id, now)


async def matters_of(rx: Reading, service: Service, plans: Sequence[Plan], now: datetime) -> tuple[Matter, ...]:
    """Return all that is open under some plans, in the order of the page."""
    found = await open_matters(rx, service, plans, now)
    return tuple(_matter(name, item) for name, matters in found.items() for item in matters)


def _matter(name: str, item: OpenMatter) -> Matter:
    return Matter(section=name, id=item.id, line=item.line.plain, due=item.due, plan=item.plan_id)


async def leader_of(rx: Reading, plan: Plan, now: datetime) -> Leading:
    """Return who leads the shift by the roster of a plan, and by what was changed of it."""
    leading = [item for item in await serving_at(rx, plan, now) if item.turn.kind == LEADER]
    if not leading:
        return Leading()
    turn, person = leading[0].turn, leading[0].person
    phone = turn.phone or await number_of_person(rx, plan, person, private=True, drill=False)
    return Leading(name=turn.name, phone=phone, person=person.id if person is not None else "")


async def changes_since(rx: Reading, service: Service, state: Handover, now: datetime) -> Changes:
    """Return what has become open since a page was made, and what is not open any more."""
    plans = [service.registry.current(name) for name in state.seats if name in service.registry.ids]
    current = {item.id: item for item in await matters_of(rx, service, plans, now) if item.section not in OWN}
    before = {item.id: item for item in state.matters if item.section not in OWN}
    vague = await _in_part(rx, state, before, current)
    added = [item for key, item in current.items() if key not in before and item.stream not in vague]
    settled = [item for key, item in before.items() if key not in current and item.stream not in vague]
    settled = [item for item in settled if not await _set_right(rx, item)]
    over = {item.stream for item in settled if not item.key}  # what was left to do in it is not done by that
    settled = [item for item in settled if not item.key or item.stream not in over]
    return Changes(added=await _lines(rx, added), settled=await _lines(rx, settled))


async def _set_right(rx: Reading, matter: Matter) -> bool:
    """Return whether a matter waits on in an entry that stands in its place: it is not done by that."""
    case = await records.load_case(rx, matter.stream) if matter.section == "entries" else None
    corrected = isinstance(case, Entry) and bool(case.corrected_by)
    while isinstance(case, Entry) and case.corrected_by:
        case = await records.load_case(rx, case.corrected_by)
    return corrected and isinstance(case, Entry) and case.open


async def _lines(rx: Reading, matters: Sequence[Matter]) -> tuple[str, ...]:
    """Return matters as lines that stand alone: what is open in an incident with its number."""
    lines = []
    for item in matters:
        row = await rx.incidents.get(item.stream) if item.key not in ("", _open.IN_SHORT) else None
        lines.append(part_line(item.line, row.number, drill=row.drill) if row is not None else item.line)
    return tuple(lines)


async def _in_part(
    rx: Reading, state: Handover, before: Mapping[str, Matter], current: Mapping[str, Matter]
) -> set[str]:
    """Return open incidents of before that one of two pages tells in part: what it leaves out is not new, nor done."""
    pages = [[item for item in page.values() if item.section in OF_INCIDENTS] for page in (before, current)]
    lines = [item for page in pages for item in page]
    found = {item.stream for item in lines if item.key == _open.IN_SHORT}
    if any(item.key == _open.BY_NUMBER for item in lines):
        found |= {item.stream for item in pages[0]} ^ {item.stream for item in pages[1]}
    rows = await rx.incidents.open(state.jurisdiction) if found else []
    return found & {row.stream for row in rows if state.since is None or row.reported_at <= state.since}


@section("handovers", order=85)
async def unsigned(rx: Reading, service: Service, jurisdiction: str, plan: Plan, now: datetime) -> list[OpenMatter]:
    """Hand-overs of the seat under which names are missing."""
    found = []
    for row in await rx.cases.open(KIND, jurisdiction):
        case = await service.cache.load_case(rx, row.stream)
        if isinstance(case, Handover) and plan.id in case.seats:
            found.append(OpenMatter(stream=row.stream, line=unsigned_line(case, now), plan_id=row.plan_id))
    return found


# --- on record


async def handovers_of(
    rx: Reading, plans: Sequence[Plan], *, since: date | None = None, until: date | None = None
) -> list[Handover]:
    """Return the hand-overs of some plans' seats that began on some days in Beijing, the newest first."""
    first = midnight(since or date(2000, 1, 1))
    last = until + timedelta(days=1) if until is not None else date(9000, 1, 1)
    rows: dict[str, CaseRow] = {}
    for name in dict.fromkeys(plan.jurisdiction.name for plan in plans):
        before = midnight(last) - timedelta(microseconds=1)
        for row in await rx.cases.opened_between(KIND, name, first, before, drill=False):
            rows[row.stream] = row
    cases = [await records.load_case(rx, stream) for stream in rows]
    ids = {plan.id for plan in plans}
    mine = [case for case in cases if isinstance(case, Handover) and ids & {case.plan, *case.seats}]
    return sorted(mine, key=lambda case: (case.since or case.events[0].at, case.number), reverse=True)


async def newest_of(rx: Reading, plans: Sequence[Plan], most: int) -> list[Handover]:
    """Return the newest hand-overs of some plans' seats, the newest first."""
    ids, found = {(plan.jurisdiction.name, plan.id) for plan in plans}, list[Handover]()
    for row in await rx.cases.newest(KIND, most * 4):
        case = await records.load_case(rx, row.stream)
        if isinstance(case, Handover) and any((case.jurisdiction, plan) in ids for plan in (case.plan, *case.seats)):
            found.append(case)
    return found[:most]


async def seats_now(rx: Reading, service: Service, person: Person) -> list[Plan]:
    """Return the plans on whose seats somebody sits."""
    found = []
    for _, plan_id in await rx.people.seats_of(person.id):
        try:
            found.append(service.registry.current(plan_id))
        except UnusablePlan:
            continue
    return found


def to_json(state: Handover) -> dict[str, object]:
    """Return a hand-over as scripts read it (``docs/contract.md``)."""

    def moment(value: datetime | None) -> str | None:
        return value.isoformat() if value is not None else None

    return {
        "number": state.number,
        "stream": state.stream,
        "plan": state.plan,
        "seats": list(state.seats),
        "jurisdiction": state.jurisdiction,
        "at": moment(state.since),
        "state": state.state,
        "giver": state.names.get("giver") or None,
        "taker": state.names.get("taker") or None,
        "leader": state.leader or None,
        "looked": list(state.looked),
        "open": [
            {"section": item.section, "id": item.id, "line": item.line, "due": moment(item.due), "plan": item.plan}
            for item in state.matters
        ],
        "words": [{"side": item.side, "at": moment(item.at), "text": item.text} for item in state.words],
        "signatures": [
            {
                "side": side, "at": moment(item.at), "stands": state.stands(side), "added": list(item.added),
                "settled": list(item.settled),
            }
            for side, item in state.signed.items()
        ],
        "absent": [{"side": side, "reason": item.reason, "at": moment(item.at)} for side, item in state.absent.items()],
    }  # fmt: skip
