"""That leaders said something about an incident (批示), as its course tells it: nobody's words stand there."""

from __future__ import annotations

from bot.render import naming
from bot.render.course.words import told
from bot.render.view import View
from bot.texts import instructions as t
from plans.incident.instructions import GIVEN, InstructionNoted


@told(InstructionNoted)
def _noted(view: View, event: InstructionNoted) -> str:
    number = t.COURSE_NUMBER.format(number=event.number)
    if event.stands == GIVEN:
        return t.COURSE.format(giver=naming.of_event(view, event, "giver") if event.giver else "", number=number)
    return t.COURSE_AGAIN[event.stands].format(number=number)
