"""The questions that decide, and their clauses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.render import naming
from bot.render.citing import cite
from bot.render.registry import explains, labels, renders
from bot.render.text import Text, fill
from bot.render.values import fact_of, label, shortly
from bot.render.view import View
from bot.texts import judging as t
from bot.texts import words as w
from plans.core.notice import Notice, Press
from plans.model import All, AnyOf, Choice, Condition, Plan, Within


@renders("question")
def question(notice: Notice, view: View) -> Text:
    """The one question that decides, with its clause and reading."""
    fact = view.plan.facts.get(str(notice.params["fact"]))
    said = {
        "number": naming.number(view),
        "question": str(notice.params["question"]),
        "citation": cite(str(notice.params["clause"]), fact.reading if fact is not None else None),
        "figures": shortly(view),
    }
    if fact is not None and not notice.buttons and fact.type in ("count", "number"):
        name = str(notice.params["fact"])  # nothing to tap: a figure is written
        return fill(t.QUESTION_FIGURE, example=f"{label(view, name)}3{fact_of(view, name).unit}", **said)
    return fill(t.QUESTION, **said)


@explains("already_determined")
def _determined(params: Mapping[str, Any], view: View) -> dict[str, str]:
    return {"level_name": str(params["level"] or w.UNDETERMINED)}


@labels("choice")
def _choice(item: Press, view: View) -> str:
    fact, option = str(item.args["fact"]), str(item.args["option"])
    choice = next(choice for choice in fact_of(view, fact).choices if choice.id == option)
    level = level_of(view.plan, fact, choice)
    return t.CHOICE.format(label=choice.label, level=level) if level else choice.label


def level_of(plan: Plan, fact: str, choice: Choice) -> str:
    """Return the response level that a choice of a judgement starts."""
    for response in plan.responses:
        if any(item.clause == choice.clause or _names(item.when, fact, choice.id) for item in response.conditions):
            return response.level
    return ""


def _names(condition: Condition, fact: str, option: str) -> bool:
    if isinstance(condition, Within):
        return condition.fact == fact and option in condition.values
    if isinstance(condition, All | AnyOf):
        return any(_names(part, fact, option) for part in condition.parts)
    return False


@labels("class")
def _class(item: Press, view: View) -> str:
    """Return the name of a class of the plan."""
    names = {kind.id: kind.name for kind in view.plan.classes}
    return names.get(str(item.args["class"]), str(item.args["class"]))
