"""Questions and proposals: what is asked, what is proposed to whom, and a decider who does not answer."""

import pytest

from plans.incident.ending import End
from plans.incident.facts import Update
from plans.incident.judging import Determine, Judge, Verify
from plans.incident.levels import Declare, Declared
from plans.incident.oral import RecordOral
from plans.incident.proposals import DeclineProposal, OfferDeclined, ProposalWithdrawn
from plans.incident.question import QuestionSettled
from plans.incident.units import Acknowledge
from tests.factories import COMMANDER, DEPUTY, DIRECTOR, DUTY, LINAN, WATER, Life, liaison, span


def judged(clause: str = "4.3.3(1)", at: str = "+12m") -> Life:
    life = Life().report("+10m")
    life.do(Judge(clause=clause), DUTY, at)
    return life


def rung(life, key):
    return [at for at, notice in life.told if notice.key == key]


def test_the_one_deciding_question_is_asked_with_its_answers():
    life = Life().report("+10m")
    asked = next(notice for _, notice in life.told if notice.key == "question")
    assert (asked.to, asked.params["fact"], asked.params["question"]) == ("seat", "capacity", "现有力量够吗？")
    assert asked.params["clause"] == "4.3"
    assert [press.label for press in asked.buttons] == ["choice:local", "choice:district", "choice:beyond", "unsure"]


def test_the_question_is_asked_once():
    life = Life().report("+10m")
    life.do(Update(facts={"injuries": 5}), DUTY, "+11m")
    life.do(Verify(), DUTY, "+12m")
    assert len(rung(life, "question")) == 1


@pytest.mark.parametrize(
    ("clause", "level", "roles"),
    [
        ("4.3.3(1)", "Ⅲ", ("director",)),
        ("4.3.2(1)", "Ⅱ", ("commander", "deputy")),
        ("4.3.1(1)", "Ⅰ", ("commander",)),
        ("4.3.3(2)", "Ⅲ", None),
    ],
)
def test_the_answer_is_proposed_to_those_who_may_declare(clause, level, roles):
    life = Life().report("+10m")
    life.do(Judge(clause=clause), COMMANDER, "+12m")
    if roles is None:
        assert life.incident.proposal is None, "with the capacity still open the higher levels are possible"
        return
    assert (life.proposal.level, life.proposal.to_roles) == (level, roles)
    to = [notice.to for _, notice in life.told if notice.key == "proposal"]
    assert to == [f"role:{role}" for role in roles]
    assert ("wake_decider", "seat") in life.keys()


def test_a_judgement_denied_leaves_the_others():
    life = Life().report("+10m")
    life.do(Judge(clause="4.3.1(1)", holds=False), DUTY, "+12m")
    assert life.incident.proposal is None
    life.do(Judge(clause="4.3.2(1)", holds=False), DUTY, "+13m")
    assert life.proposal.level == "Ⅲ"


def test_no_proposal_for_the_level_that_is_declared_or_a_lower_one():
    life = judged("4.3.2(1)")
    life.do(Declare(level="Ⅱ"), DEPUTY, "+15m")
    assert life.incident.proposal is None
    life.do(Judge(clause="4.3.3(1)"), DUTY, "+1h")
    assert life.incident.proposal is None, "lowering is for people to think of"
    life.do(Judge(clause="4.3.1(1)"), DUTY, "+2h")
    assert life.proposal.level == "Ⅰ"


def test_a_proposal_follows_the_judgement():
    life = judged("4.3.2(1)")
    first = life.proposal.sequence
    life.do(Judge(clause="4.3.3(1)"), DUTY, "+14m")
    assert (life.proposal.level, life.proposal.sequence > first) == ("Ⅲ", True)


def test_a_proposal_that_no_longer_holds_is_withdrawn():
    life = Life(WATER).report("+10m", facts={"endangered": {"at_least": 2, "at_most": 40}})
    assert life.proposal.level == "Ⅰ", "undetermined"
    life.do(Determine(level="一般"), DUTY, "+12m")
    assert life.proposal.level == "Ⅲ"
    life.do(Declare(level="Ⅲ"), DIRECTOR, "+14m")
    life.do(Determine(level="较大"), DUTY, "+20m")
    assert life.proposal.level == "Ⅱ"
    before = len(life.told)
    events = life.do(Determine(level="一般"), DUTY, "+22m")
    assert ProposalWithdrawn(level="Ⅱ") in events
    assert life.incident.proposal is None
    assert ("proposal_withdrawn", "seat") in life.keys(before)
    life.until("+2h")
    assert "ring_decider" not in {key for key, _ in life.keys(before)}


