"""A warning's life in the core alone: commands in order, the clock moved by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from plans.core.command import Actor, Command, Shown
from plans.core.event import Recorded
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.policy import DEFAULT_POLICY, Policy
from plans.kinds import decide, fold_any, notices, wakes
from plans.model import Plan
from plans.times import BEIJING
from plans.warning.state import Content, WarningCase
from plans.warning.taking import TakeWarning
from plans.warning.wake import WarningWake

START = datetime(2026, 7, 1, 13, 5, tzinfo=BEIJING)
DUTY = Actor(id="duty-1", name="值班员甲", roles=frozenset({"duty"}))
SYSTEM = Actor(id="system", roles=frozenset({"system"}))
STREAM = "warning:1"


def actor(*roles: str, units: tuple[str, ...] = (), via: str = "direct", id: str = "") -> Actor:
    return Actor(
        id=id or "-".join(roles) or "nobody", name="某人", roles=frozenset(roles), units=frozenset(units), via=via
    )


def heavy_rain(**changes: Any) -> Content:
    values: dict[str, Any] = {
        "hazard": "暴雨", "colour": "红", "issuer": "区气象台", "starts": START + timedelta(hours=1),
        "ends": START + timedelta(hours=7), "areas": ("城关镇", "河口乡"), "text": "暴雨红色预警",
    }  # fmt: skip
    return Content(**{**values, **changes})


@dataclass
class Life:
    """One warning under a plan."""

    plan: Plan
    policy: Policy = DEFAULT_POLICY
    now: datetime = START
    log: list[Recorded] = field(default_factory=list)
    told: list[Notice] = field(default_factory=list)

    @property
    def warning(self) -> WarningCase:
        state: WarningCase = fold_any(STREAM, self.log)
        return state

    def take(self, content: Content, by: Actor = DUTY, **more: Any) -> Refusal | None:
        return self.do(
            TakeWarning(
                content=content, plan=self.plan.id, plan_version=self.plan.version, plan_hash="h", number=1,
                jurisdiction=self.plan.jurisdiction.name, year=2026, **{"source": "text", **more},
            ),
            by,
        )  # fmt: skip

    def do(self, command: Command, by: Actor = DUTY, shown: Shown | None = None) -> Refusal | None:
        before = self.warning if self.log else None
        outcome = decide(
            self.plan, before, command, by, now=self.now, stream=STREAM, cause=f"c{len(self.log)}",
            policy=self.policy, shown=shown,
        )  # fmt: skip
        if isinstance(outcome, Refusal):
            return outcome
        self.log += outcome.recorded
        self.told = notices(self.plan, outcome.before, outcome.after, outcome.recorded)
        assert outcome.after == fold_any(STREAM, self.log), "the state is what the log tells"
        return None

    def refused(self, command: Command, by: Actor = DUTY) -> Refusal:
        refusal = self.do(command, by)
        assert refusal is not None
        return refusal

    def pass_time(self, span: timedelta) -> list[Notice]:
        """Serve every wake of a span; return what was told meanwhile."""
        end, everything = self.now + span, []
        while True:
            points = [point.at for point in wakes(self.warning, self.policy)]
            if not points or min(points) > end:
                break
            assert self.warning.open, "nothing waits in a case that is over"
            self.now = max(self.now, min(points))
            served = len(self.log)
            assert self.do(WarningWake(), SYSTEM) is None
            assert len(self.log) > served, f"a wake that does nothing comes back for ever: {points}"
            everything += self.told
        self.now = end
        return everything

    def names(self) -> list[str]:
        return [item.event.NAME for item in self.log]
