"""The clock of an instruction within a drill stands with the drill's: all comes later by as long, nothing meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st

from plans.desk.chasing import wakes
from plans.desk.instructions import ExtendInstruction, GiveInstruction, OpenInstruction
from plans.desk.receipts import Receive
from plans.desk.results import SettleInstruction
from plans.desk.sending import Correct
from plans.desk.standing import StandInstruction
from tests.plans.desk.life import DUTY, OPENED, START, SYSTEM, TO, UNITS, Life, liaison

Act = tuple[int, int, int | None]
"""Minutes before it, which act it is, for how many minutes the drill is held around it; None = it goes on."""

HISTORIES = st.lists(
    st.tuples(st.integers(0, 2000), st.integers(0, 5), st.none() | st.integers(1, 2000)), min_size=1, max_size=5
)


def _act(life: Life, number: int, stood: timedelta) -> None:
    """Do something; what somebody names is by the clock on the wall, later by as long as the drill was held."""
    unit = liaison(UNITS[number % len(UNITS)])
    match number:
        case 0 | 1:
            life.do(Receive(), unit)
        case 2:
            life.do(SettleInstruction(text="办好了"), unit)
        case 3:
            life.do(Correct(text="改了"), DUTY)
        case 4:
            life.do(ExtendInstruction(due=START + timedelta(days=4) + stood), DUTY)


def _live(acts: list[Act], due: int, urgent: bool, *, held: bool) -> tuple[Life, timedelta, list[Any]]:
    """Return the life, how long it was held, and what was said at which own moment."""
    life, stood, said = Life(), timedelta(), []
    wanted = START + timedelta(minutes=due)
    life.must(
        OpenInstruction(
            **OPENED,
            text="排查",
            giver="王",
            recipients=TO,
            due=wanted,
            urgent=urgent,
            drill=True,
            incident="incident:1",
        )
    )
    life.must(GiveInstruction())

    def passed(minutes: float) -> None:
        for at, notice in life.pass_time(timedelta(minutes=minutes)):
            said.append((at - stood, notice.key, str(notice.to), notice.ring))

    for minutes, number, pause in acts:
        passed(minutes)
        if pause is not None and held:
            life.must(StandInstruction(paused=True), SYSTEM)
            assert wakes(life.state, life.policy) == (), "nothing will come"
            before = len(said)
            passed(pause / 2)
            _act(life, number, stood + timedelta(minutes=pause / 2))
            passed(pause / 2)
            assert len(said) == before, "nothing came"
            life.must(StandInstruction(paused=False), SYSTEM)
            stood += timedelta(minutes=pause)
        else:
            _act(life, number, stood)
    passed(60 * 24 * 60)
    return life, stood, said


@settings(max_examples=60, deadline=None)
@over(HISTORIES, st.integers(31, 5000), st.booleans())
def test_what_was_held_goes_as_what_was_not_later_by_as_long(acts: list[Act], due: int, urgent: bool) -> None:
    plain, _, first = _live(acts, due, urgent, held=False)
    late, stood, second = _live(acts, due, urgent, held=True)
    assert second == first, "the same is said to the same, at the same moments of the drill"
    assert late.state.due == plain.state.due and late.state.offset == -stood
    assert late.state.due_by_clock == plain.state.due + stood
    assert late.state.results.keys() == plain.state.results.keys()


def test_only_the_program_lets_it_stand_and_only_in_a_drill() -> None:
    life = Life()
    life.must(OpenInstruction(**OPENED, text="排查", giver="王", recipients=TO))
    assert life.refused(StandInstruction(paused=True), SYSTEM) == "desk_not_yours"
    life = Life()
    life.must(OpenInstruction(**OPENED, text="排查", giver="王", recipients=TO, drill=True))
    assert life.refused(StandInstruction(paused=True), DUTY) == "desk_not_yours"
    life.must(StandInstruction(paused=True), SYSTEM)
    length = len(life.state.events)
    life.must(StandInstruction(paused=True), SYSTEM)
    assert len(life.state.events) == length, "what is so already is nothing"


def test_a_day_that_somebody_names_while_it_stands_is_one_by_the_clock_on_the_wall() -> None:
    life = Life()
    life.must(OpenInstruction(**OPENED, text="排查", giver="王", recipients=TO, drill=True))
    life.must(GiveInstruction())
    life.must(StandInstruction(paused=True), SYSTEM)
    life.now += timedelta(hours=2)
    wanted: datetime = life.now + timedelta(hours=3)
    life.must(ExtendInstruction(due=wanted))
    life.must(StandInstruction(paused=False), SYSTEM)
    assert life.state.due_by_clock == wanted
    life.now += timedelta(hours=1)
    assert life.refused(ExtendInstruction(due=life.now - timedelta(minutes=1))) == "instruct_due_over"
