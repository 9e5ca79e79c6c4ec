"""Who is told of proposed, declared and ended levels."""

from __future__ import annotations

from collections.abc import Iterator

from plans import events as e
from plans.model import Plan, Response
from plans.notices.notice import Notice, Press, buttons
from plans.notices.registry import Told, on
from plans.notices.units import RINGING


def rises(plan: Plan, event: e.Declared) -> bool:
    """Return whether a declaration starts a response or raises its level."""
    return plan.height(event.level) > plan.height(event.previous)


def is_loud(plan: Plan, event: e.Declared) -> bool:
    """Return whether the announcement is pinned with a notification, which rings in muted groups too."""
    return rises(plan, event) and plan.loud(event.level)


@on(e.Proposed)
def _proposed(event: e.Proposed, item: e.Recorded, told: Told) -> Iterator[Notice]:
    guard = f"proposal:{item.sequence}"
    for role in event.to_roles:
        yield _proposal("proposal", role, event.level, event.clause, guard)
    yield Notice(
        kind="proposal",
        key="wake_decider",
        to="seat",
        priority=1,
        ring=True,
        guard=guard,
        params={"level": event.level, "clause": event.clause, "roles": event.to_roles, "because": event.because},
        buttons=_wake_buttons(event.level, guard),
    )


def _proposal(key: str, role: str, level: str, clause: str, guard: str) -> Notice:
    return Notice(
        kind="proposal",
        key=key,
        to=f"role:{role}",
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


def _wake_buttons(level: str, guard: str) -> tuple[Press, ...]:
    return buttons(("oral_start", "oral", guard, {"level": level}), ("ring_failed", "no_answer", guard, {}))


@on(e.Agreed)
def _agreed(event: e.Agreed, item: e.Recorded, told: Told) -> Iterator[Notice]:
    proposal = told.after.proposal
    guard = f"proposal:{proposal.sequence}" if proposal is not None else ""
    if not any(isinstance(other.event, e.Proposed) for other in told.events):
        for role in event.missing:
            yield _proposal("proposal_again", role, event.level, event.clause, guard)
    yield Notice(
        kind="proposal",
        key="agreed",
        to="seat",
        priority=1,
        ring=True,
        guard=guard,
        params={"level": event.level, "clause": event.clause, "roles": event.roles, "missing": event.missing},
        buttons=_wake_buttons(event.level, guard),
    )
    if event.oral:
        yield _to_sign(event.spoken_id, event.spoken_role or event.roles[0], item.sequence)


@on(e.ProposalRung)
def _rung(event: e.ProposalRung, item: e.Recorded, told: Told) -> Iterator[Notice]:
    proposal = told.after.proposal
    if proposal is None:
        return
    guard = f"proposal:{proposal.sequence}"
    params = {
        "level": proposal.level,
        "clause": proposal.clause,
        "roles": proposal.to_roles,
        "ordinal": event.ordinal,
    }
    yield Notice(
        kind="escalation",
        key="ring_decider",
        to="seat",
        priority=1,
        ring=True,
        guard=guard,
        params=params,
        buttons=_wake_buttons(proposal.level, guard),
    )
    for role in proposal.to_roles:
        yield _proposal("proposal_again", role, proposal.level, proposal.clause, guard)
    for role in event.widened:
        response = _highest_below(told, role, proposal.level)
        if response is not None:
            yield _proposal("proposal_widened", role, response.level, response.clause, guard)


def _highest_below(told: Told, role: str, level: str) -> Response | None:
    """Return the highest response that a role may declare, below the proposed one and above the declared one."""
    height = told.plan.height
    least = height(told.after.response_level)
    lower = [
        item
        for item in told.plan.responses
        if role in item.declared_by and not item.external and least < height(item.level) < height(level)
    ]
    return max(lower, key=lambda item: height(item.level), default=None)


@on(e.ProposalDeclined)
def _declined(event: e.ProposalDeclined, item: e.Recorded, told: Told) -> Iterator[Notice]:
    yield Notice(kind="note", key="declined", to="seat", params={"level": event.level, "role": event.by_role})


@on(e.OfferDeclined)
def _offer_declined(event: e.OfferDeclined, item: e.Recorded, told: Told) -> Iterator[Notice]:
    yield Notice(kind="note", key="offer_declined", to="seat", params={"level": event.level, "role": event.roles[0]})


@on(e.ProposalWithdrawn)
def _withdrawn(event: e.ProposalWithdrawn, item: e.Recorded, told: Told) -> Iterator[Notice]:
    yield Notice(kind="note", key="proposal_withdrawn", to="seat", params={"level": event.level})


@on(e.Declared)
def _declared(event: e.Declared, item: e.Recorded, told: Told) -> Iterator[Notice]:
    yield Notice(
        kind="announcement",
        key="announcement",
        to="group",
        priority=1,
        ring=rises(told.plan, event),
        pin=True,
        params={"sequence": item.sequence},
    )
    # Leaders read it in private too: the group may be muted. Who declared it knows.
    for role in told.plan.roles:
        if role != event.role:
            yield Notice(
                kind="note", key="declared_leader", to=f"role:{role}", priority=2, params={"sequence": item.sequence}
            )
    if event.oral:
        yield _to_sign(event.spoken_id, event.spoken_role or event.role, item.sequence)
    absent = tuple(
        call.event.unit for call in told.events if isinstance(call.event, e.UnitCalled) and not call.event.reachable
    )
    if absent:
        params = {"units": absent}
        yield Notice(kind="call", key="ring_units", to="seat", priority=1, ring=True, guard=RINGING, params=params)


def _to_sign(spoke: str, role: str, sequence: int) -> Notice:
    return Notice(
        kind="note",
        key="to_sign",
        to=f"person:{spoke}" if spoke else f"role:{role}",
        priority=2,
        params={"sequence": sequence},
        buttons=buttons(("sign", "sign", f"decision:{sequence}", {})),
    )


@on(e.Ended)
def _ended(event: e.Ended, item: e.Recorded, told: Told) -> Iterator[Notice]:
    yield Notice(kind="ended", key="ended", to="group", priority=1, params={"sequence": item.sequence})
    for unit in told.called():
        yield Notice(kind="ended", key="ended_unit", to=f"unit:{unit}", priority=2, params={"unit": unit})
    if event.oral:
        yield _to_sign(event.spoken_id, event.spoken_role or event.role, item.sequence)
    yield Notice(kind="note", key="after_end", to="seat", priority=2)
    if told.after.drill and any(call.round for call in told.after.calls.values()):
        yield Notice(kind="note", key="answer_times", to="group", priority=2)
