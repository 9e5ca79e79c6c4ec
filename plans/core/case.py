"""The case on the table while a command is decided: the plan, the case so far, who asks, and the moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic

from plans.core.command import Actor
from plans.core.event import Event, Recorded
from plans.core.fold import apply
from plans.core.outcome import Refusal, S
from plans.core.policy import Policy
from plans.model import Plan

TOLERANCE = timedelta(minutes=1)
"""A moment may lie this far ahead of our clock: telephones and computers differ a little."""


@dataclass(slots=True)
class OpenCase(Generic[S]):
    """Collects events; ``state`` always shows the case after them."""

    plan: Plan
    state: S
    actor: Actor
    now: datetime
    policy: Policy
    cause: str = ""
    recorded: list[Recorded] = field(default_factory=list)
    would_be: datetime | None = None
    """What it would be where the case's clock stands."""

    def record(self, *events: Event) -> None:
        """Append events in order, each in its place in the log."""
        start = self.state.sequence
        items = [
            Recorded(sequence=start + number, at=self.now, actor=self.actor.id, event=event, cause=self.cause)
            for number, event in enumerate(events, 1)
        ]
        self.recorded.extend(items)
        self.state = apply(self.state, items)

    def ahead(self, moment: datetime | None) -> Refusal | None:
        """Return why a moment that somebody names cannot be: it lies further ahead than clocks differ."""
        if moment is None or moment <= self.now + TOLERANCE:
            return None
        return Refusal(key="time_ahead", params={"given": moment})
