"""Who is who, and by whose word: persons, roles held, invitations, claims, duty seats."""

from __future__ import annotations

from storage.people.claims import Claim, Claims
from storage.people.holdings import Holding, Holdings
from storage.people.invitations import Invitation, Invitations
from storage.people.persons import Person, Persons
from storage.people.seats import Seat, Seats

__all__ = ["Claim", "Holding", "Invitation", "People", "Person", "Seat"]


class People(Persons, Holdings, Invitations, Claims, Seats):
    """All that is known about people."""
