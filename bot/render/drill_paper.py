"""The paper of a drill that was played by a script (演练评估报告): what was expected beside what was done, with times.

It is an official paper; how its incidents went is told as in their after-action papers. What an official has
to judge for himself is left open under its heading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta

from bot.clock import SHANGHAI
from bot.paper import Block, Heading, Paper, Paragraph, Table
from bot.render import directing, mending
from bot.render.cases import CaseView, framed_case
from bot.render.drills import in_minutes
from bot.render.message import Message
from bot.render.report_sentences import to_fill
from bot.render.review_tables import reports_table, units_table
from bot.render.rules import often
from bot.render.text import fill, written
from bot.render.times import formal, full, on_day, span
from bot.render.view import View
from bot.texts import drill_paper as t
from bot.texts import mending as m
from bot.texts import words as w
from plans.desk.drill_state import INJECT, LATE, MET, REPORT, UNMET, UNSEEN, Drill, Item
from plans.desk.evaluating import verdict_of
from plans.desk.mending import findings
from plans.model import Duty

AHEAD = "ahead"
"""A look that had not come when the drill ended."""


def drill_paper(
    view: CaseView, incidents: Sequence[View] = (), *, counted: Sequence[str] = (), integrity: str = ""
) -> Paper:
    """Return the paper of a drill that is over.

    Args:
        incidents: those that it brought about, as the office sees them.
        counted: duties that it settled, in words. integrity: what the check of the log found.
    """
    state = directing.drill_of(view)
    line = t.INTEGRITY.format(line=integrity)
    return Paper(
        title=(t.TITLE[0], written(state.title, 60), *t.TITLE[1:]),
        blocks=tuple(_blocks(state, view, incidents, counted)),
        signed_by=view.plan.office_unit or view.plan.office,
        dated=view.now.astimezone(SHANGHAI).date(),
        note=t.NOTE.format(integrity=line, time=full(view.now)),
        mark=w.DRILL,
    )


def paper_message(view: CaseView, *, without: bool = False) -> Message:
    """Return what is said beside the paper."""
    state = directing.drill_of(view)
    missing = t.WITHOUT.format(number=state.number) if without else ""
    return framed_case(view, fill(t.MESSAGE, title=written(state.title, 60), **{"without": missing}))


def _blocks(state: Drill, view: CaseView, incidents: Sequence[View], counted: Sequence[str]) -> Iterator[Block]:
    yield Paragraph(t.LEAD)
    yield Heading(t.BASICS)
    yield Table(t.ITEMS, tuple(_basics(state, view, counted)), (1, 4))
    yield Heading(t.INJECTS)
    yield Table(t.INJECTS_HEAD, tuple(_played(state, view)), (10, 18, 26, 30, 72))
    yield Heading(t.LOOKS)
    yield from _looks(state, view)
    yield Heading(t.UNITS)
    yield from _each(incidents, units_table) or (Paragraph(t.UNITS_NONE),)
    yield Heading(t.REPORTS)
    stood = state.stood(state.begun_at, state.over_at) if state.begun_at and state.over_at else timedelta()
    if stood:
        yield Paragraph(t.HELD.format(span=in_minutes(stood)))
    yield from _each(incidents, reports_table) or (Paragraph(t.NO_INCIDENT + w.STOP),)
    yield Heading(t.HOLDS)
    yield from [Paragraph(line) for line in _holds(state, view)] or [Paragraph(t.HOLDS_NONE)]
    yield Heading(t.MENDS)
    yield from _mends(state, view)
    yield Heading(t.WORDS)
    yield Paragraph(to_fill(t.CONCLUSION))
    yield Paragraph(to_fill(t.ADVICE))


def _each(incidents: Sequence[View], table: Callable[[View], Iterable[Block]]) -> list[Block]:
    found: list[Block] = []
    for one in incidents:
        if len(incidents) > 1:
            found.append(Heading(t.OF_INCIDENT.format(number=one.incident.number), 2))
        found += table(one)
    return found


def _basics(state: Drill, view: CaseView, counted: Sequence[str]) -> Iterator[tuple[str, str]]:
    plan = view.plan
    yield t.NAME, written(state.title, 80)
    version = state.plan_version or plan.version
    yield t.PLAN, t.PLAN_IS.format(title=plan.title, document=plan.document, version=version)
    clauses = [
        t.CLAUSE.format(clause=duty.clause, text=duty.text, bearer=duty.bearer, period=duty.period or _often(duty))
        for duty in plan.duties
        if duty.drill
    ]
    yield t.CLAUSES, w.SEMICOLON.join(clauses) or t.NO_CLAUSES
    yield t.GOALS, w.LIST.join(written(goal, 60) for goal in state.goals) or w.UNSTATED
    began, ended = state.begun_at or view.now, state.over_at or view.now
    late = t.SHIFTED.format(span=span(state.shift)) if state.shift >= timedelta(minutes=1) else ""
    yield t.TIME, t.TIME_IS.format(began=formal(began), ended=formal(ended), span=span(ended - began)) + late
    yield t.DIRECTOR, _name(state.director, view)
    yield t.EVALUATORS, w.LIST.join(_name(person, view) for person in state.evaluators) or t.SELF
    numbers = [t.INCIDENT.format(number=number) for number in state.incidents.values()]
    yield t.INCIDENTS, w.LIST.join(numbers) or t.NO_INCIDENT
    settled = w.SEMICOLON.join(counted) or t.COUNTED_NONE
    yield t.COUNTED, settled if state.counts else t.NOT_COUNTED


def _often(duty: Duty) -> str:
    return often(duty.every) if duty.every is not None else t.STANDING


def _name(person: str, view: CaseView) -> str:
    return written(view.names.get(person, w.NAME_UNKNOWN), 20)


def _offset(item: Item) -> str:
    return f"+{span(item.at)}"


def _played(state: Drill, view: CaseView) -> Iterator[tuple[str, ...]]:
    for item in state.items.values():
        if item.kind not in (INJECT, REPORT):
            continue
        if item.played_at is not None:
            time = on_day(item.played_at, view.now)
            played = t.EARLY.format(time=time) if item.early else time
        else:
            played = t.SKIPPED if item.skipped else t.NOT_PLAYED
        who = t.REPORT_TO if item.kind == REPORT else written(item.who, 40)
        yield str(item.number), _offset(item), played, who, written(item.text, 500)


# --- what was expected


def outcome_of(item: Item) -> str:
    """Return what a look came to: a verdict, empty where nobody said anything, ``ahead`` where it had not come."""
    return AHEAD if item.played_at is None and not verdict_of(item) else verdict_of(item)


def _looks(state: Drill, view: CaseView) -> Iterator[Block]:
    by = [outcome_of(item) for item in state.looks]
    yield Paragraph(
        t.LOOKS_SUM.format(
            all=len(by), met=by.count(MET), late=by.count(LATE), unmet=by.count(UNMET), unseen=by.count(UNSEEN),
            open=by.count(""), ahead=by.count(AHEAD),
        )
    )  # fmt: skip
    yield Table(t.LOOKS_HEAD, tuple(_look(state, item, view) for item in state.looks), (9, 44, 24, 24, 20, 45))


def _look(state: Drill, item: Item, view: CaseView) -> tuple[str, ...]:
    checked, outcome = item.checked, outcome_of(item)
    due = on_day(item.played_at, view.now) if item.played_at is not None else _offset(item)
    done = checked.at if checked is not None and checked.done else None
    result = t.RESULTS[outcome]
    if outcome == LATE:
        late = timedelta()
        if done is not None and item.played_at is not None:
            late = done - item.played_at - state.stood(item.played_at, done)
        result = t.RESULTS["late"].format(span=span(late)) if late > timedelta() else t.RESULTS["late_only"]
    said = [
        t.BY.format(name=_name(person, view), verdict=t.RESULTS[verdict]) for person, verdict in item.verdicts.items()
    ]
    if checked is not None:
        program = t.BY_PROGRAM if checked.done else t.BY_PROGRAM_LACKING.format(lacking=directing.lacking(view, item))
        said.insert(0, program)
    said += [
        t.SAID.format(name=_name(person, view), words=written(words, 300)) for person, words in item.words if words
    ]
    time = on_day(done, view.now) if done is not None else t.NOT_DONE
    return str(item.number), written(item.text, 200), due, time, result, w.SEMICOLON.join(said) or t.NOT_DONE


# --- what held it, what is to be mended


def _holds(state: Drill, view: CaseView) -> Iterator[str]:
    for since, until, number in state.holds:
        why = t.HOLD_REAL.format(number=number) if number else t.HOLD_OWN
        end = until or state.over_at or view.now
        yield t.HOLD.format(since=formal(since), until=formal(end), why=why, span=in_minutes(end - since))


def _mends(state: Drill, view: CaseView) -> Iterator[Block]:
    rows = []
    for number, finding in enumerate(findings(state), 1):
        known = state.mended.get(finding)
        mended = t.MEND_IS.format(number=known.number, stands=m.STANDS[known.stands]) if known else t.MEND_OPEN
        rows.append((str(number), mending.finding_words(view, finding), mended))
    yield Table(t.MENDS_HEAD, tuple(rows), (1, 9, 5)) if rows else Paragraph(t.MENDS_NONE)
