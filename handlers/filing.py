"""Reports that are owed: told, in vain, waived, asked back. ``/file /waive /request`` and their buttons."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from bot.exchange.paper import laid_out
from bot.paper import Paper
from bot.render import numbered_keys, report_message, report_papers, script_message
from bot.render.chat import popup_text
from bot.render.filing import when_told
from bot.render.submitting import with_offers
from bot.texts.words import NO_ANSWER, NONE
from handlers.access import Where, Who
from handlers.buttons import ButtonPress, button
from handlers.commands import IncidentCommand, incident_command
from handlers.papers import documents, follow_with_pdf
from handlers.parsing import channel, document, taker, unit
from handlers.replies import redraw, show, shown
from plans.core.command import Command
from plans.incident import filing
from plans.incident.owed import Waive
from plans.incident.requests import RequestVerification
from plans.incident.ringing import RingInVain
from plans.obligations.starts import recipients

CALLED_AGO = tuple(timedelta(minutes=minutes) for minutes in (0, 2, 5, 10, 15, 20, 30, 45, 60))
"""When a call may have been made whose press comes late; another time is typed with ``/file``."""


@incident_command("file", closed=True, help={"duty": 3})
async def file(ask: IncidentCommand) -> None:
    """``/file``: a report kind, recipients (all when left out), 电话 or 书面, the time, 接报 somebody, 文件 which."""
    plan = ask.subject.plan
    reports = {rule.report for rule in plan.obligations if rule.by_office} | {
        item.report for item in ask.subject.incident.open_instances
    }
    args, paper_named = document(ask.args)
    report, how, receiver = "", "", ""
    at: datetime | None = None
    to: list[str] = []
    keys = numbered_keys(await ask.view()) if any(word.isdecimal() for word in args) else ()
    obligation = ""
    for word in args:
        if word.isdecimal() and 1 <= int(word) <= len(keys):
            obligation = keys[int(word) - 1]
        elif word in reports:
            report = word
        elif (known_channel := channel(word)) is not None:
            how = known_channel
        elif (time := ask.past(word)) is not None:
            at = time
        elif (name := taker(word)) is not None:
            receiver = name
        else:
            to.append(unit(word, plan) or word)
    if obligation:
        own = ask.subject.incident.instances[obligation].report
        if report and report != own:
            obligation = ""  # the number is of another kind than was said: the kind counts, and is asked about
        report = report or own
    if not report:
        await ask.wrong("file_how", reports="、".join(sorted(reports)))
        return
    await ask.run(
        filing.File(
            report=report,
            obligation=obligation,
            channel=how,
            to=tuple(to),
            called_at=at,
            taker=receiver,
            document=paper_named,
        ),
        done="filed",
    )


@incident_command("waive")
async def waive(ask: IncidentCommand) -> None:
    """``/waive``: the number on the worksheet or the report kind, and the reason."""
    if not ask.args:
        await ask.wrong("waive_how")
        return
    which = ask.args[0]
    keys = numbered_keys(await ask.view())
    if which.isdecimal() and 1 <= int(which) <= len(keys):
        which = keys[int(which) - 1]
    else:
        which = next((item.key for item in ask.subject.incident.open_instances if item.report == which), which)
    await ask.run(Waive(obligation=which, reason=" ".join(ask.args[1:])), done="waived")


@incident_command("request")
async def request(ask: IncidentCommand) -> None:
    """``/request``: which superior wants what verified."""
    plan = ask.subject.plan
    recipient = unit(ask.args[0], plan) if ask.args else None
    if recipient is None:
        rule = next((item for item in plan.obligations if item.clock.from_ == "requested"), None)
        names = recipients(plan, rule) if rule is not None else (NONE,)
        await ask.wrong("request_how", recipients="、".join(names))
        return
    question = " ".join(ask.args[1:])
    await ask.run(RequestVerification(recipient=recipient, question=question), done="requested")


async def ask_when(press: ButtonPress) -> str:
    """Ask when the call was, for a press that lay there while we were away."""
    times = [press.tools.clock.now() - ago for ago in CALLED_AGO]
    question = when_told(await press.view(), press.button.object, press.button.args, times)
    await show(press, question, "when_told", ring=True)
    return popup_text("when_told")


async def _under_script(press: ButtonPress) -> bool:
    async with press.tools.service.store.reading() as rx:
        row = await rx.outbox.by_message(press.caller.place.id, press.message_id) if press.message_id else None
    return row is not None and row.notice == "script"


async def renew(press: ButtonPress) -> str:
    """Show the words to read anew, where it was pressed under them; the worksheet is drawn anew of itself."""
    if await _under_script(press):
        await redraw(press, script_message(await press.view()), "script")
    return ""


async def _then_next(press: ButtonPress, command: Command, done: str) -> str:
    """Execute.

    Where it was pressed under the words to read, they make place for those to the next who is to be rung.
    """
    before = press.subject.incident.sequence
    popup = await press.run(command, done=done)
    pair = await press.tools.service.incident(press.subject.stream)
    if pair is None or pair[1].sequence == before or not await _under_script(press):
        return popup
    view = await press.tools.service.view(*pair, press.caller.person.id, press.caller.place.id)
    await redraw(press, script_message(view), "script")
    return popup


@button("file", on="owed", again=renew, late=ask_when)
async def file_pressed(press: ButtonPress) -> str:
    """「已报」, perhaps some minutes ago."""
    minutes = int(press.arg("minutes", 0) or 0)
    now = press.subject.incident.own_time(press.tools.clock.now())
    called_at = now - timedelta(minutes=minutes) if minutes else None
    if press.arg("called_at"):
        called_at = datetime.fromisoformat(press.arg("called_at"))
    to = (press.arg("to"),) if press.arg("to") else ()
    command = filing.File(
        obligation=press.arg("key"), to=to, called_at=called_at, shown=int(press.arg("shown", 0) or 0)
    )
    return await _then_next(press, command, "filed")


@button("ring_failed", on=("owed", "proposal"), again=renew)
async def ring_failed(press: ButtonPress) -> str:
    """占线 or 没接通."""
    if not press.arg("to"):
        return popup_text("try_next")
    outcome = press.arg("outcome", NO_ANSWER)
    return await _then_next(
        press, RingInVain(recipient=press.arg("to"), outcome=outcome, about=press.arg("key")), "noted"
    )


@button("request", on="asked", again=renew)
async def request_pressed(press: ButtonPress) -> str:
    """「对方要求核实」: its clock starts."""
    return await press.run(RequestVerification(recipient=press.arg("to")), done="requested")


@button("script", on="obligation", who=Who.OFFICE, where=Where.OFFICIAL)
@button("filing", on="obligation", who=Who.OFFICE, where=Where.OFFICIAL)
async def script(press: ButtonPress) -> str:
    """「念稿拨号」: the words to read and the number to ring, with the buttons for what came of it."""
    await show(press, script_message(await press.view(), press.arg("key"), press.arg("to")), "script")
    return ""


@button("write", on="obligation", who=Who.OFFICE, where=Where.OFFICIAL)
async def write(press: ButtonPress) -> str:
    """「书面报告」: a block to copy, and the same as an official writes it, to be completed, signed and sent."""
    view = await press.view()
    papers = [(item.name, item.paper) for item in report_papers(view, press.arg("key"))]
    files = await documents(press.tools, press.caller, partial(_all_laid_out, papers, view.now))
    key = press.arg("key")
    message = with_offers(
        report_message(view, key), view, key
    )  # the block to copy is all there, also without a document
    await show(press, message, "written", files=files)
    follow_with_pdf(press.tools, press.caller, shown(press, message, "written"), files)
    return ""


def _all_laid_out(papers: list[tuple[str, Paper]], moment: datetime) -> list[tuple[str, bytes]]:
    return [(name, laid_out(paper, moment)) for name, paper in papers]
