"""Declaring, adjusting and ending: a level never changes but by the word of somebody whom the plan lets decide."""

from __future__ import annotations

from plans import commands as c
from plans import events as e
from plans.decide.case import Case, height, title_of, with_also
from plans.decide.outcome import Refusal
from plans.model import Plan, Response

SPOKEN_LATEST = 60
"""Seconds by which a spoken decision's time may lie ahead of our clock: telephones and computers differ a little."""


def declare(case: Case, command: c.Declare) -> Refusal | None:
    """Declare or adjust a level in one's own name."""
    return _declare(case, command.level, command, case.actor.roles, by=case.actor.id)


def record_oral(case: Case, command: c.RecordOral) -> Refusal | None:
    """代录: the duty officer records a spoken decision; the signature is owed."""
    if not case.staff:
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    if command.of not in case.plan.roles:
        return Refusal(key="unknown_role", params={"given": command.of, "known": case.titles(list(case.plan.roles))})
    if command.spoken_at is not None and (command.spoken_at - case.now).total_seconds() > SPOKEN_LATEST:
        return Refusal(key="time_ahead", params={"given": command.spoken_at})
    spoken = frozenset({command.of})
    if command.decides == "end":
        return _end(case, command.reason, spoken, by=case.actor.id, oral=command)
    if command.level is None:
        return Refusal(key="level_missing", params={"known": [item.level for item in case.plan.responses]})
    return _declare(case, command.level, command, spoken, by=case.actor.id, oral=command)


def end(case: Case, command: c.End) -> Refusal | None:
    """End the response, or an incident that had none."""
    return _end(case, command.reason, case.actor.roles, by=case.actor.id)


def decline(case: Case, command: c.DeclineProposal) -> Refusal | None:
    """暂不启动: the proposal stops ringing; a new one needs a new reason in the facts."""
    proposal = case.incident.proposal
    if proposal is None or proposal.declined:
        return Refusal(key="no_proposal")
    held = with_also(case.plan, case.actor.roles)
    role = next((item for item in held if item in proposal.to_roles), None)
    if role is None:
        return Refusal(
            key="not_yours_to_decide",
            clause=proposal.clause,
            who=case.titles(proposal.to_roles),
            params={"level": proposal.level},
        )
    case.record(e.ProposalDeclined(level=proposal.level, by_role=role, reason=command.reason))
    return None


def sign(case: Case, command: c.Sign) -> Refusal | None:
    """补签: sign what one has said on the telephone."""
    held = with_also(case.plan, case.actor.roles)
    owed = [item for item in case.incident.unsigned if item.role in held]
    if not owed:
        return Refusal(key="nothing_to_sign", who=case.titles([item.role for item in case.incident.unsigned]))
    case.record(*(e.Signed(sequence_of=item.sequence, role=item.role, name=case.actor.name) for item in owed))
    return None


def _declare(
    case: Case,
    level: str,
    command: c.Declare | c.RecordOral,
    roles: frozenset[str],
    *,
    by: str,
    oral: c.RecordOral | None = None,
) -> Refusal | None:
    incident = case.incident
    response = case.response(level)
    if response is None:
        return Refusal(
            key="unknown_level", params={"given": level, "known": [item.level for item in case.plan.responses]}
        )
    if incident.state not in ("reported", "responding"):
        return Refusal(key="not_running", params={"state": incident.state})
    if incident.response_level == level:
        return Refusal(key="already_declared", clause=response.clause, params={"level": level})
    allowed, clause = _may_declare(case.plan, incident.response_level, incident.response_role, response)
    role = next((item for item in with_also(case.plan, roles) if item in allowed), None)
    if role is None:
        return Refusal(key="not_yours_to_declare", clause=clause, who=case.titles(allowed), params={"level": level})
    proposed = incident.proposal.level if incident.proposal and not incident.proposal.declined else None
    if proposed is not None and proposed != level and not command.reason.strip():
        return Refusal(
            key="reason_for_other_level",
            clause=response.clause,
            params={"level": level, "proposed": proposed},
            confirm="reason",
        )
    unknown = [unit for unit in command.units or () if all(unit != item.id for item in case.plan.units)]
    if unknown:
        return Refusal(key="unknown_unit", params={"given": unknown})
    case.record(
        e.Declared(
            level=level, previous=incident.response_level, clause=response.clause, role=role, by=by, matter=_matter(case),
            expected=command.expected, measures=response.measures, proposed=proposed, reason=command.reason or None,
            **_oral_fields(case, oral),
        )
    )  # fmt: skip
    _call(case, response, command.units, command.unreachable)
    return None


