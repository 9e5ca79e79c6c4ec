"""The plan that an incident falls under: ``/update 预案 …`` and its button."""

from __future__ import annotations

from handlers.buttons import ButtonPress, button
from handlers.commands import IncidentCommand
from handlers.replies import question_again
from plans.incident.plan_choice import ChoosePlan


async def choose_plan(ask: IncidentCommand, given: str) -> None:
    """Take the plan whose id or title is given, where one plan of the place is meant."""
    registry, where = ask.tools.service.registry, ask.subject.incident.jurisdiction
    known = [plan for plan in map(registry.current, registry.ids) if plan.jurisdiction.name == where]
    meant = [plan for plan in known if given and (given == plan.id or given in plan.title)]
    plan_id, title = (meant[0].id, meant[0].title) if len(meant) == 1 else (given, given)
    await ask.run(ChoosePlan(plan=plan_id), done="plan_chosen", plan=title)


@button("choose_plan", on="plan", again=question_again)
async def choose_plan_pressed(press: ButtonPress) -> str:
    """The plan that the incident falls under."""
    return await press.run(ChoosePlan(plan=press.arg("plan")), done="plan_chosen", last=True)
