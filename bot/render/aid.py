"""Calls for help: asked, answered, waiting; as a line of card and worksheet, and in the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from bot.render import naming
from bot.render.citing import cite
from bot.render.framing import framed
from bot.render.levels import event_at
from bot.render.message import Message
from bot.render.registry import explains, labels, renders
from bot.render.text import Text, fill, joined, written
from bot.render.times import at
from bot.render.view import View
from bot.texts import aid as t
from bot.texts import words as w
from plans.acting import carries_out
from plans.core.keys import aid_of
from plans.core.notice import Notice, Press, buttons
from plans.incident.aid import AidAsked, at_level
from plans.incident.aid_answers import ARRIVED, WITHDRAWN, AidAnswered, answering, asking
from plans.incident.aid_demand import demanded
from plans.incident.records_beside import AidRequest
from plans.incident.state import RUNNING
from plans.model import Aid

MOST = 5
"""Lines of card and worksheet: those that wait, and the newest of the others."""


@renders("aid_wanted")
def wanted(notice: Notice, view: View) -> Text:
    """The level that was declared demands that somebody is asked for help."""
    level = str(notice.params["level"])
    return fill(
        t.WANTED, number=naming.number(view), level=level, rules=_rules(_lacking(view) or demanded(view.plan, level))
    )


@renders("aid_asked")
def asked(notice: Notice, view: View) -> Text:
    """Who was asked for what, by whom, when."""
    sequence = int(notice.params["sequence"])
    event, _ = event_at(view, sequence, AidAsked)
    request = view.incident.aid[sequence]
    moved = t.MOVED.format(number=event.moved) if event.moved else ""
    if request.unit:
        return fill(
            t.ASKED_UNIT,
            title=naming.title(view),
            time=at(request.at, view.now),
            unit=naming.unit_name(view, request.unit),
            what=_what(request),
            citation=_cite(view, request),
            recorded=moved or _recorded(request),
        )
    return fill(
        t.ASKED,
        title=naming.title(view),
        time=at(request.at, view.now),
        to=written(request.to, 40),
        what=_what(request),
        citation=_cite(view, request),
        taker=moved or (t.TAKER.format(taker=written(request.taker, 16)) if request.taker else ""),
    )


@renders("aid_by_unit")
def by_unit(notice: Notice, view: View) -> Text:
    """A unit asks the office for help: the seat answers it."""
    request = view.incident.aid[int(notice.params["sequence"])]
    return fill(
        t.BY_UNIT,
        number=naming.number(view),
        unit=naming.unit_name(view, request.unit),
        what=_what(request),
        citation=_cite(view, request),
        time=at(request.at, view.now),
        recorded=_recorded(request),
    )


@renders("aid_answered")
def answered(notice: Notice, view: View) -> Text:
    """What came of a request."""
    event, _ = event_at(view, int(notice.params["sequence"]), AidAnswered)
    request = view.incident.aid[event.request]
    return fill(
        t.ANSWERED,
        title=naming.title(view),
        who=_who(view, request),
        status=(t.UNIT_STATUS if request.unit else t.STATUS)[event.status],
        words=_words(event.words),
        time=at(event.at, view.now),
        citation=_cite(view, request),
    )


@renders("aid_answered_unit")
def answered_unit(notice: Notice, view: View) -> Text:
    """The unit that asked is told what comes of it."""
    event, _ = event_at(view, int(notice.params["sequence"]), AidAnswered)
    request = view.incident.aid[event.request]
    return fill(
        t.ANSWERED_UNIT,
        number=naming.number(view),
        what=_what(request),
        status=t.UNIT_STATUS[event.status],
        words=_words(event.words),
        time=at(event.at, view.now),
    )


@renders("aid_again")
def again(notice: Notice, view: View) -> Text:
    """Nobody said what came of a call for help, or that one was made."""
    request = view.incident.aid.get(int(notice.params["request"]))
    if request is None:
        line = fill(t.AGAIN_WANTED, level=view.incident.response_level or "", rules=_rules(_lacking(view)))
    else:
        line = fill(
            t.AGAIN_UNIT if request.unit else t.AGAIN_ASKED,
            time=at(request.at, view.now),
            **({"unit": naming.unit_name(view, request.unit)} if request.unit else {"to": written(request.to, 40)}),
            what=written(request.what, 60) or t.HELP_WANTED,
            citation=_cite(view, request),
        )
    return fill(t.AGAIN, number=naming.number(view), lines=line)


@labels("aid_ask")
def _ask(item: Press, view: View) -> str:
    return t.ASK_LABEL.format(to=written(str(item.args["to"]), 20))


@labels("aid_answer")
def _answer(item: Press, view: View) -> str:
    request, status = view.incident.aid.get(int(item.args["request"])), str(item.args["status"])
    if request is None:
        return t.STATUS[status]
    words = t.GRANT_LABELS if request.unit and status in t.GRANT_LABELS else t.ANSWER_LABELS
    who = naming.short_name(view, request.unit) if request.unit else request.to
    return words[status].format(who=written(who, 14))


@explains("aid_settled")
def _settled(params: Mapping[str, Any], view: View) -> dict[str, str]:
    return {"status": t.STATUS[str(params["status"])]}


def lines(view: View) -> list[Text]:
    """Return the calls for help that wait or came to something last, and what the level demands besides."""
    incident = view.incident
    waiting = [item for item in incident.aid.values() if item.waits]
    others = [item for item in incident.aid.values() if not item.waits]
    shown = sorted([*waiting, *others[::-1][: max(0, MOST - len(waiting))]], key=lambda item: item.sequence)
    found = [_line(view, item) for item in shown[-MOST:]]
    if incident.aid_lacking:
        found.append(fill(t.LINE_WAITS, rules=_rules(_lacking(view))))
    elif incident.aid_wanted is not None and incident.aid_wanted.reason and incident.state in RUNNING:
        found.append(fill(t.LINE_NOT, reason=written(incident.aid_wanted.reason, 60)))
    return found


def todo(view: View) -> dict[str, Text]:
    """Return what is open about calls for help, by what tells each from the others."""
    incident = view.incident
    found = {"lacking": fill(t.TODO_WAITS, rules=_rules(_lacking(view)))} if incident.aid_lacking else {}
    for key, item in incident.aid.items():
        if item.status == "open" and incident.state in RUNNING:
            template = t.TODO_UNIT if item.unit else t.TODO_OFFICE
            who = {"unit": naming.unit_name(view, item.unit)} if item.unit else {"to": written(item.to, 40)}
            found[str(key)] = fill(template, **who, what=_what(item), time=at(item.at, view.now))
    return found


def record(view: View) -> list[str]:
    """Return every call for help with what came of it, in the order of time, or why none was made."""
    found = []
    for item in view.incident.aid.values():
        who = {"unit": naming.unit_name(view, item.unit)} if item.unit else {"to": written(item.to, 40)}
        taker = t.RECORD_TAKER.format(taker=written(item.taker, 16)) if item.taker else ""
        line = fill(
            t.RECORD_UNIT if item.unit else t.RECORD_OFFICE,
            time=at(item.at, view.now),
            **who,
            what=t.WHAT.format(what=written(item.what, 200)) if item.what else "",
            citation=_cite(view, item),
            recorded=t.RECORD_BY.format(name=naming.on_record(view, item.by) or w.NAME_UNKNOWN, taker=taker),
            status=(t.UNIT_STATUS if item.unit else t.STATUS)[item.status],
            words=_words(item.words),
            answered=t.RECORD_ANSWERED.format(time=at(item.answered_at, view.now)) if item.answered_at else "",
        )
        found.append(line.plain)
    want = view.incident.aid_wanted
    if want is not None and want.reason:
        found.append(t.RECORD_NOT.format(reason=written(want.reason, 120)))
    return found


@carries_out("list", "aid", "Aid.when", "Aid.to", "Aid.units")
def page(view: View) -> Message:
    """Return what was asked and answered, what the plan says of it, and a button for each whom it names."""
    incident = view.incident
    rules = [_rule(view, item) for item in view.plan.aid]
    presses: list[Press] = []
    if incident.state in RUNNING:
        waiting = {item.to for item in incident.aid.values() if item.waits}
        names = dict.fromkeys(item.to for item in at_level(view.plan, incident.response_level) if not item.units)
        presses.extend(asking(tuple(name for name in names if name not in waiting)))
    if incident.open:
        presses.extend(press for item in incident.aid.values() if item.waits for press in answering(item))
    text = fill(
        t.PAGE,
        number=naming.number(view),
        now=joined(lines(view) or [Text(t.NOBODY)]),
        plan=fill(t.PLAN_SAYS, rules=joined(rules, w.SEMICOLON)) if rules else Text(t.PLAN_NOTHING),
        how=t.HOW,
    )
    return framed(view, text, presses)


def page_of_unit(view: View, units: Iterable[str]) -> Message:
    """Return what a unit asked of the office and what came of it, and how it asks; nothing of anybody else."""
    mine = [item for item in view.incident.aid.values() if item.unit in set(units)]
    presses = buttons(
        *(
            ("aid_answer", f"aid_answer:{status}", aid_of(item.sequence), {"request": item.sequence, "status": status})
            for item in mine
            if item.waits
            for status in (ARRIVED, WITHDRAWN)
        )
    )
    text = fill(
        t.PAGE,
        number=naming.number(view),
        now=joined([_line(view, item) for item in mine] or [Text(t.NOBODY)]),
        plan="",
        how=t.HOW_UNIT,
    )
    return framed(view, text, presses)


def _line(view: View, item: AidRequest) -> Text:
    moment: datetime = item.answered_at or item.at
    who = {"unit": naming.unit_name(view, item.unit)} if item.unit else {"to": written(item.to, 40)}
    return fill(
        t.LINE_UNIT if item.unit else t.LINE_OFFICE,
        **who,
        what=_what(item),
        status=(t.UNIT_STATUS if item.unit else t.STATUS)[item.status],
        time=at(moment, view.now),
        citation=_cite(view, item),
    )


def _lacking(view: View) -> tuple[Aid, ...]:
    names = view.incident.aid_lacking
    return tuple(item for item in demanded(view.plan, view.incident.response_level) if item.to in names)


def _rules(rules: Iterable[Aid]) -> str:
    return w.SEMICOLON.join(
        t.WANTED_RULE.format(
            to=item.to,
            when=t.WHEN.format(when=item.when) if item.when else "",
            citation=cite(item.clause, item.reading),
        )
        for item in rules
    )


def _rule(view: View, item: Aid) -> Text:
    units = w.LIST.join(naming.unit_name(view, name) for name in item.units)
    return fill(
        t.PLAN_UNITS if item.units else t.PLAN_TO,
        **({"units": units} if units else {}),
        to=item.to,
        when=t.WHEN.format(when=item.when) if item.when else "",
        levels=t.LEVELS.format(levels=w.LIST.join(item.levels)) if item.levels else "",
        citation=cite(item.clause, item.reading),
    )


def _who(view: View, request: AidRequest) -> str:
    if request.unit:
        return t.OF_UNIT.format(unit=naming.unit_name(view, request.unit))
    return written(request.to, 40)


def _what(request: AidRequest) -> str:
    return t.WHAT.format(what=written(request.what, 60)) if request.what else ""


def _words(words: str | None) -> str:
    return w.COMMA + written(words, 60) if words else ""


def _recorded(request: AidRequest) -> str:
    return t.RECORDED.format(name=written(request.by, 16) or w.NAME_UNKNOWN) if request.recorded else ""


def _cite(view: View, request: AidRequest) -> str:
    rule = next((item for item in view.plan.aid if item.clause == request.clause), None)
    return cite(request.clause, rule.reading if rule is not None else None)
