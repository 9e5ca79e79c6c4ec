"""Labels of buttons and how they stand in rows: at most two a row, and then at most eight characters each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.render.catalogue import LABELS
from bot.render.message import Key
from bot.render.naming import short_title, source, unit_name
from bot.render.values import amount_of, fact_of
from bot.render.view import View
from bot.texts import facts as facts_texts
from bot.texts import judging as judging_texts
from plans.incident import Incident
from plans.incident.changes import revision_of
from plans.model import All, AnyOf, Choice, Condition, Plan, Within
from plans.notices import Press

SHARED = 8
"""Characters of a label that shares its row."""


LONGEST = 24
"""Characters of any label: clients cut what is longer."""


def press(action: str, label: str, obj: str = "incident", **args: Any) -> Press:
    """Return a button's press."""
    return Press(action=action, label=label, object=obj, args=args)


def stamped(item: Press, incident: Incident) -> Press:
    """Return a press with the revision of what it acts on: it confirms nothing that came later."""
    return replace(item, revision=revision_of(incident, item.object) or 0)


def label(item: Press, view: View) -> str:
    """Return what stands on a button."""
    if item.label.startswith("choice:"):
        shown = _choice(item, view)
    elif item.label.startswith("class:"):
        named = {kind.id: kind.name for kind in view.plan.classes}
        shown = named.get(str(item.args["class"]), str(item.args["class"]))
    elif item.label.startswith("body:"):
        shown = unit_name(view, str(item.args["body"]))
    elif item.label in ("this_plan", "other_plan"):
        shown = LABELS[item.label].format(title=short_title(str(item.args["title"]), view))
    elif item.label == "by_source":
        args = item.args
        value = amount_of(args["value"], fact_of(view, str(args["fact"])))
        shown = facts_texts.BY_SOURCE.format(source=source(view, str(args["use"])), value=value)
    else:
        shown = LABELS[item.label].format(**item.args)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"


def _choice(item: Press, view: View) -> str:
    fact, option = str(item.args["fact"]), str(item.args["option"])
    choice = next(choice for choice in fact_of(view, fact).choices if choice.id == option)
    level = level_of(view.plan, fact, choice)
    return judging_texts.CHOICE.format(label=choice.label, level=level) if level else choice.label


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


def rows(presses: Iterable[Press], view: View) -> tuple[tuple[Key, ...], ...]:
    """Return the buttons in rows: short neighbours in pairs, a long one alone."""
    found: list[tuple[Key, ...]] = []
    for item in presses:
        key = Key(label(item, view), stamped(item, view.incident))
        last = found[-1] if found else ()
        if len(last) == 1 and len(last[0].label) <= SHARED and len(key.label) <= SHARED:
            found[-1] = (*last, key)
        else:
            found.append((key,))
    return tuple(found)


def short(label: str) -> str:
    """Return a label as long as clients show it."""
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"
