"""The night, in which what can wait rings nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plans.times import BEIJING
from plans.times.night import evening_before, is_night, morning_of

NOW = datetime(2026, 11, 30, 10, 30, tzinfo=BEIJING)


@given(st.integers(0, 400 * 24 * 60))
def test_a_moment_of_the_night_goes_to_its_morning_or_the_evening_before(minutes: int) -> None:
    at = NOW + timedelta(minutes=minutes)
    assert not is_night(morning_of(at)) and timedelta() <= morning_of(at) - at <= timedelta(hours=9, minutes=30)
    if is_night(at):
        assert not is_night(evening_before(at)) and timedelta() < at - evening_before(at) <= timedelta(hours=10)
