"""Notices about the plan that an incident falls under, where several may be meant."""

from __future__ import annotations

from bot.render import naming
from bot.render.notices.registry import words
from bot.render.text import Text, fill, written
from bot.render.view import PRIVATE, View
from bot.texts import plan_choice as plan_choice_texts
from plans.notices import Notice

MOST_RAW = 120


def _plan(view: View) -> str:
    return naming.short_title(view.plan.title, view)


@words("which_plan")
def which_plan(notice: Notice, view: View) -> Text:
    """A person is asked; until then the clocks of the likeliest plan run."""
    raw = written(view.incident.text, MOST_RAW) if view.place_kind == PRIVATE else ""
    return fill(
        plan_choice_texts.WHICH_PLAN, number=naming.number(view), title=naming.title(view), text=raw, plan=_plan(view)
    )


@words("plan_taken")
def plan_taken(notice: Notice, view: View) -> Text:
    """The words were clear; the duty officer may still say otherwise."""
    return fill(plan_choice_texts.PLAN_TAKEN, number=naming.number(view), plan=_plan(view))


@words("plan_changed")
def plan_changed(notice: Notice, view: View) -> Text:
    """Everybody who reads the card learns that other rules hold now."""
    previous = naming.short_title(str(notice.params["previous"]), view)
    return fill(plan_choice_texts.PLAN_CHANGED, number=naming.number(view), plan=_plan(view), previous=previous)
