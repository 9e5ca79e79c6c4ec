"""Who did what before a press that came too late: the loser of a race reads it instead of 有了变化."""

from __future__ import annotations

from bot.render import naming
from bot.render.text import written
from bot.render.times import at
from bot.render.view import View
from bot.texts import chat as chat_texts
from bot.texts import closing as closing_texts
from bot.texts import ending as ending_texts
from bot.texts import filing as filing_texts
from bot.texts import levels as levels_texts
from bot.texts import proposals as proposals_texts
from bot.texts import seat as seat_texts
from bot.texts import units as units_texts
from bot.texts import words as w
from plans import events as e


def outrun(view: View, name: str) -> str:
    """Return who settled what a button acts on, when and how, for a pop-up; empty where the log does not say it.

    Args:
        name: of the object, as ``plans.incident.changes`` has it.
    """
    kind, _, of = name.partition(":")
    incident = view.incident
    for item in reversed(incident.events):
        if item.sequence in incident.undone:
            continue
        said = _said(view, kind, of, item.event)
        if said:
            return chat_texts.OUTRUN.format(time=at(item.at, view.now), said=said)
    return ""


def _said(view: View, kind: str, of: str, event: e.Event) -> str:
    if kind == "handling" and isinstance(event, e.HandlingTaken):
        return seat_texts.OUTRUN_HANDLED.format(name=_name(event.name))
    if kind in ("proposal", "standing") and isinstance(event, e.Declared):
        role = naming.role(view.plan, event.role)
        return levels_texts.OUTRUN_DECLARED.format(role=role, level=event.level)
    if kind == "proposal" and isinstance(event, e.ProposalDeclined):
        return proposals_texts.OUTRUN_DECLINED.format(role=naming.role(view.plan, event.by_role), level=event.level)
    if kind in ("standing", "course") and isinstance(event, e.Ended):
        return ending_texts.OUTRUN_ENDED.format(role=naming.role(view.plan, event.role))
    if kind == "course" and isinstance(event, e.Closed):
        return closing_texts.OUTRUN_CLOSED.format(name=_name(event.name))
    if kind in ("owed", "obligation") and isinstance(event, e.Filed):
        instance = view.incident.instances.get(of.partition("|")[0])
        recipient = of.partition("|")[2]
        if instance is not None and event.report == instance.report and recipient in ("", event.recipient):
            to = naming.unit_name(view, event.recipient)
            return filing_texts.OUTRUN_FILED.format(name=_name(event.name), to=to, report=event.report)
    if kind == "call" and isinstance(event, e.UnitAnswered) and event.unit == of.rpartition(":")[0]:
        return units_texts.OUTRUN_ANSWERED.format(
            name=_name(event.name), unit=naming.unit_name(view, event.unit), status=event.status
        )
    return ""


def _name(name: str | None) -> str:
    return written(name or "", 16) or w.NAME_UNKNOWN
