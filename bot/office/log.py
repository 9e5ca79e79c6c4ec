"""The duty log as the office reads it: the entries of some days with the heads of each day's page (天气, 值班员 …)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.cases import records
from bot.cases.streams import admin_log
from bot.clock import SHANGHAI
from bot.office.open_matters import OpenMatter, section
from bot.render.log import open_line
from bot.service.service import Service
from plans.desk.entry_state import Entry
from plans.intake.entries import HAND_OVER, LEADER, OFFICER, WEATHER
from plans.model import Plan
from plans.roster import duty
from storage.entries import EntryRow
from storage.transaction import Reading

MOST_LISTED = 40
"""Entries of a list in a chat."""

MOST_IN_A_FILE = 2000
"""Entries of one file; what is left out is said in it."""

LONGEST_SPAN = timedelta(days=366)

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class SeatTaken:
    """Somebody took the seat over: when, by which name, and from whom, empty where nobody sat there."""

    at: datetime
    name: str
    before: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DayPage:
    """One day of the paper book.

    Attributes:
        weather, officers, leaders: as somebody wrote them that day, else the roster's; empty where nobody did.
        hand_overs: what was written of handing over, and who took the seat when.
        entries: of the day, in its order, what was taken back or set right too.
    """

    day: date
    weather: str = ""
    officers: str = ""
    leaders: str = ""
    notes: tuple[str, ...] = ()
    seats: tuple[SeatTaken, ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def happened(self) -> tuple[Entry, ...]:
        """What happened: the entries that fill in no head of the page."""
        return tuple(entry for entry in self.entries if not entry.head)


@dataclass(frozen=True, kw_only=True, slots=True)
class LogBook:
    """Some days of the log of a jurisdiction.

    Attributes:
        plans: whose desks are read. cut: there are more entries than fit.
        as_of: the last moment that it tells of: the same days give the same book until something is added.
    """

    place: str
    plans: tuple[Plan, ...]
    first: date
    last: date
    days: tuple[DayPage, ...]
    as_of: datetime
    cut: bool = False

    @property
    def entries(self) -> list[Entry]:
        """All entries, in their order."""
        return [entry for day in self.days for entry in day.entries]


async def entries_of(rx: Reading, rows: Iterable[EntryRow]) -> list[Entry]:
    """Return the entries of some rows, in their order."""
    found = [await records.load_case(rx, row.stream) for row in rows]
    return [item for item in found if isinstance(item, Entry)]


async def log_book(rx: Reading, plans: Sequence[Plan], first: date, last: date) -> LogBook:
    """Return some days of the log; each day that has anything, and the only one where one is asked for.

    Args:
        plans: of one jurisdiction, one at least.
    """
    place = plans[0].jurisdiction.name
    ids = [plan.id for plan in plans]
    rows = await rx.entries.between(place, ids, first, last, limit=MOST_IN_A_FILE + 1)
    entries = await entries_of(rx, rows[:MOST_IN_A_FILE])
    seats = await _seats(rx, place, ids, first, last)
    turns = [
        turn for plan in plans for turn in await rx.people.shifts(place, plan.id, _begins(first), _begins(last + _DAY))
    ]  # fmt: skip
    by_day: dict[date, list[Entry]] = {}
    for entry in entries:
        by_day.setdefault(entry.at.astimezone(SHANGHAI).date(), []).append(entry)
    pages = []
    for number in range((last - first).days + 1):
        day = first + number * _DAY
        taken = tuple(item for item in seats if item.at.astimezone(SHANGHAI).date() == day)
        if not (day in by_day or taken or first == last):
            continue
        begins, ends = _begins(day), _begins(day + _DAY)
        on = [turn for turn in turns if turn.begins < ends and turn.ends > begins and turn.begins >= begins]
        on = on or [turn for turn in turns if turn.begins < ends and turn.ends > begins]
        pages.append(_page(day, by_day.get(day, []), taken, [(turn.kind, turn.name) for turn in on]))
    moments = [entry.events[-1].at for entry in entries] + [item.at for item in seats]
    as_of = max(moments, default=_begins(first))
    return LogBook(
        place=place, plans=tuple(plans), first=first, last=last, days=tuple(pages), as_of=as_of,
        cut=len(rows) > MOST_IN_A_FILE,
    )  # fmt: skip


def _page(day: date, entries: Sequence[Entry], seats: Sequence[SeatTaken], turns: Sequence[tuple[str, str]]) -> DayPage:
    def head(name: str) -> str:
        said = [entry.what for entry in entries if entry.head == name and entry.stands]
        return said[-1] if said else ""

    def on(*kinds: str) -> str:
        return "、".join(dict.fromkeys(name for kind, name in turns if kind in kinds))

    return DayPage(
        day=day, weather=head(WEATHER), officers=head(OFFICER) or on(duty.FIRST, duty.SECOND),
        leaders=head(LEADER) or on(duty.LEADER),
        notes=tuple(entry.what for entry in entries if entry.head == HAND_OVER and entry.stands),
        seats=tuple(seats), entries=tuple(entries),
    )  # fmt: skip


async def _seats(rx: Reading, place: str, plans: Sequence[str], first: date, last: date) -> list[SeatTaken]:
    """Return who took the seat when, of the log of the office; one who took several at once is named once."""
    begins, ends = _begins(first), _begins(last + _DAY)
    taken = [
        SeatTaken(
            at=entry.at, name=str(entry.payload.get("name") or ""), before=str(entry.payload.get("before_name") or "")
        )
        for entry in await rx.journal.load(admin_log(place))
        if entry.event == "seat-taken" and begins <= entry.at < ends and entry.payload.get("plan") in plans
    ]
    return [item for item in dict.fromkeys(taken) if item.name]


def _begins(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


@section("entries", order=50)
async def waiting(rx: Reading, service: Service, jurisdiction: str, plan: Plan, now: datetime) -> list[OpenMatter]:
    """Return what entries wait for, each demand by itself; the entries whose first is due first before the others."""
    entries = await entries_of(rx, await rx.entries.waiting(jurisdiction, plan.id))
    return [
        OpenMatter(stream=entry.stream, key=str(number), line=open_line(entry, want, now), due=want.counted_from)
        for entry in entries
        for number, want in enumerate(entry.wants)
        if entry.stands and number >= len(entry.replies)
    ]
