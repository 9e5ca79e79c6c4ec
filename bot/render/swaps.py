"""替班、换班 in words: asking, saying yes, deciding, what was settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.render.labels import press
from bot.render.message import Key, Message
from bot.render.swap_shifts import (
    Change,
    Seat,
    Shift,
    ShiftLine,
    again,
    change_lines,
    deciding_keys,
    reason_line,
    short_name,
)
from bot.render.times import at
from bot.texts import swaps as t
from bot.texts.words import LIST


def question(
    request: str, asker: str, shift: ShiftLine, reason: str, approval: bool, clash: Sequence[ShiftLine], now: datetime
) -> Message:
    """Ask a colleague for a replacement; who is first has it."""
    text = t.ASK.format(
        asker=short_name(asker), shift=shift.text(now), reason=reason_line(reason),
        approval=t.APPROVAL if approval else "", clash=_clash(clash, now),
    )  # fmt: skip
    return Message(text, (), ((Key(t.TAKE, press("swap_take", "", "swap", id=request)),),))


def exchange_question(
    request: str, asker: str, his: ShiftLine, yours: ShiftLine, reason: str, approval: bool, now: datetime
) -> Message:
    """Ask a colleague to exchange two shifts.

    Args:
        his: what he serves now, and the asker would. yours: what the asker serves now, and he would.
    """
    text = t.ASK_EXCHANGE.format(
        asker=short_name(asker), his=yours.text(now), yours=his.text(now), reason=reason_line(reason),
        approval=t.APPROVAL if approval else "",
    ).rstrip()  # fmt: skip
    keys = (
        Key(t.EXCHANGE_YES, press("swap_take", "", "swap", id=request)),
        Key(t.EXCHANGE_NO, press("swap_withdraw", "", "swap", id=request)),
    )
    return Message(text, (), (keys,))


def leader_asked(asker: str, shift: ShiftLine, reason: str, count: int, now: datetime) -> Message:
    """Tell who leads a shift that somebody asks for a replacement on it."""
    form = t.LEADER_ASKED if count else t.LEADER_NOBODY
    return Message(form.format(asker=short_name(asker), shift=shift.text(now), reason=reason_line(reason), count=count))


def leader_withdrawn(asker: str, shift: ShiftLine, now: datetime) -> Message:
    """Tell who leads a shift that nobody is asked for any more."""
    return Message(t.LEADER_WITHDRAWN.format(asker=short_name(asker), shift=shift.text(now)))


def leader_decides(request: str, changes: Sequence[Change], reason: str, now: datetime) -> Message:
    """Ask who leads a shift to approve a replacement."""
    text = t.LEADER_DECIDES.format(lines=change_lines(changes, now), reason=reason_line(reason)).rstrip()
    return Message(text, (), (deciding_keys(request),))


def leader_told(changes: Sequence[Change], reason: str, now: datetime) -> Message:
    """Tell who leads a shift who serves it now."""
    return Message(t.LEADER_TOLD.format(lines=change_lines(changes, now), reason=reason_line(reason)))


def asked(values: Mapping[str, Any], now: datetime) -> Message:
    """Tell the asker what was done with his request."""
    shift: ShiftLine = values["shift"]
    other: ShiftLine | None = values["other"]
    morning = t.MORNING.format(time=at(values["morning"], now)) if values["morning"] is not None else ""
    withdraw = ((Key(t.WITHDRAW, press("swap_withdraw", "", "swap", id=values["request"])),),)
    if not values["count"]:
        names = LIST.join(short_name(name) for name in values["leaders"])
        leaders = t.LEADERS_TOLD.format(names=names) if names else t.LEADERS_NONE
        return Message(t.ASKED_NOBODY.format(leaders=leaders, shift=shift.text(now)))
    if other is not None:
        name = short_name(values["name"])
        text = t.ASKED_EXCHANGE.format(name=name, his=other.text(now), yours=shift.text(now), morning=morning)
        return Message(text, (), withdraw)
    return Message(t.ASKED.format(count=values["count"], shift=shift.text(now), morning=morning), (), withdraw)


def taken_asker(name: str, shift: ShiftLine, now: datetime) -> Message:
    """Tell the asker who serves his shift."""
    return Message(t.TAKEN_ASKER.format(name=short_name(name), shift=shift.text(now)))


def taken_substitute(
    asker: str, shift: ShiftLine, clash: Sequence[ShiftLine], request: str, seat: Seat | None, now: datetime
) -> Message:
    """Tell the substitute what he serves from now on; within a minute he may say that he pressed by mistake."""
    text = t.TAKEN_SUBSTITUTE.format(asker=short_name(asker), shift=shift.text(now), clash=_clash(clash, now))
    return _substitute(text, request, seat)


def exchanged(name: str, yours: ShiftLine, his: ShiftLine, now: datetime, request: str, seat: Seat | None) -> Message:
    """Tell one of two who have exchanged their shifts.

    Args:
        request: what he may take back for a minute; empty for the one who asked.
    """
    text = t.EXCHANGED.format(yours=yours.text(now), name=short_name(name), his=his.text(now))
    return _substitute(text, request, seat) if request else Message(text)


def _substitute(text: str, request: str, seat: Seat | None) -> Message:
    mistaken = Key(t.MISTAKEN, press("swap_give_back", "", "swap", id=request))
    if seat is None:
        return Message(text, (), ((mistaken,),))
    return Message(f"{text}\n{t.TAKEN_NOW}", (), ((seat.key, mistaken),))


def agreed_asker(name: str, leaders: Sequence[str], shift: ShiftLine, now: datetime) -> Message:
    """Tell the asker that somebody would, once it is approved."""
    return Message(t.AGREED_ASKER.format(name=short_name(name), leaders=_leaders(leaders), shift=shift.text(now)))


def agreed_substitute(asker: str, leaders: Sequence[str], shift: ShiftLine, now: datetime) -> Message:
    """Tell the substitute that it waits for approval."""
    text = t.AGREED_SUBSTITUTE.format(asker=short_name(asker), leaders=_leaders(leaders), shift=shift.text(now))
    return Message(text)


def refused_asker(leader: str, shift: ShiftLine, row: Shift, now: datetime) -> Message:
    """Tell the asker that it was not approved."""
    return Message(t.REFUSED_ASKER.format(leader=short_name(leader), shift=shift.text(now)), (), again(row))


def refused_substitute(leader: str, shift: ShiftLine, now: datetime) -> Message:
    """Tell the substitute that it was not approved."""
    return Message(t.REFUSED_SUBSTITUTE.format(leader=short_name(leader), shift=shift.text(now)))


def partner_refused(name: str, shift: ShiftLine, row: Shift, now: datetime) -> Message:
    """Tell the asker that the colleague does not exchange shifts."""
    return Message(t.PARTNER_REFUSED.format(name=short_name(name), shift=shift.text(now)), (), again(row))


def stamp(state: str, values: Mapping[str, str]) -> str:
    """Return what heads the messages about a request that is settled."""
    return t.STAMPS[state].format(**{key: short_name(value) for key, value in values.items()})


def result_text(key: str, values: Mapping[str, object]) -> str:
    """Return the pop-up of what an act came to."""
    return t.TEXTS[key].format(**{name: short_name(str(value)) for name, value in values.items()})


def _leaders(names: Sequence[str]) -> str:
    return LIST.join(map(short_name, names)) or t.AGREED_NOBODY


def _clash(shifts: Sequence[ShiftLine], now: datetime) -> str:
    return "\n" + t.CLASH.format(shifts=LIST.join(item.text(now) for item in shifts)) if shifts else ""
