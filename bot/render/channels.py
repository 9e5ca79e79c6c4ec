"""Other ways to a person in words; an address is never shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from bot.render.labels import press
from bot.render.message import Key, Message
from bot.render.times import at
from bot.texts import channels as t
from bot.texts.voice import TESTED
from bot.texts.words import LIST


class Way(NamedTuple):
    """A channel as its person sees it."""

    id: str
    kind: str
    masked: str
    quiet: str
    proved_at: datetime | None
    telephone: bool = False


def result_message(key: str, **values: object) -> Message:
    """Return a plain answer."""
    return Message(t.TEXTS[key].format(**values))


def tested(key: str) -> Message:
    """Return what came of a test call."""
    return Message(TESTED[key])


def ways(channels: Sequence[Way], kinds: Sequence[str], now: datetime, *, telephone: bool = False) -> Message:
    """Return a person's channels, each with buttons to test and to remove it, and how to add one.

    Args:
        telephone: whether the office has an automatic telephone.
    """
    lines, rows = [], []
    for number, way in enumerate(channels, 1):
        yes, no = (t.CONFIRMED, t.NOT_CONFIRMED) if way.telephone else (t.PROVED, t.NOT_PROVED)
        proved = yes.format(time=at(way.proved_at, now)) if way.proved_at is not None else no
        quiet = t.QUIET.format(quiet=way.quiet) if way.quiet else ""
        lines.append(t.LINE.format(number=number, kind=way.kind, masked=way.masked, quiet=quiet, proved=proved))
        rows.append(
            (
                Key(t.TEST.format(number=number), press("channel_test", "", "channel", id=way.id)),
                Key(t.REMOVE.format(number=number), press("channel_remove", "", "channel", id=way.id)),
            )
        )
    head = t.TEXTS["list"].format(lines="\n".join(lines)) if lines else t.TEXTS["none"]
    how = t.TEXTS["how"].format(kinds=LIST.join(kinds), telephone=t.TEXTS["telephone"] if telephone else "")
    return Message(f"{head}\n\n{how}", (), tuple(rows))
