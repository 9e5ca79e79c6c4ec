"""From a step of a scenario to a command of the core."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.scenario.base import ScenarioError
from bot.scenario.form import Scenario, Step
from bot.simulate import beside
from plans.core.command import Command
from plans.incident.closing import Close, Reject, Reopen
from plans.incident.conflicts import Resolve
from plans.incident.corrections import Correct
from plans.incident.drills import JumpDrill, PauseDrill
from plans.incident.duplicates import DenyDuplicate
from plans.incident.ending import End
from plans.incident.facts import Update
from plans.incident.figures import counted
from plans.incident.filing import File
from plans.incident.judging import Determine, Judge, Verify
from plans.incident.levels import Declare
from plans.incident.merging import Merge
from plans.incident.oral import RecordOral
from plans.incident.owed import Waive
from plans.incident.proposals import DeclineProposal
from plans.incident.requests import RequestVerification
from plans.incident.ringing import RingInVain
from plans.incident.seat import TakeHandling, TakeOver
from plans.incident.signing import Sign
from plans.incident.state import Incident
from plans.incident.undo import Undo
from plans.incident.units import Acknowledge
from plans.intake.telling import category_of, first_telling, later_telling
from plans.intake.with_plan import read_for
from plans.model import Plan
from plans.values import as_data


def command(
    plan: Plan, scenario: Scenario, step: Step, now: datetime, incident: Incident, others: Mapping[int, Incident]
) -> Command:
    """Return what a step asks for.

    Args:
        incident: of which it speaks.
        others: incidents by number, for ``merge``.

    Raises:
        ScenarioError: it names an incident that is not there.
    """
    occurred, spoken = _moment(scenario, step.occurred_at), _moment(scenario, step.called_at)
    match step.do:
        case "verify":
            return Verify(
                facts=step.facts,
                event_level=step.event_level,
                occurred_at=occurred,
                reason=step.reason,
                sure=step.sure,
            )
        case "oral":
            return RecordOral(of=step.of, decides=step.decides, level=step.level, spoken_at=spoken, reason=step.reason)
        case "file":
            return File(
                report=step.report,
                channel=step.channel,
                to=step.to,
                obligation=step.obligation,
                called_at=spoken,
                taker=step.taker,
                document=step.document,
            )
        case "request":
            recipient = step.to[0] if step.to else ""
            return RequestVerification(recipient=recipient, question=step.text, requested_at=spoken)
        case "ring":
            outcome = step.status if step.status in ("占线", "没接通") else "没接通"
            return RingInVain(recipient=step.to[0], outcome=outcome)
        case "update":
            return _update(plan, step, occurred, now, incident)
        case "merge" | "deny":
            return _merge(step, others)
        case name if name in beside.STEPS:
            asked = beside.Asked(
                plan=plan, scenario=scenario, step=step, incident=incident, now=now, spoken=spoken
            )  # fmt: skip
            return beside.STEPS[name](asked)
        case _:
            return _SIMPLE[step.do](step)


_SIMPLE: dict[str, Callable[[Step], Command]] = {
    "judge": lambda step: Judge(
        clause=step.clause, fact=step.fact, option=step.option, holds=step.holds, reason=step.reason
    ),
    "undetermined": lambda step: Determine(level=None, reason=step.reason),
    "declare": lambda step: Declare(level=step.level or "", reason=step.reason),
    "adjust": lambda step: Declare(level=step.level or "", reason=step.reason),
    "decline": lambda step: DeclineProposal(reason=step.reason),
    "end": lambda step: End(reason=step.reason),
    "ack": lambda step: Acknowledge(status=step.status, unit=step.unit),
    "correct": lambda step: Correct(facts=step.facts, reason=step.reason),
    "resolve": lambda step: Resolve(fact=step.fact, use=step.use),
    "waive": lambda step: Waive(obligation=step.obligation, reason=step.reason),
    "reject": lambda step: Reject(reason=step.reason),
    "close": lambda _: Close(),
    "reopen": lambda step: Reopen(reason=step.reason),
    "takeover": lambda _: TakeOver(),
    "handle": lambda _: TakeHandling(),
    "undo": lambda _: Undo(),
    "sign": lambda _: Sign(),
    "pause": lambda _: PauseDrill(paused=True),
    "resume": lambda _: PauseDrill(paused=False),
    "jump": lambda _: JumpDrill(),
}


def _moment(scenario: Scenario, value: datetime | timedelta | None) -> datetime | None:
    return None if value is None else scenario.instant(value)


def _update(plan: Plan, step: Step, occurred: datetime | None, now: datetime, incident: Incident) -> Update:
    facts, increments, raised, place = dict(step.facts), frozenset[str](), frozenset[str](), step.place
    unsure: dict[str, Any] = {}
    unread: tuple[str, ...] = ()
    if step.text:
        reading = read_for(plan, step.text, now=now)
        known = {name: as_data(value) for name, value in counted(incident).items()}
        told = later_telling(reading, known, category_of(incident.text))
        unread = told.unread
        increments, raised = told.increments - set(step.facts), told.raised
        facts, place = {**told.facts, **facts}, place or reading.place or ""
        unsure = {name: data for name, data in told.unsure.items() if data["fact"] not in step.facts}
    return Update(
        facts=facts,
        increments=increments,
        raised=tuple(sorted(raised)),
        text=step.text,
        occurred_at=occurred,
        place=place,
        event_class=step.event_class,
        reason=step.reason,
        sure=step.sure,
        unsure=unsure,
        unread=unread,
    )


def stated(plan: Plan, step: Step, now: datetime) -> dict[str, Any] | None:
    """Return the facts of a report: those of its words, and those that the file states beside them."""
    if not step.facts:
        return None
    return {**first_telling(read_for(plan, step.text, now=now)).facts, **step.facts}


def _merge(step: Step, others: Mapping[int, Incident]) -> Command:
    other = others.get(step.into or 0)
    if other is None:
        numbers = "、".join(map(str, others)) or "还没有"
        raise ScenarioError(f"into 为 {step.into}，应为已有的编号：{numbers}")
    if step.do == "deny":
        return DenyDuplicate(other=other.stream)
    return Merge(into=other.stream, number=other.number)
