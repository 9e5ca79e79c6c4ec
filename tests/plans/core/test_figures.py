"""Figures: who said what, what is never summed, what must be confirmed, who must be told and told again."""

import pytest

from plans.incident.closing import Reject
from plans.incident.conflicts import ConflictFound, Resolve
from plans.incident.corrections import Correct
from plans.incident.deaths import DeathUnconfirmed
from plans.incident.facts import Update
from plans.incident.figures import agreed, effective, figures, hull
from plans.incident.filing import File
from plans.incident.judging import Verify
from plans.incident.owed import Waive
from plans.values import UNKNOWN, Interval, Options
from tests.factories import DUTY, FOUR, SCHOOL, STRANGER, Life, declared, filed, liaison, person, span

HOSPITAL = liaison("区卫生健康和体育局")
HEALTH = "区卫生健康和体育局"


def told(**facts) -> Life:
    """Return a life whose first report went out to everybody at +20 min with these figures."""
    life = Life().report("+10m", facts={})
    life.do(Verify(facts=facts, event_level="一般"), DUTY, "+12m")
    return filed(life)


# --- sources ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "common"),
    [
        ((Interval(30, 39), Interval(35, 35)), Interval(35, 35)),
        ((Interval(3, None), Interval(5, 5)), Interval(5, 5)),
        ((Interval(6, 6), Interval(9, 9)), None),
        ((UNKNOWN, Interval(9, 9)), Interval(9, 9)),
        ((Options(frozenset({"a", "b"})), Options(frozenset({"b"}))), Options(frozenset({"b"}))),
        ((Options(frozenset({True})), Options(frozenset({False}))), None),
    ],
)
def test_sources_that_can_all_be_right_leave_what_they_have_in_common(values, common):
    assert agreed(values) == common
    assert agreed(reversed(values)) == common


def test_what_differs_is_held_open_between_the_extremes():
    assert hull(Interval(6, 6), Interval(9, 9)) == Interval(6, 9)
    assert hull(Interval(6, 6), Interval(9, None)) == Interval(6, None)


def test_two_sources_that_differ_are_never_summed_but_asked_about():
    life = Life().report("+10m", facts={"ill": 6})
    events = life.do(Update(facts={"ill": 9}), HOSPITAL, "+14m")
    assert ConflictFound(fact="ill", claims={"reporter": 6, HEALTH: 9}) in events
    assert effective(life.incident)["ill"] == Interval(6, 9)


@pytest.mark.parametrize(("use", "value"), [(HEALTH, 9), ("reporter", 6), ("sum", 15)])
def test_a_duty_officer_decides_between_sources(use, value):
    life = Life().report("+10m", facts={"ill": 6})
    life.do(Update(facts={"ill": 9}), HOSPITAL, "+14m")
    life.do(Resolve(fact="ill", use=use), DUTY, "+16m")
    assert figures(life.incident) == {"ill": value}
    assert life.incident.conflicts == {}


def test_an_interval_and_a_number_within_it_are_no_conflict():
    life = Life().report("+10m", facts={"ill": {"at_least": 30, "at_most": 39}})
    life.do(Update(facts={"ill": 35}), HOSPITAL, "+14m")
    assert life.incident.conflicts == {}
    assert figures(life.incident) == {"ill": 35}


def test_a_source_that_corrects_itself_is_no_conflict():
    life = Life().report("+10m", facts={"ill": 6})
    life.do(Update(facts={"ill": 9}), SCHOOL, "+14m")
    assert (life.incident.conflicts, figures(life.incident)) == ({}, {"ill": 9})


def test_a_higher_figure_overtakes_what_the_office_took_over_earlier():
    life = told(ill=6)
    life.do(Update(facts={"ill": 9}), HOSPITAL, "+30m")
    assert (life.incident.conflicts, figures(life.incident)) == ({}, {"ill": 9})
    follow_up = life.instance("followup-casualties")
    assert (follow_up.status, follow_up.possible) == ("open", False)


def test_a_lower_figure_than_the_offices_is_asked_about():
    life = told(ill=6)
    life.do(Update(facts={"ill": 4}), HOSPITAL, "+30m")
    assert life.incident.conflicts == {"ill": {"duty": 6, HEALTH: 4}}
    assert life.instance("followup-casualties").possible, "perhaps nothing changed"


def test_the_duty_officers_word_ends_a_conflict():
    life = Life().report("+10m", facts={"ill": 6})
    life.do(Update(facts={"ill": 9}), HOSPITAL, "+14m")
    life.do(Update(facts={"ill": 8}), DUTY, "+16m")
    assert (life.incident.conflicts, figures(life.incident)) == ({}, {"ill": 8})


def test_what_is_added_is_added_to_what_is_known():
    life = Life().report("+10m", facts={"injuries": 4})
    life.do(Update(facts={"injuries": 2}, increments=frozenset({"injuries"})), SCHOOL, "+14m")
    assert figures(life.incident) == {"injuries": 6}


