"""Photos, voice messages and files that come with a report."""

from __future__ import annotations

from bot.render import naming
from bot.render.framing import framed
from bot.render.registry import renders
from bot.render.text import Text, fill, written
from bot.render.times import at
from bot.render.view import View
from bot.texts import delivery as delivery_texts
from bot.texts import evidence as t
from bot.texts.evidence import KIND_OTHER as EVIDENCE_OTHER
from bot.texts.evidence import KINDS as EVIDENCE
from plans.core.notice import Notice


@renders("evidence")
def evidence(notice: Notice, view: View) -> Text:
    """A photo or voice message came in."""
    kind = t.KINDS.get(str(notice.params["kind"]), t.KIND_OTHER)
    return fill(t.CAME, number=naming.number(view), kind=kind, time=at(view.now, view.now))


@renders("evidence_lost")
def evidence_lost(notice: Notice, view: View) -> Text:
    """A photo or file could not be kept, and why."""
    kind = t.KINDS.get(str(notice.params["kind"]), t.KIND_OTHER)
    why = t.LOST_WHY[str(notice.params["why"])]
    return fill(t.LOST, number=naming.number(view), kind=kind, why=why)


def media_caption(view: View, kind: str, who: str) -> str:
    """Return what stands under a photo, voice message or file that the duty seat gets."""
    text = t.CAPTION.format(
        number=view.incident.number,
        kind=EVIDENCE.get(kind, EVIDENCE_OTHER),
        time=at(view.now, view.now),
        who=written(who, 16) or delivery_texts.SOMEBODY,
    )
    return framed(view, text).text
