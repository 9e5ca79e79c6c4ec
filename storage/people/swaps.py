"""替班、换班: who serves a shift in the place of whoever the roster names, and who asks for that."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    bindparam,
    insert,
    literal,
    or_,
    select,
    update,
)

from storage.columns import UtcDateTime, Words, metadata
from storage.session import Repository

OPEN, AGREED, DONE = "open", "agreed", "done"
WITHDRAWN, REFUSED, LAPSED, FALLEN, RETURNED = "withdrawn", "refused", "lapsed", "fallen", "returned"
WAITING = (OPEN, AGREED)
"""States of a request that is not settled: nobody has said yes, or nobody has approved it."""

_SHIFT = ("jurisdiction", "plan_id", "begins", "ends", "kind", "name", "office")


def _of_shift() -> list[Column[Any]]:
    """Return the columns by which a row says which shift it is about."""
    types: tuple[Any, ...] = (String, String, UtcDateTime, UtcDateTime, String, Words, Words)
    return [Column(name, type_, nullable=False) for name, type_ in zip(_SHIFT, types, strict=True)]


shift_overrides = Table(
    "shift_overrides",
    metadata,
    Column("id", String, primary_key=True),
    *_of_shift(),
    Column("person_id", String, ForeignKey("people.id"), nullable=False),
    Column("instead_of", String),
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime),
    Column("why", String),
    Column("request_id", String),
    Column("told_at", UtcDateTime),
    Index("ix_shift_overrides_ends", "jurisdiction", "plan_id", "ends"),
)
_live = shift_overrides.c.until.is_(None)
_shift = [shift_overrides.c[name] for name in _SHIFT]
Index("ux_shift_overrides_live", *_shift, unique=True, sqlite_where=_live, postgresql_where=_live)

swap_requests = Table(
    "swap_requests",
    metadata,
    Column("id", String, primary_key=True),
    *_of_shift(),
    Column("person_id", String, ForeignKey("people.id"), nullable=False),
    Column("reason", Words, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("partner_id", String, ForeignKey("people.id")),
    Column("other_begins", UtcDateTime),
    Column("other_ends", UtcDateTime),
    Column("other_kind", String),
    Column("other_name", Words),
    Column("other_office", Words),
    Column("state", String, nullable=False),
    Column("taken_by", String),
    Column("taken_at", UtcDateTime),
    Column("decided_by", String),
    Column("decided_at", UtcDateTime),
    Column("chased_at", UtcDateTime),
    Index("ix_swap_requests_person", "person_id"),
)
_waits = swap_requests.c.state.in_(WAITING)
_asked = [swap_requests.c[name] for name in _SHIFT]
Index("ux_swap_requests_waiting", *_asked, unique=True, sqlite_where=_waits, postgresql_where=_waits)

_of_plan = (
    shift_overrides.c.jurisdiction == bindparam("jurisdiction"),
    shift_overrides.c.plan_id == bindparam("plan_id"),
)
_BETWEEN = (
    select(shift_overrides)
    .where(*_of_plan, shift_overrides.c.ends > bindparam("after"), shift_overrides.c.begins < bindparam("before"))
    .order_by(shift_overrides.c.begins, shift_overrides.c.since, shift_overrides.c.id)
)


@dataclass(frozen=True, kw_only=True)
class OfShift:
    """What is about one shift, as the roster has it."""

    jurisdiction: str
    plan_id: str
    begins: datetime
    ends: datetime
    kind: str
    name: str
    office: str


@dataclass(frozen=True, kw_only=True)
class OverrideRow(OfShift):
    """Somebody serves a shift in the place of another.

    Attributes:
        person_id: who serves. instead_of: whose it was, None where nobody registered is meant by the roster's name.
        since: from when. until: since when no more; None = to the end of the shift.
        why: it ended: ``replaced returned role blocked erased roster``. told_at: when those concerned were told that
            it fell through.
    """

    id: str
    person_id: str
    instead_of: str | None = None
    since: datetime
    until: datetime | None = None
    why: str | None = None
    request_id: str | None = None
    told_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class SwapRow(OfShift):
    """Somebody asks for a replacement on a shift, or to exchange it for another.

    Attributes:
        person_id: who asks. reason: in his own words.
        partner_id: with whom it would be exchanged, None where any colleague may take it. other_…: his shift.
        taken_by, taken_at: who said yes. decided_by, decided_at: who approved or refused that.
        chased_at: when it was said that nobody takes it, or that nobody approves it.
    """

    id: str
    person_id: str
    reason: str
    at: datetime
    partner_id: str | None = None
    other_begins: datetime | None = None
    other_ends: datetime | None = None
    other_kind: str | None = None
    other_name: str | None = None
    other_office: str | None = None
    state: str = OPEN
    taken_by: str | None = None
    taken_at: datetime | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    chased_at: datetime | None = None

    @property
    def closes(self) -> datetime:
        """When it is too late: when the shift begins, or when it ends where it was asked for within it."""
        return self.begins if self.at < self.begins else self.ends


_LIVE = (
    select(shift_overrides)
    .where(_live, shift_overrides.c.ends > bindparam("now"))
    .order_by(shift_overrides.c.begins, shift_overrides.c.id)
)
_LIVE_OF = _LIVE.where(shift_overrides.c.person_id == bindparam("person_id"))
_NEVER_ENDED = select(shift_overrides).where(_live).order_by(shift_overrides.c.id)
_OVERRIDES_OF = (
    select(shift_overrides)
    .where(
        or_(
            shift_overrides.c.person_id == bindparam("person_id"),
            shift_overrides.c.instead_of == bindparam("person_id"),
        )
    )
    .order_by(shift_overrides.c.begins, shift_overrides.c.id)
)
_UNTOLD = (
    select(shift_overrides)
    .where(
        shift_overrides.c.why.in_(bindparam("reasons", expanding=True)),
        shift_overrides.c.told_at.is_(None),
    )
    .order_by(shift_overrides.c.id)
)
_ADD = insert(shift_overrides)
_END = update(shift_overrides).where(shift_overrides.c.id == bindparam("of"), _live)
_TOLD = update(shift_overrides).where(shift_overrides.c.id == bindparam("of"), shift_overrides.c.told_at.is_(None))

_ASK = insert(swap_requests)
_GET = select(swap_requests).where(swap_requests.c.id == bindparam("id"))
_WAITING_ONES = select(swap_requests).where(_waits).order_by(swap_requests.c.begins, swap_requests.c.id)
_WAITING_OF = _WAITING_ONES.where(swap_requests.c.jurisdiction == bindparam("jurisdiction"))
_OF = (
    select(swap_requests)
    .where(or_(*(swap_requests.c[name] == bindparam("person_id") for name in ("person_id", "partner_id", "taken_by"))))
    .order_by(swap_requests.c.at, swap_requests.c.id)
)
_MINE = update(swap_requests).where(swap_requests.c.id == bindparam("of"))
_TAKE = _MINE.where(swap_requests.c.state == literal(OPEN, String)).returning(swap_requests)
_SETTLE = _MINE.where(swap_requests.c.state.in_(bindparam("among", expanding=True))).returning(swap_requests)
_CHASE = _MINE.where(swap_requests.c.chased_at.is_(None))
_with_reason = swap_requests.c.reason != ""
_FORGET = update(swap_requests).where(swap_requests.c.person_id == bindparam("of"), _with_reason)
_FORGET_OLD = update(swap_requests).where(swap_requests.c.ends < bindparam("before"), _with_reason)


class Swaps(Repository):
    """Overrides of the roster, and requests for them."""

    async def overrides(self, jurisdiction: str, plan_id: str, after: datetime, before: datetime) -> list[OverrideRow]:
        """Return the overrides, ended ones too, of the shifts that touch a span of time."""
        parameters = {"jurisdiction": jurisdiction, "plan_id": plan_id, "after": after, "before": before}
        return await self._session.read(OverrideRow, _BETWEEN, parameters)

    async def live_overrides(self, now: datetime, person_id: str | None = None) -> list[OverrideRow]:
        """Return the overrides, of one person or of all, that hold and whose shifts are not over."""
        parameters = {"now": now} | ({} if person_id is None else {"person_id": person_id})
        return await self._session.read(OverrideRow, _LIVE if person_id is None else _LIVE_OF, parameters)

    async def overrides_of(self, person_id: str) -> list[OverrideRow]:
        """Return the overrides by which a person serves or is replaced, ended ones too."""
        return await self._session.read(OverrideRow, _OVERRIDES_OF, {"person_id": person_id})

    async def every_override(self) -> list[OverrideRow]:
        """Return all overrides that were never ended."""
        return await self._session.read(OverrideRow, _NEVER_ENDED)

    async def add_override(self, row: OverrideRow) -> None:
        """Let somebody serve a shift; the one before must be ended."""
        await self._session.run(_ADD, vars(row))

    async def end_override(self, id: str, until: datetime, why: str) -> bool:
        """End an override; False when it had ended before."""
        return await self._session.run(_END, {"of": id, "until": until, "why": why}) > 0

    async def fallen_untold(self, reasons: Collection[str]) -> list[OverrideRow]:
        """Return the overrides that ended for one of some reasons, which nobody was told yet."""
        return await self._session.read(OverrideRow, _UNTOLD, {"reasons": list(reasons)})

    async def override_told(self, id: str, at: datetime) -> bool:
        """Note that those concerned were told; False when they had been."""
        return await self._session.run(_TOLD, {"of": id, "told_at": at}) > 0

    async def ask_swap(self, row: SwapRow) -> None:
        """Keep a request."""
        await self._session.run(_ASK, vars(row))

    async def swap(self, id: str) -> SwapRow | None:
        """Return a request, settled or not."""
        return await self._session.read_one(SwapRow, _GET, {"id": id})

    async def waiting_swaps(self, jurisdiction: str | None = None) -> list[SwapRow]:
        """Return the requests that are not settled, of one jurisdiction or of all, by the beginning of their shifts."""
        if jurisdiction is None:
            return await self._session.read(SwapRow, _WAITING_ONES)
        return await self._session.read(SwapRow, _WAITING_OF, {"jurisdiction": jurisdiction})

    async def swaps_of(self, person_id: str) -> list[SwapRow]:
        """Return what a person asked for or said yes to, settled or not."""
        return await self._session.read(SwapRow, _OF, {"person_id": person_id})

    async def take_swap(self, id: str, person_id: str, at: datetime, state: str) -> SwapRow | None:
        """Let somebody take a request, and return it; None when another was first."""
        taken = {"of": id, "state": state, "taken_by": person_id, "taken_at": at}
        return await self._session.read_one(SwapRow, _TAKE, taken)

    async def settle_swap(self, id: str, among: Collection[str], state: str, by: str, at: datetime) -> SwapRow | None:
        """Bring a request from one of some states into another, and return it; None when it is in none of them."""
        settled = {"of": id, "among": [*among], "state": state, "decided_by": by or None, "decided_at": at}
        return await self._session.read_one(SwapRow, _SETTLE, settled)

    async def swap_chased(self, id: str, at: datetime) -> bool:
        """Note that it was said that a request waits; False when it was said before."""
        return await self._session.run(_CHASE, {"of": id, "chased_at": at}) > 0

    async def forget_reasons(self, person_id: str) -> int:
        """Erase why a person asked; return of how many requests."""
        return await self._session.run(_FORGET, {"of": person_id, "reason": ""})

    async def forget_old_reasons(self, before: datetime) -> int:
        """Erase why people asked about shifts that were over before a moment; return of how many requests."""
        return await self._session.run(_FORGET_OLD, {"before": before, "reason": ""})
