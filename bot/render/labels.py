"""Labels of buttons and how they stand in rows: at most two a row, and then at most eight characters each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.render.catalogue import LABELS
from bot.render.message import Key
from bot.render.registry import LABELLED
from bot.render.view import View
from plans.core.notice import Press
from plans.core.state import CaseState
from plans.kinds import revision_of

SHARED = 8
"""Characters of a label that shares its row."""

LONGEST = 24
"""Characters of any label: clients cut what is longer."""


def press(action: str, label: str, obj: str = "incident", **args: Any) -> Press:
    """Return a button's press."""
    return Press(action=action, label=label, object=obj, args=args)


def stamped(item: Press, case: CaseState) -> Press:
    """Return a press with the revision of what it acts on: it confirms nothing that came later."""
    return replace(item, revision=revision_of(case, item.object) or 0)


def label(item: Press, view: View) -> str:
    """Return what stands on a button."""
    writer = LABELLED.get(item.label.partition(":")[0])
    return short(writer(item, view) if writer is not None else LABELS[item.label].format(**item.args))


def rows(presses: Iterable[Press], view: View) -> tuple[tuple[Key, ...], ...]:
    """Return the buttons in rows: short neighbours in pairs, a long one alone."""
    lines: list[tuple[Key, ...]] = []
    for item in presses:
        key = Key(label(item, view), stamped(item, view.incident))
        last = lines[-1] if lines else ()
        if len(last) == 1 and len(last[0].label) <= SHARED and len(key.label) <= SHARED:
            lines[-1] = (*last, key)
        else:
            lines.append((key,))
    return tuple(lines)


def short(label: str) -> str:
    """Return a label as long as clients show it."""
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"
