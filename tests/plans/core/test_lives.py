"""Whole lives of incidents, told as their people live them."""

from plans.incident.closing import Close, Reopen
from plans.incident.ending import End
from plans.incident.facts import Update
from plans.incident.filing import File
from plans.incident.judging import Determine, Judge, Verify
from plans.incident.levels import Declare, Declared
from plans.incident.oral import RecordOral
from plans.incident.reporting import Reported
from plans.incident.seat import TakeHandling, TakeOver
from plans.incident.signing import Sign
from plans.incident.units import Acknowledge
from tests.factories import (
    CAMPUS,
    COMMANDER,
    DEPUTY,
    DIRECTOR,
    DUTY,
    FOUR,
    POLICE,
    SCHOOL,
    SECOND,
    WATER,
    Life,
    liaison,
    person,
    report,
    span,
)


def test_a_crush_at_a_school_from_the_report_to_the_closed_file():
    life = Life().report("+10m")
    assert life.incident.state == "reported"
    assert life.incident.question == "capacity"

    life.do(TakeHandling(), DUTY, "+12m")
    assert life.incident.seat == "duty"
    life.do(Verify(facts={"injuries": 4, "deaths": 0}, event_level="一般"), DUTY, "+14m")
    assert life.due("first-general") == span("+1h")

    life.do(Judge(fact="capacity", option="local"), DUTY, "+15m")
    assert life.proposal.level == "Ⅲ"
    assert set(life.proposal.to_roles) == {"director"}
    life.do(Declare(level="Ⅲ"), DIRECTOR, "+16m")
    assert (life.incident.state, life.incident.response_level) == ("responding", "Ⅲ")
    called = [unit for unit, call in life.incident.calls.items() if call.round]
    assert called == ["事发学校", "事发镇街", "区教育局", POLICE, "区卫生健康和体育局", "区应急管理局"]

    life.do(Acknowledge(status="已出发"), liaison(POLICE), "+17m")
    for number, body in enumerate(FOUR):
        at = f"+{18 + 2 * number}m"
        life.do(File(report="首报", channel="电话", to=(body,), taker="值班室某同志"), DUTY, at)
    assert life.status("first-general") == "filed"
    assert life.instance("first-general").filed_at == life.moment("+24m")
    life.do(File(report="首报", obligation="office-report"), DUTY, "+26m")

    # A death is told to exactly those who had heard of the incident.
    life.do(Update(facts={"deaths": 1}), DUTY, "+3h")
    follow_up = life.instance("followup-casualties")
    assert (follow_up.to, follow_up.due, follow_up.possible) == (FOUR, life.moment("+3h"), False)
    for body in FOUR:
        life.do(File(report="续报", channel="电话", to=(body,)), DUTY, "+3h5m")
    assert life.status("followup-casualties") == "late"

    # 较大, found out late: the stricter clocks have run out, and say why.
    life.do(Determine(level="较大"), DUTY, "+3h30m")
    assert life.instance("first-phone").raised
    assert life.instance("first-written").raised
    assert life.instance("first-phone").status == "open", "一般 was told, 较大 was not"
    assert life.instance("first-general").status == "filed"
    life.do(File(report="首报", channel="电话"), DUTY, "+3h35m")
    life.do(File(report="首报", channel="书面"), DUTY, "+3h50m")
    assert (life.status("first-phone"), life.status("first-written")) == ("late", "late")
    assert life.status("followup-daily:1:1") == "filed", "the follow-up of +3h5m was today's"

    life.do(Judge(fact="capacity", option="district"), DUTY, "+4h")
    assert life.proposal.to_roles == ("commander", "deputy")
    events = life.do(
        RecordOral(of="commander", decides="adjust", level="Ⅱ", spoken_by="赵六", spoken_at=life.moment("+4h8m")),
        DUTY,
        "+4h10m",
    )
    assert isinstance(events[0], Declared)
    assert (events[0].oral, events[0].role, events[0].previous) == (True, "commander", "Ⅲ")
    assert life.refuse(End(), DEPUTY, "+9h").key == "not_yours_to_end"
    life.do(End(), COMMANDER, "+9h")
    assert [item.role for item in life.incident.unsigned] == ["commander"]
    life.do(Sign(), COMMANDER, "+9h1m")
    assert life.incident.unsigned == []

    refusal = life.refuse(Close(), DUTY, "+10h")
    assert refusal.key == "open_obligations"
    assert [item["key"].split(":")[0] for item in refusal.params["open"]] == ["final"]
    life.do(File(report="终报", channel="书面"), DUTY, "+20h")
    life.do(Close(), DUTY, "+21h")
    assert life.incident.state == "closed"
    assert life.until("+9d").incident.state == "closed"
    assert not [notice for at, notice in life.told if at > span("+21h")], "nothing rings for a closed case"


