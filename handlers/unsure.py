"""「受伤5人」, 「不变」, 「属实」: how a figure is meant that does not count before somebody has chosen."""

from __future__ import annotations

from handlers.access import Where
from handlers.buttons import ButtonPress, button
from handlers.replies import question_again
from plans.incident.unsure import ChooseFigure


@button("choose_figure", on="figure", where=Where.OFFICIAL, again=question_again)
async def choose_figure(press: ButtonPress) -> str:
    """One of the ways to mean a figure."""
    command = ChooseFigure(key=press.arg("key"), option=press.arg("option"))
    return await press.run(command, done="figure_chosen", last=True)
