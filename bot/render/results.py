"""What became of an instruction in words: what a unit reads of its own and is asked, each result, what is sent back."""

from __future__ import annotations

from collections.abc import Collection

from bot.render import instruction_pieces as pieces
from bot.render import receipts
from bot.render import recipients as common
from bot.render.cases import CaseView, framed_case
from bot.render.desk import called
from bot.render.instruction_pieces import the_instruction
from bot.render.labels import press
from bot.render.message import Message
from bot.render.recipients import names, recipient_name
from bot.render.text import fill, written
from bot.render.times import at
from bot.texts import instructions as t
from bot.texts import words as w
from plans.core import keys
from plans.desk.instruction_state import DECLINED, DONE_, Result

MOST_RESULT = 120
"""Characters of a result in a line."""


def result_text(result: Result, most: int = MOST_RESULT) -> str:
    """Return what was handed in, in a line."""
    files = t.FILES.format(count=len(result.evidence)) if result.evidence else ""
    return w.COMMA.join(filter(None, (written(result.text, most), files))) or t.NO_RESULT


def what(view: CaseView, name: str) -> tuple[str, str]:
    """Return state and words of what became of it with a recipient."""
    state = the_instruction(view)
    status, result = state.status(name), state.results.get(name)
    if result is None:
        return status, ""
    time = at(result.at, view.now)
    if status == DONE_:
        template = t.LINE_DONE_RECORDED if result.recorded else t.LINE_DONE
        values = {"name": written(result.by, 12)} if result.recorded else {}
        return status, template.format(time=time, result=result_text(result), **values)
    if status == DECLINED:
        return status, t.LINE_DECLINED.format(time=time, reason=written(result.reason, 40))
    if status == "released":
        return status, t.LINE_RELEASED
    return status, t.LINE_RETURNED.format(time=time, reason=written(result.reason, 40))


def told(view: CaseView) -> str:
    """Return a line for each recipient of which something is known."""
    state = the_instruction(view)
    done = [name for name in state.told if name in state.results]
    found = [
        t.SUMMARY_LINE.format(name=recipient_name(view, name), result=what(view, name)[1])
        for name in done[: common.MOST_LINES]
    ]
    return receipts.fitting(found, len(done))


# --- what a unit reads


def mine(view: CaseView, own: Collection[str]) -> Message:
    """Return how it stands with those that somebody stands for, and what he can do next."""
    state = the_instruction(view)
    target = keys.told(state.round)
    status = [_mine_status(view, name) for name in sorted(own)]
    waits = any(state.waits_for(name) for name in own)
    silent = any(state.told[name].silent for name in own)
    done = any(state.status(name) == DONE_ for name in own)
    head = pieces.short(view)
    back = any(state.status(name) == DECLINED for name in own)
    following = t.MINE_NEXT if waits else t.MINE_BACK if back else t.MINE_MORE if done and state.out else ""
    text = fill(
        t.MINE, names=names(view, sorted(own)), due=pieces.due(view), status="\n".join(dict.fromkeys(status)),
        next=following, **head,
    )  # fmt: skip
    presses = []
    if state.out and waits:
        if silent:
            presses.append(press("desk_received", "desk_received", target))
        presses.append(press("instruct_done", "instruct_done", target))
        presses.append(press("instruct_decline", "instruct_decline", target))
    elif state.out and back:  # it was sent back, and is done after all
        presses.append(press("instruct_done", "instruct_done", target))
    return framed_case(view, text, presses)


def _mine_status(view: CaseView, name: str) -> str:
    state = the_instruction(view)
    status, result = state.status(name), state.results.get(name)
    moment = result.at if result is not None else state.told[name].answered_at
    return t.MINE_STATUS[status].format(
        time=at(moment, view.now), result=result_text(result) if result is not None else "",
        reason=written(result.reason, 60) if result is not None else "",
    )  # fmt: skip


def ask_result(view: CaseView, own: Collection[str]) -> Message:
    """Ask for the result, with what is usually said."""
    state = the_instruction(view)
    back = [result.reason for name in own if (result := state.results.get(name)) is not None and result.reason]
    again = t.ASK_AGAIN.format(reason=written(back[0], 60)) if back else ""
    text = fill(t.ASK_RESULT, called=called(state), names=names(view, sorted(own)), again=again)
    target = keys.told(state.round)
    presses = [press("instruct_settled", "desk_reason", target, words=words) for words in t.QUICK]
    if any(state.waits_for(name) for name in own):
        presses.append(press("instruct_decline", "instruct_decline", target))
    return framed_case(view, text, presses)


def ask_why(view: CaseView, own: Collection[str]) -> Message:
    """Ask why it is sent back."""
    state = the_instruction(view)
    target = keys.told(state.round)
    text = fill(t.ASK_WHY, called=called(state), names=names(view, sorted(own)))
    presses = [press("instruct_declined", "desk_reason", target, words=words) for words in t.WHY_NOT]
    return framed_case(view, text, [*presses, press("instruct_done", "instruct_done", target)])


# --- sent back


def which_back(view: CaseView) -> Message:
    """Ask whose result is not enough."""
    state = the_instruction(view)
    done = [name for name in state.told if state.status(name) == DONE_][: common.MOST_LINES]
    presses = [press("instruct_back_of", "desk_of", keys.PAPER, recipient=name) for name in done]
    return framed_case(
        view, fill(t.WHICH_BACK, called=called(state)), [*presses, press("desk_page", "desk_back", keys.PAPER)]
    )


def why_back(view: CaseView, name: str) -> Message:
    """Ask why a result is not enough."""
    state = the_instruction(view)
    result = state.results[name]
    presses = [
        press("instruct_returned", "desk_reason", keys.PAPER, recipient=name, words=words) for words in t.BACK_REASONS
    ]
    text = fill(t.WHY_BACK, name=recipient_name(view, name), result=written(result.text, 300) or t.NO_RESULT)
    return framed_case(view, text, [*presses, press("desk_page", "desk_back", keys.PAPER)])
