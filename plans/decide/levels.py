"""Declaring, adjusting and ending: a level never changes but by the word of somebody whom the plan lets decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from plans import commands as c
from plans import events as e
from plans.decide.calling import call_units
from plans.decide.case import Case, title_of, with_also
from plans.decide.joint import agree, missing, one_voice
from plans.decide.outcome import Refusal
from plans.incident import RUNNING, Decision
from plans.model import Response

TOLERANCE = timedelta(minutes=1)
"""A spoken decision may lie this far ahead of our clock: telephones and computers differ a little."""

DECISIONS = ("declare", "adjust", "decline", "end")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Word:
    """By whose word: in one's own name, or spoken and recorded by the duty officer (代录)."""

    roles: frozenset[str]
    by: str
    oral: bool = False
    spoken_role: str = ""
    spoken_by: str | None = None
    spoken_id: str = ""
    spoken_at: datetime | None = None
    recorded_by: str | None = None
    acting: tuple[c.Acting, ...] = ()


def declare(case: Case, command: c.Declare) -> Refusal | None:
    """Declare or adjust a level in one's own name."""
    return _declare(case, command.level, command, _own(case))


def end(case: Case, command: c.End) -> Refusal | None:
    """End the response, or an incident that had none."""
    return _end(case, command.reason, _own(case))


def decline(case: Case, command: c.DeclineProposal) -> Refusal | None:
    """暂不启动: the proposal stops ringing; a new one needs other figures or judgements."""
    return _decline(case, command.reason, _own(case))


def record_oral(case: Case, command: c.RecordOral) -> Refusal | None:
    """代录: the duty officer, and nobody else, records a spoken decision; the signature of whoever spoke is owed."""
    if "duty" not in case.actor.roles or case.actor.via != "direct":
        return Refusal(key="oral_by_duty", who=case.titles(("duty",)))
    if command.of not in case.plan.roles:
        return Refusal(key="unknown_role", params={"given": command.of, "known": case.titles(list(case.plan.roles))})
    if command.decides not in DECISIONS:
        return Refusal(key="unknown_decision", params={"given": command.decides, "known": list(DECISIONS)})
    if command.spoken_at is not None and command.spoken_at > case.now + TOLERANCE:
        return Refusal(key="time_ahead", params={"given": command.spoken_at})
    word = _Word(
        roles=frozenset({command.of}),
        by=case.actor.id,
        oral=True,
        spoken_role=command.of,
        spoken_by=command.spoken_by or None,
        spoken_id=command.spoken_id,
        spoken_at=command.spoken_at or case.now,
        recorded_by=case.actor.name or None,
    )
    if command.decides == "end":
        return _end(case, command.reason, word)
    if command.decides == "decline":
        return _decline(case, command.reason, word)
    if command.level is None:
        return Refusal(key="level_missing", params={"known": [item.level for item in case.plan.responses]})
    return _declare(case, command.level, command, word)


def sign(case: Case, command: c.Sign) -> Refusal | None:
    """补签: sign what one has said on the telephone oneself; never what one has recorded of others."""
    owed = [item for item in case.incident.unsigned if command.decision in (0, item.sequence) and _spoke(case, item)]
    if not owed:
        return Refusal(key="nothing_to_sign", who=case.titles([item.signer for item in case.incident.unsigned]))
    case.record(*(e.Signed(sequence_of=item.sequence, role=item.signer, name=case.actor.name or None) for item in owed))
    return None


def _spoke(case: Case, item: Decision) -> bool:
    """Return whether the actor is the one who spoke.

    Where it is not on record which holder of the role that was, it is one who holds it in his own right: whoever acts
    for another (代行) signs only what he himself has said.
    """
    if item.by == case.actor.id:
        return False
    if item.spoken_id:
        return item.spoken_id == case.actor.id and item.signer in with_also(case.plan, case.actor.roles)
    own = case.actor.roles - {lent.role for lent in case.actor.acting}
    return item.spoken_by in ("", case.actor.name) and item.signer in with_also(case.plan, own)


def declarers(case: Case, response: Response) -> tuple[str, ...]:
    """Return the roles that may declare this level now.

    Raising: whoever the plan lets declare it. Lowering: by the plan's one rule for every pair of levels
    (``adjusting``); where it has none, lowering ends the higher level in part, so it lies with the role that declared
    that one or one above it.
    """
    if not lowers(case, response):
        return response.declared_by
    rule = case.plan.adjusting
    if rule is None:
        return tuple(dict.fromkeys((*_declarer_or_above(case), *response.adjusted_by)))
    return _declarer_or_above(case) if rule.lowered_by == "declarer_or_above" else rule.lowered_by


def lowers(case: Case, response: Response) -> bool:
    """Return whether declaring this response lowers the one that runs."""
    current = case.incident.response_level
    return current is not None and case.plan.height(response.level) < case.plan.height(current)


def clause_of(case: Case, response: Response) -> str:
    """Return the clause under which the level would be declared now: of the adjusting where that lowers it."""
    rule = case.plan.adjusting
    return rule.clause if rule is not None and lowers(case, response) else response.clause


def enders(case: Case) -> tuple[str, ...]:
    """Return the roles that may end the response (谁启动谁终止), where the plan names no others."""
    response = case.response(case.incident.response_level)
    if response is not None and response.ended_by != "declarer_or_above":
        return response.ended_by
    return _declarer_or_above(case)


