"""Who is told what by which command: keys, audiences, loudness, buttons. The words are rendered elsewhere."""

import pytest

from plans.core.command import Command
from plans.core.event import names
from plans.core.files import FileKept, FileLost
from plans.core.registry import TELLERS
from plans.incident.arrivals import ArrivalsUnasked
from plans.incident.asking_back import ReporterAsked
from plans.incident.bodies import BodiesMentioned
from plans.incident.closing import Close, Reject, Reopen
from plans.incident.conflicts import FactResolved
from plans.incident.corrections import Correct
from plans.incident.drills import JumpDrill, PauseDrill
from plans.incident.duplicates import DuplicateDenied
from plans.incident.edits import EditSettled
from plans.incident.elements import ElementAnswered
from plans.incident.ending import AssessorsNamed, ConditionConfirmed, End
from plans.incident.evidence import AddEvidence, EvidenceKept
from plans.incident.facts import Update
from plans.incident.filing import File
from plans.incident.hearing_back import SubmissionArrived
from plans.incident.instructions import InstructionAdvanced, InstructionNoted
from plans.incident.judging import Determine, Judge, Judged, LevelDetermined, Verified, Verify
from plans.incident.levels import Declare
from plans.incident.merging import Absorb, Merge
from plans.incident.oral import RecordOral
from plans.incident.owed import ObligationFiled, ObligationSuperseded, ObligationWaived
from plans.incident.proposals import DeclineProposal
from plans.incident.question import QuestionSettled
from plans.incident.release_waiting import ReleaseSubmitted
from plans.incident.requests import RequestVerification, VerificationRequested
from plans.incident.ringing import RingInVain
from plans.incident.scene import OccurrenceChanged, SceneStated
from plans.incident.seat import TakeHandling, TakeOver
from plans.incident.second_reading import ReadingSettled
from plans.incident.signing import Signed
from plans.incident.submitting import Submitted
from plans.incident.timing import CalendarRead, TimeRuns
from plans.incident.undo import Undo
from plans.incident.units import Acknowledge
from plans.incident.unsure import FigureChosen
from plans.incident.wake import Wake
from tests.factories import (
    CAMPUS,
    COMMANDER,
    DEPUTY,
    DIRECTOR,
    DUTY,
    SCHOOL,
    SECOND,
    Life,
    declared,
    filed,
    liaison,
    person,
)

HEALTH = "区卫生健康和体育局"
CALLED = ("事发学校", "事发镇街", "区教育局", "市公安局城区分局", HEALTH, "区应急管理局")

# Events that nobody needs a message for: the card and the worksheet, edited after every command, show them.
SHOWN_ONLY = {
    ArrivalsUnasked,
    AssessorsNamed,
    ConditionConfirmed,
    CalendarRead,
    TimeRuns,
    DuplicateDenied,
    EditSettled,
    ElementAnswered,
    EvidenceKept,
    FactResolved,
    FigureChosen,
    FileKept,  # of a warning or a duty: its paper shows the file
    FileLost,
    InstructionAdvanced,  # the worksheet shows it; who gave it is told by the desk
    InstructionNoted,
    Judged,
    LevelDetermined,
    BodiesMentioned,
    ObligationFiled,
    ObligationSuperseded,
    ObligationWaived,
    OccurrenceChanged,
    QuestionSettled,
    ReadingSettled,
    ReleaseSubmitted,
    ReporterAsked,
    SceneStated,
    Signed,
    SubmissionArrived,
    Submitted,
    VerificationRequested,
    Verified,
}


def test_every_event_is_told_or_shown():
    of_incidents = {
        event for event in names().values() if event.__module__.startswith(("plans.incident.", "plans.core."))
    }
    assert of_incidents - set(TELLERS) == SHOWN_ONLY


def fresh() -> Life:
    return Life()


def reported() -> Life:
    return Life().report("+10m")


def judged() -> Life:
    life = reported()
    life.do(Judge(clause="4.3.3(1)"), DUTY, "+12m")
    return life


def told() -> Life:
    life = reported()
    life.do(Verify(facts={"injuries": 4, "deaths": 0}, event_level="一般"), DUTY, "+11m")
    return filed(life, "+12m")


def ended() -> Life:
    life = declared()
    life.do(End(), DIRECTOR, "+1h")
    return life


def closable() -> Life:
    life = told()
    life.do(End(reason="已处置"), DUTY, "+1h")
    life.do(File(report="终报"), DUTY, "+1h1m")
    return life


def closed() -> Life:
    life = closable()
    life.do(Close(), DUTY, "+2h")
    return life


def drill() -> Life:
    return Life().report("+10m", drill=True)


TAKEN = [("script", "seat"), ("taken", "reporter")]
"""The first act of the seat takes the case over."""

OVERTAKEN = ("overtaken", "seat")
"""More is known than when the event level was determined."""


