"""A drill that ends settles the drill duties of those who took part: in the same transaction, each in its own book."""

from __future__ import annotations

from typing import Any

from bot.cases import records
from bot.cases.plan_registry import PlanRegistry
from bot.service.requests import Step
from bot.texts.duty import DRILL_HELD, DRILL_PLAYED
from plans.bodies import body_of
from plans.core.outcome import CaseOutcome
from plans.desk.directing import DrillOver
from plans.desk.drill_state import Drill
from plans.duty.settling import FulfilByDrill
from plans.incident.state import Incident
from plans.model import Plan
from storage.transaction import Reading


async def fulfilled(tx: Reading, registry: PlanRegistry, plan: Plan, outcome: CaseOutcome[Any]) -> list[Step]:
    """Return what a drill that has just ended comes to in the books of duties; nothing of anything else.

    It was held by the office, by the units that answered its calls, and by the body at which it was held. What another
    plan asks to be exercised it is not: only a plan that knows nothing but duties counts the drills of others.
    """
    before, drill = outcome.before, outcome.after
    if not drill.drill or before is None:
        return []
    if isinstance(drill, Incident) and drill.state == "ended" and before.state != "ended":
        incidents, words = [drill], DRILL_HELD.format(number=drill.number)
    elif isinstance(drill, Drill) and _over(outcome) and drill.counts:
        found = [await records.load(tx, stream) for stream in drill.incidents]
        incidents = [incident for incident in found if incident is not None]
        words = played_as(drill)
    else:
        return []
    names = {name for incident in incidents for name in took_part(plan, incident)}
    books = await tx.duties.books_of(drill.jurisdiction, sorted(name for name in names if name))
    command = FulfilByDrill(drill=words)
    return [
        Step(stream=book.stream, command=command)
        for book in books
        if book.bearer_kind != "role" and _counts_for(registry, plan, book.plan_id)
    ]


def played_as(drill: Drill) -> str:
    """Return how a book names a drill that was played by a script."""
    return DRILL_PLAYED.format(number=drill.number, title=drill.title)


def took_part(plan: Plan, incident: Incident) -> set[str]:
    """Return by whom a drill was held: units and bodies, by their ids."""
    names = {plan.office_unit, incident.unit, *incident.bodies.values()}
    names |= {body_of(plan, incident, call.unit) for call in incident.calls.values() if call.answered_at is not None}
    return names | {body.id for mention in incident.mentions if mention.sure for body in mention.bodies}


def _over(outcome: CaseOutcome[Any]) -> bool:
    return any(isinstance(item.event, DrillOver) and item.event.begun for item in outcome.recorded)


def _counts_for(registry: PlanRegistry, plan: Plan, other: str) -> bool:
    return other == plan.id or (other in registry.ids and not registry.current(other).responses)
