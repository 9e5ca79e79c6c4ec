"""How often each person is rung in a night: no more than is written down (``tests.journeys.rings``)."""

from __future__ import annotations

import pytest

from tests.journeys.rings import NIGHTS, played


@pytest.mark.parametrize("name", NIGHTS)
async def test_nobody_is_rung_more_often_in_a_night_than_is_written_down(name: str):
    most, counted = NIGHTS[name].most, await played(name)
    over = {who: (count, most.get(who, 0)) for who, count in counted.items() if count > most.get(who, 0)}
    assert not over, f"rung more often than written down: {over}"
    slack = {who: (counted[who], limit) for who, limit in most.items() if limit > 5 and counted[who] < limit / 2}
    assert not slack, f"what is written down is far too much: {slack}"
