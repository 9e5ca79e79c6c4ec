"""Scripts of drills as an office may play them, and the drills that somebody directs or evaluates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.cases import records
from bot.office.desk import new_case
from bot.scenario import Scenario, read_scenario
from bot.scenario.actors import role_of, unit_called, unit_of
from bot.scenario.form import Step
from bot.scenario.installed import scripts
from bot.service.opening import NewCase
from plans.core import keys
from plans.desk.directing import PrepareDrill
from plans.desk.drill_state import INJECT, KIND, LOOK, REPORT, Drill
from plans.model import Plan
from storage.transaction import Reading


def scripts_of(plans: Iterable[Plan]) -> dict[str, Scenario]:
    """Return the scripts that come with the program for some plans, by id."""
    ids = {plan.id for plan in plans}
    read = {path.stem: read_scenario(path) for path in scripts()}
    return {name: scenario for name, scenario in read.items() if scenario.plan in ids}


def playing(plan: Plan, script: str, scenario: Scenario, origin: str) -> NewCase:
    """Return what takes a script: the items in the order of their moments.

    Args:
        origin: the director's private chat, by our id: receipts of what the program reports go there.
    """
    steps = sorted(scenario.steps, key=lambda step: scenario.instant(step.at))
    items = tuple(item for step in steps for item in _items(plan, scenario, step))
    command = PrepareDrill(
        title=scenario.title, script=script, goals=scenario.goals, items=items, origin=origin
    )  # fmt: skip
    return new_case(KIND, plan, command, drill=True)


def _items(plan: Plan, scenario: Scenario, step: Step) -> Iterable[dict[str, Any]]:
    at = int((scenario.instant(step.at) - scenario.occurred_at).total_seconds())
    if step.do == "report":
        yield {"at": at, "kind": REPORT, "text": step.text, "note": step.note}
    if step.do == "inject":
        to, who = _audience(plan, step.actor)
        yield {"at": at, "kind": INJECT, "text": step.inject, "note": step.note, "to": to, "who": who}
    if step.words:
        yield {"at": at, "kind": LOOK, "text": step.words}


def _audience(plan: Plan, actor: str) -> tuple[str, str]:
    """Return to whom an inject goes, and how he is called; the seat where the plan knows nobody of that name."""
    kind, _, name = actor.partition(":")
    if kind == "unit" and (unit := unit_of(plan, name)) is not None:
        return keys.to_unit(unit), unit_called(plan, unit)
    role = role_of(plan, name if kind == "role" else actor)
    return (keys.to_role(role), plan.roles[role].title) if role is not None else (keys.SEAT, "值班席")


async def drills_with(rx: Reading, person: str, jurisdictions: Iterable[str]) -> list[Drill]:
    """Return the newest drills that somebody directs or evaluates, the newest first."""
    rows = [row for row in await rx.cases.newest(KIND, 20) if row.jurisdiction in set(jurisdictions)]
    cases = [await records.load_case(rx, row.stream) for row in rows]
    found = [case for case in cases if isinstance(case, Drill)]
    return [case for case in found if person in (case.director, *case.evaluators)]
