"""Whom the office rings because of a warning: the list of the silent, and what came of each call."""

from __future__ import annotations

from bot.render import waking
from handlers.access import Who
from handlers.buttons import ButtonPress, button
from handlers.cases import about_case
from handlers.measures import recipient_of
from handlers.replies import redraw, show
from plans.core.command import Command
from plans.warning.ringing import RingInVain
from plans.warning.waking import AnswerWarning


@button("warning_ring_list", on="silent", who=Who.OFFICE)
async def ring_list(press: ButtonPress) -> str:
    """Whom to ring, each with what came of it."""
    await show(press, waking.ring_list(await press.case_view()), "warning_rings")
    return ""


@button("warning_rung", on="waking", who=Who.OFFICE)
async def rung(press: ButtonPress) -> str:
    """Reached by telephone: recorded as its answer."""
    return await _after_ring(press, AnswerWarning(recipient=recipient_of(press)), "warning_rung")


@button("warning_in_vain", on="waking", who=Who.OFFICE)
async def in_vain(press: ButtonPress) -> str:
    """Nobody answered the telephone."""
    return await _after_ring(press, RingInVain(recipient=recipient_of(press)), "warning_vain")


async def _after_ring(press: ButtonPress, change: Command, done: str) -> str:
    problem = await press.run(change, done=done)
    subject = await about_case(press.context, press.caller, press.stream)
    if subject is not None:
        view = await press.tools.service.case_view(subject.plan, subject.case, press.caller.person.id)
        await redraw(press, waking.ring_list(view), "warning_rings")
    return problem
