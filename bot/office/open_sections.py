"""What is open of incidents, warnings, duties, drills and the ways of telling: sections of the page of a hand-over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.cases.plan_registry import UnusablePlan
from bot.clock import SHANGHAI
from bot.office.open_matters import OpenMatter, section
from bot.office.people import missing
from bot.render import open_matters as words
from bot.render import rules
from bot.service.service import Service
from plans.desk.drill_state import KIND as SCRIPT
from plans.model import Plan
from plans.warning.state import KIND as WARNING
from plans.warning.state import WarningCase
from storage.duty_tables import InstanceRow
from storage.incidents import IncidentRow
from storage.transaction import Reading
from storage.voice import REFUSED, UNDER_WAY

PATIENCE = timedelta(seconds=60)
"""A message that waits longer is said not to get through."""

IN_FULL = 20
"""Open incidents of a plan, the newest, of which all that is open is listed; older ones have a line each."""

LISTED = 60
"""So many have lines of their own; behind them one line names the numbers of all others."""

IN_SHORT, BY_NUMBER = "short", "others"
"""What the lines are called in which not all that is open in an incident is said."""

LATE = timedelta(seconds=60)
"""A clock, or an update, that is served later than this is said to be behind."""

DAY = timedelta(days=1)


@section("incidents", order=10)
async def incidents(rx: Reading, service: Service, jurisdiction: str, plan: Plan, now: datetime) -> list[OpenMatter]:
    """Each open incident with its next clock, then all that is open in it."""
    rows = [row for row in await rx.incidents.open(jurisdiction, plan.id) if not row.drill]
    return await _of_incidents(rx, service, rows, now)


@section("drills", order=80)
async def drills(rx: Reading, service: Service, jurisdiction: str, plan: Plan, now: datetime) -> list[OpenMatter]:
    """The same of drills that run."""
    rows = [row for row in await rx.incidents.open(jurisdiction, plan.id) if row.drill]
    return await _of_incidents(rx, service, rows, now)


async def _of_incidents(rx: Reading, service: Service, rows: Sequence[IncidentRow], now: datetime) -> list[OpenMatter]:
    """Return what is open in incidents; of old ones behind many others only what the lists know of them."""
    newest = sorted(rows, key=lambda row: (row.reported_at, row.stream), reverse=True)
    whole = {row.stream for row in newest[:IN_FULL]}
    beyond = newest[LISTED:]
    rows = sorted(newest[:LISTED], key=lambda row: (row.reported_at, row.stream))
    found: list[OpenMatter] = []
    owed: dict[str, list[datetime | None]] = {}
    if len(rows) > IN_FULL and not beyond:
        for item in await rx.obligations.open(rows[0].jurisdiction):
            owed.setdefault(item.stream, []).append(item.due)
    for row in rows:
        if row.stream in whole:
            found += await _of_incident(rx, service, row, now)
            continue
        due = min((moment for moment in owed.get(row.stream, ()) if moment is not None), default=None)
        line = words.in_short(row.number, row.text, row.reported_at, len(owed.get(row.stream, ())), due, now,
                              drill=row.drill)  # fmt: skip
        found.append(OpenMatter(stream=row.stream, key=IN_SHORT, line=line, due=due, plan_id=row.plan_id))
    if beyond:
        line = words.by_number([(row.year, row.number) for row in beyond], drill=beyond[0].drill)
        found.append(OpenMatter(stream=f"incidents:{beyond[0].plan_id}", key=BY_NUMBER, line=line))
    return found


async def _of_incident(rx: Reading, service: Service, row: IncidentRow, now: datetime) -> list[OpenMatter]:
    incident = await service.cache.load(rx, row.stream)
    if incident is None:
        return []
    try:
        plan = await service.registry.pinned(rx, incident.plan_hash)
    except UnusablePlan:  # nobody can say what is open in it, which is a reason to name it, none to leave it out
        line = words.unreadable(row.number, drill=row.drill)
        return [OpenMatter(stream=row.stream, line=line, plan_id=row.plan_id)]
    view = await service.dispatcher.viewer(rx, plan, incident, now).build()
    return [
        OpenMatter(
            stream=row.stream, key=item.key, line=item.line, due=_clock(item.due, incident.offset), plan_id=row.plan_id
        )
        for item in words.of_incident(view)
    ]


def _clock(moment: datetime | None, offset: timedelta) -> datetime | None:
    """Return a moment of a case in the clock's time."""
    return moment - offset if moment is not None else None


@section("warnings", order=20)
async def warnings(rx: Reading, service: Service, jurisdiction: str, plan: Plan, now: datetime) -> list[OpenMatter]:
    """Each warning that is in force or waits to be issued, with who is silent."""
    found: list[OpenMatter] = []
    for row in await rx.cases.open(WARNING, jurisdiction):
        case = await service.cache.load_case(rx, row.stream) if row.plan_id == plan.id else None
        if not isinstance(case, WarningCase):
            continue
        try:
            pinned = await service.registry.pinned(rx, case.plan_hash)
        except UnusablePlan:
            pinned = plan
        view = await service.cases.view(rx, pinned, case, now)
        ends = case.content.ends if case.in_force else None
        line = words.of_warning(view)
        found.append(OpenMatter(stream=row.stream, line=line, due=_clock(ends, case.offset), plan_id=row.plan_id))
    return found


