"""Telegram's limits are kept whatever is asked, and nobody waits longer than they demand."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery import MINUTE, SECOND, Budget, Meter, counts
from bot.playground import ApiError, Limits
from bot.playground.limits import spend
from tests.bot.rig import AT

PLACES = {**{f"group{n}": True for n in range(3)}, **{f"person{n}": False for n in range(40)}}

NAMES = list(PLACES)
Wishes = list[tuple[int, int, int]]

# Milliseconds after the turn before, and whom one would like to write to then: so many places from this one on.
WISHES = st.lists(
    st.tuples(
        st.one_of(st.sampled_from([0, 1, 999, 1000, 1001]), st.integers(0, 1200), st.integers(0, 20_000)),
        st.integers(0, len(NAMES) - 1),
        st.integers(0, len(NAMES)),
    ),
    max_size=60,
)


def play(meter: Meter, wishes: Wishes) -> list[tuple[datetime, str]]:
    """Write to whom the meter allows, as the sender does: each place once in a turn."""
    now, sent = AT, []
    for pause, first, count in wishes:
        now += timedelta(milliseconds=pause)
        blocked, room = meter.blocked(now), meter.room(now)
        wanted = [name for name in (NAMES + NAMES)[first : first + count] if name not in blocked]
        for place in wanted[: max(room, 0)]:
            meter.count(place, PLACES[place], now)
            sent.append((now, place))
    return sent


def most_within(times: list[datetime], span: timedelta) -> int:
    """Return how many fell into the fullest span, its end excluded; the times ascend."""
    return max((bisect_left(times, begin + span) - number for number, begin in enumerate(times)), default=0)


@given(WISHES)
def test_never_more_than_telegram_allows(wishes: Wishes) -> None:
    sent = play(Meter(), wishes)
    by_place: dict[str, list[datetime]] = defaultdict(list)
    for at, place in sent:
        by_place[place].append(at)
    assert most_within([at for at, _ in sent], SECOND) <= 30
    for place, times in by_place.items():
        assert most_within(times, SECOND) <= 1
        if PLACES[place]:
            assert most_within(times, MINUTE) <= 20


@given(WISHES)
def test_a_server_that_counts_refuses_nothing(wishes: Wishes) -> None:
    counted: list[tuple[datetime, str, bool]] = []
    for at, place in play(Meter(), wishes):
        spend(counted, Limits(), at, "bot", place, PLACES[place])


def test_the_server_that_counts_does_refuse() -> None:
    counted: list[tuple[datetime, str, bool]] = []
    spend(counted, Limits(), AT, "bot", "person1", group=False)
    try:
        spend(counted, Limits(), AT + SECOND - timedelta(milliseconds=1), "bot", "person1", group=False)
    except ApiError as error:
        assert error.status == 429
    else:
        raise AssertionError("two in a second")


@given(WISHES)
def test_whoever_waits_is_told_a_moment_at_which_he_may(wishes: Wishes) -> None:
    meter = Meter()
    sent = play(meter, wishes)
    now = sent[-1][0] if sent else AT
    following = meter.next_room(now)
    assert (following is None) == (meter.room(now) > 0)
    waits = meter.blocked(now)
    for until in sorted(set(waits.values())):  # a meter forgets as time goes on
        assert now < until <= now + MINUTE
        those = {place for place, moment in waits.items() if moment == until}
        assert those <= meter.blocked(until - timedelta(microseconds=1)).keys()
        assert not those & meter.blocked(until).keys()
    if following is not None:
        assert now < following <= now + SECOND
        assert meter.room(following) > 0


@given(WISHES, st.integers(-7200, -1))
def test_a_clock_that_is_set_back_stops_nobody(wishes: Wishes, back: int) -> None:
    meter = Meter()
    sent = play(meter, wishes)
    now = (sent[-1][0] if sent else AT) + timedelta(seconds=back)
    assert 0 <= meter.room(now) <= 30
    assert all(until <= now + MINUTE for until in meter.blocked(now).values())
    assert meter.room(now + SECOND) == 30
    assert not meter.blocked(now + MINUTE)


def test_a_steady_flow_uses_all_of_a_groups_minute() -> None:
    meter, now, sent = Meter(), AT, []
    while now < AT + timedelta(minutes=5):
        until = meter.blocked(now).get("group0")
        if until is not None:
            now = until
            continue
        meter.count("group0", True, now)
        sent.append(now)
    assert len(sent) == 100
    assert most_within(sent, MINUTE) == 20


@settings(max_examples=30)
@given(
    st.builds(
        Budget,
        overall=st.integers(1, 1000),
        chat_gap=st.integers(1, 3000).map(lambda value: timedelta(milliseconds=value)),
        group=st.integers(1, 60),
    ),
    WISHES,
)
def test_another_budget_is_kept_too(budget: Budget, wishes: Wishes) -> None:
    sent = play(Meter(budget), wishes)
    assert most_within([at for at, _ in sent], SECOND) <= budget.overall
    for place in {place for _, place in sent}:
        times = [at for at, other in sent if other == place]
        assert most_within(times, budget.chat_gap) <= 1
        assert not PLACES[place] or most_within(times, MINUTE) <= budget.group


def test_what_is_forgotten_takes_no_memory() -> None:
    meter = Meter()
    for number in range(1000):
        at = AT + SECOND * number
        meter.blocked(at)
        meter.count(f"person{number}", False, at)
    meter.blocked(AT + SECOND * 2000)
    assert not meter._last


def test_sends_and_edits_count_and_the_rest_does_not() -> None:
    assert all(counts(name) for name in ("sendMessage", "editMessageText", "editMessageReplyMarkup", "copyMessage"))
    assert not any(counts(name) for name in ("pinChatMessage", "unpinChatMessage", "answerCallbackQuery", "getMe"))
