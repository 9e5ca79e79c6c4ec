"""Hand-over: the page of all that was open with the names under it, in messages and as a paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.clock import SHANGHAI
from bot.paper import Block, Heading, Paper, Paragraph, Table
from bot.render.cases import CaseView, framed_case, labels_of, stamped_by, words_of
from bot.render.catalogue import LABELS
from bot.render.desk import called
from bot.render.labels import press, stamped
from bot.render.message import Key, Message
from bot.render.said import Words, is_report
from bot.render.text import Text, fill, joined, written
from bot.render.times import at, full, on_day
from bot.texts import handover as t
from bot.texts import words as w
from plans.core import keys
from plans.core.notice import Notice, Press, buttons
from plans.core.state import CaseState
from plans.desk.handover_signing import LONGEST, presses
from plans.desk.handover_state import GIVER, KIND, TAKER, Handover, Matter

MINUTES = 10
"""How long a word or a reason is waited for."""

MOST_LISTED = 10
"""Hand-overs that a list names."""

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


# --- the page


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


def open_now(
    matters: Sequence[Matter], looked: Sequence[str], leader: str, number: str, head: str, now: datetime
) -> Message:
    """Return all that is open now, where nobody hands anything over."""
    lines: list[Text | str] = [head, fill(t.OPEN_NOW, time=on_day(now, now)), leader_line(leader, number)]
    text = joined([joined(lines), *listing(matters, looked)], "\n\n")
    return Message(text.plain, text.entities)


def shown(view: CaseView, person: str, changes: Changes | None, *, may_withdraw: bool) -> Message:
    """Return the page for somebody who looks at it, with the buttons that are his."""
    state = handover_of(view)
    mine: list[Press] = []
    for side in state.sides_of(person):
        if state.open:
            mine += buttons(*presses(state, side))
        if side in state.signed and (state.stands(side) or not state.open) and may_withdraw:
            mine.append(press("handover_withdraw", "handover_withdraw", keys.PAGE, side=side))
    mine.append(press("handover_file", "handover_file", keys.HANDOVER))
    return framed_case(view, page(view, changes), mine)


# --- what is said


def _take(notice: Notice, view: CaseView) -> Text:
    state = handover_of(view)
    head = t.TAKEN.format(giver=name_of(state, GIVER)) if state.giver else t.TAKEN_FIRST
    return page(view, Changes(), head=head, names=False)


def _give(notice: Notice, view: CaseView) -> Text:
    state = handover_of(view)
    head = t.GIVEN.format(taker=name_of(state, TAKER), time=at(state.since, view.now))
    return page(view, Changes(), head=head, names=False)


def _word(notice: Notice, view: CaseView) -> Text:
    own = notice.params["by"] == notice.params["side"]
    return page(view, Changes(), head=t.WORD_OWN if own else t.WORD_OTHER, names=False)


def _complete(notice: Notice, view: CaseView) -> Text:
    state = handover_of(view)
    parts = dict.fromkeys((GIVER, TAKER), t.FIRST_NAME)
    for side in state.sides:
        name, signature = name_of(state, side), state.signed.get(side)
        if side in state.absent:
            parts[side] = t.COMPLETE_AWAY.format(name=name, reason=written(state.absent[side].reason, 60) or w.ERASED)
        elif signature is not None:
            parts[side] = t.COMPLETE_PART[side].format(name=name, time=at(signature.at, view.now))
    text = fill(t.COMPLETE, number=called(state), giver=parts[GIVER], taker=parts[TAKER])
    return joined([text, *changed_blocks(changes_signed(state))], "\n\n")


def missing_names(sides: Iterable[str]) -> str:
    """Return whose names are missing: 交班人、接班人."""
    return w.LIST.join(t.NAMES[side] for side in sides)


def _unsigned(notice: Notice, view: CaseView) -> Text:
    state = handover_of(view)
    return fill(
        t.UNSIGNED, number=called(state), giver=name_of(state, GIVER) if state.giver else t.FIRST_NAME,
        taker=name_of(state, TAKER), time=at(state.since, view.now), missing=missing_names(notice.params["missing"]),
    )  # fmt: skip


def unsigned_line(state: Handover, now: datetime) -> Text:
    """Return one line about a hand-over that lacks names, for the next page."""
    return fill(
        t.UNSIGNED_LINE, number=called(state), giver=name_of(state, GIVER) if state.giver else t.FIRST_NAME,
        taker=name_of(state, TAKER), time=at(state.since, now), missing=missing_names(state.waits_for),
    )  # fmt: skip


_WORDS = {
    "handover_take": _take,
    "handover_give": _give,
    "handover_word": _word,
    "handover_complete": _complete,
    "handover_unsigned": _unsigned,
}


@words_of(KIND)
def words(notice: Notice, view: CaseView) -> Text | str:
    """Return what a notice of a hand-over says."""
    return _WORDS[notice.key](notice, view)


@labels_of(KIND)
def label(item: Press, view: CaseView) -> str:
    """Return what stands on a button."""
    return LABELS[item.label]


@stamped_by(KIND)
def stamp(case: CaseState) -> str:
    """Return the line that heads a page that needs no name any more."""
    return t.STAMPS[case.state]


def reasons(view: CaseView, side: str) -> Message:
    """Ask why the other has not signed."""
    state = handover_of(view)
    target = keys.signing(side)
    presses_ = [
        Key(reason, stamped(press("handover_reason", "", target, side=side, reason=number), state))
        for number, reason in enumerate(t.REASONS)
    ]
    presses_.append(Key(t.REASON_OTHER, stamped(press("handover_reason", "", target, side=side, reason=-1), state)))
    text = t.ASK_REASON.format(name=name_of(state, side))
    return Message(text, (), tuple((item,) for item in presses_))


def ask_word() -> Message:
    """Ask for the sentence that is added."""
    return Message(t.ASK_WORD.format(minutes=MINUTES))


def perhaps_report(state: Handover, said: Words) -> Message:
    """Ask whether words that were added to a page tell of an event; files that came with them are not kept there."""
    item = is_report(keys.HANDOVER, said)
    return Message(
        t.NO_FILES if said.files else t.PERHAPS_REPORT, (), ((Key(LABELS[item.label], stamped(item, state)),),)
    )


def ask_reason() -> Message:
    """Ask for a reason in one's own words."""
    return Message(t.ASK_REASON_TEXT.format(minutes=MINUTES))


