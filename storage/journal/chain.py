"""How an entry becomes bytes and a hash. Pure: no database."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storage.canonical import canonical
from storage.columns import utc_text

GENESIS = "0" * 64
SALT_BYTES = 16
_NOTHING = canonical(None)


@dataclass(frozen=True, kw_only=True)
class NewEntry:
    """An event to be appended.

    Attributes:
        event: the event's stable name.
        version: of the event's shape.
        at: when it happened.
        actor: an opaque id of who did it; None for the program.
        cause: what it happened for, see ``causes``.
        payload: JSON.
        personal: top-level keys of ``payload`` whose values can be erased later.
    """

    event: str
    version: int
    at: datetime
    actor: str | None
    cause: str | None
    payload: dict[str, Any]
    personal: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An event as it stands in the log.

    Attributes:
        sequence: counts from 1 in its stream.
        payload: with the personal values put back, None for those that were erased.
        personal: the keys of ``payload`` that are personal. erased: those of them that are gone.
        previous: the hash of the entry before, 64 zeros for the first.
        hash: SHA-256 of the entry's canonical text, in hex.
    """

    stream: str
    sequence: int
    event: str
    version: int
    at: datetime
    actor: str | None
    cause: str | None
    payload: dict[str, Any]
    personal: tuple[str, ...] = ()
    erased: tuple[str, ...] = ()
    previous: str
    hash: str


@dataclass(frozen=True, kw_only=True)
class Head:
    """Where a stream ends."""

    sequence: int
    hash: str


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """A new entry as it is written.

    Attributes:
        body: the text that was hashed.
        secrets: for each personal key its salt in hex and its value as canonical text.
    """

    entry: Entry
    body: str
    secrets: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def salted(salt: str, value: str) -> str:
    """Return the digest that stands for a personal value: without the salt, short values could be guessed."""
    return digest(f"{salt}:{value}")


def seal(stream: str, sequence: int, previous: str, new: NewEntry) -> Sealed:
    """Return a new entry with its text and hash; the personal values are in the text as salted digests only."""
    hidden = {
        key: (secrets.token_hex(SALT_BYTES), canonical(new.payload[key])) for key in new.personal if key in new.payload
    }
    body = canonical(
        {
            "stream": stream,
            "sequence": sequence,
            "previous": previous,
            "event": new.event,
            "version": new.version,
            "at": utc_text(new.at),
            "actor": new.actor,
            "cause": new.cause,
            "payload": {key: value for key, value in new.payload.items() if key not in hidden},
            "personal": {key: salted(*pair) for key, pair in hidden.items()},
        }
    )
    return Sealed(entry=unseal(body, digest(body), {k: v for k, (_, v) in hidden.items()}), body=body, secrets=hidden)


def unseal(body: str, hash_: str, personal: Mapping[str, str | None]) -> Entry:
    """Return the entry of a text.

    Args:
        body: the text that was hashed.
        hash_: its hash.
        personal: canonical text of each personal value that is still there.
    """
    return _entry(json.loads(body), hash_, personal)


def unseal_all(rows: Sequence[tuple[str, str, Mapping[str, str | None]]]) -> list[Entry]:
    """Return the entries of many texts, each with what :func:`unseal` takes; read in one go, since logs are long."""
    read = json.loads(f"[{','.join(body for body, _, _ in rows)}]")
    return [_entry(fields, hash_, personal) for fields, (_, hash_, personal) in zip(read, rows, strict=True)]


def _read(value: str | None) -> Any:
    """Return a personal value of its canonical text; most are words or nothing, for which no parser is started."""
    if value is None or value == _NOTHING:
        return None
    if value.startswith('"') and "\\" not in value:
        return value[1:-1]
    return json.loads(value)


def _entry(fields: dict[str, Any], hash_: str, personal: Mapping[str, str | None]) -> Entry:
    keys = tuple(fields["personal"])
    payload = fields["payload"]
    for key in keys:
        payload[key] = _read(personal.get(key))
    return Entry(
        stream=fields["stream"],
        sequence=fields["sequence"],
        event=fields["event"],
        version=fields["version"],
        at=datetime.fromisoformat(fields["at"]),
        actor=fields["actor"],
        cause=fields["cause"],
        payload=payload,
        personal=keys,
        erased=tuple([key for key in keys if personal.get(key) is None]) if keys else (),
        previous=fields["previous"],
        hash=hash_,
    )
