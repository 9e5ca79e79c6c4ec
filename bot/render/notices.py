"""Every notice of the core in words: ``render(notice, view) -> Message``."""

from __future__ import annotations

from bot.render import (  # each registers what it words
    bodies,  # noqa: F401
    card,  # noqa: F401
    closing,  # noqa: F401
    doubts,  # noqa: F401
    drills,  # noqa: F401
    edits,  # noqa: F401
    ending,  # noqa: F401
    evidence,  # noqa: F401
    facts,  # noqa: F401
    filing,  # noqa: F401
    judging,  # noqa: F401
    levels,  # noqa: F401
    matrix,  # noqa: F401
    merging,  # noqa: F401
    naming,
    oral,  # noqa: F401
    owed,  # noqa: F401
    plan_choice,  # noqa: F401
    proposals,  # noqa: F401
    reporting,  # noqa: F401
    seat,  # noqa: F401
    units,  # noqa: F401
    worksheet,  # noqa: F401
)
from bot.render.framing import framed
from bot.render.message import Message
from bot.render.registry import DRAWN, WORDED
from bot.render.text import fill
from bot.render.view import View
from bot.texts import cards as c
from bot.texts import words as w
from plans.core.notice import Notice

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
