"""What every start would work out anew is worked out once, by ``python -m bot.preparation`` when it is installed.

The program is the same without; a command takes longer to begin (see `plans.cache`, which reads what is written here).
A command that had to work something out keeps it for the next, unless Python may not keep its bytecode either. What
goes on running has everything at hand before the first message comes: `warm`.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import _lru_cache_wrapper
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plans.cache import CACHES, Cache

if TYPE_CHECKING:
    from types import ModuleType

    from plans.model import Plan

READERS = "plans.intake"
"""The package of all that reads a text."""


def keep() -> bool:
    """Write what was worked out; return whether all could be written. Never a reason for a command to fail."""
    return all([_added(cache) for cache in CACHES if cache.fresh])


def _added(cache: Cache) -> bool:
    made = {key: value for key, make in cache.fresh.items() if (value := make()) is not None}
    cache.fresh.clear()
    with suppress(OSError):
        cache.path.parent.mkdir(exist_ok=True)
        _replace(cache.path, cache.replaced_by(made))
        return True
    return False


def _replace(path: Path, content: bytes) -> None:
    """Write a file; whoever reads it meanwhile finds the old one or the new one whole."""
    descriptor, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            os.fchmod(descriptor, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def prepare() -> bool:
    """Work out everything anew and keep it; return whether it could be written."""
    from plans.directory import phone_book
    from plans.directory.shipped import shipped
    from plans.load import load_all

    Cache.collects = True
    for cache in CACHES:
        cache.forget()
    plans = load_all()
    shipped()
    phone_book(plans.values()).search("消防")
    _read(plans.values())
    return keep()


def warm(plans: Iterable[Plan]) -> None:
    """Have all at hand that a message needs, so that the first is read and judged as fast as the second."""
    from plans.model import complete

    complete()
    _read(plans)
    for cache in CACHES:
        cache.forget()


def _read(given: Iterable[Plan]) -> None:
    """Read a text by each plan, and translate every expression, also those that this text does not need.

    Expressions stand in the modules, in their tables, and in what a function works out once from a table of words;
    also in modules that are loaded for few texts only.
    """
    from pkgutil import walk_packages

    import plans.intake
    from plans.intake.patterns import Lazy
    from plans.intake.with_plan import read_for
    from plans.intake.word_tables import look_over

    look_over()
    for found in walk_packages(plans.intake.__path__, f"{READERS}."):
        import_module(found.name)
    for plan in given:
        read_for(plan, "指挥部通报，听说某小学发生踩踏，3人受伤", now=datetime(2026, 3, 2, tzinfo=UTC))
    for name, module in list(sys.modules.items()):
        if name.startswith("plans."):
            for pattern in _patterns([vars(module), *_worked_out(module)], Lazy):
                pattern.flags  # noqa: B018 - asked for something, it is translated


def _worked_out(module: ModuleType) -> Iterator[Any]:
    """Yield what each function of a reader's module that asks for nothing works out once, whoever asked first."""
    from inspect import signature

    if not module.__name__.startswith(f"{READERS}."):
        return
    for made in list(vars(module).values()):
        if not isinstance(made, _lru_cache_wrapper) or made.__module__ != module.__name__:
            continue
        if not signature(made).parameters:
            yield made()


def _patterns(value: Any, kind: type) -> Iterator[Any]:
    """Yield the patterns that a module holds, also in its tables."""
    if isinstance(value, kind):
        yield value
    elif isinstance(value, dict):
        for item in list(value.values()):
            yield from _patterns(item, kind)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _patterns(item, kind)


if __name__ == "__main__":
    sys.exit(0 if prepare() else f"{CACHES[0].path.parent}: not writable, so that each start takes longer")
