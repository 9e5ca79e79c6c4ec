"""Deadlines in workdays, and reports that every member unit is owed for itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from plans.calendar import OfficeCalendar
from plans.core.policy import DEFAULT_POLICY
from plans.lint import lint
from plans.load import load_text
from plans.times.workdays import Day
from tests.factories import DUTY, Life
from tests.plans.test_guide import EXAMPLE

BEIJING = timezone(timedelta(hours=8))
RULE = """  - id: notice
    clause: "2.1"
    report: 通报
    bearer: 区指挥部办公室
    to: [区委]
    {more}clock: {{from: occurred, {clock}}}
    evidence: {evidence}
"""


def plan(clock: str = "workdays: 3", evidence: str = "3个工作日内", more: str = ""):
    rule = RULE.format(clock=clock, evidence=evidence, more=more)
    return load_text(EXAMPLE.replace("\nforms:", rule + "\nforms:"), "pool")


class Holidays:
    """Monday to Friday without a week in October, and a Sunday that is worked instead."""

    def day(self, date: date) -> Day:
        if date.year == 2030 and date.month == 10 and date.day <= 7:
            return Day(False)
        return Day(date.isoformat() == "2030-09-29" or date.weekday() < 5)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2030-07-01T15:00", 3, "2030-07-05T00:00"),  # a Monday: to the end of Thursday
        ("2030-07-05T15:00", 1, "2030-07-09T00:00"),  # a Friday: to the end of Monday
        ("2030-07-06T09:00", 1, "2030-07-09T00:00"),  # a Saturday
        ("2030-07-01T00:30", 1, "2030-07-03T00:00"),  # half past midnight in Beijing is still Sunday in UTC
        ("2030-09-28T10:00", 2, "2030-10-01T00:00"),  # the worked Sunday and Monday
        ("2030-09-30T10:00", 1, "2030-10-09T00:00"),  # over the holidays
    ],
)
def test_a_deadline_in_workdays_ends_with_the_last_of_them(start, days, due):
    at = datetime.fromisoformat(start).replace(tzinfo=BEIJING).astimezone(UTC)
    life = Life(
        plan(f"workdays: {days}", f"{days}个工作日内"),
        replace(DEFAULT_POLICY, calendar=OfficeCalendar(workdays=Holidays())),
        at,
        at,
    )
    life.report("+1m", DUTY)
    (notice,) = [item for item in life.incident.open_instances if item.rule == "notice"]
    assert notice.due.astimezone(BEIJING).isoformat()[:16] == due


def test_without_a_calendar_saturdays_and_sundays_are_free():
    at = datetime(2030, 7, 5, 15, tzinfo=BEIJING)
    life = Life(plan(), DEFAULT_POLICY, at, at).report("+1m", DUTY)
    (notice,) = [item for item in life.incident.open_instances if item.rule == "notice"]
    assert notice.due == datetime(2030, 7, 11, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("clock", "evidence", "faulty"),
    [
        ("workdays: 3", "3个工作日内", False),
        ("workdays: 3", "三个工作日内", False),
        ("workdays: 3", "5个工作日内", True),
        ("workdays: 3", "3日内", True),
        ("within: P3D", "3个工作日内", True),
    ],
)
def test_lint_tells_workdays_from_days(clock, evidence, faulty):
    found = [item for item in lint(plan(clock, evidence)) if item.rule == "clock" and item.severity == "error"]
    assert bool(found) is faulty


def test_each_member_unit_is_owed_its_own_notice():
    loaded = plan("within: PT1H", "1小时内", "to_members: true\n    ")
    life = Life(loaded).report("+1m", DUTY)
    (notice,) = [item for item in life.incident.open_instances if item.rule == "notice"]
    assert notice.to == ("区委", "区体育局", "区卫健局")
    assert [item.message for item in lint(loaded) if item.severity == "error"] == []
