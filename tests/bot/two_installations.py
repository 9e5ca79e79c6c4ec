"""A district and its city in two installations, without Telegram: what goes up goes by the real API of the other one.

async with apart() as pair:
    stream = await pair.below.report()
    await pair.below.submit(stream)
    await pair.carry(seconds=1)
    [case] = await pair.city.above()
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.metrics import Metrics
from bot.notifier.webhook import Answered
from bot.office.api_tokens import keep, new_secret, put_in_place
from bot.office.api_wanted import Wanted
from bot.office.api_work import ApiWork
from bot.sealed import digest
from bot.web.api.routes import Api
from plans.incident.state import Incident
from tests.bot.two_offices import ABOVE, AT, BELOW, Offices

URL = "https://city.example.cn"


@dataclass
class Road:
    """Asks the city's installation on loopback, whatever it is called."""

    session: aiohttp.ClientSession
    server: TestServer

    async def ask(self, method: str, url: str, headers: dict[str, str], body: bytes = b"", most: int = 0) -> Answered:
        path = url.removeprefix(URL)
        async with self.session.request(method, self.server.make_url(path), headers=headers, data=body) as reply:
            return Answered(reply.status, 0, await reply.read())


@dataclass
class Pair:
    """A district, and its city: the same installation, or another one."""

    below: Offices
    city: Offices

    async def carry(self, **span: float) -> None:
        await self.below.carry(**span)

    async def renew(self) -> None:
        """End the line between the two, and let another one stand."""
        await _end(self.below)
        await self.below.joined(id=f"l{await _many(self.below) + 1}")

    async def above(self) -> list[Incident]:
        return await self.city.above()


@dataclass
class Apart(Pair):
    """In two installations.

    Attributes:
        secret: the token that stands now.
    """

    secret: str = ""

    async def renew(self, fresh: bool = False, same: bool = False) -> None:
        """See ``Pair.renew``; ``fresh``: with another token; ``same``: with another secret, of the same system."""
        await _end(self.below)
        if fresh or same:
            self.secret = await token(self.city, of=digest(self.secret) if same else "")
        await self.below.joined(id=f"l{await _many(self.below) + 1}", url=URL, token=self.secret)


async def _many(offices: Offices) -> int:
    async with offices.store.reading() as rx:
        return len(await rx.lines.of())


async def _end(offices: Offices) -> None:
    async with offices.store.writing() as tx:
        for line in await tx.lines.of():
            await tx.lines.change(line.id, ended_at=AT, token="", key="")


async def token(city: Offices, of: str = "") -> str:
    """Let the city give out a token for reports; ``of``: digest of the secret in whose place another one comes."""
    secret = new_secret()
    wanted = Wanted(name=BELOW, jurisdiction=ABOVE, plans=(), scopes=("report",), units=(), days=30, rate=6000)
    async with city.store.writing() as tx:
        new, cause = wanted.token(digest(secret), "", AT), f"test:{secret[:12]}"
        before = await tx.api_tokens.by_digest(of) if of else None
        if before is None:
            await keep(tx, new, cause=cause, now=AT)
        else:
            await put_in_place(tx, before, new, by="", cause=cause, now=AT)
    return secret


@asynccontextmanager
async def together() -> AsyncIterator[Pair]:
    """Yield a district and its city in one installation, with a line."""
    async with Offices.open() as offices:
        await offices.joined()
        yield Pair(offices, offices)


@asynccontextmanager
async def apart() -> AsyncIterator[Apart]:
    """Yield them in two, the city's answering on loopback, with a line."""
    async with Offices.open() as city, Offices.open(clock=city.clock) as below, aiohttp.ClientSession() as session:
        work = ApiWork(city.service, "w1")
        api = Api(city.service, work, Metrics())
        application = web.Application()
        application.add_routes(api.routes())
        server = TestServer(application)
        await server.start_server()
        serving = asyncio.create_task(work.run())
        try:
            road: Any = Road(session, server)
            below.work = type(below.work)(below.service, road, below.work._chance)
            pair = Apart(below, city, secret=await token(city))
            await below.joined(url=URL, token=pair.secret)
            yield pair
        finally:
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving
            await server.close()


WAYS = {"together": together, "apart": apart}
