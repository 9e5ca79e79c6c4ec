"""One incident on a picture: its course, every clock with its end and when it was told, every unit with its answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.pictures.answers import draw_units, units
from bot.pictures.answers import moments as of_units
from bot.pictures.axis import draw_axis
from bot.pictures.clocks import Clock, clocks, draw_clocks
from bot.pictures.clocks import moments as of_clocks
from bot.pictures.course import chosen, course, draw_course
from bot.pictures.legend import draw_legend
from bot.pictures.picture import Picture
from bot.pictures.scale import ended, scale
from bot.pictures.sheet import LEFT, RIGHT, SMALL, Sheet
from bot.render import View, naming
from bot.render.card import event_level, response_line, state
from bot.render.times import full
from bot.texts import pictures as t
from bot.texts import words as w
from plans.incident.state import RUNNING


def incident_picture(view: View, *, night: bool = False) -> Picture:
    """Return an incident as it stands, or its whole course when it is over.

    Units and roles are named and no persons, and nothing of what somebody wrote but the place stands there, so that
    whoever may read the card may see it.

    Args:
        night: light on dark, as the board has it.

    Raises:
        ValueError: others than officials would see it.
    """
    if view.neutral:
        raise ValueError("no picture of an incident where others than officials read along")
    incident, running = view.incident, view.incident.state in RUNNING
    steps, owed, called = course(view), clocks(view), units(view)
    start = min([step.at for step in steps] or [view.now])
    end = view.now if running else max([start, *(step.at for step in steps), *_settled(owed)])
    moments = [*(step.at for step in steps), *of_clocks(owed), *of_units(called), start, end]
    moments = [max(moment, start) for moment in moments]
    axis = scale(moments, LEFT + 4, RIGHT - 4) if running else ended(moments, end, LEFT + 4, RIGHT - 4)

    sheet = Sheet()
    title = incident_title(view)
    sheet.title(title, drill=incident.drill, mark=w.REAL if view.flag and not incident.drill else "")
    line = t.STATE.format(state=state(view), response=response_line(view), event=event_level(view))
    sheet.paragraph(line, most=3)
    sheet.say(line)
    until = t.UNTIL.format(plan=naming.short_title(view.plan.title, view), time=full(view.now))
    sheet.paragraph(until, size=SMALL, colour="faint", most=2)
    sheet.say(until)
    draw_course(sheet, view, steps)
    draw_axis(sheet, axis, [step.at for step in chosen(steps)], end, _end(view, end))
    draw_clocks(sheet, view, owed, axis, end)
    draw_units(sheet, view, called, axis, end)
    draw_legend(sheet, owed, with_units=bool(called), with_breaks=bool(axis.breaks))
    return sheet.picture(title, night=night)


def _end(view: View, end: datetime) -> str:
    """Return what the end of the scale is called: now, the end of the response, else the last that happened."""
    if view.incident.state in RUNNING:
        return t.NOW
    return t.END if end == view.incident.ended_at else t.LAST


def incident_title(view: View) -> str:
    """Return what the picture of an incident is called."""
    template = t.INCIDENT if view.incident.state in RUNNING else t.ENDED
    return template.format(title=naming.title(view))


def _settled(owed: Sequence[Clock]) -> list[datetime]:
    """Return when something was told or filed: the picture of an end reaches to the last of it."""
    return [moment for clock in owed for moment in (*clock.told, clock.ended) if moment is not None]
