"""The clocks of 4.2 of the water rescue plan: county to city, city to province, and what follows a telephone call."""

import pytest

from plans.incident.ending import End
from plans.incident.facts import Update
from plans.incident.filing import File
from plans.incident.judging import Determine, Verify
from plans.incident.requests import RequestVerification
from tests.factories import DUTY, WATER, Life, span

CITY = ("市委", "市政府", "市交通局")
PROVINCE = ("省政府", "省交通厅")


def certain(life):
    return {
        (item.rule, item.channel, item.due - life.start)
        for item in life.incident.open_instances
        if not item.possible and item.rule != "scene-report"
    }


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (None, {("first-general", "any", "+1h"), ("city-general", "any", "+1h")}),
        ("一般", {("first-general", "any", "+1h"), ("city-general", "any", "+1h")}),
        ("较大", {("first-general", "any", "+1h"), ("city-general", "any", "+1h")}),
        ("重大", {("first-direct", "电话", "+10m"), ("city-direct", "any", "+10m")}),
        ("特别重大", {("first-direct", "电话", "+10m"), ("city-direct", "any", "+10m")}),
    ],
)
def test_first_reports_at_each_level(level, expected):
    life = Life(WATER).report("+10m")
    if level:
        life.do(Verify(event_level=level), DUTY, "+12m")
    assert certain(life) == {(rule, channel, span(at)) for rule, channel, at in expected}


def test_a_written_report_is_owed_half_an_hour_after_the_first_call():
    life = Life(WATER).report("+10m")
    life.do(Verify(event_level="一般"), DUTY, "+12m")
    assert not [item for item in life.incident.instances.values() if "after" in item.rule]
    life.do(File(obligation="city-general", to=("省政府",)), DUTY, "+20m")
    written = life.instance("city-written-after-phone")
    assert (written.channel, written.to, written.due) == ("书面", PROVINCE, life.moment("+50m"))
    life.do(File(obligation="city-general", to=("省交通厅",)), DUTY, "+30m")
    assert life.due("city-written-after-phone") == span("+50m"), "from the first call, not from each"
    life.do(File(obligation="city-written-after-phone"), DUTY, "+45m")
    assert life.status("city-written-after-phone") == "filed"


def test_a_call_entered_later_but_made_earlier_moves_the_written_report_forward():
    life = Life(WATER).report("+10m")
    life.do(Verify(event_level="一般"), DUTY, "+12m")
    life.do(File(obligation="city-general", to=("省政府",)), DUTY, "+20m")
    key = life.instance("city-written-after-phone").key
    life.do(File(obligation="city-general", to=("省交通厅",), called_at=life.moment("+15m")), DUTY, "+22m")
    assert life.instance("city-written-after-phone").key == key
    assert life.due("city-written-after-phone") == span("+45m")


def test_a_first_report_in_writing_needs_no_second_one():
    life = Life(WATER).report("+10m")
    life.do(Verify(event_level="一般"), DUTY, "+12m")
    life.do(File(obligation="city-general", channel="书面"), DUTY, "+20m")
    assert life.status("city-general") == "filed"
    assert not [item for item in life.incident.instances.values() if item.rule == "city-written-after-phone"]


def test_after_the_fax_a_call_owes_nothing_more():
    life = Life(WATER).report("+10m")
    life.do(Verify(event_level="一般"), DUTY, "+12m")
    life.do(File(report="首报", channel="书面", to=PROVINCE), DUTY, "+20m")
    life.do(File(report="首报", channel="电话", to=PROVINCE), DUTY, "+25m")
    assert life.status("city-written-after-phone") == "filed"


def test_found_to_be_grave_the_written_report_follows_the_other_rule():
    life = Life(WATER).report("+10m")
    life.do(File(obligation="city-general"), DUTY, "+20m")
    assert life.status("city-written-after-phone") == "pending"
    life.do(Determine(level="重大"), DUTY, "+40m")
    assert life.instance("city-written-after-phone").status == "superseded"
    assert life.status("city-direct") == "late", "the call of +20m was the report, ten minutes after 立即"
    assert life.due("city-written-after-direct") == span("+50m")


def test_a_request_for_verification_and_a_change_of_casualties():
    life = Life(WATER).report("+10m")
    life.do(File(obligation="city-general"), DUTY, "+20m")
    life.do(RequestVerification(recipient="省交通厅"), DUTY, "+1h")
    assert life.due("verification") == span("+1h30m")
    life.do(Update(facts={"deaths": 1}), DUTY, "+2h")
    assert life.due("followup-casualties") == span("+2h")
    assert life.instance("followup-casualties").to == PROVINCE, "only those who had been told"


@pytest.mark.parametrize(
    ("level", "rule", "to"), [("较大", "final", ("市政府", "省交通厅")), ("重大", "final-major", ("省交通厅",))]
)
def test_the_final_report_goes_where_the_level_says(level, rule, to):
    life = Life(WATER).report("+10m")
    life.do(Verify(event_level=level), DUTY, "+12m")
    life.do(End(reason="已救起"), DUTY, "+1h")
    finals = {item.rule: item.to for item in life.incident.open_instances if item.report == "终报"}
    assert finals == {rule: to}
