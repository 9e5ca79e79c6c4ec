"""``/askback``: what the office or system that reported is to verify."""

from __future__ import annotations

from handlers.access import Who
from handlers.commands import IncidentCommand, incident_command
from plans.incident.asking_back import AskBack


@incident_command("askback", who=Who.OFFICE, help={"duty": 23})
async def askback(ask: IncidentCommand) -> None:
    """``/askback [number] what``."""
    if not ask.text.strip():
        await ask.wrong("askback_how")
        return
    await ask.run(AskBack(question=ask.text), done="asked_back")
