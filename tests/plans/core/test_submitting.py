"""Reports that go up by a line: who may submit what for whom, when it counts as reported, and what comes back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.core.command import SYSTEM, Actor
from plans.core.event import Event
from plans.incident.asking_back import AskBack
from plans.incident.closing import Close, Reject
from plans.incident.corrections import Correct
from plans.incident.facts import Update
from plans.incident.filing import File, Filed
from plans.incident.hearing_back import (
    HearBack,
    SubmissionArrived,
    SubmissionFailed,
    SubmissionTaken,
    SubmissionUnanswered,
)
from plans.incident.judging import Verify
from plans.incident.requests import VerificationRequested
from plans.incident.submitting import Submit, Submitted
from plans.incident.superiors import MOST_ASKED, Question, SuperiorSaid, asked_above
from plans.lines import LONGEST, crossing, figures_across, superiors
from plans.load import load_all
from plans.model import CORE_FACTS
from plans.obligations.starts import recipients
from tests.factories import (
    ADMIN,
    CAMPUS,
    COMMANDER,
    DEPUTY,
    DIRECTOR,
    DUTY,
    SCHOOL,
    STRANGER,
    Life,
    liaison,
    person,
    report,
    span,
)

CITY = ("市委", "市政府", "晋城市教育局")
PLANS = load_all()


def submit(rule: str, *to: str, **more: Any) -> Submit:
    values = {"line": "l1", "place": "晋城市", "stands_for": CITY, "text": "首报，受伤4人", **more}
    return Submit(obligation=rule, to=to, **values)


def heard(**more: Any) -> HearBack:
    return HearBack(**{"line": "l1", "heard": True, "number": 23, **more})


def arrived(life: Life) -> int:
    """Let all that went up arrive, and return the number of the last one."""
    for number in life.incident.submissions:
        life.decide(HearBack(line="l1", submission=number, arrived=True, number=23), SYSTEM)
    return max(life.incident.submissions)


def kinds(events: list[Event]) -> list[type[Event]]:
    return [type(event) for event in events]


# --- what may cross


@pytest.mark.parametrize("plan", PLANS.values(), ids=list(PLANS))
def test_nobody_but_those_whom_a_plan_names_and_none_of_its_own_is_a_superior(plan):
    named = {name for rule in plan.obligations if rule.by_office for name in rule.to}
    own = {plan.command_body, plan.office, plan.office_unit, *(unit.id for unit in plan.units if unit.member)}
    assert set(superiors(plan)) <= named - own


@pytest.mark.parametrize("plan", PLANS.values(), ids=list(PLANS))
def test_of_every_obligation_for_every_recipient_only_what_the_plan_owes_him_crosses(plan):
    """The table: each open instance × each name that stands anywhere in the plan, with a line for all names at once."""
    life = Life(plan)
    life.do(report(plan, facts={}, candidates=()), SCHOOL, "+10m")
    everybody = {name for rule in plan.obligations for name in recipients(plan, rule)} | {
        unit.id for unit in plan.units
    }
    above = set(superiors(plan))
    for item in life.incident.instances.values():
        may = crossing(plan, item, (), everybody | {"省纪委"})
        assert set(may) <= set(item.to) & above
        assert bool(may) is bool(
            set(item.to) & above and item.status == "open" and item.by_office and not item.possible
        )
        for name in sorted({*everybody, "省纪委"}):
            twin = life.branch()
            found = twin.decide(submit(item.key, name, stands_for=tuple(everybody | {"省纪委"})), DUTY)
            submitted = [one.event for one in getattr(found, "recorded", ()) if isinstance(one.event, Submitted)]
            assert [event.to for event in submitted] == ([(name,)] if name in may else []), (item.key, name)


names = st.sampled_from(sorted({*superiors(CAMPUS), "区指挥部", "区消防救援大队", "省纪委", "某镇"}))


@given(
    st.lists(names, max_size=4),
    st.lists(names, max_size=4),
    st.sampled_from(["first-phone", "first-written", "office-report"]),
)
def test_whatever_a_line_stands_for_nothing_goes_to_whom_the_report_is_not_owed(line_for, to, rule):
    life = Life().report()
    found = life.decide(submit(rule, *to, stands_for=tuple(line_for)), DUTY)
    for one in getattr(found, "recorded", ()):
        if isinstance(one.event, Submitted):
            assert set(one.event.to) <= set(line_for) & set(life.instance(rule).to) & set(superiors(CAMPUS))


def test_figures_that_cross_mean_the_same_everywhere_and_unknown_ones_do_not():
    told = {
        "deaths": 0, "injuries": {"at_least": 3, "at_most": None}, "ill": None,
        "missing": {"at_least": None, "at_most": None}, "capacity": "local", "trapped": True, "endangered": 2.5,
    }  # fmt: skip
    assert figures_across(told) == {"deaths": 0, "injuries": {"at_least": 3, "at_most": None}}
    assert set(figures_across(dict.fromkeys([*CORE_FACTS, "power_cut"], 1))) == set(CORE_FACTS)


WHO = [
    (DUTY, ""), (DIRECTOR, ""), (DEPUTY, ""), (COMMANDER, ""), (ADMIN, "staff_only"), (SCHOOL, "staff_only"),
    (STRANGER, "staff_only"), (liaison("区消防救援大队"), "staff_only"), (SYSTEM, "staff_only"),
    (person("duty", "duty", via="forward"), "no_authority_that_way"),
    (person("duty", "duty", via="anonymous"), "no_authority_that_way"),
    (person("platform:t1", "reporter", via="platform"), "no_authority_that_way"),
    (person("duty", "duty", via="voice"), "no_authority_that_way"),
]  # fmt: skip


@pytest.mark.parametrize(("who", "refused"), WHO, ids=[f"{who.id} {who.via}" for who, _ in WHO])
def test_only_those_submit_who_may_file_and_only_the_program_hears_back(who: Actor, refused: str):
    life = Life().report()
    twin = life.branch()
    assert getattr(twin.decide(submit("office-report", "晋城市教育局"), who), "key", "") == refused
    life.do(submit("office-report", "晋城市教育局"))
    arrived(life)
    found = life.decide(heard(taken=True, taker="冒名"), who)
    assert (who == SYSTEM) is not hasattr(found, "key")
    assert bool(life.incident.filings) is (who == SYSTEM)


@pytest.mark.parametrize(
    ("command", "refused"),
    [
        (submit("office-report", "晋城市教育局", stands_for=()), "line_over"),
        (submit("office-report", "晋城市教育局", stands_for=("市委",)), "not_to_cross"),
        (submit("office-report", "区委"), "not_to_cross"),
        (submit("office-report"), "not_to_cross"),
        (submit("nothing", "市委"), "unknown_obligation"),
        (submit("office-report", "晋城市教育局", text=" "), "nothing_to_cross"),
        (submit("office-report", "晋城市教育局", text="一" * (LONGEST + 1)), "nothing_to_cross"),
    ],
)
def test_what_is_refused(command: Submit, refused: str):
    assert Life().report().refuse(command).key == refused


def test_the_same_does_not_go_up_twice_but_does_again_where_it_failed():
    life = Life().report()
    life.do(submit("office-report", "晋城市教育局"))
    assert life.refuse(submit("office-report", "晋城市教育局")).key == "already_submitted"
    life.do(HearBack(line="l1", submission=max(life.incident.submissions), failed="silent"), SYSTEM)
    life.do(submit("office-report", "晋城市教育局"))


# --- when it counts


def test_it_counts_once_it_is_taken_by_the_time_of_submission():
    life = Life().report()
    life.do(submit("office-report", "晋城市教育局"), at="+11m")
    arrived(life)
    assert life.status("office-report") == "overdue" and not life.incident.filings
    events = life.do(heard(taken=True, taken_at=life.moment("+13m"), taker="郑值班"), SYSTEM, "+13m")
    assert kinds(events)[:2] == [SubmissionTaken, Filed]
    [filing] = life.incident.filings
    assert (filing.called_at, filing.taker, filing.channel) == (life.moment("+11m"), "郑值班", "书面")
    assert life.incident.submissions[max(life.incident.submissions)].state == "taken"
    before = life.incident.sequence
    life.decide(heard(taken=True, taker="郑值班"), SYSTEM)
    assert life.incident.sequence == before


def test_a_telephone_report_stays_owed_whoever_takes_it():
    life = Life().report()
    life.do(submit("first-phone", "市委", "市政府"))
    arrived(life)
    events = life.do(heard(taken=True, taker="郑值班"), SYSTEM)
    assert SubmissionTaken in kinds(events) and Filed not in kinds(events)
    assert life.instance("first-phone").status == "open"
    assert life.refuse(submit("first-phone", "市委")).key == "already_submitted", "it crossed; what is owed is the call"
    life.do(File(report="首报", channel="电话", to=("市委", "市政府", "区委", "区政府")))
    assert life.instance("first-phone").status == "filed"


def test_who_was_told_by_telephone_meanwhile_is_not_told_twice_and_what_fell_away_is_not_filed():
    life = Life().report()
    life.do(submit("first-written", "市委", "市政府"))
    arrived(life)
    life.do(File(report="首报", channel="书面", to=("市委",)))
    events = life.do(heard(taken=True), SYSTEM)
    assert [event.recipient for event in events if isinstance(event, Filed)] == ["市政府"]
    other = Life().report()
    other.do(submit("office-report", "晋城市教育局"))
    arrived(other)
    other.do(Reject(reason="误报"))
    assert Filed not in kinds(other.do(heard(taken=True), SYSTEM))


def test_a_follow_up_covers_only_where_its_figures_are_the_newest():
    life = Life().report()
    life.do(Verify(facts={"injuries": 4}, event_level="较大"), DUTY, "+12m")
    life.do(File(report="首报", channel="电话"), at="+13m")
    life.do(File(report="首报", channel="书面"), at="+13m")
    life.do(Update(facts={"injuries": 6}, text="6人受伤"), DUTY, "+20m")
    [follow] = [item for item in life.incident.open_instances if item.report == "续报" and not item.possible][:1]
    to = crossing(CAMPUS, follow, (), CITY)
    life.do(submit(follow.key, *to), at="+21m")
    life.do(Update(facts={"injuries": 7}, text="7人受伤"), DUTY, "+22m")
    arrived(life)
    life.do(heard(taken=True), SYSTEM, "+23m")
    assert {filing.figures["injuries"] for filing in life.incident.filings if filing.recipient in to} == {4, 6}
    assert any(item.report == "续报" and item.status == "open" for item in life.incident.instances.values())


def test_nobody_takes_it_and_the_seat_is_told_once_by_local_rule():
    life = Life().report()
    life.do(submit("office-report", "晋城市教育局"), at="+11m")
    since = len(life.told)
    life.until("+30m")
    rung = [(at, notice) for at, notice in life.told[since:] if notice.key == "submission_unanswered"]
    assert [(at, notice.ring, notice.to) for at, notice in rung] == [(span("+14m"), True, "seat")]
    arrived(life)
    life.do(heard(taken=True), SYSTEM, "+31m")
    assert life.incident.filings, "who takes it later has taken it"
    other = Life().report()
    other.do(submit("office-report", "晋城市教育局"), at="+11m")
    arrived(other)
    other.do(heard(taken=True), SYSTEM, "+12m")
    since = len(other.told)
    other.until("+30m")
    assert "submission_unanswered" not in [notice.key for _, notice in other.told[since:]]


@pytest.mark.parametrize("told", [False, True])
def test_nobody_is_asked_to_ring_whom_he_has_rung_already(told: bool):
    life = Life().report()
    life.do(submit("office-report", "晋城市教育局"), at="+11m")
    if told:
        life.do(File(report="首报", channel="电话", to=("晋城市教育局",)), at="+12m")
    life.until("+15m")
    life.do(HearBack(line="l1", submission=max(life.incident.submissions), failed="silent"), SYSTEM)
    rung = [(notice.key, notice.ring) for _, notice in life.told if notice.key.startswith("submission_")]
    assert rung == (
        [("submission_failed", False)] if told else [("submission_unanswered", True), ("submission_failed", True)]
    )


# --- what comes back


@given(
    st.lists(st.sampled_from(["arrive", "take", "level", "end", "ask", "merge", "reject", "fail"]), max_size=8),
    st.integers(1, 3),
)
def test_what_is_heard_again_changes_nothing(course, times):
    life = Life().report()
    life.do(submit("office-report", "晋城市教育局"))
    number = max(life.incident.submissions)
    known: dict[str, Any] = {}
    for step in course:
        news: dict[str, dict[str, Any]] = {
            "take": {"taken": True}, "level": {"level": "Ⅲ"}, "end": {"course": "ended"}, "merge": {"merged": 24},
            "ask": {"questions": (Question("9", life.now, "几年级"),)}, "reject": {"course": "rejected"},
        }  # fmt: skip
        known |= news.get(step, {})
        command = heard(submission=number, arrived=step == "arrive", failed="silent" if step == "fail" else "", **known)
        life.decide(command, SYSTEM)
        before = life.incident.sequence
        for _ in range(times):
            life.decide(command, SYSTEM)
        assert life.incident.sequence == before
    assert len([filing for filing in life.incident.filings if filing.recipient == "晋城市教育局"]) <= 1


@given(st.lists(st.sampled_from(["l1", "l2", "again", "merged"]), min_size=1, max_size=6), st.booleans())
def test_whichever_line_of_the_two_tells_it_is_told_once(ways, taken_first):
    """A line and the one that goes on with its cases: of one case above each thing is recorded once, and no other's."""
    life = Life().report()
    life.do(submit("office-report", "晋城市教育局"))
    arrived(life)
    asked = (Question("c:9", life.now, "几年级"),)
    known: dict[str, Any] = {"taken": taken_first, "level": "Ⅲ", "questions": asked}
    for way in ways:
        line, earlier = ("l1", ()) if way == "l1" else ("l2", ("l1",))
        known |= {"taken": True, "merged": 24} if way == "merged" else {}
        life.decide(heard(line=line, earlier=earlier, **known), SYSTEM)
    life.decide(heard(line="l2", earlier=("l1",), **{**known, "number": 99, "taken": True}), SYSTEM)
    life.decide(heard(line="l9", **known), SYSTEM)
    said = [item.event for item in life.incident.events if isinstance(item.event, SuperiorSaid)]
    assert len({(event.what, event.level, event.key, event.merged) for event in said}) == len(said)
    assert {event.number for event in said} == {23} and len(life.incident.requests) == 1
    item = life.incident.submissions[max(life.incident.submissions)]
    assert (item.state == "taken") is (taken_first or "merged" in ways)


