"""The duty roster in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.render.labels import press
from bot.render.message import Key, Message
from bot.render.swap_shifts import ask_key, list_key
from bot.render.text import MARKED_NAME, Text, fill, joined, written
from bot.render.times import at, day
from bot.texts import roster as t
from bot.texts.words import LIST, WEEKDAYS
from plans.roster import Reading, Turn
from plans.roster.duty import FIRST, KINDS, LEADER
from plans.roster.overrides import overlaps
from plans.roster.people import name_key

MOST = 12
"""Lines that a preview shows."""


def watches(
    title: str, now: datetime, turns: Sequence[Turn], following: Sequence[Turn], seat: tuple[str, datetime] | None,
    instead: Mapping[str, str] | None = None, *, fits: bool,
) -> Message:  # fmt: skip
    """Return who has the duty: the seat, the roster, the next change, and where the two differ.

    Args:
        seat: who sits there, and since when. fits: that is whose turn it is.
        instead: whom the roster names, by the name of who serves for him.
    """
    lines: list[Text | str] = [fill(t.HEAD, plan=title)]
    lines.append(t.SEAT.format(name=written(seat[0], 32), time=at(seat[1], now)) if seat is not None else t.SEAT_NONE)
    lines += [_turn(turn, now, (instead or {}).get(turn.name, "")) for turn in turns]
    if not turns:
        lines.append(t.NO_TURN if following else t.NO_ROSTER)
    if following:
        names = LIST.join(written(turn.name, 12) for turn in following)
        lines.append(t.NEXT.format(time=at(following[0].begins, now), names=names))
    first = next((turn for turn in turns if turn.kind == FIRST), None)
    if first is not None and not fits:
        lines.append(t.DIFFERS.format(name=written(first.name, 12)))
    text = joined(lines)
    return Message(text.plain, text.entities)


def on_days(title: str, days: Sequence[datetime], turns: Sequence[tuple[Turn, str]], now: datetime) -> Message:
    """Return who serves on some days, all whose turns touch them.

    Args:
        days: their beginnings. turns: each with the name of whom the roster names, where another serves for him.
    """
    lines: list[Text | str] = [fill(t.HEAD, plan=title)]
    for begins in days:
        there = [
            (turn, name) for turn, name in turns if turn.ends > begins and turn.begins < begins + timedelta(days=1)
        ]
        lines.append((t.DAY if there else t.DAY_NONE).format(day=day(begins, now), weekday=WEEKDAYS[begins.weekday()]))
        lines += [_turn_of_a_day(turn, begins, name) for turn, name in sorted(there, key=_by_hour)]
    text = joined(lines)
    return Message(text.plain, text.entities)


def _by_hour(item: tuple[Turn, str]) -> tuple[datetime, int, str]:
    return item[0].begins, KINDS.index(item[0].kind), item[0].name


def _turn_of_a_day(turn: Turn, begins: datetime, instead_of: str) -> str:
    return t.TURN_OF_A_DAY.format(
        begins=at(turn.begins, begins), ends=at(turn.ends, begins), kind=turn.kind, name=_served_by(turn, instead_of)
    )


def day_unread(given: str, wrong: str) -> Message:
    """Return that it is not plain which day is asked for, and how one is written.

    Args:
        wrong: what is wrong with it, in words; empty where nothing could be read.
    """
    what = t.DAY_WRONG.format(wrong=written(wrong, 60)) if wrong else t.DAY_UNREAD.format(given=written(given, 20))
    return Message(f"{what}{t.DAY_HOW}")


def together(messages: Sequence[Message]) -> Message:
    """Return several plans' duty as one message."""
    text = joined([Text(one.text, one.entities) for one in messages], "\n\n")
    return Message(text.plain, text.entities)


def _turn(turn: Turn, now: datetime, instead_of: str) -> str:
    return t.TURN.format(kind=turn.kind, name=_served_by(turn, instead_of), until=at(turn.ends, now))


def _served_by(turn: Turn, instead_of: str) -> str:
    """Return who serves a turn, for whom, and his number."""
    phone = t.PHONE.format(number=written(turn.phone, 20)) if turn.phone else ""
    return written(turn.name, 16) + (t.INSTEAD.format(name=written(instead_of, 16)) if instead_of else "") + phone


