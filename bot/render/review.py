"""The after-action paper (总结评估), and the record (处置记录) on the same page.

What the log holds is laid out: course, clocks, answers, figures with sources and corrections, and what the plan demands
of the evaluation. What an official must find out for himself (why it happened, what is learnt, what is to be done
better) is left open under its heading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.clock import SHANGHAI
from bot.paper import Block, Heading, Paper, Paragraph, Picture, Table
from bot.render import aid, duties, naming, on_site
from bot.render.card import event_level, response_line, state
from bot.render.course.steps import course
from bot.render.export import names_line, record
from bot.render.form import informant, office
from bot.render.framing import framed
from bot.render.message import Message
from bot.render.releasing import release_lines
from bot.render.report import correction
from bot.render.report_paper import about
from bot.render.report_sentences import to_fill
from bot.render.review_demands import demands, own_headings
from bot.render.review_tables import none_said, reports_table, table_of, units_table
from bot.render.text import fill, written
from bot.render.times import formal, full, on_day
from bot.render.values import amount, fact_of, figures_to_show, label
from bot.render.view import View
from bot.texts import export as e
from bot.texts import report_paper as p
from bot.texts import review as t
from bot.texts import words as w
from plans.incident.ending import Ended
from plans.incident.judging import LevelDetermined
from plans.incident.levels import Agreed, Declared
from plans.incident.proposals import OfferDeclined, ProposalDeclined, ProposalWithdrawn, Proposed
from plans.incident.raising import RaisingJudged

LEVEL_EVENTS = (
    Agreed, Declared, Ended, LevelDetermined, OfferDeclined, ProposalDeclined, ProposalWithdrawn, Proposed,
    RaisingJudged,
)  # fmt: skip


def review(
    view: View, *, pictures: tuple[Picture, ...] = (), warnings: tuple[str, ...] = (), integrity: str = ""
) -> Paper:
    """Return the after-action paper.

    Args:
        pictures: of the course. warnings: lines of those that were in force meanwhile.
        integrity: what the check of the log found, in words.
    """
    drill = view.incident.drill
    title = (*about(view), t.TITLE_DRILL if drill else t.TITLE)
    return Paper(
        title=title,
        blocks=tuple(_blocks(view, pictures, warnings)),
        signed_by=office(view),
        dated=view.now.astimezone(SHANGHAI).date(),
        note=_note(view, integrity),
        mark=w.DRILL if drill else "",
    )


def record_paper(view: View, integrity: str = "") -> Paper:
    """Return the record on the page of official papers: the same lines as the text."""
    drill = view.incident.drill
    blocks: list[Block] = []
    for section in record(view, integrity):
        if section.name:
            blocks.append(Heading(section.name))
        blocks.extend(map(Paragraph, _joined(section.lines) or [e.EXPORT_NONE]))
    return Paper(
        title=(*about(view), t.RECORD_TITLE_DRILL if drill else t.RECORD_TITLE),
        blocks=tuple(blocks),
        signed_by=office(view),
        dated=view.now.astimezone(SHANGHAI).date(),
        mark=w.DRILL if drill else "",
    )


def _joined(lines: Sequence[str]) -> list[str]:
    """Return the lines of the record, those below another one joined to it."""
    under = e.EXPORT_UNDER.partition("{")[0]
    found: list[str] = []
    for line in lines:
        if line.startswith(under) and found:
            found[-1] += w.SEMICOLON + line.removeprefix(under)
        else:
            found.append(line)
    return found


def review_message(view: View, *, without: bool = False) -> Message:
    """Return what is said beside the paper."""
    missing = t.WITHOUT_FILE.format(number=view.incident.number) if without else ""
    return framed(view, fill(t.MESSAGE, title=naming.title(view), **{"without": missing}))


def file_name(view: View, template: str) -> str:
    """Return what a paper is called as a file."""
    return template.format(number=naming.number(view))


def _note(view: View, integrity: str) -> str:
    line = t.INTEGRITY.format(line=integrity or e.EXPORT_INTEGRITY_OPEN)
    names = "".join(f"{one}{w.STOP}" for one in names_line(view))
    return names + t.NOTE.format(integrity=line, time=full(view.now))


def _blocks(view: View, pictures: tuple[Picture, ...], warnings: tuple[str, ...]) -> Iterator[Block]:
    yield Paragraph(t.LEAD)
    yield Heading(t.BASICS)
    yield Table(t.ITEMS, tuple(_basics(view)), (1, 4))
    steps = course(view)
    yield Heading(t.COURSE)
    yield from pictures
    yield table_of(t.STEPS, [(on_day(step.at, view.now), step.words) for step in steps], (1, 4)) or none_said()
    yield Heading(t.LEVELS)
    levels = [step for step in steps if step.event in LEVEL_EVENTS]
    yield table_of(t.STEPS, [(on_day(step.at, view.now), step.words) for step in levels], (1, 4)) or none_said()
    yield Heading(t.REPORTS)
    yield from reports_table(view)
    yield Heading(t.UNITS)
    yield from units_table(view)
    yield Heading(t.FIGURES)
    yield from _figures(view)
    beside = [*on_site.record(view), *aid.record(view), *release_lines(view)]
    if beside:
        yield Heading(t.BESIDE)
        yield from map(Paragraph, beside)
    yield Heading(t.WARNINGS)
    yield from map(Paragraph, warnings or (t.WARNINGS_NONE,))
    yield Heading(t.DEMANDS)
    yield from map(Paragraph, demands(view.plan) or [t.DEMANDS_NONE])
    for name in own_headings(view.plan):
        yield Heading(name)
        yield Paragraph(to_fill(t.OWN_WORDS.get(name, name)))


def _basics(view: View) -> Iterator[tuple[str, str]]:
    incident, plan = view.incident, view.plan
    yield t.NUMBER, t.NUMBER_IS.format(year=incident.year, number=incident.number)
    version = incident.plan_version or plan.version
    yield t.PLAN, t.PLAN_IS.format(title=plan.title, document=plan.document, version=version)
    occurred = formal(incident.occurred_at)
    yield t.OCCURRED, t.ASSUMED.format(time=occurred) if incident.occurred_basis == "assumed" else occurred
    yield t.PLACE, written(incident.place or incident.unit, 80) or to_fill(p.PLACE)
    yield t.KIND, naming.class_name(view) or to_fill(p.NATURE)
    yield t.SOURCE, informant(view)
    yield t.REPORTED, formal(incident.reported_at)
    if incident.verified_at is not None:
        yield t.VERIFIED, formal(incident.verified_at)
    if incident.handled_at is not None:
        yield (
            t.HANDLED,
            formal(incident.handled_at)
            + w.COMMA
            + (naming.on_record(view, incident.handler_name, incident.handled_by) or w.NAME_UNKNOWN),
        )
    yield t.LEVEL, event_level(view)
    yield t.RESPONSE, response_line(view)
    if incident.ended_at is not None:
        yield t.ENDED, formal(incident.ended_at)
    if incident.closed_at is not None:
        yield t.CLOSED, formal(incident.closed_at)
    yield t.STATE, state(view)
    yield t.SEAT, naming.on_record(view, view.seat) or w.NAME_UNKNOWN


# --- what was owed


# --- units


# --- figures


def _figures(view: View) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    for name in figures_to_show(view):
        for claim in view.incident.claims.get(name, ()):
            value = amount(claim.value, fact_of(view, name))
            rows.append(
                (
                    label(view, name),
                    value if claim.confirmed else t.FIGURES_NOT_SURE.format(value=value),
                    naming.source(view, claim.source),
                    on_day(claim.at, view.now),
                )
            )
    yield table_of(t.FIGURES_HEAD, rows, (3, 4, 3, 3)) or Paragraph(t.FIGURES_NONE)
    for item in view.incident.corrections:
        yield Paragraph(
            t.CORRECTION.format(
                ordinal=item.ordinal,
                time=on_day(item.at, view.now),
                text=correction(view, item),
                told=duties.names(view, item.told) or w.NONE,
            )
        )
    if not view.incident.corrections:
        yield Paragraph(t.CORRECTIONS_NONE)
