"""The clocks of 4.1.1 to 4.1.3 of the campus plan, instance by instance and to the minute."""

import pytest

from plans.core.policy import Policy
from plans.incident.ending import End
from plans.incident.facts import Update
from plans.incident.filing import File
from plans.incident.judging import Determine, Verify
from plans.incident.owed import Waive
from plans.incident.requests import RequestVerification
from tests.factories import DIRECTOR, DUTY, FOUR, SCHOOL, Life, declared, filed, span

PROVINCE = ("省委", "省政府", "市委", "市政府")
HIGHER = ("晋城市教育局", "区委", "区政府", "区指挥部")

FIRST_PHONE = ("first-phone", "4.1.2", "首报", "电话", "+30m", FOUR)
FIRST_WRITTEN = ("first-written", "4.1.2", "首报", "书面", "+1h", FOUR)
FIRST_GENERAL = ("first-general", "4.1.2", "首报", "any", "+1h", FOUR)
DIRECT_PHONE = ("direct-phone", "4.1.2", "首报", "电话", "+30m", PROVINCE)
DIRECT_WRITTEN = ("direct-written", "4.1.2", "首报", "书面", "+30m", PROVINCE)
OFFICE = ("office-report", "4.1.1", "首报", "any", "+10m", HIGHER)
# It happened at 10:20 in Beijing: the day ends 13 h 40 min later.
DAILY = ("followup-daily", "4.1.3", "续报", "any", "+13h40m", FOUR)
FOUR_HOURLY = ("followup-4h", "4.1.3", "续报", "any", "+4h", FOUR)


def owed(life, *, possible):
    return {
        (item.rule, item.clause, item.report, item.channel, item.due - life.start, item.to)
        for item in life.incident.open_instances
        if item.by_office and item.possible is possible
    }


def rows(*expected):
    return {(*row[:4], span(row[4]), row[5]) for row in expected}


@pytest.mark.parametrize(
    ("level", "certain", "possible"),
    [
        (None, [FIRST_PHONE, FIRST_WRITTEN, OFFICE], [DIRECT_PHONE, DIRECT_WRITTEN, DAILY, FOUR_HOURLY]),
        ("一般", [FIRST_GENERAL, OFFICE], []),
        ("较大", [FIRST_PHONE, FIRST_WRITTEN, OFFICE, DAILY], []),
        ("重大", [FIRST_PHONE, FIRST_WRITTEN, DIRECT_PHONE, DIRECT_WRITTEN, OFFICE, FOUR_HOURLY], []),
        ("特别重大", [FIRST_PHONE, FIRST_WRITTEN, DIRECT_PHONE, DIRECT_WRITTEN, OFFICE, FOUR_HOURLY], []),
    ],
)
def test_what_is_owed_at_each_event_level(level, certain, possible):
    life = Life().report("+10m")
    if level is not None:
        life.do(Verify(event_level=level), DUTY, "+12m")
    assert owed(life, possible=False) == rows(*certain)
    assert owed(life, possible=True) == rows(*possible)


def test_undetermined_stated_by_a_person_keeps_the_stricter_clocks():
    life = Life().report("+10m")
    life.do(Determine(level=None), DUTY, "+12m")
    assert life.incident.undetermined_stated
    assert owed(life, possible=False) == rows(FIRST_PHONE, FIRST_WRITTEN, OFFICE)


def test_what_others_owe_is_noted_but_not_the_offices():
    life = Life().report("+10m")
    others = {
        (item.rule, item.due - life.start, item.to) for item in life.incident.open_instances if not item.by_office
    }
    assert others == {
        ("school-report", span("+0m"), ("事发镇街", "区指挥部办公室")),
        ("township-report", span("+10m"), ("区委", "区政府", "区指挥部办公室")),
    }
    life.do(File(obligation="school-report", to=("事发镇街",), called_at=life.moment("+5m")), DUTY, "+20m")
    assert life.instance("school-report").status == "filed", "the office itself was told by the report"
    assert life.instance("school-report").filed_at == life.moment("+10m")


def test_hazards_on_the_scene_are_owed_to_the_departments():
    life = Life().report("+10m", raised=("hazard_on_site",))
    assert life.instance("hazard-report").possible
    life.do(Update(facts={"hazard_on_site": True}), SCHOOL, "+12m")
    assert not life.instance("hazard-report").possible
    life.do(Update(facts={"hazard_on_site": False}), DUTY, "+14m")
    assert life.instance("hazard-report").status == "superseded"


