"""Chats, under ids of our own; Telegram's stands in one column, so that a group that migrates changes one row."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Select,
    String,
    Table,
    bindparam,
    delete,
    select,
    update,
)

from storage.columns import UtcDateTime, Words, metadata
from storage.errors import OtherJurisdiction
from storage.session import Repository, parts

Kind = Literal["private", "command", "members", "school", "none", "channel"]

places = Table(
    "places",
    metadata,
    Column("id", String, primary_key=True),
    Column("chat_id", BigInteger, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("jurisdiction", String),
    Column("title", Words, nullable=False),
    Column("forum", Boolean, nullable=False),
    Column("thread_id", BigInteger),
    Column("can_pin", Boolean, nullable=False),
    Column("member", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

place_plans = Table(
    "place_plans",
    metadata,
    Column("place_id", String, ForeignKey("places.id"), primary_key=True),
    Column("plan_id", String, primary_key=True),
    Column("jurisdiction", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_place_plans_plan", "jurisdiction", "plan_id"),
)

_BY_CHAT = select(places).where(places.c.chat_id == bindparam("chat_id"))
GET_PLACE = select(places).where(places.c.id == bindparam("id"))
_AMONG = select(places).where(places.c.id.in_(bindparam("ids", expanding=True)))

# No chat of Telegram has it: for the moment in which two rows change their numbers.
_NO_CHAT = 0


@dataclass(frozen=True, kw_only=True)
class Place:
    """A chat.

    Attributes:
        chat_id: Telegram's.
        kind: ``private``; 指挥群 ``command``, 成员群 ``members``, 学校群 ``school``; ``none`` of an unbound group.
        jurisdiction: whose, when bound.
        forum: whether it has topics. thread_id: the topic that the bot keeps to.
        can_pin: whether the bot may pin. member: whether the bot is in it.
    """

    id: str
    chat_id: int
    kind: Kind
    jurisdiction: str | None = None
    title: str = ""
    forum: bool = False
    thread_id: int | None = None
    can_pin: bool = False
    member: bool = True
    created_at: datetime


_OWNER = select(places.c.jurisdiction).where(places.c.id == bindparam("id")).with_for_update()
_SERVES = update(places).where(places.c.id == bindparam("of"))
_PLANS_OF = (
    select(place_plans.c.plan_id)
    .where(place_plans.c.place_id == bindparam("place_id"))
    .order_by(place_plans.c.at, place_plans.c.plan_id)
)
_BINDINGS = (
    select(place_plans.c.jurisdiction, place_plans.c.plan_id, places.c.title)
    .join(places, places.c.id == place_plans.c.place_id)
    .order_by(place_plans.c.at, place_plans.c.plan_id, places.c.id)
)


class Places(Repository):
    """The chats."""

    async def by_chat(self, chat_id: int) -> Place | None:
        """Return the place that Telegram calls so."""
        return await self._session.read_one(Place, _BY_CHAT, {"chat_id": chat_id})

    async def get(self, id: str) -> Place | None:
        """Return a place."""
        found = await self._session.read_once(Place, GET_PLACE, {"id": id}, places)
        return found[0] if found else None

    async def among(self, ids: Collection[str]) -> dict[str, Place]:
        """Return places by their ids."""
        known = {id: self._session.kept((GET_PLACE, id)) for id in ids}
        for some in parts(id for id, place in known.items() if place is None):
            for row in await self._session.read(Place, _AMONG, {"ids": some}):
                known[row.id] = (row,)
                self._session.keep((GET_PLACE, row.id), (row,), places)
        return {id: place[0] for id, place in known.items() if place}

    async def add(self, place: Place) -> Place:
        """Write a chat that is heard of for the first time; return the one on record, if another came first."""
        await self._session.insert_new(places, vars(place), ["chat_id"])
        return await self.by_chat(place.chat_id) or place

    async def save(self, place: Place) -> None:
        """Write a place, new or changed."""
        await self._session.upsert(places, [vars(place)], ["id"])

    async def forget(self, id: str) -> bool:
        """Erase whose chat a place was; False when there is none."""
        # The number must be one of its own, and no chat of Telegram's: those have at most 52 bits.
        number = -(2**56 + int.from_bytes(hashlib.sha256(id.encode()).digest()[:6], "big"))
        nobody = {"chat_id": number, "title": "", "member": False}
        return await self._session.run(update(places).where(places.c.id == id).values(nobody)) > 0

    async def bind(self, place_id: str, plan_id: str, jurisdiction: str, kind: Kind, at: datetime) -> None:
        """Let a group serve a plan; several plans of one jurisdiction can be bound, and the last kind holds.

        Raises:
            OtherJurisdiction: it serves another jurisdiction's plans.
        """
        owner = await self._session.scalar(_OWNER, {"id": place_id})
        if owner not in (None, jurisdiction):
            raise OtherJurisdiction(place_id, owner)
        await self._session.run(_SERVES, {"of": place_id, "kind": kind, "jurisdiction": jurisdiction})
        row = {"place_id": place_id, "plan_id": plan_id, "jurisdiction": jurisdiction, "at": at}
        await self._session.insert_new(place_plans, row, ["place_id", "plan_id"])

    async def unbind(self, place_id: str, plan_id: str) -> bool:
        """End that; with its last plan a group becomes ``none``. False when the plan was not bound."""
        mine = (place_plans.c.place_id == place_id, place_plans.c.plan_id == plan_id)
        gone = await self._session.run(delete(place_plans).where(*mine)) > 0
        if gone and not await self.plans_of(place_id):
            nothing = {"kind": "none", "jurisdiction": None}
            await self._session.run(update(places).where(places.c.id == place_id).values(nothing))
        return gone

    async def plans_of(self, place_id: str) -> list[str]:
        """Return the plans that a group serves, in the order of binding."""
        return [row.plan_id for row in await self._session.rows(_PLANS_OF, {"place_id": place_id})]

    async def bound(
        self, jurisdiction: str | None = None, plan_id: str | None = None, kind: Kind | None = None
    ) -> list[Place]:
        """Return groups that serve a plan, the oldest first; each argument narrows it."""
        wanted = {"jurisdiction": jurisdiction, "plan_id": plan_id, "kind": kind}
        parameters = {name: value for name, value in wanted.items() if value is not None}
        return [*await self._session.read_once(Place, bound_to(*parameters), parameters, places, place_plans)]

    async def bindings(self) -> list[tuple[str, str, str]]:
        """Return jurisdiction, plan and the group's title of everything that is bound."""
        return [tuple(row) for row in await self._session.rows(_BINDINGS)]

    async def migrate(self, old_chat_id: int, new_chat_id: int) -> Place | None:
        """Follow a group that Telegram gave a new id, and return it; None when it was not known.

        A message in the new chat may have come before the news: the row made for it takes the old id, which is dead,
        and hands over what was bound there meanwhile. The news comes more than once (in both chats, and as the answer
        to what is sent to the old one): heard again it changes nothing.
        """
        place = await self.by_chat(old_chat_id)
        if place is None:
            return await self.by_chat(new_chat_id)
        early = await self.by_chat(new_chat_id)
        if early is not None and early.created_at < place.created_at:
            return early  # it was followed before: the younger row has the dead number already
        if early is not None:
            await self._move_chat(early.id, _NO_CHAT)
        await self._move_chat(place.id, new_chat_id)
        if early is not None:
            await self._move_chat(early.id, old_chat_id)
            await self._hand_over(early, place)
        return await self.get(place.id)

    async def _move_chat(self, id: str, chat_id: int) -> None:
        await self._session.run(update(places).where(places.c.id == id).values(chat_id=chat_id))

    async def _hand_over(self, early: Place, place: Place) -> None:
        rows = await self._session.rows(select(place_plans).where(place_plans.c.place_id == early.id))
        for row in rows:
            if place.jurisdiction in (None, row.jurisdiction):
                await self.bind(place.id, row.plan_id, row.jurisdiction, early.kind, row.at)
            await self.unbind(early.id, row.plan_id)
        await self._session.run(update(places).where(places.c.id == early.id).values(member=False))


@cache
def bound_to(*narrowed: str) -> Select[Any]:
    """Return the groups that serve a plan, those with given values of some columns only."""
    served = (place_plans.c[name] == bindparam(name) for name in narrowed if name != "kind")
    statement = select(places).where(places.c.id.in_(select(place_plans.c.place_id).where(*served)))
    if "kind" in narrowed:
        statement = statement.where(places.c.kind == bindparam("kind"))
    return statement.order_by(places.c.created_at, places.c.id)
