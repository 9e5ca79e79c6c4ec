"""Statistics in a chat: the message with its buttons, and what period and places it is of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.clock import SHANGHAI
from bot.render.catalogue import LABELS
from bot.render.labels import LONGEST, press, short
from bot.render.message import Key, Message
from bot.render.naming import subject_of
from bot.render.statistics_lines import six_lines
from bot.render.text import Text, fill, joined, written
from bot.render.times import full
from bot.texts import statistics as t
from bot.texts import words as w
from plans.core.notice import Press
from plans.model import Plan
from plans.statistics.statistics import Statistics
from plans.times.calendar_periods import CalendarPeriod

MOST_PLACES = 3
"""Jurisdictions of a sum that its title names; of more it says how many."""

MOST_OTHERS = 20
"""Other jurisdictions that a message offers to be looked at."""


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
