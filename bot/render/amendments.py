"""Changes of the directory: what is asked before, and what differs from the plans."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.render.labels import press
from bot.render.message import Key, Message
from bot.render.text import written
from bot.render.times import day
from bot.texts import amendments as t


class Edit(Protocol):
    """What is shown of an edit that holds."""

    @property
    def unit(self) -> str: ...  # noqa: D102
    @property
    def was(self) -> str: ...  # noqa: D102
    @property
    def number(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def note(self) -> str: ...  # noqa: D102
    @property
    def at(self) -> datetime: ...  # noqa: D102


def change_text(way: str, was: str, number: str, kind: str) -> str:
    """Return what is done to a number, in words."""
    return t.CHANGES[way].format(was=was, number=number, kind=written(kind, 12))


def preview(unit: str, change: str, args: dict[str, Any], *, own: bool = False) -> Message:
    """Ask whether a number is to be changed.

    Args:
        change: in words.
        args: what the button carries.
        own: it is a mobile telephone, which few will be shown.
    """
    text = t.PREVIEW.format(unit=unit, change=change)
    keys = (
        Key(t.CONFIRM, press("amend", "", "directory", **args)),
        Key(t.LEAVE, press("amend_not", "", "directory")),
    )
    return Message(f"{text}\n{t.PREVIEW_OWN}" if own else text, (), (keys,))


def differences(edits: Sequence[tuple[Edit, str, str]], now: datetime) -> Message:
    """Return what differs from the plans: (edit, way, who made it) each."""
    if not edits:
        return Message(t.LISTED_NONE)
    lines = [
        t.LISTED_LINE.format(
            unit=edit.unit,
            change=change_text(way, edit.was, edit.number, edit.kind),
            day=day(edit.at, now),
            by=written(by, 16),
            note=t.NOTE.format(note=written(edit.note, 40)) if edit.note else "",
        )
        for edit, way, by in edits
    ]
    return Message("\n".join([t.LISTED.format(count=len(edits)), *lines]))
