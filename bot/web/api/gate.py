"""Every request to ``/api/``: who asks, how often, whether he may; and that what he is told is in the journal first.

A token is looked up at every request, by its digest. Who guesses is counted by his address before anything is looked
up for him. Nothing that a request holds stands in a log line.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from aiohttp import web

from bot.metrics import Metrics
from bot.office.api_requests import Asked, Use, keep, use
from bot.office.api_tokens import PREFIX
from bot.office.api_work import ApiWork
from bot.sealed import digest
from bot.service import Service
from bot.texts.api_tokens import SCOPES
from bot.web.api.document import document
from bot.web.api.operations import BASE, JSON, OPERATIONS, Call, Given, Operation
from bot.web.api.problems import DOCUMENT, Problem
from bot.web.api.request import body_of, key_of, query_of
from bot.web.group_commit import GroupCommit
from bot.web.visitors import Allowance, address_of, network_of
from storage.api_requests import ApiRequest
from storage.api_tokens import ApiToken
from storage.errors import Unavailable

PATIENCE = 2.0
"""Seconds for which a request waits to be worked off; then it is answered that it is kept."""

AT_ONCE, OF_ONE = 96, 64
"""Requests of tokens that hold that are answered at the same time, and of one token; others wait. Who brings his bodies
slowly, or so many that they wait to be worked off, leaves room for the others."""

HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Robots-Tag": "noindex, nofollow",
}
MINUTE = timedelta(minutes=1)
GUESSES = (30, 600)
"""Wrong tokens in a minute, of one address and of all."""
LEAST = 2
"""Wrong tokens that every address has, whatever others do: whose first request comes in a flood of them is heard."""

KNOWN, MOST_KNOWN = timedelta(seconds=2), 1000
"""For so long a token need not be looked up before what it brings is kept; and how many are known so."""

_BEARER = re.compile(rf"Bearer +({PREFIX}[A-Za-z0-9_-]{{40,80}})", re.IGNORECASE)

log = structlog.get_logger(__name__)


class Api:
    """See the module.

    Args:
        work: works off what is kept. metrics: counts answers by status.
        patience: seconds, see ``PATIENCE``. each: requests of one address a minute.
    """

    def __init__(
        self, service: Service, work: ApiWork, metrics: Metrics, *, patience: float = PATIENCE, each: int = 6000
    ) -> None:
        self._service, self._work, self._metrics, self._patience = service, work, metrics, patience
        self._kept: GroupCommit = GroupCommit(partial(keep, service, work.worker))
        self._used: GroupCommit = GroupCommit(partial(use, service))
        self._room = asyncio.Semaphore(AT_ONCE)
        self._rooms: dict[str, asyncio.Semaphore] = {}
        self._guesses = Allowance(*GUESSES, MINUTE, least=LEAST)
        self._addresses = Allowance(each, 10 * each, MINUTE, least=each // 100)
        self._rates: dict[int, Allowance] = {}
        self._known: dict[str, tuple[ApiToken, datetime]] = {}
        self._served: dict[tuple[str, str], datetime] = {}

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """Return the document's route, and one for each operation."""
        routes: list[web.AbstractRouteDef] = [web.get(DOCUMENT, self.describe, allow_head=False)]
        for item in OPERATIONS.values():
            routes.append(web.route(item.method, item.path, partial(self._answered, item)))
        return routes

    def attach(self, application: web.Application) -> None:
        """Let what is below ``/api`` and no operation be answered as one is."""

        @web.middleware
        async def guard(
            request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
        ) -> web.StreamResponse:
            if request.path != BASE and not request.path.startswith("/api/"):
                return await handler(request)
            try:
                return await handler(request)
            except web.HTTPException as problem:
                code = {404: "not-found", 405: "no-such-method"}.get(problem.status, "bad-request")
                answer = Problem(code).response()
                if "Allow" in problem.headers:
                    answer.headers["Allow"] = problem.headers["Allow"]
                return self._dressed(answer)

        application.middlewares.append(guard)

    async def close(self) -> None:
        """Let the commits in progress end."""
        await self._kept.close()
        await self._used.close()

    async def describe(self, request: web.Request) -> web.Response:
        """Answer with the document; it is for anybody."""
        if not self._addresses.take(network_of(address_of(request)), self._service.clock.now()):
            return self._dressed(self._too_many(self._addresses).response())
        return self._dressed(web.json_response(document()))

    async def _answered(self, operation: Operation, request: web.Request) -> web.StreamResponse:
        try:
            answer = await self._told(operation, request)
        except Problem as problem:
            answer = problem.response()
        except Unavailable as problem:
            log.error("api.not_kept", operation=operation.id, reason=problem.reason)
            answer = Problem("later", headers={"Retry-After": "2"}).response()
        except Exception:  # a bug in one operation: whoever asked hears that it is broken, and may ask again
            log.exception("api.failed", operation=operation.id)
            answer = Problem("broken").response()
        self._metrics.api_requests.labels(operation.id, str(answer.status)).inc()
        return self._dressed(answer)

    async def _told(self, operation: Operation, request: web.Request) -> web.Response:
        token, secret = await self._asking(request, known=operation.keyed)
        about = "/".join(request.match_info.values())
        try:
            self._take_rate(token)
            if operation.scopes and not set(operation.scopes) & set(token.scopes):
                raise Problem("not-allowed", scope="、".join(SCOPES[name] for name in operation.scopes))
            async with self._room_of(token), self._room:
                given = await operation.run(await self._call(operation, request, token, secret))
        except Problem as problem:
            if problem.code != "too-many":
                await self._note(operation, token, about, problem.status)
            raise
        if not operation.keyed:  # what changes something is written down with it, in one commit
            await self._note(operation, token, about, given.status)
        return _response(given)

    def _room_of(self, token: ApiToken) -> asyncio.Semaphore:
        room = self._rooms.get(token.id)
        if room is None:
            room = self._rooms[token.id] = asyncio.Semaphore(OF_ONE)
        return room

    async def _note(self, operation: Operation, token: ApiToken, about: str, status: int) -> None:
        at = self._service.clock.now()
        await self._used.put(Use(token=token.id, operation=operation.id, about=about[:200], status=status, at=at))

    async def _asking(self, request: web.Request, *, known: bool) -> tuple[ApiToken, str]:
        """Return the token of a request, and the digest of its secret; a wrong one costs its address a guess.

        Args:
            known: it need not be looked up that was a moment ago: whether it holds is asked again at the commit.
        """
        now, visitor = self._service.clock.now(), network_of(address_of(request))
        if not self._guesses.left(visitor, now):
            raise self._too_many(self._guesses)
        if not self._addresses.take(visitor, now):
            raise self._too_many(self._addresses)
        given = request.headers.getall("Authorization", [])
        found = _BEARER.fullmatch(given[0]) if len(given) == 1 else None
        token, kept = None, digest(found[1]) if found is not None else ""
        if found is not None:
            token, until = self._known.get(kept, (None, now))
            if known and token is not None and now < until and token.opens(kept, now):
                return token, kept
            async with self._service.store.reading() as rx:
                token = await rx.api_tokens.by_digest(kept)
            if token is not None and not token.opens(kept, now):
                token = None
            self._remember(kept, token, now)
        if token is not None:
            self._guesses.welcome(visitor)
            self._addresses.welcome(visitor)
        else:
            self._guesses.take(visitor, now)
            raise Problem("not-known", headers={"WWW-Authenticate": 'Bearer realm="tocsin"'})
        return token, kept

    def _remember(self, kept: str, token: ApiToken | None, now: datetime) -> None:
        """Know a token for a moment; of secrets that open nothing none is remembered."""
        self._known.pop(kept, None)
        if token is not None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[kept] = (token, now + KNOWN)

    def _take_rate(self, token: ApiToken, count: int = 1) -> None:
        rates = self._rates.get(token.rate)
        if rates is None:
            rates = self._rates[token.rate] = Allowance(token.rate, 100_000_000, MINUTE)
        if not rates.take(token.id, self._service.clock.now(), count):
            raise self._too_many(rates)

    def _too_many(self, of: Allowance) -> Problem:
        seconds = of.wait(self._service.clock.now())
        return Problem("too-many", headers={"Retry-After": str(seconds)}, seconds=seconds)

    async def _call(self, operation: Operation, request: web.Request, token: ApiToken, secret: str) -> Call:
        key = key_of(request) if operation.keyed else ""
        query = query_of(operation, request)
        body = await body_of(operation, request)

        async def bring(body: Mapping[str, Any], about: str) -> tuple[ApiRequest, bool]:
            asked = Asked(token=token.id, secret=secret, key=key, operation=operation.id, about=about, body=body)
            await self._kept.put(asked)
            if asked.over or asked.row is None:
                raise Problem("not-known", headers={"WWW-Authenticate": 'Bearer realm="tocsin"'})
            if asked.differs:
                raise Problem("key-reused")
            return await self._work.finished(asked.row, self._patience), asked.repeated

        async def bring_all(many: Sequence[tuple[str, Mapping[str, Any]]], kind: str) -> list[Asked]:
            self._take_rate(token, max(0, len(many) - 1))
            asked = [
                Asked(token=token.id, secret=secret, key=key, operation=kind, about="", body=one) for key, one in many
            ]
            await asyncio.gather(*(self._kept.put(item) for item in asked))
            if any(item.over for item in asked):
                raise Problem("not-known", headers={"WWW-Authenticate": 'Bearer realm="tocsin"'})
            return asked

        return Call(
            service=self._service, token=token, now=self._service.clock.now(), path=dict(request.match_info),
            query=query, body=body, served=self._served, bring=bring, bring_all=bring_all,
        )  # fmt: skip

    @staticmethod
    def _dressed(answer: web.Response) -> web.Response:
        for name, value in HEADERS.items():
            answer.headers[name] = value
        return answer


def _response(given: Given) -> web.Response:
    return web.Response(
        text=given.model.model_dump_json(by_alias=True), status=given.status, content_type=JSON, charset="utf-8",
        headers=dict(given.headers),
    )  # fmt: skip
