"""The case on the table while a command is decided: the plan, the incident so far, who asks, and the moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from plans import events as e
from plans.commands import Actor
from plans.incident import Incident, apply
from plans.model import Plan, Response
from plans.obligations import Policy


@dataclass(slots=True)
class Case:
    """Collects events; ``incident`` always shows the state after them."""

    plan: Plan
    incident: Incident
    actor: Actor
    now: datetime
    policy: Policy
    cause: str = ""
    recorded: list[e.Recorded] = field(default_factory=list)

    def record(self, *events: e.Event) -> None:
        """Append events in order, each in its place in the log."""
        start = self.incident.sequence
        items = [
            e.Recorded(sequence=start + number, at=self.now, actor=self.actor.id, event=event, cause=self.cause)
            for number, event in enumerate(events, 1)
        ]
        self.recorded.extend(items)
        self.incident = apply(self.incident, items)

    @property
    def staff(self) -> bool:
        """Whether the actor is the duty officer or holds a role of the plan, and came in a way with authority."""
        return self.actor.via == "direct" and bool(self.actor.roles & {"duty", *self.plan.roles})

    def held(self) -> list[str]:
        """Return the plan's roles that the actor holds, those held with them (``also``), then ``duty``."""
        return [*with_also(self.plan, self.actor.roles), *(role for role in ("duty",) if role in self.actor.roles)]

    def response(self, level: str | None) -> Response | None:
        """Return the plan's response of a level."""
        return next((item for item in self.plan.responses if item.level == level), None)

    def titles(self, roles: tuple[str, ...] | list[str]) -> tuple[str, ...]:
        """Return Chinese titles of role ids."""
        return tuple(title_of(self.plan, role) for role in roles)


def with_also(plan: Plan, roles: frozenset[str] | set[str]) -> list[str]:
    """Return role ids, highest rank first, followed by those that the same holder has too (``also``)."""
    held = {role for role in roles if role in plan.roles}
    extra = {also for role in held for also in plan.roles[role].also} - held
    return [role for some in (held, extra) for role in sorted(some, key=lambda role: plan.roles[role].rank)]


def title_of(plan: Plan, role: str) -> str:
    """Return how a role is called in Chinese; the program's own roles have names of their own."""
    own = {"duty": "值班员", "admin": "管理员", "reporter": "报告人", "liaison": "联络员", "head": "单位负责人",
           "system": "程序"}  # fmt: skip
    return plan.roles[role].title if role in plan.roles else own.get(role, role)
