"""From a step of a scenario to the commands of the core."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.simulate.scenario import Scenario, ScenarioError, Step
from plans import commands as c
from plans.decide.units import ANSWERS
from plans.incident import Incident
from plans.intake.with_plan import facts_of, increments_of, read_for
from plans.model import Plan


def commands(plan: Plan, scenario: Scenario, step: Step, now: datetime, others: dict[int, Incident]) -> list[c.Command]:
    """Return what a step asks for; raise ScenarioError where it lacks something.

    Args:
        others: incidents by number, for ``merge``.
    """
    occurred, called = _moment(scenario, step.occurred_at), _moment(scenario, step.called_at)
    if step.do in ("declare", "adjust") and step.level is None:
        raise lacking(step, "level", "level: Ⅱ")
    match step.do:
        case "verify":
            return [c.Verify(facts=step.facts, event_level=step.event_level, occurred_at=occurred, reason=step.reason)]
        case "judge":
            return [c.Judge(clause=step.clause, holds=step.holds, reason=step.reason)]
        case "undetermined":
            return [c.Determine(level=None, reason=step.reason)]
        case "declare" | "adjust":
            return [c.Declare(level=step.level or "", reason=step.reason)]
        case "decline":
            return [c.DeclineProposal(reason=step.reason)]
        case "end":
            return [c.End(reason=step.reason)]
        case "oral":
            return [
                c.RecordOral(of=step.of, decides=step.decides, level=step.level, spoken_at=called, reason=step.reason)
            ]
        case "ack":
            if step.status not in ANSWERS:
                raise ScenarioError(f"第{step.line}行：status 只能是 {'、'.join(ANSWERS)}")
            return [c.Acknowledge(status=step.status, unit=step.unit)]
        case "file":
            return [
                c.File(
                    report=step.report,
                    channel=step.channel,
                    to=step.to,
                    obligation=step.obligation,
                    called_at=called,
                    taker=step.taker,
                )
            ]
        case "update":
            return [_update(plan, step, occurred, now)]
        case "correct":
            return [c.Correct(facts=step.facts, reason=step.reason)]
        case "resolve":
            return [c.Resolve(fact=step.fact, use=step.use)]
        case "request":
            return [c.RequestVerification(recipient=step.to[0] if step.to else "", question=step.text)]
        case "waive":
            return [c.Waive(obligation=step.obligation, reason=step.reason)]
        case "ring":
            return [
                c.RingInVain(
                    recipient=step.to[0] if step.to else "", outcome=step.status if step.status != "收到" else "没接通"
                )
            ]
        case "merge" | "deny":
            return [_merge(step, others)]
        case "jump":
            return [c.JumpDrill()]
        case _:
            return [_SIMPLE[step.do](step)]


_SIMPLE = {
    "reject": lambda step: c.Reject(reason=step.reason),
    "close": lambda _: c.Close(),
    "reopen": lambda step: c.Reopen(reason=step.reason),
    "takeover": lambda _: c.TakeOver(),
    "handle": lambda _: c.TakeHandling(),
    "undo": lambda _: c.Undo(),
    "sign": lambda _: c.Sign(),
    "pause": lambda _: c.PauseDrill(paused=True),
    "resume": lambda _: c.PauseDrill(paused=False),
}


def lacking(step: Step, name: str, example: str) -> ScenarioError:
    """Return the error of a step that lacks something."""
    return ScenarioError(f"第{step.line}行：do: {step.do} 需要 {name}，例如 {example}")


def _moment(scenario: Scenario, value: datetime | timedelta | None) -> datetime | None:
    return scenario.occurred_at + value if isinstance(value, timedelta) else value


def _update(plan: Plan, step: Step, occurred: datetime | None, now: datetime) -> c.Update:
    facts, increments, raised, place = dict(step.facts), frozenset[str](), frozenset[str](), step.place
    if step.text:
        reading = read_for(plan, step.text, now=now)
        read, raised = facts_of(reading)
        facts, increments, place = {**read, **facts}, increments_of(reading), place or reading.place or ""
    return c.Update(
        facts=facts, increments=increments, raised=tuple(sorted(raised)), text=step.text, occurred_at=occurred, place=place,
        event_class=step.event_class, reason=step.reason, sure=step.sure,
    )  # fmt: skip


def _merge(step: Step, others: dict[int, Incident]) -> c.Command:
    if step.into not in others:
        raise lacking(step, "into", f"into: {min(others, default=1)}（已有的编号：{'、'.join(map(str, others))}）")
    other = others[step.into]
    if step.do == "deny":
        return c.DenyDuplicate(other=other.stream)
    return c.Merge(into=other.stream, number=other.number)
