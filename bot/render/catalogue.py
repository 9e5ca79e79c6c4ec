"""Words that are looked up by a key, gathered from the topics of ``bot.texts``: one key has one text.

A topic names the dictionary as it is called here (``LABELS``, ``REFUSALS`` …); what is added to it is found by its key.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from bot import texts


class KeyTwice(ValueError):
    """Two topics have a text of the same key."""

    def __init__(self, kind: str, key: str, one: ModuleType, other: ModuleType) -> None:
        super().__init__(f"{kind}[{key!r}] stands in {one.__file__} and in {other.__file__}")


def gather(kind: str, modules: Iterable[ModuleType]) -> dict[str, Any]:
    """Return the texts of one kind by their keys; a key that two modules have is an error."""
    by_key: dict[str, Any] = {}
    places: dict[str, ModuleType] = {}
    for module in modules:
        for key, text in getattr(module, kind, {}).items():
            if key in places:
                raise KeyTwice(kind, key, places[key], module)
            by_key[key], places[key] = text, module
    return by_key


TOPICS = tuple(
    importlib.import_module(f"{texts.__name__}.{item.name}") for item in pkgutil.iter_modules(texts.__path__)
)
"""Every module of texts."""

KINDS = ("LABELS", "HELP", "MESSAGES", "POPUPS", "REFUSALS", "NOTICE_NAMES")
"""What a topic may name: those below."""

LABELS: Mapping[str, str] = gather("LABELS", TOPICS)
"""Every fixed label of a button; ``choice:…`` and ``by_source`` are made from the plan and the claims."""

HELP: Mapping[str, str] = gather("HELP", TOPICS)
"""What a command is for, in a few characters."""

MESSAGES: Mapping[str, str] = gather("MESSAGES", TOPICS)
"""Usage and confirmations."""

POPUPS: Mapping[str, str] = gather("POPUPS", TOPICS)
"""Pop-ups, at most 200 characters."""

REFUSALS: Mapping[str, tuple[str, str]] = gather("REFUSALS", TOPICS)
"""Why something was refused, and what to do instead: one pair for every key of the core."""

NOTICE_NAMES: Mapping[str, str] = gather("NOTICE_NAMES", TOPICS)
"""What a message was that did not arrive, by the key of its notice."""
