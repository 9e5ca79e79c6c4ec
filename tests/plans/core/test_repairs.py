"""Repairs: taking back within a minute, two incidents that are one, drills that pause and jump."""

import pytest

from plans.core.event import Undone
from plans.incident.case import Outcome
from plans.incident.drills import JumpDrill, PauseDrill
from plans.incident.duplicates import DenyDuplicate
from plans.incident.facts import Update
from plans.incident.figures import figures
from plans.incident.filing import File
from plans.incident.judging import Judge, Verify
from plans.incident.levels import Declare
from plans.incident.merging import Merge, absorption
from plans.incident.reminders import Reminded
from plans.incident.undo import Undo
from plans.incident.units import Acknowledge
from plans.kinds import decide
from plans.obligations.wakes import wakes
from tests.factories import (
    ADMIN,
    DEPUTY,
    DIRECTOR,
    DUTY,
    FOUR,
    POLICE,
    SCHOOL,
    SECOND,
    WATER,
    Life,
    declared,
    filed,
    liaison,
    report,
    span,
)

# --- undo -------------------------------------------------------------------------------------------------------------


def test_a_filing_is_taken_back_with_what_it_completed():
    life = Life().report("+10m")
    life.do(File(report="首报", channel="电话"), DUTY, "+20m")
    assert life.status("first-phone") == "filed"
    undone = life.do(Undo(), DUTY, "+20m50s")[0]
    assert isinstance(undone, Undone)
    assert undone.what == "filed"
    assert life.incident.filings == []
    assert life.status("first-phone") == "pending"
    life.until("+27m")
    assert ("reminder", "role:director") in life.keys(), "its reminders go on"


def test_a_filing_that_another_completed_opens_the_obligation_again():
    life = Life().report("+10m")
    life.do(File(report="首报", to=FOUR[:2]), DUTY, "+20m")
    life.do(File(report="首报", to=FOUR[2:]), SECOND, "+20m10s")
    assert life.status("first-phone") == "filed"
    life.do(Undo(), DUTY, "+20m30s")
    assert life.status("first-phone") == "pending"
    assert {item.recipient for item in life.incident.filings} == set(FOUR[2:])
    life.do(File(report="首报", to=FOUR[:2]), DUTY, "+21m")
    assert life.status("first-phone") == "filed"


def test_what_a_filing_had_opened_falls_away():
    life = Life(WATER).report("+10m")
    life.do(File(obligation="city-general"), DUTY, "+20m")
    assert life.status("city-written-after-phone") == "pending"
    life.do(Undo(), DUTY, "+20m30s")
    assert not [item for item in life.incident.open_instances if item.rule == "city-written-after-phone"]


def test_events_about_something_that_was_taken_back_do_no_harm():
    life = Life(WATER).report("+10m")
    life.do(File(obligation="city-general"), DUTY, "+20m")
    life.do(Update(occurred_at=life.moment("-5m")), SCHOOL, "+20m20s")
    life.do(Undo(), DUTY, "+20m40s")
    assert life.status("city-general") == "pending"
    assert life.due("city-general") == span("+55m")


def test_a_recurring_round_is_taken_back_with_the_next_one_it_opened():
    life = Life().report("+10m")
    life.do(Verify(event_level="重大"), DUTY, "+11m")
    life.do(File(report="续报"), DUTY, "+3h")
    assert life.due("followup-4h") == span("+7h")
    life.do(Undo(), DUTY, "+3h30s")
    open_ones = [item for item in life.incident.open_instances if item.rule == "followup-4h"]
    assert [item.due for item in open_ones] == [life.moment("+4h")]
    life.do(File(report="续报"), DUTY, "+3h1m")
    assert life.due("followup-4h") == span("+7h1m")


def test_an_acknowledgement_is_taken_back_to_the_answer_before():
    life = declared()
    life.do(Acknowledge(), liaison(POLICE), "+16m")
    life.do(Acknowledge(status="来不了"), liaison(POLICE), "+16m30s")
    life.do(Undo(), liaison(POLICE), "+16m40s")
    assert life.incident.calls[POLICE].status == "收到"
    life.do(Undo(), liaison(POLICE), "+16m50s")
    assert life.incident.calls[POLICE].status == "called"


