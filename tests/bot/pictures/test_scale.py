"""The scale of time: in order, within its edges, and none of its labels over another."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.axis import DISC, _apart
from bot.pictures.scale import FOR_LATER, LEAST, MOST_CUTS, ended, scale
from bot.pictures.sheet import LEFT, RIGHT
from plans.times import BEIJING

pytestmark = pytest.mark.draws

START = datetime(2026, 3, 2, 10, 20, tzinfo=BEIJING)
MOMENTS = st.lists(st.integers(0, 60 * 24 * 40), min_size=1, max_size=60).map(
    lambda minutes: [START + timedelta(minutes=minute) for minute in minutes]
)


@given(MOMENTS)
def test_moments_stand_in_their_order_between_the_edges(moments):
    axis = scale(moments, 10, 340)
    ordered = sorted(set(moments))
    places = [axis.at(moment) for moment in ordered]
    assert places[0] == 10 and (len(places) == 1 or places[-1] == pytest.approx(340))
    assert all(before < after for before, after in pairwise(places))
    assert axis.at(START - timedelta(days=1)) == 10
    assert len(axis.breaks) <= MOST_CUTS
    labels = [place for place, _ in axis.labels(40)]
    assert labels and all(after - before >= 40 for before, after in pairwise(labels))
    assert all(abs(axis.at(moment) - place) < 1e-6 for place, moment in axis.labels(40))


@given(MOMENTS, st.integers(0, 60 * 24 * 40))
def test_what_is_owed_after_the_end_takes_a_small_part(moments, minutes):
    end = START + timedelta(minutes=minutes)
    axis = ended(moments, end, 10, 340)
    ordered = sorted({*moments, end})
    places = [axis.at(moment) for moment in ordered]
    assert all(before < after for before, after in pairwise(places))
    if ordered[0] < end < ordered[-1]:
        assert axis.at(end) == pytest.approx(340 - FOR_LATER * 330)
    assert all(after - before >= 40 for before, after in pairwise([place for place, _ in axis.labels(40)]))


def test_ten_minutes_are_drawn_as_they_passed_and_a_night_is_cut():
    short = scale([START + timedelta(minutes=minute) for minute in (0, 2, 10)], 0, 300)
    assert short.breaks == [] and short.at(START + timedelta(minutes=6)) > 150
    hours = (0, 0.1, 0.3, 0.5, 1, 11, 11.5)
    night = scale([START + timedelta(hours=hour) for hour in hours], 0, 300)
    assert len(night.breaks) == 1 and 150 < night.breaks[0] < 260
    crowd = scale([START + timedelta(minutes=minute) for minute in (0, 1, 2, 3, 600)], 0, 300)
    assert all(after - before >= LEAST for before, after in pairwise(crowd.positions))


@given(st.lists(st.floats(LEFT, RIGHT), max_size=12).map(sorted))
def test_numbered_discs_do_not_cover_each_other(places):
    shown = [place for _, place in _apart(places)]
    assert all(after - before >= 2 * DISC for before, after in pairwise(shown))
    assert all(LEFT + DISC <= place <= RIGHT - DISC + 1e-6 for place in shown)
