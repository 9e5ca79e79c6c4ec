"""What happened to a case: past tense, frozen, with hand-written stable names and versions.

An event's payload is plain JSON. Personal text (raw words, names of people) is named in ``PERSONAL``: storage hashes it
as a salted digest, so that it can be erased without breaking the chain.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from string import Formatter
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
    """Base of all events. ``NAME`` and ``VERSION`` are what the log stores; they never follow a renamed class.

    Attributes:
        undoable: whoever caused it may take it back for a minute.
        reassesses: the levels may be others after it.
        states_facts: it may change what somebody says of a fact, or what is held to be known.
        touches: what it changes of that which a button acts on (``plans.core.revisions``); ``{unit}`` stands for the
            event's own field.
    """

    NAME: ClassVar[str] = ""
    VERSION: ClassVar[int] = 1
    PERSONAL: ClassVar[tuple[str, ...]] = ()
    undoable: ClassVar[bool] = False
    reassesses: ClassVar[bool] = False
    states_facts: ClassVar[bool] = False
    touches: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, name: str = "", version: int = 1, personal: tuple[str, ...] = (), **kwargs: Any) -> None:
        """Register the stable name."""
        # slots=True makes dataclass create the class a second time, without the keywords: keep what the first one set.
        if name:
            other = _BY_NAME.get(name)
            if other is not None and other.__qualname__ != cls.__qualname__:
                raise TypeError(f"two events are called {name}: {other.__qualname__} and {cls.__qualname__}")
            cls.NAME, cls.VERSION, cls.PERSONAL = name, version, personal
        if cls.NAME:
            _BY_NAME[cls.NAME] = cls

    def touched(self) -> Iterator[str]:
        """Yield what it changes of that which a button acts on."""
        for aspect in self.touches:
            parts = _template(aspect)
            yield "".join([word + str(getattr(self, name)) if name else word for word, name in parts])


@cache
def _template(aspect: str) -> tuple[tuple[str, str], ...]:
    """Return the words of a template, each with the field that follows it, none behind the last."""
    return tuple((word, name or "") for word, name, *_ in Formatter().parse(aspect))


@dataclass(frozen=True, kw_only=True, slots=True)
class Recorded:
    """An event in its place in the log."""

    sequence: int
    at: datetime
    actor: str
    event: Event
    cause: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Undone(Event, name="undone"):
    """What somebody did was taken back within a minute; the fold leaves it out, the log keeps it.

    Attributes:
        sequences: numbers of the events in the log. what: name of the one that was meant.
    """

    sequences: tuple[int, ...]
    what: str

    reassesses = True


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
    fields, readers = _readers(cls)
    values = dict(payload) if payload.keys() <= fields else {key: payload[key] for key in payload if key in fields}
    for key, read in readers:
        if key in values:
            values[key] = read(values[key])
    return cls(**values)


_HINTS: dict[type, dict[str, Any]] = {}
_READERS: dict[type, tuple[frozenset[str], list[tuple[str, Callable[[Any], Any]]]]] = {}


def _hints(cls: type) -> dict[str, Any]:
    if cls not in _HINTS:
        _HINTS[cls] = {key: hint for key, hint in get_type_hints(cls).items() if get_origin(hint) is not ClassVar}
    return _HINTS[cls]


def _readers(cls: type) -> tuple[frozenset[str], list[tuple[str, Callable[[Any], Any]]]]:
    """Return the fields, and what makes the value of plain data for those that are not plain.

    Looked up once, since every log is read again often.
    """
    if cls not in _READERS:
        readers = [(key, reader) for key, hint in _hints(cls).items() if (reader := _reader(hint)) is not None]
        _READERS[cls] = (frozenset(_hints(cls)), readers)
    return _READERS[cls]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _reader(hint: Any) -> Callable[[Any], Any] | None:
    if hint is datetime or datetime in get_args(hint):
        return _moment
    return _tuple if tuple in (get_origin(hint), *map(get_origin, get_args(hint))) else None


def _moment(value: Any) -> Any:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def names() -> dict[str, type[Event]]:
    """Return every event class by its stable name."""
    return dict(_BY_NAME)
