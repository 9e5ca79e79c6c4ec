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
from plans.model import Plan
from plans.times import BEIJING
from plans.warning.state import Content, WarningCase
from plans.warning.taking import TakeWarning
from tests.plans.case_life import CaseLife

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
class Life(CaseLife):
    """One warning under a plan."""

    plan: Plan
    policy: Policy = DEFAULT_POLICY
    now: datetime = START
    log: list[Recorded] = field(default_factory=list)
    told: list[Notice] = field(default_factory=list)

    @property
    def stream(self) -> str:
        return STREAM

    @property
    def warning(self) -> WarningCase:
        state: WarningCase = self.state
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
        told = self.decided(command, by, shown)
        return told if isinstance(told, Refusal) else None

    def heard(self, told: list[Notice]) -> None:
        self.told = told

    def refused(self, command: Command, by: Actor = DUTY) -> Refusal:
        refusal = self.do(command, by)
        assert refusal is not None
        return refusal

    def pass_time(self, span: timedelta) -> list[Notice]:
        """Serve every wake of a span; return what was told meanwhile."""
        return [notice for _, notice in self.woken(span)]
