"""Answers of ``/who`` and ``/plan``: who is responsible for a subject, what a clause says."""

from __future__ import annotations

from collections.abc import Sequence

from bot.render.citing import cite
from bot.render.message import Message
from bot.render.text import Text, fill, joined, quote, written, written_block
from bot.texts import directory as t
from plans.clauses import errata, readings, statements
from plans.directory import Responsible
from plans.model import Plan

MOST = 8
"""Units, statements or clauses in one answer."""

MOST_TEXT = 3000
"""Characters of the official text in one answer."""

Place = tuple[Plan, str]
"""A plan, and the number of one of its clauses."""


def who(plans: Sequence[Plan], subject: str, answers: Sequence[Responsible]) -> Message:
    """Return who is responsible, the best answer first; the plan is named where there are several."""
    words = written(subject, 20)
    if not answers:
        return Message(t.WHO_NOTHING.format(subject=words))
    titles = {plan.id: plan.title for plan in plans}
    lines: list[Text | str] = [fill(t.WHO_HEAD, subject=words)]
    for item in answers[:MOST]:
        inside = t.WHO_PLAN.format(clause=item.clause, plan=titles[item.plan]) if len(plans) > 1 else item.clause
        lines.append(
            fill(t.WHO_LINE, unit=item.unit, duty=written(item.duty, 60), citation=cite(inside, local=item.local))
        )
    if len(answers) > MOST:
        lines.append(t.WHO_MORE.format(count=len(answers) - MOST))
    return _message(lines)


def clause(plan: Plan, number: str, text: str | None = "") -> Message:
    """Return a clause: what the plan file makes of it, how it was read, and its official text.

    Args:
        text: of the document; None where the installation has none or the clause was not found in it, empty where it
            is not asked for.
    """
    entry = plan.clauses[number]
    head = fill(t.CLAUSE_HEAD, clause=number, title=entry.title, plan=plan.title, document=plan.document)
    lines: list[Text | str] = [head]
    if entry.reason:
        lines.append(t.CLAUSE_STATUS.format(status=t.STATUS[entry.status], reason=entry.reason))
    rows = [item for item in statements(plan, number) if item.text]
    for item in rows[:MOST]:
        citation = "" if item.clause == number else cite(item.clause)
        kind = t.KINDS.get(item.kind, item.kind)
        lines.append(fill(t.CLAUSE_SAID, kind=kind, text=written(item.text, 90), citation=citation))
    if len(rows) > MOST:
        lines.append(t.CLAUSE_MORE.format(count=len(rows) - MOST))
    for interpretation in readings(plan, number)[:MOST]:
        reading = interpretation.reading
        other = t.CLAUSE_OTHER.format(alternative=reading.alternative) if reading.alternative else ""
        lines.append(t.CLAUSE_READING.format(taken=reading.taken, other=other))
    for fault in errata(plan, number)[:MOST]:
        lines.append(t.CLAUSE_ERRATUM.format(fault=fault.fault, reading=fault.reading))
    if text is None:
        lines.append(t.CLAUSE_NO_TEXT)
    elif text:
        lines += [t.CLAUSE_TEXT, quote(written_block(text, MOST_TEXT))]
    return _message(lines)


def several(places: Sequence[Place]) -> Message:
    """Return the plans that have a clause of that number: one must be named."""
    lines = [t.CLAUSE_LINE_OF.format(plan=plan.id, clause=number, title=plan.title) for plan, number in places[:MOST]]
    return Message("\n".join([t.CLAUSE_SEVERAL, *lines]))


def titled(word: str, places: Sequence[Place]) -> Message:
    """Return the clauses in whose title a word stands."""
    one = len({plan.id for plan, _ in places}) == 1
    lines = [
        (t.CLAUSE_LINE if one else t.CLAUSE_LINE_OF).format(
            plan=plan.id, clause=number, title=plan.clauses[number].title
        )
        for plan, number in places[:MOST]
    ]
    more = [t.CLAUSE_MORE.format(count=len(places) - MOST)] if len(places) > MOST else []
    return Message("\n".join([t.CLAUSE_FOUND.format(word=written(word, 20)), *lines, *more]))


def unknown_clause(plan: Plan, query: str) -> Message:
    """Return what can be asked for."""
    example = plan.determination_clause or next(iter(plan.clauses), "")
    if not query:
        word = next((item.title for item in plan.clauses.values() if item.title), "")
        return Message(t.CLAUSE_HOW.format(clause=example, word=word))
    return Message(t.CLAUSE_UNKNOWN.format(given=written(query, 20), clause=example))


def who_how() -> Message:
    """Return how ``/who`` is used."""
    return Message(t.WHO_HOW)


def _message(lines: Sequence[Text | str]) -> Message:
    body = joined(lines)
    return Message(body.plain, body.entities)
