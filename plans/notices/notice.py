"""What one audience is to be told: a key of the texts with parameters, never words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Press:
    """A button: an action on an object, for whoever may. ``label`` is a key of the texts.

    Attributes:
        object: what it acts on, as ``plans.incident.changes`` names it.
        revision: of that object when the button was drawn; pressed after a change it does nothing.
    """

    action: str
    label: str
    object: str
    args: Mapping[str, Any] = field(default_factory=dict)
    revision: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """One thing to tell one audience.

    Attributes:
        kind: as in the timeline of ``tocsin simulate`` (docs/contract.md).
        key: of the text.
        to: ``seat``, ``group`` (the command group), ``origin`` (where the report came from), ``reporter``,
            ``role:<id>``, ``unit:<id>``, ``person:<id>``.
        guard: the object without which it is no longer worth sending (``obligation:…``, ``proposal:…``, ``call:…``).
        obligations: keys of the instances that it speaks of; it is worth sending while one of them is open.
        edits: it changes a card or worksheet in place and sends nothing new.
        pin: it is pinned, loudly at Ⅰ or Ⅱ, until another takes its place or the case is over.
    """

    kind: str
    key: str
    to: str
    params: Mapping[str, Any] = field(default_factory=dict)
    priority: int = 2
    ring: bool = False
    guard: str = ""
    obligations: tuple[str, ...] = ()
    buttons: tuple[Press, ...] = ()
    edits: bool = False
    pin: bool = False


def buttons(*presses: tuple[str, str, str, dict[str, Any]]) -> tuple[Press, ...]:
    """Return buttons from (action, label, object, arguments)."""
    return tuple(Press(action=action, label=label, object=target, args=args) for action, label, target, args in presses)


def filing_buttons(key: str) -> tuple[Press, ...]:
    """Return the buttons of an obligation: read the script and ring, or register what was done."""
    return buttons(
        ("script", "read_script", f"obligation:{key}", {"key": key}),
        ("filing", "register", f"obligation:{key}", {"key": key}),
    )
