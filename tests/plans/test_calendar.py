"""School days of an office, whatever its terms: lessons in terms, none in holidays, and a guess that says it is one."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plans.calendar import LONGEST_HOLIDAY, OfficeCalendar, Term, faults
from plans.times.workdays import WEEKDAYS, Day

FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(3 * 366)]


@st.composite
def calendars(draw) -> OfficeCalendar:
    """Draw terms with holidays of any length between them, days off and Saturdays of lessons in them."""
    terms, at = [], FIRST + timedelta(days=draw(st.integers(0, 200)))
    for _ in range(draw(st.integers(0, 4))):
        last = at + timedelta(days=draw(st.integers(29, 200)))
        terms.append(Term(at, last))
        at = last + timedelta(days=draw(st.integers(1, 200)))
    within = [day for day in DAYS if any(term.first <= day <= term.last for term in terms)]
    some = st.frozensets(st.sampled_from(within), max_size=8) if within else st.just(frozenset())
    off = draw(some)
    return OfficeCalendar(terms=tuple(terms), holidays=off, lessons=draw(some) - off)


@given(calendar=calendars(), day=st.sampled_from(DAYS))
def test_lessons_are_where_the_calendar_has_them(calendar: OfficeCalendar, day: date):
    found, work = calendar.school_day(day), WEEKDAYS.day(day).work
    term = calendar.term_at(day)
    assert (term is not None) == any(one.first <= day <= one.last for one in calendar.terms)
    if day in calendar.lessons:
        assert found == Day(True)
    elif day in calendar.holidays:
        assert found == Day(False)
    elif term is not None:
        assert found.work == work
    else:
        edges = [one.last for one in calendar.terms] + [one.first for one in calendar.terms]
        near = any(abs(day - edge) <= LONGEST_HOLIDAY for edge in edges)
        assert found == (Day(False) if near else Day(work, tentative=True))


@given(calendar=calendars())
def test_what_holds_together_has_no_fault_and_terms_say_when_they_begin_and_end(calendar: OfficeCalendar):
    assert faults(calendar) == []
    assert calendar.events_of("开学") == tuple(term.first for term in calendar.terms)
    assert calendar.events_of("放假") == tuple(term.last + timedelta(days=1) for term in calendar.terms)


@given(calendar=calendars(), day=st.sampled_from(DAYS))
def test_what_the_file_says_of_an_event_counts_alone(calendar: OfficeCalendar, day: date):
    told = calendar.with_events({"印发": (day,)})
    assert told.events_of("印发") == (day,) and calendar.events_of("印发") == ()
    assert told.with_events({"印发": (FIRST,)}).events_of("印发") == (day,)
