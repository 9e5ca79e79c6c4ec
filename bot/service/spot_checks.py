"""Whom a spot check asks now, by the office's rules, and whether a response forbids it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.cases.plan_registry import PlanRegistry
from bot.outgoing.serving import serving_at
from bot.service.enrichers import Deciding, enriches
from bot.texts.people import OWN_ROLES
from plans.core.spot_rules import SEAT, SpotRules
from plans.desk.spot_check_state import SpotCheck
from plans.desk.spot_checks import SpotCheckWake
from plans.incident.state import RUNNING
from plans.model import Plan
from plans.roster.duty import KINDS
from storage.people import Person, shown_name
from storage.transaction import Reading

HEIGHTS = ("Ⅳ", "Ⅲ", "Ⅱ", "Ⅰ")
"""Response levels, the lowest first; one that is called otherwise counts as higher."""


async def whom(
    rx: Reading, registry: PlanRegistry, jurisdiction: str, rules: SpotRules, now: datetime
) -> tuple[dict[str, Any], ...]:
    """Return whom a check of a jurisdiction asks, each person once, in the order of the rules."""
    plans = [plan for plan in map(registry.current, sorted(registry.ids)) if plan.jurisdiction.name == jurisdiction]
    found: dict[str, dict[str, Any]] = {}
    for word in rules.whom:
        for plan in plans:
            for key, title, name, person in await _meant(rx, plan, word, now):
                found.setdefault(
                    key, {"person": key, "title": title, "name": name, "reachable": _reachable(person)}
                )  # fmt: skip
    return tuple(found.values())


async def _meant(rx: Reading, plan: Plan, word: str, now: datetime) -> Sequence[tuple[str, str, str, Person | None]]:
    """Return whom a word of the rules means under a plan: key, title, name, and the person where that is plain."""
    if word == SEAT:
        seat = await rx.people.seat(plan.jurisdiction.name, plan.id)
        return [(seat.person_id, SEAT, seat.name, await rx.people.get(seat.person_id))] if seat is not None else []
    if word in KINDS:
        serving = [item for item in await serving_at(rx, plan, now) if item.turn.kind == word]
        return [
            (item.person.id if item.person is not None else f":{item.turn.name}", word, item.turn.name, item.person)
            for item in serving
        ]
    if word not in plan.roles and word not in OWN_ROLES:
        return []
    title = plan.roles[word].title if word in plan.roles else OWN_ROLES[word]
    people = await rx.people.holders(plan.jurisdiction.name, plan.id, word)
    return [(person.id, title, shown_name(person), person) for person in people]


def _reachable(person: Person | None) -> bool:
    return person is not None and person.place_id is not None and person.blocked_at is None


async def forbidding(rx: Reading, jurisdiction: str, rules: SpotRules) -> str:
    """Return the level of a running response during which no check is held, empty where there is none."""
    rows = await rx.incidents.open(jurisdiction)
    levels = [row.response_level for row in rows if row.response_level and row.state in RUNNING and not row.drill]
    return next(iter(_above(levels, rules.up_to)), "")


def _above(levels: Iterable[str], up_to: str) -> list[str]:
    allowed = HEIGHTS[: HEIGHTS.index(up_to) + 1] if up_to in HEIGHTS else ()
    return [level for level in levels if level not in allowed]


@enriches(SpotCheckWake)
async def asked_now(deciding: Deciding, command: SpotCheckWake) -> SpotCheckWake:
    """Whom the rules name at this moment, and what forbids it."""
    case = deciding.case
    if not isinstance(case, SpotCheck) or case.state != "planned":
        return command
    rules = deciding.policy.spot_checks
    people = await whom(deciding.tx, deciding.registry, case.jurisdiction, rules, deciding.now)
    return replace(command, people=people, busy=await forbidding(deciding.tx, case.jurisdiction, rules))
