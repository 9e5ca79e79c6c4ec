"""Buttons that complete a first report: one message, redrawn with the next thing that is lacking."""

from __future__ import annotations

from bot.render import completion
from handlers.access import Where, Who
from handlers.buttons import ButtonPress, button
from handlers.replies import redraw, show
from plans.core.command import Command
from plans.incident.elements import AnswerElement
from plans.incident.facts import Update
from plans.incident.undo import Undo


@button("complete", who=Who.OWN, where=Where.OFFICIAL)
async def complete(press: ButtonPress) -> str:
    """「补缺项」: what is lacking, in private or in the command group, to whoever reported or works on it."""
    message = completion(await press.view(), press.arg("after"))
    if press.arg("redraw"):
        await redraw(press, message, "completion")
    else:
        await show(press, message, "completion")
    return ""


async def renew(press: ButtonPress) -> str:
    """What is lacking now, in the place of what was answered too late."""
    await redraw(press, completion(await press.view()), "completion")
    return ""


@button("answer", on="element", who=Who.OWN, where=Where.OFFICIAL, again=renew)
async def answer(press: ButtonPress) -> str:
    """「无」, 「不详」, 「正在核实」."""
    return await _then_next(press, AnswerElement(element=press.arg("element"), answer=press.arg("answer")), "answered")


@button("answer_class", on="class", who=Who.OWN, where=Where.OFFICIAL, again=renew)
async def answer_class(press: ButtonPress) -> str:
    """The class of the event."""
    return await _then_next(press, Update(event_class=press.arg("class")), "noted")


@button("undo_answer", on="answers", who=Who.OWN, where=Where.OFFICIAL, again=renew)
async def undo_answer(press: ButtonPress) -> str:
    """「撤回」 the last answer, within a minute."""
    return await _then_next(press, Undo(only=press.button.revision), "undone")


async def _then_next(press: ButtonPress, command: Command, done: str) -> str:
    popup = await press.run(command, done=done)
    pair = await press.tools.service.incident(press.subject.stream)
    if pair is not None and pair[1].sequence != press.subject.incident.sequence:
        view = await press.tools.service.view(*pair, press.caller.person.id, press.caller.place.id)
        await redraw(press, completion(view), "completion")
    return popup
