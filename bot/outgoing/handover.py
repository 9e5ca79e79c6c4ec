"""What a hand-over is shown with beside its own log: who leads the shift and his number, in private; names of plans."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from bot.outgoing.case_dispatcher import sees_beside
from bot.outgoing.serving import serving_at
from bot.outgoing.telephones import number_of_person
from bot.render.handover_page import LEADER
from plans.desk.handover_state import KIND, Handover
from plans.model import Plan
from plans.roster.duty import LEADER as LEADING
from storage.transaction import Reading


@sees_beside(KIND)
async def beside(
    rx: Reading, plan: Plan, case: Handover, now: datetime, private: bool, about: Collection[str]
) -> Mapping[str, Any]:
    """The number of who led the shift then, as the roster has it, else as he confirmed it; read in private alone."""
    serving = await serving_at(rx, plan, case.since or now) if private else []
    for item in serving:
        if item.turn.kind == LEADING and item.turn.name == case.leader:
            number = item.turn.phone or await number_of_person(rx, plan, item.person, private=private, drill=False)
            return {"numbers": {LEADER: number} if number else {}}
    return {"numbers": {}}
