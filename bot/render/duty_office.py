"""Duties as the office sees them: what switching them on means, how all bearers stand, what was handed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.clock import SHANGHAI
from bot.render.cases import CaseView, framed_case
from bot.render.catalogue import LABELS
from bot.render.citing import cite
from bot.render.duty import clause_of, lines_waiting, period_of, title, told_line, words_of_duty
from bot.render.labels import press, short
from bot.render.message import Key, Message
from bot.render.text import Text, fill, written
from bot.render.times import at, day
from bot.texts import duty as t
from bot.texts import words as w
from plans.core.policy import MORNING
from plans.duty.settling import duty_key
from plans.duty.state import Instance
from plans.model import Plan

MOST_NAMES = 12
"""Names in one line of a message."""

MOST_LINES = 20
"""Bearers that the week's list names."""

ORDER = ("missed", "returned", "late", "done", "not_applicable", "open")
"""How the statuses of a duty stand in a line: first what somebody has to look after."""

MOST_CHOICES = 12
"""Books and plans that one message offers."""


def names_of(found: Sequence[str], most: int = MOST_NAMES) -> str:
    """Return some names, joined; of many the first, and how many there are."""
    shown = w.LIST.join(written(name, 20) for name in found[:most])
    return t.NAMES_MORE.format(names=shown, count=len(found)) if len(found) > most else shown


def switch(
    plan: Plan, counts: Mapping[str, int], unreachable: Sequence[str], *, on: bool, books: int, now: datetime
) -> Message:
    """Return what it means to begin or to end to chase the duties of a plan, with the button that does it.

    Args:
        counts: bearers of each kind. unreachable: names of those whom no message reaches. books: that are open now.
    """
    args = {"plan": plan.id, "on": on}
    if on:
        kinds = w.LIST.join(
            t.COUNTED.format(kind=t.KINDS.get(kind, kind), count=count) for kind, count in counts.items()
        )
        lacking = t.UNREACHABLE.format(count=len(unreachable), names=names_of(unreachable)) if unreachable else ""
        text = fill(
            t.SWITCH_ON, plan=plan.title, count=sum(counts.values()), kinds=kinds or w.NONE, unreachable=lacking,
            clock=f"{MORNING:%H:%M}", year=now.astimezone(SHANGHAI).year,
        )  # fmt: skip
        keys = ((Key(LABELS["duties_on"], press("duties_switch", "duties_on", "duties", **args)),),)
    else:
        text = fill(t.SWITCH_OFF, plan=plan.title, count=books)
        keys = ((Key(LABELS["duties_off"], press("duties_switch", "duties_off", "duties", **args)),),)
    return _message(text, keys)


def to_record(view: CaseView, speakers: Sequence[str]) -> Message:
    """Return what a bearer has to do, with its numbers, and how to record what it said on the telephone."""
    names = w.LIST.join(written(name, 20) for name in speakers) or w.NONE
    name = speakers[0] if speakers else t.RECORD_SOMEBODY
    text = fill(
        t.RECORD_PAGE, title=title(view), lines=lines_waiting(view) or t.PAGE_NONE, names=names,
        example=t.RECORD_EXAMPLE.format(title=title(view), name=written(name, 20)),
    )  # fmt: skip
    return framed_case(view, text)


def choose(items: Sequence[tuple[str, str, str]]) -> Message:
    """Return the question what is meant, one button for each.

    Args:
        items: title, and which book (its log) or which plan it is; one of both is empty.
    """
    presses = (
        (title, press("duties_show", "duties_show", "duties", book=book, plan=plan))
        for title, book, plan in items[:MOST_CHOICES]
    )
    keys = tuple((Key(LABELS[item.label].format(name=short(title)), item),) for title, item in presses)
    return Message(t.CHOOSE, (), keys)


