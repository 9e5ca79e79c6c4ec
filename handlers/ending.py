"""Ending a response: ``/end`` and its preview."""

from __future__ import annotations

from bot.render import preview_end
from handlers.access import Where, Who
from handlers.buttons import ButtonPress, button, confirm_again
from handlers.commands import IncidentCommand, incident_command
from handlers.rehearsal import preview, refused
from handlers.replies import ask_again, redraw, show
from plans.incident.ending import ConfirmCondition, End, NameAssessors

ASSESSED = "评估"


@incident_command("end", help={"leader": 3})
async def end(ask: IncidentCommand) -> None:
    """``/end``: shows the preview; without a response a reason ends it; 评估 names the experts."""
    if ask.args and ask.args[0] == ASSESSED:
        await ask.run(NameAssessors(names=" ".join(ask.args[1:])), done="end_assessed")
        return
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


@button("end_condition", on="conditions", who=Who.OFFICE, where=Where.OFFICIAL, again=end_preview)
async def end_condition(press: ButtonPress) -> str:
    """One condition of the end holds."""
    popup = await press.run(ConfirmCondition(condition=press.arg("condition")), done="condition_confirmed")
    pair = await press.tools.service.incident(press.subject.stream)
    if pair is not None and pair[1].sequence != press.subject.incident.sequence:
        view = await press.tools.service.view(*pair, press.caller.person.id, press.caller.place.id)
        await redraw(press, preview_end(view, press.arg("reason")), "preview_end")
    return popup


@button("end", on="standing", again=end_preview, late=confirm_again(end_preview))
async def end_pressed(press: ButtonPress) -> str:
    """Second step of ending."""
    return await press.run(End(reason=press.arg("reason")), done="ended", last=True)