def test_a_city_that_asks_without_end_is_heard_fifty_times():
    life = Life().report()
    life.do(submit("office-report", "晋城市教育局"))
    arrived(life)
    for first in range(0, 120, 30):
        questions = tuple(Question(f"c:{number}", life.now, f"第{number}问") for number in range(first, first + 30))
        life.decide(heard(questions=questions), SYSTEM)
    assert len(life.incident.superiors["晋城市", 23].asked) == MOST_ASKED == len(life.incident.requests)


def test_a_question_starts_the_clock_of_a_request_of_the_recipient_that_asks():
    life = Life().report()
    life.do(submit("office-report", "晋城市教育局"), at="+11m")
    arrived(life)
    asked = Question("9", life.moment("+20m"), "伤员几年级")
    events = life.do(heard(taken=True, questions=(asked,)), SYSTEM, "+21m")
    [request] = [event for event in events if isinstance(event, VerificationRequested)]
    assert (request.recipient, request.requested_at) == ("晋城市教育局", life.moment("+20m"))
    assert life.instance("verification").to == ("晋城市教育局",) and life.due("verification") == span("+50m")
    life.do(submit("verification", "晋城市教育局"), at="+25m")
    arrived(life)
    life.do(heard(taken=True, questions=(asked,)), SYSTEM, "+26m")
    assert life.instance("verification").status == "filed", "the answer went up, and was taken"
    assert asked_above(life.incident) == (), "the case that this one goes into is not asked once more"
    life.do(heard(taken=True, questions=(asked, Question("10", life.now, "哪家医院"))), SYSTEM, "+27m")
    assert [item["key"] for item in asked_above(life.incident)] == ["10"]


