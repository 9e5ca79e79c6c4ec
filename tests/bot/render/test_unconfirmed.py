"""A death that was only said stays a saying by every route, in every plan and text, until somebody confirms it."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render import View, card, export, script, written_report
from bot.render.values import shortly
from plans.assess import assess
from plans.core.command import Actor, Command
from plans.core.event import Recorded, decode
from plans.incident.case import Outcome
from plans.incident.closing import Reject
from plans.incident.conflicts import Resolve
from plans.incident.corrections import Correct
from plans.incident.duplicates import DenyDuplicate
from plans.incident.edits import NoteEdit
from plans.incident.facts import Update
from plans.incident.figures import effective
from plans.incident.filing import File
from plans.incident.judging import Determine, Verify
from plans.incident.levels import Declare
from plans.incident.merging import Merge, absorption
from plans.incident.seat import TakeHandling
from plans.incident.undo import Undo
from plans.kinds import apply
from plans.load import load_all
from plans.model import Plan
from plans.values import Interval
from tests.factories import DUTY, SCHOOL, Life, person

PLANS = load_all()
SAID = 7
"""What is said of deaths; no other figure of these lives is a seven."""

OTHER = person("hospital", "reporter", "liaison", name="周医生", units=("医院",))
SAYING = f"有{SAID}人死亡的说法，未核实"


def said(plan: Plan, number: int = 17, by=SCHOOL, **facts) -> Life:
    """Return a report in which seven deaths are said, and four injuries."""
    return Life(plan, number=number).report("+10m", by=by, facts={"deaths": SAID, "injuries": 4, **facts})


def silent(plan: Plan, number: int = 16, **facts) -> Life:
    """Return a report of the same event that says nothing of deaths."""
    return Life(plan, number=number).report("+11m", facts={"injuries": 5, **facts})


def take_in(one: Life, other: Life, at: str = "+20m") -> Life:
    """Merge ``other`` into ``one``."""
    other.do(Merge(into=one.incident.stream, number=one.incident.number), DUTY, at)
    one.do(absorption(other.incident), DUTY, at)
    return one


def merged(plan: Plan) -> Life:
    return take_in(silent(plan), said(plan))


def merged_where_none_had_died(plan: Plan) -> Life:
    one = silent(plan)
    one.do(Verify(facts={"deaths": 0}), DUTY, "+12m")
    return take_in(one, said(plan))


def merged_twice(plan: Plan) -> Life:
    return take_in(silent(plan, 15), merged(plan), "+30m")


def merged_and_verified(plan: Plan) -> Life:
    life = merged(plan)
    life.do(Verify(), DUTY, "+21m")
    return life


def merged_and_resolved(plan: Plan) -> Life:
    life = merged(plan)
    life.do(Resolve(fact="injuries", use="sum"), DUTY, "+21m")
    return life


def taken_in_something_else(plan: Plan) -> Life:
    return take_in(said(plan, 16), silent(plan, 17))


def not_the_same(plan: Plan) -> Life:
    life = Life(plan).report("+10m", facts={"deaths": SAID}, duplicates=(("incident:9", 9),))
    life.do(DenyDuplicate(other="incident:9"), DUTY, "+12m")
    return life


def corrected(plan: Plan) -> Life:
    life = said(plan)
    first = next(rule for rule in plan.obligations if rule.by_office)
    life.do(File(report=first.report, to=first.to[:1]), DUTY, "+14m")
    life.do(Correct(facts={"injuries": 3}, reason="重复计数"), DUTY, "+16m")
    return life


def said_by_another_and_verified(plan: Plan) -> Life:
    life = silent(plan)
    life.do(Update(facts={"deaths": SAID}), OTHER, "+12m")
    life.do(Verify(), DUTY, "+13m")
    return life


def said_and_denied_by_others_and_verified(plan: Plan) -> Life:
    life = said(plan)
    life.do(Update(facts={"deaths": 0}), OTHER, "+12m")
    life.do(Verify(), DUTY, "+13m")
    return life


def more_than_is_confirmed(plan: Plan) -> Life:
    life = silent(plan)
    life.do(Update(facts={"deaths": 2}), DUTY, "+12m")
    life.do(Update(facts={"deaths": SAID}), OTHER, "+13m")
    return life


def more_than_at_least_one(plan: Plan) -> Life:
    life = silent(plan)
    life.do(Update(facts={"deaths": {"at_least": 1, "at_most": None}}), DUTY, "+12m")
    life.do(Update(facts={"deaths": SAID}), OTHER, "+13m")
    return life


def edited(plan: Plan) -> Life:
    life = silent(plan)
    life.do(NoteEdit(message="m1", before="伤5", after=f"伤5死{SAID}", facts={"deaths": SAID}), SCHOOL, "+12m")
    return life


def unverified_again(plan: Plan) -> Life:
    life = said(plan)
    life.do(Verify(), DUTY, "+12m")
    life.do(Undo(), DUTY, "+12m20s")
    return life


def determined_and_declared(plan: Plan) -> Life:
    life = said(plan)
    if plan.event_levels:
        life.do(Determine(level=plan.event_levels[-1]), person("chief", *plan.roles, "duty"), "+12m")
    if plan.responses:
        life.do(Declare(level=plan.responses[0].level, reason="先期"), person("chief", *plan.roles), "+13m")
    return life


def another_place(plan: Plan) -> Life:
    life = said(plan)
    life.do(Update(place="东门", facts={"injuries": 6}), DUTY, "+12m")
    return life


ROUTES: tuple[Callable[[Plan], Life], ...] = (
    said,
    merged,
    merged_where_none_had_died,
    merged_twice,
    merged_and_verified,
    merged_and_resolved,
    taken_in_something_else,
    not_the_same,
    corrected,
    said_by_another_and_verified,
    said_and_denied_by_others_and_verified,
    more_than_is_confirmed,
    more_than_at_least_one,
    edited,
    unverified_again,
    determined_and_declared,
    another_place,
)


def texts(life: Life) -> dict[str, str]:
    """Return what is read aloud to each recipient, and every other text of the case, by name."""
    view = View(plan=life.plan, incident=life.incident, now=life.now, audience="seat")
    reports = {rule.report for rule in life.plan.obligations} | {"首报", "续报", "终报", "更正"}
    found = spoken(life, *reports) | {f"written {report}": written_report(view, report) for report in reports}
    return found | {"card": card(view).text, "export": export(view), "in short": shortly(view)}


def spoken(life: Life, *reports: str) -> dict[str, str]:
    """Return what is read aloud to each recipient of these reports."""
    view = View(plan=life.plan, incident=life.incident, now=life.now, audience="seat")
    recipients = dict.fromkeys(name for rule in life.plan.obligations for name in rule.to)
    return {f"{report} {name}": script(view, name, report) for report in reports for name in recipients}


def check(life: Life) -> dict[str, str]:
    """No text, of those returned, gives the seven as a figure; nothing was told as one, no level is certain for it."""
    said = texts(life)
    for name, text in said.items():
        assert f"{SAID}人" not in text.replace(SAYING, ""), f"{name}: {text}"
    known = effective(life.incident).get("deaths")
    assert known is None or not isinstance(known, Interval) or (known.at_least or 0) < SAID
    for filing in life.incident.filings:
        assert filing.figures.get("deaths") != SAID
    return said


@pytest.mark.parametrize("plan", PLANS.values(), ids=list(PLANS))
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.__name__)
def test_a_death_that_was_only_said_is_in_no_text_a_fact(plan: Plan, route: Callable[[Plan], Life]):
    life = route(plan)
    first = [text for name, text in check(life).items() if name.startswith("首报 ") and "社会公众" not in name]
    sure = "2人" if route is more_than_is_confirmed else "至少1人" if route is more_than_at_least_one else "正在核实"
    if route is not edited:
        assert all(sure in text for text in first)


@pytest.mark.parametrize("plan", PLANS.values(), ids=list(PLANS))
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.__name__)
def test_the_duty_officers_word_makes_it_a_fact_by_every_route(plan: Plan, route: Callable[[Plan], Life]):
    life = route(plan)
    life.do(Update(facts={"deaths": SAID}), DUTY, "+50m")
    assert effective(life.incident)["deaths"] == Interval(SAID, SAID)
    assert not life.incident.death_unconfirmed
    told = [text for name, text in spoken(life, "首报", "续报").items() if "公众" not in name]
    assert all(f"{SAID}人" in text and SAYING not in text for text in told if "涉险" in text or "现在" in text)


def test_a_merged_saying_rings_the_seat_and_waits_for_its_word():
    for plan in PLANS.values():
        life = merged(plan)
        asked = [notice for _, notice in life.told if notice.key == "death_unconfirmed"]
        assert [(notice.to, notice.params["source"]) for notice in asked] == [("seat", "17号·reporter")]
        assert life.incident.death_unconfirmed


def test_what_was_confirmed_stays_so_in_the_other_incident():
    for plan in PLANS.values():
        other = said(plan)
        other.do(Update(facts={"deaths": SAID}), DUTY, "+12m")
        life = take_in(silent(plan), other)
        assert not life.incident.death_unconfirmed
        assert effective(life.incident)["deaths"] == Interval(SAID, SAID)
        assert [(claim.source, claim.confirmed) for claim in life.incident.claims["deaths"]] == [("17号·duty", True)]


def test_a_saying_that_another_incident_had_confirmed_is_confirmed_by_the_merger():
    for plan in PLANS.values():
        other = said(plan)
        other.do(Update(facts={"deaths": SAID}), DUTY, "+12m")
        life = take_in(said(plan, 16), other)
        assert not life.incident.death_unconfirmed
        assert effective(life.incident)["deaths"] == Interval(SAID, SAID)


def test_no_figure_of_either_incident_gives_way_in_a_merger():
    for plan in PLANS.values():
        one = silent(plan)
        one.do(Verify(facts={"injuries": 5}), DUTY, "+12m")
        life = take_in(one, said(plan, injuries=9))
        assert life.incident.conflicts["injuries"] == {"duty": 5, "17号·reporter": 9}


def test_what_was_raised_without_a_value_is_raised_after_the_merger():
    for plan in PLANS.values():
        closed = tuple(name for name, fact in plan.facts.items() if not fact.open)[:1]
        life = take_in(silent(plan), Life(plan).report("+10m", raised=closed))
        assert life.incident.raised >= set(closed)


def test_a_log_from_before_the_merger_kept_what_was_confirmed_folds_as_it_did():
    life = silent(PLANS["jincheng-chengqu-campus"])
    life.do(Verify(facts={"injuries": 5}), DUTY, "+12m")
    old = decode("absorbed", 1, {"other": "incident:18", "number": 18, "claims": {"injuries": {"18号·reporter": 9}}})
    item = Recorded(sequence=life.incident.sequence + 1, at=life.now, actor="duty", event=old)
    claims = apply(life.incident, [item]).claims["injuries"]
    assert [(claim.source, claim.confirmed) for claim in claims] == [("18号·reporter", False)]


def test_what_nobody_confirmed_is_marked_in_a_script_and_what_somebody_did_is_not():
    life = silent(PLANS["jincheng-chengqu-campus"])
    view = View(plan=life.plan, incident=life.incident, now=life.now)
    assert "受伤5人（未核实）" in script(view, "区委")
    life.do(Verify(), DUTY, "+12m")
    confirmed = script(View(plan=life.plan, incident=life.incident, now=life.now), "区委")
    assert "受伤5人" in confirmed
    assert "未核实" not in confirmed


STEPS: dict[str, tuple[Command, Actor]] = {
    "verify": (Verify(), DUTY),
    "verify injuries": (Verify(facts={"injuries": 3}), DUTY),
    "more injuries": (Update(facts={"injuries": 8}), OTHER),
    "fewer injuries": (Update(facts={"injuries": 2}), DUTY),
    "one more dies": (Update(facts={"deaths": 1}, increments=frozenset({"deaths"})), DUTY),
    "said again": (Update(facts={"deaths": SAID}), OTHER),
    "denied elsewhere": (Update(facts={"deaths": 0}), person("police", "reporter", units=("公安",))),
    "correct": (Correct(facts={"injuries": 3}), DUTY),
    "sum": (Resolve(fact="injuries", use="sum"), DUTY),
    "undetermined": (Determine(level=None), DUTY),
    "file": (File(report="首报"), DUTY),
    "follow up": (File(report="续报"), DUTY),
    "undo": (Undo(), DUTY),
    "take": (TakeHandling(), DUTY),
    "place": (Update(place="西门"), SCHOOL),
    "reject": (Reject(reason="误报"), DUTY),
}


@settings(max_examples=40, deadline=None)
@given(
    plan=st.sampled_from(list(PLANS.values())),
    steps=st.lists(st.sampled_from([*STEPS, "merge", "merge with"]), min_size=1, max_size=6),
)
def test_no_sequence_of_steps_makes_a_saying_a_fact(plan: Plan, steps: list[str]):
    life = silent(plan, 30)
    life.do(Update(facts={"deaths": SAID}), OTHER, "+12m")
    for number, step in enumerate(steps):
        running = life.incident.state in ("reported", "responding")
        if step == "merge" and running:
            life = take_in(silent(plan, 40 + number), life, f"+{13 + number}m")
        elif step == "merge with" and running:
            life = take_in(life, silent(plan, 50 + number), f"+{13 + number}m")
        elif step in STEPS:
            command, who = STEPS[step]
            found = life.decide(command, who, f"+{13 + number}m")
            assert not isinstance(found, Outcome) or found.after is life.incident
        check(life)
    assert assess(plan, life.incident) is not None
