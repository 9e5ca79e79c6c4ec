"""When a bearer is reminded: one message a week, a word before an end, the daily duty that was not ticked by four."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from plans.acting import carries_out
from plans.calendar import OfficeCalendar
from plans.core.command import ClockCommand
from plans.core.event import Event, Recorded
from plans.core.keys import Key
from plans.core.kind import AHEAD, WakePoint
from plans.core.notice import Notice, NoticeType, Press, declare
from plans.core.outcome import Refusal
from plans.core.policy import MORNING, Policy
from plans.core.registry import applies, decides, tells
from plans.duty.book import BookTurned, bearers_audience, heads_audience
from plans.duty.case import Case, NoticeContext
from plans.duty.instances import as_data, begin_periods
from plans.duty.settling import duty_key
from plans.duty.state import DutyBook, Instance
from plans.times import BEIJING

ASKED_DAILY = time(16, 0)
"""In Beijing: a daily duty that is not ticked by then is asked for, once (a rule of the program)."""

BEFORE_END = time(15, 0)
"""On the last workday before the end, what is not done is reminded of once."""

MOST_LISTED = 8
"""Duties with a button in one message."""

BOOK = Key("book")
"""The book, for a button that finds its own period."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class BookWake(ClockCommand):
    """Begin periods, send the week's message, remind of what ends, ask for the daily one, turn the year."""


# --- events


@dataclass(frozen=True, kw_only=True, slots=True)
class DigestSent(Event, name="duty-digest-sent"):
    """The week's message: what is due in it, what is overdue; nothing is said where nothing is.

    Attributes:
        due, overdue: keys of instances. daily: duties that are ticked day by day.
        head: what is overdue for more than a week is told to the head too.
    """

    due: tuple[str, ...] = ()
    overdue: tuple[str, ...] = ()
    daily: tuple[str, ...] = ()
    head: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class EndReminded(Event, name="duty-end-reminded"):
    """What ends soon and is not done was reminded of."""

    keys: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DailyAsked(Event, name="duty-daily-asked"):
    """A daily duty was not ticked by the afternoon."""

    keys: tuple[str, ...]


# --- when


def digest_day(day: date, policy: Policy) -> date:
    """Return the first workday of a day's week: the day of the weekly message."""
    monday = day - timedelta(days=day.weekday())
    ahead = (monday + number * _DAY for number in range(7))
    return next((item for item in ahead if policy.calendar.day(item).work), monday)


def next_digest(book: DutyBook, policy: Policy, now: datetime) -> datetime:
    """Return the moment of the next weekly message, never a second one of the same week."""
    since = book.digest_at if book.digest_at is not None and book.digest_at >= now else None
    day = (since or now).astimezone(BEIJING).date()
    candidate = _at(digest_day(day, policy), MORNING)
    if since is None and candidate >= now:
        return candidate
    return _at(digest_day(day + 7 * _DAY, policy), MORNING)


def kept_since(book: DutyBook) -> datetime:
    """Return since when a book has been kept without a break, with the year before's that it goes on with."""
    return book.reopened_at or book.since or book.events[0].at


def daily_at(book: DutyBook, policy: Policy) -> datetime | None:
    """Return when a daily duty that is not ticked is asked for next; not for what was over before the book was kept."""
    kept = kept_since(book)
    first = kept.astimezone(BEIJING).date()
    if book.daily_at is not None:
        first = max(first, book.daily_at.astimezone(BEIJING).date() + _DAY)
    days = (item.first for item in book.unsettled() if item.first == item.last and item.first >= first)
    return min((moment for day in days if (moment := _at(day, ASKED_DAILY)) >= kept), default=None)


def end_at(book: DutyBook, instance: Instance, policy: Policy) -> datetime | None:
    """Return when somebody is reminded of an end: on the last workday before it.

    None for what is ticked daily, and where that moment was over before the book was kept.
    """
    if instance.first == instance.last or instance.reminded_at is not None or instance.returned_at is not None:
        return None
    moment = _before(instance.due, policy.calendar)
    return moment if moment >= kept_since(book) else None


@lru_cache(maxsize=1024)
def _before(due: datetime, calendar: OfficeCalendar) -> datetime:
    last = (due - timedelta(seconds=1)).astimezone(BEIJING).date()
    back = (last - number * _DAY for number in range(15))
    return _at(next((item for item in back if calendar.day(item).work), last), BEFORE_END)


def turn_at(book: DutyBook) -> datetime:
    """Return when the book goes over to the next year's: in its first morning."""
    return _at(date(book.year + 1, 1, 1), MORNING)


def wakes(book: DutyBook, policy: Policy) -> Sequence[WakePoint]:
    """Return the next moment of everything that waits: a handful, however many duties there are."""
    if not book.open or book.begun_until is None:
        return []
    points = [
        WakePoint("week", next_digest(book, policy, kept_since(book)), "duty", AHEAD),
        WakePoint("turn", turn_at(book), "duty"),
    ]
    if (at := daily_at(book, policy)) is not None:
        points.append(WakePoint("daily", at, "duty", AHEAD))
    ends = [moment for item in book.unsettled() if (moment := end_at(book, item, policy)) is not None]
    if ends:
        points.append(WakePoint("end", min(ends), "duty", AHEAD))
    return points


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=BEIJING)


