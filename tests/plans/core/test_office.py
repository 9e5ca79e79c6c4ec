"""Who is of the office, and whom a report rings: decided by the incident's own plan, never by a role held elsewhere."""

import pytest

from plans.core.command import Acting, Actor
from plans.core.outcome import Refusal
from plans.incident.filing import File
from plans.incident.judging import Judge, Verify
from plans.incident.levels import Declare
from plans.incident.oral import RecordOral
from plans.incident.seat import TakeHandling
from plans.incident.signing import Sign
from plans.incident.undo import Undo
from plans.incident.units import Acknowledge
from plans.load import load_all
from tests.factories import CAMPUS, DUTY, SCHOOL, STRANGER, WATER, Life, person, report

PLANS = sorted(load_all())
STAFF = {name: sorted(plan.roles) for name, plan in load_all().items()}


def opened(by: Actor, plan=CAMPUS, **given) -> Life:
    return Life(plan).report("+10m", by=by, **given)


def rings(life: Life) -> bool:
    return ("duty_ring", "seat") in life.keys()


def sent_to_phone(life: Life) -> bool:
    life.until("+20m")
    return life.incident.told_phone_at is not None


def test_whoever_holds_the_seat_has_in_hand_what_he_reports() -> None:
    life = opened(DUTY)
    assert (life.incident.source, life.incident.handled_by) == ("duty", DUTY.id)
    assert not rings(life) and not sent_to_phone(life)


def test_another_duty_officer_rings_the_seat_and_is_told_when_nobody_takes_it() -> None:
    life = opened(DUTY, seated=False)
    assert (life.incident.source, life.incident.handled_by) == ("duty", "")
    assert rings(life) and sent_to_phone(life)


@pytest.mark.parametrize("plan", PLANS)
def test_a_report_of_anybody_who_leads_rings_the_seat_too(plan: str) -> None:
    document = load_all()[plan]
    for role in STAFF[plan]:
        life = opened(person("leader", role), document)
        assert (life.incident.source, life.incident.handled_by) == ("reporter", ""), role
        assert rings(life) and sent_to_phone(life), role


@pytest.mark.parametrize(
    "by",
    [SCHOOL, STRANGER, person("other", name="外地值班员"), person("unit", "liaison"), person("admin", "admin")],
)
def test_nobody_becomes_the_office_by_saying_so(by: Actor) -> None:
    """The shell reads the roles held under this plan: a duty officer of another plan or place comes with none."""
    life = opened(by, source="duty", informant="周校长")
    assert (life.incident.source, life.incident.handled_by, life.incident.informant) == ("reporter", "", "")
    assert rings(life) and sent_to_phone(life)


@pytest.mark.parametrize("via", ["anonymous", "channel", "forward", "edit", "via_bot"])
def test_the_office_reports_itself_or_it_is_a_report_like_any(via: str) -> None:
    life = opened(person("duty", "duty", via=via))
    assert (life.incident.source, life.incident.handled_by) == ("reporter", "")
    assert rings(life)


def test_whose_report_it_was_is_told_who_took_it() -> None:
    leader = person("leader", "commander")
    life = opened(leader)
    life.do(TakeHandling(), DUTY)
    assert ("taken", "reporter") in life.keys()
    own = opened(DUTY)
    assert ("taken", "reporter") not in own.keys()


BEGIN = {"duty", "director", "deputy", "commander", "admin"}


@pytest.mark.parametrize(
    "role", ["duty", "director", "deputy", "commander", "admin", "reporter", "liaison", "head", ""]
)
def test_only_the_office_of_the_plan_begins_a_drill(role: str) -> None:
    by = person("somebody", role) if role else STRANGER
    found = Life().decide(report(drill=True, begins_drill=True), by)
    assert (getattr(found, "key", "") != "drill_by_office") is (role in BEGIN)
    foreign = Life(WATER).decide(report(WATER, drill=True, begins_drill=True), person("somebody", "director"))
    assert ("director" in WATER.roles) is (getattr(foreign, "key", "") != "drill_by_office")


