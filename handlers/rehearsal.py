"""What a decision would come to, shown before it is made: only the button under the preview decides."""

from __future__ import annotations

from collections.abc import Callable

from bot.render import Message, View
from bot.render.chat import popup_text, text_message
from bot.service import Step
from bot.service.answers import shortly
from handlers.buttons import ButtonPress, button
from handlers.commands import IncidentCommand
from handlers.replies import say
from plans.core.command import Command
from plans.core.outcome import Refusal
from plans.incident.case import Outcome
from plans.incident.levels import Declare


async def preview(ask: IncidentCommand, command: Command, draw: Callable[[View, Outcome | Refusal], Message]) -> None:
    """Answer a typed decision with its preview; what would be refused is refused now."""
    subject = ask.subject
    trial = await ask.tools.service.rehearse(Step(stream=subject.stream, command=command), ask.caller.requester)
    if isinstance(trial, Refusal) and not (isinstance(command, Declare) and trial.confirm == "reason"):
        await ask.run(command)  # refused in the transaction, recorded under this cause, and answered
        return
    message = draw(await ask.view(), trial)
    if not await say(ask.context, ask.caller, message, "preview", stream=subject.stream, in_private=True, ring=True):
        await say(ask.context, ask.caller, text_message("see_private"), "preview")


async def tried(press: ButtonPress, command: Command) -> Outcome | Refusal:
    """Return what a command would come to."""
    step = Step(stream=press.subject.stream, command=command)
    return await press.tools.service.rehearse(step, press.caller.requester)


async def refused(press: ButtonPress, command: Command, *, but: str = "") -> str:
    """Return the pop-up of what would be refused, empty where it would not; ``but`` names what the preview asks for."""
    trial = await tried(press, command)
    if not isinstance(trial, Refusal) or (but and trial.confirm == but):
        return ""
    return shortly(trial, await press.view())


def units_of(press: ButtonPress) -> tuple[str, ...] | None:
    """Return the units that a preview names to be told; None: those of the plan."""
    return tuple(press.arg("units")) if press.arg("units") else None


@button("back")
async def back(press: ButtonPress) -> str:
    """「返回」: nothing happens."""
    await press.strip()
    return popup_text("nothing_done")