def shift_ahead(
    title: str, turn: Turn, on_roster: Turn, plan_id: str, now: datetime, seat: Mapping[str, str] | None
) -> Message:
    """Tell somebody that his shift begins soon.

    Args:
        on_roster: the turn as the roster has it, for whoever asks for a replacement.
        seat: which one is offered, and who sits there: ``plan`` and ``seen``; None for who takes none.
    """
    instead = turn.name != on_roster.name
    values = {"time": at(turn.begins, now), "plan": title}
    leads = turn.kind == LEADER
    text = t.COMING_LEADER.format(**values) if leads else t.COMING.format(kind=turn.kind, **values)
    if instead:
        text += t.COMING_INSTEAD.format(name=written(on_roster.name, 16))
    asking = ask_key(plan_id, on_roster)
    return Message(text, (), ((*_take(turn, seat), asking) if seat is not None else (asking,),))


def not_reached(title: str, turn: Turn, blocked: bool, now: datetime) -> Message:
    """Tell who leads a shift that the bot cannot reach who serves it."""
    phone = t.PHONE.format(number=written(turn.phone, 20)) if turn.phone else ""
    return Message(
        t.NOT_REACHED.format(
            time=at(turn.begins, now), kind=turn.kind, name=written(turn.name, 16), phone=phone, plan=title,
            why=t.BLOCKED if blocked else t.NO_CHAT,
        )
    )  # fmt: skip


def empty(title: str, begins: datetime, now: datetime) -> Message:
    """Tell that from a moment on the roster names nobody."""
    return Message(t.EMPTY.format(time=at(begins, now), plan=title))


def overlapping(title: str, pairs: Sequence[tuple[Turn, Turn]], now: datetime) -> Message:
    """Tell somebody that he is to serve two shifts at once."""
    lines = [
        t.OVERLAP.format(
            one=t.SPAN.format(begins=at(one.begins, now), ends=at(one.ends, one.begins), kind=one.kind),
            other=t.SPAN.format(begins=at(other.begins, now), ends=at(other.ends, other.begins), kind=other.kind),
        )
        for one, other in pairs[:MOST]
    ]
    more = t.UNKNOWN_MORE_PAIRS.format(count=len(pairs)) if len(pairs) > MOST else ""
    asking = ((list_key(),),)
    return Message(t.OVERLAPPING.format(plan=title, lines="\n".join(lines), more=more), (), asking)


def seat_not_taken(title: str, turn: Turn, sits: str, now: datetime, seat: Mapping[str, str]) -> Message:
    """Tell that a shift began and the seat was not taken over; ``seat`` as in :func:`coming`."""
    text = t.UNCHANGED.format(
        time=at(turn.begins, now), name=written(turn.name, 16), plan=title, sits=written(sits, 16) or t.NOBODY
    )
    return Message(f"{text}{t.LOCAL}", (), (_take(turn, seat),))


