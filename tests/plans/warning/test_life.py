"""From the text that brings a warning until it is lifted: nothing is silent, nothing for ever, nobody woken twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.core.outcome import Refusal
from plans.kinds import wakes
from plans.load import load_all
from plans.times.night import is_night
from plans.warning.issuing import IssueWarning, LiftWarning
from plans.warning.measures import DONE, NOT_APPLICABLE, OPEN, SettleMeasure
from plans.warning.proposals import AmendProposal, DismissProposal
from plans.warning.ringing import RingInVain
from plans.warning.state import COLOURS, PASS_ON, Content, act_of, same_issuer, with_unsaid
from plans.warning.taking import TakeChange
from plans.warning.wake import WarningWake
from plans.warning.waking import AnswerWarning
from tests.plans.warning.life import DUTY, START, Life, actor, heavy_rain

PLANS = load_all()
CAMPUS = PLANS["jincheng-chengqu-campus"]
SCHOOLS = ("一中", "二小", "河口中心校")


def passed_on(recipients=SCHOOLS, unreachable=(), plan=CAMPUS, **changes):
    life = Life(plan)
    assert life.take(heavy_rain(**changes)) is None
    command = IssueWarning(way=PASS_ON, recipients=tuple(recipients), unreachable=frozenset(unreachable))
    assert life.do(command) is None
    return life


def kinds(told):
    return [(item.key, str(item.to)) for item in told]


def key_of(refusal: Refusal | None) -> str:
    return refusal.key if refusal is not None else ""


def test_what_is_brought_rings_the_seat_and_nobody_else():
    life = Life(CAMPUS)
    life.take(heavy_rain(), origin="g1")
    assert kinds(life.told) == [("warning_taken", "seat"), ("warning_receipt", "person:duty-1"), ("card", "group")]
    again = life.pass_time(timedelta(hours=2))
    assert {key for key, _ in kinds(again)} == {"warning_taken_again", "card"}


def test_it_is_dismissed_with_a_reason_and_then_nothing_waits():
    life = Life(CAMPUS)
    life.take(heavy_rain())
    assert life.refused(DismissProposal()).confirm == "reason"
    assert life.do(DismissProposal(reason="不在本区")) is None
    assert (life.warning.state, life.pass_time(timedelta(days=9))) == ("dismissed", [])


def test_everybody_of_the_area_is_asked_once_and_the_group_reads_one_message():
    life = passed_on()
    told = kinds(life.told)
    assert [to for key, to in told if key == "warning_call"] == [f"unit:{name}" for name in SCHOOLS]
    assert [key for key, to in told if to == "group"] == ["warning_card", "card"]


@pytest.mark.parametrize(
    ("colour", "first", "second"), [("红", 5, 10), ("橙", 10, 20), ("黄", 30, 60), ("蓝", 60, 120)]
)
def test_who_is_silent_is_called_by_other_ways_and_then_rung(colour, first, second):
    life = passed_on(colour=colour, ends=START + timedelta(days=2))
    assert life.do(AnswerWarning(), actor("liaison", units=("一中",))) is None
    told = life.pass_time(timedelta(minutes=first - 1))
    assert told == []
    told = life.pass_time(timedelta(minutes=1))
    assert kinds(told)[:2] == [("warning_call_again", "unit:二小"), ("warning_call_again", "unit:河口中心校")]
    told = life.pass_time(timedelta(minutes=second - first))
    assert [item.params["recipients"] for item in told if item.key == "warning_ring_list"] == [("二小", "河口中心校")]
    assert life.do(AnswerWarning(recipient="二小")) is None
    assert life.do(RingInVain(recipient="河口中心校")) is None
    told = life.pass_time(timedelta(hours=3))
    lists = [item.params["recipients"] for item in told if item.key == "warning_ring_list"]
    assert lists
    assert set(lists) == {("河口中心校",)}


def test_whom_nobody_can_write_to_is_on_the_list_at_once():
    life = passed_on(unreachable=("二小",))
    assert ("warning_call", "unit:二小") not in kinds(life.told)
    told = life.pass_time(timedelta(seconds=1))
    assert [item.params["recipients"] for item in told if item.key == "warning_ring_list"] == [("二小",)]


def test_a_raised_colour_asks_everybody_anew_and_an_extension_only_the_newly_affected():
    life = passed_on(colour="黄")
    for name in SCHOOLS:
        assert life.do(AnswerWarning(), actor("liaison", units=(name,))) is None
    later = heavy_rain(colour="黄", ends=START + timedelta(hours=9), areas=("城关镇", "河口乡", "开发区"))
    assert life.do(TakeChange(content=later, act="extend", source="text")) is None
    assert life.do(IssueWarning(way=PASS_ON, recipients=(*SCHOOLS, "开发区小学"))) is None
    told = kinds(life.told)
    assert [to for key, to in told if key == "warning_call"] == ["unit:开发区小学"]
    assert [to for key, to in told if key == "warning_news"] == [f"unit:{name}" for name in SCHOOLS]
    assert life.do(TakeChange(content=heavy_rain(colour="红"), source="text")) is None
    assert life.do(IssueWarning(way=PASS_ON, recipients=SCHOOLS)) is None
    told = kinds(life.told)
    assert [stage.act for stage in life.warning.stages] == ["issue", "extend", "raise"]
    assert [to for key, to in told if key == "warning_call"] == [f"unit:{name}" for name in SCHOOLS]
    assert [to for key, to in told if key == "warning_released"] == ["unit:开发区小学"]
    assert all(item.silent for item in life.warning.waking.values())


def test_the_end_is_asked_before_and_then_and_again_and_nothing_is_lifted_by_itself():
    life = passed_on(recipients=())
    told = life.pass_time(timedelta(hours=6, minutes=29))
    assert told == []
    told = life.pass_time(timedelta(minutes=1))
    assert [item.key for item in told if item.to == "seat"] == ["warning_expiry"]
    told = life.pass_time(timedelta(minutes=30))
    assert [item.key for item in told if item.to == "seat"] == ["warning_over"]
    told = life.pass_time(timedelta(days=3))
    assert len([item for item in told if item.key == "warning_over"]) == 2 + 3, (
        "twice more in the night, then each morning"
    )
    assert life.warning.in_force
    assert life.do(LiftWarning(reason="区气象台20:00解除")) is None
    assert life.pass_time(timedelta(days=3)) == []


def test_one_without_an_end_is_asked_about_all_the_same():
    life = passed_on(recipients=(), ends=None)
    seen = []
    for _ in range(48):
        began = life.now
        seen += [
            began for item in life.pass_time(timedelta(hours=1)) if (item.key, item.to) == ("warning_expiry", "seat")
        ]
    assert len(seen) == 3, "every twelve hours, but for what would come in a night"
    assert not any(is_night(moment + timedelta(hours=1)) for moment in seen)


def test_a_missed_evening_is_asked_about_once():
    life = passed_on(recipients=())
    life.now = START + timedelta(hours=20)

    assert life.do(WarningWake()) is None
    assert life.names()[-1] == "warning-expiry-asked"
    assert life.names().count("warning-expiry-asked") == 1
    assert [item.key for item in life.told if item.to == "seat"] == ["warning_over"]


def test_the_group_reads_four_messages_at_most_from_issue_to_lifting():
    life = passed_on(colour="黄")
    seen = [item for item in life.told if item.to == "group" and not item.edits]
    life.do(TakeChange(content=heavy_rain(colour="红"), source="text"))
    life.do(IssueWarning(way=PASS_ON, recipients=SCHOOLS))
    seen += [item for item in life.told if item.to == "group" and not item.edits]
    for name in SCHOOLS:
        life.do(SettleMeasure(number=0), actor("liaison", units=(name,)))
        seen += [item for item in life.told if item.to == "group" and not item.edits]
    seen += [item for item in life.pass_time(timedelta(hours=9)) if item.to == "group" and not item.edits]
    life.do(LiftWarning(reason="已解除"))
    seen += [item for item in life.told if item.to == "group" and not item.edits]
    assert len(seen) <= 4


def test_what_was_done_of_a_measure_stands_where_it_is_asked_for_still():
    plan = PLANS["shanting-overall"]
    life = passed_on(plan=plan, colour="黄")
    before = life.warning.stage.measures
    assert life.do(SettleMeasure(number=1), actor("liaison", units=("一中",))) is None
    life.do(TakeChange(content=heavy_rain(colour="红"), source="text"))
    assert life.do(IssueWarning(way=PASS_ON, recipients=SCHOOLS)) is None
    after = life.warning.stage.measures
    done = {after[number - 1] for (_, number) in life.warning.measures}
    assert done == ({before[0]} & set(after))


@pytest.mark.parametrize("status", [DONE, NOT_APPLICABLE, OPEN])
@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        (actor("liaison", units=("一中",)), True),
        (actor("liaison", units=("二小",)), False),
        (actor("reporter"), False),
        (actor(), False),
        (DUTY, True),
        (actor("director"), True),
    ],
)
def test_a_measure_is_ticked_by_whom_it_concerns_or_the_office(who, allowed, status):
    life = passed_on()
    command = SettleMeasure(number=2, status=status, recipient="一中", reason="不涉及")
    refusal = life.do(command, who)
    if allowed and status == OPEN:
        assert key_of(refusal) == "same_as_before"
    else:
        assert (refusal is None) == allowed
        assert (("一中", 2) in life.warning.measures) == allowed


def test_a_measure_that_does_not_apply_needs_a_reason_and_one_that_is_not_there_is_refused():
    life, who = passed_on(), actor("liaison", units=("一中",))
    assert life.refused(SettleMeasure(number=1, status=NOT_APPLICABLE), who).confirm == "reason"
    assert life.refused(SettleMeasure(number=99), who).key == "no_such_measure"
    assert life.do(SettleMeasure(number=1), who) is None
    assert life.refused(SettleMeasure(number=1), who).key == "same_as_before"
    assert life.do(SettleMeasure(number=1, status=OPEN), who) is None
    assert life.warning.measures == {}


def test_what_cannot_be_is_refused():
    life = Life(CAMPUS)
    assert key_of(life.take(heavy_rain(ends=START))) == "ends_before_start"
    assert key_of(life.take(heavy_rain(colour="紫"))) == "unknown_colour"
    assert key_of(life.take(heavy_rain(level="九级"))) == "unknown_warning_level"
    assert key_of(life.take(heavy_rain(), by=actor())) == "staff_only"
    life.take(heavy_rain(ends=START + timedelta(minutes=90)))
    life.now += timedelta(hours=2)
    assert life.refused(IssueWarning(way=PASS_ON)).key == "warning_over"
    assert life.do(AmendProposal(fields={"ends": life.now + timedelta(hours=1)})) is None
    assert life.do(IssueWarning(way=PASS_ON)) is None
    assert "ends" not in life.warning.content.words


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["take", "issue", "lift", "dismiss", "answer", "measure", "wait", "vain"]),
        st.integers(0, 5),
        st.sampled_from(SCHOOLS),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(ACTIONS, st.sampled_from(sorted(PLANS)))
def test_whatever_happens_what_is_open_has_a_next_moment_and_what_is_over_has_none(actions, name):
    """No warning in force is ever without a clock, and none that is over rings anybody."""
    life = Life(PLANS[name])
    life.take(heavy_rain())
    for what, number, school in actions:
        colour = COLOURS[number % 4]
        ends = life.now + timedelta(hours=1 + number)
        content = heavy_rain(colour=colour, starts=None, ends=ends if number else None)
        if what == "take":
            life.do(TakeChange(content=content, source="text"))
        elif what == "issue":
            life.do(IssueWarning(way=PASS_ON, recipients=SCHOOLS[: 1 + number % 3]))
        elif what == "lift":
            life.do(LiftWarning(reason="已解除"))
        elif what == "dismiss":
            life.do(DismissProposal(reason="误报"))
        elif what == "answer":
            life.do(AnswerWarning(recipient=school))
        elif what == "measure":
            life.do(SettleMeasure(number=number, recipient=school))
        elif what == "vain":
            life.do(RingInVain(recipient=school))
        else:
            life.pass_time(timedelta(minutes=7 * (number + 1) ** 2))

        assert bool(wakes(life.warning, life.policy)) == life.warning.open


@pytest.mark.parametrize(
    ("changes", "act"),
    [
        ({"ends": START + timedelta(hours=9)}, "extend"),
        ({"starts": START + timedelta(hours=7), "ends": START + timedelta(hours=9)}, "extend"),
        ({"starts": None, "ends": START + timedelta(hours=9)}, "extend"),
        ({"starts": START + timedelta(hours=8), "ends": START + timedelta(hours=9)}, "update"),
        ({"starts": START, "ends": START + timedelta(hours=9)}, "update"),
        ({"ends": START + timedelta(hours=9), "areas": ("河口乡",)}, "update"),
        ({"ends": START + timedelta(hours=6)}, "update"),
        ({"colour": "橙", "ends": START + timedelta(hours=9)}, "lower"),
    ],
)
def test_what_holds_on_without_a_gap_is_extended(changes, act):
    assert act_of(heavy_rain(), heavy_rain(**changes)) == act


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ({"colour": "橙"}, {"colour": "橙"}),
        ({"ends": START + timedelta(hours=9)}, {"ends": START + timedelta(hours=9), "level": "一级"}),
        ({"colour": "红", "areas": ("河口乡",)}, {"areas": ("河口乡",), "level": "一级"}),
        ({"colour": "红", "level": "二级"}, {"level": "二级"}),
    ],
)
def test_what_a_change_does_not_say_stays_and_a_level_goes_with_its_colour(said, becomes):
    before = heavy_rain(level="一级")
    expected = heavy_rain(**{"level": "", **becomes, "text": "继续发布"})
    assert with_unsaid(before, Content(**said, text="继续发布")) == expected


def test_who_is_to_be_rung_is_one_list_with_one_clock_however_it_came_about():
    life = passed_on(unreachable=("二小",), ends=START + timedelta(days=2))
    told = life.pass_time(timedelta(hours=8))
    lists = [at for at in told if at.key == "warning_ring_list"]
    later = [item.params["recipients"] for item in lists[2:]]
    assert later
    assert all(set(names) == set(SCHOOLS) for names in later), "nobody is rung for by a clock of his own"


@pytest.mark.parametrize(("ahead", "refused"), [(1, False), (180, False), (181, True), (27000, True)])
def test_an_end_that_nobody_would_live_to_be_asked_about_is_refused(ahead: int, refused: bool):
    for begin in ("taken", "amended", "changed"):
        life = Life(PLANS["jincheng-chengqu-campus"])
        content = heavy_rain(ends=life.now + timedelta(days=ahead))
        if begin == "taken":
            found = life.take(content)
        else:
            assert life.take(heavy_rain()) is None
            if begin == "changed":
                assert life.do(IssueWarning(way=PASS_ON, recipients=SCHOOLS)) is None
            change = AmendProposal(fields={"ends": content.ends}) if begin == "amended" else TakeChange(content=content)
            found = life.do(change)
        assert (found is not None and found.key == "ends_too_late") == refused


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("区气象台", "区气象台", True), ("区气象台", "晋城市城区气象台", True), ("区气象局", "城区气象台", True),
        ("市气象台", "晋城市气象局", True), ("区气象台", "市气象台", False),
        ("晋城市城区气象台", "晋城市气象台", False),
        ("省气象台", "区气象台", False), ("", "区气象台", False), ("", "", False), ("区水务局", "区气象局", False),
    ],
)  # fmt: skip
def test_an_issuer_is_known_by_its_short_name_and_no_other_is(one: str, other: str, same: bool):
    assert same_issuer(one, other) == same_issuer(other, one) == same
