"""A written report as an official writes it: whom it goes to, the form's elements as sentences, unit and date.

What nobody said is left to be filled in (【待补：…】), under the name that the plan gives it; nothing is made up. The
numbered form stands beside it as an attachment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.clock import SHANGHAI
from bot.paper import Attachment, Block, Heading, Paper, Paragraph, Table
from bot.render import aid, duties, instructed, naming, on_site
from bot.render.card import event_level, response_line
from bot.render.form import Element, elements, form_of, informant, left_out, matter, measures_text, office
from bot.render.report import heard_wrong, numbered_form
from bot.render.text import written
from bot.render.times import dated, formal
from bot.render.values import (
    SHOWN,
    certain_deaths,
    fact_of,
    label,
    plainly,
    rumour,
    told_figures,
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
_SCENE = frozenset({"occurred", "place", "nature"})
_PEOPLE = frozenset({"source", "reporter_unit", "reporter"})


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """A paper for those to whom the same is to be said.

    Attributes:
        to: keys of the recipients.
    """

    name: str
    to: tuple[str, ...]
    paper: Paper


def report_papers(view: View, key: str) -> list[ReportPaper]:
    """Return the papers of one obligation: one, or several where not everybody is to be told the same.

    They are addressed to who is owed this report and has not had it; where all have had it, to who was owed it.
    """
    item = duties.owed(view, (key,))[0]
    to = tuple(name for name in item.left or item.instance.to if not naming.medium(view, name))
    groups = _by_what_they_heard(view, to) if item.instance.report == w.CORRECTION else [to]
    several = len(groups) > 1
    papers = []
    for names in groups:
        of = t.FILE_TO.format(names=written(duties.names(view, names), 40)) if several else ""
        name = t.FILE.format(number=naming.number(view), report=item.instance.report, to=of)
        papers.append(ReportPaper(name, names, _paper(view, item, names)))
    return papers


def _by_what_they_heard(view: View, to: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return recipients by what they heard wrong: nobody is corrected of what he never heard."""
    last = next(iter(reversed(view.incident.corrections)), None)
    if last is None or last.kind != "figures":
        return [to]
    groups: dict[str, list[str]] = {}
    for name in to:
        groups.setdefault(told_figures(view, heard_wrong(view, last, name)), []).append(name)
    return [tuple(names) for names in groups.values()] or [()]


def _paper(view: View, item: duties.Owed, to: tuple[str, ...]) -> Paper:
    report = item.instance.report
    form = numbered_form(view, report)
    table = Table(
        t.FORM_HEAD,
        tuple((str(number), name, text) for number, (name, text) in enumerate(form.items, 1)),
        (1, 4, 8),
    )
    number = naming.seat_number(view)
    return Paper(
        title=title(view, report),
        to=tuple(naming.unit_name(view, name) for name in to),
        blocks=tuple(_blocks(view, item, to)),
        attachments=(
            Attachment(form.title, (*map(_flush, form.above), table, *map(_flush, form.below))),
        ),
        signed_by=office(view),
        dated=view.now.astimezone(SHANGHAI).date(),
        note=t.NOTE.format(
            name=written(view.seat, 20) or w.NAME_BLANK, number=t.NOTE_NUMBER.format(number=number) if number else ""
        ),
        mark=w.DRILL if view.incident.drill else "",
    )  # fmt: skip


def _flush(line: str) -> Paragraph:
    return Paragraph(line, indented=False)


def title(view: View, report: str) -> tuple[str, ...]:
    """Return ``关于××小学踩踏拥挤事件的首报`` in pieces."""
    return (*about(view), t.REPORT_WORDS.get(report, t.OF.format(report=report)))


def about(view: View) -> tuple[str, ...]:
    """Return ``关于××小学踩踏拥挤事件`` in pieces."""
    where = written(view.incident.place or view.incident.unit, 56)
    return tuple(filter(None, (t.ABOUT, where, kind(view))))


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


def _verb(report: str) -> str:
    return next((word for word in t.VERBS if word in report), t.VERB)


def _blocks(view: View, item: duties.Owed, to: tuple[str, ...]) -> Iterator[Block]:
    report = item.instance.report
    if report == w.CORRECTION:
        yield Paragraph(_happened(view, _SCENE) + _corrected(view, to))
    elif item.rule is not None and duties.is_task(item):
        yield Paragraph(_happened(view, _SCENE) + t.TASK_DEMANDED.format(
            document=view.plan.document, clause=item.instance.clause, text=item.rule.text
        ))  # fmt: skip
        yield from _figures_left(view, report, [])
        for one in elements(view, report) if form_of(view, report) is not None else ():
            yield Heading(one.name)
            yield Paragraph(_stopped(_content(view, one)))
        if form_of(view, report) is None:
            yield Paragraph(to_fill(report))
    elif report == w.ANSWER:
        yield Paragraph(_happened(view, _SCENE) + _answered(view, to))
        yield from _figures_left(view, report, [])
    else:
        items = elements(view, report)
        if any(_SCENE & {*one.fields} - {"nature"} for one in items):
            yield from _told(view, items)
        elif report == w.FIRST:
            yield Paragraph(_happened(view, _SCENE))
            yield from _told(view, items)
        else:
            yield Paragraph(_happened(view, _SCENE) + _before(view, report, to))
            yield from _figures_left(view, report, items)
            for one in items:
                yield Heading(one.name)
                yield Paragraph(_stopped(_content(view, one)))
            items = []
        if items:
            yield from _figures_left(view, report, items)
    yield Paragraph(t.LEVELS.format(event=event_level(view), response=response_line(view)))
    beside = [*(on_site.lines(view) if view.incident.site else ()), *(aid.lines(view) if view.incident.aid else ())]
    for line in beside:
        yield Paragraph(_stopped(line.plain))
    yield Paragraph(
        (t.FIRST_ENDS if view.incident.state in ("reported", "responding") else "") + t.ENDS.format(verb=_verb(report))
    )


