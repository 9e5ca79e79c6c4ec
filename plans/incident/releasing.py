"""Statements for the public (信息发布): drafted from confirmed figures, and approved where the plan asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from plans.acting import carries_out
from plans.core import keys
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import CASE, SEAT, Audience, Key, to_role
from plans.core.notice import Notice, NoticeType, Press, buttons, declare
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, guards, revises, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.figures import confirmed, counted, hearsay
from plans.incident.records import Instance
from plans.incident.records_beside import Statement
from plans.incident.revisions import running
from plans.incident.state import CASUALTIES, KIND, Incident
from plans.model import Plan, Release
from plans.values import as_data

PUBLIC = (*CASUALTIES, "trapped")
"""Figures that a statement gives."""

_PEOPLE = re.compile(r"[0-9０-９〇零一二两三四五六七八九十百千几数多余]\s*(?:多|余)?(?:人|名|例|位)")
"""A number of people: in a statement only the record's own may stand."""

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftRelease(Command):
    """Lay a statement before whoever decides about it.

    Attributes:
        text: the whole statement as it was shown. addition: what of it the officer wrote himself.
        obligation: the instance that it is made for; empty = whichever is due first when it is published.
        publisher: who publishes, where the plan names nobody.
    """

    text: str
    addition: str = ""
    obligation: str = ""
    publisher: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ApproveRelease(Command):
    """Approve a statement or send it back: the role that the plan names, or the duty officer notes a body outside.

    Attributes:
        release: number of the draft in the log.
        taker: who of the body outside said so.
    """

    release: int
    approved: bool = True
    reason: str = ""
    taker: str = ""


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleaseDrafted(Event, name="release-drafted", personal=("text", "name")):
    """A statement was laid before whoever decides; ``figures`` are the confirmed ones that it gives."""

    text: str | None
    figures: dict[str, Any] = field(default_factory=dict)
    clause: str
    publisher: str
    approval: str = ""
    obligation: str = ""
    by: str
    name: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleaseApproved(Event, name="release-approved", personal=("name", "taker", "reason")):
    """Whoever the plan wants to approve it did, or sent it back with a reason."""

    release: int
    approved: bool
    approval: str
    by: str
    name: str | None = None
    taker: str | None = None
    reason: str | None = None
    recorded: bool = False


# --- what may happen


def releasable(incident: Incident) -> dict[str, Any]:
    """Return the figures that may be published, as plain data: confirmed, and nothing is open about them."""
    unsettled = {item.fact for item in incident.unsure.values()} | {*incident.conflicts, *incident.read_twice}
    if hearsay(incident):
        unsettled.add("deaths")
    known = counted(incident)
    figures: dict[str, Any] = {}
    for fact in PUBLIC:
        value = confirmed(incident, fact)
        if value is not None and fact not in unsettled and known.get(fact) == value:
            figures[fact] = as_data(value)
    return figures


@carries_out("right", "release", "Release.levels", "Release.roles", "Release.units", "Release.above", "Release.by")
def rule_of(plan: Plan, level: str | None) -> Release | None:
    """Return who publishes at an event level; None where the plan names nobody, or it hangs on the level."""
    fitting = [item for item in plan.releases if not item.levels or level in item.levels]
    return next((item for item in fitting if item.roles or item.units), fitting[0] if fitting else None)


def needs_level(plan: Plan, level: str | None) -> bool:
    """Whether who publishes hangs on an event level that nobody has determined."""
    return level not in plan.event_levels and bool(plan.releases) and rule_of(plan, level) is None


def public_instances(plan: Plan, incident: Incident) -> list[Instance]:
    """Return what is owed to the public, the earliest due first."""
    public = {unit.id for unit in plan.units if unit.medium}
    return [item for item in incident.open_instances if not item.possible and item.to and set(item.to) <= public]


def release_refused(case: Case) -> Refusal | None:
    """Return why nothing can be drafted now."""
    if not case.staff:
        return Refusal(key="staff_only", who=("duty",))
    if case.incident.verified_at is None:
        clause = case.plan.releases[0].clause if case.plan.releases else ""
        return Refusal(key="release_unverified", clause=clause)
    if needs_level(case.plan, case.incident.event_level):
        return Refusal(key="release_needs_level", clause=case.plan.releases[0].clause)
    return None


@decides(DraftRelease)
def draft(case: Case, command: DraftRelease) -> Refusal | None:
    """Lay a statement before whoever decides; it gives confirmed figures and no others."""
    problem = release_refused(case)
    if problem:
        return problem
    rule = rule_of(case.plan, case.incident.event_level)
    if rule is None and not command.publisher.strip():
        return Refusal(key="release_unnamed", confirm="reason")
    clause = rule.clause if rule is not None else ""
    if not command.text.strip():
        return Refusal(key="release_empty", clause=clause)
    if _PEOPLE.search(command.addition):
        return Refusal(key="release_own_figures", clause=clause)
    pending = [item for item in case.incident.statements.values() if item.status == "draft"]
    if any((item.text, item.obligation) == (command.text, command.obligation) for item in pending):
        return Refusal(key="already_drafted", clause=clause)
    if command.obligation and command.obligation not in {
        item.key for item in public_instances(case.plan, case.incident)
    }:
        return Refusal(key="unknown_obligation", params={"given": command.obligation, "known": []})
    case.record(
        ReleaseDrafted(
            text=command.text,
            figures=releasable(case.incident),
            clause=clause,
            publisher=rule.above or rule.by if rule is not None else command.publisher,
            approval=rule.approval if rule is not None else "",
            obligation=command.obligation,
            by=case.actor.id,
            name=case.actor.name or None,
        )
    )
    return None


