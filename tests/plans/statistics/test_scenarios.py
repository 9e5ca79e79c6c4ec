"""Figures counted by hand: of a scenario of each plan, and of each thing that moves them while a case lives on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from plans.core.state import CaseState
from plans.incident.closing import Close, Reject, Reopen
from plans.incident.corrections import Correct
from plans.incident.ending import End
from plans.incident.filing import File
from plans.incident.judging import Verify
from plans.incident.levels import Declare
from plans.incident.merging import Merge
from plans.incident.owed import Waive
from plans.incident.undo import Undo
from plans.incident.units import Acknowledge
from plans.statistics.counting import statistics
from plans.statistics.rows import CountedCase
from plans.statistics.statistics import Reports, Statistics
from plans.statistics.tally import Selection, tally
from plans.times.calendar_periods import CalendarPeriod
from plans.warning.issuing import IssueWarning, LiftWarning
from plans.warning.measures import SettleMeasure
from plans.warning.waking import AnswerWarning
from tests.factories import COMMANDER, DIRECTOR, DUTY, START, Life, declared, liaison
from tests.plans.statistics.histories import PLANS, TITLES, counted
from tests.plans.warning import life as warnings
from tests.recorded import incidents

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
YEAR = CalendarPeriod(kind="year", first=date(2026, 1, 1), last=date(2026, 12, 31))


def found(cases: list[CountedCase], now: datetime, *, drills: bool = False) -> Statistics:
    [place] = {case.jurisdiction for case in cases}
    selection = Selection(jurisdiction=place, plans=tuple(PLANS), period=YEAR, drills=drills)
    return statistics(tally(cases, selection, now), selection, PLANS, TITLES, now)


def told(reports: tuple[Reports, ...]) -> dict[str, dict[str, int]]:
    """Return what became of reports by stage; what there was none of is left out."""
    names = ("in_time", "late", "raised", "missed", "overdue", "pending", "waived")
    return {
        item.stage: {name: number for name in names if (number := getattr(item, name))} for item in reports
    }  # fmt: skip


BY_HAND: dict[str, tuple[timedelta, Mapping[str, Mapping[str, int]], int, int]] = {
    # 首报 at +10m to four under 4.1.2 (one hour) and four under 4.1.1 (立即, reported at +5m); 终报 excused for four.
    "jincheng-chengqu-campus/waive-and-close": (
        timedelta(hours=40), {"first": {"in_time": 8}, "final": {"waived": 4}}, 0, 0,
    ),
    # By telephone at +9m of 30, in writing at +135m of 120.
    "dehui-education-duties/phone-does-not-cover-written": (
        timedelta(hours=4), {"first": {"in_time": 1, "late": 1}}, 0, 0,
    ),
    # Nobody told 市委, 市政府, 省应急指挥部 anything within 30 minutes of an hour; the 会商 of 3.3 is at once.
    "jincheng-energy/county-level-city": (
        timedelta(minutes=40), {"first": {"pending": 3}, "other": {"overdue": 2}}, 0, 0,
    ),
    # Three by telephone at +20m of 30, the same in writing at +45m of 50; two 通报 wait beyond their hour.
    "jincheng-public-health/phone-then-written": (
        timedelta(hours=3), {"first": {"in_time": 6}, "other": {"overdue": 2}}, 0, 0,
    ),
    # Three at once, three in writing seven minutes late; all 22 units of Ⅰ are called, and nobody answers.
    "jincheng-transit/paralysis-thirty-hours": (
        timedelta(hours=4), {"first": {"in_time": 3, "late": 3}}, 22, 1,
    ),
    # What goes past a level covers nobody: 省政府 and 省交通厅 wait for 立即 and for the hour, which is not over.
    "jincheng-water-rescue/reported-past-a-level": (
        timedelta(minutes=55), {"first": {"overdue": 2, "pending": 2}}, 0, 0,
    ),
    # Published at +2h40m of 4 hours; two 首报, three 请示 and the first word to the public are open and late.
    "linan-campus/published-within-four-hours": (
        timedelta(hours=5), {"first": {"overdue": 2}, "other": {"in_time": 1, "overdue": 4, "pending": 1}}, 28, 1,
    ),
    # 首报 at +12m to two under the hour and to the same two at once; the change at +40m was told at +50m.
    "shanting-overall/casualties-change": (
        timedelta(hours=3), {"first": {"in_time": 4}, "follow_up": {"in_time": 2}}, 0, 0,
    ),
}  # fmt: skip
"""Of each scenario: how long after the event is asked, what became of reports, units that were called, levels."""


@pytest.mark.parametrize("name", BY_HAND)
def test_figures_of_a_scenario_counted_by_hand(name: str) -> None:
    after, reports, called, levels = BY_HAND[name]
    [incident] = incidents(SCENARIOS / f"{name}.yaml").values()
    assert incident.occurred_at is not None
    asked = found([counted(incident)], incident.occurred_at + after)
    assert told(asked.reports) == reports
    assert (asked.answers.called, asked.answers.silent) == (called, called)
    assert sum(item.number for item in asked.levels) == levels
    assert asked.incidents.number == asked.incidents.open == 1


def test_a_mistake_owes_its_corrections_and_nothing_else() -> None:
    [incident] = incidents(SCENARIOS / "jincheng-chengqu-campus" / "false-alarm-after-filing.yaml").values()
    asked = found([counted(incident)], START + timedelta(days=100))
    assert told(asked.reports) == {"correction": {"in_time": 1, "late": 1}}
    assert asked.reports[0].lateness is not None and asked.reports[0].lateness.worst == 180
    assert (asked.incidents.rejected, asked.corrections) == (1, 0)


def test_of_two_that_are_one_the_other_owes_nothing() -> None:
    cases = incidents(SCENARIOS / "jincheng-chengqu-campus" / "merge-two-reports.yaml").values()
    asked = found([counted(case) for case in cases], START + timedelta(days=100))
    assert (asked.incidents.number, asked.incidents.merged, asked.corrections) == (2, 1, 0)
    assert told(asked.reports)["correction"] == {"in_time": 1}
    assert sum(sum(numbers.values()) for numbers in told(asked.reports).values()) == 13


def figures_of(life: Life, *, drills: bool = False) -> Statistics:
    return found([counted(life.incident)], life.now, drills=drills)


def test_what_moves_the_figures_of_an_incident() -> None:
    life = Life().report()
    first = figures_of(life)
    assert first.incidents.open == 1 and first.incidents.by_level[0].key == ""
    life.do(Verify(event_level="一般", facts={"deaths": 0}), DUTY, "+12m")
    life.do(File(report="首报"), DUTY, "+14m")
    filed = figures_of(life)
    assert told(filed.reports)["first"] == {"in_time": 8}
    life.do(Undo(), DUTY, "+14m30s")
    undone = figures_of(life)
    assert told(undone.reports)["first"] == {"pending": 8}
    # Entered at +40m, told at +20m: by the time of telling.
    life.do(File(report="首报", called_at=life.moment("+20m")), DUTY, "+40m")
    assert told(figures_of(life).reports)["first"] == {"in_time": 8}
    life.do(Correct(facts={"injuries": 6}, reason="医院更正"), DUTY, "+50m")
    corrected = figures_of(life)
    assert corrected.corrections == 1 and "correction" in told(corrected.reports)
    life.do(Declare(level="Ⅲ"), DIRECTOR, "+55m")
    declared = figures_of(life)
    assert [(item.level, item.number) for item in declared.levels] == [("Ⅲ", 1)]
    assert declared.levels[0].time is not None and declared.levels[0].time.median == 45 * 60
    unit = declared.units[0].key
    life.do(Acknowledge(unit=unit, status="收到"), liaison(unit), "+57m")
    answered = figures_of(life)
    assert (answered.answers.answered, answered.answers.silent) == (1, declared.answers.called - 1)
    assert answered.answers.time is not None and answered.answers.time.median == 120
    life.do(Acknowledge(unit=unit, status="来不了"), liaison(unit), "+58m")
    assert figures_of(life).answers.declined == 1
    life.do(Declare(level="Ⅱ"), COMMANDER, "+65m")
    raised = figures_of(life)
    assert {item.level: item.number for item in raised.levels} == {"Ⅲ": 1, "Ⅱ": 1}
    assert [part.key for part in raised.incidents.by_response] == ["Ⅱ"]
    life.do(Declare(level="Ⅲ", reason="险情缓解"), COMMANDER, "+80m")
    assert figures_of(life).levels == raised.levels, "a lowering is no declaration"


def test_waived_in_time_is_excused_and_after_it_is_missed() -> None:
    life = Life().report()
    life.do(Verify(event_level="一般", facts={"deaths": 0}), DUTY, "+12m")
    early, late = life.branch(), life.branch()
    early.do(Waive(obligation="first-general", reason="已并报"), DUTY, "+20m")
    assert told(figures_of(early).reports)["first"]["waived"] == 4
    late.do(Waive(obligation="first-general", reason="已并报"), DUTY, "+3h")
    figures = figures_of(late)
    assert told(figures.reports)["first"]["missed"] == 4 and "waived" not in told(figures.reports)["first"]
    assert figures.waivers == figures_of(early).waivers == 1


def test_closed_opened_again_and_rejected() -> None:
    life = Life().report()
    life.do(Verify(event_level="一般", facts={"deaths": 0}), DUTY, "+12m")
    life.do(File(report="首报"), DUTY, "+14m")
    life.do(End(reason="学生已恢复"), DUTY, "+1h")
    for name in [item.key for item in life.incident.open_instances if item.by_office]:
        if life.incident.instances[name].status == "open":
            life.do(Waive(obligation=name, reason="已说清"), DUTY)
    life.do(Close(), DUTY, "+2h")
    closed = figures_of(life)
    assert (closed.incidents.open, closed.incidents.number) == (0, 1)
    life.do(Reopen(reason="补充"), DUTY, "+3h")
    assert figures_of(life).incidents.open == 1
    mistaken = Life().report()
    mistaken.do(Reject(reason="误会"), DUTY, "+12m")
    figures = figures_of(mistaken)
    assert (figures.incidents.rejected, figures.incidents.open, told(figures.reports)) == (1, 0, {})


def test_a_merged_one_stands_in_the_count_beside() -> None:
    life = Life().report()
    life.do(Merge(into="incident:99", number=99), DUTY, "+12m")
    figures = figures_of(life)
    assert (figures.incidents.number, figures.incidents.merged, told(figures.reports)) == (1, 1, {})


def test_a_drill_is_counted_apart() -> None:
    real, drill = Life(number=1).report(), Life(number=2).report(drill=True)
    cases = [counted(real.incident), counted(drill.incident)]
    alone, apart = found(cases, real.now), found(cases, real.now, drills=True)
    assert (alone.incidents.number, alone.drills) == (apart.incidents.number, apart.drills) == (1, 1)
    assert not alone.of_drills and apart.of_drills


def test_what_moves_the_figures_of_a_warning() -> None:
    plan = PLANS["jincheng-chengqu-campus"]
    life = warnings.Life(plan)

    def figures(cases: list[CaseState]) -> Any:
        return found([counted(case) for case in cases], life.now).warnings

    assert life.take(warnings.heavy_rain(colour="黄")) is None
    assert figures([life.warning]).number == 0, "what was brought is no warning yet"
    names = ("区教育局", "区应急管理局")
    issue = IssueWarning(way="pass_on", recipients=names)
    assert life.do(issue, warnings.DUTY) is None
    issued = figures([life.warning])
    assert (issued.number, issued.in_force, issued.woken.called, issued.woken.silent) == (1, 1, 2, 2)
    assert Counter({part.key: part.number for part in issued.by_colour}) == {"黄": 1}
    life.now += timedelta(minutes=3)
    assert life.do(AnswerWarning(), warnings.actor("liaison", units=(names[0],))) is None
    answered = figures([life.warning])
    assert (answered.woken.answered, answered.woken.time.median) == (1, 180)
    if life.warning.stage is not None and life.warning.stage.measures:
        assert life.do(SettleMeasure(number=0), warnings.actor("liaison", units=(names[0],))) is None
        parts = {part.key: part.number for part in figures([life.warning]).measures}
        assert parts == {"done": 1, "none": 1}
    life.now += timedelta(minutes=3)
    assert life.do(LiftWarning(reason="雨停"), warnings.DUTY) is None
    lifted = figures([life.warning])
    assert (lifted.number, lifted.in_force, lifted.woken.called) == (1, 0, 2)


def test_how_long_units_took_to_arrive_is_told_of_those_that_said_so() -> None:
    life = declared("Ⅲ")
    units = [unit for unit, call in life.incident.calls.items() if call.round][:3]
    for minutes, unit in enumerate(units, 1):
        life.do(Acknowledge(), liaison(unit), f"+{16 + minutes}m")
    life.do(Acknowledge(status="已到场"), liaison(units[0]), "+25m")
    life.do(Acknowledge(status="已到场"), liaison(units[1]), "+45m")
    life.do(Acknowledge(status="来不了"), liaison(units[2]), "+45m")
    asked = found([counted(life.incident)], START + timedelta(days=100))
    assert asked.answers.arrival is not None and asked.answers.time is not None
    assert (asked.answers.arrival.count, asked.answers.arrival.worst) == (2, 30 * 60)
    assert asked.answers.time.worst == 4 * 60, "the first answer is counted as before"
    by_unit = {item.key: item.arrival for item in asked.units}
    assert by_unit[units[0]] is not None and by_unit[units[2]] is None
