"""Who may what: every role against every command, as the plans say; and ways that carry no authority at all."""

import dataclasses

import pytest

from plans.core import registry
from plans.core.command import PLATFORM, SYSTEM, Command
from plans.core.outcome import Refusal
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
from plans.incident.reporting import Report
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
from plans.warning.taking import TakeChange, TakeWarning
from tests.factories import (
    ADMIN,
    CAMPUS,
    COMMANDER,
    DEPUTY,
    DIRECTOR,
    DUTY,
    LINAN,
    SCHOOL,
    STRANGER,
    WATER,
    Life,
    declared,
    filed,
    liaison,
    person,
)

PEOPLE = {
    "duty": DUTY,
    "director": DIRECTOR,
    "deputy": DEPUTY,
    "commander": COMMANDER,
    "admin": ADMIN,
    "school": SCHOOL,
    "unit": liaison("区消防救援大队"),
    "nobody": STRANGER,
    "clock": SYSTEM,
}
STAFF = {"duty", "director", "deputy", "commander"}
DECIDERS = {"director", "deputy", "commander"}


def who_may(make, command):
    """Return who is not refused the command."""
    return {name for name, actor in PEOPLE.items() if not isinstance(make().decide(command, actor), Refusal)}


def reported() -> Life:
    return Life().report("+10m")


# The campus plan: Ⅰ 指挥长; Ⅱ 指挥长 or 副指挥长; Ⅲ 办公室主任, who is a deputy commander as well (2.2.1).
@pytest.mark.parametrize(
    ("level", "allowed"), [("Ⅰ", {"commander"}), ("Ⅱ", {"commander", "deputy", "director"}), ("Ⅲ", {"director"})]
)
def test_who_declares_each_level_of_the_campus_plan(level, allowed):
    assert who_may(reported, Declare(level=level)) == allowed


def test_a_deputy_who_is_not_the_director_may_not_declare_the_lowest_level():
    refusal = reported().refuse(Declare(level="Ⅲ"), DEPUTY)
    assert (refusal.key, refusal.clause, refusal.who) == ("not_yours_to_declare", "4.3.3", ("director",))


@pytest.mark.parametrize(
    ("start", "target", "allowed"),
    [
        ("Ⅲ", "Ⅱ", {"commander", "deputy", "director"}),  # raising: whoever may declare it
        ("Ⅲ", "Ⅰ", {"commander"}),
        ("Ⅱ", "Ⅰ", {"commander"}),
        ("Ⅱ", "Ⅲ", {"commander", "deputy", "director"}),  # lowering: the declaring role (副指挥长) or one above it
        ("Ⅰ", "Ⅱ", {"commander"}),
        ("Ⅰ", "Ⅲ", {"commander"}),
    ],
)
def test_who_adjusts_a_declared_level(start, target, allowed):
    assert who_may(lambda: declared(start), Declare(level=target, reason="研判")) == allowed


@pytest.mark.parametrize(
    ("level", "by", "allowed"),
    [
        ("Ⅲ", DIRECTOR, {"director", "deputy", "commander"}),
        ("Ⅱ", DEPUTY, {"director", "deputy", "commander"}),  # the director is a deputy commander
        ("Ⅱ", COMMANDER, {"commander"}),
        ("Ⅰ", COMMANDER, {"commander"}),
    ],
)
def test_who_declared_ends_or_one_above(level, by, allowed):
    assert who_may(lambda: declared(level, by=by), End()) == allowed


def test_a_plain_deputy_may_not_end_what_the_commander_declared():
    refusal = declared("Ⅱ", by=COMMANDER).refuse(End(), DEPUTY)
    assert (refusal.key, refusal.clause, refusal.who) == ("not_yours_to_end", "4.5", ("commander",))
    assert refusal.params == {"level": "Ⅱ", "declared_by": "commander"}


@pytest.mark.parametrize(("level", "allowed"), [("Ⅰ", {"commander"}), ("Ⅱ", {"commander", "deputy", "director"})])
def test_who_declares_in_the_water_plan(level, allowed):
    assert who_may(lambda: Life(WATER).report("+10m"), Declare(level=level, reason="研判")) == allowed


def test_in_the_water_plan_a_lower_level_may_also_be_reached_by_those_whom_the_plan_lets_adjust():
    life = Life(WATER).report("+10m")
    life.do(Declare(level="Ⅰ"), COMMANDER)
    assert WATER.adjusting is not None and "deputy" in WATER.adjusting.lowered_by
    life.do(Declare(level="Ⅲ", reason="险情缓解"), DEPUTY)


