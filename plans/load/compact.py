"""A shipped plan as it was read and checked, kept so that a start neither reads YAML nor checks it anew.

What is kept of a plan (see `plans.cache`) is found by a digest of its file, of the sources that read and check plans,
and of the library that they use. It is plain data: from it only statements of `plans.model` are made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from plans import model
from plans.cache import READ_BY, Cache, digest, way
from plans.model import Frozen, Plan
from plans.times.yearly import YearDay

_KINDS: tuple[type, ...] = (
    *(kind for name in sorted(model.__all__) if isinstance(kind := getattr(model, name), type)),
    YearDay,
)
_NUMBERS = {kind: number for number, kind in enumerate(_KINDS)}

_TUPLE, _LIST, _DICT, _SPAN, _DATE, _STATEMENT, _VALUE = range(7)
"""What the first item of a JSON array says the rest to be."""

_caches: dict[str, Cache] = {}


class Unkept(ValueError):
    """A value that is not kept in this way; its plan is read from its file as ever."""


def kept(content: bytes, path: Path) -> Plan | None:
    """Return the plan that a file says, None where it is not kept.

    Args:
        content: of the file.
        path: the file; the plan names it.
    """
    entry = _cache(path).get(digest(content, _maker()))
    if entry is None:
        return None
    try:
        plan = _read(entry)
    except (TypeError, ValueError, KeyError, IndexError, AttributeError):
        return None
    return plan.model_copy(update={"path": str(path)}) if isinstance(plan, Plan) else None


def remember(content: bytes, plan: Plan) -> None:
    """Keep a plan that was read from a file of this content."""
    cache = _cache(Path(plan.path))
    if cache.collects:
        cache.put(digest(content, _maker()), partial(_entry, plan))


def _entry(plan: Plan) -> Any:
    with suppress(Unkept):
        return written(plan)
    return None


def _cache(path: Path) -> Cache:
    if path.stem not in _caches:
        _caches[path.stem] = Cache(f"plan.{path.stem}", most=1)
    return _caches[path.stem]


@cache
def _maker() -> str:
    return way(*READ_BY)


def written(value: Any) -> Any:
    """Return a value of a plan as JSON.

    Raises:
        Unkept: of a kind that is not foreseen.
    """
    kind = type(value)
    if value is None or kind in (str, bool, int, float):
        return value
    if kind is tuple or kind is list:
        return [_TUPLE if kind is tuple else _LIST, *map(written, value)]
    if kind is dict and all(type(key) is str for key in value):
        return [_DICT, {key: written(item) for key, item in value.items()}]
    if kind is timedelta:
        return [_SPAN, value.days, value.seconds, value.microseconds]
    if kind is date:
        return [_DATE, value.year, value.month, value.day]
    if kind not in _NUMBERS:
        raise Unkept(f"{kind.__name__} {value!r:.80}")
    if isinstance(value, Frozen):
        said, defaults = value.model_fields_set, _defaults(type(value))()
        own = {name: written(item) for name, item in value.__dict__.items() if name in said}
        derived = {
            name: written(item)
            for name, item in value.__dict__.items()
            if name not in said and item != defaults.get(name, Unkept)
        }
        return [_STATEMENT, _NUMBERS[kind], own, *([derived] if derived else [])]
    return [_VALUE, _NUMBERS[kind], {item.name: written(getattr(value, item.name)) for item in fields(value)}]


def _read(data: Any) -> Any:
    if type(data) is not list:
        return data
    return _READERS[data[0]](data)


@cache
def _defaults(kind: type[Frozen]) -> Callable[[], dict[str, Any]]:
    """Return what gives the fields of a statement of which nothing is said, in their order."""
    infos = kind.model_fields
    made = {name: info.default_factory for name, info in infos.items() if info.default_factory is not None}
    told = {name: None if name in made or info.is_required() else info.default for name, info in infos.items()}

    def defaults() -> dict[str, Any]:
        return told | {name: make() for name, make in made.items()} if made else told.copy()  # type: ignore[call-arg]

    return defaults


def _statement(data: list[Any]) -> Frozen:
    kind: type[Frozen] = _KINDS[data[1]]
    if not issubclass(kind, Frozen):
        raise TypeError(kind.__name__)
    values = _defaults(kind)()
    own: Mapping[str, Any] = data[2]
    for name, item in own.items():
        values[name] = _read(item) if type(item) is list else item
    for name, item in data[3].items() if len(data) > 3 else ():
        values[name] = _read(item)
    statement = kind.__new__(kind)
    statement.__setstate__(
        {
            "__dict__": values,
            "__pydantic_fields_set__": set(own),
            "__pydantic_extra__": None,
            "__pydantic_private__": None,
        }
    )
    return statement


def _value(data: list[Any]) -> Any:
    kind = _KINDS[data[1]]
    if not is_dataclass(kind):
        raise TypeError(kind.__name__)
    make: Any = kind
    return make(**{name: _read(item) for name, item in data[2].items()})


_READERS: dict[int, Callable[[list[Any]], Any]] = {
    _TUPLE: lambda data: tuple([_read(item) if type(item) is list else item for item in data[1:]]),
    _LIST: lambda data: [_read(item) for item in data[1:]],
    _DICT: lambda data: {name: _read(item) for name, item in data[1].items()},
    _SPAN: lambda data: timedelta(*data[1:]),
    _DATE: lambda data: date(*data[1:]),
    _STATEMENT: _statement,
    _VALUE: _value,
}
