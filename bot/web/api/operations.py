"""What can be asked: each operation with all that holds for it. Routes, rights and the document are made from these."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from bot.office.api_requests import Asked
from bot.service import Service
from bot.web.api.models.base import Model
from storage.api_requests import ApiRequest
from storage.api_tokens import ApiToken

BASE = "/api/v1"
CAP = "application/cap+xml"
JSON = "application/json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """A request that was let in.

    Attributes:
        path: what stands in the path. query: of the operation's model. body: of one of its models; of CAP its bytes.
        served: plans of places that somebody was seen to serve, each until a moment soon.
        bring: keeps what it asks for, about a case or none, and returns it once it is worked off or a moment is over;
            and whether it had come before.
        bring_all: keeps several, each under a key of its own, and waits for nothing.
    """

    service: Service
    token: ApiToken
    now: datetime
    path: Mapping[str, str]
    query: Any
    body: Any
    served: dict[tuple[str, str], datetime]
    bring: Callable[[Mapping[str, Any], str], Awaitable[tuple[ApiRequest, bool]]]
    bring_all: Callable[[Sequence[tuple[str, Mapping[str, Any]]], str], Awaitable[list[Asked]]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """An answer."""

    model: BaseModel
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Call], Awaitable[Given]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Operation:
    """One thing that can be asked.

    Attributes:
        id: as the document calls it. scopes: one of which a token must have; none = any token.
        query: what may stand behind the ``?``. bodies: what may be brought, by media type; empty = nothing.
        answers: by status. problems: codes that are its own, beside those of every operation.
        keyed: it changes something, once for a key.
    """

    id: str
    method: str
    path: str
    tag: str
    scopes: tuple[str, ...]
    query: type[Model] | None
    bodies: Mapping[str, type[Model] | None]
    answers: Mapping[int, type[BaseModel]]
    problems: tuple[str, ...]
    keyed: bool
    run: Handler


OPERATIONS: dict[str, Operation] = {}
"""Every operation by its id, written down by :func:`operation`."""


def operation(
    id: str, method: str, path: str, *, tag: str, scopes: tuple[str, ...] = (), query: type[Model] | None = None,
    bodies: Mapping[str, type[Model] | None] | None = None, answers: Mapping[int, type[BaseModel]],
    problems: tuple[str, ...] = (), keyed: bool = False,
) -> Callable[[Handler], Handler]:  # fmt: skip
    """Make a function an operation; the arguments are those of :class:`Operation`."""

    def added(run: Handler) -> Handler:
        if id in OPERATIONS:
            raise ValueError(f"the operation {id} is there twice")
        OPERATIONS[id] = Operation(
            id=id, method=method, path=BASE + path, tag=tag, scopes=scopes, query=query, bodies=bodies or {},
            answers=answers, problems=problems, keyed=keyed, run=run,
        )  # fmt: skip
        return run

    return added