def leaders(declarer: str) -> list[tuple[str, str]]:
    """Whoever may decide, but did not."""
    return [("declared_leader", f"role:{role}") for role in CAMPUS.roles if role != declarer]


def units(key):
    return [(key, f"unit:{unit}") for unit in CALLED]


WHICH = ("which_body", "seat")
"""Which street it is the report does not say."""

REPORT = [("receipt", "origin"), ("duty_ring", "seat"), ("card_new", "group"), ("question", "seat")]
TASKS = [
    ("after_tasks", f"unit:{unit}")
    for unit in ("中国人寿财产保险股份有限公司", "区民政局", "区卫生健康和体育局", "区应急管理局")
]
"""Who bears a task after the end."""

TABLE = [
    (reported, TakeHandling(), DUTY, [("script", "seat"), ("taken", "reporter")]),
    (judged, TakeOver(), SECOND, [("takeover", "seat")]),
    (reported, AddEvidence(kind="photo", reference="x"), SCHOOL, [("evidence", "seat")]),
    (reported, AddEvidence(kind="photo", reference="x"), DUTY, TAKEN),
    (reported, Verify(), DUTY, [("script", "seat"), ("taken", "reporter")]),
    (reported, Determine(level="一般"), DUTY, TAKEN),
    (reported, Judge(clause="4.3.3(1)"), DUTY, [*TAKEN, ("proposal", "role:director"), ("wake_decider", "seat")]),
    (
        reported,
        Judge(clause="4.3.2(1)"),
        DUTY,
        [*TAKEN, ("proposal", "role:commander"), ("proposal", "role:deputy"), ("wake_decider", "seat")],
    ),
    (told, Update(facts={"injuries": 5}), SCHOOL, [("update", "seat"), OVERTAKEN, ("followup_due", "seat")]),
    (told, Update(facts={"injuries": 5}), DUTY, [OVERTAKEN, ("followup_due", "seat")]),
    (told, Update(facts={"deaths": 1}), SCHOOL, [("update", "seat"), ("death_unconfirmed", "seat"), OVERTAKEN]),
    (told, Update(facts={"injuries": 3}), SCHOOL, [("update", "seat"), ("conflict", "seat")]),
    (told, Correct(facts={"injuries": 3}), DUTY, [("correction", "group"), ("correction_due", "seat")]),
    (told, RequestVerification(recipient="市委"), DUTY, [("verification", "seat")]),
    (told, Determine(level="较大"), DUTY, []),
    (judged, DeclineProposal(), DIRECTOR, [("declined", "seat")]),
    (
        reported,
        Declare(level="Ⅲ", units=CALLED),
        DIRECTOR,
        [("announcement", "group"), *leaders("director"), *units("call"), WHICH],
    ),
    (
        reported,
        RecordOral(of="commander", decides="declare", level="Ⅰ", units=CALLED),
        DUTY,
        [("announcement", "group"), *leaders("commander"), ("to_sign", "role:commander"), *units("call"), WHICH],
    ),
    (
        reported,
        Declare(level="Ⅰ", units=CALLED, unreachable=frozenset(CALLED)),
        COMMANDER,
        [("announcement", "group"), *leaders("commander"), ("ring_units", "seat"), WHICH],
    ),
    (declared, Acknowledge(), liaison(HEALTH), []),
    (declared, Acknowledge(status="来不了"), liaison(HEALTH), [("unit_cannot", "seat")]),
    (declared, End(), DIRECTOR, [("ended", "group"), *units("ended_unit"), ("after_end", "seat"), *TASKS]),
    (
        declared,
        RecordOral(of="director", decides="end"),
        DUTY,
        [("ended", "group"), *units("ended_unit"), ("to_sign", "role:director"), ("after_end", "seat"), *TASKS],
    ),
    (declared, File(report="首报"), DUTY, []),
    (declared, RingInVain(recipient="市委"), DUTY, []),
    (
        declared,
        Reject(reason="误报"),
        DUTY,
        [("rejected", "group"), ("rejected_reporter", "reporter"), *units("rejected_unit")],
    ),
    (
        told,
        Reject(reason="误报"),
        DUTY,
        [("rejected", "group"), ("rejected_reporter", "reporter"), ("correction_due", "seat")],
    ),
    (
        declared,
        Merge(into="incident:9", number=9, into_level="Ⅲ"),
        DUTY,
        [("merged", "group"), ("merged_reporter", "reporter"), *units("merged_unit")],
    ),
    (told, Absorb(other="incident:9", number=9, claims={}, told=("市委",)), DUTY, [("correction_due", "seat")]),
    (closable, Close(), DUTY, [("closed", "group")]),
    (closed, Reopen(reason="补充"), DUTY, [("reopened", "group")]),
    (told, Undo(), DUTY, []),
    (drill, PauseDrill(), DUTY, [("drill_paused", "group"), *TAKEN]),
    (drill, JumpDrill(), DUTY, [("drill_jumped", "seat"), *TAKEN]),
]


