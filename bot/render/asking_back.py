"""What this office asks the office or system that reported, on the worksheet."""

from __future__ import annotations

from bot.render.text import Text, fill, written
from bot.render.times import at
from bot.render.view import View
from bot.texts import asking_back as t
from bot.texts.words import LIST
from plans.incident.asking_back import asked_of


def sheet_lines(view: View) -> list[Text]:
    """Return from whom the report came by the program, how he is asked, and what he was."""
    incident = view.incident
    of = asked_of(incident)
    if not of or not incident.open:
        return []
    name = LIST.join(dict.fromkeys(written(one, 20) for one in of.values()))
    asked = [
        fill(t.LINE, name=name, time=at(item.at, view.now), question=written(item.question, 60))
        for item in incident.asked_back[-3:]
    ]
    if len(of) == 1:
        return [fill(t.HINT, name=name), *asked]
    return [fill(t.HINT_SEVERAL, name=name, numbers=LIST.join(map(str, incident.absorbed))), *asked]
