"""Other ways to a person in words; an address is never shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from bot.render.labels import press
from bot.render.message import Key, Message
from bot.render.times import at
from bot.texts import channels as t
from bot.texts.words import LIST


class Way(NamedTuple):
    """A channel as its person sees it."""

    id: str
    kind: str
    masked: str
    quiet: str
    proved_at: datetime | None


def result_message(key: str, **values: object) -> Message:
    """Return a plain answer."""
    return Message(t.TEXTS[key].format(**values))


def ways(channels: Sequence[Way], kinds: Sequence[str], now: datetime) -> Message:
    """Return a person's channels, each with buttons to test and to remove it, and how to add one."""
    lines, rows = [], []
    for number, way in enumerate(channels, 1):
        proved = t.PROVED.format(time=at(way.proved_at, now)) if way.proved_at is not None else t.NOT_PROVED
        quiet = t.QUIET.format(quiet=way.quiet) if way.quiet else ""
        lines.append(t.LINE.format(number=number, kind=way.kind, masked=way.masked, quiet=quiet, proved=proved))
        rows.append(
            (
                Key(t.TEST.format(number=number), press("channel_test", "", "channel", id=way.id)),
                Key(t.REMOVE.format(number=number), press("channel_remove", "", "channel", id=way.id)),
            )
        )
    head = t.TEXTS["list"].format(lines="\n".join(lines)) if lines else t.TEXTS["none"]
    return Message(f"{head}\n\n{t.TEXTS['how'].format(kinds=LIST.join(kinds))}", (), tuple(rows))
