"""What somebody was told by the desk and has not done, in lines of his list."""

from __future__ import annotations

from collections.abc import Sequence

from bot.render.cases import CaseView
from bot.render.desk import called
from bot.render.instruction_pieces import by
from bot.render.text import Text, fill, written
from bot.render.times import at
from bot.texts import instructions as i
from bot.texts import status as t
from plans.desk.addressed import Addressed
from plans.desk.instruction_state import Instruction

MOST = 40
"""Characters of what was told."""


def told_line(view: CaseView, own: Sequence[str]) -> Text:
    """Return an instruction or a notice in a line.

    Args:
        own: those of its recipients that the reader stands for, and that have still to do it.
    """
    state = view.case
    if not isinstance(state, Addressed):
        raise TypeError(f"{state.stream} goes to nobody")
    if not isinstance(state, Instruction):
        return fill(t.TODO_NOTICED, called=called(state), text=written(state.text, MOST))
    status = min((state.status(name) for name in own), key=list(t.TODO_INSTRUCTED_STATUS).index)
    return fill(
        t.TODO_INSTRUCTED, called=called(state), by=by(view), text=written(state.text, MOST),
        due=i.LIST_DUE.format(time=at(state.due, view.now)) if state.due is not None else i.LIST_NO_DUE,
        late=i.LIST_LATE if state.due is not None and state.due <= view.now else "",
        status=t.TODO_INSTRUCTED_STATUS[status],
    )  # fmt: skip
