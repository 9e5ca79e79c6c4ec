"""The life of an instruction or a notice in the core alone: commands in order, the clock moved by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from plans.core.command import Actor, Command, Shown
from plans.core.event import Recorded
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.policy import DEFAULT_POLICY, Policy
from plans.desk.announcements import OpenAnnouncement
from plans.desk.instructions import GiveInstruction, OpenInstruction
from plans.model import Plan
from plans.times import BEIJING
from tests.factories import CAMPUS
from tests.plans.case_life import CaseLife

START = datetime(2026, 11, 30, 11, 0, tzinfo=BEIJING)  # a Monday
UNITS = ("区公安分局", "区消防救援大队", "区卫生健康和体育局", "区应急管理局", "区教育局")
TO = tuple(f"unit:{name}" for name in UNITS)
OPENED: dict[str, Any] = {
    "plan": CAMPUS.id,
    "plan_hash": "h",
    "jurisdiction": CAMPUS.jurisdiction.name,
    "number": 3,
    "year": 2026,
}


def actor(*roles: str, units: tuple[str, ...] = (), via: str = "direct", id: str = "") -> Actor:
    name = id or "-".join((*roles, *units)) or "nobody"
    return Actor(id=name, name=name, roles=frozenset(roles), units=frozenset(units), via=via)


DUTY, COMMANDER, DIRECTOR, ADMIN, NOBODY = (
    actor("duty"), actor("commander"), actor("director"), actor("admin"), actor(),
)  # fmt: skip
SYSTEM = Actor(id="system", roles=frozenset({"system"}))


def liaison(*units: str, id: str = "") -> Actor:
    return actor("liaison", units=units, id=id)


@dataclass
class Life(CaseLife):
    """One text of the desk."""

    kind: str = "instruction"
    plan: Plan = CAMPUS
    policy: Policy = DEFAULT_POLICY
    now: datetime = START
    log: list[Recorded] = field(default_factory=list)
    told: list[Notice] = field(default_factory=list)

    @property
    def stream(self) -> str:
        return f"{self.kind}:1"

    def do(self, command: Command, by: Actor = DUTY, shown: Shown | None = None) -> Refusal | None:
        told = self.decided(command, by, shown)
        return told if isinstance(told, Refusal) else None

    def heard(self, told: list[Notice]) -> None:
        self.told = told

    def refused(self, command: Command, by: Actor = DUTY) -> str:
        refusal = self.do(command, by)
        assert refusal is not None, f"{command} was done"
        return refusal.key

    def must(self, command: Command, by: Actor = DUTY) -> list[Notice]:
        refusal = self.do(command, by)
        assert refusal is None, refusal
        return self.told

    def pass_time(self, span: timedelta) -> list[tuple[datetime, Notice]]:
        """Serve every wake of a span; return what was told meanwhile, and when."""
        return list(self.woken(span))


def drafted(**changes: Any) -> Life:
    life = Life()
    values: dict[str, Any] = {"text": "举一反三，全区排查", "giver": "王副区长", "recipients": TO, **changes}
    life.must(OpenInstruction(**OPENED, **values))
    return life


def given(**changes: Any) -> Life:
    life = drafted(**changes)
    life.must(GiveInstruction())
    return life


def notice_draft(**changes: Any) -> Life:
    life = Life("announcement")
    if (now := changes.pop("now", None)) is not None:
        life.now = now
    values: dict[str, Any] = {"text": "明早8点开会", "recipients": TO, **changes}
    life.must(OpenAnnouncement(**OPENED, **values))
    return life
