"""``/export``: the one-page record of an incident."""

from __future__ import annotations

from bot.cases.names import with_names
from bot.exchange.paper import laid_out
from bot.render import Message, export, file_name, record_paper
from bot.render.chat import text_message
from bot.texts.review import RECORD_FILE
from handlers.access import Who
from handlers.commands import IncidentCommand, incident_command
from handlers.context import HandlerContext
from handlers.papers import hand_out
from handlers.replies import letter_to


@incident_command("export", who=Who.OFFICE, closed=True, help={"duty": 10, "leader": 10})
async def show_export(ask: IncidentCommand) -> None:
    """``/export``: the record on one page, with what the check of the log found; the same as a paper."""
    tools, integrity = ask.tools, await integrity_of(ask.tools, ask.subject.stream)
    view = await ask.view()
    async with tools.service.store.reading() as rx:
        view = await with_names(rx, view)
    message = Message(export(view, integrity))
    outgoing = letter_to(ask.caller, message, "export", stream=ask.subject.stream, in_private=True)
    if outgoing is None:
        return

    def made() -> list[tuple[str, bytes]]:
        return [(file_name(view, RECORD_FILE), laid_out(record_paper(view, integrity), view.now))]

    await hand_out(tools, ask.caller, outgoing, made, message)


async def integrity_of(tools: HandlerContext, stream: str) -> str:
    """Return in words what checking the chain of a log finds."""
    async with tools.service.store.reading() as rx:
        faults = await rx.journal.verify(stream)
    return text_message("integrity_broken" if faults else "integrity_good", count=len(faults)).text