@pytest.mark.parametrize(("asked", "recorded", "due"), [("+1h", "+1h", "+1h30m"), ("+50m", "+1h", "+1h20m")])
def test_a_request_for_verification_is_answered_in_half_an_hour_to_whoever_asked(asked, recorded, due):
    life = filed(Life().report("+10m"))
    life.do(RequestVerification(recipient="市委", question="几年级", requested_at=life.moment(asked)), DUTY, recorded)
    instance = life.instance("verification")
    assert (instance.report, instance.to, instance.clause) == ("核实答复", ("市委",), "4.1.2")
    assert instance.due == life.moment(due)
    life.do(File(report="核实答复", to=("市委",)), DUTY, "+1h10m")
    assert life.status("verification") == "filed"


def test_each_request_is_answered_for_itself():
    life = filed(Life().report("+10m"))
    life.do(RequestVerification(recipient="市委"), DUTY, "+1h")
    life.do(File(report="核实答复"), DUTY, "+1h10m")
    life.do(RequestVerification(recipient="市委"), DUTY, "+1h20m")
    assert life.status("verification") == "pending", "an answer given before the question is none"


def test_lateness_counts_by_the_time_of_the_call_not_of_its_record():
    life = Life().report("+10m")
    for body in FOUR:
        life.do(File(report="首报", to=(body,), called_at=life.moment("+29m")), DUTY, "+50m")
    assert life.status("first-phone") == "filed"
    filing = life.incident.filings[0]
    assert (filing.called_at, filing.recorded_at) == (life.moment("+29m"), life.moment("+50m"))


def test_one_recipient_late_makes_the_report_late():
    life = Life().report("+10m")
    life.do(File(report="首报", to=FOUR[:3]), DUTY, "+20m")
    assert life.status("first-phone") == "pending"
    life.until("+31m")
    assert life.status("first-phone") == "overdue"
    life.do(File(report="首报", to=FOUR[3:]), DUTY, "+31m")
    assert life.status("first-phone") == "late"
    assert life.instance("first-phone").filed_at == life.moment("+31m")


def test_a_telephone_report_does_not_do_for_the_written_one():
    life = Life().report("+10m")
    life.do(File(report="首报", channel="电话"), DUTY, "+20m")
    assert life.owed() == {
        "first-phone": "filed",
        "first-written": "pending",
        "direct-phone": "possible",
        "direct-written": "possible",
        "office-report": "late",
        "followup-daily": "possible",
        "followup-4h": "possible",
    }
    assert life.incident.last_filings().keys() == {*FOUR, *PROVINCE, *HIGHER} - {"省委", "省政府"}


def test_only_a_general_incident_may_be_reported_either_way():
    for channel in ("电话", "书面"):
        life = Life().report("+10m")
        life.do(Verify(event_level="一般"), DUTY, "+12m")
        life.do(File(report="首报", channel=channel), DUTY, "+20m")
        assert life.status("first-general") == "filed"


def test_an_earlier_occurrence_moves_the_clocks_at_once_and_is_told():
    life = Life().report("+10m")
    before = len(life.told)
    life.do(Update(occurred_at=life.moment("-5m")), SCHOOL, "+12m")
    assert life.due("first-phone") == span("+25m")
    assert life.due("first-written") == span("+55m")
    assert life.due("office-report") == span("+10m"), "that one counts from when the office knew"
    assert ("due_moved", "seat") in life.keys(before)


def test_a_later_occurrence_counts_only_by_the_duty_officer_with_a_reason():
    life = Life().report("+10m")
    refusal = life.refuse(Update(occurred_at=life.moment("+5m"), reason="记错了"), SCHOOL, "+12m")
    assert (refusal.key, refusal.confirm, refusal.who) == ("later_needs_reason", "reason", ("duty",))
    assert life.refuse(Update(occurred_at=life.moment("+5m")), DUTY, "+12m").key == "later_needs_reason"
    life.do(Update(occurred_at=life.moment("+5m"), reason="监控显示"), DUTY, "+12m")
    assert life.due("first-phone") == span("+35m")


def test_what_was_filed_in_time_is_late_by_an_earlier_occurrence():
    life = Life().report("+10m")
    life.do(File(report="首报", channel="电话"), DUTY, "+25m")
    assert life.status("first-phone") == "filed"
    life.do(Update(occurred_at=life.moment("-10m")), SCHOOL, "+40m")
    assert life.status("first-phone") == "late"
    assert life.due("first-phone") == span("+20m")


def test_an_assumed_time_that_somebody_confirms_is_no_longer_assumed():
    life = Life().report("+10m", occurred_at=None)
    assert (life.incident.occurred_at, life.incident.occurred_basis) == (life.moment("+10m"), "assumed")
    life.do(Update(occurred_at=life.moment("+10m")), SCHOOL, "+12m")
    assert life.incident.occurred_basis == "stated"


