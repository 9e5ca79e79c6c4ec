"""Cases that end: ``/close /reopen /reject``, 「归档」, and many reports of one person that are no event."""

from __future__ import annotations

from dataclasses import replace

from bot.render.chat import popup_text
from bot.render.closing import many_to_reject
from bot.render.naming import title
from bot.service import Step
from bot.texts.closing import REJECTED_TOGETHER
from handlers.buttons import CHANGED, ButtonPress, button
from handlers.commands import IncidentCommand, incident_command
from handlers.replies import ask_again, show
from handlers.which_incident import Subject, about
from plans.core.command import Shown
from plans.incident.closing import Close, Reject, Reopen
from plans.kinds import revision_of

AT_ONCE = 40
"""Reports that are shown and confirmed together: more can be shown when these are done."""

GUARD = "report"
"""What a rejection rests on: anything that is known or decided of the report, and every word and picture that came."""


@incident_command("close")
async def close(ask: IncidentCommand) -> None:
    """``/close``; the group reads it."""
    await ask.run(Close())


@incident_command("reopen", closed=True)
async def reopen(ask: IncidentCommand) -> None:
    """``/reopen`` with a reason."""
    await ask.run(Reopen(reason=ask.text))


@incident_command("reject")
async def reject(ask: IncidentCommand) -> None:
    """``/reject`` with a reason."""
    await ask.run(Reject(reason=ask.text))


@button("close", on="course")
async def close_pressed(press: ButtonPress) -> str:
    """「归档」."""
    return await press.run(Close(), done="closed")


async def _untouched(press: ButtonPress, streams: list[str]) -> list[Subject]:
    subjects = [await about(press.context, press.caller, stream) for stream in streams]
    ordered = sorted((one for one in subjects if one is not None), key=lambda one: one.incident.number)
    return [one for one in ordered if one.incident.state == "reported" and not one.incident.handled_by]


@button("reject_many")
async def reject_many(press: ButtonPress) -> str:
    """「这N件都不属实」: the list, of those that nobody has taken."""
    open_ones = await _untouched(press, [str(stream) for stream in press.arg("cases", [])])
    if not open_ones:
        return popup_text("button_stale")
    subjects = open_ones[:AT_ONCE]
    lines = []
    for subject in subjects:
        view = await press.tools.service.view(
            subject.plan, subject.incident, press.caller.person.id, press.caller.place.id
        )
        lines.append(title(view))
    cases = {subject.stream: revision_of(subject.incident, GUARD) or 0 for subject in subjects}
    rest = [subject.stream for subject in open_ones[AT_ONCE:]]
    anchor = subjects[0]
    view = await press.tools.service.view(anchor.plan, anchor.incident, press.caller.person.id, press.caller.place.id)
    message = many_to_reject(view, str(press.arg("name")), lines, cases, rest, anchor.stream)
    await (ask_again if press.delivered_late else show)(press, message, "reject_many")
    return ""


def _with(press: ButtonPress, cases: list[str]) -> ButtonPress:
    args = {**press.button.args, "cases": cases}
    return replace(press, button=replace(press.button, args=args), again=True)


async def list_again(press: ButtonPress) -> str:
    """Show what is left of the list, as it is now."""
    cases = [*press.arg("cases", {}), *press.arg("rest", [])]
    renewed = await _untouched(press, cases)
    if not renewed:
        return popup_text("button_stale")
    return await reject_many(_with(press, [subject.stream for subject in renewed]))


@button("reject_all", on=GUARD, again=list_again, late=list_again)
async def reject_all(press: ButtonPress) -> str:
    """All of the list, or none where one of them is not as it was shown."""
    cases: dict[str, int] = press.arg("cases", {})
    if len(await _untouched(press, list(cases))) < len(cases):  # somebody has taken one meanwhile
        return await list_again(press) or popup_text(CHANGED)
    command = Reject(reason=REJECTED_TOGETHER.format(count=len(cases), name=press.arg("name")))
    steps = [
        Step(stream=stream, command=command, shown=Shown(object=GUARD, revision=revision))
        for stream, revision in cases.items()
    ]
    result = await press.tools.service.execute(steps, cause=press.caller.cause, requester=press.caller.requester)
    if result.refusal is not None and result.refusal.key in (CHANGED, "not_running"):
        return await list_again(press) or popup_text(CHANGED)
    if result.refusal is None:
        await press.strip()
    return press.shown(result, "rejected_many")