def test_in_linan_the_district_declares_only_the_lowest_level():
    def life() -> Life:
        return Life(LINAN).report("+10m")

    people = {"city": person("city", "city"), "commander": COMMANDER, "deputy": DEPUTY, "duty": DUTY}
    for level in ("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ"):
        allowed = {
            name
            for name, actor in people.items()
            if not isinstance(life().decide(Declare(level=level), actor), Refusal)
        }
        assert allowed == ({"commander"} if level == "Ⅳ" else {"city"})


@pytest.mark.parametrize(
    ("make", "command", "allowed"),
    [
        (reported, TakeHandling(), STAFF),
        (reported, TakeOver(), STAFF),
        (reported, Verify(), STAFF),
        (reported, Determine(level="较大"), STAFF),
        (reported, Judge(clause="4.3.3(1)"), STAFF),
        (reported, Judge(clause="4.3.1(2)"), DECIDERS),  # 区指挥部认为: no word of the duty officer's
        (reported, Update(facts={"injuries": 5}), {*PEOPLE} - {"nobody"}),
        (reported, Correct(facts={"injuries": 5}), STAFF),
        (reported, File(report="首报"), STAFF),
        (reported, RingInVain(recipient="市委"), STAFF),
        (reported, RequestVerification(recipient="市委"), STAFF),
        (reported, Waive(obligation="first-phone", reason="已由县里报"), STAFF),
        (reported, End(reason="无须响应"), STAFF),
        (reported, Reject(reason="误报"), STAFF),
        (reported, Merge(into="incident:18", number=18), STAFF),
        (reported, Absorb(other="incident:18", number=18, claims={}), STAFF),
        (reported, RecordOral(of="commander", decides="declare", level="Ⅰ"), {"duty"}),
        (reported, AddEvidence(kind="photo", reference="sha256:1"), {*PEOPLE}),
        (declared, Acknowledge(unit="区应急管理局"), STAFF),
        (declared, CallMore(units=("区消防救援大队",)), STAFF),
        (declared, ExpectArrival(unit="区应急管理局", minutes=20), STAFF),
        (declared, AskNoArrivals(), STAFF),
        (lambda: Life().report("+10m", drill=True), PauseDrill(), STAFF | {"admin", "clock"}),
        (lambda: Life().report("+10m", drill=True), JumpDrill(), STAFF | {"admin"}),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Command) else None,
)
def test_who_may_do_what(make, command, allowed):
    assert who_may(make, command) == allowed


def test_who_may_decline_a_proposal():
    def proposed() -> Life:
        life = reported()
        life.do(Judge(clause="4.3.2(1)"), DUTY)
        return life

    assert who_may(proposed, DeclineProposal()) == {"commander", "deputy", "director"}


def test_only_the_program_says_what_became_of_a_file():
    def sent() -> Life:
        life = reported()
        life.do(AddEvidence(kind="photo", reference="x"), SCHOOL)
        return life

    assert who_may(sent, KeepEvidence(reference="x", digest="0" * 64, size=1)) == {"clock"}
    life = sent()
    life.do(KeepEvidence(reference="x", digest="0" * 64, size=1), SYSTEM)
    assert life.incident.evidence["x"].digest == "0" * 64
    assert life.refuse(LoseEvidence(reference="x", reason="gone"), SYSTEM).key == "nothing_new"


def test_who_may_close_and_reopen():
    def ended() -> Life:
        life = reported()
        life.do(Verify(event_level="一般"), DUTY)
        life.do(End(reason="无须响应"), DUTY)
        life.do(File(report="首报"), DUTY)
        life.do(File(report="终报"), DUTY)
        return life

    def closed() -> Life:
        life = ended()
        life.do(Close(), DUTY)
        return life

    assert who_may(ended, Close()) == STAFF
    assert who_may(closed, Reopen(reason="补充")) == STAFF


# --- spoken decisions -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of", "level", "allowed"),
    [
        ("commander", "Ⅰ", True),
        ("commander", "Ⅱ", True),
        ("commander", "Ⅲ", False),
        ("deputy", "Ⅰ", False),
        ("deputy", "Ⅱ", True),
        ("deputy", "Ⅲ", False),
        ("director", "Ⅰ", False),
        ("director", "Ⅱ", True),
        ("director", "Ⅲ", True),
    ],
)
def test_a_spoken_decision_needs_the_authority_of_who_spoke(of, level, allowed):
    life = reported()
    found = life.decide(RecordOral(of=of, decides="declare", level=level), DUTY)
    if not allowed:
        assert isinstance(found, Refusal)
        assert (found.key, found.who) == (
            "not_yours_to_declare",
            tuple(role for response in CAMPUS.responses if response.level == level for role in response.declared_by),
        )
        return
    assert not isinstance(found, Refusal)
    decision = life.incident.decisions[0]
    assert (decision.oral, decision.by, decision.signer, decision.signed) == (True, "duty", of, False)
    assert ("to_sign", f"role:{of}") in life.keys()


