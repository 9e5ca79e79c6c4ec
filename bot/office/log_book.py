"""Some days of the duty log as pages of the paper book: entries, who handed over, spot checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.cases.streams import admin_log
from bot.clock import SHANGHAI
from bot.office.handover import SEAT_TAKEN, handovers_of
from bot.office.log import entries_of
from bot.office.spot_checks import Held, spot_checks_between
from bot.outgoing.serving import serving
from plans.desk.entry_state import Entry
from plans.desk.handover_state import KIND, Handover
from plans.intake.entries import HAND_OVER, LEADER, OFFICER, WEATHER
from plans.model import Plan
from plans.roster import duty
from plans.times import midnight
from storage.transaction import Reading

MOST_LISTED = 40
"""Entries of a list in a chat."""

MOST_IN_A_FILE = 2000
"""Entries of one file; what is left out is said in it."""

LONGEST_SPAN = timedelta(days=366)

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class SeatTaken:
    """Somebody took the seat over.

    Attributes:
        at, name: when, by which name; empty once that was erased. before: from whom, empty where nobody sat there.
        handover: what both signed, or did not; None where nobody gave anything over.
    """

    at: datetime
    name: str
    before: str = ""
    handover: Handover | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DayPage:
    """One day of the paper book.

    Attributes:
        weather, officers, leaders: as somebody wrote them that day, else who served by the roster and what was changed
            of it; empty where nobody did. Without a roster the officers are those who gave and took the seat that day.
        notes: what was written of handing over. seats: who took the seat when, and the names under what was open.
        checks: the spot checks that were held that day, or were to be.
        entries: of the day, in its order, what was taken back or set right too.
    """

    day: date
    weather: str = ""
    officers: str = ""
    leaders: str = ""
    notes: tuple[str, ...] = ()
    seats: tuple[SeatTaken, ...] = ()
    checks: tuple[Held, ...] = ()
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


async def log_book(rx: Reading, plans: Sequence[Plan], first: date, last: date) -> LogBook:
    """Return some days of the log; each day that has anything, and the only one where one is asked for.

    Args:
        plans: of one jurisdiction, one at least.
    """
    place = plans[0].jurisdiction.name
    ids = [plan.id for plan in plans]
    rows = await rx.entries.between(place, ids, first, last, limit=MOST_IN_A_FILE + 1)
    entries = await entries_of(rx, rows[:MOST_IN_A_FILE])
    seats = await _seats(rx, plans, first, last)
    checks = await spot_checks_between(rx, place, midnight(first), midnight(last + _DAY))
    turns = [item.turn for plan in plans for item in await serving(rx, plan, midnight(first), midnight(last + _DAY))]
    by_day: dict[date, list[Entry]] = {}
    for entry in entries:
        by_day.setdefault(entry.at.astimezone(SHANGHAI).date(), []).append(entry)
    pages = []
    for number in range((last - first).days + 1):
        day = first + number * _DAY
        taken = tuple(item for item in seats if item.at.astimezone(SHANGHAI).date() == day)
        begins, ends = midnight(day), midnight(day + _DAY)
        held = tuple(item for item in checks if begins <= item.at < ends)
        if not (day in by_day or taken or held or first == last):
            continue
        on = [turn for turn in turns if turn.begins < ends and turn.ends > begins and turn.begins >= begins]
        on = on or [turn for turn in turns if turn.begins < ends and turn.ends > begins]
        pages.append(_page(day, by_day.get(day, []), taken, held, [(turn.kind, turn.name) for turn in on]))
    cases = [*entries, *(item.handover for item in seats if item.handover), *(item.check for item in checks)]
    moments = [case.events[-1].at for case in cases] + [item.at for item in seats]
    as_of = max(moments, default=midnight(first))
    return LogBook(
        place=place, plans=tuple(plans), first=first, last=last, days=tuple(pages), as_of=as_of,
        cut=len(rows) > MOST_IN_A_FILE,
    )  # fmt: skip


async def beside_entries(rx: Reading, plans: Sequence[Plan], day: date) -> DayPage:
    """Return who took the seat on a day, with what was signed, and its spot checks; without entries and heads."""
    seats = await _seats(rx, plans, day, day)
    checks = await spot_checks_between(rx, plans[0].jurisdiction.name, midnight(day), midnight(day + _DAY))
    return DayPage(day=day, seats=tuple(seats), checks=tuple(checks))


def _page(
    day: date, entries: Sequence[Entry], seats: Sequence[SeatTaken], checks: Sequence[Held],
    turns: Sequence[tuple[str, str]],
) -> DayPage:  # fmt: skip
    def head(name: str) -> str:
        said = [entry.what for entry in entries if entry.head == name and entry.stands]
        return said[-1] if said else ""

    def on(*kinds: str) -> str:
        return "、".join(dict.fromkeys(name for kind, name in turns if kind in kinds))

    sat = "、".join(dict.fromkeys(name for seat in seats for name in (seat.before, seat.name) if name))
    return DayPage(
        day=day, weather=head(WEATHER), officers=head(OFFICER) or on(duty.FIRST, duty.SECOND) or sat,
        leaders=head(LEADER) or on(duty.LEADER),
        notes=tuple(entry.what for entry in entries if entry.head == HAND_OVER and entry.stands),
        seats=tuple(seats), checks=tuple(checks), entries=tuple(entries),
    )  # fmt: skip


async def _seats(rx: Reading, plans: Sequence[Plan], first: date, last: date) -> list[SeatTaken]:
    """Return who took the seat when, of the log of the office; one who took several at once is named once.

    Each with the hand-over that it began: which was opened right behind it, perhaps on the other side of midnight.
    """
    begins, ends, ids = midnight(first), midnight(last + _DAY), {plan.id for plan in plans}
    opened = {
        (case.events[0].cause.rpartition(f":{KIND}:")[0], case.giver): case
        for case in await handovers_of(rx, plans, since=first, until=last + _DAY)
    }
    taken: dict[tuple[str, str], SeatTaken] = {}
    for entry in await rx.journal.load(admin_log(plans[0].jurisdiction.name)):
        said = entry.payload
        if entry.event != SEAT_TAKEN or not begins <= entry.at < ends or said.get("plan") not in ids:
            continue
        key = (entry.cause or "", str(said.get("before") or ""))
        taken.setdefault(
            key,
            SeatTaken(
                at=entry.at, name=str(said.get("name") or ""), before=str(said.get("before_name") or ""),
                handover=opened.get(key),
            ),
        )  # fmt: skip
    return sorted(taken.values(), key=lambda item: item.at)
