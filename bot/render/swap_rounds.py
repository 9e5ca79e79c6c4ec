"""What becomes of replacements by themselves, in words: nobody takes one, nobody decides, one falls through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.render.message import Key, Message
from bot.render.swap_shifts import MOST, Change, Shift, ShiftLine, again, change_lines, deciding_keys, short_name
from bot.render.text import Text, fill
from bot.render.times import at
from bot.texts import swaps as t
from bot.texts.words import LIST


def chased(whose: str, shift: ShiftLine, now: datetime) -> Message:
    """Tell that nobody takes a shift; ``whose`` is empty for the one who asked."""
    return Message(t.CHASED.format(shift=shift.text(now), whose=short_name(whose) or t.CHASED_YOU))


def chased_undecided(request: str, changes: Sequence[Change], now: datetime) -> Message:
    """Tell who leads a shift that a replacement still waits for him."""
    return Message(t.CHASED_AGREED.format(lines=change_lines(changes, now)), (), (deciding_keys(request),))


def fallen(
    key: str, why: str, name: str, shift: ShiftLine, serves: str, now: datetime, asking: Key | None = None
) -> Message:
    """Tell that an agreement fell through.

    Args:
        key: ``serves`` to whoever serves now, ``not_you`` to whoever does not any more, else to who leads the shift.
        name: of the substitute. serves: of whoever serves now, empty where nobody does.
        asking: for whoever may ask anew.
    """
    reason = t.FALLEN[why].format(name=short_name(name) or t.ERASED)
    form = {"serves": t.FALLEN_SERVES, "not_you": t.FALLEN_NOT_YOU}.get(key, t.FALLEN_LEADER)
    text = form.format(
        why=reason,
        shift=shift.text(now),
        name=t.FALLEN_BY.format(name=short_name(serves)) if serves else t.FALLEN_NOBODY,
    )
    return Message(text, (), ((asking,),) if asking is not None else ())


def taker_over(asker: str, why: str, shift: ShiftLine, now: datetime) -> Message:
    """Tell who had said yes that it came to nothing before it was approved."""
    return Message(t.TAKER_OVER.format(asker=short_name(asker), why=t.OVER[why], shift=shift.text(now)))


def undecided(shift: ShiftLine, now: datetime) -> Message:
    """Tell the asker that nobody decided in time."""
    return Message(t.UNDECIDED.format(shift=shift.text(now)))


def request_fallen(why: str, name: str, shift: ShiftLine, row: Shift, now: datetime) -> Message:
    """Tell the asker that his request is void: the roster changed, or whoever had said yes cannot serve.

    Args:
        why: of ``t.REQUEST_FALLEN``. name: of whoever had said yes.
    """
    text = t.REQUEST_FALLEN[why].format(shift=shift.text(now), name=short_name(name))
    return Message(text, (), again(row) if why == "taker_gone" else ())


def hole(begins: datetime, names: Sequence[str], now: datetime) -> Text:
    """Return the line of a hand-over about a shift that nobody serves, or somebody whom nobody knows."""
    if not names:
        return fill(t.HOLE, time=at(begins, now))
    return fill(t.HOLE_NAMES, time=at(begins, now), names=LIST.join(map(short_name, names[:MOST])))


def open_swap(asker: str, taker: str, shift: ShiftLine, now: datetime) -> Text:
    """Return the line of a hand-over about a replacement that is not settled."""
    if not taker:
        return fill(t.OPEN_ASKED, asker=short_name(asker), shift=shift.text(now))
    return fill(t.OPEN_AGREED, asker=short_name(asker), taker=short_name(taker), shift=shift.text(now))
