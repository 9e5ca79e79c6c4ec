"""When each thing that somebody may be asked to confirm last changed, as numbers in the log.

A button names what it acts on and this number (the revision). Pressed after a change it is refused: nobody confirms
what was not shown. What was undone counts as never changed: the case then stands as it was shown.
"""

from __future__ import annotations

from plans.core.event import Recorded
from plans.core.kind import kind_of
from plans.core.registry import REVISIONS
from plans.core.state import CaseState


def note(state: CaseState, item: Recorded, before: dict[str, object] | None) -> None:
    """Write down what an event changed.

    Args:
        before: what was said before the event, for one that speaks of facts.
    """
    for aspect in item.event.touched():
        state.changed[aspect] = item.sequence
    if before is not None:
        after = kind_of(state.stream).statements(state)
        for name in {*before, *after}:
            if before.get(name) != after.get(name):
                state.changed[name.removesuffix("?")] = item.sequence


def last_change(state: CaseState, *aspects: str) -> int:
    """Return the number of the last event that changed one of these; 0 where none has."""
    return max((state.changed.get(aspect, 0) for aspect in aspects), default=0)


def revision_of(state: CaseState, name: str) -> int | None:
    """Return the revision of what a button acts on; None when it is settled or is not there any more."""
    kind, _, of = name.partition(":")
    return REVISIONS[kind_of(state.stream).name, kind](state, of)


def objects(kind: str) -> frozenset[str]:
    """Return every kind of thing that a button of a kind of case acts on."""
    return frozenset(name for case, name in REVISIONS if case == kind)
