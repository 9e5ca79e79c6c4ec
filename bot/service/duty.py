"""A drill that ends settles the drill duties of those who took part: in the same transaction, each in its own book."""

from __future__ import annotations

from typing import Any

from bot.service.requests import Step
from bot.texts.duty import DRILL_HELD
from plans.bodies import body_of
from plans.core.outcome import CaseOutcome
from plans.duty.settling import FulfilByDrill
from plans.incident.state import Incident
from plans.model import Plan
from storage.transaction import Reading


async def fulfilled(tx: Reading, plan: Plan, outcome: CaseOutcome[Any]) -> list[Step]:
    """Return what a drill that has just ended comes to in the books of duties; nothing of anything else.

    It was held by the office, by the units that answered its calls, and by the body at which it was held.
    """
    before, drill = outcome.before, outcome.after
    if not isinstance(drill, Incident) or not drill.drill or before is None:
        return []
    if drill.state != "ended" or before.state == "ended":
        return []
    names = {plan.office_unit, drill.unit, *drill.bodies.values()}
    names |= {body_of(plan, drill, call.unit) for call in drill.calls.values() if call.answered_at is not None}
    names |= {body.id for mention in drill.mentions if mention.sure for body in mention.bodies}
    books = await tx.duties.books_of(drill.jurisdiction, sorted(name for name in names if name))
    command = FulfilByDrill(drill=DRILL_HELD.format(number=drill.number))
    return [Step(stream=book.stream, command=command) for book in books if book.bearer_kind != "role"]
