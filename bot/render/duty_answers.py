"""What is offered to somebody whose words or picture answer a duty: which one it is, or that it is a report."""

from __future__ import annotations

from collections.abc import Sequence

from bot.render.cases import CaseView, framed_case
from bot.render.duty import line, title
from bot.render.labels import press
from bot.render.message import Message
from bot.render.said import Words, is_report
from bot.render.text import fill, joined, written
from bot.texts import duty as t
from plans.duty.chasing import BOOK
from plans.duty.settling import duty_key
from plans.duty.state import Instance

LONGEST = 60
"""Characters of the words that are shown."""


def offer(view: CaseView, instances: Sequence[Instance], said: Words, *, done: bool) -> Message:
    """Return the duties that may be meant, each with the button that settles it by these words, and the way back.

    Args:
        done: it is said that something is done, not that it is not yet.
    """
    head = (t.ANSWER_DONE if done else t.ANSWER_NOT_YET) if instances else t.ANSWER_NOTHING
    lines = "\n".join(line(view, number, item) for number, item in enumerate(instances, 1))
    words = t.ANSWER_WORDS.format(words=written(said.text, LONGEST)) if said.text else ""
    files = t.ANSWER_FILES.format(count=len(said.files)) if said.files else ""
    presses = []
    for number, item in enumerate(instances, 1):
        key, args = duty_key(item.key), {"key": item.key, "number": number}
        if done:
            presses.append(press("duty_said", "duty_done", key, **args, **said.handed_in, only=len(instances) == 1))
        else:
            presses.append(press("duty_done", "duty_done", key, **args))
            presses.append(press("duty_not_applicable", "duty_not_applicable", key, **args))
    presses.append(is_report(BOOK, said))
    return framed_case(view, joined((fill(head, title=title(view)), words, files, lines, t.ANSWER_END)), presses)
