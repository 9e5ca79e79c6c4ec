"""The six lines of statistics: incidents, reports, answers, decisions, warnings and duties of a period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.render.text import written
from bot.render.times import span
from bot.texts import statistics as t
from bot.texts import words as w
from plans.statistics.statistics import Answers, Duties, Part, Reports, SpotChecks, Spread, Statistics

TOLD = ("first", "follow_up", "final")
"""Stages of reports that the line names; the rest is behind it."""

MOST_SILENT = 4
"""Units that did not answer that the line names."""


def six_lines(found: Statistics) -> list[tuple[str, str]]:
    """Return the lines by their topics, spot checks where there were any; to a unit those that tell of itself."""
    lines = [("incident", incidents_line(found))]
    if not found.own:
        lines.append(("report", reports_line(found.reports)))
    lines.append(("answer", answers_line(found.answers, found.units)))
    if not found.own:
        lines.append(("decided", decided_line(found)))
    if found.spot_checks.asked and not found.own:
        lines.append(("spot", spot_line(found.spot_checks)))
    return [*lines, ("warning", warnings_line(found)), ("duty", duties_line(found.duties))]


def incidents_line(found: Statistics) -> str:
    """Return how many incidents there were, of which kinds and levels, and how they stand."""
    counted = found.incidents
    if not counted.number:
        return t.NO_OWN_INCIDENTS if found.own else t.NO_INCIDENTS
    groups = [parts(counted.by_kind, t.NO_CLASS), parts(counted.by_level, t.NO_LEVEL)]
    if len(found.places) > 1:
        groups.insert(0, parts([part for part in found.places if part.number], ""))
    elif len(counted.by_plan) > 1:
        named = [replace(part, title=short_of(part.title, found.jurisdiction)) for part in counted.by_plan]
        groups.insert(0, parts(named, ""))
    states = [
        words.format(number=number)
        for words, number in ((t.OPEN, counted.open), (t.REJECTED, counted.rejected), (t.MERGED, counted.merged))
        if number
    ]
    said = w.SEMICOLON.join(filter(None, (*groups, w.COMMA.join(states))))
    template = t.OWN_INCIDENTS if found.own else t.INCIDENTS
    return template.format(number=counted.number, parts=f"：{said}" if said else "")


def short_of(title: str, place: str) -> str:
    """Return a plan's title without its place and without the word that all of them share."""
    return title.removeprefix(place).removesuffix(w.PLAN_SUFFIX) or title


def parts(counted: Iterable[Part], unsaid: str) -> str:
    """Return parts with their numbers; what was not said by its own name."""
    return w.LIST.join(
        t.COUNTED.format(title=written(part.title, 20) or unsaid, number=part.number) for part in counted
    )


def reports_line(reports: Sequence[Reports]) -> str:
    """Return how first, follow-up and final reports were told, and that there is more."""
    told = [
        t.REPORT.format(name=t.STAGES[item.stage], owed=item.owed, said=said_of(item)) for item in reports
        if item.stage in TOLD
    ]  # fmt: skip
    rest = [
        t.OTHER_REPORT.format(name=t.STAGES[item.stage], owed=item.owed) for item in reports if item.stage not in TOLD
    ]
    if rest:
        told.append(t.OTHER_REPORTS.format(parts=w.LIST.join(rest)))
    return w.SEMICOLON.join(told) or t.NO_REPORTS


def said_of(item: Reports) -> str:
    """Return what became of the reports of a kind: only what there was."""
    said = [words.format(number=number) for name, words in t.OUTCOMES.items() if (number := getattr(item, name))]
    return w.COMMA.join(said) + spread_words(t.LATENESS, item.lateness)


def spread_words(words: str, found: Spread | None) -> str:
    """Return median and longest in words; nothing where there is none."""
    return words.format(median=lasted(found.median), worst=lasted(found.worst)) if found is not None else ""


