"""``/review``: the after-action paper (总结评估) of an incident that is over, or of one that goes on, as it stands."""

from __future__ import annotations

from bot.cases.names import with_names
from bot.cases.warnings_in_force import during
from bot.exchange.paper import laid_out
from bot.outgoing.messages import OutgoingMessage
from bot.pictures.paper import printed_course
from bot.render import View, file_name, review, review_message
from bot.render.chat import popup_text
from bot.render.warning_lines import line_in_force
from bot.texts.review import FILE
from handlers.access import Where, Who
from handlers.buttons import ButtonPress, button
from handlers.commands import IncidentCommand, answer_privately, incident_command
from handlers.context import Caller, HandlerContext
from handlers.export import integrity_of
from handlers.papers import hand_out
from handlers.replies import letter_to
from handlers.which_incident import Subject


@incident_command("review", who=Who.OFFICE, closed=True, help={"duty": 9, "leader": 9})
async def show_review(ask: IncidentCommand) -> None:
    """``/review``: the paper, in private."""
    if not await _hand_out(ask.tools, ask.caller, ask.subject):
        await answer_privately(ask.context, ask.caller, "see_private")


@button("review", on="record", who=Who.OFFICE, where=Where.OFFICIAL)
async def review_pressed(press: ButtonPress) -> str:
    """「总结评估」 under the announcement of an end: the paper, in private."""
    done = await _hand_out(press.tools, press.caller, press.subject)
    return popup_text("review_in_private" if done else "review_no_private")


async def _hand_out(tools: HandlerContext, who: Caller, subject: Subject) -> bool:
    """Make the paper and send it in private; return whether it could be sent there."""
    view = await tools.service.view(subject.plan, subject.incident, who.person.id)
    async with tools.service.store.reading() as rx:
        view = await with_names(rx, view)
    outgoing: OutgoingMessage | None = letter_to(
        who, review_message(view), "review", stream=subject.stream, in_private=True
    )
    if outgoing is None:
        return False
    warnings, integrity = await _warnings(tools, view), await integrity_of(tools, subject.stream)

    def made() -> list[tuple[str, bytes]]:
        paper = review(view, pictures=printed_course(view), warnings=warnings, integrity=integrity)
        return [(file_name(view, FILE), laid_out(paper, view.now))]

    await hand_out(tools, who, outgoing, made, review_message(view, without=True))
    return True


async def _warnings(tools: HandlerContext, view: View) -> tuple[str, ...]:
    """Return the warnings that were in force while it went on, a line each."""
    incident = view.incident
    since = incident.occurred_at or incident.reported_at
    if since is None:
        return ()
    until = incident.ended_at or view.now
    async with tools.service.store.reading() as rx:
        found = await during(rx, incident.jurisdiction, since, until, drill=incident.drill)
    return tuple(line_in_force(warning, view.now) for warning in found)
