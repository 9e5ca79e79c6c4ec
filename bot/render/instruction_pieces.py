"""What instructions say of themselves in every text about them: whose word, within which incident, by when."""

from __future__ import annotations

from datetime import datetime

from bot.render.cases import CaseView
from bot.render.desk import called
from bot.render.recipients import MOST_TEXT, files
from bot.render.text import written, written_block
from bot.render.times import at, full
from bot.texts import instructions as t
from plans.desk.instruction_state import Instruction


def the_instruction(view: CaseView) -> Instruction:
    """Return the instruction that is shown; an error for a case of another kind."""
    if not isinstance(view.case, Instruction):
        raise TypeError(f"{view.case.stream} is no instruction")
    return view.case


def by(view: CaseView) -> str:
    """Return whose word it is, by which way, and that the desk wrote it down where it did."""
    state = the_instruction(view)
    if not state.giver:
        return t.NO_GIVER
    recorded = t.RECORDED.format(name=written(state.by_name, 12)) if state.recorded else ""
    way = t.BY_WAY.format(way=state.way) if state.way else ""
    return t.CALLED_BY.format(giver=written(state.giver, 20) + t.WORD, way=way, recorded=recorded)


def due(view: CaseView) -> str:
    """Return by when it is wanted, and how that was said."""
    state = the_instruction(view)
    if state.due is None:
        return t.NO_DUE
    said = t.DUE_WORDS.format(words=written(state.due_words, 20)) if state.due_words else ""
    return t.DUE.format(time=clock(view, state.due), words=said)


def clock(view: CaseView, moment: datetime) -> str:
    """Return one of its moments by the clock on the wall: that of a drill that was held lies behind it."""
    offset = view.case.offset
    return at(moment - offset, view.now - offset)


def head(view: CaseView, most: int = MOST_TEXT) -> dict[str, str]:
    """Return what stands above: which one, whose word, when, within which incident, what it says, by when."""
    state = the_instruction(view)
    return {
        "called": called(state), "by": by(view), "given": full(state.given_at),
        "incident": t.WITHIN.format(number=state.incident_number) if state.incident else "",
        "text": written_block(state.text, most), "due": due(view), "files": files(view),
    }  # fmt: skip


def short(view: CaseView) -> dict[str, str]:
    """Return the same in short: which one, whose word, what it says."""
    found = head(view)
    return {name: found[name] for name in ("called", "by", "text")}
