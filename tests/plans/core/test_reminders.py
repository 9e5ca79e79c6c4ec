"""Reminders: before the deadline, at it, after it ever more slowly; whom they climb to; what absence makes of them."""

from collections import Counter
from datetime import timedelta

import pytest

from bot.render import View, render
from plans.core.command import SYSTEM
from plans.core.policy import MORNING, Policy, PolicyError
from plans.incident.duplicates import DenyDuplicate
from plans.incident.ending import End
from plans.incident.facts import Update
from plans.incident.filing import File
from plans.incident.judging import Determine, Verify
from plans.incident.levels import Declare
from plans.incident.merging import Merge
from plans.incident.reminders import Reminded
from plans.incident.reporting import ReporterSentToPhone
from plans.incident.seat import TakeHandling, TakeOver
from plans.incident.wake import Wake
from plans.load import load_all
from plans.obligations.wakes import wakes
from plans.times import BEIJING
from tests.factories import COMMANDER, DUTY, SCHOOL, SECOND, Life, declared, filed, report, span

PLANS = load_all()


def reminders(events):
    return [event for event in events if isinstance(event, Reminded)]


def history(life, rule):
    """Return (minutes after the start, audience, overdue) of each reminder of a rule's instances."""
    return [
        (int((item.at - life.start).total_seconds() // 60), item.event.audience, key in item.event.overdue)
        for item in life.incident.events
        if isinstance(item.event, Reminded)
        for key in item.event.keys
        if key.startswith(f"{rule}:")
    ]


SEAT = ("seat",)
DIRECTOR = ("seat", "director")
DEPUTY = ("seat", "director", "deputy")
ALL = ("seat", "director", "deputy", "commander")


def test_the_ladder_of_a_half_hour_clock():
    """Reported at +10, due at +30: ten and three minutes before, at it, then 5, 10, 30, 60 minutes, then ever later."""
    life = Life().report("+10m")
    life.until("+4h")
    assert history(life, "first-phone") == [
        (20, SEAT, False),
        (27, DIRECTOR, False),
        (30, DIRECTOR, True),
        (35, DEPUTY, True),
        (45, ALL, True),
        (75, ALL, True),
        (135, ALL, True),
    ]


def test_no_reminder_once_it_is_filed():
    life = Life().report("+10m")
    life.do(File(report="首报", channel="电话"), DUTY, "+28m")
    life.until("+3h")
    assert [at for at, _, _ in history(life, "first-phone")] == [20, 27]


def test_perhaps_the_same_as_another_it_is_reminded_of_by_that_one_until_something_is_overdue():
    life = Life(number=18).report("+10m", duplicates=(("incident:17", 17),))
    for at in ("+20m", "+27m"):
        life.now = life.moment(at)
        (event,) = [item for item in reminders(life.do(Wake(beside=17), SYSTEM)) if not item.overdue]
        assert (event.audience, event.beside, event.first) == (SEAT, 17, at == "+20m")
        assert "first-phone:1:1" in event.keys
    said = [(at, notice.ring) for at, notice in life.told if notice.key == "reminder_beside"]
    assert said == [(span("+20m"), False)], "once, and it does not ring"
    life.now = life.moment("+30m")
    (event,) = [item for item in reminders(life.do(Wake(beside=17), SYSTEM)) if "first-phone:1:1" in item.keys]
    assert event.audience == DIRECTOR and event.overdue and not event.beside, "overdue is never left to another"


def test_once_it_is_not_the_same_it_is_reminded_of_by_itself():
    life = Life(number=18).report("+10m", duplicates=(("incident:17", 17),))
    life.now = life.moment("+20m")
    life.do(Wake(beside=17), SYSTEM)
    life.do(DenyDuplicate(other="incident:17"), DUTY, "+21m")
    life.until("+28m")
    assert history(life, "first-phone") == [(20, SEAT, False), (27, DIRECTOR, False)]
    assert [item.event.beside for item in life.incident.events if isinstance(item.event, Reminded)].count(17) == 1


def test_partly_filed_is_still_reminded_of():
    life = Life().report("+10m")
    life.do(File(report="首报", to=("市委", "市政府", "区委")), DUTY, "+21m")
    life.until("+31m")
    assert [at for at, _, _ in history(life, "first-phone")] == [20, 27, 30]


def test_at_once_has_its_notice_first_and_the_local_target_next():
    life = filed(declared())
    before = len(life.told)
    life.do(Update(facts={"deaths": 1}), DUTY, "+3h")
    assert ("followup_due", "seat") in life.keys(before)
    life.until("+4h")
    assert history(life, "followup-casualties") == [
        (190, DIRECTOR, True),
        (195, DEPUTY, True),
        (205, ALL, True),
        (235, ALL, True),
    ]


def test_a_possible_obligation_gets_one_reminder_and_only_the_seat():
    life = filed(Life().report("+10m"))
    life.until("+3d")
    assert history(life, "direct-phone") == [(20, SEAT, False)]
    assert history(life, "followup-4h") == [(230, SEAT, False)]
    assert len(history(life, "followup-daily")) == 1


def test_a_possible_obligation_that_comes_and_goes_gets_no_second_reminder():
    life = Life().report("+10m").until("+21m")
    life.do(Determine(level="一般"), DUTY, "+22m")
    life.do(Determine(level=None), DUTY, "+23m")
    assert life.instance("direct-phone").possible
    life.until("+3h")
    assert len(history(life, "direct-phone")) == 1


def test_what_others_owe_is_asked_about_once():
    life = Life().report("+10m").until("+2d")
    assert history(life, "school-report") == [(20, SEAT, True)]


def test_reminders_due_together_are_one_message_for_one_person():
    life = Life().report("+10m")
    before = len(life.told)
    life.until("+20m")
    rung = [notice for _, notice in life.told[before:] if notice.key.startswith("reminder")]
    assert [notice.to for notice in rung] == ["seat", "role:director"]
    assert {key.split(":")[0] for key in rung[0].obligations} >= {"first-phone", "direct-phone", "school-report"}
    assert set(rung[0].params["possible"]) == {"direct-phone:1:1", "direct-written:1:1"}


def test_different_steps_of_the_ladder_are_still_one_message_for_the_seat():
    life = Life().report("+10m").until("+44m")
    before = len(life.told)
    life.until("+45m")
    assert [key for key in life.keys(before) if key[1] == "seat" and key[0].startswith("reminder")] == [
        ("reminder", "seat")
    ]


@pytest.mark.parametrize("absence", ["+3d", "+30d", "+400d"])
def test_a_long_absence_makes_one_reminder_of_each(absence):
    life = Life().report("+10m")
    events = life.wake(absence)
    keys = [key for event in reminders(events) for key in event.keys]
    assert len(keys) == len(set(keys)) == len(life.incident.open_instances)
    assert sum(isinstance(event, ReporterSentToPhone) for event in events) == 1
    later = [point.at for point in wakes(life.incident, life.policy)]
    assert later
    assert all(life.now < at <= life.now + timedelta(days=1) for at in later)
    mornings = {point.at.astimezone(BEIJING).time() for point in wakes(life.incident, life.policy)}
    assert mornings == {MORNING}, "once a day everything is said together"


def test_a_wake_too_early_or_doubled_changes_nothing():
    life = Life().report("+10m")
    assert life.do(Wake(), SYSTEM, "+11m") == []
    life.until("+20m")
    assert life.do(Wake(), SYSTEM) == []


def test_another_deadline_starts_the_reminders_anew():
    life = Life().report("+10m").until("+28m")
    life.do(Update(occurred_at=life.moment("+10m"), reason="监控显示"), DUTY, "+29m")
    assert life.due("first-phone") == span("+40m")
    life.until("+40m")
    assert history(life, "first-phone") == [
        (20, SEAT, False),
        (27, DIRECTOR, False),
        (37, DIRECTOR, False),
        (40, DIRECTOR, True),
    ]


def test_a_deadline_moved_into_the_past_is_told_at_once_and_reminded_of_after_the_local_target():
    life = Life().report("+10m")
    before = len(life.told)
    life.do(Update(occurred_at=life.moment("-25m")), DUTY, "+12m")
    assert ("due_moved", "seat") in life.keys(before)
    life.until("+40m")
    assert [at for at, _, _ in history(life, "first-phone")] == [22, 27, 37]


def test_what_arose_by_raising_is_told_so_and_reminded_of_later():
    life = Life().report("+10m")
    life.do(Verify(event_level="一般"), DUTY, "+12m")
    life.do(File(report="首报"), DUTY, "+15m")
    life.do(Determine(level="较大"), DUTY, "+2h")
    life.until("+2h20m")
    assert history(life, "first-phone") == [(130, DIRECTOR, True), (135, DEPUTY, True)]


def test_reminders_follow_the_seat_not_the_person():
    life = Life().report("+10m")
    life.do(TakeHandling(), DUTY, "+12m")
    life.do(TakeOver(), SECOND, "+15m")
    life.until("+20m")
    assert life.incident.seat == "second"
    assert life.told[-1][1].to in ("seat", "group")


def test_nothing_rings_for_a_merged_or_closed_case():
    life = filed(Life().report("+10m"))
    life.do(Merge(into="incident:18", number=18), DUTY, "+30m")
    assert wakes(life.incident, life.policy) == []


# --- nobody takes the report ------------------------------------------------------------------------------------------


def test_after_three_minutes_the_reporter_is_given_the_duty_line_once():
    life = Life().report("+10m").until("+2h")
    at = [at for at, notice in life.told if notice.key == "ring_yourself"]
    assert at == [span("+13m")]


@pytest.mark.parametrize("command", [TakeHandling(), Verify(), File(report="首报", to=("市委",)), Declare(level="Ⅰ")])
def test_whoever_acts_on_the_report_has_taken_it(command):
    life = Life().report("+10m")
    life.do(command, COMMANDER if isinstance(command, Declare) else DUTY, "+12m")
    life.until("+1h")
    assert not [notice for _, notice in life.told if notice.key == "ring_yourself"]


def test_the_duty_officers_own_report_waits_for_nobody():
    life = Life().report("+10m", by=DUTY, source="duty").until("+1h")
    assert not [notice for _, notice in life.told if notice.key == "ring_yourself"]


# --- the policy -------------------------------------------------------------------------------------------------------


def test_the_policy_reads_what_it_shows():
    shown = Policy().as_data()
    assert Policy.parse({key: value for key, value in shown.items()}) == Policy()
    assert shown["climb"] == {"director": "-PT3M", "deputy": "PT5M", "commander": "PT15M"}
    assert shown["before"] == ["PT1H", "PT10M", "PT3M"]
    assert shown["final"] is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"befor": ["PT1H"]}, "没有“befor”这一项"),
        ({"before": "PT1H"}, "before 应为时长的列表"),
        ({"before": []}, "before 应为时长的列表"),
        ({"before": ["60"]}, "不是时长"),
        ({"backoff": ["PT0S"]}, "大于零"),
        ({"climb": ["PT3M"]}, "climb 应为"),
        ({"undo": 60}, "不是时长"),
        ({"final": "7 days"}, "不是时长"),
    ],
)
def test_a_wrong_policy_says_what_was_expected(data, said):
    with pytest.raises(PolicyError, match=said):
        Policy.parse(data)


