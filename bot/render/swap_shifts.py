"""The shifts of 替班、换班 in words: how one is named, lists of them, and the buttons under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.render.labels import press
from bot.render.message import Key, Message
from bot.render.text import written
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


@dataclass(frozen=True, kw_only=True, slots=True)
class NoShift:
    """Why somebody sees no shift of his own, and who keeps the roster.

    Attributes:
        why: ``outside`` (his role is on no roster), ``unknown`` (nobody confirmed who he is), ``no_roster``, ``none``.
        who: as which he was confirmed. keepers: names of those who write the roster. keeps: he does so himself.
    """

    why: str
    who: str = ""
    keepers: Sequence[str] = ()
    keeps: bool = False

    def text(self) -> str:
        """Return it in words."""
        names = LIST.join(map(short_name, self.keepers[:MOST]))
        keepers = t.KEEPERS_YOU if self.keeps else t.KEEPERS.format(names=names) if names else t.KEEPERS_NONE
        return f"{t.OWN_NONE[self.why].format(who=self.who)}\n{keepers}"


def own_shifts(
    shifts: Sequence[OwnShift], waiting: Sequence[tuple[str, Sequence[Change], str]], reason: str, now: datetime,
    none: NoShift | None = None,
) -> Message:  # fmt: skip
    """Return one's own shifts with their buttons, and what waits for one's decision.

    Args:
        none: what is said where there is no shift.
        waiting: the id of each request that waits, what it changes, and why it was asked for.
    """
    lines: list[str] = []
    rows: list[tuple[Key, ...]] = []
    if shifts:
        lines.append(t.OWN_HEAD)
    for number, item in enumerate(shifts[:MOST], 1):
        state = t.STATES[item.state].format(name=short_name(item.name))
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
    if shifts or none is not None:
        lines.append(none.text() if none is not None and not shifts else t.OWN_HOW)
    for request, changes, why in waiting:
        lines += ["", t.WAITING_HEAD, f"{change_lines(changes, now)}\n{reason_line(why)}".rstrip()]
        rows.append(deciding_keys(request))
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
        lines.append(t.NUMBERED.format(number=number, shift=shift, name=short_name(turn.name)))
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


def turn_args(turn: Turn) -> dict[str, str]:
    """Return what a button carries of a turn on the roster."""
    return {
        "begins": turn.begins.isoformat(),
        "ends": turn.ends.isoformat(),
        "kind": turn.kind,
        "name": turn.name,
        "office": turn.office,
    }


def again(row: Shift) -> tuple[tuple[Key, ...], ...]:
    """「请人替班」 under the word that a shift is one's own again."""
    turn = Turn(row.begins, row.ends, row.kind, row.name, "", row.office)
    return ((ask_key(row.plan_id, turn),),)


def deciding_keys(request: str) -> tuple[Key, Key]:
    """「同意」 and 「不同意」 of whoever leads the shift."""
    return (
        Key(t.APPROVE, press("swap_approve", "", "swap", id=request)),
        Key(t.REFUSE, press("swap_refuse", "", "swap", id=request)),
    )


def short_name(name: str) -> str:
    """Return a name, shortened and disarmed."""
    return written(name, 16)


def reason_line(reason: str) -> str:
    """Return the line with why somebody asks, nothing where he does not say it."""
    return t.REASON.format(reason=written(reason, 100)) if reason else ""


def change_lines(changes: Sequence[Change], now: datetime) -> str:
    """Return each shift that changes, with who served it and who will."""
    return "\n".join(
        t.LINE.format(shift=shift.text(now), before=short_name(before), after=short_name(after))
        for shift, before, after in changes
    )