def test_an_acknowledgement_taken_back_is_silent_again():
    life = declared()
    life.do(Acknowledge(), liaison(POLICE), "+16m")
    life.do(Undo(), liaison(POLICE), "+16m30s")
    assert any(point.key == f"unit:{POLICE}" for point in wakes(life.incident, life.policy))


def test_a_verification_is_taken_back_with_its_figures_and_level():
    life = Life().report("+10m", facts={"injuries": 4})
    life.do(Verify(facts={"injuries": 40}, event_level="重大"), DUTY, "+12m")
    life.do(Undo(), DUTY, "+12m59s")
    assert (life.incident.verified_at, life.incident.event_level) == (None, None)
    assert figures(life.incident) == {"injuries": 4}
    assert life.instance("direct-phone").possible


def test_a_minute_is_the_limit_and_only_ones_own_is_taken_back():
    life = Life().report("+10m")
    life.do(File(report="首报", channel="电话"), DUTY, "+20m")
    assert life.refuse(Undo(), SECOND, "+20m10s").key == "nothing_to_undo"
    late = life.refuse(Undo(), DUTY, "+21m1s")
    assert (late.key, late.params["seconds"]) == ("undo_too_late", 60)
    assert life.status("first-phone") == "filed"


def test_a_declaration_cannot_be_taken_back():
    life = declared()
    assert life.refuse(Undo(), DIRECTOR, "+15m").key == "nothing_to_undo"


def test_the_log_keeps_what_was_taken_back():
    life = Life().report("+10m")
    life.do(File(report="首报", channel="电话"), DUTY, "+20m")
    life.do(Undo(), DUTY, "+20m30s")
    assert [item.event.NAME for item in life.incident.events].count("filed") == 6


# --- merging ----------------------------------------------------------------------------------------------------------


def two(level: str = "", other_level: str = "") -> tuple[Life, Life]:
    """Return 17 and 18, perhaps with declared responses."""
    one, other = Life(number=17).report("+10m"), Life(number=18).report("+14m", facts={"injuries": 9})
    for life, wanted in ((one, level), (other, other_level)):
        if wanted:
            life.do(Declare(level=wanted), DIRECTOR if wanted == "Ⅲ" else DEPUTY, "+15m")
    return one, other


def merge(one: Life, other: Life, at: str = "+20m") -> None:
    """Merge ``other`` into ``one`` as the shell does: both in one transaction."""
    what = Merge(into="incident:17", number=17, into_level=one.incident.response_level)
    other.do(what, DUTY, at)
    one.do(absorption(other.incident), DUTY, at)


def test_merged_figures_are_claims_of_their_own_sources_and_never_summed():
    one, other = two()
    merge(one, other)
    assert other.incident.state == "merged"
    assert (other.incident.merged_into, other.incident.merged_number) == ("incident:17", 17)
    assert other.incident.open_instances == []
    assert one.incident.absorbed == [18]
    assert one.incident.conflicts == {"injuries": {"reporter": 4, "18号·reporter": 9}}


def test_an_earlier_occurrence_of_the_other_counts():
    one, other = two()
    other.do(Update(occurred_at=other.moment("-10m")), SCHOOL)
    merge(one, other)
    assert one.incident.occurred_at == one.moment("-10m")
    assert one.due("first-phone") == span("+20m")


def test_whoever_was_told_of_the_other_is_told_that_they_are_one():
    one, other = two()
    other.do(File(report="首报", to=("市委",)), DUTY, "+18m")
    merge(one, other)
    assert one.instance("correction").to == ("市委",)
    assert one.incident.corrections[-1].kind == "merged"


def test_a_judgement_of_the_other_stays_behind():
    one, other = two()
    other.do(Judge(clause="4.3.1(1)"), DUTY)
    merge(one, other)
    assert "capacity" not in one.incident.claims


def test_figures_that_the_plan_does_not_know_stay_with_the_other():
    one = Life(number=17).report("+10m")
    other = Life(WATER, number=18).report("+12m", facts={"endangered": 3, "deaths": 0})
    own = next(name for name, fact in WATER.facts.items() if fact.type == "flag")
    other.do(Update(facts={own: True}), DUTY)
    one.do(absorption(other.incident), DUTY)
    assert own not in one.incident.claims
    assert one.incident.claims["endangered"][0].source == "18号·reporter"


