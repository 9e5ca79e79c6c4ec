"""The elements of a plan's report form, filled from the incident's record; what the record does not hold stays open."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.render import duties, instructed, naming
from bot.render.text import written
from bot.render.times import When, at, full
from bot.render.values import amount, fact_of, figure, figures_to_show, named, plainly, unknown_to_all, value
from bot.render.view import View
from bot.texts import elements as elements_texts
from bot.texts import script as s
from bot.texts import words as w
from plans.acting import carries_out
from plans.core.command import is_platform
from plans.incident.units import ANSWERS
from plans.load import plan_facts
from plans.model import Form
from plans.values import Unknown

_ENCLOSED = re.compile(r"（[^）]*）$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Element:
    """One element of a form.

    Attributes:
        value: in words, to be said; empty = nothing is known of it.
        long: the same for writing, figures with their source and time.
        fact: id of the figure that it is.
        facts: ids of all figures in it.
        asked: the record never holds it: the duty officer adds it.
        fields: by which the record fills it.
        said: it is filled by what leaders said (批示).
    """

    name: str
    value: str = ""
    long: str = ""
    fact: str = ""
    facts: tuple[str, ...] = ()
    scene: bool = False
    measures: bool = False
    asked: bool = False
    fields: tuple[str, ...] = ()
    said: bool = False


def form_of(view: View, report: str) -> Form | None:
    """Return the plan's form of a report kind, or None."""
    return next((form for form in view.plan.forms if form.report == report), None)


@carries_out("list", "form", "Form")
def elements(view: View, report: str) -> list[Element]:
    """Return the elements of a report in the plan's order; where it has no form, the few that go without saying."""
    form = form_of(view, report)
    if form is None:
        common = s.FIRST_WITHOUT_FORM if report == w.FIRST else s.LATER_WITHOUT_FORM
        return [_element(view, name, filled) for name, filled in common.items()]
    sources = [*form.sources, *([""] * len(form.elements))]
    if report != w.FIRST:  # what a follow-up tells of the course of things is what has been done since
        sources = [{"trend": "measures"}.get(item, item) for item in sources]
    return [_element(view, name, filled) for name, filled in zip(form.elements, sources, strict=False)]


def left_out(view: View, items: list[Element]) -> list[str]:
    """Return the figures to be told that no element holds."""
    element_facts = {name for item in items for name in item.facts}
    return [name for name in figures_to_show(view) if name not in element_facts]


def _element(view: View, name: str, filled: str) -> Element:
    parts = filled.split()
    if not parts:
        if said := instructed.element(view, name):
            long = instructed.element(view, name, when=lambda moment, now: full(moment), most=instructed.MOST_LONG)
            return Element(name=name, value=said, long=long, said=True)
        answer = answered(view, name)
        return Element(name=name, value=answer, long=answer, asked=True)
    if len(parts) == 1 and parts[0] in plan_facts(view.plan):
        return replace(_figure(view, name, parts[0]), fields=(parts[0],))
    facts = tuple(part for part in parts if part in plan_facts(view.plan))
    values = [_field(view, part) for part in parts]
    content = w.COMMA.join(short for short, _ in values if short) or answered(view, name)
    long = w.COMMA.join(text for _, text in values if text) or answered(view, name)
    return Element(
        name=name, value=content, long=long, facts=facts, scene="place" in parts, measures=parts == ["measures"],
        fields=tuple(parts),
    )  # fmt: skip


def _figure(view: View, name: str, fact: str) -> Element:
    current = value(view, fact)
    if current is None or isinstance(current, Unknown):
        answer = unknown_to_all(view, fact)
        return Element(name=name, value=answer, long=answer, fact=fact, facts=(fact,))
    return Element(
        name=name, value=amount(current, fact_of(view, fact)), long=figure(view, fact), fact=fact, facts=(fact,)
    )


def _field(view: View, field: str) -> tuple[str, str]:
    """Return a field of the record, to be said and to be written."""
    incident = view.incident
    if field in plan_facts(view.plan):
        return named(view, field) + plainly(view, field), figure(view, field)
    if field == "occurred":
        return at(incident.occurred_at, view.now), full(incident.occurred_at)
    if field == "place":
        place = written(incident.place or incident.unit, 60) or w.PLACE_UNKNOWN
        return place, place
    simple = {
        "nature": naming.class_name(view),
        "source": informant(view),
        "reporter_unit": view.plan.office_unit or view.plan.office,
        "reporter": written(view.seat, 20) or w.NAME_BLANK,
    }
    if field == "measures":
        return measures_text(view, short=True), measures_text(view)
    return simple.get(field, ""), simple.get(field, "")


def answered(view: View, name: str) -> str:
    """Return the short answer that somebody gave to an element (无, 不详); 正在核实 is what stands there anyway."""
    answer = view.incident.answers.get(name)
    return elements_texts.ANSWERS[answer.answer] if answer is not None and answer.answer != "verifying" else ""


def informant(view: View) -> str:
    """Return who told of it: the caller, else the sender with its unit, else the kind of source."""
    incident = view.incident
    if incident.informant and is_platform(incident.reporter_id):
        return s.RELAYED.format(platform=written(incident.reporter, 12), name=written(incident.informant, 20))
    if incident.informant:
        return s.INFORMANT.format(name=written(incident.informant, 20))
    unit, name = written(incident.unit, 20), written(incident.reporter, 12)
    name += naming.mark(view, incident.reporter, incident.reporter_id) if name else ""
    if "unregistered" in incident.flags:
        return s.UNREGISTERED.format(name=name) if name else s.UNREGISTERED_NOBODY
    if unit or name:
        return s.REPORTED_BY.format(unit=unit, name=name)
    return naming.source(view, incident.source)


def measures_text(view: View, *, short: bool = False, when: When = at) -> str:
    """Return what was done so far as the log knows it: levels declared, units called, who is there.

    Args:
        when: how a moment is written.
    """
    incident = view.incident
    parts = []
    declared = [item for item in incident.decisions if item.level is not None]
    for item in declared[-1:] if short else declared:
        if item.level is not None:
            parts.append(s.DECLARED.format(time=when(item.at, view.now), verb=w.DECISIONS[item.kind], level=item.level))
    called = [call for call in incident.calls.values() if call.round]
    if called:
        parts.append(s.CALLED.format(count=len(called)))
    if not short:
        for answer in sorted(ANSWERS.values(), key=lambda item: -item.progress):
            names = [call.unit for call in called if call.status == answer.id]
            if answer.under_way and names:
                parts.append(s.ANSWERED.format(status=answer.id, names=duties.names(view, names)))
    if not parts and incident.handled_at is not None:
        parts.append(s.HANDLED.format(time=when(incident.handled_at, view.now)))
    return w.COMMA.join(parts)


def matter(view: View) -> str:
    """Return what kind of event the plan is for: its title without whose plan it is (校园安全事故)."""
    title = _ENCLOSED.sub("", view.plan.title)
    place = view.plan.jurisdiction.name
    # 杭州市临安区 is 临安区 in its own plan's title.
    own = next((place[at:] for at in range(len(place) - 1) if title.startswith(place[at:])), "")
    for word in (place, own, *s.PLAN_WORDS):
        title = title.replace(word, "") if word else title
    return title if 2 <= len(title) <= 14 else s.MATTER


def office(view: View) -> str:
    """Return the unit that keeps the duty seat."""
    return view.plan.office_unit or view.plan.office
