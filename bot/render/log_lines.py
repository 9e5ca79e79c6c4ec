"""Entries of the duty log a line each: in the list of a day, beside incidents, in a page of what is open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from bot.clock import SHANGHAI
from bot.render.catalogue import LABELS
from bot.render.desk import called_so
from bot.render.log import MOST_LINE, became, day_name, mark_of, who, words_in_line
from bot.render.message import Key, Message
from bot.render.text import Text, fill, joined, struck, written
from bot.render.times import at
from bot.texts import log as t
from plans.core.notice import Press
from plans.desk.entry_state import KIND, Entry, Want


def line(entry: Entry, now: datetime, *, of_day: bool) -> Text | str:
    """Return an entry in a line of a list; ``of_day``: the list is of one day, and the hour is enough."""
    mark = mark_of(entry)
    local = entry.at.astimezone(SHANGHAI)
    waits = entry.waits_for
    state = ""
    if waits is not None:
        state = t.STATE_UNSURE.format(words=written(waits.words, 12)) if waits.words else t.STATE_OPEN
        state = t.STATE_WAITING.format(due=at(waits.at, now)) if waits.at is not None else state
    elif entry.replies:
        state = t.STATE_REPLIED
    if entry.became:
        state += t.STATE_BECAME.format(names=became(entry))
    caller = t.LINE_WHO.format(who=who(entry)) if who(entry) else ""
    what = t.DAY_HEAD.format(head=entry.head, what=words_in_line(entry)) if entry.head else _without_caller(entry)
    said = t.LINE.format(
        at=f"{local:%H:%M}" if of_day else at(entry.at, now), number=entry.number, who="" if entry.head else caller,
        what=what, state="" if mark else state,
    )  # fmt: skip
    return Text() + struck(said) + t.STATE_BECAME.format(names=mark) if mark else said


def _without_caller(entry: Entry) -> str:
    return written(entry.what, MOST_LINE) if who(entry) and entry.what else words_in_line(entry)


def beside(hand_overs: Iterable[str], checks: Iterable[str]) -> tuple[str, ...]:
    """Return what else a day's page says, a line each: who handed over to whom, and spot checks."""
    return (
        *(t.DAY_HAND_OVER.format(line=line) for line in hand_overs),
        *(t.DAY_CHECK.format(line=line) for line in checks),
    )


def listing(
    head: Text, found: Sequence[Entry], now: datetime, *, of_day: bool, keys: Sequence[Press] = (),
    beside: Sequence[str] = (),
) -> Message:  # fmt: skip
    """Return the entries of a day or of a search, a line each.

    Args:
        head: what they are of. keys: what can be done with all of them. beside: what the day's page says besides.
    """
    lines: list[Text | str] = [head]
    lines += [line(entry, now, of_day=of_day) for entry in found] or [t.NONE]
    lines += beside
    lines.append(t.LIST_HOW)
    text = joined(lines)
    rows = [tuple(Key(LABELS[item.label], item) for item in keys[at : at + 2]) for at in range(0, len(keys), 2)]
    return Message(text.plain, text.entities, tuple(rows))


def head(
    place: str, first: date, last: date, words: Sequence[str], found: Sequence[Entry], now: datetime, *, cut: bool
) -> Text:  # fmt: skip
    """Return what a list of entries is of, and how many there are."""
    said = {"place": place, "count": count_of(found, cut)}
    if words:
        return fill(t.FOUND, words=written(" ".join(words), 40), **said)
    names = [day_name(item, now) for item in (first, last)]
    return fill(t.DAY, day=names[0], **said) if first == last else fill(t.SPAN, first=names[0], last=names[1], **said)


def count_of(found: Sequence[Entry], cut: bool) -> str:
    """Return how many entries are shown, and how many of them wait."""
    if cut:
        return t.COUNT_CUT.format(count=len(found))
    waiting = sum(entry.open for entry in found)
    if not found:
        return ""
    return t.COUNT_WAITING.format(count=len(found), waiting=waiting) if waiting else t.COUNT.format(count=len(found))


def open_line(entry: Entry, want: Want, now: datetime) -> Text:
    """Return something that an entry waits for as it stands on the page of a hand-over."""
    caller = t.LINE_WHO.format(who=who(entry)) if who(entry) else ""
    what = written(want.what, 30) or _without_caller(entry)
    due = t.OPEN_UNSURE.format(words=written(want.words, 20)) if want.words else ""
    due = t.OPEN_DUE.format(due=at(want.at, now)) if want.at is not None else due
    right = t.OPEN_CORRECTS.format(called=called_so(KIND, entry.corrects_number)) if entry.corrects_number else ""
    return Text(t.OPEN_LINE.format(called=called_so(KIND, entry.number) + right, who=caller, what=what, due=due))
