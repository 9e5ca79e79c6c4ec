"""What lives of cases that are no incidents share, in the core alone: commands in order, a clock moved by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from plans.core.command import SYSTEM, Actor, Command, Shown
from plans.core.event import Recorded
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.policy import Policy
from plans.kinds import decide, fold_any, kind_of, notices, wakes
from plans.model import Plan


class CaseLife:
    """One case; a dataclass of its kind gives the fields, and opens it."""

    plan: Plan
    policy: Policy
    now: datetime
    log: list[Recorded]

    @property
    def stream(self) -> str:
        """The name of its log."""
        raise NotImplementedError

    @property
    def state(self) -> Any:
        """What its log tells."""
        return fold_any(self.stream, self.log)

    def decided(self, command: Command, by: Actor, shown: Shown | None = None) -> Refusal | list[Notice]:
        """Decide a command now, record what comes of it, and return who is told."""
        state = self.state if self.log else None
        own = self.now + (state.offset if state is not None else timedelta())  # as the shell does
        outcome = decide(
            self.plan, state, command, by, now=own, stream=self.stream,
            cause=f"c{len(self.log)}", policy=self.policy, shown=shown,
        )  # fmt: skip
        if isinstance(outcome, Refusal):
            return outcome
        self.log += outcome.recorded
        assert outcome.after == self.state, "the state is what the log tells"
        told = notices(self.plan, outcome.before, outcome.after, outcome.recorded)
        self.heard(told)
        return told

    def heard(self, told: list[Notice]) -> None:
        """Keep what is told by a command, or by a wake."""
        raise NotImplementedError

    def woken(self, span: timedelta) -> Iterator[tuple[datetime, Notice]]:
        """Serve every wake of a span, and yield what is told meanwhile, and when."""
        end = self.now + span
        while True:
            points = [point.at - self.state.offset for point in wakes(self.state, self.policy)]
            if not points or min(points) > end:
                break
            assert self.state.open, "nothing waits in a case that is over"
            self.now = max(self.now, min(points))
            served = len(self.log)
            told = self.decided(kind_of(self.stream).wake(), SYSTEM)
            assert not isinstance(told, Refusal), told
            assert len(self.log) > served, f"a wake that does nothing comes back for ever: {points}"
            yield from ((self.now, notice) for notice in told)
        self.now = end

    def names(self) -> list[str]:
        """What has happened, by the names of the events."""
        return [item.event.NAME for item in self.log]
