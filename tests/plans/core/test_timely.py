"""What the clock alone makes so: lengths of time that go on, days and hours, and levels that are raised by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from plans.calendar import OfficeCalendar
from plans.classify import classify, possible_levels
from plans.core.policy import DEFAULT_POLICY
from plans.incident.closing import Reject
from plans.incident.conflicts import Resolve
from plans.incident.ending import End
from plans.incident.facts import Update
from plans.incident.figures import effective
from plans.incident.merging import Merge, absorption
from plans.incident.timing import CALENDAR, TimeRuns, within
from plans.kinds import fold
from plans.lint import lint
from plans.load import PlanError, load_text
from plans.measures import largest
from plans.model import Calendar
from plans.times.workdays import Day
from plans.values import Interval, Options
from tests.factories import DUTY, SCHOOL, Life
from tests.plans.test_guide import EXAMPLE

BEIJING = timezone(timedelta(hours=8))
FACTS = """facts:
  closed_hours: {label: 停馆, type: number, unit: 小时, words: [停馆], ticks: true, stopped_by: open_again, clause: "1"}
  open_again: {label: 恢复开放, type: flag, said_by: [恢复开放], clause: "1"}
  peak: {label: 高峰时段, type: flag, calendar: {days: workday, hours: [07:00-09:00, 17:00-19:00]}, clause: "1"}
  festival: {label: 重大活动期间, type: flag, said_by: [运动会], clause: "1"}
"""
ROWS = """    - {id: closed, level: 较大, clause: "1", evidence: 停馆24小时以上, when: {closed_hours: {ge: 24}}}
    - {id: closed-some, level: 一般, clause: "1", evidence: 停馆6小时以上, when: {closed_hours: {ge: 6}}}
    - {id: peak, level: 一般, clause: "1", text: 高峰时段有人受伤, when: {injuries: {ge: 1}, peak: true}}
  raises:
    - {id: festival, clause: "1", text: 重大活动期间提高一级, when: {festival: true}}
