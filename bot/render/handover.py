"""A hand-over in messages: notices, what is asked of who signs, lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.render.cases import CaseView, framed_case, labels_of, stamped_by, words_of
from bot.render.catalogue import LABELS
from bot.render.desk import called
from bot.render.handover_page import (
    Changes,
    changed_blocks,
    changes_signed,
    handover_of,
    leader_line,
    listing,
    name_of,
    page,
)
from bot.render.labels import press, stamped
from bot.render.message import Key, Message
from bot.render.said import Words, is_report
from bot.render.text import Text, fill, joined, written
from bot.render.times import at, on_day
from bot.texts import handover as t
from bot.texts import words as w
from plans.core import keys
from plans.core.notice import Notice, Press, buttons
from plans.core.state import CaseState
from plans.desk.handover_signing import presses
from plans.desk.handover_state import GIVER, KIND, TAKER, Handover, Matter

MINUTES = 10
"""How long a word or a reason is waited for."""

MOST_LISTED = 10
"""Hand-overs that a list names."""


# --- the page


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