@pytest.mark.parametrize(
    ("own", "into", "allowed"),
    [("", "", True), ("", "Ⅲ", True), ("Ⅲ", "", False), ("Ⅲ", "Ⅲ", True), ("Ⅲ", "Ⅱ", True), ("Ⅱ", "Ⅲ", False)],
)
def test_a_response_goes_only_into_one_at_least_as_high(own, into, allowed):
    one, other = two(into, own)
    what = Merge(into="incident:17", number=17, into_level=one.incident.response_level)
    if allowed:
        before = len(other.told)
        other.do(what, DUTY, "+20m")
        if own:
            assert ("merged_unit", f"unit:{POLICE}") in other.keys(before)
        assert ("merged_reporter", "reporter") in other.keys(before)
        assert wakes(other.incident, other.policy) == []
        return
    refusal = other.refuse(what, DUTY, "+20m")
    assert refusal.key == "merge_after_declaration"
    assert refusal.params == {"level": own, "into": 17, "into_level": into or None}


def test_likely_duplicates_are_pointed_out_and_a_person_decides():
    life = Life(number=18).report("+14m", duplicates=(("incident:17", 17),))
    asked = next(notice for _, notice in life.told if notice.key == "duplicate")
    assert [press.label for press in asked.buttons] == ["merge", "not_same"]
    assert life.incident.suspected == {"incident:17": 17}
    life.do(DenyDuplicate(other="incident:17"), DUTY, "+15m")
    assert life.incident.suspected == {}


# --- drills -----------------------------------------------------------------------------------------------------------


def test_a_paused_drill_is_silent_and_goes_on_with_one_reminder_each():
    life = Life().report("+10m", drill=True)
    life.do(PauseDrill(), ADMIN, "+12m")
    assert wakes(life.incident, life.policy) == []
    before = len(life.told)
    life.until("+5h")
    assert life.keys(before) == []
    life.do(PauseDrill(paused=False), DUTY, "+5h")
    life.until("+5h")
    keys = [key for event in life.incident.events if isinstance(event.event, Reminded) for key in event.event.keys]
    assert len(keys) == len(set(keys))


def test_a_live_drill_skips_to_its_next_deadline():
    life = Life().report("+10m", drill=True)
    life.do(File(report="首报", channel="电话"), DUTY, "+11m")
    life.do(JumpDrill(), ADMIN, "+12m")
    assert life.incident.offset == span("+18m"), "the written reports to the province that may be due at +30"
    life.until("+12m")
    assert life.instance("direct-phone").reminded or life.instance("direct-written").reminded
    life.do(JumpDrill(), ADMIN, "+12m")
    assert life.incident.offset == span("+48m"), "the written first report is due at +1h"
    life.until("+12m")
    written = life.instance("first-written")
    assert written.reminded[-1] == written.due
    life.do(JumpDrill(by=span("+1h")), DUTY, "+13m")
    assert life.incident.offset == span("+1h48m")


def test_a_jump_never_lands_short_of_the_deadline():
    life = Life().report("+10m", drill=True)
    moment = life.moment("+12m").replace(microsecond=500_000)
    found = decide(life.plan, life.incident, JumpDrill(), ADMIN, now=moment, cause="jump")
    assert isinstance(found, Outcome)
    assert moment + found.after.offset >= life.moment("+30m")


def test_a_drill_speaks_only_to_those_whom_it_drills():
    """I13: no audience of a drill lies outside its own people; outside bodies are rung by people, or not at all."""
    life = Life()
    life.do(report(drill=True), SCHOOL, "+10m")
    life.do(Declare(level="Ⅱ"), DEPUTY, "+12m")
    life.until("+6h")
    kinds = {notice.to.split(":")[0] for _, notice in life.told}
    assert kinds == {"origin", "seat", "group", "role", "unit", "head"}
    units = {notice.to.partition(":")[2] for _, notice in life.told if notice.to.startswith(("unit:", "head:"))}
    assert units <= {unit.id for unit in life.plan.units if unit.member}
    assert life.incident.drill


def test_a_real_case_is_never_paused_or_moved():
    life = filed(declared())
    assert life.refuse(JumpDrill(), ADMIN, "+30m").key == "not_a_drill"
    assert life.refuse(PauseDrill(), ADMIN, "+30m").key == "not_a_drill"
