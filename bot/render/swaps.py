"""替班、换班 in words: asking, saying yes, deciding, what was settled, what fell through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.render.labels import press
from bot.render.message import Key, Message
from bot.render.text import Text, fill, written
from bot.render.times import at
from bot.texts import swaps as t
from bot.texts.roster import TAKE as TAKE_SEAT
from bot.texts.words import LIST
from plans.model import Plan
from plans.roster import Turn

MOST = 8
"""Shifts in a list with buttons."""


class Shift(Protocol):
    """A shift as the roster has it."""

    @property
    def plan_id(self) -> str: ...  # noqa: D102
    @property
    def begins(self) -> datetime: ...  # noqa: D102
    @property
    def ends(self) -> datetime: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def office(self) -> str: ...  # noqa: D102


Change = tuple["ShiftLine", str, str]
"""A shift, who served it and who will."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ShiftLine:
    """A shift as it is named: 12月1日20:00–12月2日08:00 主班（预案）."""

    begins: datetime
    ends: datetime
    kind: str
    plan: str = ""

    @classmethod
    def of_row(cls, row: Shift, plan: Plan) -> ShiftLine:
        """Return the shift of a request or of an override."""
        return cls(begins=row.begins, ends=row.ends, kind=row.kind, plan=plan.title)

    @classmethod
    def of_turn(cls, turn: Turn, plan: str = "") -> ShiftLine:
        """Return a turn, with its plan where that is not plain."""
        return cls(begins=turn.begins, ends=turn.ends, kind=turn.kind, plan=plan)

    def text(self, now: datetime) -> str:
        """Return it in words."""
        form = t.SHIFT_OF if self.plan else t.SHIFT
        ends = at(self.ends, self.begins)
        return form.format(begins=at(self.begins, now), ends=ends, kind=self.kind, plan=self.plan)


@dataclass(frozen=True, kw_only=True, slots=True)
class Seat:
    """A duty seat that is offered with a shift that runs already.

    Attributes:
        plan: whose. seen: who sits there, and since when. until: when the shift ends.
    """

    plan: str
    seen: str
    until: datetime

    @property
    def key(self) -> Key:
        """「我接班」."""
        args = {"plan": self.plan, "seen": self.seen, "until": self.until.isoformat()}
        return Key(TAKE_SEAT, press("take_seat", "", "seat", **args))


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnShift:
    """A shift of one's own in a list.

    Attributes:
        written: what it is known by on the roster, for its buttons. state: of the request for it, ``instead`` where it
            is served for another, else empty. name: of whoever said yes, or whose it is by the roster.
        request: the id of the request that waits, empty where none does.
    """

    line: ShiftLine
    plan_id: str
    written: Turn
    state: str = ""
    name: str = ""
    request: str = ""