def _declarer_or_above(case: Case) -> tuple[str, ...]:
    roles, declarer = case.plan.roles, case.incident.response_role
    ranked = sorted(roles, key=lambda role: roles[role].rank)
    if declarer not in roles:
        return tuple(ranked)
    return tuple(role for role in ranked if roles[role].rank < roles[declarer].rank or role == declarer)


def _own(case: Case) -> _Word:
    return _Word(roles=case.actor.roles, by=case.actor.id, acting=case.actor.acting)


def _for_whom(case: Case, word: _Word, role: str) -> c.Acting | None:
    """Return for whom a role is exercised, None where it is the person's own."""
    own = word.roles - {item.role for item in word.acting}
    if role in with_also(case.plan, own):
        return None
    return next((item for item in word.acting if role in with_also(case.plan, frozenset({item.role}))), None)


def _declare(case: Case, level: str, command: c.Declare | c.RecordOral, word: _Word) -> Refusal | None:
    incident = case.incident
    response = case.response(level)
    if response is None:
        known = [item.level for item in case.plan.responses]
        return Refusal(key="unknown_level", params={"given": level, "known": known})
    if incident.state not in RUNNING:
        return Refusal(key="not_running", params={"state": incident.state})
    if incident.response_level == level:
        return Refusal(key="already_declared", clause=response.clause, params={"level": level})
    held, allowed = with_also(case.plan, word.roles), declarers(case, response)
    role = next((item for item in held if item in allowed), None)
    if role is None:
        return Refusal(
            key="not_yours_to_declare",
            clause=clause_of(case, response),
            who=case.titles(allowed),
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
    unknown = [unit for unit in command.units or () if all(unit != item.id for item in case.plan.units)]
    if unknown:
        return Refusal(key="unknown_unit", params={"given": unknown})
    jointly = response.jointly and not lowers(case, response)
    voices = one_voice(case, response, word) if jointly else []
    role = voices[0] if jointly else role
    acting = _for_whom(case, word, role)
    if jointly and missing(case, response, voices):
        return agree(case, response, clause_of(case, response), word, voices, acting, command.reason)
    case.record(
        e.Declared(
            level=level,
            previous=incident.response_level,
            clause=clause_of(case, response),
            role=role,
            by=word.by,
            matter=_matter(case),
            expected=command.expected,
            measures=response.measures,
            proposed=proposal.level if proposal else None,
            oral=word.oral,
            spoken_role=word.spoken_role,
            spoken_by=word.spoken_by,
            spoken_id=word.spoken_id,
            spoken_at=word.spoken_at,
            recorded_by=word.recorded_by,
            reason=command.reason or None,
            settles=proposal is not None and other and bool(set(held) & set(proposal.to_roles)),
            acting_for=acting.whose if acting else None,
            acting_until=acting.until if acting else None,
            jointly=response.declared_by if jointly else (),
        )
    )
    call_units(case, response, incident.response_level, command.units, command.unreachable)
    return None


def _matter(case: Case) -> str:
    names = {item.id: item.name for item in case.plan.classes}
    parts = (case.incident.place, names.get(case.incident.event_class, case.incident.event_class))
    return "".join(part for part in parts if part)


def _decline(case: Case, reason: str, word: _Word) -> Refusal | None:
    proposal = case.incident.proposal
    if proposal is None or proposal.declined:
        return Refusal(key="no_proposal")
    held = with_also(case.plan, word.roles)
    role = next((item for item in held if item in proposal.to_roles), None)
    offered = tuple(item for item in held if item in proposal.widened)
    if role is None and offered:
        case.record(e.OfferDeclined(level=proposal.level, roles=offered, reason=reason or None))
        return None
    if role is None:
        return Refusal(
            key="not_yours_to_decide",
            clause=proposal.clause,
            who=case.titles(proposal.to_roles),
            params={"level": proposal.level},
        )
    case.record(
        e.ProposalDeclined(
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


def _end(case: Case, reason: str, word: _Word) -> Refusal | None:
    incident = case.incident
    if incident.state not in RUNNING:
        return Refusal(key="not_running", params={"state": incident.state})
    if incident.state == "reported":
        if not case.staff:
            return Refusal(key="staff_only", who=case.titles(("duty",)))
        if not reason.strip():
            return Refusal(key="reason_to_end_without_response", confirm="reason")
        clause, role = "", "duty"
    else:
        allowed = enders(case)
        response = case.response(incident.response_level)
        clause = next((item.clause for item in case.plan.ends), response.clause if response else "")
        entitled = next((item for item in with_also(case.plan, word.roles) if item in allowed), None)
        if entitled is None:
            declared_by = title_of(case.plan, incident.response_role)
            return Refusal(
                key="not_yours_to_end",
                clause=clause,
                who=case.titles(allowed),
                params={"level": incident.response_level, "declared_by": declared_by},
            )
        role = entitled
    acting = _for_whom(case, word, role)
    case.record(
        e.Ended(
            clause=clause,
            role=role,
            by=word.by,
            oral=word.oral,
            spoken_role=word.spoken_role,
            spoken_by=word.spoken_by,
            spoken_id=word.spoken_id,
            spoken_at=word.spoken_at,
            recorded_by=word.recorded_by,
            reason=reason or None,
            acting_for=acting.whose if acting else None,
            acting_until=acting.until if acting else None,
        )
    )
    return None
