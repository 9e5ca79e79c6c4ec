"""What of the desk's instructions and notices is open: drafts, what is not done, of whom receipts are waited for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.cases import records
from bot.office.open_matters import OpenMatter, section
from bot.render import announcements, instructions
from bot.render.text import Text
from bot.service.service import Service
from plans.desk.addressed import Addressed
from plans.desk.announcements import KIND as ANNOUNCEMENT
from plans.desk.instruction_state import KIND as INSTRUCTION
from plans.desk.instruction_state import Instruction
from plans.model import Plan
from storage.transaction import Reading


async def of_plan(rx: Reading, kind: str, plans: Iterable[Plan]) -> list[Addressed]:
    """Return the open cases of a kind under some plans, the oldest first."""
    wanted = list(plans)
    rows = [
        row
        for name in dict.fromkeys(plan.jurisdiction.name for plan in wanted)
        for row in await rx.cases.open(kind, name)
        if any(row.plan_id == plan.id for plan in wanted)
    ]
    cases = [await records.load_case(rx, row.stream) for row in rows]
    return [case for case in cases if isinstance(case, Addressed)]


@section("instructions", order=40)
async def instructions_open(
    rx: Reading, service: Service, jurisdiction: str, plan: Plan, now: datetime
) -> list[OpenMatter]:
    """Every instruction that somebody has still to do, those that are due first; drafts too."""
    matters = []
    for case in await of_plan(rx, INSTRUCTION, [plan]):
        if isinstance(case, Instruction) and case.jurisdiction == jurisdiction:
            view = await service.cases.view(rx, plan, case, now)
            line = Text(instructions.line(view))
            matters.append(OpenMatter(stream=case.stream, line=line, due=case.due_by_clock))
    return sorted(matters, key=lambda item: item.due.timestamp() if item.due is not None else float("inf"))


@section("announcements", order=45)
async def announcements_open(
    rx: Reading, service: Service, jurisdiction: str, plan: Plan, now: datetime
) -> list[OpenMatter]:
    """Every notice of which receipts are waited for; drafts too."""
    matters = []
    for case in await of_plan(rx, ANNOUNCEMENT, [plan]):
        if case.jurisdiction == jurisdiction:
            view = await service.cases.view(rx, plan, case, now)
            matters.append(OpenMatter(stream=case.stream, line=Text(announcements.line(view))))
    return matters
