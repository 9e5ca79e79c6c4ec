"""A year of duties: each period once, one message a week, nothing vanishes, what is late is late."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.bearers import bearers
from plans.core.command import SYSTEM, Actor
from plans.duty.book import AdoptPlan, BookTurned, CloseBook, OpenBook
from plans.duty.case import duties_of, duty_of
from plans.duty.returning import ReturnDuty
from plans.duty.settling import AddDutyEvidence, FulfilByDrill, ReopenDuty, SettleDuty
from plans.kinds import wakes
from plans.load import load_all
from plans.model import Duty, Plan
from plans.periods import for_plan, periods
from plans.times import BEIJING
from tests.plans.duty.life import CALENDAR, HEAD, SECTION, Life

PLANS = load_all()
DEHUI = PLANS["dehui-education-duties"]


def named(plan: Plan, duty: str) -> Duty:
    found = duty_of(plan, duty)
    assert found is not None
    return found


def bodies_of(plan):
    return sorted({item.id for duty in plan.duties for item in bearers(plan, duty) if item.kind == "body"})


BEARERS = [
    (plan, item.kind, item.id)
    for plan in PLANS.values()
    for item in sorted({b for duty in plan.duties for b in bearers(plan, duty)}, key=lambda b: (b.kind, b.id))
]


@pytest.mark.parametrize(
    ("plan", "kind", "bearer"), [pytest.param(*row, id=f"{row[0].id}-{row[1]}-{row[2]}") for row in BEARERS]
)
def test_every_bearer_of_every_plan_begins_each_period_of_its_rules_once(plan, kind, bearer):
    kinds = (bearer,) if kind == "body" else ()
    life = Life(plan, kind=kind, bearer=bearer, kinds=kinds)
    life.pass_days(121)
    begun = Counter((item.duty, item.period) for item in life.book.instances.values())
    assert set(begun.values()) <= {1}
    calendar = for_plan(CALENDAR, plan)
    for duty in duties_of(plan, kind, bearer, kinds):
        if duty.every is None:
            assert not any(name == duty.id for name, _ in begun), "what stands is never chased"
            continue
        expected = {
            period.id
            for period in periods(duty.every, date(2026, 9, 1), date(2026, 12, 31), calendar, plan.in_force)
            if period.first <= date(2026, 12, 31)
        }
        assert {period for name, period in begun if name == duty.id} == expected, duty.id


def test_a_head_reads_three_messages_a_week_at_most_and_none_at_night():
    life = Life(DEHUI)
    told = life.pass_days(120)
    for keys, most in (({"duty_digest", "duty_end"}, 3), ({"duty_head"}, 1), ({"duty_daily"}, 5)):
        weeks = Counter(at.isocalendar()[:2] for at, notice in told if notice.key in keys)
        assert 0 < max(weeks.values()) <= most
    assert all(7 <= at.astimezone(BEIJING).hour < 20 for at, _ in told)


def test_in_a_week_in_which_all_is_done_one_message_comes_at_most():
    life = Life(DEHUI)
    weeks: Counter[tuple[int, int]] = Counter()
    for _ in range(120):
        for at, _ in life.pass_days(1):
            weeks[at.isocalendar()[:2]] += 1
        for item in list(life.book.waiting()):
            if item.first <= life.now.astimezone(BEIJING).date():
                assert life.do(SettleDuty(key=item.key, sure=True)) is None
    assert max(weeks.values(), default=0) <= 1


def test_what_passed_stays_missed_and_is_late_when_it_is_done():
    life = Life(DEHUI)
    life.pass_days(35)
    missed = [item for item in life.book.waiting() if item.status(life.now) == "missed"]
    assert missed
    assert life.do(SettleDuty(key=missed[0].key, sure=True)) is None
    assert life.instance(missed[0].key).status(life.now) == "late"
    assert life.instance(missed[1].key).status(life.now) == "missed"


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_what_a_duty_asks_to_see_is_asked_for(plan):
    for kind, bearer in {(kind, bearer) for other, kind, bearer in BEARERS if other is plan}:
        life = Life(plan, kind=kind, bearer=bearer, kinds=(bearer,) if kind == "body" else ())
        who = Actor(id="x", roles=frozenset({bearer}), units=frozenset({bearer, "b-1"}))
        for item in list(life.book.waiting()):
            wanted = named(plan, item.duty).evidence
            if wanted == "none":
                assert life.do(SettleDuty(key=item.key), who) is None
                continue
            refusal = life.refused(SettleDuty(key=item.key), who)
            assert (refusal.key, refusal.confirm) == ("evidence_wanted", "sure")
            if wanted == "text":
                assert life.do(SettleDuty(key=item.key, text="已组织"), who) is None
            else:
                assert life.refused(SettleDuty(key=item.key, text="已组织"), who).key == "evidence_wanted"
                assert life.do(AddDutyEvidence(key=item.key, evidence=("d1",)), who) is None
                assert life.do(SettleDuty(key=item.key), who) is None


WHO = {
    "its head": (HEAD, True, False),
    "the duty officer": (SECTION, False, True),
    "another school": (Actor(id="o", roles=frozenset({"head"}), units=frozenset({"b-2"})), False, False),
    "a reporter": (Actor(id="r", roles=frozenset({"reporter"})), False, False),
    "nobody": (Actor(id="n"), False, False),
    "its head, forwarded": (Actor(id="h", roles=HEAD.roles, units=HEAD.units, via="forward"), False, False),
    "the leader": (Actor(id="l", roles=frozenset({"leader"})), False, True),
    "the office's unit": (
        Actor(id="s", roles=frozenset({"liaison"}), units=frozenset({DEHUI.office_unit})),
        False,
        True,
    ),
}


@pytest.mark.parametrize("who", WHO)
def test_the_bearer_settles_and_only_the_office_sends_back(who):
    actor, settles, returns = WHO[who]
    life = Life(DEHUI)
    key = next(life.book.waiting()).key
    refusal = life.do(SettleDuty(key=key, sure=True), actor)
    assert (refusal is None) == settles
    if not settles:
        assert life.do(SettleDuty(key=key, sure=True)) is None
    refusal = life.do(ReturnDuty(key=key, reason="照片看不清"), actor)
    assert (refusal is None) == returns
    if returns:
        assert life.instance(key).status(life.now) == "returned"
        assert [(n.key, str(n.to)) for _, n in life.told][-1] == ("duty_returned", "unit:b-1")


def test_what_is_sent_back_has_a_reason_and_is_done_again():
    life = Life(DEHUI)
    key = next(life.book.waiting()).key
    assert life.refused(ReturnDuty(key=key, reason="x"), SECTION).key == "nothing_to_return"
    life.do(SettleDuty(key=key, sure=True))
    assert life.refused(ReturnDuty(key=key), SECTION).confirm == "reason"
    assert life.do(ReturnDuty(key=key, reason="照片看不清"), SECTION) is None
    assert life.do(SettleDuty(key=key, sure=True)) is None
    assert life.refused(SettleDuty(key=key, sure=True)).key == "duty_settled"
    assert life.do(ReopenDuty(key=key)) is None
    assert life.instance(key).status(life.now) == "open"
    assert life.refused(SettleDuty(key=key, status="not_applicable")).confirm == "reason"
    assert life.do(SettleDuty(key=key, status="not_applicable", reason="本期放假")) is None
    assert life.refused(SettleDuty(key="x|y")).key == "no_such_duty"


def test_what_was_sent_back_does_not_show_the_duty_any_more():
    life = Life(DEHUI)
    key = next(item.key for item in life.book.waiting() if named(DEHUI, item.duty).evidence == "photo")
    assert life.do(SettleDuty(key=key, evidence=("photo:blurred",))) is None
    assert life.do(ReturnDuty(key=key, reason="看不清"), SECTION) is None
    assert life.refused(SettleDuty(key=key)).key == "evidence_wanted", "the old picture is not handed in twice"
    assert life.do(AddDutyEvidence(key=key, evidence=("photo:sharp",))) is None
    assert life.do(SettleDuty(key=key)) is None
    assert life.instance(key).evidence == ("photo:blurred", "photo:sharp"), "what was handed in stays on record"


def test_a_book_that_is_opened_behind_a_moment_does_not_make_up_for_it_at_night():
    life = Life(DEHUI, now=datetime(2026, 11, 15, 22, 0, tzinfo=BEIJING))  # the half month ends this Sunday
    told = life.pass_days(0.5)
    assert [(at.hour, notice.key) for at, notice in told] == [(9, "duty_digest")]
    assert any(key.startswith("school-half-month-check") for key in told[0][1].params["overdue"])
    monday = Life(DEHUI, now=datetime(2026, 11, 16, 22, 0, tzinfo=BEIJING))  # the patrol of that day was not asked for
    assert [(at.day, at.hour, notice.key) for at, notice in monday.pass_days(1)] == [(17, 16, "duty_daily")]


def test_each_line_has_its_two_answers():
    life = Life(DEHUI)
    life.pass_days(30)
    for _, notice in life.told:
        lines = [*notice.params.get("overdue", ()), *notice.params.get("due", ())]
        if notice.key in ("duty_digest", "duty_end", "duty_daily"):
            asked = [(item.action, item.args["key"]) for item in notice.buttons if "key" in item.args]
            both = ("duty_done", "duty_not_applicable")
            assert asked == [(answer, key) for key in lines[:8] for answer in both], notice.key


def test_a_drill_that_was_held_fulfils_the_drill_duties_that_run():
    life = Life(DEHUI)
    drills = [
        item.key for item in life.book.waiting() if named(DEHUI, item.duty).drill and item.first <= date(2026, 9, 1)
    ]
    assert drills
    assert life.do(FulfilByDrill(drill="演练3号"), SYSTEM) is None
    assert {life.instance(key).said for key in drills} == {"done"}


def test_the_year_turns_and_what_is_not_done_goes_on():
    life = Life(DEHUI, now=datetime(2026, 12, 1, 8, tzinfo=BEIJING))
    life.pass_days(40)
    assert life.book.state == "turned"
    assert wakes(life.book, life.policy) == []
    turned = next(item.event for item in life.log if isinstance(item.event, BookTurned))
    again = Life(DEHUI, now=life.now)
    again.log.clear()
    opening = OpenBook(
        plan=DEHUI.id, plan_version="1", plan_hash="h", number=2, year=2027, jurisdiction="x", bearer_kind="body",
        bearer="b-1", title="第一小学", kinds=("学校", "小学"), carried=turned.carried,
    )  # fmt: skip
    assert again.do(opening, SYSTEM) is None
    missed = {item.key for item in life.book.waiting()}
    assert missed <= {item.key for item in again.book.waiting()}


def test_a_new_version_changes_only_what_begins_after_it():
    life = Life(DEHUI)
    duty = next(
        item for item in duties_of(DEHUI, "body", "b-1", ("学校",)) if item.every and item.every.unit == "month"
    )
    before = {key: item for key, item in life.book.instances.items()}
    assert duty.every is not None
    quarterly = duty.every.model_copy(update={"unit": "quarter"})
    changed = DEHUI.model_copy(
        update={
            "duties": tuple(
                item.model_copy(update={"every": quarterly}) if item.id == duty.id else item for item in DEHUI.duties
            )
        }
    )
    life.plan = changed
    assert life.do(AdoptPlan(plan_version="2", plan_hash="h2", changed=(duty.id,)), SECTION) is None
    assert before.items() <= life.book.instances.items()
    assert life.told[-1][1].key == "duty_plan_adopted" and life.told[-1][1].params["changed"] == (duty.id,)
    life.pass_days(60)
    later = {period for name, period in life.book.instances if name == duty.id}
    assert "2026-09" in later
    assert "2026-Q4" in later
    assert "2026-10" not in later


def test_a_closed_book_chases_nobody():
    life = Life(DEHUI)
    assert life.refused(CloseBook(reason="学校撤并"), HEAD).key == "staff_only"
    assert life.do(CloseBook(reason="学校撤并"), SECTION) is None
    assert life.pass_days(100) == []
    assert life.refused(SettleDuty(key=next(iter(life.book.instances.values())).key)).key == "book_closed"


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["wait", "do", "skip", "return", "reopen", "drill"]), st.integers(0, 30)), max_size=25
    )
)
def test_whatever_is_done_a_book_that_is_open_has_a_next_moment_and_nothing_vanishes(actions):
    life, seen = Life(DEHUI), set()
    for what, number in actions:
        instances = list(life.book.instances.values())
        key = instances[number % len(instances)].key
        if what == "wait":
            life.pass_days(number)
        elif what == "do":
            life.do(SettleDuty(key=key, sure=True))
        elif what == "skip":
            life.do(SettleDuty(key=key, status="not_applicable", reason="放假"))
        elif what == "return":
            life.do(ReturnDuty(key=key, reason="不清楚"), SECTION)
        elif what == "reopen":
            life.do(ReopenDuty(key=key))
        else:
            life.do(FulfilByDrill(drill="演练"), SYSTEM)
        seen |= set(life.book.instances)
        assert seen == set(life.book.instances)
        assert bool(wakes(life.book, life.policy)) == life.book.open
        for item in life.book.instances.values():
            assert item.status(life.now) in ("open", "done", "late", "missed", "not_applicable", "returned")
            assert item.due - timedelta(seconds=1) >= datetime(2026, 9, 1, tzinfo=BEIJING)
