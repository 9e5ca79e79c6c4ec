"""Who may serve a shift in the place of another, and what becomes of an override when that person cannot any more.

Whoever loses the role, is erased, or whom a new roster leaves out, serves no shift of another from that moment: the
shift goes back to whose it was, in the same transaction. What fell through is a row that waits until people were told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.callback_data import new_id
from bot.office.administration import append_admin_event
from bot.outgoing.addresses import ANY_PLAN
from bot.outgoing.serving import key_of_row, meant, turn_of
from plans.roster.duty import LEADER, Turn
from plans.roster.overrides import TurnKey, key_of
from storage import Writing
from storage.people import Holding, Person
from storage.people.swaps import RETURNED, OverrideRow, SwapRow
from storage.transaction import Reading

ROLE, BLOCKED, ERASED, ROSTER = "role", "blocked", "erased", "roster"
TOLD = (ROLE, BLOCKED, ERASED, ROSTER, RETURNED)
"""Why an override ended, where it fell through: those concerned are told."""

REPLACED, ABSORBED = "replaced", "absorbed"
"""Why one ended that did not: somebody else took the shift; the new roster names the substitute itself."""

OVERRIDDEN, FELL = "shift-overridden", "shift-returned"
"""What the log of the office calls it."""

_DUTY = "duty"
_SPEAKS = ("reporter", "liaison", "head", "admin", _DUTY)
"""Roles that lead no shift."""


def roles_for(kind: str, holdings: Iterable[Holding], plan_id: str, ends: datetime) -> frozenset[str]:
    """Return those of somebody's roles by which he serves a shift of a kind, held to its end at least."""
    mine = {
        item.role
        for item in holdings
        if item.ended_at is None
        and item.plan_id in (plan_id, ANY_PLAN)
        and (item.until is None or item.until >= ends)
        and (item.role == _DUTY) == (kind != LEADER)
    }
    return frozenset(mine - set(_SPEAKS) if kind == LEADER else mine)


async def roles_of(rx: Reading, person_id: str, row: SwapRow | OverrideRow, *, lock: bool = False) -> frozenset[str]:
    """Return the roles by which a person may serve the shift of a row."""
    held = await rx.people.holdings(person_id, row.jurisdiction, lock=lock)
    return roles_for(row.kind, held, row.plan_id, row.ends)


def reachable(person: Person | None) -> bool:
    """Return whether the bot can write to a person."""
    return person is not None and person.place_id is not None and person.blocked_at is None


async def on_roster(rx: Reading, row: SwapRow | OverrideRow) -> Turn | None:
    """Return the shift of a row as the roster has it, None where it is not there any more."""
    turns = map(turn_of, await rx.people.shifts(row.jurisdiction, row.plan_id, row.begins, row.ends))
    return next((turn for turn in turns if key_of(turn) == key_of_row(row)), None)


async def written_person(rx: Reading, row: SwapRow | OverrideRow, turn: Turn) -> Person | None:
    """Return who is certainly meant by the name that the roster has for a shift."""
    return meant(await rx.people.bearing([turn.name], row.jurisdiction, row.plan_id), turn)


async def substitute(
    tx: Writing, shift: SwapRow | OverrideRow, person_id: str, *, instead_of: str | None, request_id: str | None,
    by: str, cause: str, now: datetime,
) -> None:  # fmt: skip
    """Let somebody serve a shift from now on, or from its beginning; one that is his by the roster needs no override.

    Args:
        instead_of: to whom it goes back where this falls through. request_id: of whoever asked for it, and why.
    """
    since, replaced = max(now, shift.begins), []
    for row in await tx.people.overrides(shift.jurisdiction, shift.plan_id, shift.begins, shift.ends):
        if row.until is None and key_of_row(row) == key_of_row(shift):
            await tx.people.end_override(row.id, since, REPLACED)
            replaced.append(row.id)
    turn = await on_roster(tx, shift)
    own = await written_person(tx, shift, turn) if turn is not None else None
    override = ""
    if own is None or own.id != person_id:
        row = OverrideRow(
            id=new_id(), jurisdiction=shift.jurisdiction, plan_id=shift.plan_id, begins=shift.begins, ends=shift.ends,
            kind=shift.kind, name=shift.name, office=shift.office, person_id=person_id, instead_of=instead_of,
            since=since, request_id=request_id,
        )  # fmt: skip
        await tx.people.add_override(row)
        override = row.id
    await append_admin_event(
        tx, shift.jurisdiction, OVERRIDDEN, actor=by, cause=cause, at=now, plan=shift.plan_id,
        begins=shift.begins.isoformat(), ends=shift.ends.isoformat(), kind=shift.kind, name=shift.name,
        person=person_id, since=since.isoformat(), override=override, replaced_ids=replaced,
        request=request_id,
    )  # fmt: skip


async def fall(tx: Writing, row: OverrideRow, why: str, *, by: str, cause: str, now: datetime) -> None:
    """End an override for a reason: the shift goes back to whose it was, and the rest of an exchange falls with it."""
    if row.ends <= now or not await tx.people.end_override(row.id, max(now, row.begins), why):
        return
    await append_admin_event(
        tx, row.jurisdiction, FELL, actor=by, cause=cause, at=now, plan=row.plan_id, begins=row.begins.isoformat(),
        kind=row.kind, name=row.name, person=row.person_id, why=why, override=row.id,
    )  # fmt: skip
    turn, before = await on_roster(tx, row), row.instead_of
    own = await written_person(tx, row, turn) if turn is not None else None
    others = before and before not in (row.person_id, own.id if own is not None else "")
    if turn is not None and before and others and await fits(tx, before, row):
        await substitute(tx, row, before, instead_of=None, request_id=None, by=by, cause=cause, now=now)
    for other in await tx.people.live_overrides(now) if row.request_id else ():
        if other.request_id == row.request_id and other.since > now:
            await fall(tx, other, why, by=by, cause=cause, now=now)


async def fits(rx: Reading, person_id: str, row: SwapRow | OverrideRow) -> bool:
    """Return whether somebody may serve a shift, and can be reminded of it."""
    return bool(await roles_of(rx, person_id, row)) and reachable(await rx.people.get(person_id))


async def fall_of(
    tx: Writing, person_id: str, jurisdiction: str, plan_id: str, why: str, *, by: str, cause: str, now: datetime
) -> None:
    """End what somebody serves for others under a plan and may not serve any more."""
    for row in await tx.people.live_overrides(now, person_id):
        mine = row.jurisdiction == jurisdiction and plan_id in (row.plan_id, ANY_PLAN)
        if mine and not await roles_of(tx, person_id, row):
            await fall(tx, row, why, by=by, cause=cause, now=now)


def undone_by(
    plan_rows: Sequence[OverrideRow], turns: Iterable[Turn], people: Sequence[Person]
) -> tuple[list[OverrideRow], list[OverrideRow]]:
    """Return which overrides a new roster undoes, and which it says itself: it names the substitute for that shift."""
    keys, served = set[TurnKey](), set[tuple[datetime, datetime, str, str]]()
    for turn in turns:
        keys.add(key_of(turn))
        if (person := meant(people, turn)) is not None:
            served.add((turn.begins, turn.ends, turn.kind, person.id))
    undone: list[OverrideRow] = []
    absorbed: list[OverrideRow] = []
    for row in plan_rows:
        if row.until is None and key_of_row(row) not in keys:
            said = (row.begins, row.ends, row.kind, row.person_id) in served
            (absorbed if said else undone).append(row)
    return undone, absorbed