def test_what_has_arrived_fails_no_more_whatever_is_said_of_it():
    life = Life().report()
    life.do(submit("office-report", "晋城市教育局"))
    number = arrived(life)
    life.decide(HearBack(line="l1", submission=number, failed="ended"), SYSTEM)
    assert life.incident.submissions[number].state == "arrived"


def test_a_question_of_a_case_that_is_closed_is_told_and_starts_nothing():
    life = Life().report()
    life.do(submit("office-report", "晋城市教育局"))
    arrived(life)
    life.do(Reject(reason="误报"))
    for item in list(life.incident.open_instances):
        life.do(File(report=item.report, obligation=item.key, to=item.to, channel=item.channel.replace("any", "电话")))
    if life.incident.state != "closed":
        life.decide(Close())
    events = life.do(heard(questions=(Question("9", life.now, "为何误报"),)), SYSTEM)
    assert kinds(events) == [SuperiorSaid]


def test_what_it_says_stands_in_no_figure_and_no_level_of_ours():
    life = Life().report()
    life.do(submit("office-report", "晋城市教育局"))
    arrived(life)
    before = (life.incident.response_level, life.incident.event_level, dict(life.incident.claims), life.incident.state)
    life.do(heard(taken=True, level="Ⅰ", merged=24), SYSTEM)
    life.do(heard(taken=True, level="Ⅰ", merged=24, course="ended"), SYSTEM)
    assert before == (
        life.incident.response_level, life.incident.event_level, dict(life.incident.claims), life.incident.state
    )  # fmt: skip
    known = life.incident.superiors["晋城市", 23]
    assert (known.level, known.merged, known.course, known.number) == ("Ⅰ", 24, "ended", 23)
    keys = [(notice.key, notice.params["what"]) for _, notice in life.told if notice.key == "superior_said"]
    assert keys == [("superior_said", "merged"), ("superior_said", "level"), ("superior_said", "ended")]


