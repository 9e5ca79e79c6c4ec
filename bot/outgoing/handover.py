"""What a hand-over is shown with beside its own log: who leads the shift and his number, in private; names of plans."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from bot.outgoing.case_dispatcher import sees_beside
from bot.outgoing.serving import serving_at
from bot.render.handover import LEADER
from plans.desk.handovers import KIND, Handover
from plans.model import Plan
from plans.roster.duty import LEADER as LEADING
from storage.transaction import Reading


@sees_beside(KIND)
async def beside(
    rx: Reading, plan: Plan, case: Handover, now: datetime, private: bool, about: Collection[str]
) -> Mapping[str, Any]:
    """The number of who led the shift then, as the roster has it; only one person in private reads it."""
    since = case.since or now
    turns = [item.turn for item in await serving_at(rx, plan, since)] if private else []
    leading = [turn.phone for turn in turns if turn.kind == LEADING and turn.name == case.leader and turn.phone]
    return {"numbers": {LEADER: leading[0]} if leading else {}}
