"""Who may issue, pass on and lift a warning: whom the plan names, under which role or as which unit."""

from __future__ import annotations

from plans.acting import carries_out
from plans.core.authority import Word, with_also
from plans.core.outcome import Refusal
from plans.model import Plan, Warning_
from plans.warning.case import Case
from plans.warning.conditions import warning_of
from plans.warning.state import PASS_ON, Content, WarningCase, same_issuer


def foreign(warning: WarningCase, content: Content) -> bool:
    """Return whether what is said of a warning comes from another issuer than what is in force (谁发布，谁解除)."""
    issuers = {stage.content.issuer for stage in warning.stages} - {""}
    return bool(issuers and content.issuer) and not any(same_issuer(content.issuer, name) for name in issuers)


def may_pass_on(case: Case, content: Content, level: Warning_ | None, word: Word) -> str | Refusal:
    """Return under which role another authority's warning is passed on: any of the office, also the duty officer."""
    clause = level.clause if level is not None else ""
    if not content.issuer:
        return Refusal(key="passed_on_from_whom", clause=clause)
    roles = [*with_also(case.plan, word.roles), *(role for role in ("duty",) if role in word.roles)]
    if not roles or case.actor.via != "direct":
        return Refusal(key="not_yours_to_pass_on", clause=clause, who=("duty", *case.plan.roles))
    return roles[0]


@carries_out("right", "issue", "Warning_.issuers", "Warning_.issuing_units", "Warning_.above")
def may_issue(case: Case, content: Content, level: Warning_ | None, word: Word, units: frozenset[str]) -> str | Refusal:
    """Return under which role, or as which unit, a warning is issued in the plan's name."""
    if not case.plan.warnings:
        return Refusal(key="plan_without_warnings")
    if level is None:
        return Refusal(key="which_warning_level", params={"known": [item.level for item in case.plan.warnings]})
    if level.above:
        return Refusal(key="issued_above", clause=level.clause, params={"above": level.above, "level": name_of(level)})
    if case.actor.via == "direct":
        mine = next((role for role in with_also(case.plan, word.roles) if role in level.issuers), None)
        own = next((unit for unit in sorted(units) if unit in level.issuing_units), None)
        if mine is not None or own is not None:
            return str(mine or own)
    who = (*level.issuers, *level.issuing_units)
    return Refusal(key="not_yours_to_issue", clause=level.clause, who=who, params={"level": name_of(level)})


@carries_out("warning", "lift", "Warning_.lifters", "Warning_.level")
def authority_to_lift(plan: Plan, warning: WarningCase) -> tuple[str, ...]:
    """Return who may lift what is in force: whom the plan names, else whoever issued it or a role above him.

    What was passed on is lifted by its issuer; the office only says so.
    """
    first = warning.issuing
    if first is None:
        return ()
    if first.way == PASS_ON:
        return ("duty", *plan.roles)
    level = warning_of(plan, first.content.level, first.content.colour)
    if level is not None and level.lifters:
        return level.lifters
    if first.role not in plan.roles:
        return (first.role,)
    rank = plan.roles[first.role].rank
    return tuple(name for name, role in plan.roles.items() if role.rank < rank or name == first.role)


def name_of(level: Warning_) -> str:
    """Return a level as it stands before the word 预警; a plan that does not grade its warnings has no other word."""
    return level.level.removesuffix("预警")
