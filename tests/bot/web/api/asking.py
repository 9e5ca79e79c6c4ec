"""Asking the API of a town: a client that knows nothing but the OpenAPI document, which holds every answer against it.

async with Town.open(board=BASE) as town:
    platform = await Platform.of(town, "report", "read")
    answer = await platform.createReport(body={"text": "…"})
"""

from __future__ import annotations

import itertools
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import aiohttp
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from bot.office.api_tokens import keep, new_secret
from bot.office.api_wanted import Wanted
from bot.sealed import digest
from storage.api_tokens import ApiToken
from tests.journeys.world import JURISDICTION, PLAN, Town

BASE = "https://board.example.org"
WHERE = "urn:document"


@dataclass(frozen=True)
class Answer:
    """What was answered."""

    status: int
    data: Any
    headers: Mapping[str, str]

    def __getitem__(self, name: str) -> Any:
        return self.data[name]


class Document:
    """What the document says of each operation, and whether an answer is one that it tells."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.data = document
        self.operations = {
            said["operationId"]: (method.upper(), path, said)
            for path, methods in document["paths"].items()
            for method, said in methods.items()
        }
        resource = Resource.from_contents(document, default_specification=DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource(WHERE, resource)

    @cache  # noqa: B019  # there is one document a test
    def _validator(self, reference: str) -> Draft202012Validator:
        schema = {"$ref": WHERE + reference}
        return Draft202012Validator(schema, registry=self._registry, format_checker=FormatChecker())

    def admits(self, operation: str, body: Any) -> bool:
        """Return whether the document admits a body of JSON for an operation."""
        schema = self.operations[operation][2]["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        return self._validator(schema).is_valid(body)

    def allow(self, operation: str, given: Mapping[str, Any], body: Any) -> None:
        """Assert that the document admits what is about to be asked: parameters and body."""
        _, _, said = self.operations[operation]
        for parameter in said["parameters"]:
            name = parameter["name"]
            kinds: dict[str, Callable[[str], Any]] = {"integer": int, "boolean": lambda text: text == "true"}
            if name not in given:
                assert not parameter["required"], f"{operation} wants {name}"
                continue
            kind = kinds.get(parameter["schema"].get("type", ""), str)
            Draft202012Validator(parameter["schema"], registry=self._registry).validate(kind(given[name]))
        if body is not None and not isinstance(body, bytes):
            assert self.admits(operation, body), f"{operation} has no such body: {body}"

    def check(self, operation: str, answer: Answer) -> None:
        """Assert that an answer of an operation is one that the document tells."""
        told = self.operations[operation][2]["responses"].get(str(answer.status))
        assert told is not None, f"{operation} answers {answer.status}: {answer.data}"
        kind = answer.headers["Content-Type"].partition(";")[0]
        assert kind in told["content"], f"{operation} {answer.status} answers {kind}"
        self._validator(told["content"][kind]["schema"]["$ref"]).validate(answer.data)
        if answer.status >= 400:  # RFC 9457
            assert answer["status"] == answer.status and answer["type"].endswith(f"/{answer['code']}"), answer
        for name in told.get("headers", ()):
            assert name in answer.headers, f"{operation} {answer.status} lacks {name}"


@dataclass(repr=False)
class Platform:
    """Another system with its token, which makes each call of what the document says."""

    port: int
    document: Document
    session: aiohttp.ClientSession
    secret: str = ""
    address: str = "10.7.0.1"
    keys: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    asked: set[str] = field(default_factory=set)

    def __getattr__(self, operation: str) -> Any:
        if operation not in self.document.operations:
            raise AttributeError(operation)

        async def call(**given: Any) -> Answer:
            return await self.call(operation, **given)

        return call

    async def call(
        self, operation: str, *, body: Any = None, key: str = "", kind: str = "application/json", checked: bool = True,
        **given: Any,
    ) -> Answer:  # fmt: skip
        """Call an operation as the document has it; what it does not admit is asked only where it is not checked."""
        method, path, said = self.document.operations[operation]
        query, headers, named = {}, {}, {}
        for parameter in said["parameters"]:
            name, place = parameter["name"], parameter["in"]
            if place == "header":
                headers[name] = key or f"{operation}-{next(self.keys)}"
            elif name in given and place == "path":
                named[name] = str(given.pop(name))
                path = path.replace("{" + name + "}", named[name])
            elif name in given:
                value = given.pop(name)
                query[name] = str(value).lower() if isinstance(value, bool) else str(value)
        assert not given, f"{operation} has no {sorted(given)}"
        if checked:
            self.document.allow(operation, {**query, **headers, **named}, body)
        data = None
        if "requestBody" in said and body is not None:
            headers["Content-Type"] = kind
            data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        answer = await self.ask(method, path, params=query, data=data, headers=headers)
        self.document.check(operation, answer)
        self.asked.add(operation)
        return answer

    async def ask(self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **how: Any) -> Answer:
        """Ask for anything, as it is, and say what was answered."""
        sent = {"X-Forwarded-For": self.address, **(headers or {})}
        if self.secret:
            sent.setdefault("Authorization", f"Bearer {self.secret}")
        async with self.session.request(method, f"http://127.0.0.1:{self.port}{path}", headers=sent, **how) as reply:
            raw = await reply.read()
            data = json.loads(raw) if raw and "json" in reply.content_type else raw
            return Answer(reply.status, data, dict(reply.headers))

    async def pages(self, operation: str, limit: int = 2, **given: Any) -> list[Any]:
        """Return the items of all pages."""
        items, cursor = [], ""
        while True:
            more: dict[str, Any] = {"cursor": cursor} if cursor else {}
            answer = await self.call(operation, limit=limit, **given, **more)
            assert answer.status == 200, answer
            items += answer["items"]
            if answer["next"] is None:
                return items
            cursor = answer["next"]


async def token_of(
    town: Town, *scopes: str, place: str = JURISDICTION, plans: tuple[str, ...] = (PLAN,), units: tuple[str, ...] = (),
    name: str = "110平台", rate: int = 6000, days: int = 30, by: str = "",
) -> tuple[ApiToken, str]:  # fmt: skip
    """Make a token as the command line does."""
    secret, now = new_secret(), town.clock.now()
    wanted = Wanted(name=name, jurisdiction=place, plans=plans, scopes=scopes, units=units, days=days, rate=rate)
    token = wanted.token(digest(secret), by, now)
    async with town.open_store.writing() as tx:
        await keep(tx, token, cause=f"test:{token.id}", now=now)
    return token, secret


@asynccontextmanager
async def asking(town: Town) -> AsyncIterator[Platform]:
    """Yield somebody without a token, who has read the document."""
    assert town.program is not None and town.program.port is not None
    async with aiohttp.ClientSession() as session:
        nobody = Platform(town.program.port, Document({"paths": {}}), session)
        answer = await nobody.ask("GET", "/api/v1/openapi.json")
        assert answer.status == 200
        nobody.document = Document(answer.data)
        yield nobody


async def platform(town: Town, nobody: Platform, *scopes: str, **of: Any) -> Platform:
    """Return another system with a token of its own."""
    _, secret = await token_of(town, *scopes, **of)
    return Platform(nobody.port, nobody.document, nobody.session, secret, nobody.address)
