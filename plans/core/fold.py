"""``fold(events) -> state``. What was undone is left out of the state; it stays in the log."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from plans.core import revisions
from plans.core.event import Recorded, Undone
from plans.core.kind import kind_of
from plans.core.outcome import S
from plans.core.registry import APPLIERS
from plans.core.state import CaseState


def fold(stream: str, log: Iterable[Recorded]) -> Any:
    """Return the case that the log tells, in the state of the kind that the stream's name says."""
    recorded = list(log)
    undone = {number for item in recorded if isinstance(item.event, Undone) for number in item.event.sequences}
    state: CaseState = kind_of(stream).state(stream)
    state.undone = frozenset(undone)
    for item in recorded:
        _add(state, item)
    return state


def apply(state: S, more: Iterable[Recorded]) -> S:
    """Return the case after more events; the argument is left as it was."""
    added = list(more)
    if any(isinstance(item.event, Undone) for item in added):
        again: S = fold(state.stream, [*state.events, *added])
        return again
    twin = state.fork()
    for item in added:
        _add(twin, item)
    return twin


def _add(state: CaseState, item: Recorded) -> None:
    state.events.append(item)
    state.sequence = item.sequence
    if item.sequence not in state.undone:
        function = APPLIERS.get(type(item.event))
        before = kind_of(state.stream).statements(state) if item.event.states_facts else None
        if function is not None:
            function(state, item.event, item)
        revisions.note(state, item, before)
