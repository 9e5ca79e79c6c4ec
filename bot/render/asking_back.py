"""What this office asks the office or system that reported, on the worksheet."""

from __future__ import annotations

from bot.render.text import Text, fill, written
from bot.render.times import at
from bot.render.view import View
from bot.texts import asking_back as t
from plans.core.command import is_platform


def sheet_lines(view: View) -> list[Text]:
    """Return from whom the report came by the program, how he is asked, and what he was."""
    incident = view.incident
    if not is_platform(incident.reporter_id) or not incident.open:
        return []
    name = written(incident.reporter, 20)
    asked = [
        fill(t.LINE, name=name, time=at(item.at, view.now), question=written(item.question, 60))
        for item in incident.asked_back[-3:]
    ]
    return [fill(t.HINT, name=name), *asked]
