"""A response level that the facts speak for: proposed to whoever may decide, rung for, declined, withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from plans.core import keys
from plans.core.authority import Word, own_word, with_also
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import SEAT, Key, to_role
from plans.core.notice import Notice, NoticeType, Press, buttons, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, guards, revises, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.records_decided import Proposal
from plans.incident.revisions import standing
from plans.incident.state import KIND, Incident
from plans.model import Response

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclineProposal(Command):
    """暂不启动."""

    reason: str = ""


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposed(Event, name="proposed"):
    """The program proposed a response level to those whom the plan lets decide.

    ``by_person``: one of those who decide it together began it.
    """

    level: str
    clause: str
    to_roles: tuple[str, ...]
    because: tuple[str, ...] = ()
    by_person: bool = False

    touches = ("proposal",)


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposalRung(Event, name="proposal-rung"):
    """A silent decider: the duty seat was asked again to ring; ``widened`` are roles offered what they may declare."""

    ordinal: int
    widened: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposalDeclined(Event, name="proposal-declined", personal=("spoken_by", "recorded_by", "reason")):
    """Somebody who may decide said 暂不启动; with ``oral`` on the telephone, recorded by the duty officer."""

    level: str
    by_role: str
    reason: str | None = None
    oral: bool = False
    spoken_role: str = ""
    spoken_by: str | None = None
    spoken_at: datetime | None = None
    recorded_by: str | None = None

    reassesses = True
    touches = ("proposal",)


@dataclass(frozen=True, kw_only=True, slots=True)
class OfferDeclined(Event, name="offer-declined", personal=("reason",)):
    """Somebody who was offered a lower level, while the one who may decide is silent, will not declare it.

    The proposal itself stays open. ``level`` is the proposed one.
    """

    level: str
    roles: tuple[str, ...]
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposalWithdrawn(Event, name="proposal-withdrawn"):
    """The figures or judgements no longer speak for the proposed level, and nobody had decided yet."""

    level: str

    touches = ("proposal",)


# --- what may happen


@decides(DeclineProposal)
def decline(case: Case, command: DeclineProposal) -> Refusal | None:
    """暂不启动: the proposal stops ringing; a new one needs other figures or judgements."""
    return decline_by(case, command.reason, own_word(case))


def decline_by(case: Case, reason: str, word: Word) -> Refusal | None:
    """暂不启动 by somebody's word."""
    proposal = case.incident.proposal
    if proposal is None or proposal.declined:
        return Refusal(key="no_proposal")
    own_roles = with_also(case.plan, word.roles)
    role = next((item for item in own_roles if item in proposal.to_roles), None)
    offered = tuple(item for item in own_roles if item in proposal.widened)
    if role is None and offered:
        case.record(OfferDeclined(level=proposal.level, roles=offered, reason=reason or None))
        return None
    if role is None:
        return Refusal(
            key="not_yours_to_decide",
            clause=proposal.clause,
            who=proposal.to_roles,
            params={"level": proposal.level},
        )
    case.record(
        ProposalDeclined(
            level=proposal.level,
            by_role=role,
            reason=reason or None,
            oral=word.oral,
            spoken_role=word.spoken_role,
            spoken_by=word.spoken_by,
            spoken_at=word.spoken_at,
            recorded_by=word.recorded_by,
        )
    )
    return None


# --- what it does to the incident


@applies(Proposed)
def _on_proposed(incident: Incident, event: Proposed, item: Recorded) -> None:
    """What some have said yes to before the facts spoke for another level is asked of them anew."""
    if not event.by_person:
        incident.agreed.clear()
    incident.proposal = Proposal(
        item.sequence, event.level, event.clause, event.to_roles, item.at, by_person=event.by_person
    )


@applies(ProposalRung)
def _on_rung(incident: Incident, event: ProposalRung, item: Recorded) -> None:
    if incident.proposal:
        widened = tuple(dict.fromkeys((*incident.proposal.widened, *event.widened)))
        incident.proposal = replace(incident.proposal, rung=event.ordinal, rung_at=item.at, widened=widened)


@applies(ProposalDeclined)
def _on_declined(incident: Incident, event: ProposalDeclined, item: Recorded) -> None:
    if incident.proposal:
        incident.proposal = replace(incident.proposal, declined=True, basis=incident.basis)
    incident.agreed.pop(event.level, None)