"""


def pool():
    text = EXAMPLE.replace("\nlevels:", f"\n{FACTS}\nlevels:").replace("\nroles:", f"{ROWS}\nroles:", 1)
    return load_text(text, "pool")


PLAN = pool()
NOBODY = {"deaths": 0, "missing": 0, "injuries": 0, "serious_injuries": 0, "ill": 0}


def life(start: str = "2030-07-01T15:00", **given) -> Life:
    at = datetime.fromisoformat(start).replace(tzinfo=BEIJING).astimezone(UTC)
    return Life(PLAN, DEFAULT_POLICY, at, at).report("+10m", SCHOOL, facts={**NOBODY, **given})


def levels(life: Life) -> tuple[str, ...]:
    return possible_levels(PLAN, effective(life.incident), raised=life.incident.raised)


def test_a_length_that_goes_on_comes_to_the_next_level_by_itself():
    told = life(closed_hours=2)
    assert levels(told) == ("未达标准",)
    assert told.incident.runs["closed_hours"] == told.moment("+4h10m") + timedelta(seconds=1)
    told.until("+4h9m")
    assert levels(told) == ("未达标准",)
    told.until("+4h12m")
    assert levels(told) == ("一般",)
    assert told.proposal.level == "Ⅲ"
    told.until("+22h12m")
    assert levels(told) == ("较大",)
    assert told.proposal.level == "Ⅱ"
    assert told.incident.runs["closed_hours"] is None
    assert {claim.source for claim in told.incident.claims["closed_hours"]} == {"reporter"}


def test_the_second_that_the_clock_waits_beyond_a_bound_is_in_no_figure():
    told = life(closed_hours=2)
    told.until("+4h12m")
    because = classify(PLAN, effective(told.incident)).matched[0].because
    assert because.startswith("停馆6小时，"), because


def test_what_was_recorded_folds_to_the_same():
    told = life(closed_hours=2)
    told.until("+22h12m")
    assert fold(told.incident.stream, told.incident.events) == told.incident


def test_it_stops_when_it_is_over_and_with_the_end():
    over = life(closed_hours=2)
    over.do(Update(facts={"open_again": True}), DUTY, "+1h")
    over.until("+9h")
    assert levels(over) == ("未达标准",)
    assert over.incident.runs["closed_hours"] is None
    ended = life(closed_hours=2)
    ended.do(End(reason="已恢复"), DUTY, "+1h")
    ended.until("+9h")
    assert [item for item in ended.incident.events if isinstance(item.event, TimeRuns)][-1].at <= ended.moment("+1h")


def test_a_new_figure_counts_from_when_it_was_said():
    told = life(closed_hours=2)
    told.do(Update(facts={"closed_hours": 1}), DUTY, "+1h")
    assert told.incident.runs["closed_hours"] == told.moment("+6h") + timedelta(seconds=1)


def test_nothing_is_recorded_over_and_over():
    told = life(closed_hours=2)
    for minute in range(20, 200, 20):
        told.do(Update(facts={"injuries": minute}), DUTY, f"+{minute}m")
    assert sum(isinstance(item.event, TimeRuns) for item in told.incident.events) == 1


@pytest.mark.parametrize(
    ("start", "peak"),
    [
        ("2030-07-01T08:59", True),  # a Monday
        ("2030-07-01T09:00", False),
        ("2030-07-01T17:00", True),
        ("2030-07-06T08:00", False),  # a Saturday
        ("2030-07-01T00:30", False),
    ],
)
def test_the_calendar_answers_by_the_moment_of_the_occurrence(start, peak):
    told = life(start, injuries=1)
    assert effective(told.incident)["peak"] == Options(frozenset([peak]))
    assert levels(told) == (("一般",) if peak else ("未达标准",))


def test_an_earlier_occurrence_is_looked_up_anew_and_a_persons_word_goes_before_the_calendar():
    told = life("2030-07-01T09:05", injuries=1)
    assert levels(told) == ("未达标准",)
    told.do(Update(occurred_at=told.moment("-10m")), DUTY, "+15m")
    assert levels(told) == ("一般",)
    told.do(Update(facts={"peak": False}), DUTY, "+16m")
    assert levels(told) == ("未达标准",)


class AllWorked:
    def day(self, date):
        return Day(True)


@pytest.mark.parametrize(
    ("days", "hours", "moment", "expected"),
    [
        ("any", (), "2030-07-06T03:00", True),
        ("workday", (), "2030-07-06T03:00", True),
        ("free", (), "2030-07-06T03:00", False),
        ("any", ("22:00-06:00",), "2030-07-06T03:00", True),
        ("any", ("22:00-06:00",), "2030-07-06T06:00", False),
        ("any", ("22:00-06:00",), "2030-07-06T23:30", True),
        ("any", ("08:00-24:00",), "2030-07-06T23:59", True),
    ],
)
def test_days_and_hours(days, hours, moment, expected):
    at = datetime.fromisoformat(moment).replace(tzinfo=BEIJING)
    assert within(Calendar(days=days, hours=hours), at, AllWorked()) is expected


def test_the_calendar_of_the_office_counts():
    at = datetime(2030, 7, 6, 8, tzinfo=BEIJING)
    told = Life(PLAN, replace(DEFAULT_POLICY, calendar=OfficeCalendar(workdays=AllWorked())), at, at)
    told.report("+1m", SCHOOL, facts={**NOBODY, "injuries": 1})
    assert levels(told) == ("一般",)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"deaths": Interval(1, 1), "missing": Interval(0, 0)}, ("一般",)),
        ({"deaths": Interval(1, 1), "festival": Options(frozenset([True]))}, ("较大",)),
        ({"deaths": Interval(4, 4), "festival": Options(frozenset([True]))}, ("较大",)),
        ({"deaths": Interval(1, 1), "festival": Options(frozenset([True, False]))}, ("一般", "较大")),
        ({"deaths": Interval(0, 0), "festival": Options(frozenset([True]))}, ("未达标准",)),
    ],
)
def test_what_raises_a_level_raises_every_row_by_one(facts, expected):
    assert possible_levels(PLAN, facts) == expected


def test_the_clause_that_raises_is_named():
    found = classify(PLAN, {"deaths": Interval(1, 1), "festival": Options(frozenset([True]))})
    assert any("重大活动期间提高一级" in item.because for item in found.matched if item.level == "较大")


def test_such_a_plan_lints():
    assert [item.message for item in lint(PLAN) if item.severity == "error"] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ticks: true, stopped_by: open_again", "ticks: true, stopped_by: nobody"),
        ("type: number, unit: 小时, words: [停馆], ticks", "type: number, unit: 米, words: [停馆], ticks"),
        ("type: flag, calendar", "type: count, calendar"),
        ("07:00-09:00", "7点-9点"),
        ("when: {festival: true}", "when: {carnival: true}"),
    ],
)
def test_what_is_wrong_with_it_is_said_at_loading(old, new):
    text = EXAMPLE.replace("\nlevels:", f"\n{FACTS}\nlevels:").replace("\nroles:", f"{ROWS}\nroles:", 1)
    assert old in text
    with pytest.raises(PlanError):
        load_text(text.replace(old, new), "pool")


def test_a_length_that_is_settled_between_sources_goes_on_from_what_it_has_come_to():
    told = life(closed_hours=2)
    told.do(Update(facts={"closed_hours": 3}, source="x"), SCHOOL, "+2h")
    told.do(Resolve(fact="closed_hours", use="reporter"), DUTY, "+3h")
    assert told.incident.runs["closed_hours"] == told.moment("+4h10m") + timedelta(seconds=1)
    told.until("+4h12m")
    assert levels(told) == ("一般",)


def test_a_length_that_another_incident_takes_over_goes_on_from_what_it_has_come_to():
    one, other = life(closed_hours=2), life()
    for some in (one, other):
        some.until("+3h")
    one.do(Merge(into="incident:18", number=18), DUTY)
    other.do(absorption(one.incident), DUTY)
    other.until("+4h12m")
    assert levels(other) == ("一般",)


def test_what_the_calendar_answered_is_not_taken_over_as_somebodys_word():
    early, late = life("2030-07-01T08:59", injuries=1), life("2030-07-01T09:05", injuries=1)
    late.do(absorption(early.incident), DUTY, "+15m")
    assert {claim.source for claim in late.incident.claims["peak"]} == {CALENDAR}
    assert effective(late.incident)["peak"] == Options(frozenset([True])), "the earlier occurrence is the incident's"


@pytest.mark.parametrize("over", [Reject(reason="误报"), Merge(into="incident:18", number=18)])
def test_nothing_is_counted_where_the_case_is_over(over):
    told = life(closed_hours=2)
    told.do(over, DUTY, "+1h")
    before = len(told.incident.events)
    told.until("+30h")
    assert not [item for item in told.incident.events[before:] if isinstance(item.event, TimeRuns)]


def test_a_bound_that_was_passed_while_nobody_counted_is_passed_also_when_it_is_over():
    told = life(closed_hours=2)
    told.now = told.moment("+9h")  # the program was away, and what is said comes before the wake
    told.do(Update(facts={"open_again": True}), DUTY)
    assert levels(told) == ("一般",)


@pytest.mark.parametrize(
    "said", [largest("小时"), -largest("小时"), {"at_least": 0, "at_most": largest("小时")}, {"at_least": -3}, 0.1]
)
def test_no_length_is_so_long_that_the_clock_stands(said):
    told = life()
    told.decide(Update(facts={"closed_hours": said}), DUTY, "+15m")
    told.until("+60h")
    assert life(closed_hours=said).until("+60h").incident.sequence < 60
