"""What an answer of Telegram means, and how much may be sent when."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.delivery import (
    MINUTE,
    PAUSES,
    SECOND,
    Ambiguous,
    Budget,
    Dead,
    Later,
    Meter,
    Moved,
    Plain,
    Sent,
    counts,
    sort,
)

START = datetime(2026, 3, 1, 19, 6, tzinfo=UTC)


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


SORTED = [
    (RetryAfter(timedelta(seconds=7)), Later(after=timedelta(seconds=7), error="", hold=True)),
    (ChatMigrated(-100500), Moved(chat_id=-100500)),
    (Forbidden("Forbidden: bot was blocked by the user"), Dead(error="", blocked=True)),
    (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Dead(error="", blocked=True)),
    (BadRequest("Chat not found"), Dead(error="", blocked=True)),
    (BadRequest("Not enough rights: have no rights to send a message"), Dead(error="", blocked=True)),
    (BadRequest("Message is not modified: specified new message content…"), Sent()),
    (BadRequest("Message to edit not found"), Dead(error="", gone=True)),
    (BadRequest("Message can't be edited"), Dead(error="", gone=True)),
    (BadRequest("Can't parse entities: unsupported start tag"), Plain(error="")),
    (BadRequest("Bad request: entity beginning at 9 is out of text"), Plain(error="")),
    (BadRequest("Message is too long"), Dead(error="")),
    (BadRequest("Not enough rights to manage pinned messages in the chat"), Dead(error="")),
    (InvalidToken("Unauthorized"), Later(after=MINUTE, error="", hold=True, everywhere=True)),
    (NetworkError("Bad Gateway"), Later(after=PAUSES[0], error="")),
    (caused(NetworkError("httpx.ConnectError"), httpx.ConnectError("refused")), Later(after=PAUSES[0], error="")),
    (caused(TimedOut("Timed out"), httpx.ConnectTimeout("")), Later(after=PAUSES[0], error="")),
    (caused(TimedOut("Pool timeout"), httpx.PoolTimeout("")), Later(after=PAUSES[0], error="")),
    (caused(TimedOut("Timed out"), httpx.ReadTimeout("")), Ambiguous(error="")),
    (caused(NetworkError("httpx.RemoteProtocolError"), httpx.RemoteProtocolError("cut")), Ambiguous(error="")),
    (caused(NetworkError("httpx.WriteError"), httpx.WriteError("cut")), Ambiguous(error="")),
    (Conflict("terminated by other getUpdates request"), Later(after=PAUSES[0], error="")),
    (EndPointNotFound("Endpoint 'sendMesage' not found"), Later(after=PAUSES[0], error="")),
]


@pytest.mark.parametrize(("error", "expected"), SORTED, ids=[str(error)[:40] for error, _ in SORTED])
def test_every_error_has_one_meaning(error, expected):
    found = sort(error, 1)
    assert type(found) is type(expected)
    for name in ("after", "hold", "everywhere", "blocked", "gone", "chat_id"):
        assert getattr(found, name, None) == getattr(expected, name, None)
    assert getattr(found, "error", "said") != ""


def test_pauses_grow_and_then_stay_and_what_is_unknown_is_given_up():
    spans = [sort(NetworkError("Bad Gateway"), attempt).after for attempt in range(1, 10)]
    assert spans == [*PAUSES, *[PAUSES[-1]] * 3]
    assert isinstance(sort(Conflict("twice"), len(PAUSES)), Dead)


@pytest.mark.parametrize(
    ("method", "counted"),
    [
        ("sendMessage", True), ("sendPhoto", True), ("editMessageText", True), ("editMessageReplyMarkup", True),
        ("copyMessage", True), ("pinChatMessage", False), ("unpinChatMessage", False), ("answerCallbackQuery", False),
        ("getChatMember", False), ("deleteMessage", False),
    ],
)  # fmt: skip
def test_sends_and_edits_count_alike(method, counted):
    assert counts(method) is counted


class Bucket:
    """Telegram's side, as plainly as it can be written."""

    def __init__(self) -> None:
        self.sent: list[tuple[datetime, str]] = []

    def allows(self, place: str, group: bool, now: datetime, budget: Budget) -> bool:
        here = [at for at, where in self.sent if where == place]
        return (
            sum(at > now - SECOND for at, _ in self.sent) < budget.overall
            and not any(at > now - budget.chat_gap for at in here)
            and not (group and sum(at > now - MINUTE for at in here) >= budget.group)
        )


STEPS = st.lists(
    st.tuples(st.integers(0, 3000), st.sampled_from(["g1", "g2", "p1", "p2", "p3", "p4"])), min_size=1, max_size=150
)
BUDGETS = st.builds(Budget, overall=st.integers(1, 6), group=st.integers(1, 8))


@given(STEPS, BUDGETS)
def test_the_meter_lets_through_exactly_what_the_limits_allow(steps, budget):
    meter, bucket, now = Meter(budget), Bucket(), START
    for pause, place in steps:
        now += timedelta(milliseconds=pause)
        group = place.startswith("g")
        allowed = meter.room(now) > 0 and place not in meter.blocked(now)
        assert allowed == bucket.allows(place, group, now, budget)
        if allowed:
            meter.count(place, group, now)
            bucket.sent.append((now, place))


@given(STEPS, BUDGETS)
def test_who_waits_as_long_as_he_is_told_is_let_through(steps, budget):
    meter, now = Meter(budget), START
    for pause, place in steps:
        now += timedelta(milliseconds=pause)
        for _ in range(4):
            until = max(
                (at for at in (meter.blocked(now).get(place), meter.next_room(now)) if at is not None), default=now
            )
            assert until - now <= MINUTE
            now = until
        assert meter.room(now) > 0 and place not in meter.blocked(now)
        meter.count(place, place.startswith("g"), now)


def test_a_place_that_was_quiet_is_forgotten():
    meter = Meter(Budget())
    for number in range(50):
        meter.count(f"p{number}", False, START)
    assert len(meter.blocked(START)) == 50
    assert meter.blocked(START + timedelta(minutes=2)) == {}
    assert not meter._last
