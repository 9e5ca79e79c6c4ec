"""What the screens of one jurisdiction show: fragments of a page, each made anew only when what it shows has changed.

All walls of a jurisdiction show the same fragments, a person those that he may read. A fragment holds no moment but
those that the page counts to, so that the passing of time alone changes none.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.cases.body_lists import with_listed
from bot.cases.plan_registry import UnusablePlan
from bot.clock import SHANGHAI
from bot.office.people import bound_plans
from bot.office.reader import Reader
from bot.office.roster import watch
from bot.render import View, naming
from bot.render.pages.side import on_duty, overdue, undelivered, warning_tile
from bot.render.pages.tile import tile, unshown
from bot.render.view import COMMAND
from bot.service import Service
from bot.web.board.layout import render
from plans.core.state import CaseState
from plans.incident.state import Incident
from plans.model import Plan
from plans.warning.state import KIND as WARNING
from storage.transaction import Reading

REGIONS = ("incidents", "warnings", "watch", "duties", "deliveries")

PATIENCE = timedelta(seconds=60)
"""A message that waits for longer than this is shown as waiting."""

MOST_GONE = 500
"""Fragments that are remembered as gone; a stream that knows less has the whole picture sent anew."""

SELDOM = timedelta(seconds=60)
"""So often overdue duties are counted: they may be tens of thousands, and change by the day."""

log = structlog.get_logger(__name__)


@dataclass(kw_only=True, slots=True)
class Fragment:
    """One piece of a page.

    Attributes:
        key: unique within its jurisdiction. region: of ``REGIONS``. order: by which it stands there.
        revision: of the display when it last changed.
        plans: under any of which one must serve to read it; none = anybody who serves in the jurisdiction.
        office: only for those who work on the cases of these plans.
        case, plan: of an incident, which those may read too who reported it or are called.
    """

    key: str
    region: str
    order: str
    template: str
    data: Any
    revision: int
    plans: tuple[str, ...] = ()
    office: bool = False
    case: Incident | None = None
    plan: Plan | None = None
    _made: dict[bool, str] = field(default_factory=dict)

    def html(self, *, linked: bool) -> str:
        """Return it laid out, once for all who see it.

        Args:
            linked: with the way to its own page, which a wall has not.
        """
        if linked not in self._made:
            self._made[linked] = render(self.template, it=self.data, linked=linked)
        return self._made[linked]


class Display:
    """The fragments of one jurisdiction.

    Attributes:
        revision: counted up by each change. floor: what went before this revision is forgotten.
    """

    def __init__(self, service: Service, jurisdiction: str) -> None:
        self._service, self.jurisdiction = service, jurisdiction
        self.revision = self.floor = 1
        self._next = 2
        self._fragments: dict[str, Fragment] = {}
        self._gone: OrderedDict[str, int] = OrderedDict()
        self._ends: dict[str, int] = {}
        self._day = ""
        self._counted_at: datetime | None = None
        self._numbers: dict[str, str] = {}

    async def look(self, rx: Reading, now: datetime, *, seldom: bool) -> bool:
        """Bring it up to date, and return whether anything changed.

        Args:
            seldom: look also at what no case tells: who is on duty, overdue duties.
        """
        # It counts once all has been looked at: a page that asks meanwhile is told the rest at its next step.
        self._next = self.revision + 1
        day = now.astimezone(SHANGHAI).date().isoformat()
        if day != self._day:  # moments of yesterday are written with their day
            self._ends.clear()
            self._day, seldom = day, True
        await self._look_at_incidents(rx, now)
        await self._look_at_warnings(rx, now)
        await self._look_at_deliveries(rx, now)
        if seldom:
            await self._look_at_watch(rx, now)
            await self._look_at_duties(rx, now)
        changed = self._newest() == self._next
        if changed:
            self.revision = self._next
        return changed

    def _newest(self) -> int:
        newest = max((item.revision for item in self._fragments.values()), default=0)
        return max(newest, next(reversed(self._gone.values()), 0))

    def newer(self, revision: int) -> list[Fragment]:
        """Return the fragments that changed after a revision, those in front first."""
        newer = [item for item in self._fragments.values() if item.revision > revision]
        return sorted(newer, key=lambda item: (item.region, item.order))

    def may_read(self, reader: Reader | None, item: Fragment) -> bool:
        """Return whether somebody may read a fragment; on a wall (None) all are shown."""
        if reader is None:
            return True
        if item.case is not None and item.plan is not None:
            return reader.may_read(item.plan, item.case)
        if item.office:
            registry = self._service.registry
            plans = [registry.current(plan) for plan in item.plans or registry.ids if plan in registry.ids]
            return any(reader.works_on(self.jurisdiction, plan) for plan in plans)
        if not item.plans:
            return reader.serves_in(self.jurisdiction)
        return any(reader.serves(self.jurisdiction, plan) for plan in item.plans)

    def gone_since(self, revision: int) -> list[str]:
        """Return the keys of what was taken away after a revision."""
        return [key for key, at in self._gone.items() if at > revision]

    def _put(self, key: str, region: str, data: Any, **about: Any) -> None:
        known = self._fragments.get(key)
        if known is not None and known.data == data:
            known.case, known.plan = about.get("case"), about.get("plan")
            return
        template = f"{region}.html"
        self._fragments[key] = Fragment(
            key=key, region=region, order=data.order, template=template, data=data, revision=self._next, **about
        )
        self._gone.pop(key, None)

    def _keep_only(self, region: str, keys: Iterable[str]) -> None:
        kept = set(keys)
        for key in [key for key, item in self._fragments.items() if item.region == region and key not in kept]:
            del self._fragments[key]
            self._gone[key] = self._next
        while len(self._gone) > MOST_GONE:
            _, self.floor = self._gone.popitem(last=False)

    async def _look_at_incidents(self, rx: Reading, now: datetime) -> None:
        ends = await rx.incidents.open_ends(self.jurisdiction)
        for stream, end in ends.items():
            if self._ends.get(stream) == end:
                continue
            self._ends[stream] = end
            incident = await self._service.cache.load(rx, stream)
            plan = await self._plan(rx, incident)
            if incident is None:
                continue
            self._numbers[stream] = naming.in_list(incident.number, drill=incident.drill)
            if plan is None:
                self._put(stream, "incidents", unshown(incident), plans=(incident.plan,))
                continue
            listed = await with_listed(rx, plan, incident)
            view = View(
                plan=listed, incident=incident, now=incident.own_time(now), policy=self._service.policy,
                place_kind=COMMAND,
            )  # fmt: skip
            self._put(stream, "incidents", tile(view), plans=(plan.id,), case=incident, plan=plan)
        for stream in self._ends.keys() - ends.keys():
            if not stream.startswith(WARNING):
                del self._ends[stream]
                self._numbers.pop(stream, None)
        self._keep_only("incidents", ends)

    async def _look_at_warnings(self, rx: Reading, now: datetime) -> None:
        rows = [row for row in await rx.cases.open(WARNING, self.jurisdiction) if row.state == "in_force"]
        for row in rows:
            if self._ends.get(row.stream) == row.sequence:
                continue
            self._ends[row.stream] = row.sequence
            warning = await self._service.cache.load_case(rx, row.stream)
            plan = await self._plan(rx, warning)
            if warning is None or plan is None:
                continue
            shown = warning_tile(await self._service.cases.view(rx, plan, warning, now))
            self._put(row.stream, "warnings", shown, plans=(plan.id,))
            self._numbers[row.stream] = shown.number
        streams = {row.stream for row in rows}
        for stream in self._ends.keys() - streams:
            if stream.startswith(WARNING):
                del self._ends[stream]
                self._numbers.pop(stream, None)
        self._keep_only("warnings", streams)

    async def _plan(self, rx: Reading, case: CaseState | None) -> Plan | None:
        if case is None:
            return None
        try:
            return await self._service.registry.pinned(rx, case.plan_hash)
        except UnusablePlan as problem:  # it is told elsewhere; the others are shown all the same
            log.warning("board.unusable_plan", stream=case.stream, error=str(problem))
            return None

    async def _look_at_deliveries(self, rx: Reading, now: datetime) -> None:
        counts: dict[str, tuple[int, int]] = {}
        for stream, (waiting, failed) in (await rx.outbox.troubled(self.jurisdiction, now - PATIENCE)).items():
            shown = stream if stream in self._fragments else ""
            before = counts.get(shown, (0, 0))
            counts[shown] = (before[0] + waiting, before[1] + failed)
        keys = []
        for stream, row in undelivered(self._numbers, counts):
            keys.append(f"delivery:{stream}")
            plans = self._fragments[stream].plans if stream else ()
            self._put(keys[-1], "deliveries", row, plans=plans, office=True)
        self._keep_only("deliveries", keys)

    async def _look_at_watch(self, rx: Reading, now: datetime) -> None:
        plans = [plan for plan in await self._plans(rx) if plan.jurisdiction.name == self.jurisdiction]
        watches = [await watch(rx, plan, now) for plan in plans]
        seats = [
            (item.plan, item.seat.name if item.seat is not None else "", item.now)
            for item in watches
            if item.seat is not None or item.now or item.following
        ]
        keys = []
        for data, shared in on_duty(seats):
            keys.append(f"watch:{data.order}")
            self._put(keys[-1], "watch", data, plans=tuple(plan.id for plan in shared))
        self._keep_only("watch", keys)

    async def _plans(self, rx: Reading) -> list[Plan]:
        """Return the plans whose seat may be taken: those that a group is bound to, and on whose seat somebody sits."""
        registry = self._service.registry
        sat = [plan for (name, plan) in await rx.people.all_seats() if name == self.jurisdiction]
        bound = [plan.id for plan in await bound_plans(rx, self._service)]
        return [registry.current(plan) for plan in dict.fromkeys((*sat, *bound)) if plan in registry.ids]

    async def _look_at_duties(self, rx: Reading, now: datetime) -> None:
        if self._counted_at is not None and timedelta() <= now - self._counted_at < SELDOM:
            return
        self._counted_at = now
        keys = []
        for switch in await rx.duties.switches(self.jurisdiction):
            if not switch.on or switch.plan_id not in self._service.registry.ids:
                continue
            counts = await rx.duties.count_overdue(self.jurisdiction, switch.plan_id, now)
            plan = self._service.registry.current(switch.plan_id)
            keys.append(f"duties:{plan.id}")
            self._put(keys[-1], "duties", overdue(plan, counts), plans=(plan.id,), office=True)
        self._keep_only("duties", keys)
