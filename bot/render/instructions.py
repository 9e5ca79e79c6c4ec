"""Instructions (批示、指令) in words: the draft, what is said when it goes out and is chased, the page, the end."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import islice

from bot.render import instruction_pieces as pieces
from bot.render import receipts, results
from bot.render import recipients as common
from bot.render.cases import CaseView, framed_case, labels_of, stamped_by, words_of
from bot.render.catalogue import LABELS
from bot.render.desk import called
from bot.render.instruction_pieces import the_instruction
from bot.render.labels import press
from bot.render.message import Message
from bot.render.recipients import Preset, names, quoted, recipient_name, to_line, urgent
from bot.render.text import Text, fill, joined, written
from bot.render.times import span
from bot.texts import instructions as t
from bot.texts import recipients as r
from bot.texts import words as w
from plans.core import keys
from plans.core.notice import Notice, Press
from plans.core.state import CaseState
from plans.desk.addressed import DRAFT, Addressed
from plans.desk.chasing import steps_of
from plans.desk.instruction_state import DONE_, KIND, WAYS, Instruction

MOST_TEXT = 3000
"""Characters of the text as it is read by whoever it goes to."""

COMMAND = "instruct"


# --- the draft


def draft(view: CaseView, units: tuple[str, ...], presets: tuple[Preset, ...], unread: str = "") -> Message:
    """Return the draft as it was read: whose word, by when, to whom as the words name them."""
    state = the_instruction(view)
    head = fill(
        t.DRAFT, to=to_line(view, state.chosen), unread=r.UNREAD.format(words=written(unread, 40)) if unread else "",
        missing="" if state.giver else t.MISSING_GIVER.format(number=state.number), **pieces.head(view),
    )  # fmt: skip
    page = common.picking(view, units, presets, 0, COMMAND)
    return replace(framed_case(view, head), rows=page.rows)


def preview(view: CaseView, absent: Collection[str], refusal: str = "") -> Message:
    """Return what will go out, to whom, and what may still be set right."""
    state = the_instruction(view)
    moments = w.LIST.join((*_ahead(view), pieces.clock(view, state.due))) if state.due is not None else ""
    text = fill(
        t.PREVIEW, count=len(state.chosen), to=names(view, state.chosen, counted=True),
        absent=common.absent_line(view, absent),
        chased=t.CHASED.format(moments=moments) if moments else "",
        ring=common.rings(view), refusal=refusal, **pieces.head(view, MOST_TEXT),
    )  # fmt: skip
    presses = [press("instruct_give", "instruct_give", keys.DRAFT)] if not refusal else []
    presses += [
        press("desk_pick", "desk_pick", keys.DRAFT, recipient="", page=0),
        press("instruct_due", "instruct_due", keys.DRAFT),
        press("instruct_way", "instruct_way", keys.DRAFT),
        press("instruct_urgent", "not_urgent" if state.urgent else "urgent", keys.DRAFT, urgent=not state.urgent),
        press("desk_discard", "desk_discard", keys.DRAFT),
    ]
    return framed_case(view, text, presses)


def _ahead(view: CaseView) -> list[str]:
    """Return the moments before the day on which those who have not done it are reminded."""
    steps = steps_of(the_instruction(view), view.policy)
    return [pieces.clock(view, moment) for name, moment in steps if name.startswith("before")]


def choose_way(view: CaseView) -> Message:
    """Ask by which way it was given."""
    presses = [press("instruct_set_way", "desk_way", keys.DRAFT, words=way) for way in WAYS]
    presses.append(press("desk_preview", "desk_back", keys.DRAFT))
    return framed_case(view, fill(t.CHOOSE_WAY, called=called(view.case)), presses)


def choose_due(view: CaseView) -> Message:
    """Ask by when it is to be done; of a draft also that nothing is wanted by a day."""
    state = the_instruction(view)
    if state.state == DRAFT:
        presses = [press("instruct_set_due", "desk_due", keys.DRAFT, words=word) for word in (*t.DUES, t.NO_DUE_WORD)]
        presses.append(press("desk_preview", "desk_back", keys.DRAFT))
    else:
        target = keys.told(state.round)
        presses = [press("instruct_extended", "desk_due", target, words=word) for word in t.DUES]
        presses.append(press("desk_page", "desk_back", keys.PAPER))
    return framed_case(view, fill(t.CHOOSE_DUE, called=called(state), number=state.number), presses)


# --- what the office reads


def handed_in(state: Addressed) -> dict[str, tuple[str, ...]]:
    """Return what recipients handed in as results; the same file of one who answers for several once."""
    found: dict[str, tuple[str, ...]] = {}
    results_of = state.results if isinstance(state, Instruction) else {}
    for name, result in results_of.items():
        seen = {item for items in found.values() for item in items}
        found[name] = tuple(item for item in result.evidence if item not in seen)
    return found


def page(view: CaseView, delivered: str = "") -> Message:
    """Return who has it, who has done it, with what the desk can do."""
    state = the_instruction(view)
    told = list(state.told)
    counts = t.COUNTS.format(
        done=state.finished, total=len(told), silent=sum(1 for _ in state.silent()),
        received=sum(1 for item in state.told.values() if not item.silent),
    )  # fmt: skip
    order = sorted(told, key=lambda name: (not state.waits_for(name), state.status(name) == DONE_))
    order, rings = receipts.rest_and_rings(view, order)
    number = t.OF_A_DRILL.format(number=state.number) if state.drill else str(state.number)
    what = {name: results.what(view, name) for name in state.results}
    text = fill(
        t.PAGE, state=t.PAGE_STATES[state.state], counts=counts if told else to_line(view, state.chosen),
        delivered=delivered, lines=receipts.lines(view, order, what), rings=rings,
        how=t.PAGE_HOW.format(number=number) if state.stands else "",
        closing=t.CLOSED_WHY.format(reason=written(state.closing, 60)) if state.closing else "", **pieces.head(view),
    )  # fmt: skip
    return framed_case(view, text, _page_presses(view))


def _page_presses(view: CaseView) -> list[Press]:
    state = the_instruction(view)
    if state.state == DRAFT:
        return [press("desk_preview", "desk_preview", keys.DRAFT), press("desk_discard", "desk_discard", keys.DRAFT)]
    target = keys.told(state.round)
    presses = [press("desk_page", "desk_refresh", keys.PAPER)]
    if state.enclosures or any(result.evidence for result in state.results.values()):
        presses.append(press("desk_files", "desk_files", keys.PAPER))
    if common.to_ring(state) and state.out:
        presses.append(press("desk_ring_list", "desk_ring_list", keys.SILENT))
    if state.finished:
        presses.append(press("instruct_back", "instruct_back", keys.PAPER))
    if state.stands:
        presses.append(press("instruct_extend", "instruct_extend", target))
        presses.append(press("desk_withdraw", "desk_withdraw", target))
    return presses


def listing(views: Iterable[CaseView]) -> Message:
    """Return the open instructions, those that are due first."""
    found = sorted(views, key=lambda view: (_moment(view), view.case.number))
    if not found:
        return Message("\n".join((t.LIST_NONE, t.LIST_HOW)))
    text = joined(
        (fill(t.LIST_HEAD, count=len(found)), *(line(view) for view in islice(found, common.MOST_LINES)), t.LIST_HOW)
    )
    return Message(text.plain, text.entities)


def _moment(view: CaseView) -> float:
    due = the_instruction(view).due
    return due.timestamp() if due is not None else float("inf")


def line(view: CaseView) -> str:
    """Return an instruction in a line: whose word, by when, how many have done it."""
    state = the_instruction(view)
    mark = w.DRILL if state.drill else ""
    values = {"called": mark + called(state), "by": pieces.by(view), "text": written(state.text, 40)}
    if state.state == DRAFT:
        return t.LIST_DRAFT.format(**values)
    late = t.LIST_LATE if state.due is not None and state.due <= view.now else ""
    due = t.LIST_DUE.format(time=pieces.clock(view, state.due)) if state.due is not None else t.LIST_NO_DUE
    return t.LIST_LINE.format(due=due, done=state.finished, total=len(state.told), late=late, **values)


def script(view: CaseView) -> str:
    """Return what is read out on the telephone."""
    state = the_instruction(view)
    due = t.SCRIPT_DUE.format(time=pieces.clock(view, state.due)) if state.due is not None else ""
    return t.SCRIPT.format(giver=written(state.giver, 20), text=written(state.text, 200).rstrip(w.STOP), due=due)


# --- notices


@words_of(KIND)
def words(notice: Notice, view: CaseView) -> Text:
    """Return what a notice says."""
    said = common.common(notice, view, pieces.by(view), pieces.due(view))
    return said if said is not None else _own(notice, view)


def _own(notice: Notice, view: CaseView) -> Text:
    state, params = the_instruction(view), notice.params
    match notice.key:
        case "desk_told":
            return _call(view)
        case "desk_joined":
            return common.handed_over(view, notice, _call(view), r.JOINED_RESULT)
        case "desk_again" | "desk_again_urgent":
            return fill(t.CALL_AGAIN, urgent=urgent(view), due=pieces.due(view), again=r.AGAIN, **pieces.short(view))
        case "desk_ring_list":
            return receipts.ring_list_text(view, script(view))
        case "instruction_chase":
            return _chase(view, receipt=any(item.action == "desk_received" for item in notice.buttons))
        case "instruction_overdue":
            late = tuple(params["recipients"])
            return fill(
                t.OVERDUE,
                count=len(late),
                names=names(view, late, counted=True),
                due=pieces.due(view),
                **pieces.short(view),
            )
        case "instruction_extended":
            return fill(t.EXTENDED, time=pieces.clock(view, state.due or view.now), **pieces.short(view))
        case "instruction_declined":
            name, reason = str(params["recipient"]), written(str(params["reason"]), 100)
            return fill(t.DECLINED, name=recipient_name(view, name), reason=reason, **pieces.short(view))
        case "instruction_returned":
            name, reason = str(params["recipient"]), written(str(params["reason"]), 100)
            return fill(
                t.RETURNED, name=recipient_name(view, name), reason=reason, due=pieces.due(view), **pieces.short(view)
            )
        case "instruction_released":
            return fill(t.RELEASED, called=called(state), text=quoted(view))
        case "instruction_recorded":
            return fill(t.NOTED, called=called(state), result=written(str(params["text"]), 300))
        case "desk_in_your_name":
            return fill(
                t.IN_YOUR_NAME,
                name=written(str(params.get("name", state.by_name)), 12),
                what=t.CORRECTED if params.get("corrected") else t.SENT_OUT,
                to=names(view, state.told),
                due=pieces.due(view),
                **pieces.short(view),
            )
        case "instruction_summary":
            return fill(t.SUMMARY, called=called(state), text=quoted(view), lines=results.told(view))
    tell = t.HE_KNOWS if state.giver_id else t.TELL_HIM
    return fill(
        t.TO_TELL, tell=tell.format(giver=written(state.giver, 20)), lines=results.told(view), **pieces.short(view)
    )


def _call(view: CaseView) -> Text:
    head = {**pieces.head(view, MOST_TEXT), "files": common.files(view, below=True)}
    return fill(t.CALL, urgent=urgent(view), to=names(view, the_instruction(view).told), **head)


def _chase(view: CaseView, *, receipt: bool) -> Text:
    state = the_instruction(view)
    if state.due is None or state.due == view.now:
        when = t.CHASE_NOW
    elif state.due > view.now:
        when = t.CHASE_LEFT.format(span=span(state.due - view.now))
    else:
        when = t.CHASE_LATE.format(span=span(view.now - state.due))
    what = t.CHASE_RECEIPT if receipt else t.CHASE_RESULT
    return fill(t.CHASE, urgent=urgent(view), when=when, due=pieces.due(view), what=what, **pieces.short(view))


@labels_of(KIND)
def label(item: Press, view: CaseView) -> str:
    """Return what stands on a button."""
    return common.label(item, view) or LABELS[item.label]


@stamped_by(KIND)
def stamp(case: CaseState) -> str:
    """Return what heads a message that is settled."""
    return common.stamp(case, r.STAMP_DONE)