# --- raising and lowering the event level -----------------------------------------------------------------------------


def test_raised_late_from_a_lower_level_the_clocks_count_from_the_start():
    life = Life().report("+10m")
    life.do(Verify(event_level="一般"), DUTY, "+12m")
    life.do(File(report="首报", channel="电话"), DUTY, "+20m")
    before = len(life.told)
    life.do(Determine(level="较大"), DUTY, "+2h")
    phone, written = life.instance("first-phone"), life.instance("first-written")
    assert (phone.raised, written.raised) == (True, True)
    assert (life.due("first-phone"), life.due("first-written")) == (span("+30m"), span("+1h"))
    assert life.keys(before).count(("raised", "seat")) == 1, "all of them in one message"
    life.do(File(report="首报", channel="电话"), DUTY, "+2h5m")
    assert life.incident.last_filings()["市委"].called_at == life.moment("+2h5m")
    assert life.status("first-phone") == "late"


def test_raised_in_time_the_clocks_are_not_marked_but_the_report_is_made_anew():
    life = Life().report("+10m")
    life.do(Verify(event_level="一般"), DUTY, "+12m")
    life.do(File(report="首报", channel="电话"), DUTY, "+20m")
    life.do(Determine(level="较大"), DUTY, "+25m")
    assert not life.instance("first-phone").raised
    assert life.status("first-phone") == "pending"
    life.do(File(report="首报", channel="电话"), DUTY, "+28m")
    assert life.status("first-phone") == "filed"


def test_found_to_be_grave_late_what_was_possible_becomes_due_and_says_why():
    life = filed(Life().report("+10m"))
    since = len(life.told)
    life.do(Determine(level="重大"), DUTY, "+2h")
    for rule in ("direct-phone", "direct-written"):
        # Nothing lower was determined before: it is late, and no 上调.
        assert (life.instance(rule).raised, life.instance(rule).possible) == (False, False)
    assert life.keys(since).count(("level_late", "seat")) == 1, "all of them in one message"
    assert life.instance("first-phone").status == "filed"
    assert not life.instance("first-phone").raised
    # The call made while nothing was determined was a call: only the province has not heard.
    life.do(File(obligation="direct-phone"), DUTY, "+2h3m")
    assert {item.recipient for item in life.incident.filings if item.called_at == life.moment("+2h3m")} == {
        "省委",
        "省政府",
    }


def test_lowered_the_stricter_clocks_fall_away_and_nothing_is_called_raised():
    life = filed(Life().report("+10m"))
    life.do(Determine(level="较大"), DUTY, "+30m")
    life.do(Determine(level="一般"), DUTY, "+2h")
    assert life.instance("followup-daily").status == "superseded"
    assert life.instance("followup-daily").reason == "level"
    assert life.status("first-general") == "filed", "the four bodies were told in time"
    assert not life.instance("first-general").raised


def test_a_duty_that_was_waived_as_possible_is_owed_when_certain():
    life = Life().report("+10m")
    life.do(Waive(obligation="direct-phone", reason="应为一般"), DUTY, "+12m")
    assert life.status("direct-phone") == "waived"
    life.do(Determine(level="重大"), DUTY, "+20m")
    assert life.status("direct-phone") == "pending"
    life.do(Waive(obligation="direct-phone", reason="省里在场"), DUTY, "+21m")
    life.do(Determine(level="特别重大"), DUTY, "+25m")
    assert life.status("direct-phone") == "waived", "what was excused as certain stays excused"


# --- the end ----------------------------------------------------------------------------------------------------------


def test_the_final_report_is_owed_from_the_end_on():
    life = declared()
    life.do(End(), DIRECTOR, "+5h")
    final = life.instance("final")
    assert (final.due, final.local, final.to) == (life.moment("+7d5h"), True, FOUR)
    life.do(File(report="终报", channel="书面"), DUTY, "+6h")
    assert life.status("final") == "filed"
    assert life.refuse(File(report="终报", channel="书面"), DUTY, "+7h").key == "already_filed_to"


def test_the_target_of_the_final_report_is_configuration():

    life = Life(policy=Policy.parse({"final": "P3D"})).report("+10m")
    life.do(End(reason="已处置"), DUTY, "+1h")
    assert life.due("final") == span("+3d1h")


def test_the_end_stops_what_recurs_and_keeps_what_was_owed():
    life = Life().report("+10m")
    life.do(Verify(event_level="重大"), DUTY, "+12m")
    life.do(End(reason="误传"), DUTY, "+20m")
    assert (life.instance("followup-4h").status, life.instance("followup-4h").reason) == ("superseded", "ended")
    assert life.status("first-phone") == "pending"
