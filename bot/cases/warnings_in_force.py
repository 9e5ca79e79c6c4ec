"""The warnings that are in force in a jurisdiction: what a case that happens meanwhile is shown with."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.cases import records
from plans.warning.state import KIND, WarningCase
from storage.transaction import Reading

LONGEST = timedelta(days=30)
"""How long before an incident a warning may have been taken that was in force meanwhile."""


async def in_force(rx: Reading, jurisdiction: str, *, drill: bool = False) -> list[WarningCase]:
    """Return the warnings in force, the oldest first; of drills only for a drill."""
    rows = [row for row in await rx.cases.open(KIND, jurisdiction) if row.state == "in_force" and row.drill == drill]
    cases = [await records.load_case(rx, row.stream) for row in rows]
    return [case for case in cases if isinstance(case, WarningCase)]


async def during(
    rx: Reading, jurisdiction: str, since: datetime, until: datetime, *, drill: bool = False
) -> list[WarningCase]:
    """Return the warnings that were in force in some moment of a stretch, the oldest first; of drills for a drill."""
    rows = await rx.cases.opened_between(KIND, jurisdiction, since - LONGEST, until, drill=drill)
    cases = [await records.load_case(rx, row.stream) for row in rows]
    return [case for case in cases if isinstance(case, WarningCase) and _held(case, since, until)]


def _held(case: WarningCase, since: datetime, until: datetime) -> bool:
    first, last = case.issuing, case.stage
    return first is not None and last is not None and first.at <= until and (case.in_force or last.at >= since)