def pending(case: Case, number: int) -> Statement | Refusal:
    """Return a draft that nobody has decided about, or why there is none."""
    statement = case.incident.statements.get(number)
    if statement is None or statement.status != "draft":
        return Refusal(key="release_settled", clause=statement.clause if statement is not None else "")
    return statement


@carries_out("right", "approve_release", "Release.approval", "Release.approvers")
@decides(ApproveRelease)
def approve(case: Case, command: ApproveRelease) -> Refusal | None:
    """The approval that the plan wants first; of a body outside the duty officer notes who said it."""
    statement = pending(case, command.release)
    if isinstance(statement, Refusal):
        return statement
    rule = rule_of(case.plan, case.incident.event_level)
    if not statement.approval or rule is None:
        return Refusal(key="release_without_approval", clause=statement.clause)
    own = set(case.own_roles()) & set(rule.approvers)
    recorded = not own and "duty" in case.actor.roles
    if not own and not recorded:
        return Refusal(key="not_yours_to_approve", clause=statement.clause, who=rule.approvers or ("duty",))
    if not command.approved and not command.reason.strip():
        return Refusal(key="reason_to_send_back", clause=statement.clause, confirm="reason")
    case.record(
        ReleaseApproved(
            release=command.release,
            approved=command.approved,
            approval=statement.approval,
            by=case.actor.id,
            name=case.actor.name or None,
            taker=command.taker or None,
            reason=command.reason or None,
            recorded=recorded,
        )
    )
    return None


# --- what it does to the incident


@applies(ReleaseDrafted)
def _on_drafted(incident: Incident, event: ReleaseDrafted, item: Recorded) -> None:
    for number, other in incident.statements.items():
        if other.status == "draft":
            incident.statements[number] = replace(other, status="replaced")
    incident.statements[item.sequence] = Statement(
        sequence=item.sequence, changed=item.sequence, at=item.at, text=event.text or "", figures=dict(event.figures),
        clause=event.clause, publisher=event.publisher, approval=event.approval, obligation=event.obligation,
        name=event.name or "",
    )  # fmt: skip


@applies(ReleaseApproved)
def _on_approved(incident: Incident, event: ReleaseApproved, item: Recorded) -> None:
    statement = incident.statements.get(event.release)
    if statement is not None:
        incident.statements[event.release] = replace(
            statement, changed=item.sequence, approved=event.approved, approved_at=item.at, rung=0, rung_at=None,
            approved_by=event.taker or event.name or "", reason=event.reason or "",
            status="draft" if event.approved else "returned",
        )  # fmt: skip


@revises(KIND, "statement")
def _revision(incident: Incident, of: str) -> int | None:
    statement = incident.statements.get(int(of)) if of.isdecimal() else None
    standing = running()(incident, of)
    if statement is None or statement.status != "draft" or standing is None:
        return None
    return max(standing, statement.changed)


@guards(KIND)
def _open(incident: Incident) -> Iterator[Key]:
    for item in incident.statements.values():
        if item.status == "draft":
            yield keys.statement(item.sequence)


# --- who is told


declare(NoticeType("release_approval", asks_to_decide=True), NoticeType("release_ready", asks_to_decide=True))


def acting(plan: Plan, incident: Incident, number: int) -> list[tuple[Audience, tuple[Press, ...]]]:
    """Return who does what comes next of a draft, each with his buttons: approve it, submit it, or publish it.

    Of a body outside the duty seat notes the approval; so it can note the spoken word of whoever may publish.
    """
    statement, rule = incident.statements[number], rule_of(plan, incident.event_level)
    guard, args = keys.statement(number), {"release": number}
    if statement.approval and not statement.approved:
        presses = buttons(
            ("release_approve", "release_approve", guard, args), ("release_return", "release_return", CASE, args)
        )
        approvers = [to_role(role) for role in (rule.approvers if rule is not None else ())]
        return [(to, presses) for to in approvers or [SEAT]]
    if rule is not None and rule.above:
        return [(SEAT, buttons(("release_submitted", "release_submitted", guard, args)))]
    presses = buttons(("release_preview", "release_preview", CASE, args))
    return [(to, presses) for to in (*(to_role(role) for role in (rule.roles if rule is not None else ())), SEAT)]


def _ask_next(number: int, context: NoticeContext) -> Iterator[Notice]:
    """Ask whoever acts next; what another body publishes is only to be submitted to it."""
    statement = context.after.statements[number]
    rule = rule_of(context.plan, context.after.event_level)
    to_approve = bool(statement.approval) and not statement.approved
    submits = not to_approve and rule is not None and bool(rule.above)
    for to, presses in acting(context.plan, context.after, number):
        yield Notice(
            kind="note" if submits else "asked", to=to, priority=2 if submits else 1, ring=not submits,
            key="release_approval" if to_approve else "release_submit" if submits else "release_ready",
            guard=keys.statement(number), params={"sequence": number}, buttons=presses,
        )  # fmt: skip


@tells(ReleaseDrafted)
def _tell_drafted(event: ReleaseDrafted, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield from _ask_next(item.sequence, context)


@tells(ReleaseApproved)
def _tell_approved(event: ReleaseApproved, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    if event.approved:
        yield from _ask_next(event.release, context)
    else:
        yield Notice(kind="note", key="release_returned", to=SEAT, priority=2, params={"sequence": event.release})