def overview(states: Sequence[Handover], day: str = "") -> Message:
    """Return hand-overs, a line each."""
    if not states:
        return Message(t.LIST_NONE_ON.format(day=day) if day else t.LIST_NONE)
    lines: list[Text | str] = [fill(t.LIST)]
    for state in states[:MOST_LISTED]:
        lines.append(line_of(state))
    text = joined(lines)
    return Message(text.plain, text.entities)


def line_of(state: Handover) -> str:
    """Return one line about a hand-over, for a list."""
    since = state.since or state.events[0].at
    return t.LIST_LINE.format(
        number=called(state), time=on_day(since, since), taker=name_of(state, TAKER),
        giver=name_of(state, GIVER) if state.giver else t.FIRST_NAME, state=t.STATES[state.state],
    )  # fmt: skip


# --- the paper


def paper(state: Handover, office: str, now: datetime) -> Paper:
    """Return the record of a hand-over to be printed, of the office that keeps the desk; nobody's number is on it."""
    facts = {
        "number": called(state), "time": full(state.since),
        "giver": name_of(state, GIVER) if state.giver else t.FIRST_NAME, "taker": name_of(state, TAKER),
        "leader": written(state.leader, 40) or w.NONE,
        "seats": w.LIST.join(state.titles),
    }  # fmt: skip
    rows = tuple((t.PAPER_ROWS[key], value) for key, value in facts.items())
    since = (state.since or now).astimezone(SHANGHAI)
    blocks: list[Block] = [Table(t.PAPER_HEAD, rows, (20, 80)), *_open_blocks(state)]
    if state.words:
        blocks.append(Heading(t.PAPER_WORDS))
        blocks += [
            Paragraph(
                t.ADDED_WORD.format(
                    name=name_of(state, item.side), time=on_day(item.at, now), text=item.text or w.ERASED
                )
            )
            for item in state.words
        ]
    changes = changes_signed(state)
    blocks.append(Heading(t.PAPER_CHANGES))
    lines = [t.PAPER_ADDED.format(line=_flat(line)) for line in changes.added]
    lines += [t.PAPER_SETTLED.format(line=_flat(line)) for line in changes.settled]
    blocks += [Paragraph(line) for line in lines or [t.PAPER_CHANGES_NONE]]
    blocks.append(Heading(t.PAPER_SIGNED))
    blocks += [Paragraph(line) for line in signatures(state, since)]
    return Paper(title=t.PAPER_TITLE, blocks=tuple(blocks), signed_by=office, dated=since.date())


def _open_blocks(state: Handover) -> Iterator[Block]:
    if not state.matters:
        yield Paragraph(t.PAPER_NOTHING)
        return
    yield Heading(t.PAPER_OPEN.format(count=len(state.matters)))
    rows = tuple(
        (t.SECTIONS.get(item.section, item.section), _flat(item.line), on_day(item.due, item.due) if item.due else "")
        for item in state.matters
    )
    yield Table(t.PAPER_OPEN_HEAD, rows, (16, 62, 22))
    if rest := none_of(state.matters, state.looked, t.PAPER_NONE_OF):
        yield Paragraph(rest)


def _flat(line: str) -> str:
    return " ".join(line.split())
