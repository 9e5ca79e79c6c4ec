"""The plan that an incident falls under: ``/update 预案 …`` and its button."""

from __future__ import annotations

from handlers.buttons import ButtonPress, button
from handlers.commands import IncidentCommand
from handlers.replies import question_again
from plans.incident.plan_choice import ChoosePlan


async def choose_plan(ask: IncidentCommand, query: str) -> None:
    """Take the plan whose id or title is given, where that means one plan of the place."""
    registry, where = ask.tools.service.registry, ask.subject.incident.jurisdiction
    plans = [plan for plan in map(registry.current, registry.ids) if plan.jurisdiction.name == where]
    matching = [plan for plan in plans if query and (query == plan.id or query in plan.title)]
    plan_id, title = (matching[0].id, matching[0].title) if len(matching) == 1 else (query, query)
    await ask.run(ChoosePlan(plan=plan_id), done="plan_chosen", plan=title)


@button("choose_plan", on="plan", again=question_again)
async def choose_plan_pressed(press: ButtonPress) -> str:
    """The plan that the incident falls under."""
    return await press.run(ChoosePlan(plan=press.arg("plan")), done="plan_chosen", last=True)
