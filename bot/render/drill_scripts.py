"""An office's own scripts: what a file comes to, with its faults by line, and what is asked before one is removed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.render.catalogue import LABELS
from bot.render.labels import press
from bot.render.message import Key, Message
from bot.render.text import fill, written
from bot.render.times import full
from bot.texts import drill_scripts as t

MOST_FAULTS = 15
"""Faults that are shown; who has mended these sends it again."""


def fault_line(line: int, grave: bool, found: str, expected: str, todo: str) -> str:
    """Return a fault in a line: where it stands, what is there, what would be right, what to do."""
    said = {
        "kind": t.ERROR if grave else t.WARNING, "found": written(found, 200),
        "expected": t.EXPECTED.format(expected=written(expected, 120)) if expected else "",
        "todo": t.TODO.format(todo=written(todo, 120)) if todo else "",
    }  # fmt: skip
    return t.FAULT.format(line=line, **said) if line else t.FAULT_WHOLE.format(**said)


def _faults(lines: Sequence[str]) -> str:
    more = [t.MORE.format(count=len(lines) - MOST_FAULTS)] if len(lines) > MOST_FAULTS else []
    return "\n".join([*lines[:MOST_FAULTS], *more])


def faulty(lines: Sequence[str], errors: int) -> Message:
    """Return why a file is not kept."""
    text = fill(t.FAULTY, errors=errors, faults=_faults(lines))
    return Message(text.plain, text.entities)


def sound(
    title: str, plan: str, minutes: int, injects: int, looks: int, lines: Sequence[str], replaced: datetime | None,
    args: dict[str, str],
) -> Message:  # fmt: skip
    """Return what is kept with a tap.

    Args:
        replaced: when the script of the same title was kept; None where there is none.
        args: of the button: which file, and what it replaces.
    """
    text = fill(
        t.SOUND, title=written(title, 60), plan=written(plan, 60), minutes=minutes, injects=injects, looks=looks,
        replaces=t.REPLACES.format(time=full(replaced)) if replaced is not None else "", faults=_faults(lines),
    )  # fmt: skip
    keep = press("script_keep", "script_keep", "script", **args)
    return Message(text.plain, text.entities, ((Key(LABELS["script_keep"], keep),),))


def removing(title: str, args: dict[str, str]) -> Message:
    """Return the question before a script is removed."""
    text = fill(t.REMOVE_ASKED, title=written(title, 60))
    remove = press("script_remove", "script_remove", "script", **args)
    return Message(text.plain, text.entities, ((Key(LABELS["script_remove"], remove),),))
