"""When the seat is reminded of what an entry waits for: never late, never after an answer, never for ever."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.core.command import SYSTEM, Actor, Shown
from plans.core.outcome import Refusal
from plans.core.policy import DEFAULT_POLICY
from plans.desk.entries import WithdrawEntry, WriteEntry
from plans.desk.entry_replies import AnswerEntry, SetRight, TakeBackAnswer, WaiveEntry, WordAnswer
from plans.desk.entry_rings import AFTER, BEFORE, EntryRung, EntryWake, rings_at
from plans.desk.entry_state import Entry, Want
from plans.kinds import decide, notices, revision_of, wakes
from plans.times.night import is_night
from tests.factories import CAMPUS, START

DUTY = Actor(id="li", name="李值班", roles=frozenset({"duty"}))
OTHER = Actor(id="wang", name="王值班", roles=frozenset({"duty"}))
MINUTE = timedelta(minutes=1)


class Desk:
    """One entry in its own time."""

    def __init__(self, *wants: Want, at: datetime = START) -> None:
        self.now, self.rung = at, list[tuple[datetime, EntryRung]]()
        command = WriteEntry(
            plan=CAMPUS.id, plan_version="1", plan_hash="h", jurisdiction=CAMPUS.jurisdiction.name, number=1, year=2026,
            text="市政府来电", said_at=at, wants=wants,
        )  # fmt: skip
        outcome: Any = decide(CAMPUS, None, command, DUTY, now=at, stream="entry:1")
        assert not isinstance(outcome, Refusal)
        self.entry: Entry = outcome.after

    def do(self, command, actor: Actor = DUTY):
        outcome = decide(CAMPUS, self.entry, command, actor, now=self.now)
        if isinstance(outcome, Refusal):
            return outcome
        self.entry = outcome.after
        if actor is SYSTEM:
            told = notices(CAMPUS, outcome.before, outcome.after, outcome.recorded)
            assert len(told) == len(outcome.recorded) and all(item.ring for item in told)
            self.rung += [(self.now, item.event) for item in outcome.recorded if isinstance(item.event, EntryRung)]
        return outcome

    def until(self, moment: datetime, delays: list[timedelta] | None = None) -> None:
        """Let the clock run; each wake is served late by the next of some delays."""
        late = iter(delays or ())
        while (points := wakes(self.entry, DEFAULT_POLICY)) and points[0].at <= moment:
            self.now = max(self.now, points[0].at + next(late, timedelta()))
            self.do(EntryWake(), SYSTEM)
        self.now = max(self.now, moment)


spans = st.timedeltas(min_value=MINUTE, max_value=timedelta(days=30))
starts = st.integers(0, 24 * 60 - 1).map(lambda minutes: START + timedelta(minutes=minutes))


@given(start=starts, span=spans)
def test_what_is_due_rings_half_an_hour_before_and_then_and_twice_after_it_by_day_and_no_more(start, span):
    desk, due = Desk(Want(at=start + span), at=start), start + span
    desk.until(due + timedelta(days=60))
    moments = [at for at, _ in desk.rung]
    before = [due - BEFORE] if due - BEFORE > start else []
    assert moments[: len(before) + 1] == [*before, due], "the times that were said are kept, by day and by night"
    late = moments[len(before) + 1 :]
    assert len(late) == len(AFTER) and not any(map(is_night, late)), "what nobody answered is rung by day, twice"
    assert moments == sorted(set(moments)) and rings_at(desk.entry) is None
    assert [event.over for _, event in desk.rung] == [at > due for at in moments]


@given(start=starts, span=spans, delays=st.lists(st.timedeltas(timedelta(), timedelta(days=3)), max_size=6))
def test_a_program_that_was_away_rings_once_for_what_it_missed_and_never_early(start, span, delays):
    desk = Desk(Want(at=start + span), at=start)
    desk.until(start + span + timedelta(days=90), delays)
    moments = [at for at, _ in desk.rung]
    assert 1 + len(AFTER) <= len(moments) <= 2 + len(AFTER)
    assert moments[0] >= min(start + span, max(start, start + span - BEFORE))
    assert [event.ordinal for _, event in desk.rung] == sorted({event.ordinal for _, event in desk.rung})


acts = st.sampled_from(["answer", "waive", "back", "due", "write", "wait"])


@given(
    start=starts, span=spans, plan=st.lists(st.tuples(acts, st.timedeltas(timedelta(), timedelta(days=2))), max_size=8)
)
def test_nothing_rings_while_nothing_waits_whatever_people_do(start, span, plan):
    desk = Desk(Want(at=start + span, what="反馈"), Want(at=start + span + timedelta(hours=5)), at=start)
    for act, pause in plan:
        count = len(desk.rung)
        waited = desk.entry.waits_for
        desk.until(desk.now + pause)
        assert waited is not None or len(desk.rung) == count
        match act:
            case "answer":
                desk.do(AnswerEntry())
            case "waive":
                desk.do(WaiveEntry(), OTHER)
            case "back":
                desk.do(TakeBackAnswer())
            case "due":
                desk.do(SetRight(due=desk.now + timedelta(hours=1)))
            case "write":
                desk.do(WithdrawEntry())
        point = wakes(desk.entry, DEFAULT_POLICY)
        assert bool(point) <= (desk.entry.waits_for is not None)
    desk.until(desk.now + timedelta(days=365))
    assert len(desk.rung) <= (len(plan) + 2) * (2 + len(AFTER)), "nothing rings for ever"
    assert wakes(desk.entry, DEFAULT_POLICY) == []


def test_a_demand_without_a_time_rings_nobody_and_waits_all_the_same():
    desk = Desk(Want(what="请尽快回电"))
    assert desk.entry.open and wakes(desk.entry, DEFAULT_POLICY) == []
    assert not isinstance(desk.do(WaiveEntry()), Refusal) and desk.entry.state == "answered"


def test_a_time_that_is_not_plain_rings_before_the_earliest_that_may_be_meant():
    eight = START + timedelta(hours=9)
    desk = Desk(Want(options=(eight, eight + timedelta(hours=12)), words="8点前"))
    assert rings_at(desk.entry) == eight - BEFORE
    desk.do(SetRight(due=eight + timedelta(hours=12)))
    assert rings_at(desk.entry) == eight + timedelta(hours=12) - BEFORE


def test_of_two_demands_the_second_waits_when_the_first_is_answered():
    desk = Desk(Want(at=START + timedelta(hours=2)), Want(at=START + timedelta(hours=4)))
    desk.do(AnswerEntry(words="已报"))
    assert desk.entry.state == "waiting" and rings_at(desk.entry) == START + timedelta(hours=4) - BEFORE
    desk.do(AnswerEntry())
    assert desk.entry.state == "answered" and [reply.words for reply in desk.entry.replies] == ["已报", ""]


def test_the_words_for_one_demand_tick_off_no_other_and_none_that_was_taken_back():
    desk = Desk(Want(at=START + timedelta(hours=2)), Want(at=START + timedelta(hours=4)))
    assert desk.do(WordAnswer(words="已报")).key == "log_not_ticked"
    desk.do(AnswerEntry())
    desk.do(WordAnswer(words="已报"))
    assert desk.entry.state == "waiting" and [reply.words for reply in desk.entry.replies] == ["已报"]
    assert rings_at(desk.entry) == START + timedelta(hours=4) - BEFORE
    desk.do(TakeBackAnswer())
    assert desk.do(WordAnswer(words="明天再说")).key == "log_not_ticked" and desk.entry.state == "waiting"


@pytest.mark.parametrize("command", [AnswerEntry(), WaiveEntry()])
def test_two_who_tick_at_once_tick_once_and_the_second_reads_who_was_first(command):
    desk = Desk(Want(at=START + timedelta(hours=2)))
    desk.do(AnswerEntry())
    refused = desk.do(command, OTHER)
    assert isinstance(refused, Refusal) and (refused.key, refused.params["by"]) == ("log_answered", "李值班")


def test_words_follow_a_tick_once_by_who_ticked():
    desk = Desk(Want(at=START + timedelta(hours=2)))
    desk.do(AnswerEntry())
    assert isinstance(desk.do(AnswerEntry(words="我报的"), OTHER), Refusal)
    desk.do(AnswerEntry(words="已电话反馈"))
    assert desk.entry.replies[0].words == "已电话反馈" and isinstance(desk.do(AnswerEntry(words="又报")), Refusal)


def test_what_was_ticked_is_taken_back_within_a_minute_by_who_ticked():
    desk = Desk(Want(at=START + timedelta(hours=2)))
    desk.do(AnswerEntry())
    assert desk.do(TakeBackAnswer(), OTHER).key == "log_not_yours"
    desk.do(TakeBackAnswer())
    assert desk.entry.state == "waiting" and rings_at(desk.entry) is not None
    desk.do(AnswerEntry())
    desk.now += timedelta(seconds=61)
    assert desk.do(TakeBackAnswer()).key == "log_too_late"


@pytest.mark.parametrize(
    ("due", "key"), [(timedelta(), "log_due_past"), (-MINUTE, "log_due_past"), (timedelta(days=371), "log_due_far")]
)
def test_a_time_that_is_over_or_far_ahead_is_no_time_to_wait_for(due, key):
    desk = Desk()
    assert desk.do(SetRight(due=desk.now + due)).key == key and not desk.entry.open


def test_a_press_confirms_what_was_shown_and_nothing_that_came_later():
    desk = Desk(Want(options=(START + timedelta(hours=9), START + timedelta(hours=21)), words="8点前"))
    shown = {name: Shown(object=name, revision=revision_of(desk.entry, name) or 0) for name in ("read", "reply")}
    desk.do(SetRight(due=START + timedelta(hours=9)))

    def pressed(command, name: str):
        return decide(CAMPUS, desk.entry, command, OTHER, now=desk.now, shown=shown[name])

    assert pressed(SetRight(due=START + timedelta(hours=21)), "read").key == "changed_since"
    assert not isinstance(pressed(AnswerEntry(), "reply"), Refusal), "another time is no other demand"
    desk.do(AnswerEntry())
    desk.do(TakeBackAnswer())
    assert pressed(AnswerEntry(), "reply").key == "changed_since"
