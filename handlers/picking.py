"""A draft of the desk is picked recipients for, looked at, set right and sent, by buttons."""

from __future__ import annotations

from bot.office.recipients import pickable, presets
from bot.render import Message
from bot.render import recipients as pages
from bot.render.chat import popup_text
from bot.service import Step
from bot.service.answers import shortly
from handlers.access import Who
from handlers.buttons import ButtonPress, button
from handlers.cases import CaseSubject
from handlers.context import Caller, Context, tools_of
from handlers.recipients import fresh, kind, page, state_of, view_of
from handlers.replies import redraw, show
from plans.core.command import Command
from plans.core.outcome import Refusal
from plans.desk.recipients import PickRecipients
from plans.desk.sending import Discard


async def picking(context: Context, who: Caller, subject: CaseSubject, page: int) -> Message:
    """Return the page on which recipients are picked."""
    service = tools_of(context).service
    async with service.store.reading() as rx:
        offered = await presets(rx, service, subject.plan, state_of(subject))
    view = await view_of(context, who, subject, offered=offered)
    return pages.picking(view, pickable(subject.plan), offered, page, kind(subject).pages.COMMAND)


async def _pick(press: ButtonPress, command: PickRecipients | None) -> str:
    """Choose, and show the page anew; two quick taps both count, so that it is not bound to what was shown."""
    problem = ""
    if command is not None:
        result = await press.tools.service.execute(
            [Step(stream=press.stream, command=command)], cause=press.caller.cause, requester=press.caller.requester
        )
        problem = result.popup
    subject = await fresh(press)
    if subject is not None and subject.case.open:
        message = await picking(press.context, press.caller, subject, int(press.arg("page", 0)))
        await redraw(press, message, "desk_picking")
    return problem


@button("desk_pick", on="draft", who=Who.OFFICE)
async def pick(press: ButtonPress) -> str:
    """Add a recipient, take one off, or turn the page."""
    name = str(press.arg("recipient"))
    return await _pick(press, PickRecipients(toggle=name) if name else None)


@button("desk_preset", on="draft", who=Who.OFFICE)
async def preset(press: ButtonPress) -> str:
    """Choose several at once."""
    service = press.tools.service
    async with service.store.reading() as rx:
        offered = await presets(rx, service, press.case_subject.plan, state_of(press.case_subject))
    name, count, first = press.arg("preset"), press.arg("count"), press.arg("first")
    chosen = next((item.recipients for item in offered if item.name == name), ())
    if (len(chosen), list(chosen[: len(first)])) != (count, first):  # somebody else is meant by now: shown anew
        return await _pick(press, None) or popup_text("changed_since")
    return await _pick(press, PickRecipients(recipients=chosen))


async def preview(context: Context, who: Caller, subject: CaseSubject, place_id: str = "") -> Message:
    """Return what goes out, to whom, and why it cannot."""
    service, own = tools_of(context).service, kind(subject)
    step = Step(stream=subject.stream, command=own.send())
    outcome, command = await service.rehearse_case(step, who.requester)
    view = await view_of(context, who, subject, place_id)
    refusal = shortly(outcome, view) if isinstance(outcome, Refusal) else ""
    absent: frozenset[str] = getattr(command, "unreachable", frozenset())
    message: Message = own.pages.preview(view, absent, refusal)
    return message


@button("desk_preview", on="draft", who=Who.OFFICE)
async def previewed(press: ButtonPress) -> str:
    """First step of sending, in the place of the page on which it was picked."""
    message = await preview(press.context, press.caller, press.case_subject, press.caller.place.id)
    if press.again:
        await show(press, message, "desk_preview")
    else:
        await redraw(press, message, "desk_preview")
    return ""


async def amended(press: ButtonPress, asked: Command, done: str) -> str:
    """Set a draft right, and show the preview as it stands then."""
    problem = await press.run(asked, done=done)
    subject = await fresh(press)
    if subject is None or not subject.case.open or state_of(subject).out:
        return problem or popup_text("button_stale")
    await redraw(press, await preview(press.context, press.caller, subject, press.caller.place.id), "desk_preview")
    return problem


async def send(press: ButtonPress) -> str:
    """Second step: it goes out; the preview becomes the page of who has it."""
    subject = press.case_subject
    problem = await press.run(kind(subject).send(), done="desk_sent")
    sent = await fresh(press)
    if sent is not None and state_of(sent).out:
        await redraw(press, await page(press.context, press.caller, sent), "desk_page")
    return problem


@button("desk_discard", on="draft", who=Who.OFFICE)
async def discard(press: ButtonPress) -> str:
    """It is not sent."""
    problem = await press.run(Discard(), done="desk_discarded")
    subject = await fresh(press)
    if subject is not None and not subject.case.open:
        await redraw(press, pages.discarded(await view_of(press.context, press.caller, subject)), "desk_page")
    return problem
