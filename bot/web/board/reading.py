"""What one person's pages are made of, read under that person's rights; None where there is nothing for him."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from bot.cases.names import with_names
from bot.cases.plan_registry import UnusablePlan
from bot.office.duty_overview import overview, quarter_begins
from bot.office.reader import Reader
from bot.render.pages.duty import DutyTable, duty_table
from bot.render.pages.incident import MOST_MESSAGES, incident_page
from bot.render.pages.incident_parts import IncidentPage, Row
from bot.render.pages.warning import WarningPage, warning_page
from bot.render.view import View
from bot.service import Service
from plans.incident.records_said import Evidence
from plans.incident.state import KIND as INCIDENT
from plans.incident.state import Incident
from plans.model import Plan
from plans.warning.state import KIND as WARNING
from plans.warning.state import WarningCase
from storage.transaction import Reading


async def incident_of(service: Service, reader: Reader, case: str) -> tuple[Plan, Incident] | None:
    """Return an incident that somebody may read; one that is not there and one that is not his are alike."""
    try:
        pair = await service.incident(f"{INCIDENT}:{case}")
    except UnusablePlan:
        return None
    return pair if pair is not None and reader.may_read(*pair) else None


async def view_of(service: Service, reader: Reader, case: str) -> View | None:
    """Return an incident before somebody's eyes, in private."""
    pair = await incident_of(service, reader, case)
    return None if pair is None else await service.view(*pair, reader.person_id)


async def page_of_incident(service: Service, reader: Reader, case: str) -> tuple[View, IncidentPage] | None:
    """Return the page of an incident."""
    view = await view_of(service, reader, case)
    if view is None:
        return None
    office = reader.works_on(view.incident.jurisdiction, view.plan)
    async with service.store.reading() as rx:
        view = await with_names(rx, view)
        rows = await _messages(rx, view.incident.stream) if office else []
    return view, incident_page(view, office=office, messages=rows)


async def _messages(rx: Reading, stream: str) -> list[Row]:
    sent = await rx.outbox.said(stream, MOST_MESSAGES + 1)
    places = await rx.places.among({row.place_id for row in sent})
    return [
        Row(
            at=row.finished_at or row.created_at,
            to=places[row.place_id].title if row.place_id in places else "",
            notice=row.notice,
            state=row.state,
        )
        for row in sent
    ]


async def evidence_of(service: Service, reader: Reader, case: str, number: int) -> Evidence | None:
    """Return a file of an incident, by its number, for those who work on it: as the chats show it to the duty seat."""
    pair = await incident_of(service, reader, case)
    if pair is None or not reader.works_on(pair[1].jurisdiction, pair[0]):
        return None
    items = list(pair[1].evidence.values())
    return items[number - 1] if 1 <= number <= len(items) else None


async def page_of_warning(service: Service, reader: Reader, case: str) -> WarningPage | None:
    """Return the page of a warning; whom to ring is for those who work on it."""
    try:
        pair = await service.case(f"{WARNING}:{case}")
    except UnusablePlan:
        return None
    plan, warning = pair if pair is not None else (None, None)
    if plan is None or not isinstance(warning, WarningCase) or not reader.serves(warning.jurisdiction, warning.plan):
        return None
    named = [item.recipient for item in warning.waking.values()]
    view = await service.case_view(plan, warning, reader.person_id, about=named)
    if not reader.works_on(warning.jurisdiction, plan):
        view = replace(view, numbers={})
    return warning_page(view)


async def duties_of(service: Service, reader: Reader, jurisdictions: Iterable[str]) -> list[DutyTable]:
    """Return how the bearers of each plan stand this quarter whose duties somebody looks after."""
    now, tables = service.clock.now(), []
    since = quarter_begins(now)
    async with service.store.reading() as rx:
        for name in jurisdictions:
            for switch in await rx.duties.switches(name):
                if not switch.on or switch.plan_id not in service.registry.ids:
                    continue
                plan = service.registry.current(switch.plan_id)
                if not reader.checks_duties(plan):
                    continue
                found = await overview(rx, plan, now, since)
                counts: dict[str, Counter[str]] = {}
                for (bearing, _), some in found.cells().items():
                    if bearing in found.titles:
                        counts.setdefault(found.titles[bearing], Counter()).update(some)
                tables.append(duty_table(plan, list(found.titles.values()), counts, since, now))
    return tables
