"""Spoken decisions that the duty officer records (代录), and their signing (补签)."""

from __future__ import annotations

from bot.render import naming
from bot.render.framing import framed
from bot.render.labels import press
from bot.render.message import Key, Message
from bot.render.naming import addressed, seat_phone
from bot.render.on_site import who
from bot.render.registry import renders
from bot.render.text import Text, fill, written
from bot.render.times import at
from bot.render.view import View
from bot.texts import oral as t
from bot.texts import words as w
from plans.core.notice import Notice
from plans.incident.records_decided import Decision


@renders("to_sign")
def to_sign(notice: Notice, view: View) -> Text:
    """A spoken decision was recorded: its speaker is asked to sign."""
    item = next(item for item in view.incident.decisions if item.sequence == int(notice.params["sequence"]))
    return fill(
        t.TO_SIGN,
        recipient=addressed(view),
        number=naming.number(view),
        time=at(item.spoken_at or item.at, view.now),
        what=decided(view, item),
        recorded=written(item.recorded_by, 16) or w.NAME_UNKNOWN,
        phone=seat_phone(view),
    )


def decided(view: View, item: Decision) -> str:
    """Return what was decided, in words that can stand in a sentence."""
    match item.kind:
        case "end":
            return t.DECIDED_END
        case "publish":
            texts = [one.text for one in view.incident.statements.values() if one.changed == item.sequence]
            return t.DECIDED_PUBLISH.format(text=written("".join(texts), 60))
        case "site":
            named = [one for one in view.incident.site if one.sequence == item.sequence]
            if any(one.role for one in named):
                return t.DECIDED_SITE_HELD
            return t.DECIDED_SITE.format(name="".join(who(view, one) for one in named))
    return t.DECIDED_LEVEL.format(verb=w.DECISIONS[item.kind], level=item.level)


def oral_who(view: View, level: str, decides: str = "declare") -> Message:
    """Ask who spoke: one button for each role that may decide this."""
    response = next((item for item in view.plan.responses if item.level == level), None)
    roles = response.declared_by if response is not None and decides != "end" else tuple(view.plan.roles)
    what = t.ORAL_END if decides == "end" else t.ORAL_START.format(level=level)
    rows = tuple(
        (
            Key(
                view.plan.roles[role].title,
                press("oral_preview", "oral", "incident", of=role, level=level, decides=decides),
            ),
        )
        for role in roles
    )
    message = framed(view, t.ORAL_WHO.format(number=view.incident.number, what=what))
    return Message(message.text, message.entities, rows, message.mark)