def test_a_silent_decider_is_rung_again_and_again():
    life = judged("4.3.3(1)").until("+4h")
    assert rung(life, "ring_decider") == [span(at) for at in ("+15m", "+20m", "+30m", "+1h", "+2h", "+4h")]
    assert rung(life, "proposal_again") == rung(life, "ring_decider")
    assert "proposal_widened" not in {key for key, _ in life.keys()}, "nobody may declare less than Ⅲ"


def test_where_only_one_may_the_deputies_are_offered_what_they_may():
    life = judged("4.3.1(1)").until("+1h")
    widened = [(at, notice) for at, notice in life.told if notice.key == "proposal_widened"]
    assert {at for at, _ in widened} == {span("+20m"), span("+30m"), span("+1h")}, "from the second ring on"
    offers = {(notice.to, notice.params["level"]) for _, notice in widened}
    assert offers == {("role:deputy", "Ⅱ"), ("role:director", "Ⅲ")}
    life.do(Declare(level="Ⅱ", reason="指挥长联系不上"), DEPUTY, "+1h1m")
    assert life.proposal.level == "Ⅰ", "the highest level keeps ringing"
    life.until("+1h10m")
    assert rung(life, "ring_decider")[-1] == span("+1h9m")


def test_a_deputy_who_will_not_declare_less_is_not_asked_again_and_the_proposal_stays_open():
    life = judged("4.3.1(1)").until("+25m")
    before = len(life.told)
    events = life.do(DeclineProposal(reason="等指挥长"), DEPUTY, "+26m")
    assert events == [OfferDeclined(level="Ⅰ", roles=("deputy",), reason="等指挥长")]
    assert ("offer_declined", "seat") in life.keys(before)
    assert life.proposal.level == "Ⅰ" and not life.proposal.declined
    life.until("+2h")
    later = [notice.to for _, notice in life.told[before:] if notice.key == "proposal_widened"]
    assert set(later) == {"role:director"}
    assert [at for at, notice in life.told if notice.key == "ring_decider"][-1] == span("+2h")


def test_who_was_offered_nothing_cannot_decline():
    life = judged("4.3.1(1)").until("+13m")
    assert life.refuse(DeclineProposal(), DEPUTY, "+14m").key == "not_yours_to_decide"


def test_where_several_may_nobody_else_is_offered_less():
    life = judged("4.3.2(1)").until("+2h")
    assert "proposal_widened" not in {key for key, _ in life.keys()}


def test_a_declined_proposal_stays_declined_until_the_level_changes():
    life = judged("4.3.3(1)")
    life.do(DeclineProposal(reason="先观察"), DIRECTOR, "+14m")
    life.do(Update(facts={"injuries": 3}), DUTY, "+20m")
    life.until("+2h")
    assert rung(life, "ring_decider") == []
    life.do(Judge(clause="4.3.2(1)"), DUTY, "+2h1m")
    assert (life.proposal.level, life.proposal.declined) == ("Ⅱ", False)


def test_after_declining_a_level_may_still_be_declared_without_a_reason():
    life = judged("4.3.3(1)")
    life.do(DeclineProposal(), DIRECTOR, "+14m")
    life.do(Declare(level="Ⅱ"), DEPUTY, "+20m")


def test_who_might_have_declared_more_and_chose_less_is_not_asked_again():
    life = judged("4.3.2(1)")
    declared = life.do(Declare(level="Ⅲ", reason="校内可控"), DIRECTOR, "+14m")[0]
    assert isinstance(declared, Declared)
    assert declared.settles, "the director is a deputy commander and might have declared Ⅱ"
    assert life.proposal.declined
    life.until("+3h")
    assert rung(life, "ring_decider") == []


def test_a_declared_level_stops_the_ringing():
    life = judged("4.3.3(1)")
    life.do(Declare(level="Ⅲ"), DIRECTOR, "+14m")
    life.until("+3h")
    assert rung(life, "ring_decider") == []


def test_in_linan_a_higher_level_is_the_citys_to_declare():
    life = Life(LINAN).report("+10m", candidates=("accident",))
    life.do(Determine(level="较大"), DUTY, "+12m")
    assert (life.proposal.level, life.proposal.to_roles) == ("Ⅲ", ("city",))
    life.do(RecordOral(of="city", decides="declare", level="Ⅲ", spoken_by="市总值班室"), DUTY, "+30m")
    assert life.incident.response_level == "Ⅲ"


