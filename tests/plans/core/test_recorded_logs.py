"""Logs that an earlier program wrote fold to the state that it had, whatever has been moved and renamed since."""

from __future__ import annotations

from typing import Any

import pytest

from plans.core.event import names
from plans.kinds import fold
from tests.recorded import LOGS, read, recorded, state

CASES = [
    pytest.param(item, id=f"{day.name[:10]}-{item['of']}-{item['stream']}")
    for day in sorted(LOGS.iterdir())
    for item in recorded(day)
]


@pytest.mark.parametrize("case", CASES)
def test_it_folds_to_the_state_that_was_recorded(case):
    now = state(fold(case["stream"], read(case["log"])))
    assert without_newer(now, case["state"]) == case["state"]


def without_newer(now: Any, then: Any) -> Any:
    """Leave out the fields that no record had then, as long as they say nothing."""
    if isinstance(now, dict) and isinstance(then, dict):
        return {name: without_newer(item, then.get(name)) for name, item in now.items() if name in then or item}
    if isinstance(now, list) and isinstance(then, list) and len(now) == len(then):
        return [without_newer(*pair) for pair in zip(now, then, strict=True)]
    return now


def test_the_logs_of_that_day_tell_of_every_event_that_there_was():
    told = {item["name"] for day in LOGS.iterdir() for case in recorded(day) for item in case["log"]}
    assert len(told & set(names())) == len(told) == 64
