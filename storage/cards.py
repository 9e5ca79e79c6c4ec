"""Messages that are kept up to date by editing: one of a kind, for a log and a place."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, String, Table, bindparam, select, true, update

from storage.columns import metadata
from storage.incidents import incidents, open_incident
from storage.session import Repository

cards = Table(
    "cards",
    metadata,
    Column("stream", String, primary_key=True),
    Column("place_id", String, ForeignKey("places.id"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("outbox_id", BigInteger),
    Column("message_id", BigInteger),
    Column("digest", String),
    Column("dirty", Boolean, nullable=False),
)
_dirty = cards.c.dirty == true()
Index("ix_cards_dirty", cards.c.stream, sqlite_where=_dirty, postgresql_where=_dirty)
Index("ix_cards_message", cards.c.place_id, cards.c.message_id)
_GET = select(cards).where(*(column == bindparam(column.name) for column in cards.primary_key))
_OF = select(cards).where(cards.c.stream == bindparam("stream")).order_by(cards.c.place_id, cards.c.kind)


@dataclass(frozen=True, kw_only=True)
class Card:
    """A live message.

    Attributes:
        stream: the log that it shows.
        kind: card, worksheet, table …
        outbox_id: the row that sent it. message_id: Telegram's, once sent.
        digest: of what it shows now, so that an unchanged edit is not sent.
        dirty: whether it has to be rendered again.
    """

    stream: str
    place_id: str
    kind: str
    outbox_id: int | None = None
    message_id: int | None = None
    digest: str | None = None
    dirty: bool = False


class Cards(Repository):
    """The live messages."""

    async def get(self, stream: str, place_id: str, kind: str) -> Card | None:
        """Return a card."""
        return await self._session.read_one(Card, _GET, {"stream": stream, "place_id": place_id, "kind": kind})

    async def save(self, card: Card) -> None:
        """Write a card, new or changed."""
        await self._session.upsert(cards, [vars(card)], ["stream", "place_id", "kind"])
        if card.dirty:
            self._session.touched.add("cards")

    async def dirty(self) -> list[Card]:
        """Return the cards that have to be rendered again."""
        return await self._session.read(
            Card, select(cards).where(_dirty).order_by(cards.c.stream, cards.c.place_id, cards.c.kind)
        )

    async def of(self, stream: str) -> list[Card]:
        """Return a log's cards."""
        return await self._session.read(Card, _OF, {"stream": stream})

    async def forget_place(self, place_id: str) -> list[Card]:
        """Forget which messages of a place show what, and return what was shown there."""
        condition = (cards.c.place_id == place_id, cards.c.message_id.is_not(None))
        rows = await self._session.read(Card, select(cards).where(*condition).order_by(cards.c.stream, cards.c.kind))
        await self._session.run(update(cards).where(*condition).values(message_id=None, digest=None))
        return rows

    async def newest_open(self, place_id: str, kind: str) -> Card | None:
        """Return the card of a kind that is shown in a place for the newest incident that is open."""
        mine = select(cards).join(incidents, incidents.c.stream == cards.c.stream)
        mine = mine.where(cards.c.place_id == place_id, cards.c.kind == kind, cards.c.message_id.is_not(None))
        mine = mine.where(open_incident).order_by(incidents.c.reported_at.desc(), incidents.c.stream.desc())
        return await self._session.read_one(Card, mine.limit(1))

    async def by_message(self, place_id: str, message_id: int) -> Card | None:
        """Return the card that Telegram calls ``message_id``."""
        return await self._session.read_one(
            Card, select(cards).where(cards.c.place_id == place_id, cards.c.message_id == message_id).limit(1)
        )
