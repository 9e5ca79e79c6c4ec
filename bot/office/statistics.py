"""Statistics for whoever asks: what he may see, rows brought up to the logs, and what they come to.

An administrator sees all plans of his jurisdiction, who holds an office of a plan that plan, a unit's liaison or head
its own rows; a reporter, and whoever holds nothing there, sees nothing. Jurisdictions are added up (合计) for who sees
each of them, and no part of it is more than he sees of each.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.cases import records
from bot.cases.body_lists import BodyLists
from bot.cases.plan_registry import PlanRegistry
from bot.office.reader import REPORTER, Reader
from bot.render.statistics_rows import Names
from bot.service.requests import Fence
from bot.service.service import Service
from plans.core.state import CaseState
from plans.desk.spot_check_state import SpotCheck
from plans.incident.state import Incident
from plans.model import Plan
from plans.statistics.counting import statistics
from plans.statistics.incidents import counted_incident
from plans.statistics.rows import CountedCase
from plans.statistics.spot_checks import counted_spot_check
from plans.statistics.statistics import Statistics
from plans.statistics.tally import Selection
from plans.statistics.titles import Titles
from plans.statistics.warnings import counted_warning
from plans.times.calendar_periods import CalendarPeriod
from plans.warning.state import WarningCase
from storage.errors import StorageError
from storage.statistics import Behind
from storage.transaction import Reading

AT_ONCE = 20
"""Cases in one transaction: whoever reports meanwhile waits for no more."""

ROWS_AT_ONCE = 2000
"""Rows in one transaction, where it is of several cases."""

EACH_ROUND = 2000
"""Cases that a round counts: after an upgrade the other rounds go on beside it."""

EACH_QUESTION = 60
"""Cases that a question counts before it is answered: those that changed since the last round."""

SPEAKERS = ("liaison", "head")
"""Roles that stand for a unit and see its own rows."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """What somebody may have counted in a jurisdiction, or in several together.

    Attributes:
        plans: ids, in the order of the registry. own: by plan the units whose own rows alone he sees; None = all.
        beside: the further jurisdictions of a sum, with their plans.
    """

    jurisdiction: str
    plans: tuple[str, ...]
    own: Mapping[str, frozenset[str]] | None = None
    beside: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def name(self) -> str:
        """By which buttons ask for it again: the jurisdiction, of a sum nothing."""
        return "" if self.beside else self.jurisdiction

    def of(self, plan_id: str) -> Scope | None:
        """Return the same of one plan alone; None where he may not see it."""
        return replace(self, plans=(plan_id,)) if plan_id in self.plans else None

    def selection(self, period: CalendarPeriod, *, drills: bool = False) -> Selection:
        """Return what is to be counted of a period."""
        return Selection(
            jurisdiction=self.jurisdiction, plans=self.plans, period=period, drills=drills, own=self.own,
            beside=self.beside,
        )  # fmt: skip


def scopes(reader: Reader, places: Iterable[tuple[str, Plan]]) -> list[Scope]:
    """Return what somebody may have counted, each jurisdiction for itself: what he sees whole, then his own units'.

    Args:
        places: jurisdiction and plan of whatever there is to count.
    """
    found: list[Scope] = []
    by_place: dict[str, list[Plan]] = {}
    for place, plan in places:
        by_place.setdefault(place, []).append(plan)
    for place, here in by_place.items():
        whole = tuple(plan.id for plan in here if oversees(reader, place, plan))
        if whole:
            found.append(Scope(jurisdiction=place, plans=whole))
        rest = [plan for plan in here if plan.id not in whole]
        own = {plan.id: units for plan in rest if (units := reader.units(place, plan.id))}
        if own:
            found.append(Scope(jurisdiction=place, plans=tuple(own), own=own))
    return found


def sum_of(found: Iterable[Scope]) -> Scope | None:
    """Return the sum of what is seen whole; None where that is fewer than two jurisdictions."""
    whole = [item for item in found if item.own is None]
    if len(whole) < 2:
        return None
    return replace(whole[0], beside=tuple((item.jurisdiction, item.plans) for item in whole[1:]))


def oversees(reader: Reader, place: str, plan: Plan) -> bool:
    """Return whether somebody sees all of a plan: by its office or a role of the plan, or as an administrator."""
    if reader.administers(place):
        return True
    if reader.roles(place, plan.id) - {REPORTER, *SPEAKERS}:
        return True
    return bool(plan.office_unit) and plan.office_unit in reader.units(place, plan.id)


async def places_of(registry: PlanRegistry, rx: Reading) -> list[tuple[str, Plan]]:
    """Return jurisdiction and plan of whatever there is to count: what groups are bound to, and what was counted."""
    bound = [(place, plan) for place, plan, _ in await rx.places.bindings()]
    pairs = dict.fromkeys([*bound, *await rx.statistics.places()])
    return [(place, registry.current(plan)) for place, plan in pairs if plan in registry.ids]


async def statistics_of(service: Service, selection: Selection, now: datetime) -> Statistics:
    """Return the statistics of a selection; the few cases that are behind are counted first.

    Raises:
        Unavailable: the database cannot now.
    """
    done = 0
    for place, _ in selection.places:
        done += await count_anew(service, most=EACH_QUESTION, jurisdiction=place)
    async with service.store.reading() as rx:
        names = await names_of(service.registry, service.bodies, rx, selection, now)
        return await counted(rx, selection, names, behind=0 if not done else None)


async def counted(rx: Reading, selection: Selection, names: Names, *, behind: int | None = None) -> Statistics:
    """Return the statistics of a selection from what is counted already.

    Args:
        behind: how many cases are, where somebody has just looked.
    """
    tally = await rx.statistics.tally(selection, names.now, behind=behind)
    return statistics(tally, selection, names.plans, names.titles, names.now)


async def names_of(registry: PlanRegistry, lists: BodyLists, rx: Reading, selection: Selection, now: datetime) -> Names:
    """Return what the rows of a selection are called, at the moment at which they are counted."""
    plans = {name: registry.current(name) for name in selection.all_plans if name in registry.ids}
    names: dict[str, str] = {}
    for place, _ in selection.places:
        listed = await lists.of(rx, place)
        names |= {body.id: listed.full_name(body.id) for body in listed.bodies}
    titles = Titles(list(plans.values()), names, await rx.statistics.bearers(selection))
    return Names(plans=plans, titles=titles, now=now)


async def keep_counted(service: Service, fence: Fence | None = None) -> int:
    """Count what has changed since the last round; return how many cases that were.

    Raises:
        Unavailable: the database cannot now. LostClaim: another process does it.
    """
    return await count_anew(service, most=EACH_ROUND, fence=fence)


async def count_anew(
    service: Service, *, most: int, jurisdiction: str | None = None, fence: Fence | None = None
) -> int:
    """Bring the rows of cases that are behind up to their logs; return how many were."""
    async with service.store.reading() as rx:
        behind = await rx.statistics.behind(most, jurisdiction)
    for first in range(0, len(behind), AT_ONCE):
        for some in _in_parts(await _read(service, behind[first : first + AT_ONCE])):
            async with service.store.writing("statistics.counted") as tx:
                if fence is not None:
                    await fence(tx)
                for case in some:
                    await tx.statistics.write(case)
    return len(behind)


def _in_parts(cases: Sequence[CountedCase]) -> Iterator[list[CountedCase]]:
    """Yield cases with no more rows at once than are written in a moment; a warning to thousands stands alone."""
    part: list[CountedCase] = []
    rows = 0
    for case in cases:
        if part and rows + len(case.rows) > ROWS_AT_ONCE:
            yield part
            part, rows = [], 0
        part.append(case)
        rows += len(case.rows)
    if part:
        yield part


async def _read(service: Service, batch: list[Behind]) -> list[CountedCase]:
    """Return some cases as they are counted now; one that cannot be read keeps no other from being counted."""
    found: list[CountedCase] = []
    async with service.store.reading() as rx:
        for item in batch:
            try:
                case = await records.load_case(rx, item.stream)
                if case is not None:
                    found.append(await counted_case(service, rx, case))
            except StorageError:
                raise
            except Exception:  # the auditor says so of every log that cannot be read
                log.exception("statistics.unreadable", stream=item.stream)
            await asyncio.sleep(0)  # each is some milliseconds of work: whoever waits goes first
    return found


async def counted_case(service: Service, rx: Reading, case: CaseState) -> CountedCase:
    """Return a case as it is counted.

    Raises:
        TypeError: it is of a kind that is not counted.
    """
    if isinstance(case, WarningCase):
        return counted_warning(case)
    if isinstance(case, SpotCheck):
        return counted_spot_check(case)
    if isinstance(case, Incident):
        return counted_incident(await service.registry.pinned(rx, case.plan_hash), case, service.policy)
    raise TypeError(f"{case.stream} is of a kind that is not counted")
