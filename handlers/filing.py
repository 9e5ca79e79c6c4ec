"""Commands about reports that are owed: ``/file /waive /request /undo``; and ``/ack`` of the units."""

from __future__ import annotations

from datetime import datetime

from bot.render import numbered_keys
from handlers.commands import IncidentCommand, incident_command
from handlers.context import Caller, Context, tools_of
from handlers.parsing import channel, moment, taker, unit
from plans import commands as c
from plans import events as e
from plans.decide.units import ANSWERS
from plans.incident import Incident
from plans.obligations.starts import recipients

MOST = 30
"""Open incidents that are looked through when a command does not say which; the newest."""

_UNDOABLE = (e.UnitAnswered, e.Filed, e.Verified)


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


@incident_command("call")
async def call(ask: IncidentCommand) -> None:
    """``/call``: further units are called, each by its name."""
    plan, incident = ask.subject.plan, ask.subject.incident
    named = tuple(dict.fromkeys(found for word in ask.args if (found := unit(word, plan))))
    if not named or len(named) < len(set(ask.args)):
        left = [item.name or item.id for item in plan.units if item.member and item.id not in incident.calls]
        await ask.wrong("call_how", units="、".join(left) or "无")
        return
    names = "、".join(item.name or item.id for item in plan.units if item.id in named)
    await ask.run(c.CallMore(units=named), done="called_more", units=names)


async def calling_me(context: Context, who: Caller) -> str | None:
    """Return the incident that calls a unit of this person: a silent one's before an answered one's."""

    def mine(item: Incident) -> frozenset[str]:
        return who.reader.units(item.jurisdiction, item.plan) & set(item.calls)

    called = [item for item in await _open(context, who) if mine(item)]
    silent = [item for item in called if any(item.calls[unit].silent for unit in mine(item))]
    found = silent or called
    return found[-1].stream if len(found) == 1 else None


@incident_command("ack", choose=calling_me, help={"liaison": 1})
async def ack(ask: IncidentCommand) -> None:
    """``/ack``: one's own answer, or with a unit's name what it said on the telephone (代记)."""
    plan = ask.subject.plan
    status = next((word for word in ask.args if word in ANSWERS), ANSWERS[0])
    named = next((found for word in ask.args if (found := unit(word, plan))), "")
    note = " ".join(word for word in ask.args if word != status and unit(word, plan) is None)
    if not named and not ask.subject.actor.units:
        await ask.wrong("ack_how")
        return
    await ask.run(c.Acknowledge(status=status, unit=named, note=note), done="acknowledged", status=status)


async def last_of_mine(context: Context, who: Caller) -> str | None:
    """Return the incident in which this person last did something that can be taken back."""
    last: tuple[datetime, str] | None = None
    for incident in await _open(context, who):
        for item in incident.events:
            if item.actor == who.person.id and isinstance(item.event, _UNDOABLE):
                last = max(last or (item.at, incident.stream), (item.at, incident.stream))
    return last[1] if last is not None else None


@incident_command("undo", choose=last_of_mine)
async def undo(ask: IncidentCommand) -> None:
    """``/undo``: one's last answer, filing or verification, within a minute."""
    await ask.run(c.Undo(), done="undone")


async def _open(context: Context, who: Caller) -> list[Incident]:
    service = tools_of(context).service
    async with service.store.reading() as rx:
        rows = [row for name in who.jurisdictions() for row in await rx.incidents.open(name)]
    known = [await service.incident(row.stream) for row in rows[-MOST:]]
    return [item[1] for item in known if item is not None]
