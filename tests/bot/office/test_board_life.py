"""Links, sessions and walls in any order, by people who come and go: what is open is what a plain model says, and the
admin log agrees after every step."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.office import walls
from bot.office.board import LINK_LASTS, MOST_SESSIONS, SESSION_LASTS, close_all, enter, leave, make_link
from bot.office.revoking import end
from bot.operations import proof
from bot.sealed import digest
from bot.service import Requester
from bot.web.access import Access
from storage.people import Person
from tests import stage
from tests.bot.rig import JURISDICTION, MEMORY, TINY, Rig

BASE = "https://board.example.org"
STEPS = 70


@dataclass
class Link:
    secret: str
    until: datetime
    open: bool = True


@dataclass
class Session:
    cookie: str
    until: datetime
    open: bool = True


@dataclass
class Wall:
    until: datetime
    first: bool = True


@dataclass
class Model:
    """What should be so of one person."""

    person: Person
    held: bool = False
    link: Link | None = None
    sessions: list[Session] = field(default_factory=list)

    def close(self) -> None:
        for session in self.sessions:
            session.open = False
        if self.link is not None:
            self.link.open = False

    @property
    def entitled(self) -> bool:
        return self.held and self.person.blocked_at is None


@dataclass
class Life:
    """A random life."""

    rig: Rig
    chance: random.Random
    people: list[Model]
    walls: dict[str, Wall] = field(default_factory=dict)
    waiting: dict[str, datetime] = field(default_factory=dict)
    number: int = 0

    @property
    def now(self) -> datetime:
        return self.rig.clock.now()

    def cause(self) -> str:
        self.number += 1
        return f"step:{self.number}"

    async def looks(self, cookie: str, path: str = "/board") -> Any:
        name = "wall" if path == "/wall" else "person"
        headers = {"Host": "board.example.org", "Cookie": f"__Host-tocsin-{name}={cookie}"}
        return await Access(self.rig.service, BASE).viewer(make_mocked_request("GET", path, headers=headers))

    # steps

    async def asks(self, one: Model) -> None:
        asks = Requester(person_id=one.person.id)
        done = await make_link(
            self.rig.service, one.person, BASE, cause=self.cause(), requester=asks, reply=lambda done: ()
        )  # fmt: skip
        assert done is not None and done.ok == one.entitled
        if done.ok:
            one.link = Link(self.rig.service.seal.secret(done.secrets[0]), self.now + LINK_LASTS)

    async def enters(self, one: Model) -> None:
        if one.link is None:
            return
        opened = await enter(self.rig.service, one.link.secret, "10.0.0.7")
        usable = one.link.open and one.link.until > self.now
        assert (opened is not None) == (usable and one.entitled)
        if usable:
            one.link.open = False
        if opened is not None:
            one.sessions.append(Session(opened.secret, self.now + SESSION_LASTS))
            live = [item for item in one.sessions if item.open and item.until > self.now]
            for item in live[:-MOST_SESSIONS]:
                item.open = False

    async def leaves(self, one: Model) -> None:
        done = await leave(
            self.rig.service, one.person, None, cause=self.cause(), requester=Requester(person_id=one.person.id)
        )  # fmt: skip
        assert done is not None and done.ok
        one.close()

    async def holds(self, one: Model) -> None:
        if not one.held:
            async with self.rig.store.writing() as tx:
                await stage.grant(tx, one.person, TINY, "duty", at=self.now)
            one.held = True

    async def loses(self, one: Model) -> None:
        async with self.rig.store.writing() as tx:
            for item in await tx.people.holdings(one.person.id):
                await end(tx, item, by="", cause=self.cause(), now=self.now)
                one.close()
        one.held = False

    async def loses_unseen(self, one: Model) -> None:
        """As a lent role lapses: nobody closes anything, and the next look does."""
        async with self.rig.store.writing() as tx:
            for item in await tx.people.holdings(one.person.id):
                await tx.people.revoke(item.id, self.now)
        one.held = False

    async def blocks(self, one: Model) -> None:
        blocked = None if one.person.blocked_at is not None else self.now
        one.person = replace(one.person, blocked_at=blocked)
        async with self.rig.store.writing() as tx:
            await tx.people.save(one.person)
            if blocked is not None:
                await close_all(tx, one.person.id, by=one.person.id, cause=self.cause(), now=self.now)
        if blocked is not None:
            one.close()

    async def waits(self, one: Model) -> None:
        made = await walls.wait(self.rig.service, "10.0.0.8")
        assert made is not None
        self.waiting[made[0]] = made[1]

    async def pairs(self, one: Model) -> None:
        if not self.waiting:
            return
        secret = self.chance.choice(list(self.waiting))
        until = self.waiting.pop(secret)
        done = await walls.pair(
            self.rig.service, one.person, digest(secret), JURISDICTION, cause=self.cause(),
            requester=Requester(person_id=one.person.id),
        )  # fmt: skip
        may = one is self.people[0]
        assert done is not None and done.ok == (may and until > self.now), done
        if done.ok:
            async with self.rig.store.reading() as rx:
                [new] = {item.id for item in await rx.web_sessions.walls(self.now)} - {*self.walls}
            self.walls[new] = Wall(self.now + walls.CODE_LASTS)
        elif not may:
            self.waiting[secret] = until

    async def looks_first(self, one: Model) -> None:
        for id_, wall in self.walls.items():
            async with self.rig.store.reading() as rx:
                found = [item for item in await rx.web_sessions.walls(self.now) if item.id == id_]
            if found:
                opened = await walls.look_first(self.rig.service, found[0])
                assert (opened is not None) == (wall.first and wall.until > self.now)
                wall.until = self.now + walls.WALL_LASTS if opened is not None else wall.until
                wall.first = False

    async def ends_or_renews(self, one: Model) -> None:
        if not self.walls:
            return
        id_ = self.chance.choice(list(self.walls))
        wall, renews = self.walls[id_], self.chance.random() < 0.5
        done = await (walls.renew if renews else walls.unpair)(
            self.rig.service, one.person, id_, cause=self.cause(), requester=Requester(person_id=one.person.id)
        )  # fmt: skip
        may = one is self.people[0] and wall.until > self.now
        assert done is not None and done.ok == may
        if may:
            wall.until = self.now + walls.WALL_LASTS if renews else self.now

    async def time_passes(self, one: Model) -> None:
        minutes = self.chance.choice((1, 4, 9, 10, 60, 400))
        await self.rig.clock.advance(timedelta(minutes=minutes))

    # what must be so

    async def check(self) -> None:
        for one in self.people:
            for session in one.sessions:
                found = await self.looks(session.cookie)
                should = session.open and session.until > self.now and one.entitled
                assert (found is not None) == should, session
                if session.until > self.now and not one.entitled:
                    session.open = False  # and does not come back with the role
                if found is not None:
                    assert found.reader.person_id == one.person.id and found.jurisdictions == (JURISDICTION,)
        async with self.rig.store.reading() as rx:
            assert {item.id for item in await rx.web_sessions.walls(self.now)} == {
                id_ for id_, wall in self.walls.items() if wall.until > self.now
            }
            faults = [*await rx.journal.verify(), *await proof.examine(rx, self.now)]
            assert [fault for fault in faults if fault.kind == "session"] == []


@pytest.mark.parametrize("seed", range(8))
async def test_what_is_open_is_what_was_opened_and_not_ended(seed: int) -> None:
    async with Rig.open(MEMORY) as rig:
        chance = random.Random(seed)
        async with rig.store.writing() as tx:
            known = [await stage.enter(tx, chat=n, name=f"某{n}", at=rig.clock.now()) for n in range(1, 4)]
            await stage.grant(tx, known[0], TINY, "admin", at=rig.clock.now())
        life = Life(rig, chance, [Model(person) for person in known])
        life.people[0].held = True
        steps = (
            *[life.asks] * 4, *[life.enters] * 5, life.leaves, *[life.holds] * 3, life.loses, life.loses_unseen,
            life.blocks, life.waits, life.pairs, life.looks_first, life.ends_or_renews, life.time_passes,
        )  # fmt: skip
        for _ in range(STEPS):
            step = chance.choice(steps)
            among = life.people[1:] if step in (life.holds, life.loses, life.loses_unseen, life.blocks) else life.people
            await step(chance.choice(among))
            await life.check()
