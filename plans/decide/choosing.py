"""Under which plan an incident falls, where several may be meant: by a person's word, before a response is declared."""

from __future__ import annotations

from plans import commands as c
from plans import events as e
from plans.decide.case import Case
from plans.decide.checks import check_facts
from plans.decide.outcome import Refusal
from plans.incident.agreeing import some
from plans.values import as_data, parse


def weigh(case: Case, command: c.Report) -> None:
    """Note which plans a report may fall under."""
    if len(command.among) > 1:
        plans, titles = zip(*command.among, strict=True)
        case.record(e.PlansWeighed(plans=plans, titles=titles, clear=command.plan_clear))


def choose_plan(case: Case, command: c.ChoosePlan) -> Refusal | None:
    """Take another plan, or confirm the one so far; ``case.plan`` is the chosen one."""
    incident = case.incident
    if not (case.staff or command.allowed):
        return Refusal(key="staff_only", who=case.titles(("duty",)))
    if not command.plan_hash:
        return Refusal(key="unknown_plan", params={"given": command.plan, "known": list(command.known)})
    if command.plan == incident.plan and not incident.plan_asked:
        return Refusal(key="same_plan", params={"plan": case.plan.title})
    if incident.state != "reported":
        return Refusal(key="plan_settled", params={"number": incident.number, "plan": command.previous_title})
    known = {name: value for name, value in command.facts.items() if check_facts(case, {name: value}) is None}
    candidates = tuple(name for name in command.candidates if any(name == item.id for item in case.plan.classes))
    facts = {name: value for name, value in known.items() if name not in incident.claims}
    case.record(
        e.PlanChosen(
            plan=command.plan,
            plan_version=command.plan_version,
            plan_hash=command.plan_hash,
            title=case.plan.title,
            previous=incident.plan,
            previous_title=command.previous_title,
            event_class=candidates[0] if len(candidates) == 1 else "",
            candidates=candidates,
            facts=facts,
            raised=tuple(name for name in command.raised if check_facts(case, {}, (name,)) is None),
            dropped=tuple(name for name in incident.claims if _strange(case, name)),
            keeps_seat=command.keeps_seat,
        )
    )
    if "deaths" in facts and incident.source != "duty" and some(parse(facts["deaths"])):
        case.record(e.DeathUnconfirmed(value=facts["deaths"], source=incident.source))
    return None


def _strange(case: Case, name: str) -> bool:
    """Whether the plan cannot hold what was said of a fact; judgements were made under the other plan."""
    said = case.incident.claims[name]
    strange = (check_facts(case, {name: as_data(item.value)}) is not None for item in said)
    return any(item.source == "judgement" for item in said) or any(strange)
