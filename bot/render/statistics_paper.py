"""Statistics as an official paper: a section for each of the six lines with its table, and how it is counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.clock import SHANGHAI
from bot.paper import Block, Heading, Paper, Paragraph, Table
from bot.render.citing import cite
from bot.render.statistics import about, period_name, place_of
from bot.render.statistics_lines import lasted, six_lines
from bot.texts import statistics as t
from bot.texts import words as w
from plans.statistics.statistics import Answers, Part, Reports, Spread, Statistics


def paper(found: Statistics, signed_by: str = "") -> Paper:
    """Return statistics as a paper.

    Args:
        signed_by: the unit that issues it.
    """
    said = dict(six_lines(found))
    blocks: list[Block] = [Paragraph(_intro(found))]
    for key, text in said.items():
        blocks += [Heading(t.PAPER_HEADINGS[key]), Paragraph(text + w.STOP), *_tables(found, key)]
    blocks.append(Heading(t.PAPER_HEADINGS["notes"]))
    blocks += [Paragraph(text) for text in _notes(said)]
    return Paper(
        title=tuple(part.format(place=place_of(found), period=period_name(found.period)) for part in t.PAPER_TITLE),
        blocks=tuple(blocks), signed_by=signed_by, dated=found.at.astimezone(SHANGHAI).date(),
        mark=w.DRILL if found.of_drills else "",
    )  # fmt: skip


def _intro(found: Statistics) -> str:
    plans = w.LIST.join(part.title for part in found.plans)
    own = t.OF_OWN.format(units=w.LIST.join(found.own)) if found.own else ""
    lines = [line for line in about(found).plain.splitlines() if not line.startswith(t.PLANS.format(plans=""))]
    return t.PAPER_INTRO.format(
        place=place_of(found) + own, plans=t.PAPER_PLANS.format(plans=plans) if plans else "",
        period=period_name(found.period), about="".join(lines),
    )  # fmt: skip


def _notes(said: Iterable[str]) -> Iterable[str]:
    topics = {"incident": ("incident",), "report": ("report", "others"), "answer": ("answer", "arrival"),
              "decided": ("level", "correction", "waiver"), "warning": ("warning", "waking", "measure"),
              "spot": ("spot",), "duty": ("duty",)}  # fmt: skip
    wanted = {topic for key in said for topic in topics[key]} | {"spread"}
    for name, text in t.DEFINITIONS.items():
        if name.partition(":")[0] in wanted:
            yield t.PAPER_NOTE.format(name=t.DEFINITION_NAMES[name], text=text)


def _tables(found: Statistics, key: str) -> Iterable[Block]:
    match key:
        case "incident":
            counted = found.incidents
            yield from _parts(found.places if len(found.places) > 1 else (), "", t.PAPER_BY_PLACE)
            yield from _parts(counted.by_plan if len(counted.by_plan) > 1 else (), "", t.PAPER_BY_PLAN)
            yield from _parts(counted.by_kind, t.NO_CLASS, t.PAPER_BY_KIND)
            yield from _parts(counted.by_level, t.NO_LEVEL, t.PAPER_BY_LEVEL)
            named = [
                replace(part, title=t.RESPONSE_OF.format(level=part.title) if part.key else "")
                for part in counted.by_response
            ]
            yield from _parts(named, t.NO_RESPONSE, t.PAPER_BY_RESPONSE)
        case "report":
            yield from _reports(found.reports)
            if found.others:
                yield Paragraph(t.OTHERS_HEAD.strip("*") + w.STOP)
                yield from _reports(found.others)
        case "answer":
            yield from _units(found.units)
        case "warning":
            yield from _parts(found.warnings.by_colour, t.NO_COLOUR, t.PAPER_BY_COLOUR)
            yield from _parts(found.warnings.by_kind, t.NO_HAZARD, t.PAPER_BY_HAZARD)
            yield from _units(found.warnings.units)
        case "duty":
            rows = [
                (item.title + cite(item.source.clause if item.source is not None else ""), str(item.number),
                 *(str(getattr(item, name)) for name in t.STATUS))
                for item in found.by_duty
            ]  # fmt: skip
            yield from _table(t.PAPER_DUTY_HEAD, rows, (8, 2, 2, 2, 2, 2, 2, 2))


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]], shares: tuple[int, ...]) -> Iterable[Table]:
    if rows:
        yield Table(head=head, rows=tuple(rows), shares=shares)


def _parts(counted: Sequence[Part], unsaid: str, name: str) -> Iterable[Table]:
    rows = [(part.title or unsaid, str(part.number)) for part in counted]
    yield from _table((name, t.PAPER_NUMBER), rows, (6, 2))


def _reports(reports: Sequence[Reports]) -> Iterable[Table]:
    rows = [
        (f"{t.STAGES[item.stage]}", str(item.owed), *(str(getattr(item, name)) for name in t.OUTCOMES),
         *_times(item.lateness))
        for item in reports
    ]  # fmt: skip
    yield from _table(t.PAPER_REPORT_HEAD, rows, (4, 2, 2, 2, 3, 2, 3, 3, 2, 3, 3))


def _times(found: Spread | None) -> tuple[str, str]:
    return (lasted(found.median), lasted(found.worst)) if found is not None else ("", "")


def _units(units: Sequence[Answers]) -> Iterable[Table]:
    rows = [(unit.title, str(unit.called), str(unit.answered), str(unit.silent), *_times(unit.time)) for unit in units]
    yield from _table(t.PAPER_UNIT_HEAD, rows, (6, 2, 2, 2, 3, 3))