@section("duties", order=70)
async def duties(rx: Reading, service: Service, jurisdiction: str, plan: Plan, now: datetime) -> list[OpenMatter]:
    """What the office itself owes, one by one; of others who owes how much, overdue or due today."""
    books = await rx.duties.books(jurisdiction, plan.id, state="open")
    titles = {(book.bearer_kind, book.bearer): words.bearer(plan, book.bearer_kind, book.bearer, book.title)
              for book in books}  # fmt: skip
    overdue = await rx.duties.overdue(jurisdiction, plan.id, now)
    tomorrow = now.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    ahead = await rx.duties.instances(jurisdiction, plan.id, due_after=now, due_before=tomorrow + timedelta(seconds=1))
    late = {_key(row) for row in overdue}
    today = [row for row in ahead if not row.said and row.due > now and _key(row) not in late]
    found = [
        OpenMatter(
            stream=row.stream, key=_key(row), due=row.due,
            line=words.of_duty(
                plan, row.duty, titles.get((row.bearer_kind, row.bearer), row.bearer),
                rules.period(row.first, row.last, row.name), row.due, now, returned=row.returned_at is not None,
            ),
        )
        for row in (*overdue, *today)
        if _own(plan, row)
    ]  # fmt: skip
    theirs = [row for row in (*overdue, *today) if not _own(plan, row)]
    if theirs:  # one matter: what was due today and is overdue tomorrow is not done meanwhile
        counts = [
            Counter(titles.get((row.bearer_kind, row.bearer), row.bearer) for row in rows if not _own(plan, row))
            for rows in (overdue, today)
        ]
        due = max(row.due for row in theirs)
        found.append(OpenMatter(stream=f"duties:{plan.id}", key="others", line=words.of_others(*counts), due=due))
    return found


def _key(row: InstanceRow) -> str:
    return f"{row.bearer_kind}:{row.bearer}:{row.duty}:{row.period}"


def _own(plan: Plan, row: InstanceRow) -> bool:
    """Return whether a duty is one of the office itself: of its roles, or of the unit that it is."""
    return row.bearer_kind == "role" or (row.bearer_kind == "unit" and row.bearer == plan.office_unit)


@section("channels", order=90)
async def channels(rx: Reading, service: Service, jurisdiction: str, plan: Plan, now: datetime) -> list[OpenMatter]:
    """Ways of telling that are broken: groups and people that cannot be reached, words that do not get through."""
    stream, found = f"channels:{plan.id}", list[OpenMatter]()

    def add(key: str, line: str) -> None:
        found.append(OpenMatter(stream=stream, key=key, line=words.plain(line)))

    groups = await rx.places.bound(jurisdiction, plan.id, "command")
    for place in groups:
        if not place.member:
            add(f"place:{place.id}", words.lost_chat(place.title))
    if not groups:
        add("no-group", words.no_group(plan.title))
    lacks = await missing(rx, plan, now)
    for key, names in (("blocked", lacks.blocked), ("silent-units", lacks.unreachable)):
        if names:
            add(key, words.unreachable(key, names))
    mine = {row.stream: row.number for row in await rx.incidents.open(jurisdiction, plan.id)}
    others = [row for row in await rx.cases.open(None, jurisdiction) if row.kind != SCRIPT]  # its director is told
    mine |= {row.stream: row.number for row in others if row.plan_id == plan.id}
    troubled = await rx.outbox.troubled(jurisdiction, now - PATIENCE)
    for name, (waiting, failed) in sorted(troubled.items()):
        if name in mine:
            add(f"case:{name}", words.undelivered(name, mine[name], waiting, failed))
    found += await _of_program(rx, now)
    return found


async def _of_program(rx: Reading, now: datetime) -> list[OpenMatter]:
    """Return what is behind for everybody, whatever the plan: each said once."""
    inbox, due = await rx.inbox.backlog(), await rx.wakes.next_at()
    lines: Sequence[tuple[str, str]] = (
        ("deferred", words.deferred(inbox.deferred) if inbox.deferred else ""),
        ("inbox", words.behind("inbox", now - inbox.oldest) if inbox.oldest and now - inbox.oldest > LATE else ""),
        ("clocks", words.behind("clocks", now - due) if due is not None and now - due > LATE else ""),
        ("telephone", words.telephone(unmade) if (unmade := await _calls_unmade(rx, now)) else ""),
    )
    return [OpenMatter(stream="program", key=key, line=words.plain(line)) for key, line in lines if line]


async def _calls_unmade(rx: Reading, now: datetime) -> int:
    """Return how many of a day's last calls by the automatic telephone its gateway did not take, or never ended."""
    calls = [call for call in await rx.voice_calls.newest() if now - call.asked_at < DAY]
    return sum(call.state == REFUSED or (call.state in UNDER_WAY and call.until <= now) for call in calls)
