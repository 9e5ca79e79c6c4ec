"""A written report as an official writes it: whom it goes to, the form's elements as sentences, unit and date.

What nobody said is left to be filled in (【待补：…】), under the name that the plan gives it; nothing is made up. The
numbered form stands beside it as an attachment.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.clock import SHANGHAI
from bot.paper import Attachment, Block, Heading, Paper, Paragraph, Table
from bot.render import aid, duties, naming, on_site
from bot.render.card import event_level, response_line
from bot.render.form import elements, form_of, office
from bot.render.report import heard_wrong, numbered_form
from bot.render.report_sentences import SCENE, element_text, figures_left, happened, kind, sentences, stopped, to_fill
from bot.render.text import written
from bot.render.times import formal
from bot.render.values import (
    told_figures,
)
from bot.render.view import View
from bot.texts import report_paper as t
from bot.texts import script as s
from bot.texts import words as w


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


def _verb(report: str) -> str:
    return next((word for word in t.VERBS if word in report), t.VERB)


def _blocks(view: View, item: duties.Owed, to: tuple[str, ...]) -> Iterator[Block]:
    report = item.instance.report
    if report == w.CORRECTION:
        yield Paragraph(happened(view, SCENE) + _corrected(view, to))
    elif item.rule is not None and duties.is_task(item):
        yield Paragraph(happened(view, SCENE) + t.TASK_DEMANDED.format(
            document=view.plan.document, clause=item.instance.clause, text=item.rule.text
        ))  # fmt: skip
        yield from figures_left(view, report, [])
        for one in elements(view, report) if form_of(view, report) is not None else ():
            yield Heading(one.name)
            yield Paragraph(stopped(element_text(view, one)))
        if form_of(view, report) is None:
            yield Paragraph(to_fill(report))
    elif report == w.ANSWER:
        yield Paragraph(happened(view, SCENE) + _answered(view, to))
        yield from figures_left(view, report, [])
    else:
        items = elements(view, report)
        if any(SCENE & {*one.fields} - {"nature"} for one in items):
            yield from sentences(view, items)
        elif report == w.FIRST:
            yield Paragraph(happened(view, SCENE))
            yield from sentences(view, items)
        else:
            yield Paragraph(happened(view, SCENE) + _before(view, report, to))
            yield from figures_left(view, report, items)
            for one in items:
                yield Heading(one.name)
                yield Paragraph(stopped(element_text(view, one)))
            items = []
        if items:
            yield from figures_left(view, report, items)
    yield Paragraph(t.LEVELS.format(event=event_level(view), response=response_line(view)))
    beside = [*(on_site.lines(view) if view.incident.site else ()), *(aid.lines(view) if view.incident.aid else ())]
    for line in beside:
        yield Paragraph(stopped(line.plain))
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
