"""A level that rises rings and is pinned, in every plan, from every level to every other."""

from __future__ import annotations

import pytest

from plans.core.event import Recorded
from plans.incident.levels import Declared, is_loud
from plans.kinds import apply, notices
from plans.load import load_all
from plans.model import RESPONSE_LEVELS
from tests.factories import DUTY, START, Life, report

PLANS = load_all()


def changes() -> list[tuple[str, str | None, str]]:
    """Every plan with every change from one of its levels, or none, to another."""
    found = []
    for name, plan in PLANS.items():
        levels = [item.level for item in plan.responses]
        found += [(name, before, after) for before in (None, *levels) for after in levels if before != after]
    return found


@pytest.mark.parametrize(("name", "before", "after"), changes())
def test_what_rises_rings_and_is_pinned(name, before, after):
    plan = PLANS[name]
    life = Life(plan)
    life.do(report(plan, reported_at=START, facts={}), DUTY)
    response = next(item for item in plan.responses if item.level == after)
    number = life.incident.sequence + 1

    def declared(level: str, previous: str | None, sequence: int) -> Recorded:
        event = Declared(
            level=level, previous=previous, clause=response.clause, role=next(iter(plan.roles)), by="x", matter="",
            expected="", measures=(),
        )  # fmt: skip
        return Recorded(sequence=sequence, at=life.now, actor="x", event=event)

    state = life.incident
    if before is not None:
        state = apply(state, [declared(before, None, number)])
    item = declared(after, before, state.sequence + 1)
    told = notices(plan, state, apply(state, [item]), (item,))
    (announcement,) = [notice for notice in told if notice.key == "announcement"]
    rises = before is None or RESPONSE_LEVELS.index(after) > RESPONSE_LEVELS.index(before)
    assert announcement.to == "group" and announcement.pin
    assert announcement.ring is rises
    assert isinstance(item.event, Declared)
    assert is_loud(plan, item.event) is (rises and after in ("Ⅰ", "Ⅱ"))
