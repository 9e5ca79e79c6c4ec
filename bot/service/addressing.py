"""From audiences to people and places: who holds the seat, a role, a unit, and where each of them can be reached."""

from __future__ import annotations

from dataclasses import dataclass, field

from plans.incident import Incident
from plans.model import Plan
from storage.people import Person
from storage.places import Place
from storage.transaction import Reading

ANY_PLAN = "*"
"""A holding for every plan of a jurisdiction (administrators)."""


@dataclass(frozen=True, slots=True)
class Target:
    """One place to write to, and the person it is for."""

    place: Place
    person: Person | None = None


@dataclass(slots=True)
class Addresses:
    """Resolves the audiences of one incident within one transaction, remembering what it has looked up."""

    tx: Reading
    plan: Plan
    incident: Incident
    _known: dict[str, list[Target]] = field(default_factory=dict)
    _bound: frozenset[str] | None = None

    async def resolve(self, to: str) -> list[Target]:
        """Return the places of an audience (``plans.notices.Notice.to``); empty when nobody can be reached."""
        if to not in self._known:
            self._known[to] = await self._resolve(to)
        return self._known[to]

    async def _resolve(self, to: str) -> list[Target]:
        kind, _, name = to.partition(":")
        incident = self.incident
        if kind == "group":
            places = await self.tx.places.bound(incident.jurisdiction, self.plan.id, "command")
            return [Target(place) for place in places if place.member]
        if kind == "origin":
            place = await self.tx.places.get(incident.origin) if incident.origin else None
            return [Target(place)] if place else []
        if kind == "reporter":
            return await self._people([await self.tx.people.get(incident.reporter_id)])
        if kind == "person":
            return await self._people([await self.tx.people.get(name)])
        if kind == "seat":
            return await self.seat()
        if kind == "role":
            return await self._people(await self.tx.people.holders(incident.jurisdiction, self.plan.id, name))
        if kind == "unit":
            return await self._people(
                await self.tx.people.holders(incident.jurisdiction, self.plan.id, "liaison", name)
            )
        raise ValueError(f"unknown audience {to}")

    async def seat(self) -> list[Target]:
        """Return who sits on the duty seat: of this incident, else of the office, else every duty officer, else the director."""
        people = self.tx.people
        holder = self.incident.seat
        if not holder:
            seat = await people.seat(self.incident.jurisdiction, self.plan.id)
            holder = seat.person_id if seat else ""
        found = await self._people([await people.get(holder)]) if holder else []
        for role in ("duty", "director"):
            if not found:
                found = await self._people(await people.holders(self.incident.jurisdiction, self.plan.id, role))
        return found

    async def bound_units(self) -> frozenset[str]:
        """Return the units that somebody who can be reached answers for."""
        if self._bound is None:
            self._bound = await self.tx.people.reachable_units(self.incident.jurisdiction, self.plan.id)
        return self._bound

    async def _people(self, people: list[Person | None] | list[Person]) -> list[Target]:
        found: list[Target] = []
        for person in people:
            if person is None or person.place_id is None or person.blocked_at is not None:
                continue
            place = await self.tx.places.get(person.place_id)
            if place is not None and all(item.place.id != place.id for item in found):
                found.append(Target(place, person))
        return found
