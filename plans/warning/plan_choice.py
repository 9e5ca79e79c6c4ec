"""Under which plan a warning falls, where several may be meant: asked before anything of it is said to anybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from plans.core.command import Command
from plans.core.event import Event, Recorded
from plans.core.keys import PLAN, Key
from plans.core.notice import Notice
from plans.core.outcome import Refusal
from plans.core.registry import applies, decides, guards, revises, tells
from plans.core.revisions import last_change
from plans.warning.asking import ask
from plans.warning.case import Case, NoticeContext
from plans.warning.state import KIND, WarningCase

# --- commands


@dataclass(frozen=True, kw_only=True, slots=True)
class ChooseWarningPlan(Command):
    """Say under which plan a warning falls. The shell decides it by that plan, and adds all but ``plan``.

    Attributes:
        plan, plan_version, plan_hash: the plan, as installed; no hash = it may not be chosen.
        facts: figures for its conditions of warnings, as its words say them.
        allowed: the actor belongs to the office of the plan so far.
    """

    plan: str
    plan_version: str = ""
    plan_hash: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    allowed: bool = False


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class WarningPlansWeighed(Event, name="warning-plans-weighed"):
    """It may fall under several plans; it was taken under the first of them, and a person is asked.

    Attributes:
        plans, titles: id and title of each.
    """

    plans: tuple[str, ...]
    titles: tuple[str, ...]

    touches = ("plan",)


@dataclass(frozen=True, kw_only=True, slots=True)
class WarningPlanChosen(Event, name="warning-plan-chosen"):
    """A person said under which plan it falls: the one so far, or another, whose rules hold from now on.

    Attributes:
        level: what the warning said of its level, where the plan knows that.
        facts: figures for the plan's conditions.
    """

    plan: str
    plan_version: str
    plan_hash: str
    title: str
    previous: str
    by: str
    level: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    touches = ("plan", "proposed")


# --- what may happen


def weigh(case: Case, among: tuple[tuple[str, str], ...]) -> None:
    """Record that several plans may be meant.

    Args:
        among: id and title of each, that of the case first.
    """
    if len(among) > 1:
        plans, titles = zip(*among, strict=True)
        case.record(WarningPlansWeighed(plans=plans, titles=titles))


@decides(ChooseWarningPlan)
def choose_plan(case: Case, command: ChooseWarningPlan) -> Refusal | None:
    """Take the plan that was said; ``case.plan`` is the chosen one."""
    warning = case.warning
    if not (case.staff or command.allowed):
        return Refusal(key="staff_only", who=("duty",))
    if not warning.plan_asked or warning.proposal is None:
        return Refusal(key="warning_plan_settled", params={"plan": case.plan.title})
    known = dict(warning.plans)
    if not command.plan_hash or command.plan not in known:
        return Refusal(key="unknown_plan", params={"given": command.plan, "known": list(known.values())})
    level = warning.proposal.content.level
    case.record(
        WarningPlanChosen(
            plan=command.plan, plan_version=command.plan_version, plan_hash=command.plan_hash, title=case.plan.title,
            previous=warning.plan, by=case.actor.id, facts=dict(command.facts),
            level=level if any(item.level == level for item in case.plan.warnings) else "",
        )
    )  # fmt: skip
    return None


# --- what it does to the warning


@applies(WarningPlansWeighed)
def _on_weighed(warning: WarningCase, event: WarningPlansWeighed, item: Recorded) -> None:
    warning.plans = tuple(zip(event.plans, event.titles, strict=True))
    warning.plan_asked = True


@applies(WarningPlanChosen)
def _on_chosen(warning: WarningCase, event: WarningPlanChosen, item: Recorded) -> None:
    warning.plan_asked = False
    warning.plan, warning.plan_version, warning.plan_hash = event.plan, event.plan_version, event.plan_hash
    warning.facts = dict(event.facts)
    if warning.proposal is not None:
        content = replace(warning.proposal.content, level=event.level)
        warning.proposal = replace(warning.proposal, content=content)


@revises(KIND, "plan")
def _revision(warning: WarningCase, of: str) -> int | None:
    return last_change(warning, "plan") if warning.plan_asked and warning.proposal is not None else None


@guards(KIND)
def _asked(warning: WarningCase) -> Iterator[Key]:
    if warning.plan_asked and warning.proposal is not None:
        yield PLAN


# --- who is told


@tells(WarningPlanChosen)
def _tell_chosen(event: WarningPlanChosen, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    yield from ask(context.after)
