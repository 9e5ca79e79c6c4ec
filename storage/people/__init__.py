"""Who is who, and by whose word: persons, roles held and lent, invitations, claims, seats, rosters, channels."""

from __future__ import annotations

from storage.people.channels import Channel, Channels
from storage.people.claims import Claim, Claims
from storage.people.holdings import Holding, Holdings
from storage.people.invitations import Invitation, Invitations
from storage.people.offers import Offer, Offers
from storage.people.office import Office
from storage.people.persons import Person, Persons, is_confirmed, is_erased, of_name, shown_name
from storage.people.seats import Seat, Seats
from storage.people.shifts import ShiftRow, Shifts
from storage.people.swaps import Swaps

__all__ = [
    "Channel",
    "Claim",
    "Holding",
    "Invitation",
    "Offer",
    "People",
    "Person",
    "Seat",
    "ShiftRow",
    "is_confirmed",
    "is_erased",
    "of_name",
    "shown_name",
]


class People(Persons, Holdings, Invitations, Claims, Offers, Seats, Shifts, Swaps, Channels, Office):
    """All that is known about people."""
