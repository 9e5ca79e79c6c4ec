"""Clauses beside what they say, with the reading (解读) where the plan has one; local rules under their own name."""

from __future__ import annotations

from bot.texts import words as w
from plans.model import Reading


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
