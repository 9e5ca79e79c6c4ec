"""Figures: what is counted agrees with another count of the same logs, whatever happened and whenever it is asked."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from plans.incident.state import Incident
from plans.obligations.record import coverage
from plans.statistics.counting import statistics
from plans.statistics.incidents import _plainly
from plans.statistics.statistics import Statistics
from plans.statistics.tally import Selection, spread, tally
from plans.times import BEIJING
from plans.times.calendar_periods import period_of
from tests.plans.statistics import oracle
from tests.plans.statistics.histories import PLANS, POLICY, TITLES, counted, history, lives
from tests.thorough import SEEDS

BEGIN = datetime(2026, 9, 20, tzinfo=BEIJING)
PLACES = ("晋城市城区", "晋城市")


def flat(found: Statistics) -> Counter[Any]:
    """Return statistics as the oracle counts them; what is zero is not there."""
    same: Counter[Any] = Counter({"incidents": found.incidents.number, "corrections": found.corrections})
    same["waived"], same["warnings"] = found.waivers, found.warnings.number
    same["woken"] = found.warnings.woken.called
    same["woken", "answered"] = found.warnings.woken.answered
    same["woken", "silent"] = found.warnings.woken.silent
    same["state", "rejected"], same["state", "merged"] = found.incidents.rejected, found.incidents.merged
    for part in found.incidents.by_level:
        same["level", part.key] = part.number
    for part in found.warnings.by_colour:
        same["colour", part.key] = part.number
    for whose, reports in (("report", found.reports), ("others", found.others)):
        for item in reports:
            same[whose, item.stage] = item.owed
            for outcome in ("in_time", "late", "raised", "missed", "overdue", "pending", "waived"):
                same[whose, item.stage, outcome] = getattr(item, outcome)
    for unit in found.units:
        same["called", unit.plan, unit.key], same["silent", unit.plan, unit.key] = unit.called, unit.silent
        same["answered", unit.plan, unit.key] = unit.answered
        same["declined", unit.plan, unit.key] = unit.declined
    for level in found.levels:
        same["declared", level.plan, level.level] = level.number
    return +same


def plain(counted_by_hand: Counter[Any]) -> Counter[Any]:
    """Return what the oracle found that statistics tell apart."""
    kept = {
        key: number for key, number in counted_by_hand.items()
        if key[0] not in ("took",) and (key[0] != "state" or key[1] in ("rejected", "merged"))
    }  # fmt: skip
    return +Counter(kept)


@pytest.mark.parametrize("seed", range(6 * SEEDS))
@pytest.mark.parametrize("drills", [False, True])
def test_figures_agree_with_another_count_of_the_logs(seed: int, drills: bool) -> None:
    cases = [life.case() for life in history(seed, 40, BEGIN, 100, PLACES)]
    now = BEGIN + timedelta(days=60 + seed)
    rows = [counted(case) for case in cases]
    for words in ("2026-10", "2026Q4", "2026", "2026-10-15至2026-11-02"):
        period = period_of(words, date(2026, 12, 1))
        assert period is not None
        for place in PLACES:
            selection = Selection(jurisdiction=place, plans=tuple(PLANS), period=period, drills=drills)
            found = statistics(tally(rows, selection, now), selection, PLANS, TITLES, now)
            wanted = oracle.count(cases, place, PLANS, period.first, period.last, now, drills)
            assert flat(found) == plain(wanted)
            took = sorted(Counter({key[1]: n for key, n in wanted.items() if key[0] == "took"}).elements())
            assert found.answers.time == (spread(Counter(took)) if took else None)
            assert sum(item.number for item in found.incidents.by_kind) == found.incidents.number
            assert sum(item.incidents for item in found.course) == found.incidents.number


def test_who_was_told_when_is_the_same_without_reading_the_log_again() -> None:
    asked = 0
    for life in lives():
        incident = life.case()
        if not isinstance(incident, Incident):
            continue
        plan = PLANS[incident.plan]
        for instance in incident.instances.values():
            short = _plainly(plan, incident, instance)
            if short is not None:
                filings = coverage(plan, incident, instance, POLICY)
                long = {name: item.called_at if item is not None else None for name, item in filings.items()}
                assert short == long, (life.of, instance.key)
                asked += 1
    assert asked > 100
