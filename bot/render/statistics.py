"""Statistics in a chat: six lines, the figures of one of them, and the rows behind a figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.clock import SHANGHAI
from bot.render.catalogue import LABELS
from bot.render.labels import LONGEST, press, short
from bot.render.message import Key, Message
from bot.render.naming import subject_of
from bot.render.text import Text, fill, joined, written
from bot.render.times import full, span
from bot.texts import statistics as t
from bot.texts import words as w
from plans.core.notice import Press
from plans.model import Plan
from plans.statistics.statistics import Answers, Duties, Part, Reports, SpotChecks, Spread, Statistics
from plans.times.calendar_periods import CalendarPeriod

TOLD = ("first", "follow_up", "final")
"""Stages of reports that the line names; the rest is behind it."""

MOST_PLACES = 3
"""Jurisdictions of a sum that its title names; of more it says how many."""

MOST_OTHERS = 20
"""Other jurisdictions that a message offers to be looked at."""

MOST_SILENT = 4
"""Units that did not answer that the line names."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What was asked for, as the buttons carry it on.

    Attributes:
        plans: these alone, empty = all that may be seen.
        own: the asker sees only his units' rows. jurisdiction: empty = the sum of all that he sees whole.
    """

    jurisdiction: str
    period: CalendarPeriod
    plans: tuple[str, ...] = ()
    own: bool = False
    drills: bool = False

    def args(self, **more: Any) -> dict[str, Any]:
        """Return the arguments of a button."""
        period = self.period
        return {
            "place": self.jurisdiction, "kind": period.kind, "first": period.first.isoformat(),
            "last": period.last.isoformat(), "plans": list(self.plans), "own": self.own, "drills": self.drills, **more,
        }  # fmt: skip


def period_name(period: CalendarPeriod) -> str:
    """Return what a period is called: 2026年11月, 2026年第4季度, 2026年11月1日至11月15日."""
    first, last = period.first, period.last
    match period.kind:
        case "month":
            return t.MONTH.format(year=first.year, month=first.month)
        case "quarter":
            return t.QUARTER.format(year=first.year, quarter=(first.month + 2) // 3)
        case "half":
            return t.HALF.format(year=first.year, half=t.HALVES[first.month > 6])
        case "year":
            return t.YEAR.format(year=first.year)
    begins = w.DAY_OF_YEAR.format(year=first.year, month=first.month, day=first.day)
    if first == last:
        return t.DAY.format(first=begins)
    if first.year == last.year:
        return t.DAYS.format(first=begins, last=w.DAY.format(month=last.month, day=last.day))
    ends = w.DAY_OF_YEAR.format(year=last.year, month=last.month, day=last.day)
    return t.DAYS_OF_YEARS.format(first=begins, last=ends)


def place_of(found: Statistics) -> str:
    """Return of which jurisdiction statistics are, or of which together."""
    if found.jurisdiction:
        return found.jurisdiction
    if len(found.places) > MOST_PLACES:
        return t.SUM_OF_MANY.format(count=len(found.places))
    return t.SUM_OF.format(places=w.LIST.join(part.title for part in found.places))


def lasted(seconds: int) -> str:
    """Return ``40秒``, ``5分20秒``, ``12分钟``, ``1小时30分钟``; from ten minutes on, begun minutes count whole."""
    if seconds < 60:
        return t.SECONDS.format(seconds=seconds)
    minutes, rest = divmod(seconds, 60)
    if minutes < 10 and rest:
        return t.MINUTES_SECONDS.format(minutes=minutes, seconds=rest)
    return span(timedelta(seconds=seconds))


# --- the six lines


def page(
    found: Statistics, asked: Asked, *, plans: Sequence[Plan] = (), more: bool = False, places: Sequence[str] = (),
    together: int = 0,
) -> Message:  # fmt: skip
    """Return the six lines with their buttons.

    Args:
        plans: that may be asked for alone. places: other jurisdictions that may be asked for.
        together: of how many jurisdictions the sum may be asked for, 0 = of none.
        more: others may be seen than those that were asked for.
    """
    text = joined((head(found), *(fill(t.LINE, name=t.NAMES[key], text=said) for key, said in six_lines(found))))
    return Message(text.plain, text.entities, _keys(found, asked, plans, more, places, together))


def head(found: Statistics) -> Text:
    """Return what is counted, of when, and what is left out."""
    title = fill(t.HEAD, period=period_name(found.period), place=place_of(found), of=of_what(found))
    return joined((title, about(found)))


def of_what(found: Statistics) -> str:
    """Return whose own figures these are, and whether of drills."""
    own = t.OF_OWN.format(units=w.LIST.join(found.own[:3])) if found.own else ""
    return own + (t.OF_DRILLS if found.of_drills else "")


def about(found: Statistics) -> Text:
    """Return which plans are counted, until when, that drills are left out, and what is not counted yet."""
    now = found.at.astimezone(SHANGHAI).date()
    running = t.NOT_BEGUN if found.period.first > now else t.RUNNING if found.period.last >= now else ""
    drills = t.DRILLS_OUT.format(count=found.drills) if found.drills else t.NO_DRILLS
    return fill(
        t.ABOUT, until=t.UNTIL.format(time=full(found.at)), running=running,
        plans=t.PLANS.format(plans=found.plans[0].title) if len(found.plans) == 1 else "",
        drills=t.DRILLS_ALONE if found.of_drills else drills,
        behind=t.BEHIND.format(count=found.behind) if found.behind else "",
    )  # fmt: skip


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


def _keys(
    found: Statistics, asked: Asked, plans: Sequence[Plan], more: bool, places: Sequence[str], together: int
) -> tuple[tuple[Key, ...], ...]:
    rows: list[tuple[Key, ...]] = []
    topics = [
        key_of(
            press("stats_topic", "stats_topic", "statistics", **asked.args(name=t.NAMES[key], number=number, topic=key))
        )
        for key, number in _numbers(found)
        if number
    ]
    rows += [tuple(topics[first : first + 2]) for first in range(0, len(topics), 2)]
    beside = [
        key_of(press("stats_show", label, "statistics", **replace(asked, period=period).args()))
        for label, period in (("stats_previous", asked.period.previous), ("stats_next", asked.period.next))
        if period is not None and period.begins <= found.at
    ]
    rows += [tuple(beside)] if beside else []
    rows.append(
        tuple(
            key_of(press("stats_file", label, "statistics", **asked.args(file=kind)))
            for kind, label in (("xlsx", "stats_xlsx"), ("docx", "stats_docx"))
        )
    )
    if found.drills and not found.of_drills:
        drills = replace(asked, drills=True)
        rows.append((key_of(press("stats_show", "stats_drills", "statistics", **drills.args(number=found.drills))),))
    rows += [
        (
            key_of(
                press(
                    "stats_show",
                    "stats_plan",
                    "statistics",
                    **replace(asked, plans=(plan.id,)).args(name=written(subject_of(plan.title, plan), 20)),
                )
            ),
        )
        for plan in plans
    ]
    if more:
        rows.append((key_of(press("stats_show", "stats_all", "statistics", **replace(asked, plans=()).args())),))
    if together:
        whole = Asked(jurisdiction="", period=asked.period).args(number=together)
        rows.append((key_of(press("stats_show", "stats_sum", "statistics", **whole)),))
    rows += [
        (
            key_of(
                press(
                    "stats_show",
                    "stats_place",
                    "statistics",
                    **Asked(jurisdiction=place, period=asked.period).args(name=written(place, 20)),
                )
            ),
        )
        for place in places[:MOST_OTHERS]
    ]
    return tuple(rows)


def _numbers(found: Statistics) -> list[tuple[str, int]]:
    decided = sum(item.number for item in found.levels) + found.corrections + found.waivers
    owed = sum(item.owed for item in (*found.reports, *found.others))
    return [
        ("incident", found.incidents.number), ("report", owed), ("answer", found.answers.called),
        ("decided", decided + found.incidents.rejected + found.incidents.merged), ("warning", found.warnings.number),
        ("spot", 0 if found.own else found.spot_checks.asked),
        ("duty", found.duties.number if found.duties is not None else 0),
    ]  # fmt: skip


def key_of(item: Press) -> Key:
    """Return a button that goes on from what was asked; of a long label the number stays."""
    label, args = LABELS[item.label], item.args
    text, name = label.format(**args), str(args.get("name", ""))
    if len(text) > LONGEST and len(name) > len(text) - LONGEST + 1:
        text = label.format(**{**args, "name": f"{name[: LONGEST - len(text) - 1]}…"})
    return Key(short(text), item)
