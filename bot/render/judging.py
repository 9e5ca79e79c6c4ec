"""The questions that decide, and their clauses."""

from __future__ import annotations

from bot.render import naming
from bot.render.citing import cite
from bot.render.registry import renders
from bot.render.text import Text, fill
from bot.render.values import shortly
from bot.render.view import View
from bot.texts import judging as t
from plans.notices import Notice


@renders("question")
def question(notice: Notice, view: View) -> Text:
    """The one question that decides, with its clause and reading."""
    fact = view.plan.facts.get(str(notice.params["fact"]))
    citation = cite(str(notice.params["clause"]), fact.reading if fact is not None else None)
    return fill(
        t.QUESTION,
        number=naming.number(view),
        question=str(notice.params["question"]),
        citation=citation,
        figures=shortly(view),
    )
