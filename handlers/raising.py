"""Whether a level is raised for what the event is: ``/raise`` and the answers to the question."""

from __future__ import annotations

from bot.texts.raising import NOT
from handlers.access import Who
from handlers.buttons import ButtonPress, button
from handlers.commands import IncidentCommand, incident_command
from plans.incident.raising import JudgeRaising


@incident_command("raise", who=Who.OFFICE)
async def raise_(ask: IncidentCommand) -> None:
    """``/raise 正值高考``: the level is to be raised by one; ``/raise 不提高`` and why: it stays as it is."""
    raises = not (ask.args and ask.args[0] == NOT)
    reason = ask.text if raises else " ".join(ask.args[1:])
    await ask.run(JudgeRaising(raises=raises, reason=reason), done="raise_done")


@button("raise_level", on="raising", who=Who.OFFICE)
async def raise_level(press: ButtonPress) -> str:
    """「建议Ⅱ级」."""
    return await press.run(JudgeRaising(), done="raise_done", last=True)


@button("raise_not", on="raising", who=Who.OFFICE)
async def raise_not(press: ButtonPress) -> str:
    """「不提高」."""
    return await press.run(JudgeRaising(raises=False), done="raise_done", last=True)
