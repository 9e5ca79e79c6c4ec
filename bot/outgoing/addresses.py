"""From audiences to people and places: who holds the seat, a role, a unit, and where each of them can be reached."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.outgoing.serving import serving_at
from plans.bodies import bodies_of, listed_ids, stood_for
from plans.core import keys
from plans.core.keys import GROUP, ORIGIN, REPORTER, SEAT, Audience
from plans.core.state import CaseState
from plans.incident.drills import clock_time
from plans.incident.seat import HandlingTaken, SeatTaken
from plans.incident.state import RUNNING, Incident
from plans.model import Plan
from storage.people import Person, shown_name
from storage.places import Place
from storage.transaction import Reading

FEW = 4
"""Fewer units are looked up one by one."""

ANY_PLAN = "*"
"""A holding for every plan of a jurisdiction (administrators)."""


@dataclass(frozen=True, slots=True)
class Target:
    """One place to write to, and the person it is for."""

    place: Place
    person: Person | None = None


@dataclass(slots=True)
class LookedUp:
    """Who holds which role for which unit, and where they are: looked up at once, for many or for many cases."""

    holders: dict[tuple[str, str], list[Person]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)


@dataclass(slots=True)
class CaseAddresses:
    """Resolves the audiences of a case within one transaction, remembering what it has looked up.

    Args:
        now: the program's moment, for the duty roster; without one the roster is not asked.
        looked_up: of the same plan and jurisdiction.
    """

    tx: Reading
    plan: Plan
    case: CaseState
    now: datetime | None = None
    looked_up: LookedUp = field(default_factory=LookedUp)
    _known: dict[str, list[Target]] = field(default_factory=dict)

    async def look_up(self, audiences: Iterable[str]) -> None:
        """Ask the database once for all units among some audiences, however many: each is resolved without it then."""
        units = {to.of for to in map(Audience, audiences) if to.kind in ("unit", "head")}
        if len(units) < FEW:
            return
        place, plan = self.case.jurisdiction, self.plan.id
        for role in ("liaison", "head"):
            found = await self.tx.people.holders_of_units(place, plan, role, units)
            self.looked_up.holders |= {(role, unit): found.get(unit, []) for unit in units}
        people = [person for holders in self.looked_up.holders.values() for person in holders]
        ids = {person.place_id for person in people if person.place_id is not None}
        self.looked_up.places |= await self.tx.places.among(ids)

    async def resolve(self, to: str) -> list[Target]:
        """Return the places of an audience (``plans.core.keys``); empty when nobody can be reached."""
        if to not in self._known:
            await self.tx.people.look_at_office(self.case.jurisdiction, self.plan.id, self._persons())
            self._known[to] = await self._resolve(Audience(to))
        return self._known[to]

    def _persons(self) -> tuple[str, ...]:
        """Return whom of the case nearly every notice asks for, by id."""
        return ()

    async def _resolve(self, to: Audience) -> list[Target]:
        case, people = self.case, self.tx.people
        if to == GROUP:
            places = await self.tx.places.bound(case.jurisdiction, self.plan.id, "command")
            return [Target(place) for place in places if place.member]
        if to == ORIGIN:
            place = await self.tx.places.get(case.origin) if case.origin else None
            return [Target(place, await self.reporter())] if place else []
        if to == REPORTER:
            return await self._people([await self.reporter()])
        if to == SEAT:
            return await self.seat()
        if to.kind == "person":
            return await self._people([await people.get(to.of)])
        if to.kind == "role":
            return await self._role(to.of)
        if to.kind == "own":
            return await self._people(await people.holders(case.jurisdiction, self.plan.id, to.of))
        if to.kind in ("unit", "head"):
            return await self._unit(to)
        raise ValueError(f"unknown audience {to}")

    async def reporter(self) -> Person | None:
        """Return who brought the case; nobody where its kind keeps none."""
        return None

    async def _unit(self, to: Audience) -> list[Target]:
        """Return who answers for a unit: its liaisons, else its head."""
        return await self._speaking(to, to.of, by_head=True)

    async def _speaking(self, to: Audience, unit: str, *, by_head: bool) -> list[Target]:
        """Return a unit's head where he is meant; else its liaisons, and where it has none, perhaps its head."""
        for role in ("head",) if to.kind == "head" else ("liaison", "head") if by_head else ("liaison",):
            holders = self.looked_up.holders.get((role, unit))
            if holders is None:
                holders = await self.tx.people.holders(self.case.jurisdiction, self.plan.id, role, unit)
            if targets := await self._people(holders):
                return targets
        return []

    async def _role(self, name: str) -> list[Target]:
        """Return who holds a role, and who holds it with another one (``also``: the director is a deputy commander)."""
        roles = [name, *(other for other, role in self.plan.roles.items() if name in role.also)]
        holders: list[Person | None] = []
        for role in roles:
            holders += await self.tx.people.holders(self.case.jurisdiction, self.plan.id, role)
        return await self._people(holders)

    async def unseated(self, roles: Sequence[str]) -> frozenset[str]:
        """Return those of some roles that nobody holds who can be written to, in whatever way he holds it."""
        return frozenset([role for role in roles if not await self.resolve(keys.to_role(role))])

    async def seat(self) -> list[Target]:
        """Return who sits on the duty seat of the office.

        Where nobody sits there, or only somebody who holds no office any more: whose turn it is by the duty roster,
        else every duty officer, else the director.
        """
        office = await self.tx.people.seat(self.case.jurisdiction, self.plan.id)
        return await self._seated(office.person_id if office is not None else "")

    async def _seated(self, holder: str) -> list[Target]:
        people, case = self.tx.people, self.case
        targets = await self._people([await people.get(holder)]) if holder and await self._serves(holder) else []
        if not targets:
            targets = await self._people(await self._rostered())
        for role in ("duty", "director"):
            if not targets:
                targets = await self._people(await people.holders(case.jurisdiction, self.plan.id, role))
        return targets

    async def _rostered(self) -> list[Person]:
        """Return the duty officers whose turn it is now, by the roster and what was changed of it."""
        if self.now is None:
            return []
        on_duty = [item.person for item in await serving_at(self.tx, self.plan, self.now) if item.person is not None]
        officers = await self.tx.people.holders(self.case.jurisdiction, self.plan.id, "duty") if on_duty else []
        serving = {person.id for person in on_duty}
        return [person for person in officers if person.id in serving]

    async def _serves(self, person_id: str) -> bool:
        """Return whether a person still holds an office here: who lost it reads nothing more, seat or no seat.

        An office is what lets take a case: who is only a liaison by now could do nothing about what he is rung for.
        """
        holdings = await self.tx.people.holdings(person_id, self.case.jurisdiction)
        offices = {"duty", *self.plan.roles}
        return any(item.role in offices and item.plan_id in (self.plan.id, ANY_PLAN) for item in holdings)

    async def _people(self, people: Sequence[Person | None]) -> list[Target]:
        targets: list[Target] = []
        reached = [person for person in people if person is not None and person.blocked_at is None]
        if len(reached) > 1:
            await self.tx.places.among({person.place_id for person in reached if person.place_id is not None})
        for person in reached:
            if person.place_id is None:
                continue
            place = self.looked_up.places.get(person.place_id) or await self.tx.places.get(person.place_id)
            if place is not None and all(item.place.id != place.id for item in targets):
                targets.append(Target(place, person))
        return targets


