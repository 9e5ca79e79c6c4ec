"""Which plan an incident falls under, where several may be meant."""

from __future__ import annotations

from bot.render import naming
from bot.render.catalogue import LABELS
from bot.render.framing import framed
from bot.render.message import Message
from bot.render.registry import labels, renders
from bot.render.text import Text, fill, written
from bot.render.view import PRIVATE, View
from bot.texts import plan_choice as t
from plans.core.notice import Notice, Press

MOST_RAW = 120


def _plan(view: View) -> str:
    return naming.short_title(view.plan.title, view)


@renders("which_plan")
def which_plan(notice: Notice, view: View) -> Text:
    """A person is asked; until then the clocks of the likeliest plan run."""
    raw = written(view.incident.text, MOST_RAW) if view.place_kind == PRIVATE else ""
    return fill(t.WHICH_PLAN, number=naming.number(view), title=naming.title(view), text=raw, plan=_plan(view))


@renders("plan_taken")
def plan_taken(notice: Notice, view: View) -> Text:
    """The words were clear; the duty officer may still say otherwise."""
    return fill(t.PLAN_TAKEN, number=naming.number(view), plan=_plan(view))


@renders("plan_changed")
def plan_changed(notice: Notice, view: View) -> Text:
    """Everybody who reads the card learns that other rules hold now."""
    previous = naming.short_title(str(notice.params["previous"]), view)
    return fill(t.PLAN_CHANGED, number=naming.number(view), plan=_plan(view), previous=previous)


def other_plan(view: View) -> Message:
    """Return what stands where the card was, in a group whose plan the incident does not fall under any more."""
    return framed(
        view,
        t.OTHER_PLAN.format(number=naming.number(view), plan=naming.short_title(view.plan.title, view)),
    )


@labels("this_plan", "other_plan")
def _of_plan(item: Press, view: View) -> str:
    """Return a plan by its short title."""
    return LABELS[item.label].format(title=naming.short_title(str(item.args["title"]), view))
