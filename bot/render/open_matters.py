"""One line for each thing that is open on a duty desk, as the page of a hand-over lists it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.render import arrivals, duties, naming
from bot.render.card import response_line, silent_units, state
from bot.render.cases import CaseView
from bot.render.status import Open, todo_items
from bot.render.text import Text, fill, written
from bot.render.times import at, span
from bot.render.view import View
from bot.render.warning_pieces import marked_number, period, silent_names, the_warning, title
from bot.render.worksheet import others_line
from bot.texts import handover as t
from bot.texts import status as s
from bot.texts import words as w
from plans.duty.case import duty_of
from plans.model import Plan

MOST_BEARERS = 8
"""Bearers that a line names; of more it is said how many there are."""

MOST_WORDS = 40
"""Characters of a duty in a line."""


def of_incident(view: View) -> list[Open]:
    """Return an incident with its next clock, then each thing that is open in it."""
    items = todo_items(view)
    moments = [item.due for item in items if item.due is not None]
    owed = sorted(duties.duties_of_office(view), key=lambda item: item.instance.possible)
    clock = t.NEXT.format(due=duties.due(view, owed[0])) if owed else t.NO_NEXT
    head = naming.title(view).replace(naming.number(view), naming.listed_number(view), 1)
    what = state(view) if view.incident.response_level is None else f"{state(view)}{w.COMMA}{response_line(view)}"
    line = fill(t.INCIDENT, title=head, state=what, due=clock)
    others = [
        Open(f"owed:{item.instance.key}", others_line(view, item), duties.target(view, item))
        for item in duties.owed(view)
        if not (item.instance.by_office or item.instance.possible or duties.is_task(item))
    ]
    waited = arrivals.still_waited_for(view)
    coming = [Open("arrivals", waited)] if waited is not None else []
    return [Open("", line, min(moments, default=None)), *(_whole(view, item) for item in items), *coming, *others]


def _whole(view: View, item: Open) -> Open:
    """Return an open matter with every name: who hands over leaves nobody out."""
    if item.key != "silent":
        return item
    silent = silent_units(view)
    line = fill(s.TODO_UNITS, count=len(silent), names=duties.names(view, silent))
    return Open(item.key, line, item.due)


def unreadable(number: int, *, drill: bool) -> Text:
    """Return that an incident is open of which nobody can say what is, since its plan cannot be read."""
    name = (w.DRILL_NUMBER if drill else w.NUMBER).format(number=number)
    return fill(t.UNREADABLE, number=name)


def in_short(
    number: int, text: str, reported: datetime, owed: int, next_due: datetime | None, now: datetime, *, drill: bool
) -> Text:
    """Return an old incident as the lists know it: when it was reported, how much is owed, by when next."""
    name = (w.DRILL_NUMBER if drill else w.NUMBER).format(number=number)
    left = t.IN_SHORT_OWED.format(count=owed, due=due(next_due, now)) if owed else ""
    return fill(t.IN_SHORT, number=name, text=written(text, 24), time=at(reported, now), owed=left)


def by_number(numbers: Sequence[tuple[int, int]], *, drill: bool) -> Text:
    """Return many old incidents by their numbers, by year; those that follow one another as a span."""
    parts = []
    for year in sorted({year for year, _ in numbers}):
        spans: list[list[int]] = []
        for number in sorted(number for of, number in numbers if of == year):
            if spans and number == spans[-1][1] + 1:
                spans[-1][1] = number
            else:
                spans.append([number, number])
        said = w.LIST.join(str(first) if first == last else f"{first}–{last}" for first, last in spans)
        parts.append(t.OF_YEAR.format(year=year, numbers=said))
    return fill(t.MANY_MORE, mark=w.DRILL if drill else "", count=len(numbers), numbers=w.SEMICOLON.join(parts))


def of_warning(view: CaseView) -> Text:
    """Return a warning: in force until when, or waiting; who has not answered."""
    warning = the_warning(view)
    template = t.WARNING if warning.in_force else t.WARNING_WAITS
    more = w.SEMICOLON + silent_names(view) if warning.in_force and silent_names(view) else ""
    ends = warning.content.ends
    if warning.in_force and ends is not None and ends <= view.now:
        more = t.WARNING_OVER + more
    span_ = period(warning.content, view.now)
    return fill(template, number=marked_number(view), title=title(warning.content), span=span_, more=more)


def bearer(plan: Plan, kind: str, of: str, called: str) -> str:
    """Return what a bearer of duties is called."""
    return naming.role(plan, of) if kind == "role" else written(called, 24)


def of_duty(
    plan: Plan, duty: str, who: str, period: str, due: datetime, now: datetime, *, returned: bool = False
) -> Text:
    """Return one duty of the office itself: overdue, or due today."""
    known = duty_of(plan, duty)
    what = written(known.text, MOST_WORDS) if known is not None else duty
    template = t.DUTY_RETURNED if returned else t.DUTY_OVERDUE if due <= now else t.DUTY_TODAY
    clause = t.CLAUSE.format(clause=known.clause) if known is not None and known.clause else ""
    return fill(template, who=who, what=what, period=period, clause=clause)


def of_others(overdue: Mapping[str, int], today: Mapping[str, int]) -> Text:
    """Return how much others owe, overdue and by the end of today: how many they are, and who owes most."""
    parts = ((t.OTHERS_OVERDUE, overdue), (t.OTHERS_TODAY, today))
    return Text(w.SEMICOLON.join(_others(template, counts) for template, counts in parts if counts))


def _others(template: str, counts: Mapping[str, int]) -> str:
    most = sorted(counts, key=lambda name: (-counts[name], name))[:MOST_BEARERS]
    names = w.LIST.join(t.OTHER.format(name=written(name, 20), count=counts[name]) for name in most)
    more = t.MORE_NAMES if len(counts) > MOST_BEARERS else ""
    return template.format(bearers=len(counts), count=sum(counts.values()), names=names + more)


def plain(line: str) -> Text:
    """Return a line as it is."""
    return Text(line)


def lost_chat(title: str) -> str:
    """Return that the bot is no member of a command group any more."""
    return t.LOST_CHAT.format(title=written(title, 30))


def no_group(plan: str) -> str:
    """Return that no command group is bound to a plan."""
    return t.NO_GROUP.format(plan=plan)


def unreachable(key: str, names: Sequence[str]) -> str:
    """Return who cannot be reached: people who blocked the bot, or units of which nobody can be written to."""
    template = t.BLOCKED if key == "blocked" else t.UNREACHABLE
    return template.format(count=len(names), names=w.LIST.join(written(name, 24) for name in names))


def undelivered(stream: str, number: int, waiting: int, failed: int) -> str:
    """Return how many messages of a case wait, or were given up."""
    called = t.CASES.get(stream.partition(":")[0], t.CASE).format(number=number)
    parts = [t.FAILED.format(count=failed)] if failed else []
    parts += [t.WAITING.format(count=waiting)] if waiting else []
    return t.UNDELIVERED.format(case=called, what=w.COMMA.join(parts))


def deferred(count: int) -> str:
    """Return how many reports cannot be worked off and are tried again."""
    return t.DEFERRED.format(count=count)


def behind(what: str, length: timedelta) -> str:
    """Return that clocks, or what people send, are served late."""
    return (t.BEHIND_INBOX if what == "inbox" else t.BEHIND_CLOCKS).format(span=span(length))


def telephone(count: int) -> str:
    """Return that calls by the automatic telephone were not made, or that nobody knows what became of them."""
    return t.TELEPHONE.format(count=count)


def due(moment: datetime | None, now: datetime) -> str:
    """Return by when something is due, perhaps nothing."""
    return w.BY.format(when=at(moment, now)) if moment is not None else ""
