"""What waits for one person at the duty desk: all of it for who has the duty, and what he was told and has not done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.office import handover as _handover  # noqa: F401  # its section writes itself down
from bot.office import holes as _holes  # noqa: F401
from bot.office import log as _log  # noqa: F401
from bot.office.instructions import of_plan
from bot.office.open_matters import open_matters
from bot.office.reader import Reader
from bot.render.own_matters import told_line
from bot.render.text import Text
from bot.service.service import Service
from plans.core import keys
from plans.desk.addressed import ANNOUNCEMENT, INSTRUCTION, Addressed
from plans.desk.instruction_state import Instruction
from plans.model import Plan
from storage.transaction import Reading

OF_THE_DESK = frozenset({"instructions", "announcements", "entries", "shifts", "handovers"})
"""Sections of the page of a hand-over that are the desk's own; incidents and duties have lists of their own."""


async def desk_lines(rx: Reading, service: Service, reader: Reader, plans: Sequence[Plan], now: datetime) -> list[Text]:
    """Return what is open at the desks where somebody has the duty."""
    desks = [plan for plan in plans if reader.holds(plan.jurisdiction.name, plan.id, "duty")]
    found = await open_matters(rx, service, desks, now, OF_THE_DESK)
    return [item.line for matters in found.values() for item in matters]


async def told_lines(rx: Reading, service: Service, reader: Reader, plans: Sequence[Plan], now: datetime) -> list[Text]:
    """Return the instructions that somebody has still to do and the notices that he has not answered."""
    lines = []
    for plan in plans:
        place = plan.jurisdiction.name
        mine = {
            *map(keys.to_unit, reader.units(place, plan.id)),
            *map(keys.to_role, reader.roles(place, plan.id)),
            keys.to_person(reader.person_id),
        }
        for kind in (INSTRUCTION, ANNOUNCEMENT):
            for case in await of_plan(rx, kind, [plan]):
                own = sorted(name for name in mine & case.told.keys() if _waits(case, name))
                if own:
                    lines.append(told_line(await service.cases.view(rx, plan, case, now), own))
    return lines


def _waits(case: Addressed, name: str) -> bool:
    return case.waits_for(name) if isinstance(case, Instruction) else case.told[name].silent
