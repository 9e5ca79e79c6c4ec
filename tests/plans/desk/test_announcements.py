"""Notices with receipts in the core: who has it, who is reminded once, who is listed, and what ends it."""

from __future__ import annotations

import time
from collections import Counter
from datetime import timedelta

from plans.desk.announcements import WAITS, Announce, MarkUrgent, StopWaiting
from plans.desk.receipts import Receive
from plans.desk.recipients import MOST, AddRecipients, PickRecipients
from plans.desk.sending import Correct
from tests.plans.desk.life import DUTY, START, TO, UNITS, liaison, notice_draft

NIGHT = START.replace(hour=23)


def test_by_day_it_rings_is_reminded_of_once_and_listed_once() -> None:
    life = notice_draft()
    assert all(notice.ring for notice in life.must(Announce()))
    for unit in UNITS[:3]:
        life.must(Receive(), liaison(unit))
    heard = life.pass_time(timedelta(days=30))
    assert Counter(notice.key for _, notice in heard) == {
        "desk_again": 2, "desk_ring_list": 1, "announcement_rests": 1,
    }  # fmt: skip
    assert heard[-1][0] == START + WAITS and not life.state.open


def test_at_night_it_lies_there_in_silence_and_rings_in_the_morning_whoever_has_not_answered() -> None:
    life = notice_draft(now=NIGHT)
    assert not any(notice.ring for notice in life.must(Announce()))
    life.must(Receive(), liaison(UNITS[0]))
    heard = life.pass_time(timedelta(hours=9))
    assert [(f"{at:%H:%M}", notice.key, notice.ring) for at, notice in heard] == [("07:30", "desk_again", True)] * 4


def test_what_is_urgent_rings_at_night_and_goes_by_other_ways_too() -> None:
    life = notice_draft(now=NIGHT)
    life.must(MarkUrgent(urgent=True))
    assert all(notice.ring for notice in life.must(Announce()))
    heard = life.pass_time(timedelta(hours=1))
    assert [(f"{at:%H:%M}", notice.key) for at, notice in heard] == [
        *(("23:10", "desk_again_urgent"),) * 5, ("23:20", "desk_ring_list"),
    ]  # fmt: skip
    assert heard[0][1].type.escalates


def test_it_is_over_when_all_have_it_and_whoever_wrote_it_hears_so_once() -> None:
    life = notice_draft()
    life.must(Announce())
    heard = [notice for unit in UNITS for notice in life.must(Receive(), liaison(unit))]
    assert [(notice.key, str(notice.to)) for notice in heard] == [("desk_all_received", f"person:{DUTY.id}")]
    assert life.pass_time(timedelta(days=30)) == []


def test_a_correction_asks_everybody_anew_and_others_may_be_added() -> None:
    life = notice_draft()
    life.must(Announce())
    life.must(Receive(), liaison(UNITS[0]))
    life.must(Correct(text="改为9点开会"))
    assert len(list(life.state.silent())) == 5
    told = life.must(AddRecipients(recipients=("unit:区人民武装部", TO[0])))
    assert [str(notice.to) for notice in told] == ["unit:区人民武装部"]


def test_the_desk_may_stop_waiting() -> None:
    life = notice_draft()
    life.must(Announce())
    assert life.must(StopWaiting()) == []
    assert life.refused(Receive(), liaison(UNITS[0])) == "desk_closed"


def test_an_answer_among_thousands_costs_little_and_there_is_a_bound() -> None:
    many = tuple(f"unit:学校{number}" for number in range(2000))
    life = notice_draft(recipients=many)
    life.must(Announce())
    began = time.perf_counter()
    life.must(Receive(), liaison("学校7"))
    assert time.perf_counter() - began < 1
    assert sum(1 for _ in life.state.silent()) == 1999
    assert life.refused(AddRecipients(recipients=many[:2])) == "desk_told_before"
    draft = notice_draft()
    assert draft.refused(PickRecipients(recipients=tuple(f"unit:{n}" for n in range(MOST + 1)))) == "desk_too_many"
