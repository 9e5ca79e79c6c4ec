"""Lengths of time and instants are read in one room, and written so that they are read again."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.times import BEIJING
from plans.times.durations import duration, is_offset, iso, offset
from plans.times.moments import instant, moment_past


@given(seconds=st.integers(-(10**9), 10**9))
def test_what_is_written_is_read_again(seconds):
    assert duration(iso(timedelta(seconds=seconds))) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1W", "P1Y", "PT1.5M", "30", "PT30", "5:00", "P99999999999D", 30, None]
)
def test_other_ways_of_writing_a_length_are_none(text):
    with pytest.raises(ValueError):
        duration(text)


def test_an_offset_is_days_hours_minutes_and_seconds():
    assert offset("+1d2h3m4s") == timedelta(days=1, hours=2, minutes=3, seconds=4) and offset("48h") == timedelta(
        days=2
    )
    assert is_offset(" +10m ") and not is_offset("2026-03-02")
    for text in ("", "+", "+500d", 5):
        with pytest.raises(ValueError):
            offset(text)


def test_an_instant_without_a_zone_is_of_the_one_that_is_given():
    at = datetime(2026, 3, 2, 2, 20, tzinfo=UTC)
    assert instant("2026-03-02T10:20:00", BEIJING) == instant("2026-03-02T02:20:00Z", BEIJING) == at
    assert instant(at.astimezone(timezone(timedelta(hours=-5))), BEIJING) == at
    with pytest.raises(ValueError):
        instant("0001-01-01T00:00:00", BEIJING)


@pytest.mark.parametrize(
    ("word", "hour"),
    [
        ("10:20", "03-02T10:20"),
        ("23：58", "03-01T23:58"),
        ("3月1日9时5分", "03-01T09:05"),
        ("25:00", None),
        ("早上", None),
    ],
)
def test_a_moment_that_is_past_is_never_tomorrows(word, hour):
    found = moment_past(word, datetime(2026, 3, 2, 11, tzinfo=BEIJING))
    assert (found.strftime("%m-%dT%H:%M") if found else None) == hour