def _before(view: View, report: str, to: tuple[str, ...]) -> str:
    """Return that the recipients were told before and when, where all of them were told at the same time."""
    last = view.incident.last_filings()
    moments = {last[name].called_at if name in last else None for name in to}
    moment = moments.pop() if len(moments) == 1 else None
    if moment is None:
        return t.REPORT_NOW.format(verb=_verb(report))
    return t.REPORTED_BEFORE.format(time=formal(moment), verb=_verb(report))


def _corrected(view: View, to: tuple[str, ...]) -> str:
    last = next(iter(reversed(view.incident.corrections)), None)
    if last is None or last.kind == "merged":
        return s.MERGED
    if last.kind == "rejected":
        return s.FALSE_ALARM
    old = told_figures(view, heard_wrong(view, last, to[0])) if to else told_figures(view, last.old)
    return t.WRONG.format(old=old, new=told_figures(view, last.new))


def _answered(view: View, to: tuple[str, ...]) -> str:
    request = next((item for item in reversed(view.incident.requests) if item.recipient in to), None)
    if request is None:
        return t.REPORT_NOW.format(verb=t.VERB)
    question = t.ASKED_WHAT.format(question=written(request.question, 200)) if request.question else ""
    return t.ANSWERED.format(
        name=naming.unit_name(view, request.recipient), time=formal(request.requested_at), question=question
    )


def _figures_left(view: View, report: str, items: list[Element]) -> Iterator[Block]:
    """Tell the figures that no element holds; what the plan's form does not ask for only where somebody spoke of it."""
    names = left_out(view, items)
    if form_of(view, report) is not None:
        names = [name for name in names if value(view, name) is not None or name in view.incident.answers]
    names = [name for name in names if value(view, name) != NO]  # what is not the case need not be told
    if names:
        yield Paragraph(_as_of(view, [_figure(view, label(view, name), name) for name in names]))


def _as_of(view: View, figures: Sequence[str]) -> str:
    return t.AS_OF.format(time=formal(view.now), figures=w.COMMA.join(figures))


def _told(view: View, items: list[Element]) -> Iterator[Block]:
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
                text += _happened(view, {field for one in run for field in one.fields})
                text += "".join(_missing(view, one) for one in run)
            case "figures":
                text += _as_of(view, [part for one in run for part in _counted(view, one)])
                text += "".join(_missing(view, one) for one in run)
            case "people":
                people.extend(t.IS.format(name=one.name, value=_content(view, one)) for one in run)
            case _:
                if text:
                    yield Paragraph(text)
                text = ""
                yield Paragraph(_stopped(_content(view, first)) if not first.fields else _said(view, first))
    if text:
        yield Paragraph(text)
    if people:
        yield Paragraph(w.COMMA.join(people) + w.STOP)


def _run(view: View, items: list[Element], at: int) -> list[Element]:
    """Return an element with those behind it that belong into the same sentence."""
    sort = _sort(view, items[at])
    end = at + 1
    while end < len(items) and sort in ("scene", "figures", "people") and _sort(view, items[end]) == sort:
        end += 1
    return items[at:end]


def _sort(view: View, item: Element) -> str:
    fields = {*item.fields}
    if fields and fields <= _SCENE and fields != {"nature"}:
        return "scene"
    if fields and fields <= {*plan_facts(view.plan), "scope"} and item.facts:
        return "figures"
    if len(fields) == 1 and fields <= _PEOPLE and _content(view, item):
        return "people"
    return "other"


def _happened(view: View, fields: Sequence[str] | frozenset[str] | set[str]) -> str:
    """Return when, where and what happened; what is not known is left to be filled in."""
    incident = view.incident
    if incident.occurred_at is None:
        time = to_fill(t.OCCURRED)
    else:
        time = formal(incident.occurred_at) + (t.ASSUMED if incident.occurred_basis == "assumed" else "")
    place = written(incident.place or incident.unit, 60) or to_fill(t.PLACE)
    known = naming.class_name(view) or "nature" not in fields
    return t.HAPPENED.format(time=time, place=place, kind=kind(view) if known else to_fill(t.NATURE))


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
    content = _content(view, item)
    if content.startswith(t.TO_FILL.partition("{")[0]):
        return _stopped(content)
    if item.measures and item.name.startswith(t.PLANNED):
        return t.TAKEN.format(measures=content) + to_fill(item.name)  # what was done is not what is to be done
    return t.SAYS.format(name=item.name, value=content.rstrip(w.STOP))


def _content(view: View, item: Element) -> str:
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
        return "" if len(filled) == len(item.fields) or {*item.fields} <= _SCENE else to_fill(item.name)
    missing = [name for name in names if not any(_fills(view, field, name) for field in filled)]
    if {*item.fields} <= _SCENE and len(names) <= len(item.fields):
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


def _stopped(text: str) -> str:
    return text if text.endswith((w.STOP, t.TO_FILL[-1])) else text + w.STOP
