"""Instructions in the core: who gives one, what a unit answers, when it is chased, what everybody hears of it."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st

from bot.texts.recipients import CORRECTED_STANDS
from plans.core import keys
from plans.core.command import Actor, Command
from plans.core.keys import to_person
from plans.core.notices import overtaken_guards
from plans.core.outcome import Refusal
from plans.core.policy import DEFAULT_POLICY
from plans.core.registry import DECIDERS
from plans.desk.announcements import Announce, MarkUrgent, OpenAnnouncement, StopWaiting
from plans.desk.instructions import AmendInstruction, ExtendInstruction, GiveInstruction, OpenInstruction
from plans.desk.receipts import AskForCall, Receive, RingInVain
from plans.desk.recipients import AddRecipients, PickRecipients
from plans.desk.results import DeclineInstruction, SettleInstruction
from plans.desk.returning import ReleaseRecipient, ReturnResult
from plans.desk.sending import Correct, Discard, Withdraw
from plans.load import load_all
from plans.times.night import is_night
from tests.plans.desk.life import (
    ADMIN,
    COMMANDER,
    DIRECTOR,
    DUTY,
    NOBODY,
    OPENED,
    START,
    SYSTEM,
    TO,
    UNITS,
    Life,
    actor,
    drafted,
    given,
    liaison,
    notice_draft,
)

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FIRST, SECOND = UNITS[0], UNITS[1]

PEOPLE: dict[str, Actor] = {
    "duty": DUTY, "commander": COMMANDER, "director": DIRECTOR, "admin": ADMIN, "unit": liaison(FIRST),
    "other unit": liaison("区人民武装部"), "head": actor("head", units=(SECOND,)), "reporter": actor("reporter"),
    "nobody": NOBODY,
}  # fmt: skip


# --- who gives one


@pytest.mark.parametrize("name", PEOPLE)
def test_a_role_gives_its_own_word_the_desk_records_anothers_and_a_unit_none(name: str) -> None:
    who = PEOPLE[name]
    own = Life().do(OpenInstruction(**OPENED, text="全区排查"), who)
    other = Life().do(OpenInstruction(**OPENED, text="全区排查", giver="王副区长"), who)
    if name == "duty":
        life = Life()
        life.must(OpenInstruction(**OPENED, text="全区排查", giver="王副区长"), who)
        assert (life.state.giver, life.state.recorded) == ("王副区长", True)
        assert own is None, "it is asked whose word it is before it goes out"
    elif name in ("commander", "director"):
        life = Life()
        life.must(OpenInstruction(**OPENED, text="全区排查"), who)
        assert (life.state.giver_id, life.state.recorded) == (who.id, False)
        assert isinstance(other, Refusal) and other.key == "instruct_own_name", "nobody speaks for another"
    else:
        assert [isinstance(item, Refusal) and item.key for item in (own, other)] == ["desk_not_yours"] * 2


@pytest.mark.parametrize("plan", load_all().values(), ids=lambda plan: plan.id)
def test_every_role_of_every_plan_gives_its_own_word_and_nobody_elses(plan: Any) -> None:
    for role in plan.roles:
        life = Life(plan=plan)
        life.must(OpenInstruction(**OPENED, text="全区排查"), actor(role))
        assert life.state.giver_id == role
        assert (
            Life(plan=plan).refused(OpenInstruction(**OPENED, text="x", giver="李区长"), actor(role))
            == "instruct_own_name"
        )
    both = actor("duty", *plan.roles, id="both")
    life = Life(plan=plan)
    life.must(OpenInstruction(**OPENED, text="x", giver="李区长"), both)
    assert life.state.recorded, "who has the duty too writes for another, and it says so"


def test_the_duty_officer_is_no_leader_of_his_own() -> None:
    assert Life().refused(OpenInstruction(**OPENED, text="x", giver="值班员", giver_id="duty")) == "instruct_no_leader"


@pytest.mark.parametrize("via", ["forward", "edit", "anonymous", "channel", "via_bot"])
def test_no_word_counts_in_such_a_way(via: str) -> None:
    everything = actor("duty", "commander", "director", "liaison", units=UNITS, via=via, id="everything")
    opens: tuple[Command, ...] = (OpenInstruction(**OPENED, text="x"), OpenAnnouncement(**OPENED, text="x"))
    for command in opens:
        assert Life(type(command).__name__[4:].lower()).refused(command, everything) == "no_authority_that_way"
    for life in (drafted(), given(), notice_draft()):
        for command in COMMANDS.values():
            assert life.refused(command, everything) == "no_authority_that_way"


def test_a_key_on_the_telephone_is_a_receipt_or_asks_for_a_call_and_decides_nothing() -> None:
    by_key = actor("duty", "commander", "liaison", units=UNITS[:2], via="voice", id="everything")
    for life in (drafted(), given(urgent=True), notice_draft()):
        for name, command in COMMANDS.items():
            if not command.by_voice:
                assert life.refused(command, by_key) == "no_authority_that_way", name
    life = given(urgent=True)
    assert life.refused(AskForCall(), liaison(FIRST)) == "no_authority_that_way"
    assert [notice.key for notice in life.must(AskForCall(), by_key)] == ["desk_ring_list"]
    assert {item.key for item in life.state.told.values() if item.listed_at} == set(TO[:2])
    life.must(Receive(voice="138****0000"), by_key)
    answered = [item for item in life.state.told.values() if not item.silent]
    assert [(item.key, item.recorded, item.by_key) for item in answered] == [(name, True, True) for name in TO[:2]]
    assert life.refused(AskForCall(), by_key) == "desk_received_before"
    assert {kind for kind in DECIDERS if kind.by_voice and kind.__module__.startswith("plans.desk")} == {
        Receive, AskForCall,
    }  # fmt: skip


def test_it_does_not_go_out_before_it_is_known_whose_word_it_is_and_to_whom() -> None:
    life = Life()
    life.must(OpenInstruction(**OPENED, text="全区排查"))
    assert life.refused(GiveInstruction()) == "instruct_who"
    life.must(AmendInstruction(giver="王副区长", way="电话"))
    assert life.refused(GiveInstruction()) == "desk_nobody_chosen"
    life.must(PickRecipients(recipients=TO))
    told = life.must(GiveInstruction())
    assert [str(notice.to) for notice in told] == list(TO) and all(notice.ring for notice in told)
    assert life.refused(GiveInstruction()) == "desk_is_out"


def test_a_day_that_is_over_is_refused() -> None:
    life = drafted(due=START + HOUR)
    assert life.refused(AmendInstruction(due=START - HOUR)) == "instruct_due_over"
    life.now += 2 * HOUR
    assert life.refused(GiveInstruction()) == "instruct_due_over"


# --- who may what, in every state

COMMANDS: dict[str, Command] = {
    "pick": PickRecipients(recipients=TO[:2]),
    "amend": AmendInstruction(way="会议"),
    "give": GiveInstruction(),
    "announce": Announce(),
    "urgent": MarkUrgent(urgent=True),
    "discard": Discard(),
    "receive": Receive(),
    "receive for": Receive(recipient=TO[0]),
    "in vain": RingInVain(recipient=TO[0]),
    "settle": SettleInstruction(text="已排查"),
    "settle for": SettleInstruction(text="已排查", recipient=TO[0]),
    "decline": DeclineInstruction(reason="不属本单位"),
    "send back": ReturnResult(recipient=TO[1], reason="没有写数字"),
    "release": ReleaseRecipient(recipient=TO[2]),
    "extend": ExtendInstruction(due=START + 30 * DAY),
    "correct": Correct(text="改为全市排查"),
    "withdraw": Withdraw(),
    "add": AddRecipients(recipients=("unit:区人民武装部",)),
    "stop": StopWaiting(),
}


def _settled() -> Life:
    life = given(due=START + 7 * DAY)
    life.must(SettleInstruction(text="已排查32处"), liaison(SECOND))
    return life


def _declined() -> Life:
    life = given()
    life.must(DeclineInstruction(reason="不属本单位"), liaison(SECOND))
    return life


def _all_done() -> Life:
    life = given()
    for unit in UNITS:
        life.must(SettleInstruction(text="已排查"), liaison(unit))
    return life


def _withdrawn() -> Life:
    life = given()
    life.must(Withdraw(reason="有误"))
    return life


def _discarded() -> Life:
    life = drafted()
    life.must(Discard())
    return life


def _announced() -> Life:
    life = notice_draft()
    life.must(Announce())
    return life


def _all_received() -> Life:
    life = _announced()
    for unit in UNITS:
        life.must(Receive(), liaison(unit))
    return life


def _at_rest() -> Life:
    life = _announced()
    life.must(Receive(), liaison(FIRST))
    life.must(StopWaiting())
    return life


STATES = {
    "draft": drafted, "given": given, "settled": _settled, "declined": _declined, "all done": _all_done,
    "withdrawn": _withdrawn, "discarded": _discarded, "notice draft": notice_draft, "notice out": _announced,
    "notice received": _all_received, "notice at rest": _at_rest,
}  # fmt: skip

NOT_OF = {
    "instruction": {"announce", "urgent", "stop"},
    "announcement": {
        "amend", "give", "settle", "settle for", "decline", "send back", "release", "extend",
    },
}  # fmt: skip
"""Commands of the other kind: no handler gives them."""

OFFICE = {
    "draft": {"pick", "amend", "give", "discard", "correct"},
    "given": {"receive for", "in vain", "settle for", "release", "extend", "correct", "withdraw", "add"},
    "settled": {"receive for", "in vain", "settle for", "send back", "release", "extend", "correct", "withdraw", "add"},
    "declined": {
        "receive for", "in vain", "settle for", "send back", "release", "extend", "correct", "withdraw", "add",
    },
    "all done": {"send back", "extend", "correct", "withdraw", "add"},
    "withdrawn": set(),
    "discarded": set(),
    "notice draft": {"pick", "urgent", "announce", "discard", "correct"},
    "notice out": {"receive for", "in vain", "correct", "withdraw", "add", "stop"},
    "notice received": {"correct", "withdraw", "add"},
    "notice at rest": {"correct", "withdraw", "add"},
}  # fmt: skip
"""What the desk may, in each state."""

UNIT = {
    "given": {"receive", "receive for", "settle", "settle for", "decline"},
    "settled": {"receive", "receive for", "settle", "settle for", "decline"},
    "declined": {"receive", "receive for", "settle", "settle for", "decline"},
    "notice out": {"receive", "receive for"},
}
"""What the unit that was told may of its own."""

OWN_GIVER = {"extend", "send back", "release"}


@pytest.mark.parametrize("state", STATES)
def test_who_may_what_in_every_state(state: str) -> None:
    kind = STATES[state]().kind
    for (name, who), (command, given_command) in itertools.product(PEOPLE.items(), COMMANDS.items()):
        if command in NOT_OF[kind]:
            continue
        life = STATES[state]()
        before = len(life.log)
        may = life.do(given_command, who) is None
        expected: set[str] = set()
        if name == "duty":
            expected = OFFICE[state]
        elif name == "unit":
            expected = UNIT.get(state, set())
        elif name == "head":  # of the second unit, of which the states tell already
            expected = {"receive", "settle", "decline"} & UNIT.get(state, set())
            expected -= {"settled": {"receive", "decline"}, "declined": {"receive", "decline"}}.get(state, set())
            if state == "settled":
                expected -= {"settle"}  # the same words once more
        assert may is (command in expected), (state, name, command)
        assert may or len(life.log) == before


def test_whoever_gave_it_in_his_own_name_looks_after_it_and_no_other_leader_does() -> None:
    life = Life()
    life.must(OpenInstruction(**OPENED, text="全区排查", recipients=TO), COMMANDER)
    assert life.refused(GiveInstruction(), DIRECTOR) == "desk_not_yours"
    life.must(GiveInstruction(), COMMANDER)
    life.must(SettleInstruction(text="已排查"), liaison(FIRST))
    assert life.refused(ReturnResult(recipient=TO[0], reason="再查"), DIRECTOR) == "desk_not_yours"
    life.must(ReturnResult(recipient=TO[0], reason="再查"), COMMANDER)
    life.must(ExtendInstruction(due=START + DAY), COMMANDER)
    life.must(Withdraw(), COMMANDER)


def test_a_registered_giver_whose_word_was_recorded_may_return_and_extend_but_not_rewrite() -> None:
    life = given(giver_id="commander")
    life.must(SettleInstruction(text="已排查"), liaison(FIRST))
    life.must(ReturnResult(recipient=TO[0], reason="再查"), COMMANDER)
    life.must(ExtendInstruction(due=START + DAY), COMMANDER)
    assert life.refused(Correct(text="别的"), COMMANDER) == "desk_not_yours"
    life.must(Correct(text="改为全市排查"))
    gone = actor(id="commander")  # he holds nothing any more
    assert life.refused(ExtendInstruction(due=START + 2 * DAY), gone) == "desk_not_yours"
    assert life.refused(Withdraw(), gone) == "desk_not_yours"
    life.must(Withdraw(reason="不是我的意思"), COMMANDER)


def test_whoever_it_goes_in_the_name_of_hears_so_at_once_and_once() -> None:
    life = drafted(giver_id="commander")
    told = life.must(GiveInstruction())
    assert [(notice.key, str(notice.to)) for notice in told][-1] == ("desk_in_your_name", to_person("commander"))
    told = life.must(AddRecipients(recipients=("unit:区人民武装部",)))
    assert [notice.key for notice in told] == ["desk_told"]
    own = Life()
    own.must(OpenInstruction(**OPENED, text="全区排查", recipients=TO), COMMANDER)
    assert {notice.key for notice in own.must(GiveInstruction(), COMMANDER)} == {"desk_told"}


# --- what a unit answers


def test_a_unit_answers_for_itself_alone() -> None:
    life = given()
    assert life.refused(Receive(recipient=TO[1]), liaison(FIRST)) == "desk_other_recipient"
    assert life.refused(SettleInstruction(recipient=TO[1], text="好了"), liaison(FIRST)) == "desk_other_recipient"
    assert life.refused(Receive(), liaison("区人民武装部")) == "desk_not_addressed"
    assert life.refused(Receive(recipient="unit:外星联络处")) == "desk_no_such_recipient"


def test_whoever_stands_for_several_answers_once_for_all_of_them() -> None:
    life = given()
    both = liaison(FIRST, SECOND, id="both")
    life.must(Receive(), both)
    assert [item.key for item in life.state.silent()] == list(TO[2:])
    assert life.refused(Receive(), both) == "desk_received_before"
    life.must(SettleInstruction(text="已排查"), both)
    assert life.state.finished == 2


def test_a_result_is_wanted_and_more_of_it_may_follow() -> None:
    life = given()
    unit = liaison(FIRST)
    assert life.refused(SettleInstruction(), unit) == "instruct_result_missing"
    life.must(SettleInstruction(evidence=("photo:a",)), unit)
    life.must(SettleInstruction(evidence=("photo:b",), text="共32处"), unit)
    result = life.state.results[TO[0]]
    assert (result.evidence, result.text) == (("photo:a", "photo:b"), "共32处")
    assert life.refused(SettleInstruction(evidence=("photo:b",)), unit) == "instruct_done_before"
    assert not life.state.told[TO[0]].silent, "who has done it has it"


def test_what_the_office_records_says_so_and_the_unit_hears_it() -> None:
    life = given()
    told = life.must(SettleInstruction(recipient=TO[0], text="电话说已排查", informant="赵科长"))
    result = life.state.results[TO[0]]
    assert (result.by, result.recorded) == ("赵科长", True)
    assert [(notice.key, str(notice.to)) for notice in told] == [("instruction_recorded", TO[0])]


def test_what_a_unit_sends_back_waits_for_the_office() -> None:
    life = _declined()
    assert [notice.key for notice in life.told] == ["instruction_declined"]
    assert life.state.declined == [TO[1]] and TO[1] not in life.state.unfinished
    assert life.refused(ReturnResult(recipient=TO[1])) == "reason_for_returning"
    told = life.must(ReturnResult(recipient=TO[1], reason="按职责分工办理"))
    assert [(notice.key, str(notice.to)) for notice in told] == [("instruction_returned", TO[1])]
    assert TO[1] in life.state.unfinished
    life.must(DeclineInstruction(reason="确实不属"), liaison(SECOND))
    life.must(ReleaseRecipient(recipient=TO[1]))
    assert life.state.status(TO[1]) == "released"


@pytest.mark.parametrize("giver_id", ["", "mayor"])
def test_one_summary_when_all_is_done_to_the_giver_or_to_whoever_tells_him(giver_id: str) -> None:
    life = given(giver_id=giver_id)
    heard = []
    for unit in UNITS:
        heard += life.must(SettleInstruction(text="已排查"), liaison(unit))
    summary = [(notice.key, str(notice.to)) for notice in heard]
    to_seat = ("instruction_to_tell", "seat")
    assert summary == ([("instruction_summary", to_person("mayor")), to_seat] if giver_id else [to_seat])
    assert life.state.state == "done"
    life.must(ReturnResult(recipient=TO[0], reason="没有数字"))
    assert life.state.out
    assert len(life.must(SettleInstruction(text="32处"), liaison(FIRST))) == len(summary), "and again when that is done"


def test_a_correction_is_answered_anew_by_those_who_have_still_to_do_it() -> None:
    life = _settled()
    told = life.must(Correct(text="改为全市排查"))
    assert {(notice.key, str(notice.to)) for notice in told} == {
        *(("desk_corrected", name) for name in TO if name != TO[1]), ("desk_corrected_done", TO[1]),
    }  # fmt: skip
    assert len(list(life.state.silent())) == 4 and life.state.round == 2


@pytest.mark.parametrize("state", ["all done", "notice received", "notice at rest"])
def test_what_is_over_may_still_be_corrected_and_taken_back(state: str) -> None:
    life = STATES[state]()
    assert not life.state.open and not overtaken_guards(life.state)
    told = life.must(Correct(text="改为9点"))
    over = state == "all done"
    assert {(notice.key, str(notice.to)) for notice in told} == {
        ("desk_corrected_done" if over else "desk_corrected", name) for name in TO
    }
    assert life.state.open is not over and overtaken_guards(life.state) == {keys.told(1)}
    if not over:
        assert len(list(life.state.silent())) == len(TO), "everybody answers anew"
        assert {notice.key for _, notice in life.pass_time(DAY)} == {"desk_again", "desk_ring_list"}
        for unit in UNITS:
            life.must(Receive(), liaison(unit))
    assert not life.state.open
    assert {str(notice.to) for notice in life.must(Withdraw(reason="取消"))} == set(TO)
    assert overtaken_guards(life.state) == {keys.told(1), keys.told(2)}
    for command in (Correct(text="又"), Withdraw(), AddRecipients(recipients=("unit:区人民武装部",)), Receive()):
        assert life.do(command) is not None
    assert life.pass_time(30 * DAY) == []


def test_a_correction_says_to_each_what_it_means_for_him_and_to_the_giver_what_stands_in_his_name() -> None:
    life = given(giver_id="commander")
    life.must(SettleInstruction(text="已排查"), liaison(FIRST))
    life.must(DeclineInstruction(reason="不属本单位"), liaison(SECOND))
    life.must(ReleaseRecipient(recipient=TO[2]))
    told = life.must(Correct(text="改为全市排查"))
    stands = {str(notice.to): notice.params["status"] for notice in told if notice.key == "desk_corrected_done"}
    assert stands == {TO[0]: "done", TO[1]: "declined", TO[2]: "released"} and CORRECTED_STANDS.keys() == set(
        stands.values()
    )
    [own] = [notice for notice in told if notice.key == "desk_in_your_name"]
    assert (str(own.to), own.params["corrected"], own.guard) == ("person:commander", True, keys.told(2))


def test_nobody_is_given_an_instruction_whose_day_is_over() -> None:
    life = given(due=START + HOUR)
    life.now += 2 * HOUR
    added = AddRecipients(recipients=("unit:区人民武装部",))
    assert life.refused(added) == "instruct_due_over"
    life.must(ExtendInstruction(due=life.now + DAY))
    life.must(added)


def test_what_is_taken_back_is_said_to_all_and_takes_no_answer() -> None:
    life = given()
    told = life.must(Withdraw(reason="有误"))
    assert {str(notice.to) for notice in told} == set(TO)
    for command in (Receive(), SettleInstruction(text="好了"), DeclineInstruction(reason="x")):
        assert life.refused(command, liaison(FIRST)) == "desk_closed"
    assert life.pass_time(30 * DAY) == []


# --- when


def test_a_week_is_chased_the_day_before_the_hour_before_at_its_time_and_three_times_after() -> None:
    life = given(due=START + 7 * DAY + 7 * HOUR)
    for unit in UNITS[1:]:
        life.must(SettleInstruction(text="已排查"), liaison(unit))
    life.must(Receive(), liaison(FIRST))
    heard = [(f"{at:%d %H:%M}", notice.key) for at, notice in life.pass_time(60 * DAY)]
    assert heard == [
        ("06 18:00", "instruction_chase"),
        ("07 17:00", "instruction_chase"),
        ("07 18:00", "instruction_chase"),
        ("07 18:00", "instruction_overdue"),
        ("08 18:00", "instruction_chase"),
        ("09 18:00", "instruction_chase"),
        ("11 18:00", "instruction_chase"),
        ("11 18:00", "instruction_overdue"),
    ]


def test_the_silent_are_reminded_once_then_listed_once() -> None:
    life = given()
    life.must(Receive(), liaison(FIRST))
    heard = life.pass_time(30 * DAY)
    assert Counter(notice.key for _, notice in heard) == {"desk_again": 4, "desk_ring_list": 1}
    assert [f"{at:%H:%M}" for at, _ in heard] == ["13:00"] * 4 + ["15:00"]


def test_who_cannot_be_written_to_is_on_the_list_at_once_and_not_reminded() -> None:
    life = drafted()
    told = life.must(GiveInstruction(unreachable=frozenset({TO[0]})))
    assert [notice.key for notice in told] == ["desk_told"] * 4 + ["desk_ring_list"]
    assert str(TO[0]) not in {str(notice.to) for _, notice in life.pass_time(30 * DAY)}


def test_a_draft_that_is_left_is_brought_up_once() -> None:
    life = drafted()
    assert [(at - START, notice.key) for at, notice in life.pass_time(30 * DAY)] == [
        (timedelta(minutes=30), "desk_draft")
    ]


@settings(max_examples=300, deadline=None)
@over(
    begins=st.integers(0, 7 * 24 * 60),
    due=st.none() | st.integers(31, 40 * 24 * 60),
    extended=st.none() | st.integers(31, 40 * 24 * 60),
    corrected=st.booleans(),
    answers=st.lists(st.sampled_from([*UNITS, "all"]), max_size=3),
    urgent=st.booleans(),
    kind=st.sampled_from(["instruction", "announcement"]),
)
def test_nothing_that_can_wait_rings_at_night_and_nobody_is_rung_for_ever(
    begins: int, due: int | None, extended: int | None, corrected: bool, answers: list[str], urgent: bool, kind: str
) -> None:
    life = Life(kind)
    life.now = START + timedelta(minutes=begins)
    wanted = life.now + timedelta(minutes=due) if due is not None else None
    heard: list[tuple[datetime, Any]] = []
    if kind == "instruction":
        life.must(OpenInstruction(**OPENED, text="排查", giver="王", recipients=TO, due=wanted, urgent=urgent))
        heard += [(life.now, notice) for notice in life.must(GiveInstruction())]
    else:
        life.must(OpenAnnouncement(**OPENED, text="开会", recipients=TO, urgent=urgent))
        heard += [(life.now, notice) for notice in life.must(Announce())]
    waits, rounds = not life.state.presses, 1
    for answer in answers:
        heard += life.pass_time(timedelta(hours=5))
        for unit in UNITS if answer == "all" else (answer,):
            life.do(Receive(), liaison(unit))
    if corrected and life.do(Correct(text="改了")) is None:
        heard += [(life.now, notice) for notice in life.told]
        rounds += 1
    if kind == "instruction" and extended is not None:
        if life.do(ExtendInstruction(due=life.now + timedelta(minutes=extended))) is None:
            heard += [(life.now, notice) for notice in life.told]
            rounds += 1
            waits = waits and not life.state.presses
    heard += life.pass_time(100 * DAY)
    if waits:
        assert not [(at, notice.key) for at, notice in heard if notice.ring and is_night(at)]
    for unit in TO:
        rings = sum(1 for _, notice in heard if str(notice.to) == unit and notice.ring)
        steps = len(DEFAULT_POLICY.instruction) + 1 + len(DEFAULT_POLICY.overdue)
        assert rings <= rounds * (2 + (steps + 1 if kind == "instruction" else 0)), (unit, rings)
    for at, notice in heard:
        if str(notice.to) == "group":
            raise AssertionError((at, notice), "nobody reads it in the group")
    assert not life.pass_time(1000 * DAY), "it is silent in the end"


def test_the_seat_hears_no_more_than_a_handful_of_one_instruction() -> None:
    life = given(due=START + 7 * DAY)
    seat = [notice for _, notice in life.pass_time(100 * DAY) if str(notice.to) == "seat"]
    assert Counter(notice.key for notice in seat) == {"desk_ring_list": 1, "instruction_overdue": 2}


def test_ids_of_everybody_who_acted_stand_in_the_log() -> None:
    for item in _settled().log:
        assert item.actor and all(field.name != "actor" for field in fields(item.event))
    assert SYSTEM.id == "system"