def test_the_scenario_of_the_contract():
    life = Life().report("+10m")
    life.do(Verify(facts={"injuries": 4}, event_level="一般"), DUTY, "+14m")
    life.do(Declare(level="Ⅲ", units=("区消防救援大队", "区卫生健康和体育局")), DIRECTOR, "+15m")
    life.do(Acknowledge(status="已出发"), liaison("区消防救援大队"), "+16m")
    life.do(File(report="首报", channel="电话"), DUTY, "+20m")
    life.do(Update(facts={"deaths": 1}), DUTY, "+3h")
    life.do(Declare(level="Ⅱ"), COMMANDER, "+5h")
    life.do(End(), COMMANDER, "+9h")
    life.do(File(report="续报", channel="书面"), DUTY, "+9h")
    life.do(File(report="终报", channel="书面"), DUTY, "+20h")
    for task in ("善后方案", "恢复重建计划"):
        life.do(File(report=task, document="城区教字〔2026〕3号"), DUTY, "+20h")
    life.do(Close(), DUTY, "+21h")
    assert life.incident.state == "closed"
    assert life.owed() == {
        "after-1": "filed",
        "after-7": "filed",
        "first-general": "filed",
        "office-report": "late",  # 立即: the plan grants no time
        "followup-casualties": "late",
        "final": "filed",
    }


def test_a_caller_on_the_telephone_and_leaders_who_never_open_the_chat():
    life = Life().report("+4m", by=DUTY, source="duty", informant="周校长", unit="育才小学")
    assert life.incident.handled_by == "duty"
    assert ("duty_ring", "seat") not in life.keys(), "the duty officer need not be woken by his own report"
    life.do(Judge(fact="capacity", option="local"), DUTY, "+6m")
    life.do(RecordOral(of="director", decides="declare", level="Ⅲ", spoken_by="王五"), DUTY, "+7m")
    life.do(TakeOver(), SECOND, "+5h")
    assert (life.incident.seat, life.incident.handled_by) == ("second", "duty")
    life.do(RecordOral(of="director", decides="end", spoken_by="王五"), SECOND, "+6h")
    assert life.incident.state == "ended"
    assert [(item.kind, item.role, item.oral) for item in life.incident.decisions] == [
        ("declare", "director", True),
        ("end", "director", True),
    ]
    life.do(Sign(), DIRECTOR, "+7h")
    assert life.incident.unsigned == []


def test_nobody_needs_a_response():
    life = Life().report("+10m")
    assert life.refuse(End(), DUTY, "+20m").key == "reason_to_end_without_response"
    life.do(End(reason="现场已自行处置"), DUTY, "+20m")
    assert life.incident.state == "ended"
    assert life.incident.response_level is None
    assert {"first-phone", "first-written", "final"} <= {item.rule for item in life.incident.open_instances}


