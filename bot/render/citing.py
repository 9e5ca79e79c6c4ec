"""Clauses beside what they say, with the reading (解读) where the plan has one; local rules under their own name."""

from __future__ import annotations

from collections.abc import Iterable

from bot.render.text import Text, fill
from bot.texts import cites as t
from bot.texts import words as w
from plans.cites import cited_at
from plans.model import Citation, Frozen, Plan, Reading


def cite(clause: str = "", reading: Reading | None = None, *, local: bool = False, note: str = "") -> str:
    """Return ``（4.1.2；解读：…）``; nothing to cite is nothing."""
    parts = [clause] if clause else []
    if local:
        parts.append(w.LOCAL_RULE)
    if note:
        parts.append(note)
    if reading is not None:
        parts.append(w.READING.format(taken=reading.taken))
    return w.CITE.format(inside=w.SEMICOLON.join(parts)) if parts else ""


def reference(item: Citation) -> Text:
    """Return one line of what a clause refers to: where, for what, what it is, and how to look it up."""
    return fill(
        t.LINE,
        citation=cite(item.clause),
        text=t.FOR.format(text=item.text) if item.text else "",
        to=item.to,
        where=t.WHERE.format(at=item.at) if item.at else "",
    )


def references_at(plan: Plan, statements: Iterable[Frozen]) -> list[Text]:
    """Return what is of use at some statements of a plan, a line each."""
    return [reference(item) for item in cited_at(plan, statements)]