# --- what may happen


@carries_out("clock", "duty", "Duty.every")
@decides(BookWake)
def wake(case: Case, command: BookWake) -> Refusal | None:
    """Do what has fallen due, each thing once however many moments were missed."""
    book, now, policy = case.book, case.now, case.policy
    soon = now + AHEAD if command.ahead and turn_at(book) > now + AHEAD else now
    if not book.open:
        return None
    if turn_at(book) <= now:
        case.record(BookTurned(carried=tuple(as_data(item) for item in book.waiting())))
        return None
    if next_digest(book, policy, kept_since(book)) <= soon:
        begin_periods(case)
        case.record(_digest(case))
    near = [item for item in case.book.waiting() if (at := end_at(book, item, policy)) is not None and at <= soon]
    if near:
        ahead, passed = [item for item in near if item.due > now], [item for item in near if item.due <= now]
        case.record(EndReminded(keys=tuple(item.key for item in (*ahead, *passed))))
    at = daily_at(case.book, policy)
    if at is not None and at <= soon:
        today = now.astimezone(BEIJING).date()
        days = [item for item in case.book.waiting() if item.first == item.last and item.first <= today]
        case.record(DailyAsked(keys=tuple(item.key for item in days if item.first == today)))
    return None


def _digest(case: Case) -> DigestSent:
    now, book = case.now, case.book
    waiting = tuple(book.waiting())
    single = [item for item in waiting if item.first != item.last]
    today = now.astimezone(BEIJING).date()
    started = [item for item in single if item.first <= today]
    overdue = [item for item in single if item.due <= now]
    week_ends = _at(digest_day(today + 7 * _DAY, case.policy), MORNING)
    due = [item for item in started if now < item.due <= week_ends]
    daily = sorted({item.duty for item in waiting if item.first == item.last})
    head = [item.key for item in overdue if item.due <= now - 7 * _DAY]
    return DigestSent(
        due=tuple(item.key for item in due), overdue=tuple(item.key for item in overdue), daily=tuple(daily),
        head=tuple(head),
    )  # fmt: skip


# --- what it does to the book


@applies(DigestSent)
def _on_digest(book: DutyBook, event: DigestSent, item: Recorded) -> None:
    book.digest_at = item.at


@applies(EndReminded)
def _on_end(book: DutyBook, event: EndReminded, item: Recorded) -> None:
    for key in event.keys:
        instance = book.of(key)
        if instance is not None:
            book.instances[instance.duty, instance.period] = replace(instance, reminded_at=item.at)


@applies(DailyAsked)
def _on_daily(book: DutyBook, event: DailyAsked, item: Recorded) -> None:
    book.daily_at = item.at


# --- who is told


declare(
    NoticeType("duty_digest", joins_as="due"),
    NoticeType(
        "duty_head", repeats="duty_digest", joins_as="due"
    ),  # a head who bears the duties himself reads them once
    NoticeType("duty_end", joins_as="due"),
    NoticeType("duty_daily", joins_as="due"),
)


@tells(DigestSent)
def _tell_digest(event: DigestSent, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    """One message for the bearer; nothing where nothing is due, overdue or ticked daily."""
    book = context.after
    if event.due or event.overdue or event.daily:
        yield Notice(
            kind="duty", key="duty_digest", to=bearers_audience(book), priority=3, ring=bool(event.overdue), guard=BOOK,
            params={"due": event.due, "overdue": event.overdue, "daily": event.daily},
            buttons=(
                *_buttons((*event.overdue, *event.due)),
                *(Press(action="duty_today", label="duty_today", object=BOOK, args={"duty": name})
                  for name in event.daily[:MOST_LISTED]),
            ),
        )  # fmt: skip
    to = heads_audience(book)
    if event.head and to is not None:
        yield Notice(kind="duty", key="duty_head", to=to, priority=3, guard=BOOK, params={"overdue": event.head})


@tells(EndReminded)
def _tell_end(event: EndReminded, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    ahead = tuple(key for key in event.keys if (found := context.after.of(key)) is not None and found.due > item.at)
    if ahead:
        yield Notice(
            kind="duty", key="duty_end", to=bearers_audience(context.after), priority=3, ring=True,
            params={"due": ahead}, buttons=_buttons(ahead),
        )  # fmt: skip


@tells(DailyAsked)
def _tell_daily(event: DailyAsked, item: Recorded, context: NoticeContext) -> Iterator[Notice]:
    if event.keys:
        yield Notice(
            kind="duty", key="duty_daily", to=bearers_audience(context.after), priority=3, ring=True,
            params={"due": event.keys}, buttons=_buttons(event.keys),
        )  # fmt: skip


def _buttons(items: Sequence[str]) -> tuple[Press, ...]:
    """Return for each line its two answers, side by side."""
    return tuple(
        Press(action=answer, label=answer, object=duty_key(key), args={"key": key, "number": number})
        for number, key in enumerate(items[:MOST_LISTED], 1)
        for answer in ("duty_done", "duty_not_applicable")
    )
