"""What stands in a request: its key, what is behind the ``?``, its body; read as its operation has it, or refused."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Any

from aiohttp import web
from pydantic import ValidationError

from bot.texts import api as t
from bot.web import bodies
from bot.web.api.models.base import Model
from bot.web.api.operations import CAP, JSON, Operation
from bot.web.api.problems import Problem

MOST_BYTES = {JSON: 512 * 1024, CAP: 512 * 1024}
BODY_SECONDS = 10

_KEY = re.compile(r"[\x21-\x7e]{1,128}")

_OF_TYPES = ("bool", "constrained-int", "int", "Range")
"""What pydantic puts into a place where several types are allowed."""


def key_of(request: web.Request) -> str:
    """Return the key under which something is asked.

    Raises:
        Problem: there is none, or there are two.
    """
    given = request.headers.getall("Idempotency-Key", [])
    if len(given) != 1 or not _KEY.fullmatch(given[0]):
        raise Problem("no-key")
    return given[0]


def query_of(operation: Operation, request: web.Request) -> Model | None:
    """Return what stands behind the ``?``, each once; text becomes numbers and flags where they are asked for.

    Raises:
        Problem: it is nothing that can be asked.
    """
    if operation.query is None:
        if request.query:
            raise Problem("not-valid", errors=[(name[:60], t.INVALID["extra_forbidden"]) for name in request.query])
        return None
    given: dict[str, Any] = {}
    for name, value in request.query.items():
        if name in given:
            raise Problem("not-valid", errors=[(name[:60], t.INVALID_OTHER)])
        given[name] = value
    try:
        return operation.query.model_validate_strings(given)
    except ValidationError as problem:
        raise _not_valid(problem) from None


async def body_of(operation: Operation, request: web.Request) -> Any:
    """Return what was brought, as its operation's model or as bytes; None where nothing can be.

    Raises:
        Problem: it is none, of another type, too large, or came too slowly.
    """
    if not operation.bodies:
        return None
    kind = request.content_type
    packed = request.headers.get("Content-Encoding", "identity").lower() != "identity"
    if kind not in operation.bodies or packed:
        raise Problem("wrong-type", types="、".join(operation.bodies))
    model, most = operation.bodies[kind], MOST_BYTES[kind]
    raw = await _read(request, most)
    if model is None:
        return raw
    try:
        _SAID_ONCE.decode(raw.decode())
        return model.model_validate_json(raw)
    except ValidationError as problem:
        if any(item["type"] == "json_invalid" for item in problem.errors(include_url=False, include_context=False)):
            raise Problem("bad-request") from None
        raise _not_valid(problem) from None
    except (ValueError, RecursionError):
        raise Problem("bad-request") from None


def _once(pairs: list[tuple[str, Any]]) -> None:
    """Refuse an object that says a name twice: whoever reads it takes one of the two, and the other is lost unsaid."""
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a name twice")


def _no_number(word: str) -> None:
    """Refuse ``NaN`` and ``Infinity``, which are no JSON."""
    raise ValueError(word)


_SAID_ONCE = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_number)
"""Reads what every reader of JSON understands alike, or nothing."""


async def _read(request: web.Request, most: int) -> bytes:
    try:
        return await bodies.body_of(request, most, BODY_SECONDS)
    except bodies.NoBody as problem:
        code = {408: "slow", 413: "too-large"}.get(problem.status, "bad-request")
        raise Problem(code, most=most, seconds=BODY_SECONDS) from None


def _not_valid(problem: ValidationError) -> Problem:
    """Return what pydantic finds wrong, in words; what was sent is not sent back."""
    errors = []
    for item in problem.errors(include_url=False, include_input=False)[:20]:
        words = t.INVALID.get(item["type"], t.INVALID_OTHER)
        with suppress(KeyError):
            words = words.format(**item.get("ctx", {}))
        errors.append((".".join(str(part)[:60] for part in item["loc"] if part not in _OF_TYPES)[:200], words))
    return Problem("not-valid", errors=list(dict(reversed(errors)).items()))