def test_an_outsider_cannot_update_and_the_reporter_can():
    life = Life().report("+10m", by=person("teacher"))
    assert life.refuse(Update(facts={"injuries": 5}), STRANGER, "+11m").key == "outsider"
    life.do(Update(facts={"injuries": 5}), person("teacher"), "+12m")
    assert figures(life.incident) == {"injuries": 5}


def test_a_forwarded_update_of_the_duty_officer_has_not_his_authority():
    life = Life().report("+10m", facts={"ill": 6})
    life.do(Update(facts={"ill": 9}), person("duty", "duty", via="forward"), "+12m")
    assert not life.incident.claims["ill"][-1].confirmed
    assert life.incident.conflicts


# --- deaths -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [SCHOOL, HOSPITAL, person("teacher", "reporter")])
def test_a_first_death_by_anybody_but_the_duty_officer_is_unconfirmed(who):
    life = told(injuries=4, deaths=0)
    before = len(life.told)
    life.do(Update(facts={"deaths": 1}), who, "+30m")
    assert life.incident.death_unconfirmed
    assert effective(life.incident)["deaths"] == Interval(0, 1)
    assert ("death_unconfirmed", "seat") in life.keys(before)
    follow_up = life.instance("followup-casualties")
    assert (follow_up.possible, follow_up.to) == (True, FOUR)


def test_a_death_in_the_report_itself_is_unconfirmed_too():
    life = Life().report("+10m", facts={"deaths": 1})
    assert life.incident.death_unconfirmed
    assert ("death_unconfirmed", "seat") in life.keys()
    by_duty = Life().report("+10m", by=DUTY, source="duty", facts={"deaths": 1})
    assert not by_duty.incident.death_unconfirmed


def test_the_same_rumour_rings_once():
    life = told(injuries=4, deaths=0)
    life.do(Update(facts={"deaths": 1}), SCHOOL, "+30m")
    again = life.do(Update(facts={"deaths": 1}), HOSPITAL, "+31m")
    assert not [event for event in again if isinstance(event, DeathUnconfirmed)]
    more = life.do(Update(facts={"deaths": 2}), HOSPITAL, "+32m")
    assert [event.value for event in more if isinstance(event, DeathUnconfirmed)] == [2]


def test_a_confirmed_death_is_a_follow_up_from_the_moment_of_confirmation():
    life = told(injuries=4, deaths=0)
    life.do(Update(facts={"deaths": 1}), SCHOOL, "+30m")
    life.do(Update(facts={"deaths": 1}), DUTY, "+40m")
    follow_up = life.instance("followup-casualties")
    assert (follow_up.possible, follow_up.due, follow_up.raised) == (False, life.moment("+40m"), False)


def test_a_death_denied_leaves_nothing_to_tell():
    life = told(injuries=4, deaths=0)
    life.do(Update(facts={"deaths": 1}), SCHOOL, "+30m")
    life.do(Update(facts={"deaths": 0}), DUTY, "+35m")
    assert not life.incident.death_unconfirmed
    assert (life.instance("followup-casualties").status, life.instance("followup-casualties").reason) == (
        "superseded",
        "unchanged",
    )


def test_verifying_confirms_what_was_reported():
    life = Life().report("+10m", facts={"deaths": 1})
    life.do(Verify(), DUTY, "+15m")
    assert not life.incident.death_unconfirmed
    assert effective(life.incident)["deaths"] == Interval(1, 1)


def test_a_fall_of_deaths_is_asked_about():
    life = told(deaths=3)
    refusal = life.refuse(Update(facts={"deaths": 1}), DUTY, "+30m")
    assert (refusal.key, refusal.confirm, refusal.params) == ("deaths_fall", "sure", {"old": 3, "new": 1})
    assert life.refuse(Verify(facts={"deaths": 1}), DUTY, "+30m").key == "deaths_fall"
    life.do(Update(facts={"deaths": 1}, sure=True), DUTY, "+31m")
    assert life.status("followup-casualties") == "pending"


# --- follow-ups -------------------------------------------------------------------------------------------------------


def test_eleven_changes_are_one_follow_up_with_the_age_of_the_oldest():
    life = told(ill=6)
    for minute, ill in enumerate((9, 12, 14, 18, 23, 31, 38, 44, 52, 60), 30):
        life.do(Update(facts={"ill": ill}), HOSPITAL, f"+{minute}m")
    follow_ups = [item for item in life.incident.instances.values() if item.rule == "followup-casualties"]
    assert len(follow_ups) == 1
    assert follow_ups[0].due == life.moment("+30m")
    life.do(File(report="续报", to=("市委",)), DUTY, "+45m")
    assert life.incident.last_filings()["市委"].figures == {"ill": 60}
    assert life.incident.last_filings()["区委"].figures == {"ill": 6}