def test_a_closed_case_is_opened_again_to_ended():
    life = Life().report("+10m")
    life.do(Verify(event_level="一般"), DUTY, "+12m")
    life.do(End(reason="已处置"), DUTY, "+20m")
    life.do(File(report="首报"), DUTY, "+21m")
    life.do(File(report="终报"), DUTY, "+22m")
    life.do(Close(), DUTY, "+30m")
    assert life.refuse(File(report="续报"), DUTY, "+31m").key == "not_running"
    life.do(Reopen(reason="又有学生发病"), DUTY, "+2h")
    assert life.incident.state == "ended"
    life.do(Update(facts={"ill": 3}), DUTY, "+2h1m")
    assert life.status("followup-casualties") in ("pending", "overdue")
    assert life.refuse(Close(), DUTY, "+2h2m").key == "open_obligations"
    life.do(File(report="续报"), DUTY, "+2h3m")
    life.do(Close(), DUTY, "+2h4m")


def test_a_boat_accident_undetermined_means_the_highest_level():
    life = Life(WATER).report(
        "+10m", text="渡船进水，十余人落水", facts={"endangered": {"at_least": 10, "at_most": 19}}
    )
    assert life.proposal.level == "Ⅰ"
    assert life.proposal.to_roles == ("commander",)
    life.do(Declare(level="Ⅰ"), COMMANDER, "+15m")
    life.do(Determine(level="较大"), DUTY, "+40m")
    life.do(Declare(level="Ⅱ", reason="已判明为较大"), COMMANDER, "+45m")
    assert life.incident.response_level == "Ⅱ"
    life.do(End(), COMMANDER, "+6h")
    assert life.incident.state == "ended"


def test_a_person_with_two_roles_acts_in_the_one_that_suffices():
    both = person("both", "director", "deputy")
    life = Life().report("+10m")
    life.do(Declare(level="Ⅲ"), both, "+15m")
    assert life.incident.response_role == "director"
    life.do(Declare(level="Ⅱ"), both, "+20m")
    assert life.incident.response_role == "deputy"
    life.do(End(), both, "+1h")
    assert life.incident.ended_role == "deputy"


def test_the_director_is_a_deputy_commander_by_the_plan():
    assert CAMPUS.roles["director"].also == ("deputy",)
    life = Life().report("+10m")
    life.do(Declare(level="Ⅱ"), DIRECTOR, "+15m")
    assert life.incident.response_role == "deputy"


def test_nothing_is_asked_of_the_reporter_before_the_report_stands():
    life = Life()
    events = life.do(report(facts={"no such fact": 1, "injuries": "many", "deaths": -2}), SCHOOL)
    assert isinstance(events[0], Reported)
    assert events[0].facts == {}, "what cannot be a value is left to the words"
    assert events[0].text == "楼梯踩踏，四名学生受伤"


def test_a_time_in_the_future_is_not_believed():
    life = Life()
    life.do(report(occurred_at=life.moment("+2h")), SCHOOL)
    assert life.incident.occurred_at == life.moment("+10m")
    assert life.incident.occurred_basis == "assumed"


def test_an_hour_of_a_clear_case_stays_within_the_message_budget():
    """At most eight new messages in the command group in the first hour of a clear Ⅲ; answers only edit."""
    life = Life().report("+2m")
    life.do(TakeHandling(), DUTY, "+3m")
    life.do(Verify(facts={"injuries": 4, "deaths": 0}, event_level="一般"), DUTY, "+4m")
    life.do(Judge(fact="capacity", option="local"), DUTY, "+5m")
    life.do(Declare(level="Ⅲ"), DIRECTOR, "+6m")
    units = [unit for unit, call in life.incident.calls.items() if call.round]
    for unit in units:
        life.do(Acknowledge(), liaison(unit), "+7m")
    for minute, body in enumerate(FOUR):
        life.do(File(report="首报", to=(body,)), DUTY, f"+{10 + minute}m")
    for unit in units:
        life.do(Acknowledge(status="已到场"), liaison(unit), "+20m")
    life.until("+1h")
    group = [notice.key for _, notice in life.told if notice.to == "group" and not notice.edits]
    assert group == ["card_new", "announcement"]
