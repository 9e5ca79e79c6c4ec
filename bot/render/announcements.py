"""Notices with receipts (通知) in words: the draft, what people read, the page of who has it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import islice

from bot.render import receipts
from bot.render import recipients as common
from bot.render.cases import CaseView, framed_case, labels_of, stamped_by, words_of
from bot.render.catalogue import LABELS
from bot.render.desk import called
from bot.render.labels import press
from bot.render.message import Message
from bot.render.recipients import Preset, names, quoted, to_line, urgent
from bot.render.text import Text, fill, joined, written, written_block
from bot.render.times import at
from bot.texts import announcements as t
from bot.texts import recipients as r
from bot.texts import words as w
from plans.core import keys
from plans.core.notice import Notice, Press
from plans.core.state import CaseState
from plans.desk.addressed import DRAFT, Addressed
from plans.desk.announcements import KIND, Announcement

MOST_TEXT = 3800
"""Characters of the text as it is read by whoever it goes to."""

COMMAND = "notice"


def the_announcement(view: CaseView) -> Announcement:
    """Return the notice that is shown; an error for a case of another kind."""
    if not isinstance(view.case, Announcement):
        raise TypeError(f"{view.case.stream} is no notice")
    return view.case


def draft(view: CaseView, units: tuple[str, ...], presets: tuple[Preset, ...], unread: str = "") -> Message:
    """Return the draft as it was read, and to whom as the words name them."""
    state = the_announcement(view)
    head = fill(
        t.DRAFT, files=common.files(view), called=called(state), urgent=t.DRAFT_URGENT if state.urgent else "",
        text=quoted(view), to=to_line(view, state.chosen),
        unread=r.UNREAD.format(words=written(unread, 40)) if unread else "",
    )  # fmt: skip
    page = common.picking(view, units, presets, 0, COMMAND)
    return replace(framed_case(view, head), rows=page.rows)


def preview(view: CaseView, absent: Collection[str], refusal: str = "") -> Message:
    """Return what will go out, to whom, and how it arrives."""
    state = the_announcement(view)
    text = fill(
        t.PREVIEW, files=common.files(view), called=called(state), urgent=t.DRAFT_URGENT if state.urgent else "",
        text=written_block(state.text, 3000), count=len(state.chosen), to=names(view, state.chosen, counted=True),
        absent=common.absent_line(view, absent),
        ring=common.rings(view), refusal=refusal,
    )  # fmt: skip
    presses = [press("announce_send", "announce_send", keys.DRAFT)] if not refusal else []
    presses += [
        press("desk_pick", "desk_pick", keys.DRAFT, recipient="", page=0),
        press("announce_urgent", "not_urgent" if state.urgent else "urgent", keys.DRAFT, urgent=not state.urgent),
        press("desk_discard", "desk_discard", keys.DRAFT),
    ]
    return framed_case(view, text, presses)


def mine(view: CaseView, own: Collection[str]) -> Message:
    """Return the notice to somebody who has answered."""
    state = the_announcement(view)
    moments = [moment for name in own if (moment := state.told[name].answered_at) is not None]
    text = fill(
        t.MINE, called=called(state), office=view.plan.office, text=written_block(state.text, MOST_TEXT),
        time=at(max(moments, default=view.now), view.now),
    )  # fmt: skip
    return framed_case(view, text)


def handed_in(state: Addressed) -> dict[str, tuple[str, ...]]:
    """Return what recipients handed in: of a notice nothing."""
    return {}


def page(view: CaseView, delivered: str = "") -> Message:
    """Return who has it, those first who have not answered."""
    state = the_announcement(view)
    told = list(state.told)
    answered = sum(1 for item in state.told.values() if not item.silent)
    counts = t.COUNTS.format(answered=answered, total=len(told)) if told else to_line(view, state.chosen)
    by = t.BY_DRAFT if state.state == DRAFT else t.BY
    order, rings = receipts.rest_and_rings(view, sorted(told, key=lambda name: not state.told[name].silent))
    text = fill(
        t.PAGE, files=common.files(view), called=called(state),
        state=t.PAGE_STATES[state.state], by=by.format(name=written(state.by_name, 12)),
        time=at(state.sent_at or state.events[0].at, view.now), text=quoted(view), counts=counts, delivered=delivered,
        lines=receipts.lines(view, order, {}), rings=rings,
        how=t.PAGE_HOW.format(number=state.number) if state.stands else "",
        closing=t.CLOSED_WHY.format(reason=written(state.closing, 60)) if state.closing else "",
    )  # fmt: skip
    if state.state == DRAFT:
        presses = [press("desk_preview", "desk_preview", keys.DRAFT), press("desk_discard", "desk_discard", keys.DRAFT)]
        return framed_case(view, text, presses)
    presses, target = [press("desk_page", "desk_refresh", keys.PAPER)], keys.told(state.round)
    if state.enclosures:
        presses.append(press("desk_files", "desk_files", keys.PAPER))
    if state.out:
        if common.to_ring(state):
            presses.append(press("desk_ring_list", "desk_ring_list", keys.SILENT))
        presses.append(press("announce_stop", "announce_stop", target))
    if state.stands:
        presses.append(press("desk_withdraw", "desk_withdraw", target))
    return framed_case(view, text, presses)


def listing(views: Iterable[CaseView]) -> Message:
    """Return the notices of which receipts are waited for, and those that have not gone out."""
    found = sorted(views, key=lambda view: view.case.number)
    if not found:
        return Message("\n".join((t.LIST_NONE, t.LIST_HOW)))
    text = joined(
        (fill(t.LIST_HEAD, count=len(found)), *(line(view) for view in islice(found, common.MOST_LINES)), t.LIST_HOW)
    )
    return Message(text.plain, text.entities)


def line(view: CaseView) -> str:
    """Return a notice in a line."""
    state = the_announcement(view)
    values = {"called": called(state), "text": written(state.text, 40)}
    if state.state == DRAFT:
        return t.LIST_DRAFT.format(**values)
    answered = sum(1 for item in state.told.values() if not item.silent)
    return t.LIST_LINE.format(answered=answered, total=len(state.told), **values)


def script(view: CaseView) -> str:
    """Return what is read out on the telephone."""
    return t.SCRIPT.format(text=written(the_announcement(view).text, 200).rstrip(w.STOP))


@words_of(KIND)
def words(notice: Notice, view: CaseView) -> Text:
    """Return what a notice says."""
    said = common.common(notice, view)
    return said if said is not None else _own(notice, view)


def _own(notice: Notice, view: CaseView) -> Text:
    state = the_announcement(view)
    values = {"urgent": urgent(view), "called": called(state), "office": view.plan.office}
    text = written_block(state.text, MOST_TEXT)
    match notice.key:
        case "desk_told" | "desk_joined":
            call = fill(t.CALL, text=text, files=common.files(view, below=True), **values)
            return call if notice.key == "desk_told" else common.handed_over(view, notice, call, r.JOINED_RECEIPT)
        case "desk_again" | "desk_again_urgent":
            return fill(t.CALL_AGAIN, text=text, again=r.AGAIN, **values)
        case "desk_ring_list":
            return receipts.ring_list_text(view, script(view))
        case "desk_all_received":
            return fill(t.ALL_RECEIVED, called=called(state), total=len(state.told), text=quoted(view))
    silent = [item.key for item in state.silent()]
    return fill(
        t.RESTS, called=called(state), text=quoted(view), silent=len(silent), names=names(view, silent, counted=True)
    )


@labels_of(KIND)
def label(item: Press, view: CaseView) -> str:
    """Return what stands on a button."""
    return common.label(item, view) or LABELS[item.label]


@stamped_by(KIND)
def stamp(case: CaseState) -> str:
    """Return what heads a message that is settled."""
    return common.stamp(case, r.STAMP_RECEIPTS)