def test_a_declaration_states_what_the_law_demands():
    life = judged("4.3.3(1)")
    declared = life.do(Declare(level="Ⅲ", expected="至处置结束"), DIRECTOR, "+14m")[0]
    assert isinstance(declared, Declared)
    assert (declared.matter, declared.level, declared.expected) == ("育才小学踩踏拥挤", "Ⅲ", "至处置结束")
    assert declared.measures
    assert declared.clause == "4.3.3"


# --- units ------------------------------------------------------------------------------------------------------------

POLICE, HEALTH, RESCUE, STREET = "市公安局城区分局", "区卫生健康和体育局", "区应急管理局", "事发镇街"
FIRST = ("事发学校", STREET, "区教育局")
"""They act first (4.2), at every level."""


def first_are_there(life):
    """Whoever acts first has answered, so that only the others are silent."""
    for unit in FIRST:
        life.do(Acknowledge(status="已到场", unit=unit), DUTY, "+13m")


def called(life):
    return {unit for unit, call in life.incident.calls.items() if call.round}


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        (("crowd",), {POLICE, HEALTH, RESCUE, STREET}),
        (("health",), {HEALTH, "区市场监督管理局", POLICE, STREET}),
        (("crowd", "health"), {POLICE, HEALTH, RESCUE, STREET, "区市场监督管理局"}),
        ((), {RESCUE, POLICE, HEALTH, STREET}),  # nobody knows what it is: the units of 其他
    ],
)
def test_the_lowest_level_calls_by_the_kind_of_incident_and_informs_the_rest(candidates, expected):
    life = Life().report("+10m", candidates=candidates)
    life.do(Declare(level="Ⅲ"), DIRECTOR, "+12m")
    expected = {*expected, *FIRST}
    assert called(life) == expected
    members = {unit.id for unit in life.plan.units if unit.member}
    informed = {unit for unit, call in life.incident.calls.items() if call.status == "informed"}
    assert informed == members - expected


def test_the_declarer_may_change_the_pick_but_not_who_acts_first():
    life = Life().report("+10m")
    life.do(Declare(level="Ⅲ", units=(HEALTH,)), DIRECTOR, "+12m")
    assert called(life) == {HEALTH, *FIRST}


@pytest.mark.parametrize(("level", "by"), [("Ⅱ", DEPUTY), ("Ⅰ", COMMANDER)])
def test_the_higher_levels_call_every_member(level, by):
    life = Life().report("+10m")
    life.do(Declare(level=level), by, "+12m")
    assert called(life) == {unit.id for unit in life.plan.units if unit.member}


def test_raising_calls_anew_whoever_has_not_set_out():
    life = Life().report("+10m")
    life.do(Declare(level="Ⅲ"), DIRECTOR, "+12m")
    life.do(Acknowledge(status="收到"), liaison(HEALTH), "+13m")
    life.do(Acknowledge(status="已到场"), liaison(POLICE), "+13m")
    before = len(life.told)
    life.do(Declare(level="Ⅱ"), DEPUTY, "+14m")
    calls = life.incident.calls
    assert (calls[HEALTH].round, calls[HEALTH].status) == (2, "called")
    assert (calls[POLICE].round, calls[POLICE].status) == (1, "已到场")
    assert ("inform", f"unit:{POLICE}") in life.keys(before)
    assert ("call", f"unit:{HEALTH}") in life.keys(before)


def test_a_unit_that_set_out_though_only_informed_is_not_called_again_and_hears_the_end():
    life = Life().report("+10m")
    life.do(Declare(level="Ⅲ"), DIRECTOR, "+12m")
    fire = "区消防救援大队"
    life.do(Acknowledge(status="已出发"), liaison(fire), "+13m")
    before = len(life.told)
    life.do(Declare(level="Ⅱ"), DEPUTY, "+14m")
    assert life.incident.calls[fire].status == "已出发"
    assert ("inform", f"unit:{fire}") in life.keys(before)
    life.do(End(), DEPUTY, "+1h")
    assert ("ended_unit", f"unit:{fire}") in life.keys(before)


def test_lowering_calls_nobody_who_was_called_and_tells_them():
    life = Life().report("+10m")
    life.do(Declare(level="Ⅱ"), DEPUTY, "+12m")
    before = len(life.told)
    life.do(Declare(level="Ⅲ", reason="已缓解"), DEPUTY, "+30m")
    keys = life.keys(before)
    assert not [key for key, _ in keys if key == "call"]
    assert len([key for key, _ in keys if key == "inform"]) == len(called(life))


