"""``/undo`` and 「撤回」: one's last answer, filing or verification, within a minute."""

from __future__ import annotations

from datetime import datetime

from handlers.buttons import ButtonPress, button
from handlers.commands import IncidentCommand, incident_command
from handlers.context import Caller, Context
from handlers.which_incident import newest_open
from plans.incident.undo import Undo


async def last_of_mine(context: Context, who: Caller) -> str | None:
    """Return the incident in which this person last did something that can be taken back."""
    last: tuple[datetime, str] | None = None
    for incident in await newest_open(context, who):
        for item in incident.events:
            if item.actor == who.person.id and item.event.undoable:
                last = max(last or (item.at, incident.stream), (item.at, incident.stream))
    return last[1] if last is not None else None


@incident_command("undo", choose=last_of_mine)
async def undo(ask: IncidentCommand) -> None:
    """``/undo``: one's last answer, filing or verification, within a minute."""
    await ask.run(Undo(), done="undone")


@button("undo", on=("call", "calls"))
async def undo_pressed(press: ButtonPress) -> str:
    """「撤回」 the answer under which it stands."""
    return await press.run(Undo(only=press.button.revision), done="undone")
