"""Spot checks in the office: moments are drawn once for a week, one is called by hand, those on record are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from bot.cases import records
from bot.clock import SHANGHAI
from bot.office.desk import new_case
from bot.office.people import bound_plans
from bot.service.requests import Fence, Requester, Result
from bot.service.service import Service
from bot.service.spot_checks import forbidding, whom
from plans.core.spot_rules import SpotRules
from plans.desk.spot_check_state import KIND, SpotCheck
from plans.desk.spot_checks import CallSpotCheck, PlanSpotCheck
from plans.model import Plan
from storage.people import shown_name
from storage.transaction import Reading

DAY = timedelta(days=1)

AHEAD = 8 * DAY
"""So long before it is held a check is planned at most: its moment is drawn in its own week."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A spot check on record: ``at`` when it was held or left out, ``by`` what whoever called it is called."""

    at: datetime
    check: SpotCheck
    by: str = ""


def drawn(rules: SpotRules, now: datetime, chance: Random) -> list[datetime]:
    """Return the moments of the checks of a week, drawn evenly from what is left of the office's hours in it."""
    local = now.astimezone(SHANGHAI)
    days = [local + number * DAY for number in range(7 - local.weekday())]
    spans = [(max(begins, local), ends) for begins, ends in map(rules.hours_of, days) if ends > local]
    whole = sum(((ends - begins) for begins, ends in spans), timedelta())
    found = []
    for _ in range(rules.weekly if whole > timedelta() else 0):
        left = timedelta(seconds=int(chance.random() * whole.total_seconds()))
        for begins, ends in spans:
            if left < ends - begins:
                found.append(begins + left)
                break
            left -= ends - begins
    return sorted(found)


async def plan_spot_checks(service: Service, now: datetime, chance: Random, fence: Fence | None = None) -> None:
    """Draw the moments of this week, once in each jurisdiction: they are wakes from then on."""
    rules = service.policy.spot_checks
    if not rules.weekly:
        return
    year, week, _ = now.astimezone(SHANGHAI).isocalendar()
    async with service.store.reading() as rx:
        desks = {plan.jurisdiction.name: plan for plan in reversed(await bound_plans(rx, service))}
        done = {name: await rx.causes.result(_cause(name, year, week)) is not None for name in desks}
    for name, plan in desks.items():
        if not done[name]:
            cases = [new_case(KIND, plan, PlanSpotCheck(at=moment)) for moment in drawn(rules, now, chance)]
            await service.execute(cases, cause=_cause(name, year, week), requester=Requester(fence=fence))


def _cause(jurisdiction: str, year: int, week: int) -> str:
    return f"spotcheck:{jurisdiction}:{year}-{week:02}"


async def call_spot_check(service: Service, plan: Plan, *, cause: str, requester: Requester) -> Result:
    """Hold a check now, by hand."""
    rules, name = service.policy.spot_checks, plan.jurisdiction.name
    async with service.store.reading() as rx:
        people = await whom(rx, service.registry, name, rules, service.clock.now())
        busy = await forbidding(rx, name, rules)
    case = new_case(KIND, plan, CallSpotCheck(people=people, busy=busy))
    return await service.execute([case], cause=cause, requester=requester)


async def spot_checks_of(rx: Reading, plans: Sequence[Plan], most: int) -> list[SpotCheck]:
    """Return the newest checks that were held, or not held, in the jurisdictions of some plans; none that is ahead."""
    places, found = {plan.jurisdiction.name for plan in plans}, list[SpotCheck]()
    for row in await rx.cases.newest(KIND, 10 * most):
        if row.jurisdiction in places and row.state != "planned" and len(found) < most:
            case = await records.load_case(rx, row.stream)
            if isinstance(case, SpotCheck):
                found.append(case)
    return sorted(found, key=_moment, reverse=True)


async def spot_checks_between(rx: Reading, jurisdiction: str, since: datetime, until: datetime) -> list[Held]:
    """Return the checks of a jurisdiction that were held, or not held, in a stretch of time; none that is ahead."""
    found = []
    for row in await rx.cases.opened_between(KIND, jurisdiction, since - AHEAD, until, drill=False):
        case = await records.load_case(rx, row.stream) if row.state != "planned" else None
        if isinstance(case, SpotCheck) and since <= _moment(case) < until:
            person = await rx.people.get(case.by) if case.by else None
            found.append(Held(at=_moment(case), check=case, by=shown_name(person) if person is not None else ""))
    return sorted(found, key=lambda item: item.at)


def _moment(case: SpotCheck) -> datetime:
    return case.asked_at or case.at or case.events[0].at
