"""Response levels, declared and adjusted: only by the word of whoever the plan lets decide, alone or jointly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from plans.acting import carries_out
from plans.bodies import known_units
from plans.core import keys
from plans.core.authority import Spoken, Word, for_whom, own_word, spoken, with_also
from plans.core.command import NOBODY, Acting, Command
from plans.core.event import Recorded
from plans.core.keys import GROUP, RINGING, SEAT, to_role
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, tells
from plans.incident.authority import clause_of, declarers, lowers
from plans.incident.calling import UnitCalled
from plans.incident.calling_units import call_units
from plans.incident.case import Case, NoticeContext
from plans.incident.proposals import Proposed, proposal_to, wake_buttons
from plans.incident.records_decided import Adjusted
from plans.incident.signing import decision, to_sign
from plans.incident.state import RUNNING, Incident
from plans.model import Plan, Response

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class Declare(Command):
    """Declare or adjust the response level.

    Attributes:
        units: the units to call, where the plan leaves the choice open; ``None`` = as picked.
        unreachable: units that nobody answers for, from the directory of people.
    """

    level: str
    reason: str = ""
    expected: str = ""
    units: tuple[str, ...] | None = None
    unreachable: frozenset[str] = NOBODY


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreed(Spoken, name="agreed", personal=("spoken_by", "recorded_by", "reason", "acting_for")):
    """One of those who decide together has said yes to a level; ``missing`` have not yet.

    The other attributes are as in ``Declared``.
    """

    level: str
    clause: str
    roles: tuple[str, ...]
    missing: tuple[str, ...]

    touches = ("proposal",)


@dataclass(frozen=True, kw_only=True, slots=True)
class Declared(Spoken, name="declared", personal=("spoken_by", "recorded_by", "reason", "acting_for")):
    """A response level was declared or adjusted.

    Attributes:
        role: under which it was decided.
        oral: it was spoken, and recorded by the duty officer (代录).
        spoken_role: who spoke and owes the signature; perhaps one that holds ``role`` besides.
        acting_for, acting_until: the role was held for that person until then (代行).
        jointly: the roles that decided it together, empty where one decided.
        settles: the declarer might have declared the proposed level and chose this one: it is not proposed again.
    """

    level: str
    previous: str | None
    clause: str
    role: str
    matter: str = ""
    expected: str = ""
    measures: tuple[str, ...] = ()
    proposed: str | None = None
    settles: bool = False
    jointly: tuple[str, ...] = ()

    reassesses = True
    touches = ("response",)


# --- what may happen


@decides(Declare)
def declare(case: Case, command: Declare) -> Refusal | None:
    """Declare or adjust a level in one's own name."""
    return declare_by(case, command, own_word(case))


@carries_out("command", "declare", "Response.level", "Response.jointly")
@carries_out("list", "announcement", "Response.measures")
def declare_by(case: Case, command: Declare, word: Word) -> Refusal | None:
    """Declare or adjust a level by somebody's word; where several decide jointly, record his yes."""
    incident, level = case.incident, command.level
    response = case.response(level)
    if response is None:
        levels = [item.level for item in case.plan.responses]
        return Refusal(key="unknown_level", params={"given": level, "known": levels})
    if incident.state not in RUNNING:
        return Refusal(key="not_running", params={"state": incident.state})
    if incident.response_level == level:
        return Refusal(key="already_declared", clause=response.clause, params={"level": level})
    own_roles, allowed = with_also(case.plan, word.roles), declarers(case, response)
    role = next((item for item in own_roles if item in allowed), None)
    if role is None:
        return Refusal(
            key="not_yours_to_declare",
            clause=clause_of(case, response),
            who=allowed,
            params={"level": level},
        )
    proposal = incident.proposal if incident.proposal and not incident.proposal.declined else None
    other = proposal is not None and proposal.level != level
    if proposal is not None and other and not command.reason.strip():
        return Refusal(
            key="reason_for_other_level",
            clause=clause_of(case, response),
            params={"level": level, "proposed": proposal.level},
            confirm="reason",
        )
    unknown = [unit for unit in command.units or () if unit not in known_units(case.plan, incident)]
    if unknown:
        return Refusal(key="unknown_unit", params={"given": unknown})
    jointly = response.jointly and not lowers(case, response)
    voices = one_voice(case, response, word) if jointly else []
    role = voices[0] if jointly else role
    acting = for_whom(case, word, role)
    if jointly and missing(case, response, voices):
        return agree(case, response, clause_of(case, response), word, voices, acting, command.reason)
    case.record(
        Declared(
            level=level,
            previous=incident.response_level,
            clause=clause_of(case, response),
            role=role,
            matter=_matter(case),
            expected=command.expected,
            measures=response.measures,
            proposed=proposal.level if proposal else None,
            **spoken(word, command.reason, acting),
            settles=proposal is not None and other and bool(set(own_roles) & set(proposal.to_roles)),
            jointly=response.declared_by if jointly else (),
        )
    )
    call_units(case, response, incident.response_level, command.units, command.unreachable)
    return None


def _matter(case: Case) -> str:
    names = {item.id: item.name for item in case.plan.classes}
    parts = (case.incident.place, names.get(case.incident.event_class, case.incident.event_class))
    return "".join(part for part in parts if part)


