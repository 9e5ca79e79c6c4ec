"""代行 that was offered: whoever was asked answers once, yes or no; after that the offer is used up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Column, ForeignKey, String, Table, insert, select, update

from storage.columns import UtcDateTime, metadata
from storage.people.holdings import holdings
from storage.session import Repository

offers = Table(
    "offers",
    metadata,
    Column("id", String, primary_key=True),
    Column("holding_id", String, ForeignKey("holdings.id"), nullable=False),
    Column("person_id", String, ForeignKey("people.id"), nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("accepted", Boolean),
)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A role that somebody is asked to hold for another.

    Attributes:
        holding_id: what is lent. person_id: who is asked. until: when it would end by itself.
        answered_at, accepted: None until it is answered, or withdrawn.
    """

    id: str
    holding_id: str
    person_id: str
    until: datetime
    at: datetime
    answered_at: datetime | None = None
    accepted: bool | None = None


class Offers(Repository):
    """The offers."""

    async def offer(self, offer: Offer) -> None:
        """Keep an offer; what was offered before of the same to the same person is void."""
        older = update(offers).where(offers.c.holding_id == offer.holding_id, offers.c.person_id == offer.person_id)
        await self._session.run(
            older.where(offers.c.answered_at.is_(None)).values(answered_at=offer.at, accepted=False)
        )
        await self._session.run(insert(offers).values(vars(offer)))

    async def offered(self, id: str) -> Offer | None:
        """Return an offer, answered or not."""
        return await self._session.read_one(Offer, select(offers).where(offers.c.id == id))

    async def offers_of(self, person_id: str, now: datetime) -> list[Offer]:
        """Return what a person has offered of his own and nobody has answered yet, the oldest first."""
        own_holdings = select(holdings.c.id).where(holdings.c.person_id == person_id, holdings.c.ended_at.is_(None))
        mine = select(offers).where(
            offers.c.answered_at.is_(None), offers.c.until > now, offers.c.holding_id.in_(own_holdings)
        )
        return await self._session.read(Offer, mine.order_by(offers.c.at, offers.c.id))

    async def answer_offer(self, id: str, person_id: str, at: datetime, accepted: bool) -> Offer | None:
        """Use an offer up and return it; None when it is not this person's, or was answered before."""
        mine = (offers.c.id == id, offers.c.person_id == person_id, offers.c.answered_at.is_(None))
        answered = update(offers).where(*mine).values(answered_at=at, accepted=accepted)
        return await self._session.read_one(Offer, answered.returning(offers))

    async def withdraw_offers(self, holding_id: str, at: datetime, person_id: str | None = None) -> int:
        """Let nobody, or not this person, answer any more what was offered of a holding; return how many that were."""
        open_ones = update(offers).where(offers.c.holding_id == holding_id, offers.c.answered_at.is_(None))
        if person_id is not None:
            open_ones = open_ones.where(offers.c.person_id == person_id)
        return await self._session.run(open_ones.values(answered_at=at, accepted=False))