def answers_line(found: Answers, units: Sequence[Answers]) -> str:
    """Return how calls were answered, and who did not answer."""
    if not found.called:
        return t.NO_CALLS
    silent = [written(unit.title, 20) for unit in units if unit.silent]
    names = w.LIST.join(silent[:MOST_SILENT])
    if len(silent) > MOST_SILENT:
        names = t.MORE_NAMES.format(names=names, count=len(silent))
    return t.ANSWERS.format(
        called=found.called, answered=found.answered, time=spread_words(t.TIME, found.time), silent=found.silent,
        arrived=arrived_words(found), names=t.SILENT_NAMES.format(names=names) if names else "",
    )  # fmt: skip


def arrived_words(found: Answers) -> str:
    """Return how many said that they have arrived, and after how long; nothing where nobody did."""
    if found.arrival is None:
        return ""
    return t.ARRIVED.format(number=found.arrival.count, time=spread_words(t.TIME, found.arrival))


def decided_line(found: Statistics) -> str:
    """Return declared levels, corrections, waivers, mistakes and mergers."""
    several = len({item.plan for item in found.levels}) > 1
    numbers: dict[str, int] = {}
    for item in found.levels:
        numbers[item.level] = numbers.get(item.level, 0) + item.number
    times = {item.level: item.time for item in found.levels if item.time is not None and not several}
    levels = [
        t.LEVEL.format(
            level=level, number=number,
            time=t.LEVEL_TIME.format(median=lasted(times[level].median)) if level in times else "",
        )
        for level, number in numbers.items()
    ]  # fmt: skip
    number = sum(item.number for item in found.levels)
    counts = {
        "corrections": found.corrections, "waivers": found.waivers, "rejected": found.incidents.rejected,
        "merged": found.incidents.merged,
    }  # fmt: skip
    rest = [words.format(number=counts[name]) for name, words in t.DECIDED.items() if counts[name]]
    said = [t.LEVELS.format(number=number, parts=w.LIST.join(levels))] if levels else []
    return w.SEMICOLON.join(filter(None, (*said, w.COMMA.join(rest)))) or t.NOTHING_DECIDED


def warnings_line(found: Statistics) -> str:
    """Return warnings by colour and kind, how they were acknowledged, and what stands of their measures."""
    counted = found.warnings
    if not counted.number:
        return t.NO_WARNINGS
    groups = (parts(counted.by_colour, t.NO_COLOUR), parts(counted.by_kind, t.NO_HAZARD))
    said = t.WARNINGS.format(
        number=counted.number, parts=w.SEMICOLON.join(groups), called=counted.woken.called,
        answered=counted.woken.answered, time=spread_words(t.TIME, counted.woken.time), silent=counted.woken.silent,
    )  # fmt: skip
    measures = {part.key: part.number for part in counted.measures}
    return said + (t.MEASURES.format(**{key: measures.get(key, 0) for key in t.MEASURE}) if measures else "")


def spot_line(found: SpotChecks) -> str:
    """Return how those on duty answered spot checks."""
    return t.SPOT.format(
        asked=found.asked, in_time=found.in_time, late=found.late, silent=found.silent,
        time=spread_words(t.TIME, found.time),
    )  # fmt: skip


def duties_line(found: Duties | None) -> str:
    """Return how duties stand that fell due."""
    if found is None:
        return t.NO_DUTIES
    if not found.number:
        return t.NONE_DUE
    return t.DUTIES.format(number=found.number, **{name: getattr(found, name) for name in t.STATUS})


def lasted(seconds: int) -> str:
    """Return ``40秒``, ``5分20秒``, ``12分钟``, ``1小时30分钟``; from ten minutes on, begun minutes count whole."""
    if seconds < 60:
        return t.SECONDS.format(seconds=seconds)
    minutes, rest = divmod(seconds, 60)
    if minutes < 10 and rest:
        return t.MINUTES_SECONDS.format(minutes=minutes, seconds=rest)
    return span(timedelta(seconds=seconds))