def agree(
    case: Case, response: Response, clause: str, word: Word, voices: list[str], acting: Acting | None, reason: str
) -> Refusal | None:
    """Record the yes of one of them, and ask the others.

    A level that nobody proposed is proposed by it; a proposal of a higher one goes on ringing.
    """
    incident, roles = case.incident, missing(case, response, voices)
    mine = tuple(role for role in response.declared_by if role in voices)
    if set(mine) <= set(incident.agreed.get(response.level, ())):
        return Refusal(key="already_agreed", clause=clause, who=roles, params={"level": response.level})
    proposal = incident.proposal
    if proposal is None or proposal.declined or case.plan.height(proposal.level) < case.plan.height(response.level):
        case.record(Proposed(level=response.level, clause=clause, to_roles=roles, because=(), by_person=True))
    case.record(
        Agreed(
            level=response.level,
            clause=clause,
            roles=mine,
            missing=roles,
            **spoken(word, reason, acting),
        )
    )
    return None


def missing(case: Case, response: Response, roles: list[str]) -> tuple[str, ...]:
    """Return who has still to say yes after somebody who holds these roles; empty where one decides alone."""
    if not response.jointly:
        return ()
    agreed_roles = {*case.incident.agreed.get(response.level, ()), *roles}
    return tuple(role for role in response.declared_by if role not in agreed_roles)


def one_voice(case: Case, response: Response, word: Word) -> list[str]:
    """Return the roles of those who decide together for which one person speaks.

    Who acts for another (代行) speaks in his own role, or else for one other person: 共同研究 is of several.
    """
    lent = {item.role for item in word.acting}
    mine = _among(case, response, word.roles - lent)
    for item in () if mine else word.acting:
        mine = mine or _among(
            case, response, frozenset(other.role for other in word.acting if other.whose == item.whose)
        )
    return mine


def _among(case: Case, response: Response, roles: frozenset[str]) -> list[str]:
    return [role for role in with_also(case.plan, roles) if role in response.declared_by]


# --- what it does to the incident


@applies(Agreed)
def _on_agreed(incident: Incident, event: Agreed, item: Recorded) -> None:
    """Who has said yes is asked no more; his spoken word is owed its signature like any other."""
    incident.agreed[event.level] = tuple(dict.fromkeys((*incident.agreed.get(event.level, ()), *event.roles)))
    if incident.proposal is not None and incident.proposal.level == event.level:
        incident.proposal = replace(incident.proposal, to_roles=event.missing)
    incident.decisions.append(decision("agree", event.level, event.roles[0], event, item))


@applies(Declared)
def _on_declared(incident: Incident, event: Declared, item: Recorded) -> None:
    incident.state, incident.response_level, incident.response_role = "responding", event.level, event.role
    incident.declared_sequence = item.sequence
    incident.adjusted = Adjusted(event.previous, incident.basis, incident.event_level) if event.previous else None
    incident.units_asked = ""
    incident.end_conditions.clear()  # what was confirmed under one level is confirmed anew under another
    incident.assessors = ""
    if incident.response_started_at is None:
        incident.response_started_at = item.at
    else:
        incident.response_adjusted_at = item.at
    incident.agreed.clear()
    settled = incident.proposal if event.settles else None
    incident.proposal = replace(settled, declined=True, basis=incident.basis) if settled else None
    kind = "declare" if event.previous is None else "adjust"
    incident.decisions.append(decision(kind, event.level, event.role, event, item))


# --- who is told


def rises(plan: Plan, event: Declared) -> bool:
    """Return whether a declaration starts a response or raises its level."""
    return plan.height(event.level) > plan.height(event.previous)


def is_loud(plan: Plan, event: Declared) -> bool:
    """Return whether the announcement is pinned with a notification, which rings in muted groups too."""
    return rises(plan, event) and plan.loud(event.level)


@tells(Agreed)
def _tell_agreed(event: Agreed, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    proposal = context.after.proposal
    guard = keys.proposal(proposal.sequence) if proposal is not None else keys.NOTHING
    if not any(isinstance(other.event, Proposed) for other in context.events):
        for role in event.missing:
            yield proposal_to("proposal_again", role, event.level, event.clause, guard)
    yield Notice(
        kind="proposal",
        key="agreed",
        to=SEAT,
        priority=1,
        ring=True,
        guard=guard,
        params={"level": event.level, "clause": event.clause, "roles": event.roles, "missing": event.missing},
        buttons=wake_buttons(event.level, guard),
    )
    if event.oral:
        yield to_sign(event.spoken_id, event.spoken_role or event.roles[0], item.sequence)


@tells(Declared)
def _tell_declared(event: Declared, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield Notice(
        kind="announcement",
        key="announcement",
        to=GROUP,
        priority=1,
        ring=rises(context.plan, event),
        pin=True,
        params={"sequence": item.sequence},
    )
    # Leaders read it in private too: the group may be muted. Who declared it knows.
    for role in context.plan.roles:
        if role != event.role:
            yield Notice(
                kind="note", key="declared_leader", to=to_role(role), priority=2, params={"sequence": item.sequence}
            )
    if event.oral:
        yield to_sign(event.spoken_id, event.spoken_role or event.role, item.sequence)
    absent = tuple(
        call.event.unit for call in context.events if isinstance(call.event, UnitCalled) and not call.event.reachable
    )
    if absent:
        params = {"units": absent}
        yield Notice(kind="call", key="ring_units", to=SEAT, priority=1, ring=True, guard=RINGING, params=params)
