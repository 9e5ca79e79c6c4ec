"""Reports that are owed: told, in vain, waived, asked back. ``/file /waive /request`` and their buttons."""

from __future__ import annotations

from datetime import datetime

from bot.render import numbered_keys
from handlers.commands import IncidentCommand, incident_command
from handlers.parsing import channel, moment, taker, unit
from plans import commands as c
from plans.obligations.starts import recipients


@incident_command("file", closed=True, help={"duty": 3})
async def file(ask: IncidentCommand) -> None:
    """``/file``: a report kind, recipients (all when left out), 电话 or 书面, the time, 接报 somebody."""
    plan = ask.subject.plan
    reports = {rule.report for rule in plan.obligations if rule.by_office} | {
        item.report for item in ask.subject.incident.open_instances
    }
    report, how, taken = "", "", ""
    at: datetime | None = None
    to: list[str] = []
    keys = numbered_keys(await ask.view()) if any(word.isdecimal() for word in ask.args) else ()
    obligation = ""
    for word in ask.args:
        if word.isdecimal() and 1 <= int(word) <= len(keys):
            obligation = keys[int(word) - 1]
        elif word in reports:
            report = word
        elif (known_channel := channel(word)) is not None:
            how = known_channel
        elif (time := moment(word, ask.now)) is not None:
            at = time
        elif (name := taker(word)) is not None:
            taken = name
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
        c.File(report=report, obligation=obligation, channel=how, to=tuple(to), called_at=at, taker=taken), done="filed"
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
    await ask.run(c.Waive(obligation=which, reason=" ".join(ask.args[1:])), done="waived")


@incident_command("request")
async def request(ask: IncidentCommand) -> None:
    """``/request``: which superior wants what verified."""
    plan = ask.subject.plan
    recipient = unit(ask.args[0], plan) if ask.args else None
    if recipient is None:
        rule = next((item for item in plan.obligations if item.clock.from_ == "requested"), None)
        names = recipients(plan, rule) if rule is not None else ("无",)
        await ask.wrong("request_how", recipients="、".join(names))
        return
    question = " ".join(ask.args[1:])
    await ask.run(c.RequestVerification(recipient=recipient, question=question), done="requested")
