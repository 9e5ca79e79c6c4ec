"""Whom somebody may look up where: the lines of the plans that he or the place is bound to, as they are rung now.

The bodies that are listed in the jurisdictions of those plans are found beside them, by the same rules.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.cases import records
from bot.cases.body_lists import BodyLists
from bot.cases.plan_registry import PlanRegistry
from bot.outgoing.addresses import ANY_PLAN
from bot.outgoing.viewer import amendments
from plans.directory import Amendment, Entry, Hit, PhoneBook, amended, duty_line, entries
from plans.incident.state import RUNNING
from plans.model import Plan
from storage.incidents import IncidentRow
from storage.people import Holding
from storage.transaction import Reading


@dataclass(frozen=True, kw_only=True)
class Lookup:
    """The directory before somebody's eyes.

    Attributes:
        plans: with the lines that are rung now; what is bound to the place comes first.
        amendments: by jurisdiction, for what is shown beside a number.
        preferred: ids of the plans that the place is bound to.
        listed: the numbers of the bodies that are listed, of each jurisdiction that has any.
    """

    plans: tuple[Plan, ...]
    amendments: dict[str, list[Amendment]]
    preferred: tuple[str, ...] = ()
    listed: tuple[PhoneBook, ...] = ()

    def book(self) -> PhoneBook:
        """Return the lines, to be searched."""
        return PhoneBook([entry for plan in self.plans for entry in entries(plan)])

    def search(self, query: str, *, limit: int, prefer: Sequence[str] = (), at_hand: Collection[str] = ()) -> list[Hit]:
        """Return the lines that fit a query, best first; a plan's own before a listed body's that fits as well."""
        hits = self.book().search(query, limit=limit, prefer=prefer, at_hand=at_hand)
        of_lists = [hit for book in self.listed for hit in book.search(query, limit=limit)]
        if not of_lists:
            return hits
        ranked = sorted([*enumerate(hits), *enumerate(of_lists, len(hits))], key=lambda item: (-item[1].score, item[0]))
        return [hit for _, hit in ranked[:limit]]

    def title_of(self, plan_id: str) -> str:
        """Return a plan's title, empty for one that is not seen."""
        return next((plan.title for plan in self.plans if plan.id == plan_id), "")

    def lines_of(self, units: Iterable[str], plan_id: str) -> list[Entry]:
        """Return the lines of some units of a plan, or of listed bodies, in the units' order."""
        plan = next((item for item in self.plans if item.id == plan_id), None)
        lines = list(entries(plan)) if plan is not None else []
        found: list[Entry] = []
        for unit in units:
            mine = [entry for entry in lines if unit in (entry.unit, *entry.names)]
            found += mine or [entry for book in self.listed for entry in book.entries if unit == entry.names[0]]
        return found

    def amendment_of(self, jurisdiction: str, unit_names: Sequence[str], number: str) -> Amendment | None:
        """Return the edit that a shown number comes from."""
        return next(
            (
                item
                for item in self.amendments.get(jurisdiction, ())
                if item.unit in unit_names and item.number == number
            ),
            None,
        )


async def look_up(
    rx: Reading,
    registry: PlanRegistry,
    lists: BodyLists,
    holdings: Sequence[Holding],
    *,
    bound_here: Sequence[str] = (),
    administers: bool = False,
    private: bool = False,
    with_personal: bool | None = None,
) -> Lookup:
    """Return what somebody may look up.

    Args:
        lists: the listed bodies.
        holdings: what the person holds now; what was revoked gives nothing any more.
        bound_here: the plans of the group that asks; there nobody sees more than the group may.
        administers: an administrator by the settings, who sees what any group is bound to.
        private: only the person reads it: the plans of his own roles, and mobile telephones too.
        with_personal: False where what is found may be sent on to others.
    """
    with_personal = private if with_personal is None else with_personal
    ids = list(bound_here)
    if private:
        ids += await _of_roles(rx, registry, holdings, administers)
    plan_ids = [plan_id for plan_id in dict.fromkeys(ids) if plan_id in registry.ids]
    plans = [registry.current(plan_id) for plan_id in plan_ids]
    edits = {name: await amendments(rx, name) for name in dict.fromkeys(plan.jurisdiction.name for plan in plans)}
    listed = []
    for name, area in {plan.jurisdiction.name: plan.jurisdiction.area_code for plan in plans}.items():
        book = await (await lists.of(rx, name)).book(with_personal=with_personal, area_code=area)
        listed += [book] if book is not None else []
    return Lookup(
        plans=tuple(amended(plan, edits[plan.jurisdiction.name], with_personal=with_personal) for plan in plans),
        amendments=edits,
        preferred=tuple(bound_here),
        listed=tuple(listed),
    )


def duty_line_of(lookup: Lookup) -> Entry | None:
    """Return the duty line of the first plan that has one: all that a group of others than officials is shown."""
    return next((line for plan in lookup.plans if (line := duty_line(plan)) is not None), None)


async def _of_roles(rx: Reading, registry: PlanRegistry, holdings: Sequence[Holding], administers: bool) -> list[str]:
    """Return the plans of a person's roles; a role for every plan reaches those that a group is bound to."""
    own = [item.plan_id for item in holdings if item.plan_id != ANY_PLAN]
    wide = {item.jurisdiction for item in holdings if item.plan_id == ANY_PLAN}
    if not wide and not administers:
        return own
    bound = [plan for place in await rx.places.bound() for plan in await rx.places.plans_of(place.id)]
    everywhere = administers or ANY_PLAN in wide
    return own + [
        plan
        for plan in bound
        if plan in registry.ids and (everywhere or registry.current(plan).jurisdiction.name in wide)
    ]


MOST_LOOKED = 200
"""Open incidents, the newest, among which the one at hand is looked for."""


async def at_hand(
    rx: Reading, jurisdictions: Iterable[str], may_list: Callable[[IncidentRow], bool]
) -> IncidentRow | None:
    """Return the newest running incident of some jurisdictions that may be known of; a real one before a drill."""
    newest = [row for name in jurisdictions for row in await rx.incidents.newest_open(name, MOST_LOOKED)]
    rows = [row for row in newest if row.state in RUNNING and may_list(row)]
    return max(rows, key=lambda row: (not row.drill, row.reported_at), default=None)


async def called_units(rx: Reading, stream: str) -> tuple[str, ...]:
    """Return the units that an incident calls, in the order of calling."""
    incident = await records.load(rx, stream)
    return tuple(incident.calls) if incident is not None else ()
