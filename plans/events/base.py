"""What happened to an incident: past tense, frozen, with hand-written stable names and versions.

An event's payload is plain JSON. Personal text (raw words, names of people) is named in ``PERSONAL``: storage hashes it
as a salted digest, so that it can be erased without breaking the chain.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, get_args, get_origin, get_type_hints


class UnknownEvent(Exception):
    """The log holds an event name that this program does not know (written by a newer one)."""

    def __init__(self, name: str, version: int) -> None:
        super().__init__(f"unknown event {name} v{version}: the log was written by a newer version of the program")
        self.name, self.version = name, version


_BY_NAME: dict[str, type[Event]] = {}

UPCASTERS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""(name, version) -> what turns a payload of that version into one of the next."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Base of all events. ``NAME`` and ``VERSION`` are what the log stores; they never follow a renamed class."""

    NAME: ClassVar[str] = ""
    VERSION: ClassVar[int] = 1
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, name: str = "", version: int = 1, personal: tuple[str, ...] = (), **kwargs: Any) -> None:
        """Register the stable name."""
        # slots=True makes dataclass create the class a second time, without the keywords: keep what the first one set.
        if name:
            cls.NAME, cls.VERSION, cls.PERSONAL = name, version, personal
        if cls.NAME:
            _BY_NAME[cls.NAME] = cls


@dataclass(frozen=True, kw_only=True, slots=True)
class Recorded:
    """An event in its place in the log."""

    sequence: int
    at: datetime
    actor: str
    event: Event
    cause: str = ""


def encode(event: Event) -> dict[str, Any]:
    """Return the payload as JSON-ready data."""
    return {item.name: _plain(getattr(event, item.name)) for item in dataclasses.fields(event)}


def decode(name: str, version: int, payload: dict[str, Any]) -> Event:
    """Return the event, an old payload brought up to date; raise UnknownEvent."""
    cls = _BY_NAME.get(name)
    if cls is None or version > cls.VERSION:
        raise UnknownEvent(name, version)
    for old in range(version, cls.VERSION):
        payload = UPCASTERS[name, old](payload)
    known = _readers(cls)
    return cls(**{key: known[key](value) for key, value in payload.items() if key in known})


_HINTS: dict[type, dict[str, Any]] = {}
_READERS: dict[type, dict[str, Callable[[Any], Any]]] = {}


def _hints(cls: type) -> dict[str, Any]:
    if cls not in _HINTS:
        _HINTS[cls] = {key: hint for key, hint in get_type_hints(cls).items() if get_origin(hint) is not ClassVar}
    return _HINTS[cls]


def _readers(cls: type) -> dict[str, Callable[[Any], Any]]:
    """Return for each field what makes its value of plain data; looked up once, since every log is read again often."""
    if cls not in _READERS:
        _READERS[cls] = {key: _reader(hint) for key, hint in _hints(cls).items()}
    return _READERS[cls]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _reader(hint: Any) -> Callable[[Any], Any]:
    if hint is datetime or datetime in get_args(hint):
        return _moment
    return _tuple if get_origin(hint) is tuple else _as_it_is


def _moment(value: Any) -> Any:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _as_it_is(value: Any) -> Any:
    return value


def names() -> dict[str, type[Event]]:
    """Return every event class by its stable name."""
    return dict(_BY_NAME)