@pytest.mark.parametrize(("of", "allowed"), [("commander", True), ("deputy", False), ("director", False)])
def test_a_spoken_end_follows_who_declared(of, allowed):
    found = declared("Ⅱ", by=COMMANDER).decide(RecordOral(of=of, decides="end"), DUTY)
    assert isinstance(found, Refusal) is not allowed


def test_a_spoken_not_now_stops_the_ringing():
    life = reported()
    life.do(Judge(clause="4.3.3(1)"), DUTY, "+12m")
    life.do(RecordOral(of="director", decides="decline", reason="先观察"), DUTY, "+14m")
    assert life.proposal.declined
    before = len(life.told)
    life.until("+1h")
    assert "ring_decider" not in {key for key, _ in life.keys(before)}


# --- ways that carry no authority -------------------------------------------------------------------------------------

WAYS = ("anonymous", "channel", "forward", "edit", "via_bot")
PLAIN = (Report, Update, AddEvidence, NoteEdit)
SAMPLES = {
    TakeHandling: TakeHandling(),
    TakeOver: TakeOver(),
    ChooseFigure: ChooseFigure(key="1:injuries", option=0),
    ChoosePlan: ChoosePlan(plan="another-plan", plan_hash="0"),
    Verify: Verify(),
    Judge: Judge(clause="4.3.3(1)"),
    Determine: Determine(level="一般"),
    Correct: Correct(facts={"injuries": 5}),
    Resolve: Resolve(fact="injuries", use="sum"),
    Declare: Declare(level="Ⅱ"),
    DeclineProposal: DeclineProposal(),
    End: End(reason="已处置"),
    RecordOral: RecordOral(of="commander", decides="declare", level="Ⅰ"),
    Sign: Sign(),
    Acknowledge: Acknowledge(),
    CallMore: CallMore(units=("区消防救援大队",)),
    ExpectArrival: ExpectArrival(minutes=20),
    AskNoArrivals: AskNoArrivals(),
    NameBody: NameBody(unit="事发镇街", body="东街街道办事处"),
    File: File(report="首报"),
    RingInVain: RingInVain(recipient="市委"),
    RequestVerification: RequestVerification(recipient="市委"),
    Waive: Waive(obligation="first-phone", reason="已报"),
    Close: Close(),
    Reopen: Reopen(reason="补充"),
    Reject: Reject(reason="误报"),
    Merge: Merge(into="incident:18", number=18),
    Absorb: Absorb(other="incident:18", number=18, claims={}),
    DenyDuplicate: DenyDuplicate(other="incident:18"),
    Undo: Undo(),
    PauseDrill: PauseDrill(),
    JumpDrill: JumpDrill(),
    Wake: Wake(),
    SettleEdit: SettleEdit(sequence=1, adopt=True),
    AnswerElement: AnswerElement(element="deaths", answer="none"),
    CompareReadings: CompareReadings(of=1, agreed={"injuries": 0.9}),
    SettleReading: SettleReading(fact="injuries", use="second"),
    KeepEvidence: KeepEvidence(reference="x", digest="0" * 64, size=1),
    ConfirmCondition: ConfirmCondition(condition="x"),
    NameAssessors: NameAssessors(names="x"),
    SetUpSite: SetUpSite(commander="x"),
    HandOverSite: HandOverSite(commander="x"),
    DoWithoutSite: DoWithoutSite(reason="x"),
    AskAid: AskAid(to="x"),
    AnswerAid: AnswerAid(),
    DoWithoutAid: DoWithoutAid(reason="x"),
    JudgeRaising: JudgeRaising(),
    DraftRelease: DraftRelease(text="x"),
    ApproveRelease: ApproveRelease(release=1),
    PublishRelease: PublishRelease(release=1, medium="x"),
    SubmitRelease: SubmitRelease(release=1),
    SkipLevel: SkipLevel(obligation="x", to="x"),
    NoteInstruction: NoteInstruction(instruction="instruction:1", number=1, text="x", stands="given"),
    Submit: Submit(line="l1", obligation="office-report", to=("市委",), text="x"),
    HearBack: HearBack(line="l1"),
    AskBack: AskBack(question="x"),
    LoseEvidence: LoseEvidence(reference="x", reason="large"),
    NoteVoiceCall: NoteVoiceCall(units=("区消防救援大队",), round=1, outcome="x"),
    HearRing: HearRing(),
    AskCallBack: AskCallBack(),
}


