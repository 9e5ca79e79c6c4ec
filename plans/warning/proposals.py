"""What waits to be issued or passed on is amended or dismissed, and the seat is reminded of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.warning.asking import ask
from plans.warning.case import Case, NoticeContext
from plans.warning.content import ContentStated, faulty, graded, stated
from plans.warning.state import WarningCase

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class AmendProposal(Command):
    """Set right what was read, before it is issued; only the fields that are named change."""

    fields: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class DismissProposal(Command):
    """It is not issued and not passed on, for a reason."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposalAmended(ContentStated, name="warning-amended", personal=("text", "words")):
    """What was read was set right; it states everything anew.

    Attributes:
        fields: what was set right.
    """

    by: str
    fields: tuple[str, ...]

    touches = ("proposed",)


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposalDismissed(Event, name="warning-dismissed", personal=("reason",)):
    """It is not issued, not passed on, or the change is not made."""

    by: str
    reason: str | None = None

    touches = ("proposed",)


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposalRung(Event, name="warning-proposal-rung"):
    """The seat was reminded that a warning waits."""

    ordinal: int


# --- what may happen


@decides(AmendProposal)
def amend_proposal(case: Case, command: AmendProposal) -> Refusal | None:
    """The office sets right what was read; what a person set has his word, not those of the text."""
    proposal = case.warning.proposal
    if proposal is None:
        return Refusal(key="nothing_proposed")
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    fields = graded(case.plan, command.fields)
    changed = {name: value for name, value in fields.items() if getattr(proposal.content, name) != value}
    if not changed:
        return Refusal(key="same_as_before")
    words = {name: said for name, said in proposal.content.words.items() if name not in changed}
    content = replace(proposal.content, **changed, words=words)
    problem = faulty(case, content)
    if problem is not None:
        return problem
    case.record(ProposalAmended(**stated(content), by=case.actor.id, fields=tuple(sorted(changed))))
    return None


@decides(DismissProposal)
def dismiss_proposal(case: Case, command: DismissProposal) -> Refusal | None:
    """The office does not issue it; why is kept."""
    if case.warning.proposal is None:
        return Refusal(key="nothing_proposed")
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    if not command.reason.strip():
        return Refusal(key="reason_for_dismissing", confirm="reason")
    case.record(ProposalDismissed(by=case.actor.id, reason=command.reason))
    return None


# --- what it does to the warning


@applies(ProposalAmended)
def _on_amended(warning: WarningCase, event: ProposalAmended, item: Recorded) -> None:
    if warning.proposal is not None:
        warning.proposal = replace(warning.proposal, sequence=item.sequence, content=event.content())


@applies(ProposalDismissed)
def _on_dismissed(warning: WarningCase, event: ProposalDismissed, item: Recorded) -> None:
    warning.proposal = None
    if not warning.stages:
        warning.state, warning.closing = "dismissed", event.reason or ""


@applies(ProposalRung)
def _on_rung(warning: WarningCase, event: ProposalRung, item: Recorded) -> None:
    if warning.proposal is not None:
        warning.proposal = replace(warning.proposal, rung=event.ordinal, rung_at=item.at)


# --- who is told


@tells(ProposalRung)
def _tell_rung(event: ProposalRung, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield from ask(context.after, again_at=item.at)
