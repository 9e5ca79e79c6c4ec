"""Every notice of the core in words: ``render(notice, view) -> Message``."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from bot.render import (
    card,  # noqa: F401  # cut across the topics, and word some notices of their own
    matrix,  # noqa: F401
    naming,
    worksheet,  # noqa: F401
)
from bot.render.framing import framed
from bot.render.message import Message
from bot.render.registry import DRAWN, WORDED
from bot.render.text import fill
from bot.render.view import View
from bot.texts import card as c
from bot.texts import words as w
from plans.core.notice import Notice
from plans.incident.kind import TOPICS

_WORDED_HERE = {item.name for item in iter_modules([str(Path(__file__).parent)])}
for _name in (topic.__name__.rpartition(".")[2] for topic in TOPICS):
    if _name in _WORDED_HERE:
        import_module(f"bot.render.{_name}")  # a topic's words stand in the file of its name, and register themselves

KEYS = frozenset({*WORDED, *DRAWN})
"""Every notice key that has words."""


def render(notice: Notice, view: View) -> Message:
    """Return the message of a notice for one audience; an unknown key is a KeyError."""
    if view.neutral and not notice.type.neutral:
        return framed(view, fill(w.NEUTRAL, number=naming.number(view)))
    if notice.key in DRAWN:
        return DRAWN[notice.key](view)
    rendering = WORDED[notice.key]
    presses = () if view.neutral else notice.buttons
    if not presses and not view.neutral and rendering.presses is not None:
        presses = rendering.presses(notice, view)
    return framed(view, rendering.words(notice, view), presses)


def timeline_text(notice: Notice, view: View) -> str:
    """Return a notice as the timeline of ``tocsin simulate`` shows it: what changes a card or worksheet is one line."""
    params = notice.params
    if not notice.edits:
        return render(notice, view).text
    if "status" in params:
        status = naming.call_status(str(params["status"]))
        return c.TIMELINE_ACK.format(unit=naming.unit_name(view, str(params["unit"])), status=status)
    if "report" in params:
        return c.TIMELINE_FILED.format(report=params["report"], name=naming.unit_name(view, str(params["recipient"])))
    if "outcome" in params:
        return c.TIMELINE_VAIN.format(name=naming.unit_name(view, str(params["recipient"])), outcome=params["outcome"])
    template = c.TIMELINE_CARD if notice.key == "card" else c.TIMELINE_SHEET
    return template.format(number=naming.number(view))