@pytest.mark.parametrize("via", ["anonymous", "channel", "forward", "edit", "via_bot"])
def test_no_drill_begins_in_a_way_that_carries_no_authority(via: str) -> None:
    found = Life().decide(report(drill=True, begins_drill=True), person("duty", "duty", via=via))
    assert isinstance(found, Refusal) and found.key == "drill_by_office"


SPEAKERS = [(plan, role) for plan in PLANS for role in STAFF[plan]]


@pytest.mark.parametrize("decides", ["declare", "adjust", "decline", "end"])
@pytest.mark.parametrize(("plan", "role"), SPEAKERS)
def test_nobody_but_the_duty_officer_records_what_was_spoken(plan: str, role: str, decides: str) -> None:
    """A deputy who records that the commander declared Ⅰ has declared Ⅰ."""
    document = load_all()[plan]
    for of in document.roles:
        life = opened(DUTY, document)
        found = life.decide(RecordOral(of=of, decides=decides, level="Ⅱ"), person("leader", role, "admin"))
        assert isinstance(found, Refusal) and found.key == "oral_by_duty"
        assert life.incident.response_level is None and not life.incident.decisions


def recorded(by: Actor = DUTY, **given) -> Life:
    life = opened(DUTY)
    found = life.decide(RecordOral(of="commander", decides="declare", level="Ⅰ", **given), by)
    assert not isinstance(found, Refusal), found
    return life


UNTIL = Life().moment("+1d")


@pytest.mark.parametrize(
    "recorder",
    [
        person("both", "duty", "commander"),
        person("both", "duty", "director"),
        Actor(
            id="both", name="某both", roles=frozenset({"duty", "commander"}),
            acting=(Acting("commander", "赵六", UNTIL),),
        ),
    ],
    ids=["commander too", "by also", "acting for the commander"],
)  # fmt: skip
def test_the_recorder_never_signs_what_he_recorded(recorder: Actor) -> None:
    life = recorded(recorder)
    assert life.refuse(Sign(), recorder).key == "nothing_to_sign"
    assert life.refuse(Sign(decision=life.incident.unsigned[0].sequence), recorder).key == "nothing_to_sign"
    life.do(Sign(), person("commander", "commander"))


def test_the_one_who_is_on_record_as_the_speaker_signs_and_no_other_holder_of_the_role() -> None:
    one, two = person("one", "commander", name="赵六"), person("two", "commander", name="钱九")
    for life in (recorded(spoken_by="赵六"), recorded(spoken_by="赵六", spoken_id="one")):
        life.refuse(Sign(), two)
        life.do(Sign(), one)
    life = recorded(spoken_id="one")
    life.refuse(Sign(), two)
    life.do(Sign(), one)


def test_whoever_acts_for_the_commander_signs_only_what_he_said_himself() -> None:
    acting = Actor(
        id="second", name="李四", roles=frozenset({"duty", "commander"}), acting=(Acting("commander", "赵六", UNTIL),)
    )
    recorded().refuse(Sign(), acting)
    recorded(spoken_by="李四", spoken_id="second").do(Sign(), acting)


def test_the_one_who_spoke_is_asked_for_the_signature() -> None:
    assert ("to_sign", "person:one") in recorded(spoken_by="赵六", spoken_id="one").keys()
    assert ("to_sign", "role:commander") in recorded().keys()


def test_whoever_lost_the_role_takes_nothing_back_any_more() -> None:
    """For sixty seconds a person whose role was taken could still undo what stands in the record."""
    steps = [
        (person("late", "duty"), person("late"), File(report="首报", channel="电话")),
        (person("late", "duty"), person("late", "reporter"), Verify(facts={"injuries": 4})),
        (person("late", "liaison", units=("区应急管理局",)), person("late"), Acknowledge(status="收到")),
        (person("late", "duty"), person("late", "liaison", units=("公安",)), Acknowledge(unit="区应急管理局")),
    ]
    for before, after, command in steps:
        life = opened(DUTY)
        life.do(Judge(fact="capacity", option="district"), DUTY)
        life.do(Declare(level="Ⅱ"), person("commander", "commander"))
        life.do(command, before)
        assert life.refuse(Undo(), after).key == "undo_not_yours", command
        life.do(Undo(), before)
