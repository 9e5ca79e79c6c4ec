"""A case of the duty desk on the table while a command is decided; who writes at the desk and who reads there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from plans.core.case import OpenCase
from plans.core.command import Actor
from plans.core.notice_context import NoticeContext as CaseNotices
from plans.core.outcome import CaseOutcome
from plans.desk.state import DeskState
from plans.model import Plan

D = TypeVar("D", bound=DeskState)


@dataclass(slots=True)
class Case(OpenCase[D]):
    """Collects events; ``state`` always shows the case after them."""

    @property
    def writes(self) -> bool:
        """Whether the actor writes at this desk (:func:`writes_at`)."""
        return writes_at(self.actor)

    @property
    def reads(self) -> bool:
        """Whether the actor reads at this desk (:func:`reads_at`)."""
        return reads_at(self.actor, self.plan)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome(CaseOutcome[D]):
    """What a command about a case of the desk comes to."""


@dataclass(frozen=True, slots=True)
class NoticeContext(CaseNotices[D]):
    """What the makers of notices of a case of the desk see."""


def writes_at(actor: Actor) -> bool:
    """Return whether somebody writes at the desk: a duty officer of its plan, in a way that carries authority."""
    return "duty" in actor.roles and actor.via == "direct"


def reads_at(actor: Actor, plan: Plan) -> bool:
    """Return whether somebody reads what lies at the desk: duty officers, the plan's roles, administrators.

    Never units or reporters; what is addressed to one of them, he is told.
    """
    return bool(actor.roles & {"duty", "admin", *plan.roles})
