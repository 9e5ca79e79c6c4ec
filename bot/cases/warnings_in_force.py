"""The warnings that are in force in a jurisdiction: what a case that happens meanwhile is shown with."""

from __future__ import annotations

from bot.cases import records
from plans.warning.state import KIND, WarningCase
from storage.transaction import Reading


async def in_force(rx: Reading, jurisdiction: str, *, drill: bool = False) -> list[WarningCase]:
    """Return the warnings in force, the oldest first; of drills only for a drill."""
    rows = [row for row in await rx.cases.open(KIND, jurisdiction) if row.state == "in_force" and row.drill == drill]
    cases = [await records.load_case(rx, row.stream) for row in rows]
    return [case for case in cases if isinstance(case, WarningCase)]
