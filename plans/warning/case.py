"""The warning on the table while a command is decided."""

from __future__ import annotations

from dataclasses import dataclass

from plans.core.case import OpenCase
from plans.core.notice_context import NoticeContext as CaseNotices
from plans.core.outcome import CaseOutcome
from plans.warning.state import WarningCase


@dataclass(slots=True)
class Case(OpenCase[WarningCase]):
    """Collects events; ``warning`` always shows the state after them."""

    @property
    def warning(self) -> WarningCase:
        """The warning after the events so far."""
        return self.state

    @property
    def staff(self) -> bool:
        """Whether the actor is the duty officer or holds a role of the plan, and came in a way with authority."""
        return self.actor.via == "direct" and bool(self.actor.roles & {"duty", *self.plan.roles})


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome(CaseOutcome[WarningCase]):
    """What a command about a warning comes to."""


@dataclass(frozen=True, slots=True)
class NoticeContext(CaseNotices[WarningCase]):
    """What the makers of a warning's notices see."""
