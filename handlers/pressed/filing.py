"""Buttons about reports that are owed: told, in vain, asked back, the words to read, the written report."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.errands import TooBusy
from bot.exchange.paper import paper
from bot.outgoing.messages import File
from bot.render import file_name, report_message, script_message, written_report
from bot.render.chat import popup_text
from bot.render.filing import when_told
from handlers.access import Where, Who
from handlers.buttons import ButtonPress, button
from handlers.replies import redraw, show
from plans import commands as c
from plans.commands import Command

CALLED_AGO = tuple(timedelta(minutes=minutes) for minutes in (0, 2, 5, 10, 15, 20, 30, 45, 60))
"""When a call may have been made whose press comes late; another time is typed with ``/file``."""


async def ask_when(press: ButtonPress) -> str:
    """Ask when the call was, for a press that lay there while we were away."""
    times = [press.tools.clock.now() - ago for ago in CALLED_AGO]
    shown = when_told(await press.view(), press.button.object, press.button.args, times)
    await show(press, shown, "when_told", ring=True)
    return popup_text("when_told")


async def renew(press: ButtonPress) -> str:
    """Show the words to read anew, where it was pressed under them; the worksheet is drawn anew of itself."""
    if await _under_script(press):
        await redraw(press, script_message(await press.view()), "script")
    return ""


@button("file", on="owed", again=renew, late=ask_when)
async def file(press: ButtonPress) -> str:
    """「已报」, perhaps some minutes ago."""
    minutes = int(press.arg("minutes", 0) or 0)
    now = press.tools.clock.now() + press.subject.incident.offset
    called_at = now - timedelta(minutes=minutes) if minutes else None
    if press.arg("called_at"):
        called_at = datetime.fromisoformat(press.arg("called_at"))
    to = (press.arg("to"),) if press.arg("to") else ()
    command = c.File(obligation=press.arg("key"), to=to, called_at=called_at, shown=int(press.arg("shown", 0) or 0))
    return await _then_next(press, command, "filed")


async def _under_script(press: ButtonPress) -> bool:
    async with press.tools.service.store.reading() as rx:
        row = await rx.outbox.by_message(press.caller.place.id, press.message_id) if press.message_id else None
    return row is not None and row.notice == "script"


async def _then_next(press: ButtonPress, command: Command, done: str) -> str:
    """Execute.

    Where it was pressed under the words to read, they make place for those to the next who is to be rung.
    """
    before = press.subject.incident.sequence
    shown = await press.run(command, done=done)
    known = await press.tools.service.incident(press.subject.stream)
    if known is None or known[1].sequence == before or not await _under_script(press):
        return shown
    view = await press.tools.service.view(*known, press.caller.person.id, press.caller.place.id)
    await redraw(press, script_message(view), "script")
    return shown


@button("ring_failed", on=("owed", "proposal"), again=renew)
async def ring_failed(press: ButtonPress) -> str:
    """占线 or 没接通."""
    if not press.arg("to"):
        return popup_text("try_next")
    outcome = press.arg("outcome", "没接通")
    return await _then_next(
        press, c.RingInVain(recipient=press.arg("to"), outcome=outcome, about=press.arg("key")), "noted"
    )


@button("request", on="asked", again=renew)
async def request(press: ButtonPress) -> str:
    """「对方要求核实」: its clock starts."""
    return await press.run(c.RequestVerification(recipient=press.arg("to")), done="requested")


@button("script", on="obligation", who=Who.OFFICE, where=Where.OFFICIAL)
@button("filing", on="obligation", who=Who.OFFICE, where=Where.OFFICIAL)
async def script(press: ButtonPress) -> str:
    """「念稿拨号」: the words to read and the number to ring, with the buttons for what came of it."""
    await show(press, script_message(await press.view(), press.arg("key"), press.arg("to")), "script")
    return ""


@button("write", on="obligation", who=Who.OFFICE, where=Where.OFFICIAL)
async def write(press: ButtonPress) -> str:
    """「书面报告」: a block to copy, and the same on the page of official papers, to be completed and printed."""
    view = await press.view()
    report = press.subject.incident.instances[press.arg("key")].report
    words = written_report(view, report)
    try:
        content = await press.tools.errands.run(press.caller.person.id, paper, words, view.now)
        files: tuple[File, ...] = (File(name=file_name(view, report), content=content),)
    except TooBusy:
        files = ()  # the block to copy is all there; the next press may find time for the document
    await show(press, report_message(view, press.arg("key")), "written", files=files)
    return ""


@button("close", on="course")
async def close(press: ButtonPress) -> str:
    """「归档」."""
    return await press.run(c.Close(), done="closed")
