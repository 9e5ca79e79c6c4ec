"""A level that may be raised for what the event is (敏感): judged by whom the plan says, then proposed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plans.acting import carries_out
from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import RAISING, SEAT, Key, to_role
from plans.core.notice import Notice, buttons
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, guards, tells
from plans.incident.case import Case, NoticeContext
from plans.incident.figures import effective
from plans.incident.proposals import Proposed
from plans.incident.records_beside import Raising
from plans.incident.revisions import revision
from plans.incident.state import KIND, RUNNING, Incident
from plans.model import MayRaise, Plan, Response
from plans.values import Options

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgeRaising(Command):
    """Say whether the level is to be raised by one (研判): it is proposed then, and declared by whom the plan lets.

    Attributes:
        raises: False = it stays as it is.
    """

    raises: bool = True
    reason: str = ""


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class RaisingAsked(Event, name="raising-asked"):
    """The plan lets a level be raised for what the event is: it was asked whether.

    Attributes:
        base: the level that is proposed or runs. level: the one above it.
    """

    base: str
    level: str
    fact: str
    clause: str

    touches = ("raising",)


@dataclass(frozen=True, kw_only=True, slots=True)
class RaisingJudged(Event, name="raising-judged", personal=("name", "reason")):
    """Somebody judged whether the level is to be raised."""

    raises: bool
    base: str
    level: str
    clause: str
    by_role: str
    name: str | None = None
    reason: str | None = None

    touches = ("raising",)


# --- what the plan says

STATED = Options(frozenset({True}))


def holding(plan: Plan, incident: Incident) -> MayRaise | None:
    """Return the first rule whose circumstance is certain, whoever said so."""
    if not plan.raising:
        return None
    facts = effective(incident)
    return next((rule for rule in plan.raising if facts.get(rule.fact) == STATED), None)


def base_of(incident: Incident) -> str | None:
    """Return the level that would be raised: the one that is proposed, else the one that runs."""
    proposal = incident.proposal
    return proposal.level if proposal is not None and not proposal.declined else incident.response_level


def above(plan: Plan, level: str | None) -> Response | None:
    """Return the plan's next response above a level, None where it is the highest or there is no level yet."""
    if level is None:
        return None
    higher = [item for item in plan.responses if plan.height(item.level) > plan.height(level) and not item.external]
    return min(higher, key=lambda item: plan.height(item.level), default=None)


# --- what may happen


@carries_out("question", "raise", "MayRaise")
def ask(case: Case) -> None:
    """Ask whether the level is to be raised, once for each level, until somebody has judged it."""
    incident = case.incident
    asked = incident.raising
    if incident.state not in RUNNING or (asked is not None and asked.judged):
        return
    rule, base = holding(case.plan, incident), base_of(incident)
    response = above(case.plan, base)
    if rule is None or base is None or response is None or (asked is not None and asked.base == base):
        return
    case.record(RaisingAsked(base=base, level=response.level, fact=rule.fact, clause=rule.clause))


@carries_out("command", "raise", "MayRaise.judged_by")
@decides(JudgeRaising)
def judge(case: Case, command: JudgeRaising) -> Refusal | None:
    """Judge it; to raise proposes the next level with the reason, and declares nothing."""
    incident, plan = case.incident, case.plan
    if not plan.raising:
        return Refusal(key="no_raising")
    rule = holding(plan, incident) or plan.raising[0]
    role = next((item for item in case.own_roles() if item in rule.judged_by), None)
    if role is None:
        return Refusal(key="not_yours_to_judge_raising", clause=rule.clause, who=rule.judged_by)
    if incident.state not in RUNNING:
        return Refusal(key="not_running", params={"state": incident.state})
    if holding(plan, incident) is None:
        return Refusal(key="raising_not_stated", clause=rule.clause, params={"fact": plan.facts[rule.fact].label})
    if incident.raising is not None and incident.raising.judged:
        return Refusal(key="raising_judged", clause=rule.clause, params={"level": incident.raising.level})
    base = base_of(incident)
    response = above(plan, base)
    if base is None or response is None:
        return Refusal(key="nothing_to_raise", clause=rule.clause, params={"level": base or ""})
    why = command.reason.strip()
    case.record(
        RaisingJudged(
            raises=command.raises,
            base=base,
            level=response.level,
            clause=rule.clause,
            by_role=role,
            name=case.actor.name or None,
            reason=why or None,
        )
    )
    if command.raises:
        case.record(
            Proposed(
                level=response.level,
                clause=rule.clause,
                to_roles=response.declared_by,
                because=(f"{plan.facts[rule.fact].label}{f'：{why}' if why else ''}",),
                by_person=True,
            )
        )
    return None


# --- what it does to the incident


@applies(RaisingAsked)
def _on_asked(incident: Incident, event: RaisingAsked, item: Recorded) -> None:
    incident.raising = Raising(base=event.base, level=event.level, at=item.at)


@applies(RaisingJudged)
def _on_judged(incident: Incident, event: RaisingJudged, item: Recorded) -> None:
    incident.raising = Raising(
        base=event.base, level=event.level, at=item.at, judged=True, raises=event.raises, by_role=event.by_role,
        reason=event.reason or "",
    )  # fmt: skip


revision("raising", "raising", "response", "proposal")


@guards(KIND)
def _open(incident: Incident) -> Iterator[Key]:
    if incident.state in RUNNING and incident.raising is not None and not incident.raising.judged:
        yield RAISING


# --- who is told


@tells(RaisingAsked)
def _tell_asked(event: RaisingAsked, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    rule = next((rule for rule in context.plan.raising if rule.fact == event.fact), None)
    presses = buttons(
        ("raise_level", f"raise_to:{event.level}", RAISING, {"level": event.level}),
        ("raise_not", "raise_not", RAISING, {}),
        ("open_clause", "open_clause", RAISING, {"clause": event.clause}),
    )
    params = {"base": event.base, "level": event.level, "fact": event.fact, "clause": event.clause}
    yield Notice(kind="asked", key="may_raise", to=SEAT, priority=2, guard=RAISING, params=params)
    for role in rule.judged_by if rule is not None else ():
        yield Notice(
            kind="asked", key="may_raise_role", to=to_role(role), priority=2, guard=RAISING, params=params,
            buttons=presses,
        )  # fmt: skip


@tells(RaisingJudged)
def _tell_judged(event: RaisingJudged, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(
        kind="note", key="raising_judged", to=SEAT, priority=2,
        params={"raises": event.raises, "level": event.level, "role": event.by_role, "clause": event.clause},
    )  # fmt: skip
