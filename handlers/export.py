"""``/export``: the one-page record of an incident."""

from __future__ import annotations

from bot.render import Message, export
from bot.render.chat import text_message
from handlers.access import Who
from handlers.commands import IncidentCommand, incident_command
from handlers.replies import say


@incident_command("export", who=Who.OFFICE, closed=True)
async def show_export(ask: IncidentCommand) -> None:
    """``/export``: the record on one page, with what the check of the log found."""
    async with ask.tools.service.store.reading() as rx:
        faults = await rx.journal.verify(ask.subject.stream)
    key = "integrity_broken" if faults else "integrity_good"
    line = text_message(key, count=len(faults)).text
    message = Message(export(await ask.view(), line))
    await say(ask.context, ask.caller, message, "export", stream=ask.subject.stream, in_private=True)
