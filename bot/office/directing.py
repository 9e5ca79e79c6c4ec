"""Scripts of drills as an office may play them, and the drills that somebody directs or evaluates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from bot.cases import records
from bot.office.desk import new_case
from bot.scenario import Scenario
from bot.scenario.actors import role_of, unit_called, unit_of
from bot.scenario.expecting import Expect
from bot.scenario.form import Step
from bot.scenario.installed import installed
from bot.service.duty import played_as
from bot.service.opening import NewCase
from plans.core import keys
from plans.desk.directing import PrepareDrill
from plans.desk.drill_expected import SEEN
from plans.desk.drill_state import INJECT, KIND, LOOK, REPORT, Drill
from plans.duty.state import DutyBook
from plans.model import Duty, Plan
from storage.transaction import Reading

STATES = frozenset({"ready", "running", "held", "over"})
LOOKED_BACK = 20
"""Drills of a place, the newest, among which somebody's own are looked for."""


def scripts_of(plans: Iterable[Plan]) -> dict[str, Scenario]:
    """Return the scripts that come with the program for some plans, by id."""
    ids = {plan.id for plan in plans}
    return {name: scenario for name, scenario in installed().items() if scenario.plan in ids}


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
        seen = {"expects": found, "incident": step.incident or 1} if (found := expected(plan, step.expect)) else {}
        yield {"at": at, "kind": LOOK, "text": step.words, **seen}


def expected(plan: Plan, expect: Expect | None) -> dict[str, Any]:
    """Return what of an ``expect`` the program sees by itself while a drill is played, as its item keeps it."""
    given = expect.model_fields_set & set(SEEN) if expect is not None else set()
    if expect is None or not given:
        return {}
    found: dict[str, Any] = {name: getattr(expect, name) for name in SEEN if name in given}
    if "statuses" in found:
        found["statuses"] = {rule: list(statuses) for rule, statuses in expect.statuses.items()}
    if "answered" in found:
        found["answered"] = {
            unit_of(plan, name) or name: int(within.total_seconds()) for name, within in expect.answered.items()
        }
    if "declared_by" in found:
        found["declared_by"] = [role_of(plan, name) or name for name in expect.declared_by]
    return found


def _audience(plan: Plan, actor: str) -> tuple[str, str]:
    """Return to whom an inject goes, and how he is called; the seat where the plan knows nobody of that name."""
    kind, _, name = actor.partition(":")
    if kind == "unit" and (unit := unit_of(plan, name)) is not None:
        return keys.to_unit(unit), unit_called(plan, unit)
    role = role_of(plan, name if kind == "role" else actor)
    return (keys.to_role(role), plan.roles[role].title) if role is not None else (keys.SEAT, "值班席")


async def drills_with(rx: Reading, person: str, jurisdictions: Iterable[str]) -> list[Drill]:
    """Return the newest drills that somebody directs or evaluates: those that are not over, then the newest."""
    names = dict.fromkeys(jurisdictions)
    rows = [row for name in names for row in await rx.cases.latest(KIND, name, STATES, LOOKED_BACK, 0)]
    rows.sort(key=lambda row: (not row.open, -row.opened_at.timestamp()))
    cases = [await records.load_case(rx, row.stream) for row in rows]
    found = [case for case in cases if isinstance(case, Drill)]
    return [case for case in found if person in (case.director, *case.evaluators)]


async def open_drills(rx: Reading, jurisdictions: Iterable[str]) -> list[Drill]:
    """Return the drills of some places that are not over, the oldest first."""
    rows = [row for name in dict.fromkeys(jurisdictions) for row in await rx.cases.open(KIND, name)]
    cases = [await records.load_case(rx, row.stream) for row in rows]
    return [case for case in cases if isinstance(case, Drill)]


async def counted_for(rx: Reading, plans: Mapping[str, Plan], drill: Drill) -> list[tuple[Plan, Duty, str]]:
    """Return the duties that a drill has settled: plan, duty and how the bearer is called.

    Args:
        plans: those that run here, by id.
    """
    found, words = [], played_as(drill)
    for plan in plans.values():
        duties = {duty.id: duty for duty in plan.duties if duty.drill}
        over = drill.over_at
        if plan.jurisdiction.name != drill.jurisdiction or not duties or over is None:
            continue
        rows = await rx.duties.instances(drill.jurisdiction, plan.id, due_after=over)
        then = [row for row in rows if row.settled_at is not None and abs(row.settled_at - over) < timedelta(minutes=1)]
        for stream in dict.fromkeys(row.stream for row in then if row.duty in duties):
            book = await records.load_case(rx, stream)
            settled = book.instances.values() if isinstance(book, DutyBook) else ()
            title = book.title if isinstance(book, DutyBook) else ""
            found += [
                (plan, duties[item.duty], title) for item in settled if item.duty in duties and item.text == words
            ]
    return found
