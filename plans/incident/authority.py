"""Who may declare, lower and end a level of response."""

from __future__ import annotations

from plans.acting import carries_out
from plans.incident.case import Case
from plans.model import Response


@carries_out("right", "declare", "Response.declared_by", "Response.adjusted_by", "Adjusting")
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


@carries_out("right", "end", "Response.ended_by")
def enders(case: Case) -> tuple[str, ...]:
    """Return the roles that may end the response (谁启动谁终止), where the plan names no others."""
    response = case.response(case.incident.response_level)
    if response is not None and response.ended_by != "declarer_or_above":
        return response.ended_by
    return _declarer_or_above(case)


@carries_out("right", "rank", "Role")
def _declarer_or_above(case: Case) -> tuple[str, ...]:
    roles, declarer = case.plan.roles, case.incident.response_role
    ranked = sorted(roles, key=lambda role: roles[role].rank)
    if declarer not in roles:
        return tuple(ranked)
    return tuple(role for role in ranked if roles[role].rank < roles[declarer].rank or role == declarer)