@pytest.mark.parametrize(
    ("make", "command", "actor", "expected"),
    TABLE,
    ids=lambda value: type(value).__name__ if isinstance(value, Command) else "",
)
def test_who_is_told(make, command, actor, expected):
    life = make()
    if isinstance(command, Declare | RecordOral) and not life.incident.response_level:
        life.do(Update(event_class="crowd"), DUTY)
    before = len(life.told)
    life.do(command, actor)
    keys = [key for key in life.keys(before) if key[0] != "inform"]
    assert keys == expected
    edits = [(notice.key, notice.to) for _, notice in life.told[before:] if notice.edits]
    assert edits[-2:] == [("card", "group"), ("worksheet", "seat")], "both are renewed after every change"


def test_a_report():
    assert reported().keys() == REPORT


def test_a_report_of_the_duty_officer_rings_nobody_and_shows_the_script():
    life = fresh().report("+10m", by=DUTY, source="duty")
    assert life.keys() == [("receipt", "origin"), ("card_new", "group"), ("script", "seat"), ("question", "seat")]


def test_nothing_happened_nobody_is_told():
    life = reported()
    before = len(life.told)
    assert life.do(Wake(), person("system", "system"), "+11m") == []
    assert life.told[before:] == []


@pytest.mark.parametrize(("steps", "pins"), [(("Ⅲ",), 1), (("Ⅱ",), 1), (("Ⅰ",), 1), (("Ⅲ", "Ⅱ", "Ⅰ"), 3)])
def test_each_level_that_is_declared_is_pinned(steps, pins):
    life = reported()
    for minute, level in enumerate(steps):
        life.do(Declare(level=level), {"Ⅲ": DIRECTOR, "Ⅱ": DEPUTY, "Ⅰ": COMMANDER}[level], f"+{11 + minute}m")
    assert sum(notice.pin for _, notice in life.told) == pins


def test_what_wakes_people_rings_and_what_informs_them_does_not():
    life = declared().until("+3h")
    loud = {notice.key for _, notice in life.told if notice.ring}
    quiet = {notice.key for _, notice in life.told if not notice.ring}
    assert {"duty_ring", "proposal", "wake_decider", "call", "call_again", "reminder", "ring_units"} <= loud
    assert {"receipt", "inform", "taken", "card", "worksheet"} <= quiet
    assert loud & quiet == {"reminder"}, "who leads and was rung of it a moment ago reads it without a ring"


def test_figures_go_to_the_command_group_and_to_bound_people_only():
    """Where the report came from hears only that it was recorded, taken, or that the duty line should be rung."""
    life = told()
    life.do(Update(facts={"deaths": 1}), SCHOOL)
    life.do(Correct(facts={"deaths": 0}), DUTY)
    life.until("+5h")
    outside = {notice.key for _, notice in life.told if notice.to in ("origin", "reporter")}
    assert outside <= {"receipt", "taken", "ring_yourself", "rejected_reporter", "merged_reporter"}


def test_a_conflict_offers_every_source_and_the_sum():
    life = Life().report("+10m", facts={"ill": 6})
    life.do(Update(facts={"ill": 9}), liaison(HEALTH), "+12m")
    asked = next(notice for _, notice in life.told if notice.key == "conflict")
    assert [press.args["use"] for press in asked.buttons] == ["reporter", HEALTH, "sum"]


def test_flags_in_conflict_are_not_summed():
    life = Life().report("+10m", facts={"hazard_on_site": True})
    life.do(Update(facts={"hazard_on_site": False}), liaison(HEALTH), "+12m")
    asked = next(notice for _, notice in life.told if notice.key == "conflict")
    assert [press.args["use"] for press in asked.buttons] == ["reporter", HEALTH]


def test_buttons_guard_what_they_act_on():
    life = judged()
    proposal = next(notice for _, notice in life.told if notice.key == "proposal")
    assert proposal.guard == f"proposal:{life.proposal.sequence}"
    assert {press.object for press in proposal.buttons} == {proposal.guard}
    life = declared()
    call = next(notice for _, notice in life.told if notice.key == "call")
    assert call.guard.startswith("call:")
    assert [press.args["status"] for press in call.buttons] == ["收到"], "one big button first"


def test_what_opened_by_raising_and_is_covered_at_once_is_not_told():
    life = told()
    before = len(life.told)
    life.do(Determine(level="较大"), DUTY, "+3h")
    raised = [notice for _, notice in life.told[before:] if notice.key == "raised"]
    assert len(raised) == 1
    assert set(raised[0].obligations) == {"first-phone:1:1", "first-written:1:1"}