def test_whoever_was_told_an_older_figure_is_told_again():
    life = told(ill=6)
    life.do(Update(facts={"ill": 9}), DUTY, "+30m")
    life.do(File(report="续报", to=("市委", "市政府")), DUTY, "+32m")
    life.do(Update(facts={"ill": 12}), DUTY, "+33m")
    life.do(File(report="续报", to=("区委", "区政府")), DUTY, "+34m")
    assert life.status("followup-casualties") == "overdue"
    life.do(File(report="续报"), DUTY, "+36m")
    assert [item.recipient for item in life.incident.filings if item.called_at == life.moment("+36m")] == [
        "市委",
        "市政府",
    ]
    assert life.status("followup-casualties") == "late"


def test_a_follow_up_is_owed_only_to_those_who_were_told():
    life = Life().report("+10m")
    life.do(Verify(facts={"injuries": 4}, event_level="一般"), DUTY, "+12m")
    life.do(File(report="首报", to=("市委", "区委")), DUTY, "+14m")
    life.do(Update(facts={"injuries": 5}), DUTY, "+15m")
    assert life.instance("followup-casualties").to == ("市委", "区委")
    life.do(File(report="首报", to=("市政府", "区政府")), DUTY, "+16m")
    assert life.instance("followup-casualties").status == "open"
    life.do(File(report="续报", to=("市委", "区委")), DUTY, "+18m")
    assert life.instance("followup-casualties").status == "filed"


def test_a_call_made_before_the_change_has_not_told_it():
    life = told(injuries=4)
    life.do(Update(facts={"injuries": 5}), DUTY, "+40m")
    life.do(File(report="续报", called_at=life.moment("+35m")), DUTY, "+42m")
    assert life.incident.filings[-1].figures == {"injuries": 4}
    assert life.instance("followup-casualties").status == "open"


def test_figures_that_go_back_before_anybody_was_told_leave_nothing_owed():
    life = told(injuries=4)
    life.do(Update(facts={"injuries": 5}), DUTY, "+40m")
    life.do(Update(facts={"injuries": 4}), DUTY, "+41m")
    assert life.instance("followup-casualties").reason == "unchanged"


def test_a_waived_follow_up_comes_back_with_the_next_change_only():
    life = told(injuries=4)
    life.do(Update(facts={"injuries": 5}), DUTY, "+40m")
    life.do(Waive(obligation="followup-casualties", reason="随终报一并报"), DUTY, "+41m")
    life.do(Update(place="育才小学操场"), DUTY, "+42m")
    assert life.status("followup-casualties") == "waived"
    life.do(Update(facts={"injuries": 6}), DUTY, "+43m")
    assert life.status("followup-casualties") == "pending"


def test_serious_injuries_are_a_change_of_casualties():
    life = told(injuries=4)
    life.do(Update(facts={"serious_injuries": 1}), DUTY, "+40m")
    assert life.status("followup-casualties") == "pending"


# --- corrections ------------------------------------------------------------------------------------------------------


def test_a_correction_is_owed_to_exactly_those_who_heard_the_wrong_figure():
    life = told(deaths=0)
    life.do(Update(facts={"deaths": 1}), DUTY, "+40m")
    life.do(File(report="续报", to=("市委", "市政府")), DUTY, "+42m")
    life.do(Correct(facts={"deaths": 0}, reason="区医院核实"), DUTY, "+1h")
    correction = life.instance("correction")
    assert (correction.to, correction.due, correction.local) == (("市委", "市政府"), life.moment("+1h10m"), True)
    assert life.instance("followup-casualties").status == "superseded", "the others never heard of a death"
    life.do(File(report="更正"), DUTY, "+1h5m")
    assert life.status("correction") == "filed"
    assert {item.recipient for item in life.incident.filings if item.report == "更正"} == {"市委", "市政府"}
    assert life.owed()["correction"] == "filed"


def test_a_correction_of_what_nobody_heard_owes_nothing():
    life = Life().report("+10m")
    life.do(Correct(facts={"injuries": 3}), DUTY, "+12m")
    assert not [item for item in life.incident.instances.values() if item.rule == "correction"]
    assert life.refuse(Correct(facts={"injuries": 3}), DUTY, "+13m").key == "nothing_to_correct"


def test_a_mistaken_report_is_taken_back_from_those_who_were_told():
    life = filed(declared(), "+20m")
    life.do(Reject(reason="演习被误报"), DUTY, "+30m")
    assert life.incident.state == "rejected"
    open_ones = life.incident.open_instances
    assert [(item.rule, set(item.to)) for item in open_ones] == [("correction", {*FOUR, "区指挥部", "晋城市教育局"})]
    life.until("+45m")
    assert [key for key in life.keys() if key == ("reminder", "seat")]
    life.do(File(report="更正"), DUTY, "+50m")
    assert life.incident.open_instances == []
    assert span("+50m") == max(at for at, _ in life.until("+2d").told)
