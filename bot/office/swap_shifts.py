"""Which shift is to change, whose it is, who may take it, who leads it: read anew in the transaction that decides."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.callback_data import new_id
from bot.office.administration import AdminResult, admin_transaction, admins
from bot.office.identity import NO_OFFICERS, who_of
from bot.office.substitutes import fits, reachable, roles_of
from bot.outgoing.serving import Serving, key_of_row, server_of, serving, serving_at
from bot.render.identity import who_is
from bot.render.swap_shifts import NoShift, ShiftLine
from bot.service.requests import Requester
from bot.service.service import Service
from plans.model import Plan
from plans.roster import Turn
from plans.roster.duty import LEADER
from plans.roster.overrides import key_of
from storage import Writing
from storage.people import Person, is_confirmed, shown_name
from storage.people.swaps import AGREED, DONE, FALLEN, SwapRow
from storage.transaction import Reading

SWAP_AHEAD = timedelta(days=31)
"""So far ahead one's own shifts are listed, and those of others for which they could be exchanged."""

LONGEST_REASON = 100

TAKER_GONE = "taker_gone"
"""Why a request came to nothing: whoever had said yes can serve the shift no more."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which shift is to change.

    Attributes:
        plan_id: of the roster. turn: as the roster has it. other: for which shift of a colleague it is to be exchanged;
            None where any colleague may take it.
    """

    plan_id: str
    turn: Turn
    other: Turn | None = None
    reason: str = ""


async def own_shifts(
    rx: Reading, plans: Iterable[Plan], person_id: str, now: datetime, until: datetime
) -> list[tuple[Plan, Serving]]:
    """Return the shifts that somebody serves and that are not over, by their beginning."""
    found = [
        (plan, item)
        for plan in plans
        for item in await serving(rx, plan, now, until)
        if item.person is not None and item.person.id == person_id
    ]
    return sorted(found, key=lambda pair: (pair[1].turn.begins, pair[0].id))


async def no_shift(
    service: Service, rx: Reading, plans: Iterable[Plan], person: Person, now: datetime, until: datetime
) -> NoShift:
    """Return why somebody has no shift on the rosters of some plans, and who keeps these."""
    held = await rx.people.holdings(person.id)
    keepers: dict[str, Person] = {}
    written = False
    for plan in plans:
        keepers |= {one.id: one for one in await admins(service, rx, plan)}
        written = written or bool(await rx.people.shifts(plan.jurisdiction.name, plan.id, now, until))
    why = "none" if written else "no_roster"
    if held and all(item.role in NO_OFFICERS for item in held):
        why = "outside"
    elif not is_confirmed(person):
        why = "unknown"
    names = [shown_name(one) for one in keepers.values()]
    return NoShift(why=why, who=who_is(who_of(person)._replace(phone="")), keepers=names, keeps=person.id in keepers)


async def colleagues(rx: Reading, person: Person, row: SwapRow) -> list[Person]:
    """Return who may take a shift of somebody's: whoever holds a role by which he serves it, and can be written to."""
    found: dict[str, Person] = {}
    for role in sorted(await roles_of(rx, person.id, row)):
        for one in await rx.people.holders(row.jurisdiction, row.plan_id, role):
            if one.id != person.id and reachable(one) and role in await roles_of(rx, one.id, row):
                found.setdefault(one.id, one)
    return [*found.values()]


async def leaders(
    service: Service, rx: Reading, plan: Plan, moment: datetime, without: Collection[str] = ()
) -> list[Person]:
    """Return who leads the shift at a moment (带班领导), else who administers; of those who can be written to."""
    leading = {
        item.person.id: item.person
        for item in await serving_at(rx, plan, moment)
        if item.turn.kind == LEADER and item.person is not None and reachable(item.person)
    }
    return [item for item in leading.values() if item.id not in without] or [
        item for item in await admins(service, rx, plan) if item.id not in without
    ]


async def request_of(rx: Reading, plan: Plan, person: Person, wanted: Wanted, now: datetime) -> SwapRow | None:
    """Return the request for what is wanted; None where nobody serves the other shift of an exchange."""
    turn, other = wanted.turn, wanted.other
    row = SwapRow(
        id=new_id(), jurisdiction=plan.jurisdiction.name, plan_id=plan.id, begins=turn.begins, ends=turn.ends,
        kind=turn.kind, name=turn.name, office=turn.office, person_id=person.id,
        reason=" ".join(wanted.reason.split())[:LONGEST_REASON], at=now,
    )  # fmt: skip
    if other is None:
        return row
    serving_other = await server_of(rx, plan, key_of(other), now)
    if serving_other is None or serving_other.person is None:
        return None
    return replace(
        row, partner_id=serving_other.person.id, other_begins=other.begins, other_ends=other.ends,
        other_kind=other.kind, other_name=other.name, other_office=other.office,
    )  # fmt: skip


