"""Any act of the duty seat takes the case over: 3分钟内无人接手 is not sent after it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from plans.core.command import SYSTEM, Command
from plans.core.registry import DECIDERS
from plans.incident.aid import AskAid
from plans.incident.aid_answers import AnswerAid
from plans.incident.aid_demand import DoWithoutAid
from plans.incident.arrivals import AskNoArrivals, ExpectArrival
from plans.incident.asking_back import AskBack
from plans.incident.bodies import NameBody
from plans.incident.calling_units import CallMore
from plans.incident.closing import Close, Reject, Reopen
from plans.incident.conflicts import Resolve
from plans.incident.corrections import Correct
from plans.incident.drills import JumpDrill, PauseDrill
from plans.incident.duplicates import DenyDuplicate
from plans.incident.edits import NoteEdit, SettleEdit
from plans.incident.elements import AnswerElement
from plans.incident.ending import ConfirmCondition, End, NameAssessors
from plans.incident.evidence import AddEvidence, KeepEvidence, LoseEvidence
from plans.incident.facts import Update
from plans.incident.filing import File
from plans.incident.hearing_back import HearBack
from plans.incident.instructions import NoteInstruction
from plans.incident.judging import Determine, Judge, Verify
from plans.incident.levels import Declare
from plans.incident.merging import Absorb, Merge
from plans.incident.on_site import HandOverSite, SetUpSite
from plans.incident.on_site_demand import DoWithoutSite
from plans.incident.oral import RecordOral
from plans.incident.owed import Waive
from plans.incident.plan_choice import ChoosePlan
from plans.incident.proposals import DeclineProposal
from plans.incident.publishing import PublishRelease
from plans.incident.raising import JudgeRaising
from plans.incident.release_waiting import SubmitRelease
from plans.incident.releasing import ApproveRelease, DraftRelease
from plans.incident.reporting import Report, ReporterSentToPhone
from plans.incident.requests import RequestVerification
from plans.incident.ringing import RingInVain
from plans.incident.seat import TakeHandling, TakeOver
from plans.incident.second_reading import CompareReadings, SettleReading
from plans.incident.signing import Sign
from plans.incident.skipping import SkipLevel
from plans.incident.submitting import Submit
from plans.incident.undo import Undo
from plans.incident.units import Acknowledge
from plans.incident.unsure import ChooseFigure
from plans.incident.voice import AskCallBack, HearRing, NoteVoiceCall
from plans.incident.wake import Wake
from tests.factories import CAMPUS, COMMANDER, DIRECTOR, DUTY, SCHOOL, Life, person
from tests.plans.data.shipped import plan

OTHER = "incident:16"


def reported() -> Life:
    return Life().report("+10m", duplicates=((OTHER, 16),))


def conflicting() -> Life:
    life = reported()
    life.do(Update(facts={"injuries": 6}), person("hospital", "liaison", units=("区卫生健康和体育局",)), "+10m30s")
    return life


def edited() -> Life:
    life = reported()
    life.do(NoteEdit(message="m", before="伤4", after="伤5", facts={"injuries": 5}), SCHOOL, "+10m30s")
    return life


def read_twice() -> Life:
    life = reported()
    life.do(CompareReadings(of=1, first={"injuries": 4}, second={"injuries": 14}), SYSTEM)
    return life


def unsure() -> Life:
    options = [{"value": 4}, {"value": 14}]
    asked = {"fact": "injuries", "why": "read", "options": options, "span": (0, 2), "over": None}
    return Life().report("+10m", facts={}, unsure={"injuries": asked})


def drill() -> Life:
    return Life().report("+10m", drill=True)


def weighed() -> Life:
    return Life().report("+10m", among=((CAMPUS.id, CAMPUS.title), ("other", "另一预案")), plan_clear=False)


def _owed(life: Life) -> str:
    return life.instance("first-phone").key


def _edit(life: Life) -> Command:
    return SettleEdit(sequence=next(iter(life.incident.edits.values())).sequence, adopt=False)


def _body(life: Life) -> Command:
    unit = next(unit for unit in life.plan.units if unit.standing_for)
    return NameBody(unit=unit.id, body=unit.standing_for[0])


ACTS: dict[type[Command], tuple[Callable[[], Life], Callable[[Life], Command]]] = {
    TakeHandling: (reported, lambda _: TakeHandling()),
    TakeOver: (reported, lambda _: TakeOver()),
    ChoosePlan: (weighed, lambda _: ChoosePlan(plan=CAMPUS.id, plan_hash=CAMPUS.hash, allowed=True)),
    Verify: (reported, lambda _: Verify()),
    Determine: (reported, lambda _: Determine(level=None)),
    Judge: (reported, lambda _: Judge(fact="capacity", option="local")),
    Update: (reported, lambda _: Update(facts={"deaths": 0})),
    Correct: (reported, lambda _: Correct(facts={"injuries": 3})),
    Resolve: (conflicting, lambda _: Resolve(fact="injuries", use="reporter")),
    AnswerElement: (reported, lambda _: AnswerElement(element="trapped", answer="verifying")),
    SettleEdit: (edited, _edit),
    ChooseFigure: (unsure, lambda life: ChooseFigure(key=next(iter(life.incident.unsure)), option=0)),
    SettleReading: (read_twice, lambda _: SettleReading(fact="injuries", use="first")),
    AddEvidence: (reported, lambda _: AddEvidence(kind="photo", reference="p1")),
    File: (reported, lambda _: File(report="首报", channel="电话", to=("区委",))),
    RingInVain: (reported, lambda _: RingInVain(recipient="区委")),
    RequestVerification: (reported, lambda _: RequestVerification(recipient="市委")),
    Waive: (reported, lambda life: Waive(obligation=_owed(life), reason="已当面报告")),
    AskAid: (reported, lambda _: AskAid(to="市政府", what="专家")),
    NameBody: (reported, _body),
    DenyDuplicate: (reported, lambda _: DenyDuplicate(other=OTHER)),
    Absorb: (reported, lambda _: Absorb(other="incident:9", number=9, claims={})),
    RecordOral: (reported, lambda _: RecordOral(of="commander", decides="declare", level="Ⅰ")),
    End: (reported, lambda _: End(reason="误会，已处置")),
    Reject: (reported, lambda _: Reject(reason="误报")),
    Merge: (reported, lambda _: Merge(into=OTHER, number=16)),
    PauseDrill: (drill, lambda _: PauseDrill()),
    JumpDrill: (drill, lambda _: JumpDrill(by=timedelta(minutes=1))),
}

NOT_ITS: dict[type[Command], str] = {
    ConfirmCondition: "asked of a case that somebody has taken: its response runs, or is over",
    NameAssessors: "asked of a case that somebody has taken: its response runs, or is over",
    SetUpSite: "asked of a case that somebody has taken: its response runs, or is over",
    HandOverSite: "asked of a case that somebody has taken: its response runs, or is over",
    DoWithoutSite: "asked of a case that somebody has taken: its response runs, or is over",
    AnswerAid: "of a call for help that somebody made: a unit that a response has called, or who took the case by it",
    DoWithoutAid: "asked of a case that somebody has taken: its response runs, or is over",
    JudgeRaising: "asked of a case that somebody has taken: its response runs, or is over",
    DraftRelease: "asked of a case that somebody has taken: its response runs, or is over",
    ApproveRelease: "asked of a case that somebody has taken: its response runs, or is over",
    PublishRelease: "asked of a case that somebody has taken: its response runs, or is over",
    SubmitRelease: "asked of a case that somebody has taken: its response runs, or is over",
    SkipLevel: "asked of a case that somebody has taken: its response runs, or is over",
    Report: "opens the case",
    Wake: "the program's clock",
    KeepEvidence: "the program's",
    LoseEvidence: "the program's",
    CompareReadings: "the program's",
    NoteInstruction: "the program's",
    NoteEdit: "comes as an edit, without authority",
    Declare: "of whom the plan lets declare",
    DeclineProposal: "of whom the plan lets decide",
    Sign: "of who spoke",
    CallMore: "under a declared response, when somebody has decided already",
    Acknowledge: "of a unit that a response has called",
    ExpectArrival: "of a unit that a response has called",
    AskNoArrivals: "under a declared response, when somebody has decided already",
    NoteVoiceCall: "the telephone's",
    HearRing: "by a key on the telephone, which takes nothing",
    AskCallBack: "by a key on the telephone, which takes nothing",
    HearBack: "the program's own word",
    Submit: "of an obligation, by a line",
    AskBack: "of what another office or system reported",
    Close: "after the end",
    Reopen: "after the end",
    Undo: "of what was done before it",
}


def test_the_table_has_every_command():
    assert set(ACTS) | set(NOT_ITS) == {kind for kind in DECIDERS if kind.__module__.startswith("plans.incident.")}
    assert not set(ACTS) & set(NOT_ITS)


@pytest.mark.parametrize("kind", ACTS, ids=lambda kind: kind.__name__)
def test_after_any_act_of_the_seat_the_reporter_is_not_told_that_nobody_took_it(kind):
    make, command = ACTS[kind]
    life = make()
    assert not life.incident.handled_by
    life.do(command(life), DUTY, "+11m")
    life.until("+2h")
    assert not [item for item in life.incident.events if isinstance(item.event, ReporterSentToPhone)]
    assert "ring_yourself" not in {key for key, _ in life.keys()}
    if life.incident.state in ("reported", "responding"):
        assert (life.incident.handled_by, life.incident.seat) == (DUTY.id, DUTY.id)


def test_the_reporter_learns_that_it_was_taken_and_the_seat_gets_the_script_once():
    life = reported()
    since = len(life.told)
    life.do(Determine(level=None), DUTY, "+11m")
    life.do(Judge(fact="capacity", option="local"), DUTY, "+11m30s")
    assert [key for key, _ in life.keys(since)].count("script") == 1
    assert ("taken", "reporter") in life.keys(since)


def test_an_act_that_is_taken_back_was_an_act():
    life = reported()
    life.do(File(report="首报", channel="电话", to=("区委",)), DUTY, "+11m")
    life.do(Undo(), DUTY, "+11m30s")
    life.until("+1h")
    assert life.incident.handled_by == DUTY.id
    assert "ring_yourself" not in {key for key, _ in life.keys()}


@pytest.mark.parametrize("name", ["jincheng-transit", "linan-campus", "dehui-education-duties"])
def test_so_it_is_in_other_plans(name):
    life = Life(plan(name)).report("+10m", facts={}, candidates=())
    life.do(Update(facts={"injuries": 2}), DUTY, "+11m")
    life.until("+1h")
    assert "ring_yourself" not in {key for key, _ in life.keys()}


@pytest.mark.parametrize(
    ("by", "command"),
    [
        (SCHOOL, Update(facts={"injuries": 5})),
        (DIRECTOR, Update(facts={"injuries": 5})),
        (COMMANDER, Judge(clause="4.3.1(2)")),
        (SYSTEM, Wake()),
        (person("duty", "duty", via="forward"), Update(facts={"injuries": 5})),
    ],
    ids=["reporter", "director", "commander", "clock", "forwarded"],
)
def test_what_others_do_is_no_act_of_the_seat(by, command):
    life = reported()
    life.decide(command, by, "+11m")
    life.until("+14m")
    assert "ring_yourself" in {key for key, _ in life.keys()}
