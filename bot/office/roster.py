"""The duty roster in the office: written by an administrator, shown to those who serve.

The roster moves no seat: it says whose turn it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.cases.names import marked_name
from bot.clock import SHANGHAI
from bot.office.administration import AdminResult, admin_transaction, append_admin_event, may_administer
from bot.office.identity import described, officers
from bot.office.substitutes import ABSORBED, ROSTER, fall, undone_by
from bot.outgoing.serving import Serving, serving
from bot.render.roster import Elsewhere, Unmatched
from bot.service.requests import Requester
from bot.service.service import Service
from bot.texts.roster import ACCOUNT
from plans.model import Plan
from plans.roster import Turn, on_duty
from plans.roster.duty import FIRST
from plans.roster.people import name_key
from plans.times import midnight
from storage import Writing
from storage.canonical import canonical
from storage.people import Person, Seat, ShiftRow, of_name, shown_name
from storage.people.swaps import OverrideRow
from storage.transaction import Reading

VIEW = timedelta(days=2)

EVENT = "roster-written"
"""What the log of the office calls it."""


@dataclass(frozen=True, kw_only=True)
class Watch:
    """Who has the duty of a plan at a moment.

    Attributes:
        serving: whose turn it is, the leader first. coming: the turns of the next change.
        seat: who sits there, sits: in words; it is said whose account somebody uses.
        fits: whether that is whose turn it is: the person who serves, or the name was said when sitting down.
    """

    plan: Plan
    serving: tuple[Serving, ...]
    coming: tuple[Serving, ...]
    seat: Seat | None
    sits: str = ""
    fits: bool = True

    @property
    def now(self) -> tuple[Turn, ...]:
        """Whose turn it is, as it is shown."""
        return tuple(item.turn for item in self.serving)

    @property
    def following(self) -> tuple[Turn, ...]:
        """The turns of the next change, as they are shown."""
        return tuple(item.turn for item in self.coming)


async def watch(rx: Reading, plan: Plan, now: datetime) -> Watch:
    """Return who has the duty of a plan."""
    found = await serving(rx, plan, now - VIEW, now + VIEW)
    turns = on_duty((item.turn for item in found), now)
    current = [item for item in found if item.turn in turns]
    ahead = [item for item in found if item.turn.begins > now]
    coming = [item for item in ahead if item.turn.begins == min(one.turn.begins for one in ahead)]
    seat = await rx.people.seat(plan.jurisdiction.name, plan.id)
    account = await rx.people.get(seat.person_id) if seat is not None else None
    first = next((item for item in current if item.turn.kind == FIRST), None)
    return Watch(
        plan=plan,
        serving=tuple(sorted(current, key=lambda item: turns.index(item.turn))),
        coming=tuple(coming),
        seat=seat,
        sits=_sits(seat, account),
        fits=first is None or sits_there(seat, first),
    )


def _sits(seat: Seat | None, account: Person | None) -> str:
    if seat is None:
        return ""
    name = shown_name(account) if account is not None else ""
    return ACCOUNT.format(name=seat.name, account=name) if seat.said and name not in ("", seat.name) else seat.name


def sits_there(seat: Seat | None, one: Serving) -> bool:
    """Return whether who serves sits on the seat: by his account, or by the name that was said at a shared one.

    What somebody calls himself in Telegram is no word for that.
    """
    if seat is None:
        return False
    said = seat.said and name_key(seat.name) == name_key(one.turn.name)
    return said or (one.person is not None and one.person.id == seat.person_id)


async def write_roster(tx: Writing, plan: Plan, turns: Sequence[Turn], *, actor: str, cause: str, now: datetime) -> int:
    """Put turns in the place of those that begin on the same days; return how many went.

    Somebody who serves in the place of another goes on to where the same shift stands on the new roster too. What it
    undoes falls through and is told (:func:`undone`); what it says itself needs no override any more.
    """
    name, gone = plan.jurisdiction.name, 0
    fallen, absorbed = await _overridden(tx, plan, turns)
    for begin, end in _days(turns):
        rows = [
            ShiftRow(
                jurisdiction=name, plan_id=plan.id, begins=turn.begins, ends=turn.ends, kind=turn.kind, name=turn.name,
                phone=turn.phone, office=turn.office,
            )
            for turn in turns
            if begin <= turn.begins < end
        ]  # fmt: skip
        gone += await tx.people.replace_shifts(name, plan.id, begin, end, rows)
    for row in absorbed:
        await tx.people.end_override(row.id, max(now, row.begins), ABSORBED)
    await append_admin_event(
        tx,
        name,
        EVENT,
        actor=actor,
        cause=cause,
        at=now,
        plan=plan.id,
        turns=len(turns),
        replaced=gone,
        absorbed=[row.id for row in absorbed],
    )
    for row in fallen:
        await fall(tx, row, ROSTER, by=actor, cause=cause, now=now)
    return gone


def _days(turns: Iterable[Turn]) -> list[tuple[datetime, datetime]]:
    """Return the days on which turns begin, in Beijing."""
    days = sorted({turn.begins.astimezone(SHANGHAI).date() for turn in turns})
    return [(midnight(day), midnight(day) + timedelta(days=1)) for day in days]


async def _overridden(rx: Reading, plan: Plan, turns: Sequence[Turn]) -> tuple[list[OverrideRow], list[OverrideRow]]:
    """Return the overrides that a new roster undoes, and those that it says itself."""
    rows: list[OverrideRow] = []
    for begin, end in _days(turns):
        there = await rx.people.overrides(plan.jurisdiction.name, plan.id, begin, end)
        rows += [row for row in there if begin <= row.begins < end]
    names = {turn.name for turn in turns}
    return undone_by(rows, turns, await rx.people.bearing(names, plan.jurisdiction.name, plan.id) if rows else ())


async def undone(rx: Reading, plan: Plan, turns: Sequence[Turn], now: datetime) -> list[tuple[Turn, str]]:
    """Return what was agreed about shifts that are not over and would fall through if turns were written.

    Each as the shift on the roster, and the name of who serves it now in the place of another.
    """
    rows, _ = await _overridden(rx, plan, turns)
    found = []
    for row in rows:
        person = await rx.people.get(row.person_id)
        if row.ends > now:
            turn = Turn(row.begins.astimezone(SHANGHAI), row.ends.astimezone(SHANGHAI), row.kind, row.name, "")
            found.append((turn, marked_name(person) if person is not None else ""))
    return found


async def unmatched_names(rx: Reading, plan: Plan, turns: Iterable[Turn]) -> Unmatched:
    """Return the names on a roster that mean nobody for certain who is registered with the plan in its jurisdiction."""
    names = dict.fromkeys((turn.name, turn.office) for turn in turns)
    people = await rx.people.bearing((name for name, _ in names), plan.jurisdiction.name, plan.id)
    found = {each: len(of_name(people, *each)) for each in names}
    called = {each: of_name(people, each[0]) for each, count in found.items() if not count}
    nobody = tuple(dict.fromkeys(name for (name, _), same in called.items() if not same))
    several = tuple(dict.fromkeys(name for (name, _), count in found.items() if count > 1))
    elsewhere = tuple(
        Elsewhere(name, office, tuple(dict.fromkeys(one.office for one in same)))
        for (name, office), same in called.items() if same
    )  # fmt: skip
    there = await officers(rx, plan) if nobody else []
    return Unmatched(names=nobody, several=several, elsewhere=elsewhere, registered=await described(rx, plan, there))


def unmatched(servings: Iterable[Serving]) -> list[Turn]:
    """Return the turns of those who serve and of whom nobody knows who they are."""
    return [item.turn for item in servings if item.person is None]


async def written_before(rx: Reading, plan: Plan, turns: Sequence[Turn]) -> str:
    """Return a digest of what turns would take the place of: changed since, they are looked at anew."""
    cells = []
    for begin, end in _days(turns):
        rows = await rx.people.shifts(plan.jurisdiction.name, plan.id, begin, end)
        cells += [
            [row.begins.isoformat(), row.ends.isoformat(), row.kind, row.name, row.phone, row.office] for row in rows
        ]
        overrides = await rx.people.overrides(plan.jurisdiction.name, plan.id, begin, end)
        cells += [[row.id, row.person_id] for row in overrides if row.until is None]
    return hashlib.sha256(canonical(cells).encode()).hexdigest()[:16]


async def change_roster(
    service: Service, person: Person, plan: Plan, turns: Sequence[Turn], *, cause: str, requester: Requester, seen: str
) -> AdminResult | None:
    """Write turns in the name of an administrator.

    Args:
        seen: what stood there when he looked, by :func:`written_before`.
    """

    async def act(tx: Writing, now: datetime) -> AdminResult:
        if requester.via != "direct" or not await may_administer(service, tx, person, plan.jurisdiction.name):
            return AdminResult(key="admin_only", ok=False)
        if await written_before(tx, plan, turns) != seen:
            return AdminResult(key="roster_changed", ok=False)
        gone = await write_roster(tx, plan, turns, actor=person.id, cause=cause, now=now)
        return AdminResult(key="written", values={"count": len(turns), "gone": gone})

    return await admin_transaction(service, act, cause=cause, requester=requester)
