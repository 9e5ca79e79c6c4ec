"""What whoever looks after duties is told by itself: each week who is overdue, each quarter a page for the leader."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

from bot.clock import SHANGHAI
from bot.office.duty_overview import Overview, overview, quarter_begins
from bot.outgoing.messages import OutgoingMessage
from bot.render import Message
from bot.render import duty_office as pages
from bot.service.requests import Fence, Requester
from bot.service.service import Service
from plans.core.keys import to_person
from plans.duty.chasing import digest_day
from plans.model import Plan
from storage.people import Person
from storage.transaction import Reading

AT, UNTIL = time(9, 10), time(20, 0)
"""In Beijing: behind the bearers' own messages; what is later than the evening waits for the next week."""

SECTION, LEADER = "duty_section", "duty_leader"
"""Of the week's list and the quarter's page."""

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


async def tell_overdue(service: Service, now: datetime, fence: Fence | None = None) -> None:
    """Tell the section on the week's first workday who is overdue, and the leader on the quarter's how all stand."""
    local = now.astimezone(SHANGHAI)
    if not AT <= local.time() < UNTIL:
        return
    week = digest_day(local.date(), service.policy) == local.date()
    quarter = _first_workday(service, quarter_begins(now).date()) == local.date()
    if not week and not quarter:
        return
    async with service.store.reading() as rx:
        plans = [
            service.registry.current(row.plan_id)
            for row in await rx.duties.switches()
            if row.on and row.plan_id in service.registry.ids
        ]
    for plan in plans:
        if week:
            await _weekly(service, plan, now, fence)
        if quarter:
            await _quarterly(service, plan, now, fence)


def _first_workday(service: Service, day: date) -> date:
    ahead = (day + number * _DAY for number in range(15))
    return next((item for item in ahead if service.policy.calendar.day(item).work), day)


async def _weekly(service: Service, plan: Plan, now: datetime, fence: Fence | None) -> None:
    year, week, _ = now.astimezone(SHANGHAI).isocalendar()
    cause = f"duty-section:{plan.jurisdiction.name}:{plan.id}:{year}-W{week}"
    async with service.store.reading() as rx:
        if await rx.causes.result(cause) is not None:
            return
        found = await overview(rx, plan, now, now - timedelta(days=366))
        people = await section(rx, plan)
    missed, daily, returned = Counter[str](), Counter[str](), Counter[str]()
    for row in found.rows:
        title, status = found.titles.get((row.bearer_kind, row.bearer), row.bearer), row.status(now)
        if row.first != row.last:
            missed[title] += status == "missed"
        elif row.due > now - _WEEK:  # a day that is over is not made up for: it is told once
            daily[title] += status == "missed"
        returned[title] += status == "returned"
    if any((*missed.values(), *daily.values(), *returned.values())):
        message = pages.weekly(plan, missed, daily, returned)
        await _say(service, plan, people, message, SECTION, cause, fence)
    else:  # what is missed or sent back later in the day is for the next week
        await service.say([], cause=cause, requester=Requester(fence=fence))


async def _quarterly(service: Service, plan: Plan, now: datetime, fence: Fence | None) -> None:
    begins = quarter_begins(now)
    before = quarter_begins(begins - _DAY)
    cause = f"duty-leader:{plan.jurisdiction.name}:{plan.id}:{before.date().isoformat()}"
    async with service.store.reading() as rx:
        if await rx.causes.result(cause) is not None:
            return
        found = await overview(rx, plan, now, before)
        people = await leaders(rx, plan)
    ended = Overview(
        plan=plan, now=now, titles=found.titles, duties=found.duties,
        rows=tuple(row for row in found.rows if row.due <= begins),
    )  # fmt: skip
    if ended.rows:
        message = pages.quarterly(plan, ended.counts(), ended.silent(), len(found.titles), before, now)
        await _say(service, plan, people, message, LEADER, cause, fence)


async def section(rx: Reading, plan: Plan) -> list[Person]:
    """Return who looks after a plan's duties: who speaks for the office's unit, else who sits on the duty seat."""
    place = plan.jurisdiction.name
    people = list(await rx.people.holders(place, plan.id, "liaison", plan.office_unit)) if plan.office_unit else []
    people = [person for person in people if _reachable(person)]
    seat = await rx.people.seat(place, plan.id) if not people else None
    person = await rx.people.get(seat.person_id) if seat is not None else None
    return people or ([person] if person is not None and _reachable(person) else [])


async def leaders(rx: Reading, plan: Plan) -> list[Person]:
    """Return who holds the plan's first role, by rank; of the next where nobody does who can be written to."""
    for role, _ in sorted(plan.roles.items(), key=lambda item: item[1].rank):
        people = [p for p in await rx.people.holders(plan.jurisdiction.name, plan.id, role) if _reachable(p)]
        if people:
            return people
    return []


def _reachable(person: Person) -> bool:
    return person.place_id is not None and person.blocked_at is None


async def _say(
    service: Service, plan: Plan, people: list[Person], message: Message, notice: str, cause: str, fence: Fence | None
) -> None:
    messages = [
        OutgoingMessage(
            place_id=person.place_id or "", message=message, notice=notice, audience=to_person(person.id),
            person_id=person.id, jurisdiction=plan.jurisdiction.name, priority=3,
        )
        for person in people
    ]  # fmt: skip
    if messages:
        await service.say(messages, cause=cause, requester=Requester(fence=fence))
