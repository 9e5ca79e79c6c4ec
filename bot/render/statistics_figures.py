"""The figures of one of the six lines, each with a button that opens the rows behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.render.citing import cite
from bot.render.labels import press
from bot.render.message import Message
from bot.render.naming import subject_of
from bot.render.statistics import Asked, key_of, of_what, period_name, place_of
from bot.render.statistics_lines import (
    answers_line,
    decided_line,
    duties_line,
    incidents_line,
    said_of,
    spot_line,
    spread_words,
    warnings_line,
)
from bot.render.text import Text, fill, joined, written
from bot.texts import statistics as t
from bot.texts import words as w
from plans.model import Plan
from plans.statistics.figures import ANSWERED, Figure, figure
from plans.statistics.statistics import Answers, Duties, Reports, Source, Statistics

MOST_LINES = 40
"""Units or duties that one message shows."""

MOST_FIGURES = 60
"""Buttons with figures under one message."""


def topic(found: Statistics, asked: Asked, key: str, plans: Mapping[str, Plan]) -> Message:
    """Return the figures of one line, each with a button that opens its rows."""
    title = fill(t.TOPIC, period=period_name(found.period), name=t.NAMES[key], place=place_of(found), of=of_what(found))
    lines, buttons = _TOPICS[key](found, plans)
    keys = [
        key_of(
            press(
                "stats_rows",
                "stats_figure",
                "statistics",
                **asked.args(name=name, number=number, figure=str(item), start=0),
            )
        )
        for item, name, number in buttons
        if number
    ][:MOST_FIGURES]
    rows = [tuple(keys[first : first + 2]) for first in range(0, len(keys), 2)]
    text = joined((title, *lines[:MOST_LINES], *_cut(lines), t.TOPIC_HOW if keys else ""))
    return Message(
        text.plain, text.entities, (*rows, (key_of(press("stats_show", "stats_back", "statistics", **asked.args())),))
    )


def _cut(lines: Sequence[Text | str]) -> list[str]:
    return [t.BY_UNIT_MORE.format(count=len(lines) - MOST_LINES)] if len(lines) > MOST_LINES else []


Buttons = list[tuple[Figure, str, int]]
Lines = list[Text | str]


def _of_incidents(found: Statistics, plans: Mapping[str, Plan]) -> tuple[Lines, Buttons]:
    counted = found.incidents
    buttons: Buttons = [
        (figure("incident"), t.TITLES["incident"], counted.number),
        (figure("incident", open="yes"), t.TITLES["incident:open"], counted.open),
    ]
    for field, items, unsaid in (
        ("place", found.places if len(found.places) > 1 else (), ""),
        ("plan", counted.by_plan if len(counted.by_plan) > 1 else (), ""), ("sort", counted.by_kind, t.NO_CLASS),
        ("level", counted.by_level, t.NO_LEVEL),
    ):  # fmt: skip
        buttons += [(figure("incident", **{field: part.key}), part.title or unsaid, part.number) for part in items]
    for part in counted.by_response:
        name = t.RESPONSE_OF.format(level=part.title) if part.key else t.NO_RESPONSE
        buttons.append((figure("incident", response=part.key), name, part.number))
    return [incidents_line(found)], buttons


def _of_reports(found: Statistics, plans: Mapping[str, Plan]) -> tuple[Lines, Buttons]:
    lines: Lines = []
    buttons: Buttons = []
    for name, reports in (("report", found.reports), ("others", found.others)):
        if name == "others" and reports:
            lines.append(fill(t.OTHERS_HEAD))
        for item in reports:
            lines.append(stage_line(item, plans))
            prefix = t.STAGES[item.stage]
            buttons.append((figure(name, key=item.stage), prefix + t.OWED, item.owed))
            buttons += [
                (figure(name, key=item.stage, outcome=outcome), prefix + t.OUTCOME_TITLES[outcome],
                 getattr(item, outcome))
                for outcome in t.OUTCOMES
            ]  # fmt: skip
    return lines or [t.NO_REPORTS], buttons


def stage_line(item: Reports, plans: Mapping[str, Plan]) -> Text:
    """Return the reports of a stage with the clauses that demand them."""
    return fill(
        t.BY_STAGE, name=t.STAGES[item.stage], names=w.LIST.join(item.names),
        said=t.REPORT.format(name="", owed=item.owed, said=said_of(item)), lateness="",
        sources=sources(item.sources, plans),
    )  # fmt: skip


def sources(found: Sequence[Source], plans: Mapping[str, Plan]) -> str:
    """Return the clauses that a figure comes from, to stand behind it; nothing where there are none."""
    said = clauses_of(found, plans)
    return t.SOURCES.format(clauses=said) if said else ""


def clauses_of(found: Sequence[Source], plans: Mapping[str, Plan]) -> str:
    """Return clauses, and what is counted by a local rule; plans are named where there are several."""
    several = len({item.plan for item in found}) > 1
    said = []
    for item in found:
        plan = plans.get(item.plan)
        name = subject_of(plan.title, plan) if plan is not None and several else ""
        if item.clause:
            said.append((t.SOURCE_LOCAL if item.local else t.SOURCE).format(plan=name, clause=item.clause))
        else:
            said.append(t.LOCAL)
    return w.LIST.join(dict.fromkeys(said))


def _of_units(topic: str, together: Answers, units: Sequence[Answers]) -> tuple[Lines, Buttons]:
    lines: Lines = [unit_line(unit) for unit in units]
    buttons: Buttons = [
        (figure(topic), t.TITLES[topic], together.called),
        (figure(topic, outcome="silent"), t.TITLES["silent"], together.silent),
        (figure(topic, outcome=ANSWERED), t.TITLES["answered"], together.answered),
    ]
    if topic == "answer":
        buttons.append((figure(topic, outcome="declined"), t.TITLES["declined"], together.declined))
        arrived = together.arrival.count if together.arrival is not None else 0
        buttons.append((figure("arrival"), t.TITLES["arrival"], arrived))
    buttons += [(figure(topic, plan=unit.plan, key=unit.key), unit.title, unit.called) for unit in units]
    return lines, buttons


def unit_line(unit: Answers) -> Text:
    """Return how a unit answered."""
    return fill(
        t.UNIT, title=written(unit.title, 24), called=unit.called, answered=unit.answered,
        time=spread_words(t.TIME, unit.time), silent=unit.silent,
    )  # fmt: skip


def _of_answers(found: Statistics, plans: Mapping[str, Plan]) -> tuple[Lines, Buttons]:
    lines, buttons = _of_units("answer", found.answers, found.units)
    return [answers_line(found.answers, found.units), *lines], buttons


def _of_decided(found: Statistics, plans: Mapping[str, Plan]) -> tuple[Lines, Buttons]:
    buttons: Buttons = []
    lines: Lines = [decided_line(found)]
    several = len(found.plans) > 1
    for item in found.levels:
        plan = plans.get(item.plan)
        name = t.RESPONSE_OF.format(level=item.level) + (
            subject_of(plan.title, plan) if several and plan is not None else ""
        )
        said = t.LEVEL.format(level=item.level, number=item.number, time=spread_words(t.TIME, item.time))
        lines.append(said + sources([item.source], plans))
        buttons.append((figure("level", plan=item.plan, key=item.level), name, item.number))
    return lines, [
        *buttons,
        (figure("correction", key="figures"), t.CORRECTIONS, found.corrections),
        (figure("waiver"), t.WAIVERS, found.waivers),
        (figure("incident", state="rejected"), t.TITLES["rejected"], found.incidents.rejected),
        (figure("incident", state="merged"), t.TITLES["merged"], found.incidents.merged),
    ]


def _of_warnings(found: Statistics, plans: Mapping[str, Plan]) -> tuple[Lines, Buttons]:
    counted = found.warnings
    lines, buttons = _of_units("waking", counted.woken, counted.units)
    own: Buttons = [
        (figure("warning"), t.TITLES["warning"], counted.number),
        (figure("warning", state="in_force"), t.TITLES["in_force"], counted.in_force),
    ]
    own += [(figure("warning", level=part.key), part.title or t.NO_COLOUR, part.number) for part in counted.by_colour]
    own += [(figure("warning", sort=part.key), part.title or t.NO_HAZARD, part.number) for part in counted.by_kind]
    own += [(figure("measure", outcome=part.key), t.MEASURE[part.key], part.number) for part in counted.measures]
    return [warnings_line(found), *lines], [*own, *buttons]


def _of_spot_checks(found: Statistics, plans: Mapping[str, Plan]) -> tuple[Lines, Buttons]:
    counted = found.spot_checks
    return [spot_line(counted)], [
        (figure("spot", outcome=outcome), t.SPOT_TITLES[outcome], getattr(counted, outcome))
        for outcome in ("in_time", "late", "silent")
    ]


def _of_duties(found: Statistics, plans: Mapping[str, Plan]) -> tuple[Lines, Buttons]:
    if found.duties is None:
        return [t.NO_DUTIES], []
    lines: Lines = [duties_line(found.duties)]
    for item in found.by_duty:
        lines.append(
            fill(
                t.DUTY, title=written(item.title, 30), said=statuses(item),
                citation=cite(item.source.clause if item.source is not None else ""),
            )
        )  # fmt: skip
    buttons: Buttons = [
        (figure("duty", status=status), t.STATUS_TITLES[status], getattr(found.duties, status)) for status in t.STATUS
    ]
    buttons += [
        (figure("duty", plan=item.plan, duty=item.key, status="missed"), item.title, item.missed)
        for item in found.by_duty
    ]
    return lines, buttons


def statuses(item: Duties) -> str:
    """Return how the periods of a duty stand: only what there is."""
    return w.COMMA.join(
        words.format(number=number) for name, words in t.STATUS.items() if (number := getattr(item, name))
    )


_TOPICS = {
    "incident": _of_incidents, "report": _of_reports, "answer": _of_answers, "decided": _of_decided,
    "warning": _of_warnings, "spot": _of_spot_checks, "duty": _of_duties,
}  # fmt: skip

TOPICS = tuple(_TOPICS)
"""The six lines that can be opened."""
