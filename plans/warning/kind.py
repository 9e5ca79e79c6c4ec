"""Warnings as a kind of case: which topics there are, what is refused of all commands, what is drawn anew."""

from __future__ import annotations

from plans.core import files, kind
from plans.core.command import ClockCommand, Command
from plans.core.keys import GROUP
from plans.core.kind import CaseKind
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.warning import (  # each registers its topic
    expiry,
    issuing,
    measures,
    oral,
    plan_choice,
    proposals,
    ringing,
    taking,
    waking,
)
from plans.warning.case import Case, NoticeContext, Outcome
from plans.warning.state import KIND, WarningCase
from plans.warning.wake import WarningWake, wakes

TOPICS = (taking, plan_choice, proposals, issuing, oral, waking, ringing, measures, files, expiry)
"""In the order of a warning's life."""


def _refuses(case: Case, command: Command) -> Refusal | None:
    warning = case.warning
    if command.opens:
        return Refusal(key="already_reported", params={"number": warning.number})
    if not command.may_come(case.actor.via) and not isinstance(command, ClockCommand):
        return Refusal(key="no_authority_that_way", params={"via": case.actor.via})
    if not warning.open and not command.any_state:
        return Refusal(key="warning_closed", params={"state": warning.state})
    return None


WARNING = kind.install(
    CaseKind(
        name=KIND,
        state=WarningCase,
        case=Case,
        outcome=Outcome,
        context=NoticeContext,
        refuses=_refuses,
        follows=lambda case, command: None,
        shows=(Notice(kind="card", key="card", to=GROUP, priority=3, edits=True),),
        statements=lambda warning: {},
        wakes=wakes,
        wake=WarningWake,
    )
)
