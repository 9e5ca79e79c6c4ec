"""The written report: every element of the plan's form, numbered, as plain text to copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.render import aid, duties, naming, on_site
from bot.render.card import event_level, response_line
from bot.render.form import elements, form_of, left_out, matter
from bot.render.framing import framed, framed_plain
from bot.render.message import Message
from bot.render.text import fill, joined, pre, written
from bot.render.times import at, full
from bot.render.values import figure, told_figures
from bot.render.view import View
from bot.texts import filing as t
from bot.texts import script as s
from bot.texts import words as w
from plans.incident.records import Correction


@dataclass(frozen=True, slots=True)
class NumberedForm:
    """The elements of a report as the plan's form has them.

    Attributes:
        above, below: lines before and after them.
        items: name and value, in the plan's order; nothing is left out.
    """

    title: str
    above: list[str]
    items: list[tuple[str, str]]
    below: list[str]


def numbered_form(view: View, report: str = w.FIRST) -> NumberedForm:
    """Return a report's elements, numbered: what is unknown says so, what only a person knows is marked."""
    incident, plan = view.incident, view.plan
    form = form_of(view, report)
    ordinal = 1 + len(
        {item.called_at for item in incident.filings if item.report == report and item.channel == w.WRITTEN}
    )
    above = [s.SERIAL.format(year=incident.year, number=incident.number, report=report, ordinal=ordinal)]
    if report == w.CORRECTION:
        above.extend(_corrected(view))
    if report == w.ANSWER:
        above.extend(_requests(view))
    items = elements(view, report)
    values = [(item.name, item.long or item.value or (s.FILL_IN if item.asked else w.VERIFYING)) for item in items]
    below = []
    if more := left_out(view, items):
        below.append(s.FIGURES.format(figures=w.SEMICOLON.join(figure(view, name) for name in more)))
    below.append(s.LEVELS.format(event=event_level(view), response=response_line(view)))
    if view.incident.site:
        below.extend(line.plain for line in on_site.lines(view))
    if view.incident.aid:
        below.extend(line.plain for line in aid.lines(view))
    owed = [item.instance for item in duties.owed(view) if item.instance.report == report]
    to = list(dict.fromkeys(name for item in owed if not item.possible and item.by_office for name in item.to))
    if to:
        below.append(s.TO.format(names=duties.names(view, to)))
    if form is not None:
        below.append(s.BASIS.format(document=plan.document, clause=form.clause))
    below.append(s.MADE.format(time=full(view.now), number=naming.seat_number(view) or w.NO_NUMBER))
    below.append(s.SIGNED)
    title = s.TITLE.format(jurisdiction=view.jurisdiction or plan.jurisdiction.name, matter=matter(view), report=report)
    return NumberedForm(title, above, values, below)


def written_report(view: View, report: str = w.FIRST) -> str:
    """Return the numbered form as text, to be copied."""
    form = numbered_form(view, report)
    numbered = [
        s.NUMBERED.format(ordinal=number, name=name, value=value) for number, (name, value) in enumerate(form.items, 1)
    ]
    return framed_plain(view, "\n".join((form.title, *form.above, *numbered, *form.below)))


def _corrected(view: View) -> list[str]:
    return [correction(view, item) for item in view.incident.corrections[-1:]]


def correction(view: View, item: Correction) -> str:
    """Return what a correction says: old and new figures, that it was a mistake, or that two incidents were one.

    Who heard other wrong figures than the last ones is told of those: nobody is corrected of what he never heard.
    """
    if item.kind != "figures":
        return s.FALSE_ALARM if item.kind == "rejected" else s.MERGED
    groups: dict[str, list[str]] = {}
    for name in item.told:
        groups.setdefault(told_figures(view, heard_wrong(view, item, name)), []).append(name)
    new = told_figures(view, item.new)
    if len(groups) < 2:
        return s.OLD_NEW.format(old=next(iter(groups), told_figures(view, item.old)), new=new)
    old_figures = (s.OLD_OF.format(names=duties.names(view, names), old=old) for old, names in groups.items())
    return s.OLD_NEW.format(old=w.SEMICOLON.join(old_figures), new=new)


def heard_wrong(view: View, item: Correction, recipient: str) -> dict[str, Any]:
    """Return the corrected figures as a recipient had last heard them before the correction."""
    before = [
        filing for filing in view.incident.filings if filing.recipient == recipient and filing.sequence < item.sequence
    ]
    if not before:
        return dict(item.old)
    last = max(before, key=lambda filing: filing.called_at)
    return {name: last.figures[name] for name in item.new if name in last.figures}


def _requests(view: View) -> list[str]:
    return [
        s.ASK.format(
            question=written(item.question, 200) or w.UNSTATED,
            name=naming.unit_name(view, item.recipient),
            time=at(item.requested_at, view.now),
        )
        for item in view.incident.requests[-1:]
    ]


def report_message(view: View, key: str) -> Message:
    """Return the written report of one obligation as a message: one tap copies the block."""
    item = duties.owed(view, (key,))[0]
    head = fill(
        t.WRITTEN_HEAD,
        report=item.instance.report,
        due=duties.due(view, item),
        citation=duties.citation(item),
    )
    return framed(view, joined((head, t.WRITTEN_HINT, pre(written_report(view, item.instance.report))), "\n"))