def test_a_correction_goes_to_whom_the_wrong_figure_went():
    life = Life().report()
    life.do(submit("office-report", "晋城市教育局"), at="+11m")
    arrived(life)
    life.do(heard(taken=True), SYSTEM, "+12m")
    life.do(Correct(facts={"injuries": 2}, reason="重复计算"), DUTY, "+15m")
    [owed] = [item for item in life.incident.open_instances if item.report == "更正"]
    assert owed.to == ("晋城市教育局",)
    [event] = [one for one in life.do(submit(owed.key, "晋城市教育局")) if isinstance(one, Submitted)]
    assert event.corrects and event.facts == {"injuries": 2}


@pytest.mark.parametrize(
    ("command", "kind"),
    [({"arrived": True}, SubmissionArrived), ({"failed": "nobody"}, SubmissionFailed)],
)
def test_what_is_said_of_a_submission_of_another_line_or_of_none_is_nothing(command, kind):
    life = Life().report()
    life.do(submit("office-report", "晋城市教育局"))
    number = max(life.incident.submissions)
    others: Any = ({"line": "l2", "submission": number}, {"line": "l1", "submission": number + 100})
    for wrong in others:
        life.decide(HearBack(**wrong, **command), SYSTEM)
        assert life.incident.submissions[number].state == "sent"
    assert kind in kinds(life.do(HearBack(line="l1", submission=number, **command), SYSTEM))


def test_a_wake_tells_of_it_once_however_often_it_comes():
    life = Life().report()
    life.do(submit("office-report", "晋城市教育局"), at="+11m")
    events = life.wake("+40m")
    assert kinds(events).count(SubmissionUnanswered) == 1
    since = life.incident.sequence
    life.until("+90m")
    assert SubmissionUnanswered not in kinds([item.event for item in life.incident.events if item.sequence > since])


# --- the office above asks


def test_only_who_can_read_an_answer_of_the_program_is_asked_by_it():
    life = Life().report()
    assert life.refuse(AskBack(question="几年级")).key == "reporter_reads_nothing"
    other = Life()
    other.do(report(), person("platform:line:l1", "reporter", via="platform"), "+10m")
    assert other.refuse(AskBack(question="几年级"), SCHOOL).key == "staff_only"
    assert other.refuse(AskBack(question=" ")).key == "question_missing"
    other.do(AskBack(question="几年级"))
    assert [item.question for item in other.incident.asked_back] == ["几年级"]
