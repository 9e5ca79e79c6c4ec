import asyncio
from datetime import timedelta

import pytest

from bot.pulse import DYING, TURN, Pulse
from storage.errors import LostClaim

MINUTE = timedelta(minutes=1)


@pytest.fixture
def pulse(monotonic):
    return Pulse(monotonic)


def test_a_loop_that_must_come_round_is_silent_when_it_does_not(pulse, monotonic):
    with pulse.expected("poller", MINUTE):
        monotonic.seconds += 60
        assert pulse.late() == {}
        monotonic.seconds += 1
        assert pulse.late() == {"poller": timedelta(seconds=61)}
        pulse.beat("poller")
        assert pulse.late() == {} and pulse.ages() == {"poller": timedelta()}
    monotonic.seconds += 1000
    assert pulse.late() == pulse.ages() == {}


def test_a_loop_that_has_nothing_to_do_is_well_and_one_that_does_not_end_its_turn_is_not(pulse, monotonic):
    with pulse.expected("sender"):
        monotonic.seconds += 10_000
        assert pulse.late() == {}
        with pulse.turn("sender"):
            monotonic.seconds += TURN.total_seconds()
            assert pulse.late() == {}
            monotonic.seconds += 1
            assert pulse.late() == {"sender": TURN + timedelta(seconds=1)}
        assert pulse.late() == {} and pulse.ages()["sender"] == timedelta()


def test_a_turn_that_fails_is_no_beat(pulse, monotonic):
    with pulse.expected("scheduler", MINUTE):
        monotonic.seconds += 61
        with pytest.raises(ValueError), pulse.turn("scheduler"):
            raise ValueError
        assert "scheduler" in pulse.late()
        with pulse.turn("scheduler"):
            pass
        assert not pulse.late()


def test_what_nobody_expects_is_ignored(pulse):
    pulse.beat("sender")
    with pulse.turn("sender"):
        pass
    assert pulse.ages() == {}


def test_a_loop_that_dies_again_and_again_is_dying_until_it_comes_round(pulse, monotonic):
    def dies():
        with pytest.raises(OSError), pulse.expected("api"), pulse.turn("api"):
            raise OSError

    dies()
    monotonic.seconds += DYING.total_seconds()
    assert pulse.late() == {}, "once is a slip: it is begun anew in a second"
    monotonic.seconds += 20
    dies()
    assert pulse.late() == {"api": DYING + timedelta(seconds=20)}, "since it died first"
    with pulse.expected("api"):
        assert "api" in pulse.late(), "begun anew is not come round"
        with pulse.turn("api"):
            pass
        assert pulse.late() == {}
        monotonic.seconds += 1000
        assert pulse.late() == {}


@pytest.mark.parametrize("end", [LostClaim("send", "another"), asyncio.CancelledError()])
def test_who_hands_over_or_is_stopped_is_not_dead(pulse, monotonic, end):
    with pytest.raises(type(end)), pulse.expected("sender"):
        raise end
    monotonic.seconds += 1000
    assert pulse.late() == {}


def test_a_loop_says_how_long_its_turn_may_take(pulse, monotonic):
    with pulse.expected("files", longest=10 * TURN), pulse.turn("files"):
        monotonic.seconds += 10 * TURN.total_seconds()
        assert pulse.late() == {}
        monotonic.seconds += 1
        assert "files" in pulse.late()
