"""The page of a hand-over: all that was open, what has changed since, and the names under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.render.cases import CaseView
from bot.render.desk import called
from bot.render.text import Text, fill, joined, written
from bot.render.times import at, on_day
from bot.texts import handover as t
from bot.texts import words as w
from plans.desk.handover_signing import LONGEST
from plans.desk.handover_state import GIVER, TAKER, Handover, Matter

LEADER = "leader"
"""Whose number a view of a hand-over carries, where it may be read."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from the page: matters that have become open, and that are not open any more."""

    added: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()


def handover_of(view: CaseView) -> Handover:
    """Return the hand-over that is shown; a TypeError for a case of another kind."""
    if not isinstance(view.case, Handover):
        raise TypeError(f"{view.case.stream} is no hand-over")
    return view.case


def name_of(state: Handover, side: str) -> str:
    """Return what one of the two is called."""
    return written(state.names.get(side, ""), 16) or w.NAME_UNKNOWN


def page(view: CaseView, changes: Changes | None = None, *, head: str = "", names: bool = True) -> Text:
    """Return the page.

    Args:
        changes: against what it shows, now; None = those that the signatures name. head: stands above it.
        names: who has signed stands under it; not where it is sent to be signed, since what was sent stays.
    """
    state = handover_of(view)
    lines: list[Text | str] = [head] if head else []
    lines.append(fill(t.HEAD, number=called(state), time=on_day(state.since, view.now)))
    lines.append(sides_line(state))
    if len(state.seats) > 1:
        lines.append(t.SEATS.format(plans=w.LIST.join(state.titles)))
    lines.append(leader_line(state.leader, view.numbers.get(LEADER, "")))
    blocks = [joined(lines), *listing(state.matters, state.looked)]
    words = [
        t.ADDED_WORD.format(
            name=name_of(state, item.side), time=at(item.at, view.now), text=written(item.text, 500) or w.ERASED
        )
        for item in state.words
    ]
    blocks.append(joined(words))
    blocks += changed_blocks(changes if changes is not None else changes_signed(state))
    if names:
        blocks.append(joined(signatures(state, view.now)))
    return joined(blocks, "\n\n")


def sides_line(state: Handover) -> str:
    """Return who gave it to whom."""
    if not state.giver:
        return t.FIRST_SHIFT.format(taker=name_of(state, TAKER))
    return t.SIDES.format(giver=name_of(state, GIVER), taker=name_of(state, TAKER))


def leader_line(name: str, number: str = "") -> str:
    """Return who leads the shift, with his number where it may be read."""
    phone = t.PHONE.format(number=written(number, 20)) if number else ""
    return t.LEADER.format(name=written(name, 40), phone=phone) if name else t.LEADER_NONE


def listing(matters: Sequence[Matter], looked: Sequence[str]) -> list[Text]:
    """Return what is open by section, and of which sections nothing is."""
    blocks: list[Text] = [fill(t.COUNT, count=len(matters)) if matters else fill(t.NOTHING)]
    for section in looked:
        mine = [item for item in matters if item.section == section]
        if mine:
            blocks.append(joined([fill(t.SECTION, name=t.SECTIONS[section], count=len(mine)), *map(_line, mine)]))
    return [*blocks, Text(none_of(matters, looked, t.NONE_OF))]


def _line(matter: Matter) -> str:
    part = matter.section in ("incidents", "drills") and not matter.id.endswith("|")
    return (t.PART if part else t.MATTER).format(line=matter.line)


def none_of(matters: Sequence[Matter], looked: Sequence[str], template: str) -> str:
    """Return of which sections nothing is open, of those that were looked at; perhaps nothing."""
    found = {item.section for item in matters}
    names = [t.SECTIONS[section] for section in looked if section not in found]
    return template.format(names=w.LIST.join(names)) if names else ""


def changed_blocks(changes: Changes) -> list[Text]:
    """Return what has changed since the page, perhaps nothing."""
    parts = ((t.ADDED, changes.added), (t.SETTLED, changes.settled))
    return [
        joined([fill(template, count=len(lines)), *(t.MATTER.format(line=line) for line in lines)])
        for template, lines in parts
        if lines
    ]


def part_line(line: str, number: int, *, drill: bool) -> str:
    """Return what is open in an incident as a line that stands alone."""
    return t.PART_OF.format(number=(w.DRILL_NUMBER if drill else w.NUMBER).format(number=number), line=line)


def changes_signed(state: Handover) -> Changes:
    """Return what the signatures name as changed since the page."""
    names = [state.signed[side] for side in state.sides if side in state.signed]
    added = dict.fromkeys(line for item in names for line in item.added)
    settled = dict.fromkeys(line for item in names for line in item.settled)
    return Changes(added=tuple(added), settled=tuple(settled))


def signatures(state: Handover, now: datetime) -> Iterator[str]:
    """Yield a line for each name that stands under the page, or is missing."""
    for side in state.sides:
        name, signature = name_of(state, side), state.signed.get(side)
        if side in state.absent:
            yield t.AWAY[side].format(name=name, reason=written(state.absent[side].reason, 100) or w.ERASED)
        elif signature is None:
            yield t.MISSING[side].format(name=name)
        else:
            template = t.SIGNED if state.stands(side) else t.SIGNED_BEFORE
            yield template[side].format(name=name, time=at(signature.at, now))


def signed_in_line(state: Handover, day: datetime) -> str:
    """Return the names under a page, or why one is missing, and what was added, as the log of a day tells them."""
    parts = []
    for side in state.sides:
        name, signature = name_of(state, side), state.signed.get(side)
        if side in state.absent:
            reason = written(state.absent[side].reason, 100) or w.ERASED
            parts.append(t.BOOK_AWAY.format(name=name, reason=reason, time=at(state.absent[side].at, day)))
        elif signature is None:
            parts.append(t.BOOK_MISSING[side].format(name=name))
        else:
            template = t.BOOK_SIGNED if state.stands(side) else t.BOOK_SIGNED_BEFORE
            parts.append(template[side].format(name=name, time=at(signature.at, day)))
    parts += [
        t.BOOK_WORD.format(name=name_of(state, item.side), text=written(item.text, LONGEST) or w.ERASED)
        for item in state.words
    ]
    return t.BOOK.format(number=called(state), names=w.SEMICOLON.join(parts))