@applies(OfferDeclined)
def _on_offer_declined(incident: Incident, event: OfferDeclined, item: Recorded) -> None:
    if incident.proposal:
        refused = tuple(dict.fromkeys((*incident.proposal.refused, *event.roles)))
        incident.proposal = replace(incident.proposal, refused=refused)


@applies(ProposalWithdrawn)
def _on_withdrawn(incident: Incident, event: ProposalWithdrawn, item: Recorded) -> None:
    incident.proposal = None
    incident.agreed.clear()


@revises(KIND, "proposal")
def _revision(incident: Incident, of: str) -> int | None:
    proposal = incident.proposal
    if proposal is None or proposal.declined or str(proposal.sequence) != of:
        return None
    return standing(incident, of)


@guards(KIND)
def _open(incident: Incident) -> Iterator[Key]:
    if incident.proposal is not None and not incident.proposal.declined:
        yield keys.proposal(incident.proposal.sequence)


# --- who is told


declare(
    NoticeType("proposal", asks_to_decide=True, on_key="decide"),
    NoticeType(
        "proposal_again", asks_to_decide=True, repeats="proposal", escalates=True, joins_as="due", on_key="decide"
    ),
    NoticeType("proposal_widened", asks_to_decide=True, escalates=True, joins_as="due", on_key="decide"),
    NoticeType("wake_decider", rings_deciders=True),
    NoticeType("ring_decider", rings_deciders=True, joins_as="due"),
)


@tells(Proposed)
def _tell_proposed(event: Proposed, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    guard = keys.proposal(item.sequence)
    for role in event.to_roles:
        yield proposal_to("proposal", role, event.level, event.clause, guard)
    yield Notice(
        kind="proposal",
        key="wake_decider",
        to=SEAT,
        priority=1,
        ring=True,
        guard=guard,
        params={"level": event.level, "clause": event.clause, "roles": event.to_roles, "because": event.because},
        buttons=wake_buttons(event.level, guard),
    )


@tells(ProposalRung)
def _tell_rung(event: ProposalRung, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    proposal = context.after.proposal
    if proposal is None:
        return
    guard = keys.proposal(proposal.sequence)
    params = {
        "level": proposal.level,
        "clause": proposal.clause,
        "roles": proposal.to_roles,
        "ordinal": event.ordinal,
    }
    yield Notice(
        kind="escalation",
        key="ring_decider",
        to=SEAT,
        priority=1,
        ring=True,
        guard=guard,
        params=params,
        buttons=wake_buttons(proposal.level, guard),
    )
    for role in proposal.to_roles:
        yield proposal_to("proposal_again", role, proposal.level, proposal.clause, guard)
    for role in event.widened:
        response = _highest_below(context, role, proposal.level)
        if response is not None:
            yield proposal_to("proposal_widened", role, response.level, response.clause, guard)


def _highest_below(context: NoticeContext, role: str, level: str) -> Response | None:
    """Return the highest response that a role may declare, below the proposed one and above the declared one."""
    height = context.plan.height
    least = height(context.after.response_level)
    lower = [
        item
        for item in context.plan.responses
        if role in item.declared_by and not item.external and least < height(item.level) < height(level)
    ]
    return max(lower, key=lambda item: height(item.level), default=None)


@tells(ProposalDeclined)
def _tell_declined(event: ProposalDeclined, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(kind="note", key="declined", to=SEAT, params={"level": event.level, "role": event.by_role})


@tells(OfferDeclined)
def _tell_offer_declined(event: OfferDeclined, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(kind="note", key="offer_declined", to=SEAT, params={"level": event.level, "role": event.roles[0]})


@tells(ProposalWithdrawn)
def _tell_withdrawn(event: ProposalWithdrawn, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(kind="note", key="proposal_withdrawn", to=SEAT, params={"level": event.level})


def proposal_to(key: str, role: str, level: str, clause: str, guard: Key) -> Notice:
    """Return the question to a role whether a level is declared."""
    return Notice(
        kind="proposal",
        key=key,
        to=to_role(role),
        priority=1,
        ring=True,
        guard=guard,
        params={"level": level, "clause": clause},
        buttons=buttons(
            ("declare_preview", "start_level", guard, {"level": level}),
            ("decline", "not_now", guard, {"level": level}),
            ("open_clause", "open_clause", guard, {"clause": clause}),
        ),
    )


def wake_buttons(level: str, guard: Key) -> tuple[Press, ...]:
    """Return what the duty seat does about a silent decider: record what he says, or that nobody answers."""
    return buttons(("oral_start", "oral", guard, {"level": level}), ("ring_failed", "no_answer", guard, {}))