async def exchangeable(
    rx: Reading, plan: Plan, turn: Turn, person: Person, now: datetime, until: datetime
) -> list[Serving]:
    """Return the later shifts of colleagues, of the same kind of role, for which somebody could exchange his own."""
    row = await request_of(rx, plan, person, Wanted(plan_id=plan.id, turn=turn), now)
    others = {one.id for one in await colleagues(rx, person, row)} if row is not None else set[str]()
    return [
        item
        for item in await serving(rx, plan, now, until)
        if item.person is not None
        and item.person.id in others
        and item.written.begins > now
        and (item.turn.kind == LEADER) == (turn.kind == LEADER)
        and not max(item.written.begins, turn.begins) < min(item.written.ends, turn.ends)
    ]


def other_of(row: SwapRow) -> SwapRow | None:
    """Return the partner's shift of an exchange, as a row like the asker's own."""
    if row.partner_id is None or row.other_begins is None or row.other_ends is None:
        return None
    return replace(
        row, begins=row.other_begins, ends=row.other_ends, kind=row.other_kind or "", name=row.other_name or "",
        office=row.other_office or "", person_id=row.partner_id,
    )  # fmt: skip


async def stands(rx: Reading, plan: Plan, row: SwapRow, now: datetime) -> bool:
    """Return whether whoever asked still serves his shift, and the partner of an exchange his, which has not begun."""
    other = other_of(row)
    if other is not None and (other.begins <= now or not await serves(rx, plan, other, other.person_id, now)):
        return False
    return await serves(rx, plan, row, row.person_id, now)


async def serves(rx: Reading, plan: Plan, row: SwapRow, person_id: str, now: datetime) -> bool:
    """Return whether somebody serves a shift now, or from its beginning on."""
    item = await server_of(rx, plan, key_of_row(row), now)
    return item is not None and item.person is not None and item.person.id == person_id


async def void(rx: Reading, plan: Plan, row: SwapRow, now: datetime) -> str:
    """Return why a request that waits can come to nothing any more, empty while it can.

    ``FALLEN``: the shift, or that of the partner, is not whose it was. ``TAKER_GONE``: whoever said yes may serve it no
    more, or cannot be reminded of it.
    """
    if not await stands(rx, plan, row, now):
        return FALLEN
    if row.state == AGREED and not await fits(rx, row.taken_by or "", row):
        return TAKER_GONE
    other = other_of(row)
    return FALLEN if row.state == AGREED and other is not None and not await fits(rx, row.person_id, other) else ""


async def clash_of(rx: Reading, plan: Plan, person_id: str, row: SwapRow, now: datetime) -> list[ShiftLine]:
    """Return what else somebody serves while a shift lasts."""
    begins = max(row.begins, now)
    return [
        ShiftLine.of_turn(item.turn)
        for item in await serving(rx, plan, begins, row.ends)
        if item.person is not None and item.person.id == person_id and item.key != key_of_row(row)
    ]


def changes(plan: Plan, row: SwapRow, asker: Person, person: Person) -> list[tuple[ShiftLine, str, str]]:
    """Return each shift that changes, with who served it and who will."""
    lines = [(ShiftLine.of_row(row, plan), shown_name(asker), shown_name(person))]
    if (other := other_of(row)) is not None:
        lines.append((ShiftLine.of_row(other, plan), shown_name(person), shown_name(asker)))
    return lines


def plan_of(service: Service, plan_id: str) -> Plan | None:
    """Return a plan that is installed."""
    return service.registry.current(plan_id) if plan_id in service.registry.ids else None


async def on_request(
    service: Service, request_id: str, act: Callable[[Writing, datetime, SwapRow, Plan], Awaitable[AdminResult]], *,
    cause: str, requester: Requester,
) -> AdminResult | None:  # fmt: skip
    """Run what somebody does with a request in one transaction; ``gone`` where it, or the plan of its roster, is."""

    async def run(tx: Writing, now: datetime) -> AdminResult:
        row = await tx.people.swap(request_id)
        plan = plan_of(service, row.plan_id) if row is not None else None
        if row is None or plan is None:
            return AdminResult(key="gone", ok=False)
        return await act(tx, now, row, plan)

    return await admin_transaction(service, run, cause=cause, requester=requester)


async def settled(rx: Reading, request_id: str) -> AdminResult:
    """Return what somebody is told who came too late for a request."""
    row = await rx.people.swap(request_id)
    taker = await rx.people.get(row.taken_by) if row is not None and row.taken_by is not None else None
    if row is not None and taker is not None and row.state in (DONE, AGREED):
        return AdminResult(key="taken", ok=False, values={"name": shown_name(taker)})
    return AdminResult(key="settled", ok=False)


async def name_of(rx: Reading, person_id: str) -> str:
    """Return what a person is called, nothing where he is gone."""
    person = await rx.people.get(person_id)
    return shown_name(person) if person is not None else ""