def question(
    request: str, asker: str, shift: ShiftLine, reason: str, approval: bool, clash: Sequence[ShiftLine], now: datetime
) -> Message:
    """Ask a colleague for a replacement; who is first has it."""
    text = t.ASK.format(
        asker=_name(asker), shift=shift.text(now), reason=_reason(reason), approval=t.APPROVAL if approval else "",
        clash=_clash(clash, now),
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
        asker=_name(asker), his=yours.text(now), yours=his.text(now), reason=_reason(reason),
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
    return Message(form.format(asker=_name(asker), shift=shift.text(now), reason=_reason(reason), count=count))


def leader_withdrawn(asker: str, shift: ShiftLine, now: datetime) -> Message:
    """Tell who leads a shift that nobody is asked for any more."""
    return Message(t.LEADER_WITHDRAWN.format(asker=_name(asker), shift=shift.text(now)))


def leader_decides(request: str, changes: Sequence[Change], reason: str, now: datetime) -> Message:
    """Ask who leads a shift to approve a replacement."""
    text = t.LEADER_DECIDES.format(lines=_lines(changes, now), reason=_reason(reason)).rstrip()
    keys = (
        Key(t.APPROVE, press("swap_approve", "", "swap", id=request)),
        Key(t.REFUSE, press("swap_refuse", "", "swap", id=request)),
    )
    return Message(text, (), (keys,))


def leader_told(changes: Sequence[Change], reason: str, now: datetime) -> Message:
    """Tell who leads a shift who serves it now."""
    return Message(t.LEADER_TOLD.format(lines=_lines(changes, now), reason=_reason(reason)))


def asked(values: Mapping[str, Any], now: datetime) -> Message:
    """Tell the asker what was done with his request."""
    shift: ShiftLine = values["shift"]
    other: ShiftLine | None = values["other"]
    morning = t.MORNING.format(time=at(values["morning"], now)) if values["morning"] is not None else ""
    withdraw = ((Key(t.WITHDRAW, press("swap_withdraw", "", "swap", id=values["request"])),),)
    if not values["count"]:
        names = LIST.join(_name(name) for name in values["leaders"])
        leaders = t.LEADERS_TOLD.format(names=names) if names else t.LEADERS_NONE
        return Message(t.ASKED_NOBODY.format(leaders=leaders, shift=shift.text(now)))
    if other is not None:
        name = _name(values["name"])
        text = t.ASKED_EXCHANGE.format(name=name, his=other.text(now), yours=shift.text(now), morning=morning)
        return Message(text, (), withdraw)
    return Message(t.ASKED.format(count=values["count"], shift=shift.text(now), morning=morning), (), withdraw)


def taken_asker(name: str, shift: ShiftLine, now: datetime) -> Message:
    """Tell the asker who serves his shift."""
    return Message(t.TAKEN_ASKER.format(name=_name(name), shift=shift.text(now)))


def taken_substitute(
    asker: str, shift: ShiftLine, clash: Sequence[ShiftLine], request: str, seat: Seat | None, now: datetime
) -> Message:
    """Tell the substitute what he serves from now on; within a minute he may say that he pressed by mistake."""
    text = t.TAKEN_SUBSTITUTE.format(asker=_name(asker), shift=shift.text(now), clash=_clash(clash, now))
    return _substitute(text, request, seat)


def exchanged(name: str, yours: ShiftLine, his: ShiftLine, now: datetime, request: str, seat: Seat | None) -> Message:
    """Tell one of two who have exchanged their shifts.

    Args:
        request: what he may take back for a minute; empty for the one who asked.
    """
    text = t.EXCHANGED.format(yours=yours.text(now), name=_name(name), his=his.text(now))
    return _substitute(text, request, seat) if request else Message(text)


def _substitute(text: str, request: str, seat: Seat | None) -> Message:
    mistaken = Key(t.MISTAKEN, press("swap_give_back", "", "swap", id=request))
    if seat is None:
        return Message(text, (), ((mistaken,),))
    return Message(f"{text}\n{t.TAKEN_NOW}", (), ((seat.key, mistaken),))


def agreed_asker(name: str, leaders: Sequence[str], shift: ShiftLine, now: datetime) -> Message:
    """Tell the asker that somebody would, once it is approved."""
    return Message(t.AGREED_ASKER.format(name=_name(name), leaders=_leaders(leaders), shift=shift.text(now)))


def agreed_substitute(asker: str, leaders: Sequence[str], shift: ShiftLine, now: datetime) -> Message:
    """Tell the substitute that it waits for approval."""
    text = t.AGREED_SUBSTITUTE.format(asker=_name(asker), leaders=_leaders(leaders), shift=shift.text(now))
    return Message(text)


def refused_asker(leader: str, shift: ShiftLine, row: Shift, now: datetime) -> Message:
    """Tell the asker that it was not approved."""
    return Message(t.REFUSED_ASKER.format(leader=_name(leader), shift=shift.text(now)), (), again(row))


def refused_substitute(leader: str, shift: ShiftLine, now: datetime) -> Message:
    """Tell the substitute that it was not approved."""
    return Message(t.REFUSED_SUBSTITUTE.format(leader=_name(leader), shift=shift.text(now)))


def partner_refused(name: str, shift: ShiftLine, row: Shift, now: datetime) -> Message:
    """Tell the asker that the colleague does not exchange shifts."""
    return Message(t.PARTNER_REFUSED.format(name=_name(name), shift=shift.text(now)), (), again(row))


def chased(whose: str, shift: ShiftLine, now: datetime) -> Message:
    """Tell that nobody takes a shift; ``whose`` is empty for the one who asked."""
    return Message(t.CHASED.format(shift=shift.text(now), whose=_name(whose) or t.CHASED_YOU))


def chased_undecided(request: str, changes: Sequence[Change], now: datetime) -> Message:
    """Tell who leads a shift that a replacement still waits for him."""
    keys = (
        Key(t.APPROVE, press("swap_approve", "", "swap", id=request)),
        Key(t.REFUSE, press("swap_refuse", "", "swap", id=request)),
    )
    return Message(t.CHASED_AGREED.format(lines=_lines(changes, now)), (), (keys,))


def fallen(
    key: str, why: str, name: str, shift: ShiftLine, serves: str, now: datetime, asking: Key | None = None
) -> Message:
    """Tell that an agreement fell through.

    Args:
        key: ``serves`` to whoever serves now, ``not_you`` to whoever does not any more, else to who leads the shift.
        name: of the substitute. serves: of whoever serves now, empty where nobody does.
        asking: for whoever may ask anew.
    """
    reason = t.FALLEN[why].format(name=_name(name) or t.ERASED)
    form = {"serves": t.FALLEN_SERVES, "not_you": t.FALLEN_NOT_YOU}.get(key, t.FALLEN_LEADER)
    text = form.format(
        why=reason, shift=shift.text(now), name=t.FALLEN_BY.format(name=_name(serves)) if serves else t.FALLEN_NOBODY
    )
    return Message(text, (), ((asking,),) if asking is not None else ())


def taker_over(asker: str, why: str, shift: ShiftLine, now: datetime) -> Message:
    """Tell who had said yes that it came to nothing before it was approved."""
    return Message(t.TAKER_OVER.format(asker=_name(asker), why=t.OVER[why], shift=shift.text(now)))


def undecided(shift: ShiftLine, now: datetime) -> Message:
    """Tell the asker that nobody decided in time."""
    return Message(t.UNDECIDED.format(shift=shift.text(now)))


def request_fallen(shift: ShiftLine, now: datetime) -> Message:
    """Tell the asker that his request is void because the roster changed."""
    return Message(t.REQUEST_FALLEN.format(shift=shift.text(now)))


def hole(begins: datetime, names: Sequence[str], now: datetime) -> Text:
    """Return the line of a hand-over about a shift that nobody serves, or somebody whom nobody knows."""
    if not names:
        return fill(t.HOLE, time=at(begins, now))
    return fill(t.HOLE_NAMES, time=at(begins, now), names=LIST.join(map(_name, names[:MOST])))


def open_swap(asker: str, taker: str, shift: ShiftLine, now: datetime) -> Text:
    """Return the line of a hand-over about a replacement that is not settled."""
    if not taker:
        return fill(t.OPEN_ASKED, asker=_name(asker), shift=shift.text(now))
    return fill(t.OPEN_AGREED, asker=_name(asker), taker=_name(taker), shift=shift.text(now))


def stamp(state: str, values: Mapping[str, str]) -> str:
    """Return what heads the messages about a request that is settled."""
    return t.STAMPS[state].format(**{key: _name(value) for key, value in values.items()})


def own_shifts(
    shifts: Sequence[OwnShift], waiting: Sequence[tuple[str, Sequence[Change], str]], reason: str, now: datetime
) -> Message:
    """Return one's own shifts with their buttons, and what waits for one's decision.

    Args:
        waiting: the id of each request that waits, what it changes, and why it was asked for.
    """
    lines: list[str] = []
    rows: list[tuple[Key, ...]] = []
    if shifts:
        lines.append(t.OWN_HEAD)
    for number, item in enumerate(shifts[:MOST], 1):
        state = t.STATES[item.state].format(name=_name(item.name))
        line = t.OWN_LINE.format(number=number, shift=item.line.text(now), state=state)
        lines.append(line)
        if item.request:
            key = Key(t.WITHDRAW_NUMBERED.format(number=number), press("swap_withdraw", "", "swap", id=item.request))
            rows.append((key,))
            continue
        args = {"plan": item.plan_id, "reason": reason, **turn_args(item.written)}
        asking = Key(t.ASK_NUMBERED.format(number=number), press("swap_ask", "", "swap", **args))
        rows.append((asking, Key(t.EXCHANGE_NUMBERED.format(number=number), press("swap_with", "", "swap", **args))))
    if len(shifts) > MOST:
        lines.append(t.OWN_MORE.format(count=MOST))
    lines.append(t.OWN_HOW if shifts else t.OWN_NONE)
    for request, changes, why in waiting:
        lines += ["", t.WAITING_HEAD, f"{_lines(changes, now)}\n{_reason(why)}".rstrip()]
        keys = (
            Key(t.APPROVE, press("swap_approve", "", "swap", id=request)),
            Key(t.REFUSE, press("swap_refuse", "", "swap", id=request)),
        )
        rows.append(keys)
    return Message("\n".join(lines), (), tuple(rows))


def exchange_choices(
    plan_id: str, own: Turn, others: Sequence[tuple[Turn, Turn]], reason: str, now: datetime
) -> Message:
    """Return the shifts of colleagues for which one's own could be exchanged.

    Args:
        others: each as it is served, and as the roster has it.
    """
    lines = [t.EXCHANGE_HEAD.format(shift=ShiftLine.of_turn(own).text(now))]
    rows = []
    mine = {"plan": plan_id, "reason": reason, **turn_args(own)}
    for number, (turn, written_turn) in enumerate(others[:MOST], 1):
        shift = ShiftLine.of_turn(turn).text(now)
        lines.append(t.NUMBERED.format(number=number, shift=shift, name=_name(turn.name)))
        other = {f"other_{key}": value for key, value in turn_args(written_turn).items()}
        rows.append(Key(t.EXCHANGE_WITH.format(number=number), press("swap_ask", "", "swap", **mine, **other)))
    pairs = [tuple(rows[start : start + 2]) for start in range(0, len(rows), 2)]
    return Message("\n".join(lines), (), tuple(pairs))


def ask_key(plan_id: str, turn: Turn) -> Key:
    """「请人替班」 under the word about a shift."""
    return Key(t.ASK_KEY, press("swap_ask", "", "swap", plan=plan_id, reason="", **turn_args(turn)))


def list_key() -> Key:
    """「请人替班」 where it is not plain which shift is meant: it shows one's own."""
    return Key(t.ASK_KEY, press("swap_list", "", "swap"))


def again(row: Shift) -> tuple[tuple[Key, ...], ...]:
    """「请人替班」 under the word that a shift is one's own again."""
    turn = Turn(row.begins, row.ends, row.kind, row.name, "", row.office)
    return ((ask_key(row.plan_id, turn),),)


def turn_args(turn: Turn) -> dict[str, str]:
    """Return what a button carries of a turn on the roster."""
    return {
        "begins": turn.begins.isoformat(),
        "ends": turn.ends.isoformat(),
        "kind": turn.kind,
        "name": turn.name,
        "office": turn.office,
    }


def result_text(key: str, values: Mapping[str, object]) -> str:
    """Return the pop-up of what an act came to."""
    return t.TEXTS[key].format(**{name: _name(str(value)) for name, value in values.items()})


def _deciding(request: str) -> tuple[Key, Key]:
    return (
        Key(t.APPROVE, press("swap_approve", "", "swap", id=request)),
        Key(t.REFUSE, press("swap_refuse", "", "swap", id=request)),
    )


def _name(name: str) -> str:
    return written(name, 16)


def _reason(reason: str) -> str:
    return t.REASON.format(reason=written(reason, 100)) if reason else ""


def _leaders(names: Sequence[str]) -> str:
    return LIST.join(map(_name, names)) or t.AGREED_NOBODY


def _clash(shifts: Sequence[ShiftLine], now: datetime) -> str:
    return "\n" + t.CLASH.format(shifts=LIST.join(item.text(now) for item in shifts)) if shifts else ""


def _lines(changes: Sequence[Change], now: datetime) -> str:
    return "\n".join(
        t.LINE.format(shift=shift.text(now), before=_name(before), after=_name(after))
        for shift, before, after in changes
    )