@dataclass(slots=True)
class Addresses(CaseAddresses):
    """Resolves the audiences of one incident."""

    case: Incident
    _bound: frozenset[str] | None = None
    _drill: bool | None = None

    @property
    def incident(self) -> Incident:
        """The incident."""
        return self.case

    def _persons(self) -> tuple[str, ...]:
        return (self.incident.reporter_id,) if self.incident.reporter_id else ()

    async def reporter(self) -> Person | None:
        """Return who reported."""
        return await self.tx.people.get(self.incident.reporter_id) if self.incident.reporter_id else None

    async def _unit(self, to: Audience) -> list[Target]:
        incident = self.incident
        meant = (to.of, *stood_for(self.plan, incident, to.of))
        for unit in meant:
            # The head of a unit is called when its liaisons are silent; a school is often bound by its head alone.
            if targets := await self._speaking(to, unit, by_head=self._is_listed(to.of)):
                return targets
        # Whoever reported speaks for the school or company that he reported for.
        return await self._people([await self.reporter()]) if to.kind == "unit" and incident.unit in meant else []

    def _is_listed(self, unit: str) -> bool:
        """Return whether it is a body of the office's list, and no unit of the plan."""
        return all(unit != item.id for item in self.plan.units)

    async def answering(self, unit: str) -> list[Person]:
        """Return who answers for a unit, also those who cannot be written to."""
        place, plan = self.incident.jurisdiction, self.plan.id
        liaisons = await self.tx.people.holders(place, plan, "liaison", unit)
        if liaisons or not self._is_listed(unit):
            return liaisons
        return await self.tx.people.holders(place, plan, "head", unit)

    async def seat(self) -> list[Target]:
        """Return who sits on the duty seat: of this incident, else of the office, whichever was taken last."""
        people, incident = self.tx.people, self.incident
        holder = incident.seat
        office = await people.seat(incident.jurisdiction, self.plan.id)
        if office is not None and (not holder or (office.person_id != holder and office.since > _seated_at(incident))):
            holder = office.person_id
        return await self._seated(holder)

    async def bound_units(self) -> frozenset[str]:
        """Return the units that somebody who can be reached answers for; a placeholder's is its body's too."""
        if self._bound is None:
            bound = await self.tx.people.reachable_units(self.incident.jurisdiction, self.plan.id)
            if self.incident.unit and await self._people([await self.reporter()]):
                bound |= {self.incident.unit}
            if listed := frozenset(filter(self._is_listed, listed_ids(self.incident))):
                place = self.incident.jurisdiction
                bound |= listed & await self.tx.people.reachable_units(place, self.plan.id, by_head=True)
            self._bound = bound | set(bodies_of(self.plan, self.incident, bound))
        return self._bound

    async def beside_drill(self) -> bool:
        """Return whether this is real while a drill of the same plan runs, so that it must be headed 【真实】."""
        if self.incident.drill:
            return False
        if self._drill is None:
            self._drill = await self.tx.incidents.drill_runs(self.incident.jurisdiction, self.plan.id, RUNNING)
        return self._drill

    async def mentions(self, units: Sequence[str]) -> dict[str, tuple[int, str]]:
        """Return for each unit the Telegram id and name of a liaison who may be mentioned."""
        liaisons: dict[str, tuple[int, str]] = {}
        for unit in units:
            for target in await self.resolve(keys.to_unit(unit)):
                if target.person is not None and target.person.telegram_id is not None:
                    liaisons.setdefault(unit, (target.person.telegram_id, shown_name(target.person)))
        return liaisons


def _seated_at(incident: Incident) -> datetime:
    """Return when somebody took this incident's own seat, by the clock: a drill's offset is taken off."""
    moments = (item.at for item in reversed(incident.events) if isinstance(item.event, HandlingTaken | SeatTaken))
    return clock_time(incident, next(moments, incident.events[0].at))
