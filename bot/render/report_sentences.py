"""The form's elements as sentences of a written report; what the record does not hold is left to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.paper import Block, Paragraph
from bot.render import instructed, naming
from bot.render.form import Element, form_of, informant, left_out, matter, measures_text, office
from bot.render.text import written
from bot.render.times import dated, formal
from bot.render.values import (
    SHOWN,
    certain_deaths,
    fact_of,
    label,
    plainly,
    rumour,
    unknown_to_all,
    value,
)
from bot.render.view import View
from bot.texts import report_paper as t
from bot.texts import script as s
from bot.texts import words as w
from plans.load import plan_facts
from plans.values import Options

NO = Options(frozenset({False}))
_PARTS = re.compile(f"[{t.BETWEEN_PARTS}]")
SCENE = frozenset({"occurred", "place", "nature"})
_PEOPLE = frozenset({"source", "reporter_unit", "reporter"})


def kind(view: View) -> str:
    """Return what kind of event it is, as a noun: 踩踏拥挤事件; where that is not known, what the plan is for."""
    known = bool(view.incident.event_class) or len(view.incident.candidates) == 1
    name = naming.class_name(view) if known else ""
    if not name or name.endswith(t.OTHER_CLASS):
        name = matter(view)
    whole = next((word for word in t.WHOLE_NAMES if name.endswith(word)), "")
    if any(sign in name for sign in t.KINDS_BETWEEN):
        what = whole if whole in t.WHOLE_NAMES[:2] else t.WHOLE_NAMES[0]
        return t.EVENT_OF_KINDS.format(name=name.removesuffix(what), what=what)
    if whole:
        return name
    return (t.EVENT_OF_SUPPLY if name.endswith(t.SUPPLY) else t.EVENT).format(name=name)


def sentences(view: View, items: list[Element]) -> Iterator[Block]:
    """Put elements into sentences in their order: where and when it happened, what is counted, then the rest."""
    text = ""
    people: list[str] = []
    at = 0
    while at < len(items):
        run = _run(view, items, at)
        at += len(run)
        first = run[0]
        if people and _sort(view, first) != "people":
            yield Paragraph(w.COMMA.join(people) + w.STOP)
            people = []
        match _sort(view, first):
            case "scene":
                text += happened(view, {field for one in run for field in one.fields})
                text += "".join(_missing(view, one) for one in run)
            case "figures":
                text += _as_of(view, [part for one in run for part in _counted(view, one)])
                text += "".join(_missing(view, one) for one in run)
            case "people":
                people.extend(t.IS.format(name=one.name, value=element_text(view, one)) for one in run)
            case _:
                if text:
                    yield Paragraph(text)
                text = ""
                yield Paragraph(stopped(element_text(view, first)) if not first.fields else _said(view, first))
    if text:
        yield Paragraph(text)
    if people:
        yield Paragraph(w.COMMA.join(people) + w.STOP)


def figures_left(view: View, report: str, items: list[Element]) -> Iterator[Block]:
    """Tell the figures that no element holds; what the plan's form does not ask for only where somebody spoke of it."""
    names = left_out(view, items)
    if form_of(view, report) is not None:
        names = [name for name in names if value(view, name) is not None or name in view.incident.answers]
    names = [name for name in names if value(view, name) != NO]  # what is not the case need not be told
    if names:
        yield Paragraph(_as_of(view, [_figure(view, label(view, name), name) for name in names]))


def _run(view: View, items: list[Element], at: int) -> list[Element]:
    """Return an element with those behind it that belong into the same sentence."""
    sort = _sort(view, items[at])
    end = at + 1
    while end < len(items) and sort in ("scene", "figures", "people") and _sort(view, items[end]) == sort:
        end += 1
    return items[at:end]


def _sort(view: View, item: Element) -> str:
    fields = {*item.fields}
    if fields and fields <= SCENE and fields != {"nature"}:
        return "scene"
    if fields and fields <= {*plan_facts(view.plan), "scope"} and item.facts:
        return "figures"
    if len(fields) == 1 and fields <= _PEOPLE and element_text(view, item):
        return "people"
    return "other"


def happened(view: View, fields: Sequence[str] | frozenset[str] | set[str]) -> str:
    """Return when, where and what happened; what is not known is left to be filled in."""
    incident = view.incident
    if incident.occurred_at is None:
        time = to_fill(t.OCCURRED)
    else:
        time = formal(incident.occurred_at) + (t.ASSUMED if incident.occurred_basis == "assumed" else "")
    place = written(incident.place or incident.unit, 60) or to_fill(t.PLACE)
    known = naming.class_name(view) or "nature" not in fields
    return t.HAPPENED.format(time=time, place=place, kind=kind(view) if known else to_fill(t.NATURE))


