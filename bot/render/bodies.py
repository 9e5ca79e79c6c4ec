"""Which body a placeholder of the plan is."""

from __future__ import annotations

from bot.render import naming
from bot.render.registry import labels, renders
from bot.render.text import Text, fill
from bot.render.view import View
from bot.texts import bodies as t
from plans.core.notice import Notice, Press


@renders("which_body")
def which_body(notice: Notice, view: View) -> Text:
    """A placeholder was called, and it is not plain which body it is."""
    unit = naming.unit_of(view.plan, str(notice.params["unit"]))
    name = (unit.name or unit.id) if unit is not None else str(notice.params["unit"])
    return fill(t.WHICH_BODY, number=naming.number(view), unit=name, place=naming.place(view))


@labels("body")
def _body(item: Press, view: View) -> str:
    """Return what a body is called."""
    return naming.unit_name(view, str(item.args["body"]))