class Elsewhere(NamedTuple):
    """A name on a roster with an office that whoever bears the name is not of; ``known``: where he is."""

    name: str
    office: str
    known: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Unmatched:
    """Names on a roster that lead to nobody.

    Attributes:
        names: under which nobody is confirmed. several: which two bear whom the office does not tell apart.
        elsewhere: which only somebody of another office bears.
        registered: who is there, each with his role, where a name leads to nobody.
    """

    names: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    registered: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Return whether there is any such name."""
        return bool(self.names or self.several or self.elsewhere)


def unregistered(title: str, begins: datetime, unmatched: Unmatched, now: datetime) -> Message:
    """Tell that the roster names people whom nobody can write to, because it is not known who they are."""
    lines = "\n".join(unregistered_lines(unmatched))
    return Message(t.UNKNOWN.format(time=at(begins, now), lines=lines, plan=title))


def unregistered_lines(unmatched: Unmatched) -> list[str]:
    """Return what is said of the names on a roster that lead to nobody."""
    lines = []
    if unmatched.names:
        registered = t.REGISTERED.format(names=_names(unmatched.registered, 40)) if unmatched.registered else ""
        lines.append(t.UNKNOWN_LINE.format(names=_names(unmatched.names), registered=registered))
    if unmatched.several:
        example = written(unmatched.several[0], 16)
        lines.append(t.SEVERAL_LINE.format(names=_names(unmatched.several), example=example))
    for one in unmatched.elsewhere[:MOST]:
        known = LIST.join(written(office, 20) for office in one.known)
        lines.append(t.ELSEWHERE_LINE.format(name=written(one.name, 16), office=written(one.office, 20), known=known))
    if len(unmatched.elsewhere) > MOST:
        lines.append(t.ELSEWHERE_MORE.format(count=len(unmatched.elsewhere)))
    return lines


def _names(names: Sequence[str], most: int = 16) -> str:
    more = t.UNKNOWN_MORE.format(count=len(names)) if len(names) > MOST else ""
    return LIST.join(written(name, most) for name in names[:MOST]) + more


def _take(turn: Turn, seat: Mapping[str, str]) -> tuple[Key, ...]:
    return (Key(t.TAKE, press("take_seat", "", "seat", **seat, until=turn.ends.isoformat())),)


def result_message(key: str, **values: object) -> Message:
    """Return a plain answer."""
    return Message(t.TEXTS[key].format(**values))


def problems(reading: Reading) -> str:
    """Return what could not be read, line by line."""
    lines = [t.PROBLEM.format(line=item.line, text=item.text) for item in reading.problems[:MOST]]
    if len(reading.problems) > MOST:
        lines.append(t.PROBLEMS_MORE.format(count=len(reading.problems)))
    return "".join([*lines, *(f"\n{item}" for item in reading.unread[:MOST])])


def preview(
    title: str, plan_id: str, reading: Reading, now: datetime, strangers: Unmatched | None = None, seen: str = "",
    undone: Sequence[tuple[Turn, str]] = (),
) -> Message:  # fmt: skip
    """Return what a change of the roster will write, with the buttons to confirm or leave it.

    Args:
        strangers: names that lead to nobody.
        undone: shifts whose replacement falls through by it, with the name of who serves each now.
    """
    lines = [
        t.LINE.format(time=at(turn.begins, now), kind=turn.kind, name=_named(turn)) for turn in reading.turns[:MOST]
    ]
    more = t.MORE.format(count=len(reading.turns)) if len(reading.turns) > MOST else ""
    text = t.PREVIEW.format(plan=title, lines="\n".join(lines), more=more) + problems(reading)
    if reading.tentative:
        text += t.TENTATIVE.format(year=reading.tentative[0].year)
    if strangers:
        text += "".join(f"\n{line}" for line in unregistered_lines(strangers))
    if undone:
        text += "".join(f"\n{line}" for line in undone_lines(undone, now))
    if pairs := double_turns(reading.turns):
        text += t.DOUBLE.format(names=LIST.join(written(name, 16) for name in pairs))
    turns = [[turn.begins.isoformat(), turn.ends.isoformat(), *turn[2:]] for turn in reading.turns]
    keys = (
        Key(t.CONFIRM, press("roster", "", "roster", plan=plan_id, turns=turns, seen=seen)),
        Key(t.LEAVE, press("amend_not", "", "directory")),
    )
    return Message(text, (), (keys,))


def _named(turn: Turn) -> str:
    """Return whom a roster names, with the office where it says one."""
    return t.OF_OFFICE.format(name=turn.name, office=written(turn.office, 20)) if turn.office else turn.name


def undone_lines(undone: Sequence[tuple[Turn, str]], now: datetime) -> list[str]:
    """Return which replacements fall through when a roster is written, line by line."""
    lines = [t.UNDONE_HEAD.format(count=len(undone))]
    for turn, name in undone[:MOST]:
        time, who = at(turn.begins, now), written(turn.name, 16)
        lines.append(t.UNDONE.format(time=time, kind=turn.kind, name=who, substitute=written(name, MARKED_NAME)))
    if len(undone) > MOST:
        lines.append(t.UNDONE_MORE.format(count=len(undone)))
    return lines


def double_turns(turns: Sequence[Turn]) -> list[str]:
    """Return the names that a roster has for two shifts at the same time."""
    by_name: dict[tuple[str, str], list[Turn]] = {}
    for turn in turns:
        by_name.setdefault((name_key(turn.name), name_key(turn.office)), []).append(turn)
    return [own[0].name for own in by_name.values() if overlaps([(turn.begins, turn.ends) for turn in own])]
