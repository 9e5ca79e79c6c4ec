"""The incident on the table while a command is decided, and who asks."""

from __future__ import annotations

from dataclasses import dataclass

from plans.core.authority import with_also
from plans.core.case import OpenCase
from plans.core.notice_context import NoticeContext as CaseNotices
from plans.core.outcome import CaseOutcome
from plans.incident.state import Incident
from plans.model import Response


@dataclass(slots=True)
class Case(OpenCase[Incident]):
    """Collects events; ``incident`` always shows the state after them."""

    @property
    def incident(self) -> Incident:
        """The incident after the events so far."""
        return self.state

    @property
    def staff(self) -> bool:
        """Whether the actor is the duty officer or holds a role of the plan, and came in a way with authority."""
        return self.actor.via == "direct" and bool(self.actor.roles & {"duty", *self.plan.roles})

    def own_roles(self) -> list[str]:
        """Return the plan's roles that the actor holds, those held with them (``also``), then ``duty``."""
        return [*with_also(self.plan, self.actor.roles), *(role for role in ("duty",) if role in self.actor.roles)]

    def response(self, level: str | None) -> Response | None:
        """Return the plan's response of a level."""
        return next((item for item in self.plan.responses if item.level == level), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome(CaseOutcome[Incident]):
    """What a command about an incident comes to."""


@dataclass(frozen=True, slots=True)
class NoticeContext(CaseNotices[Incident]):
    """What the makers of an incident's notices see."""

    def is_open(self, key: str) -> bool:
        """Whether an obligation instance is still open after the command."""
        instance = self.after.instances.get(key)
        return instance is not None and instance.status == "open"

    def called(self) -> list[str]:
        """Return the units that take part and can be reached."""
        return [unit for unit, call in self.after.calls.items() if call.involved and call.reachable]
