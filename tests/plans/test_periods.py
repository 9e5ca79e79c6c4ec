"""Periods of calendar rules: they tile time, are due within themselves, and each shipped rule has the right ones."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.workdays import ChinaWorkdays
from plans.calendar import NO_CALENDAR, OfficeCalendar, Term
from plans.load import load_all
from plans.model import Every
from plans.periods import anchor_of, for_plan, next_period, period_at, periods
from plans.times.yearly import year_day

DAY = timedelta(days=1)
THEMES = {
    "theme_days": [
        {"name": "全国中小学生安全教育日", "date": "3月最后一个周一"},
        {"name": "全国防灾减灾日", "date": "5月12日"},
        {"name": "全国消防日", "date": "11月9日"},
    ]
}
AUTUMN, SPRING = (
    Term(date(2026, 9, 1), date(2027, 1, 20), "秋季学期"),
    Term(date(2027, 3, 1), date(2027, 7, 9), "春季学期"),
)
SCHOOL = OfficeCalendar(
    workdays=ChinaWorkdays(),
    terms=(AUTUMN, SPRING),
    holidays=frozenset({date(2026, 11, 12), date(2026, 11, 13)}),
    lessons=frozenset({date(2026, 11, 15)}),
)
TILING = [
    "year",
    "half-year",
    "quarter",
    "month",
    "half-month",
    "week",
    "day",
    {"unit": "year", "by": "3月31日"},
    THEMES,
]
ALL = [*TILING, "workday", "school-day", "term", {"unit": "month", "school": True}, {"years": 2}, {"years": 3}]

days = st.dates(date(1980, 1, 1), date(2080, 12, 31))


def rule(written) -> Every:
    return Every.model_validate(written)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize("written", TILING, ids=str)
@given(day=days)
def test_every_day_is_in_exactly_one_period(written, day):
    every = rule(written)
    held = period_at(every, day, SCHOOL)
    assert held is not None and held.first <= day <= held.last
    assert period_at(every, held.first, SCHOOL) == held == period_at(every, held.last, SCHOOL)
    after, before = period_at(every, held.last + DAY, SCHOOL), period_at(every, held.first - DAY, SCHOOL)
    assert after is not None and after.first == held.last + DAY
    assert before is not None and before.last == held.first - DAY
    assert next_period(every, held, SCHOOL) == next_period(every, day, SCHOOL) == after
    assert len({before.id, held.id, after.id}) == 3


@pytest.mark.parametrize("years", range(2, 11))
@given(day=days, anchor=days)
def test_years_are_counted_from_any_anchor_without_gap(years, day, anchor):
    every = rule({"years": years})
    held = period_at(every, day, NO_CALENDAR, anchor)
    assert held is not None and held.first <= day <= held.last
    after = period_at(every, held.last + DAY, NO_CALENDAR, anchor)
    assert after is not None and after.first == held.last + DAY
    assert (after.last - held.first).days + 1 in range(2 * years * 365, 2 * years * 366 + 2)
    begun = period_at(every, anchor, NO_CALENDAR, anchor)
    assert begun is not None and begun.first == anchor
    assert period_at(every, day, NO_CALENDAR) is None


@pytest.mark.parametrize("written", ALL, ids=str)
@given(day=days)
def test_what_is_due_is_due_within_its_period(written, day):
    held = period_at(rule(written), day, SCHOOL, date(2024, 2, 29))
    if held is not None:
        assert held.begins < held.due <= held.ends
        assert held.first <= held.due_day <= held.last
        assert held.due.tzinfo is UTC


@pytest.mark.parametrize("written", ALL, ids=str)
@given(day=st.dates(date(2026, 1, 1), date(2027, 12, 31)), length=st.integers(0, 500))
@settings(max_examples=25)
def test_from_to_is_what_the_days_say_one_by_one(written, day, length):
    every, last, anchor = rule(written), day + length * DAY, date(2021, 9, 30)
    each = (period_at(every, day + number * DAY, SCHOOL, anchor) for number in range(length + 1))
    assert list(periods(every, day, last, SCHOOL, anchor)) == [item for item, _ in itertools.groupby(each) if item]


@given(day=st.dates(date(2026, 1, 1), date(2028, 1, 1)))
def test_daily_rules_have_a_period_on_their_days_alone(day):
    for unit, work in (("workday", SCHOOL.day(day)), ("school-day", SCHOOL.school_day(day))):
        held = period_at(rule(unit), day, SCHOOL)
        assert (held is not None) == work.work
        if held is not None:
            assert (held.first, held.last, held.tentative) == (day, day, work.tentative)
        following = next_period(rule(unit), day, SCHOOL)
        assert following is not None and following.first > day


@pytest.mark.parametrize(
    ("written", "day", "id_", "first", "last", "due"),
    [
        ("year", "2026-11-30", "2026", "2026-01-01", "2026-12-31", "2027-01-01T00:00+08:00"),
        ({"unit": "year", "by": "3月31日"}, "2026-11-30", "2026", "2026-01-01", "2026-12-31", "2026-04-01T00:00+08:00"),
        ({"unit": "year", "by": "2月29日"}, "2027-02-01", "2027", "2027-01-01", "2027-12-31", "2027-03-01T00:00+08:00"),
        ("half-year", "2026-06-30", "2026-H1", "2026-01-01", "2026-06-30", "2026-07-01T00:00+08:00"),
        ("half-year", "2026-07-01", "2026-H2", "2026-07-01", "2026-12-31", "2027-01-01T00:00+08:00"),
        ("quarter", "2026-11-30", "2026-Q4", "2026-10-01", "2026-12-31", "2027-01-01T00:00+08:00"),
        ("quarter", "2028-02-29", "2028-Q1", "2028-01-01", "2028-03-31", "2028-04-01T00:00+08:00"),
        ("month", "2028-02-01", "2028-02", "2028-02-01", "2028-02-29", "2028-03-01T00:00+08:00"),
        ("month", "2026-12-31", "2026-12", "2026-12-01", "2026-12-31", "2027-01-01T00:00+08:00"),
        ("half-month", "2026-11-15", "2026-11-F1", "2026-11-01", "2026-11-15", "2026-11-16T00:00+08:00"),
        ("half-month", "2026-11-16", "2026-11-F2", "2026-11-16", "2026-11-30", "2026-12-01T00:00+08:00"),
        ("half-month", "2027-02-28", "2027-02-F2", "2027-02-16", "2027-02-28", "2027-03-01T00:00+08:00"),
        ("week", "2027-01-01", "2026-W53", "2026-12-28", "2027-01-03", "2027-01-04T00:00+08:00"),
        ("day", "2026-11-30", "2026-11-30", "2026-11-30", "2026-11-30", "2026-12-01T00:00+08:00"),
        ("term", "2026-11-30", "2026-09-01-T", "2026-09-01", "2027-01-20", "2027-01-21T00:00+08:00"),
        ({"years": 3}, "2026-11-29", "2024-09-30-3Y", "2024-09-30", "2027-09-29", "2027-09-30T00:00+08:00"),
        ({"years": 3}, "2021-09-29", "2018-09-30-3Y", "2018-09-30", "2021-09-29", "2021-09-30T00:00+08:00"),
        (THEMES, "2026-05-12", "2026-05-12", "2026-04-07", "2026-05-19", "2026-05-20T00:00+08:00"),
        (THEMES, "2026-11-30", "2027-03-29", "2026-11-17", "2027-04-05", "2027-04-06T00:00+08:00"),
    ],
)  # fmt: skip
def test_periods_by_name(written, day, id_, first, last, due):
    held = period_at(rule(written), date.fromisoformat(day), SCHOOL, date(2021, 9, 30))
    assert held is not None
    found = (held.id, held.first.isoformat(), held.last.isoformat(), held.due)
    assert found == (id_, first, last, moment(due))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("workday", "2026-10-01"),  # 国庆
        ("workday", "2026-11-28"),  # a Saturday
        ("school-day", "2026-08-31"),  # the day before term
        ("school-day", "2027-02-15"),  # between two terms
        ("school-day", "2026-11-12"),  # a holiday of the term
        ("school-day", "2026-11-28"),
        ("term", "2027-02-15"),
        ({"unit": "month", "school": True}, "2027-08-15"),  # no lesson in the whole month
        ({"years": 2}, "2026-01-01"),  # nobody knows from when
        ({"after": "印发", "workdays": 20}, "2026-01-01"),
        ({"before": "汛期", "days": 14}, "2026-05-20"),
    ],
)
def test_days_that_a_rule_leaves_out(written, day):
    assert period_at(rule(written), date.fromisoformat(day), SCHOOL) is None


def test_a_day_of_lessons_that_is_no_workday_counts_and_a_month_with_lessons_too():
    assert period_at(rule("school-day"), date(2026, 11, 15), SCHOOL) is not None
    held = period_at(rule({"unit": "month", "school": True}), date(2027, 7, 31), SCHOOL)
    assert held is not None and held.id == "2027-07"
    following = next_period(rule({"unit": "month", "school": True}), held, SCHOOL)
    assert following is not None and following.id == "2027-09"  # no term is entered that far, and 70 days are over


def test_without_terms_lessons_are_on_workdays_and_that_is_tentative():
    held = period_at(rule("school-day"), date(2027, 8, 2), OfficeCalendar(workdays=ChinaWorkdays()))
    assert held is not None and held.tentative


def test_a_rule_after_an_event_ends_with_the_last_of_its_workdays():
    calendar = SCHOOL.with_events({"印发": (date(2025, 9, 15),)})
    held = period_at(rule({"after": "印发", "workdays": 20}), date(2025, 10, 1), calendar)
    # 28 September was worked, 1 to 8 October were not, 11 October was worked.
    assert held is not None and (held.first, held.last, held.name) == (date(2025, 9, 15), date(2025, 10, 17), "印发")
    assert held.due == moment("2025-10-18T00:00+08:00")
    days = rule({"after": "放假", "days": 7})
    assert [item.last for item in periods(days, date(2026, 1, 1), date(2027, 12, 31), calendar)] == [
        date(2027, 1, 28), date(2027, 7, 17),
    ]  # fmt: skip


def test_a_rule_before_an_event_ends_the_day_before():
    every = rule({"before": "开学", "days": 14})
    held = period_at(every, date(2026, 8, 25), SCHOOL)
    assert held is not None and (held.first, held.last) == (date(2026, 8, 18), date(2026, 8, 31))
    following = next_period(every, held, SCHOOL)
    assert following is not None and following.last == date(2027, 2, 28)
    assert next_period(every, following, SCHOOL) is None


def test_theme_days_are_moved_and_added_by_the_office():
    calendar = OfficeCalendar(
        moved={("全国消防日", 2026): date(2026, 11, 12)},
        local={"防溺水日": year_day("6月1日"), "同日": year_day("5月12日")},
    )
    found = [(item.name, item.id) for item in periods(rule(THEMES), date(2026, 5, 1), date(2026, 11, 30), calendar)]
    assert found == [
        ("全国防灾减灾日、同日", "2026-05-12"), ("防溺水日", "2026-06-01"), ("全国消防日", "2026-11-12"),
        ("全国中小学生安全教育日", "2027-03-29"),
    ]  # fmt: skip


def test_theme_days_near_each_other_do_not_overlap():
    near = {"theme_days": [{"name": "一", "date": "5月10日"}, {"name": "二", "date": "5月12日"}]}
    one, two = list(periods(rule(near), date(2026, 5, 9), date(2026, 5, 12), NO_CALENDAR))
    assert (one.last, two.first, two.last) == (date(2026, 5, 11), date(2026, 5, 12), date(2026, 5, 19))


@pytest.mark.parametrize(
    ("text", "year", "day"),
    [
        ("5月12日", 2026, "2026-05-12"), ("2月29日", 2027, "2027-02-28"), ("3月最后一个周一", 2026, "2026-03-30"),
        ("9月第三个周六", 2026, "2026-09-19"), ("6月第1个星期天", 2026, "2026-06-07"),
        ("12 月 4 日", 2026, "2026-12-04"),
    ],
)  # fmt: skip
def test_a_day_of_each_year(text, year, day):
    assert year_day(text).of(year) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text", ["", "13月1日", "2月30日", "5月", "5-12", "3月第五个周一", "三月十二日", "0月最后一个周一"]
)
def test_what_is_no_day_of_each_year(text):
    with pytest.raises(ValueError, match="5月12日"):
        year_day(text)


SHIPPED = [(plan.id, duty.id) for plan in load_all().values() for duty in plan.duties if duty.every is not None]
"""Every duty with a rule; what its period is at the end of November 2026 stands in the table below."""

AT_THE_END_OF_NOVEMBER = """
dehui-education-duties team-quarter-meeting 2026-Q4
dehui-education-duties leader-quarter-check 2026-Q4
dehui-education-duties members-quarter-check 2026-Q4
dehui-education-duties year-assessment 2026
dehui-education-duties leader-year-report 2026
dehui-education-duties leader-quarter-meeting 2026-Q4
dehui-education-duties leader-half-year-check 2026-H2
dehui-education-duties leader-budget 2026
dehui-education-duties leader-contracts 2026
dehui-education-duties deputy-quarter-check 2026-Q4
dehui-education-duties member-year-plan 2026
dehui-education-duties member-quarter-meeting 2026-Q4
dehui-education-duties member-quarter-check 2026-Q4
dehui-education-duties safety-year-meeting 2026
dehui-education-duties safety-theme-days 2027-03-29
dehui-education-duties school-year-plan 2026
dehui-education-duties school-month-meeting 2026-11
dehui-education-duties school-day-patrol 2026-11-30
dehui-education-duties school-half-month-check 2026-11-F2
dehui-education-duties school-month-drill 2026-11
dehui-education-duties kindergarten-quarter-drill 2026-Q4
dehui-education-duties school-theme-days 2027-03-29
jincheng-chengqu-campus risk-yearly 2026
jincheng-chengqu-campus risk-yearly-schools 2026
jincheng-chengqu-campus budget 2026
jincheng-chengqu-campus budget-schools 2026
jincheng-chengqu-campus review 2025-04-10-3Y
jincheng-energy team-drill 2025-09-27-2Y
jincheng-energy drill 2025-09-27-2Y
jincheng-energy county-drill 2025-09-27-2Y
jincheng-public-health drill 2026
jincheng-transit budget 2026
jincheng-transit drill 2024-09-30-3Y
jincheng-transit review 2024-09-30-3Y
jincheng-water-rescue budget 2026
jincheng-water-rescue training 2026
jincheng-water-rescue drill 2026
jincheng-water-rescue review 2024-09-30-3Y
linan-campus budget 2026
linan-campus exam-inspection -
shanting-overall year-review-lead 2026
shanting-overall year-review-township 2026
shanting-overall filing-overall -
shanting-overall filing -
shanting-overall filing-department -
shanting-overall filing-township -
shanting-overall filing-unit -
shanting-overall budget 2026
"""


def test_every_shipped_rule_is_at_its_period():
    rows = [tuple(line.split()) for line in AT_THE_END_OF_NOVEMBER.strip().splitlines()]
    assert [row[:2] for row in rows] == SHIPPED
    found = []
    for plan in load_all().values():
        for duty in plan.duties:
            if duty.every is not None:
                held = period_at(duty.every, date(2026, 11, 30), for_plan(SCHOOL, plan), anchor_of(plan))
                found.append((plan.id, duty.id, held.id if held else "-"))
    assert found == rows


def test_the_overall_plan_was_to_be_filed_twenty_workdays_after_it_was_issued():
    plan = load_all()["shanting-overall"]
    every = next(duty.every for duty in plan.duties if duty.id == "filing-overall")
    assert every is not None and plan.in_force is not None
    held = period_at(every, plan.in_force, for_plan(SCHOOL, plan))
    assert held is not None and held.last == date(2022, 9, 29)  # 中秋 on 12 September was free


def test_what_was_last_done_begins_the_next_years():
    plan = load_all()["jincheng-energy"]
    assert anchor_of(plan) == plan.in_force
    held = period_at(rule({"years": 2}), date(2026, 11, 30), SCHOOL, anchor_of(plan, date(2026, 6, 10)))
    assert held is not None and (held.first, held.last) == (date(2026, 6, 11), date(2028, 6, 10))
