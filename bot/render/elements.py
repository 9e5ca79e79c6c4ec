"""What a first report still lacks by the plan's form, the most important first, and the message that completes it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.render import naming
from bot.render.form import form_of
from bot.render.framing import framed
from bot.render.labels import press
from bot.render.message import Message
from bot.render.text import fill
from bot.render.values import always, label
from bot.render.view import View
from bot.texts import elements as t
from bot.texts import words as w
from plans.core import keys
from plans.core.notice import Press
from plans.load import plan_facts

IMPORTANCE = (
    "deaths", "missing", "trapped", "serious_injuries", "injuries", "ill", "endangered", "place", "occurred", "nature",
)  # fmt: skip
"""What is asked for first; what follows stands in the plan's order."""

MOST_CLASSES = 6

_HELD = frozenset({"measures", "source", "reporter", "reporter_unit"})
"""Fields that the record always holds."""


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is lacking: a fact's id, ``place``, ``occurred``, ``nature`` or an element's own name."""

    key: str
    label: str
    counted: bool = False


def lacking(view: View) -> list[Lack]:
    """Return what nobody has told and nobody has answered yet."""
    lacks: dict[str, Lack] = {}
    form = form_of(view, w.FIRST)
    elements = form.elements if form is not None else ()
    sources = [*(form.sources if form is not None else ()), *([""] * len(elements))]
    for name in always(view.plan):
        _figure(view, name, lacks)
    for name, filled in zip(elements, sources, strict=False):
        for part in filled.split() or [""]:
            if part in plan_facts(view.plan):
                _figure(view, part, lacks)
            elif part in t.FIELDS:
                if not _known(view, part):
                    lacks[part] = Lack(part, t.FIELDS[part])
            elif part not in _HELD:
                lacks[name] = Lack(name, name)
    for part, title in t.FIELDS.items():
        if form is None and not _known(view, part):
            lacks[part] = Lack(part, title)
    unanswered = [item for key, item in lacks.items() if key not in view.incident.answers]
    ranks = {key: rank for rank, key in enumerate(IMPORTANCE)}
    return sorted(unanswered, key=lambda item: ranks.get(item.key, len(ranks)))


def _figure(view: View, name: str, lacks: dict[str, Lack]) -> None:
    fact, claims = plan_facts(view.plan).get(name), view.incident.claims
    if fact is None or fact.judgement or name in claims or (name == "injuries" and "ill" in claims):
        return
    if fact.type in ("count", "number"):
        lacks[name] = Lack(name, label(view, name), counted=True)


def _known(view: View, field: str) -> bool:
    incident = view.incident
    if field == "place":
        return bool(incident.place or incident.unit)
    if field == "occurred":
        return incident.occurred_basis != "assumed"
    return bool(incident.event_class) or not view.plan.classes


def completion(view: View, after: str = "") -> Message:
    """Return the guided completion: what is lacking, and one element with its common answers.

    Args:
        after: the element that was passed over; the next one is asked.
    """
    items = lacking(view)
    number = naming.number(view)
    undo = press("undo_answer", "undo", "answers") if view.incident.answers else None
    if not items:
        return framed(view, fill(t.COMPLETE, number=number), (undo,) if undo else ())
    keys = [item.key for item in items]
    at = (keys.index(after) + 1) % len(items) if after in keys else 0
    item = items[at]
    names = w.LIST.join(one.label for one in items)
    text = fill(t.LACKING, number=number, count=len(items), names=names, name=item.label, how=t.HOW.get(item.key, ""))
    presses = [*_answers(view, item)]
    if len(items) > 1:
        presses.append(press("complete", "next_one", after=item.key, redraw=True))
    if undo:
        presses.append(undo)
    return framed(view, text, presses)


def _answers(view: View, item: Lack) -> list[Press]:
    target = keys.element(item.key)
    if item.key == "nature":
        class_ids = view.incident.candidates or tuple(kind.id for kind in view.plan.classes)
        chosen = [
            press("answer_class", f"class:{name}", "class", **{"class": name}) for name in class_ids[:MOST_CLASSES]
        ]
        return [*chosen, press("answer", "verifying", target, element=item.key, answer="verifying")]
    answers = ("unknown", "verifying") if item.key in t.FIELDS else ("none", "unknown", "verifying")
    return [press("answer", answer, target, element=item.key, answer=answer) for answer in answers]