def test_another_policy_is_followed():
    policy = Policy.parse({"before": ["PT5M"], "backoff": ["PT20M"], "climb": {"commander": "PT0S"}})
    life = Life(policy=policy).report("+10m").until("+1h10m")
    assert history(life, "first-phone") == [
        (25, SEAT, False),
        (30, ("seat", "commander"), True),
        (50, ("seat", "commander"), True),
    ]


@pytest.mark.parametrize("plan", PLANS.values(), ids=lambda plan: plan.id)
def test_a_case_that_nobody_touches_is_asked_about_once_a_day_after_a_day(plan):
    life = Life(plan)
    life.do(report(plan, reported_at=life.start, facts={}), DUTY)
    life.until("+60d")
    said = [(item.at, item.event) for item in life.incident.events if isinstance(item.event, Reminded)]
    later = [(at, event) for at, event in said if at - life.start > timedelta(days=4)]
    days = Counter(at.astimezone(BEIJING).date() for at, _ in later)
    moments = {at for at, event in later if "seat" in event.audience}
    owed = [item for item in life.incident.open_instances if item.by_office and not item.possible]
    assert len(moments) == len(days), "one moment a day"
    assert not owed or len(days) >= 55, "every day"
    for item in owed:
        assert item.reminded and life.now - item.reminded[-1] <= timedelta(days=1), "nothing due is forgotten"


