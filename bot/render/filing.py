"""Reports that are made: whom to ring next, what to read, when it was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.render import duties, naming, submitting
from bot.render.framing import framed
from bot.render.labels import press
from bot.render.message import Message
from bot.render.registry import draws, settles
from bot.render.script import script
from bot.render.text import fill, joined, quote
from bot.render.times import at
from bot.render.view import View
from bot.render.worksheet import recipient_presses
from bot.texts import filing as t
from plans.core.notice import Press
from plans.incident.filing import Filed


@draws("script")
def script_message(view: View, key: str = "", recipient: str = "") -> Message:
    """Return whom to ring next and what to read to them, with the buttons for what came of it.

    Args:
        view: the incident before the duty seat.
        key: of an obligation instance; by default the one to ring about next.
        recipient: of that instance; by default the first that has not heard it.
    """
    following = _chosen(view, key, recipient)
    if following is None:
        return framed(view, t.NOTHING)
    item, name = following
    to = item.instance.to
    head = fill(t.HEAD, ordinal=to.index(name) + 1, count=len(to), line=naming.recipient_line(view, name))
    due = fill(t.DUE, name=duties.name(item), due=duties.due(view, item), citation=duties.citation(item))
    spoken = quote(script(view, name, item.instance.report))
    hint = t.ASSUMED if view.incident.occurred_basis == "assumed" else ""
    presses: list[Press] = [*recipient_presses(view, item, name)[:-1], *submitting.presses(view, item.instance.key)]
    return framed(view, joined((head, naming.tap_line(view, name), spoken, due, hint)), presses)


def _chosen(view: View, key: str, recipient: str) -> tuple[duties.Owed, str] | None:
    if not key:
        return duties.next_call(view)
    item = next(iter(duties.owed(view, (key,))), None)
    if item is None or not item.instance.to:
        return None
    name = recipient or next(iter(item.left), item.instance.to[0])
    return (item, name) if name in item.instance.to else None


def when_told(view: View, guard: str, arguments: Mapping[str, Any], times: Sequence[datetime]) -> Message:
    """Ask when a recipient was told, of whom it was noted while the program was away: lateness counts by the call.

    Args:
        guard: what was pressed acts on. arguments: its own.
        times: of the call that are offered; none before the report.
    """
    first = view.incident.reported_at
    own = [min(time + view.incident.offset, view.now) for time in times]
    kept = [time for time in own if first is None or time >= first] or own[:1]
    args = {name: value for name, value in arguments.items() if name not in ("minutes", "name")}
    presses = [
        press("file", "told_at", guard, **args, time=at(moment, view.now), called_at=moment.isoformat())
        for moment in kept
    ]
    name = naming.unit_name(view, str(arguments.get("to", "")))
    return framed(view, t.WHEN_TOLD.format(number=view.incident.number, name=name), presses)


@settles(Filed, "owed", "obligation")
def _filed_before(view: View, of: str, event: Filed) -> str:
    key, _, recipient = of.partition("|")
    instance = view.incident.instances.get(key)
    if instance is None or event.report != instance.report or recipient not in ("", event.recipient):
        return ""
    to = naming.unit_name(view, event.recipient)
    return t.OUTRUN_FILED.format(name=naming.person(event.name), to=to, report=event.report)