def _oral_fields(case: Case, oral: c.RecordOral | None) -> dict[str, object]:
    if oral is None:
        return {}
    return {
        "oral": True,
        "spoken_by": oral.spoken_by or None,
        "spoken_at": oral.spoken_at or case.now,
        "recorded_by": case.actor.name,
    }


def _may_declare(plan: Plan, current: str | None, current_role: str, target: Response) -> tuple[tuple[str, ...], str]:
    """Return the roles that may, and the clause.

    Raising: whoever the plan lets declare the target. Lowering ends the higher level in part, so it also lies with the role
    that declared that one, or one above it.
    """
    if height(target.level) > height(current) or current is None:
        return target.declared_by, target.clause
    above = _declarer_or_above(plan, current_role)
    return tuple(dict.fromkeys((*above, *(target.adjusted_by or ())))), target.clause


def _declarer_or_above(plan: Plan, role: str) -> tuple[str, ...]:
    if role not in plan.roles:
        return tuple(plan.roles)
    rank = plan.roles[role].rank
    return tuple(
        sorted(
            (item for item, value in plan.roles.items() if value.rank <= rank), key=lambda item: plan.roles[item].rank
        )
    )


def _matter(case: Case) -> str:
    names = {item.id: item.name for item in case.plan.classes}
    parts = (case.incident.place, names.get(case.incident.event_class, case.incident.event_class))
    return "".join(part for part in parts if part)


def _end(
    case: Case, reason: str, roles: frozenset[str], *, by: str, oral: c.RecordOral | None = None
) -> Refusal | None:
    incident = case.incident
    if incident.state == "reported":
        if not case.staff:
            return Refusal(key="staff_only", who=case.titles(("duty",)))
        if not reason.strip():
            return Refusal(key="reason_to_end_without_response", confirm="reason")
        case.record(e.Ended(clause="", role="duty", by=by, reason=reason, **_oral_fields(case, oral)))  # type: ignore[arg-type]
        return None
    if incident.state != "responding":
        return Refusal(key="not_running", params={"state": incident.state})
    response = case.response(incident.response_level or "")
    allowed = _declarer_or_above(case.plan, incident.response_role)
    if response is not None and response.ended_by != "declarer_or_above":
        allowed = response.ended_by
    clause = next((item.clause for item in case.plan.ends), response.clause if response else "")
    role = next((item for item in with_also(case.plan, roles) if item in allowed), None)
    if role is None:
        return Refusal(
            key="not_yours_to_end",
            clause=clause,
            who=case.titles(allowed),
            params={"level": incident.response_level, "declared_by": title_of(case.plan, incident.response_role)},
        )
    case.record(e.Ended(clause=clause, role=role, by=by, reason=reason or None, **_oral_fields(case, oral)))  # type: ignore[arg-type]
    return None


def picked_units(plan: Plan, response: Response, event_class: str) -> tuple[str, ...]:
    """Return the units that a response calls, by the incident's class where the plan leaves the choice open."""
    calls = response.calls
    members = tuple(unit.id for unit in plan.units if unit.member)
    if calls.units == "all":
        return members
    if calls.units == "none":
        return calls.always
    pick = next((item for item in calls.picks if event_class and event_class in item.classes), None)
    pick = pick or next((item for item in calls.picks if not item.classes), None)
    return tuple(dict.fromkeys((*calls.always, *(pick.units if pick else ()))))


def _call(case: Case, response: Response, chosen: tuple[str, ...] | None, unreachable: frozenset[str]) -> None:
    incident = case.incident
    units = chosen if chosen is not None else picked_units(case.plan, response, incident.event_class)
    fresh = [unit for unit in units if unit not in incident.calls or incident.calls[unit].status == "informed"]
    number = incident.rounds + 1
    events: list[e.Event] = [
        e.UnitCalled(unit=unit, round=number, level=response.level, reachable=unit not in unreachable) for unit in fresh
    ]
    if response.calls.rest == "inform":
        rest = [
            unit.id
            for unit in case.plan.units
            if unit.member and unit.id not in units and unit.id not in incident.calls
        ]
        events.extend(e.UnitInformed(unit=unit, level=response.level) for unit in rest)
    case.record(*events)