def test_a_unit_and_a_deciding_role_may_have_pauses_of_their_own():
    policy = Policy.parse({"ladder": {"区消防救援大队": ["PT1M", "PT5M"], "commander": ["PT2M"]}})
    assert Policy.parse(policy.as_data()) == policy
    minutes = [policy.pause_of_unit("区消防救援大队", step) / timedelta(minutes=1) for step in (0, 1, 2, 3, 30)]
    assert minutes == [1, 5, 1440, 1440, 1440]
    assert policy.pause_of_unit("区教育局", 0) == policy.units[0]
    assert policy.pause_of_roles(("commander",), 3) == timedelta(days=1), "what a ladder names, and then once a day"
    assert policy.pause_of_roles(("director", "deputy"), 1) == policy.proposal[1]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"ladder": ["PT1M"]}, "ladder 应为"), ({"ladder": {"区教育局": []}}, "ladder 应为"),
        ({"ladder": {"区教育局": ["soon"]}}, "不是时长"), ({"ladder": {"区教育局": ["PT0S"]}}, "应大于零"),
    ],
)  # fmt: skip
def test_a_ladder_that_cannot_be_is_said(given, said):
    with pytest.raises(PolicyError, match=said):
        Policy.parse(given)


@pytest.mark.parametrize("ended", [False, True])
def test_a_case_that_nobody_touches_is_asked_about_with_the_way_to_end_it(ended):
    life = declared()
    if ended:
        life.do(End(reason="处置完毕"), COMMANDER, "+1h")
    life.until("+2d")
    asked = [notice for _, notice in life.told if notice.params.get("quiet")]
    assert not asked, "not while somebody worked on it lately"
    before = len(life.told)
    life.until("+9d")
    asked = [notice for _, notice in life.told[before:] if notice.key == "reminder" and notice.to == "seat"]
    assert {notice.buttons[-1].action for notice in asked[-5:]} == {"close" if ended else "end_preview"}
    text = render(asked[-1], View(plan=life.plan, incident=life.incident, now=life.now)).text
    assert "天没有新的记录" in text


def test_a_follow_up_that_hangs_on_a_death_that_was_said_asks_for_that_and_not_for_a_level():
    life = Life().report("+5m")
    for channel in ("电话", "书面"):
        life.do(File(report="首报", channel=channel), DUTY, "+8m")
    life.do(Update(facts={"deaths": 1}), SCHOOL, "+20m")
    life.until("+2h")
    asked = [notice for _, notice in life.told if notice.key == "reminder_possible" and notice.to == "seat"]
    assert asked
    for notice in asked:
        rules = {life.incident.instances[key].rule for key in notice.obligations}
        clocks = {rule.clock.from_ for rule in life.plan.obligations if rule.id in rules}
        actions = [press.action for press in notice.buttons]
        if clocks == {"casualties_changed"}:
            assert actions == ["confirm_deaths", "deny_deaths"]
            assert [press.args for press in notice.buttons] == [{"value": 1}, {"value": 0}]
        else:
            assert set(actions) == {"determine_level"}
    assert any([press.action for press in notice.buttons] == ["confirm_deaths", "deny_deaths"] for notice in asked)
