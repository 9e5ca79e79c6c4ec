"""Ending a response: ``/end`` and its preview."""

from __future__ import annotations

from bot.render import preview_end
from handlers.buttons import ButtonPress, button, confirm_again
from handlers.commands import IncidentCommand, incident_command
from handlers.rehearsal import preview, refused
from handlers.replies import ask_again, redraw, show
from plans.incident.ending import End


@incident_command("end", help={"leader": 3})
async def end(ask: IncidentCommand) -> None:
    """``/end``: shows the preview; without a response a reason ends it."""
    await preview(ask, End(reason=ask.text), lambda view, _: preview_end(view, ask.text))


@button("end_preview")
async def end_preview(press: ButtonPress) -> str:
    """First step of ending."""
    problem = await refused(press, End(reason=press.arg("reason")))
    if not problem:
        message = preview_end(await press.view(), press.arg("reason"))
        in_its_place = press.button.object == "standing"
        draw = ask_again if press.delivered_late else redraw if in_its_place else show
        await draw(press, message, "preview_end")
    return problem


@button("end", on="standing", again=end_preview, late=confirm_again(end_preview))
async def end_pressed(press: ButtonPress) -> str:
    """Second step of ending."""
    return await press.run(End(reason=press.arg("reason")), done="ended", last=True)
