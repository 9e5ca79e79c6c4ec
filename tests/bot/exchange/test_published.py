"""A calendar by link: valid, the same bytes for the same things, read back by our own import to the same turns."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import SHANGHAI
from bot.exchange.calendars import turns_of
from bot.exchange.published import Due, Shift, calendar
from plans.roster import Turn
from plans.roster.duty import KINDS

NOW = datetime(2026, 3, 2, 2, 20, tzinfo=UTC)
STAMP = datetime(2026, 1, 1, tzinfo=UTC)
NAMES = st.sampled_from(["赵值班", "钱主任", "孙某某", "欧阳小明", "李一"])
BEGINS = st.integers(0, 400 * 24 * 4).map(lambda quarter: NOW.astimezone(SHANGHAI) + timedelta(minutes=15 * quarter))
TURNS = st.builds(
    lambda begins, hours, kind, name: Turn(begins, begins + timedelta(hours=hours), kind, name),
    BEGINS, st.integers(1, 48), st.sampled_from(sorted(KINDS)), NAMES,
)  # fmt: skip


def shift(turn: Turn, number: int = 0) -> Shift:
    return Shift(
        uid=f"s{number}", begins=turn.begins, ends=turn.ends, title=f"{turn.kind} {turn.name}", note="校园 值班"
    )  # fmt: skip


def due(day: date) -> Due:
    return Due(uid=f"d{day}", day=day, title="职责：开展一次隐患排查，报结果", note="校园 实验小学，截止这一天")


@given(st.lists(TURNS, max_size=12, unique=True), st.lists(st.dates(date(2026, 1, 1), date(2027, 1, 1)), max_size=3))
def test_it_is_read_back_to_the_same_turns(turns: list[Turn], days: list[date]) -> None:
    shifts = [shift(turn, number) for number, turn in enumerate(turns)]
    made = calendar("我的值班", shifts, map(due, dict.fromkeys(days)), STAMP)
    assert made == calendar("我的值班", shifts, map(due, dict.fromkeys(days)), STAMP)
    if not turns and not days:
        return
    found = turns_of(made, NOW)
    key = lambda turn: (turn.begins, turn.kind, turn.name, turn.ends)  # noqa: E731
    assert sorted(found.turns, key=key) == sorted(turns, key=key)
    assert not found.problems and len(found.unread) == bool(days)


def test_it_is_valid_and_says_its_zone() -> None:
    turn = Turn(datetime(2026, 3, 1, 8, tzinfo=SHANGHAI), datetime(2026, 3, 2, 8, tzinfo=SHANGHAI), "主班", "赵值班")
    made = calendar("校园 值班表", [shift(turn)], [due(date(2026, 3, 31))], STAMP)
    read: Any = icalendar.Calendar.from_ical(made)
    assert not read.errors and read["METHOD"] == "PUBLISH" and read["VERSION"] == "2.0"
    [zone] = read.walk("VTIMEZONE")
    assert zone["TZID"] == "Asia/Shanghai" and b"TZOFFSETTO:+0800" in made and made.count(b"TZOFFSETTO") == 1
    event, day = read.walk("VEVENT")
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai" and event["DTSTART"].dt == turn.begins
    assert event["DTSTAMP"].dt == STAMP and day["DTSTART"].dt == date(2026, 3, 31)
    assert all(len(line) <= 75 for line in made.split(b"\r\n")) and b"\n" not in made.replace(b"\r\n", b"")


def test_an_empty_one_is_a_calendar_too() -> None:
    assert not icalendar.Calendar.from_ical(calendar("我的值班", (), (), STAMP)).errors
