"""Duties of every day and statistics out."""

from __future__ import annotations

from datetime import datetime

from bot.clock import SHANGHAI
from bot.office.api_reader import reader_of
from bot.office.api_work import served_ids
from bot.office.statistics import places_of, scopes, statistics_of
from bot.web.api import cursors
from bot.web.api.models.base import Page
from bot.web.api.models.duties import DutyPeriod, DutyPeriods
from bot.web.api.models.statistics import CountedStatistics, StatisticsPeriod
from bot.web.api.operations import Call, Given, operation
from bot.web.api.problems import invalid
from plans.times.calendar_periods import period_of
from storage.duty_tables import BookRow, InstanceRow


@operation("listDuties", "GET", "/duties", tag="duties", scopes=("read",), query=Page, answers={200: DutyPeriods})
async def list_duties(call: Call) -> Given:
    """Each duty of each bearer in each period, by plan, bearer and end."""
    asked: Page = call.query
    after = cursors.read(asked.cursor, (str, str, str, datetime, str, str))
    place, reader = call.token.jurisdiction, reader_of(call.service, call.token)
    async with call.service.store.reading() as rx:
        rows = await rx.duties.page(
            place, served_ids(call.service, call.token), asked.limit + 1,
            after=(after[0], after[1], after[2], after[3], after[4], after[5]) if after else None,
        )  # fmt: skip
        shown = [row for row in rows[: asked.limit] if reader.serves(row.jurisdiction, row.plan_id)]
        books = await rx.duties.books_of(place, {row.bearer for row in shown}) if shown else []
    items = [_period(call, row, books) for row in shown]
    last = rows[asked.limit - 1] if len(rows) > asked.limit else None
    following = None
    if last is not None:
        following = cursors.cursor(last.plan_id, last.bearer_kind, last.bearer, last.due, last.duty, last.period)
    return Given(model=DutyPeriods(items=items, next=following))


def _period(call: Call, row: InstanceRow, books: list[BookRow]) -> DutyPeriod:
    titles = {(book.plan_id, book.bearer_kind, book.bearer): book.title for book in books}
    plan = call.service.registry.current(row.plan_id)
    title = titles.get((row.plan_id, row.bearer_kind, row.bearer)) or row.bearer
    if row.bearer_kind == "role" and row.bearer in plan.roles:
        title = plan.roles[row.bearer].title
    return DutyPeriod(
        plan=row.plan_id, duty=row.duty, text=next((duty.text for duty in plan.duties if duty.id == row.duty), None),
        bearer=title, bearer_kind=row.bearer_kind, period=row.period, first=row.first, last=row.last, due=row.due,
        status=row.status(call.now), settled_at=row.settled_at, evidence=row.evidence,
    )  # fmt: skip


@operation(
    "getStatistics", "GET", "/statistics", tag="statistics", scopes=("read",), query=StatisticsPeriod,
    answers={200: CountedStatistics},
)  # fmt: skip
async def get_statistics(call: Call) -> Given:
    """The statistics of a period, of all plans of the token or of one."""
    asked: StatisticsPeriod = call.query
    try:
        period = period_of(asked.period, call.now.astimezone(SHANGHAI).date())
    except (ValueError, OverflowError):
        period = None
    if period is None:
        raise invalid("period", "period")
    ids = served_ids(call.service, call.token)
    if asked.plan is not None and asked.plan not in ids:
        raise invalid("plan", "unknown_plan", known="、".join(ids))
    async with call.service.store.reading() as rx:
        places = await places_of(call.service.registry, rx)
    here = [(place, plan) for place, plan in places if place == call.token.jurisdiction and plan.id in ids]
    of = next(iter(scopes(reader_of(call.service, call.token), here)), None)
    if of is not None and asked.plan is not None:
        of = of.of(asked.plan)
    if of is None:
        raise invalid("plan", "unknown_plan", known="、".join(plan.id for _, plan in here))
    found = await statistics_of(call.service, of.selection(period, drills=asked.drills), call.now)
    return Given(model=CountedStatistics.model_validate(found.as_json()))