def _as_of(view: View, figures: Sequence[str]) -> str:
    return t.AS_OF.format(time=formal(view.now), figures=w.COMMA.join(figures))


def _counted(view: View, item: Element) -> list[str]:
    """Return the figures of an element, each with its name; an element of one figure has the element's own."""
    if len(item.fields) == 1:
        return [_figure(view, item.name, item.facts[0])]
    return [_figure(view, label(view, name), name) for name in item.facts]


def _figure(view: View, name: str, fact: str) -> str:
    """Return ``受伤4人（未核实）``, what is said and not confirmed, or that nobody said anything."""
    template = t.FIGURE if fact in SHOWN else t.FIGURE_OF_ITS_OWN
    if fact_of(view, fact).type not in ("count", "number"):
        template = t.CHOICE
    name = name.removesuffix(s.COUNTED) if fact in SHOWN else name
    if fact == "deaths" and (hearsay := rumour(view)):
        return template.format(name=name, value=certain_deaths(view)) + w.COMMA + hearsay
    if value(view, fact) is not None:
        return template.format(name=name, value=plainly(view, fact))
    if fact not in view.incident.answers:
        return to_fill(name)
    return template.format(name=name, value=unknown_to_all(view, fact) or w.VERIFYING)


def _said(view: View, item: Element) -> str:
    """Return an element of the record with its name: ``事件性质为踩踏拥挤。``, and what of it is missing."""
    content = element_text(view, item)
    if content.startswith(t.TO_FILL.partition("{")[0]):
        return stopped(content)
    if item.measures and item.name.startswith(t.PLANNED):
        return t.TAKEN.format(measures=content) + to_fill(item.name)  # what was done is not what is to be done
    return t.SAYS.format(name=item.name, value=content.rstrip(w.STOP))


def element_text(view: View, item: Element) -> str:
    """Return what the record holds of an element, and by its name what it does not."""
    answer = view.incident.answers.get(item.name)
    if item.said:
        return instructed.element(view, item.name, when=dated, most=instructed.MOST_LONG)
    if not item.fields:
        given = item.value or (w.VERIFYING if answer is not None else "")
        return t.SAYS.format(name=item.name, value=given) if given else to_fill(item.name)
    if item.measures and t.TREND in item.name:
        return to_fill(item.name)  # what was done is not how it will go on
    parts = []
    for field in item.fields:
        if field in plan_facts(view.plan):
            name = item.name if len(item.fields) == 1 else label(view, field)
            parts.append(_figure(view, name, field))
        elif text := _field(view, field):
            parts.append(text)
    content = w.COMMA.join(parts) or item.value
    return content + _missing(view, item) if content else to_fill(item.name)


def _field(view: View, field: str) -> str:
    """Return a field of the record that is no figure; empty where nobody said it."""
    incident = view.incident
    match field:
        case "occurred":
            assumed = t.ASSUMED if incident.occurred_basis == "assumed" else ""
            return formal(incident.occurred_at) + assumed if incident.occurred_at is not None else ""
        case "place":
            return written(incident.place or incident.unit, 60)
        case "nature":
            return naming.class_name(view)
        case "source":
            return informant(view)
        case "reporter_unit":
            return office(view)
        case "reporter":
            return written(view.seat, 20)
        case "measures":
            return measures_text(view, when=dated)
    return ""


def _missing(view: View, item: Element) -> str:
    """Return those parts of an element's name that the record cannot fill, to be filled in."""
    names = [part for part in _PARTS.split(item.name) if part]
    filled = [field for field in item.fields if field in plan_facts(view.plan) or _field(view, field)]
    if len(names) == 1:
        return "" if len(filled) == len(item.fields) or {*item.fields} <= SCENE else to_fill(item.name)
    missing = [name for name in names if not any(_fills(view, field, name) for field in filled)]
    if {*item.fields} <= SCENE and len(names) <= len(item.fields):
        return ""
    return "".join(to_fill(name) for name in missing)


def _fills(view: View, field: str, name: str) -> bool:
    """Whether a field of the record is what a part of an element's name asks for."""
    facts = plan_facts(view.plan)
    if field in facts:
        return view.plan.casualties and (name[:2] in facts[field].label or bool(set(name) & set(t.COUNTED_WORDS)))
    if name == t.REPORTED_AT:
        return True  # it is the paper's own date
    return any(word in name for word in t.FIELD_WORDS.get(field, ()))


def to_fill(name: str) -> str:
    """Return a place that is left for the officer's own words."""
    return t.TO_FILL.format(name=name)


def stopped(text: str) -> str:
    """Return a text with a full stop, unless it ends in one or in what is to be filled in."""
    return text if text.endswith((w.STOP, t.TO_FILL[-1])) else text + w.STOP