def test_the_ladder_of_a_silent_unit():
    life = Life().report("+10m")
    life.do(Declare(level="Ⅲ", units=(HEALTH, POLICE)), DIRECTOR, "+12m")
    life.do(Acknowledge(), liaison(POLICE), "+13m")
    first_are_there(life)
    life.until("+3h")
    steps = [
        (at, notice.key, notice.to) for at, notice in life.told if notice.kind == "escalation" and "unit" in notice.key
    ]
    steps += [(at, notice.key, notice.to) for at, notice in life.told if notice.key == "call_again"]
    assert sorted(steps) == [
        (span("+15m"), "call_again", f"unit:{HEALTH}"),
        (span("+17m"), "ring_units", "seat"),
        (span("+17m"), "silent_units", "group"),
        (span("+32m"), "call_again", f"head:{HEALTH}"),
        (span("+32m"), "ring_units", "seat"),
        (span("+1h2m"), "ring_units", "seat"),
        (span("+2h2m"), "ring_units", "seat"),
    ]


def test_a_unit_that_nobody_answers_for_goes_straight_to_the_duty_seat():
    life = Life().report("+10m")
    before = len(life.told)
    life.do(Declare(level="Ⅲ", units=(HEALTH,), unreachable=frozenset({HEALTH})), DIRECTOR, "+12m")
    assert ("ring_units", "seat") in life.keys(before)
    assert ("call", f"unit:{HEALTH}") not in life.keys(before)
    life.do(Acknowledge(unit=HEALTH, status="已出发", note="电话答复"), DUTY, "+14m")
    call = life.incident.calls[HEALTH]
    assert (call.status, call.recorded, call.note) == ("已出发", True, "电话答复")
    first_are_there(life)
    before = len(life.told)
    life.until("+2h")
    assert "ring_units" not in {key for key, _ in life.keys(before)}


def test_an_unreachable_silent_unit_is_not_called_again_but_rung():
    life = Life().report("+10m")
    life.do(Declare(level="Ⅲ", units=(HEALTH,), unreachable=frozenset({HEALTH})), DIRECTOR, "+12m")
    first_are_there(life)
    before = len(life.told)
    life.until("+26m")
    assert ("ring_units", "seat") not in life.keys(before), "the same list is not sent again after three minutes"
    life.until("+27m")
    assert ("ring_units", "seat") in life.keys(before)
    assert ("call_again", f"unit:{HEALTH}") not in life.keys(before)


def test_a_unit_that_cannot_come_is_said_to_the_seat():
    life = Life().report("+10m")
    life.do(Declare(level="Ⅲ", units=(HEALTH,)), DIRECTOR, "+12m")
    before = len(life.told)
    life.do(Acknowledge(status="来不了", note="车辆故障"), liaison(HEALTH), "+13m")
    assert ("unit_cannot", "seat") in life.keys(before)


def test_answers_only_edit_the_card():
    life = Life().report("+10m")
    life.do(Declare(level="Ⅱ"), DEPUTY, "+12m")
    before = len(life.told)
    for unit in sorted(called(life)):
        life.do(Acknowledge(), liaison(unit), "+13m")
    assert life.keys(before) == []


def test_the_duty_officer_may_set_an_answer_back():
    life = Life().report("+10m")
    life.do(Declare(level="Ⅲ", units=(HEALTH,)), DIRECTOR, "+12m")
    life.do(Acknowledge(status="已到场"), liaison(HEALTH), "+13m")
    life.do(Acknowledge(unit=HEALTH, status="收到"), DUTY, "+14m")
    assert life.incident.calls[HEALTH].status == "收到"


def test_silent_units_are_not_rung_after_the_end():
    life = Life().report("+10m")
    life.do(Declare(level="Ⅲ"), DIRECTOR, "+12m")
    life.do(End(), DIRECTOR, "+13m")
    life.until("+3h")
    assert not [notice for _, notice in life.told if notice.key in ("call_again", "silent_units")]


# --- questions that no longer decide ----------------------------------------------------------------------------------


def test_a_question_that_no_longer_decides_is_settled():
    life = Life(LINAN).report("+10m")
    assert life.incident.question == "event_class"
    life.do(Update(event_class="exam"), DUTY, "+11m")
    assert life.incident.question == "exam_paper"
    events = life.do(Determine(level="较大"), DUTY, "+12m")
    assert QuestionSettled(fact="exam_paper") in events
    assert life.incident.question == ""


def test_a_class_that_knows_not_every_level():
    life = Life(LINAN).report("+10m", candidates=("exam",))
    assert life.refuse(Determine(level="一般"), DUTY, "+11m").key == "unknown_event_level"
    life.do(Determine(level="较大"), DUTY, "+11m")
