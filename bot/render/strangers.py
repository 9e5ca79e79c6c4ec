"""Reports without a place: where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.render.labels import press, short
from bot.render.message import Key, Message


def where_is_it(message: Message, places: Sequence[str], message_id: object) -> Message:
    """Return the question where it is, with a key for each jurisdiction.

    Args:
        message_id: id of the first message that is kept meanwhile.
    """
    keys = [
        Key(short(name), press("report_where", "report_where", "report", jurisdiction=name, message=message_id))
        for name in places
    ]
    return replace(message, rows=tuple((key,) for key in keys))