def test_every_command_is_either_plain_or_listed():
    every = {command for command in registry.DECIDERS if command.__module__.startswith("plans.incident.")}
    assert every == {*PLAIN, *SAMPLES}


@pytest.mark.parametrize("via", WAYS)
@pytest.mark.parametrize("command", SAMPLES.values(), ids=lambda item: type(item).__name__)
def test_no_authority_in_such_a_way(command, via):
    everything = person("everything", "commander", "deputy", "director", "duty", "admin", via=via)
    for life in (reported(), filed(declared())):
        assert life.refuse(command, everything).key == "no_authority_that_way"


BY_KEY = (Acknowledge, NoteVoiceCall, HearRing, AskCallBack)
"""All that a key on the telephone may ask for."""


def test_a_key_on_the_telephone_asks_for_nothing_but_these():
    every: set[type[Command]] = {*PLAIN, *SAMPLES}
    assert {kind for kind in every if kind.by_voice} == set(BY_KEY)


@pytest.mark.parametrize("command", SAMPLES.values(), ids=lambda item: type(item).__name__)
def test_whoever_holds_everything_decides_nothing_by_a_key(command):
    if command.by_voice:
        return
    everything = person("everything", "commander", "deputy", "director", "duty", "admin", via="voice")
    for life in (reported(), filed(declared())):
        assert life.refuse(command, everything).key == "no_authority_that_way"


TOLD_BY_PLATFORM = {Report, Update, Acknowledge, TakeWarning, TakeChange}
"""All that another system may ask for: it tells, and answers."""


def test_another_system_asks_for_nothing_but_these():
    assert {kind for kind in registry.DECIDERS if kind.by_platform} == TOLD_BY_PLATFORM


@pytest.mark.parametrize(
    "command",
    [*SAMPLES.values(), JumpDrill(), AddEvidence(kind="photo", reference="x")],
    ids=lambda item: type(item).__name__,
)
def test_another_system_that_held_everything_would_decide_nothing(command):
    if command.by_platform:
        return
    everything = person("everything", "commander", "deputy", "director", "duty", "admin", via=PLATFORM)
    for life in (reported(), filed(declared())):
        assert life.refuse(command, everything).key == "no_authority_that_way"


@pytest.mark.parametrize("via", WAYS)
def test_a_declaration_in_such_a_way_is_refused_with_clause_and_who_may(via):
    refusal = reported().refuse(Declare(level="Ⅱ"), dataclasses.replace(COMMANDER, via=via))
    assert (refusal.clause, refusal.who, refusal.params) == ("4.3.2", ("commander", "deputy"), {"via": via})
    end = declared("Ⅱ", by=COMMANDER).refuse(End(), dataclasses.replace(COMMANDER, via=via))
    assert (end.clause, end.who) == ("4.3.2", ("commander",))


@pytest.mark.parametrize("via", WAYS)
def test_reports_and_figures_are_taken_in_any_way_but_as_a_claim(via):
    sender = person("duty", "duty", via=via)
    life = Life().report("+10m", by=sender, facts={"deaths": 1})
    assert life.incident.handled_by == ""
    assert life.incident.death_unconfirmed
    life.do(Update(facts={"injuries": 9}), sender, "+12m")
    assert not life.incident.claims["injuries"][-1].confirmed


def test_another_level_than_the_proposed_one_needs_a_reason_and_is_no_refusal():
    life = reported()
    life.do(Judge(clause="4.3.3(1)"), DUTY, "+12m")
    refusal = life.refuse(Declare(level="Ⅱ"), COMMANDER)
    assert (refusal.key, refusal.confirm) == ("reason_for_other_level", "reason")
    assert refusal.params == {"level": "Ⅱ", "proposed": "Ⅲ"}
    life.do(Declare(level="Ⅱ", reason="舆情敏感"), COMMANDER)
    assert life.incident.response_level == "Ⅱ"


def test_authority_is_of_the_plan_that_runs():
    """What a role may in one plan it may not in another that does not know it."""
    life = Life(LINAN).report("+10m")
    assert life.refuse(Declare(level="Ⅳ"), DIRECTOR).key == "not_yours_to_declare"
    assert life.refuse(Verify(), DIRECTOR).key == "staff_only"