def summary(
    plan: Plan, counts: Mapping[str, Mapping[Any, int]], silent: Sequence[str], bearers: int, since: datetime,
    now: datetime,
) -> Message:  # fmt: skip
    """Return how all bearers of a plan stand: a line a duty, who is silent, and what can be done.

    Args:
        counts: for each duty how many periods stand how. bearers: how many there are. since: from when.
    """
    together: dict[tuple[str, str], Counter[Any]] = {}  # what schools and kindergartens are asked alike is one line
    for duty in plan.duties:
        together.setdefault((duty.text, duty.clause), Counter()).update(counts.get(duty.id, {}))
    lines, waits = [], 0
    for (words, clause), of_duty in together.items():
        if of_duty.total() == of_duty["open"]:
            waits += bool(of_duty["open"])
        else:
            said = w.COMMA.join(t.STATUS[name] + str(of_duty[name]) for name in ORDER if of_duty[name])
            lines.append(t.SUMMARY_LINE.format(text=written(words, 30), said=said, citation=cite(clause)))
    if waits:
        lines.append(t.SUMMARY_WAITS.format(count=waits))
    text = fill(
        t.SUMMARY, plan=plan.title, bearers=bearers, since=day(since, now), lines="\n".join(lines) or t.SUMMARY_NONE,
        silent=t.SILENT.format(count=len(silent), names=names_of(silent)) if silent else "",
    )  # fmt: skip
    row = (
        Key(LABELS["duties_export"], press("duties_export", "duties_export", "duties", plan=plan.id)),
        Key(LABELS["duties_check"], press("duties_check", "duties_check", "duties", plan=plan.id, before="")),
    )
    return _message(text, (row,))


def weekly(plan: Plan, missed: Mapping[str, int], daily: Mapping[str, int], returned: Mapping[str, int]) -> Message:
    """Return the week's list for whoever looks after duties: how much of each bearer is overdue, or was sent back.

    Args:
        missed, returned: by what a bearer is called. daily: of the last week, what is ticked day by day and was not.
    """
    names = sorted((name for name in missed if missed[name]), key=lambda name: -missed[name])
    lines = [t.WEEKLY_LINE.format(name=written(name, 24), count=missed[name]) for name in names[:MOST_LINES]]
    if len(names) > MOST_LINES:
        lines.append(t.WEEKLY_MORE.format(count=len(names) - MOST_LINES))
    back = [name for name in returned if returned[name]]
    days = [t.WEEKLY_TIMES.format(name=name, count=count) for name, count in daily.items() if count]
    text = fill(
        t.WEEKLY, plan=plan.title,
        missed=t.WEEKLY_MISSED.format(count=len(names), lines="\n".join(lines)) if names else "",
        daily=t.WEEKLY_DAILY.format(count=len(days), names=names_of(days)) if days else "",
        returned=t.WEEKLY_RETURNED.format(count=len(back), names=names_of(back)) if back else "",
    )  # fmt: skip
    row = (
        Key(LABELS["duties_export"], press("duties_export", "duties_export", "duties", plan=plan.id)),
        Key(LABELS["duties_check"], press("duties_check", "duties_check", "duties", plan=plan.id, before="")),
    )
    return _message(text, (row,))


def quarterly(
    plan: Plan, counts: Mapping[str, Mapping[Any, int]], silent: Sequence[str], bearers: int, since: datetime,
    now: datetime,
) -> Message:  # fmt: skip
    """Return the leader's page of the quarter that is over; the arguments are those of :func:`summary`."""
    page = summary(plan, counts, silent, bearers, since, now)
    head = fill(t.QUARTERLY, year=since.year, quarter=(since.month + 2) // 3)
    text = head + "\n" + Text(page.text, page.entities)
    row = (Key(LABELS["duties_export"], press("duties_export", "duties_export", "duties", plan=plan.id)),)
    return _message(text, (row,))


def handed_in(view: CaseView, instance: Instance, following: str) -> Message:
    """Return what was handed in for one duty, with the reasons to send it back.

    Args:
        following: what the button to the next one carries.
    """
    text = fill(
        t.HANDED_IN, title=title(view), text=words_of_duty(view, instance.duty),
        period=period_of(instance), clause=clause_of(view, instance.duty), status=t.STATUS[instance.status(view.now)],
        by=told_line(view, instance) or written(instance.by, 20) or w.UNSTATED,
        time=at(instance.at, view.now) if instance.at is not None and instance.told is None else "",
        words=t.HANDED_WORDS.format(text=written(instance.text or instance.reason, 300))
        if instance.text or instance.reason else "",
        files=t.HANDED_FILES.format(count=len(instance.evidence)) if instance.evidence else t.HANDED_NOTHING,
    )  # fmt: skip
    presses = [
        press(
            "duty_return",
            "duty_reason",
            duty_key(instance.key),
            key=instance.key,
            reason=reason,
            plan=view.plan.id,
            before=following,
        )
        for reason in t.RETURN_REASONS
    ]
    presses.append(press("duties_check", "duties_next", "book", plan=view.plan.id, before=following))
    return framed_case(view, text, presses)


def _message(text: Text, keys: tuple[tuple[Key, ...], ...] = ()) -> Message:
    return Message(text.plain, text.entities, keys)
