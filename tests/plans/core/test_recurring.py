"""What recurs: every four hours, in special cases two, once a calendar day; the next runs from the last filing."""

from plans.incident.facts import Update
from plans.incident.filing import File
from plans.incident.judging import Determine, Verify
from plans.incident.owed import Waive
from tests.factories import BEIJING, CAMPUS, DUTY, FOUR, START, Life, span


def grave(level="重大", **given) -> Life:
    life = Life().report("+10m", **given)
    life.do(Verify(facts={"injuries": 4}, event_level=level), DUTY, "+12m")
    life.do(File(report="首报", channel="电话"), DUTY, "+15m")
    life.do(File(report="首报", channel="书面"), DUTY, "+20m")
    return life


def rounds(life, rule):
    return [
        (item.due - life.start, item.status_at(life.now))
        for item in life.incident.instances.values()
        if item.rule == rule
    ]


def test_every_four_hours_the_next_runs_from_the_filing():
    life = grave()
    assert rounds(life, "followup-4h") == [(span("+4h"), "pending")]
    life.do(File(report="续报"), DUTY, "+3h50m")
    life.do(File(report="续报"), DUTY, "+8h")
    assert rounds(life, "followup-4h") == [
        (span("+4h"), "filed"),
        (span("+7h50m"), "late"),
        (span("+12h"), "pending"),
    ]


def test_two_days_of_four_hourly_reports():
    life = grave()
    for hour in range(4, 49, 4):
        life.do(File(report="续报"), DUTY, f"+{hour}h")
    found = rounds(life, "followup-4h")
    assert [status for _, status in found] == ["filed"] * 12 + ["pending"]
    assert [due for due, _ in found] == [span(f"+{hour}h") for hour in range(4, 53, 4)]


def test_a_follow_up_on_casualties_is_the_four_hourly_one_too():
    life = grave()
    life.do(Update(facts={"injuries": 5}), DUTY, "+2h")
    life.do(File(report="续报"), DUTY, "+2h5m")
    assert rounds(life, "followup-4h") == [(span("+4h"), "filed"), (span("+6h5m"), "pending")]


def test_reports_made_one_after_the_other_count_from_the_last():
    life = grave()
    for minute, body in enumerate(FOUR):
        life.do(File(report="续报", to=(body,)), DUTY, f"+3h{50 + minute}m")
    assert rounds(life, "followup-4h") == [(span("+4h"), "filed"), (span("+7h53m"), "pending")]


def test_in_special_cases_every_two_hours_and_back():
    life = grave()
    life.do(Update(facts={"special_followup": True}), DUTY, "+1h")
    assert rounds(life, "followup-4h") == [(span("+2h"), "pending")]
    life.do(File(report="续报"), DUTY, "+2h")
    assert life.due("followup-4h") == span("+4h")
    life.do(Update(facts={"special_followup": False}), DUTY, "+2h30m")
    assert life.due("followup-4h") == span("+6h")


def test_what_nobody_reports_stays_one_overdue_instance():
    life = grave().until("+1d")
    assert rounds(life, "followup-4h") == [(span("+4h"), "overdue")]
    life.do(File(report="续报"), DUTY, "+1d1h")
    assert rounds(life, "followup-4h") == [(span("+4h"), "late"), (span("+1d5h"), "pending")]


def test_a_waived_round_leads_to_the_next():
    life = grave()
    life.do(Waive(obligation="followup-4h", reason="领导同意合并"), DUTY, "+3h")
    assert rounds(life, "followup-4h") == [(span("+4h"), "waived"), (span("+8h"), "pending")]


def test_found_to_be_grave_late_earlier_follow_ups_count():
    life = Life().report("+10m")
    life.do(Verify(facts={"injuries": 4}, event_level="一般"), DUTY, "+12m")
    life.do(File(report="首报"), DUTY, "+15m")
    for at in ("+3h", "+6h", "+8h"):
        life.do(File(report="续报"), DUTY, at)
    life.do(Determine(level="重大"), DUTY, "+9h")
    assert rounds(life, "followup-4h") == [
        (span("+4h"), "filed"),
        (span("+7h"), "filed"),
        (span("+10h"), "filed"),
        (span("+12h"), "pending"),
    ]


def test_once_in_each_calendar_day_of_beijing():
    life = grave("较大")
    midnight = START.replace(hour=0, minute=0).astimezone(BEIJING)
    days = [(midnight - START) + span(f"+{day}d") for day in (1, 2, 3)]
    assert rounds(life, "followup-daily") == [(days[0], "pending")]
    life.do(File(report="续报"), DUTY, "+5h")
    assert rounds(life, "followup-daily") == [(days[0], "filed"), (days[1], "pending")]
    life.do(File(report="续报"), DUTY, "+10h")
    assert rounds(life, "followup-daily")[1] == (days[1], "pending"), "two in one day are one day's"
    life.do(File(report="续报"), DUTY, "+1d")
    assert rounds(life, "followup-daily") == [(days[0], "filed"), (days[1], "filed"), (days[2], "pending")]


def test_a_missed_day_is_late_and_the_report_counts_for_its_own_day_as_well():
    life = grave("较大")
    life.do(File(report="续报"), DUTY, "+1d")
    found = rounds(life, "followup-daily")
    assert [status for _, status in found] == ["late", "pending"]
    assert found[1][0] - found[0][0] == span("+2d")


def test_shortly_before_midnight_the_first_day_is_the_next_one():
    late = START.replace(hour=23, minute=20)
    life = Life(start=late, now=late).report("+10m")
    life.do(Verify(event_level="较大"), DUTY, "+12m")
    assert life.due("followup-daily") == span("+1d40m")


def test_two_days_of_daily_and_four_hourly_reminders_are_bounded():
    """Nobody answers for two days: the reminders thin out to one an hour, and one message holds all that is due."""
    life = grave()
    life.until("+2d")
    seat = [at for at, notice in life.told if notice.key == "reminder" and notice.to == "seat" and at > span("+4h")]
    assert len(seat) == len(set(seat)), "one message a wake"
    assert len(seat) < 60


def test_what_others_owe_the_office_every_day_is_received_with_the_report_once_only():
    """The report itself reached the office; the next day's round is a report of its own, and the log settles."""
    rule = next(rule for rule in CAMPUS.obligations if rule.id == "school-report")
    clock = rule.clock.model_copy(update={"daily": True, "within": None, "until": "response_ended"})
    daily = rule.model_copy(update={"id": "daily-school", "to": (CAMPUS.office,), "clock": clock})
    plan = CAMPUS.model_copy(update={"obligations": (*CAMPUS.obligations, daily)})
    life = Life(plan).report("+10m").until("+50h")
    assert len(rounds(life, "daily-school")) == 2
